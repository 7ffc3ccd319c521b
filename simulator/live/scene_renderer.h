#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/result.h"
#include "simulator/offline/line_synthesizer.h"

namespace portcullis::simulator {

/// Traces one truck at a time on a thread of the lowest priority, so that the rays of the next
/// truck are there when it may drive in and nothing that is timed suffers meanwhile.
///
/// Threading: one thread asks; the work is done on its own. Ownership: owns what it works on.
class SceneRenderer final {
 public:
  SceneRenderer(Scanner scanner, double step_mm, double travel_from_mm, double travel_to_mm);
  ~SceneRenderer();
  SceneRenderer(const SceneRenderer&) = delete;
  SceneRenderer& operator=(const SceneRenderer&) = delete;

  [[nodiscard]] bool busy() const;
  /// How much of the present scene is done, 0 to 1.
  [[nodiscard]] double share() const { return share_.load(); }
  /// Begins with `scene`; not while busy() (asserted).
  void begin(std::shared_ptr<const Scene> scene);
  /// The finished result, once; null rays where nothing of the scene is within the travel.
  std::optional<core::Result<std::shared_ptr<const SceneRays>>> take();

 private:
  void run();

  Scanner scanner_;
  double step_mm_, travel_from_mm_, travel_to_mm_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Scene> scene_;
  std::optional<core::Result<std::shared_ptr<const SceneRays>>> result_;
  std::atomic<double> share_{0};
  std::atomic<bool> quit_{false};
  std::thread thread_;
};

}  // namespace portcullis::simulator
