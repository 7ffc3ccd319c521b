// lane-mutation [GUARD...]: the score of the proofs of the lane cycle; see proving/mutation.h.
#include <cstdio>

#include "proving/mutation.h"

int main(int argc, char** argv) {
  std::size_t caught = 0;
  const auto results = portcullis::proving::run_mutants(
      {argv + 1, argv + argc}, [&](const portcullis::proving::MutantResult& result) {
        caught += result.caught_by.empty() ? 0 : 1;
        std::printf("%-44s %s\n", result.guard.c_str(),
                    result.caught_by.empty() ? "SURVIVED" : result.caught_by.c_str());
        std::fflush(stdout);
      });
  std::printf("caught %zu of %zu guards\n", caught, results.size());
  return caught == results.size() && !results.empty() ? 0 : 1;
}
