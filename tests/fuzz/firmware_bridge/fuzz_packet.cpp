// Any bytes: no crash, and what is accepted is written back as the same bytes apart from the
// reserved ones, which a receiver ignores.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/crc32c.h"
#include "firmware_bridge/codec/packet.h"

namespace bridge = portcullis::firmware_bridge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::byte> bytes(size);
  if (size > 0) std::memcpy(bytes.data(), data, size);
  bridge::PacketView view;
  [[maybe_unused]] const auto as_given = bridge::parse_packet(bytes, view);
  if (size < bridge::kPacketHeaderBytes) return 0;
  // The CRC would stop nearly everything: with a right one the rest is reached.
  std::memset(bytes.data() + 46, 0, 2);
  std::memset(bytes.data() + 52, 0, 12);
  const std::uint32_t crc = portcullis::core::crc32c(bytes);
  std::memcpy(bytes.data() + 60, &crc, 4);
  if (bridge::parse_packet(bytes, view) != bridge::PacketCheck::kOk) return 0;
  std::vector<std::uint32_t> samples(view.header.sample_count);
  bridge::unpack_samples(view.header.format, view.samples, samples);
  std::vector<std::byte> again(size);
  if (bridge::encode_packet(view.header, samples, again) != size) std::abort();
  bridge::PacketView second;
  if (bridge::parse_packet(again, second) != bridge::PacketCheck::kOk) std::abort();
  std::vector<std::uint32_t> samples_again(samples.size());
  bridge::unpack_samples(second.header.format, second.samples, samples_again);
  if (samples_again != samples) std::abort();
  return 0;
}
