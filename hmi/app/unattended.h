#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <optional>

#include "hmi/app/hmi_app.h"

namespace portcullis::hmi {

/// Which of words::reasons(kind) fits what was found in the case: its index. What the unattended
/// officer presses; the screen itself proposes nothing.
int fitting_reason(const CaseData& data, core::DecisionKind kind);

/// Takes the officer's place where nobody is at the screen (demonstration, whole-program tests):
/// looks at what the screen shows and posts key events to its window, as a keyboard would.
/// Everything goes through the same keys, cards and rules as for a person.
/// Threading: GUI thread.
class Unattended final : public QObject {
  Q_OBJECT

 public:
  struct Options {
    std::filesystem::path screenshots;  ///< Folder; empty: none.
    int exit_after_cases = 0;           ///< 0: never.
    bool act = true;                    ///< False: only takes the pictures.
  };
  Unattended(HmiApp& app, const core::Clock& clock, Options options);

  void start();

 Q_SIGNALS:
  /// 0 done; 1 with the reason printed.
  void finished(int exit_code);

 private:
  enum class Step {
    kWait,
    kReview,
    kAnswer,
    kOpenCard,
    kChooseReason,
    kConfirm,
    kAwaitDecision,
    kLook
  };

  void look();
  void on_scan();
  void act();
  void command_lane();
  void answer_next();
  void decide();
  void settle();
  void press(int key, const QString& text);
  void say(const QString& line);
  void shoot(const QString& name);
  void keep(const QImage& picture, const QString& name);
  void finish(int exit_code);
  void next(Step step);
  [[nodiscard]] core::Duration in_step() const { return clock_.now() - step_since_; }

  HmiApp& app_;
  const core::Clock& clock_;
  Options options_;
  QTimer timer_;
  Step step_ = Step::kWait;
  core::TimePoint step_since_{};
  core::TimePoint last_contact_{};
  core::TimePoint last_event_{};
  core::TimePoint last_start_{};
  core::TimePoint last_live_shot_{};
  QImage live_shot_;
  std::string live_scan_;
  std::string case_done_;
  std::string case_now_;
  int truck_ = 0;
  int cases_done_ = 0;
  int tries_ = 0;
  int answering_ = -1;  ///< Finding whose answer was pressed last.
  bool shot_startup_ = false;
  bool finished_ = false;
  QString last_state_;
};

}  // namespace portcullis::hmi
