#include "apps/portcullis/demo/demo_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "apps/portcullis/demo/demo_files.h"
#include "apps/portcullis/demo/demo_processes.h"
#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/files.h"

namespace portcullis::apps {
namespace {

namespace fs = std::filesystem;

void say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

/// What a truck should come to, by its scene's name.
struct Expectation {
  std::string verdict;  ///< "clear", "inspect"
  std::string decision;
  std::vector<std::string> finding_any;  ///< One of these kinds at least; empty: nothing asked.
};
Expectation expected_of(const std::string& name) {
  if (name.find("clean") != std::string::npos) return {"clear", "release", {}};
  if (name.find("hidden") != std::string::npos)
    return {"inspect", "physical_inspection", {"small_dense_object", "shielding"}};
  return {"inspect", "physical_inspection", {"mass_mismatch", "empty_mismatch"}};
}

/// New lines of the screen's own account of what it does, passed on as they come.
class ScreenLog {
 public:
  explicit ScreenLog(fs::path path) : path_(std::move(path)) {}
  void pass_on() {
    std::ifstream file(path_);
    file.seekg(position_);
    std::string line;
    while (std::getline(file, line)) {
      if (file.eof()) break;  // not yet a whole line
      position_ = file.tellg();
      if (line.rfind("truck ", 0) == 0) say("  " + line);
    }
  }

 private:
  fs::path path_;
  std::streamoff position_ = 0;
};

/// Declarations arrive as a customs system would leave them: complete, under their final name.
core::Status deliver(const fs::path& declaration, const fs::path& inbox) {
  std::error_code error;
  fs::create_directories(inbox, error);
  PC_TRY(const std::string bytes, core::read_file(declaration, 16U << 20U));
  return core::write_file_atomically(inbox / declaration.filename(), bytes);
}

core::Status make_installation(DemoProcesses& processes, const DemoPlaces& places) {
  std::error_code error;
  if (fs::exists(places.installation(), error) &&
      archive::read_calibration(places.installation()).ok())
    return {};
  fs::remove(places.installation(), error);
  return processes.run("installation", "portcullis",
                       {"simulate", "--scanner", "gantry-6mv", "--seed", "42", "--calibration-only",
                        "--out", places.installation().string()},
                       std::chrono::minutes(3));
}

core::Result<DemoTruck> read_back(const DemoScene& scene, const archive::CatalogueCase& record,
                                  const DemoPlaces& places) {
  DemoTruck truck;
  truck.name = scene.name;
  truck.scan_id = record.scan.id;
  truck.scan_outcome = core::scan_outcome_name(record.scan.outcome);
  truck.lines = record.scan.lines;
  truck.lines_lost = record.scan.lines_lost;
  if (!record.scan.containers.empty()) truck.container = record.scan.containers.front().number;
  const auto want = expected_of(scene.name);
  if (truck.scan_outcome != "complete")
    truck.problems.push_back("the scan is not complete: " + record.scan.outcome_reason);
  if (truck.lines_lost != 0)
    truck.problems.push_back(fmt::format("{} lines lost", truck.lines_lost));
  if (record.declarations.empty()) truck.problems.push_back("no declaration was bound");
  if (record.report) {
    truck.verdict = core::verdict_outcome_name(record.report->verdict.outcome);
    truck.reasons = record.report->verdict.reasons;
    if (!record.report->containers.empty()) {
      const auto& seen = record.report->containers.front();
      truck.load_mass_kg = seen.load_mass_kg;
      truck.load_mass_low_kg = seen.load_mass_low_kg;
      truck.load_mass_high_kg = seen.load_mass_high_kg;
    }
    const bool found =
        want.finding_any.empty() ||
        std::any_of(record.report->findings.begin(), record.report->findings.end(),
                    [&](const core::Finding& finding) {
                      const auto kind = core::finding_kind_name(finding.kind);
                      return std::find(want.finding_any.begin(), want.finding_any.end(), kind) !=
                             want.finding_any.end();
                    });
    if (!found) truck.problems.push_back("what is wrong with this load was not found");
    if (truck.verdict != want.verdict)
      truck.problems.push_back(fmt::format("verdict {}, {} is right", truck.verdict, want.verdict));
  } else {
    truck.problems.push_back("there is no report");
  }
  if (!record.decisions.empty())
    truck.decision = core::decision_kind_name(record.decisions.back().kind);
  if (truck.decision != want.decision)
    truck.problems.push_back(fmt::format("decision {}, {} is right",
                                         truck.decision.empty() ? "none" : truck.decision,
                                         want.decision));
  for (const auto& event : record.events) {
    if (event.kind == "customs_answer")
      truck.answer_file = event.text.substr(event.text.rfind(' ') + 1);
  }
  if (truck.answer_file.empty() || !fs::exists(places.customs() / "outbox" / truck.answer_file)) {
    truck.problems.push_back("no answer to customs was written");
  }
  if (const auto sealed = archive::verify_seal(record.scan.file); !sealed.ok())
    truck.problems.push_back(sealed.error().message);
  if (const auto preview = archive::read_image(record.scan.file, "preview"); preview.ok()) {
    PC_CHECK(core::write_file_atomically(places.previews() / (scene.name + ".png"), *preview));
  } else {
    truck.problems.push_back("no preview is stored with the scan");
  }
  return truck;
}

core::Status write_summary(const DemoPlaces& places, const std::vector<DemoTruck>& trucks) {
  nlohmann::json json = nlohmann::json::array();
  std::string text =
      "# The demonstration's three trucks\n\n| truck | container | scan | lines lost | load, image "
      "| verdict | decision | answer |\n|---|---|---|---|---|---|---|---|\n";
  for (const auto& t : trucks) {
    json.push_back({{"truck", t.name},
                    {"container", t.container},
                    {"scan_id", t.scan_id},
                    {"scan_outcome", t.scan_outcome},
                    {"lines", t.lines},
                    {"lines_lost", t.lines_lost},
                    {"verdict", t.verdict},
                    {"reasons", t.reasons},
                    {"load_mass_kg", t.load_mass_kg},
                    {"load_mass_interval_kg", {t.load_mass_low_kg, t.load_mass_high_kg}},
                    {"decision", t.decision},
                    {"answer_file", t.answer_file},
                    {"problems", t.problems}});
    text += fmt::format(
        "| {} | {} | {}, {} lines | {} | {:.0f} kg ({:.0f} to {:.0f}) | {} | {} | {} |\n", t.name,
        t.container, t.scan_outcome, t.lines, t.lines_lost, t.load_mass_kg, t.load_mass_low_kg,
        t.load_mass_high_kg, t.verdict, t.decision, t.answer_file);
  }
  text += "\n";
  for (const auto& t : trucks) {
    for (const auto& reason : t.reasons) text += fmt::format("- {}: {}\n", t.name, reason);
    for (const auto& problem : t.problems)
      text += fmt::format("- {}: PROBLEM: {}\n", t.name, problem);
  }
  text +=
      "\nScreens: `screenshots/`; images: `previews/`; scans and catalogue: `lane/`; customs: "
      "`customs/`; logs: `logs/`.\n";
  PC_CHECK(core::write_file_atomically(places.out / "summary.json", json.dump(2) + "\n"));
  return core::write_file_atomically(places.out / "summary.md", text);
}

}  // namespace

core::Result<std::vector<DemoTruck>> run_demo(const DemoOptions& options,
                                              const core::Clock& clock) {
  PC_TRY(const auto scenes, find_demo_scenes(options.scenes));
  PC_TRY(const DemoPlaces places, prepare_places(options.out));
  struct Cleanup {
    fs::path folder;
    ~Cleanup() {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  } cleanup{places.sockets};
  DemoProcesses processes(options.programs, places.logs());

  say("Portcullis demonstration: a simulated lane, no radiation, no real vehicle");
  say("  survey and material calibration of the simulated gantry");
  PC_CHECK(make_installation(processes, places));

  PC_CHECK(write_gateway_config(places));
  PC_CHECK(write_sim_config(places, scenes));
  PC_CHECK(processes.start("gateway", "portcullis-gateway",
                           {"--config", (places.out / "gateway.toml").string()}));
  for (const auto& scene : scenes) PC_CHECK(deliver(scene.declaration, places.customs() / "inbox"));
  const fs::path ready = places.out / "sim-ready.json";
  PC_CHECK(processes.start(
      "simulator", "portcullis-sim",
      {"--config", (places.out / "sim.toml").string(), "--ready-file", ready.string()}));
  PC_CHECK(processes.wait_until([&] { return fs::exists(ready); },
                                "the simulator's devices to listen", clock,
                                std::chrono::seconds(20)));
  PC_TRY(const SimPorts ports, read_ready_file(ready));
  PC_CHECK(write_lane_config(places, ports));
  PC_CHECK(processes.start("lane", "portcullis-lane",
                           {"--config", (places.out / "lane.toml").string()}));
  PC_CHECK(processes.wait_until([&] { return fs::exists(places.lane_socket()); },
                                "the lane to serve its screens", clock, std::chrono::seconds(20)));
  say(fmt::format("  gateway, simulator, lane and worker run; {} declarations are delivered",
                  scenes.size()));

  const bool display =
      std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  std::vector<std::string> arguments = {"--connect",
                                        "unix:" + places.lane_socket().string(),
                                        "--screenshots",
                                        places.screenshots().string(),
                                        "--exit-after-cases",
                                        std::to_string(scenes.size()),
                                        "--user",
                                        options.attended ? "officer" : "demo officer"};
  if (!options.attended) arguments.emplace_back("--unattended");
  std::vector<std::pair<std::string, std::string>> environment;
  if (!display) environment.emplace_back("QT_QPA_PLATFORM", "offscreen");
  PC_CHECK(processes.start("screen", "portcullis-hmi", arguments, environment));
  say(fmt::format("  the operator's screen is {}; {}",
                  display ? "open" : "running unseen (no display)",
                  options.attended ? "you decide" : "nobody is at it, so it acts by its own keys"));

  ScreenLog account(processes.log_of("screen"));
  std::optional<core::ChildProcess::Exit> screen;
  PC_CHECK(processes.wait_until(
      [&] {
        account.pass_on();
        screen = processes.ended("screen");
        return screen.has_value();
      },
      "the trucks to be decided on", clock, options.limit));
  account.pass_on();
  if (!screen->clean()) {
    return core::Error{core::ErrorCode::kInternal,
                       fmt::format("the screen ended badly ({}); {}", screen->text(),
                                   processes.last_lines("screen"))};
  }
  // The last answer to customs may still be on its way.
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(places.records() / "catalogue.sqlite"));
  const auto answered = [&] {
    std::size_t files = 0;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(places.customs() / "outbox", ignored))
      files += entry.path().extension() == ".xml" ? 1U : 0U;
    return files >= scenes.size();
  };
  const auto waited =
      processes.wait_until(answered, "the answers to customs", clock, std::chrono::seconds(10));
  PC_CHECK(processes.stop_all());
  if (!waited.ok()) say("  " + waited.error().message);

  PC_TRY(auto found, catalogue.find({.limit = 100}));
  std::reverse(found.begin(), found.end());  // oldest first
  if (found.size() != scenes.size()) {
    return core::Error{
        core::ErrorCode::kInternal,
        fmt::format("{} scans were recorded for {} trucks", found.size(), scenes.size())};
  }
  std::vector<DemoTruck> trucks;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    PC_TRY(const auto record, catalogue.show(found[i].id));
    PC_TRY(auto truck, read_back(scenes[i], record, places));
    trucks.push_back(std::move(truck));
  }
  PC_CHECK(write_summary(places, trucks));
  return trucks;
}

}  // namespace portcullis::apps
