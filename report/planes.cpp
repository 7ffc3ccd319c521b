#include "report/planes.h"

#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

namespace portcullis::report {
namespace {

constexpr std::uint32_t kSideMax = 65'535;
constexpr std::uint64_t kPixelsMax = 100'000'000;
constexpr tmsize_t kAllocationMax = 256LL << 20U;

/// A file in memory as libtiff reads one.
struct Bytes {
  std::string_view bytes;
  std::uint64_t at = 0;
};
tmsize_t plane_read(thandle_t handle, void* to, tmsize_t size) {
  auto& file = *static_cast<Bytes*>(handle);
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
  auto& file = *static_cast<Bytes*>(handle);
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
  return static_cast<Bytes*>(handle)->bytes.size();
}
int plane_map(thandle_t /*handle*/, void** /*base*/, toff_t* /*size*/) {
  return 0;
}
void plane_unmap(thandle_t /*handle*/, void* /*base*/, toff_t /*size*/) {}
int say_nothing(TIFF* /*tiff*/, void* /*user*/, const char* /*module*/, const char* /*format*/,
                va_list /*arguments*/) {
  return 1;
}

struct Closing {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

}  // namespace

core::Result<Plane> read_plane(std::string_view tiff, std::string_view name) {
  const auto refuse = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("{}: {}", name, why)};
  };
  const std::unique_ptr<TIFFOpenOptions, Closing> options(TIFFOpenOptionsAlloc());
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kAllocationMax);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
  Bytes file{tiff, 0};
  const std::unique_ptr<TIFF, Closing> open(
      TIFFClientOpenExt("plane", "rm", &file, plane_read, plane_write, plane_seek, plane_close,
                        plane_size, plane_map, plane_unmap, options.get()));
  if (open == nullptr) return refuse("is no TIFF");
  std::uint32_t columns = 0, rows = 0;
  std::uint16_t bits = 0, samples = 1;
  TIFFGetField(open.get(), TIFFTAG_IMAGEWIDTH, &columns);
  TIFFGetField(open.get(), TIFFTAG_IMAGELENGTH, &rows);
  TIFFGetFieldDefaulted(open.get(), TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(open.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
  if (columns == 0 || rows == 0 || columns > kSideMax || rows > kSideMax ||
      std::uint64_t{columns} * rows > kPixelsMax)
    return refuse(fmt::format("{} x {} pixels cannot be", columns, rows));
  if ((bits != 8 && bits != 16) || samples != 1 || TIFFIsTiled(open.get()) != 0)
    return refuse("is no gray image of 8 or 16 bits in strips");
  Plane plane;
  plane.columns = static_cast<int>(columns);
  plane.rows = static_cast<int>(rows);
  plane.codes.resize(std::size_t{columns} * rows);
  std::vector<std::uint8_t> row8(bits == 8 ? columns : 0);
  if (static_cast<std::uint64_t>(TIFFScanlineSize(open.get())) !=
      std::uint64_t{columns} * (bits / 8U))
    return refuse("its rows have another length than it says");
  for (std::uint32_t row = 0; row < rows; ++row) {
    std::uint16_t* to = &plane.codes[std::size_t{row} * columns];
    void* buffer = bits == 8 ? static_cast<void*>(row8.data()) : static_cast<void*>(to);
    if (TIFFReadScanline(open.get(), buffer, row, 0) != 1)
      return refuse(fmt::format("row {} cannot be read", row));
    if (bits == 8) std::copy(row8.begin(), row8.end(), to);
  }
  return plane;
}

int reduction(int columns, int columns_max) {
  return std::max(1, (columns + columns_max - 1) / columns_max);
}

namespace {

/// Each `factor` x `factor` pixels (fewer at the ends) to one.
template <class Merge>
Plane reduced(const Plane& plane, int factor, Merge merge) {
  if (factor <= 1) return plane;
  Plane small;
  small.columns = (plane.columns + factor - 1) / factor;
  small.rows = (plane.rows + factor - 1) / factor;
  small.codes.reserve(static_cast<std::size_t>(small.columns) *
                      static_cast<std::size_t>(small.rows));
  std::vector<std::uint16_t> block;
  for (int row = 0; row < plane.rows; row += factor) {
    for (int column = 0; column < plane.columns; column += factor) {
      block.clear();
      for (int r = row; r < std::min(row + factor, plane.rows); ++r) {
        const auto first =
            plane.codes.begin() + static_cast<std::ptrdiff_t>(r) * plane.columns + column;
        block.insert(block.end(), first, first + std::min(factor, plane.columns - column));
      }
      small.codes.push_back(merge(block));
    }
  }
  return small;
}

}  // namespace

Plane mean_of(const Plane& plane, int factor) {
  return reduced(plane, factor, [](const std::vector<std::uint16_t>& block) {
    std::uint64_t sum = 0;
    for (const auto code : block) sum += code;
    return static_cast<std::uint16_t>((sum + block.size() / 2) / block.size());
  });
}

Plane most_of(const Plane& plane, int factor) {
  return reduced(plane, factor, [](const std::vector<std::uint16_t>& block) {
    std::array<int, 8> count{};
    for (const auto code : block) ++count[std::min<std::size_t>(code, count.size() - 1)];
    return static_cast<std::uint16_t>(std::max_element(count.begin(), count.end()) - count.begin());
  });
}

}  // namespace portcullis::report
