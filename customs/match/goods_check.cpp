#include "customs/match/goods_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

namespace portcullis::customs {

namespace {

using core::CheckOutcome;

/// Indices of kGoodsFeatureList.
enum Figure : std::size_t { kAreal, kDensity, kUnevenness, kTexture, kOrganic, kLight, kMetal };
constexpr std::size_t kThickFigure = 8;
constexpr std::size_t kJudged = 9;  ///< Before fill, which is not.

/// The least margin of each figure: absolute, and relative to the most that was seen.
struct LeastMargin {
  double absolute, relative;
};
constexpr std::array<LeastMargin, kJudged> kMargins = {{{0, 0.15},
                                                        {0, 0.15},
                                                        {0.15, 0.1},
                                                        {0.02, 0.15},
                                                        {0.06, 0},
                                                        {0.06, 0},
                                                        {0.06, 0},
                                                        {0.06, 0},
                                                        {0.10, 0}}};
/// More for the shares of a mixture: declared masses are the shipper's.
constexpr double kMixtureMargin = 0.10;
/// Goods on one side of the vehicle have half of the areal density, and some have gaps, too.
constexpr double kThinner = 0.4;
constexpr double kAreaMinM2 = 0.5;
/// What is too thick has no class, and in a mixture it is the denser goods' part that is missing.
constexpr double kAllSeen = 0.02;

struct Span {
  double least = 0, low = 0, high = 0, most = 0;  ///< As in GoodsRange.
  double from = 0, to = 0;                        ///< With margins: outside it differs.
  double margin = 0;
  bool judged = false;
};

std::string value_text(std::size_t feature, double value) {
  const auto unit = kGoodsFeatureList[feature].unit;
  if (unit == "%") return fmt::format("{:.0f} %", 100 * value);
  if (unit.empty()) return fmt::format("{:.2f}", value);
  return fmt::format("{:.{}f} {}", value, value < 10 ? 1 : 0, unit);
}

std::string span_text(std::size_t feature, const Span& span) {
  std::string most = value_text(feature, span.most);
  if (most == value_text(feature, span.least)) return most;
  const auto unit = kGoodsFeatureList[feature].unit;
  const double least = unit == "%" ? 100 * span.least : span.least;
  const int places = unit.empty() ? 2 : unit != "%" && span.least < 10 ? 1 : 0;
  return fmt::format("between {:.{}f} and {}", least, places, most);
}

/// What the image may show of goods of these chapters together.
class Envelope {
 public:
  /// `all_seen`: so little of the load is too thick that the shares are the whole load's.
  Envelope(const DeclaredGoods& declared, const GoodsTable& table, bool all_seen) {
    const bool mixed = declared.chapters.size() > 1;
    for (std::size_t i = 0; i < kJudged; ++i) {
      Span& span = spans_[i];
      const bool by_mass =
          mixed && all_seen && kGoodsFeatureList[i].of_class && declared.shares_known;
      // How goods are stowed makes a load uneven as much as what they are: a pallet half as high
      // beside a full one doubles it.
      span.judged = i != kUnevenness && !(mixed && i == kTexture);
      bool first = true;
      for (const auto& [chapter, share] : declared.chapters) {
        const GoodsRange& range = table.known(chapter)->ranges[i];
        samples_ = i == 0 ? (first ? range.samples : std::min(samples_, range.samples)) : samples_;
        // A class of which too few samples tell: anything may be.
        if (range.samples < kGoodsSamplesMin) span.judged = false;
        if (by_mass) {
          span.least += share * range.least;
          span.low += share * range.low;
          span.high += share * range.high;
          span.most += share * range.most;
        } else if (first) {
          span = {range.least, range.low, range.high, range.most, 0, 0, 0, span.judged};
        } else {
          span.least = std::min(span.least, range.least);
          span.low = std::min(span.low, range.low);
          span.high = std::max(span.high, range.high);
          span.most = std::max(span.most, range.most);
        }
        first = false;
      }
      const LeastMargin& least = kMargins[i];
      span.margin = std::max({(span.high - span.low) / 2, least.absolute,
                              least.relative * span.most, by_mass ? kMixtureMargin : 0.0});
      span.to = span.most + span.margin;
      span.from = i == kAreal || i == kDensity ? kThinner * span.least
                  : i == kThickFigure          ? 0
                                               : span.least - span.margin;
    }
  }
  [[nodiscard]] const Span& at(std::size_t feature) const { return spans_[feature]; }
  [[nodiscard]] std::size_t samples() const { return samples_; }

 private:
  std::array<Span, kJudged> spans_{};
  std::size_t samples_ = 0;
};

std::string chapters_text(const DeclaredGoods& declared) {
  std::vector<std::string> names;
  for (const auto& one : declared.chapters) names.push_back(one.chapter);
  return fmt::format("HS chapter{} {}", names.size() > 1 ? "s" : "", joined(names));
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string seen_text(const GoodsFigures& figures, bool classes) {
  std::string text = fmt::format("{}, {}", value_text(kAreal, figures[kAreal]),
                                 value_text(kDensity, figures[kDensity]));
  if (!classes) return text + ", too thick to tell its classes";
  constexpr std::array<std::string_view, 4> kNames{"organic", "light inorganic", "metal",
                                                   "heavy metal"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const double share = figures[kOrganic + i];
    if (share >= 0.05) text += fmt::format(", {} {}", kNames[i], value_text(kOrganic + i, share));
  }
  return text;
}

std::string why_different(std::size_t feature, double value, const Span& span) {
  const auto& figure = kGoodsFeatureList[feature];
  if (feature == kThickFigure)
    return fmt::format("{} of it cannot be seen through, and of such goods at most {}",
                       value_text(feature, value), value_text(feature, span.most));
  if (figure.of_class)
    return fmt::format("{} of its mass is {}, and of such goods {}", value_text(feature, value),
                       figure.name, span_text(feature, span));
  return fmt::format("its {} is {}, and that of such goods {}", figure.name,
                     value_text(feature, value), span_text(feature, span));
}

}  // namespace

GoodsComparison compare_goods(const core::ContainerObservation& container,
                              const DeclaredContents& contents, const DeclaredGoods& declared,
                              const GoodsTable& table, bool simulated_scan,
                              const std::string& words) {
  GoodsComparison result;
  const auto unknown = [&](const std::string& why) {
    if (result.seen.empty()) result.seen = container.empty ? "empty" : "not measured";
    if (result.expected.empty()) result.expected = "not known";
    result.text =
        capital(fmt::format("{}: whether the load looks like the goods declared is not "
                            "known: {}.",
                            words, why));
    return result;
  };
  if (contents.standing == DeclaredContents::Standing::kNone)
    return unknown("no declaration names it");
  if (contents.standing == DeclaredContents::Standing::kTwice ||
      contents.standing == DeclaredContents::Standing::kContradiction)
    return unknown("which of its declarations holds is not known");
  if (container.empty) return unknown("it is empty");
  if (!container.features || container.features->area_m2 < kAreaMinM2)
    return unknown("too little of the load was measured");
  const GoodsFigures figures = goods_figures(*container.features, container.fill);
  const bool classes = figures[kThickFigure] <= kClassesSeenMin;
  result.seen = seen_text(figures, classes);
  if (!declared.unknown_reason.empty()) return unknown(declared.unknown_reason);
  result.expected = chapters_text(declared);
  if (table.simulated && !simulated_scan)
    return unknown("what goods look like was learnt from simulated scans only");
  for (const auto& one : declared.chapters) {
    if (table.known(one.chapter) != nullptr) continue;
    const auto found = table.chapters.find(one.chapter);
    return unknown(
        found == table.chapters.end()
            ? fmt::format("no scan of HS chapter {} has taught what it looks like", one.chapter)
            : fmt::format("of HS chapter {} only {} scans are known, and {} are needed",
                          one.chapter, found->second.samples, kGoodsSamplesMin));
  }

  const Envelope envelope(declared, table, figures[kThickFigure] <= kAllSeen);
  const std::string taught =
      fmt::format("{} {}scans", envelope.samples(), table.simulated ? "simulated " : "");
  std::optional<std::size_t> worst;
  double worst_beyond = 0;
  for (std::size_t i = 0; i < kJudged; ++i) {
    const Span& span = envelope.at(i);
    if (!span.judged || (kGoodsFeatureList[i].of_class && !classes)) continue;
    const double outside = std::max(span.from - figures[i], figures[i] - span.to);
    if (outside <= 0) continue;
    // Too much of a class says more than too little of another, and either more than a density.
    const double clear = kGoodsFeatureList[i].of_class ? (figures[i] > span.to ? 2 : 1) : 0;
    const double beyond = outside / span.margin + clear;
    if (!worst || beyond > worst_beyond) {
      worst = i;
      worst_beyond = beyond;
    }
  }
  const Span& areal = envelope.at(kAreal);
  result.expected +=
      fmt::format(": {}, {}", span_text(kAreal, areal), span_text(kDensity, envelope.at(kDensity)));
  if (!worst) {
    result.outcome = CheckOutcome::kAgrees;
    result.text = capital(
        fmt::format("{}: the load looks as goods of {} did in {}; other goods may look the same.",
                    words, chapters_text(declared), taught));
    return result;
  }
  const Span& span = envelope.at(*worst);
  result.outcome = CheckOutcome::kDiffers;
  result.beyond = worst_beyond;
  result.text = capital(fmt::format("{}: the load does not look like goods of {}: {} in {}.", words,
                                    chapters_text(declared),
                                    why_different(*worst, figures[*worst], span), taught));
  result.evidence = {{fmt::format("seen_{}", kGoodsFeatureList[*worst].key), figures[*worst]},
                     {fmt::format("least_{}", kGoodsFeatureList[*worst].key), span.least},
                     {fmt::format("most_{}", kGoodsFeatureList[*worst].key), span.most},
                     {"samples", static_cast<double>(envelope.samples())}};
  return result;
}

}  // namespace portcullis::customs
