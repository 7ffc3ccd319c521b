#include "inspection/worker/worker_main.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "core/version.h"
#include "inspection/worker/flag_json.h"
#include "inspection/worker/frame_socket.h"
#include "inspection/worker/job.h"

namespace portcullis::inspection {

namespace {

/// A read-only view of a sealed memory file.
class MappedJob final {
 public:
  MappedJob() = default;
  MappedJob(const MappedJob&) = delete;
  MappedJob& operator=(const MappedJob&) = delete;
  ~MappedJob() {
    if (data_ != nullptr) ::munmap(data_, size_);
  }
  core::Status map(int fd) {
    // Only a file that can no longer shrink or change is read: no SIGBUS, no check that holds
    // now and not later.
    const int seals = ::fcntl(fd, F_GET_SEALS);
    constexpr int kNeeded = F_SEAL_SHRINK | F_SEAL_WRITE;
    if (seals < 0 || (seals & kNeeded) != kNeeded)
      return core::Error{core::ErrorCode::kInvalidInput, "worker job: memory: not sealed"};
    struct stat info {};
    if (::fstat(fd, &info) != 0 || info.st_size <= 0)
      return core::Error{core::ErrorCode::kInvalidInput, "worker job: memory: empty"};
    size_ = static_cast<std::size_t>(info.st_size);
    void* data = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED)
      return core::Error{core::ErrorCode::kIo,
                         std::string("worker job: memory: ") + std::strerror(errno)};
    data_ = data;
    return {};
  }
  [[nodiscard]] std::span<const std::byte> bytes() const {
    return {static_cast<const std::byte*>(data_), size_};
  }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

core::Result<std::string> do_job(const Frame& frame, const FlagFunction& flag_function) {
  if (!frame.fd)
    return core::Error{core::ErrorCode::kInvalidInput, "worker job: no memory came with it"};
  Job job;
  {
    MappedJob memory;
    PC_CHECK(memory.map(frame.fd.get()));
    PC_TRY(job, parse_job(memory.bytes()));
  }
  if (job.number != frame.job)
    return core::Error{core::ErrorCode::kInvalidInput, "worker job: number: not the one announced"};
  const imaging::FlagResult result = flag_function(job.images, job.identity, job.parameters);
  return to_json(result).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int run_worker(int socket_fd, const FlagFunction& flag_function) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);  // personal data may lie in the memory
  ::fcntl(socket_fd, F_SETFD, FD_CLOEXEC);
  FrameSocket socket(OwnedFd(socket_fd), -1);
  constexpr auto kSendLimit = std::chrono::seconds(10);
  if (auto sent = socket.send(FrameType::kHello, 0, core::kVersion, -1, kSendLimit); !sent.ok()) {
    std::fprintf(stderr, "portcullis-worker: %s\n", sent.error().message.c_str());
    return 1;
  }
  for (;;) {
    auto frame = socket.receive(core::Duration(-1));
    if (!frame.ok()) {
      if (frame.error().code == core::ErrorCode::kUnavailable) return 0;  // the lane closed: done
      std::fprintf(stderr, "portcullis-worker: %s\n", frame.error().message.c_str());
      return 1;
    }
    if (frame->type != FrameType::kJob) continue;
    const auto answer = do_job(frame.value(), flag_function);
    const auto sent =
        answer.ok()
            ? socket.send(FrameType::kResult, frame->job, answer.value(), -1, kSendLimit)
            : socket.send(FrameType::kRefused, frame->job, answer.error().message, -1, kSendLimit);
    if (!sent.ok()) {
      std::fprintf(stderr, "portcullis-worker: %s\n", sent.error().message.c_str());
      return 1;
    }
  }
}

}  // namespace portcullis::inspection
