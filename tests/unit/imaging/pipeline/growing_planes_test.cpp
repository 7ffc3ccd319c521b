#include "imaging/growing_planes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

#include "imaging/pipeline/image_assembler.h"

namespace portcullis::imaging {
namespace {

/// Any value for row and column.
float at_place(std::size_t row, std::int64_t column) {
  return static_cast<float>(row) * 10'000 + static_cast<float>(column);
}

TEST(GrowingColumns, KeepWhatIsThereWhereverColumnsCome) {
  constexpr std::size_t kRows = 5;
  for (const std::size_t expected : {1U, 7U, 64U, 4000U}) {
    for (int way = 0; way < 3; ++way) {
      std::mt19937 random(static_cast<std::uint32_t>(expected + 31U * static_cast<unsigned>(way)));
      GrowingColumns columns(kRows, expected);
      std::vector<float> plane(columns.size());
      std::vector<std::uint16_t> pairs(2 * columns.size());
      std::int64_t first = -20, end = -20;
      for (int step = 0; step < 40; ++step) {
        const std::int64_t count = 1 + static_cast<std::int64_t>(random() % 23U);
        // To the right, to the left, or now here and now there.
        const bool right = way == 0 || (way == 2 && random() % 2U == 0);
        const std::int64_t from = right ? end : first - count;
        const auto by = columns.take_in(from, static_cast<std::size_t>(count));
        move_columns(by, plane);
        move_columns(by, pairs, 2);
        for (std::size_t r = 0; r < kRows; ++r) {
          for (std::int64_t c = from; c < from + count; ++c) {
            const std::size_t i = r * columns.stride() + columns.offset_of(c);
            plane.at(i) = at_place(r, c);
            pairs.at(2 * i) = static_cast<std::uint16_t>(c);
            pairs.at(2 * i + 1) = static_cast<std::uint16_t>(r);
          }
        }
        (right ? end : first) = right ? end + count : from;
      }
      const auto by = columns.close();
      move_columns(by, plane);
      move_columns(by, pairs, 2);
      const auto width = static_cast<std::size_t>(end - first);
      ASSERT_EQ(columns.width(), width);
      ASSERT_EQ(columns.first(), first);
      ASSERT_EQ(plane.size(), width * kRows);
      ASSERT_EQ(pairs.size(), 2 * width * kRows);
      for (std::size_t r = 0; r < kRows; ++r) {
        for (std::size_t c = 0; c < width; ++c) {
          const std::int64_t column = first + static_cast<std::int64_t>(c);
          ASSERT_EQ(plane[r * width + c], at_place(r, column)) << expected << ' ' << way;
          ASSERT_EQ(pairs[2 * (r * width + c)], static_cast<std::uint16_t>(column));
          ASSERT_EQ(pairs[2 * (r * width + c) + 1], r);
        }
      }
    }
  }
}

TEST(ImageAssembler, InTwoPartsItIsTheSameImages) {
  constexpr std::size_t kRows = 5, kColumns = 7;
  std::vector<float> values(kRows * kColumns);
  std::vector<std::uint8_t> classes(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = 0.25F * static_cast<float>(i);
    classes[i] = static_cast<std::uint8_t>(i);
  }
  ImageBlock block;
  block.columns = kColumns;
  block.rows = kRows;
  block.stride = kColumns;
  block.transmission_high = block.transmission_low = values.data();
  block.mass_g_cm2 = values.data();
  block.material = block.bad = block.material_marks = block.effective_z_halves = classes.data();
  block.material_confidence_percent = classes.data();
  block.scatter_left = 3e-5;
  ScanSummary summary;
  summary.grid.columns = kColumns;
  summary.grid.rows = kRows;
  summary.lines_lost = 4;
  // More room than columns, as for a scan of unknown length.
  ImageAssembler images(kRows, 12);
  images.add(block);
  auto made = images.take_head(summary);
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->bad, classes);
  EXPECT_EQ(made->lines_lost, 4U);
  EXPECT_EQ(made->scatter_left, 3e-5);
  EXPECT_TRUE(made->transmission_high.empty());
  images.take_rest(*made);
  for (const auto* plane : {&made->transmission_high, &made->transmission_low, &made->mass_g_cm2})
    EXPECT_EQ(*plane, values);
  for (const auto* plane : {&made->material, &made->material_confidence_percent, &made->bad,
                            &made->material_marks, &made->effective_z_halves})
    EXPECT_EQ(*plane, classes);
}

TEST(ImageAssembler, SaysWhereBlocksAreMissing) {
  const std::vector<float> values(12, 0.5F);
  const std::vector<std::uint8_t> classes(12, 2);
  ImageBlock block;
  block.columns = 4;
  block.rows = 3;
  block.stride = 4;
  block.transmission_high = block.transmission_low = values.data();
  block.mass_g_cm2 = values.data();
  block.material = block.material_confidence_percent = block.bad = classes.data();
  for (const std::int64_t second : {4, 5}) {
    ImageAssembler images(3, 6);
    for (const std::int64_t first : {std::int64_t{0}, second}) {
      block.first_column = first;
      images.add(block);
    }
    ScanSummary summary;
    summary.grid.columns = 8;
    summary.grid.rows = 3;
    const auto made = images.take(summary);
    ASSERT_EQ(made.ok(), second == 4);
    if (!made.ok()) continue;
    EXPECT_EQ(made->transmission_high, std::vector<float>(24, 0.5F));
    EXPECT_EQ(made->bad, std::vector<std::uint8_t>(24, 2));
    // Not carried along.
    EXPECT_EQ(made->material_marks, std::vector<std::uint8_t>(24, 0));
  }
}

}  // namespace
}  // namespace portcullis::imaging
