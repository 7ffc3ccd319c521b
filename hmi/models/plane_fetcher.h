#pragma once

#include <QString>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hmi/models/image_set.h"
#include "hmi/models/lane_data.h"

namespace grpc {
class ClientContext;
class Status;
}  // namespace grpc

namespace portcullis::hmi {

class LaneCalls;

/// Brings the planes of scans from the lane: those of the case on the screen, those of another scan
/// beside it, and, while neither of the two is wanted or still to come, those of the case that is
/// next. What was fetched ahead is kept here, of one scan at most, and is shown to nobody until
/// its scan is wanted: it is there at once then, and nothing is fetched again.
///
/// Ownership: borrows the calls. Threading: all members from any thread; `told` is called in
/// threads of this object.
class PlaneFetcher {
 public:
  struct Told {
    std::function<void(const std::shared_ptr<const PlaneData>&)> plane;
    /// A plane of that scan cannot be had, however often it is asked for.
    std::function<void(const std::string& scan_id, const QString& reason)> failed;
  };
  PlaneFetcher(LaneCalls& calls, Told told);
  /// Call LaneCalls::stop() before.
  ~PlaneFetcher();
  PlaneFetcher(const PlaneFetcher&) = delete;
  PlaneFetcher& operator=(const PlaneFetcher&) = delete;

  void start();
  /// All planes of a scan, the standard image first; tries again while the lane says they are not
  /// ready. Replaces what was wanted before; an empty id ends it.
  void want(const std::string& scan_id);
  /// The same of another scan, beside them.
  void want_other(const std::string& scan_id);
  /// To be kept until it is wanted. What was kept of another scan is dropped.
  void want_ahead(const std::string& scan_id);
  /// All planes of that scan were fetched ahead and are kept.
  [[nodiscard]] bool is_here(const std::string& scan_id) const;

 private:
  struct Wish {
    std::string scan_id;
    std::uint64_t number = 0;             ///< Counts changes.
    std::uint64_t done = 0;               ///< The change that was last carried out.
    PlaneSet held;                        ///< Here already, not told yet.
    grpc::ClientContext* call = nullptr;  ///< Under way; null: none.
  };
  class CallOf;
  static void cut_off(const Wish& wish);
  void set(Wish& wish, const std::string& scan_id);
  void fetch_loop(Wish& of);
  void ahead_loop();
  enum class Done : std::uint8_t { kYes, kNever, kTryAgain };
  grpc::Status fetch_plane(Wish& of, const std::string& scan_id, Plane plane, PlaneData& data,
                           const std::function<bool()>& superseded);
  Done fetch_planes(Wish& of, const std::string& scan_id, PlaneSet held,
                    const std::function<bool()>& superseded);
  Done fetch_ahead(const std::string& scan_id, std::uint64_t number);
  /// Nothing that the officer waits for. Under the lock.
  [[nodiscard]] bool idle() const {
    return wish_.number == wish_.done && other_wish_.number == other_wish_.done;
  }

  LaneCalls& calls_;
  const Told told_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  Wish wish_, other_wish_, ahead_;
  std::vector<std::thread> threads_;
};

}  // namespace portcullis::hmi
