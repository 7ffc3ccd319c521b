#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "simulator/scene/generate.h"

namespace portcullis::simulator {

/// Scenes of the standard test objects (ANSI/IEEE N42.46, IEC 62523): no vehicle, no container, no
/// declaration. Position, direction and what is there follow from mix, seed and index; the truth is
/// GeneratedScene::expect_json:
///
///     {"mix": "...", "test": "arrow", "blank": false, ...what is there, in mm of the scene}
///
/// Mixes: the names of qa_mix_names(). A size may follow ("qa-arrow-380", millimetres of steel),
/// and then "-blank" for the same scene without what is to be found in it ("qa-arrow-320-blank").
/// Without a size it is drawn from the range that the standards use.
///
///     qa-air                 nothing at all
///     qa-wedge               stairs of steel, aluminium, polyethylene or lead, 120 mm a step
///     qa-arrow[-MM]          plate of MM steel with an arrow of a fifth of its thickness
///     qa-wires-air[-MM]      one straight wire of steel in air; without MM one to four
///     qa-wires-steel[-MM]    the same behind 100 mm of steel
///     qa-gauge               line pairs of lead on both axes, tilted by 5 degrees
///     qa-shims[-PERCENT]     shim of PERCENT of 100 mm steel, 50 mm wide
///     qa-materials           blocks of four materials, alike in attenuation
const std::vector<std::string_view>& qa_mix_names();
bool is_qa_mix(std::string_view mix);

/// As generate_scene(), of which it is a part. declaration_xml stays empty.
/// Fails with kInvalidInput for an unknown mix or an impossible size.
core::Result<GeneratedScene> generate_qa_scene(std::string_view mix, std::uint64_t seed, int index,
                                               std::string_view scanner);

/// Corners of the arrow, pointing to +x, its middle at 0: 100 mm long, head 45 mm long and 80 mm
/// wide, shaft 30 mm wide.
std::vector<std::array<double, 2>> qa_arrow_outline_mm();

}  // namespace portcullis::simulator
