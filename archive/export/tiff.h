#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace portcullis::archive {

/// One picture of an exported TIFF: 16-bit grey, row-major, origin top left.
struct TiffPage {
  std::string name;         ///< PageName: "high"
  std::string description;  ///< ImageDescription: what the numbers mean.
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  double mm_per_px = 0;                   ///< Written as the resolution.
  std::span<const std::uint16_t> pixels;  ///< columns * rows; borrowed.
};

/// Writes a TIFF of one or more pages (deflate), complete or not at all. `software` goes into each
/// page. Fails with kIo that names the path, kInvalidInput where a page is empty or of another size
/// than it says. Pure of dates: the same pages give the same bytes.
core::Status write_tiff_pages(const std::filesystem::path& path, const std::vector<TiffPage>& pages,
                              const std::string& software);

/// A picture of 8 bits a colour as a baseline TIFF without compression: the same pixels give the
/// same bytes whatever library reads or writes them. `argb`: 0xFFRRGGBB, row-major, columns * rows.
/// Fails with kInvalidInput where there are fewer or more pixels, or more than 4 GiB of them. Pure.
core::Result<std::string> plain_colour_tiff(std::uint32_t columns, std::uint32_t rows,
                                            std::span<const std::uint32_t> argb);

}  // namespace portcullis::archive
