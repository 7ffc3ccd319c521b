#include "customs/risk/pairs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "customs/risk/feedback.h"

namespace portcullis::customs {

namespace {

constexpr double kChanceMax = 0.01;
constexpr std::uint64_t kDifferedMax = 1;

double log_choose(std::uint64_t n, std::uint64_t k) {
  const auto log_factorial = [](std::uint64_t x) {
    return std::lgamma(static_cast<double>(x) + 1);
  };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

const std::string& declarant_of(const Case& c) {
  static const std::string nobody;
  if (!c.details.empty()) {
    for (const auto& party : c.details.front().parties)
      if (party.role == "declarant") return party.id.empty() ? party.name : party.id;
  }
  return c.declarations.empty() ? nobody : c.declarations.front().declarant;
}

struct PairSums {
  std::uint64_t cases = 0, released = 0, differed = 0;
};

}  // namespace

double hypergeometric_tail(std::uint64_t all, std::uint64_t marked, std::uint64_t drawn,
                           std::uint64_t hits) {
  const std::uint64_t least = marked + drawn > all ? marked + drawn - all : 0;
  const std::uint64_t most = std::min(marked, drawn);
  if (hits <= least) return 1;
  double sum = 0;
  for (std::uint64_t k = hits; k <= most; ++k)
    sum += std::exp(log_choose(marked, k) + log_choose(all - marked, drawn - k) -
                    log_choose(all, drawn));
  return std::min(sum, 1.0);
}

std::vector<DeciderPair> decider_pairs(std::span<const Case> cases, std::uint64_t cases_min) {
  std::map<std::pair<std::string, std::string>, PairSums> sums;
  std::map<std::string, PairSums> declarants, officers;
  std::uint64_t all = 0;
  for (const auto& c : cases) {
    const auto& declarant = declarant_of(c);
    if (declarant.empty() || c.decisions.empty() || c.decisions.back().officer.empty()) continue;
    const auto& decision = c.decisions.back();
    const bool released = decision.kind == core::DecisionKind::kRelease;
    const bool differed = released && inspection_outcome(c).value_or(false);
    ++all;
    for (auto* one : {&sums[{declarant, decision.officer}], &declarants[declarant],
                      &officers[decision.officer]}) {
      ++one->cases;
      one->released += released ? 1U : 0U;
      one->differed += differed ? 1U : 0U;
    }
  }
  std::vector<DeciderPair> pairs;
  for (const auto& [who, pair] : sums) {
    if (pair.cases < cases_min) continue;
    const auto& declarant = declarants[who.first];
    const auto& officer = officers[who.second];
    auto& out = pairs.emplace_back();
    out.declarant = who.first;
    out.officer = who.second;
    out.cases = pair.cases;
    out.released = pair.released;
    out.declarant_cases = declarant.cases;
    out.declarant_released = declarant.released;
    out.officer_cases = officer.cases;
    out.released_and_differed = pair.differed;
    out.release_chance =
        hypergeometric_tail(declarant.cases, declarant.released, pair.cases, pair.released);
    out.meeting_chance = hypergeometric_tail(all, declarant.cases, officer.cases, pair.cases);
  }
  const double limit = kChanceMax / static_cast<double>(std::max<std::size_t>(pairs.size(), 1));
  for (auto& pair : pairs)
    pair.watched = std::min(pair.release_chance, pair.meeting_chance) < limit ||
                   pair.released_and_differed > kDifferedMax;
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) {
    if (a.watched != b.watched) return a.watched;
    return std::min(a.release_chance, a.meeting_chance) <
           std::min(b.release_chance, b.meeting_chance);
  });
  return pairs;
}

}  // namespace portcullis::customs
