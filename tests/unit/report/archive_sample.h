#pragma once

#include <filesystem>
#include <string>

#include "archive/catalogue.h"
#include "core/records.h"
#include "core/scan.h"

namespace portcullis::report::test {

/// What a sample archive holds.
struct Sample {
  bool scan = true;     ///< Else a vehicle that left without one.
  bool audit = true;    ///< Has a log.
  bool decided = true;  ///< Read, decided on, overridden, inspected.
  /// The scan's file holds the measurement, with a gamma alarm; else only the check knows of it,
  /// and that there was none.
  bool radiation_stored = true;
  std::string view_json{};  ///< Of the decision that stands.
  core::ScanOutcome outcome = core::ScanOutcome::kComplete;
  std::string scan_id = "7f1c1c5e-0000-4000-8000-000000000007";
  core::Declaration declaration;  ///< Bound where it has a message id.
  std::string chosen_by{};        ///< Said that `declaration` holds and "26GB0000000002" does not.
  /// Lines, calibration and geometry of the scan's file; null: it has no lines, and an image that
  /// is drawn.
  const core::RawScan* raw = nullptr;
};

inline constexpr core::UtcTime kStart{1'767'225'600'000'000'000};  ///< 2026-01-01T00:00:00Z

/// An archive as a lane leaves it, made by hand, in a fresh folder: plate AB123CD, container
/// CSQU3054383, two findings, four checks, an image of 900 x 300 pixels of which half is steel.
std::filesystem::path make_archive(const std::string& name, const Sample& sample);

core::Declaration sample_declaration();

}  // namespace portcullis::report::test
