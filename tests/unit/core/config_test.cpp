#include "core/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

using testing::HasSubstr;

TEST(ConfigReader, ReadsTypedValuesAndDefaults) {
  auto root =
      ConfigReader::parse("a = 3\nb = 2.5\nname = \"x\"\n[t]\nlist = [1, 2.5, 3]\n", "f.toml");
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root->integer("a", 0, {0, 10}), 3);
  EXPECT_DOUBLE_EQ(root->number("b", 0, {0, 10}), 2.5);
  EXPECT_EQ(root->text("name", ""), "x");
  EXPECT_EQ(root->integer("absent", 7, {0, 10}), 7);
  auto table = root->table("t");
  EXPECT_EQ(table.numbers("list", {}, 3, {0, 5}), (std::vector<double>{1, 2.5, 3}));
  EXPECT_TRUE(root->finish().ok());
}

TEST(ConfigReader, NamesFileLineAndKeyOfTheFirstProblem) {
  auto root = ConfigReader::parse("a = 3\n\nspeed = 9000\nb = \"no\"\n", "lane.toml");
  ASSERT_TRUE(root.ok());
  root->number("speed", 400, {1, 5000});
  root->number("b", 0, {0, 1});
  const auto status = root->finish();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "lane.toml:3: speed: 9000 is outside 1 to 5000");
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidConfig);
}

TEST(ConfigReader, RefusesUnknownKeysEvenInArraysOfTables) {
  auto root = ConfigReader::parse(
      "[[object]]\nname = \"a\"\n[[object]]\nname = \"b\"\ncolour = 1\n", "s.toml");
  ASSERT_TRUE(root.ok());
  for (auto& object : root->tables("object")) object.required_text("name");
  const auto status = root->finish();
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("s.toml:5: colour: unknown key"));
}

TEST(ConfigReader, SaysWhatIsMissingMistypedOrNotToml) {
  auto root = ConfigReader::parse("[source]\nport = \"abc\"\n", "c.toml");
  ASSERT_TRUE(root.ok());
  root->table("source").required_integer("port", {1, 65535});
  EXPECT_THAT(root->finish().error().message, HasSubstr("c.toml:2: source.port: is a text"));

  auto missing = ConfigReader::parse("x = 1\n", "c.toml");
  missing->required_text("host");
  EXPECT_THAT(missing->finish().error().message, HasSubstr("host: is missing"));

  auto broken = ConfigReader::parse("x = \n", "c.toml");
  ASSERT_FALSE(broken.ok());
  EXPECT_THAT(broken.error().message, HasSubstr("c.toml:1"));
  EXPECT_EQ(ConfigReader::load("/nonexistent/f.toml").error().code, ErrorCode::kNotFound);
}

TEST(ConfigReader, RefusesNotANumber) {
  auto root = ConfigReader::parse("v = nan\n", "c.toml");
  root->number("v", 0, {0, 1});
  EXPECT_FALSE(root->finish().ok());
}

}  // namespace
}  // namespace portcullis::core
