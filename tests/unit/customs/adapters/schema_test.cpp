#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/files.h"
#include "customs/adapters/parse.h"
#include "tests/unit/customs/adapters/adapter_samples.h"

// What we write is valid by the systems' own schemas. They are not ours to carry: the tests run
// where a folder with them is configured,
//   PORTCULLIS_WCO_SCHEMAS   with DocumentMetaData_2_DMS.xsd and WCO_RES_2_DMS.xsd
//   PORTCULLIS_WCO_DEC_SCHEMAS   with DocumentMetaData_2_DMS.xsd and WCO_DEC_2_DMS.xsd
//   PORTCULLIS_NCTS_SCHEMAS  with cc044c.xsd
// and judge by xmllint(1).
namespace portcullis::customs {
namespace {

std::string schema_folder(const char* variable) {
  const char* folder = std::getenv(variable);
  return folder == nullptr ? std::string() : std::string(folder);
}

bool is_valid(const std::string& xml, const std::string& schema) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(out == nullptr ? "/tmp" : out) / "customs_schema";
  std::filesystem::create_directories(folder);
  const auto file = folder / "message.xml";
  EXPECT_TRUE(core::write_file_atomically(file, xml).ok());
  const auto command = "xmllint --nonet --noout --schema '" + schema + "' '" + file.string() + "'";
  return std::system(command.c_str()) == 0;
}

/// The envelope takes any element whose schema is known: one schema that knows both.
std::string wco_schema(const std::string& folder, const std::string& type) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto file = std::filesystem::path(out == nullptr ? "/tmp" : out) / "customs_both.xsd";
  const auto import = [&](const std::string& space, const std::string& name) {
    return "<xs:import namespace=\"urn:wco:datamodel:WCO:" + space + ":2\" schemaLocation=\"" +
           folder + "/" + name + "\"/>";
  };
  EXPECT_TRUE(core::write_file_atomically(
                  file, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">" +
                            import("DocumentMetaData-DMS", "DocumentMetaData_2_DMS.xsd") +
                            import(type + "-DMS", "WCO_" + type + "_2_DMS.xsd") + "</xs:schema>")
                  .ok());
  return file.string();
}

Case answerable_case(core::DecisionKind kind) {
  Case c;
  c.declarations.emplace_back().lrn = "LRN-7";
  c.declarations[0].mrn = "27WF9X1FQ9RCKN0TM3";
  auto& details = c.details.emplace_back();
  details.places.push_back({"destination office", "GB000060", {}});
  details.parties.push_back({"consignee", "GB896458895015", {}, {}, {}});
  auto& decision = c.decisions.emplace_back();
  decision.scan_id = "scan-1";
  decision.container = "CSQU3054383";
  decision.kind = kind;
  decision.reason_text = "Dense <object> & more \xc3\xbc";
  decision.decided = core::UtcTime{1'767'225'660'500'000'000};
  return c;
}

TEST(Schemas, WcoResponses) {
  const auto folder = schema_folder("PORTCULLIS_WCO_SCHEMAS");
  if (folder.empty()) GTEST_SKIP() << "PORTCULLIS_WCO_SCHEMAS is not set";
  for (const auto kind : {core::DecisionKind::kRelease, core::DecisionKind::kHold}) {
    const auto emitted = emit_message(answerable_case(kind), "wco", "RES");
    ASSERT_TRUE(emitted.ok()) << emitted.error().message;
    EXPECT_TRUE(is_valid(emitted->content, wco_schema(folder, "RES")));
  }
}

TEST(Schemas, WcoDeclarations) {
  const auto folder = schema_folder("PORTCULLIS_WCO_DEC_SCHEMAS");
  if (folder.empty()) GTEST_SKIP() << "PORTCULLIS_WCO_DEC_SCHEMAS is not set";
  std::vector<std::filesystem::path> samples;
  for (const auto* from : {"PORTCULLIS_WCO_SAMPLES", ""}) {
    const auto given = from[0] == '\0' ? "tests/data/customs/wco" : schema_folder(from);
    if (given.empty()) continue;
    for (const auto& entry : std::filesystem::directory_iterator(given))
      if (entry.path().filename().string().find("TT_") != std::string::npos)
        samples.push_back(entry.path());
  }
  EXPECT_GE(samples.size(), 3U);
  for (const auto& sample : samples) {
    const auto read = parse_message_file(sample);
    ASSERT_TRUE(read.ok()) << read.error().message;
    const auto emitted = emit_message(*read, "wco", "DEC");
    ASSERT_TRUE(emitted.ok()) << emitted.error().message;
    EXPECT_TRUE(is_valid(emitted->content, wco_schema(folder, "DEC"))) << sample;
  }
}

// What was read from the published declarations is read again from what is written of it.
TEST(Wco, ADeclarationIsWrittenAsItWasRead) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/data/customs/wco")) {
    if (entry.path().filename().string().find("TT_") == std::string::npos) continue;
    ++count;
    const auto read = parse_message_file(entry.path());
    ASSERT_TRUE(read.ok()) << read.error().message;
    const auto emitted = emit_message(*read, "wco", "DEC");
    ASSERT_TRUE(emitted.ok()) << emitted.error().message;
    const auto again = parse_message(emitted->content, "again", "wco");
    ASSERT_TRUE(again.ok()) << again.error().message;
    // The count of its items is in no field of the case.
    for (const auto& u : again->unknown)
      EXPECT_EQ(u.path, "/MetaData/Declaration/GoodsItemQuantity");
    const auto& a = read->declarations.at(0);
    const auto& b = again->declarations.at(0);
    EXPECT_EQ(b.lrn, a.lrn);
    EXPECT_EQ(b.mrn, a.mrn);
    EXPECT_EQ(b.ucr, a.ucr);
    EXPECT_EQ(b.procedure, a.procedure);
    EXPECT_EQ(b.declarant, a.declarant);
    EXPECT_EQ(b.consignor, a.consignor);
    EXPECT_EQ(b.consignee, a.consignee);
    EXPECT_EQ(b.origin_country, a.origin_country);
    EXPECT_EQ(b.destination_country, a.destination_country);
    EXPECT_EQ(b.vehicle_plate, a.vehicle_plate);
    EXPECT_EQ(b.gross_mass_kg, a.gross_mass_kg);
    EXPECT_EQ(b.packages, a.packages);
    ASSERT_EQ(b.containers.size(), a.containers.size());
    for (std::size_t i = 0; i < a.containers.size(); ++i) {
      EXPECT_EQ(b.containers[i].number, a.containers[i].number);
      EXPECT_EQ(b.containers[i].seals, a.containers[i].seals);
    }
    ASSERT_EQ(b.items.size(), a.items.size());
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      EXPECT_EQ(b.items[i].number, a.items[i].number);
      EXPECT_EQ(b.items[i].hs_code, a.items[i].hs_code);
      EXPECT_EQ(b.items[i].description, a.items[i].description);
      EXPECT_EQ(b.items[i].gross_mass_kg, a.items[i].gross_mass_kg);
      EXPECT_EQ(b.items[i].net_mass_kg, a.items[i].net_mass_kg);
      EXPECT_EQ(b.items[i].packages, a.items[i].packages);
      EXPECT_EQ(b.items[i].containers, a.items[i].containers);
    }
    const auto& da = read->details.at(0);
    const auto& db = again->details.at(0);
    EXPECT_EQ(db.procedure_code, da.procedure_code);
    EXPECT_EQ(db.value, da.value);
    EXPECT_EQ(db.currency, da.currency);
    for (std::size_t i = 0; i < da.items.size(); ++i)
      EXPECT_EQ(db.items.at(i).origin_country, da.items[i].origin_country);
  }
  EXPECT_EQ(count, 3);
}

TEST(Schemas, NctsUnloadingRemarks) {
  const auto folder = schema_folder("PORTCULLIS_NCTS_SCHEMAS");
  if (folder.empty()) GTEST_SKIP() << "PORTCULLIS_NCTS_SCHEMAS is not set";
  for (const auto kind : {core::DecisionKind::kRelease, core::DecisionKind::kHold}) {
    const auto emitted = emit_message(answerable_case(kind), "ncts", "CC044C");
    ASSERT_TRUE(emitted.ok()) << emitted.error().message;
    EXPECT_TRUE(is_valid(emitted->content, folder + "/cc044c.xsd")) << emitted->content;
  }
}

// Values were read in the published files with an editor.
TEST(Ncts, ATransitDeclarationAndUnloadingRemarks) {
  const auto read = parse_message_file("tests/data/customs/ncts/cc015c-valid.xml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->declarations.size(), 1U);
  const auto& d = read->declarations[0];
  EXPECT_EQ(read->message.name, "CC015C");
  EXPECT_EQ(read->message.id, "wrxe");
  EXPECT_EQ(d.lrn, "DHbrfgDQJRm");
  EXPECT_EQ(d.procedure, "transit");
  EXPECT_EQ(d.declarant, "ezv3Z");
  EXPECT_EQ(d.gross_mass_kg, 4380979244.527545);
  ASSERT_EQ(d.items.size(), 1U);
  EXPECT_EQ(d.items[0].number, 25);
  EXPECT_EQ(d.items[0].gross_mass_kg, 1000);
  EXPECT_EQ(d.items[0].package_kind, "Nu");
  EXPECT_EQ(read->details.at(0).places.at(1).code, "BN3KMA8M");

  const auto remarks = parse_message_file("tests/data/customs/ncts/cc044c-valid.xml");
  ASSERT_TRUE(remarks.ok()) << remarks.error().message;
  ASSERT_EQ(remarks->notices.size(), 1U);
  EXPECT_EQ(remarks->notices[0].mrn, "27WF9X1FQ9RCKN0TM3");
  EXPECT_EQ(remarks->notices[0].effect, Effect::kHold);
  EXPECT_EQ(remarks->notices[0].at, "2018-11-01");
}

TEST(Ncts, AControlDecisionSelects) {
  for (const auto& sample : adapter_samples()) {
    if (sample.what != "CC060C") continue;
    const auto read = parse_message(sample.bytes, "m.xml");
    ASSERT_TRUE(read.ok()) << read.error().message;
    ASSERT_EQ(read->notices.size(), 1U);
    EXPECT_EQ(read->notices[0].effect, Effect::kControl);
    EXPECT_EQ(read->notices[0].lrn, "LRN-60");
    EXPECT_EQ(read->notices[0].detail, "10; see the image");
    ASSERT_TRUE(read->selection);
    EXPECT_EQ(read->selection->channel, Channel::kRed);
  }
}

}  // namespace
}  // namespace portcullis::customs
