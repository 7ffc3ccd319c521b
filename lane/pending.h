#pragma once

#include <memory>
#include <string>

#include "lane/driver.h"

namespace portcullis::lane {

/// A command or decision on its way to a tick. Whoever turns `standing` from kWaiting owns it: the
/// tick that takes it, or the caller that gives up. So a late tick never obeys an old Start.
struct Pending {
  enum class Standing : std::uint8_t { kWaiting, kTaken, kDone, kGivenUp };
  Event event;
  LaneDecision decision;
  std::string user;
  Standing standing = Standing::kWaiting;  ///< Under the driver's mutex.
  core::Status reply;
  LaneDriver::Told told;  ///< Of who does not wait.
};

[[nodiscard]] std::shared_ptr<Pending> pending_command(Command command, const std::string& user);
[[nodiscard]] std::shared_ptr<Pending> pending_decision(const LaneDecision& decision);

}  // namespace portcullis::lane
