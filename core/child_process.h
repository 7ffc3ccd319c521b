#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::core {

/// A program started by this one. It is told to end when this process dies, so none is orphaned.
///
/// Ownership: the destructor terminates and reaps it. Threading: one thread; start it from a
/// thread that lives as long as the child should (the kernel ties the child to that thread).
class ChildProcess final {
 public:
  struct Options {
    std::filesystem::path program;       ///< Absolute, or found through PATH.
    std::vector<std::string> arguments;  ///< Without the program's name.
    std::vector<std::pair<std::string, std::string>> environment;  ///< Added to ours.
    std::filesystem::path output;  ///< Stdout and stderr are appended; empty: ours.
    int keep_fd = -1;              ///< Left open in the child, by the same number.
  };
  /// How it ended.
  struct Exit {
    int code = 0;    ///< Exit status; meaningless where a signal ended it.
    int signal = 0;  ///< 0 where it ended by itself.
    [[nodiscard]] bool clean() const { return code == 0 && signal == 0; }
    [[nodiscard]] std::string text() const;  ///< "exit 1", "signal 9 (Killed)"
  };

  /// Fails with kNotFound or kIo, naming the program.
  static Result<ChildProcess> start(const Options& options);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Waits for its end at most `limit` (0: only looks). Empty while it runs.
  std::optional<Exit> wait(Duration limit);
  [[nodiscard]] bool running() { return !wait(Duration::zero()).has_value(); }
  /// SIGTERM, then SIGKILL after `grace`; returns how it ended.
  Exit terminate(Duration grace);
  /// Sends a signal; nothing where it has ended.
  void send_signal(int number) const;

 private:
  ChildProcess(pid_t pid, int pid_fd) : pid_(pid), pid_fd_(pid_fd) {}
  pid_t pid_ = -1;
  int pid_fd_ = -1;
  std::optional<Exit> exit_;
};

}  // namespace portcullis::core
