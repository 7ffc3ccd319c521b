#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lane/cycle.h"

namespace portcullis::proving {

struct VectorReport {
  std::uint64_t contexts = 0;  ///< State's own part: cycle, act, warning, motion, record, latches.
  std::uint64_t cases = 0;     ///< Vectors of inputs, by what can be told apart.
  bool whole = false;          ///< In every context the cases add up to the whole space.
  std::vector<std::string> violations;
};

/// Proves the permission of beam alone: for every state's own part and every vector of all inputs,
/// first_failing() allows exactly what docs/safety.md allows (written down once more in
/// vectors.cpp, from that page). What step() asks for is the explorer's; that a request is granted
/// only under all conditions is proven here, whether or not step() can come there.
[[nodiscard]] VectorReport prove_beam_vectors(const lane::CycleConfig& config,
                                              std::size_t violations_max = 20);

/// Proves the latching of faults alone: in every state, with and without a warning, a beam request
/// and latches, for every vector of all inputs, exactly the causes that are present are latched
/// after a step (lane::latch_invariants_begin()).
[[nodiscard]] VectorReport prove_latch_vectors(const lane::CycleConfig& config,
                                               std::size_t violations_max = 20);

/// Proves the tables alone, in every context, reachable or not: the lists of what the self-test, a
/// warm-up, an open entry, a reset and a calibration need, and that no row of the outputs asks for
/// motion with a person detected, closes a barrier on a vehicle, or shows green at a closed one.
[[nodiscard]] VectorReport prove_table_vectors(const lane::CycleConfig& config,
                                               std::size_t violations_max = 20);

}  // namespace portcullis::proving
