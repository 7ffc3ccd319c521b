// test-worker MANNER [FILE] --socket-fd N

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "inspection/worker/worker_main.h"

namespace {

bool exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

[[noreturn]] void hang() {
  for (;;) ::pause();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string manner = argv[1];
  const std::string file = argc > 4 ? argv[2] : "";
  const int fd = std::atoi(argv[argc - 1]);
  if (manner == "silent") hang();
  if (manner == "exits") return 3;
  if (manner == "garbage") {
    const char text[] = "this is no frame at all, and long enough to be taken for a header";
    static_cast<void>(::write(fd, text, sizeof text) == 0);
    hang();
  }
  using portcullis::imaging::FlagParameters;
  using portcullis::imaging::FlagResult;
  using portcullis::imaging::Images;
  const auto misbehave = [&] {
    if (manner == "hangs") hang();
    if (manner == "dies") ::kill(::getpid(), SIGKILL);
    if (manner == "waits") {
      // First worker: says that it is at work and waits to be killed; its successor answers.
      if (!exists(file)) {
        std::ofstream(file) << ::getpid();
        hang();
      }
    }
  };
  const auto answer = [&](double mass, const portcullis::core::ImageGrid& grid,
                          const portcullis::core::VehicleIdentity& identity) {
    FlagResult result;
    portcullis::core::ContainerObservation seen;
    seen.number = identity.containers.empty() ? "" : identity.containers[0].number;
    seen.load_mass_kg = mass;
    seen.bbox_px = {1, 2, grid.columns, grid.rows};
    result.containers.push_back(seen);
    if (manner == "lies") {
      portcullis::core::Finding finding;
      finding.score = 7;
      result.findings.push_back(finding);
    }
    return result;
  };
  return portcullis::inspection::run_worker(
      fd,
      [&](const Images& images, const portcullis::core::VehicleIdentity& identity,
          const FlagParameters&) {
        misbehave();
        return answer(static_cast<double>(images.mass_g_cm2.back()), images.grid, identity);
      },
      [&](const portcullis::imaging::WorkPlane& plane, const portcullis::core::ImageGrid& grid,
          const portcullis::core::VehicleIdentity& identity, const FlagParameters&) {
        misbehave();
        double sum = 0;
        for (const float mass : plane.mass_g_cm2) sum += static_cast<double>(mass);
        return answer(sum / static_cast<double>(plane.mass_g_cm2.size()), grid, identity);
      });
}
