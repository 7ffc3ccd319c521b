#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace portcullis::core {

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78, as in RFC 3720 B.4), of `data`
/// continuing from `previous`. Uses the SSE4.2 and PCLMUL instructions where the machine has them.
/// Threading: pure. Real time: never allocates.
std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous = 0) noexcept;

}  // namespace portcullis::core
