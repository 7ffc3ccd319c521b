// A PLC of another maker is a file: read strictly, its values handed on in the table's own form.
#include "plc/tags/tag_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "plc/interlock/interlock.h"

namespace portcullis::plc {
namespace {

constexpr const char* kExample = "config/plc/low-word-first.toml";

std::string example_text() {
  std::ifstream in(kExample);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(TagMap, TheBuiltInOneIsTheTable) {
  const TagMap& map = TagMap::built_in();
  EXPECT_EQ(map.unit(), kModbusUnit);
  for (std::size_t area = 0; area < kAreaCount; ++area) {
    EXPECT_EQ(map.area_size(static_cast<Area>(area)), kAreaSize[area]);
    EXPECT_EQ(map.read_runs(static_cast<Area>(area)),
              (std::vector<AddressRun>{{0, kAreaSize[area]}}));
  }
  std::uint16_t words[2] = {0xFFFF, 0xFE70};
  EXPECT_EQ(map.decode(Tag::kSpeedMmS, words), -400);
}

TEST(TagMap, TheExampleIsReadAsItStandsThere) {
  const auto map = TagMap::load(kExample);
  ASSERT_TRUE(map.ok()) << map.error().message;
  EXPECT_EQ(map->name(), "low-word-first");
  EXPECT_EQ(map->unit(), 17);
  EXPECT_FALSE(map->place(Tag::kUpsOnBattery).wired);
  // Stops at 1000, doors at 1016, ...: each block is one request, no hole is asked for.
  const auto& runs = map->read_runs(Area::kDiscreteInput);
  ASSERT_EQ(runs.size(), 6U);
  EXPECT_EQ(runs[0], (AddressRun{1000, 4}));
  EXPECT_EQ(runs[1], (AddressRun{1016, 8}));
  EXPECT_EQ(map->read_runs(Area::kInputRegister),
            (std::vector<AddressRun>{{300, 5}, {310, 4}, {320, 3}, {400, 5}}));
  EXPECT_EQ(map->write_runs(Area::kCoil), (std::vector<AddressRun>{{2000, 7}, {2016, 5}}));
  EXPECT_TRUE(map->write_runs(Area::kDiscreteInput).empty());
  EXPECT_TRUE(map->write_runs(Area::kInputRegister).empty());

  // By hand: 0x0001'86A0 = 100,000 tenths of a millimetre, low word first.
  std::uint16_t position[2] = {0x86A0, 0x0001};
  EXPECT_EQ(map->decode(Tag::kGantryPositionMm, position), 10'000);
  std::uint16_t speed[1] = {0xFE70};
  EXPECT_EQ(map->decode(Tag::kSpeedMmS, speed), -400);
  std::uint16_t wind[1] = {1234};  // 12.34 m/s; the table's raw value is tenths
  EXPECT_EQ(map->decode(Tag::kWindSpeedDmS, wind), 123);
  std::uint16_t first_out[2] = {0x0001, 0x0002};  // this one high word first
  EXPECT_EQ(map->decode(Tag::kFirstOutTimeMs, first_out), 65'538);
  std::uint16_t one[1] = {1};
  EXPECT_EQ(map->decode(Tag::kVehicleInTunnel, one), 0);  // "free"
  EXPECT_EQ(map->decode(Tag::kEstopChainHealthy, one), 1);

  std::uint16_t out[2] = {};
  map->encode(Tag::kGantryPositionMm, -3000, out);  // -30,000 = 0xFFFF'8AD0
  EXPECT_EQ(out[0], 0x8AD0);
  EXPECT_EQ(out[1], 0xFFFF);
  map->encode(Tag::kTargetSpeedMmS, 400, out);
  EXPECT_EQ(out[0], 400);
}

TEST(TagMap, EveryValueSurvivesTheWayThereAndBack) {
  const auto map = TagMap::load(kExample);
  ASSERT_TRUE(map.ok());
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const auto tag = static_cast<Tag>(i);
    if (!map->place(tag).wired) continue;
    const TagInfo& info = tag_table()[i];
    for (const double share : {0.0, 0.25, 0.5, 1.0}) {
      const double low = std::max(info.min, -32'000.0), high = std::min(info.max, 32'000.0);
      const auto raw = static_cast<std::int64_t>((low + (high - low) * share) / info.scale);
      std::uint16_t words[2] = {};
      map->encode(tag, raw, words);
      EXPECT_EQ(map->decode(tag, words), raw) << info.name;
    }
  }
}

TEST(TagMap, PartsOfAnAreaAreTakenWhole) {
  const auto map = TagMap::load(kExample);
  ASSERT_TRUE(map.ok());
  PlcImage image;
  const core::TimePoint now{std::chrono::hours(1)};
  const std::vector<std::uint16_t> counters{0x2345, 0x0001, 0x86A0};  // the position is cut
  take_run(image, *map, Area::kInputRegister, 310, counters, now);
  EXPECT_EQ(image.at(Tag::kEncoderCounts).raw, 0x12345);
  EXPECT_EQ(image.at(Tag::kEncoderCounts).validity, Validity::kGood);
  EXPECT_EQ(image.at(Tag::kGantryPositionMm).validity, Validity::kUnread);
  EXPECT_EQ(image.at(Tag::kSpeedMmS).validity, Validity::kUnread);
  const std::vector<std::uint16_t> fast{5001, 1, 1, 1, 0};
  take_run(image, *map, Area::kInputRegister, 300, fast, now);
  EXPECT_EQ(image.at(Tag::kSpeedMmS).validity, Validity::kOutOfRange);
}

// Each change breaks the example in one place; the refusal names row and field.
TEST(TagMap, AWrongRowIsRefusedByRowAndField) {
  struct Row {
    const char* from;
    const char* to;
    const char* says;
  };
  const Row rows[] = {
      {"unit = 17", "unit = 0", "unit: 0 is outside 1 to 247"},
      {"tag = \"door_1_closed_a\"", "tag = \"door_9_closed_a\"",
       "discrete_input[4].tag: there is no tag \"door_9_closed_a\""},
      {"tag = \"door_1_closed_b\"", "tag = \"door_1_closed_a\"",
       "discrete_input[5].tag: \"door_1_closed_a\" has a row already"},
      {"tag = \"door_1_closed_b\"", "tag = \"speed_mm_s\"",
       "discrete_input[5].tag: \"speed_mm_s\" belongs under [[input_register]]"},
      {"address = 1017", "address = 1016",
       "discrete_input[5].address: 1016 is taken by \"door_1_closed_a\""},
      {"address = 1017", "address = 65536", "discrete_input[5].address: 65536 is outside"},
      {"address = 1017", "adress = 1017", "discrete_input[5].address: is missing"},
      {"type = \"i16\"", "type = \"f32\"", "input_register[0].type:"},
      {"scale = 0.1 ", "scale = 0 ", "input_register[6].scale:"},
      {"type = \"u16\"", "type = \"u16\"\nscale = 0.01", "holding_register[4].type: cannot hold"},
      {"address = 2001", "address = 2001\ninverted = true", ": inverted: unknown key"},
      {"address = 1016", "address = 1016\ninverted = true",
       "discrete_input[4].inverted: a tag of the interlock chain is never inverted"},
      {"unwired = [\"ups_on_battery\"]", "unwired = []", "tag \"ups_on_battery\" has no row"},
      {"unwired = [\"ups_on_battery\"]", "unwired = [\"key_on\", \"ups_on_battery\"]",
       "unwired: \"key_on\" has a row"},
      {"word_order = \"low_first\" ", "word_order = \"middle\" ", "word_order:"},
      {"address = 320", "address = 311", "input_register[7].address: 311 is taken by"},
  };
  for (const Row& row : rows) {
    std::string text = example_text();
    const std::size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    text.replace(at, std::string(row.from).size(), row.to);
    const auto map = TagMap::parse(text, "other.toml");
    ASSERT_FALSE(map.ok()) << row.to;
    EXPECT_NE(map.error().message.find(row.says), std::string::npos)
        << "wanted: " << row.says << "\n   got: " << map.error().message;
    EXPECT_TRUE(std::regex_search(map.error().message, std::regex("^other\\.toml:[0-9]+: ")))
        << map.error().message;
  }
  EXPECT_EQ(TagMap::load("config/plc/no-such.toml").error().code, core::ErrorCode::kNotFound);
}

TEST(TagMap, AChainTagThatIsNotWiredKeepsThePlcsDataUnfit) {
  std::string text = example_text();
  const std::string row = "[[discrete_input]]\ntag = \"search_complete\"\naddress = 1088\n";
  ASSERT_NE(text.find(row), std::string::npos);
  text.erase(text.find(row), row.size());
  const std::string list = "unwired = [\"ups_on_battery\"]";
  text.replace(text.find(list), list.size(), "unwired = [\"ups_on_battery\", \"search_complete\"]");
  const auto map = TagMap::parse(text, "other.toml");
  ASSERT_TRUE(map.ok()) << map.error().message;
  PlcImage image;
  const core::TimePoint now{std::chrono::hours(1)};
  for (TagReading& reading : image.tags) reading = {0, now, Validity::kGood};
  const PlcView all_wired(image, now, std::chrono::milliseconds(100));
  EXPECT_TRUE(plc_data_fresh(all_wired));
  for (std::size_t i = 0; i < kTagCount; ++i)
    if (!map->place(static_cast<Tag>(i)).wired) image.tags[i].validity = Validity::kUnwired;
  EXPECT_FALSE(plc_data_fresh(PlcView(image, now, std::chrono::milliseconds(100))));
}

}  // namespace
}  // namespace portcullis::plc
