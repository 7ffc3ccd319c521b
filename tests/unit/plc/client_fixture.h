#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "plc/interlock/interlock.h"
#include "plc/modbus/plc_client.h"

namespace portcullis::plc {

/// A client that polls a scripted PLC, over whatever wire the test has given it.
class ClientFixture : public testing::Test {
 protected:
  /// The emergency stop chain was read within its time.
  bool fresh() {
    const PlcImage image = client->image();
    return PlcView(image, clock.now(), kStaleAfter).fresh(Tag::kEstopChainHealthy);
  }
  /// What is commanded was read back, and echoed.
  bool confirmed() {
    const PlcImage image = client->image();
    return commands_confirmed(PlcView(image, clock.now(), kStaleAfter), kStaleAfter);
  }
  void make_client(const PlcConfig& config) {
    auto made = PlcClient::create(config, clock);
    ASSERT_TRUE(made.ok()) << made.error().message;
    client = std::move(*made);
  }
  void TearDown() override {
    if (client) client->stop();
  }

  static constexpr std::chrono::milliseconds kStaleAfter{100};
  core::SystemClock clock;
  PlcOutputs wanted;
  std::unique_ptr<PlcClient> client;
};

}  // namespace portcullis::plc
