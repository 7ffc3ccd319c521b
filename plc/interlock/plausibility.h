#pragma once

#include <cstdint>

#include "plc/interlock/plc_image.h"

namespace portcullis::plc {

/// What a PLC's motion readings are held against. A reading that is in range can be false all the
/// same: an encoder whose cable is broken stands still, a counter card that lost its place jumps.
struct PlausibilityLimits {
  /// At this speed and above what counts the way must be seen to move.
  double moving_mm_s = 50;
  core::Duration frozen_after{std::chrono::milliseconds(600)};
  /// Of the PLC's own heartbeat within that time: a PLC that stands still is another fault.
  int heartbeats_min = 4;
  /// The way between two readings beyond what the fastest speed that the tag table knows can make.
  double jump_mm = 100;
  /// So long nothing is believed after a contradiction.
  core::Duration hold{std::chrono::milliseconds(1000)};
};

/// Memory of watch_motion(). A new connection, behind which another PLC may stand, begins anew.
struct MotionWatch {
  struct Counter {
    bool known = false;
    std::int64_t raw = 0;
    bool counts = false;  ///< It was seen to move: it is connected, and must go on.
    core::TimePoint moved;
    int heartbeats = 0;  ///< Since it moved.
  };
  Counter position, encoder;
  core::TimePoint heartbeat_changed;
  core::TimePoint heartbeat_before;  ///< The change before that one.
  core::TimePoint doubted_until;
  bool doubted = false;
  std::string why;
};

/// One step of the watch, after both input areas were taken: where speed, position and encoder
/// contradict each other, marks all three as kImplausible and says why in `image.implausible`.
/// Speed is of the interlock chain: with it the PLC's data count as lost, and beam and motion go.
/// Pure apart from `watch` and `image`.
void watch_motion(MotionWatch& watch, PlcImage& image, core::TimePoint now,
                  const PlausibilityLimits& limits = {});

}  // namespace portcullis::plc
