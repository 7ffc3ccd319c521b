#include "imaging/display/render.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "imaging/display/quantise.h"

namespace portcullis::imaging {

namespace {

/// Codes are drawn in steps of 16 (0.004 of attenuation), finer than 8-bit gray can show.
constexpr std::size_t kSteps = 4096;
constexpr int kClasses = 6;
constexpr int kLevels = 256;

struct Rgb {
  double r = 0, g = 0, b = 0;  ///< sRGB, 0 to 1.
};

/// How dark a code is in a window: 0 at its light end, 1 at its dark end.
double darkness(double attenuation, const Window& window) {
  const double lo = static_cast<double>(window.attenuation_lo);
  const double hi = std::max(static_cast<double>(window.attenuation_hi), lo + 0.01);
  const double power = std::clamp(static_cast<double>(window.power), 0.1, 5.0);
  const double part = (attenuation - lo) / (hi - lo);
  if (!(part > 0)) return 0;
  if (part >= 1) return 1;
  return std::pow(part, power);
}

double attenuation_of_step(std::size_t step) {
  return (static_cast<double>(step) * 16.0 + 8.0 - kAirCode) / kCodesPerAttenuation;
}

double linear_from_srgb(double c) {
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double srgb_from_linear(double c) {
  c = std::clamp(c, 0.0, 1.0);
  return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1.0 / 2.4) - 0.055;
}
double luminance(const Rgb& c) {
  return 0.2126 * linear_from_srgb(c.r) + 0.7152 * linear_from_srgb(c.g) +
         0.0722 * linear_from_srgb(c.b);
}
/// CIE 1976 lightness to relative luminance and back.
double luminance_from_lightness(double l) {
  return l > 8.0 ? std::pow((l + 16.0) / 116.0, 3.0) : l / 903.2963;
}
double lightness_from_luminance(double y) {
  return y > 0.008856452 ? 116.0 * std::cbrt(y) - 16.0 : y * 903.2963;
}

Rgb from_hsl(double hue_deg, double saturation, double l) {
  const double chroma = (1.0 - std::abs(2.0 * l - 1.0)) * saturation;
  const double sector = hue_deg / 60.0;
  const double x = chroma * (1.0 - std::abs(std::fmod(sector, 2.0) - 1.0));
  const double m = l - chroma / 2.0;
  Rgb c;
  if (sector < 1)
    c = {chroma, x, 0};
  else if (sector < 2)
    c = {x, chroma, 0};
  else if (sector < 3)
    c = {0, chroma, x};
  else if (sector < 4)
    c = {0, x, chroma};
  else if (sector < 5)
    c = {x, 0, chroma};
  else
    c = {chroma, 0, x};
  return {c.r + m, c.g + m, c.b + m};
}

/// The colour of this hue and saturation that is as light as asked: classes then differ in hue
/// alone, and brightness means attenuation in each of them.
Rgb hue_at_lightness(double hue_deg, double saturation, double lightness) {
  const double target = luminance_from_lightness(lightness);
  double lo = 0;
  double hi = 1;
  for (int i = 0; i < 18; ++i) {
    const double mid = 0.5 * (lo + hi);
    (luminance(from_hsl(hue_deg, saturation, mid)) < target ? lo : hi) = mid;
  }
  return from_hsl(hue_deg, saturation, 0.5 * (lo + hi));
}

Rgb unpack(std::uint32_t argb) {
  return {static_cast<double>((argb >> 16) & 0xFF) / 255.0,
          static_cast<double>((argb >> 8) & 0xFF) / 255.0,
          static_cast<double>(argb & 0xFF) / 255.0};
}
std::uint32_t pack(const Rgb& c) {
  const auto byte = [](double v) {
    return static_cast<std::uint32_t>(std::clamp(v, 0.0, 1.0) * 255.0 + 0.5);
  };
  return 0xFF000000U | (byte(c.r) << 16) | (byte(c.g) << 8) | byte(c.b);
}
Rgb mix(const Rgb& a, const Rgb& b, double part_of_b) {
  return {a.r + (b.r - a.r) * part_of_b, a.g + (b.g - a.g) * part_of_b,
          a.b + (b.b - a.b) * part_of_b};
}

/// The ground's own colour, darkened: what air, thin and too thick places look like.
Rgb ground_at_lightness(const Rgb& air, double air_luminance, double lightness) {
  const double scale = air_luminance > 0 ? luminance_from_lightness(lightness) / air_luminance : 0;
  return {srgb_from_linear(linear_from_srgb(air.r) * scale),
          srgb_from_linear(linear_from_srgb(air.g) * scale),
          srgb_from_linear(linear_from_srgb(air.b) * scale)};
}

struct ClassColour {
  double hue_deg;
  double saturation;
};
constexpr std::array<ClassColour, kClasses> kClassColours{{
    {0, 0},       // none or too thin
    {36, 0.82},   // organic
    {130, 0.50},  // light inorganic
    {216, 0.72},  // metal
    {278, 0.62},  // heavy metal
    {0, 0},       // too thick
}};
constexpr std::uint8_t kClassLightInorganic = 2;
constexpr std::uint8_t kClassHeavyMetal = 4;

/// Lightness at the dark end of the window: dark, yet hue can still be told.
constexpr double kLightnessDarkest = 9.0;
/// How much lighter or darker a mark is than what it stands on.
constexpr double kMarkLightness = 17.0;

double smooth_step(double x) {
  x = std::clamp(x, 0.0, 1.0);
  return x * x * (3.0 - 2.0 * x);
}
/// 0 in the noise of air; a hue that can be told from 0.05 of attenuation up; full from 0.35. Thin
/// sheet, as a container's walls, stays quiet and leaves the colour to what is behind it.
double colour_part(double attenuation) {
  constexpr double kThinPart = 0.5;
  return kThinPart * smooth_step((attenuation - 0.012) / (0.05 - 0.012)) +
         (1.0 - kThinPart) * smooth_step((attenuation - 0.05) / (0.35 - 0.05));
}

/// Colours by class and level of lightness on one air colour, whatever the window.
struct Hues {
  std::array<std::vector<Rgb>, kClasses> pure, mark;
  std::vector<Rgb> ground;
};
std::shared_ptr<const Hues> make_hues(std::uint32_t air_argb) {
  auto hues = std::make_shared<Hues>();
  const Rgb air = unpack(air_argb);
  const double air_luminance = luminance(air);
  const double lightness_air = lightness_from_luminance(air_luminance);
  const double lightness_span = std::max(0.0, lightness_air - kLightnessDarkest);
  for (int level = 0; level < kLevels; ++level) {
    const double lightness = lightness_air - lightness_span * level / (kLevels - 1);
    const double marked =
        lightness > lightness_air * 0.5 ? lightness - kMarkLightness : lightness + kMarkLightness;
    const Rgb ground = ground_at_lightness(air, air_luminance, lightness);
    hues->ground.push_back(ground);
    for (std::size_t c = 0; c < kClasses; ++c) {
      const ClassColour& look = kClassColours[c];
      const bool coloured = look.saturation > 0;
      hues->pure[c].push_back(coloured ? hue_at_lightness(look.hue_deg, look.saturation, lightness)
                                       : ground);
      hues->mark[c].push_back(coloured ? hue_at_lightness(look.hue_deg, look.saturation, marked)
                                       : ground);
    }
  }
  return hues;
}
/// Kept for the few air colours that there are: finding colours of a given lightness takes longer
/// than a frame, and a window that is dragged needs a palette a frame.
std::shared_ptr<const Hues> hues_on(std::uint32_t air_argb) {
  constexpr std::size_t kKept = 4;
  static std::mutex mutex;
  static std::vector<std::pair<std::uint32_t, std::shared_ptr<const Hues>>> kept;
  const std::lock_guard lock(mutex);
  for (const auto& [air, hues] : kept) {
    if (air == air_argb) return hues;
  }
  if (kept.size() >= kKept) kept.erase(kept.begin());
  return kept.emplace_back(air_argb, make_hues(air_argb)).second;
}

int modulo(int a, int b) {
  const int m = a % b;
  return m < 0 ? m + b : m;
}

}  // namespace

void render_standard(std::span<const std::uint16_t> high_codes, const Window& window,
                     std::span<std::uint8_t> gray) {
  PC_ASSERT(gray.size() == high_codes.size());
  std::vector<std::uint8_t> table(65536);
  // One step of the table for every 4 codes (0.001 of attenuation): windows may be narrow.
  for (std::size_t code = 0; code < table.size(); code += 4) {
    const double a = (static_cast<double>(code) + 2.0 - kAirCode) / kCodesPerAttenuation;
    const auto value = static_cast<std::uint8_t>(255.0 * (1.0 - darkness(a, window)) + 0.5);
    for (std::size_t i = 0; i < 4; ++i) table[code + i] = value;
  }
  for (std::size_t i = 0; i < gray.size(); ++i) gray[i] = table[high_codes[i]];
}

void gray_to_argb(std::span<const std::uint8_t> gray, std::uint32_t air_argb,
                  std::span<std::uint32_t> argb) {
  PC_ASSERT(gray.size() == argb.size());
  const Rgb air = unpack(air_argb);
  std::array<std::uint32_t, 256> table{};
  for (std::size_t g = 0; g < table.size(); ++g) {
    const double part = static_cast<double>(g) / 255.0;
    table[g] = pack({air.r * part, air.g * part, air.b * part});
  }
  for (std::size_t i = 0; i < gray.size(); ++i) argb[i] = table[gray[i]];
}

struct MaterialPalette::Tables {
  std::array<std::vector<std::uint32_t>, kClasses> colour;
  std::array<std::vector<std::uint32_t>, kClasses> mark;
};

MaterialPalette::MaterialPalette(MaterialPalette&&) noexcept = default;
MaterialPalette& MaterialPalette::operator=(MaterialPalette&&) noexcept = default;
MaterialPalette::~MaterialPalette() = default;

MaterialPalette::MaterialPalette(const Window& window, std::uint32_t air_argb)
    : tables_(std::make_unique<Tables>()) {
  const std::shared_ptr<const Hues> hues = hues_on(air_argb);
  for (auto* each : {&tables_->colour, &tables_->mark}) {
    for (auto& table : *each) table.resize(kSteps);
  }
  for (std::size_t step = 0; step < kSteps; ++step) {
    const double a = attenuation_of_step(step);
    const auto level = static_cast<std::size_t>(darkness(a, window) * (kLevels - 1) + 0.5);
    const double part = colour_part(a);
    const Rgb& ground = hues->ground[level];
    for (std::size_t c = 0; c < kClasses; ++c) {
      tables_->colour[c][step] = pack(mix(ground, hues->pure[c][level], part));
      tables_->mark[c][step] = pack(mix(ground, hues->mark[c][level], part));
    }
  }
}

std::uint32_t MaterialPalette::colour(std::uint16_t high_code, std::uint8_t material) const {
  return tables_->colour[material < kClasses ? material : 0][high_code >> 4];
}
std::uint32_t MaterialPalette::mark_colour(std::uint16_t high_code, std::uint8_t material) const {
  return tables_->mark[material < kClasses ? material : 0][high_code >> 4];
}

void MaterialPalette::render(std::span<const std::uint16_t> high_codes,
                             std::span<const std::uint8_t> material, int columns, int rows,
                             const MaterialView& view, std::span<std::uint32_t> argb) const {
  PC_ASSERT(columns >= 0 && rows >= 0);
  const auto count = static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  PC_ASSERT(high_codes.size() == count && material.size() == count && argb.size() == count);
  const int period = view.mark_period_px;
  const int line_width = std::max(1, period / 4);
  const int dot_width = std::max(1, period / 4);
  for (int row = 0; row < rows; ++row) {
    const std::size_t first = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns);
    const int y = row + view.origin_y;
    for (int column = 0; column < columns; ++column) {
      const std::size_t i = first + static_cast<std::size_t>(column);
      const std::uint8_t m = material[i] < kClasses ? material[i] : std::uint8_t{0};
      bool marked = false;
      if (period > 1) {
        const int x = column + view.origin_x;
        if (m == kClassHeavyMetal) {
          marked = modulo(x + y, period) < line_width;
        } else if (m == kClassLightInorganic) {
          // Dots in quincunx: every other row of dots moved by half a period.
          const int shift = modulo(y, 2 * period) < period ? 0 : period / 2;
          marked = modulo(y, period) < dot_width && modulo(x + shift, period) < dot_width;
        }
      }
      argb[i] = (marked ? tables_->mark : tables_->colour)[m][high_codes[i] >> 4];
    }
  }
}

void render_material(std::span<const std::uint16_t> high_codes,
                     std::span<const std::uint8_t> material, int columns, int rows,
                     const MaterialView& view, std::span<std::uint32_t> argb) {
  MaterialPalette(view.window, view.air_argb)
      .render(high_codes, material, columns, rows, view, argb);
}

}  // namespace portcullis::imaging
