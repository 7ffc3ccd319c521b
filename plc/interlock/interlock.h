#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "plc/interlock/plc_image.h"

namespace portcullis::plc {

/// A PLC image seen at an instant: the only way the predicates below read it.
///
/// A tag counts only while it is fresh: read, wired, in range and at most `stale_after` old.
/// Whatever is not fresh is neither true nor false, and every predicate then takes its safe side.
/// Pure; borrows the image.
class PlcView {
 public:
  PlcView(const PlcImage& image, core::TimePoint now, core::Duration stale_after) noexcept
      : image_(image), now_(now), stale_after_(stale_after) {}

  [[nodiscard]] bool fresh(Tag tag) const noexcept {
    const TagReading& reading = image_.at(tag);
    return reading.validity == Validity::kGood && now_ - reading.read_at <= stale_after_;
  }
  [[nodiscard]] bool is_true(Tag tag) const noexcept {
    return fresh(tag) && image_.at(tag).raw != 0;
  }
  [[nodiscard]] bool is_false(Tag tag) const noexcept {
    return fresh(tag) && image_.at(tag).raw == 0;
  }
  /// Nothing where the tag is not fresh.
  [[nodiscard]] std::optional<double> value(Tag tag) const noexcept;
  [[nodiscard]] const PlcImage& image() const noexcept { return image_; }
  [[nodiscard]] core::TimePoint now() const noexcept { return now_; }

 private:
  const PlcImage& image_;
  core::TimePoint now_;
  core::Duration stale_after_;
};

// Predicates: each a pure function of tags and their ages. A stale, unread, unwired or
// out-of-range tag makes each of them false; the names are therefore all "it is well" or
// "it is certainly so".

/// Every wired discrete input and input register of the classes chain and status is fresh, and
/// no chain tag is unwired.
[[nodiscard]] bool plc_data_fresh(const PlcView& plc) noexcept;
/// The PLC's heartbeat changed within `watchdog`.
[[nodiscard]] bool plc_heartbeat_alive(const PlcView& plc, core::Duration watchdog) noexcept;
/// What we command was read back alike and its sequence echoed within `watchdog`.
[[nodiscard]] bool commands_confirmed(const PlcView& plc, core::Duration watchdog) noexcept;
[[nodiscard]] bool plc_running(const PlcView& plc) noexcept;
/// The safety PLC's fault word is 0.
[[nodiscard]] bool plc_fault_free(const PlcView& plc) noexcept;

/// The chain and the three stops: an unhealthy chain counts as a stop whatever the stops say.
[[nodiscard]] bool estop_healthy(const PlcView& plc) noexcept;
/// The three stops alone: what must hold before a reset is tried.
[[nodiscard]] bool estop_buttons_released(const PlcView& plc) noexcept;

/// Exactly one of the three key positions is made, and it is this one.
[[nodiscard]] bool key_on(const PlcView& plc) noexcept;
[[nodiscard]] bool key_off(const PlcView& plc) noexcept;
[[nodiscard]] bool key_service(const PlcView& plc) noexcept;

[[nodiscard]] bool search_complete(const PlcView& plc) noexcept;
[[nodiscard]] bool doors_closed(const PlcView& plc) noexcept;     ///< Four doors, both channels.
[[nodiscard]] bool curtains_clear(const PlcView& plc) noexcept;   ///< Four curtains, both channels.
[[nodiscard]] bool barriers_closed(const PlcView& plc) noexcept;  ///< Closed and not open, both.
[[nodiscard]] bool barrier_entry_open(const PlcView& plc) noexcept;
[[nodiscard]] bool barrier_entry_closed(const PlcView& plc) noexcept;
[[nodiscard]] bool barrier_exit_open(const PlcView& plc) noexcept;
[[nodiscard]] bool barrier_exit_closed(const PlcView& plc) noexcept;
[[nodiscard]] bool entry_clear_beneath(const PlcView& plc) noexcept;
[[nodiscard]] bool exit_clear_beneath(const PlcView& plc) noexcept;
[[nodiscard]] bool people_clear(const PlcView& plc) noexcept;
[[nodiscard]] bool cab_clear(const PlcView& plc) noexcept;
[[nodiscard]] bool cab_occupied(const PlcView& plc) noexcept;  ///< Certainly not clear.
[[nodiscard]] bool vehicle_at_entry(const PlcView& plc) noexcept;
[[nodiscard]] bool vehicle_in_tunnel(const PlcView& plc) noexcept;
[[nodiscard]] bool vehicle_at_exit(const PlcView& plc) noexcept;
[[nodiscard]] bool entry_free(const PlcView& plc) noexcept;  ///< Certainly no vehicle there.
[[nodiscard]] bool lane_empty(const PlcView& plc) noexcept;  ///< None in the tunnel, none at exit.
[[nodiscard]] bool lamp_proven(const PlcView& plc) noexcept;
[[nodiscard]] bool dose_monitors_well(const PlcView& plc) noexcept;  ///< Working and not in alarm.
[[nodiscard]] bool no_bypass(const PlcView& plc) noexcept;
[[nodiscard]] bool ups_on_mains(const PlcView& plc) noexcept;

/// Bay `number`, from 1: both are false where its sensor is not trusted (both bits, or neither).
[[nodiscard]] bool bay_occupied(const PlcView& plc, unsigned number) noexcept;
[[nodiscard]] bool bay_free(const PlcView& plc, unsigned number) noexcept;

/// Both independent means let beam through: contactor closed and trigger not inhibited.
[[nodiscard]] bool beam_enabled(const PlcView& plc) noexcept;
/// Both keep it off: contactor open and trigger inhibited.
[[nodiscard]] bool beam_disabled(const PlcView& plc) noexcept;
[[nodiscard]] bool beam_not_sensed(const PlcView& plc) noexcept;
[[nodiscard]] bool beam_permit_granted(const PlcView& plc) noexcept;
[[nodiscard]] bool motion_permit_granted(const PlcView& plc) noexcept;

/// Gantry or vehicle, mm/s and mm. Forward is growing position.
[[nodiscard]] bool speed_in_band(const PlcView& plc, double low_mm_s, double high_mm_s) noexcept;
[[nodiscard]] bool standstill(const PlcView& plc, double speed_max_mm_s) noexcept;
/// Position within [low, high] and the two limit switches not both made.
[[nodiscard]] bool gantry_inside(const PlcView& plc, double low_mm, double high_mm) noexcept;
[[nodiscard]] bool gantry_at_or_below(const PlcView& plc, double position_mm) noexcept;
[[nodiscard]] bool gantry_at_or_above(const PlcView& plc, double position_mm) noexcept;

/// The PLC says what hardware it drives; nothing where its tag is not fresh.
[[nodiscard]] std::optional<bool> hardware_simulated(const PlcView& plc) noexcept;

/// Pairs of channels that must agree: the doors, the curtains, and the two means of beam-off.
inline constexpr std::size_t kPairCount = 9;
struct ChannelPair {
  Tag a;
  Tag b;
  bool b_inverted;        ///< Agreement is a == !b.
  std::string_view text;  ///< "Door 1"
};
[[nodiscard]] const std::array<ChannelPair, kPairCount>& channel_pairs() noexcept;

/// Memory of the two-channel watch.
struct DiscrepancyState {
  std::array<std::optional<core::TimePoint>, kPairCount> since{};
  bool operator==(const DiscrepancyState&) const = default;
};
inline constexpr core::Duration kDiscrepancyMax = std::chrono::milliseconds(500);

struct DiscrepancyResult {
  DiscrepancyState state;
  std::array<bool, kPairCount> discrepant{};  ///< Channels differ for more than kDiscrepancyMax.
  [[nodiscard]] bool doors_and_curtains_agree() const noexcept;
  [[nodiscard]] bool beam_off_means_agree() const noexcept { return !discrepant[kPairCount - 1]; }
};
/// One step of the watch; call at every poll. Pure. A pair with a channel that is not fresh keeps
/// its time running if it was running, and does not start it. Latching is the cycle's.
[[nodiscard]] DiscrepancyResult watch_channels(const DiscrepancyState& state,
                                               const PlcView& plc) noexcept;

}  // namespace portcullis::plc
