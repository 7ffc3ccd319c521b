#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace portcullis::imaging {

/// What of the correction chain acts. The defaults are the product's; a switch turned off leaves
/// its defect in, for before-and-after pictures and tests. Part of the parameters that are
/// recorded with every image.
struct CorrectionParameters {
  bool dark = true;         ///< Offset of each pixel.
  bool dark_drift = true;   ///< Its change with temperature.
  bool dose = true;         ///< Dose reference of each pulse, by energy.
  bool gain = true;         ///< Air level of each pixel; off: of the array's median.
  bool afterglow = true;    ///< Light of earlier pulses.
  bool cross_talk = true;   ///< Light of neighbours in the module.
  bool scatter = true;      ///< Radiation scattered by the load.
  bool bad_pixels = true;   ///< Found in the calibration.
  bool live_pixels = true;  ///< That go bad while the scan runs.
  bool line_level = true;   ///< Dose reference's own noise, from rays in air.
  bool arced = true;        ///< Pulses that broke off are left out and drawn from their neighbours.
  bool sway = true;         ///< Boom out of the beam's middle: signal and place along x.
  bool rise = true;         ///< Boom's vertical shift.
  bool missing_modules = true;  ///< Filled from the lines before and after.
};

/// Name of each switch, as in `portcullis process --without NAME`.
inline constexpr std::array<std::pair<std::string_view, bool CorrectionParameters::*>, 14>
    kCorrections{{{"dark", &CorrectionParameters::dark},
                  {"dark-drift", &CorrectionParameters::dark_drift},
                  {"dose", &CorrectionParameters::dose},
                  {"gain", &CorrectionParameters::gain},
                  {"afterglow", &CorrectionParameters::afterglow},
                  {"cross-talk", &CorrectionParameters::cross_talk},
                  {"scatter", &CorrectionParameters::scatter},
                  {"bad-pixels", &CorrectionParameters::bad_pixels},
                  {"live-pixels", &CorrectionParameters::live_pixels},
                  {"line-level", &CorrectionParameters::line_level},
                  {"arced", &CorrectionParameters::arced},
                  {"sway", &CorrectionParameters::sway},
                  {"rise", &CorrectionParameters::rise},
                  {"missing-modules", &CorrectionParameters::missing_modules}}};

/// When a calibration no longer fits. All limits are inclusive; a limit of 0 is not judged.
struct CalibrationLimits {
  double age_max_h = 24;  ///< Of the oldest of dark and air frames.
  /// Of the oldest of what commissioning measured (DetectorCalibration), with which the wedges
  /// were:
  double commissioning_age_max_d = 400;
  double temperature_max_c = 3;    ///< Detector now against the dark frame.
  double dose_change_max = 0.15;   ///< Mean dose of the scan's first pulses against air's, share.
  double level_change_max = 0.01;  ///< Air at scan start against the air frame, array's mean.
  double pixel_change_max = 0.01;  ///< The same for single pixels, ...
  double pixel_share_max = 0.01;   ///< ... of which no more than this share may have changed.
  bool refuse = false;             ///< A stale set refuses the scan; else the scan is marked.
};

/// Turns the switch of that name off; false where there is none of that name.
inline bool without_correction(CorrectionParameters& parameters, std::string_view name) {
  for (const auto& [known, member] : kCorrections) {
    if (known != name) continue;
    parameters.*member = false;
    return true;
  }
  return false;
}

}  // namespace portcullis::imaging
