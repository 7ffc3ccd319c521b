// Each guard of the lane cycle is missed by a proof when it is left out.
#include "proving/mutation.h"

#include <gtest/gtest.h>

#include <iostream>

namespace portcullis::proving {
namespace {

TEST(Mutation, EveryGuardIsMissedWhenItIsLeftOut) {
  const auto results = run_mutants();
  ASSERT_EQ(results.size(), lane::all_guards().size());
  std::size_t caught = 0;
  for (const MutantResult& result : results) {
    EXPECT_FALSE(result.caught_by.empty()) << result.guard << " is not missed";
    caught += result.caught_by.empty() ? 0 : 1;
  }
  std::cout << "caught " << caught << " of " << results.size() << " guards\n";
}

}  // namespace
}  // namespace portcullis::proving
