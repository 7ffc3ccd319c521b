#include "apps/gateway/gateway_transports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/eventually.h"
#include "tests/unit/customs/adapters/adapter_samples.h"
#include "tests/unit/customs/gateway/gateway_samples.h"
#include "tests/unit/customs/transport/scripted_http.h"

// The ways in and out as gateway.toml names them.
namespace portcullis::apps {
namespace {

using customs::test::ScriptedHttp;
using ::testing::HasSubstr;

TEST(GatewayTransports, WhatIsWrongInTheFileIsNamed) {
  const struct {
    const char* text;
    const char* says;
  } kRows[] = {
      {"[[poll]]\naddress='https://h/?a={key}'\nkeys='k'", "name"},
      {"[[poll]]\nname='u'\naddress='https://h/?a={key}'", "keys: is missing"},
      {"[[poll]]\nname='u'\naddress='http://h/?a={key}'\nkeys='k'", "must be https"},
      {"[[poll]]\nname='u'\naddress='https://h/?a={key}'\nkeys='k'\nperiod_s=0", "period_s"},
      {"[[poll]]\nname='u'\naddress='https://h/?a={key}'\nkeys='k'\nkey='x.pem'",
       "certificate and key go together"},
      {"[[poll]]\nname='u'\naddress='https://h/?a={key}'\nkeys='k'\ncolour=1", "colour"},
      {"[nats]\nservers=[]", "servers: names none"},
      {"[nats]\nservers=['nats://h:1']", "must be tls://"},
      {"[deliver]", "is needed, or a subject of [nats]"},
      {"[deliver]\naddress='https://h/'\nsubject='a'", "and not both"},
      {"[deliver]\nsubject='a'", "there is no table [nats]"},
      {"[deliver]\naddress='ftp://h/'", "is neither https nor http"},
      {"[refer]\nsubject='a'", "there is no table [nats]"},
  };
  for (const auto& row : kRows) {
    auto root = core::ConfigReader::parse(row.text, "gateway.toml");
    ASSERT_TRUE(root.ok()) << row.text;
    load_gateway_transports(*root);
    const auto status = root->finish();
    ASSERT_FALSE(status.ok()) << row.text;
    EXPECT_THAT(status.error().message, HasSubstr(row.says)) << row.text;
    EXPECT_EQ(status.error().message.find('\n'), std::string::npos);
  }
}

// Customs' answers to customs, another agency's referrals to that agency, and neither to the other.
TEST(GatewayTransports, ReferralsGoToTheirOwnReceiver) {
  const auto folder = customs::test::test_folder("refer");
  const ScriptedHttp agency([](const std::string& request) {
    return ScriptedHttp::response(request.find("REFERRAL_1.json") != std::string::npos ? 200 : 404,
                                  "");
  });
  const core::SystemClock clock;
  auto gateway = customs::Gateway::create(customs::test::config_in(folder), clock).value();
  customs::test::put_file(folder / "outbox" / "CUSRES_A.edi", "answer");
  customs::test::put_file(folder / "outbox" / "referral" / "REFERRAL_1.json", "{}");
  auto root = core::ConfigReader::parse(
      fmt::format("[refer]\naddress='{}'\n", agency.address("/in")), "gateway.toml");
  ASSERT_TRUE(root.ok());
  const auto config = load_gateway_transports(*root);
  ASSERT_TRUE(root->finish().ok()) << root->finish().error().message;
  auto started = GatewayTransports::start(config, folder / "outbox", *gateway, clock);
  ASSERT_TRUE(started.ok()) << started.error().message;
  EXPECT_TRUE(test::eventually(
      [&] { return std::filesystem::exists(folder / "outbox/referral/sent/REFERRAL_1.json"); }));
  EXPECT_TRUE(std::filesystem::exists(folder / "outbox/CUSRES_A.edi"));  // Nobody fetches it here.
  EXPECT_EQ((*started)->problem(), "");
}

TEST(GatewayTransports, AsksAndDeliversByThemselves) {
  const auto folder = customs::test::test_folder("transports");
  std::string progress;
  for (const auto& sample : customs::adapter_samples())
    if (sample.system == "unipass") progress = sample.bytes;
  const ScriptedHttp peer([&](const std::string& request) {
    return request.starts_with("GET ") ? ScriptedHttp::response(200, progress)
                                       : ScriptedHttp::response(200, "");
  });
  customs::test::put_file(folder / "keys", "26MSCU1234I00010001\n");
  const core::SystemClock clock;
  auto gateway = customs::Gateway::create(customs::test::config_in(folder), clock).value();
  customs::test::put_file(folder / "outbox" / "CUSRES_A.edi", "answer");
  auto root = core::ConfigReader::parse(
      fmt::format("[[poll]]\nname='unipass'\naddress='{}'\nkeys='{}'\n[deliver]\naddress='{}'\n",
                  peer.address("/q?cargMtNo={key}"), (folder / "keys").string(),
                  peer.address("/in")),
      "gateway.toml");
  ASSERT_TRUE(root.ok());
  const auto config = load_gateway_transports(*root);
  ASSERT_TRUE(root->finish().ok()) << root->finish().error().message;
  auto started = GatewayTransports::start(config, folder / "outbox", *gateway, clock);
  ASSERT_TRUE(started.ok()) << started.error().message;
  EXPECT_TRUE(test::eventually([&] {
    return gateway->status()->declarations == 1U &&
           std::filesystem::exists(folder / "outbox/sent/CUSRES_A.edi");
  }));
  EXPECT_EQ((*started)->problem(), "");
}

}  // namespace
}  // namespace portcullis::apps
