#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "simulator/live/fault_table.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {

/// The faults that a truck's scene brings along: each begins `at_s` after its event, once, and ends
/// after its time, or with the truck.
/// Threading: one thread; time is handed in.
class SceneFaults final {
 public:
  /// Fails where the live simulator has no such fault or it cannot have that value, naming both.
  static core::Status check(const Scene& scene);

  /// A truck arrives, or (null) is gone: what its scene began, and what has no end of its own,
  /// ends.
  void set_scene(std::shared_ptr<const Scene> scene, FaultTable& faults);
  /// An event of this truck; only its first time counts.
  void note(SceneEvent event, core::TimePoint now);
  /// Begins what is due.
  void tick(core::TimePoint now, FaultTable& faults);
  /// Since the simulator's start.
  [[nodiscard]] std::uint64_t begun() const { return begun_; }

 private:
  std::shared_ptr<const Scene> scene_;
  std::array<std::optional<core::TimePoint>, kSceneEventCount> seen_{};
  std::vector<bool> done_;
  std::uint64_t begun_ = 0;
};

}  // namespace portcullis::simulator
