#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/line.h"
#include "core/time.h"

namespace portcullis::core {

/// How a scan ended. Every scan that began ends in exactly one of these.
enum class ScanOutcome : std::uint8_t { kRunning, kComplete, kPartial, kAborted };
std::string_view scan_outcome_name(ScanOutcome outcome);
std::optional<ScanOutcome> scan_outcome_from(std::string_view name);

/// What identity binding knew of the vehicle when the scan was made.
struct ContainerReading {
  std::string number;    ///< ISO 6346, as read.
  std::string iso_type;  ///< "22G1"; empty where it was not read.
  bool check_digit_ok = false;
  double confidence = 0;  ///< 0 to 1.
};
struct VehicleIdentity {
  std::string plate;
  std::vector<ContainerReading> containers;  ///< Front to rear.
};

/// Metadata of a scan; immutable once the scan is sealed.
struct ScanMeta {
  std::string id;  ///< UUID of the scan.
  UtcTime started;
  UtcTime ended;
  ScanOutcome outcome = ScanOutcome::kRunning;
  std::string outcome_reason;  ///< In words; empty for a complete one.
  bool simulated = false;
  std::string lane;  ///< "Lane 3"; "offline" for simulate.
  std::string software_version;
  VehicleIdentity identity;
  ScannerGeometry geometry;
  std::uint32_t arm_id = 0;
  std::map<std::string, std::string> extra;  ///< Further named facts.
};

/// Per pixel means over many lines of one kind; the data of a calibration, without the single
/// lines. mean[pixel] is the plain mean of raw samples; dose_mean that of the dose reference.
struct CalibrationFrame {
  Energy energy = Energy::kNone;  ///< kNone for dark.
  std::uint32_t lines = 0;
  double dose_mean_counts = 0;  ///< 0 for dark.
  double temperature_c = 0;
  UtcTime taken;
  std::vector<float> mean_counts;       ///< [pixels]
  std::vector<float> variance_counts2;  ///< [pixels], of single samples.
};

/// One step of a material wedge: plates of known areal density that cover the whole fan close to
/// the source, curved so that each ray sees the stated areal density. Transmission is relative to
/// the air measurement of the same session, so it does not depend on gain and dark.
struct WedgeStep {
  std::string material;  ///< "polyethylene", "aluminium", "iron", "lead"
  double areal_density_g_cm2 = 0;
  std::uint32_t lines = 0;               ///< Per energy.
  std::vector<float> transmission_high;  ///< [pixels]
  std::vector<float> transmission_low;
};

/// Lines without beam right after the beam went off in air, in which the scintillator's afterglow
/// dies away. The beam had been on at the usual rate until the glow no longer grew; repeated.
struct DecayStep {
  std::uint32_t first_pulse = 0;  ///< Counted from the last pulse with beam: 1 is the next one.
  std::uint32_t last_pulse = 0;   ///< Inclusive; the lines in between are averaged.
  CalibrationFrame frame;  ///< Energy kNone; dose_mean_counts is that of the last pulse with beam.
};

/// An opaque block in the lane (at least 600 mm of steel or what equals it) with air around it and
/// nothing moving: what the pixels behind it read is scattered radiation alone.
struct ScatterBlock {
  CalibrationFrame high;
  CalibrationFrame low;
};

/// Noise that neighbouring pixels share, from the lines of high energy in air: covariances over
/// the lines of q = (sample - dark) / dose * mean dose / mean of it, that is, relative ones.
struct NeighbourNoise {
  std::uint32_t lines = 0;  ///< 0: not measured.
  UtcTime taken;
  std::vector<float> variance;  ///< [pixels]
  std::vector<float> next;      ///< [pixels] with the next pixel in array order.
  std::vector<float> second;    ///< [pixels] with the one after that.
};

/// What is measured when a detector is commissioned or serviced and hardly changes after. Each
/// part may be absent (no lines); the correction that needs it is then left out and says so.
struct DetectorCalibration {
  CalibrationFrame dark_second;  ///< Dark at another temperature, best several degrees off.
  std::vector<DecayStep> decay;
  std::vector<ScatterBlock> blocks;
  NeighbourNoise neighbours;
};

struct Calibration {
  std::string id;
  CalibrationFrame dark;
  CalibrationFrame air_high;
  CalibrationFrame air_low;
  std::vector<WedgeStep> wedges;
  DetectorCalibration detector;
};

/// A whole raw scan in memory: samples[line * pixels + pixel].
struct RawScan {
  ScanMeta meta;
  Calibration calibration;
  std::vector<LineHeader> lines;
  std::vector<std::bitset<kModulesMax>> modules_present;  ///< [lines]
  std::vector<std::uint32_t> samples;

  [[nodiscard]] std::size_t pixels() const { return meta.geometry.pixels.size(); }
};

}  // namespace portcullis::core
