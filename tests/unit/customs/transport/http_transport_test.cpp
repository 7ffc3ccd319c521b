#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "core/files.h"
#include "customs/gateway/http_server.h"
#include "customs/transport/http_client.h"
#include "customs/transport/http_poll.h"
#include "customs/transport/outbox_delivery.h"
#include "customs/transport/repeating_thread.h"
#include "tests/support/eventually.h"
#include "tests/unit/customs/adapters/adapter_samples.h"
#include "tests/unit/customs/gateway/gateway_samples.h"
#include "tests/unit/customs/transport/scripted_http.h"

namespace portcullis::customs {
namespace {

using test::ScriptedHttp;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class HttpTransport : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(::testing::UnitTest::GetInstance()->current_test_info()->name());
  }
  std::filesystem::path put(const std::string& name, const std::string& content) {
    auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    test::put_file(path, content);
    return path;
  }
  void put_answer(const std::string& name, int seconds_ago) {
    const auto path = put("outbox/" + name, "content of " + name);
    std::filesystem::last_write_time(
        path, std::filesystem::file_time_type::clock::now() - std::chrono::seconds(seconds_ago));
  }
  std::unique_ptr<OutboxDelivery> deliver_to(const std::string& address) {
    return OutboxDelivery::create(folder_ / "outbox", http_send(client_, address), clock_).value();
  }

  core::ManualClock clock_;
  std::filesystem::path folder_;
  HttpClient client_{HttpPeer{}};
};

TEST_F(HttpTransport, AnswersAreBroughtInTheirOrderAndKept) {
  const ScriptedHttp receiver([](const std::string&) { return ScriptedHttp::response(201, "ok"); });
  put_answer("CUSRES_B.edi", 30);
  put_answer("DMSROG_A.xml", 20);
  put_answer("CC044C_C.xml.new", 90);  // Is being written.
  const auto delivery = deliver_to(receiver.address("/in?who=me"));
  delivery->step();
  EXPECT_EQ(delivery->problem(), "");
  const auto requests = receiver.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_THAT(requests[0], StartsWith("POST /in?who=me HTTP/1.1\r\n"));
  EXPECT_THAT(requests[0], HasSubstr("Content-Type: application/EDIFACT\r\n"));
  EXPECT_THAT(requests[0], HasSubstr("Idempotency-Key: \"CUSRES_B.edi\"\r\n"));
  EXPECT_THAT(requests[0], HasSubstr("\r\n\r\ncontent of CUSRES_B.edi"));
  EXPECT_THAT(requests[1], HasSubstr("\"DMSROG_A.xml\""));
  EXPECT_THAT(test::names_in(folder_ / "outbox"), ElementsAre("CC044C_C.xml.new"));
  EXPECT_THAT(test::names_in(folder_ / "outbox/sent"), ElementsAre("CUSRES_B.edi", "DMSROG_A.xml"));
  clock_.advance(std::chrono::seconds(1));
  delivery->step();
  EXPECT_EQ(receiver.requests().size(), 2U);
}

TEST_F(HttpTransport, WhatCannotBeBroughtWaitsAndGoesLater) {
  std::atomic<int> status = 503;
  std::string more;
  const ScriptedHttp receiver([&](const std::string&) {
    return ScriptedHttp::response(status, "busy\r\nnow",
                                  status == 429 ? "Retry-After: 70\r\n" : "");
  });
  put_answer("A.xml", 20);
  put_answer("B.xml", 10);
  const auto delivery = deliver_to(receiver.address("/in?secret=s3"));
  // 1, 2, 4 s ... between two tries, and the second waits behind the first.
  for (const int wait_s : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
    const auto tries = receiver.requests().size();
    EXPECT_EQ(delivery->step(), std::chrono::seconds(wait_s));
    EXPECT_EQ(receiver.requests().size(), tries + 1);
    EXPECT_THAT(receiver.requests().back(), HasSubstr("\"A.xml\""));
    clock_.advance(std::chrono::seconds(wait_s) - std::chrono::milliseconds(1));
    EXPECT_EQ(delivery->step(), std::chrono::milliseconds(1));  // Not before its time.
    EXPECT_EQ(receiver.requests().size(), tries + 1);
    clock_.advance(std::chrono::milliseconds(1));
  }
  EXPECT_THAT(delivery->problem(), HasSubstr("status 503: busy"));
  EXPECT_THAT(delivery->problem(), Not(HasSubstr("s3")));
  EXPECT_EQ(delivery->problem().find('\n'), std::string::npos);
  status = 200;
  delivery->step();
  EXPECT_EQ(delivery->problem(), "");
  EXPECT_THAT(test::names_in(folder_ / "outbox"), IsEmpty());
  // The receiver says how long.
  put_answer("C.xml", 1);
  status = 429;
  clock_.advance(std::chrono::seconds(1));
  EXPECT_EQ(delivery->step(), std::chrono::seconds(70));
}

TEST_F(HttpTransport, ARefusedAnswerIsPutAsideWithItsReason) {
  const ScriptedHttp receiver([](const std::string& request) {
    return request.find("\"BAD.xml\"") != std::string::npos
               ? ScriptedHttp::response(422, "no such declaration")
               : ScriptedHttp::response(204, "");
  });
  put_answer("BAD.xml", 30);
  put_answer("GOOD.xml", 20);
  put_answer("odd name\n.xml", 10);
  const auto delivery = deliver_to(receiver.address("/"));
  delivery->step();
  EXPECT_EQ(delivery->problem(), "");
  EXPECT_EQ(receiver.requests().size(), 2U);
  EXPECT_THAT(test::names_in(folder_ / "outbox/sent"), ElementsAre("GOOD.xml"));
  EXPECT_THAT(*core::read_file(folder_ / "outbox/refused/BAD.xml.reason.txt", 1'000),
              HasSubstr("status 422: no such declaration"));
  EXPECT_THAT(*core::read_file(folder_ / "outbox/refused/BAD.xml", 1'000),
              HasSubstr("content of BAD.xml"));
  EXPECT_EQ(test::names_in(folder_ / "outbox/refused").size(), 4U);
}

TEST_F(HttpTransport, NobodyListens) {
  std::string address;
  {
    const ScriptedHttp gone([](const std::string&) { return std::string(); });
    address = gone.address("/in");
  }
  put_answer("A.xml", 1);
  const auto delivery = deliver_to(address);
  EXPECT_EQ(delivery->step(), std::chrono::seconds(1));
  EXPECT_THAT(delivery->problem(), HasSubstr(address));
  EXPECT_THAT(test::names_in(folder_ / "outbox"), ElementsAre("A.xml"));
  EXPECT_EQ(client_.get(address).error().code, core::ErrorCode::kUnavailable);
}

TEST_F(HttpTransport, AnAddressThatLeavesTheMachineIsHttps) {
  for (const char* good : {"https://customs.example/in?a=b", "http://127.0.0.1:1/",
                           "http://localhost/", "http://[::1]:8080/x"})
    EXPECT_TRUE(check_http_address(good).ok()) << good;
  for (const char* bad : {"http://customs.example/", "ftp://customs.example/", "customs.example/in",
                          "https://me:pw@customs.example/", "file:///etc/passwd", ""})
    EXPECT_FALSE(check_http_address(bad).ok()) << bad;
  const auto refused = check_http_address("http://customs.example/in?key=s3cret");
  EXPECT_THAT(refused.error().message, HasSubstr("must be https"));
  EXPECT_THAT(refused.error().message, Not(HasSubstr("s3cret")));
  EXPECT_EQ(http_encoded("a b/&\xed\x95\x9c"), "a%20b%2F%26%ED%95%9C");
  EXPECT_FALSE(read_secret(put("empty", "\n")).ok());
  EXPECT_EQ(read_secret(put("secret", "k 1\r\nnot this\n")).value(), "k 1");
}

TEST_F(HttpTransport, AbortEndsARequestThatRuns) {
  std::atomic<bool> asked = false;
  std::atomic<bool> end = false;
  const ScriptedHttp slow([&](const std::string&) {
    asked = true;
    static_cast<void>(::portcullis::test::eventually([&] { return end.load(); }));
    return std::string();
  });
  std::thread aborts([&] {
    static_cast<void>(::portcullis::test::eventually([&] { return asked.load(); }));
    client_.abort();
  });
  const auto answer = client_.get(slow.address("/"));
  end = true;
  aborts.join();
  EXPECT_FALSE(answer.ok());
}

// The server's certificate is one of ours and names the host, or nothing is said.
TEST_F(HttpTransport, TlsTrustsWhomItIsToldTo) {
  const auto make = [&](const std::string& stem, const std::string& name) {
    const auto line = fmt::format(
        "cd '{}' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN={} -addext subjectAltName={} -keyout {}.key -out {}.pem >/dev/null 2>&1",
        folder_.string(), stem, name, stem, stem);
    ASSERT_EQ(std::system(line.c_str()), 0);
  };
  make("server", "DNS:localhost");
  make("other", "DNS:localhost");
  make("client", "DNS:gateway");
  auto gateway = Gateway::create(test::config_in(folder_), clock_).value();
  HttpServer::Config config;
  config.certificate = folder_ / "server.pem";
  config.key = folder_ / "server.key";
  config.client_ca = folder_ / "client.pem";
  const auto server = HttpServer::start(config, *gateway).value();
  const auto ask = [&](const char* host, const char* ca, bool with_certificate) {
    HttpPeer peer;
    peer.ca = folder_ / ca;
    if (with_certificate) {
      peer.certificate = folder_ / "client.pem";
      peer.key = folder_ / "client.key";
    }
    HttpClient client(peer);
    return client.get(fmt::format("https://{}:{}/health", host, server->port()));
  };
  const auto well = ask("localhost", "server.pem", true);
  ASSERT_TRUE(well.ok()) << well.error().message;
  EXPECT_EQ(well->status, 200);
  EXPECT_FALSE(ask("localhost", "other.pem", true).ok());    // Signed by another.
  EXPECT_FALSE(ask("127.0.0.1", "server.pem", true).ok());   // Another name.
  EXPECT_FALSE(ask("localhost", "server.pem", false).ok());  // We show none.
  EXPECT_FALSE(ask("localhost", "nosuch.pem", true).ok());
}

class HttpPollTest : public HttpTransport {
 protected:
  void SetUp() override {
    HttpTransport::SetUp();
    gateway_ = Gateway::create(test::config_in(folder_), clock_).value();
    for (const auto& sample : adapter_samples())
      if (sample.system == "unipass") progress_ = sample.bytes;
  }
  HttpPoll::Config config(const std::string& address) {
    HttpPoll::Config made;
    made.name = "unipass";
    made.address = address;
    made.keys = folder_ / "keys.txt";
    made.secret = put("secret", "k&1\n");
    made.period_s = 300;
    return made;
  }
  std::unique_ptr<Gateway> gateway_;
  std::string progress_;
};

TEST_F(HttpPollTest, AsksForEachKeyAndTellsTheGateway) {
  const ScriptedHttp system([&](const std::string& request) {
    return request.find("cargMtNo=26MSCU1234I00010001&") != std::string::npos
               ? ScriptedHttp::response(200, progress_)
               : ScriptedHttp::response(404, "");
  });
  auto made = config(system.address("/ext/q?crkyCn={secret}&cargMtNo={key}&blYy={second}"));
  ASSERT_TRUE(HttpPoll::check(made).ok());
  put("keys.txt", "# waits\n26MSCU1234I00010001 2026\nB/L 7\n\n");
  HttpPoll poll(made, *gateway_, clock_);
  EXPECT_EQ(poll.step(), std::chrono::seconds(1));
  EXPECT_GT(poll.step(), core::Duration(0));  // The gap is kept.
  EXPECT_EQ(system.requests().size(), 1U);
  clock_.advance(std::chrono::seconds(1));
  poll.step();
  const auto requests = system.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_THAT(requests[0],
              StartsWith("GET /ext/q?crkyCn=k%261&cargMtNo=26MSCU1234I00010001&blYy=2026 HTTP"));
  EXPECT_THAT(requests[1], StartsWith("GET /ext/q?crkyCn=k%261&cargMtNo=B%2FL&blYy=7 HTTP"));
  EXPECT_EQ(poll.problem(), "");
  EXPECT_EQ(gateway_->status()->declarations, 1U);
  const auto found = gateway_->find_declarations({{"CSQU3054383"}, "", {}});
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->at(0).declaration.lrn, "26MSCU1234I00010001");
  // Nothing before the period is over; then the same answer changes nothing.
  clock_.advance(std::chrono::seconds(1));
  poll.step();
  EXPECT_EQ(system.requests().size(), 2U);
  clock_.advance(std::chrono::seconds(300));
  poll.step();
  EXPECT_EQ(system.requests().size(), 3U);
  EXPECT_EQ(gateway_->status()->declarations, 1U);
  // A key that is new is asked for at once, one that is gone no more.
  put("keys.txt", "NEW\n");
  clock_.advance(std::chrono::seconds(1));
  poll.step();
  EXPECT_THAT(system.requests().back(), HasSubstr("cargMtNo=NEW&"));
}

TEST_F(HttpPollTest, ASystemThatFailsIsLeftAlone) {
  std::atomic<bool> well = false;
  const ScriptedHttp system([&](const std::string&) {
    return well ? ScriptedHttp::response(200, progress_)
                : ScriptedHttp::response(503, "", "Retry-After: 9\r\n");
  });
  put("keys.txt", "A\n");
  HttpPoll poll(config(system.address("/q?k={secret}&c={key}")), *gateway_, clock_);
  for (const int wait_s : {9, 9, 9, 9, 16, 32}) {
    EXPECT_EQ(poll.step(), std::chrono::seconds(wait_s));
    clock_.advance(std::chrono::seconds(wait_s));
  }
  EXPECT_EQ(system.requests().size(), 6U);
  EXPECT_THAT(poll.problem(), HasSubstr("answers with status 503"));
  EXPECT_THAT(poll.problem(), Not(HasSubstr("k%261")));
  well = true;
  poll.step();
  EXPECT_EQ(poll.problem(), "");
  EXPECT_EQ(gateway_->status()->declarations, 1U);
  std::filesystem::remove(folder_ / "keys.txt");
  clock_.advance(std::chrono::seconds(300));
  poll.step();
  EXPECT_THAT(poll.problem(), HasSubstr("keys.txt"));
}

TEST_F(HttpPollTest, WhatCannotBeReadIsKeptOnce) {
  const ScriptedHttp system(
      [](const std::string&) { return ScriptedHttp::response(200, "<html>maintenance</html>"); });
  put("keys.txt", "A\n");
  auto made = config(system.address("/q?k={secret}&c={key}"));
  made.period_s = 1;
  HttpPoll poll(made, *gateway_, clock_);
  for (int i = 0; i < 3; ++i) {
    poll.step();
    clock_.advance(std::chrono::seconds(2));
  }
  EXPECT_EQ(system.requests().size(), 3U);
  EXPECT_EQ(gateway_->status()->quarantined, 1U);
}

TEST_F(HttpPollTest, WrongAddressesAreNamed) {
  const struct {
    const char* address;
    const char* says;
  } kRows[] = {{"https://x/q?k={secret}", "has no {key}"},
               {"https://x/q?c={key}", "{secret} in the address go together"},
               {"https://x/q?k={secret}&c={key}&d={date}", "has other than {key}"},
               {"http://x/q?k={secret}&c={key}", "must be https"}};
  for (const auto& row : kRows) {
    const auto checked = HttpPoll::check(config(row.address));
    ASSERT_FALSE(checked.ok()) << row.address;
    EXPECT_EQ(checked.error().code, core::ErrorCode::kInvalidConfig);
    EXPECT_THAT(checked.error().message, HasSubstr(row.says));
  }
}

TEST(RepeatingThread, RepeatsAndEnds) {
  std::atomic<int> steps = 0;
  {
    const RepeatingThread repeats([&] {
      ++steps;
      return core::Duration(steps < 3 ? core::Duration(0) : core::Duration(std::chrono::hours(1)));
    });
    EXPECT_TRUE(::portcullis::test::eventually([&] { return steps == 3; }));
  }
  EXPECT_EQ(steps, 3);
}

}  // namespace
}  // namespace portcullis::customs
