#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "simulator/offline/line_synthesizer.h"

namespace {
std::atomic<bool> counting{false};
std::atomic<int> allocations{0};

void* counted(std::size_t size) {
  if (counting) ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) {
  return counted(size);
}
void* operator new[](std::size_t size) {
  return counted(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace portcullis::simulator {
namespace {

TEST(LineSynthesizer, DoesNotAllocate) {
  const auto scanner = load_scanner("gantry-small");
  const auto scene = parse_scene(
      "[[object]]\nshape = \"sphere\"\nsize_mm = 1500\ncenter_mm = [800, 0, 800]\nmaterial = "
      "\"steel\"\n",
      "s", ".");
  ASSERT_TRUE(scanner.ok() && scene.ok());
  const auto rays = SceneRays::trace(*scene, *scanner, {0, 1600}, {});
  ASSERT_TRUE(rays.ok());
  LineSynthesizer detector(*scanner, {}, 1);
  std::vector<std::uint32_t> samples(detector.pixels());
  const auto run = [&](std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t k = from; k < to; ++k) {
      PulseState pulse;
      pulse.pulse = k;
      pulse.energy = energy_of_pulse(k);
      pulse.x_mm = static_cast<double>(k) * 4;
      pulse.time_s = static_cast<double>(k) / 200;
      PulseFacts facts;
      detector.synthesize(pulse, k % 5 == 0 ? nullptr : &*rays, samples, facts);
    }
  };
  run(0, 2);  // tables made on first use
  counting = true;
  run(2, 400);
  counting = false;
  EXPECT_EQ(allocations, 0);
  std::vector<int> canary;
  counting = true;
  canary.resize(1000);
  counting = false;
  EXPECT_GE(allocations, 1) << "the counter counts";
}

}  // namespace
}  // namespace portcullis::simulator
