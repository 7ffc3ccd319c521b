#include "customs/risk/revenue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::customs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Duty 10 % of the value, 2 of currency a net kilogram of excise on tobacco, 20 % on all of it.
constexpr const char* kTariffRows = R"(hs_code,tax,rate,basis,valid_from,valid_to
48,duty,10,value,,
24,duty,10,value,,
24,excise,2,kg,,
48,vat,20,value+duty,,
24,vat,20,value+duty,,
)";
constexpr std::int32_t kDay = 20'000;

Tariff tariff() {
  auto read = Tariff::parse(kTariffRows, "tariff.csv");
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  return std::move(read).value();
}

/// One item: gross and net mass, value.
struct Goods {
  std::string hs_code;
  double gross_kg, net_kg, value;
  std::string currency = "EUR";
};

Case declared(const std::vector<Goods>& goods) {
  core::Declaration d;
  d.mrn = "06DE586600006143E1";
  core::DeclaredContainer container;
  container.number = "CSQU 305438-3";
  d.containers = {container};
  DeclarationDetails details;
  for (const auto& one : goods) {
    core::DeclaredItem item;
    item.number = static_cast<int>(d.items.size()) + 1;
    item.hs_code = one.hs_code;
    item.gross_mass_kg = one.gross_kg;
    item.net_mass_kg = one.net_kg;
    d.items.push_back(item);
    ItemDetails more;
    more.number = item.number;
    more.currency = one.currency;
    if (one.value >= 0) more.value = one.value;
    details.items.push_back(more);
  }
  auto one = case_of(std::move(d));
  one.details = {details};
  return one;
}

core::ContainerObservation seen(double kg, double low_kg, double high_kg) {
  core::ContainerObservation c;
  c.number = "CSQU3054383";
  c.bbox_px = {10, 20, 300, 120};
  c.load_mass_kg = kg;
  c.load_mass_low_kg = low_kg;
  c.load_mass_high_kg = high_kg;
  return c;
}

core::InspectionReport differing(const core::ContainerObservation& container) {
  core::InspectionReport report;
  report.containers = {container};
  core::Finding finding;
  finding.kind = core::FindingKind::kMassMismatch;
  finding.bbox_px = container.bbox_px;
  report.findings = {finding};
  return report;
}

TEST(Revenue, AnExcessOfOneKindOfGoods) {
  // 10 t of paper worth 20,000: 2 a kilogram, of which 10 % duty and 20 % on 2.20 are 0.64.
  const std::vector<Case> cases{declared({{"480256", 10'000, 9'500, 20'000}})};
  const auto stake = revenue_of_excess(seen(15'000, 14'000, 16'000), cases, 10'000, tariff(), kDay);
  ASSERT_TRUE(stake);
  EXPECT_DOUBLE_EQ(stake->excess_kg, 5'000);
  EXPECT_NEAR(stake->value, 10'000, 1e-6);
  EXPECT_NEAR(stake->due, 3'200, 1e-6);
  EXPECT_NEAR(stake->due_low, 2'560, 1e-6);
  EXPECT_NEAR(stake->due_high, 3'840, 1e-6);
  EXPECT_EQ(stake->currency, "EUR");
  const auto check = revenue_check(differing(seen(15'000, 14'000, 16'000)), cases, tariff(), kDay);
  ASSERT_TRUE(check);
  EXPECT_EQ(check->name, "revenue");
  EXPECT_EQ(check->outcome, core::CheckOutcome::kDiffers);
  EXPECT_THAT(check->text, AllOf(HasSubstr("goods of 10,000 EUR"), HasSubstr("3,200 EUR of duties"),
                                 HasSubstr("2,560 to 3,840 EUR"), HasSubstr("CSQU3054383")));
}

TEST(Revenue, OfSeveralGoodsTheSpanIsThatOfTheCheapestAndTheDearest) {
  // Paper as above, 0.64 a kilogram; tobacco worth 5 a kilogram, net 80 % of gross: duty 0.5,
  // excise 1.6, 20 % on 7.1 = 1.42: 3.52 a kilogram.
  const std::vector<Case> cases{
      declared({{"480256", 9'000, 9'000, 18'000}, {"240220", 1'000, 800, 5'000}})};
  const auto stake = revenue_of_excess(seen(11'000, 10'500, 11'500), cases, 10'000, tariff(), kDay);
  ASSERT_TRUE(stake);
  EXPECT_EQ(stake->items, 2);
  EXPECT_NEAR(stake->due, 1'000 * (0.9 * 0.64 + 0.1 * 3.52), 1e-6);
  EXPECT_NEAR(stake->due_low, 500 * 0.64, 1e-6);
  EXPECT_NEAR(stake->due_high, 1'500 * 3.52, 1e-6);
}

TEST(Revenue, WhatCannotBeValuedIsSaidAndNotMadeUp) {
  const auto heavy = seen(15'000, 14'000, 16'000);
  const auto text = [&](const std::vector<Goods>& goods) {
    const std::vector<Case> cases{declared(goods)};
    const auto check = revenue_check(differing(heavy), cases, tariff(), kDay);
    EXPECT_TRUE(check.has_value());
    return check ? *check : core::Check{};
  };
  // No rate, no value, two currencies.
  EXPECT_EQ(text({{"999999", 10'000, 9'000, 1'000}}).outcome, core::CheckOutcome::kUnknown);
  EXPECT_EQ(text({{"480256", 10'000, 9'000, -1}}).outcome, core::CheckOutcome::kUnknown);
  EXPECT_EQ(
      text({{"480256", 5'000, 5'000, 100, "EUR"}, {"480256", 5'000, 5'000, 100, "USD"}}).outcome,
      core::CheckOutcome::kUnknown);
  // One of two can be valued.
  const auto partly = text({{"480256", 5'000, 5'000, 10'000}, {"999999", 5'000, 5'000, 100}});
  EXPECT_EQ(partly.outcome, core::CheckOutcome::kDiffers);
  EXPECT_THAT(partly.text, HasSubstr("without mass, value or rate, left out: 1."));
  // An empty container has no declared value; a lighter load owes no more.
  auto empty = declared({});
  empty.declarations.front().containers.front().empty = true;
  const std::vector<Case> none{empty};
  const auto loaded = revenue_check(differing(heavy), none, tariff(), kDay);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->outcome, core::CheckOutcome::kUnknown);
  EXPECT_THAT(loaded->text, HasSubstr("declared empty"));
  const std::vector<Case> more{declared({{"480256", 20'000, 20'000, 1'000}})};
  const auto light = revenue_check(differing(heavy), more, tariff(), kDay);
  ASSERT_TRUE(light);
  EXPECT_EQ(light->outcome, core::CheckOutcome::kUnknown);
  EXPECT_THAT(light->text, HasSubstr("refund"));
}

TEST(Revenue, NothingDiffersNothingIsSaid) {
  const std::vector<Case> cases{declared({{"480256", 10'000, 9'500, 20'000}})};
  core::InspectionReport report;
  report.containers = {seen(10'000, 9'000, 11'000)};
  EXPECT_FALSE(revenue_check(report, cases, tariff(), kDay));
}

}  // namespace
}  // namespace portcullis::customs
