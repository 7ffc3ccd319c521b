#include <cstddef>
#include <cstdint>
#include <string_view>

#include "simulator/scene/scanner.h"
#include "simulator/scene/scene.h"

// Scene and scanner files and the formulae in them come from people: any bytes give a scene or one
// line of error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto scene = portcullis::simulator::parse_scene(text, "fuzz.toml", ".");
  if (!scene.ok() && scene.error().message.empty()) __builtin_trap();
  (void)portcullis::simulator::parse_scanner(text, "fuzz");
  (void)portcullis::simulator::parse_formula(text.substr(0, 200));
  return 0;
}
