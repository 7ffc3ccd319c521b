#pragma once

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <optional>

#include "hmi/models/office_data.h"

namespace portcullis::hmi {

class OfficeClient;
class SessionModel;

/// The supervisor's page: queue, load, rates, what is missing, and the handover of the shift.
///
/// Lists are rows of words for the screen, made anew with each answer of the lane; a page of a few
/// dozen rows that changes every few seconds needs no finer model.
/// Ownership: borrows all it is given. Threading: GUI thread.
class SuperviseModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(int days READ days NOTIFY changed)
  Q_PROPERTY(bool known READ known NOTIFY changed)
  Q_PROPERTY(QString queue_text READ queue_text NOTIFY changed)
  Q_PROPERTY(QString left_out READ left_out NOTIFY changed)
  Q_PROPERTY(QVariantList waiting READ waiting NOTIFY changed)
  Q_PROPERTY(QVariantList readers READ readers NOTIFY changed)
  Q_PROPERTY(QVariantList rates READ rates NOTIFY changed)
  Q_PROPERTY(QVariantList open_points READ open_points NOTIFY changed)
  Q_PROPERTY(bool may_hand_over READ may_hand_over NOTIFY changed)
  Q_PROPERTY(bool handover_known READ handover_known NOTIFY changed)
  Q_PROPERTY(QVariantList handover READ handover NOTIFY changed)
  Q_PROPERTY(QString handover_title READ handover_title NOTIFY changed)
  Q_PROPERTY(QString last_handover READ last_handover NOTIFY changed)
  Q_PROPERTY(QString from READ from NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  SuperviseModel(OfficeClient& office, SessionModel& session, QObject* parent = nullptr);

  void show(bool shown);
  void retranslate() { Q_EMIT changed(); }

  Q_INVOKABLE void look_back(int days);
  /// The list that both sign, as of now.
  Q_INVOKABLE void begin_handover();
  Q_INVOKABLE void sign(const QString& from_password, const QString& to, const QString& to_password,
                        const QString& remark);

  [[nodiscard]] int days() const { return days_; }
  [[nodiscard]] bool known() const { return data_.has_value(); }
  [[nodiscard]] QString queue_text() const;
  /// From when on cases are counted, where there are more than can be; empty: all are.
  [[nodiscard]] QString left_out() const;
  /// Each {name, value, detail}.
  [[nodiscard]] QVariantList waiting() const;
  [[nodiscard]] QVariantList readers() const;
  /// Each {name, count, words, low, high, share, group}; `group` begins one where not empty.
  [[nodiscard]] QVariantList rates() const;
  [[nodiscard]] QVariantList open_points() const;
  [[nodiscard]] bool may_hand_over() const;
  [[nodiscard]] bool handover_known() const { return handover_.has_value(); }
  [[nodiscard]] QVariantList handover() const;
  [[nodiscard]] QString handover_title() const;
  [[nodiscard]] QString last_handover() const;
  [[nodiscard]] QString from() const;
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();
  void signed_over();

 private:
  void say(const QString& message);

  OfficeClient& office_;
  SessionModel& session_;
  bool shown_ = false;
  int days_ = 1;
  std::optional<SupervisionData> data_;
  std::optional<HandoverData> handover_;
  bool busy_ = false;
  QString message_;
  QTimer refresh_;
};

}  // namespace portcullis::hmi
