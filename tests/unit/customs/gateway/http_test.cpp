#include "customs/gateway/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/files.h"
#include "gateway_samples.h"
#include "tests/support/eventually.h"
#include "tests/support/raw_http.h"

namespace portcullis::customs {
namespace {

using ::portcullis::test::http_get;
using ::portcullis::test::http_post;
using ::portcullis::test::RawHttp;
using ::testing::HasSubstr;
using ::testing::StartsWith;

nlohmann::json body_of(const std::string& response) {
  const auto head = response.find("\r\n\r\n");
  return head == std::string::npos
             ? nlohmann::json()
             : nlohmann::json::parse(response.substr(head + 4), nullptr, false);
}

class HttpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(::testing::UnitTest::GetInstance()->current_test_info()->name());
    gateway_ = Gateway::create(test::config_in(folder_), clock_).value();
    serve({});
  }
  void serve(const HttpServer::Config& config) {
    server_.reset();
    auto made = HttpServer::start(config, *gateway_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    server_ = std::move(made).value();
  }
  std::string ask(const std::string& request) {
    RawHttp client(server_->port());
    client.send(request);
    return client.response();
  }

  core::ManualClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpTest, MessageIsTakenToldAndShown) {
  RawHttp client(server_->port());  // One connection for all.
  const auto message = test::dec_message("L1", "CSQU3054383", "", "U/1 a");
  client.send(http_post(message));
  const auto taken = client.response();
  EXPECT_THAT(taken, StartsWith("HTTP/1.1 201 Created"));
  const auto receipt = body_of(taken);
  EXPECT_EQ(receipt.value("state", ""), "taken");
  EXPECT_EQ(receipt.value("system", ""), "wco");
  EXPECT_EQ(receipt.value("declarations", 0), 1);
  EXPECT_EQ(receipt.value("sha256", ""), core::sha256_hex(message));
  const std::string id = receipt.value("id", "");
  EXPECT_THAT(taken, HasSubstr("Location: /v1/messages/" + id));
  client.send(http_post(message));
  const auto again = client.response();
  EXPECT_THAT(again, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_EQ(body_of(again).value("id", ""), id);
  EXPECT_TRUE(body_of(again).value("repeated", false));
  client.send(http_get("/v1/messages/" + id));
  EXPECT_EQ(body_of(client.response()).value("id", ""), id);

  client.send(http_get("/v1/cases/U%2f1%20a"));
  EXPECT_EQ(body_of(client.response()).value("state", ""), "received");
  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = id;
  submission.decision.container = "CSQU3054383";
  submission.decision.kind = core::DecisionKind::kRadiationSecondary;
  ASSERT_TRUE(gateway_->submit_decision(submission).ok());
  client.send(http_get("/v1/cases/" + id));
  const auto told = client.response();
  EXPECT_EQ(body_of(told).value("state", ""), "held");  // Not why.
  EXPECT_THAT(told, ::testing::Not(HasSubstr("radiation")));
  client.send(http_get("/health"));
  EXPECT_EQ(body_of(client.response()).value("declarations", 0), 1);
}

TEST_F(HttpTest, ATraderIsToldOfHisOwnCasesOnly) {
  const auto file = folder_ / "traders.txt";
  test::put_file(file, "# token \"anna\" and token \"boris\"\n" + core::sha256_hex("anna") +
                           " DE1234567 DE-765\n" + core::sha256_hex("boris") + " FR99\n");
  HttpServer::Config config;
  config.traders = file;
  auto made = HttpServer::start(config, *gateway_);
  ASSERT_TRUE(made.ok()) << made.error().message;
  server_ = std::move(made).value();
  const auto declared = [&](const std::string& lrn, const std::string& eori) {
    auto message = test::dec_message(lrn, "CSQU3054383");
    const std::string place = "<GoodsShipment>";
    message.insert(message.find(place), "<Declarant><ID>" + eori + "</ID></Declarant>");
    return body_of(ask(http_post(message))).value("id", "");
  };
  const auto of_anna = declared("L1", "DE1234567");
  const auto of_boris = declared("L2", "FR99");
  const auto shared_anna = declared("L3", "DE 1234567"), shared_boris = declared("L3", "FR99");
  const auto status_of = [&](const std::string& key, const std::string& token) {
    auto request = http_get("/v1/cases/" + key);
    if (!token.empty())
      request.insert(request.find("Host:"), "Authorization: Bearer " + token + "\r\n");
    return ask(request);
  };
  EXPECT_EQ(body_of(status_of("L1", "anna")).value("id", ""), of_anna);
  EXPECT_EQ(body_of(status_of(of_anna, "anna")).value("state", ""), "received");
  EXPECT_EQ(body_of(status_of("L3", "anna")).value("id", ""), shared_anna);
  EXPECT_EQ(body_of(status_of("L3", "boris")).value("id", ""), shared_boris);
  // Another's case and one that is not there are answered alike.
  const auto anothers = status_of(of_boris, "anna");
  EXPECT_THAT(anothers, StartsWith("HTTP/1.1 404 "));
  EXPECT_EQ(anothers, status_of("nosuch", "anna"));
  EXPECT_EQ(anothers, status_of("L2", "anna"));
  for (const char* token : {"", "carla", "anna2"}) {
    const auto unknown = status_of("L1", token);
    EXPECT_THAT(unknown, StartsWith("HTTP/1.1 401 "));
    EXPECT_THAT(unknown, HasSubstr("WWW-Authenticate: Bearer"));
    EXPECT_EQ(unknown, status_of("nosuch", token));
  }
  // A new line counts at once; a file that cannot be read lets nobody in.
  test::put_file(file, core::sha256_hex("carla") + " FR99\n");
  EXPECT_EQ(body_of(status_of("L2", "carla")).value("id", ""), of_boris);
  EXPECT_THAT(status_of("L1", "anna"), StartsWith("HTTP/1.1 401 "));
  test::put_file(file, "no hash FR99\n");
  EXPECT_THAT(status_of("L2", "carla"), StartsWith("HTTP/1.1 503 "));
  server_.reset();
  const auto refused = HttpServer::start(config, *gateway_);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("traders.txt:1"));
}

TEST_F(HttpTest, RefusalsSayWhy) {
  const auto refused = ask(http_post("not a message"));
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 422 "));
  EXPECT_THAT(refused, HasSubstr("application/problem+json"));
  const auto problem = body_of(refused);
  EXPECT_EQ(problem.value("status", 0), 422);
  EXPECT_THAT(problem.value("detail", ""), HasSubstr("no supported customs message"));
  const std::string id = problem["receipt"].value("id", "");
  const auto kept = folder_ / "inbox" / "quarantine" / ("http-" + id + ".message");
  EXPECT_EQ(*core::read_file(kept, 100), "not a message");
  EXPECT_EQ(body_of(ask(http_get("/v1/messages/" + id))).value("state", ""), "refused");

  const std::string edifact =
      "UNB+UNOA:2+A+B+250101:0000+R1'UNH+1+CUSDEC:D:96B:UN'BGM+930+L+9'UNT+3+1'UNZ+1+R1'";
  EXPECT_THAT(ask(http_post(edifact)), StartsWith("HTTP/1.1 201 "));
  auto other = edifact;
  other.replace(other.find("930"), 3, "929");
  EXPECT_THAT(ask(http_post(other)), StartsWith("HTTP/1.1 409 "));

  const struct {
    std::string request, answer;
  } rows[] = {
      {http_get("/v1/messages/nosuch"), "HTTP/1.1 404 "},
      {http_get("/v1/messages/%zz"), "HTTP/1.1 404 "},
      {http_get("/v1/cases/nosuch"), "HTTP/1.1 404 "},
      {http_get("/v1/cases/"), "HTTP/1.1 404 "},
      {http_get("/v1/messagesX"), "HTTP/1.1 404 "},
      {http_get("/../../etc/passwd"), "HTTP/1.1 404 "},
      {http_get("/v1/messages"), "HTTP/1.1 405 "},
      {"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405 "},
      {"BROKEN\r\n\r\n", "HTTP/1.1 400 "},
      {"GET / HTTP/1.1\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n", "HTTP/1.1 400 "},
      {"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 10000001\r\n\r\n",
       "HTTP/1.1 413 "},
      {"POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 400 "},
      {"POST /v1/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
       "HTTP/1.1 400 "},
  };
  for (const auto& row : rows)
    EXPECT_THAT(ask(row.request), StartsWith(row.answer)) << row.request.substr(0, 60);
  EXPECT_EQ(gateway_->status()->declarations, 1u);
}

TEST_F(HttpTest, LargeMessageAndContinue) {
  RawHttp client(server_->port());
  const auto message = test::dec_message(std::string(20, 'L'), "CSQU3054383");
  const auto large = message.substr(0, message.find("<Declaration>")) + "<!--" +
                     std::string(5'000'000, 'x') + "-->" +
                     message.substr(message.find("<Declaration>"));
  const auto request = http_post(large, "Expect: 100-continue\r\n");
  const auto head = request.find("\r\n\r\n") + 4;
  client.send(request.substr(0, head));
  EXPECT_THAT(client.response(), StartsWith("HTTP/1.1 100 "));
  client.send(std::string_view(request).substr(head));
  EXPECT_THAT(client.response(), StartsWith("HTTP/1.1 201 "));
}

TEST_F(HttpTest, SlowAndTooManyClientsAreTurnedAway) {
  HttpServer::Config config;
  config.header_ms_max = 50;
  config.body_ms_max = 50;
  config.idle_ms_max = 150;
  config.connections_max = 3;
  serve(config);
  RawHttp idle(server_->port()), half_head(server_->port()), half_body(server_->port());
  half_head.send("POST /v1/mess");
  half_body.send("POST /v1/messages HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  // All three must be in before the fourth knocks.
  ASSERT_TRUE(
      ::portcullis::test::eventually([&] { return server_->counters().connections_now >= 3; }));
  RawHttp fourth(server_->port());
  EXPECT_THAT(fourth.response(), StartsWith("HTTP/1.1 503 "));
  EXPECT_EQ(server_->counters().connections_turned, 1u);
  EXPECT_TRUE(half_head.ended());
  EXPECT_TRUE(half_body.ended());
  EXPECT_TRUE(idle.ended());
  EXPECT_THAT(ask(http_get("/health")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpTest, EndsWhileClientsWait) {
  RawHttp waits(server_->port());
  waits.send("POST /v1/messages HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  server_.reset();
  EXPECT_TRUE(waits.ended());
}

TEST_F(HttpTest, OffTheMachineCertificatesAreNeeded) {
  HttpServer::Config config;
  config.address = "0.0.0.0";
  auto open = HttpServer::start(config, *gateway_);
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().code, core::ErrorCode::kInvalidConfig);
  EXPECT_THAT(open.error().message, HasSubstr("client_ca"));
  config.address = "somewhere";
  EXPECT_THAT(HttpServer::start(config, *gateway_).error().message, HasSubstr("no IP address"));
  config.address = "127.0.0.1";
  config.certificate = config.key = folder_ / "nosuch.pem";
  EXPECT_THAT(HttpServer::start(config, *gateway_).error().message, HasSubstr("nosuch.pem"));
  config.certificate.clear();
  config.key.clear();
  config.port = server_->port();
  EXPECT_EQ(HttpServer::start(config, *gateway_).error().code, core::ErrorCode::kUnavailable);
}

/// Runs a shell line with the folder as its working place; its output, or nothing where it fails.
std::string shell(const std::filesystem::path& folder, const std::string& line) {
  const auto out = folder / "shell.out";
  const auto command =
      fmt::format("cd '{}' && {{ {}; }} >shell.out 2>/dev/null", folder.string(), line);
  return std::system(command.c_str()) == 0 ? core::read_file(out, 1'000'000).value()
                                           : std::string();
}

// By OpenSSL's own client: the certificate holds, and who shows none is turned away.
TEST_F(HttpTest, TlsWithClientCertificates) {
  const std::string key =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
      "-days 2 -subj /CN=localhost ";
  ASSERT_EQ(shell(folder_, key + "-keyout s.key -out s.pem && " + key +
                               "-keyout c.key -out c.pem && echo made"),
            "made\n");
  HttpServer::Config config;
  config.certificate = folder_ / "s.pem";
  config.key = folder_ / "s.key";
  config.client_ca = folder_ / "c.pem";
  serve(config);
  const auto client = fmt::format(
      "printf 'GET /health HTTP/1.1\\r\\nConnection: close\\r\\n\\r\\n' | timeout 20 openssl "
      "s_client -quiet -ign_eof -verify_return_error -CAfile s.pem -connect 127.0.0.1:{} ",
      server_->port());
  EXPECT_THAT(shell(folder_, client + "-cert c.pem -key c.key"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(shell(folder_, client + "; true"), ::testing::Not(HasSubstr("HTTP/1.1")));
}

// The page and the program name the same resources, methods and answers.
TEST(HttpPage, NamesWhatIsServed) {
  const auto page = core::read_file("docs/customs/openapi.yaml", 1'000'000);
  ASSERT_TRUE(page.ok()) << page.error().message;
  std::set<std::string> documented;
  std::string path, method;
  bool in_paths = false;
  std::size_t at = 0;
  while (at < page->size()) {
    const auto end = std::min(page->find('\n', at), page->size());
    const std::string line = page->substr(at, end - at);
    at = end + 1;
    const auto indent = line.find_first_not_of(' ');
    if (indent == std::string::npos || line[indent] == '#') continue;
    const auto word = line.substr(indent, line.find(':', indent) - indent);
    if (indent == 0) in_paths = word == "paths";
    if (!in_paths) continue;
    if (indent == 2) path = word;
    if (indent == 4) method = word;
    if (indent == 8 && word.front() == '"')
      documented.insert(fmt::format("{} {} {}", method, path, word.substr(1, 3)));
  }
  std::set<std::string> served;
  for (const auto& route : http_routes()) {
    std::string name(route.method);
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (std::size_t i = 0; i + 3 <= route.statuses.size(); i += 4)
      served.insert(fmt::format("{} {} {}", name, route.path, route.statuses.substr(i, 3)));
  }
  EXPECT_EQ(documented, served);
}

}  // namespace
}  // namespace portcullis::customs
