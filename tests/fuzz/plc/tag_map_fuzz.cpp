// Whatever a tag map's file holds: it is refused, or no two tags share a place and every value that
// the lane may write stands where the map says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>

#include "plc/tags/tag_map.h"

using namespace portcullis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto map = plc::TagMap::parse({reinterpret_cast<const char*>(data), size}, "fuzzed.toml");
  if (!map.ok()) return 0;
  std::set<std::pair<int, int>> taken;
  for (std::size_t i = 0; i < plc::kTagCount; ++i) {
    const auto tag = static_cast<plc::Tag>(i);
    const auto& info = plc::tag_info(tag);
    const auto& place = map->place(tag);
    if (!place.wired) continue;
    for (int word = 0; word < place.words(); ++word)
      if (!taken.insert({static_cast<int>(info.area), place.address + word}).second) std::abort();
    if (place.inverted && (info.writable || info.safety == plc::SafetyClass::kChain)) std::abort();
    std::uint16_t words[2] = {};
    map->encode(tag, static_cast<std::int64_t>(info.min / info.scale), words);
    static_cast<void>(map->decode(tag, words));
  }
  return 0;
}
