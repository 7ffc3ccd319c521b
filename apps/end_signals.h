#pragma once

#include <pthread.h>

#include <csignal>

namespace portcullis::apps {

/// SIGTERM and SIGINT, blocked in this thread and in all it starts, for sigwait() or
/// sigtimedwait() to take; a peer that closes its socket (SIGPIPE) ends nothing.
/// Call from main() before any thread is made.
inline sigset_t block_end_signals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return ends;
}

}  // namespace portcullis::apps
