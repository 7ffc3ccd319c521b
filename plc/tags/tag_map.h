#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "plc/tags/tags.h"

namespace portcullis::core {
class ConfigReader;
}

namespace portcullis::plc {

/// Where a tag stands in one maker's PLC, and how its value is written there.
struct TagPlace {
  std::uint16_t address = 0;  ///< In the tag's area, from 0.
  TagType type = TagType::kBit;
  double scale = 1;             ///< Value in the tag's unit = what stands there * scale.
  bool low_word_first = false;  ///< Of a 32-bit value.
  bool inverted = false;        ///< Of a discrete input: 0 stands for true.
  bool wired = true;
  [[nodiscard]] std::uint8_t words() const noexcept {
    return type == TagType::kU32 || type == TagType::kI32 ? 2 : 1;
  }
};

/// A stretch of addresses of one area.
struct AddressRun {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
  bool operator==(const AddressRun&) const = default;
};

/// Most that one request may ask for: MODBUS Application Protocol V1.1b3, sections 6.1 to 6.12. The
/// writes' bounds are the smaller ones and hold for both.
inline constexpr std::uint16_t kRunBitsMax = 1968;
inline constexpr std::uint16_t kRunRegistersMax = 123;

/// The places of all tags in a PLC: the built-in map, or another maker's, which is a file alone.
///
/// A file says where each tag of the built-in table stands; what it means, its unit, range, safety
/// class and whether it may be written stay the table's, so that no file can make a safety tag
/// writable. Values are handed on in the built-in table's own raw form, whatever stands on the
/// wire. docs/plc_maps.md describes the file.
///
/// Immutable once made; thread-safe to read.
class TagMap final {
 public:
  /// The built-in table's own places.
  static const TagMap& built_in();
  /// Fails with kNotFound or kInvalidConfig: "FILE:LINE: row (tag): field: why".
  static core::Result<TagMap> load(const std::filesystem::path& path);
  static core::Result<TagMap> parse(std::string_view text, std::string_view name);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::uint8_t unit() const noexcept { return unit_; }
  [[nodiscard]] const TagPlace& place(Tag tag) const noexcept {
    return places_[static_cast<std::size_t>(tag)];
  }
  /// One more than the highest address in use; 0 where the area holds no wired tag.
  [[nodiscard]] std::uint32_t area_size(Area area) const noexcept {
    return sizes_[static_cast<std::size_t>(area)];
  }
  /// Every wired tag of the area in as few requests as may be, without an address that the map
  /// does not name: many PLCs refuse those. No tag is cut.
  [[nodiscard]] const std::vector<AddressRun>& read_runs(Area area) const noexcept {
    return read_runs_[static_cast<std::size_t>(area)];
  }
  /// The same of the writable tags alone: the allow-list of writes. Empty for input areas.
  [[nodiscard]] const std::vector<AddressRun>& write_runs(Area area) const noexcept {
    return write_runs_[static_cast<std::size_t>(area)];
  }

  /// The raw value, in the built-in table's scale, of what stands in `words` (place().words() of
  /// them; a bit takes one, 0 or 1).
  [[nodiscard]] std::int64_t decode(Tag tag, std::span<const std::uint16_t> words) const noexcept;
  /// The opposite; what the place cannot hold is brought to its nearest end.
  void encode(Tag tag, std::int64_t raw, std::span<std::uint16_t> words) const noexcept;

 private:
  TagMap() = default;
  static core::Result<TagMap> read(core::ConfigReader& root);
  void derive();

  std::string name_;
  std::uint8_t unit_ = 1;
  std::array<TagPlace, kTagCount> places_{};
  std::array<std::uint32_t, kAreaCount> sizes_{};
  std::array<std::vector<AddressRun>, kAreaCount> read_runs_;
  std::array<std::vector<AddressRun>, kAreaCount> write_runs_;
};

}  // namespace portcullis::plc
