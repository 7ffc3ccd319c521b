#include "archive/stored_plane.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>

#include "core/parallel.h"

namespace portcullis::archive {
namespace {

constexpr std::size_t kStripsAtOnce = 4;
constexpr std::uint32_t kPlaneSideMax_px = 65'535;
constexpr std::uint64_t kPlanePixelsMax = 100'000'000;
// Deflate makes at most 1,032 bytes of one (zlib's manual); others are not written.
constexpr std::uint64_t kBytesOfOne = 1'100;
constexpr tmsize_t kPlaneAllocationMax = 256LL << 20U;

/// A TIFF in memory that is only read.
struct PlaneFile {
  std::string_view bytes;
  std::uint64_t at = 0;
};
PlaneFile& plane_file(thandle_t handle) {
  return *static_cast<PlaneFile*>(handle);
}
tmsize_t plane_read(thandle_t handle, void* to, tmsize_t size) {
  PlaneFile& file = plane_file(handle);
  const std::uint64_t left = file.at < file.bytes.size() ? file.bytes.size() - file.at : 0;
  const auto taken = std::min(left, static_cast<std::uint64_t>(std::max<tmsize_t>(size, 0)));
  if (taken > 0) std::memcpy(to, file.bytes.data() + file.at, taken);
  file.at += taken;
  return static_cast<tmsize_t>(taken);
}
tmsize_t plane_write(thandle_t /*handle*/, void* /*from*/, tmsize_t /*size*/) {
  return 0;
}
toff_t plane_seek(thandle_t handle, toff_t offset, int whence) {
  PlaneFile& file = plane_file(handle);
  const std::uint64_t base = whence == SEEK_CUR   ? file.at
                             : whence == SEEK_END ? file.bytes.size()
                                                  : 0;
  file.at = base + offset;
  return file.at;
}
int plane_close(thandle_t /*handle*/) {
  return 0;
}
toff_t plane_size(thandle_t handle) {
  return plane_file(handle).bytes.size();
}
int plane_map(thandle_t /*handle*/, void** /*base*/, toff_t* /*size*/) {
  return 0;
}
void plane_unmap(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}
int say_nothing(TIFF* /*tiff*/, void* /*user*/, const char* /*module*/, const char* /*format*/,
                va_list /*arguments*/) {
  return 1;
}

struct ClosePlane {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};
using PlaneTiff = std::unique_ptr<TIFF, ClosePlane>;

/// Null: it is no TIFF. `file` must outlive what is returned.
PlaneTiff open_plane(PlaneFile& file) {
  const std::unique_ptr<TIFFOpenOptions, ClosePlane> options(TIFFOpenOptionsAlloc());
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kPlaneAllocationMax);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
  return PlaneTiff(TIFFClientOpenExt("plane", "rm", &file, plane_read, plane_write, plane_seek,
                                     plane_close, plane_size, plane_map, plane_unmap,
                                     options.get()));
}

/// Strips `from` to `to` of `plane`. False: one of them is damaged.
bool read_strips(std::string_view bytes, std::size_t from, std::size_t to, std::size_t strip_rows,
                 StoredPlane& plane) {
  // libtiff keeps its place in the file: each thread has its own.
  PlaneFile own{bytes, 0};
  const PlaneTiff tiff = open_plane(own);
  if (tiff == nullptr) return false;
  const auto row_bytes =
      static_cast<std::size_t>(plane.columns) * static_cast<std::size_t>(plane.bytes_per_pixel);
  for (std::size_t strip = from; strip < to; ++strip) {
    const std::size_t row = strip * strip_rows;
    const std::size_t rows = std::min(strip_rows, static_cast<std::size_t>(plane.rows) - row);
    const auto size = static_cast<tmsize_t>(row_bytes * rows);
    if (TIFFReadEncodedStrip(tiff.get(), static_cast<std::uint32_t>(strip),
                             plane.pixels.data() + row * row_bytes, size) != size)
      return false;
  }
  return true;
}

}  // namespace

core::Result<StoredPlane> decode_plane(std::string_view tiff, std::string_view name) {
  const auto refuse = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("{}: {}", name, why)};
  };
  PlaneFile whole{tiff, 0};
  const PlaneTiff open = open_plane(whole);
  if (open == nullptr) return refuse("is no TIFF");
  std::uint32_t columns = 0, rows = 0, strip_rows = 0;
  std::uint16_t bits = 0, samples = 1;
  TIFFGetField(open.get(), TIFFTAG_IMAGEWIDTH, &columns);
  TIFFGetField(open.get(), TIFFTAG_IMAGELENGTH, &rows);
  TIFFGetFieldDefaulted(open.get(), TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(open.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted(open.get(), TIFFTAG_ROWSPERSTRIP, &strip_rows);
  if (columns == 0 || rows == 0 || columns > kPlaneSideMax_px || rows > kPlaneSideMax_px ||
      std::uint64_t{columns} * rows > kPlanePixelsMax)
    return refuse(fmt::format("{} x {} pixels cannot be", columns, rows));
  if ((bits != 8 && bits != 16) || samples != 1 || TIFFIsTiled(open.get()) != 0)
    return refuse("is no gray image of 8 or 16 bits in strips");
  strip_rows = std::min(strip_rows, rows);
  const std::size_t strips = TIFFNumberOfStrips(open.get());
  if (strip_rows == 0 || strips != (std::size_t{rows} + strip_rows - 1) / strip_rows)
    return refuse("its strips do not make up its size");
  if (static_cast<std::uint64_t>(TIFFScanlineSize(open.get())) !=
      std::uint64_t{columns} * (bits / 8U))
    return refuse("its rows have another length than it says");
  if (std::uint64_t{columns} * rows * (bits / 8U) > kBytesOfOne * tiff.size())
    return refuse("is too short for what it says it holds");
  StoredPlane plane;
  plane.columns = static_cast<int>(columns);
  plane.rows = static_cast<int>(rows);
  plane.bytes_per_pixel = bits / 8;
  plane.pixels.resize(std::size_t{columns} * rows * (bits / 8U));
  std::atomic<bool> whole_read{true};
  core::parallel_for(strips, kStripsAtOnce, [&](std::size_t from, std::size_t to) {
    if (!read_strips(tiff, from, to, strip_rows, plane)) whole_read = false;
  });
  if (!whole_read) return refuse("is damaged or cut short");
  return plane;
}

}  // namespace portcullis::archive
