#include "lane/alarms/alarm_table.h"

#include <array>

namespace portcullis::lane {
namespace {

using P = AlarmPriority;
using G = AlarmGroup;

// The keys of trips are the names of lane::Fault, and "stopped".
constexpr std::array<AlarmRow, 31> kAlarms = {{
    {"beam_unrequested", P::kHigh, G::kLane, true, false, "Beam without request",
     "Beam is sensed and the lane has not asked for it.",
     "People near the gantry may be irradiated; the beam's means are withdrawn.",
     "Press the emergency stop, keep everybody out, call the radiation safety officer."},
    {"beam_off_means_differ", P::kHigh, G::kLane, true, false, "Beam-off means disagree",
     "The two means that end the beam do not report the same.",
     "One of them may not end the beam; beam and motion are withdrawn and stay off.",
     "Keep everybody out, call maintenance; do not reset before the cause is found."},
    {"plc_stale", P::kLow, G::kPlc, true, true, "PLC does not answer",
     "No fresh data of the safety PLC: cable, switch, or the PLC itself.",
     "Nothing of doors, curtains and stops is known; beam and motion stay off.",
     "Look at the PLC's lamps and its network cable; reset when it answers again."},
    {"plc_fault", P::kMedium, G::kPlc, true, false, "Safety PLC has tripped",
     "The safety PLC lost an interlock or found a fault of its own; it names it.",
     "Beam and motion are off until it is reset.",
     "Find what it names first, put it right, reset (F9)."},
    {"channels_differ", P::kMedium, G::kPlc, true, false, "Two channels disagree",
     "The two channels of a door, curtain or stop differ for longer than they may.",
     "That input counts as tripped; beam and motion stay off.",
     "Look at the named input and its wiring, reset (F9)."},
    {"dose_monitors", P::kMedium, G::kLane, true, false, "Area dose monitor amiss",
     "A monitor of the area is over its limit, or does not measure.",
     "Dose outside is not known or too high; beam stays off.",
     "Keep distance, read the monitor itself, call the radiation safety officer."},
    {"bay_missing", P::kMedium, G::kBay, false, false, "Vehicle gone without decision",
     "A bay is empty whose vehicle nobody let go.", "A vehicle may leave the port unexamined.",
     "Stop it at the gate; look at the cameras."},
    {"plc_heartbeat", P::kLow, G::kPlc, true, false, "PLC's heartbeat stands still",
     "The PLC answers but its program does not run.", "Beam and motion stay off.",
     "Look at the PLC's mode; reset (F9) when it runs."},
    {"commands_unconfirmed", P::kLow, G::kPlc, true, false, "PLC does not confirm commands",
     "What the lane writes does not come back.", "Beam and motion stay off.",
     "Look at the PLC's mode and link; reset (F9)."},
    {"lamp_failed", P::kLow, G::kPlc, true, false, "Warning lamp failed",
     "A warning lamp draws no current.", "No beam without a warning: scans are refused.",
     "Have the lamp replaced, reset (F9)."},
    {"source_fault", P::kLow, G::kSource, true, false, "X-ray source reports a fault",
     "The source named a fault of its own.", "No scan until it is gone.",
     "Read its words, reset (F9); call maintenance where it comes back."},
    {"no_memory", P::kLow, G::kLane, true, false, "Lane computer had no memory",
     "A step of the lane ended for want of memory.", "Beam and motion were withdrawn.",
     "Reset (F9); call maintenance where it comes back."},
    {"stopped", P::kLow, G::kLane, true, false, "Stopped", "An emergency stop or the stop command.",
     "Beam and motion are off.", "When all is safe release the stop and reset (F9)."},
    {"source_lost", P::kLow, G::kSource, false, true, "X-ray source does not answer",
     "Its controller is off or the link is broken.", "No scan.",
     "Look at its controller and cable; it comes back by itself."},
    {"source_attention", P::kLow, G::kSource, false, false, "X-ray source not ready",
     "It is cold, or it reports something.", "No scan until it is ready.", "Warm it up (F6)."},
    {"detector_lost", P::kLow, G::kDetector, false, true, "Detector does not answer",
     "It is off or the link is broken.", "No scan.",
     "Look at its power and cable; it comes back by itself."},
    {"detector_fault", P::kLow, G::kDetector, false, false, "Detector fault",
     "Taking lines failed.", "No scan.", "Read its words; call maintenance."},
    {"detector_attention", P::kLow, G::kDetector, false, false, "Detector needs attention",
     "It is not calibrated, or it reports something.", "No scan, or images of less quality.",
     "Calibrate (F7); clean its filter where it is warm."},
    {"portal_lost", P::kLow, G::kPortal, false, true, "Radiation portal does not answer",
     "It is off or the link is broken.", "No vehicle is measured for radiation.",
     "Look at its power and cable; measure vehicles by hand."},
    {"portal_fault", P::kLow, G::kPortal, false, false, "Radiation portal fault",
     "It reports a fault.", "Its measurements do not count.", "Measure by hand; call maintenance."},
    {"portal_attention", P::kLow, G::kPortal, false, false, "Radiation portal needs attention",
     "It has no background yet, or it reports something.", "Its measurements may not count.",
     "Wait for its background; measure by hand meanwhile."},
    {"recorder_fault", P::kLow, G::kRecorder, false, false, "Scans cannot be recorded",
     "The disk is full or does not write.", "No scan.", "Make room on the disk; call maintenance."},
    {"camera_lost", P::kLow, G::kCamera, false, false, "Cameras do not answer",
     "They are off or the link is broken.", "Plates and numbers are not read.",
     "Type plates and numbers; look at their power and cable."},
    {"worker_amiss", P::kLow, G::kService, false, false, "Image analysis does not run",
     "Its process ended or is behind.", "Findings come late; the image is there.",
     "It is started again by itself; read images without findings meanwhile."},
    {"gateway_amiss", P::kLow, G::kService, false, false, "Customs link is down",
     "The gateway does not answer.", "No declarations; answers wait here and are sent later.",
     "Ask for papers; call the network's people where it stays."},
    {"audit_amiss", P::kLow, G::kService, false, false, "Audit log needs attention",
     "Entries wait to be signed or written.", "Decisions wait until they can be proven.",
     "Look at the signer and the disk."},
    {"accounts_amiss", P::kLow, G::kService, false, false, "Accounts need attention",
     "There are none, or one for emergencies is in use.", "Who did what may not be known.",
     "Add accounts; end the use of the emergency account."},
    {"device_amiss", P::kLow, G::kService, false, false, "A device needs attention",
     "It reports something that is not as usual.", "Work goes on; it may not for long.",
     "Read its words; call maintenance."},
    {"bay_amiss", P::kLow, G::kBay, false, false, "A bay is not as expected",
     "A vehicle does not arrive, or stands where none was sent.",
     "Case and vehicle may not belong together.", "Look at the bay; send the driver."},
    {"customs_hold", P::kMedium, G::kLane, false, false,
     "Customs keeps a vehicle that was released", "Customs ordered it after the decision.",
     "Goods that customs keeps may leave.",
     "Stop the vehicle before it leaves; a supervisor overrides the release."},
    {"operator_call", P::kLow, G::kLane, false, false, "Go and look",
     "The lane cannot go on without somebody there.", "The vehicle waits.",
     "Do what the words beside it say."},
}};

}  // namespace

std::string_view alarm_priority_name(AlarmPriority priority) noexcept {
  switch (priority) {
    case AlarmPriority::kLow:
      return "low";
    case AlarmPriority::kMedium:
      return "medium";
    case AlarmPriority::kHigh:
      return "high";
  }
  return {};
}

std::span<const AlarmRow> alarm_table() noexcept {
  return kAlarms;
}

const AlarmRow* alarm_row(std::string_view key) noexcept {
  const std::string_view row = key.substr(0, key.find(':'));
  for (const AlarmRow& candidate : kAlarms)
    if (candidate.key == row) return &candidate;
  return nullptr;
}

}  // namespace portcullis::lane
