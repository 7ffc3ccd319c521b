#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "customs/adapters/parse.h"

// Any bytes in the name of any system: a case or an error of one line; what was read can be
// answered. A message that no adapter takes for its own goes to the one its first byte picks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace customs = portcullis::customs;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const auto systems = customs::supported_systems();
  const auto detected = customs::detect_system(bytes, "fuzz");
  const auto system =
      detected.ok() || size == 0 ? std::string_view() : systems[data[0] % systems.size()].system;
  const auto read = customs::parse_message(bytes, "fuzz", system);
  if (!read.ok()) {
    PC_ASSERT(read.error().message.find('\n') == std::string::npos);
    return 0;
  }
  PC_ASSERT(!read->message.name.empty() && !read->message.id.empty());
  auto answered = *read;
  answered.decisions.emplace_back();
  for (const auto& info : systems) {
    for (const auto message : info.writes)
      static_cast<void>(customs::emit_message(answered, info.system, message).ok());
  }
  return 0;
}
