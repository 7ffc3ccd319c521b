#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lane/guards.h"

namespace portcullis::proving {

/// Leaves each guard of the lane cycle out in turn and sees whether a proof notices: exploration of
/// the cycle (tunnel and bays), of a bay, or the proof of the permission of beam. A guard that
/// nobody misses is either not needed or not watched over.
///
/// Exists only where lane/ is compiled with PORTCULLIS_MUTATION, in a library of its own; no
/// program of the product links it. Threading: one thread.
struct MutantResult {
  std::string guard;
  std::string caught_by;  ///< "explore: <invariant>", "vectors: <text>"; empty: it survived.
};
/// `only`: names of guards; empty: all. `tell` hears of each result as it comes.
std::vector<MutantResult> run_mutants(
    const std::vector<std::string>& only = {},
    const std::function<void(const MutantResult&)>& tell = [](const MutantResult&) {});

}  // namespace portcullis::proving
