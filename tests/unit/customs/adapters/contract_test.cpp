#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "customs/adapters/parse.h"
#include "customs/model/case.h"
#include "customs/model/code_lists.h"
#include "tests/unit/customs/adapters/adapter_samples.h"

// What every adapter keeps, whatever its messages look like.
namespace portcullis::customs {
namespace {

using ::testing::HasSubstr;

core::Decision contract_decision(core::DecisionKind kind) {
  core::Decision decision;
  decision.case_id = "case-1";
  decision.scan_id = "scan-1";
  decision.container = "CSQU3054383";
  decision.kind = kind;
  decision.reason_code = "R04";
  decision.reason_text = "Dense 'object' + more: <what?> \xc3\xbc";
  decision.decided = core::UtcTime{1'767'225'660'500'000'000};  // 2026-01-01T00:01:00.5Z
  return decision;
}

constexpr core::DecisionKind kAllDecisions[] = {core::DecisionKind::kRelease,
                                                core::DecisionKind::kDocumentaryCheck,
                                                core::DecisionKind::kPhysicalInspection,
                                                core::DecisionKind::kHold,
                                                core::DecisionKind::kRadiationSecondary,
                                                core::DecisionKind::kOtherAgency,
                                                core::DecisionKind::kRescan,
                                                core::DecisionKind::kIsolate};

void one_line_of(const core::Error& error, const AdapterSample& sample) {
  EXPECT_EQ(error.message.find('\n'), std::string::npos) << sample.what;
  EXPECT_TRUE(error.message.starts_with("m.dat: ")) << sample.what << ": " << error.message;
}

TEST(AdapterContract, EverySystemHasASampleThatIsDetectedAndRead) {
  std::set<std::string> covered;
  for (const auto& sample : adapter_samples()) {
    covered.insert(sample.system);
    const auto read = parse_message(sample.bytes, "m.dat", sample.detected ? "" : sample.system);
    ASSERT_TRUE(read.ok()) << sample.what << ": " << read.error().message;
    EXPECT_EQ(read->message.system, sample.system) << sample.what;
    EXPECT_FALSE(read->message.name.empty()) << sample.what;
    EXPECT_FALSE(read->message.basis.empty()) << sample.what;
    EXPECT_FALSE(read->message.id.empty()) << sample.what;
    EXPECT_GT(read->declarations.size() + read->notices.size() + read->orders.size() +
                  (read->control_result ? 1 : 0) + read->holders.size(),
              0U)
        << sample.what;
    for (const auto& d : read->declarations) EXPECT_FALSE(d.message_id.empty()) << sample.what;
  }
  for (const auto& info : supported_systems()) {
    EXPECT_TRUE(info.reads == "-" || covered.contains(std::string(info.system))) << info.system;
  }
}

TEST(AdapterContract, TheSameMessageGivesTheSameCaseAndJsonKeepsIt) {
  for (const auto& sample : adapter_samples()) {
    const auto first = parse_message(sample.bytes, "m.dat", sample.system);
    const auto second = parse_message(sample.bytes, "m.dat", sample.system);
    ASSERT_TRUE(first.ok() && second.ok()) << sample.what;
    const auto json = to_json(*first);
    EXPECT_EQ(json, to_json(*second)) << sample.what;
    const auto again = case_from_json(json);
    ASSERT_TRUE(again.ok()) << sample.what << ": " << again.error().message;
    auto wanted = json;
    auto got = to_json(*again);
    const auto by_text = [](nlohmann::json& list) {
      std::sort(list.begin(), list.end(),
                [](const auto& a, const auto& b) { return a.dump() < b.dump(); });
    };
    by_text(wanted["remarks"]);
    by_text(got["remarks"]);
    EXPECT_EQ(got, wanted) << sample.what;
  }
}

// No byte is missing from a message without its being said, and nothing crashes on the way.
TEST(AdapterContract, ATruncatedMessageIsRefused) {
  for (const auto& sample : adapter_samples()) {
    const auto end = sample.bytes.find_last_not_of(" \t\r\n") + 1;
    for (std::size_t cut = 0; cut < 60; ++cut) {
      const auto bytes = sample.bytes.substr(0, end * cut / 60);
      const auto read = parse_message(bytes, "m.dat", sample.system);
      // A list as it was exported may end anywhere.
      if (sample.system == "eu-decisions" || (sample.lines && bytes.ends_with('\n'))) continue;
      ASSERT_FALSE(read.ok()) << sample.what << ", first " << bytes.size() << " bytes";
      one_line_of(read.error(), sample);
    }
  }
}

TEST(AdapterContract, WhatIsWrongIsNamed) {
  for (const auto& sample : adapter_samples()) {
    for (const auto& wrong : sample.breakages) {
      auto bytes = sample.bytes;
      const auto at = bytes.find(wrong.from);
      ASSERT_NE(at, std::string::npos) << sample.what << ": " << wrong.from;
      bytes.replace(at, wrong.from.size(), wrong.to);
      const auto read = parse_message(bytes, "m.dat", sample.system);
      ASSERT_FALSE(read.ok()) << sample.what << ": " << wrong.to;
      EXPECT_THAT(read.error().message, HasSubstr(wrong.says)) << sample.what;
      one_line_of(read.error(), sample);
    }
  }
}

TEST(AdapterContract, AnUnknownCodeIsKeptRemarkedAndNeverARelease) {
  for (const auto& sample : adapter_samples()) {
    if (sample.code.empty()) continue;
    auto bytes = sample.bytes;
    const auto at = bytes.find(sample.code);
    ASSERT_NE(at, std::string::npos) << sample.what;
    bytes.replace(at, sample.code.size(), sample.unknown_code);
    const auto read = parse_message(bytes, "m.dat", sample.system);
    ASSERT_TRUE(read.ok()) << sample.what << ": " << read.error().message;
    bool remarked = false;
    for (const auto& r : read->remarks)
      remarked =
          remarked || (r.kind == "code" && sample.unknown_code.find(r.value) != std::string::npos);
    EXPECT_TRUE(remarked) << sample.what;
    for (const auto& n : read->notices) {
      EXPECT_EQ(n.effect == Effect::kUnknown, !find_code(n.list, n.code)) << sample.what;
    }
  }
}

TEST(AdapterContract, UnknownElementsAreKept) {
  for (const auto& sample : adapter_samples()) {
    if (sample.unknown.empty()) continue;
    auto bytes = sample.bytes;
    const auto at = bytes.find(sample.unknown_before);
    ASSERT_NE(at, std::string::npos) << sample.what;
    bytes.insert(at, sample.unknown);
    const auto read = parse_message(bytes, "m.dat", sample.system);
    ASSERT_TRUE(read.ok()) << sample.what << ": " << read.error().message;
    bool kept = false;
    for (const auto& u : read->unknown) kept = kept || u.value == sample.unknown_value;
    EXPECT_TRUE(kept) << sample.what;
  }
}

TEST(AdapterContract, HostileBytesAreRefused) {
  for (const auto& sample : adapter_samples()) {
    // Ten megabytes and a byte more; a zero byte; bytes of no character set.
    auto large = sample.bytes;
    large.resize(kMessageBytesMax + 1, ' ');
    EXPECT_FALSE(parse_message(large, "m.dat", sample.system).ok()) << sample.what;
    auto zero = sample.bytes;
    zero[zero.size() / 2] = '\0';
    EXPECT_FALSE(parse_message(zero, "m.dat", sample.system).ok()) << sample.what;
    auto odd = sample.bytes;
    odd.insert(odd.size() / 2, "\xff\xfe\x81");
    const auto read = parse_message(odd, "m.dat", sample.system);
    EXPECT_FALSE(read.ok()) << sample.what;
    if (!read.ok()) one_line_of(read.error(), sample);
  }
}

// A message of one system in the name of another is an error, never a crash or a wrong case.
TEST(AdapterContract, AnotherSystemsMessageIsRefused) {
  const auto samples = adapter_samples();
  for (const auto& sample : samples) {
    for (const auto& info : supported_systems()) {
      if (info.system == sample.system) continue;
      const auto read = parse_message(sample.bytes, "m.dat", info.system);
      EXPECT_FALSE(read.ok()) << sample.what << " as " << info.system;
      if (!read.ok()) one_line_of(read.error(), sample);
    }
  }
}

TEST(AdapterContract, EveryAnswerCanBeWrittenForEveryDecision) {
  for (const auto& info : supported_systems()) {
    for (const auto message : info.writes) {
      for (const auto kind : kAllDecisions) {
        Case c;
        c.message.sender = "HERE";
        c.declarations.emplace_back();
        c.declarations[0].lrn = "LRN-7";
        c.declarations[0].mrn = "06DE586600006143E1";
        c.declarations[0].declarant = "GB150454489082";
        c.declarations[0].containers.push_back({"CSQU3054383", "45G1", {"S1"}, false});
        auto& details = c.details.emplace_back();
        details.places.push_back({"destination office", "GB000060", {}});
        details.parties.push_back({"consignee", "GB896458895015", {}, {}, {}});
        c.decisions.push_back(contract_decision(kind));
        const auto emitted = emit_message(c, info.system, message);
        ASSERT_TRUE(emitted.ok()) << info.system << " " << message << ": "
                                  << emitted.error().message;
        EXPECT_FALSE(emitted->content.empty());
        EXPECT_FALSE(emitted->message_id.empty());
        const auto again = emit_message(c, info.system, message);
        ASSERT_TRUE(again.ok());
        EXPECT_EQ(again->content, emitted->content) << info.system << " " << message;
        EXPECT_THAT(emitted->content, HasSubstr("06DE586600006143E1")) << info.system << message;
        // Where the system reads what it writes, the answer says what was decided.
        const auto read = parse_message(emitted->content, "m.dat", info.system);
        if (!read.ok()) continue;
        if (read->message.name != message) continue;
        for (const auto& n : read->notices) {
          EXPECT_TRUE(n.effect != Effect::kRelease || kind == core::DecisionKind::kRelease)
              << info.system << " " << message << " " << core::decision_kind_name(kind);
          EXPECT_TRUE(kind != core::DecisionKind::kRelease || n.effect == Effect::kRelease ||
                      n.effect == Effect::kNone);
          EXPECT_EQ(n.mrn, "06DE586600006143E1");
        }
      }
      EXPECT_FALSE(emit_message({}, info.system, message).ok()) << info.system << " " << message;
    }
    EXPECT_EQ(emit_message({}, info.system, "NOSUCH").error().code, core::ErrorCode::kUnsupported);
  }
  EXPECT_EQ(emit_message({}, "nosuch", "RES").error().code, core::ErrorCode::kUnsupported);
}

}  // namespace
}  // namespace portcullis::customs
