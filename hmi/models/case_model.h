#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/time.h"
#include "hmi/models/lane_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

struct ItemRow {
  QString hs_code, description, packages, mass;
  QString declared;  ///< Reference of its declaration, where the vehicle has more than one.
};
struct CheckRow {
  core::CheckOutcome outcome = core::CheckOutcome::kUnknown;
  QString name, text;
};
struct FindingRow {
  int number = 0;
  QString title, text, evidence;
  double score = 0;
  core::FindingAnswer answer = core::FindingAnswer::kNone;
  core::PixelBox box;
};

/// The case on the screen: identity, declaration, checks, findings and their answers, decision.
///
/// Answers are shown as the lane confirms them, never before.
/// Threading: GUI thread.
class CaseModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool present READ present NOTIFY changed)
  Q_PROPERTY(QString case_id READ case_id NOTIFY changed)
  Q_PROPERTY(bool waiting_for_image READ waiting_for_image NOTIFY changed)
  Q_PROPERTY(bool to_decide READ to_decide NOTIFY changed)
  Q_PROPERTY(bool decided READ decided NOTIFY changed)
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString subtitle READ subtitle NOTIFY changed)
  Q_PROPERTY(QString identity_text READ identity_text NOTIFY changed)
  Q_PROPERTY(bool decidable READ decidable NOTIFY changed)
  Q_PROPERTY(QString declaration_text READ declaration_text NOTIFY changed)
  Q_PROPERTY(QString declaration_choice READ declaration_choice NOTIFY changed)
  Q_PROPERTY(QString declaration_late READ declaration_late NOTIFY changed)
  Q_PROPERTY(bool declaration_open READ declaration_open NOTIFY changed)
  Q_PROPERTY(QString declaration_pending READ declaration_pending NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* items READ items CONSTANT)
  Q_PROPERTY(QAbstractListModel* first_items READ first_items CONSTANT)
  Q_PROPERTY(QAbstractListModel* checks READ checks CONSTANT)
  Q_PROPERTY(QAbstractListModel* findings READ findings CONSTANT)
  Q_PROPERTY(int first_item_count READ first_item_count CONSTANT)
  Q_PROPERTY(int item_count READ item_count NOTIFY changed)
  Q_PROPERTY(bool long_codes READ long_codes NOTIFY changed)
  Q_PROPERTY(int check_count READ check_count NOTIFY changed)
  Q_PROPERTY(int finding_count READ finding_count NOTIFY changed)
  Q_PROPERTY(bool read_first READ read_first NOTIFY changed)
  Q_PROPERTY(int unanswered READ unanswered NOTIFY changed)
  Q_PROPERTY(bool has_report READ has_report NOTIFY changed)
  Q_PROPERTY(QString findings_title READ findings_title NOTIFY changed)
  Q_PROPERTY(QString damage READ damage NOTIFY changed)
  Q_PROPERTY(QString remarks READ remarks NOTIFY changed)
  Q_PROPERTY(QString decision_text READ decision_text NOTIFY changed)
  Q_PROPERTY(QString decided_so_far READ decided_so_far NOTIFY changed)
  Q_PROPERTY(QString decision_note READ decision_note NOTIFY changed)
  Q_PROPERTY(QString outcome_text READ outcome_text NOTIFY changed)
  Q_PROPERTY(QString deadline_text READ deadline_text NOTIFY deadline_changed)
  Q_PROPERTY(bool has_profile READ has_profile NOTIFY changed)

 public:
  explicit CaseModel(const core::Clock& clock, QObject* parent = nullptr);

  /// The first of the goods, for where only a few are shown: a declaration may have thousands.
  static constexpr std::size_t kFirstItems = 5;

  void take(const std::shared_ptr<const CaseData>& data);
  /// What the lane's clock says now. Its deadlines are counted by it, whatever this machine's clock
  /// says or is set to.
  void lane_time(core::UtcTime utc);
  /// The language has changed: says everything anew.
  void retranslate();

  [[nodiscard]] const CaseData& data() const { return *data_; }
  [[nodiscard]] bool present() const { return !data_->case_id.empty(); }
  [[nodiscard]] QString case_id() const { return QString::fromStdString(data_->case_id); }
  [[nodiscard]] bool waiting_for_image() const {
    return present() && data_->state == "waiting_for_image";
  }
  [[nodiscard]] bool to_decide() const { return present() && data_->state == "to_decide"; }
  [[nodiscard]] bool decided() const { return present() && data_->state == "decided"; }
  /// To be decided, or decided and its vehicle still held: an officer may decide.
  [[nodiscard]] bool decidable() const {
    return to_decide() || (decided() && data_->may_be_decided_again);
  }
  [[nodiscard]] QString title() const;
  [[nodiscard]] QString subtitle() const;
  /// What the reading of plate and numbers leaves open; empty where nothing.
  /// And which other scans of the same vehicle there are.
  [[nodiscard]] QString identity_text() const;
  /// What is wrong with the declaration; empty where it is in order or not looked up yet.
  [[nodiscard]] QString declaration_text() const;
  /// Whose choice among several declarations this is; empty where nobody chose, or none of them.
  [[nodiscard]] QString declaration_choice() const;
  /// What came after the decision, in words; empty: nothing.
  [[nodiscard]] QString declaration_late() const;
  /// Several declarations are in doubt, or were: an officer may say which holds.
  [[nodiscard]] bool declaration_open() const;
  /// Said before anything is known of the declaration.
  [[nodiscard]] QString declaration_pending() const;
  [[nodiscard]] QAbstractListModel* items() { return &items_; }
  [[nodiscard]] int first_item_count() const { return static_cast<int>(kFirstItems); }
  [[nodiscard]] QAbstractListModel* first_items() { return &first_items_; }
  [[nodiscard]] QAbstractListModel* checks() { return &checks_; }
  [[nodiscard]] QAbstractListModel* findings() { return &findings_; }
  [[nodiscard]] const std::vector<FindingRow>& finding_rows() const { return findings_.rows(); }
  [[nodiscard]] int item_count() const { return static_cast<int>(items_.rows().size()); }
  /// Some goods have an HS code of more than six digits.
  [[nodiscard]] bool long_codes() const;
  [[nodiscard]] int check_count() const { return static_cast<int>(checks_.rows().size()); }
  /// The findings appear when its reader has said what he sees.
  [[nodiscard]] bool read_first() const { return data_->read_first; }
  [[nodiscard]] int finding_count() const { return static_cast<int>(findings_.rows().size()); }
  [[nodiscard]] int unanswered() const;
  [[nodiscard]] bool has_report() const { return data_->report.has_value(); }
  [[nodiscard]] QString findings_title() const;
  /// What makes the image unsafe to judge by: lost lines, a partial scan, silent modules.
  [[nodiscard]] QString damage() const;
  /// What was left out of the image without harm: a few arced pulses, pulses without dose.
  [[nodiscard]] QString remarks() const;
  [[nodiscard]] QString decision_text() const;
  /// Of a vehicle that is not decided, the decisions on its containers; empty: there is none.
  [[nodiscard]] QString decided_so_far() const;
  [[nodiscard]] QString decision_note() const;
  /// What a physical inspection found beside the findings; empty: nothing is recorded.
  [[nodiscard]] QString outcome_text() const;
  [[nodiscard]] QString deadline_text() const;
  [[nodiscard]] bool has_profile() const { return data_->radiation_profile.size() > 1; }

 Q_SIGNALS:
  void changed();
  void deadline_changed();
  /// Another case, or this one just became ready to be decided: the officer must look up first.
  void new_case();

 private:
  [[nodiscard]] QString identity_doubt() const;
  [[nodiscard]] QStringList each_container() const;  // that is decided on
  void set_rows();
  [[nodiscard]] QString image_words(bool harmful) const;

  const core::Clock& clock_;
  std::shared_ptr<const CaseData> data_;
  std::optional<std::int64_t> lane_offset_ns_;  ///< Lane's UTC less this machine's steady clock.
  RowModel<ItemRow> items_, first_items_;
  RowModel<CheckRow> checks_;
  RowModel<FindingRow> findings_;
  QTimer timer_;
};

}  // namespace portcullis::hmi
