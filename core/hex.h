#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace portcullis::core {

/// `bytes` as lower-case hexadecimal digits, two each.
inline std::string hex(std::span<const std::byte> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const std::byte b : bytes) {
    digits += kDigits[std::to_integer<unsigned>(b) >> 4];
    digits += kDigits[std::to_integer<unsigned>(b) & 15];
  }
  return digits;
}

}  // namespace portcullis::core
