#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>

#include "core/iso6346.h"
#include "customs/adapters/safe_xml.h"
#include "customs/adapters/wco/changes.h"
#include "customs/adapters/wco/located.h"
#include "customs/adapters/wco/wco.h"

namespace portcullis::customs::wco {

namespace {

constexpr std::size_t kItemsMax = 9'999;  // The profile allows 999.
constexpr std::size_t kContainersMax = 9'999;
constexpr std::string_view kNamespacePrefix = "urn:wco:datamodel:";

/// Reads one declaration; the first problem is kept with the element's path, and getters then
/// return what they have.
class DeclarationReader {
 public:
  explicit DeclarationReader(std::string_view name) : name_(name) {}

  void fail(const pugi::xml_node& node, std::string_view why) { fail_at(path_of(node), why); }
  void fail_at(std::string_view path, std::string_view why) {
    if (!problem_)
      problem_ =
          core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: {}: {}", name_, path, why)};
  }
  void unsupported(const pugi::xml_node& node, std::string_view why) {
    if (!problem_)
      problem_ = core::Error{core::ErrorCode::kUnsupported,
                             fmt::format("{}: {}: {}", name_, path_of(node), why)};
  }
  [[nodiscard]] const std::optional<core::Error>& problem() const { return problem_; }

  std::string text(const pugi::xml_node& parent, std::string_view child) {
    const auto node = child_of(parent, child);
    if (!node) return {};
    std::string value = text_of(node);
    for (const char c : value) {
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r')
        fail(node, "holds a control character");
    }
    return value;
  }
  std::string required_text(const pugi::xml_node& parent, std::string_view child) {
    std::string value = text(parent, child);
    if (value.empty()) fail_at(fmt::format("{}/{}", path_of(parent), child), "is missing");
    return value;
  }
  pugi::xml_node required_child(const pugi::xml_node& parent, std::string_view child) {
    const auto node = child_of(parent, child);
    if (!node) fail_at(fmt::format("{}/{}", path_of(parent), child), "is missing");
    return node;
  }
  /// A number that is not negative.
  std::optional<double> number(const pugi::xml_node& parent, std::string_view child) {
    const auto node = child_of(parent, child);
    if (!node) return std::nullopt;
    const std::string value = text_of(node);
    double out = 0;
    const auto [end, error] =
        std::from_chars(value.data(), value.data() + value.size(), out, std::chars_format::fixed);
    if (value.empty() || error != std::errc() || end != value.data() + value.size() ||
        !std::isfinite(out)) {
      fail(node, fmt::format("\"{}\" is not a number", quotable(value, 40)));
      return std::nullopt;
    }
    if (out < 0 || out > 1e12) {
      fail(node, fmt::format("{} is out of range", quotable(value, 40)));
      return std::nullopt;
    }
    return out;
  }
  /// A mass in kilograms; unitCode by UN/ECE Recommendation 20, kilograms where it is absent.
  std::optional<double> mass_kg(const pugi::xml_node& parent, std::string_view child) {
    auto value = number(parent, child);
    if (!value) return value;
    const auto node = child_of(parent, child);
    const std::string_view unit = node.attribute("unitCode").value();
    if (const auto factor = kilograms_of(unit)) return *value * *factor;
    fail(node, fmt::format("unitCode \"{}\" is not a mass unit that is read (KGM, TNE, GRM, LBR)",
                           quotable(unit, 20)));
    return std::nullopt;
  }

  template <class Function>
  void each(const pugi::xml_node& parent, std::string_view child, Function&& function) {
    for (const auto& node : parent.children()) {
      if (node.type() == pugi::node_element && local_name(node) == child) function(node);
    }
  }

 private:
  std::string_view name_;
  std::optional<core::Error> problem_;
};

/// "name", else "id", of a party element; empty where the party is absent.
std::string party(DeclarationReader& reader, const pugi::xml_node& parent, std::string_view child) {
  const auto node = child_of(parent, child);
  if (!node) return {};
  const auto name = reader.text(node, "Name");
  const auto id = reader.text(node, "ID");
  if (!name.empty() && !id.empty()) return fmt::format("{} ({})", name, id);
  return name.empty() ? id : name;
}

/// By the first two letters of the declaration type (EU data element 1/1).
std::string procedure_of(std::string_view type_code) {
  if (type_code.starts_with("IM") || type_code.starts_with("CO")) return "import";
  if (type_code.starts_with("EX")) return "export";
  if (type_code.starts_with("T")) return "transit";
  return {};
}

/// Size and type, where the message has it: CharacteristicCode "22G1".
std::string iso_type_of(DeclarationReader& reader, const pugi::xml_node& equipment) {
  auto code = reader.text(equipment, "CharacteristicCode");
  return code.size() == 4 ? code : std::string();
}

/// FullnessCode by UN/EDIFACT code list 8169 (4 empty; 5 to 9 with load) or EU list CL 8169 "A",
/// "B".
std::optional<bool> empty_of(DeclarationReader& reader, const pugi::xml_node& equipment) {
  const auto node = child_of(equipment, "FullnessCode");
  if (!node) return std::nullopt;
  const auto code = text_of(node);
  if (code == "4" || code == "A") return true;
  if (code == "5" || code == "6" || code == "7" || code == "8" || code == "9" || code == "B" ||
      code == "1" || code == "2" || code == "3")
    return false;
  reader.fail(node, fmt::format("\"{}\" is not a fullness code (4 empty, 5 full, ...)",
                                quotable(code, 20)));
  return std::nullopt;
}

/// Containers by their number, in the order of the message.
class ContainerList {
 public:
  explicit ContainerList(core::Declaration& declaration) : declaration_(declaration) {}

  void add(DeclarationReader& reader, const pugi::xml_node& equipment, bool of_consignment,
           std::vector<std::string>* item_numbers) {
    const auto sequence = reader.text(equipment, "SequenceNumeric");
    const auto declared = reader.text(equipment, "ID");
    if (declared.empty()) {
      // Within an item a number alone points at the consignment's list.
      if (item_numbers != nullptr && !sequence.empty()) {
        if (const auto it = by_sequence_.find(sequence); it != by_sequence_.end())
          note(*item_numbers, it->second);
      }
      return;
    }
    // A number that holds is written in its one form; any other is kept as declared.
    const auto normalised = core::normalise_container_number(declared);
    const auto number =
        core::check_container_number(normalised) == core::ContainerNumberProblem::kNone ? normalised
                                                                                        : declared;
    if (of_consignment && !sequence.empty()) by_sequence_.emplace(sequence, number);
    auto it = std::find_if(declaration_.containers.begin(), declaration_.containers.end(),
                           [&](const auto& c) { return c.number == number; });
    if (it == declaration_.containers.end()) {
      if (declaration_.containers.size() >= kContainersMax) {
        reader.fail(equipment, fmt::format("more than {} containers", kContainersMax));
        return;
      }
      declaration_.containers.push_back({number, {}, {}, std::nullopt});
      it = std::prev(declaration_.containers.end());
    }
    if (it->iso_type.empty()) it->iso_type = iso_type_of(reader, equipment);
    if (const auto empty = empty_of(reader, equipment)) {
      if (it->empty && *it->empty != *empty)
        reader.fail(equipment, fmt::format("container {} is declared both empty and full", number));
      it->empty = empty;
    }
    reader.each(equipment, "Seal", [&](const pugi::xml_node& seal) {
      if (const auto id = reader.text(seal, "ID"); !id.empty()) note(it->seals, id);
    });
    if (item_numbers != nullptr) note(*item_numbers, number);
  }

 private:
  static void note(std::vector<std::string>& list, const std::string& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
  }
  core::Declaration& declaration_;
  std::map<std::string, std::string, std::less<>> by_sequence_;
};

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The tariff classification: the commodity code (TSP, or HS) followed by its TARIC digits (TRC).
std::string hs_code_of(DeclarationReader& reader, const pugi::xml_node& commodity) {
  std::string code;
  std::string taric;
  pugi::xml_node where;
  reader.each(commodity, "Classification", [&](const pugi::xml_node& node) {
    const auto type = reader.text(node, "IdentificationTypeCode");
    const auto id = reader.text(node, "ID");
    const bool tariff = type == "TSP" || type == "HS" || type == "SRZ" || type.empty();
    if (tariff && code.empty()) {
      code = id;
      where = node;
    } else if (type == "TRC" && taric.empty()) {
      taric = id;
    }
  });
  if (code.empty()) return {};
  if (!all_digits(code) || code.size() < 2 || code.size() > 10) {
    reader.fail_at(
        path_of(where) + "/ID",
        fmt::format("\"{}\" is not a commodity code of 2 to 10 digits", quotable(code, 40)));
    return {};
  }
  if (code.size() == 8 && taric.size() == 2 && all_digits(taric)) code += taric;
  return code;
}

void read_item(DeclarationReader& reader, const pugi::xml_node& node, ContainerList& containers,
               core::Declaration& declaration) {
  core::DeclaredItem item;
  if (reader.required_text(node, "SequenceNumeric").empty()) return;
  const auto sequence = reader.number(node, "SequenceNumeric");
  if (sequence && (*sequence < 1 || *sequence > 99'999 || *sequence != std::floor(*sequence))) {
    reader.fail(child_of(node, "SequenceNumeric"), "is not an item number");
    return;
  }
  item.number = static_cast<int>(sequence.value_or(0));
  if (const auto commodity = child_of(node, "Commodity")) {
    item.description = reader.text(commodity, "Description");
    item.hs_code = hs_code_of(reader, commodity);
    if (const auto measure = child_of(commodity, "GoodsMeasure")) {
      item.gross_mass_kg = reader.mass_kg(measure, "GrossMassMeasure");
      item.net_mass_kg = reader.mass_kg(measure, "NetNetWeightMeasure");
    }
    reader.each(commodity, "TransportEquipment", [&](const pugi::xml_node& equipment) {
      containers.add(reader, equipment, false, &item.containers);
    });
  }
  reader.each(node, "TransportEquipment", [&](const pugi::xml_node& equipment) {
    containers.add(reader, equipment, false, &item.containers);
  });
  reader.each(node, "Packaging", [&](const pugi::xml_node& packaging) {
    item.packages += reader.number(packaging, "QuantityQuantity").value_or(0);
    if (item.package_kind.empty()) item.package_kind = reader.text(packaging, "TypeCode");
  });
  if (declaration.items.size() >= kItemsMax) {
    reader.fail(node, fmt::format("more than {} items", kItemsMax));
    return;
  }
  declaration.items.push_back(std::move(item));
}

/// A road vehicle's registration: identification type 30 (vehicle), then 31 (trailer), of the
/// departure, arrival and border transport means in this order; or any of road mode (3) without a
/// type.
std::string plate_of(DeclarationReader& reader, const pugi::xml_node& declaration,
                     const pugi::xml_node& consignment) {
  const pugi::xml_node means[] = {child_of(consignment, "DepartureTransportMeans"),
                                  child_of(consignment, "ArrivalTransportMeans"),
                                  child_of(declaration, "BorderTransportMeans")};
  for (const std::string_view wanted : {"30", "31", ""}) {
    for (const auto& node : means) {
      if (!node || reader.text(node, "IdentificationTypeCode") != wanted) continue;
      if (wanted.empty() && reader.text(node, "ModeCode") != "3") continue;
      if (auto id = reader.text(node, "ID"); !id.empty()) return id;
    }
  }
  return {};
}

void read_shipment(DeclarationReader& reader, const pugi::xml_node& node,
                   const pugi::xml_node& shipment, core::Declaration& d) {
  const auto consignment = child_of(shipment, "Consignment");
  ContainerList containers(d);
  reader.each(consignment, "TransportEquipment", [&](const pugi::xml_node& equipment) {
    containers.add(reader, equipment, true, nullptr);
  });
  reader.each(shipment, "GovernmentAgencyGoodsItem",
              [&](const pugi::xml_node& item) { read_item(reader, item, containers, d); });
  if (const auto ucr = child_of(shipment, "UCR")) {
    d.ucr = reader.text(ucr, "ID");
    if (d.ucr.empty()) d.ucr = reader.text(ucr, "TraderAssignedReferenceID");
  }
  // The UK's declaration UCR stands as a previous document of type DCR.
  if (d.ucr.empty()) {
    reader.each(shipment, "PreviousDocument", [&](const pugi::xml_node& document) {
      if (d.ucr.empty() && reader.text(document, "TypeCode") == "DCR")
        d.ucr = reader.text(document, "ID");
    });
  }
  d.consignor = party(reader, shipment, "Consignor");
  if (d.consignor.empty()) d.consignor = party(reader, node, "Exporter");
  d.consignee = party(reader, shipment, "Consignee");
  if (d.consignee.empty()) d.consignee = party(reader, shipment, "Importer");
  d.origin_country = reader.text(child_of(shipment, "ExportCountry"), "ID");
  d.destination_country = reader.text(child_of(shipment, "Destination"), "CountryCode");
  // Where the shipment does not say, the items may, when they agree.
  const auto of_items = [&](std::string_view element, std::string_view child, std::string& out) {
    if (!out.empty()) return;
    bool agree = true;
    std::string value;
    reader.each(shipment, "GovernmentAgencyGoodsItem", [&](const pugi::xml_node& item) {
      const auto text = reader.text(child_of(item, element), child);
      if (!value.empty() && text != value) agree = false;
      value = text;
    });
    if (agree) out = value;
  };
  of_items("ExportCountry", "ID", d.origin_country);
  of_items("Origin", "CountryCode", d.origin_country);
  of_items("Destination", "CountryCode", d.destination_country);
  d.vehicle_plate = plate_of(reader, node, consignment);
}

}  // namespace

Located locate(const pugi::xml_node& root) {
  Located found;
  if (local_name(root) == "Declaration") {
    found.declaration = root;
    return found;
  }
  if (local_name(root) == "MetaData")
    found.metadata = root;
  else if (const auto detail = child_of(root, "requestDetail")) {
    found.metadata = child_of(detail, "MetaData");
    found.envelope = root;
  } else
    found.metadata = child_of(root, "MetaData");
  found.declaration = child_of(found.metadata, "Declaration");
  return found;
}

bool looks_like_message(std::string_view bytes) {
  // The root's tag stands in the first bytes, after a prologue with comments perhaps.
  const auto head = bytes.substr(0, 64 * 1024);
  if (head.find(kNamespacePrefix) != std::string_view::npos) return true;
  return head.find("<WCOTypeName") != std::string_view::npos ||
         head.find(":WCOTypeName") != std::string_view::npos;
}

core::Result<core::Declaration> read_declaration(const pugi::xml_node& root,
                                                 std::string_view name) {
  DeclarationReader reader(name);
  const auto found = locate(root);
  if (found.metadata) {
    const auto type = reader.text(found.metadata, "WCOTypeName");
    if (!type.empty() && type != "DEC")
      reader.unsupported(child_of(found.metadata, "WCOTypeName"),
                         fmt::format("\"{}\" is no declaration (DEC)", quotable(type, 20)));
  }
  if (!found.declaration) {
    reader.fail_at(
        found.metadata ? path_of(found.metadata) + "/Declaration" : path_of(root),
        found.metadata ? "is missing" : "is not a WCO message (MetaData or Declaration)");
    return *reader.problem();
  }
  const auto space = namespace_of(found.declaration);
  if (!space.empty() && !space.starts_with(kNamespacePrefix))
    reader.fail(found.declaration,
                fmt::format("namespace \"{}\" is not the WCO Data Model's", quotable(space, 80)));

  const auto& node = found.declaration;
  core::Declaration d;
  const auto function = reader.text(node, "FunctionCode");
  if (!function.empty() && function != "9" && function != "5") {
    reader.unsupported(child_of(node, "FunctionCode"),
                       fmt::format("\"{}\": only originals (9) and replacements (5) are taken",
                                   quotable(function, 20)));
  }
  d.lrn = reader.text(node, "FunctionalReferenceID");
  d.mrn = reader.text(node, "ID");
  if (d.lrn.empty() && d.mrn.empty())
    reader.fail_at(path_of(node) + "/FunctionalReferenceID",
                   "is missing (and there is no ID either)");
  d.procedure = procedure_of(reader.required_text(node, "TypeCode"));
  d.declarant = party(reader, node, "Declarant");
  d.packages = reader.number(node, "TotalPackageQuantity");
  d.gross_mass_kg = reader.mass_kg(node, "TotalGrossMassMeasure");
  if (found.envelope)
    d.message_id = reader.text(child_of(found.envelope, "requestCommon"), "conversationID");
  if (const auto shipment = reader.required_child(node, "GoodsShipment"))
    read_shipment(reader, node, shipment, d);
  if (reader.problem()) return *reader.problem();

  // The mass may stand in the head or in the items.
  if (!d.gross_mass_kg && !d.items.empty()) {
    double sum = 0;
    bool all = true;
    for (const auto& item : d.items) {
      if (item.gross_mass_kg)
        sum += *item.gross_mass_kg;
      else
        all = false;
    }
    if (all) d.gross_mass_kg = sum;
  }
  return d;
}

}  // namespace portcullis::customs::wco
