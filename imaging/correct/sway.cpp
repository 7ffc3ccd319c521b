#include "imaging/correct/sway.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

#include "core/assert.h"
#include "imaging/kernels/mix_kernels.h"

namespace portcullis::imaging {

namespace {

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
constexpr double kLeanError_mm = 0.15;  // of an edge, before some are known
constexpr double kScaleKnown_mm = 1.0;  // from here on it may be leant upon
constexpr double kPrior = 0.0005;  // of sway squared: before this much was seen, little is believed

constexpr std::size_t kPiece = 64;
constexpr std::size_t kChunk = 16;
constexpr std::size_t kOwn = kernels::kOwnLines, kOther = kernels::kOtherLines;
constexpr float kStepMin_mm = 0.3F;
constexpr float kEdgeWorthIt = 0.02F;  // range of transmission over the lines
/// Noise of the square of a change, summed over the places.
constexpr kernels::EdgeTrust kEdgeTrust{0.4F, 3.0F, 4e-4F};

/// What is changed in a line is changed where it is more than photons.
constexpr kernels::ChangeNoise kChangeNoise{2e-5F, 1e-6F, 2, 3};

/// Weights of the polynomial through `node`, at `place`.
template <std::size_t kCount>
std::array<float, kCount> weights_at(const std::array<float, kCount>& node, std::size_t count,
                                     float place) {
  std::array<float, kCount> weight{};
  for (std::size_t k = 0; k < count; ++k) {
    weight[k] = 1;
    for (std::size_t j = 0; j < count; ++j)
      if (j != k) weight[k] *= (place - node[j]) / (node[k] - node[j]);
  }
  return weight;
}

/// Nine lines about one, the energies in turn.
struct Woven {
  std::array<float, kOwn> own_x{}, own_sway{};
  std::array<float, kOther> other_x{}, other_sway{};
  kernels::EdgeLines lines;
};

/// False where a line is missing or they are not in good order.
bool weave(std::span<const SwayedLine> own, std::size_t centre, std::span<const SwayedLine> other,
           Woven& w) {
  if (own.size() != kOwn || other.size() != kOther || centre != 2) return false;
  const double x0 = own[centre].x_mm;
  for (std::size_t k = 0; k < kOwn; ++k) {
    w.own_x[k] = static_cast<float>(own[k].x_mm - x0);
    w.own_sway[k] = own[k].sway_mm;
    w.lines.own[k] = own[k].transmission;
  }
  for (std::size_t k = 0; k < kOther; ++k) {
    w.other_x[k] = static_cast<float>(other[k].x_mm - x0);
    w.other_sway[k] = other[k].sway_mm;
    w.lines.other[k] = other[k].transmission;
  }
  const float direction = w.own_x[4] > w.own_x[0] ? 1.0F : -1.0F;
  for (std::size_t k = 0; k < kOther; ++k) {
    if ((w.other_x[k] - w.own_x[k]) * direction < kStepMin_mm ||
        (w.own_x[k + 1] - w.other_x[k]) * direction < kStepMin_mm)
      return false;
  }
  return true;
}

/// Weights at a piece of the array, those of the result going straight over its pixels.
kernels::EdgeWeights weights_of(const Woven& w, float h_first, float h_last, std::size_t pixels) {
  kernels::EdgeWeights out;
  const float h = 0.5F * (h_first + h_last);
  std::array<float, kOwn> own{};
  std::array<float, kOther> other{};
  const auto place = [&](float height) {
    for (std::size_t k = 0; k < kOwn; ++k) own[k] = w.own_x[k] + height * w.own_sway[k];
    for (std::size_t k = 0; k < kOther; ++k) other[k] = w.other_x[k] + height * w.other_sway[k];
  };
  place(h);
  for (std::size_t j = 0; j < kOther; ++j) {
    const std::size_t from = j < 2 ? 0 : 1;
    const std::array<float, 4> four{own[from], own[from + 1], own[from + 2], own[from + 3]};
    const auto weight = weights_at(four, 4, other[j]);
    for (std::size_t k = 0; k < 4; ++k) out.own_at_other[j][from + k] = weight[k];
  }
  for (std::size_t k = 0; k < 3; ++k) out.other_at_own[k] = weights_at(other, 4, own[k + 1]);
  // The four lines about the upright place, which lies beside the own line by its sway.
  const bool behind = (w.own_sway[2] > 0) == (w.own_x[4] > w.own_x[0]);
  const auto merged = [&](float height, std::array<float, kOwn>& to_own,
                          std::array<float, kOther>& to_other) {
    place(height);
    const std::size_t outer = behind ? 1 : 3;
    const auto weight =
        weights_at(std::array<float, 4>{own[outer], other[1], own[2], other[2]}, 4, 0.0F);
    to_own[outer] = weight[0];
    to_other[1] = weight[1];
    to_own[2] = weight[2];
    to_other[2] = weight[3];
  };
  std::array<float, kOwn> own_last{};
  std::array<float, kOther> other_last{};
  merged(h_first, out.own_start, out.other_start);
  merged(h_last, own_last, other_last);
  const float per_pixel = pixels > 1 ? 1 / static_cast<float>(pixels - 1) : 0.0F;
  for (std::size_t k = 0; k < kOwn; ++k)
    out.own_slope[k] = (own_last[k] - out.own_start[k]) * per_pixel;
  for (std::size_t k = 0; k < kOther; ++k)
    out.other_slope[k] = (other_last[k] - out.other_start[k]) * per_pixel;
  return out;
}

/// Away from edges a line keeps its own photons: of what drawing it upright changed, `upright`
/// keeps what is more than noise. `spread`, of each piece: of the change's noise, against the
/// line's.
void keep_photons(std::span<const float> line, std::span<const float> spread,
                  std::span<float> upright) {
  constexpr std::size_t kBeside = kernels::kChangeBeside;
  const std::size_t n = upright.size();
  static thread_local std::vector<float> change;
  change.resize(n + 2 * kBeside);
  for (std::size_t i = 0; i < n; ++i) change[kBeside + i] = upright[i] - line[i];
  std::fill_n(change.begin(), kBeside, change[kBeside]);
  std::fill_n(change.end() - kBeside, kBeside, change[kBeside + n - 1]);
  for (std::size_t a = 0; a < n; a += kPiece) {
    const std::size_t count = std::min(n, a + kPiece) - a;
    kernels::keep_change(line.subspan(a, count), change.data() + a, spread[a / kPiece],
                         kChangeNoise, upright.subspan(a, count));
  }
}

/// The lines from pixel `at` on.
kernels::EdgeLines lines_from(const kernels::EdgeLines& lines, std::size_t at) {
  kernels::EdgeLines from = lines;
  for (auto& line : from.own) line += at;
  for (auto& line : from.other) line += at;
  return from;
}

}  // namespace

void SwayParity::judged(std::uint64_t line, float doubt) {
  if (judgements_.size() == kKept) judgements_.erase(judgements_.begin());
  judgements_.push_back({line, doubt});
}

SwayParity::Turn SwayParity::edge(const SwayEdge& edge) {
  // Without regard to sides, which may be wrong.
  sizes_ = kFade * sizes_ + std::abs(edge.product());
  squares_ = kFade * squares_ + edge.square();
  const double scale_mm = sizes_ / (squares_ + kPrior);
  const double off = std::abs(edge.lean_mm) - std::abs(scale_mm * edge.sway);
  lean_rest_ = kFade * lean_rest_ + edge.weight * off * off;
  lean_weight_ = kFade * lean_weight_ + edge.weight;
  const double lean2 = (lean_rest_ + kLeanError_mm * kLeanError_mm) / (lean_weight_ + 1);
  const auto later = std::find_if(judgements_.begin(), judgements_.end(),
                                  [&](const Judged& j) { return j.line > edge.line; });
  // Edges between two judgements say the same.
  const std::uint64_t last = later == judgements_.begin() ? since_ : std::prev(later)->line;
  if (last != since_) {
    since_ = last;
    product_ = square_ = 0;
  }
  product_ += edge.product();
  square_ += edge.square();
  if (scale_mm < kScaleKnown_mm || product_ * product_ < 4 * lean2 * square_) return {};
  if (side_ == 0) side_ = std::copysign(1.0, product_);
  const double agrees = product_ * side_;
  Turn turn;
  if (agrees < 0) {
    const auto most =
        std::max_element(judgements_.begin(), later,
                         [](const Judged& a, const Judged& b) { return a.doubt < b.doubt; });
    if (most == later) return {};
    turn = {most->line, product_};
  }
  judgements_.erase(judgements_.begin(), later);
  product_ = square_ = 0;
  return turn;
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

SwayEdge SwayScale::observe(std::uint64_t number, double x_mm, float sway,
                            std::span<const float> transmission) {
  Line& line = ring_[lines_ % kWindow_lines];
  line.number = number;
  line.x_mm = x_mm;
  line.sway = sway;
  for (std::size_t m = 0; m < line.modules.size(); ++m) {
    float sum = 0;
    for (std::size_t p = 0; p < per_module_; ++p) sum += transmission[m * per_module_ + p];
    line.modules[m] = sum / static_cast<float>(per_module_);
  }
  ++lines_;
  return lines_ >= kWindow_lines ? judge() : SwayEdge{};
}

void SwayScale::turn(std::uint64_t number, double product) {
  for (auto& line : ring_) {
    if (line.number >= number) line.sway = -line.sway;
  }
  product_ -= 2 * product;
}

/// Looks for an edge in the middle of the window.
SwayEdge SwayScale::judge() {
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
  if (count < kEdgeModulesMin) return {};
  const double step_mm =
      0.5 * std::abs(at(kWindow_lines / 2 + 1).x_mm - at(kWindow_lines / 2 - 1).x_mm);
  const double middle = wc / w0;
  if (!(std::abs(middle) <= 0.5 * step_mm)) return {};  // it comes, or was, at another line's turn
  const double spread = whh / w0 - wh / w0 * wh / w0;
  if (spread < kHeightSpreadMin) return {};
  const double lean = (whc / w0 - wh / w0 * middle) / spread;
  const double rest = wcc / w0 - middle * middle - lean * lean * spread;
  if (!(rest < kEdgeStraight_mm * kEdgeStraight_mm) || std::abs(lean) > kEdgeLeanMax_mm) return {};
  const auto sway = static_cast<double>(at(kWindow_lines / 2).sway);
  // A pixel that stands ahead by scale h u sees the edge at a lesser x.
  const double weight = std::min(1.0, spread / kHeightSpreadFull);
  const SwayEdge edge{at(kWindow_lines / 2).number, lean, sway, weight};
  product_ = kFade * product_ + edge.product();
  square_ = kFade * square_ + edge.square();
  ++edges_;
  return edge;
}

float SwayScale::scale_mm() const {
  return static_cast<float>(std::clamp(product_ / (square_ + kPrior), -12.0, 12.0));
}

void undo_sway(std::span<const SwayedLine> own, std::size_t centre,
               std::span<const SwayedLine> other, std::span<const float> height_share,
               std::span<float> upright) {
  PC_ASSERT(centre < own.size() && upright.size() == height_share.size());
  const SwayedLine& line = own[centre];
  // The side on which the upright place lies has two lines, the other one.
  const bool ahead = (line.sway_mm < 0) == (own.back().x_mm > own.front().x_mm);
  std::size_t from = centre > 0 ? centre - 1 : 0;
  if (!ahead && centre > 1) from = centre - 2;
  const std::size_t to = std::min(own.size(), from + 4);
  if (to - from < 4) from = to > 4 ? to - 4 : 0;
  const std::size_t count = to - from;
  const auto plain = [&] { std::copy_n(line.transmission, upright.size(), upright.data()); };
  if (count < 2) {
    plain();
    return;
  }
  std::array<float, 4> x{}, sway{}, node{};
  for (std::size_t k = 0; k < count; ++k) {
    x[k] = static_cast<float>(own[from + k].x_mm - line.x_mm);
    sway[k] = own[from + k].sway_mm;
    // Standing still, or going back, there is no line to be drawn through them.
    if (k > 0 &&
        !(std::abs(x[k] - x[k - 1]) > kStepMin_mm && (x[k] - x[k - 1]) * (x[1] - x[0]) > 0)) {
      plain();
      return;
    }
  }
  Woven woven;
  const bool both = weave(own, centre, other, woven);
  // The weights are worked out at the ends of pieces of 64 pixels, in between they are drawn
  // straight: height hardly bends them.
  const auto at_height = [&](float h) {
    for (std::size_t k = 0; k < count; ++k) node[k] = x[k] + h * sway[k];
    return weights_at(node, count, 0.0F);
  };
  static thread_local std::vector<float> spreads;
  spreads.resize(upright.size() / kPiece + 1);
  for (std::size_t a = 0; a < upright.size(); a += kPiece) {
    const std::size_t b = std::min(upright.size(), a + kPiece);
    const auto first = at_height(height_share[a]);
    const auto last = at_height(height_share[b - 1]);
    const float per_pixel = b - a > 1 ? 1 / static_cast<float>(b - a - 1) : 0.0F;
    std::array<kernels::SlopedLine, 4> lines;
    for (std::size_t k = 0; k < count; ++k)
      lines[k] = {own[from + k].transmission + a, first[k], (last[k] - first[k]) * per_pixel};
    kernels::mix_sloped_lines(std::span(lines).first(count), upright.subspan(a, b - a));
    float spread = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const float own_part = from + k == centre ? 1.0F : 0.0F;
      const float off = 0.5F * (first[k] + last[k]) - own_part;
      spread += off * off;
    }
    spreads[a / kPiece] = spread;
    if (!both) continue;
    bool weighed = false;
    kernels::EdgeWeights weight;
    for (std::size_t c = a; c < b; c += kChunk) {
      const std::size_t chunk = std::min(b - c, kChunk);
      const kernels::EdgeLines there = lines_from(woven.lines, c);
      if (kernels::widest_range(there.own, chunk) < kEdgeWorthIt) continue;
      if (!weighed) weight = weights_of(woven, height_share[a], height_share[b - 1], b - a);
      weighed = true;
      kernels::follow_edge(there, weight, kEdgeTrust, static_cast<float>(c - a),
                           upright.subspan(c, chunk));
    }
  }
  keep_photons({line.transmission, upright.size()}, spreads, upright);
}

}  // namespace portcullis::imaging
