#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lane/bays.h"
#include "lane/ports.h"
#include "plc/interlock/interlock.h"

namespace portcullis::lane {

/// What is known of a vehicle in a bay, and who holds it: every hold has a place, an owner and an
/// age.
struct BayView {
  std::uint8_t number = 0;  ///< From 1.
  BayState state;
  std::string scan_id;
  VehicleRecord record;
  std::string owner;    ///< Who decided last; "lane" where nobody did yet.
  core::UtcTime since;  ///< In this place.
};

/// One step of one bay, for who checks it.
struct BayStepView {
  std::uint8_t number = 0;
  const BayState& before;
  const BayInputs& inputs;
  const BayEvent& event;
  const BayResult& result;
  core::TimePoint now;
};

/// The bays of one lane: feeds each bay's machine (lane/bays.h) from the PLC's tags and carries out
/// what it says. Part of LaneDriver and on its thread.
class BayDesk {
 public:
  using Tell = std::function<void(const std::string& kind, const std::string& text)>;
  using SentRound = std::function<void(const BayView&)>;
  using Watch = std::function<void(const BayStepView&)>;

  /// `config.bay_count` bays, all empty. Borrows the listener and keeps `tell` for events.
  /// `sent_round` is told of each vehicle that has left its bay to be scanned again, with its bay
  /// as it was. `watch` sees every step, and may be empty.
  BayDesk(const CycleConfig& config, LaneListener& listener, Tell tell, SentRound sent_round,
          Watch watch = {});

  /// The first free bay by the PLC's word; 0 where there is none.
  [[nodiscard]] std::uint8_t free_bay(const plc::PlcView& plc) const;
  /// A vehicle is sent to the bay that free_bay() named in this tick.
  void assign(std::uint8_t bay, const std::string& scan_id, const VehicleRecord& record,
              const plc::PlcView& plc, core::UtcTime utc);
  void tick(const plc::PlcView& plc, core::UtcTime utc);
  /// True where a bay has the vehicle of this scan.
  [[nodiscard]] bool has(std::string_view scan_id) const;
  core::Status decide(std::string_view scan_id, const DecisionInput& decision,
                      const std::string& officer, const plc::PlcView& plc, core::UtcTime utc);
  /// What was bound late to the vehicle that is on its way to `bay`.
  void refresh(std::uint8_t bay, const VehicleRecord& record);
  /// The scan that waits for its decision longest; empty where none does.
  [[nodiscard]] std::string oldest_undecided() const;
  /// What decide() would refuse, and why; empty where it would not.
  [[nodiscard]] std::string_view refusal(std::string_view scan_id, const DecisionInput& decision,
                                         const plc::PlcView& plc) const;
  [[nodiscard]] std::uint16_t exits_open() const;  ///< Bit 0 is bay 1.
  /// Those of them whose vehicle is to drive round to the entry: what their panels say.
  [[nodiscard]] std::uint16_t to_entry() const;
  [[nodiscard]] const std::vector<BayView>& bays() const { return bays_; }
  /// After a restart: as they were, but nothing that was measured is taken over.
  void restore(std::vector<BayView> bays, core::TimePoint now);

 private:
  [[nodiscard]] BayInputs inputs_of(const BayView& bay, const plc::PlcView& plc) const;
  [[nodiscard]] BayResult step(const BayView& bay, const BayEvent& event,
                               const plc::PlcView& plc) const;
  void take(BayView& bay, const BayResult& result, const std::string& who, core::UtcTime utc);

  const CycleConfig config_;
  LaneListener& listener_;
  Tell tell_;
  SentRound sent_round_;
  Watch watch_;
  std::vector<BayView> bays_;
};

}  // namespace portcullis::lane
