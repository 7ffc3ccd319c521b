#include "simulator/live/scene_renderer.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/assert.h"

namespace portcullis::simulator {
namespace {

constexpr double kMarginMm = 50;  // air on both ends of what is traced

}  // namespace

SceneRenderer::SceneRenderer(Scanner scanner, double step_mm, double travel_from_mm,
                             double travel_to_mm)
    : scanner_(std::move(scanner)),
      step_mm_(step_mm),
      travel_from_mm_(travel_from_mm),
      travel_to_mm_(travel_to_mm),
      thread_([this] { run(); }) {}

SceneRenderer::~SceneRenderer() {
  quit_ = true;
  {
    const std::lock_guard lock(mutex_);  // so that the notice does not fall before the wait
  }
  changed_.notify_all();
  thread_.join();
}

bool SceneRenderer::busy() const {
  const std::lock_guard lock(mutex_);
  return scene_ != nullptr || result_.has_value();
}

void SceneRenderer::begin(std::shared_ptr<const Scene> scene) {
  {
    const std::lock_guard lock(mutex_);
    PC_ASSERT(scene != nullptr && scene_ == nullptr && !result_.has_value());
    scene_ = std::move(scene);
    share_ = 0;
  }
  changed_.notify_all();
}

std::optional<core::Result<std::shared_ptr<const SceneRays>>> SceneRenderer::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(result_, std::nullopt);
}

void SceneRenderer::run() {
  ::pthread_setname_np(::pthread_self(), "sim-renderer");
  const auto thread_id = static_cast<id_t>(::syscall(SYS_gettid));
  ::setpriority(PRIO_PROCESS, thread_id, 19);
  while (true) {
    std::shared_ptr<const Scene> scene;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return quit_.load() || scene_ != nullptr; });
      if (quit_) return;
      scene = scene_;
    }
    const std::array<double, 2> extent = scene->extent_mm();
    const std::array<double, 2> range{std::max(extent[0] - kMarginMm, travel_from_mm_),
                                      std::min(extent[1] + kMarginMm, travel_to_mm_)};
    core::Result<std::shared_ptr<const SceneRays>> result{std::shared_ptr<const SceneRays>{}};
    if (!scene->solids.empty() && range[1] - range[0] > step_mm_) {
      SceneRays::Options options;
      options.step_mm = step_mm_;
      options.parallel = false;
      options.progress = [this](double share) {
        share_ = share;
        return !quit_.load();
      };
      core::Result<SceneRays> rays = SceneRays::trace(*scene, scanner_, range, options);
      if (rays.ok()) {
        result = std::make_shared<const SceneRays>(std::move(rays).value());
      } else {
        result = rays.error();
      }
    }
    const std::lock_guard lock(mutex_);
    scene_.reset();
    result_ = std::move(result);
  }
}

}  // namespace portcullis::simulator
