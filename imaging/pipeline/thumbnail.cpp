#include "imaging/pipeline/thumbnail.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/parallel.h"
#include "imaging/display/quantise.h"
#include "imaging/display/render.h"
#include "imaging/pipeline/png_stripes.h"

namespace portcullis::imaging {
namespace {

constexpr std::size_t kClasses = 6;  // of Material

/// From where to where of `whole` pixels the small one number `at` of `parts` stands for.
std::pair<std::size_t, std::size_t> share_of(int whole, int parts, int at) {
  const auto edge = [&](int i) {
    return static_cast<std::size_t>(static_cast<std::int64_t>(whole) * i / parts);
  };
  return {edge(at), std::max(edge(at + 1), edge(at) + 1)};
}

}  // namespace

core::Result<std::string> thumbnail_png(const Images& images) {
  const int wide = images.grid.columns, high = images.grid.rows;
  if (wide <= 0 || high <= 0)
    return core::Error{core::ErrorCode::kInternal, "images: nothing in them for a thumbnail"};
  const double scale = std::min({static_cast<double>(kThumbnailColumns) / wide,
                                 static_cast<double>(kThumbnailRows) / high, 1.0});
  const int columns = std::max(1, static_cast<int>(wide * scale));
  const int rows = std::max(1, static_cast<int>(high * scale));
  const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  std::vector<std::uint16_t> codes(count);
  std::vector<std::uint8_t> material(count);
  core::parallel_for(static_cast<std::size_t>(rows), 8, [&](std::size_t from, std::size_t to) {
    for (std::size_t row = from; row < to; ++row) {
      const auto [top, bottom] = share_of(high, rows, static_cast<int>(row));
      for (int column = 0; column < columns; ++column) {
        const auto [left, right] = share_of(wide, columns, column);
        double sum = 0;
        std::array<std::size_t, kClasses> times{};
        for (std::size_t r = top; r < bottom; ++r) {
          const std::size_t line = r * static_cast<std::size_t>(wide);
          for (std::size_t c = left; c < right; ++c) {
            sum += static_cast<double>(images.transmission_high[line + c]);
            ++times[std::min<std::size_t>(images.material[line + c], kClasses - 1)];
          }
        }
        std::size_t most = 0;
        for (std::size_t k = 1; k < kClasses; ++k)
          if (times[k] >= times[most] && times[k] > 0) most = k;
        const std::size_t at =
            row * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
        codes[at] = attenuation_code(
            static_cast<float>(sum / static_cast<double>((bottom - top) * (right - left))));
        material[at] = static_cast<std::uint8_t>(most);
      }
    }
  });
  MaterialView view;
  view.mark_period_px = 0;
  std::vector<std::uint32_t> argb(count);
  render_material(codes, material, columns, rows, view, argb);
  PngStripes png(columns, rows);
  for (std::size_t stripe = 0; stripe < png.stripes(); ++stripe) {
    PC_CHECK(png.compress(
        stripe,
        std::span(argb).subspan(
            static_cast<std::size_t>(png.first_row(stripe)) * static_cast<std::size_t>(columns),
            static_cast<std::size_t>(png.rows_of(stripe)) * static_cast<std::size_t>(columns))));
  }
  return png.assemble();
}

}  // namespace portcullis::imaging
