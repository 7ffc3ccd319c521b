#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/files.h"
#include "customs/adapters/edifact/edifact.h"
#include "customs/adapters/parse.h"
#include "tests/unit/customs/adapters/adapter_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Case read_sample(const std::string& what) {
  for (const auto& sample : adapter_samples()) {
    if (sample.what != what) continue;
    auto read = parse_message(sample.bytes, "m.edi");
    EXPECT_TRUE(read.ok()) << read.error().message;
    return read.ok() ? *read : Case{};
  }
  ADD_FAILURE() << what;
  return {};
}

// Expected values were read in the file with an editor.
TEST(Edifact, APublishedManifestWithADamagedHeader) {
  const auto c = read_sample("CUSCAR");
  EXPECT_EQ(c.message.name, "CUSCAR");
  EXPECT_EQ(c.message.sender, "MSC");
  EXPECT_EQ(c.message.basis, "published sample");
  ASSERT_TRUE(c.manifest);
  EXPECT_EQ(c.manifest->reference, "201701191AB652");
  EXPECT_EQ(c.manifest->voyage, "AB652A");
  EXPECT_EQ(c.manifest->vessel, "MSC SENA");
  EXPECT_EQ(c.manifest->discharge, "EGEDK");
  EXPECT_EQ(c.manifest->arrival, "1701290000");
  ASSERT_EQ(c.declarations.size(), 3U);  // Two bills of the first consignment, one of the second.
  EXPECT_EQ(c.declarations[0].lrn, "MSCUDB592345");
  EXPECT_EQ(c.declarations[1].lrn, "MSCUDF421004");
  EXPECT_EQ(c.declarations[2].lrn, "MSCUEK569969");
  EXPECT_EQ(c.declarations[0].consignor.substr(0, 17), "LAKELAND DAIRIES,");
  EXPECT_EQ(c.declarations[1].consignee, "MONDELEZ EGYPT FOODS SAE");
  ASSERT_EQ(c.declarations[0].items.size(), 2U);
  EXPECT_EQ(c.declarations[0].items[0].packages, 560);
  EXPECT_EQ(c.declarations[0].items[0].package_kind, "BG");
  EXPECT_EQ(c.declarations[0].items[0].gross_mass_kg, 14182.0);
  EXPECT_THAT(c.declarations[0].items[0].containers, ElementsAre("FCIU5956299"));
  EXPECT_THAT(c.declarations[0].items[0].description, HasSubstr("NO OF BAGS:1440"));
  // "TON" is no unit of Recommendation 20: which ton was meant is not for us to say.
  EXPECT_FALSE(c.declarations[0].items[1].gross_mass_kg);
  EXPECT_THAT(c.declarations[0].items[1].containers, ElementsAre("TCLU5546482"));
  EXPECT_EQ(c.declarations[2].items.at(0).gross_mass_kg, 14259.6);
  bool unit = false;
  bool header = false;
  for (const auto& r : c.remarks) {
    unit = unit || (r.kind == "unit" && r.value == "TON");
    header = header || (r.kind == "header" && r.value == "201701191AB652+") ||
             (r.kind == "header" && r.reason.find("message type is missing") != std::string::npos);
  }
  EXPECT_TRUE(unit);
  EXPECT_TRUE(header);
}

TEST(Edifact, AMessageThatWasCutShortIsRefused) {
  const auto read = parse_message_file("tests/data/customs/edifact/ifcsum-d01b.edi");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("UNT says 787 segments, 27 stand there"));
  const auto counted_wrongly = parse_message_file("tests/data/customs/edifact/cuscar-d95b.edi");
  ASSERT_FALSE(counted_wrongly.ok());
  EXPECT_THAT(counted_wrongly.error().message, HasSubstr("UNT says 53 segments, 52 stand there"));
}

TEST(Edifact, ADeclarationInSyntaxFour) {
  const auto c = read_sample("CUSDEC");
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "LRN-77");
  EXPECT_EQ(d.procedure, "import");
  EXPECT_EQ(d.ucr, "UCR-9");
  EXPECT_EQ(d.origin_country, "CN");
  EXPECT_EQ(d.destination_country, "DE");
  EXPECT_EQ(d.consignor, "SHANGHAI TOYS LTD (EX1)");
  EXPECT_EQ(d.consignee, "M\xc3\x9cLLER GMBH (DE123)");
  EXPECT_EQ(d.declarant, "BROKER + CO (DE999)");
  EXPECT_EQ(d.vehicle_plate, "B AB 123");
  EXPECT_EQ(d.gross_mass_kg, 2150.5);
  ASSERT_EQ(d.containers.size(), 1U);
  EXPECT_EQ(d.containers[0].iso_type, "45G1");
  EXPECT_EQ(d.containers[0].empty, false);
  EXPECT_THAT(d.containers[0].seals, ElementsAre("S1"));
  ASSERT_EQ(d.items.size(), 1U);
  EXPECT_EQ(d.items[0].hs_code, "9503009990");
  EXPECT_EQ(d.items[0].description, "PLASTIC TOYS PAINTED");
  EXPECT_EQ(d.items[0].packages, 120);
  EXPECT_EQ(d.items[0].net_mass_kg, 1900);
  EXPECT_THAT(d.items[0].containers, ElementsAre("CSQU3054383"));
  EXPECT_EQ(c.details.at(0).items.at(0).value, 5400);
  EXPECT_EQ(c.details.at(0).items.at(0).currency, "USD");
  EXPECT_EQ(c.details.at(0).items.at(0).origin_country, "CN");
}

TEST(Edifact, ControlsAndOrders) {
  const auto answer = read_sample("GOVCBR answer");
  ASSERT_EQ(answer.notices.size(), 3U);  // 7365, 9417 and 9353.
  EXPECT_EQ(answer.notices[0].effect, Effect::kControl);
  EXPECT_EQ(answer.notices[1].text, "Inspection");
  EXPECT_EQ(answer.notices[2].code, "5");
  EXPECT_EQ(answer.notices[2].container, "CSQU3054383");
  ASSERT_TRUE(answer.selection);
  EXPECT_EQ(answer.selection->channel, Channel::kRed);

  const auto copino = read_sample("COPINO in a group");
  ASSERT_EQ(copino.orders.size(), 1U);
  EXPECT_EQ(copino.orders[0].state, OrderState::kPlanned);
  EXPECT_EQ(copino.orders[0].reference, "BK-1");
  EXPECT_EQ(copino.orders[0].plate, "B AB 123");
  EXPECT_EQ(copino.orders[0].driver, "JANE DOE");
  EXPECT_EQ(copino.orders[0].planned, "202601041400");
  EXPECT_EQ(copino.orders[0].gross_mass_kg, 21000);
  EXPECT_THAT(copino.orders[0].seals, ElementsAre("S9"));

  const auto codeco = read_sample("CODECO");
  ASSERT_EQ(codeco.orders.size(), 2U);
  EXPECT_EQ(codeco.orders[0].state, OrderState::kArrived);
  EXPECT_EQ(codeco.orders[1].empty, true);

  const auto vermas = read_sample("VERMAS");
  ASSERT_EQ(vermas.orders.size(), 1U);
  EXPECT_EQ(vermas.orders[0].verified_mass_kg, 24150);
  EXPECT_FALSE(vermas.orders[0].gross_mass_kg);
}

// ISO 9735's character sets: one letter of each where it differs from ASCII, by its chart.
TEST(Edifact, CharacterSets) {
  const struct {
    const char* level;
    const char* byte;
    const char* utf8;
  } kLetters[] = {
      {"UNOC", "\xfc", "\xc3\xbc"}, {"UNOD", "\xb3", "\xc5\x82"},
      {"UNOE", "\xb6", "\xd0\x96"}, {"UNOF", "\xe1", "\xce\xb1"},
      {"UNOG", "\xe6", "\xc4\x89"}, {"UNOH", "\xe0", "\xc4\x81"},
      {"UNOI", "\xc7", "\xd8\xa7"}, {"UNOJ", "\xe0", "\xd7\x90"},
      {"UNOK", "\xfd", "\xc4\xb1"}, {"UNOY", "\xe2\x82\xac", "\xe2\x82\xac"},
  };
  for (const auto& letter : kLetters) {
    const std::string head = std::string("UNB+") + letter.level + ":3+A+B+260101:0000+1'";
    const auto read = edifact::read_interchange(
        head + "UNH+1+CUSRES:D:96B:UN'FTX+AAI+++" + letter.byte + "'UNT+3+1'UNZ+1+1'", "m");
    ASSERT_TRUE(read.ok()) << letter.level << ": " << read.error().message;
    EXPECT_EQ(read->messages.at(0).segments.at(0).at(3), letter.utf8) << letter.level;
  }
  const auto wrong = edifact::read_interchange("UNB+UNOA:3+A+B+260101:0000+\xfc'", "m");
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().message, HasSubstr("byte 27: not US-ASCII"));
}

TEST(Edifact, ReleaseCharactersRepetitionsAndOtherSeparators) {
  const auto read = edifact::read_interchange(
      "UNA|!,\\*~UNB!UNOW|4!A!B!260101|0000!1~\nUNH!1!CUSRES|D|96B|UN~\nFTX!AA\\!I*BB!x\\~y|\\\\~\n"
      "UNT!3!1~UNZ!1!1~\n",
      "m");
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& s = read->messages.at(0).segments.at(0);
  EXPECT_EQ(s.at(0), "AA!I");
  ASSERT_EQ(s.repeats.size(), 1U);
  EXPECT_THAT(s.repeats[0].components, ElementsAre("BB"));
  EXPECT_EQ(s.at(1, 0), "x~y");
  EXPECT_EQ(s.at(1, 1), "\\");
  EXPECT_FALSE(edifact::read_interchange("UNA::.? 'UNB:UNOA:1:A:B:1:1:", "m").ok());
  EXPECT_FALSE(edifact::read_interchange("UNA:+", "m").ok());
}

// Ten megabytes in one segment are refused, at once.
TEST(Edifact, AHugeSegmentIsRefused) {
  const auto read = parse_message("UNB+UNOC:3+A+B+260101:0000+1'UNH+1+CUSRES:D:96B:UN'FTX+" +
                                      std::string(9'900'000, 'x') + "'UNT+3+1'UNZ+1+1'",
                                  "m");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("segment 3: longer than 65536 bytes"));
}

}  // namespace
}  // namespace portcullis::customs
