#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/records.h"
#include "core/result.h"

/// What the lane and the gateway say to each other (api/gateway.proto), in our own types.
/// Customs can never command beam or motion: there is nothing here that could.
namespace portcullis::customs {

/// What is known of a vehicle that declarations may name.
struct VehicleNumbers {
  std::vector<std::string> containers;
  std::string plate;                 ///< Empty: not known.
  std::vector<std::string> chassis;  ///< Trailer or chassis, as a camera read them; often none.
};

struct FoundDeclaration {
  std::string id;  ///< Of the gateway's store.
  core::Declaration declaration;
  std::string matched_by;  ///< "container", "ucr", "mrn", "order", "plate", "chassis"
};

struct DecisionSubmission {
  std::string idempotency_key;  ///< The same key twice is applied once. Must not be empty.
  std::string declaration_id;   ///< Empty: none was bound.
  core::Decision decision;
  core::InspectionReport report;  ///< As it was when the decision was made.
};

struct DecisionReceipt {
  std::string answer_file;  ///< Name in the outbox; empty where no declaration was bound.
  std::string message;      ///< In words.
  bool repeated = false;    ///< It had been applied before. Not on the wire.
};

/// A scan and the declarations that were bound to it.
struct BindingReport {
  std::string scan_id;  ///< Must not be empty.
  std::vector<std::string> declaration_ids;
  /// The visit's number in [0, 1) from the committed seeds; absent: no draw could be had, and all
  /// that nothing else selects goes to the random channel.
  std::optional<double> draw;
};

/// How the case of a bound declaration was selected.
struct BoundSelection {
  std::string declaration_id;
  std::string channel;  ///< "green", "blue", "yellow", "red"
  std::string reason;   ///< For the officer; empty: nothing speaks for a check.
  bool random = false;
  bool is_new = true;              ///< False: it had come out the same before.
  std::vector<std::string> rules;  ///< Ids of those that spoke for it; not for who reads the image.
};

struct GatewayStatus {
  std::string software_version;
  std::uint64_t declarations = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t answers_written = 0;
  std::string last_quarantine_reason;
};

/// Implemented by the gateway itself and by its client, so that the lane does not know which it
/// has. Errors: kUnavailable (no gateway now), kTimeout, kInvalidInput, kNotFound (declaration_id),
/// kRefused (the key belongs to another decision), kIo. Threading: all calls are thread-safe.
class GatewayPort {
 public:
  virtual ~GatewayPort() = default;
  /// Declarations that name one of the containers, else those that a scan order of this vehicle
  /// names, else those that name the plate, else the chassis (declaration_search.h). More than one
  /// is an ambiguity, shown as such and resolved by nobody here.
  virtual core::Result<std::vector<FoundDeclaration>> find_declarations(
      const VehicleNumbers& numbers) = 0;
  /// Selects the cases of declarations that were bound to a scan, and keeps and logs it. Empty
  /// where the gateway has no rules. The same again changes nothing; what came out otherwise is
  /// kept beside what was before.
  virtual core::Result<std::vector<BoundSelection>> bind(const BindingReport& report) = 0;
  /// Check "revenue": the duties and taxes on what the scan shows otherwise than these declarations
  /// say it. Nothing where it shows nothing else, or the gateway has no tariff.
  virtual core::Result<std::optional<core::Check>> assess_revenue(
      const std::vector<std::string>& declaration_ids, const core::InspectionReport& report) = 0;
  /// Check "customs": the orders of customs that are in force for these containers and
  /// declarations, or were lifted since (model/customs_order.h). Nothing where customs ordered
  /// nothing. kUnsupported: no notices of customs come to this gateway.
  virtual core::Result<std::optional<core::Check>> check_orders(
      const std::vector<std::string>& container_numbers,
      const std::vector<std::string>& declaration_ids) {
    static_cast<void>(container_numbers);
    static_cast<void>(declaration_ids);
    return core::Error{core::ErrorCode::kUnsupported, "this gateway takes no notices of customs"};
  }
  /// A release that contradicts what customs ordered, or what an officer decided on another
  /// container of the declaration, is recorded and not told to customs: the receipt says why.
  virtual core::Result<DecisionReceipt> submit_decision(const DecisionSubmission& submission) = 0;
  virtual core::Result<GatewayStatus> status() = 0;
};

}  // namespace portcullis::customs
