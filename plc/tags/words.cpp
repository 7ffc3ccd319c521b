#include "plc/tags/words.h"

#include "core/assert.h"

namespace portcullis::plc {

std::uint8_t word_count(TagType type) noexcept {
  return type == TagType::kU32 || type == TagType::kI32 ? 2 : 1;
}

std::int64_t decode_words(TagType type, std::span<const std::uint16_t> words) noexcept {
  PC_ASSERT(words.size() >= word_count(type));
  const auto pair = [&] {
    return (static_cast<std::uint32_t>(words[0]) << 16) | static_cast<std::uint32_t>(words[1]);
  };
  switch (type) {
    case TagType::kBit:
      return words[0] != 0 ? 1 : 0;
    case TagType::kU16:
      return words[0];
    case TagType::kI16:
      return static_cast<std::int16_t>(words[0]);
    case TagType::kU32:
      return pair();
    case TagType::kI32:
      return static_cast<std::int32_t>(pair());
  }
  return 0;
}

bool raw_fits(TagType type, std::int64_t raw) noexcept {
  switch (type) {
    case TagType::kBit:
      return raw == 0 || raw == 1;
    case TagType::kU16:
      return raw >= 0 && raw <= 0xFFFF;
    case TagType::kI16:
      return raw >= -0x8000 && raw <= 0x7FFF;
    case TagType::kU32:
      return raw >= 0 && raw <= 0xFFFF'FFFFLL;
    case TagType::kI32:
      return raw >= -0x8000'0000LL && raw <= 0x7FFF'FFFFLL;
  }
  return false;
}

void encode_words(TagType type, std::int64_t raw, std::span<std::uint16_t> words) noexcept {
  PC_ASSERT(words.size() >= word_count(type));
  PC_ASSERT(raw_fits(type, raw));
  const auto bits = static_cast<std::uint32_t>(raw);
  if (word_count(type) == 2) {
    words[0] = static_cast<std::uint16_t>(bits >> 16);
    words[1] = static_cast<std::uint16_t>(bits & 0xFFFF);
  } else {
    words[0] = static_cast<std::uint16_t>(bits & 0xFFFF);
  }
}

}  // namespace portcullis::plc
