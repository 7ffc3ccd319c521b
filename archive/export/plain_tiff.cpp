#include <fmt/format.h>

#include <limits>

#include "archive/export/tiff.h"

namespace portcullis::archive {
namespace {

// TIFF, revision 6.0 (Adobe, 1992): sections 2, 3 and 6.
constexpr std::uint16_t kShort = 3, kLong = 4, kRational = 5;
constexpr std::size_t kHeaderBytes = 8, kFieldBytes = 12;
constexpr std::uint32_t kSamples = 3;

void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>(value & 0xFFU);
  out += static_cast<char>((value >> 8U) & 0xFFU);
}
void put32(std::string& out, std::uint32_t value) {
  put16(out, value & 0xFFFFU);
  put16(out, value >> 16U);
}

struct TiffField {
  std::uint16_t tag, type;
  std::uint32_t count, value;
};

}  // namespace

core::Result<std::string> plain_colour_tiff(std::uint32_t columns, std::uint32_t rows,
                                            std::span<const std::uint32_t> argb) {
  const auto pixels = static_cast<std::size_t>(columns) * rows;
  constexpr std::size_t kBesidePixels = 256;
  if (pixels == 0 || argb.size() != pixels ||
      pixels > (std::numeric_limits<std::uint32_t>::max() - kBesidePixels) / kSamples)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("TIFF: {} pixels for {} x {}", argb.size(), columns, rows)};
  constexpr std::size_t kFields = 12;
  constexpr auto kBits =
      static_cast<std::uint32_t>(kHeaderBytes + 2 + kFields * kFieldBytes + 4);  // 3 shorts
  constexpr std::uint32_t kResolution = kBits + 6;                               // 2 longs
  constexpr std::uint32_t kPixels = kResolution + 8;
  const TiffField fields[kFields] = {
      {256, kLong, 1, columns},        // ImageWidth
      {257, kLong, 1, rows},           // ImageLength
      {258, kShort, kSamples, kBits},  // BitsPerSample
      {259, kShort, 1, 1},             // Compression: none
      {262, kShort, 1, 2},             // PhotometricInterpretation: RGB
      {273, kLong, 1, kPixels},        // StripOffsets
      {277, kShort, 1, kSamples},      // SamplesPerPixel
      {278, kLong, 1, rows},           // RowsPerStrip
      {279, kLong, 1, static_cast<std::uint32_t>(pixels * kSamples)},  // StripByteCounts
      {282, kRational, 1, kResolution},                                // XResolution
      {283, kRational, 1, kResolution},                                // YResolution
      {296, kShort, 1, 1},                                             // ResolutionUnit: none
  };
  std::string out;
  out.reserve(kPixels + pixels * kSamples);
  out += "II";
  put16(out, 42);
  put32(out, kHeaderBytes);
  put16(out, kFields);
  for (const auto& field : fields) {
    put16(out, field.tag);
    put16(out, field.type);
    put32(out, field.count);
    put32(out, field.value);  // A short's value fills the lower half, as it should.
  }
  put32(out, 0);  // No further picture.
  for (std::uint32_t i = 0; i < kSamples; ++i) put16(out, 8);
  put32(out, 1);
  put32(out, 1);
  for (const auto colour : argb) {
    out += static_cast<char>((colour >> 16U) & 0xFFU);
    out += static_cast<char>((colour >> 8U) & 0xFFU);
    out += static_cast<char>(colour & 0xFFU);
  }
  return out;
}

}  // namespace portcullis::archive
