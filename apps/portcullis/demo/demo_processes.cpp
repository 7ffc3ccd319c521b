#include "apps/portcullis/demo/demo_processes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/files.h"

namespace portcullis::apps {

DemoProcesses::~DemoProcesses() {
  // In reverse, as stop_all() does; how they end no longer matters here.
  while (!running_.empty()) running_.pop_back();
}

core::Status DemoProcesses::start(const std::string& name, const std::string& program,
                                  std::vector<std::string> arguments,
                                  std::vector<std::pair<std::string, std::string>> environment) {
  PC_TRY(auto process, core::ChildProcess::start({programs_ / program, std::move(arguments),
                                                  std::move(environment), log_of(name), -1}));
  running_.push_back({name, std::move(process)});
  return {};
}

core::Status DemoProcesses::run(const std::string& name, const std::string& program,
                                std::vector<std::string> arguments, core::Duration limit) {
  PC_TRY(auto process, core::ChildProcess::start(
                           {programs_ / program, std::move(arguments), {}, log_of(name), -1}));
  const auto exit = process.wait(limit);
  if (exit && exit->clean()) return {};
  return core::Error{core::ErrorCode::kInternal,
                     fmt::format("{}: {}; {}", name, exit ? exit->text() : "did not end in time",
                                 last_lines(name))};
}

core::Status DemoProcesses::all_running() {
  for (auto& [name, process] : running_) {
    if (const auto exit = process.wait(core::Duration::zero())) {
      if (name == "screen" && exit->clean()) continue;  // it ends by itself when its work is done
      return core::Error{core::ErrorCode::kUnavailable,
                         fmt::format("{} ended ({}); {}", name, exit->text(), last_lines(name))};
    }
  }
  return {};
}

core::Status DemoProcesses::wait_until(const std::function<bool()>& ready, std::string_view what,
                                       const core::Clock& clock, core::Duration limit) {
  const auto deadline = clock.now() + limit;
  while (!ready()) {
    PC_CHECK(all_running());
    if (clock.now() >= deadline) {
      return core::Error{
          core::ErrorCode::kTimeout,
          fmt::format("waited {} s for {}",
                      std::chrono::duration_cast<std::chrono::seconds>(limit).count(), what)};
    }
    // Looks again in 50 ms, or at once where the newest process ends.
    if (!running_.empty()) running_.back().process.wait(std::chrono::milliseconds(50));
  }
  return {};
}

std::optional<core::ChildProcess::Exit> DemoProcesses::ended(const std::string& name) {
  for (auto& entry : running_) {
    if (entry.name == name) return entry.process.wait(core::Duration::zero());
  }
  return std::nullopt;
}

core::Status DemoProcesses::stop_all() {
  core::Status first;
  while (!running_.empty()) {
    auto& last = running_.back();
    const auto exit = last.process.terminate(std::chrono::seconds(5));
    if (!exit.clean() && first.ok()) {
      first = core::Error{core::ErrorCode::kInternal,
                          fmt::format("{} did not end in order: {}; {}", last.name, exit.text(),
                                      last_lines(last.name))};
    }
    running_.pop_back();
  }
  return first;
}

std::string DemoProcesses::last_lines(const std::string& name) const {
  const auto text = core::read_file(log_of(name), 64U << 20U);
  if (!text.ok() || text->empty()) return fmt::format("{} is empty", log_of(name).string());
  std::string_view tail = *text;
  while (!tail.empty() && tail.back() == '\n') tail.remove_suffix(1);
  std::size_t begin = tail.size();
  for (int lines = 0; lines < 3 && begin != std::string_view::npos && begin > 0; ++lines)
    begin = tail.rfind('\n', begin - 1);
  tail.remove_prefix(begin == std::string_view::npos || begin == 0 ? 0 : begin + 1);
  return fmt::format("the end of {}:\n{}", log_of(name).string(), tail);
}

}  // namespace portcullis::apps
