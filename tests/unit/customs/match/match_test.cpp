#include "customs/match/match.h"

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
                              std::vector<std::string> containers = {"CSQU3054383"}) {
  core::Declaration d;
  d.mrn = "06DE586600006143E1";
  d.items = std::move(items);
  for (auto& number : containers) {
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
  EXPECT_EQ(result.checks.size(), 3U);
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

TEST(Match, GroupageAddsUpAndOneUnknownPartMakesItUnknown) {
  auto result = match({seen(10'000)}, {declaration({item(4'000)}), declaration({item(6'100)})});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kAgrees);
  auto unknown = declaration({item(0)});
  unknown.items[0].gross_mass_kg.reset();
  result = match({seen(10'000)}, {declaration({item(4'000)}), unknown});
  EXPECT_EQ(check(result, "mass").outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(check(result, "mass").text, HasSubstr("gives no mass"));
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

}  // namespace
}  // namespace portcullis
