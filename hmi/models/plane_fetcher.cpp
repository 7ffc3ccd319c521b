#include "hmi/models/plane_fetcher.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

#include <algorithm>
#include <chrono>
#include <utility>

#include "hmi/models/lane_calls.h"
#include "services/wire/grpc_error.h"

namespace portcullis::hmi {
namespace {

constexpr std::uint64_t kImageBytesMax = 512ULL * 1024 * 1024;
constexpr std::chrono::seconds kPlaneDeadline{30};
#ifdef __linux__
constexpr int kLaterNice = 10;  // a tenth of another thread's share of a core
#endif

/// The order is that of use: the standard image, then what the other views need.
constexpr std::array kPlaneOrder = {Plane::kHigh, Plane::kMaterial, Plane::kMass, Plane::kLow};

constexpr std::size_t index_of(Plane plane) {
  return static_cast<std::size_t>(plane);
}

bool comes_later(const grpc::Status& status) {
  const auto code = services::error_code_from_grpc(status.error_code());
  return code == core::ErrorCode::kUnavailable || code == core::ErrorCode::kNotFound ||
         code == core::ErrorCode::kTimeout;
}

/// The calling thread works when the others leave it a core.
void work_when_idle() {
#ifdef __linux__
  setpriority(PRIO_PROCESS, 0, kLaterNice);  // of Linux: the thread's own, see setpriority(2)
#endif
}

PlaneLevel level_of(const std::string& bytes, Plane plane, int columns, int rows) {
  PlaneLevel level;
  level.columns = columns;
  level.rows = rows;
  if (plane == Plane::kMaterial) {
    level.classes.assign(bytes.begin(), bytes.end());
    return level;
  }
  level.codes.resize(bytes.size() / 2);
  for (std::size_t i = 0; i < level.codes.size(); ++i) {
    level.codes[i] = static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[2 * i]) |
                                                static_cast<unsigned char>(bytes[2 * i + 1]) << 8);
  }
  return level;
}

}  // namespace

/// Lets set() and want_ahead() cut the call off.
class PlaneFetcher::CallOf {
 public:
  CallOf(PlaneFetcher& fetcher, Wish& of, grpc::ClientContext& context)
      : fetcher_(fetcher), of_(of) {
    const std::lock_guard lock(fetcher_.mutex_);
    of_.call = &context;
  }
  ~CallOf() {
    const std::lock_guard lock(fetcher_.mutex_);
    of_.call = nullptr;
  }
  CallOf(const CallOf&) = delete;
  CallOf& operator=(const CallOf&) = delete;

 private:
  PlaneFetcher& fetcher_;
  Wish& of_;
};

void PlaneFetcher::cut_off(const Wish& wish) {
  if (wish.call != nullptr) wish.call->TryCancel();
}

PlaneFetcher::PlaneFetcher(LaneCalls& calls, Told told) : calls_(calls), told_(std::move(told)) {}

PlaneFetcher::~PlaneFetcher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void PlaneFetcher::start() {
  threads_.emplace_back([this] { fetch_loop(wish_); });
  threads_.emplace_back([this] { fetch_loop(other_wish_); });
  threads_.emplace_back([this] { ahead_loop(); });
}

void PlaneFetcher::want(const std::string& scan_id) {
  set(wish_, scan_id);
}

void PlaneFetcher::want_other(const std::string& scan_id) {
  set(other_wish_, scan_id);
}

void PlaneFetcher::set(Wish& wish, const std::string& scan_id) {
  PlaneSet dropped;
  {
    const std::lock_guard lock(mutex_);
    wish.scan_id = scan_id;
    ++wish.number;
    cut_off(wish);
    cut_off(ahead_);
    dropped = std::exchange(wish.held, {});
    if (!scan_id.empty() && scan_id == ahead_.scan_id) {
      wish.held = std::exchange(ahead_.held, {});
      ahead_.scan_id.clear();
      ahead_.done = ++ahead_.number;
    }
  }
  changed_.notify_all();
}

void PlaneFetcher::want_ahead(const std::string& scan_id) {
  PlaneSet dropped;
  {
    const std::lock_guard lock(mutex_);
    if (scan_id == ahead_.scan_id) return;
    ahead_.scan_id = scan_id;
    ++ahead_.number;
    cut_off(ahead_);
    dropped = std::exchange(ahead_.held, {});
  }
  changed_.notify_all();
}

bool PlaneFetcher::is_here(const std::string& scan_id) const {
  const std::lock_guard lock(mutex_);
  return ahead_.scan_id == scan_id &&
         std::all_of(ahead_.held.begin(), ahead_.held.end(),
                     [](const auto& plane) { return plane != nullptr; });
}

void PlaneFetcher::fetch_loop(Wish& of) {
  for (;;) {
    std::string scan_id;
    std::uint64_t number = 0;
    PlaneSet held;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || of.number != of.done; });
      if (stopping_) return;
      scan_id = of.scan_id;
      number = of.number;
      held = std::exchange(of.held, {});
    }
    const auto superseded = [&] {
      const std::lock_guard lock(mutex_);
      return stopping_ || of.number != number;
    };
    if (scan_id.empty() ||
        fetch_planes(of, scan_id, std::move(held), superseded) != Done::kTryAgain) {
      {
        const std::lock_guard lock(mutex_);
        of.done = number;
      }
      changed_.notify_all();
    } else if (!calls_.pause()) {
      return;
    }
  }
}

grpc::Status PlaneFetcher::fetch_plane(Wish& of, const std::string& scan_id, Plane plane,
                                       PlaneData& data, const std::function<bool()>& superseded) {
  const bool ahead = &of == &ahead_;
  grpc::Status damaged(grpc::StatusCode::DATA_LOSS,
                       "the lane sent an image that does not fit its own size");
  api::v1::GetImageRequest request;
  request.set_scan_id(scan_id);
  request.set_plane(static_cast<api::v1::GetImageRequest::Plane>(plane));
  request.set_ahead(ahead);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kPlaneDeadline);
  const LaneCalls::Open open(calls_, context);
  const CallOf call(*this, of, context);
  if (superseded()) context.TryCancel();
  const auto reader = (ahead ? calls_.stub_beside() : calls_.stub()).GetImage(&context, request);
  const std::size_t bytes_per_pixel = plane == Plane::kMaterial ? 1 : 2;
  int columns = 0, rows = 0;
  std::string bytes;
  std::uint64_t size = 0;
  api::v1::ImageChunk chunk;
  bool fits = true;
  while (reader->Read(&chunk)) {
    if (bytes.empty()) {
      size = static_cast<std::uint64_t>(chunk.columns()) * chunk.rows() * bytes_per_pixel;
      fits = chunk.bytes_per_pixel() == bytes_per_pixel && size > 0 && size <= kImageBytesMax;
      if (!fits) break;
      bytes.reserve(size);
      data.scan_id = scan_id;
      data.plane = plane;
      columns = static_cast<int>(chunk.columns());
      rows = static_cast<int>(chunk.rows());
      data.mm_per_px = chunk.mm_per_px();
      data.x_first_mm = chunk.x_first_mm();
      data.z_first_mm = chunk.z_first_mm();
      data.source_distance_mm = chunk.source_distance_mm();
      data.source_z_mm = chunk.source_z_mm();
    }
    fits = chunk.offset() == bytes.size() && bytes.size() + chunk.data().size() <= size;
    if (!fits) break;
    bytes += chunk.data();
  }
  if (!fits) context.TryCancel();
  grpc::Status status = reader->Finish();
  if (!fits) return damaged;
  if (!status.ok()) return status;
  if (bytes.empty() || bytes.size() != size) return damaged;
  data.levels = make_pyramid(level_of(bytes, plane, columns, rows));
  return grpc::Status::OK;
}

PlaneFetcher::Done PlaneFetcher::fetch_planes(Wish& of, const std::string& scan_id, PlaneSet held,
                                              const std::function<bool()>& superseded) {
  for (const Plane plane : kPlaneOrder) {
    if (superseded()) return Done::kYes;
    std::shared_ptr<const PlaneData> here = std::exchange(held[index_of(plane)], nullptr);
    if (here == nullptr) {
      auto data = std::make_shared<PlaneData>();
      const grpc::Status status = fetch_plane(of, scan_id, plane, *data, superseded);
      if (superseded()) return Done::kYes;
      if (!status.ok()) {
        if (comes_later(status)) return Done::kTryAgain;
        told_.failed(scan_id, QString::fromStdString(status.error_message()));
        return Done::kNever;
      }
      here = std::move(data);
    }
    told_.plane(here);
  }
  return Done::kYes;
}

void PlaneFetcher::ahead_loop() {
  work_when_idle();
  for (;;) {
    std::string scan_id;
    std::uint64_t number = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || (ahead_.number != ahead_.done && idle()); });
      if (stopping_) return;
      scan_id = ahead_.scan_id;
      number = ahead_.number;
    }
    const Done done = scan_id.empty() ? Done::kYes : fetch_ahead(scan_id, number);
    if (done == Done::kTryAgain) {
      if (!calls_.pause()) return;
      continue;
    }
    const std::lock_guard lock(mutex_);
    ahead_.done = number;
  }
}

// What the officer wants meanwhile ends it; the planes that are here by then are kept.
PlaneFetcher::Done PlaneFetcher::fetch_ahead(const std::string& scan_id, std::uint64_t number) {
  const auto superseded = [&] {
    const std::lock_guard lock(mutex_);
    return stopping_ || ahead_.number != number || !idle();
  };
  for (const Plane plane : kPlaneOrder) {
    {
      const std::lock_guard lock(mutex_);
      if (ahead_.number != number) return Done::kYes;
      if (ahead_.held[index_of(plane)] != nullptr) continue;
    }
    if (superseded()) return Done::kTryAgain;
    auto data = std::make_shared<PlaneData>();
    const grpc::Status status = fetch_plane(ahead_, scan_id, plane, *data, superseded);
    // Nobody is told: the officer has not asked for it, and it is fetched when he does.
    if (!status.ok()) return superseded() || comes_later(status) ? Done::kTryAgain : Done::kNever;
    const std::lock_guard lock(mutex_);
    if (ahead_.number == number) ahead_.held[index_of(plane)] = std::move(data);
  }
  return Done::kYes;
}

}  // namespace portcullis::hmi
