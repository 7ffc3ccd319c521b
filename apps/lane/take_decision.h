#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "core/records.h"
#include "core/result.h"

/// The order in which a decision is taken: first it is known that the lane would take it, then it
/// is stored, and only then the vehicle goes. A disk that fails keeps the vehicle.
namespace portcullis::apps {

struct TakenDecision {
  core::Status status;     ///< Why the lane did not carry it out, or why it was not stored.
  core::Decision stands;   ///< The last one stored; of meaning with `stored` alone.
  std::size_t stored = 0;  ///< Decisions stored: 1; 2 where the lane took it back.
};

/// `lane(true)` asks whether the lane would take it, `lane(false)` has it taken; `store(d, nth)`
/// stores the nth decision of these, from 0. Where the lane refuses between the two, a hold in the
/// lane's name is stored after it, so that the record does not say that the vehicle went.
/// Threading: calls both on the caller's thread.
TakenDecision take_decision(
    const core::Decision& decision, const std::function<core::Status(bool only_ask)>& lane,
    const std::function<core::Status(const core::Decision&, std::size_t nth)>& store);

/// Whether the lane did not carry out the nth of a case's decisions, or this is that hold.
[[nodiscard]] bool not_carried_out(std::span<const core::Decision> decisions, std::size_t nth);

}  // namespace portcullis::apps
