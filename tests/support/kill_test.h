#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

namespace portcullis::test {

/// For tests that kill a working process at any moment: the seed of their moments, from
/// PORTCULLIS_SEED or `otherwise`; printed, so that a failure can be played again.
std::uint32_t printed_seed(std::uint32_t otherwise);

/// Lets `child`, forked by the caller, work until it ends by itself or `moment` has passed, then
/// kills (SIGKILL) and reaps it. True if it was the kill that ended it: a worker that gave up
/// before is a failure, told on stderr.
[[nodiscard]] bool kill_after(pid_t child, std::chrono::microseconds moment);

}  // namespace portcullis::test
