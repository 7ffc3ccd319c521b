// A package from another administration: whatever comes, it is refused or every part is whole.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/files.h"
#include "core/package/package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portcullis::core;  // NOLINT repository-rule: a fuzz target's only function
  PackageLimits limits;
  limits.bytes_max = 1U << 20U;
  limits.parts_max = 64;
  const auto read = unpack({reinterpret_cast<const char*>(data), size}, "fuzz", limits);
  if (!read.ok() && read.error().message.empty()) std::abort();
  return 0;
}
