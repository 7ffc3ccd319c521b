// The whole Operate window at 1920 x 1080 in software, a 30 Mpx image on it: each frame is one
// input of the officer, from its event to the finished picture of exactly that view.

#include <benchmark/benchmark.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hmi/app/hmi_app.h"
#include "hmi/app/level_memory.h"
#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"

namespace {

namespace hmi = portcullis::hmi;
namespace core = portcullis::core;

constexpr std::uint32_t kColumns = 10000;
constexpr std::uint32_t kRows = 3000;
constexpr int kFrames = 240;

/// A screen with a case in review.
class Bench {
 public:
  Bench() : folder_(make_folder()), server_(lane_) {
    lane_.fill_with_trucks(kColumns, kRows);
    require(server_.start(folder_ / "lane.sock").ok(), "the lane's socket");
    hmi::ScreenOptions options;
    options.address = QString::fromStdString("unix:" + (folder_ / "lane.sock").string());
    app_ = std::make_unique<hmi::HmiApp>(options, clock_);
    require(app_->start().ok(), "the screen");
    lane_.beat();
    lane_.show_case(portcullis::test::truck_case("case-1", "scan-1", false));
    require(QTest::qWaitFor([this] { return app_->image_drawn(); }, 60000), "the image");
  }
  ~Bench() {
    app_.reset();
    server_.stop();
    std::filesystem::remove_all(folder_);
  }
  hmi::HmiApp& app() { return *app_; }

 private:
  static std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pc-bench-XXXXXX").string();
    return ::mkdtemp(name.data());
  }
  static void require(bool there, const char* what) {
    if (there) return;
    std::fprintf(stderr, "bench_hmi: %s could not be had\n", what);
    std::exit(1);
  }

  std::filesystem::path folder_;
  core::SystemClock clock_;
  portcullis::test::FakeLane lane_;
  portcullis::services::LaneServer server_;
  std::unique_ptr<hmi::HmiApp> app_;
};

/// Made by the first benchmark that asks, and gone before the application is.
std::unique_ptr<Bench>& the_bench() {
  static std::unique_ptr<Bench> bench;
  return bench;
}

/// `input` of frame i; its time is that until the window has been drawn.
void time_frames(benchmark::State& state, const char* view,
                 const std::function<void(hmi::HmiApp&, int)>& input) {
  if (the_bench() == nullptr) the_bench() = std::make_unique<Bench>();
  hmi::HmiApp& app = the_bench()->app();
  app.tools().begin_case();
  app.tools().set_view(QString::fromLatin1(view));
  app.view().fit();
  if (!QTest::qWaitFor([&] { return app.image_drawn(); }, 20000)) {
    state.SkipWithError("the image was not drawn");
    return;
  }
  QQuickWindow& window = app.window();
  bool drawn = false;
  QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [&] { drawn = true; });
  for (auto _ : state) {
    std::vector<double> frame_ms;
    for (int i = 0; i < kFrames; ++i) {
      drawn = false;
      QElapsedTimer timer;
      timer.start();
      input(app, i);
      while (!drawn || !app.image_drawn()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
      }
      frame_ms.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(frame_ms.begin(), frame_ms.end());
    const auto at = [&](double part) {
      return frame_ms[static_cast<std::size_t>(part * (kFrames - 1))];
    };
    state.counters["median_ms"] = at(0.5);
    state.counters["p99_ms"] = at(0.99);
    state.counters["max_ms"] = frame_ms.back();
  }
  window.disconnect(&window);
}

void settings(benchmark::internal::Benchmark* b) {
  b->Unit(benchmark::kMillisecond)->Iterations(1)->Repetitions(3)->UseRealTime();
}

void pan(hmi::HmiApp& app, int i) {
  if (i == 0) app.view().zoom_centre(4);
  app.view().pan_by(i % 80 < 40 ? -37 : 37, i % 20 < 10 ? -5 : 5);
}
void zoom(hmi::HmiApp& app, int i) {
  app.view().zoom_about(500, 200, i % 40 < 20 ? 1.1 : 1 / 1.1);
}
void window_level(hmi::HmiApp& app, int i) {
  app.tools().drag_window(i % 40 < 20 ? 3 : -3, i % 20 < 10 ? 2 : -2);
}

/// An officer at work: 20 frames of each in turn.
void mixed(hmi::HmiApp& app, int i) {
  switch (i / 20 % 3) {
    case 0:
      return pan(app, i);
    case 1:
      return zoom(app, i);
    default:
      return window_level(app, i);
  }
}

#define PORTCULLIS_FRAMES(name, view, input) \
  void name(benchmark::State& state) {       \
    time_frames(state, view, input);         \
  }                                          \
  BENCHMARK(name)->Apply(settings)

PORTCULLIS_FRAMES(mixed_both_rows, "both", mixed);
PORTCULLIS_FRAMES(pan_both_rows, "both", pan);
PORTCULLIS_FRAMES(zoom_both_rows, "both", zoom);
PORTCULLIS_FRAMES(window_level_both_rows, "both", window_level);
PORTCULLIS_FRAMES(pan_material, "material", pan);
PORTCULLIS_FRAMES(zoom_material, "material", zoom);
PORTCULLIS_FRAMES(zoom_standard, "standard", zoom);
PORTCULLIS_FRAMES(window_level_material, "material", window_level);
PORTCULLIS_FRAMES(window_level_standard, "standard", window_level);

}  // namespace

int main(int argc, char** argv) {
  portcullis::hmi::keep_memory_level();
  ::setenv("QT_QPA_PLATFORM", "offscreen", 0);
  ::setenv("QT_QUICK_BACKEND", "software", 0);
  QGuiApplication application(argc, argv);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  the_bench().reset();
  return 0;
}
