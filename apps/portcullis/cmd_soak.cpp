#include <sys/resource.h>
#include <unistd.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/time.h"
#include "proving/soak/soak.h"

namespace portcullis::apps {
namespace {

struct SoakArguments {
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  double hours = 1;
  double faults_per_hour = 12;
  double trucks = 12;
  std::vector<std::string> faults;
  std::string canary = "none";
  std::string log;
  std::string work;
  unsigned jobs = 1;
  bool every_poll = false;
  bool no_shrink = false;
  bool cover = false;
  bool every_pair = false;
  bool list = false;
};

std::filesystem::path soak_folder(const SoakArguments& arguments, unsigned job) {
  std::error_code error;
  std::filesystem::path base = arguments.work;
  if (base.empty()) {
    // In memory where there is such a folder: the simulated disk needs no real one.
    base = std::filesystem::is_directory("/dev/shm", error)
               ? std::filesystem::path("/dev/shm")
               : std::filesystem::temp_directory_path(error);
  }
  return base / ("portcullis-soak-" + std::to_string(::getpid()) + "-" + std::to_string(job));
}

double hours_of(core::Duration duration) {
  return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void print_faults() {
  for (const auto& info : proving::soak_faults())
    std::printf("%-18s %s; %g to %g s, value %g to %g\n", std::string(info.name).c_str(),
                std::string(info.text).c_str(), info.lasts_min_s, info.lasts_max_s, info.value_min,
                info.value_max);
}

/// Sums of all runs.
struct SoakTotals {
  double hours = 0;
  std::uint64_t polls = 0, left_out = 0, steps = 0, lives = 0, trucks = 0, scans = 0, complete = 0,
                decisions = 0, faults = 0, violations = 0;
  proving::SoakCover cover{};
  std::array<std::uint64_t, lane::kCycleStateCount> in_state{};
  std::map<std::string, std::uint64_t, std::less<>> reached;

  void add(const proving::SoakReport& r) {
    hours += hours_of(r.ran);
    polls += r.polls;
    left_out += r.polls_left_out;
    steps += r.steps;
    lives += r.lives;
    trucks += r.trucks;
    scans += r.scans;
    complete += r.complete;
    decisions += r.decisions;
    faults += r.faults_begun;
    violations += r.violation ? 1 : 0;
    for (std::size_t f = 0; f < proving::kSoakFaultCount; ++f)
      for (std::size_t s = 0; s < lane::kCycleStateCount; ++s) cover[f][s] += r.cover[f][s];
    for (std::size_t s = 0; s < lane::kCycleStateCount; ++s) in_state[s] += r.in_state[s];
    for (const auto& [name, count] : r.reached) reached[name] += count;
  }
};

/// How many possible pairs of fault and state were not met.
std::size_t pairs_not_met(const SoakTotals& totals, std::string& which) {
  std::size_t count = 0;
  for (std::size_t f = 0; f < proving::kSoakFaultCount; ++f)
    for (std::size_t s = 0; s < lane::kCycleStateCount; ++s) {
      const auto fault = static_cast<proving::SoakFault>(f);
      const auto state = static_cast<lane::CycleState>(s);
      if (totals.cover[f][s] != 0 || !proving::why_impossible(fault, state).empty()) continue;
      ++count;
      which += (which.empty() ? "" : ", ") + std::string(proving::soak_fault_info(fault).name) +
               "@" + std::string(lane::cycle_state_name(state));
    }
  return count;
}

void print_cover(const SoakTotals& totals) {
  std::printf("faults by state, in polls ('.': not met, '-': nothing to act on)\n%-18s", "");
  for (std::size_t s = 0; s < lane::kCycleStateCount; ++s)
    std::printf(" %4.4s",
                std::string(lane::cycle_state_name(static_cast<lane::CycleState>(s))).c_str());
  std::printf("\n");
  for (std::size_t f = 0; f < proving::kSoakFaultCount; ++f) {
    const auto fault = static_cast<proving::SoakFault>(f);
    std::printf("%-18s", std::string(proving::soak_fault_info(fault).name).c_str());
    for (std::size_t s = 0; s < lane::kCycleStateCount; ++s) {
      const std::uint64_t count = totals.cover[f][s];
      if (count == 0)
        std::printf(
            "    %s",
            proving::why_impossible(fault, static_cast<lane::CycleState>(s)).empty() ? "." : "-");
      else if (count < 10'000)
        std::printf(" %4llu", static_cast<unsigned long long>(count));
      else
        std::printf(" %3lluk", static_cast<unsigned long long>(count / 1000));
    }
    std::printf("\n");
  }
  for (const auto& row : proving::impossible_pairs()) {
    std::string names;
    for (const auto fault : row.faults)
      names += (names.empty() ? "" : ", ") + std::string(proving::soak_fault_info(fault).name);
    std::printf("-: %s: %s\n", names.c_str(), std::string(row.why).c_str());
  }
  std::string which;
  const std::size_t missing = pairs_not_met(totals, which);
  std::printf("%zu pairs of fault and state are possible; not met: %s\n",
              proving::possible_pair_count(), missing == 0 ? "none" : which.c_str());
}

void print_totals(const SoakTotals& totals, const SoakArguments& arguments, double wall_s,
                  double cpu_s) {
  const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
  std::printf(
      "%.2f lane hours: %llu trucks, %llu scans (%llu complete), %llu decisions, "
      "%llu faults, %llu lives\n",
      totals.hours, number(totals.trucks), number(totals.scans), number(totals.complete),
      number(totals.decisions), number(totals.faults), number(totals.lives));
  std::printf(
      "%llu steps checked in %llu polls; %llu polls left out, in which nothing could "
      "happen\n",
      number(totals.steps), number(totals.polls), number(totals.left_out));
  std::string missing;
  for (const auto& mark : proving::soak_marks())
    if (!totals.reached.contains(mark.name))
      missing += (missing.empty() ? "" : ", ") + std::string(mark.name);
  std::printf("reached:");
  for (const auto& [name, count] : totals.reached)
    std::printf(" %s %llu", name.c_str(), number(count));
  std::printf("\nnot reached: %s\n", missing.empty() ? "none" : missing.c_str());
  if (arguments.cover) print_cover(totals);
  std::printf("violations: %llu\n", number(totals.violations));
  std::printf("wall time: %.1f s, %.1f CPU s, %.1f lane hours a CPU second\n", wall_s, cpu_s,
              totals.hours / cpu_s);
}

int run_soak_command(const SoakArguments& arguments) {
  if (arguments.list) {
    print_faults();
    return 0;
  }
  const auto canary = proving::find_canary(arguments.canary);
  if (!canary) {
    std::fprintf(stderr, "soak: --canary %s: there is no such bug to plant\n",
                 arguments.canary.c_str());
    return 2;
  }
  proving::SoakConfig base;
  base.length = std::chrono::duration_cast<core::Duration>(
      std::chrono::duration<double, std::ratio<3600>>(arguments.hours));
  base.faults_per_hour = arguments.faults_per_hour;
  base.trucks_per_hour = arguments.trucks;
  base.jump = !arguments.every_poll;
  base.canary = *canary;
  if (!arguments.faults.empty()) {
    base.faults.emplace();
    for (const std::string& text : arguments.faults) {
      auto planned = proving::parse_planned_fault(text);
      if (!planned.ok()) {
        std::fprintf(stderr, "soak: %s\n", planned.error().message.c_str());
        return 2;
      }
      base.faults->push_back(*planned);
    }
  }
  std::ofstream log;
  if (!arguments.log.empty()) {
    log.open(arguments.log);
    if (!log) {
      std::fprintf(stderr, "soak: --log %s: cannot be written\n", arguments.log.c_str());
      return 2;
    }
    base.log = [&log](const std::string& line) { log << line << '\n'; };
  }

  const core::SystemClock clock;
  const core::TimePoint begin = clock.now();
  SoakTotals totals;
  std::mutex mutex;
  std::vector<std::unique_ptr<proving::SoakReport>> reports(arguments.seeds);
  std::atomic<std::uint64_t> next{0};
  std::optional<core::Error> trouble;
  const auto work = [&](unsigned job) {
    for (;;) {
      const std::uint64_t index = next++;
      if (index >= arguments.seeds) return;
      proving::SoakConfig config = base;
      config.seed = arguments.seed + index;
      config.folder = soak_folder(arguments, job);
      auto report = proving::run_soak(config);
      if (report.ok() && report->violation && !arguments.no_shrink)
        report = proving::shrink_soak(config, *report);
      const std::lock_guard lock(mutex);
      if (!report.ok()) {
        trouble = report.error();
        next = arguments.seeds;
        return;
      }
      reports[index] = std::make_unique<proving::SoakReport>(std::move(report).value());
    }
  };
  std::vector<std::thread> threads;
  // A log is one run's after the other's.
  const unsigned jobs = arguments.log.empty() ? std::max(1U, arguments.jobs) : 1;
  for (unsigned job = 1; job < jobs; ++job) threads.emplace_back(work, job);
  work(0);
  for (std::thread& thread : threads) thread.join();
  if (trouble) return report_error(*trouble);

  for (const auto& report : reports) {
    totals.add(*report);
    std::printf("seed %llu: %s, log of %llu lines, %016llx\n",
                static_cast<unsigned long long>(report->seed),
                report->violation ? "VIOLATED" : "good",
                static_cast<unsigned long long>(report->log_lines),
                static_cast<unsigned long long>(report->log_hash));
    if (!report->violation) continue;
    proving::SoakConfig config = base;
    config.seed = report->seed;
    std::printf("  at %.3f s: %s\n", std::chrono::duration<double>(report->violation->at).count(),
                report->violation->what.c_str());
    for (const std::string& line : report->last_lines) std::printf("  | %s\n", line.c_str());
    std::printf("  replay: %s\n", proving::replay_command(config, *report).c_str());
  }
  print_totals(totals, arguments, std::chrono::duration<double>(clock.now() - begin).count(),
               cpu_seconds());
  std::string which;
  if (arguments.every_pair && pairs_not_met(totals, which) != 0) {
    std::fprintf(stderr, "soak: not every pair of fault and state was met: %s\n", which.c_str());
    return 1;
  }
  return totals.violations == 0 ? 0 : 1;
}

}  // namespace

void add_soak(Command app, int& exit_code) {
  auto arguments = std::make_shared<SoakArguments>();
  Command command = app.add_subcommand(
      "soak", "Simulate whole lanes in virtual time, with faults, and check every promise");
  command.add_option("--seed", arguments->seed, "Everything follows from it").show_default();
  command.add_option("--seeds", arguments->seeds, "So many seeds, one lane each, from --seed on")
      .range(1, 1'000'000)
      .show_default();
  command.add_option("--hours", arguments->hours, "Lane hours of each seed")
      .range(0.001, 10'000.0)
      .show_default();
  command.add_option("--faults-per-hour", arguments->faults_per_hour, "In the mean")
      .range(0.0, 10'000.0)
      .show_default();
  command.add_option("--trucks", arguments->trucks, "An hour, in the mean")
      .range(0.1, 1'000.0)
      .show_default();
  command.add_option("--fault", arguments->faults,
                     "Instead of planned ones: SECONDS[@STATE]:NAME:SECONDS:VALUE; repeatable");
  command.add_option("--jobs", arguments->jobs, "Seeds at a time").show_default();
  command.add_option("--log", arguments->log, "Write the whole log to this file");
  command.add_option("--work", arguments->work, "Folder for the lanes' files while they run");
  command.add_flag("--cover", arguments->cover, "Print which fault met which state");
  command.add_flag("--every-pair", arguments->every_pair,
                   "Fail where a possible pair of fault and state was not met");
  command.add_flag("--every-poll", arguments->every_poll, "Leave out no poll");
  command.add_flag("--no-shrink", arguments->no_shrink,
                   "Do not look for the shortest failing case");
  command.add_flag("--list", arguments->list, "Print the faults and end");
  // Hidden: for the proof that the search finds something.
  command.add_option("--canary", arguments->canary).hidden();
  command.callback([arguments, &exit_code] { exit_code = run_soak_command(*arguments); });
}

}  // namespace portcullis::apps
