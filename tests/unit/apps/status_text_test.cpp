#include "apps/lane/status_text.h"

#include <gtest/gtest.h>

#include "lane/panel.h"

namespace portcullis::apps {
namespace {

lane::BayView bay_of(std::uint8_t number, lane::BayPlace place, bool arrived) {
  lane::BayView bay;
  bay.number = number;
  bay.state.place = place;
  if (place == lane::BayPlace::kEmpty) return bay;
  bay.state.vehicle = number;
  bay.state.arrived = arrived;
  bay.scan_id = "scan-" + std::to_string(number);
  bay.owner = "anna";
  bay.since = core::UtcTime{1'000'000'000LL * number};
  bay.record.identity.plate = "AB123CD";
  bay.record.identity.containers.push_back({"CSQU3054383", "22G1", true, 0.9});
  return bay;
}

TEST(StatusText, ABaySaysWhoStandsThereHowAndSinceWhen) {
  lane::LaneSnapshot snapshot;
  snapshot.bays = {bay_of(1, lane::BayPlace::kWaiting, false),
                   bay_of(2, lane::BayPlace::kReleased, true),
                   bay_of(3, lane::BayPlace::kEmpty, false)};
  snapshot.bays[2].state.told = true;
  const auto status = to_status(snapshot, {"en"});
  ASSERT_EQ(status.bays.size(), 3U);
  EXPECT_EQ(status.bays[0].place, "Waiting");
  EXPECT_EQ(status.bays[0].place_text, "on its way, not decided");
  EXPECT_EQ(status.bays[0].case_id, "scan-1");
  EXPECT_EQ(status.bays[0].owner, "anna");
  EXPECT_EQ(status.bays[0].container_numbers, std::vector<std::string>{"CSQU3054383"});
  EXPECT_FALSE(status.bays[0].arrived);
  EXPECT_FALSE(status.bays[0].exit_open);
  EXPECT_TRUE(status.bays[1].exit_open);
  EXPECT_EQ(status.bays[2].place, "Empty");
  EXPECT_EQ(status.bays[2].since.ns, 0);
  EXPECT_TRUE(status.bays[2].case_id.empty());
  EXPECT_NE(status.bays[2].alarm.find("not sent there"), std::string::npos);
}

TEST(StatusText, AMissingVehicleIsAnAlarmOfItsBay) {
  lane::LaneSnapshot snapshot;
  snapshot.bays = {bay_of(1, lane::BayPlace::kHeld, true)};
  snapshot.bays[0].state.missing = true;
  EXPECT_NE(to_status(snapshot, {}).bays[0].alarm.find("gone"), std::string::npos);
}

TEST(StatusText, DecisionsAreTakenOnTheReviewAndOnEveryBay) {
  lane::LaneSnapshot snapshot;
  snapshot.bays = {bay_of(1, lane::BayPlace::kWaiting, true),
                   bay_of(2, lane::BayPlace::kEmpty, false),
                   bay_of(4, lane::BayPlace::kHeld, true)};
  snapshot.review_scan_id = "scan-1";  // the oldest in a bay, where none is in the tunnel
  EXPECT_EQ(scans_to_decide(snapshot), (std::vector<std::string>{"scan-1", "scan-4"}));
  snapshot.review_scan_id = "scan-9";
  EXPECT_EQ(scans_to_decide(snapshot), (std::vector<std::string>{"scan-9", "scan-1", "scan-4"}));
  // One that was sent round and may not come can be handed on.
  snapshot.awaited.resize(1);
  snapshot.awaited[0].scan_id = "scan-3";
  EXPECT_EQ(scans_to_decide(snapshot).back(), "scan-3");
}

TEST(StatusText, TheDriverPanelSpeaksTheSitesLanguagesInTheirOrder) {
  lane::LaneSnapshot snapshot;
  snapshot.panel_message = lane::sign::kGoToBay + 2;
  const auto panel = to_status(snapshot, {"fr", "ar", "en"}).driver_panel;
  EXPECT_EQ(panel.pictogram, "go_to_bay");
  ASSERT_EQ(panel.lines.size(), 3U);
  EXPECT_EQ(panel.lines[0].language, "fr");
  EXPECT_EQ(panel.lines[2].text, "Go to bay 2");
  snapshot.panel_message = 0;
  EXPECT_TRUE(to_status(snapshot, {"fr"}).driver_panel.lines.empty());
}

}  // namespace
}  // namespace portcullis::apps
