#pragma once

#include "lane/cab_way.h"
#include "lane/cycle.h"
#include "lane/ports.h"
#include "plc/interlock/interlock.h"

namespace portcullis::lane {

/// What is known of the vehicle's identity and radiation, for Inputs.
struct VehicleFacts {
  bool identity_read = false;
  bool radiation_measured = false;
  bool radiation_alarm = false;
};

/// All devices of the lane are real, or all are simulated; one that does not say counts as neither.
[[nodiscard]] bool hardware_kinds_agree(const plc::PlcView& plc, const SourceView& source,
                                        const AcquisitionView& acquisition,
                                        const RadiationView& radiation) noexcept;

/// A device's view is trusted for this long after it was seen. The source is asked every 50 ms;
/// the detector's control is asked four times a second, its lines speak for themselves.
inline constexpr core::Duration kDeviceStaleAfter = std::chrono::milliseconds(500);
inline constexpr core::Duration kDetectorStaleAfter = std::chrono::milliseconds(1500);
/// A status of the source counts against a withdrawn beam request only when it is this much
/// younger than the withdrawal: it may have been on its way.
inline constexpr core::Duration kSourceStatusLag = std::chrono::milliseconds(100);

/// Source on, by a status that is younger than the last withdrawal of our request.
[[nodiscard]] bool source_on(const SourceView& source, core::TimePoint beam_withdrawn) noexcept;
/// The scan's way is done. Drive-through: the vehicle is past the beam, at the exit. Else the
/// gantry has reached the far end: within braking distance, or slow within the end's zone.
[[nodiscard]] bool travel_done(const plc::PlcView& plc, const CycleConfig& config,
                               Direction direction) noexcept;

/// Every Input from its facts. Pure.
[[nodiscard]] Inputs evaluate_inputs(const plc::PlcView& plc,
                                     const plc::DiscrepancyResult& channels,
                                     const SourceView& source, const AcquisitionView& acquisition,
                                     const RecordView& record, const RadiationView& radiation,
                                     const VehicleFacts& vehicle, const CabWay& cab,
                                     core::TimePoint beam_withdrawn,
                                     const CycleConfig& config) noexcept;

}  // namespace portcullis::lane
