#pragma once

#include <string>
#include <vector>

#include "imaging/images.h"

namespace portcullis::imaging {

/// Reading of the standard test objects (ANSI/IEEE N42.46, IEC 62523) in a scan's images.
///
/// Blind: the reader is told neither what stands there nor where, how many or which way round; it
/// looks for everything everywhere, and what is not significantly there is "not seen". Each
/// threshold follows from the number of independent places tried and the share of blank scans in
/// which one false reading is allowed (QaOptions::false_alarms).
///
/// All sizes are millimetres in the plane of the centre line, x along the vehicle and z above
/// ground; boxes in pixels refer to the images, origin top left.

struct QaBox {
  int x_px = 0, y_px = 0, width_px = 0, height_px = 0;
  double x_mm = 0, z_mm = 0;  ///< Lower left corner.
  double width_mm = 0, height_mm = 0;
};

/// Evenness of air, of both energies; from the columns in which nothing stands.
struct QaAir {
  bool measured = false;
  std::string reason;  ///< Why not.
  int columns = 0, rows = 0;
  double column_rms_high = 0, column_rms_low = 0;  ///< Of column means, air = 1.
  double row_rms_high = 0, row_rms_low = 0;
  double block16_max_high = 0, block16_max_low = 0;  ///< Largest |mean of 16 columns - 1|.
  [[nodiscard]] bool passed() const;
};
inline constexpr double kQaColumnRmsMax = 0.0012;
inline constexpr double kQaRowRmsMax = 0.0005;
inline constexpr double kQaBlock16Max = 0.001;

/// Something flat and even: a plate, a step of a wedge, a block.
struct QaZone {
  QaBox box;
  double transmission_high = 0, transmission_low = 0;  ///< Medians.
  double ratio = 0, ratio_sigma = 0;                   ///< ln T_low / ln T_high.
  double areal_density_g_cm2 = 0;                      ///< Median of the mass image.
  Material material = Material::kNone;                 ///< Majority of the material image.
  double material_share = 0;                           ///< Of pixels that say so.
  int cluster = 0;  ///< Zones whose ratios agree and differ from others' have one number.
  int wedge = -1;   ///< Index in QaReport::wedges, or -1.
};

/// Stairs: zones side by side that grow step by step.
struct QaWedge {
  std::vector<int> zones;  ///< From thin to thick.
  Material material = Material::kNone;
};

enum class QaDirection : std::uint8_t { kNone, kRight, kUp, kLeft, kDown };
std::string_view qa_direction_name(QaDirection direction);  ///< "right" is towards the rear.

/// Answer to "is there an arrow on this plate, and which way does it point".
struct QaArrow {
  int zone = 0;
  bool seen = false;
  QaDirection direction = QaDirection::kNone;
  double score = 0;      ///< Of the best direction, standard deviations.
  double runner_up = 0;  ///< Of the best other direction.
  double threshold = 0;  ///< Of score.
  double contrast = 0;   ///< Share of the plate's transmission that the arrow takes.
  double x_mm = 0, z_mm = 0;
  QaBox box;
};

/// A straight wire.
struct QaWire {
  int zone = -1;  ///< Plate it is seen against; -1 air.
  double score = 0, threshold = 0;
  double from_x_mm = 0, from_z_mm = 0, to_x_mm = 0, to_z_mm = 0;
  double diameter_mm = 0;  ///< If it is of steel.
};

/// A piece that is thicker than its plate by a little.
struct QaShim {
  int zone = 0;
  double score = 0, threshold = 0;
  double contrast = 0;  ///< Share of the plate's transmission.
  double percent = 0;   ///< Of the plate's thickness, if of the same material.
  QaBox box;
};

/// A group of line pairs.
struct QaGauge {
  QaBox box;
  bool along = false;     ///< Resolves along the scan (bars stand); else across it.
  double tilt_deg = 0;    ///< Of the bars, from upright or level.
  double gap_mm = 0;      ///< Half a period.
  double modulation = 0;  ///< Amplitude of the fundamental over the mean.
  double score = 0;       ///< Amplitude in standard deviations.
  bool resolved = false;  ///< Modulation of at least 20 %.
};
inline constexpr double kQaModulationMin = 0.2;

struct QaOptions {
  /// Blank scans of which one may give a false reading, per kind of object.
  double false_alarms = 0.01;
};

struct QaReport {
  QaAir air;
  std::vector<QaZone> zones;
  std::vector<QaWedge> wedges;
  int material_clusters = 0;
  std::vector<QaArrow> arrows;  ///< One for each zone that could bear an arrow, seen or not.
  std::vector<QaWire> wires;    ///< Seen ones.
  std::vector<QaShim> shims;    ///< Seen ones.
  std::vector<QaGauge> gauges;
  double wire_threshold_air = 0;
  std::vector<std::string> remarks;  ///< What could not be tried and why.
};

/// Reads the images: transmission, which is never smoothed, and the class of wide zones. Pure;
/// about 2 s for 1,000 columns. Threading: thread-safe.
QaReport read_test_objects(const Images& images, const QaOptions& options);

}  // namespace portcullis::imaging
