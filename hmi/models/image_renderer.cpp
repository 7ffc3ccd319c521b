#include "hmi/models/image_renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "imaging/display/render.h"
#include "imaging/display/resample.h"
#include "imaging/enhance/decided_image.h"
#include "imaging/enhance/enhance.h"

namespace portcullis::hmi {
namespace {

constexpr std::array<std::string_view, 4> kModeNames = {"standard", "material", "metal", "organic"};
constexpr std::uint16_t kAirCode16 = 1024;
constexpr std::size_t kClasses = 6;

/// For each screen pixel along one axis, of those that lie within the source: the source pixel
/// before it, and how far it is from there to the next one, of 256.
struct Taps {
  std::vector<std::uint32_t> first, weight;
  std::size_t begin = 0;  ///< The screen pixel that the first of them is of.

  [[nodiscard]] std::size_t count() const { return first.size(); }
  [[nodiscard]] std::uint32_t nearest(std::size_t i) const {
    return weight[i] < 128 ? first[i] : first[i] + 1;
  }
};

Taps taps_of(double first, double step, int count, int source_count) {
  Taps taps;
  taps.first.reserve(static_cast<std::size_t>(count));
  taps.weight.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double centre = (first + static_cast<double>(i) + 0.5) * step - 0.5;
    if (centre < -0.5) continue;
    if (centre > source_count - 0.5) break;
    if (taps.first.empty()) taps.begin = static_cast<std::size_t>(i);
    const double before = std::floor(centre);
    const bool beside = before < 0 || before >= source_count - 1;  // half a pixel beyond an end
    taps.first.push_back(
        static_cast<std::uint32_t>(std::clamp(static_cast<int>(before), 0, source_count - 1)));
    taps.weight.push_back(
        beside ? 0 : static_cast<std::uint32_t>(std::lround((centre - before) * 256)));
  }
  return taps;
}

/// The coarsest level that still has a pixel for every screen pixel.
std::size_t level_for(double scale, std::size_t levels) {
  std::size_t level = 0;
  while (level + 1 < levels && scale * static_cast<double>(2U << level) <= 1.0) ++level;
  return level;
}

struct Grid {
  const PlaneLevel* level = nullptr;
  Taps across, down;
};
Grid grid_of(const PlaneData& plane, double scale, double x, double y, int width, int height) {
  const std::size_t index = level_for(scale, plane.levels.size());
  Grid grid;
  grid.level = &plane.levels[index];
  const double step = 1.0 / static_cast<double>(1U << index) / scale;
  grid.across = taps_of(x, step, width, grid.level->columns);
  grid.down = taps_of(y, step, height, grid.level->rows);
  return grid;
}

void sample_codes(const Grid& grid, int width, std::vector<std::uint16_t>& codes) {
  if (grid.across.count() == 0 || grid.down.count() == 0) return;
  const auto stride = static_cast<std::size_t>(grid.level->columns);
  // Only the source's columns that are needed, and one that is read with a weight of nothing.
  const std::size_t from = grid.across.first.front();
  const std::size_t needed = std::min(std::size_t{grid.across.first.back()} + 2, stride) - from;
  std::vector<std::uint32_t> mixed(needed + 1);
  std::vector<std::uint32_t> first = grid.across.first;
  for (std::uint32_t& column : first) column -= static_cast<std::uint32_t>(from);
  for (std::size_t j = 0; j < grid.down.count(); ++j) {
    const std::size_t row = grid.down.first[j];
    const std::uint32_t weight = grid.down.weight[j];
    const std::uint16_t* top = grid.level->codes.data() + row * stride + from;
    const std::uint16_t* bottom = weight == 0 ? top : top + stride;
    imaging::blend_rows({top, needed}, {bottom, needed}, weight, {mixed.data(), needed});
    std::uint16_t* out =
        codes.data() + (grid.down.begin + j) * static_cast<std::size_t>(width) + grid.across.begin;
    imaging::blend_columns(mixed, first, grid.across.weight, {out, first.size()});
  }
}

void sample_classes(const Grid& grid, int width, std::vector<std::uint8_t>& classes) {
  const auto stride = static_cast<std::size_t>(grid.level->columns);
  std::vector<std::uint32_t> nearest(grid.across.count());
  for (std::size_t i = 0; i < nearest.size(); ++i) nearest[i] = grid.across.nearest(i);
  for (std::size_t j = 0; j < grid.down.count(); ++j) {
    const std::uint8_t* row = grid.level->classes.data() + grid.down.nearest(j) * stride;
    std::uint8_t* out = classes.data() + (grid.down.begin + j) * static_cast<std::size_t>(width) +
                        grid.across.begin;
    for (std::size_t i = 0; i < nearest.size(); ++i) out[i] = row[nearest[i]];
  }
}

imaging::Window window_of(const ViewChain& chain) {
  imaging::Window window;
  window.attenuation_lo = static_cast<float>(chain.window_lo);
  window.attenuation_hi = static_cast<float>(chain.window_hi);
  window.power = static_cast<float>(chain.power);
  return window;
}

/// The steps after grey.
void colour(std::span<std::uint8_t> gray, const ViewChain& chain, std::uint32_t air_argb,
            std::span<std::uint32_t> argb) {
  if (chain.inverse) imaging::inverse(gray);
  if (chain.palette >= 0) {
    imaging::pseudo_colour(gray, static_cast<imaging::Palette>(chain.palette), argb);
  } else {
    imaging::gray_to_argb(gray, air_argb, argb);
  }
}

std::uint32_t air_of(bool dark) {
  return dark ? imaging::kAirDark_argb : imaging::kAirLight_argb;
}

QImage blank(int width, int height) {
  return QImage(width, height, QImage::Format_RGB32);
}
// RGB32 has four bytes a pixel, so lines are without padding.
std::span<std::uint32_t> pixels_of(QImage& image) {
  return {reinterpret_cast<std::uint32_t*>(image.bits()),  // NOLINT: Qt's own layout
          static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height())};
}

imaging::MaterialView material_view(const ViewChain& chain, bool dark, int x, int y) {
  imaging::MaterialView view;
  view.window = window_of(chain);
  view.air_argb = air_of(dark);
  view.origin_x = x;
  view.origin_y = y;
  return view;
}

}  // namespace

std::optional<ViewMode> view_mode_from(std::string_view name) {
  for (std::size_t i = 0; i < kModeNames.size(); ++i) {
    if (kModeNames[i] == name) return static_cast<ViewMode>(i);
  }
  return std::nullopt;
}

const std::shared_ptr<const PlaneData>& Look::gray_plane() const {
  return planes[static_cast<std::size_t>(chain.low_energy ? Plane::kLow : Plane::kHigh)];
}

bool Look::needs_classes() const {
  return mode != ViewMode::kStandard || chain.heavy_mark;
}

bool Look::complete() const {
  const auto& gray = gray_plane();
  if (gray == nullptr || gray->levels.empty()) return false;
  if (!needs_classes()) return true;
  const auto& material = planes[static_cast<std::size_t>(Plane::kMaterial)];
  return material != nullptr && material->columns() == gray->columns() &&
         material->rows() == gray->rows();
}

Samples sample(const Look& look, double scale, double x, double y, int width, int height) {
  Samples samples;
  samples.width = width;
  samples.height = height;
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  samples.codes.assign(count, kAirCode16);
  sample_codes(grid_of(*look.gray_plane(), scale, x, y, width, height), width, samples.codes);
  if (look.needs_classes()) {
    samples.classes.assign(count, 0);
    const PlaneData& material = *look.planes[static_cast<std::size_t>(Plane::kMaterial)];
    sample_classes(grid_of(material, scale, x, y, width, height), width, samples.classes);
  }
  return samples;
}

struct Painter::Tables {
  ViewMode mode = ViewMode::kStandard;
  ViewChain chain;
  bool dark = true;
  std::optional<imaging::MaterialPalette> material;
  /// By class and code / 4: imaging's own tables step by four codes.
  std::array<std::vector<std::uint32_t>, kClasses> by_class;
};

Painter::Painter(Painter&&) noexcept = default;
Painter& Painter::operator=(Painter&&) noexcept = default;
Painter::~Painter() = default;

Painter::Painter(ViewMode mode, const ViewChain& chain, bool dark)
    : tables_(std::make_unique<Tables>()) {
  tables_->mode = mode;
  tables_->chain = chain;
  tables_->dark = dark;
  const imaging::Window window = window_of(chain);
  if (mode == ViewMode::kMaterial) {
    tables_->material.emplace(window, air_of(dark));
    return;
  }
  std::vector<std::uint16_t> codes(16384);
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<std::uint16_t>(4 * i);
  std::vector<std::uint8_t> gray(codes.size());
  const std::size_t classes = mode == ViewMode::kStandard ? 1 : kClasses;
  for (std::size_t c = 0; c < classes; ++c) {
    const std::vector<std::uint8_t> of_class(codes.size(), static_cast<std::uint8_t>(c));
    if (mode == ViewMode::kStandard) {
      imaging::render_standard(codes, window, gray);
    } else if (mode == ViewMode::kMetal) {
      imaging::organic_strip(codes, of_class, window, gray);
    } else {
      imaging::metal_strip(codes, of_class, window, gray);
    }
    tables_->by_class[c].resize(codes.size());
    colour(gray, chain, air_of(dark), tables_->by_class[c]);
  }
}

QImage Painter::paint(const Samples& samples, int x, int y) const {
  QImage image = blank(samples.width, samples.height);
  const std::span<std::uint32_t> argb = pixels_of(image);
  const std::span<const std::uint16_t> codes = samples.codes;
  if (tables_->material) {
    const auto view = material_view(tables_->chain, tables_->dark, x, y);
    tables_->material->render(codes, samples.classes, samples.width, samples.height, view, argb);
  } else if (tables_->mode == ViewMode::kStandard) {
    const std::uint32_t* table = tables_->by_class[0].data();
    for (std::size_t i = 0; i < argb.size(); ++i) argb[i] = table[codes[i] >> 2U];
  } else {
    for (std::size_t i = 0; i < argb.size(); ++i) {
      const std::size_t c = samples.classes[i] < kClasses ? samples.classes[i] : 0;
      argb[i] = tables_->by_class[c][codes[i] >> 2U];
    }
  }
  if (tables_->chain.heavy_mark)
    imaging::mark_heavy_metal(samples.classes, samples.width, samples.height, {x, y}, argb);
  return image;
}

QImage render(const RenderRequest& request) {
  const Look& look = request.look;
  if (!look.complete() || request.width <= 0 || request.height <= 0) return {};
  const ViewChain& chain = look.chain;
  const double x = request.column_first * request.scale;
  const double y = request.row_first * request.scale;
  Samples samples = sample(look, request.scale, x, y, request.width, request.height);
  if (chain.denoise) {
    std::vector<std::uint16_t> quiet(samples.codes.size());
    imaging::denoise(samples.codes, request.width, request.height, imaging::kViewDenoiseStrength,
                     quiet);
    samples.codes = std::move(quiet);
  }
  const int at_x = static_cast<int>(std::lround(x));
  const int at_y = static_cast<int>(std::lround(y));
  // Edges and local contrast are views of the grey image; in colour they would lie about material.
  if (look.mode != ViewMode::kStandard || (!chain.edges && !chain.local))
    return Painter(look.mode, chain, look.dark).paint(samples, at_x, at_y);
  const imaging::Window window = window_of(chain);
  std::vector<std::uint8_t> gray(samples.codes.size());
  if (chain.local) {
    imaging::local_contrast(samples.codes, request.width, request.height, window,
                            imaging::kViewContrastTile_px, imaging::kViewContrastClip, gray,
                            {at_x, at_y});
  } else {
    imaging::edges(samples.codes, request.width, request.height, window, imaging::kViewEdgeStrength,
                   gray);
  }
  QImage image = blank(request.width, request.height);
  colour(gray, chain, air_of(look.dark), pixels_of(image));
  if (chain.heavy_mark)
    imaging::mark_heavy_metal(samples.classes, request.width, request.height, {at_x, at_y},
                              pixels_of(image));
  return image;
}

}  // namespace portcullis::hmi
