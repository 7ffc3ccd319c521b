#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/site_tables.h"

// US ACE's records of fixed length. Positions of record A01 are those that CBP publishes; the
// others are those of the table that comes with the program, so what is tested there is that
// records are read and written by the table.
namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string camir_file(const std::string& name) {
  const auto bytes = core::read_file("tests/data/customs/camir/" + name, 1'000'000);
  EXPECT_TRUE(bytes.ok()) << name;
  return bytes.ok() ? *bytes : std::string();
}

std::string record(std::string text) {
  text.resize(80, ' ');
  return text + "\n";
}

Case read_camir(const std::string& bytes) {
  const auto read = parse_message(bytes, "m.camir", "camir");
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  return read.ok() ? *read : Case{};
}

std::string refused(const std::string& bytes) {
  const auto read = parse_message(bytes, "m.camir", "camir");
  EXPECT_FALSE(read.ok());
  return read.ok() ? std::string() : read.error().message;
}

TEST(Camir, ManifestDownload) {
  const auto c = read_camir(camir_file("manifest.camir"));
  EXPECT_EQ(c.message.name, "MANIFEST");
  EXPECT_EQ(c.message.basis, "field list");
  EXPECT_EQ(c.message.sent, "20260104");
  ASSERT_TRUE(c.manifest);
  EXPECT_EQ(c.manifest->vessel, "MSC SENA");
  EXPECT_EQ(c.manifest->voyage, "652A");
  EXPECT_EQ(c.manifest->imo, "9074729");
  EXPECT_EQ(c.manifest->discharge, "2704");
  EXPECT_EQ(c.manifest->arrival, "20260129");
  ASSERT_EQ(c.declarations.size(), 1U);
  const auto& d = c.declarations[0];
  EXPECT_EQ(d.lrn, "MSCUEK569969");  // The issuer of J01, then the number of B01.
  EXPECT_EQ(d.packages, 12);
  EXPECT_EQ(d.gross_mass_kg, 2150);
  EXPECT_EQ(d.consignor, "SHANGHAI TOYS");
  EXPECT_EQ(d.consignee, "LION TOYS");
  ASSERT_EQ(d.containers.size(), 1U);
  EXPECT_EQ(d.containers[0].number, "CSQU3054383");
  EXPECT_THAT(d.containers[0].seals, ElementsAre("S-1", "S2"));
  ASSERT_EQ(d.items.size(), 1U);
  EXPECT_EQ(d.items[0].hs_code, "9503000000");
  EXPECT_EQ(d.items[0].description, "PLASTIC TOYS");
  ASSERT_FALSE(c.details.empty());
  EXPECT_EQ(c.details[0].parties.at(0).address, "ROAD 1, SHANGHAI");
  EXPECT_EQ(c.details[0].parties.at(0).country, "CN");
  // Whoever reads the case sees whose positions are not CBP's.
  std::vector<std::string> assumed;
  for (const auto& r : c.remarks)
    if (r.kind == "layout") assumed.push_back(r.value);
  EXPECT_THAT(assumed, ElementsAre("B01", "C01", "D01", "D02", "J01", "M01", "N01", "N02", "P01"));
}

TEST(Camir, RecordsStandOnLinesOrOneAfterTheOther) {
  const auto lines = camir_file("manifest.camir");
  std::string stream;
  std::string windows;
  for (const char c : lines) {
    if (c == '\n')
      windows += "\r\n";
    else
      (stream += c, windows += c);
  }
  for (const auto& bytes : {stream, windows}) {
    EXPECT_EQ(detect_system(bytes, "m").ok() ? *detect_system(bytes, "m") : "", "camir");
    auto c = read_camir(bytes);
    ASSERT_EQ(c.declarations.size(), 1U);
    EXPECT_EQ(c.declarations[0].lrn, "MSCUEK569969");
  }
  EXPECT_THAT(refused(stream.substr(0, stream.size() - 1)), HasSubstr("has 79 characters"));
}

TEST(Camir, StatusOfBills) {
  const auto c = read_camir(camir_file("status.camir"));
  EXPECT_EQ(c.message.name, "STATUS");
  ASSERT_EQ(c.notices.size(), 2U);
  EXPECT_EQ(c.notices[0].code, "1H");
  EXPECT_EQ(c.notices[0].effect, Effect::kHold);
  EXPECT_EQ(c.notices[0].lrn, "MSCUEK569969");
  EXPECT_EQ(c.notices[0].container, "CSQU3054383");
  EXPECT_EQ(c.notices[0].at, "20260104:1030");
  EXPECT_EQ(c.notices[0].detail, "quantity 12; port 2704; SECOND SEAL WANTED");
  // By the table that comes with the program the code stands where CBP may write something else:
  // holds and examinations are heeded, a release is not (SiteTables tests one that is).
  EXPECT_EQ(c.notices[1].code, "1B");
  EXPECT_EQ(c.notices[1].effect, Effect::kNone);
  EXPECT_THAT(c.remarks.at(0).reason, HasSubstr("a release at an assumed position"));
  EXPECT_EQ(c.notices[1].container, "");
  EXPECT_EQ(c.notices[1].detail, "quantity 12; entry type 01; entry E7712345678");
}

// Record A01 by CBP's own positions: carrier 4-7, port 8-11, action 12, bill 13-24, quantity 25-34,
// code 35-36.
TEST(Camir, Amendments) {
  const auto deleted = read_camir(camir_file("deletion.camir"));
  ASSERT_EQ(deleted.declarations.size(), 1U);
  EXPECT_EQ(deleted.declarations[0].lrn, "MSCUEK569969");
  EXPECT_EQ(deleted.message.function, "1");
  ASSERT_EQ(deleted.notices.size(), 1U);
  EXPECT_EQ(deleted.notices[0].code, "D");
  EXPECT_EQ(deleted.notices[0].detail, "amendment code 05");
  ASSERT_TRUE(deleted.manifest);
  EXPECT_EQ(deleted.manifest->carrier, "MSCU");
  EXPECT_EQ(deleted.manifest->discharge, "2704");

  const auto head = record("ACRPORTDC") + record("J01MSCU");
  const auto replaced =
      read_camir(head + record("A01MSCU2704REK569969    000000001105") + record("ZCR"));
  EXPECT_TRUE(
      replaced.declarations.empty());  // It would put a bill of nothing in the bill's place.
  EXPECT_EQ(replaced.message.function, "");
  ASSERT_EQ(replaced.notices.size(), 1U);
  EXPECT_EQ(replaced.notices[0].code, "R");
  EXPECT_EQ(replaced.notices[0].effect, Effect::kNone);
  EXPECT_EQ(replaced.notices[0].lrn, "MSCUEK569969");
  EXPECT_EQ(replaced.notices[0].detail, "quantity 11; amendment code 05");

  const auto bill = record("B01EK569970");
  EXPECT_THAT(refused(head + record("A01MSCU2704DEK569969              05") + bill + record("ZCR")),
              HasSubstr("deletes a bill in a message of several bills"));
  const auto kept = read_camir(head + record("A01MSCU2704AEK569970              05      XY") +
                               bill + record("ZCR"));
  ASSERT_EQ(kept.declarations.size(), 1U);
  EXPECT_EQ(kept.unknown.at(1).path, "record 3, A01, positions 43-44");
  EXPECT_EQ(kept.unknown.at(1).value, "XY");
}

TEST(Camir, WhatAnAssumedPositionCannotHoldIsNotGuessed) {
  const auto head = record("ACRPORTDC");
  EXPECT_THAT(
      refused(head + record("P01270401292601") + record("ZCR")),
      HasSubstr("record 2, P01, positions 14-15: \"01\" stands where camir.txt has no field"));
  EXPECT_THAT(refused(head + record("P01LOSA012926") + record("ZCR")),
              HasSubstr("the position is assumed: compare it, then correct camir.txt"));
  EXPECT_THAT(refused(head + record("X99WHAT") + record("ZCR")),
              HasSubstr("names no bill of lading (B01, A01, R02); 1 of its records stand in no"));
  EXPECT_THAT(
      refused(head + record("J01MSCU") + record("B01EK1") + record("R021HMSCUEK1") + record("ZCR")),
      HasSubstr("they are messages apart"));
  EXPECT_THAT(refused(record("ACRPORTDC\xc3\xbc")), HasSubstr("is no printable ASCII character"));
  EXPECT_THAT(refused(record("ZCR")), HasSubstr("stands first"));
  EXPECT_THAT(refused(head + record("ZCR") + record("M01")), HasSubstr("stands after ZCR"));
}

// Read back by the adapter that reads customs' own.
TEST(Camir, StatusDraft) {
  const struct {
    core::DecisionKind decision;
    const char* code;
    Effect effect;
  } kRows[] = {{core::DecisionKind::kRelease, "1C", Effect::kNone},
               {core::DecisionKind::kPhysicalInspection, "1A", Effect::kControl},
               {core::DecisionKind::kDocumentaryCheck, "1H", Effect::kHold},
               {core::DecisionKind::kIsolate, "1H", Effect::kHold}};
  for (const auto& row : kRows) {
    auto c = read_camir(camir_file("manifest.camir"));
    c.declarations.at(0).mrn = "26US1234";
    auto& decision = c.decisions.emplace_back();
    decision.kind = row.decision;
    decision.container = "CSQU3054383";
    decision.scan_id = "scan-1";
    decision.reason_text =
        "Longer than one remark may be: a dense block behind the doors, w\xc3\xa4rmer";
    decision.decided = core::UtcTime{1'767'225'660'000'000'000};  // 2026-01-01T00:01:00Z
    const auto draft = emit_message(c, "camir", "STATUS-DRAFT");
    ASSERT_TRUE(draft.ok()) << draft.error().message;
    EXPECT_EQ(draft->content.size() % 81, 0U);
    const auto read = read_camir(draft->content);
    EXPECT_EQ(read.message.recipient, "PORT");  // Who gave us the manifest.
    ASSERT_EQ(read.notices.size(), 1U);
    const auto& n = read.notices[0];
    EXPECT_EQ(n.code, row.code);
    EXPECT_EQ(n.effect, row.effect);
    EXPECT_EQ(n.lrn, "MSCUEK569969");
    EXPECT_EQ(n.container, "CSQU3054383");
    EXPECT_EQ(n.at, "20260101:0001");
    for (const auto* part :
         {"DRAFT", "MRN 26US1234", "SCAN SCAN-1", "LONGER THAN ONE REMARK", "W?RMER"})
      EXPECT_THAT(n.detail, HasSubstr(part));
  }
  // What is no CAMIR number is said, never bent into one.
  Case c;
  c.declarations.emplace_back().lrn = "LRN-7";
  c.details.emplace_back();
  c.decisions.emplace_back();
  const auto draft = emit_message(c, "camir", "STATUS-DRAFT");
  ASSERT_TRUE(draft.ok()) << draft.error().message;
  EXPECT_THAT(draft->content, HasSubstr("R03BILL LRN-7 IS NO CAMIR NUMBER"));
}

}  // namespace
}  // namespace portcullis::customs
