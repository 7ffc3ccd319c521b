#pragma once

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "imaging/kernels/line_kernels.h"

namespace portcullis::imaging::kernels {

/// Runs `body` once for every set of vector instructions that was compiled and that this machine
/// has, and at the end as dispatched by default.
inline void on_every_target(const std::function<void(const std::string&)>& body) {
  const auto targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_GE(targets.size(), 2U) << "at least the scalar target and one of vectors";
  for (const auto target : targets) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    // The first call of a function chooses; the name shows that it was this one.
    const std::string name = target_name();
    EXPECT_EQ(name, hwy::TargetName(target));
    body(name);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
  body("default");
}

template <class T>
void expect_same_bytes(const std::vector<T>& a, const std::vector<T>& b, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(std::memcmp(&a[i], &b[i], sizeof(T)), 0)
        << what << " at " << i << " of " << a.size() << ": " << +a[i] << " and " << +b[i];
  }
}

}  // namespace portcullis::imaging::kernels
