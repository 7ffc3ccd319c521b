#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/scan.h"
#include "imaging/images.h"
#include "imaging/pipeline/process.h"

namespace portcullis::imaging {

/// One encoded picture: `name` as in a scan file's image table ("high", "low", "mass", "material",
/// "preview"), `file_name` as `process --out` writes it.
struct EncodedImage {
  std::string name;
  std::string file_name;
  std::string bytes;
  /// What reprocessing gives again on any machine, where `bytes` need not be the same: SHA-256 of
  /// the SHA-256s (hexadecimal, one behind the other) of each 64 rows of codes, little endian.
  /// Empty for the preview, which follows from the others.
  std::string pixels_sha256;
};

/// high.tif, low.tif (16-bit attenuation codes), mass.tif (16-bit, 0.01 g/cm2), material.tif
/// (8-bit) and preview.png (material view on the light ground), in this order. The pixels depend
/// on the images alone (no dates, no host), the bytes also on the kind of processor (deflate.h).
/// Fails with kInternal where an encoder refuses.
core::Result<std::vector<EncodedImage>> encode_images(const Images& images);

/// effective_z.tif (16-bit, tenths of Z, 0 not known) and marks.tif (8-bit, bits: 1 heavy metal not
/// excluded, 2 too thin to be classed, 4 class of what stands before a layer, kMarkNotMeasured
/// filled in, not measured); each where the images carry its plane.
inline constexpr std::uint8_t kMarkNotMeasured = 128;
core::Result<std::vector<EncodedImage>> encode_details(const Images& images);

/// images.json: size, mm_per_px, origin, parameters, software version, scan and calibration,
/// quality, and for each file the SHA-256 of its bytes and of its pixels.
nlohmann::json images_json(const core::RawScan& scan, const Images& images,
                           const Parameters& parameters, const std::vector<EncodedImage>& encoded);

/// Writes all of them and images.json into `folder`, which is made where it is missing. Fails with
/// kIo; the message names the path.
core::Status write_images(const std::filesystem::path& folder, const core::RawScan& scan,
                          const Images& images, const Parameters& parameters);

}  // namespace portcullis::imaging
