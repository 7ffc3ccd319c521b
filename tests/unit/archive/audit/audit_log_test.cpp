#include "archive/audit/audit_log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>

#include "archive/audit/tlog_proof.h"
#include "core/child_process.h"
#include "core/files.h"
#include "tests/support/kill_test.h"

namespace portcullis::archive {
namespace {

constexpr std::chrono::seconds kLong{30};

std::filesystem::path audit_folder(const std::string& name) {
  const char* base = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(base == nullptr ? "." : base) / "audit" / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

AuditLog::Options options_in(const std::filesystem::path& folder) {
  return {folder / "log", folder / "audit.key", folder / "audit-salts.sqlite", "test/lane-1"};
}

AuditLog::Draft draft_of(const std::string& type, const std::string& subject) {
  AuditLog::Draft draft;
  draft.entry.type = type;
  draft.entry.subject = subject;
  draft.entry.actor = "lane";
  draft.entry.time = core::UtcTime{1'767'225'600'000'000'000};
  return draft;
}

VerifierKey key_in(const std::filesystem::path& folder) {
  return *VerifierKey::load(folder / "log" / kKeyFile);
}

/// Runs the Go program; its exit status.
int independent_check(const std::vector<std::string>& arguments) {
  core::ChildProcess::Options options;
  options.program = std::getenv("PORTCULLIS_GO_VERIFY_LOG");
  options.arguments = arguments;
  auto child = core::ChildProcess::start(options);
  if (!child.ok()) return -1;
  const auto ended = child->wait(kLong);
  return ended ? ended->code : -1;
}

TEST(AuditEntry, IsCanonicalJson) {
  AuditEntry entry = draft_of("decision", "case-1").entry;
  entry.data["b"] = std::int64_t{-3};
  entry.data["a"] = std::string("Grün \"\n\x01");
  entry.data["c"] = true;
  const auto text = to_canonical_json(entry);
  ASSERT_TRUE(text.ok());
  // RFC 8785: keys sorted, no blanks, the shortest escapes, UTF-8 as it is.
  EXPECT_EQ(*text,
            "{\"actor\":\"lane\",\"data\":{\"a\":\"Grün \\\"\\n\\u0001\",\"b\":-3,\"c\":true},"
            "\"subject\":\"case-1\",\"time\":\"2026-01-01T00:00:00.000Z\",\"type\":\"decision\","
            "\"v\":1}");
  const auto read = parse_audit_entry(*text);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->data, entry.data);
  EXPECT_EQ(read->time, entry.time);
  for (const std::string& bad :
       {std::string("{}"), " " + *text, *text + "\n", std::string("[1]"), std::string(),
        std::string("{\"actor\":\"\",\"data\":{\"x\":1.5},\"subject\":\"\",\"time\":"
                    "\"2026-01-01T00:00:00.000Z\",\"type\":\"\",\"v\":1}"),
        std::string("{\"actor\":\"\",\"data\":{},\"more\":1,\"subject\":\"\",\"time\":"
                    "\"2026-01-01T00:00:00.000Z\",\"type\":\"\",\"v\":1}")})
    EXPECT_EQ(parse_audit_entry(bad).error().code, core::ErrorCode::kInvalidInput) << bad;
  entry.data["a"] = std::string("\xFF");
  EXPECT_FALSE(to_canonical_json(entry).ok());
  entry.data["a"] = std::int64_t{1} << 54;
  EXPECT_FALSE(to_canonical_json(entry).ok());
}

TEST(AuditLogOnDisk, KeepsOrderAcrossStartsAndHidesPersons) {
  const auto folder = audit_folder("order");
  for (int start = 0; start < 3; ++start) {
    auto log = AuditLog::open(options_in(folder));
    ASSERT_TRUE(log.ok()) << log.error().message;
    EXPECT_EQ((*log)->size(), static_cast<std::uint64_t>(start) * 101);
    for (int i = 0; i < 100; ++i) (*log)->add(draft_of("event", std::to_string(start * 100 + i)));
    auto decision = draft_of("decision", "case");
    decision.person = "Anna Petrovna";
    decision.personal["plate"] = "AB123CD";
    const auto index = (*log)->add_and_wait(decision, kLong);
    ASSERT_TRUE(index.ok()) << index.error().message;
    EXPECT_EQ(*index, static_cast<std::uint64_t>(start) * 101 + 100);
  }
  auto log = AuditLog::open(options_in(folder));
  const auto entries = (*log)->newest(1000);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 303u);
  EXPECT_EQ((*entries)[250].second.subject, "248");
  // The same person, the same hash; who it is stands nowhere in the log.
  const auto& decided = entries->back().second;
  EXPECT_EQ(decided.actor, (*entries)[100].second.actor);
  EXPECT_EQ(decided.actor.rfind("person:", 0), 0u);
  EXPECT_EQ(decided.text("plate_hash").size(), 32u);
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder / "log")) {
    if (!file.is_regular_file()) continue;
    const auto content = *core::read_file(file.path(), 1U << 24U);
    EXPECT_EQ(content.find("Anna"), std::string::npos) << file.path();
    EXPECT_EQ(content.find("AB123"), std::string::npos) << file.path();
  }
  // Another program cannot write meanwhile, and looking is free.
  EXPECT_EQ(AuditLog::open(options_in(folder)).error().code, core::ErrorCode::kUnavailable);
  const auto files = DiskLogFiles::open(folder / "log", DiskLogFiles::Access::kRead);
  EXPECT_TRUE(verify_log(*files, key_in(folder)).ok());
}

TEST(AuditLogOnDisk, ErasedSaltsCutTheLink) {
  const auto folder = audit_folder("salts");
  const auto path = folder / "salts.sqlite";
  auto salts = Salts::open(path);
  ASSERT_TRUE(salts.ok());
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const auto first = *(*salts)->hash("plate", "AB123CD");
  EXPECT_EQ(*(*salts)->hash("plate", "AB123CD"), first);
  EXPECT_NE(*(*salts)->hash("person", "AB123CD"), first);
  ASSERT_TRUE((*salts)->erase("plate", "AB123CD").ok());
  EXPECT_NE(*(*salts)->hash("plate", "AB123CD"), first);
}

// RFC 4231, test case 2.
TEST(AuditLogOnDisk, HmacOfRfc4231) {
  std::string hex;
  for (const char c : hmac_sha256("Jefe", "what do ya want for nothing?")) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(c));
    hex += digits;
  }
  EXPECT_EQ(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(AuditLogOnDisk, KeyThatOthersMayReadIsRefused) {
  const auto folder = audit_folder("key");
  const auto options = options_in(folder);
  ASSERT_TRUE(AuditLog::open(options).ok());
  struct stat info {};
  ASSERT_EQ(::stat(options.key_file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(::chmod(options.key_file.c_str(), 0640), 0);
  EXPECT_EQ(AuditLog::open(options).error().code, core::ErrorCode::kRefused);
  ASSERT_EQ(::chmod(options.key_file.c_str(), 0600), 0);
  // A lane that is renamed goes on in the same log.
  auto renamed = options;
  renamed.origin = "test/lane-2";
  EXPECT_TRUE(AuditLog::open(renamed).ok());
}

TEST(AuditLogOnDisk, LogThatWasRolledBackIsRefused) {
  const auto folder = audit_folder("rollback");
  const auto options = options_in(folder);
  { ASSERT_TRUE((*AuditLog::open(options))->add_and_wait(draft_of("a", ""), kLong).ok()); }
  std::filesystem::copy(folder / "log", folder / "copy", std::filesystem::copy_options::recursive);
  { ASSERT_TRUE((*AuditLog::open(options))->add_and_wait(draft_of("b", ""), kLong).ok()); }
  std::filesystem::rename(folder / "log", folder / "newer");
  std::filesystem::rename(folder / "copy", folder / "log");
  EXPECT_EQ(AuditLog::open(options).error().code, core::ErrorCode::kCorrupt);
  std::filesystem::remove_all(folder / "log");
  EXPECT_EQ(AuditLog::open(options).error().code, core::ErrorCode::kCorrupt) << "it was taken away";
  std::filesystem::remove_all(folder / "log");
  std::filesystem::rename(folder / "newer", folder / "log");
  EXPECT_TRUE(AuditLog::open(options).ok());
}

/// The child: adds entries one after the other and tells of each that is on the disk.
[[noreturn]] void add_until_killed(const AuditLog::Options& options, int acknowledge) {
  auto log = AuditLog::open(options);
  if (!log.ok()) ::_exit(3);
  for (std::uint64_t i = 0;; ++i) {
    const auto index = (*log)->add_and_wait(draft_of("event", std::to_string(i)), kLong);
    if (!index.ok()) ::_exit(4);
    const std::uint64_t count = *index + 1;
    if (::write(acknowledge, &count, sizeof count) != sizeof count) ::_exit(5);
  }
}

TEST(AuditLogKill, AcknowledgedEntriesSurviveKillAtAnyMoment) {
  std::mt19937 random(::portcullis::test::printed_seed(20261123));
  const auto folder = audit_folder("kill");
  const auto options = options_in(folder);
  std::uint64_t most = 0;
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    std::fflush(nullptr);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      add_until_killed(options, ends[1]);
    }
    ::close(ends[1]);
    ASSERT_TRUE(
        ::portcullis::test::kill_after(child, std::chrono::microseconds(random() % 100'000)));
    std::uint64_t word = 0;
    while (::read(ends[0], &word, sizeof word) == sizeof word) most = word;
    ::close(ends[0]);
    const auto files = DiskLogFiles::open(folder / "log", DiskLogFiles::Access::kRead);
    if (most == 0 && !std::filesystem::exists(folder / "log" / kCheckpointFile)) continue;
    const auto verified = verify_log(*files, key_in(folder));
    ASSERT_TRUE(verified.ok()) << verified.error().message;
    EXPECT_GE(verified->checkpoint.size, most);
    EXPECT_TRUE(AuditLog::open(options).ok());
  }
  std::printf("%llu entries acknowledged before kills\n", static_cast<unsigned long long>(most));
}

// golang.org/x/mod/sumdb has no part in our code: it must take what we write, proofs included, and
// refuse what was edited.
TEST(AuditIndependent, GoTakesTheLogAndItsProofs) {
  ASSERT_NE(std::getenv("PORTCULLIS_GO_VERIFY_LOG"), nullptr);
  const auto folder = audit_folder("independent");
  auto files = DiskLogFiles::open(folder / "log", DiskLogFiles::Access::kWrite);
  auto writer = TileLogWriter::open(*files, *SignerKey::make("example.com/log"));
  ASSERT_TRUE(writer.ok());
  const auto old_checkpoint = (folder / "old").string();
  const auto proof_file = (folder / "proof").string();
  const auto key_file = (folder / "log" / kKeyFile).string();
  const auto log = (folder / "log").string();
  for (const int count : {0, 1, 6, 249, 1, 300, 513}) {
    std::vector<std::string> entries;
    for (int i = 0; i < count; ++i)
      entries.push_back(*to_canonical_json(draft_of("event", std::to_string(i)).entry));
    ASSERT_TRUE(core::write_file_atomically(old_checkpoint, writer->checkpoint_note()).ok());
    ASSERT_TRUE(writer->append(entries).ok());
    std::vector<std::string> arguments{log, key_file, old_checkpoint};
    if (writer->size() != 0) {
      const auto reader = TileLogReader::open(*files, writer->verifier());
      const auto proof = make_inclusion_proof(*reader, writer->size() / 2);
      ASSERT_TRUE(core::write_file_atomically(proof_file, *proof).ok());
      arguments.push_back(proof_file);
    }
    EXPECT_EQ(independent_check(arguments), 0) << "at " << writer->size();
  }
  const auto tile = folder / "log" / "tile/entries/001";
  auto content = *core::read_file(tile, 1U << 24U);
  content[700] ^= 1;
  ASSERT_TRUE(core::write_file_atomically(tile, content).ok());
  EXPECT_EQ(independent_check({log, key_file}), 1);
}

}  // namespace
}  // namespace portcullis::archive
