#include "customs/adapters/edifact/message_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <span>

#include "customs/adapters/quotable.h"
#include "customs/identifiers.h"

namespace portcullis::customs::edifact {

namespace {

using F = Field;

struct Role {
  std::string_view code, role;
};
// Data element 3035 (parties), 3227 (places), 8051 (stages of transport).
constexpr Role kParties[] = {
    {"CZ", "consignor"}, {"CN", "consignee"}, {"EX", "exporter"},  {"IM", "importer"},
    {"DT", "declarant"}, {"AE", "declarant"}, {"CB", "agent"},     {"CA", "carrier"},
    {"NI", "notify"},    {"N1", "notify"},    {"MS", "sender"},    {"DR", "driver"},
    {"BY", "buyer"},     {"SE", "seller"},    {"TR", "terminal"},  {"CF", "container operator"},
    {"FW", "forwarder"}, {"AM", "authority"}, {"SPC", "verifier"},
};
constexpr Role kPlaces[] = {
    {"9", "loading"},          {"11", "unloading"},        {"8", "destination"},
    {"7", "delivery"},         {"88", "receipt"},          {"13", "transhipment"},
    {"14", "goods location"},  {"22", "clearance office"}, {"23", "entry office"},
    {"41", "entry office"},    {"42", "exit office"},      {"60", "arrival"},
    {"61", "next port"},       {"94", "previous port"},    {"118", "departure office"},
    {"17", "border"},          {"165", "terminal"},        {"28", "routing country"},
    {"49", "transit country"},
};
constexpr Role kStages[] = {
    {"20", "main"},      {"1", "inland"},  {"10", "pre-carriage"}, {"11", "border"},
    {"12", "departure"}, {"30", "onward"}, {"21", "main"},
};

std::string_view role_of(std::span<const Role> roles, std::string_view code) {
  for (const auto& r : roles)
    if (r.code == code) return r.role;
  return {};
}

}  // namespace

void MessageReader::read(const EdiMessage& message) {
  for (const auto& s : message.segments) {
    place_ =
        fmt::format("message {}, segment {}, {}", quotable(message.reference, 40), s.number, s.tag);
    if (!take(s)) b_.keep_unknown(place_, s.raw);
    if (b_.problem()) return;
  }
  end();
}

bool MessageReader::take(const Segment& s) {
  const auto it = std::find_if(std::begin(kHandlers), std::end(kHandlers),
                               [&](const auto& h) { return h.tag == s.tag; });
  return it != std::end(kHandlers) && (this->*it->handle)(s);
}

bool MessageReader::bgm(const Segment& s) {
  set(F::kFunction, s.at(2));
  const auto id = s.at(1).empty() ? s.at(1, 1) : s.at(1);
  switch (type_) {
    case MessageType::kCuscar:
      set(F::kManifestReference, id);
      return true;
    case MessageType::kCusdec:
      set(F::kLrn, id);
      set(F::kProcedure, s.at(0), "edifact-1001");
      return true;
    case MessageType::kGovcbr:
      // 11: response.
      answers_ = s.at(2) == "11";
      document_ = id;
      if (!answers_) {
        set(F::kLrn, id);
        set(F::kProcedure, s.at(0), "edifact-1001");
      }
      return true;
    case MessageType::kCusres:
      document_ = id;
      return true;
    default:
      document_ = id;
      document_code_ = s.at(0);
      cancelled_ = s.at(2) == "1";
      return true;
  }
}

bool MessageReader::dtm(const Segment& s) {
  const auto qualifier = s.at(0, 0);
  const auto value = s.at(0, 1);
  if (is_order()) {
    // Arrival estimated, effective, departure estimated, pick-up, actual arrival, earliest.
    for (const auto q : {"132", "7", "133", "200", "178", "64", "63"}) {
      if (qualifier != q) continue;
      if (in_order_)
        set(F::kOrderPlanned, value);
      else
        planned_ = value;
      return true;
    }
  }
  if (qualifier == "137" || qualifier == "9") {
    if (is_answer()) {
      at_ = value;
      set(F::kSent, value);
    } else if (in_consignment_) {
      return false;
    } else {
      set(F::kSent, value);
    }
    return true;
  }
  if (qualifier == "132" && type_ == MessageType::kCuscar && !in_consignment_) {
    set(F::kManifestArrival, value);
    return true;
  }
  if (qualifier == "180" && !is_answer()) {
    set(F::kVesselCutOff, value);
    return true;
  }
  return false;
}

bool MessageReader::tdt(const Segment& s) {
  const auto stage = role_of(kStages, s.at(0));
  const auto id = s.at(7, 0);
  const auto name = s.at(7, 3).empty() ? s.at(4, 3) : s.at(7, 3);
  const bool road = s.at(2, 0) == "3";
  if (is_order()) {
    if (!road) return false;
    if (in_order_)
      set(F::kOrderPlate, id);
    else
      plate_ = id;
    return true;
  }
  if (type_ == MessageType::kCuscar && !in_consignment_) {
    set(F::kManifestVoyage, s.at(1));
    set(F::kManifestCarrier, s.at(4, 0));
    set(F::kManifestVessel, name);
    // Code list 146 with agency 11 is Lloyd's register: the IMO number.
    if (s.at(7, 2) == "11" || check_imo(id).ok()) set(F::kManifestImo, id);
  }
  if (is_answer() || (type_ == MessageType::kCuscar && !in_consignment_)) return true;
  b_.begin(F::kBeginMeans, stage.empty() ? "other" : stage);
  set(F::kMeansMode, s.at(2, 0));
  set(F::kMeansId, id);
  set(F::kMeansName, name);
  set(F::kVoyage, s.at(1));
  set(F::kMeansNationality, s.at(7, 4));
  if (road) set(F::kPlate, id);
  return true;
}

bool MessageReader::loc(const Segment& s) {
  const auto qualifier = s.at(0);
  const auto code = s.at(1, 0);
  if (is_order() || is_answer()) return false;
  if (in_item_ && (qualifier == "27" || qualifier == "30")) {
    set(F::kItemOrigin, code);
    return true;
  }
  if (qualifier == "35") set(F::kOriginCountry, code);
  if (qualifier == "36") set(F::kDestinationCountry, code);
  if (qualifier == "35" || qualifier == "36") return true;
  const auto role = role_of(kPlaces, qualifier);
  if (role.empty()) return code.empty();
  if (type_ == MessageType::kCuscar && !in_consignment_) {
    if (role == "loading") set(F::kManifestLoading, code);
    if (role == "unloading" || role == "arrival") set(F::kManifestDischarge, code);
    return role == "loading" || role == "unloading" || role == "arrival";
  }
  set(F::kPlace, code, role);
  if (!code.empty() && !s.at(1, 3).empty()) b_.details().places.back().name = s.at(1, 3);
  return true;
}

bool MessageReader::nad(const Segment& s) {
  const auto role = role_of(kParties, s.at(0));
  if (role.empty()) return false;
  if (role == "driver" && is_order()) {
    driver_ = s.at(3).empty() ? s.at(2) : s.at(3);
    if (in_order_) set(F::kOrderDriver, driver_);
    return true;
  }
  if (is_order() || is_answer() || (type_ == MessageType::kCuscar && !in_consignment_)) {
    if (role != "sender" && role != "carrier") return false;
    if (role == "sender" && b_.current().message.sender.empty()) set(F::kSender, s.at(1, 0));
    return role == "sender";
  }
  if (role == "sender") return true;
  set(F::kPartyId, s.at(1, 0), role);
  // Name and address in lines (C058), or structured (C080, C059, city, region, postcode).
  bool named = false;
  for (std::size_t i = 0; i < 5; ++i) {
    if (!s.at(3, i).empty()) {
      set(F::kPartyName, s.at(3, i), role);
      named = true;
    }
  }
  for (std::size_t i = 0; i < 5; ++i) {
    if (s.at(2, i).empty()) continue;
    set(named ? F::kPartyAddress : F::kPartyName, s.at(2, i), role);
    named = true;
  }
  for (std::size_t i = 0; i < 4; ++i) set(F::kPartyAddress, s.at(4, i), role);
  for (const std::size_t element : {5U, 7U}) set(F::kPartyAddress, s.at(element), role);
  set(F::kPartyCountry, s.at(8), role);
  return true;
}

void MessageReader::begin_item(std::string_view number) {
  b_.begin(F::kBeginItem);
  set(F::kItemNumber, number);
  in_item_ = true;
  in_equipment_ = false;
}

bool MessageReader::cni(const Segment& s) {
  if (is_order() || is_answer()) return false;
  if (in_consignment_ || type_ == MessageType::kCuscar) b_.begin(F::kBeginDeclaration);
  in_consignment_ = true;
  in_item_ = in_equipment_ = false;
  bill_has_content_ = false;
  set(F::kLrn, s.at(1, 0));
  return true;
}

bool MessageReader::gid(const Segment& s) {
  if (is_order() || is_answer()) return false;
  begin_item(s.at(0));
  set(F::kItemPackages, s.at(1, 0));
  set(F::kPackageKind, s.at(1, 1));
  return true;
}

bool MessageReader::cst(const Segment& s) {
  if (is_answer()) return false;
  if (s.at(0).empty() || s.at(0) == "0") return false;  // Procedures of the whole.
  begin_item(s.at(0));
  set(F::kHsCode, s.at(1, 0));
  return true;
}

bool MessageReader::pac(const Segment& s) {
  if (!in_item_) return false;
  set(F::kItemPackages, s.at(0));
  set(F::kPackageKind, s.at(2, 0));
  return true;
}

bool MessageReader::pia(const Segment& s) {
  // Additional product id: HS in D.95A and after.
  if (!in_item_ || s.at(1, 1) != "HS") return false;
  set(F::kHsCode, s.at(1, 0));
  return true;
}

bool MessageReader::pci(const Segment& s) {
  if (!in_item_) return false;
  for (std::size_t i = 0; i < 10; ++i) set(F::kMarks, s.at(1, i));
  return true;
}

bool MessageReader::ftx(const Segment& s) {
  std::string text;
  for (std::size_t i = 0; i < 5; ++i) {
    if (s.at(3, i).empty()) continue;
    if (!text.empty()) text += ' ';
    text += s.at(3, i);
  }
  if (is_answer()) {
    detail_ += detail_.empty() ? text : "; " + text;
    return true;
  }
  if (!in_item_ || s.at(0) != "AAA") return false;
  set(F::kDescription, text);
  return true;
}

bool MessageReader::mea(const Segment& s) {
  const auto what = s.at(1, 0);
  const auto unit = s.at(2, 0);
  const auto value = s.at(2, 1);
  const auto is = [&](std::initializer_list<std::string_view> codes) {
    return std::find(codes.begin(), codes.end(), what) != codes.end();
  };
  if (is_answer()) return false;
  const bool gross = is({"G", "AAB", "AAD", "EGW", "AET", "WT"});
  const bool net = is({"AAL", "AAA", "AAC", "N", "AAF"});
  if (is_order()) {
    if (!in_order_ || (!gross && what != "VGM")) return false;
    set(gross ? F::kOrderGrossMass : F::kOrderVerifiedMass, value, {}, unit);
    return true;
  }
  if (in_equipment_) {
    if (what == "VGM")
      set(F::kContainerVerified, value, {}, unit);
    else if (what == "T" || what == "ET")
      set(F::kContainerTare, value, {}, unit);
    else if (gross)
      set(F::kContainerGross, value, {}, unit);
    else
      return false;
    return true;
  }
  if (!gross && !(net && in_item_)) return false;
  if (type_ == MessageType::kCuscar && !in_consignment_) return false;
  set(!in_item_ ? F::kGrossMass : gross ? F::kItemGrossMass : F::kItemNetMass, value, {}, unit);
  return true;
}

bool MessageReader::moa(const Segment& s) {
  if (is_answer() || is_order()) return false;
  const auto what = s.at(0, 0);
  // Invoice item amount, customs value, line amount; invoice totals.
  if (in_item_ && (what == "38" || what == "40" || what == "43" || what == "203")) {
    set(F::kItemValue, s.at(0, 1), {}, s.at(0, 2));
    return true;
  }
  if (!in_item_ && (what == "39" || what == "77" || what == "43")) {
    set(F::kValue, s.at(0, 1), {}, s.at(0, 2));
    return true;
  }
  return false;
}

bool MessageReader::sgp(const Segment& s) {
  if (!in_item_) return false;
  set(F::kItemContainer, s.at(0, 0));
  return true;
}

bool MessageReader::eqd(const Segment& s) {
  const auto number = s.at(1, 0);
  if (is_answer()) {
    container_ = number;
    return true;
  }
  if (is_order()) {
    // A chassis or a trailer carries the equipment that stands before it, or comes alone.
    if (s.at(0) == "CH" || s.at(0) == "TE") {
      if (!in_order_ || !b_.order().chassis.empty()) begin_order("");
      set(F::kOrderChassis, number);
      return true;
    }
    begin_order(number);
    set(F::kOrderType, s.at(2, 0));
    if (s.at(0) == "CN") set(F::kOrderFullness, s.at(5));
    return true;
  }
  if (s.at(0) != "CN") return false;
  b_.begin(F::kBeginContainer);
  set(F::kContainerNumber, number);
  set(F::kIsoType, s.at(2, 0));
  set(F::kFullness, s.at(5));
  in_equipment_ = !number.empty();
  in_item_ = false;
  return true;
}

void MessageReader::begin_order(std::string_view container) {
  const auto movement = type_ == MessageType::kVermas   ? "weighing"
                        : document_code_ == "34"        ? "gate-in"
                        : document_code_ == "36"        ? "gate-out"
                        : type_ == MessageType::kCodeco ? "gate"
                                                        : "appointment";
  b_.begin(F::kBeginOrder, movement);
  in_order_ = true;
  set(F::kOrderReference, document_);
  set(F::kOrderContainer, container);
  set(F::kOrderPlanned, planned_);
  set(F::kOrderPlate, plate_);
  set(F::kOrderDriver, driver_);
  auto& order = b_.order();
  if (cancelled_)
    order.state = OrderState::kCancelled;
  else if (document_code_ == "34")
    order.state = OrderState::kArrived;
  else if (document_code_ == "36")
    order.state = OrderState::kClosed;
}

bool MessageReader::sel(const Segment& s) {
  if (in_order_) {
    set(F::kOrderSeal, s.at(0, 0));
    return true;
  }
  if (!in_equipment_) return false;
  set(F::kSeal, s.at(0, 0));
  return true;
}

bool MessageReader::rff(const Segment& s) {
  const auto what = s.at(0, 0);
  const auto reference = s.at(0, 1);
  if (is_answer()) {
    if (what == "ABE" || what == "LRN")
      lrn_ = reference;
    else if (what == "ABT" || what == "MRN" || what == "AAE")
      mrn_ = reference;
    else
      return false;
    return true;
  }
  if (is_order()) {
    if (!in_order_) return false;
    if (what == "UCN" || what == "ABT") {
      set(what == "UCN" ? F::kOrderUcr : F::kOrderMrn, reference);
      return true;
    }
    if (what != "BN" && what != "RE" && what != "BM" && what != "SI") return false;
    set(F::kOrderReference, reference);
    return true;
  }
  if (type_ == MessageType::kCuscar && in_consignment_) {
    // A reference after goods or parties opens the next bill of the same consignment.
    if (bill_has_content_) {
      b_.begin(F::kBeginDeclaration);
      in_item_ = in_equipment_ = false;
      bill_has_content_ = false;
    }
    set(F::kLrn, reference);
  } else if (what == "ABT" || what == "MRN") {
    set(F::kMrn, reference);
    return true;
  } else if (what == "UCN") {
    set(F::kUcr, reference);
    return true;
  }
  b_.begin(F::kBeginDocument);
  set(F::kDocumentType, what);
  set(F::kDocumentReference, reference);
  return true;
}

bool MessageReader::indicator(const Segment& s) {
  const auto code = s.tag == "GEI" ? s.at(1, 0) : s.at(0, 0);
  if (is_answer()) {
    codes_.push_back({"edifact-7365", std::string(code)});
    return true;
  }
  if (is_order()) return false;
  if (code == "22") set(F::kKind, code, "export");
  if (code == "23") set(F::kKind, code, "import");
  if (code == "24") set(F::kKind, code, "transit");
  if (code == "28") set(F::kKind, code, "transhipment");
  return code == "22" || code == "23" || code == "24" || code == "28";
}

bool MessageReader::gor(const Segment& s) {
  if (!is_answer()) return false;
  bool any = false;
  for (std::size_t element = 1; element < 5; ++element) {
    const auto action = s.at(element, 2);
    const auto procedure = s.at(element, 3);
    if (!action.empty()) codes_.push_back({"edifact-9417", std::string(action)});
    if (!procedure.empty()) codes_.push_back({"edifact-9353", std::string(procedure)});
    any = any || !action.empty() || !procedure.empty();
  }
  return any;
}

bool MessageReader::service(const Segment& s) {
  // UNS divides header, details and summary.
  if (s.at(0) == "S") in_item_ = in_equipment_ = false;
  return true;
}

void MessageReader::end() {
  if (is_answer()) {
    if (codes_.empty()) {
      b_.fail(place_, "the message ends without an indicator (GIS, GEI or GOR)");
      return;
    }
    for (const auto& [list, code] : codes_) {
      b_.begin(F::kBeginNotice, list);
      set(F::kNoticeCode, code, list);
      set(F::kNoticeLrn, lrn_.empty() && mrn_.empty() ? document_ : lrn_);
      set(F::kNoticeMrn, mrn_);
      set(F::kNoticeContainer, container_);
      set(F::kNoticeDetail, detail_);
      set(F::kNoticeAt, at_);
    }
  } else if (is_order() && !in_order_) {
    b_.fail(place_, "the message ends without equipment (EQD)");
  }
}

const MessageReader::Handler MessageReader::kHandlers[22] = {
    {"BGM", &MessageReader::bgm},
    {"DTM", &MessageReader::dtm},
    {"TDT", &MessageReader::tdt},
    {"LOC", &MessageReader::content<&MessageReader::loc>},
    {"NAD", &MessageReader::content<&MessageReader::nad>},
    {"CNI", &MessageReader::cni},
    {"GID", &MessageReader::content<&MessageReader::gid>},
    {"CST", &MessageReader::cst},
    {"PAC", &MessageReader::pac},
    {"PIA", &MessageReader::pia},
    {"PCI", &MessageReader::pci},
    {"FTX", &MessageReader::ftx},
    {"MEA", &MessageReader::mea},
    {"MOA", &MessageReader::moa},
    {"SGP", &MessageReader::sgp},
    {"EQD", &MessageReader::content<&MessageReader::eqd>},
    {"SEL", &MessageReader::sel},
    {"RFF", &MessageReader::rff},
    {"GIS", &MessageReader::indicator},
    {"GEI", &MessageReader::indicator},
    {"GOR", &MessageReader::gor},
    {"UNS", &MessageReader::service},
};

}  // namespace portcullis::customs::edifact
