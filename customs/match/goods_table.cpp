#include "customs/match/goods_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/assert.h"
#include "core/files.h"
#include "customs/match/declared_goods.h"

namespace portcullis::customs {

// Written by the build (cmake/embed.cmake).
std::string_view goods_data(std::string_view file_name);

const std::array<GoodsFeature, kGoodsFeatures> kGoodsFeatureList = {{
    {"areal_g_cm2", "areal density", "g/cm2"},
    {"density_kg_m3", "mass per volume", "kg/m3"},
    {"unevenness", "unevenness", ""},
    {"texture", "texture", ""},
    {"organic", "organic matter", "%", true},
    {"light_inorganic", "light inorganic matter", "%", true},
    {"metal", "metal", "%", true},
    {"heavy_metal", "heavy metal", "%", true},
    {"too_thick", "the part that cannot be seen through", "%"},
    {"fill", "fill", "%"},
}};

namespace {

constexpr std::string_view kFormat = "portcullis-goods";
constexpr std::string_view kVersion = "1";
constexpr std::size_t kTooThick = 8;
constexpr std::size_t kChaptersMax = 99;
constexpr std::size_t kMadeBytesMax = 1000;
constexpr double kValueMax = 1e9;

bool is_chapter(std::string_view text) {
  return text.size() == 2 && text.find_first_not_of("0123456789") == std::string_view::npos &&
         text != "00";
}

/// Nearest rank of sorted values.
double ranked(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

/// A file's lines, fields between bars; the first problem is kept.
class GoodsReader {
 public:
  GoodsReader(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  core::Result<GoodsTable> read() {
    while (!problem_ && next_line()) read_line();
    if (!problem_ && !format_seen_) fail("no line \"portcullis-goods|1\": this is no such table");
    if (problem_) return *problem_;
    for (const auto& [chapter, goods] : table_.chapters) {
      for (std::size_t i = 0; i < kGoodsFeatures; ++i) {
        if (seen_[chapter][i]) continue;
        fail(fmt::format("chapter {}: {} is missing", chapter, kGoodsFeatureList[i].key));
        return *problem_;
      }
    }
    return std::move(table_);
  }

 private:
  bool next_line() {
    while (!text_.empty()) {
      const auto end = std::min(text_.find('\n'), text_.size());
      auto line = text_.substr(0, end);
      text_.remove_prefix(std::min(end + 1, text_.size()));
      ++number_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.empty() || line.front() == '#') continue;
      fields_.clear();
      while (true) {
        const auto bar = line.find('|');
        fields_.push_back(line.substr(0, bar));
        if (bar == std::string_view::npos) return true;
        line.remove_prefix(bar + 1);
      }
    }
    return false;
  }

  void read_line() {
    const auto key = fields_[0];
    if (!format_seen_) {
      if (fields_.size() != 2 || key != kFormat || fields_[1] != kVersion)
        return fail("expected \"portcullis-goods|1\" first");
      format_seen_ = true;
    } else if (fields_.size() == 2 && key == "basis") {
      if (fields_[1] != "simulated" && fields_[1] != "scanned")
        return fail("basis: expected simulated or scanned");
      table_.simulated = fields_[1] == "simulated";
    } else if (fields_.size() == 2 && key == "made") {
      if (fields_[1].size() > kMadeBytesMax) return fail("made: longer than 1,000 bytes");
      table_.made = std::string(fields_[1]);
    } else if (fields_.size() == 2 && key == "scans") {
      table_.scans = count(fields_[1], "scans");
    } else if (fields_.size() == 3 && key == "chapter") {
      if (!is_chapter(fields_[1])) return fail("chapter: expected two digits");
      if (table_.chapters.contains(fields_[1])) return fail("chapter: stands here twice");
      if (table_.chapters.size() >= kChaptersMax) return fail("more chapters than there are");
      table_.chapters[std::string(fields_[1])].samples = count(fields_[2], "samples");
    } else if (fields_.size() == 8) {
      read_range();
    } else {
      fail("expected basis, made, scans, chapter or the range of a feature");
    }
  }

  void read_range() {
    const auto chapter = table_.chapters.find(fields_[0]);
    if (chapter == table_.chapters.end()) return fail("its chapter was not named before");
    const auto feature =
        std::find_if(kGoodsFeatureList.begin(), kGoodsFeatureList.end(),
                     [&](const GoodsFeature& one) { return one.key == fields_[1]; });
    if (feature == kGoodsFeatureList.end()) return fail("no such feature");
    const auto index = static_cast<std::size_t>(feature - kGoodsFeatureList.begin());
    if (seen_[chapter->first][index]) return fail("this feature stands here twice");
    seen_[chapter->first][index] = true;
    GoodsRange& range = chapter->second.ranges[index];
    range.samples = count(fields_[2], "samples");
    if (range.samples > chapter->second.samples) return fail("more samples than its chapter has");
    double* const values[] = {&range.least, &range.low, &range.median, &range.high, &range.most};
    double before = 0;
    for (std::size_t i = 0; i < std::size(values); ++i) {
      const auto text = fields_[3 + i];
      const auto read = std::from_chars(text.data(), text.data() + text.size(), *values[i]);
      if (read.ec != std::errc() || read.ptr != text.data() + text.size() ||
          !(*values[i] >= before && *values[i] <= kValueMax))
        return fail("expected five numbers that rise, none below 0");
      before = *values[i];
    }
  }

  std::size_t count(std::string_view text, std::string_view what) {
    std::size_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value > 100'000'000)
      fail(fmt::format("{}: expected a whole number", what));
    return value;
  }

  void fail(std::string_view why) {
    if (!problem_)
      problem_ = core::Error{core::ErrorCode::kInvalidInput,
                             fmt::format("{}: line {}: {}", name_, number_, why)};
  }

  std::string_view text_, name_;
  int number_ = 0;
  std::vector<std::string_view> fields_;
  bool format_seen_ = false;
  GoodsTable table_;
  std::map<std::string, std::array<bool, kGoodsFeatures>, std::less<>> seen_;
  std::optional<core::Error> problem_;
};

}  // namespace

GoodsFigures goods_figures(const core::LoadFeatures& f, double fill) {
  return {f.areal_g_cm2,     f.density_kg_m3, f.unevenness,  f.texture,   f.organic,
          f.light_inorganic, f.metal,         f.heavy_metal, f.too_thick, fill};
}

const ChapterGoods* GoodsTable::known(std::string_view chapter) const {
  const auto found = chapters.find(chapter);
  return found != chapters.end() && found->second.samples >= kGoodsSamplesMin ? &found->second
                                                                              : nullptr;
}

std::string_view shipped_goods_text() {
  return goods_data("goods-by-chapter.txt");
}

const GoodsTable& shipped_goods() {
  static const GoodsTable kTable = [] {
    auto table = parse_goods(shipped_goods_text(), "goods-by-chapter.txt");
    PC_ASSERT(table.ok());
    return std::move(table).value();
  }();
  return kTable;
}

core::Result<GoodsTable> parse_goods(std::string_view text, std::string_view name) {
  return GoodsReader(text, name).read();
}

core::Result<GoodsTable> read_goods(const std::filesystem::path& path) {
  constexpr std::size_t kBytesMax = 1'000'000;
  PC_TRY(const std::string text, core::read_file(path, kBytesMax));
  return parse_goods(text, path.string());
}

std::string goods_text(const GoodsTable& table) {
  std::string text = fmt::format(
      "{}|{}\nbasis|{}\nmade|{}\nscans|{}\n# chapter|feature|samples|least|5 %|median|95 %|most\n",
      kFormat, kVersion, table.simulated ? "simulated" : "scanned", table.made, table.scans);
  for (const auto& [chapter, goods] : table.chapters) {
    text += fmt::format("chapter|{}|{}\n", chapter, goods.samples);
    for (std::size_t i = 0; i < kGoodsFeatures; ++i) {
      const GoodsRange& range = goods.ranges[i];
      text += fmt::format("{}|{}|{}|{:.4g}|{:.4g}|{:.4g}|{:.4g}|{:.4g}\n", chapter,
                          kGoodsFeatureList[i].key, range.samples, range.least, range.low,
                          range.median, range.high, range.most);
    }
  }
  return text;
}

GoodsTable learn_goods(std::span<const GoodsSample> samples, bool simulated, std::string made) {
  std::map<std::string, std::array<std::vector<double>, kGoodsFeatures>, std::less<>> values;
  GoodsTable table;
  table.simulated = simulated;
  table.made = std::move(made);
  for (const GoodsSample& sample : samples) {
    if (!is_chapter(sample.chapter)) continue;
    ++table.scans;
    ++table.chapters[sample.chapter].samples;
    for (std::size_t i = 0; i < kGoodsFeatures; ++i) {
      if (kGoodsFeatureList[i].of_class && sample.figures[kTooThick] > kClassesSeenMin) continue;
      values[sample.chapter][i].push_back(sample.figures[i]);
    }
  }
  for (auto& [chapter, features] : values) {
    for (std::size_t i = 0; i < kGoodsFeatures; ++i) {
      auto& sorted = features[i];
      if (sorted.empty()) continue;
      std::sort(sorted.begin(), sorted.end());
      table.chapters[chapter].ranges[i] = {sorted.size(),        sorted.front(),
                                           ranked(sorted, 0.05), ranked(sorted, 0.5),
                                           ranked(sorted, 0.95), sorted.back()};
    }
  }
  return table;
}

std::string only_chapter(std::span<const core::Declaration> declarations,
                         const std::string& container) {
  const DeclaredGoods goods = declared_goods(declarations, container);
  return goods.unknown_reason.empty() && goods.chapters.size() == 1 ? goods.chapters.front().chapter
                                                                    : std::string();
}

}  // namespace portcullis::customs
