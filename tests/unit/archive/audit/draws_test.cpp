#include "archive/audit/draws.h"

#include <gtest/gtest.h>

#include "archive/audit/draw_signer.h"
#include "tests/unit/archive/audit/memory_log_files.h"

namespace portcullis::archive {
namespace {

TreeHash all(std::uint8_t byte) {
  TreeHash hash{};
  hash.fill(byte);
  return hash;
}

// Figures from Python's hashlib and hmac.
TEST(Draws, AreHmacOfPurposeAndLeaf) {
  const TreeHash seed = draw_seed(all(1), all(2));
  EXPECT_EQ(hash_hex(seed), "6b5e24e85bb008012e869292cdda345e3d77e121211acbf0ce56cd04251b6a71");
  const TreeHash leaf = leaf_hash("arrival");
  const TreeHash scan = draw_value(seed, "scan", leaf);
  EXPECT_EQ(hash_hex(scan), "bf73d8507265273a4e4d872b49088f378cd7e9cf93bd4601f2765fc26f151f8c");
  EXPECT_FALSE(draw_selects(scan, 747'861));
  EXPECT_TRUE(draw_selects(scan, 747'861 + 1));
  EXPECT_FALSE(draw_selects(scan, 0));
  EXPECT_TRUE(draw_selects(scan, 1'000'000));
  EXPECT_EQ(draw_index(draw_value(seed, "reader", leaf), 7), 4);
  // The shares are not to be exchanged for each other.
  EXPECT_NE(draw_seed(all(2), all(1)), seed);
}

/// A log, its lane and its signer.
class DrawsOfALane : public ::testing::Test {
 protected:
  DrawsOfALane()
      : key_(*SignerKey::make("lane")),
        writer_(*TileLogWriter::open(files_, key_)),
        signer_(files_, key_.verifier(), clock_) {}

  DrawTerms terms(const std::string& shift) {
    DrawTerms made;
    made.shift = shift;
    made.rate_ppm = {{"scan", 300'000}, {"second", 100'000}, {"open", 20'000}, {"tip", 50'000}};
    made.readers = 5;
    made.rota_sha256 = hash_hex(sha256("anna, ben, ..."));
    made.population = "every vehicle that arrives";
    made.reveal_by = core::UtcTime{clock_.utc_now().ns + 3'600'000'000'000};
    return made;
  }
  void log(AuditEntry entry) {
    entry.time = clock_.utc_now();
    ASSERT_TRUE(writer_.append({*to_canonical_json(entry)}).ok());
  }
  /// What the lane does with what the signer wants logged.
  void log_pending() {
    const auto pending = signer_.pending();
    ASSERT_TRUE(pending.ok()) << pending.error().message;
    for (const auto& entry : *pending) log(entry);
  }
  void open_shift(const std::string& shift, std::uint8_t office = 1, std::uint8_t auditor = 2) {
    ASSERT_TRUE(signer_.open_shift(terms(shift)).ok());
    ASSERT_TRUE(signer_.give_share(shift, "office", all(office)).ok());
    ASSERT_TRUE(signer_.give_share(shift, "auditor", all(auditor)).ok());
    log_pending();
  }
  std::uint64_t arrive(const std::string& visit) {
    AuditEntry entry;
    entry.type = kArrivalEntry;
    entry.subject = visit;
    const std::uint64_t index = writer_.size();
    log(entry);
    return index;
  }
  void draw_all(std::uint64_t arrival) {
    for (const char* purpose : kDrawPurposes) {
      const auto entry = signer_.draw(arrival, purpose);
      ASSERT_TRUE(entry.ok()) << entry.error().message;
      log(*entry);
    }
  }
  void end_shift(const std::string& shift) {
    ASSERT_TRUE(signer_.end_shift(shift).ok());
    log_pending();  // the end
    log_pending();  // the shares
  }
  DrawCheck check() {
    const auto reader = TileLogReader::open(files_, key_.verifier());
    DrawLedger ledger;
    EXPECT_TRUE(reader
                    ->for_each(0, reader->size(),
                               [&](std::uint64_t index, std::string_view text) -> core::Status {
                                 ledger.take(index, text);
                                 return {};
                               })
                    .ok());
    return check_draws(ledger, clock_.utc_now());
  }
  void expect_problem(const std::string& word) {
    const auto checked = check();
    ASSERT_EQ(checked.problems.size(), 1u) << ::testing::PrintToString(checked.problems);
    EXPECT_NE(checked.problems.front().find(word), std::string::npos) << checked.problems.front();
  }

  test::MemoryLogFiles files_;
  core::ManualClock clock_;
  SignerKey key_;
  TileLogWriter writer_;
  DrawSigner signer_;
};

TEST_F(DrawsOfALane, AllAreMadeAgainAfterTheReveal) {
  for (const char* shift : {"early", "late"}) {
    open_shift(shift, shift[0] == 'e' ? 1 : 3);
    for (int i = 0; i < 40; ++i) draw_all(arrive(std::string(shift) + std::to_string(i)));
    EXPECT_GE(check().not_revealed, 240u);
    EXPECT_TRUE(check().problems.empty());
    end_shift(shift);
  }
  const auto checked = check();
  EXPECT_TRUE(checked.problems.empty()) << ::testing::PrintToString(checked.problems);
  EXPECT_EQ(checked.shifts, 2u);
  EXPECT_EQ(checked.arrivals, 80u);
  EXPECT_EQ(checked.recomputed, 480u);
  EXPECT_EQ(checked.not_revealed, 0u);
  EXPECT_TRUE(signer_.pending()->empty());
}

TEST_F(DrawsOfALane, AnArrivalWithoutADrawIsFound) {
  open_shift("a");
  draw_all(arrive("one"));
  const auto two = arrive("two");
  expect_problem("two (entry 10): scan: has no draw");
  log(*signer_.draw(two, "scan"));
  EXPECT_TRUE(check().problems.empty()) << "the rest is due when the shift has ended";
  for (const char* purpose : {"reader", "second", "open"}) log(*signer_.draw(two, purpose));
  end_shift("a");
  expect_problem("tip: has no draw");
}

TEST_F(DrawsOfALane, WhoIsReadFirstIsDrawnWhereTheShiftCommittedToARate) {
  auto made = terms("a");
  made.rate_ppm["first"] = 1'000'000;
  ASSERT_TRUE(signer_.open_shift(made).ok());
  ASSERT_TRUE(signer_.give_share("a", "office", all(1)).ok());
  ASSERT_TRUE(signer_.give_share("a", "auditor", all(2)).ok());
  log_pending();
  const auto one = arrive("one");
  for (const char* purpose : {"scan", "reader", "second", "open", "tip"})
    log(*signer_.draw(one, purpose));
  const auto drawn = signer_.draw(one, "first");
  ASSERT_TRUE(drawn.ok());
  EXPECT_TRUE(std::get<bool>(drawn->data.at("drawn")));
  end_shift("a");
  expect_problem("first: has no draw");
  // Terms of before there was such a draw: nobody is, and nothing is missing.
  open_shift("b");
  const auto two = arrive("two");
  EXPECT_FALSE(std::get<bool>(signer_.draw(two, "first")->data.at("drawn")));
}

TEST_F(DrawsOfALane, AnArrivalOutsideAShiftIsFound) {
  arrive("too early");
  open_shift("a");
  end_shift("a");
  expect_problem("too early arrived while no shift");
}

TEST_F(DrawsOfALane, AnotherOutcomeIsFound) {
  open_shift("a");
  const auto arrival = arrive("one");
  for (const char* purpose : kDrawPurposes) {
    auto entry = *signer_.draw(arrival, purpose);
    if (std::string_view(purpose) == "open")
      entry.data["drawn"] = !std::get<bool>(entry.data["drawn"]);
    log(entry);
  }
  end_shift("a");
  expect_problem("open: is not what the shares draw");
}

TEST_F(DrawsOfALane, WithoutTheSignerEverythingIsDone) {
  open_shift("a");
  const auto arrival = arrive("one");
  for (const char* purpose : kDrawPurposes) {
    AuditEntry entry;
    entry.type = kDrawMissingEntry;
    entry.subject = "one";
    entry.data = {{"arrival", static_cast<std::int64_t>(arrival)},
                  {"purpose", std::string(purpose)},
                  {"drawn", std::string_view(purpose) != "second"}};
    log(entry);
  }
  end_shift("a");
  EXPECT_EQ(check().without_signer, 6u);
  expect_problem("second: the signer did not answer, and yet");
}

TEST_F(DrawsOfALane, LateAndMissingRevealsAreAlarms) {
  open_shift("a");
  clock_.advance(std::chrono::hours(2));
  expect_problem("are not revealed");
  end_shift("a");
  expect_problem("revealed late");
}

TEST_F(DrawsOfALane, SharesOtherThanCommittedAreFound) {
  open_shift("a");
  draw_all(arrive("one"));
  AuditEntry entry;
  entry.type = kShiftEndEntry;
  entry.subject = "a";
  log(entry);
  entry.type = kDrawRevealEntry;
  entry.data = {{"office", hash_hex(all(9))}, {"auditor", hash_hex(all(2))}};
  log(entry);
  expect_problem("office's share that was revealed is not the one");
}

TEST_F(DrawsOfALane, TheSignerKeepsTheRules) {
  EXPECT_FALSE(signer_.give_share("a", "office", all(1)).ok()) << "no such shift";
  EXPECT_TRUE(signer_.open_shift(terms("a")).ok());
  EXPECT_FALSE(signer_.give_share("a", "operator", all(1)).ok());
  EXPECT_TRUE(signer_.give_share("a", "office", all(1)).ok());
  EXPECT_FALSE(signer_.give_share("a", "auditor", all(1)).ok()) << "the same share twice";
  EXPECT_FALSE(signer_.give_share("a", "office", all(4)).ok()) << "another one";
  EXPECT_TRUE(signer_.give_share("a", "auditor", all(2)).ok());
  log_pending();
  EXPECT_FALSE(signer_.open_shift(terms("b")).ok()) << "the first has not ended";
  EXPECT_FALSE(signer_.draw(writer_.size(), "scan").ok()) << "not in the log yet";
  EXPECT_FALSE(signer_.draw(0, "scan").ok()) << "no arrival";
  const auto arrival = arrive("one");
  EXPECT_FALSE(signer_.draw(arrival, "luck").ok());
  EXPECT_EQ(signer_.draw(arrival, "scan")->data, signer_.draw(arrival, "scan")->data);
  // A signer that was started again has nothing to draw with, until the same shares are given.
  DrawSigner again(files_, key_.verifier(), clock_);
  EXPECT_FALSE(again.draw(arrival, "scan").ok());
  EXPECT_FALSE(again.give_share("a", "office", all(5)).ok());
  EXPECT_TRUE(again.give_share("a", "office", all(1)).ok());
  EXPECT_TRUE(again.give_share("a", "auditor", all(2)).ok());
  EXPECT_EQ(again.draw(arrival, "scan")->data, signer_.draw(arrival, "scan")->data);
  EXPECT_TRUE(again.pending()->empty()) << "the commitments stand in the log";
  end_shift("a");
  EXPECT_FALSE(signer_.draw(arrival, "scan").ok()) << "the shares are known to all";
}

TEST_F(DrawsOfALane, ARewrittenLogDrawsNothingMore) {
  open_shift("a");
  const auto before = files_.copy();
  const auto arrival = arrive("one");
  ASSERT_TRUE(signer_.draw(arrival, "scan").ok());
  // The same place, another arrival: with the lane's own key, and yet it is not taken.
  files_.files = before.copy().files;
  ASSERT_TRUE(writer_.reload().ok());
  ASSERT_EQ(arrive("one, tried again"), arrival);
  EXPECT_EQ(signer_.draw(arrival, "scan").error().code, core::ErrorCode::kCorrupt);
  EXPECT_FALSE(signer_.pending().ok());
}

}  // namespace
}  // namespace portcullis::archive
