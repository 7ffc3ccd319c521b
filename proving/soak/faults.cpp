#include "proving/soak/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace portcullis::proving {
namespace {

using F = SoakFault;

constexpr std::array<SoakFaultInfo, kSoakFaultCount> kFaultRows{{
    {F::kPacketLoss, "packet-loss", "share of datagrams lost", 1, 20, 0.01, 0.6},
    {F::kPacketDuplicate, "packet-duplicate", "share of datagrams that come twice", 1, 20, 0.01, 1},
    {F::kPacketReorder, "packet-reorder", "share of datagrams that come late", 1, 20, 0.01, 0.6},
    {F::kPacketCorrupt, "packet-corrupt", "share of datagrams with one bit wrong", 1, 20, 0.01,
     0.6},
    {F::kModuleDead, "module-dead", "this module sends nothing", 0.2, 40, 0, 1},
    {F::kDetectorSilent, "detector-silent", "neither datagrams nor answers", 0.1, 10, 0, 0},
    {F::kPulseMissed, "pulse-missed", "share of pulses without a trigger", 1, 20, 0.01, 0.5},
    {F::kEncoderSlip, "encoder-slip", "the position jumps by so many mm", 5, 5, -300, 300},
    {F::kGantryStall, "gantry-stall", "the gantry does not move", 0.1, 20, 0, 0},
    {F::kGantryReversal, "gantry-reversal", "the gantry moves the other way", 0.1, 10, 0, 0},
    {F::kGantryOverrun, "gantry-overrun", "the position reads so many mm too far", 0.1, 10, -900,
     900},
    {F::kPlcSilent, "plc-silent", "takes requests and answers none", 0.02, 10, 0, 0},
    {F::kPlcLate, "plc-late", "answers so many ms late", 0.05, 5, 1, 120},
    {F::kPlcException, "plc-exception", "answers with this exception code", 0.02, 5, 1, 11},
    {F::kPlcGarbage, "plc-garbage", "share of answers that do not fit", 0.05, 5, 0.01, 1},
    {F::kPlcStale, "plc-stale", "answers with the inputs of before", 0.05, 5, 0, 0},
    {F::kPlcCut, "plc-cut", "the connection is cut and refused", 0.02, 10, 0, 0},
    {F::kPlcWriteLost, "plc-write-lost", "says yes to a write and does not do it", 0.05, 5, 0, 0},
    {F::kPlcHeartbeat, "plc-heartbeat", "its heartbeat stands still", 0.1, 10, 0, 0},
    {F::kPlcRestart, "plc-restart", "starts anew and forgets what was written", 0.5, 5, 0, 0},
    {F::kPlcRange, "plc-range", "a register far outside its range", 0.05, 5, 0, 0},
    {F::kSourceSilent, "source-silent", "takes nothing and answers nothing", 0.05, 10, 0, 0},
    {F::kSourceFault, "source-fault", "the source's own fault", 0.1, 10, 0, 0},
    {F::kSourceArc, "source-arc", "beam drops out and does not come back by itself", 0.01, 0.01, 0,
     0},
    {F::kWarmUpLoss, "warm-up-loss", "the source goes cold", 0.01, 0.01, 0, 0},
    {F::kEstop, "estop", "pressed: 0 panel, 1 source, 2 detector", 0.02, 20, 0, 2},
    {F::kDoorOpen, "door-open", "this door stands open, both channels", 0.02, 20, 0, 3},
    {F::kDoorFlicker, "door-flicker", "this door's contact bounces", 0.2, 5, 0, 3},
    {F::kCurtainBroken, "curtain-broken", "this curtain is broken", 0.02, 20, 0, 3},
    {F::kChannelsDiffer, "channels-differ", "channel B of this pair says no", 0.1, 5, 0, 7},
    {F::kBeamOffDiffers, "beam-off-differs", "0 the contactor, 1 the trigger inhibit sticks", 0.1,
     5, 0, 1},
    {F::kLampFailed, "lamp-failed", "the warning lamp draws no current", 0.1, 20, 0, 0},
    {F::kDoseAlarm, "dose-alarm", "an area dose monitor alarms", 0.05, 10, 0, 0},
    {F::kDoseFailed, "dose-failed", "an area dose monitor fails", 0.05, 10, 0, 0},
    {F::kKeyOff, "key-off", "the key is turned to off", 0.5, 30, 0, 0},
    {F::kKeyService, "key-service", "the key is turned to service", 0.5, 60, 0, 0},
    {F::kBypass, "bypass", "an interlock is bypassed", 0.5, 60, 0, 0},
    {F::kPersonInside, "person-inside", "somebody is in the area", 0.05, 30, 0, 0},
    {F::kSearchLost, "search-lost", "the search is void", 0.05, 10, 0, 0},
    {F::kBeamStuck, "beam-stuck", "beam is sensed whatever is asked", 0.05, 5, 0, 0},
    {F::kInputFlip, "input-flip", "this discrete input says the opposite", 0.02, 10, 0, 49},
    {F::kMainsLost, "mains-lost", "on battery", 1, 60, 0, 0},
    {F::kPortalSilent, "portal-silent", "no lines from the radiation portal", 1, 60, 0, 0},
    {F::kPortalTamper, "portal-tamper", "the portal is opened", 0.5, 20, 0, 0},
    {F::kPortalHigh, "portal-high", "its background is too high", 0.5, 20, 0, 0},
    {F::kPortalAlarm, "portal-alarm", "the load radiates", 5, 60, 0, 0},
    {F::kCameraSilent, "camera-silent", "nothing is read", 5, 60, 0, 0},
    {F::kCameraGarbage, "camera-garbage", "lines that are no readings, and wrong ones", 5, 60, 0,
     0},
    {F::kDiskFull, "disk-full", "no room", 1, 60, 0, 0},
    {F::kDiskSlow, "disk-slow", "opening and closing take so many ms", 1, 60, 100, 20'000},
    {F::kDiskFailing, "disk-failing", "writing and syncing fail", 0.05, 30, 0, 0},
    {F::kStateFailing, "state-failing", "the lane's state cannot be saved", 0.5, 20, 0, 0},
    {F::kLaneKilled, "lane-killed", "killed after so many of its acts; down for the time", 0.5, 30,
     0, 30},
    {F::kPowerLost, "power-lost", "as killed, and what was not synced is lost", 1, 60, 0, 30},
    {F::kClockJump, "clock-jump", "the wall clock jumps by so many s", 0.01, 0.01, -7200, 7200},
    {F::kTailgater, "tailgater", "a second vehicle stands in the entry", 1, 60, 0, 0},
    {F::kDriverStays, "driver-stays", "the driver does not leave his cab", 5, 200, 0, 0},
    {F::kOperatorStop, "operator-stop", "the operator presses Stop", 0.01, 0.01, 0, 0},
    {F::kOperatorErrs, "operator-errs", "commands and decisions that nobody asked for", 1, 20, 0,
     0},
    {F::kBayConfused, "bay-confused",
     "bays: 0 no bit, 1 both bits, 2 a vehicle leaves undecided, 3 a vehicle is in bay 1 unsent",
     0.5, 20, 0, 3},
}};

constexpr bool rows_in_order() {
  for (std::size_t i = 0; i < kFaultRows.size(); ++i)
    if (static_cast<std::size_t>(kFaultRows[i].fault) != i) return false;
  return true;
}
static_assert(rows_in_order(), "a fault's row stands at its number");

core::Duration from_s(double seconds) {
  return std::chrono::milliseconds(std::llround(seconds * 1000));
}

double to_s(core::Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

core::Error wrong_fault(std::string_view text, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("fault \"{}\": {}", text.substr(0, 80), why)};
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

}  // namespace

std::span<const SoakFaultInfo> soak_faults() noexcept {
  return kFaultRows;
}
const SoakFaultInfo& soak_fault_info(SoakFault fault) noexcept {
  return kFaultRows[static_cast<std::size_t>(fault)];
}

std::string format_planned_fault(const PlannedFault& planned) {
  return fmt::format(
      "{:.3f}{}:{}:{:.3f}:{}", to_s(planned.at),
      planned.in_state ? "@" + std::string(lane::cycle_state_name(*planned.in_state)) : "",
      soak_fault_info(planned.fault).name, to_s(planned.lasts), planned.value);
}

core::Result<PlannedFault> parse_planned_fault(std::string_view text) {
  std::array<std::string_view, 4> parts;
  std::string_view rest = text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = i + 1 < parts.size() ? rest.find(':') : rest.size();
    if (end == std::string_view::npos)
      return wrong_fault(text, "must be SECONDS[@STATE]:NAME:SECONDS:VALUE");
    parts[i] = rest.substr(0, end);
    rest = end < rest.size() ? rest.substr(end + 1) : std::string_view();
  }
  PlannedFault planned;
  const std::size_t mark = parts[0].find('@');
  if (mark != std::string_view::npos) {
    const std::string_view state = parts[0].substr(mark + 1);
    for (std::size_t i = 0; i < lane::kCycleStateCount; ++i)
      if (lane::cycle_state_name(static_cast<lane::CycleState>(i)) == state)
        planned.in_state = static_cast<lane::CycleState>(i);
    if (!planned.in_state)
      return wrong_fault(text, fmt::format("there is no state {}", state.substr(0, 40)));
  }
  const auto at = number_of(parts[0].substr(0, mark));
  const auto lasts = number_of(parts[2]);
  const auto value = number_of(parts[3]);
  if (!at || *at < 0 || *at > 1e8) return wrong_fault(text, "its time must be 0 or more seconds");
  if (!lasts || *lasts <= 0 || *lasts > 1e6)
    return wrong_fault(text, "it must last more than 0 seconds");
  const auto* row = std::find_if(kFaultRows.begin(), kFaultRows.end(),
                                 [&](const SoakFaultInfo& info) { return info.name == parts[1]; });
  if (row == kFaultRows.end())
    return wrong_fault(text, fmt::format("{} is not simulated", parts[1].substr(0, 40)));
  if (!value || *value < row->value_min || *value > row->value_max)
    return wrong_fault(text, fmt::format("its value must be {} to {}: {}", row->value_min,
                                         row->value_max, row->text));
  planned.fault = row->fault;
  planned.at = from_s(*at);
  planned.lasts = from_s(*lasts);
  planned.value = *value;
  return planned;
}

void FaultBoard::set(SoakFault fault, double value, core::TimePoint until) noexcept {
  Slot& s = slot(fault);
  if (!s.active) ++count_;
  s = {true, value, until};
}

void FaultBoard::expire(core::TimePoint now) noexcept {
  if (count_ == 0) return;
  for (Slot& s : slots_) {
    if (!s.active || now < s.until) continue;
    s.active = false;
    --count_;
  }
}

std::optional<core::TimePoint> FaultBoard::next_end() const noexcept {
  std::optional<core::TimePoint> next;
  for (const Slot& s : slots_)
    if (s.active && (!next || s.until < *next)) next = s.until;
  return next;
}

}  // namespace portcullis::proving
