#include "inspection/worker/worker_main.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

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

core::Result<Job> read_memory(const Frame& frame) {
  if (!frame.fd)
    return core::Error{core::ErrorCode::kInvalidInput, "worker job: no memory came with it"};
  MappedJob memory;
  PC_CHECK(memory.map(frame.fd.get()));
  PC_TRY(Job job, parse_job(memory.bytes()));
  if (job.number != frame.job)
    return core::Error{core::ErrorCode::kInvalidInput, "worker job: number: not the one announced"};
  return job;
}

/// The scan whose blocks are coming.
class RunningScan final {
 public:
  void add(const Frame& frame) {
    if (!started_ || number_ != frame.job) {
      *this = RunningScan();
      started_ = true;
      number_ = frame.job;
    }
    if (auto taken = take(frame); !taken.ok() && problem_.ok()) problem_ = taken;
  }
  core::Result<std::string> end(const Frame& frame, const PlaneFunction& plane_function) {
    RunningScan scan = std::move(*this);
    *this = RunningScan();
    PC_CHECK(scan.problem_);
    PC_TRY(const JobEnd said, parse_job_end(frame.text));
    if (!scan.started_ || scan.number_ != frame.job || said.blocks != scan.blocks_ ||
        said.grid.columns != scan.columns_ || said.grid.rows != scan.grid_.rows ||
        std::abs(said.grid.mm_per_px - scan.grid_.mm_per_px) > 0) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         "worker job: blocks: not those that the scan's end names"};
    }
    const imaging::WorkPlane plane = scan.builder_->take(said.grid, scan.obliquity_);
    const auto result = plane_function(plane, said.grid, said.identity, said.parameters);
    return to_json(result).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

 private:
  core::Status take(const Frame& frame) {
    PC_TRY(const Job job, read_memory(frame));
    const imaging::Images& images = job.images;
    if (!builder_) {
      builder_.emplace(images.grid.mm_per_px, images.grid.rows,
                       std::min(imaging::usual_columns(images.grid.mm_per_px), kColumnsMax));
      grid_ = images.grid;
      obliquity_ = images.obliquity;
    }
    if (images.grid.rows != grid_.rows || images.obliquity != obliquity_ ||
        std::abs(images.grid.mm_per_px - grid_.mm_per_px) > 0 ||
        images.grid.columns > kColumnsMax - columns_) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         "worker job: block: does not fit the ones before it"};
    }
    const imaging::ImageBlock block = imaging::whole_block(images);
    if (columns_ > 0 && block.first_column != after_ &&
        block.first_column + block.columns != before_) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         "worker job: block: not beside the ones before it"};
    }
    before_ = columns_ > 0 ? std::min(before_, block.first_column) : block.first_column;
    after_ = columns_ > 0 ? std::max(after_, block.first_column + block.columns)
                          : block.first_column + block.columns;
    columns_ += block.columns;
    ++blocks_;
    builder_->add(block);
    return {};
  }

  static constexpr int kColumnsMax = 65'535;
  bool started_ = false;
  std::uint64_t number_ = 0;
  core::Status problem_;
  std::optional<imaging::WorkPlaneBuilder> builder_;
  core::ImageGrid grid_;
  std::vector<float> obliquity_;
  std::int64_t before_ = 0, after_ = 0;  // columns that are there: [before_, after_)
  int columns_ = 0;
  std::uint32_t blocks_ = 0;
};

core::Result<std::string> do_job(const Frame& frame, const FlagFunction& flag_function) {
  PC_TRY(const Job job, read_memory(frame));
  const imaging::FlagResult result = flag_function(job.images, job.identity, job.parameters);
  return to_json(result).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int run_worker(int socket_fd, const FlagFunction& flag_function,
               const PlaneFunction& plane_function) {
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
  RunningScan running;
  for (;;) {
    auto frame = socket.receive(core::Duration(-1));
    if (!frame.ok()) {
      if (frame.error().code == core::ErrorCode::kUnavailable) return 0;  // the lane closed: done
      std::fprintf(stderr, "portcullis-worker: %s\n", frame.error().message.c_str());
      return 1;
    }
    if (frame->type == FrameType::kBlock) running.add(frame.value());
    if (frame->type != FrameType::kJob && frame->type != FrameType::kEnd) continue;
    const auto answer = frame->type == FrameType::kEnd ? running.end(frame.value(), plane_function)
                                                       : do_job(frame.value(), flag_function);
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
