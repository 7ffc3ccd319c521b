#include "tests/support/kill_test.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace portcullis::test {

std::uint32_t printed_seed(std::uint32_t otherwise) {
  const char* text = std::getenv("PORTCULLIS_SEED");
  const std::uint32_t seed =
      text != nullptr ? static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10)) : otherwise;
  std::printf("seed %u\n", seed);
  std::fflush(stdout);
  return seed;
}

bool kill_after(pid_t child, std::chrono::microseconds moment) {
  const int end_fd = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (end_fd >= 0) {
    pollfd ended{end_fd, POLLIN, 0};
    const timespec limit{static_cast<time_t>(moment.count() / 1'000'000),
                         static_cast<long>(moment.count() % 1'000'000 * 1000)};
    ::ppoll(&ended, 1, &limit, nullptr);
    ::close(end_fd);
  }
  ::kill(child, SIGKILL);
  int status = 0;
  if (end_fd < 0 || ::waitpid(child, &status, 0) != child) {
    std::perror("kill_after");
    return false;
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return true;
  std::fprintf(stderr, "the worker ended by itself: %s %d\n", WIFEXITED(status) ? "exit" : "signal",
               WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  return false;
}

}  // namespace portcullis::test
