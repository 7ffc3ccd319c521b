#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "core/time.h"
#include "firmware_bridge/codec/portal_line.h"

namespace portcullis::firmware_bridge {

/// A portal line as received, with the lane's clock and whether beam was on then.
struct PortalRecord {
  core::UtcTime utc;
  std::string text;
  bool beam_on = false;
};

/// One vehicle's passage, from its first occupied sample to GX.
struct PortalOccupancy {
  std::uint32_t number = 0;  ///< As the portal counts; 0 where GX never came.
  core::UtcTime started, ended;
  core::TimePoint started_at, ended_at;  ///< The same on the monotonic clock, for binding.
  std::vector<PortalRecord> lines;
  bool gamma_alarm = false;  ///< As the portal says.
  bool neutron_alarm = false;
  bool gamma_alarm_own = false;     ///< Our own n-sigma test.
  double sigma_max = 0;             ///< Largest (S - B) / sqrt(B) of five samples without beam.
  double gamma_background_cps = 0;  ///< B: the last background without beam before it.
  double neutron_background_cps = 0;
  double background_ratio_min = 1;  ///< Least S / B: how far the vehicle shadowed the background.
  double speed_km_h = 0;            ///< 0 where the portal gave none.
  std::uint32_t gamma_samples = 0;
  std::uint32_t beam_samples = 0;  ///< Of those, taken with beam on: not judged.
  bool valid = false;              ///< Absence of alarm may count: see invalid_reason.
  std::string invalid_reason;
};

struct PortalView {
  bool connected = false;
  /// False blocks a "clear": not connected, stale, tamper, background fault or none yet.
  bool healthy = false;
  std::string health_text;    ///< "ok", or the first reason why not.
  core::Duration data_age{};  ///< Since the last line; large where none.
  bool tamper = false;
  bool gamma_background_high = false, gamma_background_low = false, neutron_background_high = false;
  bool background_known = false;
  double gamma_background_cps = 0;
  double neutron_background_cps = 0;
  bool occupied = false;
  bool gamma_alarm = false, neutron_alarm = false,
       gamma_alarm_own = false;  ///< Of the running occupancy.
  double sigma_max = 0;
  std::uint64_t occupancies = 0;  ///< Finished since made.
  std::uint64_t lines = 0, malformed = 0, unknown = 0;
};

/// Judges a portal's lines. A pure machine: lines and time are handed in.
///
/// Gamma alarm, as such portals define it: S is the sliding sum of five 200 ms samples over all
/// detectors, B the 1 s background; alarm where (S - B) / sqrt(B) > n. Samples taken with
/// beam on are kept and flagged, never judged and never background; so are those up to 1 s
/// after beam went off, because a background line sums the second before it.
/// Threading: one thread.
class PortalMonitor {
 public:
  struct Config {
    double alarm_sigma = 7;                                 ///< 3 to 12.
    core::Duration stale_after = std::chrono::seconds(12);  ///< Backgrounds come every 5 s.
    /// So many gamma samples in a row alike in all four detectors are no counts: with 50 in each
    /// the chance of one such pair is 1 in 300,000.
    std::uint32_t frozen_samples = 10;
    std::uint32_t occupancy_lines_max = 20'000;  ///< Then the occupancy is cut and invalid.
  };
  explicit PortalMonitor(const Config& config) : config_(config) {}

  void set_connected(bool connected, core::TimePoint now);
  void set_beam_on(bool on, core::TimePoint now);
  /// One line as received, without its end.
  void push(std::string_view line, core::TimePoint now, core::UtcTime utc);
  /// Call now and then: a passage whose samples stopped without GX is ended as invalid.
  void tick(core::TimePoint now, core::UtcTime utc);

  [[nodiscard]] PortalView view(core::TimePoint now) const;
  /// Finished occupancies, oldest first, each once.
  std::vector<PortalOccupancy> take_occupancies();
  /// Every line received since the last call (at most the latest 50,000), for storing.
  std::vector<PortalRecord> take_records();
  /// Lines of the running occupancy.
  [[nodiscard]] std::vector<PortalRecord> occupancy_lines() const { return current_.lines; }

 private:
  [[nodiscard]] std::string health(core::TimePoint now) const;
  [[nodiscard]] bool beam_near(core::TimePoint now) const;
  void begin_occupancy(core::UtcTime utc, core::TimePoint now);
  void end_occupancy(core::UtcTime utc, core::TimePoint now);
  void take_gamma_sample(const PortalLine& line, bool beam);
  void mark_invalid(const std::string& why);

  Config config_;
  bool connected_ = false;
  bool beam_on_ = false;
  core::TimePoint beam_off_at_ = core::TimePoint::min();
  core::TimePoint last_line_at_ = core::TimePoint::min();
  core::TimePoint last_sample_at_ = core::TimePoint::min();
  bool tamper_ = false, gamma_high_ = false, gamma_low_ = false, neutron_high_ = false;
  bool gamma_known_ = false, neutron_known_ = false;
  double gamma_background_ = 0, neutron_background_ = 0;
  bool occupied_ = false;
  PortalOccupancy current_;
  std::array<double, 5> window_{};
  std::size_t window_count_ = 0;
  std::array<std::uint32_t, 4> last_counts_{};
  std::uint32_t alike_ = 0;  // gamma samples in a row that equal the one before
  std::vector<PortalOccupancy> finished_;
  std::deque<PortalRecord> records_;
  std::uint64_t occupancies_ = 0, lines_ = 0, malformed_ = 0, unknown_ = 0;
};

}  // namespace portcullis::firmware_bridge
