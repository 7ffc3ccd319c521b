#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// How one officer decides on one declarant's cases, beside how others do.
struct DeciderPair {
  std::string declarant, officer;
  std::uint64_t cases = 0, released = 0;  ///< Of the declarant, decided by the officer.
  std::uint64_t declarant_cases = 0, declarant_released = 0;  ///< By all officers.
  std::uint64_t officer_cases = 0;                            ///< Of all declarants.
  std::uint64_t released_and_differed = 0;  ///< Released by him, opened, and not as declared.
  /// By chance at least as many of the declarant's releases would be this officer's, and at least
  /// as many of the declarant's cases would come to him (Fisher 1922, one-sided).
  double release_chance = 1, meeting_chance = 1;
  /// One of the two is below 0.01 divided by the number of pairs that were tried (Bonferroni), or
  /// something that was released differed twice or more often.
  bool watched = false;
};

/// All pairs with at least `cases_min` cases, those that are watched first, then by the smaller
/// chance. A case counts with the declarant of its first declaration and its last decision; without
/// either it does not. That a pair is watched is a reason to look, never a proof. Pure.
std::vector<DeciderPair> decider_pairs(std::span<const Case> cases, std::uint64_t cases_min);

/// That at least `hits` of `drawn` out of `all`, of which `marked` are marked, are marked:
/// hypergeometric. 1 where hits is 0.
double hypergeometric_tail(std::uint64_t all, std::uint64_t marked, std::uint64_t drawn,
                           std::uint64_t hits);

}  // namespace portcullis::customs
