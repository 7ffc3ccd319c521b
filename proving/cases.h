#pragma once

#include <bitset>
#include <cstdint>
#include <vector>

#include "lane/cycle.h"

namespace portcullis::proving {

/// Walks every case that one evaluation can tell apart.
///
/// A case is a choice for each thing that was looked at (lane::ReadLog): inputs, thresholds of
/// time, facts of a decision. What was not looked at cannot have changed the result, so each case
/// stands for all vectors that agree with it on what it looked at. The cases are disjoint and
/// together they are the whole space; covered() adds their sizes up.
///
/// Use: do { look at world(); evaluate with its log; } while (next());
/// Threading: one thread; a plain value.
class CaseWalk {
 public:
  /// `start` is the state as it stands; its timers are set by each case.
  /// `every_latch`: also what is looked at only for causes latched beside the first (ReadLog).
  CaseWalk(const lane::State& start, const lane::CycleConfig& config, bool every_latch = false);

  /// The world of this case. Its inputs' log is this walk's.
  struct World {
    lane::State state;
    lane::Inputs inputs;
    core::TimePoint now;
    bool of_this_vehicle = false;
    bool two_officers = false;
    bool radiation_adjudicated = false;
  };
  [[nodiscard]] const World& world();
  /// Goes to the next case; false where there is none.
  [[nodiscard]] bool next();
  /// What was looked at so far in this case, with the values given.
  struct Choice {
    std::uint8_t what = 0;
    bool value = false;
    bool last = false;  ///< Both values are done.
  };
  [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }
  /// Share of the whole space that the cases walked so far stand for: 1 at the end.
  [[nodiscard]] double covered() const { return covered_; }

 private:
  void build();
  [[nodiscard]] bool timers_possible() const;

  const lane::State start_;
  const lane::CycleConfig& config_;
  const bool every_latch_;
  std::vector<Choice> choices_;
  World world_;
  lane::ReadLog log_;
  double covered_ = 0;
  std::bitset<lane::kReadableCount> chosen_;
};

}  // namespace portcullis::proving
