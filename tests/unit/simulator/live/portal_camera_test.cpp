#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "core/files.h"
#include "firmware_bridge/codec/camera_line.h"
#include "simulator/live/camera_device.h"
#include "simulator/live/camera_picture.h"
#include "simulator/live/portal_device.h"
#include "tests/support/socket_folder.h"

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

/// Counts of a line of four six-digit fields.
std::vector<int> counts_of(const std::string& line) {
  std::vector<int> counts;
  for (std::size_t at = 3; at < line.size(); at += 7)
    counts.push_back(std::stoi(line.substr(at, 6)));
  return counts;
}

class Portal : public testing::Test {
 protected:
  std::vector<std::string> run(double seconds, std::optional<PortalDevice::Passage> passage,
                               bool moving = false) {
    std::vector<std::string> lines;
    const int steps = static_cast<int>(std::lround(seconds * 200));
    for (int i = 1; i <= steps; ++i) {
      now_ += milliseconds(5);
      if (moving) passage->share = static_cast<double>(i) / steps;
      for (auto& line : portal_.tick(now_, passage)) lines.push_back(line);
    }
    return lines;
  }
  static std::size_t count(const std::vector<std::string>& lines, std::string_view tag) {
    return static_cast<std::size_t>(std::count_if(
        lines.begin(), lines.end(), [&](const auto& l) { return l.starts_with(tag); }));
  }
  core::TimePoint now_{std::chrono::hours(1)};
  PortalDevice portal_{{250, 1.2, 12, 7}, now_};
};

TEST_F(Portal, sends_gamma_and_neutron_background_every_five_seconds) {
  const auto lines = run(100.9, std::nullopt);
  ASSERT_EQ(count(lines, "GB,"), 20U);
  EXPECT_EQ(count(lines, "NB,"), 20U);
  EXPECT_EQ(lines.size(), 40U);
  double gamma = 0, neutron = 0;
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 2U + 4 * 7) << line;
    for (const int n : counts_of(line)) (line[0] == 'G' ? gamma : neutron) += n;
  }
  // 80 Poisson values each: five standard errors of the mean.
  EXPECT_NEAR(gamma / 80, 250, 5 * std::sqrt(250.0 / 80));
  EXPECT_NEAR(neutron / 80, 1.2, 5 * std::sqrt(1.2 / 80));
}

TEST_F(Portal, reports_an_occupancy_from_first_sample_to_end_line) {
  auto lines = run(3.05, PortalDevice::Passage{}, true);
  EXPECT_EQ(count(lines, "GS,"), 15U);
  EXPECT_EQ(count(lines, "NS,"), 3U);
  EXPECT_EQ(count(lines, "GB,"), 0U);
  lines = run(0.1, std::nullopt);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].starts_with("SP,"));
  // The first occupancy; background of four tubes of 1.2 counts/s, times 1,000.
  EXPECT_EQ(lines[1], "GX,000001,004800,000000,000000");
}

TEST_F(Portal, a_vehicle_dips_the_background_by_fifteen_percent_in_its_middle) {
  double sum = 0;
  int samples = 0;
  for (const auto& line : run(200.05, PortalDevice::Passage{0.5, 0})) {
    if (!line.starts_with("GS,")) continue;
    for (const int n : counts_of(line)) sum += n;
    ++samples;
  }
  ASSERT_EQ(samples, 1000);
  const double mean = sum / 4000;
  EXPECT_NEAR(mean, 250 * 0.2 * 0.85, 5 * std::sqrt(42.5 / 4000));
}

TEST_F(Portal, a_source_aboard_alarms_and_nothing_else_does) {
  EXPECT_EQ(count(run(200, PortalDevice::Passage{0.5, 0}), "GA,"), 0U);
  EXPECT_GT(count(run(2, PortalDevice::Passage{0.5, 200}), "GA,"), 2U);
}

TEST(Camera, reads_plate_and_containers_front_to_rear_as_the_vehicle_passes) {
  CameraDevice camera(3);
  core::VehicleIdentity identity;
  identity.plate = "AB123CD";
  identity.containers = {{"CSQU3054383", "22G1", true, 1}, {"MSKU6011672", "22G1", true, 1}};
  camera.vehicle(identity);
  EXPECT_TRUE(camera.tick(0.1, {1}).empty());
  const auto plate = camera.tick(0.25, {1'767'225'600'000'000'000});
  ASSERT_EQ(plate.size(), 1U);
  EXPECT_TRUE(plate[0].find("\"t_ns\":1767225600000000000") != std::string::npos) << plate[0];
  EXPECT_TRUE(plate[0].find("\"kind\":\"plate\"") != std::string::npos);
  EXPECT_TRUE(plate[0].find("\"text\":\"AB123CD\"") != std::string::npos);
  EXPECT_TRUE(plate[0].find("\"camera\":\"entry\"") != std::string::npos);
  const auto rest = camera.tick(1.0, {2});
  ASSERT_EQ(rest.size(), 4U);
  EXPECT_TRUE(rest[0].find("CSQU3054383") != std::string::npos);
  EXPECT_TRUE(rest[1].find("\"kind\":\"iso_type\"") != std::string::npos);
  EXPECT_TRUE(rest[2].find("MSKU6011672") != std::string::npos);
  EXPECT_TRUE(camera.tick(1.0, {3}).empty());
}

TEST(Camera, puts_a_picture_of_what_it_reads_and_may_misread_it) {
  const test::SocketFolder folder;
  const auto pictures = folder.path() / "pictures";
  CameraDevice camera(3, pictures);
  core::VehicleIdentity identity;
  identity.plate = "AB123CD";
  identity.containers = {{"CSQU3054383", "", true, 1}};
  camera.vehicle(identity);
  const auto lines = camera.tick(1.0, {5}, true);
  ASSERT_EQ(lines.size(), 2U);
  for (const auto& line : lines) {
    const auto reading = firmware_bridge::parse_camera_line(line).value();
    ASSERT_NE(reading.image, "");
    const auto picture = core::read_file(pictures / reading.image, 1 << 20).value();
    // PNG, third edition: 5.2 signature, 11.2.2 IHDR with width and height.
    EXPECT_EQ(picture.substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(picture.substr(16, 8), std::string("\0\0\x01\xe0\0\0\x01\x0e", 8));
    if (reading.kind == "plate") {
      EXPECT_EQ(reading.text, "AB183CD") << "one digit is another";
      EXPECT_EQ(picture, draw_camera_picture("plate", "AB123CD").value()) << "the picture is true";
    } else {
      EXPECT_EQ(reading.text, "CSQU3054333");
      EXPECT_NE(picture, draw_camera_picture("container", "CSQU3054333").value());
    }
    EXPECT_LT(reading.confidence, 0.6);
  }
}

}  // namespace
}  // namespace portcullis::simulator
