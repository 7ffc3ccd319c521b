#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <array>
#include <string>
#include <vector>

#include "core/time.h"
#include "hmi/models/lane_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class LaneClient;
class SessionModel;

/// The queue and the search: cases by words, state, finding and time, newest first, with their
/// thumbnails. One is selected; opening it is the controller's (chosen()).
///
/// Every search is an entry of the lane's audit log, so that none is made while somebody types or
/// steps through the choices: words are looked for with Enter, choices once they rest.
/// Ownership: borrows all it is given. Threading: GUI thread.
class QueueModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QAbstractListModel* rows READ rows CONSTANT)
  Q_PROPERTY(int selected READ selected NOTIFY changed)
  Q_PROPERTY(QString note READ note NOTIFY changed)
  Q_PROPERTY(bool failed READ failed NOTIFY changed)
  Q_PROPERTY(QString text READ text NOTIFY changed)
  Q_PROPERTY(QStringList choices READ choices NOTIFY changed)

 public:
  enum class Choice : std::uint8_t { kState, kFinding, kTime };
  static constexpr int kChoices = 3;

  QueueModel(const core::Clock& clock, LaneClient& client, const SessionModel& session,
             QObject* parent = nullptr);

  /// The list lies over the screen, or no longer.
  void show(bool shown);
  /// An action of the officer while it does.
  void act(const QString& list, const QString& id);
  Q_INVOKABLE void select(int index);
  Q_INVOKABLE void open();
  /// The next of a Choice, and after the last all again.
  Q_INVOKABLE void step(int choice);
  Q_INVOKABLE void search(const QString& text);
  void retranslate();

  [[nodiscard]] QAbstractListModel* rows() { return &rows_; }
  [[nodiscard]] const std::vector<FoundCaseData>& cases() const { return rows_.rows(); }
  [[nodiscard]] int selected() const { return selected_; }
  /// What came out, or why nothing did, in words.
  [[nodiscard]] QString note() const;
  [[nodiscard]] bool failed() const { return !searching_ && !found_.problem.empty(); }
  [[nodiscard]] bool searching() const { return searching_; }
  [[nodiscard]] QString text() const { return text_; }
  /// One for each Choice: "State: all".
  [[nodiscard]] QStringList choices() const;

 Q_SIGNALS:
  void changed();
  void chosen(const QString& case_id);

 private:
  void ask();
  void take(const FoundCasesData& found);
  [[nodiscard]] QString choice_text(Choice choice) const;

  const core::Clock& clock_;
  LaneClient& client_;
  const SessionModel& session_;
  RowModel<FoundCaseData> rows_;
  FoundCasesData found_;     ///< Without its rows.
  std::uint64_t asked_ = 0;  ///< Number of the search; 0: none is under way.
  bool shown_ = false, searching_ = false;
  int selected_ = 0;
  std::array<std::size_t, kChoices> chosen_{};
  QString text_;
  QTimer rest_;
};

}  // namespace portcullis::hmi
