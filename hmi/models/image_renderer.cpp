#include "hmi/models/image_renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "imaging/display/render.h"
#include "imaging/enhance/enhance.h"

namespace portcullis::hmi {
namespace {

constexpr std::array<std::string_view, 9> kModeNames = {
    "standard", "material", "metal", "organic", "high", "low", "edges", "local", "inverse"};
constexpr std::uint16_t kAirCode16 = 1024;
constexpr float kEdgeStrength = 1.5F;
constexpr int kClaheTilePx = 96;
constexpr float kClaheClip = 3.0F;

/// For each screen pixel along one axis: the two source pixels beside it and the second's weight.
struct Tap {
  int first = 0, second = 0;
  unsigned weight = 0;  ///< Of `second`, of 256.
  bool inside = false;
};

std::vector<Tap> taps(double first, double step, int count, int source_count) {
  std::vector<Tap> result(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double centre = first + (i + 0.5) * step - 0.5;
    Tap& tap = result[static_cast<std::size_t>(i)];
    tap.inside = centre >= -0.5 && centre <= source_count - 0.5;
    const double floor = std::floor(centre);
    tap.first = std::clamp(static_cast<int>(floor), 0, source_count - 1);
    tap.second = std::clamp(static_cast<int>(floor) + 1, 0, source_count - 1);
    tap.weight = static_cast<unsigned>(std::lround((centre - floor) * 256));
  }
  return result;
}

/// The coarsest level that still has a pixel for every screen pixel.
std::size_t level_for(double scale, std::size_t levels) {
  std::size_t level = 0;
  while (level + 1 < levels && scale * static_cast<double>(2U << level) <= 1.0) ++level;
  return level;
}

struct Sampled {
  std::vector<std::uint16_t> codes;
  std::vector<std::uint8_t> classes;
};

void sample(const RenderRequest& request, const PlaneData& plane, Sampled& to) {
  const std::size_t index = level_for(request.scale, plane.levels.size());
  const PlaneLevel& level = plane.levels[index];
  const double shrink = 1.0 / static_cast<double>(1U << index);
  const double step = shrink / request.scale;
  const auto across = taps(request.column_first * shrink, step, request.width, level.columns);
  const auto down = taps(request.row_first * shrink, step, request.height, level.rows);
  const auto count =
      static_cast<std::size_t>(request.width) * static_cast<std::size_t>(request.height);
  const bool is_class = plane.plane == Plane::kMaterial;
  if (is_class) {
    to.classes.assign(count, 0);
  } else {
    to.codes.assign(count, kAirCode16);
  }
  std::size_t at = 0;
  for (const Tap& y : down) {
    const auto top = static_cast<std::size_t>(y.first) * static_cast<std::size_t>(level.columns);
    const auto bottom =
        static_cast<std::size_t>(y.second) * static_cast<std::size_t>(level.columns);
    for (const Tap& x : across) {
      if (y.inside && x.inside) {
        const auto left = static_cast<std::size_t>(x.first);
        const auto right = static_cast<std::size_t>(x.second);
        if (is_class) {
          to.classes[at] =
              level.classes[(y.weight < 128 ? top : bottom) + (x.weight < 128 ? left : right)];
        } else {
          const unsigned upper =
              level.codes[top + left] * (256 - x.weight) + level.codes[top + right] * x.weight;
          const unsigned lower = level.codes[bottom + left] * (256 - x.weight) +
                                 level.codes[bottom + right] * x.weight;
          const auto mixed = (static_cast<std::uint64_t>(upper) * (256 - y.weight) +
                              static_cast<std::uint64_t>(lower) * y.weight + 32768) >>
                             16;
          to.codes[at] = static_cast<std::uint16_t>(mixed);
        }
      }
      ++at;
    }
  }
}

void render_gray(const RenderRequest& request, const Sampled& planes, const imaging::Window& window,
                 std::span<std::uint8_t> gray) {
  switch (request.mode) {
    case ViewMode::kMetal:
      imaging::organic_strip(planes.codes, planes.classes, window, gray);
      break;
    case ViewMode::kOrganic:
      imaging::metal_strip(planes.codes, planes.classes, window, gray);
      break;
    case ViewMode::kHigh:
      imaging::window_level(planes.codes, imaging::high_penetration_window(), gray);
      break;
    case ViewMode::kLow:
      imaging::window_level(planes.codes, imaging::low_penetration_window(), gray);
      break;
    case ViewMode::kEdges:
      imaging::edges(planes.codes, request.width, request.height, window, kEdgeStrength, gray);
      break;
    case ViewMode::kLocal:
      imaging::local_contrast(planes.codes, request.width, request.height, window, kClaheTilePx,
                              kClaheClip, gray);
      break;
    case ViewMode::kInverse:
      imaging::render_standard(planes.codes, window, gray);
      imaging::inverse(gray);
      break;
    case ViewMode::kStandard:
    case ViewMode::kMaterial:
      imaging::render_standard(planes.codes, window, gray);
      break;
  }
}

}  // namespace

std::optional<ViewMode> view_mode_from(std::string_view name) {
  for (std::size_t i = 0; i < kModeNames.size(); ++i) {
    if (kModeNames[i] == name) return static_cast<ViewMode>(i);
  }
  return std::nullopt;
}

QImage render(const RenderRequest& request) {
  const auto& high = request.planes[static_cast<std::size_t>(Plane::kHigh)];
  const auto& material = request.planes[static_cast<std::size_t>(Plane::kMaterial)];
  const bool needs_material = request.mode == ViewMode::kMaterial ||
                              request.mode == ViewMode::kMetal ||
                              request.mode == ViewMode::kOrganic;
  if (high == nullptr || (needs_material && material == nullptr) || request.width <= 0 ||
      request.height <= 0) {
    return {};
  }
  if (needs_material &&
      (material->columns() != high->columns() || material->rows() != high->rows())) {
    return {};
  }
  Sampled planes;
  sample(request, *high, planes);
  if (needs_material) sample(request, *material, planes);

  QImage image(request.width, request.height, QImage::Format_RGB32);
  // RGB32 has four bytes a pixel, so lines are without padding.
  const std::span<std::uint32_t> argb(
      reinterpret_cast<std::uint32_t*>(image.bits()),  // NOLINT: Qt's own layout
      static_cast<std::size_t>(request.width) * static_cast<std::size_t>(request.height));
  imaging::Window window;
  window.attenuation_lo = static_cast<float>(request.attenuation_lo);
  window.attenuation_hi = static_cast<float>(request.attenuation_hi);
  const std::uint32_t air = request.dark ? imaging::kAirDark_argb : imaging::kAirLight_argb;
  if (request.mode == ViewMode::kMaterial) {
    imaging::MaterialView view;
    view.window = window;
    view.air_argb = air;
    view.origin_x = static_cast<int>(std::lround(request.column_first * request.scale));
    view.origin_y = static_cast<int>(std::lround(request.row_first * request.scale));
    imaging::render_material(planes.codes, planes.classes, request.width, request.height, view,
                             argb);
  } else {
    std::vector<std::uint8_t> gray(argb.size());
    render_gray(request, planes, window, gray);
    imaging::gray_to_argb(gray, air, argb);
  }
  return image;
}

}  // namespace portcullis::hmi
