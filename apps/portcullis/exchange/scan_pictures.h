#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/decided_view.h"
#include "core/result.h"
#include "core/scan.h"
#include "imaging/images.h"
#include "imaging/pipeline/write_images.h"

namespace portcullis::apps {

/// A scan's images, made anew from its lines with the product's own parameters.
struct ScanPictures {
  core::RawScan raw;
  imaging::Images images;
  std::vector<imaging::EncodedImage> encoded;  ///< TIFF of four planes and the preview.
  std::string images_json;                     ///< As `portcullis process` writes it.

  /// The encoded bytes of "high", "low", "mass", "material" or "preview".
  [[nodiscard]] const std::string& bytes(std::string_view name) const;
};

core::Result<ScanPictures> make_pictures(const std::filesystem::path& scan);

/// What an officer saw (imaging/enhance/decided_image.h) as a TIFF of 8 bits a colour, without
/// compression.
core::Result<std::string> decided_tiff(const ScanPictures& pictures, const core::DecidedView& view);

}  // namespace portcullis::apps
