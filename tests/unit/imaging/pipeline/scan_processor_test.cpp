#include "imaging/pipeline/scan_processor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>

#include "core/parallel.h"
#include "imaging/correct/calibration_validity.h"
#include "imaging/pipeline/process.h"
#include "tests/unit/imaging/kernels/every_target.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::imaging {
namespace {

using namespace testing;  // NOLINT: the scene words of the synthetic scanner

/// Blocks as they came out, copied.
struct Collected {
  std::vector<std::int64_t> first_columns;  ///< In the order they came.
  std::map<std::int64_t, std::vector<float>> high, low, mass;
  std::map<std::int64_t, std::vector<std::uint8_t>> material, confidence, bad;
  core::Result<ScanSummary> summary = core::Error{core::ErrorCode::kInternal, "not finished"};

  ScanProcessor::BlockSink sink() {
    return [this](const ImageBlock& block) {
      first_columns.push_back(block.first_column);
      const auto keep = [&](auto& planes, const auto* from) {
        auto& plane = planes[block.first_column];
        for (int r = 0; r < block.rows; ++r) {
          const auto* row = from + static_cast<std::size_t>(r) * block.stride;
          plane.insert(plane.end(), row, row + block.columns);
        }
      };
      keep(high, block.transmission_high);
      keep(low, block.transmission_low);
      keep(mass, block.mass_g_cm2);
      keep(confidence, block.material_confidence_percent);
      keep(material, block.material);
      keep(bad, block.bad);
    };
  }
  [[nodiscard]] bool same_blocks(const Collected& other) const {
    return first_columns == other.first_columns && high == other.high && low == other.low &&
           mass == other.mass && confidence == other.confidence && material == other.material &&
           bad == other.bad;
  }
};

/// [columns][rows] of the blocks side by side.
template <class T>
std::vector<std::vector<T>> columns_of_blocks(const std::map<std::int64_t, std::vector<T>>& blocks,
                                              int rows) {
  std::vector<std::vector<T>> columns;
  for (const auto& [first, values] : blocks) {
    const std::size_t width = values.size() / static_cast<std::size_t>(rows);
    for (std::size_t c = 0; c < width; ++c) {
      auto& column = columns.emplace_back();
      for (std::size_t i = c; i < values.size(); i += width) column.push_back(values[i]);
    }
  }
  return columns;
}

/// Feeds lines [0, count) in batches.
Collected fed(const core::RawScan& scan, std::size_t batch, std::size_t count,
              const ScanProcessor::Options& options = {}, bool finish = true) {
  Collected out;
  auto processor = ScanProcessor::create(scan.meta.geometry, scan.calibration, {}, options);
  EXPECT_TRUE(processor.ok()) << (processor.ok() ? "" : processor.error().message);
  if (!processor.ok()) return out;
  const std::size_t pixels = scan.pixels();
  for (std::size_t i = 0; i < count; i += batch) {
    const std::size_t n = std::min(batch, count - i);
    const auto status = processor->push(
        std::span(scan.lines).subspan(i, n), std::span(scan.modules_present).subspan(i, n),
        std::span(scan.samples).subspan(i * pixels, n * pixels), out.sink());
    EXPECT_TRUE(status.ok());
  }
  if (finish) out.summary = processor->finish(out.sink());
  return out;
}

/// A small scanner of 3.5 mm pixels over 4 m of travel, with a truck of blocks; some lines lost.
core::RawScan long_scan(bool with_damage = true) {
  SyntheticOptions options;
  options.modules = 4;
  options.pixels_per_module = 24;
  options.pairs = 800;
  options.pair_mm = 4;
  options.mm_per_px = 4;
  options.start_mm = -333;
  auto scan = synthetic_scan(options, [](double x, double z) {
    Path p{};
    if (inside(x, 0, 2400) && inside(z, 700, 1150)) p[kIron] += 3;
    if (inside(x, 300, 1000) && inside(z, 750, 1000)) p[kPaper] += 40;
    if (inside(x, 1300, 1450) && inside(z, 800, 1000)) p[kIron] += 30;
    if (inside(x, 1700, 2200) && inside(z, 750, 1100)) p[kAluminium] += 20;
    return p;
  });
  if (!with_damage) return scan;
  for (std::size_t i = 500; i < 540; ++i) scan.lines[i].flags |= core::line_flag::kLineMissing;
  for (std::size_t i = 900; i < 930; ++i) scan.modules_present[i].reset(2);
  return scan;
}

/// Only lines whose index `keep` allows, as if the others had never come.
template <class Keep>
core::RawScan thinned(const core::RawScan& scan, Keep&& keep) {
  core::RawScan out;
  out.meta = scan.meta;
  out.calibration = scan.calibration;
  const std::size_t pixels = scan.pixels();
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    if (!keep(i)) continue;
    out.lines.push_back(scan.lines[i]);
    out.modules_present.push_back(scan.modules_present[i]);
    out.samples.insert(out.samples.end(),
                       scan.samples.begin() + static_cast<std::ptrdiff_t>(i * pixels),
                       scan.samples.begin() + static_cast<std::ptrdiff_t>((i + 1) * pixels));
  }
  return out;
}

bool says(const std::vector<std::string>& quality, const std::string& words) {
  return std::any_of(quality.begin(), quality.end(), [&](const std::string& remark) {
    return remark.find(words) != std::string::npos;
  });
}

TEST(ScanProcessor, BatchesAndThreadsDoNotMatter) {
  const auto scan = long_scan();
  const auto whole = fed(scan, scan.lines.size(), scan.lines.size());
  ASSERT_TRUE(whole.summary.ok());
  ASSERT_GE(whole.first_columns.size(), 4U);
  for (const std::size_t batch : {std::size_t{1}, std::size_t{7}, std::size_t{400}})
    EXPECT_TRUE(whole.same_blocks(fed(scan, batch, scan.lines.size()))) << batch;
  for (const unsigned threads : {1U, 2U, 7U}) {
    core::set_parallel_threads(threads);
    EXPECT_TRUE(whole.same_blocks(fed(scan, 400, scan.lines.size()))) << threads;
  }
  core::set_parallel_threads(0);
  ScanProcessor::Options together;
  together.blocks_at_once = 3;
  EXPECT_TRUE(whole.same_blocks(fed(scan, 100, scan.lines.size(), together)));
}

TEST(ScanProcessor, NarrowBlocksComeSoonerAndMakeTheSameImage) {
  auto scan = long_scan();
  for (const bool back : {false, true}) {
    SCOPED_TRACE(back ? "back" : "forward");
    if (back) {
      for (auto& line : scan.lines) line.encoder_counts = -line.encoder_counts;
    }
    ScanProcessor::Options narrow;
    narrow.block_columns = ScanProcessor::kBlockColumnsLeast;
    const auto wide = fed(scan, 100, scan.lines.size());
    ASSERT_TRUE(wide.summary.ok());
    const int rows = wide.summary->grid.rows;
    for (const std::size_t batch : {std::size_t{16}, scan.lines.size()}) {
      const auto thin = fed(scan, batch, scan.lines.size(), narrow);
      ASSERT_TRUE(thin.summary.ok());
      EXPECT_GT(thin.first_columns.size(), 3 * wide.first_columns.size());
      EXPECT_EQ(columns_of_blocks(thin.high, rows), columns_of_blocks(wide.high, rows));
      EXPECT_EQ(columns_of_blocks(thin.low, rows), columns_of_blocks(wide.low, rows));
      EXPECT_EQ(columns_of_blocks(thin.mass, rows), columns_of_blocks(wide.mass, rows));
      EXPECT_EQ(columns_of_blocks(thin.confidence, rows), columns_of_blocks(wide.confidence, rows));
      EXPECT_EQ(columns_of_blocks(thin.material, rows), columns_of_blocks(wide.material, rows));
      EXPECT_EQ(columns_of_blocks(thin.bad, rows), columns_of_blocks(wide.bad, rows));
    }
    const auto columns_out = [&](const Collected& collected) {
      return columns_of_blocks(collected.high, rows).size();
    };
    const std::size_t half = scan.lines.size() / 2;
    EXPECT_GE(columns_out(fed(scan, 16, half, narrow, false)),
              columns_out(fed(scan, 16, half, {}, false)));
  }
}

TEST(ScanProcessor, BlocksStandOnTheEncodersZeroAndMakeUpTheImage) {
  const auto scan = long_scan();
  auto out = fed(scan, 100, scan.lines.size());
  ASSERT_TRUE(out.summary.ok());
  const auto [first, last] = std::minmax_element(
      scan.lines.begin(), scan.lines.end(),
      [](const auto& a, const auto& b) { return a.encoder_counts < b.encoder_counts; });
  const auto grid =
      core::make_image_grid(scan.meta.geometry, first->encoder_counts, last->encoder_counts);
  EXPECT_EQ(out.summary->grid.columns, grid.columns);
  EXPECT_EQ(out.summary->grid.x_first_mm, grid.x_first_mm);
  std::int64_t next = out.summary->first_column;
  for (const std::int64_t column : out.first_columns) {
    EXPECT_EQ(column, next);
    if (column != out.summary->first_column) {
      EXPECT_EQ(column % 256, 0);
    }
    next += static_cast<std::int64_t>(out.high[column].size()) / grid.rows;
  }
  EXPECT_EQ(next, out.summary->first_column + grid.columns);

  // Begun elsewhere, the same places are in the same blocks with the same bytes, once the beginning
  // is further away than anything looks.
  const auto later = thinned(scan, [](std::size_t i) { return i >= 40; });
  const auto tail = fed(later, 100, later.lines.size());
  ASSERT_TRUE(tail.summary.ok());
  const std::int64_t block = out.first_columns[2];
  EXPECT_EQ(tail.first_columns[2], block);
  EXPECT_EQ(tail.first_columns.back(), out.first_columns.back());
}

TEST(ScanProcessor, AScanCutOffHasTheSameBlocksAsFarAsTheyCame) {
  const auto scan = long_scan();
  const auto whole = fed(scan, 64, scan.lines.size());
  std::size_t out_before_the_end = 0;
  for (const std::size_t cut : {std::size_t{800}, std::size_t{1101}, std::size_t{1599}}) {
    const auto part = fed(scan, 64, cut, {}, false);
    out_before_the_end = part.first_columns.size();
    for (const std::int64_t column : part.first_columns) {
      ASSERT_TRUE(whole.high.contains(column));
      EXPECT_EQ(part.high.at(column), whole.high.at(column));
      EXPECT_EQ(part.low.at(column), whole.low.at(column));
      EXPECT_EQ(part.mass.at(column), whole.mass.at(column));
      EXPECT_EQ(part.material.at(column), whole.material.at(column));
      EXPECT_EQ(part.confidence.at(column), whole.confidence.at(column));
      EXPECT_EQ(part.bad.at(column), whole.bad.at(column));
    }
    // And with its end it is an image of what was scanned.
    const auto ended = fed(scan, 64, cut);
    ASSERT_TRUE(ended.summary.ok());
    EXPECT_NEAR(ended.summary->grid.columns, static_cast<double>(cut) / 2, 4.0);
  }
  EXPECT_GE(out_before_the_end, 1U);
}

TEST(ScanProcessor, ProcessIsTheSameEngine) {
  const auto scan = long_scan();
  const auto images = process(scan, {}, {});
  ASSERT_TRUE(images.ok());
  const auto out = fed(scan, 64, scan.lines.size());
  const auto columns = static_cast<std::size_t>(images->grid.columns);
  for (const auto& [column, plane] : out.high) {
    const auto width = plane.size() / static_cast<std::size_t>(images->grid.rows);
    const auto at = static_cast<std::size_t>(column - out.summary->first_column);
    for (std::size_t i = 0; i < plane.size(); ++i) {
      const std::size_t k = i / width * columns + at + i % width;
      ASSERT_EQ(plane[i], images->transmission_high[k]);
      ASSERT_EQ(out.low.at(column)[i], images->transmission_low[k]);
      ASSERT_EQ(out.mass.at(column)[i], images->mass_g_cm2[k]);
      ASSERT_EQ(out.material.at(column)[i], images->material[k]);
      ASSERT_EQ(out.confidence.at(column)[i], images->material_confidence_percent[k]);
      ASSERT_EQ(out.bad.at(column)[i], images->bad[k]);
    }
  }
}

/// Whatever vectors the machine has: correction, geometry, material and mass have the same bits.
TEST(ScanProcessor, EveryVectorTargetMakesTheSameImage) {
  const auto scan = long_scan();
  std::optional<Images> first;
  std::string first_target;
  kernels::on_every_target([&](const std::string& target) {
    auto made = process(scan, {}, {});
    ASSERT_TRUE(made.ok()) << target;
    if (!first) {
      first = std::move(*made);
      first_target = target;
      return;
    }
    const std::string both = first_target + " and " + target;
    kernels::expect_same_bytes(first->transmission_high, made->transmission_high, both + ": high");
    kernels::expect_same_bytes(first->transmission_low, made->transmission_low, both + ": low");
    kernels::expect_same_bytes(first->mass_g_cm2, made->mass_g_cm2, both + ": mass");
    kernels::expect_same_bytes(first->material, made->material, both + ": material");
    kernels::expect_same_bytes(first->material_confidence_percent,
                               made->material_confidence_percent, both + ": confidence");
    kernels::expect_same_bytes(first->bad, made->bad, both + ": bad");
    EXPECT_EQ(first->quality, made->quality) << both;
  });
}

/// A scene that does not change along z, without noise: T(x) can be told.
core::RawScan driven(const std::vector<double>& x_mm, double mm_per_px = 4) {
  SyntheticOptions options;
  options.modules = 2;
  options.pixels_per_module = 16;
  options.pairs = 1;
  options.mm_per_px = mm_per_px;
  options.photons = 0;
  auto scan = synthetic_scan(options, [](double, double) { return Path{}; });
  scan.lines.clear();
  scan.modules_present.clear();
  scan.samples.clear();
  for (std::size_t i = 0; i < x_mm.size(); ++i) {
    const bool high = i % 2 == 0;
    const auto& air = high ? scan.calibration.air_high : scan.calibration.air_low;
    core::LineHeader header;
    header.pulse = i;
    header.energy = high ? core::Energy::kHigh : core::Energy::kLow;
    header.encoder_counts = static_cast<std::int32_t>(std::lround(x_mm[i] * 10));
    header.dose_counts = static_cast<std::uint32_t>(air.dose_mean_counts);
    scan.lines.push_back(header);
    scan.modules_present.emplace_back().set(0).set(1);
    // A ramp along x, of linear transmission: 0.8 at 0, 0.3 at 4 m.
    const double t = 0.8 - header.encoder_counts * 0.1 / 8000.0;
    for (std::size_t p = 0; p < scan.pixels(); ++p) {
      const double dark = static_cast<double>(scan.calibration.dark.mean_counts[p]);
      scan.samples.push_back(static_cast<std::uint32_t>(
          std::lround(dark + t * (static_cast<double>(air.mean_counts[p]) - dark))));
    }
  }
  return scan;
}

/// Both energies show the ramp everywhere.
void expect_ramp(const core::RawScan& scan, const char* what) {
  // The plain measurement: what looks at neighbours in time or space has tests of its own.
  Parameters parameters;
  for (const auto& [name, member] : kCorrections) parameters.corrections.*member = false;
  parameters.corrections.dark = parameters.corrections.dose = parameters.corrections.gain = true;
  const auto images = process(scan, parameters, {});
  ASSERT_TRUE(images.ok()) << what << ": " << images.error().message;
  const auto columns = static_cast<std::size_t>(images->grid.columns);
  const std::size_t row = static_cast<std::size_t>(images->grid.rows) / 2;
  for (std::size_t c = 2; c + 2 < columns; ++c) {
    const double expected = 0.8 - images->grid.x_mm(static_cast<double>(c)) / 8000.0;
    ASSERT_NEAR(static_cast<double>(images->transmission_high[row * columns + c]), expected, 5e-6)
        << what << " column " << c;
    ASSERT_NEAR(static_cast<double>(images->transmission_low[row * columns + c]), expected, 5e-6)
        << what << " column " << c;
  }
}

TEST(ScanProcessor, RampsStayExactThroughStopsTurnsAndEitherDirection) {
  // 2 mm a pulse over 3 m.
  std::vector<double> steady;
  for (int i = 0; i < 1500; ++i) steady.push_back(2.0 * i);
  expect_ramp(driven(steady), "steady");

  auto back = steady;
  std::reverse(back.begin(), back.end());
  expect_ramp(driven(back), "back");

  // A stop of 800 pulses at an odd place, slowing down before and gathering speed after it.
  std::vector<double> stop;
  double x = 0;
  for (int i = 0; i < 500; ++i) stop.push_back(x += 2.0);
  for (int i = 0; i < 40; ++i) stop.push_back(x += 2.0 * (1 - i / 40.0));
  for (int i = 0; i < 800; ++i) stop.push_back(x + (i % 3) * 0.1);
  for (int i = 0; i < 40; ++i) stop.push_back(x += 2.0 * i / 40.0);
  for (int i = 0; i < 700; ++i) stop.push_back(x += 2.0);
  expect_ramp(driven(stop), "stop");

  // Turns back by 20 mm and goes on, twice.
  std::vector<double> turn;
  x = 0;
  for (int i = 0; i < 400; ++i) turn.push_back(x += 2.0);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 20; ++i) turn.push_back(x -= 1.0);
    for (int i = 0; i < 300; ++i) turn.push_back(x += 2.0);
  }
  for (int i = 0; i < 500; ++i) turn.push_back(x += 2.0);
  expect_ramp(driven(turn), "turn");

  // Standing before it goes, and a little settling back.
  std::vector<double> start;
  for (int i = 0; i < 300; ++i) start.push_back(200 - 0.02 * i);
  x = start.back();
  for (int i = 0; i < 1000; ++i) start.push_back(x += 2.0);
  expect_ramp(driven(start), "start");
}

TEST(ScanProcessor, ATurnTooFarIsLeftOutAndNamed) {
  std::vector<double> turn;
  double x = 0;
  for (int i = 0; i < 800; ++i) turn.push_back(x += 2.0);
  for (int i = 0; i < 200; ++i) turn.push_back(x -= 2.0);
  for (int i = 0; i < 1000; ++i) turn.push_back(x += 2.0);
  const auto scan = driven(turn);
  expect_ramp(scan, "turn");
  const auto out = fed(scan, 50, scan.lines.size());
  ASSERT_TRUE(out.summary.ok());
  EXPECT_TRUE(says(out.summary->quality, "turned back by more than 32 mm"));
  EXPECT_TRUE(out.same_blocks(fed(scan, 3, scan.lines.size())));
}

TEST(ScanProcessor, SteadyMemoryWhileTheScanStandsStill) {
  ColumnTrack track({4.0, 8, 2});
  const std::vector<float> line(8, 0.5F);
  for (int i = 0; i < 20'000; ++i) track.add(100 + (i % 7) * 0.1, line, {});
  EXPECT_LE(track.rows_in_memory(), 2U);
  // And what is dropped is used again.
  for (int i = 0; i < 5000; ++i) {
    track.add(100 + i, line, {});
    if (i % 100 == 99) track.drop(static_cast<std::int64_t>((100 + i) / 4) - 20, Travel::kForward);
  }
  EXPECT_LE(track.rows_in_memory(), 300U);
}

TEST(ScanProcessor, AnEncoderThatJumpsCostsItsLinesOnly) {
  const auto good = long_scan(false);
  auto scan = good;
  scan.lines[700].encoder_counts += 1'000'000;
  scan.lines[701].encoder_counts -= 2'000'000;
  const auto out = fed(scan, 50, scan.lines.size());
  ASSERT_TRUE(out.summary.ok());
  EXPECT_TRUE(says(out.summary->quality, "2 lines left out: their encoder counts are impossible"));
  EXPECT_EQ(out.summary->grid.columns, fed(good, 50, good.lines.size()).summary->grid.columns);
  // The first line wrong: what follows says so.
  scan = good;
  scan.lines[0].encoder_counts = 50'000'000;
  const auto first = fed(scan, 50, scan.lines.size());
  ASSERT_TRUE(first.summary.ok()) << first.summary.error().message;
  EXPECT_NEAR(first.summary->grid.columns, 800, 12);
}

// ---- bad input: a marked image with its damage named, or a refusal with its reason

TEST(BadScans, AThirdOfTheLinesGone) {
  const auto scan = long_scan(false);
  std::mt19937 random(5);
  const auto thin = thinned(scan, [&](std::size_t) { return random() % 10 >= 3; });
  const auto images = process(thin, {}, {});
  ASSERT_TRUE(images.ok()) << images.error().message;
  EXPECT_TRUE(says(images->quality, "lines lost"));
  EXPECT_NEAR(static_cast<double>(images->lines_lost), 480, 40);
  const auto marked = static_cast<double>(std::count(images->bad.begin(), images->bad.end(), 1));
  EXPECT_GT(marked / static_cast<double>(images->size()), 0.2);
  EXPECT_LT(marked / static_cast<double>(images->size()), 0.7);
  const auto whole = process(scan, {}, {});
  // What is shown there is drawn between what was measured.
  double off = 0;
  for (std::size_t i = 0; i < images->size(); ++i)
    off += std::abs(static_cast<double>(images->transmission_high[i]) -
                    static_cast<double>(whole->transmission_high[i]));
  EXPECT_LT(off / static_cast<double>(images->size()), 0.01);
  EXPECT_TRUE(fed(thin, 1, thin.lines.size()).same_blocks(fed(thin, 333, thin.lines.size())));
}

TEST(BadScans, AGapOfAMetreIsMarkedNotDrawn) {
  const auto scan = long_scan(false);
  // 300 pairs of 4 mm never came.
  const auto gap = thinned(scan, [](std::size_t i) { return i < 600 || i >= 1200; });
  const auto images = process(gap, {}, {});
  ASSERT_TRUE(images.ok()) << images.error().message;
  const auto columns = static_cast<std::size_t>(images->grid.columns);
  const std::size_t row = static_cast<std::size_t>(images->grid.rows) / 2 * columns;
  const auto bad = std::count(images->bad.begin() + static_cast<std::ptrdiff_t>(row),
                              images->bad.begin() + static_cast<std::ptrdiff_t>(row + columns), 1);
  EXPECT_NEAR(static_cast<double>(bad), 300, 6);
  EXPECT_EQ(images->lines_lost, 600U);
  EXPECT_TRUE(fed(gap, 1, gap.lines.size()).same_blocks(fed(gap, 777, gap.lines.size())));
}

TEST(BadScans, OneEnergyMissingAltogether) {
  const auto scan = long_scan(false);
  const auto both = process(scan, {}, {});
  ASSERT_TRUE(both.ok());
  EXPECT_EQ(both->energies, Energies::kBoth);
  for (const auto energy : {core::Energy::kLow, core::Energy::kHigh}) {
    const auto one = thinned(scan, [&](std::size_t i) { return scan.lines[i].energy == energy; });
    const auto images = process(one, {}, {});
    ASSERT_TRUE(images.ok()) << images.error().message;
    const bool high = energy == core::Energy::kHigh;
    EXPECT_EQ(images->energies, high ? Energies::kHighOnly : Energies::kLowOnly);
    EXPECT_TRUE(says(images->quality, high ? "no line of low energy" : "no line of high energy"));
    EXPECT_TRUE(std::all_of(images->material.begin(), images->material.end(), [](auto m) {
      return m == static_cast<std::uint8_t>(Material::kNone) ||
             m == static_cast<std::uint8_t>(Material::kTooThick);
    }));
    // Mass of goods nobody could class: within the 7 % that organic goods and stone differ by.
    const auto mass = [](const Images& from) {
      return std::accumulate(from.mass_g_cm2.begin(), from.mass_g_cm2.end(), 0.0);
    };
    EXPECT_NEAR(mass(*images) / mass(*both), 1.0, 0.07);
    EXPECT_TRUE(fed(one, 1, one.lines.size()).same_blocks(fed(one, 99, one.lines.size())));
  }
  // And a scan of a few lines of one energy only.
  const auto few = thinned(
      scan, [&](std::size_t i) { return i < 40 && scan.lines[i].energy == core::Energy::kHigh; });
  const auto images = process(few, {}, {});
  ASSERT_TRUE(images.ok());
  EXPECT_EQ(images->energies, Energies::kHighOnly);
}

TEST(BadScans, AnEnergyThatStopsHalfWay) {
  const auto scan = long_scan(false);
  const auto half = thinned(
      scan, [&](std::size_t i) { return i < 700 || scan.lines[i].energy == core::Energy::kHigh; });
  const auto images = process(half, {}, {});
  ASSERT_TRUE(images.ok()) << images.error().message;
  EXPECT_EQ(images->energies, Energies::kBoth);
  const auto columns = static_cast<std::size_t>(images->grid.columns);
  const std::size_t row = static_cast<std::size_t>(images->grid.rows) / 2 * columns;
  for (std::size_t c = 0; c < 340; ++c) ASSERT_EQ(images->bad[row + c], 0) << c;
  for (std::size_t c = 380; c < columns; ++c) ASSERT_EQ(images->bad[row + c], 1) << c;
  EXPECT_TRUE(fed(half, 1, half.lines.size()).same_blocks(fed(half, 500, half.lines.size())));
}

TEST(BadScans, SaturatedAndDarkData) {
  auto scan = long_scan(false);
  for (auto& sample : scan.samples) sample = 1'048'575;
  for (auto& line : scan.lines) line.flags |= core::line_flag::kSaturated;
  auto images = process(scan, {}, {});
  ASSERT_TRUE(images.ok());
  EXPECT_TRUE(says(images->quality, "saturated"));
  scan = long_scan(false);
  for (auto& sample : scan.samples) sample = 500;
  images = process(scan, {}, {});
  ASSERT_TRUE(images.ok());
  EXPECT_TRUE(says(images->quality, "dark"));
  for (const float t : images->transmission_high) {
    ASSERT_TRUE(std::isfinite(t));
    ASSERT_LT(t, 0.01F);
  }
  // No dose either: nothing was measured.
  for (auto& line : scan.lines) line.dose_counts = 0;
  images = process(scan, {}, {});
  ASSERT_FALSE(images.ok());
  EXPECT_NE(images.error().message.find("measured anything"), std::string::npos);
  EXPECT_NE(images.error().message.find("without dose"), std::string::npos);
}

TEST(BadScans, NoLineAndOneLine) {
  const auto scan = long_scan(false);
  const auto none = thinned(scan, [](std::size_t) { return false; });
  auto images = process(none, {}, {});
  ASSERT_FALSE(images.ok());
  EXPECT_NE(images.error().message.find("no lines"), std::string::npos);
  const auto one = thinned(scan, [](std::size_t i) { return i == 0; });
  images = process(one, {}, {});
  ASSERT_FALSE(images.ok());
  EXPECT_NE(images.error().message.find("1 line of 1 measured anything"), std::string::npos)
      << images.error().message;
}

TEST(BadScans, AStaleCalibrationIsToldAsSoonAsItShows) {
  auto scan = long_scan(false);
  constexpr std::int64_t kHour_ns = 3'600'000'000'000;
  for (auto* frame :
       {&scan.calibration.dark, &scan.calibration.air_high, &scan.calibration.air_low})
    frame->taken = {1000 * kHour_ns};
  Parameters parameters;
  parameters.calibration.refuse = true;
  ScanProcessor::Options options;
  const auto created = [&](std::int64_t started_h) {
    options.scan_started = {started_h * kHour_ns};
    return ScanProcessor::create(scan.meta.geometry, scan.calibration, parameters, options);
  };
  // Its age is known before the first line.
  const auto old = created(1030);
  ASSERT_FALSE(old.ok());
  EXPECT_EQ(old.error().code, core::ErrorCode::kRefused);
  EXPECT_NE(old.error().message.find("30.0 hours old"), std::string::npos) << old.error().message;
  // Its temperature is by the first lines, long before the last.
  for (auto& line : scan.lines) line.temperature_centi_c += 600;
  constexpr std::size_t kBatch = 64;
  ASSERT_GT(scan.lines.size(), 4 * CalibrationValidity::kLinesMax);
  const auto pushed_until_refused = [&] {
    auto processor = created(1001);
    EXPECT_TRUE(processor.ok());
    const std::size_t pixels = scan.pixels();
    const auto nothing = [](const ImageBlock&) {};
    for (std::size_t i = 0; i + kBatch <= scan.lines.size(); i += kBatch) {
      const auto status =
          processor->push(std::span(scan.lines).subspan(i, kBatch),
                          std::span(scan.modules_present).subspan(i, kBatch),
                          std::span(scan.samples).subspan(i * pixels, kBatch * pixels), nothing);
      if (status.ok()) continue;
      EXPECT_EQ(status.error().code, core::ErrorCode::kRefused);
      EXPECT_NE(status.error().message.find("degC"), std::string::npos) << status.error().message;
      return i + kBatch;
    }
    return scan.lines.size();
  };
  EXPECT_LE(pushed_until_refused(), scan.lines.size() / 2);  // the chain looks ahead as well
  parameters.calibration.refuse = false;                     // marked at its end
  EXPECT_EQ(pushed_until_refused(), scan.lines.size());
}

/// While a scan runs there is no guessing: the lane has no beam without a sound calibration.
TEST(BadScans, CalibrationThatIsNotThisScannersIsRefused) {
  const auto scan = long_scan(false);
  const auto message = [&](auto&& spoil) {
    auto spoilt = scan;
    spoil(spoilt.calibration);
    const auto result = ScanProcessor::create(spoilt.meta.geometry, spoilt.calibration, {}, {});
    if (result.ok()) return std::string("accepted");
    EXPECT_EQ(result.error().code, core::ErrorCode::kInvalidInput);
    return result.error().message;
  };
  EXPECT_NE(message([](auto& c) { c = {}; }).find("dark"), std::string::npos);
  EXPECT_NE(message([](auto& c) { c.air_high.mean_counts.pop_back(); }).find("air_high"),
            std::string::npos);
  EXPECT_NE(message([](auto& c) { c.air_low.mean_counts[3] = NAN; }).find("air_low"),
            std::string::npos);
  EXPECT_NE(
      message([](auto& c) { c.air_high = c.air_low = c.dark; }).find("not one detector pixel"),
      std::string::npos);
}

}  // namespace
}  // namespace portcullis::imaging
