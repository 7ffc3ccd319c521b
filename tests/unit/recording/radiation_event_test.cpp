#include "recording/radiation_event.h"

#include <gtest/gtest.h>

namespace portcullis {
namespace {

TEST(RadiationEvent, TheLastOneHoldsAndNoneIsNotAMeasurement) {
  archive::ScanInfo info;
  EXPECT_FALSE(recording::stored_radiation(info).has_value());
  info.events.push_back({{}, "state", "Idle to Entering"});
  EXPECT_FALSE(recording::stored_radiation(info).has_value());

  core::RadiationMeasurement m;
  m.problem = "the portal saw no passage of this vehicle";
  info.events.push_back({{}, recording::kRadiationEvent, recording::radiation_event_text(m)});
  m = {true, true, false, 12.5, ""};
  info.events.push_back({{}, recording::kRadiationEvent, recording::radiation_event_text(m)});
  const auto read = recording::stored_radiation(info);
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->valid);
  EXPECT_TRUE(read->gamma_alarm);
  EXPECT_FALSE(read->neutron_alarm);
  EXPECT_DOUBLE_EQ(read->sigma_max, 12.5);
}

TEST(RadiationEvent, WhatCannotBeReadIsNoValidMeasurement) {
  for (const char* text : {"", "{", "[]", "{\"valid\": true}", "{\"valid\": 1}"}) {
    archive::ScanInfo info;
    info.events.push_back({{}, recording::kRadiationEvent, text});
    const auto read = recording::stored_radiation(info);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_FALSE(read->valid) << text;
    EXPECT_FALSE(read->problem.empty()) << text;
  }
}

}  // namespace
}  // namespace portcullis
