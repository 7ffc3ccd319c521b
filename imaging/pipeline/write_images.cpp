#include "imaging/pipeline/write_images.h"

#include <tiffio.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <vector>

#include "core/files.h"
#include "core/parallel.h"
#include "core/version.h"
#include "imaging/display/render.h"
#include "imaging/kernels/line_kernels.h"
#include "imaging/pipeline/png_stripes.h"

namespace portcullis::imaging {

namespace {

constexpr int kZTenthsPerHalf = 5;

/// A file in memory for libtiff.
struct MemoryFile {
  std::string bytes;
  std::size_t position = 0;
};

tsize_t memory_read(thandle_t handle, void* data, tsize_t size) {
  auto& file = *static_cast<MemoryFile*>(handle);
  if (size <= 0 || file.position >= file.bytes.size()) return 0;
  const std::size_t n = std::min(static_cast<std::size_t>(size), file.bytes.size() - file.position);
  std::memcpy(data, file.bytes.data() + file.position, n);
  file.position += n;
  return static_cast<tsize_t>(n);
}
tsize_t memory_write(thandle_t handle, void* data, tsize_t size) {
  auto& file = *static_cast<MemoryFile*>(handle);
  if (size <= 0) return 0;
  const std::size_t end = file.position + static_cast<std::size_t>(size);
  if (end > file.bytes.size()) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + file.position, data, static_cast<std::size_t>(size));
  file.position = end;
  return size;
}
toff_t memory_seek(thandle_t handle, toff_t offset, int whence) {
  auto& file = *static_cast<MemoryFile*>(handle);
  if (whence == SEEK_SET) file.position = static_cast<std::size_t>(offset);
  if (whence == SEEK_CUR) file.position += static_cast<std::size_t>(offset);
  if (whence == SEEK_END) file.position = file.bytes.size() + static_cast<std::size_t>(offset);
  return file.position;
}
int memory_close(thandle_t) {
  return 0;
}
toff_t memory_size(thandle_t handle) {
  return static_cast<MemoryFile*>(handle)->bytes.size();
}
int memory_map(thandle_t, void**, toff_t*) {
  return 0;
}
void memory_unmap(thandle_t, void*, toff_t) {}

constexpr int kStripRows = 64;

/// Gray image of `bits` a pixel, deflate with the horizontal predictor. `strip(y, rows)` gives
/// that many rows' bytes in native order, valid until the next call. Strips are handed over whole:
/// the encoder then takes the faster of its libraries.
template <class StripOf>
core::Result<std::string> encode_tiff(const core::ImageGrid& grid, std::uint16_t bits,
                                      const std::string& name, const StripOf& strip) {
  MemoryFile file;
  const auto fail = [&] {
    return core::Error{core::ErrorCode::kInternal,
                       name + ".tif: the TIFF encoder refused the image"};
  };
  // Little-endian whatever the machine, so that bytes are the same everywhere.
  TIFF* tiff =
      TIFFClientOpen(name.c_str(), "wl", static_cast<thandle_t>(&file), memory_read, memory_write,
                     memory_seek, memory_close, memory_size, memory_map, memory_unmap);
  if (tiff == nullptr) return fail();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(grid.columns));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(grid.rows));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, std::uint16_t{1});
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, static_cast<std::uint16_t>(SAMPLEFORMAT_UINT));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, static_cast<std::uint16_t>(PHOTOMETRIC_MINISBLACK));
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, static_cast<std::uint16_t>(PLANARCONFIG_CONTIG));
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, static_cast<std::uint16_t>(COMPRESSION_ADOBE_DEFLATE));
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, static_cast<std::uint16_t>(PREDICTOR_HORIZONTAL));
  TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, 1);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, std::uint32_t{kStripRows});
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, static_cast<std::uint16_t>(RESUNIT_CENTIMETER));
  const auto per_cm = static_cast<float>(10.0 / grid.mm_per_px);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, static_cast<double>(per_cm));
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, static_cast<double>(per_cm));
  const auto row_bytes = static_cast<tmsize_t>(grid.columns) * (bits / 8);
  bool ok = true;
  for (int y = 0; ok && y < grid.rows; y += kStripRows) {
    const int rows = std::min(kStripRows, grid.rows - y);
    const tmsize_t bytes = row_bytes * rows;
    ok = TIFFWriteEncodedStrip(tiff, static_cast<std::uint32_t>(y / kStripRows), strip(y, rows),
                               bytes) == bytes;
  }
  ok = TIFFFlush(tiff) == 1 && ok;
  TIFFClose(tiff);
  if (!ok) return fail();
  return std::move(file.bytes);
}

/// `convert(first, codes)`: the codes of pixels from `first` on.
template <class Sample, class Convert>
core::Result<std::string> encode_plane(const core::ImageGrid& grid, const std::string& name,
                                       const Convert& convert) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  std::vector<Sample> codes(columns * kStripRows);
  return encode_tiff(
      grid, static_cast<std::uint16_t>(8 * sizeof(Sample)), name, [&](int y, int rows) {
        const std::size_t count = columns * static_cast<std::size_t>(rows);
        convert(static_cast<std::size_t>(y) * columns, std::span(codes).first(count));
        return static_cast<void*>(codes.data());
      });
}

/// One stripe of the preview: the material view.
core::Status encode_stripe(const Images& images, const MaterialPalette& palette, std::size_t stripe,
                           PngStripes& png) {
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  const int rows = png.rows_of(stripe);
  const std::size_t first = static_cast<std::size_t>(png.first_row(stripe)) * columns;
  const std::size_t count = static_cast<std::size_t>(rows) * columns;
  std::vector<std::uint16_t> codes(count);
  std::vector<std::uint32_t> argb(count);
  kernels::attenuation_codes(std::span(images.transmission_high).subspan(first, count), codes);
  MaterialView view;
  view.origin_y += png.first_row(stripe);
  palette.render(codes, std::span(images.material).subspan(first, count), images.grid.columns, rows,
                 view, argb);
  return png.compress(stripe, argb);
}

}  // namespace

core::Result<std::vector<EncodedImage>> encode_images(const Images& images) {
  std::vector<EncodedImage> out{{"high", "high.tif", {}},
                                {"low", "low.tif", {}},
                                {"mass", "mass.tif", {}},
                                {"material", "material.tif", {}},
                                {"preview", "preview.png", {}}};
  if (images.grid.columns <= 0 || images.grid.rows <= 0)
    return core::Error{core::ErrorCode::kInternal, "images: nothing in them to be written"};
  constexpr std::size_t kPlanes = 4;
  const auto encode_one = [&](std::size_t i) -> core::Result<std::string> {
    const auto& name = out[i].name;
    const auto codes_of = [&](const std::vector<float>& plane) {
      return encode_plane<std::uint16_t>(
          images.grid, name, [&](std::size_t first, std::span<std::uint16_t> codes) {
            kernels::attenuation_codes(std::span(plane).subspan(first, codes.size()), codes);
          });
    };
    switch (i) {
      case 0:
        return codes_of(images.transmission_high);
      case 1:
        return codes_of(images.transmission_low);
      case 2:
        return encode_plane<std::uint16_t>(
            images.grid, name, [&](std::size_t first, std::span<std::uint16_t> codes) {
              kernels::mass_codes(std::span(images.mass_g_cm2).subspan(first, codes.size()), codes);
            });
      default:
        return encode_plane<std::uint8_t>(
            images.grid, name, [&](std::size_t first, std::span<std::uint8_t> codes) {
              std::copy_n(images.material.begin() + static_cast<std::ptrdiff_t>(first),
                          codes.size(), codes.begin());
            });
    }
  };
  const MaterialView view;
  const MaterialPalette palette(view.window, view.air_argb);
  PngStripes preview(images.grid.columns, images.grid.rows);
  std::vector<core::Status> status(kPlanes + preview.stripes());
  core::parallel_for(status.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i >= kPlanes) {
        status[i] = encode_stripe(images, palette, i - kPlanes, preview);
        continue;
      }
      auto bytes = encode_one(i);
      if (bytes) {
        out[i].bytes = std::move(bytes).value();
      } else {
        status[i] = bytes.error();
      }
    }
  });
  for (const auto& s : status) PC_CHECK(s);
  out[kPlanes].bytes = preview.assemble();
  return out;
}

core::Result<std::vector<EncodedImage>> encode_details(const Images& images) {
  std::vector<EncodedImage> out;
  if (images.effective_z_halves.size() == images.size()) {
    const auto tenths = [&](std::size_t first, std::span<std::uint16_t> codes) {
      for (std::size_t k = 0; k < codes.size(); ++k)
        codes[k] =
            static_cast<std::uint16_t>(images.effective_z_halves[first + k] * kZTenthsPerHalf);
    };
    PC_TRY(auto bytes, encode_plane<std::uint16_t>(images.grid, "effective_z", tenths));
    out.push_back({"effective_z", "effective_z.tif", std::move(bytes)});
  }
  if (images.bad.size() == images.size()) {
    const bool marked = images.material_marks.size() == images.size();
    const auto marks = [&](std::size_t first, std::span<std::uint8_t> codes) {
      for (std::size_t k = 0; k < codes.size(); ++k) {
        const int mark = marked ? images.material_marks[first + k] : 0;
        const bool bad = images.bad[first + k] != 0;
        codes[k] = static_cast<std::uint8_t>(mark | (bad ? kMarkNotMeasured : 0));
      }
    };
    PC_TRY(auto bytes, encode_plane<std::uint8_t>(images.grid, "marks", marks));
    out.push_back({"marks", "marks.tif", std::move(bytes)});
  }
  return out;
}

nlohmann::json images_json(const core::RawScan& scan, const Images& images,
                           const Parameters& parameters, const std::vector<EncodedImage>& encoded) {
  nlohmann::json files = nlohmann::json::object();
  for (const auto& image : encoded) {
    files[image.name] = {{"file", image.file_name},
                         {"bytes", image.bytes.size()},
                         {"sha256", core::sha256_hex(image.bytes)}};
  }
  return {{"scan", scan.meta.id},
          {"calibration", scan.calibration.id},
          {"columns", images.grid.columns},
          {"rows", images.grid.rows},
          {"mm_per_px", images.grid.mm_per_px},
          {"x_first_mm", images.grid.x_first_mm},
          {"z_first_mm", images.grid.z_first_mm},
          {"parameters", to_json(parameters)},
          {"software_version", core::kVersion},
          {"lines_lost", images.lines_lost},
          {"quality", images.quality},
          {"files", files}};
}

core::Status write_images(const std::filesystem::path& folder, const core::RawScan& scan,
                          const Images& images, const Parameters& parameters) {
  PC_TRY(auto encoded, encode_images(images));
  PC_TRY(auto details, encode_details(images));
  std::move(details.begin(), details.end(), std::back_inserter(encoded));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       folder.string() + ": cannot make the folder: " + error.message()};
  for (const auto& image : encoded)
    PC_CHECK(core::write_file_atomically(folder / image.file_name, image.bytes));
  return core::write_file_atomically(folder / "images.json",
                                     images_json(scan, images, parameters, encoded).dump(2) + "\n");
}

}  // namespace portcullis::imaging
