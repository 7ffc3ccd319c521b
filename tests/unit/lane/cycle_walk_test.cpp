// Seeded walks: a healthy lane in which anything may fail at any time, a million steps
// (fewer under sanitizers).
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "tests/support/sanitized.h"
#include "tests/unit/lane/fake_lane_world.h"

namespace portcullis::lane {
namespace {

constexpr int kSteps = test::kSanitized ? 400'000 : 1'000'000;

std::uint64_t walk_seed() {
  const char* given = std::getenv("PORTCULLIS_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20'260'301;
}

/// The world lives, but any input may be forced wrong for a while, and commands and decisions
/// come at random moments.
TEST(CycleWalk, MillionStepsOfALiveLaneKeepAllInvariants) {
  const std::uint64_t seed = walk_seed();
  std::cout << "seed " << seed << "\n";
  std::mt19937_64 random(seed);
  const auto chance = [&](double p) { return std::uniform_real_distribution<>(0, 1)(random) < p; };
  CycleConfig config;
  config.travel_to_mm = 3000;
  config.review_max = std::chrono::seconds(30);
  FakeLaneWorld world(config);
  std::set<CycleState> seen;
  std::uint64_t beams = 0;
  bool beam_before = false;
  for (int i = 0; i < kSteps; ++i) {
    if (chance(0.0004)) {
      const auto input = static_cast<Input>(
          std::uniform_int_distribution<std::size_t>(0, kInputCount - 1)(random));
      world.forced[input] = chance(0.4);
    }
    if (chance(0.0001)) {
      world.forced[Input::kKeyOn] = false;
      world.forced[Input::kKeyService] = true;
    }
    if (!world.forced.empty() && chance(0.004)) world.forced.clear();
    if (chance(0.004)) {
      // Mostly what an operator would do, sometimes anything.
      const auto command =
          chance(0.2) ? static_cast<Command>(std::uniform_int_distribution<std::size_t>(
                            0, kCommandCount - 1)(random))
          : world.state.cycle == CycleState::kIdle && !world.inputs[Input::kCalibrated]
              ? Command::kCalibrate
          : world.state.cycle == CycleState::kAwaitingClear ? Command::kStart
          : world.state.cycle == CycleState::kOff           ? Command::kMaintenanceEnter
          : world.state.cycle == CycleState::kMaintenance   ? Command::kMaintenanceLeave
                                                            : Command::kReset;
      static_cast<void>(world.command(command));
    }
    if (chance(0.002))
      static_cast<void>(
          world.decide(static_cast<core::DecisionKind>(random() % 8), chance(0.5), chance(0.5)));
    if (world.state.cycle == CycleState::kIdle && world.state.vehicle == 0 && chance(0.01))
      world.truck_arrives();
    world.tick();
    world.actions.clear();
    world.history.clear();
    world.history.push_back(world.state.cycle);
    seen.insert(world.state.cycle);
    if (world.outputs.source_beam && !beam_before) ++beams;
    beam_before = world.outputs.source_beam;
    ASSERT_TRUE(world.violations.empty())
        << "seed " << seed << " step " << i << ": " << world.violations.front();
  }
  EXPECT_EQ(seen.size(), kCycleStateCount) << "the walk must reach every state";
  EXPECT_GT(beams, 50U);
  std::cout << beams << " beams\n";
}

/// No world at all: inputs flip at random, so that every combination may come in every state.
TEST(CycleWalk, MillionStepsOfRandomInputsKeepAllInvariants) {
  const std::uint64_t seed = walk_seed() + 1;
  std::cout << "seed " << seed << "\n";
  std::mt19937_64 random(seed);
  CycleConfig config;
  State state = initial_state(core::TimePoint(std::chrono::hours(1)), config);
  core::TimePoint now(std::chrono::hours(1));
  Inputs inputs;
  inputs.bits.set();
  RecordInvariant records;
  std::set<CycleState> seen;
  bool vehicle = false;
  std::size_t kept_wrong = kInputCount;
  for (int i = 0; i < kSteps; ++i) {
    now += std::chrono::milliseconds(10 + (random() % 16 == 0 ? random() % 6000 : 0));
    // Mostly well with one presence or the other, so that the deep states are reached; then any bit
    // flips for a step or for long.
    if (random() % 50 == 0) vehicle = !vehicle;
    if (random() % 400 == 0) kept_wrong = random() % 2 == 0 ? random() % kInputCount : kInputCount;
    inputs.bits.set();
    for (const Input input :
         {Input::kCaptureFailed, Input::kRecordFailed, Input::kKeyService, Input::kKeyOff})
      inputs.set(input, false);
    inputs.set(Input::kSourceOn, state.source_beam_requested);
    inputs.set(vehicle ? Input::kLaneEmpty : Input::kVehicleInTunnel, false);
    if (random() % 2 == 0)
      inputs.set(vehicle ? Input::kTravelDoneForward : Input::kVehicleAtEntry, false);
    if (kept_wrong < kInputCount) inputs.bits.flip(kept_wrong);
    if (random() % 30 == 0) inputs.bits.flip(random() % kInputCount);
    if (!inputs[Input::kKeyOn]) inputs.set(Input::kKeyService, random() % 2 == 0);
    Event event;
    const auto what = random() % 8;
    if (what == 0) {
      event.kind = Event::Kind::kCommand;
      event.command = static_cast<Command>(random() % kCommandCount);
      if (event.command == Command::kStop && random() % 8 != 0) event.command = Command::kStart;
    } else if (what == 1) {
      event.kind = Event::Kind::kDecision;
      event.decision = {static_cast<core::DecisionKind>(random() % 8), random() % 2 == 0,
                        random() % 2 == 0, random() % 4 != 0};
    }
    const State before = state;
    const StepResult result = step(state, inputs, event, now, config);
    state = result.state;
    const Outputs outputs = outputs_of(state, inputs, now, config);
    const StepView view{before,          inputs,  state, result.actions, event,
                        result.accepted, outputs, now,   config};
    auto broken = violated_invariant(view);
    if (broken.empty()) broken = violated_latch_invariant(view);
    ASSERT_TRUE(broken.empty()) << "seed " << seed << " step " << i << ": " << broken << " in "
                                << cycle_state_name(before.cycle) << " to "
                                << cycle_state_name(state.cycle);
    const auto record = records.check(state, result.actions);
    ASSERT_TRUE(record.empty()) << "seed " << seed << " step " << i << ": " << record;
    seen.insert(state.cycle);
  }
  std::cout << seen.size() << " states\n";
  EXPECT_EQ(seen.size(), kCycleStateCount);
}

}  // namespace
}  // namespace portcullis::lane
