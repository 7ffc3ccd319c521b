#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lane/cycle.h"
#include "proving/soak/faults.h"
#include "proving/soak/plan.h"

/// Deterministic simulation of a whole lane in virtual time: the shipped cycle, driver, PLC poller,
/// line assembler, portal monitor, scan files and catalogue against a simulated world, from one
/// seed, with faults. docs/testing.md says what it checks.
namespace portcullis::proving {

/// A bug that is planted to prove that the search finds something.
enum class Canary : std::uint8_t {
  kNone,
  kBeamStays,        ///< A withdrawn beam request does not reach the source, now and then.
  kLatchForgotten,   ///< The lane's state is not saved when only latches changed.
  kRecordForgotten,  ///< A scan begins without its record, now and then.
  kDecisionLost,     ///< A decision is acknowledged and not stored, now and then.
};
inline constexpr std::size_t kCanaryCount = 5;
[[nodiscard]] std::string_view canary_name(Canary canary) noexcept;  ///< "beam-stays"
[[nodiscard]] std::optional<Canary> find_canary(std::string_view name) noexcept;

struct SoakConfig {
  std::uint64_t seed = 1;
  core::Duration length{std::chrono::hours(1)};
  double faults_per_hour = 12;
  double trucks_per_hour = 12;
  /// Instead of those planned from the seed.
  std::optional<std::vector<PlannedFault>> faults;
  /// Where scan files and catalogue stand while it runs; emptied before and after. Best in memory.
  std::filesystem::path folder;
  /// Polls in which nothing can happen are left out.
  bool jump = true;
  Canary canary = Canary::kNone;
  /// Gets every line of the log; may be empty.
  std::function<void(const std::string& line)> log;
};

struct SoakViolation {
  core::Duration at{};
  std::string what;
};

struct SoakReport {
  std::uint64_t seed = 0;
  core::Duration ran{};
  std::optional<SoakViolation> violation;  ///< The first; the run ends with it.
  std::vector<PlannedFault> faults;        ///< As planned; up to the violation where there is one.
  std::uint64_t faults_begun = 0;
  std::uint64_t polls = 0, polls_left_out = 0, steps = 0;
  std::uint64_t lives = 0, trucks = 0, scans = 0, complete = 0, decisions = 0;
  std::uint64_t log_lines = 0;
  std::uint64_t log_hash = 0;  ///< FNV-1a over the whole log.
  SoakCover cover{};
  std::array<std::uint64_t, lane::kCycleStateCount> in_state{};  ///< Polls.
  /// Rare paths that ran, with how often.
  std::map<std::string, std::uint64_t, std::less<>> reached;
  std::vector<std::string> last_lines;  ///< Of the log, where it ended with a violation.
};

/// One lane, one seed. An error is trouble of the machine (its disk), never a finding.
core::Result<SoakReport> run_soak(const SoakConfig& config);

/// The shortest list of faults found that still violates the same promise, by leaving faults out
/// (delta debugging; Zeller, Hildebrandt, IEEE TSE 28 (2002) 183) and then shortening them.
/// `report` is that of the failing run; at most `runs_max` further runs.
core::Result<SoakReport> shrink_soak(const SoakConfig& config, const SoakReport& report,
                                     std::size_t runs_max = 200);

/// The command that replays the run.
[[nodiscard]] std::string replay_command(const SoakConfig& config, const SoakReport& report);

/// Rare paths that a long campaign has to reach, with what each means.
struct SoakMark {
  std::string_view name;
  std::string_view text;
};
[[nodiscard]] std::span<const SoakMark> soak_marks() noexcept;

}  // namespace portcullis::proving
