#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "proving/bay_walk.h"
#include "proving/explore.h"
#include "proving/state_page.h"
#include "proving/vectors.h"

namespace portcullis::apps {
namespace {

struct ExploreArguments {
  bool json = false;
  std::string states;
};

struct NamedReport {
  std::string name;
  proving::ExploreReport report;
};

std::vector<NamedReport> explore_all() {
  // Every rule that a site may ask for is asked for: what is allowed then is what is proven.
  lane::CycleConfig tunnel;
  tunnel.second_reader = true;
  lane::CycleConfig bays = tunnel;
  bays.review_in_bays = true;
  bays.bay_count = lane::kBaysMax;
  bays.auto_calibrate = true;
  lane::CycleConfig drive = tunnel;
  drive.drive_through = true;
  std::vector<NamedReport> reports;
  reports.push_back({"lane, review in the tunnel", proving::explore(tunnel)});
  reports.push_back({"lane, review in bays", proving::explore(bays)});
  reports.push_back({"lane, drive-through", proving::explore(drive)});
  reports.push_back({"bay", proving::explore_bay(bays)});
  return reports;
}

nlohmann::json walk_json(const NamedReport& named) {
  const proving::ExploreReport& r = named.report;
  nlohmann::json json = {{"name", named.name},
                         {"states", r.states},
                         {"transitions", r.transitions},
                         {"state_pairs", r.steps_distinct},
                         {"depth", r.depth},
                         {"whole", r.whole},
                         {"seconds", r.seconds},
                         {"violations", nlohmann::json::array()}};
  for (const auto& violation : r.violations)
    json["violations"].push_back({{"invariant", violation.invariant}, {"trace", violation.trace}});
  return json;
}

void print_walk(const NamedReport& named) {
  const proving::ExploreReport& r = named.report;
  std::printf("%s: %llu states, %llu transitions, depth %u, %zu violations%s, %.1f s\n",
              named.name.c_str(), static_cast<unsigned long long>(r.states),
              static_cast<unsigned long long>(r.transitions), r.depth, r.violations.size(),
              r.whole ? "" : " (not the whole space)", r.seconds);
  for (const auto& violation : r.violations) {
    std::printf("  violated: %s\n", violation.invariant.c_str());
    for (const std::string& line : violation.trace) std::printf("    %s\n", line.c_str());
  }
}

nlohmann::json vectors_json(const proving::VectorReport& r) {
  return {{"contexts", r.contexts},
          {"cases", r.cases},
          {"whole", r.whole},
          {"violations", r.violations}};
}

void print_vectors(const char* name, const proving::VectorReport& r) {
  std::printf("%s: %llu contexts, %llu cases, %zu violations%s\n", name,
              static_cast<unsigned long long>(r.contexts), static_cast<unsigned long long>(r.cases),
              r.violations.size(), r.whole ? ", together every vector" : " (not the whole space)");
  for (const std::string& text : r.violations) std::printf("  %s\n", text.c_str());
}

int run_explore(const ExploreArguments& arguments) {
  if (!arguments.states.empty()) {
    const core::Status written =
        core::write_file_atomically(arguments.states, proving::state_page());
    return written.ok() ? 0 : report_error(written.error());
  }
  const std::vector<NamedReport> reports = explore_all();
  lane::CycleConfig drive;
  drive.drive_through = true;
  const proving::VectorReport vectors = proving::prove_beam_vectors({});
  const proving::VectorReport drive_vectors = proving::prove_beam_vectors(drive);
  const proving::VectorReport latches = proving::prove_latch_vectors({});
  std::vector<proving::ExploreReport> lanes{reports[0].report, reports[1].report};
  const std::vector<std::string> unused = proving::unused_rows(lanes);
  const proving::VectorReport tables = proving::prove_table_vectors({});
  bool good = vectors.whole && vectors.violations.empty() && drive_vectors.whole &&
              drive_vectors.violations.empty() && latches.whole && latches.violations.empty() &&
              tables.whole && tables.violations.empty() && unused.empty();
  for (const NamedReport& named : reports)
    good = good && named.report.whole && named.report.violations.empty();
  if (arguments.json) {
    nlohmann::json json;
    json["walks"] = nlohmann::json::array();
    for (const NamedReport& named : reports) json["walks"].push_back(walk_json(named));
    json["beam_vectors"] = vectors_json(vectors);
    json["drive_through_beam_vectors"] = vectors_json(drive_vectors);
    json["latch_vectors"] = vectors_json(latches);
    json["table_vectors"] = vectors_json(tables);
    json["unused_rows"] = unused;
    json["good"] = good;
    std::printf("%s\n", json.dump(2).c_str());
    return good ? 0 : 1;
  }
  for (const NamedReport& named : reports) print_walk(named);
  print_vectors("permission of beam", vectors);
  print_vectors("permission of beam, drive-through", drive_vectors);
  print_vectors("latching of faults", latches);
  print_vectors("tables", tables);
  for (const std::string& row : unused) std::printf("unused: %s\n", row.c_str());
  if (!good) std::fprintf(stderr, "explore: the lane cycle breaks a promise, see above\n");
  return good ? 0 : 1;
}

}  // namespace

void add_explore(Command app, int& exit_code) {
  auto arguments = std::make_shared<ExploreArguments>();
  Command command = app.add_subcommand(
      "explore", "Walk every reachable state of the lane cycle and check every invariant");
  command.add_flag("--json", arguments->json, "One JSON document on stdout");
  command.add_option("--states", arguments->states,
                     "Write the page of states, changes and commands to this file instead");
  command.callback([arguments, &exit_code] { exit_code = run_explore(*arguments); });
}

}  // namespace portcullis::apps
