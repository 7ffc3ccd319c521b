#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "firmware_bridge/camera/camera_client.h"
#include "firmware_bridge/rpm/portal_client.h"
#include "firmware_bridge/transport/endpoint.h"
#include "firmware_bridge/transport/line_connection.h"
#include "firmware_bridge/transport/udp_receiver.h"
#include "tests/unit/firmware_bridge/scripted_peer.h"

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;
using testing::eventually;
using testing::ScriptedPeer;

TEST(EndpointText, IsReadAndWritten) {
  EXPECT_EQ(parse_endpoint("127.0.0.1:5025")->text(), "127.0.0.1:5025");
  EXPECT_EQ(parse_endpoint("localhost:1")->text(), "127.0.0.1:1");
  EXPECT_EQ(parse_endpoint("[::1]:65535")->text(), "[::1]:65535");
  EXPECT_EQ(parse_endpoint("unix:/run/x.sock")->text(), "unix:/run/x.sock");
  for (const char* text : {"", ":", "1.2.3.4", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536",
                           "1.2.3.4:1x", "1.2.3:4", "host.example:80", "::1:80", "unix:"}) {
    EXPECT_FALSE(parse_endpoint(text).ok()) << text;
  }
  EXPECT_FALSE(parse_endpoint("unix:" + std::string(200, 'a')).ok());
}

TEST(LineConnectionTest, ALineThatComesInPiecesAndManyInOne) {
  ScriptedPeer peer(
      [](const std::string& line) { return line == "go" ? "on" : "e\ntwo\r\nthree\n"; });
  LineConnection connection({"127.0.0.1", peer.port(), {}}, 100);
  ASSERT_TRUE(connection.connect(milliseconds(500)).ok());
  ASSERT_TRUE(connection.send_line("go").ok());
  ASSERT_TRUE(eventually([&] { return peer.count("go") == 1; }));
  ASSERT_TRUE(connection.send_line("more").ok());
  const auto next = [&] {
    auto line = connection.receive_line(milliseconds(2000));
    return line.ok() && line->has_value() ? **line : std::string("nothing");
  };
  EXPECT_EQ(next(), "one");
  EXPECT_EQ(next(), "two");
  EXPECT_EQ(next(), "three");
  const auto none = connection.receive_line(milliseconds(1));
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_value());
  peer.drop();
  EXPECT_FALSE(connection.receive_line(milliseconds(2000)).ok());
  EXPECT_FALSE(connection.connected());
  EXPECT_FALSE(connection.send_line("x").ok());
}

TEST(LineConnectionTest, APeerThatDoesNotReadIsGivenUpNotWaitedFor) {
  // A listener that accepts by its backlog and never reads.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  socklen_t bytes = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &bytes);
  LineConnection connection({"127.0.0.1", ntohs(address.sin_port), {}}, 100);
  ASSERT_TRUE(connection.connect(milliseconds(500)).ok());
  const std::string line(1000, 'x');
  bool gave_up = false;
  for (int i = 0; i < 100'000 && !gave_up; ++i) gave_up = !connection.send_line(line).ok();
  EXPECT_TRUE(gave_up);
  EXPECT_FALSE(connection.connected());
  ::close(listener);
}

TEST(UdpReceiverTest, ReceivesInBatchesAndCountsWhatTheKernelDropped) {
  UdpReceiver::Config config;
  config.batch = 32;
  config.socket_buffer_bytes = 4096;  // small, so that it overflows
  auto receiver = UdpReceiver::open(config);
  ASSERT_TRUE(receiver.ok()) << receiver.error().message;
  const int sender = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  to.sin_port = htons(receiver->port());
  std::uint64_t sent = 0;
  const auto send_one = [&](std::size_t size) {
    const std::vector<char> data(size, 'a');
    ASSERT_EQ(::sendto(sender, data.data(), data.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                       sizeof to),
              static_cast<ssize_t>(size));
    ++sent;
  };
  for (int i = 0; i < 500; ++i) send_one(224);
  std::uint64_t got = 0;
  for (auto batch = receiver->receive(milliseconds(100)); !batch.empty();
       batch = receiver->receive(milliseconds(0))) {
    got += batch.size();
    EXPECT_EQ(batch[0].size(), 224U);
  }
  // The drops are told with the first datagram after them.
  send_one(100);
  got += receiver->receive(milliseconds(100)).size();
  EXPECT_GT(receiver->kernel_drops(), 0U);
  EXPECT_EQ(got + receiver->kernel_drops(), sent);
  EXPECT_TRUE(receiver->receive(milliseconds(1)).empty());
  ::close(sender);
}

TEST(UdpReceiverTest, BadConfigurationIsNamed) {
  UdpReceiver::Config config;
  config.host = "nowhere";
  EXPECT_NE(UdpReceiver::open(config).error().message.find("host"), std::string::npos);
  config = {};
  config.batch = 0;
  EXPECT_NE(UdpReceiver::open(config).error().message.find("batch"), std::string::npos);
  config = {};
  config.host = "192.0.2.1";  // not ours (RFC 5737)
  EXPECT_EQ(UdpReceiver::open(config).error().code, core::ErrorCode::kIo);
}

TEST(PortalClientTest, ConnectsFollowsAndComesBack) {
  ScriptedPeer peer([](const std::string&) { return ""; });
  core::SystemClock clock;
  PortalClient portal({"127.0.0.1", peer.port(), {}}, {}, clock);
  ASSERT_TRUE(eventually([&] { return portal.view().connected; }));
  EXPECT_FALSE(portal.view().healthy);
  peer.send("GB,000250,000250,000250,000250\r\nNB,000001,000001,000001,000001\r\n");
  ASSERT_TRUE(eventually([&] { return portal.view().healthy; })) << portal.view().health_text;
  peer.send("GS,000045,000045,000045,000045\r\nGA,000145,000045,000045,000045\r\n");
  ASSERT_TRUE(eventually([&] { return portal.view().gamma_alarm; }));
  EXPECT_EQ(portal.occupancy_lines().size(), 2U);
  peer.go_away();
  ASSERT_TRUE(eventually([&] { return !portal.view().connected; }));
  EXPECT_FALSE(portal.view().healthy);
  peer.come_back();
  ASSERT_TRUE(eventually([&] { return portal.view().connected; }));
  EXPECT_EQ(portal.take_records().size(), 4U);
}

TEST(CameraClientTest, DeliversReadingsAndCountsNonsense) {
  ScriptedPeer peer([](const std::string&) { return ""; });
  core::SystemClock clock;
  CameraClient camera({"127.0.0.1", peer.port(), {}}, clock);
  ASSERT_TRUE(eventually([&] { return camera.view().connected; }));
  peer.send(
      "{\"t_ns\":1,\"camera\":\"entry\",\"kind\":\"container\",\"text\":\"CSQU3054383\","
      "\"confidence\":0.9,\"image\":\"\"}\n");
  peer.send("nonsense\n");
  ASSERT_TRUE(eventually([&] { return camera.view().malformed == 1; }));
  const auto readings = camera.take_readings();
  ASSERT_EQ(readings.size(), 1U);
  EXPECT_EQ(readings[0].reading.text, "CSQU3054383");
  EXPECT_TRUE(camera.take_readings().empty());
}

}  // namespace
}  // namespace portcullis::firmware_bridge
