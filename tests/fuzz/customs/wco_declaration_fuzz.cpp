#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/wco/wco.h"

// Any bytes: a declaration or an error of one line; what was read can be answered.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto declaration = portcullis::customs::parse_declaration(bytes, "fuzz", "wco");
  if (!declaration.ok()) {
    PC_ASSERT(declaration.error().message.find('\n') == std::string::npos);
    return 0;
  }
  PC_ASSERT(!declaration->lrn.empty() || !declaration->mrn.empty());
  static_cast<void>(portcullis::customs::wco::emit_notification({}, *declaration).ok());
  return 0;
}
