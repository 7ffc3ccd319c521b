#include "hmi/models/operate_controller.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "hmi/models/case_model.h"
#include "hmi/models/compare_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/image_tools.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/language.h"
#include "hmi/models/mark_model.h"
#include "hmi/models/session_model.h"
#include "hmi/models/view_state.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kMessageMs = 8000;
constexpr double kZoomStep = 1.25;
constexpr double kPanStepPx = 80;

constexpr std::array<core::DecisionKind, 4> kMore = {
    core::DecisionKind::kRadiationSecondary, core::DecisionKind::kOtherAgency,
    core::DecisionKind::kRescan, core::DecisionKind::kIsolate};

constexpr std::array<const char*, 8> kMarkKinds = {"length", "region",  "lasso", "profile",
                                                   "box",    "ellipse", "arrow", "text"};

bool is_list(const QString& overlay) {
  return overlay == QLatin1String("sheet") || overlay == QLatin1String("alarms") ||
         overlay == QLatin1String("goods") || overlay == QLatin1String("queue") ||
         overlay == QLatin1String("declarations");
}

bool is_page(const QString& overlay) {
  return overlay == QLatin1String("page_inspect") || overlay == QLatin1String("page_supervise");
}

/// A card over the image that does something with the case on the screen.
bool is_case_card(const QString& overlay) {
  return overlay == QLatin1String("unfit") || overlay == QLatin1String("print") ||
         overlay == QLatin1String("reference") || overlay == QLatin1String("identity");
}

std::optional<core::DecisionKind> decision_of(const QString& id) {
  if (id == QLatin1String("inspect")) return core::DecisionKind::kPhysicalInspection;
  if (id == QLatin1String("documents")) return core::DecisionKind::kDocumentaryCheck;
  if (id == QLatin1String("hold")) return core::DecisionKind::kHold;
  if (id == QLatin1String("release")) return core::DecisionKind::kRelease;
  return std::nullopt;
}

}  // namespace

OperateController::OperateController(const Parts& parts, QObject* parent)
    : QObject(parent), parts_(parts) {
  connect(&parts_.inspection_case, &CaseModel::new_case, this, &OperateController::on_new_case);
  connect(&parts_.inspection_case, &CaseModel::changed, this, [this] {
    selected_finding_ =
        std::clamp(selected_finding_, 0, std::max(0, parts_.inspection_case.finding_count() - 1));
    take_case();
    if (card_kind_ && !parts_.inspection_case.decidable()) {
      card_kind_.reset();
      overlay_.clear();
    }
    if (overlay_ == QLatin1String("declarations") && !parts_.inspection_case.declaration_open())
      overlay_.clear();
    Q_EMIT changed();
  });
  connect(&parts_.lane, &LaneModel::changed, this, &OperateController::on_lane);
  connect(&parts_.session, &SessionModel::changed, this, &OperateController::changed);
  connect(&parts_.session, &SessionModel::left, this, [this] {
    overlay_.clear();
    card_kind_.reset();
    taken_case_.clear();
    chosen_case_.clear();
    searched_ = false;
    parts_.client.watch_case({});
    dismiss_message();
  });
  connect(&parts_.images, &ImageStore::changed, this, [this] {
    if (parts_.images.ready() && !image_since_) image_since_ = parts_.clock.now();
    Q_EMIT changed();
  });
  connect(&parts_.client, &LaneClient::command_answered, this,
          [this](const QString& kind, bool accepted, const QString& reason) {
            if (!accepted)
              say(tr("%1 not accepted: %2").arg(words::lane(kind), words::lane(reason)));
          });
  connect(
      &parts_.client, &LaneClient::answer_answered, this,
      [this](unsigned finding, bool ok, const QString& reason) {
        if (!ok)
          say(tr("Answer to finding %1 not taken: %2").arg(finding + 1).arg(words::lane(reason)));
      });
  connect(&parts_.client, &LaneClient::first_look_answered, this,
          [this](bool ok, const QString& reason) {
            if (!ok) say(tr("What you see was not taken: %1").arg(words::lane(reason)));
          });
  connect(&parts_.client, &LaneClient::decision_answered, this,
          [this](bool ok, const QString& reason) {
            busy_ = false;
            if (ok) {
              card_kind_.reset();
              if (overlay_ == QLatin1String("card")) overlay_.clear();
            } else if (card_kind_) {
              card_message_ = tr("Not taken: %1").arg(words::lane(reason));
            } else {
              say(tr("Decision not taken: %1").arg(words::lane(reason)));
            }
            Q_EMIT changed();
          });
  connect(&parts_.marks, &MarkModel::refused, this, [this](const QString& reason) {
    say(tr("Marks not kept: %1").arg(words::lane(reason)));
  });
  message_timer_.setSingleShot(true);
  connect(&message_timer_, &QTimer::timeout, this, &OperateController::dismiss_message);
}

void OperateController::on_new_case() {
  case_since_ = parts_.clock.now();
  image_since_.reset();
  if (parts_.images.ready() && parts_.images.scan_id() == parts_.inspection_case.data().scan_id) {
    image_since_ = parts_.clock.now();
  }
  selected_finding_ = 0;
  parts_.tools.begin_case();
  card_kind_.reset();
  if (overlay_ != QLatin1String("sheet") && overlay_ != QLatin1String("alarms") &&
      overlay_ != QLatin1String("queue") && !page_open())
    overlay_.clear();
  Q_EMIT changed();
}

void OperateController::on_lane() {
  // A vehicle that has left its bay is shown no longer: the screen follows the lane again.
  const auto& data = parts_.lane.data();
  if (!chosen_case_.empty() && !searched_ && data && !parts_.lane.stale()) {
    const bool there = std::any_of(data->bays.begin(), data->bays.end(),
                                   [&](const BayData& bay) { return bay.case_id == chosen_case_; });
    if (!there) show_bay(0);
  }
  Q_EMIT changed();
}

void OperateController::toggle_bays() {
  if (overlay_ == QLatin1String("bays")) {
    overlay_.clear();
  } else if (parts_.lane.bay_count() == 0) {
    say(tr("This lane has no bays"));
    return;
  } else {
    overlay_ = QStringLiteral("bays");
  }
  Q_EMIT changed();
}

void OperateController::show_bay(int number) {
  if (case_is_new()) return;
  const auto& data = parts_.lane.data();
  std::string wanted;
  if (number > 0 && data) {
    for (const BayData& bay : data->bays)
      if (static_cast<int>(bay.number) == number) wanted = bay.case_id;
    if (wanted.empty()) {
      say(tr("Bay %1 is empty").arg(number));
      return;
    }
  }
  searched_ = false;
  chosen_case_ = wanted;
  parts_.client.watch_case(wanted);
  if (overlay_ == QLatin1String("bays")) overlay_.clear();
  Q_EMIT changed();
}

void OperateController::show_case(const QString& case_id) {
  if (case_is_new() || case_id.isEmpty()) return;
  searched_ = true;
  chosen_case_ = case_id.toStdString();
  parts_.client.watch_case(chosen_case_);
  overlay_.clear();
  Q_EMIT changed();
}

bool OperateController::case_is_new() const {
  return case_since_ && parts_.clock.now() - *case_since_ < kNewCasePause;
}

void OperateController::trigger(const QString& id) {
  // Stop comes before every other rule: it can only take permissions away.
  if (id == QLatin1String("stop")) {
    parts_.client.command(QStringLiteral("STOP"), user());
    say(tr("Stop sent"));
    return;
  }
  if (locked()) {
    // Who logs in has to read the page: one language after the other, in place of the menu.
    if (id == QLatin1String("language")) next_language();
    return;
  }
  if (page_action(id) || case_is_new()) return;
  if (id == QLatin1String("lock")) {
    parts_.session.lock();
    return;
  }
  if (list_action(id)) return;
  if (id.startsWith(QLatin1String("digit_"))) {
    digit(id.mid(6).toInt());
    return;
  }
  if (overlay_ == QLatin1String("card")) {
    if (id == QLatin1String("confirm")) confirm();
    if (id == QLatin1String("up")) step_reason(-1);
    if (id == QLatin1String("down")) step_reason(1);
    if (id == QLatin1String("left")) step_target(-1);
    if (id == QLatin1String("right")) step_target(1);
    return;
  }
  if (id == QLatin1String("bays")) {
    toggle_bays();
    return;
  }
  if (is_case_card(id) && !parts_.inspection_case.present()) return;
  if (id == QLatin1String("marks") || id == QLatin1String("language") || is_case_card(id)) {
    overlay_ = overlay_ == id ? QString() : id;
    Q_EMIT changed();
    return;
  }
  if (overlay_ == QLatin1String("more") || overlay_ == QLatin1String("bays") ||
      overlay_ == QLatin1String("marks") || overlay_ == QLatin1String("language") ||
      is_case_card(overlay_))
    return;
  if (parts_.compare.act(id) || image_action(id) || decision_action(id)) return;
  if (id == QLatin1String("start")) lane_command(QStringLiteral("START"));
  if (id == QLatin1String("reset")) lane_command(QStringLiteral("RESET"));
  if (id == QLatin1String("warm_up")) lane_command(QStringLiteral("WARM_UP"));
  if (id == QLatin1String("calibrate")) lane_command(QStringLiteral("CALIBRATE"));
}

bool OperateController::page_open() const {
  return is_page(overlay_);
}

bool OperateController::page_allowed(const QString& id) const {
  return parts_.session.may(id == QLatin1String("page_inspect") ? "inspect" : "supervise");
}

// A page covers the image: on it only its own keys do anything, and the one that leaves it.
bool OperateController::page_action(const QString& id) {
  if (is_page(id)) {
    if (overlay_ != id && !page_allowed(id)) {
      say(tr("Your role does not have this page."));
      return true;
    }
    overlay_ = overlay_ == id ? QString() : id;
    card_kind_.reset();
    chosen_case_.clear();
    dismiss_message();
    return true;
  }
  if (!page_open() || id == QLatin1String("lock")) return false;
  if (id == QLatin1String("leave")) leave();
  if (id == QLatin1String("language")) next_language();
  return true;
}

void OperateController::next_language() {
  parts_.language.choose((parts_.language.index() + 1) %
                         static_cast<int>(Language::known().size()));
}

// Lists over the screen: the same key opens and closes them, and nothing else goes through.
bool OperateController::list_action(const QString& id) {
  if (id == QLatin1String("declarations") && overlay_ != id &&
      !parts_.inspection_case.declaration_open()) {
    say(tr("No declarations to choose among"));
    return true;
  }
  if (is_list(id)) {
    overlay_ = overlay_ == id ? QString() : id;
    if (overlay_.isEmpty() && card_kind_) overlay_ = QStringLiteral("card");
    Q_EMIT changed();
    return true;
  }
  if (id == QLatin1String("leave")) {
    leave();
    return true;
  }
  if (!is_list(overlay_)) return false;
  if (id == QLatin1String("up")) Q_EMIT scrolled(-1);
  if (id == QLatin1String("down")) Q_EMIT scrolled(1);
  Q_EMIT list_key(overlay_, id);
  return true;
}

bool OperateController::image_action(const QString& id) {
  ViewState& view = parts_.view;
  if (id == QLatin1String("zoom_in")) {
    view.zoom_centre(kZoomStep);
  } else if (id == QLatin1String("zoom_out")) {
    view.zoom_centre(1 / kZoomStep);
  } else if (id == QLatin1String("fit")) {
    view.fit();
  } else if (id == QLatin1String("left")) {
    view.pan_by(kPanStepPx, 0);
  } else if (id == QLatin1String("right")) {
    view.pan_by(-kPanStepPx, 0);
  } else if (id == QLatin1String("up")) {
    view.pan_by(0, kPanStepPx);
  } else if (id == QLatin1String("down")) {
    view.pan_by(0, -kPanStepPx);
  } else if (id == QLatin1String("unmark")) {
    parts_.marks.remove_last();
  } else if (id == QLatin1String("hold_standard")) {
    parts_.tools.hold_standard(true);
  } else {
    return parts_.tools.act(id);
  }
  return true;
}

void OperateController::release(const QString& id) {
  if (id == QLatin1String("hold_standard")) parts_.tools.hold_standard(false);
}

bool OperateController::decision_action(const QString& id) {
  if (id == QLatin1String("agree") || id == QLatin1String("reject") ||
      id == QLatin1String("unsure")) {
    answer(selected_finding_, id);
  } else if (id == QLatin1String("saw_nothing") || id == QLatin1String("saw_something")) {
    first_look(id == QLatin1String("saw_something"));
  } else if (id == QLatin1String("next")) {
    step_finding(1);
  } else if (id == QLatin1String("previous")) {
    step_finding(-1);
  } else if (id == QLatin1String("more")) {
    if (more_allowed()) {
      overlay_ = QStringLiteral("more");
      Q_EMIT changed();
    } else {
      say(decision_blocked());
    }
  } else if (const auto kind = decision_of(id)) {
    open_card(*kind);
  } else {
    return false;
  }
  return true;
}

void OperateController::lane_command(const QString& kind) {
  if (parts_.lane.stale()) {
    say(tr("%1 not sent: no connection to the lane").arg(words::lane(kind)));
  } else if (!parts_.lane.allows(kind)) {
    say(tr("%1 is not possible now: %2").arg(words::lane(kind), parts_.lane.next_text()));
  } else {
    parts_.client.command(kind, user());
  }
}

void OperateController::select_finding(int index) {
  const auto& rows = parts_.inspection_case.finding_rows();
  if (index < 0 || index >= static_cast<int>(rows.size())) return;
  selected_finding_ = index;
  const core::PixelBox& box = rows[static_cast<std::size_t>(index)].box;
  if (box.w > 0 && box.h > 0) parts_.view.show_box(box.x, box.y, box.w, box.h);
  Q_EMIT changed();
}

void OperateController::step_finding(int by) {
  const int count = parts_.inspection_case.finding_count();
  if (count > 0) select_finding((selected_finding_ + by + count) % count);
}

QString OperateController::user() const {
  return parts_.session.name();
}

bool OperateController::locked() const {
  return parts_.session.locked();
}

void OperateController::person_is_active() {
  if (!parts_.session.active()) return;
  taken_case_.clear();
  take_case();
}

void OperateController::take_case() {
  const CaseModel& shown = parts_.inspection_case;
  const bool reads = parts_.session.accounts() && parts_.session.reads_cases() && shown.to_decide();
  const std::string wanted = reads ? shown.data().case_id : std::string();
  if (wanted == taken_case_) return;
  if (!taken_case_.empty() && parts_.session.reads_cases())
    parts_.client.open_case(taken_case_, true);
  taken_case_ = wanted;
  if (reads) parts_.client.open_case(wanted, false);
}

bool OperateController::answers_allowed() const {
  return parts_.session.reads_cases() && parts_.inspection_case.decidable() && !parts_.lane.stale();
}

void OperateController::answer(int index, const QString& answer) {
  if (case_is_new()) return;
  const auto kind = core::finding_answer_from(answer.toStdString());
  if (!kind || index < 0 || index >= parts_.inspection_case.finding_count()) return;
  if (!answers_allowed()) {
    say(decision_blocked());
    return;
  }
  selected_finding_ = index;
  parts_.client.answer_finding(parts_.inspection_case.data().case_id, static_cast<unsigned>(index),
                               *kind, user());
  Q_EMIT changed();
}

bool OperateController::first_look_allowed() const {
  // Nobody has looked at what is not there yet.
  return parts_.inspection_case.read_first() && parts_.session.reads_cases() &&
         !parts_.lane.stale() && parts_.images.ready();
}

void OperateController::first_look(bool something) {
  if (case_is_new() || !parts_.inspection_case.read_first()) return;
  if (!first_look_allowed()) {
    const bool loading = parts_.session.reads_cases() && !parts_.lane.stale();
    say(loading ? tr("The image is being loaded.") : decision_blocked());
    return;
  }
  parts_.client.first_look(parts_.inspection_case.data().case_id, something, user());
}

QString OperateController::decision_blocked() const {
  const CaseModel& inspection_case = parts_.inspection_case;
  if (parts_.lane.stale()) return tr("No connection to the lane.");
  if (!parts_.session.reads_cases()) return tr("Your role does not decide cases.");
  if (!inspection_case.present()) return tr("No case to decide.");
  if (inspection_case.waiting_for_image()) {
    const std::string& why = inspection_case.data().decision_blocked_because;
    return why.empty() ? tr("The image is being worked on.") : words::sentence(words::lane(why));
  }
  if (inspection_case.decided() && !inspection_case.decidable()) return tr("This case is decided.");
  const std::string& blocked = inspection_case.data().decision_blocked_because;
  if (parts_.session.accounts() && !blocked.empty()) return words::sentence(words::lane(blocked));
  if (!parts_.images.ready()) return tr("The image is being loaded.");
  // Its findings may be among what was not understood: nobody decides without having seen them.
  if (!inspection_case.data().unreadable.empty())
    return tr("The case cannot be read: it goes to hold by itself.");
  const int open = inspection_case.unanswered();
  if (open == 2) return tr("Answer both findings first.");
  if (open > 0) return tr("Answer all %n finding(s) first.", nullptr, open);
  return words::sentence(words::lane(blocked));
}

bool OperateController::more_allowed() const {
  return !parts_.lane.stale() && parts_.session.reads_cases() &&
         parts_.inspection_case.decidable() && !busy_;
}

void OperateController::digit(int number) {
  if (overlay_ == QLatin1String("card")) {
    choose_reason(number - 1);
  } else if (overlay_ == QLatin1String("unfit")) {
    Q_EMIT unfit_cause(number);
  } else if (overlay_ == QLatin1String("print")) {
    Q_EMIT print_choice(number);
  } else if (overlay_ == QLatin1String("reference")) {
    Q_EMIT reference_choice(number);
  } else if (overlay_ == QLatin1String("identity")) {
    Q_EMIT identity_choice(number);
  } else if (overlay_ == QLatin1String("bays")) {
    show_bay(number);
  } else if (overlay_ == QLatin1String("language")) {
    overlay_.clear();
    parts_.language.choose(number - 1);
    Q_EMIT changed();
  } else if (overlay_ == QLatin1String("marks")) {
    overlay_.clear();
    if (number >= 1 && number <= static_cast<int>(kMarkKinds.size()))
      parts_.marks.choose(QLatin1String(kMarkKinds[static_cast<std::size_t>(number - 1)]));
    Q_EMIT changed();
  } else if (overlay_ == QLatin1String("more")) {
    if (number >= 1 && number <= static_cast<int>(kMore.size())) {
      const core::DecisionKind kind = kMore[static_cast<std::size_t>(number - 1)];
      overlay_.clear();
      open_card(kind);
      Q_EMIT changed();
    }
  } else {
    parts_.tools.act(QStringLiteral("digit_%1").arg(number));
  }
}

void OperateController::leave() {
  if (is_list(overlay_) && card_kind_) {
    overlay_ = QStringLiteral("card");
  } else {
    if (overlay_.isEmpty()) {
      if (!parts_.marks.tool().isEmpty())
        parts_.marks.choose({});
      else if (!parts_.compare.act(QStringLiteral("leave")) && searched_)
        show_bay(0);
    }
    overlay_.clear();
    card_kind_.reset();
  }
  message_.clear();
  Q_EMIT changed();
}

void OperateController::say(const QString& message) {
  message_ = message;
  message_timer_.start(kMessageMs);
  Q_EMIT changed();
}

void OperateController::dismiss_message() {
  message_timer_.stop();
  message_.clear();
  Q_EMIT changed();
}

QVariantList OperateController::sheet() const {
  QVariantList rows;
  for (const Action& action : actions()) {
    if (action.text == nullptr) continue;
    rows << QVariantMap{
        {QStringLiteral("key"), QString::fromUtf8(action.label)},
        {QStringLiteral("text"), QCoreApplication::translate("actions", action.text)},
        {QStringLiteral("group"), QCoreApplication::translate("actions", action.group)}};
  }
  return rows;
}

}  // namespace portcullis::hmi
