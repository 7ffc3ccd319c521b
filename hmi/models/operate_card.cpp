// The decision's card: what it is on, its reasons, and what is sent.
#include <algorithm>

#include "hmi/models/case_model.h"
#include "hmi/models/decided_view.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/operate_controller.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

/// What a decision may be on: numbers of containers, and empty for the whole vehicle. Nothing:
/// there is no choice. While the vehicle is decided on, those of its containers that are left.
std::vector<std::string> targets_of(const CaseData& data, core::DecisionKind kind) {
  const auto& containers = data.container_decisions;
  if (containers.size() < 2 || kind == core::DecisionKind::kIsolate ||
      kind == core::DecisionKind::kRescan)
    return {};
  const auto decided = std::count_if(containers.begin(), containers.end(),
                                     [](const auto& one) { return one.decision.has_value(); });
  const bool all = decided == static_cast<std::ptrdiff_t>(containers.size());
  std::vector<std::string> targets;
  for (const auto& one : containers)
    if (all || !one.decision) targets.push_back(one.container);
  if (all || decided == 0) targets.emplace_back();
  return targets;
}

}  // namespace

void OperateController::open_card(core::DecisionKind kind) {
  const bool urgent = kind == core::DecisionKind::kIsolate;
  if (urgent ? !more_allowed() : !decisions_allowed()) {
    say(decision_blocked());
    return;
  }
  if (busy_) return;
  card_kind_ = kind;
  card_choice_ = -1;
  const auto targets = targets_of(parts_.inspection_case.data(), kind);
  card_target_.reset();
  if (targets.size() == 1) card_target_ = targets.front();
  card_message_.clear();
  remark_.clear();
  overlay_ = QStringLiteral("card");
  Q_EMIT changed();
}

QString OperateController::card_title() const {
  return card_kind_ ? words::decision(*card_kind_) : QString();
}

QStringList OperateController::card_reasons() const {
  QStringList texts;
  if (card_kind_) {
    for (const words::Reason& reason : words::reasons(*card_kind_)) texts << reason.text;
  }
  return texts;
}

QStringList OperateController::card_targets() const {
  QStringList texts;
  if (!card_kind_) return texts;
  for (const std::string& target : targets_of(parts_.inspection_case.data(), *card_kind_))
    texts << (target.empty() ? tr("Whole vehicle") : words::code(words::container_number(target)));
  return texts;
}

int OperateController::card_target() const {
  if (!card_kind_ || !card_target_) return -1;
  const auto targets = targets_of(parts_.inspection_case.data(), *card_kind_);
  const auto at = std::find(targets.begin(), targets.end(), *card_target_);
  return at == targets.end() ? -1 : static_cast<int>(at - targets.begin());
}

void OperateController::choose_target(int index) {
  if (!card_kind_) return;
  const auto targets = targets_of(parts_.inspection_case.data(), *card_kind_);
  if (index < 0 || index >= static_cast<int>(targets.size())) return;
  card_target_ = targets[static_cast<std::size_t>(index)];
  card_message_.clear();
  Q_EMIT changed();
}

void OperateController::step_target(int by) {
  const int count = static_cast<int>(card_targets().size());
  const int now = card_target();
  if (count > 0) choose_target(now < 0 ? (by > 0 ? 0 : count - 1) : (now + by + count) % count);
}

void OperateController::choose_reason(int index) {
  if (!card_kind_ || index < 0 || index >= static_cast<int>(words::reasons(*card_kind_).size()))
    return;
  card_choice_ = index;
  card_message_.clear();
  Q_EMIT changed();
}

void OperateController::step_reason(int by) {
  if (!card_kind_) return;
  const int count = static_cast<int>(words::reasons(*card_kind_).size());
  choose_reason(card_choice_ < 0 ? (by > 0 ? 0 : count - 1) : (card_choice_ + by + count) % count);
}

void OperateController::confirm() {
  if (!card_kind_ || busy_) return;
  const auto reasons = words::reasons(*card_kind_);
  if (card_choice_ < 0) {
    card_message_ = tr("Choose a reason first.");
    Q_EMIT changed();
    return;
  }
  const auto targets = targets_of(parts_.inspection_case.data(), *card_kind_);
  if (!targets.empty() && card_target() < 0) {
    card_message_ = tr("Choose the container first.");
    Q_EMIT changed();
    return;
  }
  if (parts_.lane.stale()) {
    card_message_ = tr("No connection to the lane: not sent.");
    Q_EMIT changed();
    return;
  }
  const CaseModel& inspection_case = parts_.inspection_case;
  DecisionData decision;
  decision.case_id = inspection_case.data().case_id;
  decision.decision = std::string(core::decision_kind_name(*card_kind_));
  decision.reason_code = reasons[static_cast<std::size_t>(card_choice_)].code;
  decision.reason_text = remark_.toStdString();
  if (!targets.empty()) decision.container = *card_target_;
  decision.user = user().toStdString();
  if (image_since_) {
    decision.time_on_image_ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(parts_.clock.now() - *image_since_)
            .count();
  }
  decision.view_json = decided_view_json(parts_.tools, parts_.view, parts_.shown);
  // A vehicle that is held is read anew; what else was decided a supervisor overrides.
  const auto& stands = inspection_case.data().decision;
  decision.overriding = parts_.session.may("override") && parts_.session.accounts() &&
                        inspection_case.decided() && stands &&
                        stands->kind != core::DecisionKind::kHold;
  busy_ = true;
  card_message_.clear();
  parts_.client.decide(decision);
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
