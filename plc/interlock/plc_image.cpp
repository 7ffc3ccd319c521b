#include "plc/interlock/plc_image.h"

namespace portcullis::plc {

double PlcImage::value(Tag tag) const noexcept {
  return static_cast<double>(at(tag).raw) * tag_info(tag).scale;
}

bool take_area(PlcImage& image, Area area, std::span<const std::uint16_t> words,
               core::TimePoint now) noexcept {
  if (words.size() < kAreaSize[static_cast<std::size_t>(area)]) return false;
  take_run(image, TagMap::built_in(), area, 0, words, now);
  return true;
}

void take_run(PlcImage& image, const TagMap& map, Area area, std::uint16_t first,
              std::span<const std::uint16_t> words, core::TimePoint now) noexcept {
  const std::span<const TagInfo> table = tag_table();
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const TagInfo& info = table[i];
    if (info.area != area) continue;
    const TagPlace& place = map.place(static_cast<Tag>(i));
    TagReading& reading = image.tags[i];
    if (!place.wired || reading.validity == Validity::kUnwired) continue;
    if (place.address < first || place.address + place.words() > first + words.size()) continue;
    if (place.type == TagType::kBit) {  // most tags; neither of its values is out of range
      reading.raw =
          (words[static_cast<std::size_t>(place.address - first)] != 0) != place.inverted ? 1 : 0;
      reading.read_at = now;
      reading.validity = Validity::kGood;
      continue;
    }
    reading.raw =
        map.decode(static_cast<Tag>(i),
                   words.subspan(static_cast<std::size_t>(place.address - first), place.words()));
    reading.read_at = now;
    const double value = static_cast<double>(reading.raw) * info.scale;
    const double slack = info.scale * 1e-6;
    reading.validity = value >= info.min - slack && value <= info.max + slack
                           ? Validity::kGood
                           : Validity::kOutOfRange;
  }
}

void invalidate_area(PlcImage& image, Area area) noexcept {
  for (std::size_t i = 0; i < kTagCount; ++i)
    if (tag_table()[i].area == area && image.tags[i].validity != Validity::kUnwired)
      image.tags[i].validity = Validity::kUnread;
}

}  // namespace portcullis::plc
