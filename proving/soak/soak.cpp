#include "proving/soak/soak.h"

#include <fmt/format.h>

#include <algorithm>

#include "proving/soak/run.h"

namespace portcullis::proving {
namespace {

constexpr std::array<std::string_view, kCanaryCount> kCanaryNames{
    "none", "beam-stays", "latch-forgotten", "record-forgotten", "decision-lost"};

constexpr SoakMark kMarks[] = {
    {"bay-alarm", "a bay told of a vehicle that is not where it should be"},
    {"bay-missing", "a vehicle was missed in its bay"},
    {"bypass-told", "a bypass was told with its begin or end"},
    {"calibration-failed", "a calibration ended without being good"},
    {"camera-line-refused", "a camera's line was no reading"},
    {"clock-jump-in-scan", "the wall clock jumped while a scan ran"},
    {"came-round", "a vehicle that was sent round came to be scanned again"},
    {"command-refused", "a command was refused"},
    {"decision-not-carried-out", "the lane refused a decision that was stored meanwhile"},
    {"decision-not-stored", "a decision could not be stored, and the vehicle stayed"},
    {"decision-refused", "a decision was refused"},
    {"gantry-referenced", "the gantry's count had slipped too far, and was set right by hand"},
    {"gap-filled", "a lost datagram came after all, because it was asked for again"},
    {"homing", "the gantry was taken back to its start after a loss"},
    {"isolated", "a vehicle was isolated"},
    {"killed-closing-record", "killed while a record was being closed"},
    {"killed-in-scan", "killed while a scan ran"},
    {"killed-opening-record", "killed while a record was being opened"},
    {"line-missing", "a line was released as missing"},
    {"operator-called", "a driver took too long and the operator was called"},
    {"plc-bad-reply", "the PLC's answer did not fit its request"},
    {"plc-connection-lost", "the connection to the PLC was lost"},
    {"plc-exception", "the PLC answered with an exception"},
    {"plc-timeout", "the PLC did not answer in time"},
    {"plc-write-mismatch", "commands were read back otherwise than written"},
    {"rescan", "a scan was taken again"},
    {"reset", "latched faults were reset"},
    {"restart-with-latch", "a restart found latched faults"},
    {"restart-with-vehicle", "a restart found a vehicle in the lane"},
    {"scan-aborted", "a scan ended without beam"},
    {"scan-back", "a scan ran backwards"},
    {"scan-partial", "a scan ended early"},
    {"scan-recovered", "a restart recovered a running scan from its file"},
    {"sent-round", "a vehicle was let out to be scanned again"},
    {"start-failed", "the lane's program did not start at first"},
    {"state-not-saved", "the lane's state could not be saved"},
    {"tailgated", "a vehicle was followed in"},
    {"to-bay", "a vehicle went to a bay undecided"},
    {"warning-tail", "the warning outlasted the request until beam was seen gone"},
};

/// What a violation is about: its text without numbers.
std::string kind_of(const std::string& what) {
  std::string kind;
  for (const char c : what)
    if (c < '0' || c > '9') kind.push_back(c);
  return kind;
}

}  // namespace

std::string_view canary_name(Canary canary) noexcept {
  return kCanaryNames[static_cast<std::size_t>(canary)];
}

std::optional<Canary> find_canary(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kCanaryNames.size(); ++i)
    if (kCanaryNames[i] == name) return static_cast<Canary>(i);
  return std::nullopt;
}

std::span<const SoakMark> soak_marks() noexcept {
  return kMarks;
}

core::Result<SoakReport> run_soak(const SoakConfig& config) {
  SoakRun run(config);
  return run.go();
}

core::Result<SoakReport> shrink_soak(const SoakConfig& config, const SoakReport& report,
                                     std::size_t runs_max) {
  if (!report.violation)
    return core::Error{core::ErrorCode::kInvalidInput, "shrinking: that run violated nothing"};
  SoakReport best = report;
  const std::string kind = kind_of(report.violation->what);
  std::size_t runs = 0;
  core::Status trouble;
  // True where these faults violate the same promise.
  const auto fails = [&](const std::vector<PlannedFault>& faults) {
    if (runs >= runs_max || !trouble.ok()) return false;
    ++runs;
    SoakConfig again = config;
    again.faults = faults;
    again.log = {};
    // Not much longer than it took before.
    again.length = std::min(config.length, best.violation->at + std::chrono::hours(1));
    auto result = run_soak(again);
    if (!result.ok()) {
      trouble = result.error();
      return false;
    }
    if (!result->violation || kind_of(result->violation->what) != kind) return false;
    best = std::move(result).value();
    best.faults = faults;
    return true;
  };
  if (!best.faults.empty()) static_cast<void>(fails({}));
  for (std::size_t piece = std::max<std::size_t>(1, best.faults.size() / 2);
       !best.faults.empty() && runs < runs_max;) {
    bool smaller = false;
    for (std::size_t from = 0; from < best.faults.size();) {
      std::vector<PlannedFault> fewer = best.faults;
      const std::size_t to = std::min(fewer.size(), from + piece);
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from),
                  fewer.begin() + static_cast<std::ptrdiff_t>(to));
      if (fails(fewer))
        smaller = true;
      else
        from += piece;
    }
    if (piece == 1 && !smaller) break;
    if (!smaller) piece = std::max<std::size_t>(1, piece / 2);
    piece = std::min(piece, std::max<std::size_t>(1, best.faults.size()));
  }
  for (std::size_t i = 0; i < best.faults.size(); ++i) {
    std::vector<PlannedFault> shorter = best.faults;
    shorter[i].lasts = std::max<core::Duration>(
        std::chrono::milliseconds(10),
        std::chrono::duration_cast<std::chrono::milliseconds>(shorter[i].lasts / 2));
    if (shorter[i].lasts < best.faults[i].lasts && fails(shorter)) --i;
  }
  if (!trouble.ok()) return trouble.error();
  return best;
}

std::string replay_command(const SoakConfig& config, const SoakReport& report) {
  std::string command = fmt::format(
      "portcullis soak --seed {} --hours {:.3f} --trucks {}", report.seed,
      std::chrono::duration<double, std::ratio<3600>>(
          (report.violation ? report.violation->at : report.ran) + std::chrono::seconds(10))
          .count(),
      config.trucks_per_hour);
  if (config.canary != Canary::kNone)
    command += fmt::format(" --canary {}", canary_name(config.canary));
  if (!config.jump) command += " --every-poll";
  if (report.faults.empty()) command += " --faults-per-hour 0";
  for (const PlannedFault& fault : report.faults)
    command += " --fault " + format_planned_fault(fault);
  return command;
}

}  // namespace portcullis::proving
