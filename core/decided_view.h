#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/records.h"
#include "core/result.h"

namespace portcullis::core {

/// What a screen showed of a scan's image when an officer decided: enough to draw it again from the
/// stored planes. The default is the standard image, fitted. A plain value.
struct DecidedView {
  std::string mode = "standard";  ///< "both", "standard", "material", "metal", "organic"
  double window_lo = 0;           ///< Attenuation, -ln T, that is drawn lightest ...
  double window_hi = 0;           ///< ... and darkest.
  double power = 1;               ///< Exponent of the contrast; 1: the plain logarithm.
  bool low_energy = false;        ///< The low energy's plane alone.
  bool edges = false, local = false, denoise = false, inverse = false, heavy_mark = false;
  int palette = -1;    ///< -1: grey; else the number of the screen's palette.
  double scale = 1;    ///< Screen pixels an image pixel.
  PixelBox part;       ///< Of the image that was in sight, in its pixels.
  bool fitted = true;  ///< The whole vehicle was in sight.
  /// Share of the cargo's area, 0 to 1, that this screen never showed at 1:2 or closer before.
  /// Nothing: not known.
  std::optional<double> never_shown;
};

/// Largest JSON of one.
inline constexpr std::size_t kDecidedViewBytesMax = 2'048;

/// Whole percent of the cargo that were never shown, as people are told: what is under half a
/// percent, a pixel at an edge, is 0. `share`: 0 to 1.
int never_shown_percent(double share);

nlohmann::json to_json(const DecidedView& view);
/// Fails with kInvalidInput that names the key: not an object of the right types, numbers that are
/// none, a mode that is not known, a share outside 0 to 1, or more than kDecidedViewBytesMax.
/// Missing keys leave the field as it is.
Result<DecidedView> decided_view_from(std::string_view text);

}  // namespace portcullis::core
