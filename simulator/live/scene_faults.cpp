#include "simulator/live/scene_faults.h"

#include <chrono>
#include <string>
#include <utility>

namespace portcullis::simulator {
namespace {

double value_of_fault(const SceneFault& fault, LiveFault live) {
  return fault.value_given ? fault.value : live_fault_info(live).value_default;
}

}  // namespace

core::Status SceneFaults::check(const Scene& scene) {
  for (const SceneFault& fault : scene.faults) {
    const auto live = find_live_fault(fault.kind);
    if (!live) {
      return core::Error{core::ErrorCode::kUnsupported,
                         scene.path.string() + ": fault \"" + fault.kind +
                             "\" is for offline scans; the live simulator knows " +
                             live_fault_names()};
    }
    if (const auto good = FaultTable::check(*live, value_of_fault(fault, *live), fault.for_s);
        !good.ok())
      return good.error().with_context(scene.path.string() + ": fault");
  }
  return {};
}

void SceneFaults::set_scene(std::shared_ptr<const Scene> scene, FaultTable& faults) {
  if (scene_) {
    for (std::size_t i = 0; i < done_.size(); ++i) {
      const SceneFault& fault = scene_->faults[i];
      if (done_[i] && fault.for_s <= 0) faults.clear(*find_live_fault(fault.kind));
    }
  }
  scene_ = std::move(scene);
  seen_.fill(std::nullopt);
  done_.assign(scene_ ? scene_->faults.size() : 0, false);
}

void SceneFaults::note(SceneEvent event, core::TimePoint now) {
  auto& seen = seen_[static_cast<std::size_t>(event)];
  if (!seen) seen = now;
}

void SceneFaults::tick(core::TimePoint now, FaultTable& faults) {
  for (std::size_t i = 0; i < done_.size(); ++i) {
    const SceneFault& fault = scene_->faults[i];
    const auto& since = seen_[static_cast<std::size_t>(fault.after)];
    if (done_[i] || !since || std::chrono::duration<double>(now - *since).count() < fault.at_s)
      continue;
    done_[i] = true;
    const LiveFault live = *find_live_fault(fault.kind);
    if (faults.set(live, value_of_fault(fault, live), fault.for_s, now).ok()) ++begun_;
  }
}

}  // namespace portcullis::simulator
