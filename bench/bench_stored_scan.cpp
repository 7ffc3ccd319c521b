// The first picture of a stored scan: from the moment the lane names its case to the window with
// the standard image drawn, over the lane's API, out of a scan file; and where the screen has
// fetched it ahead. 5,000 x 1,472 pixels.

#include <benchmark/benchmark.h>

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "apps/lane/stored_planes.h"
#include "archive/scan_file.h"
#include "hmi/app/hmi_app.h"
#include "imaging/display/quantise.h"
#include "imaging/pipeline/write_images.h"
#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"

namespace {

namespace stored_hmi = portcullis::hmi;
namespace apps = portcullis::apps;
namespace archive = portcullis::archive;
namespace imaging = portcullis::imaging;
namespace services = portcullis::services;
namespace test = portcullis::test;

constexpr std::uint32_t kStoredColumns = 5000;
constexpr std::uint32_t kStoredRows = 1472;
constexpr int kPictures = 20;

void must(bool there, const char* what) {
  if (there) return;
  std::fprintf(stderr, "bench_hmi: %s could not be had\n", what);
  std::exit(1);
}

/// The drawn truck, beside itself, as imaging would have made it.
imaging::Images truck_images() {
  test::FakeLane drawn;
  drawn.fill_with_trucks(kStoredColumns, kStoredRows);
  imaging::Images images;
  images.grid = {static_cast<int>(kStoredColumns), static_cast<int>(kStoredRows), 4.0, 0.0, 5000.0};
  const auto codes = [&](services::ImagePlane plane) {
    const auto image = drawn.image("scan-1", plane);
    must(image.ok(), "the drawn truck");
    return *image->pixels;
  };
  const auto high = codes(services::ImagePlane::kHigh);
  const auto low = codes(services::ImagePlane::kLow);
  const auto mass = codes(services::ImagePlane::kMass);
  const auto material = codes(services::ImagePlane::kMaterial);
  const auto code_at = [](const std::vector<std::byte>& bytes, std::size_t i) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[2 * i]) |
                                      std::to_integer<unsigned>(bytes[2 * i + 1]) << 8);
  };
  for (std::size_t i = 0; i < images.size(); ++i) {
    images.transmission_high.push_back(imaging::transmission_from_code(code_at(high, i)));
    images.transmission_low.push_back(imaging::transmission_from_code(code_at(low, i)));
    images.mass_g_cm2.push_back(imaging::mass_from_code_g_cm2(code_at(mass, i)));
    images.material.push_back(std::to_integer<std::uint8_t>(material[i]));
  }
  return images;
}

/// A sealed scan file with the images in it.
std::filesystem::path stored_scan(const std::filesystem::path& folder) {
  const auto path = folder / "stored.pscan";
  portcullis::core::ScanMeta meta;
  meta.id = "scan-1";
  meta.geometry.module_count = 1;
  meta.geometry.pixels_per_module = 1;
  meta.geometry.pixels.push_back({});
  auto writer = archive::ScanWriter::create(path, meta, {});
  must(writer.ok() && writer->seal(portcullis::core::ScanOutcome::kComplete, "", {}).ok(),
       "a scan file");
  const auto images = truck_images();
  const auto encoded = imaging::encode_images(images);
  must(encoded.ok(), "encoded images");
  for (const auto& one : *encoded)
    must(archive::store_image(path, one.name, apps::image_note({}, images.grid), one.bytes).ok(),
         "stored images");
  return path;
}

/// `ahead`: the lane has named each case as the next one, and the screen has had time to fetch it.
void time_first_pictures(benchmark::State& state, bool ahead) {
  std::string name = (std::filesystem::temp_directory_path() / "pc-bench-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(name.data());
  {
    const auto path = stored_scan(folder);
    test::FakeLane lane;
    lane.set_image_source([&path](const std::string&, services::ImagePlane plane) {
      return apps::stored_plane(path, plane);
    });
    services::LaneServer server(lane);
    must(server.start(folder / "lane.sock").ok(), "the lane's socket");
    stored_hmi::ScreenOptions options;
    options.address = QString::fromStdString("unix:" + (folder / "lane.sock").string());
    const portcullis::core::SystemClock clock;
    stored_hmi::HmiApp app(options, clock);
    must(app.start().ok(), "the screen");
    lane.beat();
    must(QTest::qWaitFor([&] { return !app.lane().stale(); }, 20000), "the lane's status");
    app.tools().set_view(QStringLiteral("standard"));
    bool drawn = false;
    QObject::connect(&app.window(), &QQuickWindow::frameSwapped, &app, [&] { drawn = true; });
    for (auto _ : state) {
      std::vector<double> picture_ms;
      for (int i = 1; i <= kPictures; ++i) {
        const std::string scan_id = "scan-" + std::to_string(i);
        QElapsedTimer timer;
        timer.start();
        lane.show_case(test::truck_case("case-" + std::to_string(i), scan_id, true));
        const auto there = [&] {
          return app.images().scan_id() == scan_id && app.images().ready() &&
                 app.window().property("image_drawn").toBool();
        };
        while (!there()) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        drawn = false;
        app.window().update();
        while (!drawn) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (!ahead || i > 1)  // nothing was on the screen before the first
          picture_ms.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        // The other planes come after it; none of them is still on its way when the next begins.
        must(QTest::qWaitFor([&] { return app.images().complete(); }, 20000), "the other planes");
        if (!ahead) continue;
        lane.set_next({i + 1});
        const std::string next = "scan-" + std::to_string(i + 1);
        must(QTest::qWaitFor([&] { return app.is_ahead(next); }, 20000), "the next case's planes");
      }
      std::sort(picture_ms.begin(), picture_ms.end());
      state.counters["median_ms"] = picture_ms[picture_ms.size() / 2];
      state.counters["max_ms"] = picture_ms.back();
    }
    server.stop();
  }
  std::filesystem::remove_all(folder);
}

void first_picture_of_a_stored_scan(benchmark::State& state) {
  time_first_pictures(state, false);
}
void first_picture_of_the_next_case(benchmark::State& state) {
  time_first_pictures(state, true);
}
BENCHMARK(first_picture_of_a_stored_scan)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(3)
    ->UseRealTime();
BENCHMARK(first_picture_of_the_next_case)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->Repetitions(3)
    ->UseRealTime();

}  // namespace
