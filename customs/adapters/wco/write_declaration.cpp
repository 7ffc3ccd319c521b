#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include <string>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/wco/wco.h"

namespace portcullis::customs::wco {

namespace {

constexpr std::size_t kNameMax = 70;  // an..70
constexpr std::size_t kItemDescriptionMax = 512;
constexpr std::size_t kIdMax = 70;
constexpr std::size_t kTariffDigits = 8;  // The other two are TARIC's.

/// A leaf; nothing where there is no text.
pugi::xml_node put(pugi::xml_node parent, const char* name, std::string_view text,
                   std::size_t bytes_max = kIdMax) {
  const auto clean = clean_text(text, bytes_max);
  if (clean.empty()) return {};
  auto node = parent.append_child(name);
  node.text().set(clean.c_str());
  return node;
}

void put_mass(pugi::xml_node parent, const char* name, const std::optional<double>& mass_kg) {
  if (!mass_kg) return;
  auto node = put(parent, name, fmt::format("{}", *mass_kg));
  node.append_attribute("unitCode") = "KGM";
}

/// An amount says nothing without its currency.
void put_amount(pugi::xml_node parent, const char* name, const std::optional<double>& value,
                const std::string& currency) {
  if (!value || currency.empty()) return;
  auto node = put(parent, name, fmt::format("{}", *value));
  node.append_attribute("currencyID") = currency.c_str();
}

const Party* party_of(const DeclarationDetails* details, std::string_view role) {
  if (details == nullptr) return nullptr;
  const auto it = std::find_if(details->parties.begin(), details->parties.end(),
                               [&](const Party& p) { return p.role == role; });
  return it == details->parties.end() ? nullptr : &*it;
}

/// Name and number; of a case that holds no more than a text, that as the name.
void put_party(pugi::xml_node parent, const char* element, const DeclarationDetails* details,
               std::string_view role, std::string_view text = {}) {
  const auto* party = party_of(details, role);
  if (party == nullptr && text.empty()) return;
  auto node = parent.append_child(element);
  put(node, "Name", party != nullptr ? std::string_view(party->name) : text, kNameMax);
  if (party != nullptr) put(node, "ID", party->id);
  if (!node.first_child()) parent.remove_child(node);
}

void put_means(pugi::xml_node parent, const char* element, const DeclarationDetails* details,
               std::string_view role) {
  if (details == nullptr) return;
  const auto it = std::find_if(details->means.begin(), details->means.end(),
                               [&](const TransportMeans& m) { return m.role == role; });
  if (it == details->means.end()) return;
  auto node = parent.append_child(element);
  put(node, "ID", it->id);
  put(node, "IdentificationTypeCode", it->id_type);
  // The profile has it for the border's means alone.
  if (role == "border") put(node, "RegistrationNationalityCode", it->nationality);
  put(node, "ModeCode", it->mode);
  if (!node.first_child()) parent.remove_child(node);
}

void put_consignment(pugi::xml_node shipment, const core::Declaration& d,
                     const DeclarationDetails* details) {
  auto consignment = shipment.append_child("Consignment");
  put_means(consignment, "ArrivalTransportMeans", details, "arrival");
  put_means(consignment, "DepartureTransportMeans", details, "departure");
  for (std::size_t i = 0; i < d.containers.size(); ++i) {
    auto equipment = consignment.append_child("TransportEquipment");
    put(equipment, "SequenceNumeric", std::to_string(i + 1));
    put(equipment, "ID", d.containers[i].number);
    for (std::size_t k = 0; k < d.containers[i].seals.size(); ++k) {
      auto seal = equipment.append_child("Seal");
      put(seal, "SequenceNumeric", std::to_string(k + 1));
      put(seal, "ID", d.containers[i].seals[k]);
    }
  }
  if (!consignment.first_child()) shipment.remove_child(consignment);
}

void put_classification(pugi::xml_node commodity, std::string_view code, const char* type) {
  if (code.empty()) return;
  auto node = commodity.append_child("Classification");
  put(node, "ID", code);
  put(node, "IdentificationTypeCode", type);
}

void put_item(pugi::xml_node shipment, const core::DeclaredItem& item, const ItemDetails* more) {
  auto node = shipment.append_child("GovernmentAgencyGoodsItem");
  put(node, "SequenceNumeric", std::to_string(item.number));
  auto commodity = node.append_child("Commodity");
  put(commodity, "Description", item.description, kItemDescriptionMax);
  const std::string_view code = item.hs_code;
  put_classification(commodity, code.substr(0, kTariffDigits), "TSP");
  put_classification(commodity, code.substr(std::min(kTariffDigits, code.size())), "TRC");
  if (item.gross_mass_kg || item.net_mass_kg) {
    auto measure = commodity.append_child("GoodsMeasure");
    put_mass(measure, "GrossMassMeasure", item.gross_mass_kg);
    put_mass(measure, "NetNetWeightMeasure", item.net_mass_kg);
  }
  if (more != nullptr && more->value && !more->currency.empty())
    put_amount(commodity.append_child("InvoiceLine"), "ItemChargeAmount", more->value,
               more->currency);
  for (std::size_t i = 0; i < item.containers.size(); ++i) {
    auto equipment = commodity.append_child("TransportEquipment");
    put(equipment, "SequenceNumeric", std::to_string(i + 1));
    put(equipment, "ID", item.containers[i]);
  }
  if (!commodity.first_child()) node.remove_child(commodity);
  if (more != nullptr && !more->origin_country.empty())
    put(node.append_child("Origin"), "CountryCode", more->origin_country);
  const bool counted = item.packages > 0 && item.packages == std::floor(item.packages);
  const auto marks = more != nullptr ? std::string_view(more->marks) : std::string_view();
  if (counted || !item.package_kind.empty() || !marks.empty()) {
    auto packaging = node.append_child("Packaging");
    put(packaging, "SequenceNumeric", "1");
    put(packaging, "MarksNumbersID", marks, kItemDescriptionMax);
    if (counted) put(packaging, "QuantityQuantity", fmt::format("{:.0f}", item.packages));
    put(packaging, "TypeCode", item.package_kind);
  }
}

}  // namespace

core::Result<Emitted> write_declaration(const Case& c) {
  PC_TRY(const auto* declaration, answered_declaration(c));
  const auto& d = *declaration;
  const auto* details = c.details.empty() ? nullptr : &c.details.front();
  pugi::xml_document document;
  auto head = document.append_child(pugi::node_declaration);
  head.append_attribute("version") = "1.0";
  head.append_attribute("encoding") = "UTF-8";
  auto metadata = document.append_child("md:MetaData");
  metadata.append_attribute("xmlns:md") = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
  metadata.append_attribute("xmlns") = "urn:wco:datamodel:WCO:DEC-DMS:2";
  put(metadata, "md:WCODataModelVersionCode", "3.6");
  put(metadata, "md:WCOTypeName", "DEC");
  // The order of the elements is the schema's.
  auto node = metadata.append_child("Declaration");
  put(node, "FunctionCode", "9");
  put(node, "FunctionalReferenceID", d.lrn);
  put(node, "ID", d.mrn);
  put(node, "TypeCode", details != nullptr ? std::string_view(details->procedure_code) : "");
  if (!d.items.empty()) put(node, "GoodsItemQuantity", std::to_string(d.items.size()));
  if (details != nullptr) put_amount(node, "InvoiceAmount", details->value, details->currency);
  put_mass(node, "TotalGrossMassMeasure", d.gross_mass_kg);
  if (d.packages && *d.packages == std::floor(*d.packages))
    put(node, "TotalPackageQuantity", fmt::format("{:.0f}", *d.packages));
  put_party(node, "Agent", details, "agent");
  put_means(node, "BorderTransportMeans", details, "border");
  put_party(node, "Declarant", details, "declarant", d.declarant);
  put_party(node, "Exporter", details, "exporter");
  auto shipment = node.append_child("GoodsShipment");
  const bool has_importer = party_of(details, "importer") != nullptr;
  const bool has_exporter = party_of(details, "exporter") != nullptr;
  put_party(shipment, "Consignee", details, "consignee",
            has_importer ? std::string_view() : d.consignee);
  put_consignment(shipment, d, details);
  put_party(shipment, "Consignor", details, "consignor",
            has_exporter ? std::string_view() : d.consignor);
  if (!d.destination_country.empty())
    put(shipment.append_child("Destination"), "CountryCode", d.destination_country);
  if (!d.origin_country.empty())
    put(shipment.append_child("ExportCountry"), "ID", d.origin_country);
  for (const auto& item : d.items) {
    const ItemDetails* more = nullptr;
    if (details != nullptr) {
      for (const auto& one : details->items)
        if (one.number == item.number) more = &one;
    }
    put_item(shipment, item, more);
  }
  put_party(shipment, "Importer", details, "importer");
  if (!d.ucr.empty()) put(shipment.append_child("UCR"), "ID", d.ucr);
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return Emitted{d.lrn.empty() ? d.mrn : d.lrn, out.str()};
}

}  // namespace portcullis::customs::wco
