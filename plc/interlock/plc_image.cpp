#include "plc/interlock/plc_image.h"

#include "plc/tags/words.h"

namespace portcullis::plc {

double PlcImage::value(Tag tag) const noexcept {
  return static_cast<double>(at(tag).raw) * tag_info(tag).scale;
}

bool take_area(PlcImage& image, Area area, std::span<const std::uint16_t> words,
               core::TimePoint now) noexcept {
  if (words.size() < kAreaSize[static_cast<std::size_t>(area)]) return false;
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const TagInfo& info = tag_table()[i];
    TagReading& reading = image.tags[i];
    if (info.area != area || reading.validity == Validity::kUnwired) continue;
    reading.raw = decode_words(info.type, words.subspan(info.address, info.words));
    reading.read_at = now;
    const double value = static_cast<double>(reading.raw) * info.scale;
    const double slack = info.scale * 1e-6;
    reading.validity = value >= info.min - slack && value <= info.max + slack
                           ? Validity::kGood
                           : Validity::kOutOfRange;
  }
  return true;
}

void invalidate_area(PlcImage& image, Area area) noexcept {
  for (std::size_t i = 0; i < kTagCount; ++i)
    if (tag_table()[i].area == area && image.tags[i].validity != Validity::kUnwired)
      image.tags[i].validity = Validity::kUnread;
}

}  // namespace portcullis::plc
