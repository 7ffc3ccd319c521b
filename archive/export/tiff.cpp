#include "archive/export/tiff.h"

#include <fmt/format.h>
#include <tiffio.h>
#include <unistd.h>

#include <algorithm>

#include "core/files.h"

namespace portcullis::archive {

namespace {

bool write_page(TIFF* tiff, const TiffPage& page, const std::string& software, std::size_t index,
                std::size_t count) {
  bool ok = TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.columns) == 1 &&
            TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.rows) == 1;
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, static_cast<std::uint32_t>(FILETYPE_PAGE));
  TIFFSetField(tiff, TIFFTAG_PAGENUMBER, static_cast<std::uint16_t>(index),
               static_cast<std::uint16_t>(count));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, std::uint16_t{16});
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, std::uint16_t{1});
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, static_cast<std::uint16_t>(SAMPLEFORMAT_UINT));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, static_cast<std::uint16_t>(PHOTOMETRIC_MINISBLACK));
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, static_cast<std::uint16_t>(PLANARCONFIG_CONTIG));
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, static_cast<std::uint16_t>(ORIENTATION_TOPLEFT));
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, static_cast<std::uint16_t>(COMPRESSION_ADOBE_DEFLATE));
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, static_cast<std::uint16_t>(PREDICTOR_HORIZONTAL));
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, std::uint32_t{64});
  TIFFSetField(tiff, TIFFTAG_PAGENAME, page.name.c_str());
  TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, page.description.c_str());
  TIFFSetField(tiff, TIFFTAG_SOFTWARE, software.c_str());
  if (page.mm_per_px > 0) {
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, static_cast<std::uint16_t>(RESUNIT_CENTIMETER));
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 10 / page.mm_per_px);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 10 / page.mm_per_px);
  }
  std::vector<std::uint16_t> row(page.columns);  // The predictor works in place.
  for (std::uint32_t y = 0; ok && y < page.rows; ++y) {
    const auto line = page.pixels.subspan(static_cast<std::size_t>(y) * page.columns, page.columns);
    std::copy(line.begin(), line.end(), row.begin());
    ok = TIFFWriteScanline(tiff, row.data(), y, 0) == 1;
  }
  return ok && TIFFWriteDirectory(tiff) == 1;
}

}  // namespace

core::Status write_tiff_pages(const std::filesystem::path& path, const std::vector<TiffPage>& pages,
                              const std::string& software) {
  for (const auto& page : pages) {
    if (page.columns == 0 || page.rows == 0 ||
        page.pixels.size() != static_cast<std::size_t>(page.columns) * page.rows) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: page {}: {} pixels for {} x {}", path.string(), page.name,
                                     page.pixels.size(), page.columns, page.rows)};
    }
  }
  const auto io_error = [&] {
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot be written; does the folder exist, is there space?",
                                   path.string())};
  };
  const std::filesystem::path fresh = fmt::format("{}.new-{}", path.string(), ::getpid());
  TIFF* tiff = TIFFOpen(fresh.c_str(), "wl");
  if (tiff == nullptr) return io_error();
  bool ok = true;
  for (std::size_t i = 0; ok && i < pages.size(); ++i)
    ok = write_page(tiff, pages[i], software, i, pages.size());
  TIFFClose(tiff);
  std::error_code error;
  if (ok) std::filesystem::rename(fresh, path, error);
  if (!ok || error) {
    std::filesystem::remove(fresh, error);
    return io_error();
  }
  return {};
}

}  // namespace portcullis::archive
