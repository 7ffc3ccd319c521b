#include "services/lane/waterfall_feed.h"

#include <gtest/gtest.h>

#include <numeric>

namespace portcullis::services {
namespace {

using namespace std::chrono_literals;

std::vector<std::uint8_t> column_of(std::uint32_t rows, std::uint8_t first) {
  std::vector<std::uint8_t> column(rows);
  std::iota(column.begin(), column.end(), first);
  return column;
}

TEST(WaterfallFeed, GivesNothingBeforeThereIsAPicture) {
  const WaterfallFeed feed(16, 4);
  WaterfallFeed::Cursor cursor;
  EXPECT_FALSE(feed.wait(cursor, 0ms).has_value());
}

TEST(WaterfallFeed, ALateReaderSeesThePictureFromItsStart) {
  WaterfallFeed feed(200, 4);
  feed.begin("scan-1", 3);
  for (std::uint8_t i = 0; i < 100; ++i) feed.push(column_of(3, i));
  WaterfallFeed::Cursor cursor;
  auto block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->scan_id, "scan-1");
  EXPECT_EQ(block->first_column, 0U);
  EXPECT_EQ(block->columns, 64U);
  EXPECT_EQ(block->rows, 3U);
  ASSERT_EQ(block->gray.size(), 64U * 3U);
  EXPECT_EQ(block->gray[3], 1);  // second column's first row
  EXPECT_EQ(block->gray[5], 3);
  EXPECT_FALSE(block->last);
  block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->first_column, 64U);
  EXPECT_EQ(block->columns, 36U);
  EXPECT_FALSE(feed.wait(cursor, 0ms).has_value());
  feed.end();
  block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_TRUE(block->last);
  EXPECT_EQ(block->columns, 0U);
  EXPECT_FALSE(feed.wait(cursor, 0ms).has_value());
  EXPECT_EQ(cursor.columns_lost, 0U);
}

TEST(WaterfallFeed, AReaderBehindTheWholeRingLosesTheOldestAndTheNumbersSayWhich) {
  WaterfallFeed feed(8, 2);
  feed.begin("scan-1", 2);
  for (std::uint8_t i = 0; i < 20; ++i) feed.push(column_of(2, i));
  WaterfallFeed::Cursor cursor;
  const auto block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->first_column, 12U);
  EXPECT_EQ(block->columns, 8U);
  EXPECT_EQ(block->gray.front(), 12);
  EXPECT_EQ(cursor.columns_lost, 12U);
}

TEST(WaterfallFeed, ABlockSaysFromWhichEndTheVehicleIsScanned) {
  WaterfallFeed feed(8, 2);
  WaterfallFeed::Cursor cursor;
  feed.begin("scan-1", 2, true);
  feed.push(column_of(2, 1));
  auto block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_TRUE(block->from_rear);
  feed.begin("scan-2", 2);
  feed.push(column_of(2, 1));
  block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_FALSE(block->from_rear);
}

TEST(WaterfallFeed, ANewPictureEndsTheOldOneForEveryReader) {
  WaterfallFeed feed(8, 2);
  feed.begin("scan-1", 2);
  feed.push(column_of(2, 1));
  WaterfallFeed::Cursor cursor;
  ASSERT_TRUE(feed.wait(cursor, 0ms));
  feed.begin("scan-2", 1);
  feed.push(column_of(1, 9));
  const auto block = feed.wait(cursor, 0ms);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->scan_id, "scan-2");
  EXPECT_EQ(block->first_column, 0U);
  EXPECT_EQ(block->rows, 1U);
}

}  // namespace
}  // namespace portcullis::services
