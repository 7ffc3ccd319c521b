#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <random>
#include <set>

#include "gateway_samples.h"
#include "tests/support/kill_test.h"

namespace portcullis::customs {
namespace {

constexpr int kMessages = 60;

/// What a gateway does all day, as fast as it can, until it is killed: looks, and answers each
/// declaration it finds.
[[noreturn]] void work_until_killed(const std::filesystem::path& folder) {
  const core::SystemClock clock;
  auto gateway = Gateway::create(test::config_in(folder), clock);
  if (!gateway.ok()) ::_exit(3);
  for (int round = 0; round < 1'000'000; ++round) {
    if (!(*gateway)->poll().ok()) ::_exit(4);
    const int i = round % kMessages;
    const auto found = (*gateway)->find_declarations({{fmt::format("BOX{}", i)}, "", {}});
    if (!found.ok()) ::_exit(5);
    for (const auto& one : *found) {
      DecisionSubmission submission;
      submission.idempotency_key = fmt::format("key-{}", i);
      submission.declaration_id = one.id;
      submission.decision.scan_id = fmt::format("scan-{}", i);
      submission.decision.kind = core::DecisionKind::kRelease;
      if (!(*gateway)->submit_decision(submission).ok()) ::_exit(6);
    }
  }
  ::_exit(7);
}

// Killed again and again while it works, the gateway in the end has every message once, every file
// in done or quarantine, and every answer once.
TEST(GatewayKill, NothingIsLostAndNothingIsAppliedTwice) {
  std::mt19937 random(::portcullis::test::printed_seed(20260306));
  const auto folder = test::test_folder("kill");
  const core::SystemClock clock;
  ASSERT_TRUE(Gateway::create(test::config_in(folder), clock).ok());
  int bad = 0;
  for (int i = 0; i < kMessages; ++i) {
    const bool readable = i % 7 != 3;
    bad += readable ? 0 : 1;
    test::put_file(
        folder / "inbox" / fmt::format("m{:03}.xml", i),
        readable ? test::dec_message(fmt::format("L{}", i), fmt::format("BOX{}", i)) : "damaged");
  }
  for (int round = 0; round < 25; ++round) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) work_until_killed(folder);
    const std::chrono::microseconds moment(5'000 + random() % 40'000);
    ASSERT_TRUE(::portcullis::test::kill_after(child, moment));
  }
  auto gateway = Gateway::create(test::config_in(folder), clock);
  ASSERT_TRUE(gateway.ok()) << gateway.error().message;
  for (int look = 0; look < 3; ++look) ASSERT_TRUE((*gateway)->poll().ok());
  std::set<std::string> answers;
  for (int i = 0; i < kMessages; ++i) {
    const auto found = (*gateway)->find_declarations({{fmt::format("BOX{}", i)}, "", {}});
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->size(), i % 7 != 3 ? 1u : 0u) << i;
    for (const auto& one : *found) {
      DecisionSubmission submission;
      submission.idempotency_key = fmt::format("key-{}", i);
      submission.declaration_id = one.id;
      submission.decision.scan_id = fmt::format("scan-{}", i);
      submission.decision.kind = core::DecisionKind::kRelease;
      auto receipt = (*gateway)->submit_decision(submission);
      ASSERT_TRUE(receipt.ok()) << receipt.error().message;
      answers.insert(receipt->answer_file);
    }
  }
  const auto status = (*gateway)->status();
  EXPECT_EQ(status->declarations, static_cast<std::uint64_t>(kMessages - bad));
  EXPECT_EQ(status->quarantined, static_cast<std::uint64_t>(bad));
  EXPECT_EQ(status->answers_written, static_cast<std::uint64_t>(kMessages - bad));
  EXPECT_TRUE(test::names_in(folder / "inbox").empty());
  EXPECT_TRUE(test::names_in(folder / "inbox" / ".taken").empty());
  EXPECT_EQ(test::names_in(folder / "inbox" / "done").size(),
            static_cast<std::size_t>(kMessages - bad));
  int messages = 0;
  for (const auto& name : test::names_in(folder / "inbox" / "quarantine"))
    messages += name.ends_with(".xml") ? 1 : 0;
  EXPECT_EQ(messages, bad);
  // Each answer stands there once, complete, under its name; half-written ones are hidden
  // leftovers.
  std::set<std::string> written;
  for (const auto& name : test::names_in(folder / "outbox")) {
    if (name.ends_with(".xml")) written.insert(name);
  }
  EXPECT_EQ(written, answers);
}

}  // namespace
}  // namespace portcullis::customs
