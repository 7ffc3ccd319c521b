// The gateway as it runs: messages by HTTP and folder, decisions over its socket, an audit log, and
// kill -9 at random moments. In the end every message that was acknowledged is there once, every
// decision was answered once, and the log has one entry for each.
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "archive/audit/audit_log.h"
#include "core/child_process.h"
#include "core/files.h"
#include "customs/gateway/message_store.h"
#include "services/gateway/gateway_client.h"
#include "tests/support/eventually.h"
#include "tests/support/kill_test.h"
#include "tests/support/raw_http.h"

namespace portcullis {
namespace {

namespace fs = std::filesystem;

constexpr int kSenders = 3;
constexpr int kFilesPerRound = 5;

std::string message_of(const std::string& lrn) {
  return fmt::format(
      "<md:MetaData xmlns:md=\"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2\" "
      "xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\"><md:WCOTypeName>DEC</md:WCOTypeName><Declaration>"
      "<FunctionCode>9</FunctionCode><FunctionalReferenceID>{0}</FunctionalReferenceID>"
      "<TypeCode>IMA</TypeCode><GoodsShipment><Consignment><TransportEquipment>"
      "<SequenceNumeric>1</SequenceNumeric><ID>BOX{0}</ID></TransportEquipment></Consignment>"
      "</GoodsShipment></Declaration></md:MetaData>",
      lrn);
}

/// A port that is free now, for a program that is to have the same one after each start.
std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  EXPECT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size), 0);
  EXPECT_EQ(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

class GatewayCampaign : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    folder_ = fs::path(out != nullptr ? out : "/tmp") / ("gateway-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    port_ = free_port();
    std::ofstream(folder_ / "gateway.toml") << fmt::format(
        "name = \"g1\"\ninbox = \"inbox\"\noutbox = \"outbox\"\nstore = \"store.sqlite\"\n"
        "socket = \"g.sock\"\npoll_ms = 50\n[http]\nport = {}\n[audit]\nfolder = \"audit\"\n"
        "key = \"audit.key\"\n",
        port_);
  }
  ~GatewayCampaign() override {
    if (!HasFailure()) fs::remove_all(folder_);
  }

  core::ChildProcess start() {
    const char* bin = std::getenv("PORTCULLIS_BIN");
    core::ChildProcess::Options options;
    options.program = fs::path(bin != nullptr ? bin : "build/release/bin") / "portcullis-gateway";
    options.arguments = {"--config", (folder_ / "gateway.toml").string()};
    options.output = folder_ / "log";
    auto child = core::ChildProcess::start(options);
    EXPECT_TRUE(child.ok());
    EXPECT_TRUE(test::eventually([&] { return test::RawHttp(port_).connected(); },
                                 std::chrono::seconds(20)));
    return std::move(child).value();
  }

  /// Sends its messages one after another until the connection ends or `enough`; one that was not
  /// answered comes again at the next start.
  void send(int sender, const std::function<bool()>& enough) {
    test::RawHttp http(port_);
    while (!enough()) {
      const auto lrn = fmt::format("H{}-{}", sender, next_[static_cast<std::size_t>(sender)]);
      http.send(test::http_post(message_of(lrn)));
      const auto answer = http.response();
      if (!answer.starts_with("HTTP/1.1 20")) return;
      const auto id = answer.find("\"id\":\"");
      const std::lock_guard lock(mutex_);
      acknowledged_[lrn] = answer.substr(id + 6, 32);
      ++next_[static_cast<std::size_t>(sender)];
    }
  }

  /// Answers acknowledged declarations by release, each under its own key.
  void decide(const std::function<bool()>& enough) {
    services::GatewayClient client(folder_ / "g.sock", std::chrono::milliseconds(500));
    while (!enough()) {
      std::string lrn, id;
      {
        const std::lock_guard lock(mutex_);
        for (const auto& [one, its_id] : acknowledged_) {
          if (decided_.contains(one)) continue;
          lrn = one;
          id = its_id;
          break;
        }
      }
      if (lrn.empty()) {
        std::this_thread::yield();
        continue;
      }
      customs::DecisionSubmission submission;
      submission.idempotency_key = "key-" + lrn;
      submission.declaration_id = id;
      submission.decision.scan_id = "scan-" + lrn;
      submission.decision.kind = core::DecisionKind::kRelease;
      const auto receipt = client.submit_decision(submission);
      if (!receipt.ok()) return;
      const std::lock_guard lock(mutex_);
      decided_[lrn] = receipt->answer_file;
    }
  }

  void put_files(int round) {
    for (int i = 0; i < kFilesPerRound; ++i) {
      const auto lrn = fmt::format("F{}-{}", round, i);
      const auto name = folder_ / "inbox" / (lrn + ".xml");
      std::ofstream(name.string() + ".tmp") << (i == 0 ? "junk " + lrn : message_of(lrn));
      fs::rename(name.string() + ".tmp", name);
      ++(i == 0 ? junk_files_ : good_files_);
    }
  }

  fs::path folder_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::string> acknowledged_;  // Reference to id.
  std::map<std::string, std::string> decided_;       // Reference to answer file.
  std::array<int, kSenders> next_{};
  int good_files_ = 0, junk_files_ = 0;
};

TEST_F(GatewayCampaign, KilledUnderLoadItLosesAndDoublesNothing) {
  std::mt19937 random(test::printed_seed(20261122));
  const char* asked = std::getenv("PORTCULLIS_KILLS");
  const int kills = asked != nullptr ? std::atoi(asked) : 6;
  fs::create_directories(folder_ / "inbox");
  for (int round = 0; round <= kills; ++round) {
    auto gateway = start();
    put_files(round);
    // Killed in the middle; the last round ends when each sender has had some more answers.
    std::atomic<bool> over = false;
    std::vector<std::thread> threads;
    for (int sender = 0; sender < kSenders; ++sender)
      threads.emplace_back([&, sender] { send(sender, [&] { return over.load(); }); });
    threads.emplace_back([&] { decide([&] { return over.load(); }); });
    const bool last = round == kills;
    const auto before = [&] {
      const std::lock_guard lock(mutex_);
      return acknowledged_.size();
    }();
    const auto moment = std::chrono::milliseconds(20 + random() % 400);
    // Time passes while nothing is awaited: the kill is to come at any moment.
    EXPECT_FALSE(test::eventually([] { return false; }, moment));
    if (!last) gateway.send_signal(SIGKILL);
    over = true;
    for (auto& thread : threads) thread.join();
    if (last) {
      EXPECT_GT(acknowledged_.size(), before);
      // What the kills left: files half taken, and one message of each sender.
      over = false;
      for (int sender = 0; sender < kSenders; ++sender) {
        const int up_to = next_[static_cast<std::size_t>(sender)] + 1;
        send(sender, [&] { return next_[static_cast<std::size_t>(sender)] >= up_to; });
      }
      decide([&] { return decided_.size() == acknowledged_.size(); });
      ASSERT_TRUE(test::eventually(
          [&] {
            return fs::is_empty(folder_ / "inbox" / ".taken") &&
                   std::none_of(fs::directory_iterator(folder_ / "inbox"), {},
                                [](const auto& entry) { return entry.is_regular_file(); });
          },
          std::chrono::seconds(20)));
      EXPECT_TRUE(gateway.terminate(std::chrono::seconds(20)).clean());
    } else {
      gateway.wait(std::chrono::seconds(20));
    }
  }

  auto store = customs::MessageStore::open(folder_ / "store.sqlite");
  ASSERT_TRUE(store.ok()) << store.error().message;
  for (const auto& [lrn, id] : acknowledged_) {
    const auto receipt = store->receipt(id);
    ASSERT_TRUE(receipt.ok() && receipt->has_value()) << lrn << " was acknowledged and is lost";
    EXPECT_EQ((*receipt)->sha256, core::sha256_hex(message_of(lrn)));
    EXPECT_EQ(store->find(customs::ReferenceKind::kLrn, lrn)->size(), 1u) << lrn;
  }
  const auto status = store->status();
  ASSERT_TRUE(status.ok());
  EXPECT_EQ(status->declarations, acknowledged_.size() + static_cast<std::size_t>(good_files_));
  EXPECT_EQ(status->quarantined, static_cast<std::uint64_t>(junk_files_));

  // Every answer stands there once, under the name that its decision was told.
  std::set<std::string> told, written;
  for (const auto& [lrn, file] : decided_) told.insert(file);
  for (const auto& entry : fs::directory_iterator(folder_ / "outbox")) {
    const auto name = entry.path().filename().string();
    if (entry.is_regular_file() && !name.starts_with(".")) written.insert(name);
  }
  EXPECT_EQ(decided_.size(), acknowledged_.size());
  EXPECT_EQ(told.size(), decided_.size());
  EXPECT_EQ(written, told);

  // One audit entry for each event of the store, none twice.
  archive::AuditLog::Options options;
  options.folder = folder_ / "audit";
  options.key_file = folder_ / "audit.key";
  options.salt_file = folder_ / "audit.key.salts";
  auto log = archive::AuditLog::open(options);
  ASSERT_TRUE(log.ok()) << log.error().message;
  const auto entries = (*log)->newest((*log)->size());
  ASSERT_TRUE(entries.ok());
  std::map<std::string, std::size_t> types;
  std::set<std::int64_t> events;
  for (const auto& [index, entry] : *entries) {
    ++types[entry.type];
    EXPECT_TRUE(events.insert(entry.number("event", -1)).second) << "entry " << index;
  }
  EXPECT_EQ(types["message_taken"], status->declarations);
  EXPECT_EQ(types["message_refused"], static_cast<std::size_t>(junk_files_));
  EXPECT_EQ(types["answer_sent"], decided_.size());
  EXPECT_EQ(events.size(), static_cast<std::size_t>(*events.rbegin()));
  std::printf("%d kills: %zu messages acknowledged, %d files, %zu decisions, %zu audit entries\n",
              kills, acknowledged_.size(), good_files_, decided_.size(), events.size());
}

}  // namespace
}  // namespace portcullis
