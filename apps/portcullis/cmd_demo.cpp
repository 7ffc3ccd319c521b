#include <cstdio>
#include <filesystem>

#include "apps/portcullis/command.h"
#include "apps/portcullis/demo/demo_run.h"
#include "apps/report_error.h"

namespace portcullis::apps {
namespace {

namespace fs = std::filesystem;

fs::path own_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

/// The demonstration's scenes: in the tree that this program was built in.
fs::path default_scenes() {
  for (fs::path at = own_folder(); at.has_relative_path(); at = at.parent_path()) {
    if (fs::is_directory(at / "simulator/scenes/demo")) return at / "simulator/scenes/demo";
  }
  return "simulator/scenes/demo";
}

int run(const DemoOptions& options) {
  const core::SystemClock clock;
  const auto begin = clock.now();
  const auto trucks = run_demo(options, clock);
  if (!trucks.ok()) return report_error(trucks.error());
  bool good = true;
  for (const auto& truck : *trucks) {
    std::printf("%s, %s: %s, %s; load %.1f t (%.1f to %.1f); %llu lines, %llu lost\n",
                truck.name.c_str(), truck.container.c_str(), truck.verdict.c_str(),
                truck.decision.c_str(), truck.load_mass_kg / 1000, truck.load_mass_low_kg / 1000,
                truck.load_mass_high_kg / 1000, static_cast<unsigned long long>(truck.lines),
                static_cast<unsigned long long>(truck.lines_lost));
    for (const auto& problem : truck.problems) {
      std::printf("  problem: %s\n", problem.c_str());
      good = false;
    }
  }
  const double seconds = std::chrono::duration<double>(clock.now() - begin).count();
  std::printf("%s in %.0f s; screenshots, previews and the summary are in %s\n",
              good ? "All trucks were judged rightly" : "NOT all went right", seconds,
              options.out.string().c_str());
  return good ? 0 : 1;
}

}  // namespace

void add_demo(Command app, int& exit_code) {
  auto options = std::make_shared<DemoOptions>();
  options->programs = own_folder();
  options->scenes = default_scenes();
  Command command = app.add_subcommand(
      "demo",
      "The main job end to end on the simulated lane: three trucks, real processes and sockets");
  command
      .add_option("--out", options->out,
                  "Folder for screenshots, previews, records and the summary")
      .show_default();
  command
      .add_option("--scenes", options->scenes,
                  "Folder of scenes N-name.toml with declarations N-name.xml")
      .show_default();
  command.add_flag("--attended", options->attended, "You decide at the screen (needs a display)");
  command.callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace portcullis::apps
