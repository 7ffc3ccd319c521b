#pragma once

#include <string>

#include "lane/cycle.h"
#include "lane/driver.h"
#include "lane/ports.h"
#include "plc/interlock/interlock.h"

namespace portcullis::lane {

/// Everything a status text is made of; borrows all.
struct StatusFacts {
  const State& state;
  const Inputs& inputs;
  const plc::PlcView& plc;
  const SourceView& source;
  const AcquisitionView& acquisition;
  const RecordView& record;
  const RadiationView& radiation;
  const CycleConfig& config;
  core::TimePoint now;
  std::string awaited{};  ///< What the next vehicle is called that was sent round; empty: none.
};

/// "Scanning, gantry moving forward"
[[nodiscard]] std::string state_text(const State& state, const CycleConfig& config);
/// What the lane waits for, or what the operator can do.
[[nodiscard]] std::string next_text(const StatusFacts& facts);
/// Fills everything but sequence, utc, lane, the vehicle and the scan.
void fill_status(LaneSnapshot& snapshot, const StatusFacts& facts, const Outputs& outputs);

}  // namespace portcullis::lane
