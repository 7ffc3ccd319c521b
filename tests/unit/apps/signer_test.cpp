// The signer as a process of its own, the lane's audit beside it, and both ends of a shift.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "apps/lane/lane_audit.h"
#include "archive/audit/tile_log.h"
#include "core/child_process.h"
#include "tests/support/environment.h"
#include "tests/support/eventually.h"

namespace portcullis::apps {
namespace {

constexpr std::chrono::seconds kSignerTestLimit{30};

class SignerProcess : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / "signer";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    // A socket's path has at most 107 bytes, which a deep build tree may take alone.
    socket_ = std::filesystem::temp_directory_path() /
              ("portcullis-signer-" + std::to_string(::getpid()) + ".sock");
    options_ = {folder_ / "audit", folder_ / "audit.key", folder_ / "salts.sqlite", "test/lane"};
    std::ofstream(folder_ / "office") << std::string(64, '1') << "\n";
    std::ofstream(folder_ / "auditor") << std::string(64, '2') << "\n";
    std::ofstream(folder_ / "rota") << "anna\nben\n";
    start_lane();
  }
  void TearDown() override { std::filesystem::remove(socket_); }
  void start_lane() {
    auto audit = LaneAudit::open(options_, "Lane 1", socket_, clock_);
    ASSERT_TRUE(audit.ok()) << audit.error().message;
    audit_ = std::move(audit).value();
  }
  core::Result<core::ChildProcess> start(const char* program, std::vector<std::string> arguments) {
    core::ChildProcess::Options options;
    options.program =
        std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / program;
    options.arguments = std::move(arguments);
    return core::ChildProcess::start(options);
  }
  void start_signer() {
    auto started = start("portcullis-signer",
                         {"--log", (folder_ / "audit").string(), "--key",
                          (folder_ / "audit/log.vkey").string(), "--socket", socket_.string()});
    ASSERT_TRUE(started.ok());
    signer_.emplace(std::move(started).value());
    const SignerLink link(socket_, kSignerTestLimit);
    ASSERT_TRUE(test::eventually([&] { return link.pending().ok(); }, kSignerTestLimit));
  }
  /// Exit code of `portcullis ARGUMENTS`.
  int portcullis(std::vector<std::string> arguments) {
    auto started = start("portcullis", std::move(arguments));
    if (!started.ok()) return -1;
    const auto ended = started->wait(kSignerTestLimit);
    return ended ? ended->code : -1;
  }
  int signer_command(const std::string& command, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"signer", command, "early", "--socket", socket_.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return portcullis(std::move(arguments));
  }
  int draws() { return portcullis({"audit", "draws", (folder_ / "audit").string()}); }
  /// Entries of a type in the log.
  std::size_t count(const std::string& type) {
    const auto files =
        archive::DiskLogFiles::open(folder_ / "audit", archive::DiskLogFiles::Access::kRead);
    const auto key = archive::VerifierKey::load(folder_ / "audit/log.vkey");
    std::size_t found = 0;
    EXPECT_TRUE(archive::verify_log(*files, *key, [&](std::uint64_t index, std::string_view text) {
                  if (index == 0) found = 0;
                  const auto entry = archive::parse_audit_entry(text);
                  if (entry.ok() && entry->type == type) ++found;
                  return core::Status();
                }).ok());
    return found;
  }
  bool comes(const std::string& type, std::size_t times) {
    return test::eventually([&] { return count(type) >= times; }, kSignerTestLimit,
                            std::chrono::milliseconds(20));
  }
  void vehicle_passes(std::uint64_t number) {
    lane::VehicleRecord vehicle;
    vehicle.vehicle = number;
    vehicle.identity.plate = "AB123CD";
    audit_->vehicle_arrived(vehicle);
    audit_->vehicle_left(number);
  }

  std::filesystem::path folder_, socket_;
  archive::AuditLog::Options options_;
  core::SystemClock clock_;
  std::optional<core::ChildProcess> signer_;
  std::unique_ptr<LaneAudit> audit_;
};

TEST_F(SignerProcess, AShiftFromItsTermsToTheDrawsMadeAgain) {
  start_signer();
  ASSERT_EQ(
      signer_command("open", {"--reveal-by", "2100-01-01T00:00:00Z", "--rota",
                              (folder_ / "rota").string(), "--readers", "2", "--scan", "0.3"}),
      0);
  for (const std::string party : {"office", "auditor"})
    ASSERT_EQ(
        signer_command("share", {"--party", party, "--share-file", (folder_ / party).string()}), 0);
  for (std::uint64_t number = 1; number <= 3; ++number) vehicle_passes(number);
  ASSERT_TRUE(comes("draw", 18));
  EXPECT_EQ(count("draw_missing"), 0u);

  // The signer goes, and the shares with it: all is done to the next vehicle.
  signer_->terminate(kSignerTestLimit);
  signer_.reset();
  vehicle_passes(4);
  ASSERT_TRUE(comes("draw_missing", 6));
  EXPECT_EQ(draws(), 0);

  // The shares are given once more, and the shift ends; the lane starts anew between.
  start_signer();
  EXPECT_EQ(signer_command("share",
                           {"--party", "office", "--share-file", (folder_ / "auditor").string()}),
            1)
      << "not the share that was committed to";
  for (const std::string party : {"office", "auditor"})
    ASSERT_EQ(
        signer_command("share", {"--party", party, "--share-file", (folder_ / party).string()}), 0);
  audit_.reset();
  start_lane();
  vehicle_passes(5);
  ASSERT_TRUE(comes("draw", 24));
  ASSERT_EQ(signer_command("end"), 0);
  ASSERT_TRUE(comes("draw_reveal", 1));
  EXPECT_EQ(draws(), 0);

  // Who arrives when no shift is open has no draw, and that is found.
  vehicle_passes(6);
  ASSERT_TRUE(comes("arrival", 6));
  EXPECT_EQ(draws(), 1);
}

}  // namespace
}  // namespace portcullis::apps
