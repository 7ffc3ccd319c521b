#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/huge_pages.h"
#include "core/result.h"
#include "core/scan.h"
#include "imaging/images.h"
#include "imaging/material/classify.h"
#include "imaging/material/material_curves.h"
#include "imaging/material/neighbourhood.h"

namespace portcullis::imaging {

/// A strip of columns on the image grid: all planes with the same stride.
struct Strip {
  std::int64_t first_column = 0;  ///< Of the installation's grid; cells are fixed to it.
  int columns = 0;
  int rows = 0;
  PaddedPlane high, low;  ///< Linear transmission; noise may take it below 0.
  core::HugePageVector<std::uint8_t> bad;
  std::vector<float> line_spacing_mm;  ///< [columns]

  void resize(int new_columns, int new_rows);
  [[nodiscard]] std::size_t stride() const { return high.stride(); }
};

/// Material and mass of strips, by both energies or by one.
/// Threading: const after create().
class BlockClassifier final {
 public:
  /// `rows_obliquity`, `ray_spacing_mm`: [rows], copied.
  BlockClassifier(const core::ScannerGeometry& geometry, const core::Calibration& calibration,
                  std::span<const core::WedgeStep> wedges, std::span<const std::uint8_t> bad_pixels,
                  std::span<const float> rows_obliquity, std::span<const float> ray_spacing_mm,
                  bool denoise);

  /// Relative variance of one pixel on one pulse in air; of each energy.
  void set_photon_variance(double high, double low);

  /// What there is in `found`, with the strip's stride; estimates the plane of an energy that is
  /// missing, and takes transmission to at least kTransmissionLeast, once it was read.
  void classify_strip(Strip& strip, Energies energies, ClassifyWorkspace& workspace,
                      ClassifyOutput& found) const;

  /// Why there is no material; empty where there is.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// What material is told without; empty where the curves are whole.
  [[nodiscard]] std::vector<std::string> notes() const;
  /// See Images::scatter_left.
  [[nodiscard]] double scatter_left() const { return scatter_left_; }

 private:
  void estimate_plane(Strip& strip, Energies energies) const;

  double mm_per_px_;
  bool denoise_;
  std::vector<float> obliquity_, ray_spacing_mm_;
  std::unique_ptr<MaterialCurves> curves_;  ///< Null: `problem_` says why.
  std::string problem_;
  double photon_high_ = 0, photon_low_ = 0;
  double electronic_high_ = 0, electronic_low_ = 0;
  double scatter_left_;
};

}  // namespace portcullis::imaging
