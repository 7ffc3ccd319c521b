#include "imaging/qa/statistics.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace portcullis::imaging::qa {

double median_of(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

double robust_sigma(std::vector<float>& values) {
  const auto middle = static_cast<float>(median_of(values));
  for (auto& v : values) v = std::abs(v - middle);
  return median_of(values) / 0.67449;  // of |x|, x normal
}

double normal_tail(double score) {
  return 0.5 * std::erfc(score / std::numbers::sqrt2);
}

double threshold_for(double places, double probability) {
  const double tail = std::clamp(probability / std::max(1.0, places), 1e-300, 0.5);
  double low = 0;
  double high = 40;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (normal_tail(middle) > tail ? low : high) = middle;
  }
  return low;
}

}  // namespace portcullis::imaging::qa
