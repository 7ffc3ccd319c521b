#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <string>
#include <vector>

#include "hmi/models/image_item.h"
#include "hmi/models/lane_data.h"
#include "hmi/models/office_data.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {

class CaseModel;
class LaneClient;
class SessionModel;

/// A scan that can be compared with, and what it is: an earlier one of the same container, or a
/// reference (ReferenceData::kind).
struct ComparedScan {
  std::string scan_id;
  core::UtcTime started;
  std::string kind;     ///< Empty: an earlier scan of the container.
  std::string chapter;  ///< Of a reference of goods.
};

/// The scan on the screen beside an earlier one of the same container, or a reference of the
/// declared goods or of an empty container: below it, in its place by turns, or up to a line that
/// is moved over it.
///
/// Both are drawn at the same millimetres a pixel, their floors at the same height and the front
/// edges of what stands in the air over each other; a pan or zoom moves both.
/// Ownership: borrows all it is given. Threading: GUI thread.
class CompareModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString mode READ mode NOTIFY changed)
  Q_PROPERTY(QString note READ note NOTIFY changed)
  Q_PROPERTY(bool shown READ shown NOTIFY changed)
  Q_PROPERTY(double divider READ divider WRITE set_divider NOTIFY changed)

 public:
  struct Parts {
    LaneClient& client;
    const CaseModel& inspection_case;
    const ImageStore& images;
    ViewState& view;
    const SessionModel& session;
  };
  explicit CompareModel(const Parts& parts, QObject* parent = nullptr);

  /// One of the officer's actions; true: it was meant for the comparison.
  bool act(const QString& id);
  /// The comparison ends, and with it what it was compared with.
  void end();

  /// "": none; "side", "blink", "swipe".
  [[nodiscard]] QString mode() const;
  /// What the current scan is compared with, or why with nothing.
  [[nodiscard]] QString note() const;
  /// The earlier picture is there.
  [[nodiscard]] bool shown() const { return at_ >= 0 && store_.ready(); }
  /// Of swipe: share of the pane, from the left, that shows the earlier scan.
  [[nodiscard]] double divider() const { return divider_; }
  void set_divider(double share);
  [[nodiscard]] ImageStore& store() { return store_; }
  [[nodiscard]] ViewState& view() { return view_; }
  /// The earlier scans, newest first, then the references, best first.
  [[nodiscard]] const std::vector<ComparedScan>& scans() const { return scans_; }
  /// The answer to wants_references(); of another case it is ignored.
  void take_references(const std::string& case_id, const std::vector<ReferenceData>& references);

 Q_SIGNALS:
  void changed();
  void wants_references(const std::string& case_id);

 private:
  enum class Mode : std::uint8_t { kNone, kSide, kBlink, kSwipe };
  void begin();
  void take(const FoundCasesData& found);
  void settle();
  void show(int index);
  void add(const std::shared_ptr<const PlaneData>& plane);
  void follow();

  Parts parts_;
  ImageStore store_;
  ViewState view_;
  Mode mode_ = Mode::kNone;
  std::string case_id_;            ///< That is compared.
  std::uint64_t search_ = 0;       ///< Under way; 0: none.
  bool references_asked_ = false;  ///< Not answered yet.
  std::vector<ComparedScan> scans_;
  int at_ = -1;  ///< Of `scans_`.
  QString problem_;
  double divider_ = 0.5;
};

}  // namespace portcullis::hmi
