#include "inspection/worker/worker_client.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <thread>
#include <utility>

#include "core/child_process.h"
#include "core/log.h"
#include "inspection/worker/flag_json.h"
#include "inspection/worker/frame_socket.h"
#include "inspection/worker/job.h"

namespace portcullis::inspection {

namespace {

core::Error client_error(std::string_view what) {
  return {core::ErrorCode::kIo, fmt::format("worker: {}: {}", what, std::strerror(errno))};
}

/// A sealed memory file of that size with what `write` writes in it.
template <class Write>
core::Result<OwnedFd> sealed_memory(std::size_t bytes, Write&& write) {
  OwnedFd fd(::memfd_create("portcullis-job", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return client_error("memory for the job");
  if (::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
    return client_error("memory for the job");
  void* data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (data == MAP_FAILED) return client_error("memory for the job");
  // A worker that is started meanwhile would carry the mapping along until it runs its program.
  ::madvise(data, bytes, MADV_DONTFORK);
  const core::Status written = write(std::span(static_cast<std::byte*>(data), bytes));
  ::munmap(data, bytes);
  if (!written.ok()) return written.error();
  // One that was started in between still has it, for as long as from fork to exec.
  constexpr int kTries = 2000;
  constexpr auto kPause = std::chrono::milliseconds(1);
  constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  for (int i = 0; ::fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0; ++i) {
    if (errno != EBUSY || i == kTries) return client_error("sealing the job");
    std::this_thread::sleep_for(kPause);  // repository-rule: no event tells of it
  }
  return fd;
}

core::Result<OwnedFd> job_memory(std::uint64_t number, const imaging::Images& images,
                                 const core::VehicleIdentity& identity,
                                 const imaging::FlagParameters& parameters) {
  PC_TRY(const std::size_t bytes, job_bytes(images, identity, parameters));
  return sealed_memory(bytes, [&](std::span<std::byte> out) {
    return write_job(number, images, identity, parameters, out);
  });
}

/// Blocks of a scan that runs, as the worker's thread sends them.
struct SentScan {
  std::uint64_t number = 0;
  std::mutex mutex;            ///< Guards `blocks`.
  std::deque<OwnedFd> blocks;  ///< Sealed; all of the scan.
  // Of the worker's thread:
  std::uint64_t worker = 0;  ///< The worker (by WorkerState::started) that has `sent` blocks.
  std::size_t sent = 0;
};

}  // namespace

struct WorkerClient::Impl {
  struct Request {
    const imaging::Images* images = nullptr;
    SentScan* scan = nullptr;  ///< Instead of images: the end of this one,
    std::string end;           ///< with this text.
    const core::VehicleIdentity* identity = nullptr;
    const imaging::FlagParameters* parameters = nullptr;
    std::optional<core::Result<imaging::FlagResult>> result;
  };

  explicit Impl(WorkerOptions o)
      : options(std::move(o)), stop_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    thread = std::thread([this] { run(); });
  }

  ~Impl() { shut_down(); }

  void shut_down() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    const std::uint64_t one = 1;
    static_cast<void>(::write(stop_fd.get(), &one, sizeof one) == 0);
    wake.notify_all();
    const std::lock_guard lock(join_mutex);
    if (thread.joinable()) thread.join();
  }

  /// The one thread: the kernel kills the worker when the thread that started it ends.
  void run() {
    for (;;) {
      Request* request = nullptr;
      std::shared_ptr<SentScan> scan;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return stopping || warm || !fresh.empty() || !queue.empty(); });
        if (stopping) break;
        warm = false;
        if (!queue.empty()) request = queue.front();
        if (request == nullptr && !fresh.empty()) scan = fresh.front().lock();
        if (request == nullptr && !fresh.empty()) fresh.pop_front();
      }
      if (request == nullptr) {
        core::Status ready = have_worker();
        if (ready.ok() && scan) ready = send_blocks(*scan);
        if (!ready.ok()) lose_worker(ready.error().message);
        continue;
      }
      auto result = do_job(*request);
      {
        const std::lock_guard lock(mutex);
        if (result.ok())
          ++view.jobs_done;
        else
          ++view.jobs_failed;
        request->result = std::move(result);
        queue.pop_front();
      }
      done.notify_all();
    }
    {
      const std::lock_guard lock(mutex);
      for (Request* request : queue) {
        request->result = core::Error{core::ErrorCode::kUnavailable,
                                      "findings unavailable: the worker is being shut down"};
      }
      queue.clear();
    }
    done.notify_all();
    socket.close();
    end_worker();
  }

  /// Blocks of a scan that the worker at hand does not have yet.
  core::Status send_blocks(SentScan& scan) {
    std::uint64_t worker = 0;
    {
      const std::lock_guard lock(mutex);
      worker = view.started;
    }
    if (scan.worker != worker) {
      scan.worker = worker;
      scan.sent = 0;
    }
    for (;;) {
      int fd = -1;
      {
        const std::lock_guard lock(scan.mutex);
        if (scan.sent >= scan.blocks.size()) return {};
        fd = scan.blocks[scan.sent].get();  // stays open: blocks are only added
      }
      PC_CHECK(socket.send(FrameType::kBlock, scan.number, {}, fd, options.job_timeout));
      ++scan.sent;
    }
  }

  core::Result<imaging::FlagResult> do_job(const Request& request) {
    std::uint64_t number = 0;
    OwnedFd memory;
    if (request.scan != nullptr) {
      number = request.scan->number;
    } else {
      number = ++job_number;
      auto made = job_memory(number, *request.images, *request.identity, *request.parameters);
      if (!made.ok()) return made.error().with_context("findings unavailable");
      memory = std::move(made).value();
    }
    std::string why;
    for (int attempt = 1; attempt <= options.attempts_max; ++attempt) {
      auto answer = try_job(number, memory.get(), request);
      if (answer.ok() || answer.error().code == core::ErrorCode::kRefused) return answer;
      why = answer.error().message;
      lose_worker(why);
      {
        const std::lock_guard lock(mutex);
        if (stopping) break;
      }
    }
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("findings unavailable: {} workers failed, the last one: {}",
                                   options.attempts_max, why)};
  }

  core::Result<imaging::FlagResult> try_job(std::uint64_t number, int memory_fd,
                                            const Request& request) {
    PC_CHECK(have_worker());
    const core::TimePoint deadline = core::SystemClock().now() + options.job_timeout;
    if (request.scan != nullptr) {
      PC_CHECK(send_blocks(*request.scan));
      PC_CHECK(socket.send(FrameType::kEnd, number, request.end, -1, options.job_timeout));
    } else {
      PC_CHECK(socket.send(FrameType::kJob, number, {}, memory_fd, options.job_timeout));
    }
    PC_TRY(const Frame frame,
           socket.receive(
               std::max(core::Duration(1), core::Duration(deadline - core::SystemClock().now()))));
    if (frame.job != number)
      return core::Error{core::ErrorCode::kProtocol, "worker's answer: not for this job"};
    // Its word that the job itself is no good: another worker would say the same.
    if (frame.type == FrameType::kRefused) {
      return core::Error{core::ErrorCode::kRefused,
                         fmt::format("findings unavailable: {}", frame.text)};
    }
    if (frame.type != FrameType::kResult)
      return core::Error{core::ErrorCode::kProtocol, "worker's answer: not a result"};
    return flag_result_from_json(nlohmann::json::parse(frame.text, nullptr, false));
  }

  core::Result<imaging::FlagResult> wait_for(Request& request) {
    std::unique_lock lock(mutex);
    if (stopping)
      return core::Error{core::ErrorCode::kUnavailable,
                         "findings unavailable: the worker is being shut down"};
    queue.push_back(&request);
    wake.notify_all();
    done.wait(lock, [&] { return request.result.has_value(); });
    return std::move(*request.result);
  }

  core::Status have_worker() {
    if (child && child->running() && socket.open()) return {};
    if (child) lose_worker("ended while it had nothing to do");
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
      return client_error("socket");
    OwnedFd ours(pair[0]);
    OwnedFd theirs(pair[1]);
    core::ChildProcess::Options start;
    start.program = options.program;
    start.arguments = options.arguments;
    start.arguments.emplace_back("--socket-fd");
    start.arguments.push_back(std::to_string(theirs.get()));
    start.keep_fd = theirs.get();
    PC_TRY(core::ChildProcess started, core::ChildProcess::start(start));
    child.emplace(std::move(started));
    socket = FrameSocket(std::move(ours), stop_fd.get());
    {
      const std::lock_guard lock(mutex);
      view.running = true;
      view.pid = child->pid();
      ++view.started;
    }
    theirs.reset();
    PC_TRY(const Frame hello, socket.receive(options.start_timeout));
    if (hello.type != FrameType::kHello)
      return core::Error{core::ErrorCode::kProtocol, "worker's greeting: something else came"};
    return {};
  }

  void lose_worker(const std::string& why) {
    socket.close();
    const std::string how = end_worker();
    const std::lock_guard lock(mutex);
    view.last_error = how.empty() ? why : fmt::format("{} ({})", why, how);
    if (!stopping) {
      ++view.lost;
      core::log_warning("worker", fmt::format("worker lost: {}", view.last_error));
    }
  }

  /// Kills and reaps it; how it ended, empty where there was none.
  std::string end_worker() {
    std::string how;
    if (child) {
      how = child->terminate(core::Duration::zero()).text();
      child.reset();
    }
    const std::lock_guard lock(mutex);
    view.running = false;
    view.pid = 0;
    return how;
  }

  const WorkerOptions options;
  OwnedFd stop_fd;
  mutable std::mutex mutex;
  std::mutex join_mutex;
  std::condition_variable wake;
  std::condition_variable done;
  std::deque<Request*> queue;
  std::deque<std::weak_ptr<SentScan>> fresh;  ///< Scans with blocks that may be sent.
  bool warm = false;
  bool stopping = false;
  WorkerState view;

  // Of the one thread.
  std::optional<core::ChildProcess> child;
  FrameSocket socket;
  std::atomic<std::uint64_t> job_number{0};
  std::thread thread;
};

core::Result<std::unique_ptr<WorkerClient>> WorkerClient::create(WorkerOptions options) {
  const auto bad = [](std::string_view field) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       fmt::format("worker: {}: must be positive", field)};
  };
  if (options.start_timeout <= core::Duration::zero()) return bad("start_timeout");
  if (options.job_timeout <= core::Duration::zero()) return bad("job_timeout");
  if (options.attempts_max < 1) return bad("attempts_max");
  if (::access(options.program.c_str(), X_OK) != 0) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("worker: {}: {}", options.program.string(), std::strerror(errno))};
  }
  return std::unique_ptr<WorkerClient>(
      new WorkerClient(std::make_unique<Impl>(std::move(options))));
}

WorkerClient::WorkerClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WorkerClient::~WorkerClient() = default;

void WorkerClient::shut_down() {
  impl_->shut_down();
}

void WorkerClient::warm_up() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->warm = true;
  }
  impl_->wake.notify_all();
}

core::Result<imaging::FlagResult> WorkerClient::flag(const imaging::Images& images,
                                                     const core::VehicleIdentity& identity,
                                                     const imaging::FlagParameters& parameters) {
  Impl::Request request;
  request.images = &images;
  request.identity = &identity;
  request.parameters = &parameters;
  return impl_->wait_for(request);
}

struct WorkerClient::RunningScan::State {
  Impl& impl;
  double mm_per_px = 0, z_first_mm = 0;
  std::vector<float> obliquity;
  std::shared_ptr<SentScan> sent;
  core::Status problem;
};

WorkerClient::RunningScan::RunningScan(std::unique_ptr<State> state) : state_(std::move(state)) {}
WorkerClient::RunningScan::~RunningScan() = default;

std::unique_ptr<WorkerClient::RunningScan> WorkerClient::begin_scan(double mm_per_px,
                                                                    double z_first_mm,
                                                                    std::vector<float> obliquity) {
  auto sent = std::make_shared<SentScan>();
  sent->number = ++impl_->job_number;
  return std::unique_ptr<RunningScan>(
      new RunningScan(std::make_unique<RunningScan::State>(RunningScan::State{
          *impl_, mm_per_px, z_first_mm, std::move(obliquity), std::move(sent), {}})));
}

void WorkerClient::RunningScan::add(const imaging::ImageBlock& block) {
  State& s = *state_;
  if (!s.problem.ok()) return;
  const core::ImageGrid grid = block_grid(block, s.mm_per_px, s.z_first_mm);
  const auto bytes = block_bytes(block, grid);
  if (!bytes.ok()) {
    s.problem = bytes.error();
    return;
  }
  auto memory = sealed_memory(*bytes, [&](std::span<std::byte> out) {
    return write_block(s.sent->number, block, grid, s.obliquity, out);
  });
  if (!memory.ok()) {
    s.problem = memory.error();
    return;
  }
  {
    const std::lock_guard lock(s.sent->mutex);
    s.sent->blocks.push_back(std::move(memory).value());
  }
  {
    const std::lock_guard lock(s.impl.mutex);
    s.impl.fresh.emplace_back(s.sent);
  }
  s.impl.wake.notify_all();
}

core::Result<imaging::FlagResult> WorkerClient::RunningScan::end(
    const core::ImageGrid& grid, const core::VehicleIdentity& identity,
    const imaging::FlagParameters& parameters) {
  State& s = *state_;
  if (!s.problem.ok()) return s.problem.error().with_context("findings unavailable");
  JobEnd said;
  said.blocks = static_cast<std::uint32_t>(s.sent->blocks.size());  // none is added any more
  said.grid = grid;
  said.identity = identity;
  said.parameters = parameters;
  Impl::Request request;
  request.scan = s.sent.get();
  request.end = write_job_end(said);
  return s.impl.wait_for(request);
}

std::size_t WorkerClient::blocks_waiting() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->fresh.size();
}

WorkerState WorkerClient::state() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->view;
}

}  // namespace portcullis::inspection
