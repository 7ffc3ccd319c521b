#pragma once

#include <QAbstractListModel>
#include <QObject>
#include <QString>
#include <string>
#include <vector>

#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class CaseModel;
class LaneClient;
class LaneModel;
class SessionModel;

/// One of the declarations that name the vehicle.
struct CandidateRow {
  std::string id;
  QString reference, declarant, containers, goods;
  QString why;         ///< How it came to be one of them.
  bool holds = false;  ///< An officer said so before.
};

/// Which of several declarations holds: the officer chooses one of them, or none, and confirms.
/// Nothing is chosen beforehand; what was shown goes to the lane with the choice.
/// Ownership: borrows all it is given. Threading: GUI thread.
class DeclarationModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QAbstractListModel* rows READ rows CONSTANT)
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(int choice READ choice NOTIFY changed)
  Q_PROPERTY(bool allowed READ allowed NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  DeclarationModel(LaneClient& client, LaneModel& lane, CaseModel& inspection_case,
                   SessionModel& session, QObject* parent = nullptr);

  /// An action of the officer while `list` lies over the screen; of "declarations" alone: digits
  /// choose (0: none of them), arrows step, Enter confirms.
  void act(const QString& list, const QString& id);
  /// The card comes up, or goes.
  void show(bool shown);
  void retranslate() { take(); }
  /// By its row; count() stands for none of them.
  Q_INVOKABLE void choose(int row);
  Q_INVOKABLE void confirm();

  [[nodiscard]] QAbstractListModel* rows() { return &rows_; }
  [[nodiscard]] int count() const { return static_cast<int>(rows_.rows().size()); }
  [[nodiscard]] int choice() const { return choice_; }
  [[nodiscard]] bool allowed() const;
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();
  /// The lane has taken the choice.
  void taken();

 private:
  void take();
  void step(int by);
  void say(const QString& message);

  LaneClient& client_;
  LaneModel& lane_;
  CaseModel& case_;
  SessionModel& session_;
  RowModel<CandidateRow> rows_;
  int choice_ = -1;
  bool shown_ = false, busy_ = false;
  QString message_;
};

}  // namespace portcullis::hmi
