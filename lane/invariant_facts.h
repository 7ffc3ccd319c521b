#pragma once

#include "lane/invariants.h"

/// What the invariants read of a step in more than one place. For lane/*invariants.cpp alone.
namespace portcullis::lane {

inline bool passed_before(const StepView& v, Threshold threshold) {
  return passed(threshold, v.before, v.inputs, v.now, v.config);
}
inline bool beam_seen_by_inputs(const StepView& v) {
  return (v.inputs[Input::kPlcFresh] && !v.inputs[Input::kBeamNotSensed]) ||
         v.inputs[Input::kSourceOn];
}

}  // namespace portcullis::lane
