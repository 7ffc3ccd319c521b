#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "firmware_bridge/codec/camera_line.h"
#include "firmware_bridge/codec/line_splitter.h"
#include "firmware_bridge/codec/portal_line.h"
#include "firmware_bridge/codec/scpi.h"

namespace portcullis::firmware_bridge {
namespace {

TEST(LineSplitter, CutsAtLfAndDropsOneCr) {
  LineSplitter splitter(10);
  splitter.push("ab\ncd\r\n\nef");
  EXPECT_EQ(splitter.next(), "ab");
  EXPECT_EQ(splitter.next(), "cd");
  EXPECT_EQ(splitter.next(), "");
  EXPECT_EQ(splitter.next(), std::nullopt);
  splitter.push("g\n");
  EXPECT_EQ(splitter.next(), "efg");
}

TEST(LineSplitter, AnOverlongLineIsDroppedAndTheNextIsWhole) {
  LineSplitter splitter(4);
  splitter.push("1234\n12345\nok\n");
  EXPECT_EQ(splitter.next(), "1234");
  EXPECT_EQ(splitter.next(), "ok");
  EXPECT_EQ(splitter.overlong(), 1U);
  for (int i = 0; i < 1000; ++i) {
    splitter.push("xxxxxxxxxx");
    EXPECT_EQ(splitter.next(), std::nullopt);
  }
  splitter.push("x\nback\n");
  EXPECT_EQ(splitter.next(), "back");
  EXPECT_EQ(splitter.overlong(), 2U);
}

TEST(Scpi, ReadsUnitsParametersAndQueries) {
  const ScpiMessage m = parse_scpi(":sour:ener 6.0, 4.0 ; BEAM:STAT?;HB 17");
  ASSERT_FALSE(m.error);
  ASSERT_EQ(m.units.size(), 3U);
  EXPECT_TRUE(m.units[0].is("SOURce:ENERgy"));
  EXPECT_EQ(m.units[0].parameters, (std::vector<std::string>{"6.0", "4.0"}));
  EXPECT_TRUE(m.units[1].query);
  EXPECT_EQ(m.units[1].header, "BEAM:STAT");
  EXPECT_EQ(m.units[2].parameters.at(0), "17");
}

TEST(Scpi, ShortAndLongFormsAndNothingBetween) {
  const auto is = [](std::string_view text, std::string_view pattern) {
    return parse_scpi(text).units.at(0).is(pattern);
  };
  EXPECT_TRUE(is("SOURCE:ENER", "SOURce:ENERgy"));
  EXPECT_TRUE(is("SOUR:ENERGY", "SOURce:ENERgy"));
  EXPECT_FALSE(is("SOURC:ENER", "SOURce:ENERgy"));
  EXPECT_FALSE(is("SOUR", "SOURce:ENERgy"));
  EXPECT_FALSE(is("SOUR:ENER:X", "SOURce:ENERgy"));
  EXPECT_TRUE(is("*IDN?", "*IDN"));
}

TEST(Scpi, MalformedInputIsAnErrorForTheQueueAndWhatCameBeforeStands) {
  for (const char* text : {"?", "*", ":", "A:", "A::B", "A B,,C", "A \"open", "DET:ARM!", ";",
                           "A;;B", "\x01", "A\x80", "A?B"}) {
    const ScpiMessage m = parse_scpi(text);
    EXPECT_TRUE(m.error.has_value()) << text;
    EXPECT_LT(m.error->number, 0);
  }
  const ScpiMessage m = parse_scpi("HB 1;A,,B");
  EXPECT_EQ(m.units.size(), 1U);
  EXPECT_TRUE(m.error);
  EXPECT_FALSE(parse_scpi("").error);
  EXPECT_FALSE(parse_scpi("  ").error);
}

TEST(Scpi, Numbers) {
  EXPECT_EQ(parse_scpi_number("6.0"), 6.0);
  EXPECT_EQ(parse_scpi_number("+4E-1"), 0.4);
  EXPECT_EQ(parse_scpi_number(" -.5 "), -0.5);
  for (const char* text :
       {"", "nan", "inf", "-inf", "1 2", "0x10", "1e999", "+-1", "--1", "6.0V"}) {
    EXPECT_FALSE(parse_scpi_number(text)) << text;
  }
  EXPECT_EQ(parse_scpi_integer("+12"), 12);
  EXPECT_FALSE(parse_scpi_integer("12.0"));
  EXPECT_FALSE(parse_scpi_integer("99999999999999999999"));
  EXPECT_FALSE(parse_scpi_integer("+-5"));
  EXPECT_EQ(parse_scpi_boolean("on"), true);
  EXPECT_EQ(parse_scpi_boolean("0"), false);
  EXPECT_FALSE(parse_scpi_boolean("yes"));
  EXPECT_EQ(format_scpi_number(6.0), "6");
  EXPECT_EQ(format_scpi_number(0.1), "0.1");
}

TEST(Scpi, ErrorsAndIdentity) {
  EXPECT_EQ(format_scpi_error({-113, "Undefined header"}), "-113,\"Undefined header\"");
  const auto error = parse_scpi_error("-221,\"Settings conflict; \"\"permit\"\" open, wait\"");
  ASSERT_TRUE(error.ok());
  EXPECT_EQ(error->number, -221);
  EXPECT_EQ(error->text, "Settings conflict; \"permit\" open, wait");
  EXPECT_FALSE(parse_scpi_error("hello").ok());
  EXPECT_FALSE(parse_scpi_error("0").ok());
  const auto identity = parse_scpi_identity("Acme, SIM-LINAC ,17,1.2");
  ASSERT_TRUE(identity.ok());
  EXPECT_TRUE(identity->simulated);
  EXPECT_FALSE(parse_scpi_identity("Acme,LINAC-6,17,1.2")->simulated);
  EXPECT_FALSE(parse_scpi_identity("Acme,LINAC").ok());
}

TEST(Scpi, TheErrorQueueIsBoundedAndSaysSo) {
  ScpiErrorQueue queue(2);
  EXPECT_EQ(queue.pop().number, 0);
  queue.push(scpi_error::kUndefinedHeader);
  queue.push(scpi_error::kSyntax);
  queue.push(scpi_error::kSyntax);
  EXPECT_EQ(queue.pop().number, -113);
  EXPECT_EQ(queue.pop().number, -350);
  EXPECT_EQ(queue.pop(), (ScpiError{0, "No error"}));
}

TEST(PortalLine, ReadsTheLinesOfSuchPortals) {
  const auto gb = parse_portal_line("GB,000256,000251,000249,000250");
  ASSERT_TRUE(gb.ok());
  EXPECT_EQ(gb->tag, PortalTag::kGB);
  EXPECT_EQ(gb->counts, (std::array<std::uint32_t, 4>{256, 251, 249, 250}));
  EXPECT_EQ(gb->count_sum(), 1006U);
  const auto sp = parse_portal_line("SP,0.2249,03.032,004.88,000000");
  ASSERT_TRUE(sp.ok());
  EXPECT_DOUBLE_EQ(sp->seconds_per_foot, 0.2249);
  EXPECT_DOUBLE_EQ(sp->miles_per_hour, 3.032);
  EXPECT_DOUBLE_EQ(sp->km_per_hour, 4.88);
  const auto gx = parse_portal_line("GX,000123,004741,000000,000000");
  ASSERT_TRUE(gx.ok());
  EXPECT_EQ(gx->counts[0], 123U);
  EXPECT_EQ(gx->counts[1], 4741U);
  const auto setting = parse_portal_line("SG1,000000,0007.0,000000");
  ASSERT_TRUE(setting.ok());
  EXPECT_EQ(setting->tag, PortalTag::kSG1);
  EXPECT_EQ(setting->fields.at(1), "0007.0");
  EXPECT_EQ(parse_portal_line("TT")->tag, PortalTag::kTT);
  EXPECT_EQ(parse_portal_line("TC,000000,000000,000000,000000")->tag, PortalTag::kTC);
  const auto unknown = parse_portal_line("ZZ,1,2");
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->tag, PortalTag::kUnknown);
  EXPECT_EQ(unknown->text, "ZZ,1,2");
}

TEST(PortalLine, RefusesWhatACountLineMayNotBe) {
  for (const char* text :
       {"", "GB", "GB,1,2,3,4", "GB,000256,000251,000249", "GB,000256,000251,000249,000250,000000",
        "GS,00025a,000251,000249,000250", "GS,-00256,000251,000249,000250", "SP,fast,1,1,1", "SP,1",
        "G\tB"}) {
    EXPECT_FALSE(parse_portal_line(text).ok()) << text;
  }
  EXPECT_FALSE(parse_portal_line(std::string(200, 'Z')).ok());
}

TEST(PortalLine, WritesThem) {
  EXPECT_EQ(format_portal_counts(PortalTag::kGB, {256, 251, 249, 250}),
            "GB,000256,000251,000249,000250");
  EXPECT_EQ(format_portal_counts(PortalTag::kGS, {1'000'000, 0, 0, 0}),
            "GS,999999,000000,000000,000000");
  EXPECT_EQ(format_portal_occupancy_end(123, 4.741), "GX,000123,004741,000000,000000");
  // 0.3048 m in 0.2249 s is 1.3553 m/s, 3.032 mph, 4.88 km/h.
  EXPECT_EQ(format_portal_speed(0.3048 / 0.2249), "SP,0.2249,03.032,004.88,000000");
}

TEST(CameraLine, ReadsAReading) {
  const auto r = parse_camera_line(
      R"({"t_ns":1767225600000000000,"camera":"entry","kind":"plate","text":"AB123CD","confidence":0.97,"image":""})");
  ASSERT_TRUE(r.ok()) << r.error().message;
  EXPECT_EQ(r->t_ns, 1'767'225'600'000'000'000);
  EXPECT_EQ(r->camera, "entry");
  EXPECT_EQ(r->kind, "plate");
  EXPECT_EQ(r->text, "AB123CD");
  EXPECT_DOUBLE_EQ(r->confidence, 0.97);
  EXPECT_EQ(
      format_camera_line(*r),
      R"({"t_ns":1767225600000000000,"camera":"entry","kind":"plate","text":"AB123CD","confidence":0.97,"image":""})");
}

TEST(CameraLine, RefusesEverythingElseAndNamesTheKey) {
  const std::string good =
      R"({"t_ns":1,"camera":"c","kind":"plate","text":"X","confidence":1,"image":""})";
  ASSERT_TRUE(parse_camera_line(good).ok());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return parse_camera_line(text);
  };
  EXPECT_NE(with("\"t_ns\":1", "\"t_ns\":-1").error().message.find("t_ns"), std::string::npos);
  EXPECT_FALSE(with("\"t_ns\":1", "\"t_ns\":1.5").ok());
  EXPECT_FALSE(with("\"t_ns\":1", "\"t_ns\":1,\"t_ns\":2").ok());
  EXPECT_FALSE(with("\"t_ns\":1", "\"t_ns\":1,\"more\":2").ok());
  EXPECT_NE(with("\"confidence\":1", "\"confidence\":1.1").error().message.find("confidence"),
            std::string::npos);
  EXPECT_FALSE(with("\"confidence\":1", "\"confidence\":\"1\"").ok());
  EXPECT_FALSE(with("\"text\":\"X\"", "\"text\":[[[[]]]]").ok());
  EXPECT_FALSE(with("\"text\":\"X\"", "\"text\":\"\\u0007\"").ok());
  EXPECT_FALSE(with("\"text\":\"X\"", "\"text\":\"\xC3\"").ok());
  EXPECT_FALSE(with("\"text\":\"X\"", "\"text\":\"" + std::string(300, 'X') + "\"").ok());
  EXPECT_FALSE(with("\"camera\":\"c\"", "\"camera\":\"\"").ok());
  EXPECT_FALSE(with(",\"image\":\"\"", "").ok());
  EXPECT_FALSE(parse_camera_line("").ok());
  EXPECT_FALSE(parse_camera_line("[1]").ok());
  EXPECT_FALSE(parse_camera_line("{").ok());
  EXPECT_FALSE(parse_camera_line(std::string(20'000, ' ')).ok());
}

}  // namespace
}  // namespace portcullis::firmware_bridge
