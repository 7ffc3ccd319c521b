#pragma once

#include <QAbstractListModel>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUrl>
#include <set>
#include <string>
#include <vector>

#include "core/records.h"
#include "hmi/models/office_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class CaseModel;
class LaneClient;
class OfficeClient;
class SessionModel;

struct OrderRow {
  std::string case_id;
  QString title, text;
  bool done = false, chosen = false;
};
struct OutcomeRow {
  int number = 0;  ///< Of the finding; 0: the rest of the load.
  QString title, text, place;
  OutcomeData outcome;
  core::PixelBox box;
};

/// The page of the inspection officer: the cases that were sent to physical inspection, and what
/// was found in the one that is chosen. While the page is up the screen's case is the chosen one.
///
/// Nothing is filled in beforehand, and nothing is sent before each finding and the rest have their
/// outcome. What was typed stays until it is sent or another case is chosen. An outcome that is
/// recorded is shown and may be recorded anew; the lane keeps all.
/// Ownership: borrows all it is given. Threading: GUI thread.
class InspectModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QAbstractListModel* orders READ orders CONSTANT)
  Q_PROPERTY(int order_count READ order_count NOTIFY changed)
  Q_PROPERTY(QString orders_title READ orders_title NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* rows READ rows CONSTANT)
  Q_PROPERTY(bool chosen READ chosen NOTIFY changed)
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString recorded READ recorded NOTIFY changed)
  Q_PROPERTY(QString declared_seals READ declared_seals NOTIFY changed)
  Q_PROPERTY(QString seals_found READ seals_found NOTIFY changed)
  Q_PROPERTY(QString seals_put READ seals_put NOTIFY changed)
  Q_PROPERTY(QStringList photo_files READ photo_files NOTIFY changed)
  Q_PROPERTY(QString missing READ missing NOTIFY changed)
  Q_PROPERTY(bool may_record READ may_record NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QStringList what_words READ what_words NOTIFY words_changed)
  Q_PROPERTY(QStringList where_words READ where_words NOTIFY words_changed)

 public:
  struct Parts {
    OfficeClient& office;
    LaneClient& lane;
    CaseModel& inspection_case;
    SessionModel& session;
  };
  explicit InspectModel(const Parts& parts, QObject* parent = nullptr);

  /// The page comes up, or goes.
  void show(bool shown);
  /// Photos to choose from are the newest of this folder.
  void set_photo_folder(const QString& folder) { photo_folder_ = folder; }
  void retranslate();

  Q_INVOKABLE void choose(int order);
  Q_INVOKABLE void set_result(int row, const QString& result);
  /// `field`: "what", "where" or "how_much".
  Q_INVOKABLE void set_text(int row, const QString& field, const QString& text);
  /// Numbers separated by commas or blanks.
  Q_INVOKABLE void set_seals_found(const QString& seals);
  Q_INVOKABLE void set_seals_put(const QString& seals);
  Q_INVOKABLE void look_for_photos();
  Q_INVOKABLE void add_photo(const QUrl& file);
  Q_INVOKABLE void send();

  [[nodiscard]] QAbstractListModel* orders() { return &orders_; }
  [[nodiscard]] int order_count() const { return static_cast<int>(orders_.rows().size()); }
  [[nodiscard]] QString orders_title() const;
  [[nodiscard]] QAbstractListModel* rows() { return &rows_; }
  [[nodiscard]] const std::vector<OutcomeRow>& outcome_rows() const { return rows_.rows(); }
  [[nodiscard]] bool chosen() const { return !rows_.rows().empty(); }
  [[nodiscard]] QString title() const;
  [[nodiscard]] QString recorded() const;
  [[nodiscard]] QString declared_seals() const;
  [[nodiscard]] QString seals_found() const { return seals_found_; }
  [[nodiscard]] QString seals_put() const { return seals_put_; }
  [[nodiscard]] QStringList photo_files() const { return photo_files_; }
  /// What keeps the outcome from being sent; empty: nothing does.
  [[nodiscard]] QString missing() const;
  [[nodiscard]] bool may_record() const { return missing().isEmpty() && !busy_; }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] QString message() const { return message_; }
  [[nodiscard]] QStringList what_words() const;
  [[nodiscard]] QStringList where_words() const;

 Q_SIGNALS:
  void changed();
  /// Empty: none.
  void case_chosen(const std::string& case_id);
  void words_changed();

 private:
  void on_case();
  void set_orders();
  void set_case_rows(bool keep);
  void say(const QString& message);

  Parts parts_;
  bool shown_ = false;
  std::vector<InspectionOrderData> order_data_;
  std::string wanted_;  ///< The case that was chosen; empty: none.
  RowModel<OrderRow> orders_;
  RowModel<OutcomeRow> rows_;
  QString seals_found_, seals_put_;
  QString photo_folder_;
  QStringList photo_files_;
  bool busy_ = false;
  QString message_;
  QTimer refresh_;
};

}  // namespace portcullis::hmi
