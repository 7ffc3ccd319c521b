#include "core/huge_pages.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace portcullis::core {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20U;

TEST(HugePageVector, BeginsOnALargePageFromOneOnAndKeepsItsValues) {
  HugePageVector<float> small(1000, 1.5F);
  EXPECT_EQ(small.back(), 1.5F);
  HugePageVector<float> values;
  for (const std::size_t size : {kHugePage / sizeof(float), kHugePage}) {
    resized_on_huge_pages(values, size);
    ASSERT_EQ(values.size(), size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.data()) % kHugePage, 0U);
    EXPECT_EQ(values.front(), 0.0F);
    EXPECT_EQ(values.back(), 0.0F);
    values.back() = 2.0F;
  }
  // What is there already is used again, and left as it is.
  const float* const before = values.data();
  resized_on_huge_pages(values, std::size_t{100});
  resized_on_huge_pages(values, kHugePage);
  EXPECT_EQ(values.data(), before);
  HugePageVector<float> moved = std::move(values);
  EXPECT_EQ(moved.data(), before);
}

}  // namespace
}  // namespace portcullis::core
