#include "imaging/correct/air_gain.h"

#include <algorithm>
#include <cstddef>

#include "core/assert.h"

namespace portcullis::imaging {

AirGain::AirGain(std::span<const float> air_counts, double dose_mean_counts, bool per_pixel)
    : gain_(air_counts.size()), dose_mean_counts_(dose_mean_counts) {
  std::vector<float> sorted(air_counts.begin(), air_counts.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const float median = *middle;
  for (std::size_t p = 0; p < gain_.size(); ++p) {
    const float level = per_pixel ? air_counts[p] : median;
    gain_[p] = level > 0 ? 1.0F / level : 0.0F;
  }
}

double AirGain::dose_share(double dose_counts) const {
  if (!(dose_mean_counts_ > 0)) return 1.0;
  return dose_counts / dose_mean_counts_;
}

void AirGain::apply(double dose_share, std::span<float> counts) const {
  PC_ASSERT(counts.size() == gain_.size() && dose_share > 0);
  const auto per_dose = static_cast<float>(1.0 / dose_share);
  for (std::size_t p = 0; p < gain_.size(); ++p) counts[p] *= gain_[p] * per_dose;
}

}  // namespace portcullis::imaging
