#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/crc32c.h"
#include "imaging/flag/flag.h"
#include "inspection/worker/job.h"

/// Parses the bytes as they are, and once more with both checksums made right so that what lies
/// behind them is reached; what parses is flagged. And as the text that ends a scan.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portcullis;
  const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
  static_cast<void>(inspection::parse_job(bytes));
  static_cast<void>(inspection::parse_job_end({reinterpret_cast<const char*>(data), size}));
  if (size < inspection::kJobHeaderBytes) return 0;
  std::vector<std::byte> job(bytes.begin(), bytes.end());
  const std::uint32_t payload =
      core::crc32c(std::span<const std::byte>(job).subspan(inspection::kJobHeaderBytes));
  std::memcpy(job.data() + 60, &payload, sizeof payload);
  const std::uint32_t header = core::crc32c(std::span<const std::byte>(job).first(64));
  std::memcpy(job.data() + 64, &header, sizeof header);
  if (auto parsed = inspection::parse_job(job); parsed.ok()) {
    imaging::flag(parsed->images, parsed->identity, parsed->parameters);
  }
  return 0;
}
