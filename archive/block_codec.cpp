#include "archive/block_codec.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace portcullis::archive {

namespace {

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kForesightAt = 28;  ///< In a line's header.
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

/// How a line's samples follow from those two lines before: the dose differs from pulse to pulse by
/// some percent, the same for all pixels. In units that fit the header's two spare fields.
struct Foresight {
  std::int16_t gain = 0;    ///< Of 2^-15, beyond 1.
  std::int16_t offset = 0;  ///< Counts.

  /// What is added to `before`: binary32, each step rounded to nearest, then towards 0.
  [[nodiscard]] std::int32_t step(std::uint32_t before) const {
    const float scaled = static_cast<float>(static_cast<std::int32_t>(before)) *
                         (static_cast<float>(gain) * (1.0F / 32768.0F));
    return static_cast<std::int32_t>(scaled + static_cast<float>(offset));
  }
};

/// Least squares of the line's change over the one before, with the weights of photon noise and
/// without the pixels that changed by an eighth or more: there something else came into the beam.
Foresight foresight_of(const std::uint32_t* __restrict samples,
                       const std::uint32_t* __restrict before, std::size_t count) {
  constexpr std::size_t kLanes = 16;  // sums of fixed parts: the same file on every machine
  struct Sums {
    float inverse[kLanes] = {}, ones[kLanes] = {}, values[kLanes] = {};
    float changes[kLanes] = {}, weighted[kLanes] = {};
  } sums;
  const auto add = [&](std::size_t lane, std::uint32_t sample, std::uint32_t earlier) {
    const float x = static_cast<float>(static_cast<std::int32_t>(earlier));
    const float d = static_cast<float>(static_cast<std::int32_t>(sample - earlier));
    const float use = (d < 0 ? -d : d) * 8.0F < x ? 1.0F : 0.0F;
    const float weight = use / (x + 64.0F);
    sums.inverse[lane] += weight;
    sums.ones[lane] += weight * x;
    sums.values[lane] += weight * x * x;
    sums.changes[lane] += weight * d * x;
    sums.weighted[lane] += weight * d;
  };
  std::size_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      add(lane, samples[i + lane], before[i + lane]);
  }
  for (; i < count; ++i) add(0, samples[i], before[i]);
  const auto total = [](const float(&part)[kLanes]) {
    double sum = 0;
    for (const float value : part) sum += static_cast<double>(value);
    return sum;
  };
  const double w = total(sums.inverse), wx = total(sums.ones), wxx = total(sums.values);
  const double wxd = total(sums.changes), wd = total(sums.weighted);
  const double determinant = wxx * w - wx * wx;
  Foresight found;
  if (!(determinant > 1e-6 * wxx * w) || wx < 16) return found;
  const double gain = (wxd * w - wd * wx) / determinant;
  const double offset = (wd - gain * wx) / w;
  found.gain =
      static_cast<std::int16_t>(std::lround(std::clamp(gain * 32768.0, -32767.0, 32767.0)));
  found.offset = static_cast<std::int16_t>(std::lround(std::clamp(offset, -32767.0, 32767.0)));
  return found;
}

/// Residuals in planes of signed bytes: each is the nearest to what the higher ones leave.
void split_foreseen(const std::uint32_t* __restrict samples, const std::uint32_t* __restrict before,
                    std::size_t count, Foresight foresight, std::uint8_t* __restrict low,
                    std::uint8_t* __restrict middle, std::uint8_t* __restrict high) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t value =
        samples[i] - before[i] - static_cast<std::uint32_t>(foresight.step(before[i]));
    low[i] = static_cast<std::uint8_t>(value);
    middle[i] = static_cast<std::uint8_t>((value + 0x80) >> 8);
    high[i] = static_cast<std::uint8_t>((value + 0x8080) >> 16);
  }
}

void join_foreseen(const std::uint8_t* __restrict low, const std::uint8_t* __restrict middle,
                   const std::uint8_t* __restrict high, const std::uint32_t* __restrict before,
                   std::size_t count, Foresight foresight, std::uint32_t* __restrict samples) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<std::uint32_t>(static_cast<std::int8_t>(low[i])) +
                       (static_cast<std::uint32_t>(static_cast<std::int8_t>(middle[i])) << 8) +
                       (static_cast<std::uint32_t>(high[i]) << 16);
    samples[i] =
        (value + before[i] + static_cast<std::uint32_t>(foresight.step(before[i]))) & kSampleMask;
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
  const std::size_t plain = encoding == BlockEncoding::kPlain ? count : std::min(stride, count);
  split_plain(samples.data(), plain, low, middle, high);
  const std::uint32_t* const first = samples.data();
  if (encoding == BlockEncoding::kDifference) {
    split_differences(first + plain, first + plain - std::min(plain, stride), count - plain,
                      low + plain, middle + plain, high + plain);
  } else {
    for (std::size_t i = plain; i < count; i += shape.pixels) {
      const Foresight foresight = foresight_of(first + i, first + i - stride, shape.pixels);
      std::byte* const spare = raw.data() + i / shape.pixels * kHeaderBytes + kForesightAt;
      put_little(spare, foresight.gain);
      put_little(spare + sizeof(foresight.gain), foresight.offset);
      split_foreseen(first + i, first + i - stride, shape.pixels, foresight, low + i, middle + i,
                     high + i);
    }
  }

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
  const std::size_t plain = encoding == BlockEncoding::kPlain ? count : std::min(stride, count);
  join_plain(low, middle, high, plain, samples.data());
  // Line after line: each is built on the one before it of its energy.
  if (encoding == BlockEncoding::kForeseen) {
    for (std::size_t i = plain; i < count; i += shape.pixels) {
      const std::byte* const spare = raw.data() + i / shape.pixels * kHeaderBytes + kForesightAt;
      const Foresight foresight{get_little<std::int16_t>(spare),
                                get_little<std::int16_t>(spare + sizeof(std::int16_t))};
      join_foreseen(low + i, middle + i, high + i, &samples[i - stride], shape.pixels, foresight,
                    &samples[i]);
    }
    return {};
  }
  for (std::size_t i = plain; i < count; i += stride) {
    const std::size_t n = std::min(stride, count - i);
    join_differences(low + i, middle + i, high + i, &samples[i - stride], n, &samples[i]);
  }
  return {};
}

}  // namespace portcullis::archive
