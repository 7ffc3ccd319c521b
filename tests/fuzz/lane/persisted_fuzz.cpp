// The lane's kept state: damaged in any way it is refused, never read as "no latches".
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lane/persisted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto result = portcullis::lane::parse_persisted({reinterpret_cast<const char*>(data), size},
                                                        "lane-state.json");
  if (result.ok() && result->vehicle > result->vehicles) std::abort();
  return 0;
}
