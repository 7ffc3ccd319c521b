#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"
#include "imaging/flag/flag.h"
#include "imaging/images.h"

namespace portcullis::inspection {

/// How the lane runs its worker.
struct WorkerOptions {
  std::filesystem::path
      program;  ///< portcullis-worker; started as `PROGRAM ARGUMENTS... --socket-fd N`.
  std::vector<std::string> arguments;                      ///< Put before ours.
  core::Duration start_timeout = std::chrono::seconds(5);  ///< From start to the worker's greeting.
  core::Duration job_timeout = std::chrono::seconds(30);   ///< From job sent to result.
  int attempts_max = 3;  ///< Times one job is given to a worker before it is an error.
};

/// What diagnostics shows of the worker.
struct WorkerState {
  bool running = false;
  pid_t pid = 0;              ///< 0 where none runs.
  std::uint64_t started = 0;  ///< Workers started so far.
  std::uint64_t lost = 0;     ///< Workers that died, timed out or answered nonsense.
  std::uint64_t jobs_done = 0;
  std::uint64_t jobs_failed = 0;  ///< Given up after attempts_max.
  std::string last_error;
};

/// Runs imaging::flag() in a process of its own: `portcullis-worker`.
///
/// Images travel in sealed memory files (one copy), whole or block by block while the scan runs;
/// the result comes back as JSON over a Unix socket. A worker that dies, hangs or answers nonsense
/// is killed, reaped and replaced, and the job is sent again, so that the new one catches up. Its
/// death never ends anything: after attempts_max the job fails with kUnavailable and the next job
/// starts afresh.
///
/// Ownership: owns the worker process and the one thread that starts and watches it (a worker is
/// killed by the kernel when that thread's process dies). The destructor kills and reaps; no call
/// may be in progress then (see shut_down()).
/// Threading: all calls are thread-safe; jobs are done one after the other.
/// Waits: flag() takes at most attempts_max * (start_timeout + job_timeout) and some
/// milliseconds for each job before it in line; the destructor less than a second.
class WorkerClient final {
 public:
  /// Fails with kInvalidConfig where the options make no sense, kNotFound where the program is
  /// not an executable file. The worker itself is started with the first job, or by warm_up().
  static core::Result<std::unique_ptr<WorkerClient>> create(WorkerOptions options);
  ~WorkerClient();
  WorkerClient(const WorkerClient&) = delete;
  WorkerClient& operator=(const WorkerClient&) = delete;

  /// Starts the worker ahead of the first job. Returns at once; a failure shows in state().
  void warm_up();

  /// imaging::flag() of the worker. Fails with kUnavailable ("findings unavailable: ...") after
  /// attempts_max workers failed, or where the client is being destroyed.
  core::Result<imaging::FlagResult> flag(const imaging::Images& images,
                                         const core::VehicleIdentity& identity,
                                         const imaging::FlagParameters& parameters);

  /// A scan that goes to the worker while it runs. Blocks are copied into sealed memory and kept
  /// until the end, so that a worker that replaces a lost one catches up.
  /// Ownership: the client must outlive it. Threading: one thread at a time.
  class RunningScan {
   public:
    ~RunningScan();
    RunningScan(const RunningScan&) = delete;
    RunningScan& operator=(const RunningScan&) = delete;
    /// Waits for nothing but the copy. What fails here is told by end().
    void add(const imaging::ImageBlock& block);
    /// imaging::flag() of all blocks; errors and waits as of flag().
    core::Result<imaging::FlagResult> end(const core::ImageGrid& grid,
                                          const core::VehicleIdentity& identity,
                                          const imaging::FlagParameters& parameters);

   private:
    friend class WorkerClient;
    struct State;
    explicit RunningScan(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  /// `z_first_mm`, `obliquity` [rows]: of the images that the blocks will make up.
  std::unique_ptr<RunningScan> begin_scan(double mm_per_px, double z_first_mm,
                                          std::vector<float> obliquity);

  /// Breaks off the job at hand and those in line (kUnavailable), kills and reaps the worker, takes
  /// no more jobs. For an owner that must get its threads out of flag() before it destroys this.
  void shut_down();

  [[nodiscard]] WorkerState state() const;
  /// Blocks of running scans that the worker was not given yet; for diagnostics.
  [[nodiscard]] std::size_t blocks_waiting() const;

 private:
  struct Impl;
  explicit WorkerClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::inspection
