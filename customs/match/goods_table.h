#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/result.h"

/// What loads of an HS chapter look like in the image: learnt from scans whose contents were known,
/// kept with how many they were. Ranges, never proof: other goods may look the same.
namespace portcullis::customs {

/// One figure of a load that the table holds ranges of.
struct GoodsFeature {
  std::string_view key;   ///< "areal_g_cm2", with its unit last; shares are of 1.
  std::string_view name;  ///< "areal density"
  std::string_view unit;  ///< "g/cm2"; empty: none. "%": a share, told in percent.
  bool of_class =
      false;  ///< A share of classes: told only where most of the load was seen through.
};
inline constexpr std::size_t kGoodsFeatures = 10;
/// unevenness and fill are kept and never judged, for they are the consignment's, not the goods'.
extern const std::array<GoodsFeature, kGoodsFeatures> kGoodsFeatureList;
using GoodsFigures = std::array<double, kGoodsFeatures>;
/// In the order of kGoodsFeatureList.
GoodsFigures goods_figures(const core::LoadFeatures& features, double fill);
/// Above this share of the load too thick to see through, nothing is said of its classes.
inline constexpr double kClassesSeenMin = 0.3;

/// Of one feature over the samples of a chapter. Quantiles by nearest rank.
struct GoodsRange {
  std::size_t samples = 0;  ///< Of which this feature could be told.
  double least = 0, low = 0, median = 0, high = 0, most = 0;  ///< low, high: 5 and 95 %.
};
struct ChapterGoods {
  std::size_t samples = 0;
  std::array<GoodsRange, kGoodsFeatures> ranges{};
};

/// Fewer samples of a chapter than this say nothing of it.
inline constexpr std::size_t kGoodsSamplesMin = 12;

struct GoodsTable {
  bool simulated = false;  ///< Learnt from simulated scans, and said to be so.
  std::string made;        ///< How, in words.
  std::size_t scans = 0;   ///< That taught it.
  std::map<std::string, ChapterGoods, std::less<>> chapters;  ///< By HS chapter, "61".

  /// Null where it has too few samples of it, or none.
  [[nodiscard]] const ChapterGoods* known(std::string_view chapter) const;
};

/// The table that comes with the program.
const GoodsTable& shipped_goods();
/// Its file, with how it was made.
std::string_view shipped_goods_text();

/// Reads a table as goods_text() writes it. Fails with kInvalidInput: "NAME: line N: why".
core::Result<GoodsTable> parse_goods(std::string_view text, std::string_view name);
/// As parse_goods(), of a file of at most 1 MB. Fails with kNotFound or kIo, too.
core::Result<GoodsTable> read_goods(const std::filesystem::path& path);
std::string goods_text(const GoodsTable& table);

/// One load of goods of one chapter.
struct GoodsSample {
  std::string chapter;
  GoodsFigures figures{};
};
/// Ranges of every chapter that the samples hold, however few. Pure.
GoodsTable learn_goods(std::span<const GoodsSample> samples, bool simulated, std::string made);

/// The one HS chapter of all goods that are declared for this container; empty where they are of
/// several, where an item has no HS code or where nothing is declared.
std::string only_chapter(std::span<const core::Declaration> declarations,
                         const std::string& container);

}  // namespace portcullis::customs
