#include "apps/lane/customs_answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_notes.h"
#include "apps/lane/take_decision.h"
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

/// Those that held when this was decided: an officer may have chosen otherwise since.
std::vector<services::MatchedDeclaration> declarations_of(const archive::CatalogueCase& stored,
                                                          const core::Decision& decision) {
  std::vector<services::MatchedDeclaration> declarations;
  for (auto& bound : archive::declarations_at(stored, decision.decided))
    declarations.push_back({bound.store_id, std::move(bound.declaration), bound.matched_by});
  return declarations;
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
    const std::vector<services::MatchedDeclaration>& declarations, std::size_t nth) {
  const std::string key = decision.case_id + "/" + decision.container +
                          (nth == 0 ? "" : fmt::format("/decision-{}", nth + 1));
  const bool tell = decision.kind != core::DecisionKind::kRelease ||
                    declarations_are_clear(report, declarations.size());
  std::vector<customs::DecisionSubmission> answers;
  if (tell) {
    for (const auto& bound : declarations) {
      customs::DecisionSubmission answer{key, bound.id, decision, report};
      if (declarations.size() > 1) {
        answer.idempotency_key += "/" + bound.id;
        // Of two containers each declaration is told of its own.
        const auto& named = bound.declaration.containers;
        if (named.size() == 1) answer.decision.container = named.front().number;
      }
      answers.push_back(std::move(answer));
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
                         std::size_t nth) {
  queue(answers_to(decision, report, declarations, nth), declarations, kAnswerEvent);
}

void CustomsAnswers::queue(std::vector<customs::DecisionSubmission> submissions,
                           const std::vector<services::MatchedDeclaration>& declarations,
                           const char* event) {
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
    if (submission.declaration_id.empty()) answer.open = listed(references);
    answer.submission = std::move(submission);
    waiting_.push_back(std::move(answer));
  }
}

void CustomsAnswers::add_outcomes(const archive::CatalogueCase& stored, std::size_t first) {
  if (gateway_ == nullptr || stored.decisions.empty() || !stored.report) return;
  const auto declarations = declarations_of(stored, stored.decisions.back());
  const auto outcomes = outcomes_of(stored);
  for (std::size_t nth = first; nth < outcomes.size(); ++nth) {
    const auto& [outcome, recorded] = outcomes[nth];
    auto told = answers_to(outcome_told(stored.decisions.back(), outcome, recorded), *stored.report,
                           declarations);
    for (auto& one : told) one.idempotency_key += fmt::format("/inspection-{}", nth + 1);
    queue(std::move(told), declarations, kOutcomeAnswerEvent);
  }
}

void CustomsAnswers::restore(const archive::CatalogueCase& stored) {
  if (gateway_ == nullptr || stored.decisions.empty() || !stored.report) return;
  auto taken = events_of(stored, kAnswerEvent);
  for (std::size_t nth = 0; nth < stored.decisions.size(); ++nth) {
    // Neither what the lane did not carry out, nor that it did not.
    if (not_carried_out(stored.decisions, nth)) continue;
    const auto declarations = declarations_of(stored, stored.decisions[nth]);
    const auto wanted = answers_to(stored.decisions[nth], *stored.report, declarations, nth).size();
    if (taken < wanted) add(stored.decisions[nth], *stored.report, declarations, nth);
    taken -= std::min(taken, wanted);
  }
  // Each outcome is told to as many as were told of the decision; the gateway knows its keys.
  const auto each =
      std::max<std::size_t>(declarations_of(stored, stored.decisions.back()).size(), 1);
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
