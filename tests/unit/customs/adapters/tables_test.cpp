#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "core/files.h"
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

// X12.6: a set's control number is its own in its group.
TEST(X12, AControlNumberThatIsGivenTwiceIsRefused) {
  const auto with_second = [](const std::string& number) {
    std::string bytes;
    for (const auto& sample : adapter_samples())
      if (sample.system == "x12" && sample.what == "309") bytes = sample.bytes;
    const auto from = bytes.find("ST*309*0001~");
    const auto to = bytes.find("GE*1*7~");
    std::string set = bytes.substr(from, to - from);
    set.replace(set.find("*0001~"), 6, "*" + number + "~");
    set.replace(set.find("*0001~"), 6, "*" + number + "~");
    return bytes.substr(0, to) + set + "GE*2*7~" + bytes.substr(to + 7);
  };
  const auto other = parse_message(with_second("0002"), "m", "x12");
  EXPECT_TRUE(other.ok()) << other.error().message;
  const auto twice = parse_message(with_second("0001"), "m", "x12");
  ASSERT_FALSE(twice.ok());
  EXPECT_THAT(twice.error().message,
              HasSubstr("ST has the control number \"0001\" of an earlier one"));
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

TEST(Tables, X12AnswerToAManifest) {
  const auto c = read_table_sample("x12", "355");
  ASSERT_TRUE(c.manifest);
  EXPECT_EQ(c.manifest->reference, "M77");
  ASSERT_EQ(c.notices.size(), 2U);
  EXPECT_EQ(c.notices[0].lrn, "MSCUEK569969");
  EXPECT_EQ(c.notices[0].effect, Effect::kRejected);
  EXPECT_EQ(c.notices[0].detail,
            "FOREIGN PORT OF LADING IS NOT KNOWN; CONTAINER IS ON ANOTHER BILL");
  EXPECT_EQ(c.notices[1].lrn, "MSCUEK569970");
  EXPECT_EQ(c.notices[1].detail, "BILL IS ON FILE");
  EXPECT_TRUE(c.declarations.empty());

  const std::string head =
      "ISA*00*          *00*          *ZZ*USCS           *ZZ*CARRIER        *260104*0930*U*00401*"
      "000000009*0*P*>~GS*SO*A*B*20260104*0930*9*X*004010~ST*355*0001~";
  const std::string tail = "~GE*1*9~IEA*1*000000009~";
  const auto silent =
      parse_message(head + "M10*MSCU*O*PA*1*SENA*652A*M77~P4*2704*20260129~SE*4*0001" + tail, "m");
  ASSERT_TRUE(silent.ok()) << silent.error().message;
  ASSERT_EQ(silent->notices.size(), 1U);
  EXPECT_EQ(silent->notices[0].effect, Effect::kNone);  // No remark is not yet an acceptance.
  EXPECT_EQ(silent->notices[0].detail, "manifest M77");
  const auto accepted = parse_message(
      head + "M10*MSCU*O*PA*1*SENA*652A*M77~K1*MANIFEST ACCEPTED~SE*4*0001" + tail, "m");
  ASSERT_TRUE(accepted.ok()) << accepted.error().message;
  EXPECT_EQ(accepted->notices.at(0).effect, Effect::kAccepted);
  const auto nothing = parse_message(head + "P4*2704*20260129~SE*3*0001" + tail, "m");
  ASSERT_FALSE(nothing.ok());
  EXPECT_THAT(nothing.error().message, HasSubstr("names no manifest"));
}

// Read back by the adapter that reads customs' own.
TEST(Tables, X12StatusDraft) {
  const struct {
    core::DecisionKind decision;
    const char* code;
    Effect effect;
  } kRows[] = {{core::DecisionKind::kRelease, "1C", Effect::kRelease},
               {core::DecisionKind::kPhysicalInspection, "1A", Effect::kControl},
               {core::DecisionKind::kDocumentaryCheck, "1H", Effect::kHold},
               {core::DecisionKind::kHold, "1H", Effect::kHold}};
  for (const auto& row : kRows) {
    auto c = read_table_sample("x12", "309");
    c.declarations[0].mrn = "E77-1234567";
    auto& decision = c.decisions.emplace_back();
    decision.kind = row.decision;
    decision.container = "CSQU3054383";
    decision.scan_id = "scan-1";
    decision.reason_text = "Between * the ~ separators > of X12, and longer than one remark may be";
    decision.decided = core::UtcTime{1'767'225'660'000'000'000};  // 2026-01-01T00:01:00Z
    const auto draft = emit_message(c, "x12", "350-DRAFT");
    ASSERT_TRUE(draft.ok()) << draft.error().message;
    const auto read = parse_message(draft->content, "m");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read->message.recipient, "MSCU");  // Who sent the manifest.
    ASSERT_EQ(read->notices.size(), 1U);
    const auto& n = read->notices[0];
    EXPECT_EQ(n.code, row.code);
    EXPECT_EQ(n.effect, row.effect);
    EXPECT_EQ(n.lrn, "MSCUEK569969");
    EXPECT_EQ(n.container, "CSQU3054383");
    EXPECT_EQ(n.at, "20260101:0001");
    for (const auto* part : {"E77-1234567", "DRAFT", "scan-1", "Between"})
      EXPECT_THAT(n.detail, HasSubstr(part));
  }
}

TEST(Tables, CapsFile) {
  const auto c = read_table_sample("caps", "CAPS");
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "D-7");
  EXPECT_EQ(d.procedure, "import");
  EXPECT_EQ(d.packages, 24);
  EXPECT_EQ(d.consignee, "Lion, Toys");
  EXPECT_EQ(d.gross_mass_kg, 2240.5);
  ASSERT_EQ(d.items.size(), 2U);
  EXPECT_EQ(d.items[0].hs_code, "950300");
  EXPECT_EQ(d.items[1].description, "Robots, \"small\"");
  ASSERT_EQ(d.containers.size(), 1U);
  EXPECT_THAT(d.items[1].containers, ElementsAre("CSQU3054383"));
  ASSERT_EQ(c.unknown.size(), 1U);
  EXPECT_EQ(c.unknown[0].value, "kept 7");
  EXPECT_EQ(c.unknown[0].path, "row 2, Box 22");

  auto answered = c;
  auto& decision = answered.decisions.emplace_back();
  decision.reason_text = "Says \"look\", twice";
  decision.container = "CSQU3054383";
  const auto draft = emit_message(answered, "caps", "STATUS-DRAFT");
  ASSERT_TRUE(draft.ok()) << draft.error().message;
  EXPECT_THAT(draft->content, HasSubstr(",D-7,,CSQU3054383,"));
  EXPECT_THAT(draft->content, HasSubstr(",\"Says \"\"look\"\", twice\"\r\n"));
}

TEST(Tables, Appointments) {
  const auto c = read_table_sample("scan-orders", "appointments");
  ASSERT_EQ(c.orders.size(), 2U);
  const auto& first = c.orders[0];
  EXPECT_EQ(first.reference, "A-1");
  EXPECT_EQ(first.state, OrderState::kPlanned);
  EXPECT_EQ(first.movement, "delivery");
  EXPECT_EQ(first.planned, "2026-01-04T14:00:00Z");
  EXPECT_EQ(first.container, "CSQU3054383");
  EXPECT_EQ(first.iso_type, "45G1");
  EXPECT_EQ(first.plate, "B AB 123");
  EXPECT_EQ(first.empty, false);
  EXPECT_EQ(first.gross_mass_kg, 21000);
  EXPECT_EQ(first.verified_mass_kg, 24150);
  EXPECT_THAT(first.seals, ElementsAre("S9"));
  EXPECT_EQ(c.orders[1].state, OrderState::kNoShow);
  EXPECT_EQ(c.orders[1].plate, "B CD 456");
  EXPECT_EQ(c.unknown.at(0).value, "kept 7");
  // Every state of a scan order has its word.
  for (const char* state : {"planned", "Arrived", "mismatch", "identified", "scanned", "decided",
                            "referred", "closed", "cancelled", "No-show"}) {
    const auto read = parse_message(
        "reference,planned,plate,state\nA,2026-01-04,B 1," + std::string(state) + "\n", "m");
    ASSERT_TRUE(read.ok()) << state << ": " << read.error().message;
    EXPECT_EQ(order_state_name(read->orders.at(0).state).substr(1), std::string(state).substr(1));
  }
}

// The page's table of systems is what the program reads and writes.
TEST(Tables, ThePageOfSystemsIsTheCodes) {
  const auto page = core::read_file("docs/customs.md", 100'000);
  ASSERT_TRUE(page.ok()) << page.error().message;
  std::vector<std::string> rows;
  std::istringstream lines(*page);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("| `") && line.find("](customs/") != std::string::npos)
      rows.push_back(line);
  const auto systems = supported_systems();
  EXPECT_EQ(rows.size(), systems.size());
  for (const auto& info : systems) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const std::string& line) {
      return line.starts_with(fmt::format("| `{}` |", info.system));
    });
    ASSERT_NE(row, rows.end()) << info.system;
    std::vector<std::string> cells(1);
    for (const char c : *row) {
      if (c == '|')
        cells.emplace_back();
      else
        cells.back() += c;
    }
    ASSERT_EQ(cells.size(), 7U) << *row;
    EXPECT_EQ(cells[3], fmt::format(" {} ", info.reads)) << info.system;
    std::string writes;
    for (const auto message : info.writes)
      writes += fmt::format("{}{}", writes.empty() ? "" : ", ", message);
    EXPECT_EQ(cells[4], fmt::format(" {} ", writes.empty() ? "-" : writes)) << info.system;
    EXPECT_THAT(cells[5], HasSubstr(std::string(info.basis))) << info.system;
    const auto from = row->find("](") + 2;
    EXPECT_TRUE(std::filesystem::exists("docs/" + row->substr(from, row->find(')', from) - from)))
        << *row;
  }
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
