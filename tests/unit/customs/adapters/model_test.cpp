#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "customs/model/binding.h"
#include "customs/model/case_kinds.h"
#include "customs/model/code_lists.h"
#include "customs/model/scan_order.h"
#include "customs/model/time_release.h"

namespace portcullis::customs {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

core::Declaration declared(const std::string& lrn, const std::vector<std::string>& containers) {
  core::Declaration d;
  d.lrn = lrn;
  for (const auto& number : containers) d.containers.push_back({number, {}, {}, std::nullopt});
  return d;
}

TEST(Binding, ManyToManyByTheFirstRuleThatFinds) {
  const auto groupage_a = declared("A", {"CSQU3054383"});
  const auto groupage_b = declared("B", {"csqu 305438-3"});
  const auto two_boxes = declared("C", {"MWCU6059784", "FCIU5956299"});
  auto by_plate = declared("D", {});
  by_plate.vehicle_plate = "B-AB 123";
  auto by_ucr = declared("E", {});
  by_ucr.ucr = "UCR-1";
  const auto chassis = declared("F", {});
  DeclarationDetails chassis_details;
  chassis_details.means.push_back({"inland", "3", "31", "CHAS 9", {}, {}, {}});
  const auto orphan = declared("G", {"TCLU5546482"});
  const std::vector<BindableDeclaration> all = {
      {"A", &groupage_a, nullptr}, {"B", &groupage_b, nullptr}, {"C", &two_boxes, nullptr},
      {"D", &by_plate, nullptr},   {"E", &by_ucr, nullptr},     {"F", &chassis, &chassis_details},
      {"G", &orphan, nullptr}};
  const auto result = bind({{"s1", {"CSQU3054383", "MWCU6059784"}, "", "B AB 123", ""},
                            {"s2", {"FCIU5956299"}, "", "", ""},
                            {"s3", {}, "UCR-1", "B AB 123", ""},
                            {"s4", {"TGCU0235724"}, "", "BAB123", ""},
                            {"s5", {}, "", "", "chas-9"},
                            {"s6", {}, "", "X", ""}},
                           all);
  ASSERT_EQ(result.bindings.size(), 7U);
  EXPECT_THAT(result.bindings[0].declarations, ElementsAre("A", "B"));  // Shown, not resolved.
  EXPECT_EQ(result.bindings[0].bound_by, "container");
  EXPECT_THAT(result.bindings[1].declarations, ElementsAre("C"));
  EXPECT_THAT(result.bindings[2].declarations, ElementsAre("C"));
  EXPECT_EQ(result.bindings[3].bound_by, "ucr");
  EXPECT_THAT(result.bindings[4].declarations, ElementsAre("D"));
  EXPECT_EQ(result.bindings[5].bound_by, "chassis");
  EXPECT_EQ(result.bindings[6].bound_by, "");
  EXPECT_THAT(result.orphans, ElementsAre("G"));
}

TEST(ScanOrder, OnlyTheDrawnSteps) {
  ScanOrder order;
  order.reference = "O-1";
  for (const auto step : {OrderState::kArrived, OrderState::kMismatch, OrderState::kIdentified,
                          OrderState::kScanned, OrderState::kDecided, OrderState::kReferred,
                          OrderState::kScanned, OrderState::kDecided, OrderState::kClosed})
    ASSERT_TRUE(advance(order, step).ok()) << order_state_name(step);
  const auto refused = advance(order, OrderState::kArrived);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("O-1: is closed, so it cannot become arrived"));
  EXPECT_EQ(order.state, OrderState::kClosed);
  // Final states lead nowhere; no order is decided without a scan.
  for (int to = 0; to < 10; ++to) {
    const auto state = static_cast<OrderState>(to);
    EXPECT_EQ(may_advance(OrderState::kCancelled, state), state == OrderState::kCancelled);
    EXPECT_EQ(may_advance(state, OrderState::kDecided),
              state == OrderState::kScanned || state == OrderState::kDecided)
        << to;
  }
}

// By hand: 1 to 10 minutes; the median by nearest rank is the fifth, the 90th percentile the ninth.
TEST(TimeRelease, MedianAndP90PerChannel) {
  std::vector<Case> cases;
  for (int minutes = 10; minutes >= 1; --minutes) {
    auto& c = cases.emplace_back();
    c.selection.emplace().channel = Channel::kRed;
    c.times.arrival = core::UtcTime{1'000'000'000};
    c.times.release = core::UtcTime{1'000'000'000 + minutes * 60'000'000'000LL};
  }
  auto& backwards = cases.emplace_back();
  backwards.times.arrival = core::UtcTime{5};
  backwards.times.release = core::UtcTime{4};
  const auto steps = time_release(cases);
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0].channel, Channel::kRed);
  EXPECT_EQ(steps[0].cases, 10U);
  EXPECT_DOUBLE_EQ(steps[0].median_s, 300);
  EXPECT_DOUBLE_EQ(steps[0].p90_s, 540);
  EXPECT_EQ(time_release_csv(steps),
            "channel,step,cases,median_s,p90_s\r\n"
            "red,arrival to release,10,300.000,540.000\r\n");
  const auto svg = time_release_svg(steps);
  EXPECT_THAT(svg, HasSubstr("red, arrival to release (10)"));
  // The axis ends at 9 minutes, 520 long; the bar to the median of 5 is 5 ninths of it.
  EXPECT_THAT(svg, HasSubstr("width=\"288.9\""));
  EXPECT_THAT(svg, HasSubstr("5.0 / 9.0"));
  EXPECT_THAT(time_release_csv({}), ::testing::StartsWith("channel,"));
  EXPECT_THAT(time_release_svg({}), ::testing::EndsWith("</svg>\n"));
}

// Seconds drawn at random; medians by python's statistics.median_low, 90th percentiles by nearest
// rank over its sorted list.
TEST(TimeRelease, FiguresOfEachChannelByAnotherProgram) {
  struct Drawn {
    Channel channel;
    std::vector<std::int64_t> seconds;
    double median_s, p90_s;
  };
  const std::vector<Drawn> channels = {
      {Channel::kGreen, {18669, 16546, 7798, 12604, 1187, 2045, 12673}, 12604, 18669},
      {Channel::kBlue,
       {574, 5613, 14312, 16316, 16130, 7434, 11871, 9804, 13061, 17312},
       11871,
       16316},
      {Channel::kYellow, {8570}, 8570, 8570},
      {Channel::kRed,
       {16956, 15452, 9268,  11030, 4505,  12819, 16999, 12093, 19821, 14302, 19611, 7356,
        18169, 9118,  19095, 7184,  16257, 6949,  19885, 13230, 8602,  1973,  3325},
       12819,
       19611}};
  constexpr std::int64_t kSecond_ns = 1'000'000'000;
  std::vector<Case> cases;
  for (const auto& drawn : channels) {
    for (const auto seconds : drawn.seconds) {
      auto& c = cases.emplace_back();
      c.selection.emplace().channel = drawn.channel;
      c.times.lodged = core::UtcTime{kSecond_ns};
      c.times.release = core::UtcTime{(1 + seconds) * kSecond_ns};
    }
  }
  const auto steps = time_release(cases);
  ASSERT_EQ(steps.size(), channels.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].channel, channels[i].channel);
    EXPECT_EQ(steps[i].step, "lodged to release");
    EXPECT_EQ(steps[i].cases, channels[i].seconds.size());
    EXPECT_DOUBLE_EQ(steps[i].median_s, channels[i].median_s);
    EXPECT_DOUBLE_EQ(steps[i].p90_s, channels[i].p90_s);
  }
  EXPECT_EQ(time_release_csv(steps),
            "channel,step,cases,median_s,p90_s\r\n"
            "green,lodged to release,7,12604.000,18669.000\r\n"
            "blue,lodged to release,10,11871.000,16316.000\r\n"
            "yellow,lodged to release,1,8570.000,8570.000\r\n"
            "red,lodged to release,23,12819.000,19611.000\r\n");
  const auto svg = time_release_svg(steps);
  for (const char* row : {"green, lodged to release (7)", "red, lodged to release (23)",
                          "210.1 / 311.1", "213.7 / 326.9"})
    EXPECT_THAT(svg, HasSubstr(row)) << row;
}

TEST(CaseKinds, EachHasItsRulesAndExportsTheirShare) {
  for (int i = 0; i < 8; ++i) {
    const auto kind = static_cast<CaseKind>(i);
    EXPECT_FALSE(case_kind_rules(kind).checks.empty()) << case_kind_name(kind);
    EXPECT_EQ(case_kind_from(case_kind_name(kind)), kind);
  }
  EXPECT_THAT(case_kind_rules(CaseKind::kExport).checks, Contains("cut-off"));
  EXPECT_THAT(case_kind_rules(CaseKind::kNoPapers).documents, IsEmpty());

  Case c;
  c.declarations.push_back(declared("A", {"CSQU3054383", "MWCU6059784"}));
  c.details.emplace_back().kind = CaseKind::kExport;
  c.details[0].vessel_cut_off = "2026-01-01T12:00:00Z";
  c.bindings.push_back({"scan-1", "CSQU3054383", {"A"}, "container"});
  const auto share = outbound_share({c});
  EXPECT_EQ(share.outbound, 2U);
  EXPECT_EQ(share.scanned, 1U);
  const auto cut_off = core::parse_iso8601("2026-01-01T12:00:00Z");
  ASSERT_TRUE(cut_off.ok());
  EXPECT_EQ(do_not_load_reason(c, *cut_off), "");
  EXPECT_THAT(do_not_load_reason(c, core::UtcTime{cut_off->ns + 1}), HasSubstr("cut-off"));
  c.decisions.emplace_back().kind = core::DecisionKind::kHold;
  EXPECT_THAT(do_not_load_reason(c, *cut_off), HasSubstr("hold"));
}

TEST(CodeLists, EveryListIsWellFormedAndSaysItsSource) {
  for (const auto name : code_list_names()) {
    const auto entries = code_entries(name);
    EXPECT_FALSE(entries.empty()) << name;
    for (const auto& entry : entries) {
      EXPECT_FALSE(entry.code.empty()) << name;
      EXPECT_NE(entry.effect, Effect::kUnknown) << name << " " << entry.code;
    }
  }
  // What answers are written by.
  for (const auto list : {"edifact-7365", "edifact-9353"}) {
    for (const auto effect :
         {Effect::kRelease, Effect::kControl, Effect::kDocuments, Effect::kHold})
      EXPECT_TRUE(code_for(list, effect)) << list;
  }
  EXPECT_EQ(code_for("edifact-7365", Effect::kHold)->code, "7");
  EXPECT_FALSE(find_code("edifact-7365", "ZZ9"));
  EXPECT_FALSE(find_code("no-such-list", "1"));
}

}  // namespace
}  // namespace portcullis::customs
