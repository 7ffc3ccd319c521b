#pragma once

#include <string>

namespace portcullis::apps {

/// What was asked of the operating system for the lane's time, and what came of it.
struct RealtimeOutcome {
  bool asked = false;
  bool granted = false;
  std::string text;  ///< "memory locked", or why not.
};

/// Keeps the pages that this process uses, now and later, in memory: a page fetched from disk takes
/// longer than a poll. Pages are locked when first used, so that what is only reserved costs
/// nothing. Not done where a limit (RLIMIT_MEMLOCK) would later make allocations fail.
RealtimeOutcome lock_memory(bool wanted);

}  // namespace portcullis::apps
