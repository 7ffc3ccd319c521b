#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

#include "core/child_process.h"
#include "core/files.h"
#include "customs/transport/nats_link.h"
#include "tests/support/eventually.h"
#include "tests/unit/customs/gateway/gateway_samples.h"

// Against Debian's nats-server, and by a client that speaks its text protocol by hand.
namespace portcullis::customs {
namespace {

using ::testing::HasSubstr;

/// One connection to a server. Every wait ends after `wait_ms`.
class RawNats {
 public:
  explicit RawNats(std::uint16_t port, int wait_ms = 10'000)
      : wait_ms_(wait_ms), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0)
      send("CONNECT {\"verbose\":false,\"no_responders\":false,\"headers\":false}\r\n");
  }
  ~RawNats() { ::close(socket_); }
  RawNats(const RawNats&) = delete;
  RawNats& operator=(const RawNats&) = delete;

  void send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void subscribe(const std::string& subject) {
    send(fmt::format("SUB {} 1\r\nPING\r\n", subject));
    while (line().value_or("PONG") != "PONG") {
    }
  }
  void publish(const std::string& subject, const std::string& reply, std::string_view body) {
    send(fmt::format("PUB {} {} {}\r\n{}\r\n", subject, reply, body.size(), body));
  }
  struct Message {
    std::string reply, body;
  };
  std::optional<Message> next() {
    while (auto head = line()) {
      if (*head == "PING") send("PONG\r\n");
      if (!head->starts_with("MSG ")) continue;
      // MSG subject sid [reply] bytes
      std::vector<std::string> words;
      std::istringstream text(*head);
      for (std::string word; text >> word;) words.push_back(word);
      const auto size = std::stoul(words.back());
      while (seen_.size() < size + 2)
        if (!more()) return std::nullopt;
      Message message{words.size() == 5 ? words[3] : "", seen_.substr(0, size)};
      seen_.erase(0, size + 2);
      return message;
    }
    return std::nullopt;
  }
  std::optional<std::string> request(const std::string& subject, std::string_view body) {
    subscribe("inbox.of.test");
    publish(subject, "inbox.of.test", body);
    auto message = next();
    return message ? std::optional<std::string>(message->body) : std::nullopt;
  }

 private:
  std::optional<std::string> line() {
    while (true) {
      const auto end = seen_.find("\r\n");
      if (end != std::string::npos) {
        auto one = seen_.substr(0, end);
        seen_.erase(0, end + 2);
        return one;
      }
      if (!more()) return std::nullopt;
    }
  }
  bool more() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, wait_ms_) != 1) return false;
    char bytes[65'536];
    const auto got = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (got <= 0) return false;
    seen_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }
  const int wait_ms_;
  int socket_;
  std::string seen_;
};

class NatsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(::testing::UnitTest::GetInstance()->current_test_info()->name());
    gateway_ = Gateway::create(test::config_in(folder_), clock_).value();
    ASSERT_NO_FATAL_FAILURE(start_server(-1));
  }
  /// Port -1: any that is free.
  void start_server(int port, const std::vector<std::string>& more = {}) {
    const auto ports = folder_ / "ports";
    std::filesystem::remove_all(ports);
    std::filesystem::create_directories(ports);
    core::ChildProcess::Options options;
    options.program = "/usr/sbin/nats-server";
    options.arguments = {"-a",
                         "127.0.0.1",
                         "-p",
                         std::to_string(port),
                         "--ports_file_dir",
                         ports.string(),
                         "-l",
                         (folder_ / "nats.log").string()};
    options.arguments.insert(options.arguments.end(), more.begin(), more.end());
    auto started = core::ChildProcess::start(options);
    ASSERT_TRUE(started.ok()) << started.error().message;
    server_.emplace(std::move(started).value());
    ASSERT_TRUE(::portcullis::test::eventually(
        [&] {
          for (const auto& name : test::names_in(ports)) {
            const auto text = core::read_file(ports / name, 10'000);
            const auto json = nlohmann::json::parse(text.ok() ? *text : "", nullptr, false);
            if (!json.contains("nats") || json["nats"].empty()) continue;
            const auto url = json["nats"][0].get<std::string>();
            port_ = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
            return true;
          }
          return false;
        },
        std::chrono::seconds(20)));
  }
  NatsLink::Config config() const {
    NatsLink::Config made;
    made.servers = {fmt::format("nats://127.0.0.1:{}", port_)};
    made.subject = "customs.in";
    made.reply_ms_max = 5'000;
    return made;
  }
  bool connected(const NatsLink& link) {
    return ::portcullis::test::eventually([&] { return link.problem().empty(); },
                                          std::chrono::seconds(20));
  }

  core::ManualClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
  std::optional<core::ChildProcess> server_;
  std::uint16_t port_ = 0;
};

TEST_F(NatsTest, AMessageIsTakenAndItsReceiptIsTheReply) {
  const auto link = NatsLink::connect(config(), *gateway_).value();
  ASSERT_TRUE(connected(*link));
  RawNats sender(port_);
  const auto message = test::dec_message("L1", "CSQU3054383");
  // The subscription may be a moment behind the connection.
  std::optional<std::string> told;
  ASSERT_TRUE(::portcullis::test::eventually([&] {
    told = RawNats(port_, 500).request("customs.in", message);
    return told.has_value();
  }));
  const auto receipt = nlohmann::json::parse(*told, nullptr, false);
  EXPECT_EQ(receipt.value("state", ""), "taken");
  EXPECT_EQ(receipt.value("sha256", ""), core::sha256_hex(message));
  const auto again =
      nlohmann::json::parse(sender.request("customs.in", message).value_or(""), nullptr, false);
  EXPECT_TRUE(again.value("repeated", false));
  EXPECT_EQ(again.value("id", ""), receipt.value("id", "-"));
  EXPECT_EQ(gateway_->status()->declarations, 1U);

  const auto refused = nlohmann::json::parse(
      sender.request("customs.in", "no message").value_or(""), nullptr, false);
  EXPECT_EQ(refused.value("status", 0), 422);
  EXPECT_THAT(refused.value("detail", ""), HasSubstr("no supported customs message"));
  EXPECT_EQ(gateway_->status()->quarantined, 1U);
  // Without a wish for a reply.
  sender.publish("customs.in", "", test::dec_message("L2", "MWCU6059784"));
  EXPECT_TRUE(
      ::portcullis::test::eventually([&] { return gateway_->status()->declarations == 2U; }));
}

TEST_F(NatsTest, TheServerGoesAndComesBack) {
  const auto link = NatsLink::connect(config(), *gateway_).value();
  ASSERT_TRUE(connected(*link));
  server_->terminate(std::chrono::seconds(5));
  EXPECT_TRUE(::portcullis::test::eventually([&] { return !link->problem().empty(); }));
  EXPECT_THAT(link->problem(), HasSubstr("no connection to nats://127.0.0.1"));
  EXPECT_EQ(link->send_to("customs.out")("A.xml", "a").outcome,
            OutboxDelivery::Told::Outcome::kLater);
  ASSERT_NO_FATAL_FAILURE(start_server(port_));
  ASSERT_TRUE(connected(*link));
  EXPECT_TRUE(::portcullis::test::eventually(
      [&] {
        return RawNats(port_)
            .request("customs.in", test::dec_message("L1", "CSQU3054383"))
            .has_value();
      },
      std::chrono::seconds(20)));
  EXPECT_EQ(gateway_->status()->declarations, 1U);
}

TEST_F(NatsTest, AnswersGoToASubject) {
  const auto link = NatsLink::connect(config(), *gateway_).value();
  ASSERT_TRUE(connected(*link));
  const auto send = link->send_to("customs.out");
  using Outcome = OutboxDelivery::Told::Outcome;
  const auto nobody = send("A.xml", "content");
  EXPECT_EQ(nobody.outcome, Outcome::kLater);
  EXPECT_THAT(nobody.reason, HasSubstr("nobody listens"));

  RawNats receiver(port_);
  receiver.subscribe("customs.out");
  std::vector<std::string> got;
  std::thread replies([&] {
    for (const char* reply : {"{\"error\":{\"code\":503,\"description\":\"full\"}}",
                              "{\"stream\":\"OUT\",\"seq\":1}"}) {
      const auto message = receiver.next();
      if (!message) return;
      got.push_back(message->body);
      receiver.publish(message->reply, "", reply);
    }
  });
  const auto full = send("A.xml", "content");
  EXPECT_EQ(full.outcome, Outcome::kLater);
  EXPECT_THAT(full.reason, HasSubstr("full"));
  EXPECT_EQ(send("A.xml", "content").outcome, Outcome::kTaken);
  replies.join();
  EXPECT_THAT(got, ::testing::ElementsAre("content", "content"));
}

TEST_F(NatsTest, WithoutAServerItWaits) {
  server_->terminate(std::chrono::seconds(5));
  auto waits = NatsLink::connect(config(), *gateway_);
  ASSERT_TRUE(waits.ok()) << waits.error().message;
  EXPECT_THAT((*waits)->problem(), HasSubstr("no connection"));
  ASSERT_NO_FATAL_FAILURE(start_server(port_));
  EXPECT_TRUE(connected(**waits));
}

// Who signed the server's certificate and whom it names are both looked at.
TEST_F(NatsTest, TlsTrustsWhomItIsToldTo) {
  for (const char* stem : {"server", "other"}) {
    const auto line = fmt::format(
        "cd '{}' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN={} -addext subjectAltName=DNS:localhost -keyout {}.key -out {}.pem >/dev/null "
        "2>&1",
        folder_.string(), stem, stem, stem);
    ASSERT_EQ(std::system(line.c_str()), 0);
  }
  server_->terminate(std::chrono::seconds(5));
  ASSERT_NO_FATAL_FAILURE(
      start_server(port_, {"--tls", "--tlscert", (folder_ / "server.pem").string(), "--tlskey",
                           (folder_ / "server.key").string()}));
  auto made = config();
  made.servers = {fmt::format("tls://localhost:{}", port_)};
  made.ca = folder_ / "server.pem";
  const auto link = NatsLink::connect(made, *gateway_).value();
  EXPECT_TRUE(connected(*link));
  const auto is_refused = [&](const NatsLink::Config& wrong) {
    auto attempt = NatsLink::connect(wrong, *gateway_);
    EXPECT_TRUE(attempt.ok()) << attempt.error().message;
    if (!attempt.ok()) return false;
    const auto refused = std::move(attempt).value();
    return !::portcullis::test::eventually([&] { return refused->problem().empty(); },
                                           std::chrono::milliseconds(200));
  };
  auto other = made;
  other.ca = folder_ / "other.pem";
  EXPECT_TRUE(is_refused(other));
  auto elsewhere = made;
  elsewhere.server_name = "customs.example";
  EXPECT_TRUE(is_refused(elsewhere));
  auto nosuch = made;
  nosuch.ca = folder_ / "nosuch.pem";
  const auto failed = NatsLink::connect(nosuch, *gateway_);
  ASSERT_FALSE(failed.ok());
  EXPECT_THAT(failed.error().message, HasSubstr("nats: ca: "));
}

TEST(NatsConfig, WhatIsWrongIsNamed) {
  NatsLink::Config config;
  EXPECT_THAT(NatsLink::check(config).error().message, HasSubstr("nats: servers: names none"));
  for (const char* bad : {"nats://customs.example:4222", "customs.example:4222", "tls://",
                          "ftp://x", "tls://me:pw@customs.example"}) {
    config.servers = {bad};
    EXPECT_FALSE(NatsLink::check(config).ok()) << bad;
  }
  config.servers = {"tls://customs.example:4222", "nats://localhost:4222"};
  EXPECT_TRUE(NatsLink::check(config).ok());
  for (const char* bad : {"a b", ".a", "a..b", "a\r\nPUB"}) {
    config.subject = bad;
    EXPECT_FALSE(NatsLink::check(config).ok()) << bad;
  }
}

}  // namespace
}  // namespace portcullis::customs
