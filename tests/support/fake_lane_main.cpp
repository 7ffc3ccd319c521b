// A lane without hardware, to look at the screens: fake-lane SOCKET [SCAN_SECONDS]
// The screen's own key F5 starts a scan; the words "warm" and "trip" as a third argument show
// what a device that asks for attention, or a tripped interlock, looks like; "start" shows five
// devices that are not ready; "bays" four bays with vehicles in them; a name of scene_case() makes
// every truck that case.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: fake-lane SOCKET [SCAN_SECONDS [warm|trip|start|bays|SCENE]]\n");
    return 2;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  using portcullis::services::DeviceLevel;
  portcullis::test::FakeLane lane;
  const long seconds = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 5;
  const std::string show = argc > 3 ? argv[3] : "";
  const bool scene =
      !show.empty() && show != "warm" && show != "trip" && show != "start" && show != "bays";
  lane.play(std::chrono::milliseconds(1000 * (seconds > 0 ? seconds : 5)), scene ? show : "");
  lane.change_status([&](portcullis::services::LaneStatus& status) {
    if (show == "warm") {
      status.devices[2] = {"Detector", DeviceLevel::kAttention,
                           "module 17 warm, 41.3 °C; clean the filter at next stop"};
    } else if (show == "trip") {
      status.devices[1] = {"X-ray source", DeviceLevel::kFault,
                           "no answer for 2 s; the lane tries again every 0.5 s"};
      status.first_out = "emergency stop 2, exit side";
      status.next_text = "the cause of the stop is still there: pull out emergency stop 2";
    } else if (show == "start") {
      status.state_text = "Source warming up";
      status.next_text = "a door is not closed on both channels (Door 1)";
      status.doors_text = "a door is not closed on both channels (Door 1)";
      status.search_text = "not complete";
      status.portal_text = "portal background not known yet";
      status.beam_asked = true;
      status.devices = {
          {"PLC", DeviceLevel::kOk, ""},
          {"X-ray source", DeviceLevel::kAttention, "warming up"},
          {"Detector", DeviceLevel::kAttention, "not calibrated"},
          {"Radiation portal", DeviceLevel::kAttention, "portal background not known yet"},
          {"Recorder", DeviceLevel::kFault,
           "no space left on the disk for the next scan: free some or change it"},
          {"Customs gateway", DeviceLevel::kUnknown, ""}};
    }
  });
  if (show == "bays") portcullis::test::fill_bays(lane);
  lane.beat();
  portcullis::services::LaneServer server(lane);
  if (const auto status = server.start(argv[1]); !status.ok()) {
    std::fprintf(stderr, "fake-lane: %s\n", status.error().message.c_str());
    return 1;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
  return 0;
}
