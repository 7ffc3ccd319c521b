// Whatever words come from the PLC: no value outside its range counts as good, a short read takes
// nothing, and no predicate reads beyond what is there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "plc/interlock/interlock.h"

using namespace portcullis;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plc::PlcImage image;
  plc::DiscrepancyState channels;
  core::TimePoint now{std::chrono::hours(1)};
  std::size_t at = 0;
  while (at + 2 < size) {
    const auto area = static_cast<plc::Area>(data[at] % plc::kAreaCount);
    const std::size_t count = data[at + 1] % 64;
    now += std::chrono::milliseconds(data[at + 2]);
    at += 3;
    std::vector<std::uint16_t> words;
    for (; words.size() < count && at + 1 < size; at += 2)
      words.push_back(static_cast<std::uint16_t>(data[at] << 8 | data[at + 1]));
    const bool taken = plc::take_area(image, area, words, now);
    if (taken != (words.size() >= plc::kAreaSize[static_cast<std::size_t>(area)])) std::abort();
    const plc::PlcView view(image, now, std::chrono::milliseconds(100));
    for (std::size_t i = 0; i < plc::kTagCount; ++i) {
      const auto tag = static_cast<plc::Tag>(i);
      const auto value = view.value(tag);
      const auto& info = plc::tag_info(tag);
      if (value && (*value < info.min - info.scale || *value > info.max + info.scale)) std::abort();
    }
    const auto watched = plc::watch_channels(channels, view);
    channels = watched.state;
    if (plc::doors_closed(view) && !(view.is_true(plc::Tag::kDoor4ClosedB))) std::abort();
    if (plc::beam_enabled(view) && plc::beam_disabled(view)) std::abort();
    if (plc::key_on(view) && plc::key_service(view)) std::abort();
  }
  return 0;
}
