#pragma once

#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QString>
#include <memory>

#include "core/result.h"
#include "core/time.h"
#include "hmi/app/office_pages.h"
#include "hmi/models/alarm_model.h"
#include "hmi/models/case_model.h"
#include "hmi/models/compare_model.h"
#include "hmi/models/declaration_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/image_tools.h"
#include "hmi/models/key_guard.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_model.h"
#include "hmi/models/language.h"
#include "hmi/models/mark_model.h"
#include "hmi/models/operate_controller.h"
#include "hmi/models/queue_model.h"
#include "hmi/models/session_model.h"
#include "hmi/models/shown_parts.h"
#include "hmi/models/view_state.h"
#include "hmi/models/waterfall_item.h"

namespace portcullis::hmi {

/// Chooses Qt's software renderer where there is no GPU or no screen, unless the environment says
/// otherwise. Call before the QGuiApplication is made.
void choose_renderer();

struct ScreenOptions {
  QString address;  ///< "unix:/path/lane.sock"
  QString user = QStringLiteral("officer");
  bool dark = true;
  QString language = QStringLiteral("en");  ///< See Language::set().
  int width = 1920;
  int height = 1080;
  PrintOptions print;
};

/// The Operate screen: models, window, keys, and the link to the lane.
/// Ownership: borrows `clock`. Threading: GUI thread, with a QGuiApplication alive.
class HmiApp final : public QObject {
  Q_OBJECT

 public:
  HmiApp(const ScreenOptions& options, const core::Clock& clock);
  ~HmiApp() override;

  /// Loads the screen and begins to connect. Fails with kInternal where the screen cannot be made.
  core::Status start();

  [[nodiscard]] QQuickWindow& window() { return *window_; }
  [[nodiscard]] LaneModel& lane() { return lane_; }
  [[nodiscard]] SessionModel& session() { return session_; }
  [[nodiscard]] AlarmModel& alarms() { return alarms_; }
  [[nodiscard]] CompareModel& compare() { return compare_; }
  [[nodiscard]] QueueModel& queue() { return queue_; }
  [[nodiscard]] CaseModel& inspection_case() { return case_; }
  [[nodiscard]] OperateController& controller() { return controller_; }
  [[nodiscard]] ImageStore& images() { return images_; }
  [[nodiscard]] WaterfallStore& waterfall() { return waterfall_; }
  [[nodiscard]] ViewState& view() { return view_; }
  [[nodiscard]] const ShownParts& shown_parts() const { return shown_parts_; }
  [[nodiscard]] ImageTools& tools() { return tools_; }
  [[nodiscard]] MarkModel& marks() { return marks_; }
  [[nodiscard]] DeclarationModel& declarations() { return declarations_; }
  [[nodiscard]] OfficePages& pages() { return pages_; }
  [[nodiscard]] Language& language() { return language_; }
  [[nodiscard]] KeyGuard& keys() { return *keys_; }
  /// The planes of that scan, whose case is not on the screen yet, are there.
  [[nodiscard]] bool is_ahead(const std::string& scan_id) const {
    return client_.is_ahead(scan_id);
  }
  /// The whole image of the case on the screen is there and drawn.
  [[nodiscard]] bool image_drawn() const;

 private:
  void on_case();
  void look_ahead();
  void on_language();

  const core::Clock& clock_;
  ScreenOptions options_;
  Language language_;
  LaneClient client_;
  LaneModel lane_;
  AlarmModel alarms_;
  CaseModel case_;
  ImageStore images_;
  WaterfallStore waterfall_;
  ViewState view_, loupe_view_, overview_view_;
  ShownParts shown_parts_;
  ImageTools tools_;
  MarkModel marks_;
  SessionModel session_;
  QueueModel queue_;
  CompareModel compare_;
  DeclarationModel declarations_;
  OperateController controller_;
  OfficePages pages_;
  QQmlApplicationEngine engine_;
  QQuickWindow* window_ = nullptr;  // owned by the engine
  std::unique_ptr<KeyGuard> keys_;
};

}  // namespace portcullis::hmi
