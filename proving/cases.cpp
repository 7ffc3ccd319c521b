#include "proving/cases.h"

#include <cmath>

namespace portcullis::proving {

using lane::Input;
using lane::kInputCount;
using lane::kThresholdCount;
using lane::Threshold;
using lane::Timer;

namespace {

/// Any instant will do; far from the clock's ends.
constexpr core::TimePoint kNow{std::chrono::hours(100'000)};

bool is_threshold(std::size_t what) {
  return what >= kInputCount && what < kInputCount + kThresholdCount;
}
Threshold threshold_of(std::size_t what) {
  return static_cast<Threshold>(what - kInputCount);
}

}  // namespace

CaseWalk::CaseWalk(const lane::State& start, const lane::CycleConfig& config, bool every_latch)
    : start_(start), config_(config), every_latch_(every_latch) {
  choices_.reserve(lane::kReadableCount);
}

void CaseWalk::build() {
  world_ = {start_, {}, kNow};
  world_.inputs.log = &log_;
  log_ = {};
  std::array<core::Duration, 6> ages{};
  bool grace_over = false;
  for (const Choice& choice : choices_) {
    if (!choice.value) continue;
    if (choice.what < kInputCount) {
      world_.inputs.set(static_cast<Input>(choice.what));
      if (static_cast<Input>(choice.what) == Input::kBayFree) world_.inputs.free_bay = 1;
    } else if (is_threshold(choice.what)) {
      const Threshold threshold = threshold_of(choice.what);
      const Timer timer = lane::threshold_info(threshold).timer;
      if (timer == Timer::kGrace) grace_over = true;
      auto& age = ages[static_cast<std::size_t>(timer)];
      age = std::max(age, lane::threshold_length(threshold, config_));
    } else if (choice.what == lane::readable(lane::DecisionFact::kOfThisVehicle)) {
      world_.of_this_vehicle = true;
    } else if (choice.what == lane::readable(lane::DecisionFact::kTwoOfficers)) {
      world_.two_officers = true;
    } else {
      world_.radiation_adjudicated = true;
    }
  }
  const auto begun = [&](Timer timer) { return kNow - ages[static_cast<std::size_t>(timer)]; };
  lane::State& s = world_.state;
  s.entered = begun(Timer::kState);
  s.phase_entered = begun(Timer::kPhase);
  if (s.warning_since) s.warning_since = begun(Timer::kWarning);
  if (s.empty_since) s.empty_since = begun(Timer::kEmpty);
  if (s.reset_since) s.reset_since = begun(Timer::kReset);
  s.beam_grace_until = grace_over ? kNow : kNow + std::chrono::hours(1);
}

const CaseWalk::World& CaseWalk::world() {
  build();
  return world_;
}

/// Whether the threshold chosen last can be as it is beside the others of its timer: a longer one
/// has not passed where a shorter one has not.
bool CaseWalk::timers_possible() const {
  const Choice& last = choices_.back();
  if (!is_threshold(last.what)) return true;
  const Threshold threshold = threshold_of(last.what);
  const core::Duration length = lane::threshold_length(threshold, config_);
  for (const Choice& other : choices_) {
    if (!is_threshold(other.what) || other.value == last.value) continue;
    const Threshold its = threshold_of(other.what);
    if (lane::threshold_info(its).timer != lane::threshold_info(threshold).timer) continue;
    const core::Duration its_length = lane::threshold_length(its, config_);
    if (last.value ? length >= its_length : its_length >= length) return false;
  }
  return true;
}

bool CaseWalk::next() {
  // What was looked at in this case for the first time had its default.
  for (std::size_t i = 0; i < log_.count; ++i) {
    const std::uint8_t what = log_.order[i];
    if (chosen_[what] || (log_.beside[what] && !every_latch_)) continue;
    bool value = false;
    if (is_threshold(what)) {
      // Passed already, where a longer one of the same timer was chosen so.
      const lane::Inputs silent;
      value = lane::passed(threshold_of(what), world_.state, silent, world_.now, config_);
    }
    choices_.push_back({what, value, false});
    chosen_.set(what);
  }
  covered_ += std::ldexp(1.0, -static_cast<int>(choices_.size()));
  while (!choices_.empty()) {
    Choice& deepest = choices_.back();
    if (deepest.last) {
      chosen_.reset(deepest.what);
      choices_.pop_back();
      continue;
    }
    deepest.value = !deepest.value;
    deepest.last = true;
    if (timers_possible()) return true;
    covered_ += std::ldexp(1.0, -static_cast<int>(choices_.size()));
  }
  return false;
}

}  // namespace portcullis::proving
