#include "core/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace portcullis::core {
namespace {

/// What the child does between fork and exec: only async-signal-safe calls.
[[noreturn]] void become_program(pid_t parent, int out_fd, int keep_fd, const char* program,
                                 char* const* argv, char* const* env, int report_fd) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setpgid(0, 0);  // a Ctrl-C at the terminal goes to the parent, which ends us in order
  const int null_fd = ::open("/dev/null", O_RDONLY);
  if (null_fd >= 0) ::dup2(null_fd, STDIN_FILENO);
  if (out_fd >= 0) {
    ::dup2(out_fd, STDOUT_FILENO);
    ::dup2(out_fd, STDERR_FILENO);
  }
  if (keep_fd >= 0) ::fcntl(keep_fd, F_SETFD, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execvpe(program, argv, env);
  const int code = errno;
  const ssize_t ignored = ::write(report_fd, &code, sizeof code);
  static_cast<void>(ignored);
  ::_exit(127);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

std::vector<std::string> merged_environment(
    const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    bool replaced = false;
    for (const auto& [key, value] : added) replaced = replaced || key == name;
    if (!replaced) merged.push_back(text);
  }
  for (const auto& [key, value] : added) merged.push_back(fmt::format("{}={}", key, value));
  return merged;
}

}  // namespace

std::string ChildProcess::Exit::text() const {
  return signal != 0 ? fmt::format("signal {} ({})", signal, ::strsignal(signal))
                     : fmt::format("exit {}", code);
}

Result<ChildProcess> ChildProcess::start(const Options& options) {
  const auto problem = [&](ErrorCode code, int number) {
    return Error{code, fmt::format("{}: cannot be started: {}", options.program.string(),
                                   std::strerror(number))};
  };
  std::vector<std::string> arguments{options.program.string()};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  auto environment = merged_environment(options.environment);
  const auto argv = pointers(arguments);
  const auto env = pointers(environment);

  int out_fd = -1;
  if (!options.output.empty()) {
    out_fd = ::open(options.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (out_fd < 0) {
      return Error{ErrorCode::kIo, fmt::format("{}: cannot open: {}", options.output.string(),
                                               std::strerror(errno))};
    }
  }
  int report[2] = {-1, -1};
  if (::pipe2(report, O_CLOEXEC) != 0) {
    const int number = errno;
    if (out_fd >= 0) ::close(out_fd);
    return problem(ErrorCode::kIo, number);
  }
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    become_program(parent, out_fd, options.keep_fd, options.program.c_str(), argv.data(),
                   env.data(), report[1]);
  }
  const int fork_error = errno;
  if (out_fd >= 0) ::close(out_fd);
  ::close(report[1]);
  if (pid < 0) {
    ::close(report[0]);
    return problem(ErrorCode::kIo, fork_error);
  }
  int exec_error = 0;
  const ssize_t got = ::read(report[0], &exec_error, sizeof exec_error);
  ::close(report[0]);
  if (got == static_cast<ssize_t>(sizeof exec_error)) {
    ::waitpid(pid, nullptr, 0);
    return problem(exec_error == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo, exec_error);
  }
  return ChildProcess(pid, static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      pid_fd_(std::exchange(other.pid_fd_, -1)),
      exit_(other.exit_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(pid_fd_, other.pid_fd_);
  std::swap(exit_, other.exit_);
  return *this;
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0 && !exit_) terminate(std::chrono::seconds(2));
  if (pid_fd_ >= 0) ::close(pid_fd_);
}

std::optional<ChildProcess::Exit> ChildProcess::wait(Duration limit) {
  if (exit_ || pid_ <= 0) return exit_;
  pollfd look{pid_fd_, POLLIN, 0};
  const auto limit_ms = std::chrono::duration_cast<std::chrono::milliseconds>(limit).count();
  if (pid_fd_ >= 0 && ::poll(&look, 1, static_cast<int>(limit_ms)) <= 0) return std::nullopt;
  int status = 0;
  if (::waitpid(pid_, &status, pid_fd_ >= 0 ? 0 : WNOHANG) != pid_) return std::nullopt;
  exit_ = WIFSIGNALED(status) ? Exit{0, WTERMSIG(status)} : Exit{WEXITSTATUS(status), 0};
  return exit_;
}

ChildProcess::Exit ChildProcess::terminate(Duration grace) {
  if (!exit_) {
    send_signal(SIGTERM);
    if (!wait(grace)) {
      send_signal(SIGKILL);
      wait(std::chrono::seconds(10));
    }
  }
  return exit_.value_or(Exit{0, SIGKILL});
}

void ChildProcess::send_signal(int number) const {
  if (pid_ > 0 && !exit_) ::kill(pid_, number);
}

}  // namespace portcullis::core
