#include "lane/identity.h"

#include <algorithm>

#include "core/iso6346.h"

namespace portcullis::lane {
namespace {

std::string normalise_plate(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z')
      out.push_back(static_cast<char>(c - 'a' + 'A'));
    else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             static_cast<unsigned char>(c) >= 0x80)
      out.push_back(c);
  }
  return out;
}

}  // namespace

std::string_view identity_outcome_name(IdentityOutcome outcome) noexcept {
  switch (outcome) {
    case IdentityOutcome::kBound:
      return "bound";
    case IdentityOutcome::kAmbiguous:
      return "ambiguous";
    case IdentityOutcome::kUnreadable:
      return "unreadable";
    case IdentityOutcome::kTailgated:
      return "tailgated";
    case IdentityOutcome::kSplitLoad:
      return "split load";
  }
  return {};
}

void IdentityBinder::forget_old(core::TimePoint now) {
  while (!waiting_readings_.empty() && (now - waiting_readings_.front().at > kBeforeMax ||
                                        waiting_readings_.size() > kReadingsMax)) {
    waiting_readings_.pop_front();
    ++dropped_;
  }
  while (!waiting_occupancies_.empty() && (now - waiting_occupancies_.front().ended > kBeforeMax ||
                                           waiting_occupancies_.size() > kReadingsMax)) {
    waiting_occupancies_.pop_front();
    ++dropped_;
  }
}

void IdentityBinder::vehicle_arrived(std::uint64_t vehicle, core::TimePoint now,
                                     core::UtcTime utc) {
  record_ = {};
  record_.vehicle = vehicle;
  record_.arrived = utc;
  arrived_ = now;
  binding_ = true;
  last_container_valid_ = false;
  plate_confidence_ = 0;
  forget_old(now);
  for (const CameraReading& reading : waiting_readings_) bind(reading);
  for (const OccupancyReading& reading : waiting_occupancies_) bind(reading);
  waiting_readings_.clear();
  waiting_occupancies_.clear();
}

void IdentityBinder::vehicle_restored(std::uint64_t vehicle, const core::VehicleIdentity& identity,
                                      core::UtcTime utc) {
  record_ = {};
  record_.vehicle = vehicle;
  record_.arrived = utc;
  record_.identity = identity;
  note_ambiguity("the lane was started again with this vehicle in it");
  binding_ = false;
}

void IdentityBinder::vehicle_left() {
  record_ = {};
  binding_ = false;
}

void IdentityBinder::followed_in() {
  note_ambiguity("another vehicle followed this one into the tunnel");
  record_.outcome = IdentityOutcome::kTailgated;
}

void IdentityBinder::compare_with(AwaitedDesk& awaited) {
  if (!binding_) return awaited.bind_restored(record_);
  for (const std::uint64_t vehicle : awaited.came(record_))
    note_ambiguity("it may be vehicle " + std::to_string(vehicle) +
                   ", which was sent round to be scanned again");
}

void IdentityBinder::close_binding() {
  if (!binding_) return;
  binding_ = false;
  const auto& containers = record_.identity.containers;
  if (containers.empty() || std::none_of(containers.begin(), containers.end(),
                                         [](const auto& c) { return c.check_digit_ok; })) {
    note_ambiguity("no container number could be read");
    if (record_.outcome == IdentityOutcome::kBound) record_.outcome = IdentityOutcome::kUnreadable;
  }
  compare_with_earlier();
  if (record_.outcome == IdentityOutcome::kBound && !record_.ambiguities.empty())
    record_.outcome = IdentityOutcome::kAmbiguous;
}

void IdentityBinder::compare_with_earlier() {
  const std::string& plate = record_.identity.plate;
  for (const auto& container : record_.identity.containers) {
    if (!container.check_digit_ok) continue;
    // Its last appearance counts: what it was on before that was judged then.
    const auto seen = std::find_if(seen_before_.rbegin(), seen_before_.rend(),
                                   [&](const Seen& s) { return s.number == container.number; });
    if (seen != seen_before_.rend()) {
      if (!plate.empty() && seen->plate == plate) {
        record_.visit_after = seen->vehicle;
      } else if (arrived_ - seen->arrived <= kSplitWindow) {
        note_ambiguity("container " + container.number + " was read on vehicle " +
                       std::to_string(seen->vehicle) + " before");
        if (record_.outcome == IdentityOutcome::kBound)
          record_.outcome = IdentityOutcome::kSplitLoad;
      }
    }
    seen_before_.push_back({container.number, plate, record_.vehicle, arrived_});
  }
  while (seen_before_.size() > kSeenMax) seen_before_.pop_front();
}

bool IdentityBinder::add(const CameraReading& reading, core::TimePoint now) {
  if (binding_) return bind(reading);
  waiting_readings_.push_back(reading);
  forget_old(now);
  return false;
}

bool IdentityBinder::add(const OccupancyReading& reading, core::TimePoint now) {
  // An occupancy ends when the vehicle is through the portal, which may be after it stands: it
  // is judged by its beginning, so it still counts after the cameras' binding closed.
  if (binding_ || (record_.vehicle != 0 && !record_.radiation_measured)) return bind(reading);
  waiting_occupancies_.push_back(reading);
  forget_old(now);
  return false;
}

void IdentityBinder::note_ambiguity(std::string text) {
  if (std::find(record_.ambiguities.begin(), record_.ambiguities.end(), text) ==
      record_.ambiguities.end())
    record_.ambiguities.push_back(std::move(text));
}

bool IdentityBinder::bind(const CameraReading& reading) {
  auto& identity = record_.identity;
  if (record_.readings.size() < kReadingsKeptMax) record_.readings.push_back(reading);
  if (reading.kind == CameraReading::Kind::kOther) return false;
  if (reading.kind == CameraReading::Kind::kPlate) {
    const std::string plate = normalise_plate(reading.text);
    if (plate.empty()) return false;
    if (!identity.plate.empty() && identity.plate != plate)
      note_ambiguity("two plates were read: " + identity.plate + " and " + plate);
    if (identity.plate.empty() || reading.confidence > plate_confidence_) {
      identity.plate = plate;
      plate_confidence_ = reading.confidence;
    }
    return true;
  }
  if (reading.kind == CameraReading::Kind::kIsoType) {
    if (!last_container_valid_ || last_container_camera_ != reading.camera) return false;
    identity.containers[last_container_].iso_type = core::normalise_container_number(reading.text);
    return true;
  }
  const std::string number = core::normalise_container_number(reading.text);
  if (number.empty()) return false;
  const bool good = core::check_container_number(number) == core::ContainerNumberProblem::kNone;
  auto same = std::find_if(identity.containers.begin(), identity.containers.end(),
                           [&](const core::ContainerReading& c) { return c.number == number; });
  if (same == identity.containers.end()) {
    // A misread of a container already read rightly by another camera is no third container.
    if (identity.containers.size() >= kContainersMax) {
      note_ambiguity("more container numbers were read than a vehicle carries: " + number);
      if (!good) return true;
    }
    identity.containers.push_back({number, {}, good, reading.confidence});
    same = identity.containers.end() - 1;
    if (!good) note_ambiguity("the check digit of container " + number + " does not match");
  } else {
    same->confidence = std::max(same->confidence, reading.confidence);
  }
  last_container_ = static_cast<std::size_t>(same - identity.containers.begin());
  last_container_camera_ = reading.camera;
  last_container_valid_ = true;
  return true;
}

bool IdentityBinder::bind(const OccupancyReading& reading) {
  // One that the portal never ended has no number and is an occupancy all the same.
  const bool first = record_.occupancies.empty();
  record_.occupancies.push_back(reading.id);
  if (!first) {
    note_ambiguity("two radiation occupancies were measured for one vehicle");
    record_.radiation_alarm =
        record_.radiation_alarm || reading.alarm;  // never resolved to the clear side
    record_.radiation_measured = record_.radiation_measured && reading.valid;
    return true;
  }
  record_.occupancy_number = reading.number;
  record_.radiation_measured = reading.valid;
  record_.radiation_alarm = reading.alarm;
  return true;
}

VehicleFacts IdentityBinder::facts() const {
  return {!record_.identity.plate.empty() && !record_.identity.containers.empty(),
          record_.radiation_measured, record_.radiation_alarm};
}

}  // namespace portcullis::lane
