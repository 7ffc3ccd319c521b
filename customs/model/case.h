#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/result.h"

/// The canonical case: what customs systems said about a visit, in one form for all of them, with
/// the scans, decisions and times that belong to it. Adapters turn each system's messages into it
/// and it into theirs. Plain values; texts are UTF-8; times that a message states are kept as the
/// message writes them, times of our own are core::UtcTime.
namespace portcullis::customs {

/// A remark on one value of a case: it is kept as it was read, and marked.
struct IdentifierRemark {
  std::string kind;    ///< "container", "mrn", "imo", "code", "unit", "header"
  std::string value;   ///< As declared.
  std::string reason;  ///< Why it fails its check.
};

/// What a visit is for; which documents and checks belong to each is data (case_kinds.h).
enum class CaseKind : std::uint8_t {
  kUnknown,
  kImport,
  kExport,
  kTransit,
  kTranshipment,
  kEmpty,
  kReEntry,   ///< Comes again after a physical inspection.
  kNoPapers,  ///< Nothing was declared.
};
std::string_view case_kind_name(CaseKind kind);
std::optional<CaseKind> case_kind_from(std::string_view name);

/// The lane a customs system put the goods in.
enum class Channel : std::uint8_t { kUnknown, kGreen, kBlue, kYellow, kRed };
std::string_view channel_name(Channel channel);
std::optional<Channel> channel_from(std::string_view name);

/// What a status code of a customs system means for the goods.
enum class Effect : std::uint8_t {
  kUnknown,  ///< A code that no list of ours holds: never taken for a release.
  kNone,     ///< Says nothing about whether the goods may go.
  kAccepted,
  kRejected,
  kDocuments,  ///< Papers are wanted.
  kControl,    ///< The goods are to be looked at.
  kHold,
  kRelease,
  kDoNotLoad,
  kScreening,       ///< High-risk cargo screening is asked for.
  kInvalidated,     ///< The declaration counts no more.
  kAmended,         ///< The declaration was changed: Notice::changes.
  kAmendmentAsked,  ///< By the declarant; customs has not said yes.
  kCancellationAsked,
  kAnswered,  ///< Customs has dealt with what the declarant asked for.
};
std::string_view effect_name(Effect effect);
std::optional<Effect> effect_from(std::string_view name);

struct MessageHead {
  std::string system;  ///< Adapter: "wco"
  std::string basis;   ///< "published samples", "published schemas", "directory", "field list"
  std::string name;    ///< "DEC", "CUSCAR", "CC015C"
  std::string version;
  std::string id;  ///< The sender's, or "sha256:" and the hash of the bytes.
  std::string sender, recipient;
  std::string function;  ///< Code as sent: 9 original, 1 cancellation, ...
  std::string sent;
  bool test = false;
};

struct Party {
  std::string role;  ///< "declarant", "consignor", "consignee", "carrier", "driver", ...
  std::string id, name, address, country;
};
struct TransportMeans {
  std::string role;  ///< "departure", "arrival", "border", "main", "inland"
  std::string mode;  ///< UN/ECE Recommendation 19: 1 sea, 2 rail, 3 road, ...
  std::string id_type, id, name, nationality, voyage;
};
struct Place {
  std::string role;  ///< "loading", "unloading", "departure office", ...
  std::string code, name;
};
struct Document {
  std::string type, reference;
};
struct ItemDetails {
  int number = 0;  ///< Of core::DeclaredItem.
  std::string origin_country, marks, currency;
  std::optional<double> value;
};
struct ContainerDetails {
  std::string number;
  std::optional<double> gross_mass_kg, tare_kg;
  std::optional<double> verified_mass_kg;  ///< SOLAS VGM.
};
/// What a declaration says beyond core::Declaration. Scans compare with that one; people and rules
/// with both.
struct DeclarationDetails {
  CaseKind kind = CaseKind::kUnknown;
  std::string procedure_code;  ///< As declared: "IMA", "T1", "40".
  std::vector<Party> parties;
  std::vector<TransportMeans> means;
  std::vector<Place> places;  ///< The route, in the order of the message.
  std::vector<Document> documents;
  std::vector<ItemDetails> items;
  std::vector<ContainerDetails> containers;
  std::optional<double> value;
  std::string currency;
  std::string vessel_cut_off;  ///< Exports.
};

struct Manifest {
  std::string reference, carrier, vessel, imo, voyage, loading, discharge, arrival;
};

/// One field of a declaration as it is after a change.
struct DeclaredChange {
  std::string field;  ///< Ours (declared_changes.h), else the message's path of it.
  std::string value;  ///< Empty: the message does not say it.
  bool operator==(const DeclaredChange&) const = default;
};

/// One thing that a customs system told.
struct Notice {
  std::string list, code;  ///< Code list (code_lists.h) and code.
  Effect effect = Effect::kUnknown;
  std::string text;               ///< Of the code list; empty where the code is unknown.
  std::string lrn, mrn;           ///< Declaration it speaks of.
  std::string container, detail;  ///< Both may be empty.
  std::string at;
  std::string system;  ///< Of the message that told it; empty where it is not known.
  std::vector<DeclaredChange> changes;  ///< Of an amendment, made or asked for.
};

struct Selection {
  Channel channel = Channel::kUnknown;
  std::string reason, selected_by;
  bool random = false;
  std::optional<double> probability;      ///< With which it was selected.
  std::vector<std::string> rules;         ///< Ids of the rules that spoke for it.
  std::vector<std::string> shadow_rules;  ///< Of rules on trial, which select nothing.
  std::string model;                      ///< Id of the learnt score's model; empty: none.
  std::optional<double> score;            ///< 0 to 1.
};

/// Life of a scan order; scan_order.h has the transitions.
enum class OrderState : std::uint8_t {
  kPlanned,
  kArrived,
  kMismatch,
  kIdentified,
  kScanned,
  kDecided,
  kReferred,
  kClosed,
  kCancelled,
  kNoShow,
};
std::string_view order_state_name(OrderState state);
std::optional<OrderState> order_state_from(std::string_view name);

/// A visit that is expected at the gate.
struct ScanOrder {
  std::string reference;
  OrderState state = OrderState::kPlanned;
  std::string movement;  ///< "delivery", "pick-up", "gate-in", "gate-out", "weighing"
  std::string container, iso_type, plate, driver, planned;
  std::string chassis;   ///< Of trailer or chassis.
  std::string ucr, mrn;  ///< Of the declaration that its goods are under.
  std::optional<bool> empty;
  std::optional<double> gross_mass_kg, verified_mass_kg;
  std::vector<std::string> seals;
};

/// A container in a scan with the declarations that may belong to it (binding.h).
struct Binding {
  std::string scan_id, container;
  std::vector<std::string> declarations;  ///< Message ids; several: ambiguous or groupage.
  std::string bound_by;  ///< "container", "ucr", "plate", "chassis"; empty: an orphan.
};

/// Of the WCO Time Release Study. Absent: did not happen (yet).
struct TimeStamps {
  std::optional<core::UtcTime> arrival, lodged, selected, scan_start, scan_end, image_ready,
      decision, inspection_start, inspection_end, release;
};

struct ControlResult {
  std::string list, code, text;  ///< "eu-control-result", "A1", "Satisfactory"
};
struct Inspection {
  std::string outcome;  ///< "as declared", "differs", ...
  std::string text, officer;
};

/// A customs decision that somebody holds (AEO and other authorisations): a risk input.
struct Authorisation {
  std::string holder_id, holder, country;
  std::string type, reference, office;  ///< "AEOC", ...
  std::string valid_from, status;
};

/// A part of a message that no field of the case holds: kept, never dropped.
struct UnknownElement {
  std::string path;  ///< Path of the element, or message, segment number and tag.
  std::string value;
};

struct Case {
  std::string id;  ///< Ours; empty until a case is opened.
  MessageHead message;
  std::vector<core::Declaration> declarations;
  std::vector<DeclarationDetails> details;  ///< Of each declaration, same order; may be shorter.
  std::optional<Manifest> manifest;
  std::vector<ScanOrder> orders;
  std::vector<Notice> notices;
  std::optional<Selection> selection;
  std::vector<std::string> scan_ids;
  std::vector<Binding> bindings;
  std::vector<core::Finding> findings;
  std::vector<core::Check> checks;  ///< Of the scan against the declarations.
  std::optional<core::RadiationMeasurement> radiation;
  std::vector<core::Decision> decisions;
  std::optional<ControlResult> control_result;
  std::optional<Inspection> inspection;
  TimeStamps times;
  std::vector<Authorisation> holders;
  std::vector<UnknownElement> unknown;
  std::vector<IdentifierRemark> remarks;  ///< Derived, and from reading.
};

/// A case of one declaration, with its remarks.
Case case_of(core::Declaration declaration);
/// Checks container numbers and MRN of a declaration. Pure.
std::vector<IdentifierRemark> check_identifiers(const core::Declaration& declaration);

nlohmann::json to_json(const Case& customs_case);
/// Fails with kInvalidInput that names the key. Missing keys leave the field as it is; remarks on
/// identifiers are computed again.
core::Result<Case> case_from_json(const nlohmann::json& json);

}  // namespace portcullis::customs
