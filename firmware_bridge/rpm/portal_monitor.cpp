#include "firmware_bridge/rpm/portal_monitor.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace portcullis::firmware_bridge {
namespace {

constexpr std::size_t kPortalRecordsMax = 50'000;
/// A background line sums the second before it.
constexpr core::Duration kBeamAfterglow = std::chrono::seconds(1);
constexpr core::Duration kPortalNeverAge = std::chrono::hours(24 * 365);

}  // namespace

void PortalMonitor::set_connected(bool connected, core::TimePoint now) {
  if (connected == connected_) return;
  connected_ = connected;
  last_line_at_ = now;
  if (!connected) {
    // What was said before may have changed unseen; the portal says its backgrounds again.
    gamma_known_ = neutron_known_ = false;
    mark_invalid("connection to the portal lost during the passage");
  }
}

void PortalMonitor::set_beam_on(bool on, core::TimePoint now) {
  if (beam_on_ && !on) beam_off_at_ = now;
  beam_on_ = on;
}

bool PortalMonitor::beam_near(core::TimePoint now) const {
  return beam_on_ ||
         (beam_off_at_ != core::TimePoint::min() && now - beam_off_at_ < kBeamAfterglow);
}

void PortalMonitor::mark_invalid(const std::string& why) {
  if (occupied_ && current_.invalid_reason.empty()) current_.invalid_reason = why;
}

void PortalMonitor::begin_occupancy(core::UtcTime utc, core::TimePoint now) {
  current_ = {};
  current_.started = utc;
  current_.started_at = now;
  current_.gamma_background_cps = gamma_background_;
  current_.neutron_background_cps = neutron_background_;
  window_count_ = 0;
  alike_ = 0;
  last_counts_ = {};
  occupied_ = true;
  const std::string why_not = health(now);
  if (why_not != "ok") mark_invalid(why_not);
}

void PortalMonitor::end_occupancy(core::UtcTime utc, core::TimePoint now) {
  current_.ended = utc;
  current_.ended_at = now;
  const std::string why_not = health(now);
  if (why_not != "ok") mark_invalid(why_not);
  if (current_.gamma_samples < window_.size()) mark_invalid("fewer than five gamma samples");
  if (current_.beam_samples > 0) mark_invalid("beam was on during part of the passage");
  current_.valid = current_.invalid_reason.empty();
  occupied_ = false;
  ++occupancies_;
  finished_.push_back(std::exchange(current_, {}));
  if (finished_.size() > 100) finished_.erase(finished_.begin());
}

void PortalMonitor::take_gamma_sample(const PortalLine& line, bool beam) {
  ++current_.gamma_samples;
  if (line.tag == PortalTag::kGA) current_.gamma_alarm = true;
  if (beam) {
    ++current_.beam_samples;
    window_count_ = 0;
    return;
  }
  // Few counts may well be alike.
  const bool many = *std::min_element(line.counts.begin(), line.counts.end()) >= 10;
  alike_ = many && line.counts == last_counts_ ? alike_ + 1 : 0;
  last_counts_ = line.counts;
  if (alike_ + 1 >= config_.frozen_samples) mark_invalid("the portal's counts stand still");
  std::rotate(window_.begin(), window_.begin() + 1, window_.end());
  window_.back() = line.count_sum();
  window_count_ = std::min(window_count_ + 1, window_.size());
  const double background = current_.gamma_background_cps;
  if (window_count_ < window_.size() || background <= 0) return;
  double sum = 0;
  for (const double sample : window_) sum += sample;
  const double sigma = (sum - background) / std::sqrt(background);
  current_.sigma_max = std::max(current_.sigma_max, sigma);
  current_.background_ratio_min = std::min(current_.background_ratio_min, sum / background);
  if (sigma > config_.alarm_sigma) current_.gamma_alarm_own = true;
}

void PortalMonitor::push(std::string_view text, core::TimePoint now, core::UtcTime utc) {
  const auto parsed = parse_portal_line(text);
  if (!parsed.ok()) {
    ++malformed_;
    mark_invalid("a malformed line came during the passage");
    return;
  }
  const PortalLine& line = *parsed;
  ++lines_;
  if (line.tag == PortalTag::kUnknown) ++unknown_;
  tick(now, utc);
  last_line_at_ = now;
  const bool beam = beam_near(now);

  const bool sample = line.tag == PortalTag::kGS || line.tag == PortalTag::kGA ||
                      line.tag == PortalTag::kNS || line.tag == PortalTag::kNA;
  if (sample && !occupied_) begin_occupancy(utc, now);
  if (sample) last_sample_at_ = now;
  const PortalRecord record{utc, line.text, beam};
  records_.push_back(record);
  if (records_.size() > kPortalRecordsMax) records_.pop_front();
  if (occupied_) {
    if (current_.lines.size() < config_.occupancy_lines_max) {
      current_.lines.push_back(record);
    } else {
      mark_invalid("the passage is too long to be kept whole");
    }
  }

  switch (line.tag) {
    case PortalTag::kGB:
      if (beam) break;
      gamma_background_ = line.count_sum();
      gamma_known_ = true;
      gamma_high_ = gamma_low_ = false;
      break;
    case PortalTag::kNB:
      if (beam) break;
      neutron_background_ = line.count_sum();
      neutron_known_ = true;
      neutron_high_ = false;
      break;
    // Beam alone can make a background high: then it says nothing about the portal.
    case PortalTag::kGH:
      gamma_high_ = gamma_high_ || !beam;
      break;
    case PortalTag::kGL:
      gamma_low_ = gamma_low_ || !beam;
      break;
    case PortalTag::kNH:
      neutron_high_ = neutron_high_ || !beam;
      break;
    case PortalTag::kTT:
      tamper_ = true;
      break;
    case PortalTag::kTC:
      tamper_ = false;
      break;
    case PortalTag::kGS:
    case PortalTag::kGA:
      take_gamma_sample(line, beam);
      break;
    case PortalTag::kNA:
      current_.neutron_alarm = true;
      break;
    case PortalTag::kSP:
      if (occupied_) current_.speed_km_h = line.km_per_hour;
      break;
    case PortalTag::kGX:
      if (occupied_) {
        current_.number = line.counts[0];
        end_occupancy(utc, now);
      }
      break;
    default:
      break;
  }
  if (occupied_ && (tamper_ || gamma_high_ || gamma_low_ || neutron_high_))
    mark_invalid(health(now));
}

void PortalMonitor::tick(core::TimePoint now, core::UtcTime utc) {
  if (!occupied_ || now - last_sample_at_ <= config_.stale_after) return;
  mark_invalid("the portal's samples stopped during the passage");
  end_occupancy(utc, now);
}

std::string PortalMonitor::health(core::TimePoint now) const {
  if (!connected_) return "portal not connected";
  if (last_line_at_ == core::TimePoint::min() || now - last_line_at_ > config_.stale_after)
    return "portal data stale";
  if (tamper_) return "portal tamper";
  if (gamma_high_) return "gamma background high";
  if (gamma_low_) return "gamma background low";
  if (neutron_high_) return "neutron background high";
  if (!gamma_known_ || !neutron_known_) return "portal background not known yet";
  return "ok";
}

PortalView PortalMonitor::view(core::TimePoint now) const {
  PortalView out;
  out.connected = connected_;
  out.health_text = health(now);
  out.healthy = out.health_text == "ok";
  out.data_age = last_line_at_ == core::TimePoint::min() ? kPortalNeverAge : now - last_line_at_;
  out.tamper = tamper_;
  out.gamma_background_high = gamma_high_;
  out.gamma_background_low = gamma_low_;
  out.neutron_background_high = neutron_high_;
  out.background_known = gamma_known_ && neutron_known_;
  out.gamma_background_cps = gamma_background_;
  out.neutron_background_cps = neutron_background_;
  out.occupied = occupied_;
  out.gamma_alarm = current_.gamma_alarm;
  out.neutron_alarm = current_.neutron_alarm;
  out.gamma_alarm_own = current_.gamma_alarm_own;
  out.sigma_max = current_.sigma_max;
  out.occupancies = occupancies_;
  out.lines = lines_;
  out.malformed = malformed_;
  out.unknown = unknown_;
  return out;
}

std::vector<PortalOccupancy> PortalMonitor::take_occupancies() {
  return std::exchange(finished_, {});
}

std::vector<PortalRecord> PortalMonitor::take_records() {
  std::vector<PortalRecord> out(records_.begin(), records_.end());
  records_.clear();
  return out;
}

}  // namespace portcullis::firmware_bridge
