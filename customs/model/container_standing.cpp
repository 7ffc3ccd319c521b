#include "customs/model/container_standing.h"

#include <algorithm>

#include "core/iso6346.h"

namespace portcullis::customs {

namespace {

bool same_container(std::string_view a, std::string_view b) {
  return core::normalise_container_number(a) == core::normalise_container_number(b);
}

void stand(std::vector<ContainerStanding>& standings, const std::string& container,
           const core::Decision& decision) {
  auto at = std::find_if(standings.begin(), standings.end(),
                         [&](const auto& one) { return same_container(one.container, container); });
  if (at == standings.end()) at = standings.insert(at, {container, {}, {}});
  at->last = decision;
  at->released.reset();
  if (decision.kind == core::DecisionKind::kRelease) at->released = decision.decided;
}

const ContainerStanding* find_standing(const std::vector<ContainerStanding>& standings,
                                       std::string_view container) {
  for (const auto& one : standings)
    if (same_container(one.container, container)) return &one;
  return nullptr;
}

}  // namespace

std::vector<ContainerStanding> container_standings(const Case& c) {
  std::vector<std::string> declared;
  if (!c.declarations.empty()) {
    for (const auto& one : c.declarations.front().containers)
      if (!one.number.empty()) declared.push_back(one.number);
  }
  std::vector<ContainerStanding> standings;
  for (const auto& decision : c.decisions) {
    const auto named = std::find_if(declared.begin(), declared.end(), [&](const auto& number) {
      return same_container(number, decision.container);
    });
    if (named != declared.end() || declared.empty()) {
      if (!decision.container_only && !decision.case_id.empty()) {
        for (auto& other : standings)
          if (other.last.case_id == decision.case_id) stand(standings, other.container, decision);
      }
      stand(standings, named != declared.end() ? *named : decision.container, decision);
      continue;
    }
    for (const auto& number : declared) {
      const auto* before = find_standing(standings, number);
      const bool ends = decision.kind != core::DecisionKind::kRelease || before == nullptr ||
                        before->last.case_id == decision.case_id;
      if (ends) stand(standings, number, decision);
    }
  }
  const auto place = [&](const ContainerStanding& one) {
    return std::find(declared.begin(), declared.end(), one.container) - declared.begin();
  };
  std::stable_sort(standings.begin(), standings.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return standings;
}

void set_decision_times(Case& c) {
  c.times.decision.reset();
  c.times.release.reset();
  for (const auto& decision : c.decisions) {
    if (!c.times.decision || decision.decided < *c.times.decision)
      c.times.decision = decision.decided;
  }
  std::optional<core::UtcTime> last;
  for (const auto& one : container_standings(c)) {
    if (!one.released) return;
    if (!last || *last < *one.released) last = one.released;
  }
  c.times.release = last;
}

}  // namespace portcullis::customs
