#include "imaging/correct/line_normaliser.h"

#include <cstddef>

#include "core/assert.h"

namespace portcullis::imaging {

LineNormaliser::LineNormaliser(const core::CalibrationFrame& dark,
                               const core::CalibrationFrame& air)
    : dark_(dark.mean_counts),
      gain_(air.mean_counts.size()),
      dose_mean_counts_(air.dose_mean_counts) {
  PC_ASSERT(dark.mean_counts.size() == air.mean_counts.size());
  for (std::size_t p = 0; p < gain_.size(); ++p) {
    const float signal = air.mean_counts[p] - dark.mean_counts[p];
    gain_[p] = signal > 0 ? 1.0F / signal : 0.0F;
  }
}

double LineNormaliser::dose_share(std::uint32_t dose_counts) const {
  if (!(dose_mean_counts_ > 0)) return 1.0;
  return static_cast<double>(dose_counts) / dose_mean_counts_;
}

void LineNormaliser::apply(std::span<const std::uint32_t> samples, double dose_share,
                           std::span<float> transmission) const {
  PC_ASSERT(samples.size() == gain_.size() && transmission.size() == gain_.size() &&
            dose_share > 0);
  const auto per_dose = static_cast<float>(1.0 / dose_share);
  const std::uint32_t* s = samples.data();
  const float* d = dark_.data();
  const float* g = gain_.data();
  float* t = transmission.data();
  for (std::size_t p = 0; p < gain_.size(); ++p) {
    t[p] = (static_cast<float>(static_cast<std::int32_t>(s[p])) - d[p]) * (g[p] * per_dose);
  }
}

}  // namespace portcullis::imaging
