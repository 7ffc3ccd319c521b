#include "imaging/pipeline/write_images.h"

#include <tiffio.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "core/files.h"
#include "core/huge_pages.h"
#include "core/parallel.h"
#include "core/scratch.h"
#include "core/version.h"
#include "imaging/display/render.h"
#include "imaging/kernels/line_kernels.h"
#include "imaging/pipeline/deflate.h"
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
  if (file.position == file.bytes.size()) {
    file.bytes.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  } else {
    if (end > file.bytes.size()) file.bytes.resize(end);
    std::memcpy(file.bytes.data() + file.position, data, static_cast<std::size_t>(size));
  }
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

/// Compressed strips of all planes, one behind the other as they come: memory that is taken at once
/// and touched as it fills, on large pages. Threading: any number of threads.
class StripRoom final {
 public:
  /// `raw_bytes`: of all strips before they are compressed, `strips` of them.
  StripRoom(std::size_t raw_bytes, std::size_t strips)
      : size_(raw_bytes + raw_bytes / 16 + strips * 8192),
        bytes_(std::make_unique_for_overwrite<std::byte[]>(size_)) {
    core::prefer_huge_pages(bytes_.get(), size_);
  }
  std::span<const std::byte> keep(std::span<const std::byte> strip) {
    const std::size_t at = used_.fetch_add(strip.size(), std::memory_order_relaxed);
    PC_ASSERT(at + strip.size() <= size_);
    std::memcpy(bytes_.get() + at, strip.data(), strip.size());
    return {bytes_.get() + at, strip.size()};
  }

 private:
  std::size_t size_;
  std::unique_ptr<std::byte[]> bytes_;
  std::atomic<std::size_t> used_{0};
};

/// A gray image on its way into a TIFF: strips are converted and compressed on their own, so that
/// all images of a scan share all cores.
struct PlaneFile {
  /// The codes of `count` pixels from `first` on, 8 or 16 bits each, in native order.
  using Convert = std::function<void(std::size_t first, std::size_t count, void* codes)>;
  PlaneFile(const core::ImageGrid& g, std::string plane, std::uint16_t bits_per_pixel, Convert to)
      : grid(g),
        name(std::move(plane)),
        bits(bits_per_pixel),
        convert(std::move(to)),
        strips(static_cast<std::size_t>((g.rows + kStripRows - 1) / kStripRows)),
        pixel_hashes(strips.size()) {}

  core::ImageGrid grid;
  std::string name;
  std::uint16_t bits;
  Convert convert;
  bool noise = false;                              ///< Each code has photon noise of its own.
  std::vector<std::span<const std::byte>> strips;  ///< In a StripRoom.
  std::vector<std::string> pixel_hashes;           ///< Of each strip's codes.
};

/// TIFF's horizontal predictor: each code less the one to its left.
template <class Sample>
void subtract_left(const Sample* __restrict codes, std::size_t columns, std::size_t rows,
                   Sample* __restrict out) {
  for (std::size_t r = 0; r < rows; ++r, codes += columns, out += columns) {
    out[0] = codes[0];
    for (std::size_t c = 1; c < columns; ++c) out[c] = static_cast<Sample>(codes[c] - codes[c - 1]);
  }
}

template <class Sample>
core::Result<std::span<const std::byte>> encode_samples(PlaneFile& plane, std::size_t strip) {
  const auto columns = static_cast<std::size_t>(plane.grid.columns);
  const std::size_t first_row = strip * kStripRows;
  const std::size_t rows =
      std::min<std::size_t>(kStripRows, static_cast<std::size_t>(plane.grid.rows) - first_row);
  static thread_local core::Scratch<Sample> codes_kept, steps_kept;
  const std::span<Sample> codes = codes_kept.of(columns * rows);
  const std::span<Sample> steps = steps_kept.of(columns * rows);
  plane.convert(first_row * columns, codes.size(), codes.data());
  plane.pixel_hashes[strip] = core::sha256_hex(
      std::string_view(reinterpret_cast<const char*>(codes.data()), codes.size() * sizeof(Sample)));
  subtract_left(codes.data(), columns, rows, steps.data());
  return plane.noise ? deflate_noise(std::as_bytes(steps))
                     : deflate(std::as_bytes(steps), DeflateForm::kZlibStream);
}

core::Status encode_strip(PlaneFile& plane, std::size_t strip, StripRoom& room) {
  auto bytes = plane.bits == 16 ? encode_samples<std::uint16_t>(plane, strip)
                                : encode_samples<std::uint8_t>(plane, strip);
  if (!bytes) return bytes.error().with_context(plane.name + ".tif");
  plane.strips[strip] = room.keep(*bytes);
  return {};
}

/// Gray image, deflate with the horizontal predictor, of strips that are compressed already.
core::Result<std::string> assemble_tiff(const PlaneFile& plane) {
  static_assert(std::endian::native == std::endian::little, "codes are compressed as they stand");
  MemoryFile file;
  std::size_t size = 4096;
  for (const auto& strip : plane.strips) size += strip.size() + 32;
  file.bytes.reserve(size);
  core::prefer_huge_pages(file.bytes.data(), size);
  const auto fail = [&] {
    return core::Error{core::ErrorCode::kInternal,
                       plane.name + ".tif: the TIFF encoder refused the image"};
  };
  TIFF* tiff = TIFFClientOpen(plane.name.c_str(), "wl", static_cast<thandle_t>(&file), memory_read,
                              memory_write, memory_seek, memory_close, memory_size, memory_map,
                              memory_unmap);
  if (tiff == nullptr) return fail();
  const core::ImageGrid& grid = plane.grid;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(grid.columns));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(grid.rows));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, plane.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, std::uint16_t{1});
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, static_cast<std::uint16_t>(SAMPLEFORMAT_UINT));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, static_cast<std::uint16_t>(PHOTOMETRIC_MINISBLACK));
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, static_cast<std::uint16_t>(PLANARCONFIG_CONTIG));
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, static_cast<std::uint16_t>(COMPRESSION_ADOBE_DEFLATE));
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, static_cast<std::uint16_t>(PREDICTOR_HORIZONTAL));
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, std::uint32_t{kStripRows});
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, static_cast<std::uint16_t>(RESUNIT_CENTIMETER));
  const auto per_cm = static_cast<float>(10.0 / grid.mm_per_px);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, static_cast<double>(per_cm));
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, static_cast<double>(per_cm));
  bool ok = true;
  for (std::size_t i = 0; ok && i < plane.strips.size(); ++i) {
    // It reads only.
    auto* const strip = const_cast<std::byte*>(plane.strips[i].data());
    const auto bytes = static_cast<tmsize_t>(plane.strips[i].size());
    ok = TIFFWriteRawStrip(tiff, static_cast<std::uint32_t>(i), strip, bytes) == bytes;
  }
  ok = TIFFFlush(tiff) == 1 && ok;
  TIFFClose(tiff);
  if (!ok) return fail();
  return std::move(file.bytes);
}

template <class Sample>
std::span<Sample> codes_in(void* codes, std::size_t count) {
  return {static_cast<Sample*>(codes), count};
}

/// high, low, mass, material. `images` must outlive them.
std::vector<PlaneFile> main_planes(const Images& images) {
  const auto attenuation = [](const std::vector<float>& plane) -> PlaneFile::Convert {
    return [&plane](std::size_t first, std::size_t count, void* codes) {
      kernels::attenuation_codes(std::span(plane).subspan(first, count),
                                 codes_in<std::uint16_t>(codes, count));
    };
  };
  std::vector<PlaneFile> planes;
  planes.emplace_back(images.grid, "high", 16, attenuation(images.transmission_high));
  planes.emplace_back(images.grid, "low", 16, attenuation(images.transmission_low));
  planes.emplace_back(images.grid, "mass", 16,
                      [&](std::size_t first, std::size_t count, void* codes) {
                        kernels::mass_codes(std::span(images.mass_g_cm2).subspan(first, count),
                                            codes_in<std::uint16_t>(codes, count));
                      });
  for (auto& plane : planes) plane.noise = true;
  planes.emplace_back(images.grid, "material", 8,
                      [&](std::size_t first, std::size_t count, void* codes) {
                        std::memcpy(codes, &images.material[first], count);
                      });
  return planes;
}

/// effective_z and marks, where they are there. `images` must outlive them.
std::vector<PlaneFile> detail_planes(const Images& images) {
  std::vector<PlaneFile> planes;
  if (images.effective_z_halves.size() == images.size()) {
    planes.emplace_back(
        images.grid, "effective_z", 16, [&](std::size_t first, std::size_t count, void* codes) {
          const auto tenths = codes_in<std::uint16_t>(codes, count);
          for (std::size_t k = 0; k < count; ++k)
            tenths[k] =
                static_cast<std::uint16_t>(images.effective_z_halves[first + k] * kZTenthsPerHalf);
        });
  }
  if (images.bad.size() == images.size()) {
    const bool marked = images.material_marks.size() == images.size();
    planes.emplace_back(images.grid, "marks", 8,
                        [&images, marked](std::size_t first, std::size_t count, void* codes) {
                          const auto marks = codes_in<std::uint8_t>(codes, count);
                          for (std::size_t k = 0; k < count; ++k) {
                            const int mark = marked ? images.material_marks[first + k] : 0;
                            const bool bad = images.bad[first + k] != 0;
                            marks[k] =
                                static_cast<std::uint8_t>(mark | (bad ? kMarkNotMeasured : 0));
                          }
                        });
  }
  return planes;
}

/// One stripe of the preview: the material view.
core::Status encode_stripe(const Images& images, const MaterialPalette& palette, std::size_t stripe,
                           PngStripes& png) {
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  const int rows = png.rows_of(stripe);
  const std::size_t first = static_cast<std::size_t>(png.first_row(stripe)) * columns;
  const std::size_t count = static_cast<std::size_t>(rows) * columns;
  static thread_local core::Scratch<std::uint16_t> codes_kept;
  static thread_local core::Scratch<std::uint32_t> argb_kept;
  const std::span<std::uint16_t> codes = codes_kept.of(count);
  const std::span<std::uint32_t> argb = argb_kept.of(count);
  kernels::attenuation_codes(std::span(images.transmission_high).subspan(first, count), codes);
  MaterialView view;
  view.origin_y += png.first_row(stripe);
  palette.render(codes, std::span(images.material).subspan(first, count), images.grid.columns, rows,
                 view, argb);
  return png.compress(stripe, argb);
}

/// The planes as TIFF and, if wanted, the preview behind them.
core::Result<std::vector<EncodedImage>> encode(const Images& images, std::vector<PlaneFile> planes,
                                               bool with_preview) {
  if (images.grid.columns <= 0 || images.grid.rows <= 0)
    return core::Error{core::ErrorCode::kInternal, "images: nothing in them to be written"};
  const MaterialView view;
  const MaterialPalette palette(view.window, view.air_argb);
  PngStripes preview(images.grid.columns, images.grid.rows);
  const std::size_t strips = planes.empty() ? 0 : planes.front().strips.size();
  const std::size_t of_planes = planes.size() * strips;
  std::size_t raw_bytes = 0;
  for (const auto& plane : planes) raw_bytes += images.size() * plane.bits / 8;
  StripRoom room(raw_bytes, of_planes);
  std::vector<core::Status> status(of_planes + (with_preview ? preview.stripes() : 0));
  core::parallel_for(status.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      status[i] = i < of_planes ? encode_strip(planes[i / strips], i % strips, room)
                                : encode_stripe(images, palette, i - of_planes, preview);
    }
  });
  for (const auto& s : status) PC_CHECK(s);
  std::vector<EncodedImage> out(planes.size() + (with_preview ? 1 : 0));
  std::vector<core::Status> assembled(out.size());
  core::parallel_for(out.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i == planes.size()) {
        out[i] = {"preview", "preview.png", preview.assemble(), {}};
        continue;
      }
      auto bytes = assemble_tiff(planes[i]);
      if (!bytes) {
        assembled[i] = bytes.error();
        continue;
      }
      std::string of_strips;
      for (const auto& hash : planes[i].pixel_hashes) of_strips += hash;
      out[i] = {planes[i].name, planes[i].name + ".tif", std::move(bytes).value(),
                core::sha256_hex(of_strips)};
    }
  });
  for (const auto& s : assembled) PC_CHECK(s);
  return out;
}

}  // namespace

core::Result<std::vector<EncodedImage>> encode_images(const Images& images) {
  return encode(images, main_planes(images), true);
}

core::Result<std::vector<EncodedImage>> encode_details(const Images& images) {
  return encode(images, detail_planes(images), false);
}

nlohmann::json images_json(const core::RawScan& scan, const Images& images,
                           const Parameters& parameters, const std::vector<EncodedImage>& encoded) {
  std::vector<std::string> hashes(encoded.size());
  core::parallel_for(encoded.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) hashes[i] = core::sha256_hex(encoded[i].bytes);
  });
  nlohmann::json files = nlohmann::json::object();
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    files[encoded[i].name] = {
        {"file", encoded[i].file_name}, {"bytes", encoded[i].bytes.size()}, {"sha256", hashes[i]}};
    if (!encoded[i].pixels_sha256.empty())
      files[encoded[i].name]["pixels_sha256"] = encoded[i].pixels_sha256;
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
          {"notes", images.notes},
          {"files", files}};
}

core::Status write_images(const std::filesystem::path& folder, const core::RawScan& scan,
                          const Images& images, const Parameters& parameters) {
  auto planes = main_planes(images);
  auto details = detail_planes(images);
  std::move(details.begin(), details.end(), std::back_inserter(planes));
  PC_TRY(const auto encoded, encode(images, std::move(planes), true));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       folder.string() + ": cannot make the folder: " + error.message()};
  // Side by side: each waits for the disk.
  std::vector<core::Status> written(encoded.size());
  core::parallel_for(encoded.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      written[i] = core::write_file_atomically(folder / encoded[i].file_name, encoded[i].bytes);
  });
  for (const auto& status : written) PC_CHECK(status);
  return core::write_file_atomically(folder / "images.json",
                                     images_json(scan, images, parameters, encoded).dump(2) + "\n");
}

}  // namespace portcullis::imaging
