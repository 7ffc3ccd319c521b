#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QVariant>
#include <optional>
#include <string>

#include "core/records.h"
#include "core/time.h"
#include "hmi/models/actions.h"

namespace portcullis::hmi {

class CaseModel;
class CompareModel;
class ImageStore;
class ImageTools;
class LaneClient;
class LaneModel;
class Language;
class MarkModel;
class SessionModel;
class ShownParts;
class ViewState;

/// What the officer does, by key or click: one way in, trigger().
///
/// Rules kept here: within 500 ms of a new case nothing but STOP does anything; a decision opens
/// its card and only Enter (or its button) with a chosen reason confirms; nothing is chosen
/// beforehand; while the status is stale nothing but STOP is sent.
/// Ownership: borrows all it is given. Threading: GUI thread.
class OperateController final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString overlay READ overlay NOTIFY changed)
  Q_PROPERTY(QString card_title READ card_title NOTIFY changed)
  Q_PROPERTY(QStringList card_reasons READ card_reasons NOTIFY changed)
  Q_PROPERTY(int card_choice READ card_choice NOTIFY changed)
  Q_PROPERTY(QStringList card_targets READ card_targets NOTIFY changed)
  Q_PROPERTY(int card_target READ card_target NOTIFY changed)
  Q_PROPERTY(QString card_message READ card_message NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(int selected_finding READ selected_finding NOTIFY changed)
  Q_PROPERTY(bool decisions_allowed READ decisions_allowed NOTIFY changed)
  Q_PROPERTY(bool more_allowed READ more_allowed NOTIFY changed)
  Q_PROPERTY(QString decision_blocked READ decision_blocked NOTIFY changed)
  Q_PROPERTY(bool answers_allowed READ answers_allowed NOTIFY changed)
  Q_PROPERTY(bool first_look_allowed READ first_look_allowed NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QString user READ user NOTIFY changed)
  Q_PROPERTY(bool searched READ searched NOTIFY changed)
  Q_PROPERTY(QVariantList sheet READ sheet NOTIFY changed)

 public:
  static constexpr std::chrono::milliseconds kNewCasePause{500};

  struct Parts {
    const core::Clock& clock;
    LaneClient& client;
    LaneModel& lane;
    CaseModel& inspection_case;
    ImageStore& images;
    ViewState& view;
    const ShownParts& shown;
    ImageTools& tools;
    MarkModel& marks;
    CompareModel& compare;
    SessionModel& session;
    Language& language;
  };
  explicit OperateController(const Parts& parts, QObject* parent = nullptr);

  /// By the id of an Action, or "digit_0" to "digit_9". What it means depends on the overlay.
  Q_INVOKABLE void trigger(const QString& id);
  /// The key of such an action has been let go: what lasts while it is held ends.
  void release(const QString& id);
  Q_INVOKABLE void select_finding(int index);
  Q_INVOKABLE void answer(int index, const QString& answer);
  /// Before the findings appear: something stands out, or nothing.
  Q_INVOKABLE void first_look(bool something);
  Q_INVOKABLE void choose_reason(int index);
  Q_INVOKABLE void choose_target(int index);
  Q_INVOKABLE void set_remark(const QString& remark) { remark_ = remark; }
  Q_INVOKABLE void dismiss_message();
  /// The case of the vehicle in that bay; 0: the case that the lane names, as at first.
  Q_INVOKABLE void show_bay(int number);

  /// A case that was looked for; show_bay(0) goes back to the lane's.
  Q_INVOKABLE void show_case(const QString& case_id);

  /// Less than 500 ms have passed since the case changed.
  [[nodiscard]] bool case_is_new() const;

  [[nodiscard]] QString overlay() const { return overlay_; }
  [[nodiscard]] QString card_title() const;
  [[nodiscard]] QStringList card_reasons() const;
  [[nodiscard]] int card_choice() const { return card_choice_; }
  /// Of a vehicle whose containers are decided on apart: what the decision may be on, in words, the
  /// containers that are left and the whole vehicle; nothing is chosen beforehand unless one is
  /// left.
  [[nodiscard]] QStringList card_targets() const;
  [[nodiscard]] int card_target() const;
  [[nodiscard]] QString card_message() const { return card_message_; }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] int selected_finding() const { return selected_finding_; }
  [[nodiscard]] bool decisions_allowed() const { return decision_blocked().isEmpty(); }
  /// The menu holds Isolate, which is allowed as soon as there is a case to decide: a person or an
  /// explosive does not wait for the findings' answers.
  [[nodiscard]] bool more_allowed() const;
  [[nodiscard]] QString decision_blocked() const;
  [[nodiscard]] bool answers_allowed() const;
  [[nodiscard]] bool first_look_allowed() const;
  [[nodiscard]] QString message() const { return message_; }
  [[nodiscard]] QString user() const;
  /// The case on the screen is one of show_case().
  [[nodiscard]] bool searched() const { return searched_; }
  /// Nobody is logged in: keys are for the login page, but for Stop.
  [[nodiscard]] bool locked() const;
  /// A page (Inspect, Supervise) covers the image and takes the keys.
  [[nodiscard]] bool page_open() const;
  /// `id`: "page_inspect" or "page_supervise".
  Q_INVOKABLE bool page_allowed(const QString& id) const;
  /// A key was pressed or the mouse clicked.
  void person_is_active();
  [[nodiscard]] QVariantList sheet() const;

 Q_SIGNALS:
  void changed();
  /// A cause, from 1, was chosen by its digit on the card of an unfit image.
  void unfit_cause(int number);
  /// One, from 1, of what the card Print, export offers.
  void print_choice(int number);
  void identity_choice(int number);
  /// One, from 0, of what the case may be a reference of.
  void reference_choice(int number);
  /// Up (-1) or down (1) in the list that lies over the screen.
  void scrolled(int by);
  /// Any action while that list lies over the screen: the list does what it means there.
  void list_key(const QString& list, const QString& id);

 private:
  void on_new_case();
  void on_lane();
  void toggle_bays();
  void lane_command(const QString& kind);
  void step_finding(int by);
  void open_card(core::DecisionKind kind);
  void digit(int number);
  void step_reason(int by);
  void step_target(int by);
  void confirm();
  /// Nobody else reads the case on the screen, as long as this person does.
  void take_case();
  void leave();
  bool list_action(const QString& id);
  bool page_action(const QString& id);
  void next_language();
  bool image_action(const QString& id);
  bool decision_action(const QString& id);
  void say(const QString& message);

  Parts parts_;
  QString overlay_;
  std::optional<core::DecisionKind> card_kind_;
  int card_choice_ = -1;
  std::optional<std::string> card_target_;  ///< A container's number; empty: the whole vehicle.
  QString card_message_;
  QString remark_;
  std::string taken_case_;   ///< That the lane was asked for.
  std::string chosen_case_;  ///< Of a vehicle in a bay, or searched; empty: the lane's current one.
  bool searched_ = false;
  bool busy_ = false;
  int selected_finding_ = 0;
  QString message_;
  QTimer message_timer_;
  std::optional<core::TimePoint> case_since_;
  std::optional<core::TimePoint> image_since_;
};

}  // namespace portcullis::hmi
