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

}  // namespace portcullis::proving
