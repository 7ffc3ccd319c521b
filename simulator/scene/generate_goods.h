#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"
#include "simulator/scene/generate.h"

namespace portcullis::simulator {

/// "goods": known commodities as declared, those of goods_list.h in turn.
/// "goods-wrong": the mass that is there is declared, as goods of another chapter.
/// "goods-two": two commodities of different chapters, both declared.
bool is_goods_mix(std::string_view mix);

/// Scene `index` of one of these mixes; as generate_scene().
core::Result<GeneratedScene> generate_goods_scene(std::string_view mix, std::uint64_t seed,
                                                  int index, std::string_view scanner);

}  // namespace portcullis::simulator
