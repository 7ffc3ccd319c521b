#include "lane/awaited_desk.h"

#include <algorithm>

namespace portcullis::lane {
namespace {

std::vector<std::string> good_containers(const core::VehicleIdentity& identity) {
  std::vector<std::string> numbers;
  for (const auto& container : identity.containers)
    if (container.check_digit_ok) numbers.push_back(container.number);
  return numbers;
}

std::string vehicle_words(std::uint64_t vehicle) {
  return "vehicle " + std::to_string(vehicle);
}

}  // namespace

std::string name_of(const AwaitedVehicle& awaited) {
  return awaited.identity.plate.empty() ? std::to_string(awaited.vehicle) : awaited.identity.plate;
}

Likeness likeness_of(const core::VehicleIdentity& before, const core::VehicleIdentity& now) {
  const bool plates = !before.plate.empty() && !now.plate.empty();
  const bool same_plate = plates && before.plate == now.plate;
  const std::vector<std::string> old_numbers = good_containers(before);
  const std::vector<std::string> new_numbers = good_containers(now);
  const bool containers = !old_numbers.empty() && !new_numbers.empty();
  const bool same_container =
      std::any_of(old_numbers.begin(), old_numbers.end(), [&](const std::string& number) {
        return std::find(new_numbers.begin(), new_numbers.end(), number) != new_numbers.end();
      });
  if (same_plate) return containers && !same_container ? Likeness::kDoubtful : Likeness::kSame;
  if (same_container) return Likeness::kDoubtful;
  return plates || containers ? Likeness::kOther : Likeness::kDoubtful;
}

void AwaitedDesk::expect(AwaitedVehicle vehicle) {
  if (has(vehicle.scan_id)) return;
  tell_("rescan", vehicle_words(vehicle.vehicle) + " goes round to be scanned again" +
                      (vehicle.officer.empty() ? "" : ", as ordered by " + vehicle.officer));
  awaited_.push_back(std::move(vehicle));
}

void AwaitedDesk::tick(core::TimePoint now) {
  for (AwaitedVehicle& one : awaited_) {
    if (one.came_as != 0 || one.told || now - one.let_out < come_max_) continue;
    one.told = true;
    tell_("call",
          vehicle_words(one.vehicle) + " was sent round to be scanned again and does not come");
  }
}

std::vector<std::uint64_t> AwaitedDesk::came(VehicleRecord& record) {
  AwaitedVehicle* same = nullptr;
  std::vector<std::uint64_t> alike;
  for (AwaitedVehicle& one : awaited_) {
    if (one.came_as != 0) continue;
    const Likeness likeness = likeness_of(one.identity, record.identity);
    if (likeness == Likeness::kOther) continue;
    if (likeness == Likeness::kSame) same = &one;
    alike.push_back(one.vehicle);
  }
  // Of several that it may be none is chosen here.
  if (same == nullptr || alike.size() > 1) return alike;
  same->came_as = record.vehicle;
  record.scan_before = same->scan_id;
  record.visit_after = same->vehicle;
  tell_("rescan", vehicle_words(record.vehicle) + " is " + vehicle_words(same->vehicle) +
                      ", come to be scanned again");
  return {};
}

void AwaitedDesk::settled(std::uint64_t came_as) {
  std::erase_if(awaited_,
                [&](const AwaitedVehicle& one) { return came_as != 0 && one.came_as == came_as; });
}

void AwaitedDesk::left(std::uint64_t came_as, core::TimePoint now, core::UtcTime utc) {
  for (AwaitedVehicle& one : awaited_) {
    if (came_as == 0 || one.came_as != came_as) continue;
    one.came_as = 0;
    one.told = false;
    one.let_out = now;
    one.since = utc;
    tell_("rescan", vehicle_words(came_as) + " left without its scan, and is awaited again");
  }
}

bool AwaitedDesk::has(std::string_view scan_id) const {
  return std::any_of(awaited_.begin(), awaited_.end(),
                     [&](const AwaitedVehicle& one) { return one.scan_id == scan_id; });
}

std::string_view AwaitedDesk::refusal(std::string_view scan_id, core::DecisionKind kind) const {
  const auto one = std::find_if(awaited_.begin(), awaited_.end(),
                                [&](const auto& awaited) { return awaited.scan_id == scan_id; });
  if (one == awaited_.end()) return "the vehicle is not awaited";
  if (one->came_as != 0) return "the vehicle is in the lane again: decide on its new scan";
  if (kind != core::DecisionKind::kPhysicalInspection && kind != core::DecisionKind::kOtherAgency)
    return "the vehicle is on its way to be scanned again: another agency or an inspection must "
           "take the case on";
  return {};
}

core::Status AwaitedDesk::decide(std::string_view scan_id, core::DecisionKind kind) {
  if (const std::string_view why = refusal(scan_id, kind); !why.empty())
    return core::Error{core::ErrorCode::kRefused, std::string(why)};
  listener_.on_decided(std::string(scan_id), kind);
  std::erase_if(awaited_, [&](const AwaitedVehicle& one) { return one.scan_id == scan_id; });
  return {};
}

std::string AwaitedDesk::next() const {
  const auto one = std::find_if(awaited_.begin(), awaited_.end(),
                                [](const AwaitedVehicle& awaited) { return awaited.came_as == 0; });
  return one == awaited_.end() ? std::string() : name_of(*one);
}

std::string AwaitedDesk::call() const {
  const auto late = std::find_if(awaited_.begin(), awaited_.end(),
                                 [](const AwaitedVehicle& one) { return one.told; });
  if (late == awaited_.end()) return {};
  return "vehicle " + name_of(*late) + " was sent round to be scanned again and does not come";
}

void AwaitedDesk::restore(std::vector<AwaitedVehicle> awaited, core::TimePoint now) {
  awaited_ = std::move(awaited);
  for (AwaitedVehicle& one : awaited_) {
    one.let_out = now;
    one.told = false;
  }
}

void AwaitedDesk::bind_restored(VehicleRecord& record) const {
  for (const AwaitedVehicle& one : awaited_) {
    if (record.vehicle == 0 || one.came_as != record.vehicle) continue;
    record.scan_before = one.scan_id;
    record.visit_after = one.vehicle;
  }
}

}  // namespace portcullis::lane
