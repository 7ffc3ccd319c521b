#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "core/time.h"
#include "plc/tags/tag_map.h"

namespace portcullis::plc {

/// Why a tag has a value, or has none. Only kGood is a value; how old it is, is judged apart.
enum class Validity : std::uint8_t {
  kUnread,  ///< Never read since the start, or the PLC refused to read it.
  kGood,
  kOutOfRange,   ///< Read, but outside the range of the tag table.
  kUnwired,      ///< The site's configuration says that nothing is connected.
  kImplausible,  ///< Read and in range, but it contradicts what else was read: the device lies.
};

struct TagReading {
  std::int64_t raw = 0;
  core::TimePoint read_at;
  Validity validity = Validity::kUnread;
};

/// Everything known of the PLC at one instant: a plain value, copied out of the client.
struct PlcImage {
  std::array<TagReading, kTagCount> tags{};  ///< By Tag.
  core::TimePoint taken;                     ///< When this copy was made.
  bool connected = false;                    ///< A connection stands at this instant.
  std::uint64_t polls = 0;                   ///< Complete polls since the start.
  core::TimePoint heartbeat_changed;         ///< When plc_heartbeat was last seen to change.
  bool heartbeat_seen = false;               ///< It changed at least once.
  core::TimePoint commands_confirmed;  ///< When the commands wanted were last known to stand there:
                                       ///< read back alike, and their sequence echoed.
  bool commands_seen = false;          ///< That happened at least once.
  bool writing = false;                ///< Commands are written at all (set_outputs() was called).
  std::string problem;      ///< In words, where something is wrong with the link; else empty.
  std::string implausible;  ///< In words, which reading contradicts which; else empty.

  [[nodiscard]] const TagReading& at(Tag tag) const noexcept {
    return tags[static_cast<std::size_t>(tag)];
  }
  [[nodiscard]] TagReading& at(Tag tag) noexcept { return tags[static_cast<std::size_t>(tag)]; }
  /// Value in the tag's unit, whatever its validity and age: for display only.
  [[nodiscard]] double value(Tag tag) const noexcept;
};

/// Takes the words (or bits, one a word) of a whole area as read at `now` into `image`: decodes,
/// checks ranges, leaves unwired tags alone. `words` shorter than the area is a short read:
/// nothing is taken and false is returned.
bool take_area(PlcImage& image, Area area, std::span<const std::uint16_t> words,
               core::TimePoint now) noexcept;
/// The same of the part of an area from address `first` on, in a PLC of another map: takes the tags
/// that stand whole within it.
void take_run(PlcImage& image, const TagMap& map, Area area, std::uint16_t first,
              std::span<const std::uint16_t> words, core::TimePoint now) noexcept;

/// Marks every tag of the area as unread: the PLC refused it.
void invalidate_area(PlcImage& image, Area area) noexcept;

}  // namespace portcullis::plc
