#include <gtest/gtest.h>

#include "simulator/offline/line_synthesizer.h"
#include "tests/support/allocation_counter.h"

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
  const auto before = testing_support::allocations_so_far();
  run(2, 400);
  EXPECT_EQ(testing_support::allocations_so_far(), before);
  const std::vector<int> canary(1000);
  EXPECT_GT(testing_support::allocations_so_far(), before) << "the counter counts";
}

}  // namespace
}  // namespace portcullis::simulator
