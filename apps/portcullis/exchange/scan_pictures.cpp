#include "apps/portcullis/exchange/scan_pictures.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "archive/export/tiff.h"
#include "archive/scan_file.h"
#include "archive/stored_plane.h"
#include "imaging/enhance/decided_image.h"
#include "imaging/pipeline/process.h"

namespace portcullis::apps {
namespace {

core::Result<std::vector<std::uint16_t>> codes_of(const ScanPictures& pictures, const char* name) {
  PC_TRY(const auto plane, archive::decode_plane(pictures.bytes(name), name));
  if (plane.bytes_per_pixel != 2)
    return core::Error{core::ErrorCode::kInternal, std::string(name) + ": is not of 16 bits"};
  std::vector<std::uint16_t> codes(plane.pixels.size() / 2);
  std::memcpy(codes.data(), plane.pixels.data(), plane.pixels.size());
  return codes;
}

}  // namespace

const std::string& ScanPictures::bytes(std::string_view name) const {
  static const std::string kNone;
  for (const auto& image : encoded)
    if (image.name == name) return image.bytes;
  return kNone;
}

core::Result<ScanPictures> make_pictures(const std::filesystem::path& scan) {
  ScanPictures pictures;
  PC_TRY(pictures.raw, archive::read_scan(scan));
  const imaging::Parameters parameters;
  auto images = imaging::process(pictures.raw, parameters, {});
  if (!images.ok()) return images.error().with_context(scan.string());
  pictures.images = std::move(images).value();
  PC_TRY(pictures.encoded, imaging::encode_images(pictures.images));
  pictures.images_json =
      imaging::images_json(pictures.raw, pictures.images, parameters, pictures.encoded).dump(2) +
      "\n";
  return pictures;
}

core::Result<std::string> decided_tiff(const ScanPictures& pictures,
                                       const core::DecidedView& view) {
  PC_TRY(const auto high, codes_of(pictures, "high"));
  PC_TRY(const auto low, codes_of(pictures, "low"));
  PC_TRY(const auto image,
         imaging::draw_decided({pictures.images.grid.columns, pictures.images.grid.rows, high, low,
                                pictures.images.material},
                               view));
  return archive::plain_colour_tiff(static_cast<std::uint32_t>(image.columns),
                                    static_cast<std::uint32_t>(image.rows), image.argb);
}

}  // namespace portcullis::apps
