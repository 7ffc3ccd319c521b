#include "apps/lane/customs_answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_notes.h"
#include "apps/lane/take_decision.h"
#include "core/decisions.h"
#include "core/iso6346.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kAnswersComponent = "cases";
constexpr const char* kAnswerEvent = "customs_answer";
constexpr const char* kOutcomeAnswerEvent = "customs_outcome";

std::string reference(const core::Declaration& declaration) {
  return !declaration.mrn.empty()   ? declaration.mrn
         : !declaration.lrn.empty() ? declaration.lrn
                                    : "a declaration without a reference";
}

std::string listed(const std::vector<std::string>& references) {
  std::string out;
  for (const auto& one : references) {
    if (!out.empty()) out += &one == &references.back() ? " and " : ", ";
    out += one;
  }
  return out;
}

/// One declaration cannot be taken for another.
bool declarations_are_clear(const core::InspectionReport& report, std::size_t count) {
  for (const auto& check : report.checks) {
    if (check.name == "declaration") return check.outcome == core::CheckOutcome::kAgrees;
  }
  return count == 1;
}

bool same_number(const std::string& a, const std::string& b) {
  return core::normalise_container_number(a) == core::normalise_container_number(b);
}

/// Containers of the declaration that came with this vehicle, as the declaration writes them.
std::vector<std::string> here_of(const core::Declaration& declaration,
                                 const std::vector<std::string>& vehicle) {
  std::vector<std::string> here;
  for (const auto& declared : declaration.containers) {
    if (core::normalise_container_number(declared.number).empty()) continue;
    if (std::any_of(vehicle.begin(), vehicle.end(),
                    [&](const auto& one) { return same_number(one, declared.number); }))
      here.push_back(declared.number);
  }
  return here;
}

/// The container has one declaration at most, and each of the others is of another container: what
/// is not clear of those does not concern it.
bool has_its_own(const std::string& container,
                 const std::vector<services::MatchedDeclaration>& declarations,
                 const std::vector<std::string>& vehicle) {
  std::size_t own = 0;
  for (const auto& bound : declarations) {
    const auto here = here_of(bound.declaration, vehicle);
    if (here.empty()) return false;
    own += std::any_of(here.begin(), here.end(),
                       [&](const auto& one) { return same_number(one, container); });
  }
  return own <= 1;
}

/// A release of which it is not known for which of them it is.
bool is_withheld(const core::Decision& decision, const core::InspectionReport& report,
                 const std::vector<services::MatchedDeclaration>& declarations,
                 const std::vector<std::string>& vehicle) {
  if (decision.kind != core::DecisionKind::kRelease || declarations.empty()) return false;
  if (decision.container_only && has_its_own(decision.container, declarations, vehicle))
    return false;
  return !declarations_are_clear(report, declarations.size());
}

/// With its first `decided` decisions.
AnsweredVehicle vehicle_of(const archive::CatalogueCase& stored, std::size_t decided) {
  AnsweredVehicle vehicle;
  for (const auto& container : stored.scan.containers)
    vehicle.containers.push_back(container.number);
  const auto stands = core::vehicle_decision(
      core::standing_decisions(std::span(stored.decisions).first(decided), vehicle.containers));
  vehicle.released = stands && stands->kind == core::DecisionKind::kRelease;
  return vehicle;
}

/// Those that held when this was decided: an officer may have chosen otherwise since.
std::vector<services::MatchedDeclaration> declarations_of(const archive::CatalogueCase& stored,
                                                          const core::Decision& decision) {
  std::vector<services::MatchedDeclaration> declarations;
  for (auto& bound : archive::declarations_at(stored, decision.decided))
    declarations.push_back({bound.store_id, std::move(bound.declaration), bound.matched_by});
  return declarations;
}

/// What an inspection's outcome is told of; of a vehicle that was decided on otherwise since, that.
std::vector<core::Decision> referred_of(const archive::CatalogueCase& stored) {
  auto referred = referred_to_inspection(stored);
  if (referred.empty()) referred.push_back(stored.decisions.back());
  return referred;
}

std::size_t events_of(const archive::CatalogueCase& stored, const char* kind) {
  return static_cast<std::size_t>(std::count_if(stored.events.begin(), stored.events.end(),
                                                [&](const auto& e) { return e.kind == kind; }));
}

/// Trying again can help; what is wrong with the answer itself stays wrong.
bool may_be_taken_later(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::kInvalidInput:
    case core::ErrorCode::kInvalidConfig:
    case core::ErrorCode::kNotFound:
    case core::ErrorCode::kRefused:
    case core::ErrorCode::kUnsupported:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::vector<customs::DecisionSubmission> answers_to(
    const core::Decision& decision, const core::InspectionReport& report,
    const std::vector<services::MatchedDeclaration>& declarations, const AnsweredVehicle& vehicle,
    std::size_t nth) {
  const std::string key = decision.case_id + "/" + decision.container +
                          (nth == 0 ? "" : fmt::format("/decision-{}", nth + 1));
  std::vector<customs::DecisionSubmission> answers;
  if (!is_withheld(decision, report, declarations, vehicle.containers)) {
    for (const auto& bound : declarations) {
      customs::DecisionSubmission answer{key, bound.id, decision, report};
      if (declarations.size() > 1) answer.idempotency_key += "/" + bound.id;
      auto told = here_of(bound.declaration, vehicle.containers);
      const auto& named = bound.declaration.containers;
      if (told.empty()) {
        // Found by plate, or its number was misread.
        if (decision.container_only && decision.kind == core::DecisionKind::kRelease &&
            !vehicle.released)
          continue;
        told.push_back(declarations.size() > 1 && named.size() == 1 ? named.front().number
                                                                    : decision.container);
        answer.decision.container_only = false;
      } else if (decision.container_only) {
        std::erase_if(told, [&](const auto& one) { return !same_number(one, decision.container); });
      }
      for (const auto& container : told) {
        answers.push_back(answer);
        answers.back().decision.container = container;
        if (&container != &told.front()) answers.back().idempotency_key += "/" + container;
      }
    }
  }
  if (answers.empty()) answers.push_back({key, "", decision, report});
  return answers;
}

CustomsAnswers::CustomsAnswers(
    archive::Catalogue& catalogue, customs::GatewayPort* gateway, const core::Clock& clock,
    std::function<void(const std::string& case_id, const std::string& note)> noted)
    : catalogue_(catalogue), gateway_(gateway), clock_(clock), noted_(std::move(noted)) {}

void CustomsAnswers::add(const core::Decision& decision, const core::InspectionReport& report,
                         const std::vector<services::MatchedDeclaration>& declarations,
                         const AnsweredVehicle& vehicle, std::size_t nth) {
  queue(answers_to(decision, report, declarations, vehicle, nth), declarations, kAnswerEvent,
        is_withheld(decision, report, declarations, vehicle.containers));
}

void CustomsAnswers::queue(std::vector<customs::DecisionSubmission> submissions,
                           const std::vector<services::MatchedDeclaration>& declarations,
                           const char* event, bool withheld) {
  if (gateway_ == nullptr) return;
  std::vector<std::string> references;
  references.reserve(declarations.size());
  for (const auto& bound : declarations) references.push_back(reference(bound.declaration));
  const std::lock_guard lock(mutex_);
  for (auto& submission : submissions) {
    Answer answer;
    answer.event = event;
    for (const auto& bound : declarations) {
      if (bound.id == submission.declaration_id) answer.reference = reference(bound.declaration);
    }
    if (withheld) answer.open = listed(references);
    answer.submission = std::move(submission);
    waiting_.push_back(std::move(answer));
  }
}

void CustomsAnswers::add_outcomes(const archive::CatalogueCase& stored, std::size_t first) {
  if (gateway_ == nullptr || stored.decisions.empty() || !stored.report) return;
  const auto outcomes = outcomes_of(stored);
  for (std::size_t nth = first; nth < outcomes.size(); ++nth) {
    const auto& [outcome, recorded] = outcomes[nth];
    for (const auto& referred : referred_of(stored)) {
      const auto declarations = declarations_of(stored, referred);
      auto told = answers_to(outcome_told(referred, outcome, recorded), *stored.report,
                             declarations, vehicle_of(stored, stored.decisions.size()));
      for (auto& one : told) one.idempotency_key += fmt::format("/inspection-{}", nth + 1);
      queue(std::move(told), declarations, kOutcomeAnswerEvent, false);
    }
  }
}

void CustomsAnswers::restore(const archive::CatalogueCase& stored) {
  if (gateway_ == nullptr || stored.decisions.empty() || !stored.report) return;
  auto taken = events_of(stored, kAnswerEvent);
  for (std::size_t nth = 0; nth < stored.decisions.size(); ++nth) {
    // Neither what the lane did not carry out, nor that it did not.
    if (not_carried_out(stored.decisions, nth)) continue;
    const auto declarations = declarations_of(stored, stored.decisions[nth]);
    const auto vehicle = vehicle_of(stored, nth + 1);
    const auto wanted =
        answers_to(stored.decisions[nth], *stored.report, declarations, vehicle, nth).size();
    if (taken < wanted) add(stored.decisions[nth], *stored.report, declarations, vehicle, nth);
    taken -= std::min(taken, wanted);
  }
  // Each outcome is told to as many as were told of the decision; the gateway knows its keys.
  std::size_t each = 0;
  for (const auto& referred : referred_of(stored))
    each += answers_to(referred, *stored.report, declarations_of(stored, referred),
                       vehicle_of(stored, stored.decisions.size()))
                .size();
  add_outcomes(stored, events_of(stored, kOutcomeAnswerEvent) / each);
}

void CustomsAnswers::send() {
  for (;;) {
    Answer answer;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty() || gateway_ == nullptr) return;
      answer = waiting_.front();
    }
    const std::string& case_id = answer.submission.decision.case_id;
    const std::string whom = answer.reference.empty()
                                 ? "the answer"
                                 : fmt::format("the answer for {}", answer.reference);
    const auto receipt = gateway_->submit_decision(answer.submission);
    std::string note;
    bool taken = true;
    if (receipt.ok() && !receipt->answer_file.empty()) {
      const std::lock_guard lock(mutex_);
      auto& answered = answered_[case_id];
      answered.push_back(answer.reference);
      note = fmt::format("answer written to customs for {}", listed(answered));
    } else if (receipt.ok() && !answer.open.empty()) {
      note = fmt::format(
          "recorded; which of {} the release is for is not known: answer customs by hand",
          answer.open);
    } else if (receipt.ok()) {
      note = fmt::format("customs: {}", receipt->message);
    } else if (may_be_taken_later(receipt.error().code)) {
      const bool away = receipt.error().code == core::ErrorCode::kUnavailable ||
                        receipt.error().code == core::ErrorCode::kTimeout;
      note = fmt::format("customs cannot {} ({}); {} is sent again",
                         away ? "be reached" : "take it now", receipt.error().message, whom);
      taken = false;
    } else {
      note = fmt::format("customs refused {}: {}", whom, receipt.error().message);
      core::log_error(kAnswersComponent, note);
    }
    if (taken) {
      // The record names the file too; the screen does not.
      const std::string record = receipt.ok() && !receipt->answer_file.empty()
                                     ? fmt::format("{}: {}", note, receipt->answer_file)
                                     : note;
      if (const auto kept = catalogue_.add_event(answer.submission.decision.scan_id, answer.event,
                                                 record, clock_.utc_now());
          !kept.ok()) {
        core::log_error(kAnswersComponent, kept.error().message);
      }
    }
    {
      const std::lock_guard lock(mutex_);
      if (taken) {
        waiting_.pop_front();
      } else {
        // One that cannot be taken now lets the others go first, but none on the same declaration:
        // a release must not arrive before the hold that it ends.
        std::stable_partition(waiting_.begin(), waiting_.end(), [&](const auto& other) {
          return other.submission.decision.case_id != case_id ||
                 other.submission.declaration_id != answer.submission.declaration_id;
        });
      }
      const bool more = std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& other) {
        return other.submission.decision.case_id == case_id;
      });
      if (!more) answered_.erase(case_id);
    }
    noted_(case_id, note);
    if (!taken) return;
  }
}

}  // namespace portcullis::apps
