#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/time.h"

namespace portcullis::simulator {

/// The radiation portal at the entry: background every 5 s, and while a vehicle passes gamma
/// counts every 200 ms and neutron counts every second, with the dip that a vehicle makes in the
/// natural background. Counts are Poisson from a seed.
///
/// Alarms by itself as such portals do: five 200 ms samples against the background, 7 sigma.
/// The X-ray beam does not reach it.
/// Threading: one thread; time is handed in, no socket inside.
class PortalDevice final {
 public:
  struct Config {
    double gamma_background_cps = 250;  ///< Of each of four detectors.
    double neutron_background_cps = 1.2;
    double vehicle_length_m = 12;  ///< For the speed line.
    std::uint64_t seed = 1;
  };
  /// A vehicle between the pillars.
  struct Passage {
    double share = 0;      ///< How much of it has passed, 0 to 1.
    double gamma_cps = 0;  ///< What its load adds at most to each detector.
  };

  PortalDevice(const Config& config, core::TimePoint now);

  /// Lines that are due (without their end), oldest first.
  std::vector<std::string> tick(core::TimePoint now, const std::optional<Passage>& passage);
  /// The counting stands still: the same numbers again and again.
  void set_frozen(bool frozen) { frozen_ = frozen; }
  void set_tamper(bool tamper) { tamper_ = tamper; }
  void set_background_high(bool high) { background_high_ = high; }
  [[nodiscard]] std::uint32_t occupancies() const { return occupancies_; }

 private:
  void begin(core::TimePoint now);
  void end(core::TimePoint now, std::vector<std::string>& lines);
  void gamma_sample(const Passage& passage, std::vector<std::string>& lines);
  void neutron_sample(std::vector<std::string>& lines);
  void background(std::vector<std::string>& lines);
  std::uint32_t counts(double mean);

  Config config_;
  std::mt19937_64 draws_;
  core::TimePoint background_due_, gamma_due_, neutron_due_, occupied_since_;
  bool occupied_ = false;
  Passage last_;
  std::uint32_t occupancies_ = 0;
  double background_sum_cps_;
  std::deque<std::uint32_t> recent_;
  bool frozen_ = false, tamper_ = false, tamper_told_ = false, background_high_ = false;
};

}  // namespace portcullis::simulator
