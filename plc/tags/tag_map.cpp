#include "plc/tags/tag_map.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/assert.h"
#include "core/config.h"
#include "plc/tags/words.h"

namespace portcullis::plc {
namespace {

constexpr std::array<std::string_view, kAreaCount> kAreaKeys = {"discrete_input", "input_register",
                                                                "coil", "holding_register"};
const std::vector<std::string_view> kTypeNames = {"u16", "i16", "u32", "i32"};
constexpr std::array<TagType, 4> kTypes = {TagType::kU16, TagType::kI16, TagType::kU32,
                                           TagType::kI32};
const std::vector<std::string_view> kWordOrders = {"high_first", "low_first"};

bool is_bits(Area area) {
  return area == Area::kDiscreteInput || area == Area::kCoil;
}

std::pair<double, double> raw_range(TagType type) {
  switch (type) {
    case TagType::kBit:
      return {0, 1};
    case TagType::kU16:
      return {0, 0xFFFF};
    case TagType::kI16:
      return {-0x8000, 0x7FFF};
    case TagType::kU32:
      return {0, 4294967295.0};
    case TagType::kI32:
      return {-2147483648.0, 2147483647.0};
  }
  return {0, 0};
}

/// One row of a map file; false after a problem, which is noted at the row and its field.
bool read_place(core::ConfigReader& row, const TagInfo& info, bool low_word_first,
                TagPlace& place) {
  place.address = static_cast<std::uint16_t>(row.required_integer("address", {0, 65'535}));
  if (is_bits(info.area)) {
    place.type = TagType::kBit;
    if (info.area == Area::kDiscreteInput) place.inverted = row.boolean("inverted", false);
    if (place.inverted && info.safety == SafetyClass::kChain)
      row.fail("inverted", "a tag of the interlock chain is never inverted: a broken wire reads 0");
    return row.good();
  }
  const auto own = std::find(kTypes.begin(), kTypes.end(), info.type);
  place.type =
      kTypes[row.choice("type", static_cast<std::size_t>(own - kTypes.begin()), kTypeNames)];
  place.scale = row.number("scale", info.scale, {1e-6, 1e6});
  place.low_word_first = row.choice("word_order", low_word_first ? 1 : 0, kWordOrders) == 1;
  const auto [low, high] = raw_range(place.type);
  const double slack = place.scale;
  // What the lane writes must fit whole; of what it reads the range of the tag is wider than most
  // places are (an encoder's), and a value that does not fit is the PLC's affair.
  if (row.good() && info.writable &&
      (info.min < low * place.scale - slack || info.max > high * place.scale + slack)) {
    row.fail("type", "cannot hold " + std::to_string(info.min) + " to " + std::to_string(info.max) +
                         " " + std::string(info.unit) + " with this scale");
  }
  if (row.good() && place.address + place.words() > 65'536)
    row.fail("address", "the second word would stand beyond 65535");
  return row.good();
}

}  // namespace

const TagMap& TagMap::built_in() {
  static const TagMap map = [] {
    TagMap made;
    made.name_ = "default";
    made.unit_ = kModbusUnit;
    for (std::size_t i = 0; i < kTagCount; ++i) {
      const TagInfo& info = tag_table()[i];
      made.places_[i] = {info.address, info.type, info.scale, false, false, true};
    }
    made.derive();
    return made;
  }();
  return map;
}

core::Result<TagMap> TagMap::load(const std::filesystem::path& path) {
  PC_TRY(core::ConfigReader root, core::ConfigReader::load(path));
  return read(root);
}

core::Result<TagMap> TagMap::parse(std::string_view text, std::string_view name) {
  PC_TRY(core::ConfigReader root, core::ConfigReader::parse(text, name));
  return read(root);
}

core::Result<TagMap> TagMap::read(core::ConfigReader& root) {
  TagMap map;
  for (TagPlace& place : map.places_) place.wired = false;
  std::array<bool, kTagCount> named{};
  map.name_ = root.required_text("map");
  map.unit_ = static_cast<std::uint8_t>(root.required_integer("unit", {1, 247}));
  const bool low_word_first = root.choice("word_order", 0, kWordOrders) == 1;

  // By area: which tag stands at an address, to refuse two at one.
  std::array<std::vector<std::pair<std::uint32_t, std::size_t>>, kAreaCount> taken;
  for (std::size_t area = 0; area < kAreaCount; ++area) {
    for (core::ConfigReader& row : root.tables(kAreaKeys[area])) {
      const std::string name = row.required_text("tag");
      if (!row.good()) break;
      const std::optional<Tag> tag = find_tag(name);
      if (!tag) {
        row.fail("tag", "there is no tag \"" + name + "\"");
        break;
      }
      const auto index = static_cast<std::size_t>(*tag);
      const TagInfo& info = tag_info(*tag);
      if (static_cast<std::size_t>(info.area) != area) {
        row.fail("tag", "\"" + name + "\" belongs under [[" +
                            std::string(kAreaKeys[static_cast<std::size_t>(info.area)]) + "]]");
        break;
      }
      if (named[index]) {
        row.fail("tag", "\"" + name + "\" has a row already");
        break;
      }
      named[index] = true;
      TagPlace& place = map.places_[index];
      place.wired = true;
      if (!read_place(row, info, low_word_first, place)) break;
      for (std::uint32_t word = 0; word < place.words(); ++word) {
        const std::uint32_t at = place.address + word;
        const auto other = std::find_if(taken[area].begin(), taken[area].end(),
                                        [at](const auto& entry) { return entry.first == at; });
        if (other != taken[area].end()) {
          row.fail("address", std::to_string(at) + " is taken by \"" +
                                  std::string(tag_table()[other->second].name) + "\"");
          break;
        }
        taken[area].emplace_back(at, index);
      }
    }
  }
  for (const std::string& name : root.texts("unwired", {})) {
    const std::optional<Tag> tag = find_tag(name);
    if (!tag) {
      root.fail("unwired", "there is no tag \"" + name + "\"");
      break;
    }
    if (named[static_cast<std::size_t>(*tag)]) {
      root.fail("unwired", "\"" + name + "\" has a row: it is either wired or not");
      break;
    }
    named[static_cast<std::size_t>(*tag)] = true;
  }
  for (std::size_t i = 0; i < kTagCount && root.good(); ++i) {
    if (named[i]) continue;
    const TagInfo& info = tag_table()[i];
    root.fail(kAreaKeys[static_cast<std::size_t>(info.area)],
              "tag \"" + std::string(info.name) +
                  "\" has no row; where nothing is connected, name "
                  "it under unwired");
  }
  PC_CHECK(root.finish());
  map.derive();
  return map;
}

void TagMap::derive() {
  for (std::size_t area = 0; area < kAreaCount; ++area) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < kTagCount; ++i) {
      if (static_cast<std::size_t>(tag_table()[i].area) == area && places_[i].wired)
        order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return places_[a].address < places_[b].address;
    });
    const std::uint16_t most = is_bits(static_cast<Area>(area)) ? kRunBitsMax : kRunRegistersMax;
    const auto add = [most](std::vector<AddressRun>& runs, const TagPlace& place) {
      if (!runs.empty() && runs.back().first + runs.back().count == place.address &&
          runs.back().count + place.words() <= most) {
        runs.back().count = static_cast<std::uint16_t>(runs.back().count + place.words());
      } else {
        runs.push_back({place.address, place.words()});
      }
    };
    for (const std::size_t i : order) {
      add(read_runs_[area], places_[i]);
      if (tag_table()[i].writable) add(write_runs_[area], places_[i]);
      sizes_[area] = std::max<std::uint32_t>(
          sizes_[area], std::uint32_t{places_[i].address} + places_[i].words());
    }
  }
}

std::int64_t TagMap::decode(Tag tag, std::span<const std::uint16_t> words) const noexcept {
  const TagPlace& where = place(tag);
  PC_ASSERT(words.size() >= where.words());
  if (where.type == TagType::kBit) return (words[0] != 0) != where.inverted ? 1 : 0;
  std::array<std::uint16_t, 2> ordered{words[0], where.words() == 2 ? words[1] : std::uint16_t{0}};
  if (where.words() == 2 && where.low_word_first) std::swap(ordered[0], ordered[1]);
  const std::int64_t raw = decode_words(where.type, ordered);
  const double own = tag_info(tag).scale;
  if (where.scale == own) return raw;
  return std::llround(static_cast<double>(raw) * where.scale / own);
}

void TagMap::encode(Tag tag, std::int64_t raw, std::span<std::uint16_t> words) const noexcept {
  const TagPlace& where = place(tag);
  PC_ASSERT(words.size() >= where.words());
  if (where.type == TagType::kBit) {
    words[0] = (raw != 0) != where.inverted ? 1 : 0;
    return;
  }
  const double own = tag_info(tag).scale;
  double there = static_cast<double>(raw);
  if (where.scale != own) there = std::round(there * own / where.scale);
  const auto [low, high] = raw_range(where.type);
  std::array<std::uint16_t, 2> ordered{};
  encode_words(where.type, static_cast<std::int64_t>(std::clamp(there, low, high)), ordered);
  if (where.words() == 2 && where.low_word_first) std::swap(ordered[0], ordered[1]);
  std::copy_n(ordered.begin(), where.words(), words.begin());
}

}  // namespace portcullis::plc
