#include "customs/model/binding.h"

#include <algorithm>
#include <set>

#include "core/iso6346.h"

namespace portcullis::customs {

namespace {

/// Letters and digits alone, capitals.
std::string binding_key(std::string_view text) {
  std::string key;
  for (const char c : core::normalise_container_number(text)) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      key += c;
  }
  return key;
}

bool names_container(const BindableDeclaration& d, const std::string& key) {
  return std::any_of(d.declaration->containers.begin(), d.declaration->containers.end(),
                     [&](const auto& c) { return binding_key(c.number) == key; });
}

bool names_means(const BindableDeclaration& d, const std::string& key) {
  if (d.details == nullptr) return false;
  return std::any_of(d.details->means.begin(), d.details->means.end(),
                     [&](const auto& m) { return binding_key(m.id) == key; });
}

}  // namespace

BindingResult bind(const std::vector<ScanIdentity>& scans,
                   const std::vector<BindableDeclaration>& declarations) {
  BindingResult result;
  std::set<std::string> bound;
  const auto find = [&](Binding& binding, std::string_view by, const std::string& key,
                        auto&& matches) {
    if (key.empty() || !binding.declarations.empty()) return;
    for (const auto& d : declarations) {
      if (!matches(d)) continue;
      binding.declarations.push_back(d.id);
      bound.insert(d.id);
    }
    if (!binding.declarations.empty()) binding.bound_by = by;
  };
  for (const auto& scan : scans) {
    auto containers = scan.containers;
    if (containers.empty()) containers.emplace_back();
    const auto plate = binding_key(scan.plate);
    const auto chassis = binding_key(scan.chassis);
    for (const auto& container : containers) {
      Binding binding;
      binding.scan_id = scan.scan_id;
      binding.container = container;
      const auto number = binding_key(container);
      find(binding, "container", number, [&](const auto& d) { return names_container(d, number); });
      find(binding, "ucr", scan.ucr, [&](const auto& d) { return d.declaration->ucr == scan.ucr; });
      find(binding, "plate", plate, [&](const auto& d) {
        return binding_key(d.declaration->vehicle_plate) == plate || names_means(d, plate);
      });
      find(binding, "chassis", chassis, [&](const auto& d) { return names_means(d, chassis); });
      result.bindings.push_back(std::move(binding));
    }
  }
  for (const auto& d : declarations)
    if (!bound.contains(d.id)) result.orphans.push_back(d.id);
  return result;
}

}  // namespace portcullis::customs
