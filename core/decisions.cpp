#include "core/decisions.h"

#include <algorithm>
#include <array>

#include "core/iso6346.h"

namespace portcullis::core {
namespace {

constexpr std::array<DecisionKind, 8> kFromTheMildest = {DecisionKind::kRelease,
                                                         DecisionKind::kDocumentaryCheck,
                                                         DecisionKind::kRescan,
                                                         DecisionKind::kHold,
                                                         DecisionKind::kOtherAgency,
                                                         DecisionKind::kPhysicalInspection,
                                                         DecisionKind::kRadiationSecondary,
                                                         DecisionKind::kIsolate};

std::ptrdiff_t strictness(DecisionKind kind) {
  return std::find(kFromTheMildest.begin(), kFromTheMildest.end(), kind) - kFromTheMildest.begin();
}

bool same_number(const std::string& a, const std::string& b) {
  return normalise_container_number(a) == normalise_container_number(b);
}

}  // namespace

DecisionKind stricter(DecisionKind a, DecisionKind b) {
  return strictness(b) > strictness(a) ? b : a;
}

bool decided_apart(std::span<const std::string> vehicle) {
  for (std::size_t i = 0; i < vehicle.size(); ++i) {
    if (normalise_container_number(vehicle[i]).empty()) return false;
    for (std::size_t k = 0; k < i; ++k)
      if (same_number(vehicle[i], vehicle[k])) return false;
  }
  return vehicle.size() >= 2;
}

std::vector<ContainerDecision> standing_decisions(std::span<const Decision> decisions,
                                                  std::span<const std::string> vehicle) {
  std::vector<ContainerDecision> standing;
  for (const auto& number : vehicle) standing.push_back({number, std::nullopt});
  if (standing.empty()) standing.emplace_back();
  for (const auto& decision : decisions) {
    if (!decision.container_only) {
      for (auto& one : standing) one.decision = decision;
      continue;
    }
    const auto at = std::find_if(standing.begin(), standing.end(), [&](const auto& one) {
      return same_number(one.container, decision.container);
    });
    if (at != standing.end())
      at->decision = decision;
    else
      standing.push_back({decision.container, decision});
  }
  return standing;
}

std::optional<Decision> vehicle_decision(std::span<const ContainerDecision> standing) {
  std::optional<Decision> strictest;
  for (const auto& one : standing) {
    if (!one.decision) return std::nullopt;
    const bool longer =
        !strictest || (one.decision->kind == strictest->kind
                           ? strictest->decided < one.decision->decided
                           : stricter(strictest->kind, one.decision->kind) == one.decision->kind);
    if (longer) strictest = one.decision;
  }
  return strictest;
}

std::vector<std::size_t> replaced_by(std::span<const Decision> decisions, std::size_t nth) {
  std::vector<std::size_t> replaced;
  const Decision& now = decisions[nth];
  for (std::size_t i = nth; i-- > 0;) {
    const Decision& before = decisions[i];
    if (!now.container_only || !before.container_only ||
        same_number(now.container, before.container)) {
      const bool seen = std::any_of(replaced.begin(), replaced.end(), [&](std::size_t k) {
        return before.container_only && same_number(decisions[k].container, before.container);
      });
      if (!seen) replaced.insert(replaced.begin(), i);
    }
    // What was before that had been replaced already.
    if (!before.container_only || (now.container_only && !replaced.empty())) break;
  }
  return replaced;
}

}  // namespace portcullis::core
