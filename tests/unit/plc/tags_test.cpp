#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/child_process.h"
#include "core/files.h"
#include "plc/tags/tags.h"
#include "plc/tags/words.h"
#include "tests/support/environment.h"

namespace portcullis::plc {
namespace {

// Addresses counted by hand in the table's order; 32-bit values take two registers.
TEST(Tags, StandWhereTheTableSays) {
  struct Row {
    Tag tag;
    std::string_view name;
    Area area;
    int address;
    int words;
    bool writable;
  };
  const Row rows[] = {
      {Tag::kEstopChainHealthy, "estop_chain_healthy", Area::kDiscreteInput, 0, 1, false},
      {Tag::kDoor1ClosedA, "door_1_closed_a", Area::kDiscreteInput, 4, 1, false},
      {Tag::kCurtain4ClearB, "curtain_4_clear_b", Area::kDiscreteInput, 19, 1, false},
      {Tag::kKeyOn, "key_on", Area::kDiscreteInput, 23, 1, false},
      {Tag::kSimulated, "simulated", Area::kDiscreteInput, 49, 1, false},
      {Tag::kSpeedMmS, "speed_mm_s", Area::kInputRegister, 0, 2, false},
      {Tag::kEncoderCounts, "encoder_counts", Area::kInputRegister, 2, 2, false},
      {Tag::kGantryPositionMm, "gantry_position_mm", Area::kInputRegister, 4, 2, false},
      {Tag::kPlcHeartbeat, "plc_heartbeat", Area::kInputRegister, 8, 1, false},
      {Tag::kFirstOutTimeMs, "first_out_time_ms", Area::kInputRegister, 12, 2, false},
      {Tag::kPlcMode, "plc_mode", Area::kInputRegister, 14, 1, false},
      {Tag::kRequestBeamPermit, "request_beam_permit", Area::kCoil, 0, 1, true},
      {Tag::kFaultReset, "fault_reset", Area::kCoil, 11, 1, true},
      {Tag::kBaysOccupied, "bays_occupied", Area::kInputRegister, 15, 1, false},
      {Tag::kBaysFree, "bays_free", Area::kInputRegister, 16, 1, false},
      {Tag::kBaysExitOpen, "bays_exit_open", Area::kHoldingRegister, 8, 1, true},
      {Tag::kBaysToEntry, "bays_to_entry", Area::kHoldingRegister, 9, 1, true},
      {Tag::kLaneHeartbeat, "lane_heartbeat", Area::kHoldingRegister, 0, 1, true},
      {Tag::kTargetSpeedMmS, "target_speed_mm_s", Area::kHoldingRegister, 2, 2, true},
      {Tag::kDriverPanelMessage, "driver_panel_message", Area::kHoldingRegister, 7, 1, true},
  };
  for (const Row& row : rows) {
    const TagInfo& info = tag_info(row.tag);
    EXPECT_EQ(info.name, row.name);
    EXPECT_EQ(info.area, row.area) << row.name;
    EXPECT_EQ(info.address, row.address) << row.name;
    EXPECT_EQ(info.words, row.words) << row.name;
    EXPECT_EQ(info.writable, row.writable) << row.name;
    EXPECT_EQ(find_tag(row.name), row.tag);
  }
  EXPECT_EQ(find_tag("no_such_tag"), std::nullopt);
  EXPECT_EQ(kAreaSize, (std::array<std::uint16_t, 4>{50, 17, 12, 10}));
  EXPECT_EQ(kModbusUnit, 1);
  EXPECT_DOUBLE_EQ(tag_info(Tag::kWindSpeedDmS).scale, 0.1);
  EXPECT_EQ(tag_info(Tag::kWatchdogMs).min, 100);
  EXPECT_EQ(tag_info(Tag::kWatchdogMs).max, 500);
}

TEST(Tags, NoSafetyTagIsWritableAndAreasHaveNoHoles) {
  std::array<int, kAreaCount> next{};
  for (const TagInfo& info : tag_table()) {
    const bool input = info.area == Area::kDiscreteInput || info.area == Area::kInputRegister;
    EXPECT_FALSE(info.writable && (input || info.safety != SafetyClass::kNone)) << info.name;
    int& address = next[static_cast<std::size_t>(info.area)];
    EXPECT_EQ(info.address, address) << info.name;
    address += info.words;
  }
}

TEST(Tags, PageIsUpToDate) {
  const char* fresh = std::getenv("PORTCULLIS_TAGS_PAGE");
  ASSERT_NE(fresh, nullptr) << "run by ctest";
  const auto generated = core::read_file(fresh, 1 << 20);
  const auto checked_in = core::read_file("docs/plc_tags.md", 1 << 20);
  ASSERT_TRUE(generated.ok()) << generated.error().message;
  ASSERT_TRUE(checked_in.ok()) << checked_in.error().message;
  EXPECT_EQ(*checked_in, *generated) << "copy " << fresh << " to docs/plc_tags.md";
}

TEST(Words, HighWordComesFirst) {
  // 400 mm/s is 0x00000190, -400 is 0xFFFFFE70: by hand.
  std::array<std::uint16_t, 2> words{};
  encode_words(TagType::kI32, 400, words);
  EXPECT_EQ(words, (std::array<std::uint16_t, 2>{0x0000, 0x0190}));
  encode_words(TagType::kI32, -400, words);
  EXPECT_EQ(words, (std::array<std::uint16_t, 2>{0xFFFF, 0xFE70}));
  const std::array<std::uint16_t, 2> position{0x0001, 0x86A0};  // 100,000
  EXPECT_EQ(decode_words(TagType::kI32, position), 100'000);
  EXPECT_EQ(decode_words(TagType::kU32, std::array<std::uint16_t, 2>{0xFFFF, 0xFFFF}),
            4'294'967'295);
  EXPECT_EQ(decode_words(TagType::kI32, std::array<std::uint16_t, 2>{0x8000, 0x0000}),
            -2'147'483'648LL);
  EXPECT_EQ(decode_words(TagType::kI16, std::array<std::uint16_t, 1>{0xFFFE}), -2);
  EXPECT_EQ(decode_words(TagType::kU16, std::array<std::uint16_t, 1>{0xFFFE}), 65'534);
}

TEST(Words, EveryTypeComesBackAtItsBounds) {
  struct Row {
    TagType type;
    std::int64_t min, max;
  };
  for (const Row row : {Row{TagType::kBit, 0, 1}, Row{TagType::kU16, 0, 65'535},
                        Row{TagType::kI16, -32'768, 32'767}, Row{TagType::kU32, 0, 4'294'967'295},
                        Row{TagType::kI32, -2'147'483'648LL, 2'147'483'647}}) {
    for (const std::int64_t value :
         {row.min, row.min + 1, (row.min + row.max) / 2, row.max - 1, row.max}) {
      std::array<std::uint16_t, 2> words{};
      encode_words(row.type, value, words);
      EXPECT_EQ(decode_words(row.type, words), value);
    }
    EXPECT_FALSE(raw_fits(row.type, row.min - 1));
    EXPECT_FALSE(raw_fits(row.type, row.max + 1));
  }
}

// ---- the generator's refusals -----------------------------------------------------------------

constexpr std::string_view kGoodTable = R"(map = "t"
unit = 1
word_order = "high_first"
[[discrete_input]]
name = "a"
text = "A"
safety = "chain"
[[holding_register]]
name = "b"
text = "B"
type = "u16"
unit = "ms"
scale = 1
min = 0
max = 9
safety = "none"
access = "write"
)";

/// Exit code and message of the generator on a table.
std::pair<int, std::string> generate(std::string_view table) {
  const std::filesystem::path out =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "plc_generate" / testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::remove_all(out);
  std::filesystem::create_directories(out);
  std::ofstream(out / "table.toml") << table;
  auto child = core::ChildProcess::start(
      {.program = "python3",
       .arguments = {"plc/tags/generate.py", "--table", (out / "table.toml").string(), "--out",
                     (out / "made").string()},
       .environment = {},
       .output = out / "log"});
  if (!child.ok()) return {-1, child.error().message};
  const auto exit = child->wait(std::chrono::seconds(20));
  const auto log = core::read_file(out / "log", 1 << 16);
  const bool refused = exit && exit->code != 0;
  EXPECT_FALSE(refused && std::filesystem::exists(out / "made"))
      << "a refused table leaves nothing";
  return {exit ? exit->code : -1, log.ok() ? *log : ""};
}

TEST(TagGenerator, AGoodTableIsTaken) {
  const auto [code, message] = generate(kGoodTable);
  EXPECT_EQ(code, 0) << message;
}

TEST(TagGenerator, AWrongRowIsNamed) {
  struct Row {
    std::string_view from, to, message;
  };
  const Row rows[] = {
      {"unit = 1\n", "unit = 0\n", "unit: must be an integer from 1 to 247"},
      {"\"high_first\"", "\"low_first\"", "word_order"},
      {"safety = \"chain\"", "safety = \"high\"", "discrete_input[0] (a): safety"},
      {"safety = \"chain\"", "safety = \"chain\"\naccess = \"write\"",
       "discrete_input[0] (a): access: discrete_input cannot be written"},
      {"safety = \"none\"\naccess", "safety = \"status\"\naccess",
       "holding_register[0] (b): access: a tag of the safety classes"},
      {"type = \"u16\"", "type = \"u64\"", "holding_register[0] (b): type"},
      {"max = 9", "max = 70000", "holding_register[0] (b): max: outside"},
      {"min = 0", "min = 9", "holding_register[0] (b): max: must be greater"},
      {"scale = 1", "scale = 0", "holding_register[0] (b): scale"},
      {"name = \"b\"", "name = \"a\"",
       "holding_register[0] (a): name: already used by discrete_input[0]"},
      {"name = \"b\"", "name = \"B-1\"", "holding_register[0]: name"},
      {"text = \"B\"", "text = \"B\"\ncolour = 1",
       "holding_register[0] (b): colour: unknown field"},
      {"map = \"t\"", "map = \"t\"\nspeed = 1", "speed: unknown key"},
      {"unit = 1\n", "", "unit: missing"},
      {"[[holding_register]]", "[[holding_register", "not TOML"},
  };
  for (const Row& row : rows) {
    std::string table(kGoodTable);
    const auto at = table.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.from;
    table.replace(at, row.from.size(), row.to);
    const auto [code, message] = generate(table);
    EXPECT_EQ(code, 2) << row.to;
    EXPECT_NE(message.find(row.message), std::string::npos)
        << message << " should say " << row.message;
  }
}

}  // namespace
}  // namespace portcullis::plc
