#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

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

  // A trailer with its container, and one alone; the declarations that their goods are under.
  const auto trailers = parse_message(
      "UNB+UNOA:2+HAULIER+TERMINAL+260104:0930+CP2'UNH+1+COPINO:D:95B:UN'BGM+661+APPT-6+9'"
      "TDT+1++3+31+++:146+B AB 123:146'NAD+CF+MSC'EQD+CN+CSQU3054383+45G1+++5'RFF+UCN:UCR-1'"
      "RFF+ABT:06DE586600006143E1'EQD+CH+TRL 9'EQD+TE+TRL 10'RFF+UCN:UCR-2'UNT+11+1'UNZ+1+CP2'",
      "copino");
  ASSERT_TRUE(trailers.ok()) << trailers.error().message;
  ASSERT_EQ(trailers->orders.size(), 2U);
  EXPECT_EQ(trailers->orders[0].container, "CSQU3054383");
  EXPECT_EQ(trailers->orders[0].chassis, "TRL 9");
  EXPECT_EQ(trailers->orders[0].ucr, "UCR-1");
  EXPECT_EQ(trailers->orders[0].mrn, "06DE586600006143E1");
  EXPECT_EQ(trailers->orders[1].container, "");
  EXPECT_EQ(trailers->orders[1].chassis, "TRL 10");
  EXPECT_EQ(trailers->orders[1].ucr, "UCR-2");

  const auto codeco = read_sample("CODECO");
  ASSERT_EQ(codeco.orders.size(), 2U);
  EXPECT_EQ(codeco.orders[0].state, OrderState::kArrived);
  EXPECT_EQ(codeco.orders[1].empty, true);

  const auto vermas = read_sample("VERMAS");
  ASSERT_EQ(vermas.orders.size(), 1U);
  EXPECT_EQ(vermas.orders[0].verified_mass_kg, 24150);
  EXPECT_FALSE(vermas.orders[0].gross_mass_kg);
}

// ISO 9735: a message's reference is its own in the interchange, or in its group.
TEST(Edifact, AReferenceThatIsGivenTwiceIsRefused) {
  const auto message = [](const char* reference) {
    return fmt::format("UNH+{0}+CUSRES:D:96B:UN'BGM+963+L1+9'UNT+3+{0}'", reference);
  };
  const std::string head = "UNB+UNOA:3+A+B+260101:0000+1'";
  EXPECT_TRUE(edifact::read_interchange(head + message("1") + message("2") + "UNZ+2+1'", "m").ok());
  const auto twice =
      edifact::read_interchange(head + message("1") + message("1") + "UNZ+2+1'", "m");
  ASSERT_FALSE(twice.ok());
  EXPECT_THAT(twice.error().message,
              HasSubstr("segment 5: UNH has the reference \"1\" of an earlier one"));
  const auto group = [&](const char* reference) {
    return fmt::format("UNG+CUSRES+A+B+260101:0000+{0}+UN+D:96B'{1}UNE+1+{0}'", reference,
                       message("1"));
  };
  EXPECT_TRUE(edifact::read_interchange(head + group("7") + group("8") + "UNZ+2+1'", "m").ok());
  EXPECT_FALSE(edifact::read_interchange(head + group("7") + group("7") + "UNZ+2+1'", "m").ok());
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

// The directories in use and both syntaxes: what a message says does not change with them.
TEST(Edifact, EveryDirectoryAndSyntaxSaysTheSame) {
  const auto replace_all = [](std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
    return text;
  };
  for (const char* what : {"GOVCBR answer", "CUSRES", "COPINO in a group", "CODECO", "VERMAS"}) {
    std::string bytes;
    for (const auto& sample : adapter_samples())
      if (sample.what == what) bytes = sample.bytes;
    const auto wanted = parse_message(bytes, "m");
    ASSERT_TRUE(wanted.ok()) << what;
    const auto directory = wanted->message.version.substr(2);
    for (const char* release : {"96B", "97B", "98B", "99B", "00B", "01B", "02B", "03B", "05B",
                                "07B", "10B", "13B", "16B", "18B"}) {
      for (const char* syntax : {":2+", ":3+", ":4+"}) {
        auto other = replace_all(bytes, ":D:" + directory + ":", fmt::format(":D:{}:", release));
        const auto at = other.find(other.find(":2+") < 10 ? ":2+" : ":3+");
        other.replace(at, 3, syntax);
        if (syntax[1] == '4') other = replace_all(other, "+260104:", "+20260104:");
        auto read = parse_message(other, "m");
        ASSERT_TRUE(read.ok()) << what << " " << release << syntax << read.error().message;
        EXPECT_EQ(read->message.version, fmt::format("D.{}", release));
        read->message.version = wanted->message.version;
        read->message.sent = wanted->message.sent;
        EXPECT_EQ(to_json(*read), to_json(*wanted)) << what << " " << release << syntax;
      }
    }
  }
}

// What later directories say by other segments and elements than D.96B (UNECE, D.18B).
TEST(Edifact, LaterDirectoriesSayItOtherwise) {
  const auto read = parse_message(
      "UNB+UNOC:4+SW+B+20260104:0930+L1'UNH+1+CUSRES:D:18B:UN'BGM+962+R1:1+11'GEI+5+5'"
      "RFF+ABE:LRN-7'UNT+5+1'UNZ+1+L1'",
      "m");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->notices.size(), 1U);
  EXPECT_EQ(read->notices[0].effect, Effect::kControl);
  EXPECT_EQ(read->notices[0].lrn, "LRN-7");
}

// A letter of each character set through the whole adapter, and one byte that stands in none.
TEST(Edifact, EveryCharacterSetReachesTheCase) {
  const struct {
    const char* level;
    const char* bytes;
    const char* utf8;
    const char* none;  ///< No letter of the set; null where every byte is one.
  } kSets[] = {
      {"UNOA", "A", "A", "\xc4"},
      {"UNOB", "a", "a", "\xe4"},
      {"UNOC", "\xe9", "\xc3\xa9", nullptr},
      {"UNOD", "\xbe", "\xc5\xbe", nullptr},
      {"UNOE", "\xd6", "\xd0\xb6", nullptr},
      {"UNOF", "\xd9", "\xce\xa9", "\xff"},
      {"UNOG", "\xa1", "\xc4\xa6", "\xa5"},
      {"UNOH", "\xb3", "\xc5\x97", nullptr},
      {"UNOI", "\xe3", "\xd9\x83", "\xa1"},
      {"UNOJ", "\xfa", "\xd7\xaa", "\xa1"},
      {"UNOK", "\xf0", "\xc4\x9f", nullptr},
      {"UNOW", "\xe6\xb8\xaf", "\xe6\xb8\xaf", "\xe6\xb8"},
      {"UNOY", "\xe6\xb8\xaf", "\xe6\xb8\xaf", "\xe6\xb8"},
  };
  for (const auto& set : kSets) {
    const auto message = [&](const char* bytes) {
      return fmt::format(
          "UNB+{}:3+A+B+260101:0000+1'UNH+1+CUSDEC:D:96B:UN'BGM+929+L1+9'NAD+IM+1++{}'UNT+4+1'"
          "UNZ+1+1'",
          set.level, bytes);
    };
    const auto read = parse_message(message(set.bytes), "m");
    ASSERT_TRUE(read.ok()) << set.level << ": " << read.error().message;
    EXPECT_EQ(read->declarations.at(0).consignee, fmt::format("{} (1)", set.utf8)) << set.level;
    if (set.none == nullptr) continue;
    const auto wrong = parse_message(message(set.none), "m");
    ASSERT_FALSE(wrong.ok()) << set.level;
    EXPECT_THAT(wrong.error().message, HasSubstr("byte 74: not ")) << set.level;
  }
  EXPECT_THAT(parse_message("UNB+UNOX:3+A+B+260101:0000+1'", "m").error().message,
              HasSubstr("character set \"UNOX\" is not read"));
}

// Ten megabytes in one segment are refused, at once.
TEST(Edifact, AHugeSegmentIsRefused) {
  std::string huge;
  huge.resize(9'900'000, 'x');
  const auto read = parse_message(
      "UNB+UNOC:3+A+B+260101:0000+1'UNH+1+CUSRES:D:96B:UN'FTX+" + huge + "'UNT+3+1'UNZ+1+1'", "m");
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.error().message, HasSubstr("segment 3: longer than 65536 bytes"));
}

}  // namespace
}  // namespace portcullis::customs
