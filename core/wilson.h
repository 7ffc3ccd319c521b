#pragma once

#include <cstdint>

namespace portcullis::core {

/// A share, and the interval that holds it.
struct ShareInterval {
  double low = 0, high = 1;
};

/// Wilson's 95 % score interval (E. B. Wilson, JASA 22, 1927) of a share of which `hits` in `count`
/// were seen; {0, 1} where count is 0. `hits` is at most `count`. Of what was not hit it is
/// {1 - high, 1 - low}.
ShareInterval wilson_interval(std::uint64_t hits, std::uint64_t count);

}  // namespace portcullis::core
