#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::apps {

/// How the demonstration is run.
struct DemoOptions {
  std::filesystem::path out = "out/demo";
  std::filesystem::path programs;  ///< Folder of the other programs.
  std::filesystem::path scenes;    ///< Holds N-name.toml with N-name.xml beside it.
  bool attended = false;  ///< A person at the screen decides; else the screen does, by its keys.
  core::Duration limit = std::chrono::minutes(6);
};

/// What one truck's passage came to, read back from the lane's archive afterwards.
struct DemoTruck {
  std::string name;  ///< "1-clean"
  std::string container;
  std::string scan_id;
  std::string scan_outcome;
  std::uint64_t lines = 0;
  std::uint64_t lines_lost = 0;
  std::string verdict;
  std::vector<std::string> reasons;
  double load_mass_kg = 0;
  double load_mass_low_kg = 0;
  double load_mass_high_kg = 0;
  std::string decision;
  std::string answer_file;
  std::vector<std::string> problems;  ///< What differs from what this truck should come to.
};

/// Runs gateway, simulator, lane (which starts the worker) and screen as processes until every
/// truck is decided on, then reads back what they left and writes summary.md, summary.json,
/// previews and logs under `out`. Fails where a process fails or a truck is not handled; a
/// truck judged wrongly is in its `problems`.
core::Result<std::vector<DemoTruck>> run_demo(const DemoOptions& options, const core::Clock& clock);

}  // namespace portcullis::apps
