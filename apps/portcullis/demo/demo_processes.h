#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/portcullis/demo/demo_files.h"
#include "core/child_process.h"
#include "core/result.h"
#include "core/time.h"

namespace portcullis::apps {

/// The processes of one run, in the order in which they were started; ended in reverse.
///
/// Ownership: its destructor ends what still runs. Threading: one thread.
class DemoProcesses {
 public:
  DemoProcesses(std::filesystem::path programs, std::filesystem::path logs)
      : programs_(std::move(programs)), logs_(std::move(logs)) {}
  ~DemoProcesses();
  DemoProcesses(const DemoProcesses&) = delete;
  DemoProcesses& operator=(const DemoProcesses&) = delete;

  /// Output goes to logs/NAME.log.
  core::Status start(const std::string& name, const std::string& program,
                     std::vector<std::string> arguments,
                     std::vector<std::pair<std::string, std::string>> environment = {});
  /// Runs to its end; fails with its last lines where it ends badly.
  core::Status run(const std::string& name, const std::string& program,
                   std::vector<std::string> arguments, core::Duration limit);
  /// Looks until `ready` is true. Fails where a process has ended or `limit` has passed.
  core::Status wait_until(const std::function<bool()>& ready, std::string_view what,
                          const core::Clock& clock, core::Duration limit);
  /// The exit of `name`, if it has ended.
  std::optional<core::ChildProcess::Exit> ended(const std::string& name);
  /// Ends all, last started first. Fails where one did not end well.
  core::Status stop_all();
  [[nodiscard]] std::filesystem::path log_of(const std::string& name) const {
    return logs_ / (name + ".log");
  }
  /// The last lines of a process's log, for messages.
  [[nodiscard]] std::string last_lines(const std::string& name) const;

 private:
  struct Running {
    std::string name;
    core::ChildProcess process;
  };
  /// The first process that ended although none should, as an error.
  core::Status all_running();

  std::filesystem::path programs_;
  std::filesystem::path logs_;
  std::vector<Running> running_;
};

}  // namespace portcullis::apps
