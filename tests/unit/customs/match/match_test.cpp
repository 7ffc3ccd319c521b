#include "customs/match/match.h"
#include "customs/match/choice.h"
#include "customs/match/verified_mass.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis {
namespace {

using core::CheckOutcome;
using testing::HasSubstr;

core::ContainerObservation seen(double kg, std::string number = "CSQU3054383") {
  core::ContainerObservation c;
  c.number = std::move(number);
  c.bbox_px = {10, 20, 300, 120};
  c.load_mass_kg = kg;
  c.load_mass_low_kg = 0.93 * kg;
  c.load_mass_high_kg = 1.07 * kg;
  c.fill = kg / 20'000;
  c.empty = kg < 200;
  return c;
}

core::DeclaredItem item(double kg, std::vector<std::string> containers = {}) {
  core::DeclaredItem i;
  i.number = 1;
  i.hs_code = "480256";
  i.gross_mass_kg = kg;
  i.containers = std::move(containers);
  return i;
}

core::Declaration declaration(std::vector<core::DeclaredItem> items,
                              const std::vector<std::string>& containers = {"CSQU3054383"}) {
  core::Declaration d;
  d.mrn = "06DE586600006143E1";
  d.items = std::move(items);
  for (const auto& number : containers) {
    core::DeclaredContainer c;
    c.number = number;
    d.containers.push_back(c);
  }
  return d;
}

const core::Check& check(const customs::MatchResult& result, std::string_view name) {
  for (const auto& c : result.checks) {
    if (c.name == name) return c;
  }
  ADD_FAILURE() << "no check " << name;
  return result.checks.front();
}

customs::MatchResult match(std::vector<core::ContainerObservation> containers,
                           std::vector<core::Declaration> declarations) {
  auto result = customs::match(containers, declarations);
  EXPECT_EQ(result.checks.size(), 5U);
  for (const auto& c : result.checks) {
    EXPECT_FALSE(c.text.empty()) << c.name;
    EXPECT_EQ(c.text.back(), '.') << c.text;
    EXPECT_FALSE(c.seen.empty()) << c.name;
    EXPECT_FALSE(c.expected.empty()) << c.name;
  }
  return result;
}

TEST(Match, AgreesWithWhatIsDeclared) {
  const auto result = match({seen(10'000)}, {declaration({item(6'000), item(4'300)})});
  EXPECT_EQ(check(result, "identity").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(check(result, "empty").outcome, CheckOutcome::kAgrees);
  EXPECT_TRUE(result.findings.empty());
}

struct MassCase {
  double seen_kg, declared_kg;
  CheckOutcome expected;
};
class MatchMass : public ::testing::TestWithParam<MassCase> {};
TEST_P(MatchMass, Outcome) {
  const auto& p = GetParam();
  const auto result = match({seen(p.seen_kg)}, {declaration({item(p.declared_kg)})});
  EXPECT_EQ(check(result, "mass").outcome, p.expected) << check(result, "mass").text;
  EXPECT_EQ(result.findings.size(), p.expected == CheckOutcome::kDiffers ? 1U : 0U);
}
INSTANTIATE_TEST_SUITE_P(
    Table, MatchMass,
    ::testing::Values(
        // Interval 0.93 to 1.07 of what is seen, then 15 % of the declared or 500 kg.
        MassCase{10'000, 12'000, CheckOutcome::kAgrees},   // 10.7 t against 12 t: 11 % off
        MassCase{10'000, 12'700, CheckOutcome::kDiffers},  // 2.0 t off, 1.9 t allowed
        MassCase{10'000, 8'300, CheckOutcome::kAgrees},    // 9.3 t: 1.0 t off, 1.25 t allowed
        MassCase{10'000, 7'900, CheckOutcome::kDiffers},   // 1.4 t off, 1.19 t allowed
        MassCase{1'000, 1'500, CheckOutcome::kAgrees},     // 430 kg off
        MassCase{1'000, 1'600, CheckOutcome::kDiffers},    // 530 kg off
        MassCase{1'000, 11'000, CheckOutcome::kDiffers}),
    [](const auto& row) {
      return "seen_" + std::to_string(static_cast<int>(row.param.seen_kg)) + "_declared_" +
             std::to_string(static_cast<int>(row.param.declared_kg));
    });

TEST(Match, NearlyEmptySaysSoInASentence) {
  const auto result = match({seen(900)}, {declaration({item(11'200)})});
  EXPECT_THAT(check(result, "mass").text,
              HasSubstr("900 kg in the image, 10.3 t less than the 11.2 t declared"));
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].kind, core::FindingKind::kMassMismatch);
  EXPECT_GE(result.findings[0].score, 0.7);
  EXPECT_EQ(result.findings[0].bbox_px.w, 300);
}

TEST(Match, DeclaredLoadedButEmptyAndTheReverse) {
  auto result = match({seen(40)}, {declaration({item(9'000)})});
  EXPECT_EQ(check(result, "empty").outcome, CheckOutcome::kDiffers);
  ASSERT_EQ(result.findings.size(), 2U);

  auto d = declaration({});
  d.containers[0].empty = true;
  result = match({seen(5'000)}, {d});
  EXPECT_EQ(check(result, "empty").outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  result = match({seen(40)}, {d});
  EXPECT_EQ(check(result, "empty").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);

  // An item list without goods is declared empty too.
  result = match({seen(40)}, {declaration({})});
  EXPECT_EQ(check(result, "empty").outcome, CheckOutcome::kAgrees);
}

TEST(Match, UnknownShareIsUnknownWithItsReason) {
  const auto d = declaration({item(20'000)}, {"CSQU3054383", "MWCU6059784"});
  auto result = match({seen(10'000)}, {d});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("spreads goods over several containers"));
  EXPECT_EQ(check(result, "identity").outcome, CheckOutcome::kAgrees);
  EXPECT_TRUE(result.findings.empty());

  // Shares said by item: known again.
  result = match({seen(10'000)},
                 {declaration({item(10'500, {"CSQU3054383"}), item(7'000, {"MWCU6059784"})},
                              {"CSQU3054383", "MWCU6059784"})});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);
  // One item over both: unknown.
  result = match({seen(10'000)}, {declaration({item(10'500, {"CSQU3054383", "MWCU6059784"})},
                                              {"CSQU3054383", "MWCU6059784"})});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
}

core::Declaration part(std::string mrn, double kg) {
  auto d = declaration({item(kg)});
  d.mrn = std::move(mrn);
  d.procedure = "import";
  d.ucr = "UCR-" + d.mrn;
  return d;
}

TEST(Match, OneDeclarationAgreesAndNoneIsNotTheSameAsNotAsked) {
  auto result = match({seen(10'000)}, {part("A1", 10'000)});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(check(result, "declaration").text, HasSubstr("A1 (import)"));

  result = match({seen(10'000)}, {});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(check(result, "declaration").seen, "none");

  const std::vector<core::ContainerObservation> one = {seen(10'000)};
  result = customs::match(one, {}, "the gateway does not answer");
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(check(result, "declaration").seen, customs::kNotAskedFor);
  EXPECT_THAT(check(result, "declaration").text, HasSubstr("the gateway does not answer"));
}

TEST(Match, GroupageAddsUpAndSaysSo) {
  const auto result = match({seen(10'000)}, {part("A1", 4'000), part("B2", 6'100)});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(check(result, "declaration").text,
              HasSubstr("A1 and B2 together declare 10.1 t, as much as the image shows: read as "
                        "groupage"));
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("10.1 t declared by A1 and B2 together"));
  EXPECT_TRUE(result.findings.empty());
}

TEST(Match, GroupageWithAnUnknownPartIsUnknown) {
  auto unknown = part("B2", 0);
  unknown.items[0].gross_mass_kg.reset();
  const auto result = match({seen(10'000)}, {part("A1", 4'000), unknown});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("gives no mass"));
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kUnknown);
}

TEST(Match, SeveralDeclarationsAreNeverMergedBySilence) {
  // Each alone fits, together they do not: one of them holds, and which is not for us to say.
  auto result = match({seen(10'000)}, {part("A1", 10'000), part("B2", 10'300)});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(check(result, "declaration").text, HasSubstr("A1 and B2"));
  EXPECT_THAT(check(result, "declaration").text, HasSubstr("the documents must tell"));
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
  EXPECT_TRUE(result.findings.empty());

  // Nothing that can be read from them fits: then the mass differs whichever holds.
  result = match({seen(30'000)}, {part("A1", 10'000), part("B2", 10'300)});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("20.3 t declared by A1 and B2"));
  EXPECT_EQ(result.findings.size(), 1U);

  // Two of three.
  result = match({seen(10'000)}, {part("A1", 4'000), part("B2", 6'000), part("C3", 9'000)});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
}

struct TwiceCase {
  const char* name;
  void (*change)(core::Declaration&);
  CheckOutcome expected;
  const char* text;
};
void PrintTo(const TwiceCase& row, std::ostream* out) {
  *out << row.name;
}
class MatchTwice : public ::testing::TestWithParam<TwiceCase> {};
TEST_P(MatchTwice, IsSaidWithItsReason) {
  // The masses alone would read as groupage.
  auto second = part("B2", 6'100);
  auto first = part("A1", 4'000);
  first.containers[0].seals = {"S1"};
  first.containers[0].iso_type = "22G1";
  GetParam().change(second);
  const auto result = match({seen(10'000)}, {first, second});
  EXPECT_EQ(check(result, "declaration").outcome, GetParam().expected);
  EXPECT_THAT(check(result, "declaration").text, HasSubstr(GetParam().text));
  EXPECT_THAT(check(result, "declaration").text, HasSubstr("A1"));
  EXPECT_NE(check(result, "mass").outcome, CheckOutcome::kAgrees);
}
INSTANTIATE_TEST_SUITE_P(
    Table, MatchTwice,
    ::testing::Values(
        TwiceCase{"same_ucr", [](core::Declaration& d) { d.ucr = "UCR-A1"; },
                  CheckOutcome::kUnknown, "the same UCR UCR-A1"},
        TwiceCase{"other_procedure", [](core::Declaration& d) { d.procedure = "transit"; },
                  CheckOutcome::kUnknown, "different procedures"},
        TwiceCase{"same_reference", [](core::Declaration& d) { d.mrn = "A1"; },
                  CheckOutcome::kUnknown, "one may replace the other"},
        TwiceCase{"same_goods", [](core::Declaration& d) { d.items[0].gross_mass_kg = 4'000; },
                  CheckOutcome::kUnknown, "the very same goods"},
        TwiceCase{"empty",
                  [](core::Declaration& d) {
                    d.items.clear();
                    d.containers[0].empty = true;
                  },
                  CheckOutcome::kDiffers, "B2 declares it empty and A1 declares goods"},
        TwiceCase{"other_seal", [](core::Declaration& d) { d.containers[0].seals = {"S2"}; },
                  CheckOutcome::kDiffers, "different seals, S1 and S2"},
        TwiceCase{"other_type", [](core::Declaration& d) { d.containers[0].iso_type = "45G1"; },
                  CheckOutcome::kDiffers, "different container types"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Match, OneDeclarationForEachOfTwoContainersIsInOrder) {
  auto second = part("B2", 9'000);
  second.containers[0].number = "MWCU6059784";
  const auto result =
      match({seen(10'000), seen(9'000, "MWCU6059784")}, {part("A1", 10'000), second});
  EXPECT_EQ(check(result, "declaration").outcome, CheckOutcome::kAgrees);
  // One that names neither is not passed over.
  second.containers[0].number = "TGHU1234560";
  EXPECT_EQ(check(match({seen(10'000)}, {part("A1", 10'000), second}), "declaration").outcome,
            CheckOutcome::kUnknown);
}

TEST(Match, TotalGrossMassStandsInAndNetAllowsForPacking) {
  auto d = declaration({item(0)});
  d.items[0].gross_mass_kg.reset();
  d.gross_mass_kg = 10'200;
  EXPECT_EQ(check(match({seen(10'000)}, {d}), "mass").outcome, CheckOutcome::kAgrees);
  d.gross_mass_kg.reset();
  d.items[0].net_mass_kg = 8'000;  // up to 10.4 t with packing
  EXPECT_EQ(check(match({seen(10'000)}, {d}), "mass").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(check(match({seen(15'000)}, {d}), "mass").outcome, CheckOutcome::kDiffers);
}

TEST(Match, Identity) {
  EXPECT_EQ(check(match({seen(10'000, "MWCU6059784")}, {declaration({item(10'000)})}), "identity")
                .outcome,
            CheckOutcome::kDiffers);
  EXPECT_EQ(check(match({seen(10'000, "")}, {declaration({item(10'000)})}), "identity").outcome,
            CheckOutcome::kUnknown);
  EXPECT_EQ(check(match({seen(10'000, "")}, {declaration({item(10'000)})}), "mass").outcome,
            CheckOutcome::kAgrees);
  EXPECT_EQ(check(match({seen(10'000)}, {}), "identity").outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(check(match({}, {declaration({item(10'000)})}), "mass").outcome,
            CheckOutcome::kUnknown);
  // Written with blanks and a dash.
  EXPECT_EQ(check(match({seen(10'000, "csqu 305438-3")}, {declaration({item(10'000)})}), "identity")
                .outcome,
            CheckOutcome::kAgrees);
}

TEST(Match, TwoContainersOneWrongLeads) {
  const auto result =
      match({seen(10'000), seen(1'000, "MWCU6059784")},
            {declaration({item(10'000)}), declaration({item(9'000)}, {"MWCU6059784"})});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(check(result, "mass").text, testing::StartsWith("Container MWCU6059784"));
  EXPECT_EQ(result.findings.size(), 1U);
}

// A 22G1 weighs between 1.9 t and 2.6 t empty (carriers' specifications), so 14.3 t verified leave
// 11.7 t to 12.4 t of load.
core::Declaration weighed(double declared_kg, double verified_kg) {
  auto d = declaration({item(declared_kg)});
  d.containers.front().iso_type = "22G1";
  d.containers.front().verified_gross_kg = verified_kg;
  return d;
}

TEST(MatchVerifiedMass, ScalesImageAndDeclarationAgree) {
  const auto result = match({seen(12'000)}, {weighed(12'100, 14'300)});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(check(result, "mass").text,
              HasSubstr("verified gross mass of 14.3 t leaves 11.7 t to 12.4 t"));
  EXPECT_TRUE(result.findings.empty());
}

TEST(MatchVerifiedMass, TheImageContradictsTheScalesAndNotTheDeclaration) {
  const auto result = match({seen(18'000)}, {weighed(18'000, 14'300)});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("the image shows about 18.0 t, 5.6 t more"));
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].kind, core::FindingKind::kMassMismatch);
}

TEST(MatchVerifiedMass, TheImageContradictsBothOnce) {
  const auto result = match({seen(18'000)}, {weighed(12'000, 14'300)});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(result.findings.size(), 1U);
}

TEST(MatchVerifiedMass, PapersThatContradictEachOtherAreNotResolved) {
  // The image's interval, 10.9 t to 12.8 t, fits 9.5 t declared (within 15 %) and the 12.3 t to
  // 13.0 t that were weighed.
  auto observed = seen(12'000);
  observed.load_mass_low_kg = 10'900;
  const auto result = match({observed}, {weighed(9'500, 14'900)});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("does not agree with what was weighed"));
  EXPECT_TRUE(result.findings.empty());
}

TEST(MatchVerifiedMass, IsASecondWordWhereTheDeclarationGivesNoMass) {
  auto d = weighed(0, 14'300);
  d.items.front().gross_mass_kg.reset();
  auto result = match({seen(12'000)}, {d});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown) << "nothing was declared";
  EXPECT_THAT(check(result, "mass").text, HasSubstr("as the image shows"));
  result = match({seen(4'000)}, {d});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(result.findings.size(), 1U);
}

// What sellers and carriers say of their containers (container-tare.txt names the pages); pounds by
// the international pound of 0.45359237 kg.
TEST(MatchVerifiedMass, PublishedTaresLieWithinTheirTypesSpan) {
  using customs::tare_span;
  constexpr double kPound_kg = 0.45359237;
  const std::pair<const char*, double> published[] = {{"22G1", 2'220},
                                                      {"42G1", 3'720},
                                                      {"42G1", 3'740},
                                                      {"22G1", 5'200 * kPound_kg},
                                                      {"22G1", 5'500 * kPound_kg},
                                                      {"42G1", 8'380 * kPound_kg},
                                                      {"42G1", 8'450 * kPound_kg},
                                                      {"45G1", 8'600 * kPound_kg},
                                                      {"45G1", 8'800 * kPound_kg},
                                                      {"L5G1", 10'580 * kPound_kg},
                                                      {"L5G1", 11'000 * kPound_kg}};
  for (const auto& [type, tare_kg] : published) {
    const auto span = tare_span(type);
    EXPECT_GE(tare_kg, span.low_kg) << type;
    EXPECT_LE(tare_kg, span.high_kg) << type;
  }
  const auto any = tare_span("");
  EXPECT_LE(any.low_kg, tare_span("22G1").low_kg);
  EXPECT_GE(any.high_kg, tare_span("42P1").high_kg);
  EXPECT_EQ(tare_span("99ZZ").low_kg, any.low_kg);
}

TEST(MatchVerifiedMass, AStatedTareCounts) {
  auto d = weighed(12'000, 14'300);
  d.containers.front().tare_kg = 2'230;
  const auto result = match({seen(12'000)}, {d});
  EXPECT_THAT(check(result, "mass").text, HasSubstr("leaves 12.1 t without the container"));
  // Less than any empty container: no gross mass, and nothing is said of it.
  d = weighed(12'000, 1'500);
  EXPECT_THAT(check(match({seen(12'000)}, {d}), "mass").text, testing::Not(HasSubstr("verified")));
}

// Who competes with whom: those that name one container of the vehicle, and those that name none.
TEST(MatchChoice, OnlyWhatCompetesWithTheChosenOneIsSetAside) {
  const auto naming = [](const std::vector<std::string>& numbers) {
    core::Declaration d;
    for (const auto& number : numbers) d.containers.push_back({number, "", {}, std::nullopt});
    return d;
  };
  const std::vector<std::string> vehicle = {"CSQU 305438-3", "MWCU6059784"};
  const std::vector<core::Declaration> all = {naming({"CSQU3054383"}), naming({"CSQU3054383"}),
                                              naming({"MWCU6059784"}), naming({"TCLU5546482"}),
                                              naming({"CSQU3054383", "MWCU6059784"})};
  using testing::ElementsAre;
  const std::span<const core::Declaration> two(all.data(), 2), three(all.data(), 3);
  EXPECT_THAT(customs::set_aside_by_choice(two, 0, vehicle), ElementsAre(1));
  EXPECT_THAT(customs::set_aside_by_choice(three, 1, vehicle), ElementsAre(0));
  EXPECT_THAT(customs::set_aside_by_choice(three, 2, vehicle), ElementsAre());
  EXPECT_THAT(customs::set_aside_by_choice(three, std::nullopt, vehicle), ElementsAre(0, 1));
  EXPECT_THAT(customs::set_aside_by_choice(all, 2, vehicle), ElementsAre(3, 4));
  EXPECT_THAT(customs::set_aside_by_choice(all, 3, vehicle), ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(customs::set_aside_by_choice(all, 4, vehicle), ElementsAre(0, 1, 2, 3));
  // By the plate alone each competes with each.
  EXPECT_THAT(customs::set_aside_by_choice(three, 2, {}), ElementsAre(0, 1));
  EXPECT_THAT(customs::set_aside_by_choice(std::span(all.data(), 1), std::nullopt, vehicle),
              ElementsAre());
}

}  // namespace
}  // namespace portcullis
