#include "proving/mutation.h"

#include <algorithm>
#include <optional>

#include "proving/bay_walk.h"
#include "proving/explore.h"
#include "proving/vectors.h"

#ifndef PORTCULLIS_MUTATION
#error "proving/mutation.cpp is for the mutation library only"
#endif

namespace portcullis::lane {
namespace {
std::optional<GuardId> left_out;
}
bool guard_removed(GuardId id) noexcept {
  return left_out && *left_out == id;
}
}  // namespace portcullis::lane

namespace portcullis::proving {
namespace {

using Kind = lane::GuardId::Kind;

std::string first_of(const char* proof, const ExploreReport& report) {
  return report.violations.empty() ? std::string() : proof + report.violations.front().invariant;
}

std::string find_violation(lane::GuardId id) {
  lane::CycleConfig tunnel;
  tunnel.second_reader = true;
  lane::CycleConfig bays = tunnel;
  bays.review_in_bays = true;
  bays.bay_count = 3;
  lane::CycleConfig drive = tunnel;
  drive.drive_through = true;
  const ExploreOptions first{1, ExploreOptions{}.states_max};
  if (const auto found = first_of("bay: ", explore_bay(bays)); !found.empty()) return found;
  if (id.kind == Kind::kCondition) {
    const VectorReport vectors = prove_beam_vectors(tunnel, 1);
    if (!vectors.violations.empty()) return "vectors: " + vectors.violations.front();
    const VectorReport driven = prove_beam_vectors(drive, 1);
    if (!driven.violations.empty()) return "drive-through vectors: " + driven.violations.front();
  }
  const VectorReport tables = prove_table_vectors(tunnel, 1);
  if (!tables.violations.empty()) return "tables: " + tables.violations.front();
  if (id.kind == Kind::kFault) {
    const VectorReport latches = prove_latch_vectors(tunnel, 1);
    if (!latches.violations.empty()) return "latches: " + latches.violations.front();
  }
  if (const auto found = first_of("explore: ", explore(tunnel, first)); !found.empty())
    return found;
  if (const auto found = first_of("explore with bays: ", explore(bays, first)); !found.empty())
    return found;
  if (const auto found = first_of("explore drive-through: ", explore(drive, first)); !found.empty())
    return found;
  // Where a lamp may be dark for longer than the warning runs, the latch does not cover for it.
  lane::CycleConfig slow_lamp = tunnel;
  slow_lamp.lamp_max = 2 * slow_lamp.warning_min;
  return first_of("explore with a slow lamp: ", explore(slow_lamp, first));
}

}  // namespace

std::vector<MutantResult> run_mutants(const std::vector<std::string>& only,
                                      const std::function<void(const MutantResult&)>& tell) {
  std::vector<MutantResult> results;
  for (const lane::GuardId id : lane::all_guards()) {
    const std::string name = lane::guard_name(id);
    if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end()) continue;
    lane::left_out = id;
    results.push_back({name, find_violation(id)});
    tell(results.back());
    lane::left_out.reset();
  }
  return results;
}

}  // namespace portcullis::proving
