#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "customs/adapters/parse.h"
#include "tests/unit/customs/adapters/adapter_samples.h"

// What stands in the samples by hand, field by field.
namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Case read_table_sample(const std::string& system, const std::string& what) {
  for (const auto& sample : adapter_samples()) {
    if (sample.system != system || sample.what != what) continue;
    auto read = parse_message(sample.bytes, "m.dat");
    EXPECT_TRUE(read.ok()) << read.error().message;
    return read.ok() ? *read : Case{};
  }
  ADD_FAILURE() << what;
  return {};
}

TEST(Tables, Ics2) {
  const auto ens = read_table_sample("ics2", "IE3F10");
  EXPECT_EQ(ens.message.basis, "field list");
  ASSERT_EQ(ens.declarations.size(), 1U);
  EXPECT_EQ(ens.declarations[0].lrn, "ENS-1");
  EXPECT_EQ(ens.declarations[0].consignor, "SHANGHAI TOYS");
  EXPECT_EQ(ens.declarations[0].gross_mass_kg, 2150.5);
  EXPECT_THAT(ens.declarations[0].containers.at(0).seals, ElementsAre("S1"));
  EXPECT_EQ(ens.details.at(0).means.at(0).id, "9074729");
  const auto stop = read_table_sample("ics2", "IE3Q01");
  ASSERT_EQ(stop.notices.size(), 1U);
  EXPECT_EQ(stop.notices[0].effect, Effect::kDoNotLoad);
  EXPECT_EQ(stop.notices[0].mrn, "06DE586600006143E1");
}

TEST(Tables, Asycuda) {
  const auto c = read_table_sample("asycuda", "SAD");
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "REF-1");
  EXPECT_EQ(d.procedure, "import");
  ASSERT_TRUE(c.selection);
  EXPECT_EQ(c.selection->channel, Channel::kRed);
  ASSERT_EQ(d.items.size(), 1U);
  EXPECT_EQ(d.items[0].hs_code, "9503009900");
  EXPECT_EQ(d.items[0].packages, 12);
  EXPECT_EQ(d.items[0].gross_mass_kg, 2150);
  EXPECT_THAT(d.items[0].containers,
              ElementsAre("CSQU3054383"));  // By the container's item number.
  EXPECT_EQ(c.details.at(0).items.at(0).value, 5400);
}

TEST(Tables, Unipass) {
  const auto c = read_table_sample("unipass", "API001");
  ASSERT_EQ(c.declarations.size(), 1U);
  EXPECT_EQ(c.declarations[0].gross_mass_kg, 2500);  // 2.5 t.
  EXPECT_EQ(c.declarations[0].containers.at(0).number, "CSQU3054383");
  ASSERT_EQ(c.notices.size(), 1U);
  EXPECT_EQ(c.notices[0].effect, Effect::kControl);
  EXPECT_EQ(c.notices[0].lrn, "26MSCU1234I00010001");
}

TEST(Tables, Tradenet) {
  const auto c = read_table_sample("tradenet", "permit JSON");
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "201234567A-20260104-17");
  EXPECT_EQ(d.procedure, "import");
  EXPECT_EQ(d.consignee, "LION TOYS");
  ASSERT_EQ(d.containers.size(), 2U);
  EXPECT_THAT(d.containers[0].seals, ElementsAre("S1", "S2"));
  EXPECT_EQ(d.items.at(0).hs_code, "95030099");
  EXPECT_EQ(read_table_sample("tradenet", "permit XML").declarations.at(0).procedure, "export");
}

TEST(Tables, X12Manifest) {
  const auto c = read_table_sample("x12", "309");
  ASSERT_TRUE(c.manifest);
  EXPECT_EQ(c.manifest->imo, "9074729");
  EXPECT_EQ(c.manifest->vessel, "MSC SENA");
  EXPECT_EQ(c.manifest->discharge, "2704");
  EXPECT_TRUE(c.message.test);
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "MSCUEK569969");
  EXPECT_EQ(d.gross_mass_kg, 2150.5);
  EXPECT_EQ(d.packages, 12);
  EXPECT_EQ(d.consignor, "SHANGHAI TOYS");
  EXPECT_EQ(d.items.at(0).hs_code, "950300");
  EXPECT_THAT(d.items.at(0).containers, ElementsAre("CSQU3054383"));
  EXPECT_THAT(d.containers.at(0).seals, ElementsAre("S1", "S2"));
  EXPECT_EQ(c.details.at(0).parties.at(0).country, "CN");
}

TEST(Tables, HoldersOfAuthorisations) {
  const auto c = read_table_sample("eu-decisions", "HOLDERS");
  ASSERT_EQ(c.holders.size(), 2U);
  EXPECT_EQ(c.holders[0].holder, "Lion; Toys \"EU\" GmbH");
  EXPECT_EQ(c.holders[0].type, "AEOC");
  EXPECT_EQ(c.holders[1].valid_from, "03/04/2021");
  ASSERT_EQ(c.unknown.size(), 1U);
  EXPECT_EQ(c.unknown[0].value, "kept 7");
}

TEST(Tables, TheDossierNamesWhatAnOfficerNeeds) {
  auto c = read_table_sample("asycuda", "SAD");
  c.findings.push_back({core::FindingKind::kHiddenCompartment,
                        0.9,
                        {},
                        {},
                        "metal",
                        "A hollow behind the front wall",
                        {}});
  auto& decision = c.decisions.emplace_back();
  decision.scan_id = "scan-1";
  const auto dossier = emit_message(c, "cis", "DOSSIER");
  ASSERT_TRUE(dossier.ok()) << dossier.error().message;
  for (const auto* part : {"REF-1", "CSQU3054383", "SHANGHAI TOYS", "9503009900", "scan-1",
                           "A hollow behind the front wall", "Nothing was sent"})
    EXPECT_THAT(dossier->content, HasSubstr(part));
}

}  // namespace
}  // namespace portcullis::customs
