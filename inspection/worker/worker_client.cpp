#include "inspection/worker/worker_client.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
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

/// A sealed memory file with the job in it.
core::Result<OwnedFd> job_memory(std::uint64_t number, const imaging::Images& images,
                                 const core::VehicleIdentity& identity,
                                 const imaging::FlagParameters& parameters) {
  PC_TRY(const std::size_t bytes, job_bytes(images, identity, parameters));
  OwnedFd fd(::memfd_create("portcullis-job", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!fd) return client_error("memory for the job");
  if (::ftruncate(fd.get(), static_cast<off_t>(bytes)) != 0)
    return client_error("memory for the job");
  void* data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (data == MAP_FAILED) return client_error("memory for the job");
  const auto written =
      write_job(number, images, identity, parameters, {static_cast<std::byte*>(data), bytes});
  ::munmap(data, bytes);
  PC_CHECK(written);
  if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return client_error("sealing the job");
  return fd;
}

}  // namespace

struct WorkerClient::Impl {
  struct Request {
    const imaging::Images* images = nullptr;  ///< Null: only have a worker ready.
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
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return stopping || warm || !queue.empty(); });
        if (stopping) break;
        warm = false;
        if (!queue.empty()) request = queue.front();
      }
      if (request == nullptr) {
        if (auto ready = have_worker(); !ready.ok()) lose_worker(ready.error().message);
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

  core::Result<imaging::FlagResult> do_job(const Request& request) {
    const std::uint64_t number = ++job_number;
    auto memory = job_memory(number, *request.images, *request.identity, *request.parameters);
    if (!memory.ok()) return memory.error().with_context("findings unavailable");
    std::string why;
    for (int attempt = 1; attempt <= options.attempts_max; ++attempt) {
      auto answer = try_job(number, memory->get());
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

  core::Result<imaging::FlagResult> try_job(std::uint64_t number, int memory_fd) {
    PC_CHECK(have_worker());
    const core::TimePoint deadline = core::SystemClock().now() + options.job_timeout;
    PC_CHECK(socket.send(FrameType::kJob, number, {}, memory_fd, options.job_timeout));
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
  bool warm = false;
  bool stopping = false;
  WorkerState view;

  // Of the one thread.
  std::optional<core::ChildProcess> child;
  FrameSocket socket;
  std::uint64_t job_number = 0;
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
  Impl::Request request{&images, &identity, &parameters, std::nullopt};
  std::unique_lock lock(impl_->mutex);
  if (impl_->stopping)
    return core::Error{core::ErrorCode::kUnavailable,
                       "findings unavailable: the worker is being shut down"};
  impl_->queue.push_back(&request);
  impl_->wake.notify_all();
  impl_->done.wait(lock, [&] { return request.result.has_value(); });
  return std::move(*request.result);
}

WorkerState WorkerClient::state() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->view;
}

}  // namespace portcullis::inspection
