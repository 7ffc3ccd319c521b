// Time stamps against an authority made on the fly with `openssl`.
#include "archive/audit/time_stamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "archive/audit/audit_log.h"
#include "core/child_process.h"
#include "core/files.h"
#include "tests/support/environment.h"
#include "tests/support/eventually.h"

namespace portcullis {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::chrono::seconds kToolLimit{60};

// A root, and below it a certificate for time stamping; ts.cnf after openssl-ts(1).
constexpr const char* kAuthorityScript = R"(set -e
cd "$1"
cat > ts.cnf <<CNF
oid_section = oids
[oids]
policy = 1.2.3.4.1
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = policy
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
CNF
echo 01 > serial
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=TestRoot
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=TestStamps
printf 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n' > ext
openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out tsa.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key -out other.pem -days 30 -subj /CN=Other
)";

class TimeStamps : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / "stamps" /
              (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + "-" +
               std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    const auto made = run("sh", {"-c", kAuthorityScript, "sh", folder_.string()});
    ASSERT_EQ(made.first, 0) << made.second;
  }
  std::pair<int, std::string> run(const std::string& program, std::vector<std::string> arguments) {
    const auto out = folder_ / "told.txt";
    fs::remove(out);
    auto child = core::ChildProcess::start({program, std::move(arguments), {}, out, -1});
    if (!child.ok()) return {-1, child.error().message};
    const auto ended = child->wait(kToolLimit);
    const auto text = core::read_file(out, 1 << 20);
    return {ended && ended->signal == 0 ? ended->code : -1, text.ok() ? *text : std::string()};
  }
  std::pair<int, std::string> portcullis(std::vector<std::string> arguments) {
    return run(::portcullis::test::set_variable("PORTCULLIS_BIN") + "/portcullis",
               std::move(arguments));
  }
  /// What the authority answers to `request`.
  std::string reply(const std::string& request) {
    EXPECT_TRUE(core::write_file_atomically(folder_ / "q.tsq", request).ok());
    const auto told = run("sh", {"-c",
                                 "cd \"$1\" && openssl ts -reply -config ts.cnf -queryfile q.tsq "
                                 "-out r.tsr",
                                 "sh", folder_.string()});
    EXPECT_EQ(told.first, 0) << told.second;
    return core::read_file(folder_ / "r.tsr", 1 << 20).value();
  }
  [[nodiscard]] fs::path ca() const { return folder_ / "ca.pem"; }

  fs::path folder_;
};

TEST_F(TimeStamps, HoldsForItsDataAndItsAuthorityOnly) {
  const std::string data = "a log\n3\nroot\n";
  const auto request = archive::time_stamp_request(data);
  ASSERT_TRUE(request.ok()) << request.error().message;
  const auto before = core::SystemClock().utc_now();
  const auto response = reply(*request);
  const auto stamp = archive::check_time_stamp(data, *request, response, ca());
  ASSERT_TRUE(stamp.ok()) << stamp.error().message;
  constexpr std::int64_t kMinute_ns = 60'000'000'000;
  EXPECT_LT(std::abs(stamp->time.ns - before.ns), 5 * kMinute_ns);
  EXPECT_FALSE(stamp->serial.empty());
  EXPECT_TRUE(archive::check_time_stamp(data, {}, response, ca()).ok());

  const auto refused = [&](const std::string& of, const std::string& asked, const std::string& told,
                           const fs::path& by) {
    const auto checked = archive::check_time_stamp(of, asked, told, by);
    return checked.ok() ? "good" : checked.error().message;
  };
  EXPECT_THAT(refused("a log\n4\nroot\n", {}, response, ca()), HasSubstr("does not hold"));
  EXPECT_THAT(refused("a log\n4\nroot\n", *request, response, ca()), HasSubstr("does not hold"));
  EXPECT_THAT(refused(data, {}, response, folder_ / "other.pem"), HasSubstr("does not hold"));
  EXPECT_THAT(refused(data, {}, response + "x", ca()), HasSubstr("is no TimeStampResp"));
  EXPECT_THAT(refused(data, {}, "", ca()), HasSubstr("is no TimeStampResp"));
  EXPECT_THAT(refused(data, {}, response, folder_ / "none.pem"), HasSubstr("none.pem"));
  EXPECT_THAT(refused(data, {}, response, folder_ / "ts.cnf"), HasSubstr("no certificate"));
  // Another request for the same data has another nonce.
  const auto second = archive::time_stamp_request(data);
  ASSERT_TRUE(second.ok());
  EXPECT_NE(*second, *request);
  EXPECT_THAT(refused(data, *second, response, ca()), HasSubstr("does not hold"));
}

TEST_F(TimeStamps, ALogIsStampedOverHttpAndOpensslAgrees) {
  const auto log_folder = folder_ / "audit";
  std::uint64_t entries = 0;
  const auto add_entry = [&] {
    auto log = archive::AuditLog::open(
        {log_folder, folder_ / "audit.key", folder_ / "salts.sqlite", "test/log"});
    ASSERT_TRUE(log.ok()) << log.error().message;
    archive::AuditLog::Draft draft;
    draft.entry.type = "calibration";
    draft.entry.actor = "test";
    ASSERT_TRUE((*log)->add_and_wait(std::move(draft), kToolLimit).ok());
    entries = (*log)->size();
  };
  add_entry();
  auto server =
      core::ChildProcess::start({::portcullis::test::set_variable("PORTCULLIS_PYTHON"),
                                 {"tests/independent/exchange/tsa_server.py", folder_.string()},
                                 {},
                                 folder_ / "server.txt",
                                 -1});
  ASSERT_TRUE(server.ok()) << server.error().message;
  ASSERT_TRUE(test::eventually([&] { return fs::exists(folder_ / "port"); }));
  const auto address = "http://127.0.0.1:" + core::read_file(folder_ / "port", 100).value();
  const auto stamp = [&](const std::string& path) {
    return portcullis({"audit", "stamp", log_folder.string(), "--key",
                       (log_folder / "log.vkey").string(), "--tsa", address + path, "--tsa-ca",
                       ca().string()});
  };
  const auto broken = stamp("/broken");
  EXPECT_NE(broken.first, 0);
  EXPECT_THAT(broken.second, HasSubstr("is no TimeStampResp"));
  EXPECT_FALSE(fs::exists(folder_ / "audit-stamps"));

  const auto stamped = stamp("/stale");
  ASSERT_EQ(stamped.first, 0) << stamped.second;
  const auto stem = (folder_ / "audit-stamps" / std::to_string(entries)).string();
  const auto verified = run("openssl", {"ts", "-verify", "-data", stem + ".checkpoint", "-in",
                                        stem + ".tsr", "-CAfile", ca().string()});
  EXPECT_EQ(verified.first, 0) << verified.second;
  EXPECT_THAT(verified.second, HasSubstr("Verification: OK"));
  EXPECT_EQ(core::read_file(stem + ".checkpoint", 10'000).value(),
            core::read_file(log_folder / "checkpoint", 10'000).value());
  const auto checked = portcullis({"audit", "check-stamp", stem + ".tsr", "--checkpoint",
                                   stem + ".checkpoint", "--tsa-ca", ca().string()});
  EXPECT_EQ(checked.first, 0) << checked.second;
  EXPECT_EQ(stamp("/stale").first, 0);  // Not grown: nothing to do.

  // The authority's earlier answer to what is asked now: another nonce, another head.
  add_entry();
  const auto stale = stamp("/stale");
  EXPECT_NE(stale.first, 0);
  EXPECT_THAT(stale.second, HasSubstr("does not hold"));
  EXPECT_EQ(stamp("/").first, 0);
  const auto newest = archive::newest_stamp(folder_ / "audit-stamps");
  ASSERT_TRUE(newest.ok());
  EXPECT_EQ(newest->checkpoint, core::read_file(log_folder / "checkpoint", 10'000).value());

  server->terminate(std::chrono::seconds(2));
  add_entry();
  const auto nobody = stamp("/");
  EXPECT_EQ(nobody.first, 1);
  EXPECT_THAT(nobody.second, HasSubstr("no time stamp"));
}

}  // namespace
}  // namespace portcullis
