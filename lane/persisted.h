#pragma once

#include <filesystem>
#include <string>

#include "core/result.h"
#include "core/scan.h"
#include "lane/awaited_desk.h"
#include "lane/bay_desk.h"
#include "lane/cycle.h"

namespace portcullis::lane {

/// What must survive a restart: latches, and how the vehicle in the lane stands.
/// A bay with a vehicle in it, or on its way to it.
struct PersistedBay {
  std::uint8_t number = 0;
  BayPlace place = BayPlace::kWaiting;
  std::uint64_t vehicle = 0;
  bool arrived = false;
  bool missing = false;
  std::string scan_id;
  std::string owner;
  core::VehicleIdentity identity;
};

struct Persisted {
  std::bitset<kFaultCount> latched;
  std::optional<Fault> first_out;
  std::uint64_t vehicles = 0;
  std::uint64_t vehicle = 0;
  bool vehicle_scanned = false;
  std::optional<core::DecisionKind> decision;
  std::string scan_id;             ///< Last scan of the vehicle.
  core::VehicleIdentity identity;  ///< Of the vehicle. Its radiation is not kept: see driver.cpp.
  std::uint8_t bay = 0;            ///< Where the vehicle goes; 0: to none.
  bool tailgated = false;
  std::vector<PersistedBay> bays;
  std::vector<AwaitedVehicle> awaited;  ///< Without AwaitedVehicle::let_out and told.
  bool operator==(const Persisted& other) const;
};

[[nodiscard]] Persisted persisted_of(const State& state, std::string_view scan_id,
                                     const core::VehicleIdentity& identity,
                                     const std::vector<BayView>& bays,
                                     const std::vector<AwaitedVehicle>& awaited);
/// The bays after a restart; what was measured of the vehicles in them is not kept.
[[nodiscard]] std::vector<BayView> bays_of(const Persisted& persisted, core::UtcTime now);
/// The state after a restart: Off, with the latches and the vehicle as they were.
[[nodiscard]] State restored_state(const Persisted& persisted, core::TimePoint now,
                                   const CycleConfig& config);

/// Where the lane's standing is kept: a file in the product, whatever is handed in elsewhere.
/// Threading: the driver's thread. What save() said yes to, load() finds after any restart.
class StateStore {
 public:
  virtual ~StateStore() = default;
  /// Nothing kept yet is an empty Persisted; what cannot be read or understood is an error.
  virtual core::Result<Persisted> load() = 0;
  virtual core::Status save(const Persisted& persisted) = 0;
};

/// A file of JSON text.
class FileStateStore final : public StateStore {
 public:
  explicit FileStateStore(std::filesystem::path path) : path_(std::move(path)) {}
  core::Result<Persisted> load() override;
  core::Status save(const Persisted& persisted) override;

 private:
  std::filesystem::path path_;
};

/// The JSON text that save_persisted() writes.
[[nodiscard]] std::string format_persisted(const Persisted& persisted);
/// JSON, replaced atomically. Fails with kIo naming the path.
core::Status save_persisted(const std::filesystem::path& path, const Persisted& persisted);
/// Absent file: nothing kept. A file that cannot be understood is kCorrupt: latches must not be
/// forgotten, so somebody has to look at it.
core::Result<Persisted> load_persisted(const std::filesystem::path& path);
/// The reading of load_persisted() alone, for any bytes.
core::Result<Persisted> parse_persisted(std::string_view text, std::string_view name);

}  // namespace portcullis::lane
