#include "imaging/pipeline/read_plane.h"

#include <tiffio.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>

#include "core/parallel.h"

namespace portcullis::imaging {
namespace {

constexpr std::size_t kStripsAtOnce = 4;
constexpr std::uint32_t kSideMax_px = 100'000;

/// A TIFF in memory that is only read.
struct ReadOnlyFile {
  std::string_view bytes;
  std::size_t position = 0;
};
ReadOnlyFile& file_of(thandle_t handle) {
  return *static_cast<ReadOnlyFile*>(handle);
}
tsize_t plane_read(thandle_t handle, void* data, tsize_t size) {
  ReadOnlyFile& file = file_of(handle);
  if (size <= 0 || file.position >= file.bytes.size()) return 0;
  const std::size_t n = std::min(static_cast<std::size_t>(size), file.bytes.size() - file.position);
  std::memcpy(data, file.bytes.data() + file.position, n);
  file.position += n;
  return static_cast<tsize_t>(n);
}
tsize_t plane_write(thandle_t, void*, tsize_t) {
  return 0;
}
toff_t plane_seek(thandle_t handle, toff_t offset, int whence) {
  ReadOnlyFile& file = file_of(handle);
  if (whence == SEEK_SET) file.position = static_cast<std::size_t>(offset);
  if (whence == SEEK_CUR) file.position += static_cast<std::size_t>(offset);
  if (whence == SEEK_END) file.position = file.bytes.size() + static_cast<std::size_t>(offset);
  return file.position;
}
int plane_close(thandle_t) {
  return 0;
}
toff_t plane_size(thandle_t handle) {
  return file_of(handle).bytes.size();
}
int plane_map(thandle_t, void**, toff_t*) {
  return 0;
}
void plane_unmap(thandle_t, void*, toff_t) {}

struct CloseTiff {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffPtr = std::unique_ptr<TIFF, CloseTiff>;

TiffPtr open_plane(ReadOnlyFile& file) {
  return TiffPtr(TIFFClientOpen("plane", "rm", static_cast<thandle_t>(&file), plane_read,
                                plane_write, plane_seek, plane_close, plane_size, plane_map,
                                plane_unmap));
}

core::Error not_a_plane(const char* why) {
  return {core::ErrorCode::kCorrupt, std::string("stored image: ") + why};
}

}  // namespace

core::Result<StoredPlane> decode_plane(std::string_view bytes) {
  ReadOnlyFile whole{bytes, 0};
  const TiffPtr first = open_plane(whole);
  if (first == nullptr) return not_a_plane("it is no TIFF");
  std::uint32_t columns = 0, rows = 0, strip_rows = 0;
  std::uint16_t bits = 0, samples = 1;
  TIFFGetField(first.get(), TIFFTAG_IMAGEWIDTH, &columns);
  TIFFGetField(first.get(), TIFFTAG_IMAGELENGTH, &rows);
  TIFFGetField(first.get(), TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(first.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(first.get(), TIFFTAG_ROWSPERSTRIP, &strip_rows);
  if (TIFFIsTiled(first.get()) != 0 || samples != 1 || (bits != 8 && bits != 16) || columns == 0 ||
      rows == 0 || columns > kSideMax_px || rows > kSideMax_px || strip_rows == 0)
    return not_a_plane("it is not a plane as they are stored");
  StoredPlane plane;
  plane.columns = static_cast<int>(columns);
  plane.rows = static_cast<int>(rows);
  plane.bytes_per_pixel = bits / 8;
  const std::size_t row_bytes = std::size_t{columns} * (bits / 8U);
  const std::size_t strips = TIFFNumberOfStrips(first.get());
  if (strips != (std::size_t{rows} + strip_rows - 1) / strip_rows)
    return not_a_plane("its strips do not make up its size");
  plane.pixels.resize(row_bytes * rows);
  std::atomic<bool> whole_read{true};
  core::parallel_for(strips, kStripsAtOnce, [&](std::size_t from, std::size_t to) {
    // libtiff keeps its place in the file: each has its own.
    ReadOnlyFile own{bytes, 0};
    const TiffPtr tiff = open_plane(own);
    for (std::size_t strip = from; strip < to && tiff != nullptr; ++strip) {
      const std::size_t row = strip * strip_rows;
      const std::size_t count = row_bytes * std::min<std::size_t>(strip_rows, rows - row);
      const auto read =
          TIFFReadEncodedStrip(tiff.get(), static_cast<std::uint32_t>(strip),
                               plane.pixels.data() + row * row_bytes, static_cast<tmsize_t>(count));
      if (read != static_cast<tmsize_t>(count)) whole_read = false;
    }
    if (tiff == nullptr) whole_read = false;
  });
  if (!whole_read) return not_a_plane("it is damaged or cut short");
  return plane;
}

}  // namespace portcullis::imaging
