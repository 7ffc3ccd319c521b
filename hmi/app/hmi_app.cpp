#include "hmi/app/hmi_app.h"

#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QQmlContext>
#include <mutex>

#include "hmi/models/lane_words.h"
#include "hmi/models/mark_item.h"
#include "hmi/models/panel_sign_item.h"
#include "hmi/models/profile_item.h"

namespace portcullis::hmi {
namespace {

void register_types() {
  static std::once_flag once;
  std::call_once(once, [] {
    constexpr const char* kModule = "Portcullis";
    qmlRegisterType<ImageItem>(kModule, 1, 0, "ImageItem");
    qmlRegisterType<WaterfallItem>(kModule, 1, 0, "WaterfallItem");
    qmlRegisterType<PanelSignItem>(kModule, 1, 0, "PanelSignItem");
    qmlRegisterType<ProfileItem>(kModule, 1, 0, "ProfileItem");
    qmlRegisterAnonymousType<CaseModel>(kModule, 1);
    qmlRegisterAnonymousType<ViewState>(kModule, 1);
    qmlRegisterAnonymousType<ImageTools>(kModule, 1);
    qmlRegisterAnonymousType<MarkModel>(kModule, 1);
    qmlRegisterType<MarkItem>(kModule, 1, 0, "MarkItem");
    qmlRegisterAnonymousType<ImageStore>(kModule, 1);
    qmlRegisterAnonymousType<WaterfallStore>(kModule, 1);
  });
}

}  // namespace

void choose_renderer() {
  if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND") || qEnvironmentVariableIsSet("QSG_RHI_BACKEND"))
    return;
  const bool offscreen =
      qEnvironmentVariable("QT_QPA_PLATFORM").startsWith(QLatin1String("offscreen"));
  const bool has_gpu = !QDir(QStringLiteral("/dev/dri"))
                            .entryList({QStringLiteral("renderD*")}, QDir::System)
                            .isEmpty();
  if (offscreen || !has_gpu) qputenv("QT_QUICK_BACKEND", "software");
}

HmiApp::HmiApp(const ScreenOptions& options, const core::Clock& clock)
    : clock_(clock),
      options_(options),
      client_(options.address),
      lane_(clock),
      alarms_(client_, options.user),
      case_(clock),
      shown_parts_({case_, images_, view_}),
      tools_(clock, images_),
      marks_({client_, case_, images_, tools_, options.user}),
      session_(clock, client_, options.user),
      queue_(clock, client_, session_),
      compare_({client_, case_, images_, view_, session_}),
      declarations_(client_, lane_, case_, session_),
      controller_({clock_, client_, lane_, case_, images_, view_, shown_parts_, tools_, marks_,
                   compare_, session_, language_}),
      pages_({options.address, client_, case_, images_, session_, controller_, tools_, compare_,
              clock_, options.print}) {
  connect(&language_, &Language::changed, this, &HmiApp::on_language);
  connect(&client_, &LaneClient::status_arrived, &session_, &SessionModel::take);
  connect(&session_, &SessionModel::left, this, [this] {
    case_.take(std::make_shared<const CaseData>());
    client_.fetch_images({});
    client_.fetch_ahead({});
    images_.clear({});
    waterfall_.clear();
    compare_.end();
  });
  connect(&client_, &LaneClient::status_arrived, &lane_, &LaneModel::take);
  connect(&client_, &LaneClient::status_arrived, &case_,
          [this](const StatusData& status) { case_.lane_time(status.utc); });
  connect(&client_, &LaneClient::status_arrived, this, &HmiApp::look_ahead);
  connect(&client_, &LaneClient::status_arrived, &alarms_, &AlarmModel::take);
  connect(&controller_, &OperateController::list_key, &alarms_, &AlarmModel::act);
  connect(&controller_, &OperateController::list_key, &queue_, &QueueModel::act);
  connect(&controller_, &OperateController::list_key, &declarations_, &DeclarationModel::act);
  connect(&declarations_, &DeclarationModel::taken, &controller_, [this] {
    if (controller_.overlay() == QLatin1String("declarations"))
      controller_.trigger(QStringLiteral("leave"));
  });
  connect(&controller_, &OperateController::changed, this, [this] {
    declarations_.show(controller_.overlay() == QLatin1String("declarations"));
    alarms_.show(controller_.overlay() == QLatin1String("alarms"));
    queue_.show(controller_.overlay() == QLatin1String("queue"));
  });
  connect(&queue_, &QueueModel::chosen, &controller_, &OperateController::show_case);
  connect(&client_, &LaneClient::link_lost, &lane_, &LaneModel::link_lost);
  connect(&client_, &LaneClient::case_arrived, this,
          [this](const std::shared_ptr<const CaseData>& data) {
            case_.take(data);
            on_case();
          });
  connect(&client_, &LaneClient::waterfall_arrived, this, [this] {
    for (const WaterfallData& block : client_.take_waterfall()) waterfall_.add(block);
  });
  connect(&client_, &LaneClient::images_failed, this,
          [this](const std::string& scan_id, const QString& reason) {
            for (ImageStore* store : {&images_, &compare_.store()})
              store->fail(scan_id, words::lane(reason));
          });
  connect(&client_, &LaneClient::plane_arrived, this,
          [this](const std::shared_ptr<const PlaneData>& plane) {
            if (plane->plane == Plane::kHigh && plane->scan_id == images_.scan_id()) {
              const core::PixelBox box = content_box(*plane);
              for (ViewState* view : {&view_, &loupe_view_, &overview_view_}) {
                view->set_image(plane->columns(), plane->rows(), plane->mm_per_px,
                                QRectF(box.x, box.y, box.w, box.h));
              }
            }
            images_.add(plane);
          });
}

HmiApp::~HmiApp() = default;

void HmiApp::on_case() {
  const CaseData& data = case_.data();
  const bool wanted = case_.to_decide() || case_.decided();
  if (!wanted || data.scan_id == images_.scan_id()) return;
  images_.clear(data.scan_id);
  client_.fetch_images(data.scan_id);
  look_ahead();
}

// The lane's order is the officer's way through the queue: what comes after the case on the screen
// is fetched while he reads it. He is shown nothing of it before it is the one on the screen.
void HmiApp::look_ahead() {
  std::string scan_id;
  if (lane_.data() && !session_.locked() && !images_.scan_id().empty()) {
    for (const NextCaseData& next : lane_.data()->next_cases) {
      if (next.scan_id == images_.scan_id()) continue;
      scan_id = next.scan_id;
      break;
    }
  }
  client_.fetch_ahead(scan_id);
}

void HmiApp::on_language() {
  lane_.retranslate();
  case_.retranslate();
  alarms_.retranslate();
  queue_.retranslate();
  declarations_.retranslate();
  Q_EMIT compare_.changed();
  Q_EMIT shown_parts_.changed();
  Q_EMIT tools_.changed();
  Q_EMIT marks_.changed();
  Q_EMIT controller_.changed();
  pages_.retranslate();
  engine_.retranslate();
}

core::Status HmiApp::start() {
  register_types();
  if (!language_.set(options_.language)) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       "the screen does not speak " + options_.language.toStdString()};
  }
  QGuiApplication::setFont(QFont(QStringLiteral("DejaVu Sans")));
  QQmlContext& context = *engine_.rootContext();
  context.setContextProperty(QStringLiteral("lane_model"), &lane_);
  context.setContextProperty(QStringLiteral("alarm_model"), &alarms_);
  context.setContextProperty(QStringLiteral("queue_model"), &queue_);
  context.setContextProperty(QStringLiteral("compare_model"), &compare_);
  context.setContextProperty(QStringLiteral("declaration_model"), &declarations_);
  context.setContextProperty(QStringLiteral("compare_store"), &compare_.store());
  context.setContextProperty(QStringLiteral("compare_view"), &compare_.view());
  context.setContextProperty(QStringLiteral("case_model"), &case_);
  context.setContextProperty(QStringLiteral("image_store"), &images_);
  context.setContextProperty(QStringLiteral("waterfall_store"), &waterfall_);
  context.setContextProperty(QStringLiteral("view_state"), &view_);
  context.setContextProperty(QStringLiteral("loupe_view"), &loupe_view_);
  context.setContextProperty(QStringLiteral("overview_view"), &overview_view_);
  context.setContextProperty(QStringLiteral("image_tools"), &tools_);
  context.setContextProperty(QStringLiteral("shown_parts"), &shown_parts_);
  context.setContextProperty(QStringLiteral("mark_model"), &marks_);
  context.setContextProperty(QStringLiteral("operate"), &controller_);
  context.setContextProperty(QStringLiteral("session_model"), &session_);
  context.setContextProperty(QStringLiteral("language"), &language_);
  pages_.add_to(context);
  context.setContextProperty(QStringLiteral("start_dark"), options_.dark);
  context.setContextProperty(QStringLiteral("start_width"), options_.width);
  context.setContextProperty(QStringLiteral("start_height"), options_.height);
  engine_.load(QUrl(QStringLiteral("qrc:/portcullis/Main.qml")));
  window_ = engine_.rootObjects().isEmpty()
                ? nullptr
                : qobject_cast<QQuickWindow*>(engine_.rootObjects().first());
  if (window_ == nullptr) {
    return core::Error{core::ErrorCode::kInternal,
                       "the screen could not be made (see the messages above)"};
  }
  connect(window_, &QQuickWindow::frameSwapped, &shown_parts_, &ShownParts::frame_drawn,
          Qt::QueuedConnection);
  keys_ = std::make_unique<KeyGuard>(*window_, controller_);
  window_->show();
  window_->requestActivate();
  client_.start();
  return {};
}

bool HmiApp::image_drawn() const {
  return images_.complete() && images_.scan_id() == case_.data().scan_id && window_ != nullptr &&
         window_->property("image_drawn").toBool();
}

}  // namespace portcullis::hmi
