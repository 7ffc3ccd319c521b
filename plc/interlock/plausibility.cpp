#include "plc/interlock/plausibility.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace portcullis::plc {
namespace {

constexpr std::array<Tag, 3> kMotionTags = {Tag::kSpeedMmS, Tag::kGantryPositionMm,
                                            Tag::kEncoderCounts};

bool good(const PlcImage& image, Tag tag) {
  return image.at(tag).validity == Validity::kGood;
}

/// True where the counter has stood still for too long while the speed says that it should not.
bool stands_still(MotionWatch::Counter& counter, const PlcImage& image, Tag tag, bool moving,
                  bool beat, core::TimePoint now, const PlausibilityLimits& limits) {
  if (!good(image, tag)) {
    counter.known = false;
    return false;
  }
  const std::int64_t raw = image.at(tag).raw;
  if (!counter.known) {
    counter.known = true;
    counter.raw = raw;
    counter.moved = now;
    counter.heartbeats = 0;
    return false;
  }
  if (raw != counter.raw || !moving) {
    counter.counts = counter.counts || raw != counter.raw;
    counter.raw = raw;
    counter.moved = now;
    counter.heartbeats = 0;
    return false;
  }
  if (beat) ++counter.heartbeats;
  return counter.counts && counter.heartbeats >= limits.heartbeats_min &&
         now - counter.moved >= limits.frozen_after;
}

}  // namespace

void watch_motion(MotionWatch& watch, PlcImage& image, core::TimePoint now,
                  const PlausibilityLimits& limits) {
  image.implausible.clear();
  const bool beat = image.heartbeat_seen && image.heartbeat_changed != watch.heartbeat_changed;
  if (beat) {
    watch.heartbeat_before = watch.heartbeat_changed;
    watch.heartbeat_changed = image.heartbeat_changed;
  }
  const bool speed_known = good(image, Tag::kSpeedMmS);
  const bool moving = speed_known && std::abs(image.value(Tag::kSpeedMmS)) >= limits.moving_mm_s;
  std::string why;

  // The jump first: what is remembered of the position is about to be overwritten.
  if (watch.position.known && good(image, Tag::kGantryPositionMm) &&
      watch.heartbeat_before.time_since_epoch().count() != 0) {
    const double way =
        std::abs(image.value(Tag::kGantryPositionMm) -
                 static_cast<double>(watch.position.raw) * tag_info(Tag::kGantryPositionMm).scale);
    // A PLC that paused moves all that time in one step.
    const double seconds =
        std::max(0.0, std::chrono::duration<double>(now - watch.heartbeat_before).count());
    const double most = tag_info(Tag::kSpeedMmS).max * seconds + limits.jump_mm;
    if (way > most) {
      why = "the gantry's position jumped by " +
            std::to_string(static_cast<std::int64_t>(std::lround(way))) +
            " mm between two readings";
    }
  }
  const std::string speed =
      "speed is " +
      std::to_string(static_cast<std::int64_t>(std::lround(image.value(Tag::kSpeedMmS)))) + " mm/s";
  if (stands_still(watch.position, image, Tag::kGantryPositionMm, moving, beat, now, limits) &&
      why.empty())
    why = speed + ", and the gantry's position stands still";
  if (stands_still(watch.encoder, image, Tag::kEncoderCounts, moving, beat, now, limits) &&
      why.empty())
    why = speed + ", and the encoder stands still";

  if (!why.empty()) {
    watch.doubted = true;
    watch.doubted_until = now + limits.hold;
    watch.why = std::move(why);
  }
  if (watch.doubted && now >= watch.doubted_until) watch.doubted = false;
  if (!watch.doubted) return;
  for (const Tag tag : kMotionTags)
    if (good(image, tag)) image.at(tag).validity = Validity::kImplausible;
  image.implausible = watch.why;
}

}  // namespace portcullis::plc
