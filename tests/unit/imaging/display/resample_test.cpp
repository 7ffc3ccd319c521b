#include "imaging/display/resample.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace portcullis::imaging {
namespace {

/// Two rows of codes of any value, the ends of the range among them, and places between them.
struct ResampleCase {
  std::vector<std::uint16_t> top, bottom;
  std::vector<std::uint32_t> first, weight;
  std::uint32_t down = 0;
};

ResampleCase resample_case(std::size_t columns, std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  ResampleCase made;
  const auto code = [&] {
    const std::uint32_t any = random() % 65536;
    return static_cast<std::uint16_t>(any < 9000 ? 0 : any > 56000 ? 65535 : any);
  };
  for (std::size_t c = 0; c < columns; ++c) {
    made.top.push_back(code());
    made.bottom.push_back(code());
  }
  for (std::size_t i = 0; i < count; ++i) {
    made.first.push_back(static_cast<std::uint32_t>(i * (columns - 1) / count));
    made.weight.push_back(random() % 257);
  }
  made.down = random() % 257;
  return made;
}

std::vector<std::uint16_t> resampled(const ResampleCase& made) {
  std::vector<std::uint32_t> mixed(made.top.size());
  std::vector<std::uint16_t> out(made.first.size());
  blend_rows(made.top, made.bottom, made.down, mixed);
  blend_columns(mixed, made.first, made.weight, out);
  return out;
}

// Against the definition in floating point, with every kind of vectors that this machine has: the
// weights are whole, so only the last rounding is left.
TEST(Resample, IsBilinearOnEveryTarget) {
  auto targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_GE(targets.size(), 2U);
  for (const auto target : targets) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
      const std::size_t columns = 2 + seed * 7 % 90;
      const ResampleCase made = resample_case(columns, 1 + seed * 13 % 130, seed);
      const auto out = resampled(made);
      for (std::size_t i = 0; i < out.size(); ++i) {
        const auto down = [&](std::size_t c) {
          return made.top[c] + (made.bottom[c] - made.top[c]) * (made.down / 256.0);
        };
        const double here = down(made.first[i]);
        const double next = down(made.first[i] + 1);
        const double exact = here + (next - here) * (made.weight[i] / 256.0);
        ASSERT_EQ(out[i], static_cast<std::uint16_t>(std::floor(exact + 0.5)))
            << hwy::TargetName(target) << " seed " << seed << " pixel " << i;
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace
}  // namespace portcullis::imaging
