#pragma once

#include <cstdint>
#include <span>

#include "plc/tags/types.h"

namespace portcullis::plc {

/// Registers of a value: 16-bit values take one, 32-bit values two, the high word first.
[[nodiscard]] std::uint8_t word_count(TagType type) noexcept;

/// The raw value held by `words` (word_count(type) of them; a bit takes one, 0 or 1).
[[nodiscard]] std::int64_t decode_words(TagType type,
                                        std::span<const std::uint16_t> words) noexcept;

/// Writes `raw` to `words` (word_count(type) of them). A raw value outside the type's range is a
/// bug of the caller and asserted: check it with raw_fits() first.
void encode_words(TagType type, std::int64_t raw, std::span<std::uint16_t> words) noexcept;

/// True where the type can hold `raw`.
[[nodiscard]] bool raw_fits(TagType type, std::int64_t raw) noexcept;

}  // namespace portcullis::plc
