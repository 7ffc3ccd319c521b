#include "archive/block_codec.h"

#include <fmt/format.h>
#include <zstd.h>

#include <cstring>

namespace portcullis::archive {

namespace {

constexpr std::size_t kHeaderBytes = 32;
constexpr std::uint32_t kSampleMask = 0xff'ffff;
// Level 1: the noise of photons does not compress, and higher levels only spend time on it.
constexpr int kCompressionLevel = 1;

template <class Integer>
void put_little(std::byte* out, Integer value) {
  using Unsigned = std::make_unsigned_t<Integer>;
  const auto bits = static_cast<Unsigned>(value);
  for (std::size_t i = 0; i < sizeof(Integer); ++i)
    out[i] = static_cast<std::byte>((bits >> (8 * i)) & 0xffu);
}

template <class Integer>
Integer get_little(const std::byte* in) {
  using Unsigned = std::make_unsigned_t<Integer>;
  Unsigned bits = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    bits = static_cast<Unsigned>(
        bits | (static_cast<Unsigned>(std::to_integer<std::uint8_t>(in[i])) << (8 * i)));
  }
  return static_cast<Integer>(bits);
}

void put_header(std::byte* out, const core::LineHeader& header) {
  put_little(out, header.pulse);
  put_little(out + 8, header.timestamp_ns);
  put_little(out + 16, header.encoder_counts);
  put_little(out + 20, header.dose_counts);
  out[24] = static_cast<std::byte>(header.energy);
  out[25] = static_cast<std::byte>(header.flags);
  put_little(out + 26, header.temperature_centi_c);
  put_little(out + 28, std::uint32_t{0});
}

std::size_t module_bytes(const BlockShape& shape) {
  return (shape.modules + 7) / 8;
}

// Bytes may alias anything: the compiler is told that these do not, and takes many at once.

void split_plain(const std::uint32_t* __restrict samples, std::size_t count,
                 std::uint8_t* __restrict low, std::uint8_t* __restrict middle,
                 std::uint8_t* __restrict high) {
  for (std::size_t i = 0; i < count; ++i) {
    low[i] = static_cast<std::uint8_t>(samples[i]);
    middle[i] = static_cast<std::uint8_t>(samples[i] >> 8);
    high[i] = static_cast<std::uint8_t>(samples[i] >> 16);
  }
}

void split_differences(const std::uint32_t* __restrict samples,
                       const std::uint32_t* __restrict before, std::size_t count,
                       std::uint8_t* __restrict low, std::uint8_t* __restrict middle,
                       std::uint8_t* __restrict high) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t value = samples[i] - before[i];
    low[i] = static_cast<std::uint8_t>(value);
    middle[i] = static_cast<std::uint8_t>(value >> 8);
    high[i] = static_cast<std::uint8_t>(value >> 16);
  }
}

void join_plain(const std::uint8_t* __restrict low, const std::uint8_t* __restrict middle,
                const std::uint8_t* __restrict high, std::size_t count,
                std::uint32_t* __restrict samples) {
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] = static_cast<std::uint32_t>(low[i]) | static_cast<std::uint32_t>(middle[i]) << 8 |
                 static_cast<std::uint32_t>(high[i]) << 16;
  }
}

void join_differences(const std::uint8_t* __restrict low, const std::uint8_t* __restrict middle,
                      const std::uint8_t* __restrict high, const std::uint32_t* __restrict before,
                      std::size_t count, std::uint32_t* __restrict samples) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t value = static_cast<std::uint32_t>(low[i]) |
                                static_cast<std::uint32_t>(middle[i]) << 8 |
                                static_cast<std::uint32_t>(high[i]) << 16;
    samples[i] = (value + before[i]) & kSampleMask;
  }
}

struct ContextFree {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

bool BlockShape::valid() const {
  return lines >= 1 && lines <= kBlockLinesMax && pixels >= 1 && pixels <= kPixelsMax &&
         modules >= 1 && modules <= core::kModulesMax;
}

std::size_t BlockShape::raw_bytes() const {
  return static_cast<std::size_t>(lines) *
         (kHeaderBytes + (modules + 7) / 8 + 3 * static_cast<std::size_t>(pixels));
}

struct BlockEncoder::Buffers {
  std::unique_ptr<ZSTD_CCtx, ContextFree> context{ZSTD_createCCtx()};
  std::vector<std::byte> raw;
  std::vector<std::byte> compressed;
};

BlockEncoder::BlockEncoder() : buffers_(std::make_unique<Buffers>()) {}
BlockEncoder::BlockEncoder(BlockEncoder&&) noexcept = default;
BlockEncoder& BlockEncoder::operator=(BlockEncoder&&) noexcept = default;
BlockEncoder::~BlockEncoder() = default;

std::span<const std::byte> BlockEncoder::encode(
    const BlockShape& shape, BlockEncoding encoding, std::span<const core::LineHeader> headers,
    std::span<const std::bitset<core::kModulesMax>> modules,
    std::span<const std::uint32_t> samples) {
  const std::size_t count = static_cast<std::size_t>(shape.lines) * shape.pixels;
  PC_ASSERT(shape.valid() && headers.size() == shape.lines && modules.size() == shape.lines &&
            samples.size() == count);
  auto& raw = buffers_->raw;
  raw.resize(shape.raw_bytes());
  std::byte* out = raw.data();
  for (const auto& header : headers) {
    put_header(out, header);
    out += kHeaderBytes;
  }
  for (const auto& present : modules) {
    std::memset(out, 0, module_bytes(shape));
    for (std::uint32_t m = 0; m < shape.modules; ++m) {
      if (present[m]) out[m / 8] |= static_cast<std::byte>(1u << (m % 8));
    }
    out += module_bytes(shape);
  }
  auto* low = reinterpret_cast<std::uint8_t*>(out);
  std::uint8_t* middle = low + count;
  std::uint8_t* high = middle + count;
  const std::size_t stride = 2 * static_cast<std::size_t>(shape.pixels);
  const std::size_t plain =
      encoding == BlockEncoding::kDifference ? std::min(stride, count) : count;
  split_plain(samples.data(), plain, low, middle, high);
  split_differences(samples.data() + plain, samples.data() + plain - std::min(plain, stride),
                    count - plain, low + plain, middle + plain, high + plain);

  auto& compressed = buffers_->compressed;
  compressed.resize(ZSTD_compressBound(raw.size()));
  PC_ASSERT(buffers_->context != nullptr);
  const std::size_t size =
      ZSTD_compressCCtx(buffers_->context.get(), compressed.data(), compressed.size(), raw.data(),
                        raw.size(), kCompressionLevel);
  PC_ASSERT(ZSTD_isError(size) == 0);  // The bound was given and memory is ours.
  return std::span(compressed).first(size);
}

struct BlockDecoder::Buffers {
  std::unique_ptr<ZSTD_DCtx, ContextFree> context{ZSTD_createDCtx()};
  std::vector<std::byte> raw;
};

BlockDecoder::BlockDecoder() : buffers_(std::make_unique<Buffers>()) {}
BlockDecoder::BlockDecoder(BlockDecoder&&) noexcept = default;
BlockDecoder& BlockDecoder::operator=(BlockDecoder&&) noexcept = default;
BlockDecoder::~BlockDecoder() = default;

core::Status BlockDecoder::decode(std::span<const std::byte> data, const BlockShape& shape,
                                  BlockEncoding encoding, std::span<core::LineHeader> headers,
                                  std::span<std::bitset<core::kModulesMax>> modules,
                                  std::span<std::uint32_t> samples) {
  const auto corrupt = [](std::string why) {
    return core::Error{core::ErrorCode::kCorrupt, std::move(why)};
  };
  if (!shape.valid()) return corrupt("has an impossible number of lines, pixels or modules");
  const std::size_t count = static_cast<std::size_t>(shape.lines) * shape.pixels;
  PC_ASSERT(headers.size() == shape.lines && modules.size() == shape.lines &&
            samples.size() == count);
  if (data.size() > ZSTD_compressBound(shape.raw_bytes()))
    return corrupt("is longer than its lines can be");
  const unsigned long long stated = ZSTD_getFrameContentSize(data.data(), data.size());
  if (stated == ZSTD_CONTENTSIZE_ERROR || stated == ZSTD_CONTENTSIZE_UNKNOWN)
    return corrupt("does not start as zstd data of stated size");
  if (stated != shape.raw_bytes()) {
    return corrupt(fmt::format("would unpack to {} bytes, {} expected", stated, shape.raw_bytes()));
  }
  auto& raw = buffers_->raw;
  raw.resize(shape.raw_bytes());
  PC_ASSERT(buffers_->context != nullptr);
  const std::size_t size = ZSTD_decompressDCtx(buffers_->context.get(), raw.data(), raw.size(),
                                               data.data(), data.size());
  if (ZSTD_isError(size) != 0)
    return corrupt(fmt::format("does not unpack: {}", ZSTD_getErrorName(size)));
  if (size != raw.size())
    return corrupt(fmt::format("unpacks to {} bytes, {} expected", size, raw.size()));

  const std::byte* in = raw.data();
  for (auto& header : headers) {
    header.pulse = get_little<std::uint64_t>(in);
    header.timestamp_ns = get_little<std::uint64_t>(in + 8);
    header.encoder_counts = get_little<std::int32_t>(in + 16);
    header.dose_counts = get_little<std::uint32_t>(in + 20);
    const auto energy = std::to_integer<std::uint8_t>(in[24]);
    if (energy > static_cast<std::uint8_t>(core::Energy::kHigh))
      return corrupt(fmt::format("has a line of unknown energy {}", energy));
    header.energy = static_cast<core::Energy>(energy);
    header.flags = std::to_integer<std::uint8_t>(in[25]);
    header.temperature_centi_c = get_little<std::int16_t>(in + 26);
    in += kHeaderBytes;
  }
  for (auto& present : modules) {
    present.reset();
    for (std::uint32_t m = 0; m < shape.modules; ++m) {
      present[m] = (std::to_integer<std::uint8_t>(in[m / 8]) >> (m % 8) & 1u) != 0;
    }
    in += module_bytes(shape);
  }
  const auto* low = reinterpret_cast<const std::uint8_t*>(in);
  const std::uint8_t* middle = low + count;
  const std::uint8_t* high = middle + count;
  const std::size_t stride = 2 * static_cast<std::size_t>(shape.pixels);
  const std::size_t plain =
      encoding == BlockEncoding::kDifference ? std::min(stride, count) : count;
  join_plain(low, middle, high, plain, samples.data());
  // Line after line: each is built on the one before it of its energy.
  for (std::size_t i = plain; i < count; i += stride) {
    const std::size_t n = std::min(stride, count - i);
    join_differences(low + i, middle + i, high + i, &samples[i - stride], n, &samples[i]);
  }
  return {};
}

}  // namespace portcullis::archive
