#pragma once

#include <cstddef>
#include <vector>

namespace portcullis::imaging::qa {

/// Middle value; reorders. 0 where there is none.
double median_of(std::vector<float>& values);
/// Standard deviation of a normal distribution with the same median of |x - median|; reorders.
double robust_sigma(std::vector<float>& values);
/// Upper tail of the standard normal distribution.
double normal_tail(double score);
/// The score that is passed by chance in a share `probability` of tries of `places` independent
/// places each (Bonferroni): normal_tail(score) = probability / places.
double threshold_for(double places, double probability);

}  // namespace portcullis::imaging::qa
