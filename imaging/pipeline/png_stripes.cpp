#include "imaging/pipeline/png_stripes.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <string_view>

#include "core/assert.h"
#include "core/huge_pages.h"
#include "core/scratch.h"
#include "imaging/pipeline/deflate.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kBytesPerPixel = 3;
constexpr unsigned char kFilterSub = 1;  // each byte less the one of the pixel to the left

void put_big_endian(std::uint32_t value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xFFU);
}

/// A chunk of which the data come in pieces.
void put_chunk(std::string_view type, std::initializer_list<std::string_view> data,
               std::string& out) {
  std::size_t size = 0;
  for (const auto piece : data) size += piece.size();
  put_big_endian(static_cast<std::uint32_t>(size), out);
  const std::size_t from = out.size();
  out += type;
  for (const auto piece : data) out += piece;
  const auto* bytes = reinterpret_cast<const unsigned char*>(out.data() + from);
  put_big_endian(::crc32_gzip_refl(0, bytes, out.size() - from), out);
}

}  // namespace

PngStripes::PngStripes(int columns, int rows)
    : columns_(columns),
      rows_(rows),
      stripes_(static_cast<std::size_t>(std::max(1, (rows + kRows - 1) / kRows))) {
  PC_ASSERT(columns > 0 && rows > 0);
}

int PngStripes::rows_of(std::size_t stripe) const {
  return std::min(kRows, rows_ - first_row(stripe));
}

core::Status PngStripes::compress(std::size_t stripe, std::span<const std::uint32_t> argb) {
  const auto columns = static_cast<std::size_t>(columns_);
  const auto rows = static_cast<std::size_t>(rows_of(stripe));
  PC_ASSERT(argb.size() == columns * rows);
  const std::size_t row_bytes = 1 + columns * kBytesPerPixel;
  static thread_local core::Scratch<unsigned char> raw_kept;
  const std::span<unsigned char> raw = raw_kept.of(row_bytes * rows);
  for (std::size_t r = 0; r < rows; ++r) {
    unsigned char* out = &raw[r * row_bytes];
    const std::uint32_t* in = &argb[r * columns];
    *out++ = kFilterSub;
    std::uint32_t left = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::uint32_t here = in[c];
      *out++ = static_cast<unsigned char>((here >> 16) - (left >> 16));
      *out++ = static_cast<unsigned char>((here >> 8) - (left >> 8));
      *out++ = static_cast<unsigned char>(here - left);
      left = here;
    }
  }
  Stripe& made = stripes_[stripe];
  made.raw_bytes = raw.size();
  made.adler = isal_adler32(1, raw.data(), raw.size());
  const bool last = stripe + 1 == stripes_.size();
  auto bytes = deflate(std::as_bytes(raw), last ? DeflateForm::kLastPiece : DeflateForm::kPiece);
  if (!bytes) return bytes.error().with_context("preview.png");
  made.bytes.assign(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  return {};
}

std::string PngStripes::assemble() const {
  std::string out;
  std::size_t size = 128;
  for (const Stripe& stripe : stripes_) size += stripe.bytes.size() + 32;
  out.reserve(size);
  core::prefer_huge_pages(out.data(), size);
  out.append("\x89PNG\r\n\x1a\n", 8);
  std::string header;
  put_big_endian(static_cast<std::uint32_t>(columns_), header);
  put_big_endian(static_cast<std::uint32_t>(rows_), header);
  header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits, colour, deflate, filtered, plain
  put_chunk("IHDR", {header}, out);
  uLong adler = ::adler32(0, nullptr, 0);
  for (std::size_t i = 0; i < stripes_.size(); ++i) {
    const Stripe& stripe = stripes_[i];
    adler = ::adler32_combine(adler, stripe.adler, static_cast<z_off_t>(stripe.raw_bytes));
    std::string checksum;
    if (i + 1 == stripes_.size()) put_big_endian(static_cast<std::uint32_t>(adler), checksum);
    const std::string_view head("\x78\x01", i == 0 ? 2 : 0);  // zlib, 32 KiB window, fastest
    put_chunk("IDAT", {head, stripe.bytes, checksum}, out);
  }
  put_chunk("IEND", {}, out);
  return out;
}

}  // namespace portcullis::imaging
