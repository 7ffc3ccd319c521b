#include "customs/adapters/case_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/iso6346.h"
#include "customs/adapters/quotable.h"
#include "customs/identifiers.h"
#include "customs/model/code_lists.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kBuilderElementsMax = 200'000;
constexpr double kNumberMax = 1e12;

/// A number that holds is written in its one form; any other is kept as declared.
std::string container_as_declared(std::string_view declared) {
  auto number = core::normalise_container_number(declared);
  return core::check_container_number(number) == core::ContainerNumberProblem::kNone
             ? number
             : std::string(declared);
}

void note(std::vector<std::string>& list, std::string value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

void join(std::string& text, std::string_view separator, std::string_view more) {
  if (!text.empty()) text += separator;
  text += more;
}

std::string said_party(const Party& p) {
  if (!p.name.empty() && !p.id.empty()) return fmt::format("{} ({})", p.name, p.id);
  return p.name.empty() ? p.id : p.name;
}

/// First of the roles that is there.
std::string party_text(const DeclarationDetails& d, std::initializer_list<std::string_view> roles) {
  for (const auto role : roles) {
    for (const auto& p : d.parties)
      if (p.role == role) return said_party(p);
  }
  return {};
}

}  // namespace

void CaseBuilder::fail(std::string_view place, std::string_view why, core::ErrorCode code) {
  if (problem_) return;
  problem_ = core::Error{code, place.empty() ? fmt::format("{}: {}", name_, why)
                                             : fmt::format("{}: {}: {}", name_, place, why)};
}

void CaseBuilder::remark(std::string_view kind, std::string_view value, std::string_view reason) {
  if (case_.remarks.size() < kBuilderElementsMax)
    case_.remarks.push_back({std::string(kind), quotable(value, 200), std::string(reason)});
}

void CaseBuilder::keep_unknown(std::string path, std::string value) {
  case_.unknown.push_back({std::move(path), std::move(value)});
}

core::Declaration& CaseBuilder::declaration() {
  if (case_.declarations.empty()) {
    case_.declarations.emplace_back();
    case_.details.emplace_back();
  }
  return case_.declarations.back();
}
DeclarationDetails& CaseBuilder::details() {
  declaration();
  return case_.details.back();
}
Party& CaseBuilder::party(std::string_view role) {
  auto& parties = details().parties;
  for (auto& p : parties)
    if (p.role == role) return p;
  auto& made = parties.emplace_back();
  made.role = role;
  return made;
}
TransportMeans& CaseBuilder::means(std::string_view role) {
  auto& all = details().means;
  if (!role.empty()) {
    auto& made = all.emplace_back();
    made.role = role;
  } else if (all.empty()) {
    all.emplace_back();
  }
  return all.back();
}
Notice& CaseBuilder::notice() {
  if (case_.notices.empty()) case_.notices.emplace_back();
  return case_.notices.back();
}
ScanOrder& CaseBuilder::order() {
  if (case_.orders.empty()) case_.orders.emplace_back();
  return case_.orders.back();
}

core::DeclaredItem* CaseBuilder::item(std::string_view place) {
  auto& items = declaration().items;
  if (!items.empty()) return &items.back();
  fail(place, "an item's field stands before the first item");
  return nullptr;
}
core::DeclaredContainer* CaseBuilder::container(std::string_view place) {
  if (!has_container_) {
    fail(place, "a container's field stands outside of a container");
    return nullptr;
  }
  return container_named_ ? &declaration().containers[container_] : &unnamed_;
}
ContainerDetails* CaseBuilder::container_details(std::string_view place) {
  const auto* c = container(place);
  if (c == nullptr) return nullptr;
  if (!container_named_) return &unnamed_details_;
  auto& all = details().containers;
  for (auto& d : all)
    if (d.number == c->number) return &d;
  auto& made = all.emplace_back();
  made.number = c->number;
  return &made;
}

std::optional<double> CaseBuilder::number(std::string_view value, std::string_view place) {
  double out = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), out, std::chars_format::fixed);
  if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(out)) {
    fail(place, fmt::format("\"{}\" is not a number", quotable(value, 40)));
    return std::nullopt;
  }
  if (out < 0 || out > kNumberMax) {
    fail(place, fmt::format("{} is out of range", quotable(value, 40)));
    return std::nullopt;
  }
  return out;
}

std::optional<double> CaseBuilder::mass_kg(std::string_view value, std::string_view unit,
                                           std::string_view place) {
  const auto mass = number(value, place);
  if (!mass) return mass;
  // UN/ECE Recommendation 20; X12 element 355 and 188 where they are one letter.
  if (unit.empty() || unit == "KGM" || unit == "KG" || unit == "K") return mass;
  if (unit == "TNE" || unit == "MT" || unit == "M") return *mass * 1000;
  if (unit == "GRM") return *mass / 1000;
  if (unit == "LBR" || unit == "LB" || unit == "L") return *mass * 0.45359237;
  remark("unit", unit,
         fmt::format("is no mass unit that is read; {} stands without a mass", place));
  keep_unknown(std::string(place), fmt::format("{} {}", value, unit));
  return std::nullopt;
}

std::optional<bool> CaseBuilder::fullness(std::string_view value, std::string_view place) {
  if (value == "4" || value == "A" || value == "E" || value == "EMPTY" || value == "Empty")
    return true;
  if (value == "B" || value == "F" || value == "FULL" || value == "Full" || value == "L")
    return false;
  if (value.size() == 1 && value[0] >= '1' && value[0] <= '9') return false;
  fail(place,
       fmt::format("\"{}\" is not a fullness code (4 empty, 5 full, ...)", quotable(value, 20)));
  return std::nullopt;
}

void CaseBuilder::add_container(std::string_view value, std::string_view place, bool of_item) {
  const auto number = container_as_declared(value);
  auto& containers = declaration().containers;
  auto it = std::find_if(containers.begin(), containers.end(),
                         [&](const auto& c) { return c.number == number; });
  if (it == containers.end()) {
    if (++elements_ > kBuilderElementsMax) {
      fail(place, fmt::format("more than {} elements", kBuilderElementsMax));
      return;
    }
    containers.push_back({number, {}, {}, std::nullopt});
    it = std::prev(containers.end());
  }
  if (of_item) {
    if (auto* i = item(place)) note(i->containers, number);
    return;
  }
  container_ = static_cast<std::size_t>(it - containers.begin());
  const bool had_fields = has_container_ && !container_named_;
  has_container_ = true;
  container_named_ = true;
  if (!had_fields) return;
  for (const int number_of_item : unnamed_items_)
    container_items_.push_back({case_.declarations.size() - 1, container_, number_of_item});
  if (it->iso_type.empty()) it->iso_type = unnamed_.iso_type;
  for (auto& seal : unnamed_.seals) note(it->seals, seal);
  if (unnamed_.empty) it->empty = unnamed_.empty;
  if (unnamed_details_.gross_mass_kg || unnamed_details_.tare_kg ||
      unnamed_details_.verified_mass_kg) {
    auto* kept = container_details(place);
    *kept = unnamed_details_;
    kept->number = number;
  }
}

void CaseBuilder::set(Field field, std::string_view argument, std::string_view value,
                      std::string_view place, std::string_view unit) {
  if (problem_ || field == Field::kKnown) return;
  switch (field) {
    case Field::kBeginDeclaration:
    case Field::kBeginItem:
    case Field::kBeginContainer:
    case Field::kBeginMeans:
    case Field::kBeginOrder:
    case Field::kBeginNotice:
    case Field::kBeginDocument:
      if (++elements_ > kBuilderElementsMax) {
        fail(place, fmt::format("more than {} elements", kBuilderElementsMax));
        return;
      }
      break;
    case Field::kKind:  // Its argument says it all.
      break;
    default:
      if (value.empty()) return;
  }
  switch (field) {
    case Field::kBeginDeclaration:
      case_.declarations.emplace_back();
      case_.details.emplace_back();
      has_container_ = false;
      return;
    case Field::kBeginItem:
      declaration().items.emplace_back();
      declaration().items.back().number = static_cast<int>(declaration().items.size());
      details().items.emplace_back().number = declaration().items.back().number;
      return;
    case Field::kBeginContainer:
      has_container_ = true;
      container_named_ = false;
      unnamed_ = {};
      unnamed_items_.clear();
      unnamed_details_ = {};
      return;
    case Field::kBeginMeans:
      means(argument.empty() ? "means" : argument);
      return;
    case Field::kBeginOrder:
      case_.orders.emplace_back().movement = argument;
      return;
    case Field::kBeginNotice:
      case_.notices.emplace_back().list = argument;
      return;
    case Field::kBeginDocument:
      details().documents.emplace_back();
      return;
    default:
      break;
  }
  if (set_declaration(field, argument, value, place, unit) || set_item(field, value, place, unit) ||
      set_container(field, value, place, unit) || set_means(field, value) ||
      set_manifest(field, value) || set_notice(field, argument, value) ||
      set_order(field, value, place, unit))
    return;
  set_message(field, argument, value, place);
}

void CaseBuilder::set_message(Field field, std::string_view argument, std::string_view value,
                              std::string_view place) {
  auto& head = case_.message;
  switch (field) {
    case Field::kMessageId:
      head.id = value;
      return;
    case Field::kMessageName:
      head.name = value;
      return;
    case Field::kMessageVersion:
      head.version = value;
      return;
    case Field::kSender:
      head.sender = value;
      return;
    case Field::kRecipient:
      head.recipient = value;
      return;
    case Field::kFunction:
      head.function = value;
      return;
    case Field::kSent:
      head.sent = value;
      return;
    case Field::kChannel: {
      const auto entry = find_code(argument, value);
      if (!case_.selection) case_.selection.emplace();
      const auto channel = entry ? channel_from(entry->text) : std::nullopt;
      if (channel)
        case_.selection->channel = *channel;
      else
        remark("code", value, fmt::format("is not in the list {}", argument));
      return;
    }
    case Field::kSelectionReason:
      if (!case_.selection) case_.selection.emplace();
      join(case_.selection->reason, "; ", value);
      return;
    default:
      fail(place, "is of a field that no table may name");
  }
}

bool CaseBuilder::set_declaration(Field field, std::string_view argument, std::string_view value,
                                  std::string_view place, std::string_view unit) {
  switch (field) {
    case Field::kLrn:
      declaration().lrn = value;
      return true;
    case Field::kMrn:
      declaration().mrn = value;
      return true;
    case Field::kUcr:
      declaration().ucr = value;
      return true;
    case Field::kProcedure:
      details().procedure_code = value;
      if (!argument.empty()) {
        const auto entry = find_code(argument, value);
        const auto kind = entry ? case_kind_from(entry->text) : std::nullopt;
        if (kind)
          details().kind = *kind;
        else
          remark("code", value, fmt::format("is not in the list {}", argument));
      }
      return true;
    case Field::kKind:
      if (const auto kind = case_kind_from(argument)) details().kind = *kind;
      return true;
    case Field::kPartyId:
      party(argument).id = value;
      return true;
    case Field::kPartyName:
      join(party(argument).name, " ", value);
      return true;
    case Field::kPartyAddress:
      join(party(argument).address, ", ", value);
      return true;
    case Field::kPartyCountry:
      party(argument).country = value;
      return true;
    case Field::kOriginCountry:
      declaration().origin_country = value;
      return true;
    case Field::kDestinationCountry:
      declaration().destination_country = value;
      return true;
    case Field::kPlace:
      details().places.push_back({std::string(argument), std::string(value), {}});
      return true;
    case Field::kGrossMass:
      declaration().gross_mass_kg = mass_kg(value, unit, place);
      return true;
    case Field::kGrossMassUnit:
      if (auto& mass = declaration().gross_mass_kg)
        mass = mass_kg(fmt::format("{}", *mass), value, place);
      return true;
    case Field::kPackages:
      declaration().packages = number(value, place);
      return true;
    case Field::kValue:
      details().value = number(value, place);
      if (!unit.empty()) details().currency = unit;
      return true;
    case Field::kCurrency:
      details().currency = value;
      return true;
    case Field::kVesselCutOff:
      details().vessel_cut_off = value;
      return true;
    case Field::kDocumentType:
    case Field::kDocumentReference: {
      auto& documents = details().documents;
      if (documents.empty()) documents.emplace_back();
      (field == Field::kDocumentType ? documents.back().type : documents.back().reference) = value;
      return true;
    }
    default:
      return false;
  }
}

bool CaseBuilder::set_item(Field field, std::string_view value, std::string_view place,
                           std::string_view unit) {
  switch (field) {
    case Field::kItemNumber:
    case Field::kHsCode:
    case Field::kItemOrigin:
    case Field::kDescription:
    case Field::kItemGrossMass:
    case Field::kItemNetMass:
    case Field::kItemPackages:
    case Field::kPackageKind:
    case Field::kMarks:
    case Field::kItemValue:
    case Field::kItemCurrency:
      break;
    case Field::kItemContainer:
      add_container(value, place, true);
      return true;
    default:
      return false;
  }
  auto* i = item(place);
  if (i == nullptr) return true;
  auto& more = details().items.back();
  switch (field) {
    case Field::kItemNumber: {
      const auto n = number(value, place);
      if (n && (*n < 1 || *n > 99'999 || *n != std::floor(*n)))
        fail(place, "is not an item number");
      else if (n)
        i->number = more.number = static_cast<int>(*n);
      return true;
    }
    case Field::kHsCode: {
      for (const char c : value) {
        if (c >= '0' && c <= '9')
          i->hs_code += c;
        else if (c != '.' && c != ' ') {
          fail(place, fmt::format("\"{}\" is not a commodity code", quotable(value, 30)));
          return true;
        }
      }
      // Item codes of tariffs end in parts that are no commodity: ten digits say what it is.
      if (i->hs_code.size() > 10) i->hs_code.resize(10);
      return true;
    }
    case Field::kItemOrigin:
      more.origin_country = value;
      return true;
    case Field::kDescription:
      join(i->description, " ", value);
      return true;
    case Field::kItemGrossMass:
      i->gross_mass_kg = mass_kg(value, unit, place);
      return true;
    case Field::kItemNetMass:
      i->net_mass_kg = mass_kg(value, unit, place);
      return true;
    case Field::kItemPackages:
      i->packages += number(value, place).value_or(0);
      return true;
    case Field::kPackageKind:
      if (i->package_kind.empty()) i->package_kind = value;
      return true;
    case Field::kMarks:
      join(more.marks, " ", value);
      return true;
    case Field::kItemValue:
      more.value = number(value, place);
      if (!unit.empty()) more.currency = unit;
      return true;
    default:
      more.currency = value;
      return true;
  }
}

bool CaseBuilder::set_container(Field field, std::string_view value, std::string_view place,
                                std::string_view unit) {
  if (field == Field::kContainerNumber) {
    add_container(value, place, false);
    return true;
  }
  if (field < Field::kContainerNumber || field > Field::kContainerVerified) return false;
  auto* c = container(place);
  if (c == nullptr) return true;
  switch (field) {
    case Field::kIsoType:
      if (c->iso_type.empty()) c->iso_type = value;
      return true;
    case Field::kSeal:
      note(c->seals, std::string(value));
      return true;
    case Field::kFullness: {
      const auto empty = fullness(value, place);
      if (empty && c->empty && *c->empty != *empty)
        fail(place,
             fmt::format("container {} is declared both empty and full", quotable(c->number, 20)));
      else if (empty)
        c->empty = empty;
      return true;
    }
    case Field::kContainerItem: {
      const auto n = number(value, place);
      if (n && *n >= 1 && *n <= 99'999 && !container_named_)
        unnamed_items_.push_back(static_cast<int>(*n));
      else if (n && *n >= 1 && *n <= 99'999)
        container_items_.push_back(
            {case_.declarations.size() - 1, container_, static_cast<int>(*n)});
      return true;
    }
    case Field::kContainerGross:
      container_details(place)->gross_mass_kg = mass_kg(value, unit, place);
      return true;
    case Field::kContainerTare:
      container_details(place)->tare_kg = mass_kg(value, unit, place);
      return true;
    default:
      container_details(place)->verified_mass_kg = mass_kg(value, unit, place);
      return true;
  }
}

bool CaseBuilder::set_means(Field field, std::string_view value) {
  switch (field) {
    case Field::kMeansMode:
      means({}).mode = value;
      return true;
    case Field::kMeansIdType:
      means({}).id_type = value;
      return true;
    case Field::kMeansId:
      means({}).id = value;
      return true;
    case Field::kMeansName:
      means({}).name = value;
      return true;
    case Field::kMeansNationality:
      means({}).nationality = value;
      return true;
    case Field::kVoyage:
      means({}).voyage = value;
      return true;
    case Field::kPlate:
      declaration().vehicle_plate = value;
      return true;
    default:
      return false;
  }
}

bool CaseBuilder::set_manifest(Field field, std::string_view value) {
  if (field < Field::kManifestReference || field > Field::kManifestArrival) return false;
  if (!case_.manifest) case_.manifest.emplace();
  auto& m = *case_.manifest;
  std::string* const places[] = {&m.reference, &m.carrier, &m.vessel,    &m.imo,
                                 &m.voyage,    &m.loading, &m.discharge, &m.arrival};
  *places[static_cast<std::size_t>(field) - static_cast<std::size_t>(Field::kManifestReference)] =
      value;
  return true;
}

bool CaseBuilder::set_notice(Field field, std::string_view argument, std::string_view value) {
  if (field < Field::kNoticeCode || field > Field::kNoticeAt) return false;
  if (field == Field::kNoticeCode) {
    auto told = notice_of(argument, value, case_.remarks);
    if (case_.notices.empty() || !case_.notices.back().code.empty()) {
      // What was said of the declaration before the second code holds for it too.
      if (!case_.notices.empty()) {
        told.lrn = case_.notices.back().lrn;
        told.mrn = case_.notices.back().mrn;
        told.at = case_.notices.back().at;
      }
      case_.notices.push_back(std::move(told));
      ++elements_;
    } else {
      auto& n = notice();
      n.list = std::move(told.list);
      n.code = std::move(told.code);
      n.effect = told.effect;
      n.text = std::move(told.text);
    }
    return true;
  }
  auto& n = notice();
  switch (field) {
    case Field::kNoticeLrn:
      n.lrn = value;
      return true;
    case Field::kNoticeMrn:
      n.mrn = value;
      return true;
    case Field::kNoticeContainer:
      n.container = container_as_declared(value);
      return true;
    case Field::kNoticeDetail:
      join(n.detail, "; ", value);
      return true;
    default:
      n.at = value;
      return true;
  }
}

bool CaseBuilder::set_order(Field field, std::string_view value, std::string_view place,
                            std::string_view unit) {
  if (field < Field::kOrderReference || field > Field::kOrderSeal) return false;
  auto& o = order();
  switch (field) {
    case Field::kOrderReference:
      o.reference = value;
      return true;
    case Field::kOrderContainer:
      o.container = container_as_declared(value);
      if (const auto status = check_container(value); !status.ok())
        remark("container", value, status.error().message);
      return true;
    case Field::kOrderType:
      o.iso_type = value;
      return true;
    case Field::kOrderPlate:
      o.plate = value;
      return true;
    case Field::kOrderDriver:
      o.driver = value;
      return true;
    case Field::kOrderChassis:
      o.chassis = value;
      return true;
    case Field::kOrderUcr:
      o.ucr = value;
      return true;
    case Field::kOrderMrn:
      o.mrn = value;
      return true;
    case Field::kOrderPlanned:
      o.planned = value;
      return true;
    case Field::kOrderFullness:
      o.empty = fullness(value, place);
      return true;
    case Field::kOrderGrossMass:
      o.gross_mass_kg = mass_kg(value, unit, place);
      return true;
    case Field::kOrderVerifiedMass:
      o.verified_mass_kg = mass_kg(value, unit, place);
      return true;
    default:
      note(o.seals, std::string(value));
      return true;
  }
}

core::Result<Case> CaseBuilder::finish() && {
  if (problem_) return *problem_;
  for (const auto& reference : container_items_) {
    auto& d = case_.declarations[reference.declaration];
    for (auto& i : d.items) {
      if (i.number == reference.item) note(i.containers, d.containers[reference.container].number);
    }
  }
  for (std::size_t k = 0; k < case_.declarations.size(); ++k) {
    auto& d = case_.declarations[k];
    const auto& more = case_.details[k];
    if (d.declarant.empty()) d.declarant = party_text(more, {"declarant", "holder", "agent"});
    if (d.consignor.empty()) d.consignor = party_text(more, {"consignor", "exporter"});
    if (d.consignee.empty()) d.consignee = party_text(more, {"consignee", "importer"});
    if (d.procedure.empty() && more.kind != CaseKind::kUnknown)
      d.procedure = case_kind_name(more.kind);
    // A road vehicle's registration by UN/EDIFACT 8067/EU list CL750: 30 vehicle, 31 trailer.
    for (const std::string_view type : {"30", "31"}) {
      for (const auto& m : more.means)
        if (d.vehicle_plate.empty() && m.id_type == type) d.vehicle_plate = m.id;
    }
    double mass = 0;
    double packages = 0;
    bool all_masses = !d.items.empty();
    for (const auto& i : d.items) {
      all_masses = all_masses && i.gross_mass_kg.has_value();
      mass += i.gross_mass_kg.value_or(0);
      packages += i.packages;
    }
    if (!d.gross_mass_kg && all_masses) d.gross_mass_kg = mass;
    if (!d.packages && packages > 0) d.packages = packages;
    for (auto& r : check_identifiers(d)) case_.remarks.push_back(std::move(r));
  }
  // A control that customs asks for is a selection of theirs.
  for (const auto& n : case_.notices) {
    if (n.effect != Effect::kControl && n.effect != Effect::kDocuments) continue;
    if (case_.selection && case_.selection->channel != Channel::kUnknown) break;
    if (!case_.selection) case_.selection.emplace();
    case_.selection->channel = n.effect == Effect::kControl ? Channel::kRed : Channel::kYellow;
    case_.selection->selected_by = case_.message.sender;
    if (case_.selection->reason.empty()) case_.selection->reason = n.text;
  }
  if (case_.manifest && !case_.manifest->imo.empty()) {
    if (const auto status = check_imo(case_.manifest->imo); !status.ok())
      remark("imo", case_.manifest->imo, status.error().message);
  }
  return std::move(case_);
}

}  // namespace portcullis::customs
