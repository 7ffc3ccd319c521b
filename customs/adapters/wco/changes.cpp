#include "customs/adapters/wco/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "customs/adapters/safe_xml.h"
#include "customs/model/declared_changes.h"

namespace portcullis::customs::wco {

namespace {

constexpr std::size_t kChangesMax = 9'999;
constexpr std::string_view kItem = "GoodsShipment/GovernmentAgencyGoodsItem";

struct Name {
  std::string_view path, field;
  bool is_mass = false;
};
constexpr Name kHeadNames[] = {
    {"TotalPackageQuantity", "packages"},
    {"TotalGrossMassMeasure", "gross_mass_kg", true},
    {"GoodsShipment/ExportCountry/ID", "origin_country"},
    {"GoodsShipment/Destination/CountryCode", "destination_country"},
};
constexpr Name kItemNames[] = {
    {"Commodity/Description", "description"},
    {"Commodity/GoodsMeasure/GrossMassMeasure", "gross_mass_kg", true},
    {"Commodity/GoodsMeasure/NetNetWeightMeasure", "net_mass_kg", true},
    {"Packaging/QuantityQuantity", "packages"},
    {"Packaging/TypeCode", "package_kind"},
};
/// Says which declaration, message or item is meant; is no change itself.
constexpr std::string_view kNoChange[] = {"FunctionCode", "FunctionalReferenceID",
                                          "ID",           "TypeCode",
                                          "VersionID",    "IssueDateTime/DateTimeString"};

int number_of(const pugi::xml_node& item) {
  const auto text = text_of(child_of(item, "SequenceNumeric"));
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

/// The leaf's value; a mass in kilograms. Empty: its unit is not read.
std::string value_of(const pugi::xml_node& leaf, bool is_mass) {
  auto text = text_of(leaf);
  if (!is_mass) return text;
  const auto factor = kilograms_of(leaf.attribute("unitCode").value());
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!factor || error != std::errc() || end != text.data() + text.size()) return {};
  return *factor == 1 ? text : fmt::format("{:.6g}", value * *factor);
}

/// One element of a declaration that holds new values, and below.
class ChangeReader {
 public:
  explicit ChangeReader(std::vector<DeclaredChange>& changes) : changes_(changes) {}

  void read(const pugi::xml_node& node, const std::string& path, const pugi::xml_node& item) {
    for (const auto& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const auto name = local_name(child);
      const auto below = path.empty() ? std::string(name) : fmt::format("{}/{}", path, name);
      const bool is_leaf = std::none_of(child.begin(), child.end(), [](const auto& one) {
        return one.type() == pugi::node_element;
      });
      // What a request says beside its values.
      if (below == "Amendment" || below == "AdditionalInformation") continue;
      if (!is_leaf)
        read(child, below, below == kItem ? child : item);
      else if (name != "SequenceNumeric" &&
               std::find(std::begin(kNoChange), std::end(kNoChange), below) == std::end(kNoChange))
        add(child, below, item);
    }
  }

 private:
  void add(const pugi::xml_node& leaf, const std::string& path, const pugi::xml_node& item) {
    if (changes_.size() >= kChangesMax) return;
    if (item) {
      const std::string_view below = std::string_view(path).substr(kItem.size() + 1);
      const int number = number_of(item);
      if (number > 0 &&
          (add_commodity_code(leaf, below, number) || add_named(kItemNames, leaf, below, number)))
        return;
      changes_.push_back(
          {number > 0 ? fmt::format("{}[{}]/{}", kItem, number, below) : path, text_of(leaf)});
    } else if (!add_named(kHeadNames, leaf, path, 0)) {
      changes_.push_back({path, text_of(leaf)});
    }
  }
  template <std::size_t kCount>
  bool add_named(const Name (&names)[kCount], const pugi::xml_node& leaf, std::string_view path,
                 int item) {
    const auto name = std::find_if(std::begin(names), std::end(names),
                                   [&](const Name& one) { return one.path == path; });
    if (name == std::end(names)) return false;
    auto value = value_of(leaf, name->is_mass);
    if (value.empty()) return false;
    changes_.push_back(
        {item > 0 ? item_field(item, name->field) : std::string(name->field), std::move(value)});
    return true;
  }
  /// The classification of type TSP or HS is the code; its type is no change of its own.
  bool add_commodity_code(const pugi::xml_node& leaf, std::string_view path, int item) {
    const auto type = text_of(child_of(leaf.parent(), "IdentificationTypeCode"));
    if (type != "TSP" && type != "HS") return false;
    if (path == "Commodity/Classification/IdentificationTypeCode") return true;
    if (path != "Commodity/Classification/ID") return false;
    changes_.push_back({item_field(item, "hs_code"), text_of(leaf)});
    return true;
  }

  std::vector<DeclaredChange>& changes_;
};

/// "42A/67A/68A 131": the sections that the Amendment's pointers name.
std::string pointed_at(const pugi::xml_node& amendment) {
  std::string said;
  for (const auto& pointer : amendment.children()) {
    if (local_name(pointer) != "Pointer") continue;
    if (!said.empty()) said += '/';
    said += text_of(child_of(pointer, "DocumentSectionCode"));
    if (const auto number = text_of(child_of(pointer, "SequenceNumeric")); !number.empty())
      said += fmt::format("({})", number);
    if (const auto tag = text_of(child_of(pointer, "TagID")); !tag.empty()) said += " " + tag;
  }
  return said;
}

/// A field that is said twice (two packagings of an item) has no one value.
void unname_repeated(std::vector<DeclaredChange>& changes) {
  std::map<std::string, int, std::less<>> counts;
  for (const auto& change : changes) ++counts[change.field];
  for (auto& change : changes)
    if (counts[change.field] > 1) change.field += " (one of several)";
}

}  // namespace

std::vector<DeclaredChange> read_changes(const pugi::xml_node& holder,
                                         const std::vector<pugi::xml_node>& parts) {
  std::vector<DeclaredChange> changes;
  ChangeReader reader(changes);
  for (const auto& part : parts) reader.read(part, "", {});
  unname_repeated(changes);
  if (!changes.empty()) return changes;
  for (const auto& amendment : holder.children()) {
    if (local_name(amendment) == "Amendment" && changes.size() < kChangesMax)
      changes.push_back({pointed_at(amendment), ""});
  }
  return changes;
}

std::optional<double> kilograms_of(std::string_view unit) {
  if (unit.empty() || unit == "KGM") return 1;
  if (unit == "TNE") return 1000;
  if (unit == "GRM") return 0.001;
  if (unit == "LBR") return 0.45359237;
  return std::nullopt;
}

}  // namespace portcullis::customs::wco
