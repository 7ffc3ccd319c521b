#include "simulator/live/portal_device.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numbers>
#include <numeric>

#include "firmware_bridge/codec/portal_line.h"

namespace portcullis::simulator {

namespace bridge = firmware_bridge;
namespace {

constexpr std::chrono::seconds kBackgroundPeriod{5};
constexpr std::chrono::milliseconds kGammaPeriod{200};
constexpr std::chrono::seconds kNeutronPeriod{1};
constexpr double kSuppression = 0.15;  // deepest dip that a loaded vehicle makes
constexpr double kAlarmSigma = 7;
constexpr std::size_t kAlarmSamples = 5;

}  // namespace

PortalDevice::PortalDevice(const Config& config, core::TimePoint now)
    : config_(config),
      draws_(config.seed ^ 0x706f7274616cULL),
      background_due_(now + kBackgroundPeriod / 5),
      background_sum_cps_(4 * config.gamma_background_cps) {}

std::uint32_t PortalDevice::counts(double mean) {
  if (frozen_) return static_cast<std::uint32_t>(std::lround(mean));
  return mean > 0 ? std::poisson_distribution<std::uint32_t>(mean)(draws_) : 0;
}

void PortalDevice::background(std::vector<std::string>& lines) {
  std::array<std::uint32_t, 4> gamma{}, neutron{};
  for (auto& value : gamma) value = counts(config_.gamma_background_cps);
  for (auto& value : neutron) value = counts(config_.neutron_background_cps);
  if (background_high_) {
    for (auto& value : gamma) value *= 4;
    lines.push_back(bridge::format_portal_counts(bridge::PortalTag::kGH, gamma));
    return;
  }
  const double sum = std::accumulate(gamma.begin(), gamma.end(), 0.0);
  background_sum_cps_ += 0.2 * (sum - background_sum_cps_);
  lines.push_back(bridge::format_portal_counts(bridge::PortalTag::kGB, gamma));
  lines.push_back(bridge::format_portal_counts(bridge::PortalTag::kNB, neutron));
}

void PortalDevice::begin(core::TimePoint now) {
  occupied_ = true;
  occupied_since_ = now;
  gamma_due_ = now + kGammaPeriod;
  neutron_due_ = now + kNeutronPeriod;
  recent_.clear();
  ++occupancies_;
}

void PortalDevice::end(core::TimePoint now, std::vector<std::string>& lines) {
  occupied_ = false;
  const double seconds = std::chrono::duration<double>(now - occupied_since_).count();
  lines.push_back(bridge::format_portal_speed(config_.vehicle_length_m / std::max(seconds, 0.1)));
  lines.push_back(
      bridge::format_portal_occupancy_end(occupancies_, 4 * config_.neutron_background_cps));
  background_due_ = now + kBackgroundPeriod;
}

void PortalDevice::gamma_sample(const Passage& passage, std::vector<std::string>& lines) {
  const double shape = std::sin(std::numbers::pi * std::min(1.0, std::max(0.0, passage.share)));
  const double cps =
      config_.gamma_background_cps * (1 - kSuppression * shape) + passage.gamma_cps * shape * shape;
  const double seconds = std::chrono::duration<double>(kGammaPeriod).count();
  std::array<std::uint32_t, 4> gamma{};
  const double steady = frozen_ ? config_.gamma_background_cps : cps;
  for (auto& value : gamma) value = counts(steady * seconds);
  recent_.push_back(gamma[0] + gamma[1] + gamma[2] + gamma[3]);
  if (recent_.size() > kAlarmSamples) recent_.pop_front();
  const double sum = std::accumulate(recent_.begin(), recent_.end(), 0.0);
  const bool alarm = recent_.size() == kAlarmSamples &&
                     sum - background_sum_cps_ > kAlarmSigma * std::sqrt(background_sum_cps_);
  lines.push_back(
      bridge::format_portal_counts(alarm ? bridge::PortalTag::kGA : bridge::PortalTag::kGS, gamma));
}

void PortalDevice::neutron_sample(std::vector<std::string>& lines) {
  std::array<std::uint32_t, 4> neutron{};
  for (auto& value : neutron) value = counts(config_.neutron_background_cps);
  lines.push_back(bridge::format_portal_counts(bridge::PortalTag::kNS, neutron));
}

std::vector<std::string> PortalDevice::tick(core::TimePoint now,
                                            const std::optional<Passage>& passage) {
  std::vector<std::string> lines;
  if (tamper_ != tamper_told_) {
    lines.emplace_back(tamper_ ? "TT" : "TC");
    tamper_told_ = tamper_;
  }
  if (passage && !occupied_) begin(now);
  if (passage) last_ = *passage;
  if (occupied_) {
    while (gamma_due_ <= now) {
      gamma_sample(last_, lines);
      gamma_due_ += kGammaPeriod;
    }
    while (neutron_due_ <= now) {
      neutron_sample(lines);
      neutron_due_ += kNeutronPeriod;
    }
    if (!passage) end(now, lines);
  } else {
    while (background_due_ <= now) {
      background(lines);
      background_due_ += kBackgroundPeriod;
    }
  }
  return lines;
}

}  // namespace portcullis::simulator
