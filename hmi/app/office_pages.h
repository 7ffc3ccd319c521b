#pragma once

#include <QObject>
#include <QString>

#include "hmi/models/complaint_model.h"
#include "hmi/models/identity_model.h"
#include "hmi/models/inspect_model.h"
#include "hmi/models/office_client.h"
#include "hmi/models/photo_model.h"
#include "hmi/models/print_model.h"
#include "hmi/models/reference_model.h"
#include "hmi/models/supervise_model.h"
#include "hmi/models/view_state.h"

class QQmlContext;

namespace portcullis::hmi {

class CompareModel;
class ImageStore;
class OperateController;

/// The pages beside Operate, Inspect and Supervise: their models, and what links them to the rest.
/// Which one is up is the controller's overlay ("page_inspect", "page_supervise").
/// Ownership: borrows all it is given. Threading: GUI thread.
class OfficePages final : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    QString address;
    LaneClient& lane;
    CaseModel& inspection_case;
    ImageStore& images;
    SessionModel& session;
    OperateController& controller;
    ImageTools& tools;
    CompareModel& compare;
    const core::Clock& clock;
    PrintOptions print;
  };
  explicit OfficePages(const Parts& parts, QObject* parent = nullptr);

  void add_to(QQmlContext& context);
  void retranslate();
  [[nodiscard]] InspectModel& inspect() { return inspect_; }
  [[nodiscard]] PhotoModel& photos() { return photos_; }
  [[nodiscard]] SuperviseModel& supervise() { return supervise_; }
  [[nodiscard]] PrintModel& print() { return print_; }

 private:
  void on_session();

  Parts parts_;
  OfficeClient office_;
  InspectModel inspect_;
  PhotoModel photos_;
  SuperviseModel supervise_;
  ComplaintModel complaint_;
  IdentityModel identity_;
  PrintModel print_;
  ReferenceModel reference_;
  ViewState view_;
  bool opened_ = false;  // for this login
  QString overlay_;      // as it was
};

}  // namespace portcullis::hmi
