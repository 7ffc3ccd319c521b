#include "firmware_bridge/source/beam_wish.h"

#include <utility>

namespace portcullis::firmware_bridge {

void BeamWish::lost() {
  take_away();
  alive_ = false;
  answered_at_ = kNever;
}

void BeamWish::answered(SourceState state, core::TimePoint now) {
  state_ = state;
  answered_at_ = now;
}

std::string BeamWish::refusal(core::TimePoint now) const {
  if (locked_) return "beam was lost; withdraw the request before asking anew";
  if (!alive_) return "the lane gives no sign of life, heartbeat stopped";
  if (stale(now)) return "the source's state is not known";
  if (state_ != SourceState::kReady && state_ != SourceState::kOn)
    return "the source is " + std::string(source_state_name(state_));
  return {};
}

bool BeamWish::withdraw() {
  locked_ = false;
  return std::exchange(asked_, false);
}

bool BeamWish::take_away() {
  if (!asked_) return false;
  asked_ = false;
  locked_ = true;
  return true;
}

BeamWish::Due BeamWish::tick(core::TimePoint now, core::TimePoint alive_at) {
  Due due;
  alive_ = now - alive_at <= times_.owner_watchdog;
  due.next = times_.heartbeat_period;
  if (!alive_) {
    due.withdraw = take_away();
    return due;
  }
  if (now >= beat_at_) {
    due.beat = true;
    beat_at_ += times_.heartbeat_period;
    if (beat_at_ <= now) beat_at_ = now + times_.heartbeat_period;
  }
  due.next = beat_at_ - now;
  return due;
}

}  // namespace portcullis::firmware_bridge
