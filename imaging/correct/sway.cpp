#include "imaging/correct/sway.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr float kSwayNoise = 0.035F;  // below, the size says nothing
constexpr float kSlopeMemory = 0.15F;
constexpr std::size_t kWindow_lines = 13;
constexpr float kEdgeMin = 0.08F;    // change of transmission, twice
constexpr float kEdgeOneWay = 1.2F;  // all changes over the net one
constexpr float kEdgeEnds = 0.05F;   // what may be left at the window's ends
constexpr std::size_t kEdgeModulesMin = 4;
constexpr double kHeightSpreadMin = 0.003;  // variance of h over the modules that see the edge
constexpr double kHeightSpreadFull = 0.02;
constexpr double kEdgeStraight_mm = 0.3;
constexpr double kEdgeLeanMax_mm = 4;
constexpr double kFade = 0.97;
constexpr double kPrior = 0.01;  // of sway squared: before this much was seen, little is believed

}  // namespace

float SwaySide::follow(float loss) {
  const float size = std::sqrt(2 * std::max(0.0F, loss));
  const float expected = sway_ + slope_;
  if (size < kSwayNoise) {
    sway_ = std::clamp(expected, -1.5F * kSwayNoise, 1.5F * kSwayNoise);
    return sway_;
  }
  const float now = std::abs(size - expected) <= std::abs(-size - expected) ? size : -size;
  slope_ += (std::clamp(now - sway_, -0.05F, 0.05F) - slope_) * kSlopeMemory;
  sway_ = now;
  return sway_;
}

SwayScale::SwayScale(const core::ScannerGeometry& geometry, std::span<const float> height_share)
    : per_module_(geometry.pixels_per_module), ring_(kWindow_lines) {
  for (std::size_t m = 0; m < geometry.module_count; ++m) {
    float sum = 0;
    for (std::size_t p = 0; p < per_module_; ++p) sum += height_share[m * per_module_ + p];
    height_.push_back(sum / static_cast<float>(per_module_));
  }
  for (auto& line : ring_) line.modules.assign(geometry.module_count, 0.0F);
}

void SwayScale::observe(double x_mm, float sway, std::span<const float> transmission) {
  Line& line = ring_[lines_ % kWindow_lines];
  line.x_mm = x_mm;
  line.sway = sway;
  for (std::size_t m = 0; m < line.modules.size(); ++m) {
    float sum = 0;
    for (std::size_t p = 0; p < per_module_; ++p) sum += transmission[m * per_module_ + p];
    line.modules[m] = sum / static_cast<float>(per_module_);
  }
  ++lines_;
  if (lines_ >= kWindow_lines) judge();
}

/// Looks for an edge in the middle of the window.
void SwayScale::judge() {
  const auto at = [&](std::size_t k) -> const Line& {
    return ring_[(lines_ + k) % kWindow_lines];  // the oldest first
  };
  double w0 = 0, wh = 0, wc = 0, whh = 0, whc = 0, wcc = 0;
  std::size_t count = 0;
  const double x_middle = at(kWindow_lines / 2).x_mm;
  for (std::size_t m = 0; m < height_.size(); ++m) {
    float net = 0, all = 0, first = 0, last = 0;
    double moment = 0;
    for (std::size_t k = 1; k + 1 < kWindow_lines; ++k) {
      const float d = at(k + 1).modules[m] - at(k - 1).modules[m];
      net += d;
      all += std::abs(d);
      moment += static_cast<double>(d) * (at(k).x_mm - x_middle);
      if (k == 1) first = std::abs(d);
      last = std::abs(d);
    }
    const float size = std::abs(net);
    if (size < kEdgeMin || all > kEdgeOneWay * size || first > kEdgeEnds * size ||
        last > kEdgeEnds * size)
      continue;
    const double place = moment / static_cast<double>(net);
    const double w = static_cast<double>(size) * static_cast<double>(size);
    const auto h = static_cast<double>(height_[m]);
    w0 += w;
    wh += w * h;
    wc += w * place;
    whh += w * h * h;
    whc += w * h * place;
    wcc += w * place * place;
    ++count;
  }
  if (count < kEdgeModulesMin) return;
  const double step_mm =
      0.5 * std::abs(at(kWindow_lines / 2 + 1).x_mm - at(kWindow_lines / 2 - 1).x_mm);
  const double middle = wc / w0;
  if (!(std::abs(middle) <= 0.5 * step_mm)) return;  // it comes, or was, at another line's turn
  const double spread = whh / w0 - wh / w0 * wh / w0;
  if (spread < kHeightSpreadMin) return;
  const double lean = (whc / w0 - wh / w0 * middle) / spread;
  const double rest = wcc / w0 - middle * middle - lean * lean * spread;
  if (!(rest < kEdgeStraight_mm * kEdgeStraight_mm) || std::abs(lean) > kEdgeLeanMax_mm) return;
  const auto sway = static_cast<double>(at(kWindow_lines / 2).sway);
  // A pixel that stands ahead by scale h u sees the edge at a lesser x.
  const double weight = std::min(1.0, spread / kHeightSpreadFull);
  product_ = kFade * product_ - weight * lean * sway;
  square_ = kFade * square_ + weight * sway * sway;
  ++edges_;
}

float SwayScale::scale_mm() const {
  return static_cast<float>(std::clamp(product_ / (square_ + kPrior), -12.0, 12.0));
}

void undo_sway(std::span<const SwayedLine> lines, std::size_t centre,
               std::span<const float> height_share, std::span<float> upright) {
  PC_ASSERT(centre < lines.size() && upright.size() == height_share.size());
  const SwayedLine& own = lines[centre];
  // The side on which the upright place lies has two lines, the other one.
  const bool ahead = (own.sway_mm < 0) == (lines.back().x_mm > lines.front().x_mm);
  std::size_t from = centre > 0 ? centre - 1 : 0;
  if (!ahead && centre > 1) from = centre - 2;
  const std::size_t to = std::min(lines.size(), from + 4);
  if (to - from < 4) from = to > 4 ? to - 4 : 0;
  const std::size_t count = to - from;
  const auto plain = [&] { std::copy_n(own.transmission, upright.size(), upright.data()); };
  if (count < 2) {
    plain();
    return;
  }
  std::array<float, 4> x{}, s{};
  for (std::size_t k = 0; k < count; ++k) {
    x[k] = static_cast<float>(lines[from + k].x_mm - own.x_mm);
    s[k] = lines[from + k].sway_mm;
    // Standing still, or going back, there is no line to be drawn through them.
    if (k > 0 && !(std::abs(x[k] - x[k - 1]) > 0.3F && (x[k] - x[k - 1]) * (x[1] - x[0]) > 0)) {
      plain();
      return;
    }
  }
  // The weights are worked out at the ends of pieces of 64 pixels, in between they are drawn
  // straight: height hardly bends them.
  const auto weights_at = [&](float h) {
    std::array<float, 4> node{}, weight{};
    for (std::size_t k = 0; k < count; ++k) node[k] = x[k] + h * s[k];
    for (std::size_t k = 0; k < count; ++k) {
      weight[k] = 1;
      for (std::size_t j = 0; j < count; ++j)
        if (j != k) weight[k] *= node[j] / (node[j] - node[k]);
    }
    return weight;
  };
  constexpr std::size_t kPiece = 64;
  for (std::size_t a = 0; a < upright.size(); a += kPiece) {
    const std::size_t b = std::min(upright.size(), a + kPiece);
    const auto first = weights_at(height_share[a]);
    const auto last = weights_at(height_share[b - 1]);
    const float per_pixel = b - a > 1 ? 1 / static_cast<float>(b - a - 1) : 0.0F;
    float* out = upright.data();
    for (std::size_t p = a; p < b; ++p) out[p] = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const float start = first[k];
      const float slope = (last[k] - first[k]) * per_pixel;
      const float* in = lines[from + k].transmission;
      for (std::size_t p = a; p < b; ++p)
        out[p] += (start + slope * static_cast<float>(p - a)) * in[p];
    }
  }
}

}  // namespace portcullis::imaging
