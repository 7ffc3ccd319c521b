#include "hmi/app/office_pages.h"

#include <QQmlContext>

#include "hmi/models/case_model.h"
#include "hmi/models/compare_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/image_set.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/operate_controller.h"
#include "hmi/models/session_model.h"

namespace portcullis::hmi {

OfficePages::OfficePages(const Parts& parts, QObject* parent)
    : QObject(parent),
      parts_(parts),
      office_(parts.address, parts.lane),
      inspect_({office_, parts.lane, parts.inspection_case, parts.session}),
      photos_(office_, parts.session),
      supervise_(office_, parts.session),
      complaint_(office_, parts.inspection_case, parts.session),
      identity_(parts.lane, office_, parts.inspection_case, parts.session),
      print_({office_, parts.inspection_case, parts.tools, parts.session, parts.clock},
             parts.print),
      reference_(office_, parts.inspection_case, parts.session) {
  connect(&parts_.controller, &OperateController::changed, this, [this] {
    const QString& overlay = parts_.controller.overlay();
    inspect_.show(overlay == QLatin1String("page_inspect"));
    supervise_.show(overlay == QLatin1String("page_supervise"));
    if (overlay == overlay_) return;
    if (overlay == QLatin1String("unfit")) complaint_.begin();
    if (overlay == QLatin1String("identity")) identity_.begin();
    if (overlay_ == QLatin1String("identity")) identity_.end();
    if (overlay == QLatin1String("print")) print_.begin();
    if (overlay == QLatin1String("reference")) reference_.begin();
    overlay_ = overlay;
  });
  connect(&parts_.compare, &CompareModel::wants_references, &office_,
          &OfficeClient::list_references);
  connect(&office_, &OfficeClient::references_arrived, &parts_.compare,
          &CompareModel::take_references);
  connect(&inspect_, &InspectModel::case_chosen, &photos_, &PhotoModel::set_case);
  connect(&parts_.session, &SessionModel::changed, this, &OfficePages::on_session);
  connect(&parts_.lane, &LaneClient::plane_arrived, this,
          [this](const std::shared_ptr<const PlaneData>& plane) {
            if (plane->plane != Plane::kHigh || plane->scan_id != parts_.images.scan_id()) return;
            const core::PixelBox box = content_box(*plane);
            view_.set_image(plane->columns(), plane->rows(), plane->mm_per_px,
                            QRectF(box.x, box.y, box.w, box.h));
          });
}

// Who has nothing to do but to inspect begins with his page.
void OfficePages::on_session() {
  const SessionModel& session = parts_.session;
  if (!session.accounts() || session.locked()) {
    opened_ = false;
    return;
  }
  if (opened_) return;
  opened_ = true;
  if (session.may("inspect") && !session.reads_cases() && !session.may("scan"))
    parts_.controller.trigger(QStringLiteral("page_inspect"));
}

void OfficePages::add_to(QQmlContext& context) {
  context.setContextProperty(QStringLiteral("inspect_model"), &inspect_);
  context.setContextProperty(QStringLiteral("inspect_view"), &view_);
  context.setContextProperty(QStringLiteral("photo_model"), &photos_);
  context.setContextProperty(QStringLiteral("supervise_model"), &supervise_);
  context.setContextProperty(QStringLiteral("complaint_model"), &complaint_);
  context.setContextProperty(QStringLiteral("identity_model"), &identity_);
  context.setContextProperty(QStringLiteral("print_model"), &print_);
  context.setContextProperty(QStringLiteral("reference_model"), &reference_);
}

void OfficePages::retranslate() {
  inspect_.retranslate();
  photos_.retranslate();
  supervise_.retranslate();
  complaint_.retranslate();
  identity_.retranslate();
  print_.retranslate();
  reference_.retranslate();
}

}  // namespace portcullis::hmi
