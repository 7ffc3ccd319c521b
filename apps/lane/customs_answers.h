#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "archive/catalogue.h"
#include "core/time.h"
#include "customs/gateway/gateway_api.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The vehicle that is decided on.
struct AnsweredVehicle {
  std::vector<std::string> containers{};  ///< Numbers, front to rear.
  bool released = true;  ///< With this decision all of them are; of meaning with a release alone.
};

/// What a decision has to tell customs: one submission for each declaration that is answered and
/// each container of it that came with the vehicle. A decision on one container is told to the
/// declarations that name it. One that names none of the vehicle's containers (it was found by
/// plate, or a number was misread) is told of the decision's; of the release of a container when
/// all are released.
///
/// Every declaration of the case is told of what keeps the vehicle. A release goes to them only
/// where the check "declaration" agrees: goods that may be declared twice are not released twice by
/// a program. Then, and where none is bound, one submission without a declaration has the gateway
/// record the decision. Each has an idempotency key that follows from the case and from `nth`, the
/// number of decisions on it before this one (a vehicle that was held is decided on again). Pure.
std::vector<customs::DecisionSubmission> answers_to(
    const core::Decision& decision, const core::InspectionReport& report,
    const std::vector<services::MatchedDeclaration>& declarations,
    const AnsweredVehicle& vehicle = {}, std::size_t nth = 0);

/// Answers that customs has not taken yet: sent until it does, also after a restart.
///
/// Ownership: borrows catalogue, gateway and clock. Threading: add() and restore() from any thread,
/// send() from one; send() waits for the gateway.
class CustomsAnswers {
 public:
  /// `gateway` null: there is no customs link, and nothing is kept to be sent. `noted`: called by
  /// send() with the case's id and what became of its answers, in words.
  CustomsAnswers(archive::Catalogue& catalogue, customs::GatewayPort* gateway,
                 const core::Clock& clock,
                 std::function<void(const std::string& case_id, const std::string& note)> noted);

  /// The decision must be in the catalogue already. Answers on one declaration go
  /// out in their order.
  void add(const core::Decision& decision, const core::InspectionReport& report,
           const std::vector<services::MatchedDeclaration>& declarations,
           const AnsweredVehicle& vehicle = {}, std::size_t nth = 0);
  /// What inspections found, from the `first`th outcome of the case on: told to the declarations
  /// that were told of the decision which referred it.
  void add_outcomes(const archive::CatalogueCase& stored, std::size_t first);
  /// What was decided or found before a restart and not answered in full; told again it changes
  /// nothing.
  void restore(const archive::CatalogueCase& stored);
  void send();

 private:
  struct Answer {
    customs::DecisionSubmission submission;
    std::string reference;  ///< Of the declaration; empty where none is answered.
    std::string open;       ///< References of declarations that the release leaves unanswered.
    const char* event = nullptr;  ///< Kind of the catalogue's event that says it was taken.
  };
  void queue(std::vector<customs::DecisionSubmission> submissions,
             const std::vector<services::MatchedDeclaration>& declarations, const char* event,
             bool withheld);

  archive::Catalogue& catalogue_;
  customs::GatewayPort* gateway_;
  const core::Clock& clock_;
  std::function<void(const std::string&, const std::string&)> noted_;
  std::mutex mutex_;
  std::deque<Answer> waiting_;
  std::map<std::string, std::vector<std::string>> answered_;  ///< By case, while some wait.
};

}  // namespace portcullis::apps
