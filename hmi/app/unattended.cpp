#include "hmi/app/unattended.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <algorithm>
#include <cstdio>

#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kLookMs = 100;
constexpr seconds kUnreachable{60};
constexpr seconds kNothingHappens{120};
constexpr seconds kStartAgain{3};
constexpr seconds kKeyAgain{2};
constexpr milliseconds kLookUp{700};  // after a new case: longer than its key pause
constexpr seconds kLiveShotEvery{1};
constexpr milliseconds kDecidedShown{400};
constexpr seconds kImageAtMost{20};
constexpr int kTriesMax = 5;

const char* fitting_code(const CaseData& data, core::DecisionKind kind) {
  using core::FindingKind;
  if (!data.report) return "";
  bool object = false;
  bool structure = false;
  bool differs = false;
  for (const core::Check& check : data.report->checks) {
    differs = differs || check.outcome == core::CheckOutcome::kDiffers;
  }
  for (const core::Finding& finding : data.report->findings) {
    switch (finding.kind) {
      case FindingKind::kSmallDenseObject:
      case FindingKind::kShielding:
      case FindingKind::kConcealedVehicle:
      case FindingKind::kAnomalousRegion:
      case FindingKind::kRadiationAlarm:
        object = true;
        break;
      case FindingKind::kHiddenCompartment:
      case FindingKind::kFalseWall:
        structure = true;
        break;
      case FindingKind::kMaterialMismatch:
      case FindingKind::kMassMismatch:
      case FindingKind::kEmptyMismatch:
      case FindingKind::kCountMismatch:
        differs = true;
        break;
      case FindingKind::kImageQuality:
        break;
    }
  }
  if (kind == core::DecisionKind::kRelease) {
    const auto& containers = data.report->containers;
    const bool empty = !containers.empty() && std::all_of(containers.begin(), containers.end(),
                                                          [](const auto& c) { return c.empty; });
    return empty ? "empty_confirmed" : "image_agrees";
  }
  if (object) return "suspect_object";
  if (structure) return "structure_changed";
  return differs ? "declaration_differs" : "cannot_see_through";
}

}  // namespace

int fitting_reason(const CaseData& data, core::DecisionKind kind) {
  const std::string_view code = fitting_code(data, kind);
  const auto reasons = words::reasons(kind);
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (code == reasons[i].code) return static_cast<int>(i);
  }
  return 0;
}

Unattended::Unattended(HmiApp& app, const core::Clock& clock, Options options)
    : app_(app), clock_(clock), options_(std::move(options)) {
  connect(&timer_, &QTimer::timeout, this, &Unattended::look);
}

void Unattended::start() {
  last_contact_ = last_event_ = step_since_ = clock_.now();
  last_start_ = clock_.now() - kStartAgain;
  timer_.start(kLookMs);
}

void Unattended::say(const QString& line) {
  std::printf("%s\n", line.toUtf8().constData());
  std::fflush(stdout);
  last_event_ = clock_.now();
}

void Unattended::finish(int exit_code) {
  if (finished_) return;
  finished_ = true;
  timer_.stop();
  Q_EMIT finished(exit_code);
}

void Unattended::next(Step step) {
  step_ = step;
  step_since_ = clock_.now();
}

void Unattended::keep(const QImage& picture, const QString& name) {
  if (options_.screenshots.empty() || picture.isNull()) return;
  const std::filesystem::path path =
      options_.screenshots / (name + QStringLiteral(".png")).toStdString();
  if (!picture.save(QString::fromStdString(path.string()))) {
    std::fprintf(stderr,
                 "portcullis-hmi: screenshot %s cannot be written; is the folder writable?\n",
                 path.c_str());
    finish(1);
  }
}

void Unattended::shoot(const QString& name) {
  if (!options_.screenshots.empty()) keep(app_.window().grabWindow(), name);
}

void Unattended::press(int key, const QString& text) {
  QWindow* window = &app_.window();
  QCoreApplication::postEvent(window, new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier, text));
  QCoreApplication::postEvent(window, new QKeyEvent(QEvent::KeyRelease, key, Qt::NoModifier, text));
}

void Unattended::look() {
  const LaneModel& lane = app_.lane();
  if (!lane.stale()) {
    last_contact_ = clock_.now();
    if (!shot_startup_) {
      shot_startup_ = true;
      say(QStringLiteral("connected to %1: %2").arg(lane.lane(), lane.state_text()));
      shoot(QStringLiteral("startup"));
    }
  } else if (clock_.now() - last_contact_ > kUnreachable) {
    std::fprintf(
        stderr,
        "portcullis-hmi: the lane was not reachable for 60 s; is portcullis-lane running?\n");
    finish(1);
    return;
  }
  if (lane.state() != last_state_) {
    last_state_ = lane.state();
    last_event_ = clock_.now();
  }
  if (options_.exit_after_cases > 0 && clock_.now() - last_event_ > kNothingHappens) {
    std::fprintf(stderr, "portcullis-hmi: nothing happened for 120 s; the lane says: %s; %s\n",
                 lane.state_text().toUtf8().constData(), lane.next_text().toUtf8().constData());
    finish(1);
    return;
  }
  on_scan();
  if (!lane.stale()) act();
}

void Unattended::on_scan() {
  const WaterfallStore& waterfall = app_.waterfall();
  if (waterfall.columns() == 0) return;
  if (waterfall.scan_id() != live_scan_) {
    live_scan_ = waterfall.scan_id();
    ++truck_;
    last_live_shot_ = clock_.now();
    say(QStringLiteral("truck %1: scanning").arg(truck_));
  }
  last_event_ = waterfall.running() ? clock_.now() : last_event_;
  // The latest picture of the scan while it still runs is the one kept.
  if (waterfall.running() && clock_.now() - last_live_shot_ >= kLiveShotEvery &&
      !options_.screenshots.empty()) {
    last_live_shot_ = clock_.now();
    shoot(QStringLiteral("%1-scanning").arg(truck_));
  }
}

void Unattended::act() {
  const CaseModel& inspection_case = app_.inspection_case();
  const std::string& case_id = inspection_case.data().case_id;
  if (case_id != case_now_ && step_ != Step::kWait && step_ != Step::kLook) next(Step::kWait);
  switch (step_) {
    case Step::kWait:
      if (inspection_case.to_decide() && case_id != case_done_) {
        case_now_ = case_id;
        if (truck_ == 0) truck_ = 1;
        tries_ = 0;
        answering_ = -1;
        last_event_ = clock_.now();
        next(Step::kReview);
      } else if (options_.act && !inspection_case.waiting_for_image() &&
                 clock_.now() - last_start_ >= kStartAgain) {
        command_lane();
      }
      break;
    case Step::kReview:
      if (in_step() < kLookUp || (!app_.image_drawn() && in_step() < kImageAtMost)) break;
      say(QStringLiteral("truck %1: %2: %3 finding(s)")
              .arg(truck_)
              .arg(inspection_case.title())
              .arg(inspection_case.finding_count()));
      shoot(QStringLiteral("%1-review").arg(truck_));
      next(options_.act ? Step::kAnswer : Step::kAwaitDecision);
      break;
    case Step::kAnswer:
      answer_next();
      break;
    case Step::kOpenCard:
    case Step::kChooseReason:
    case Step::kConfirm:
    case Step::kAwaitDecision:
      decide();
      break;
    case Step::kLook:
      settle();
      break;
  }
}

// Never Reset: whether the cause of a fault is gone is for a person to see.
void Unattended::command_lane() {
  const LaneModel& lane = app_.lane();
  const auto device_ok = [&](const std::string& name) {
    for (const DeviceState& device : lane.data()->devices) {
      if (device.name == name) return device.level == HealthLevel::kOk;
    }
    return false;
  };
  const auto command = [&](int key, const QString& words) {
    last_start_ = clock_.now();
    say(words);
    press(key, {});
  };
  if (lane.allows(QStringLiteral("START"))) {
    command(Qt::Key_F5, QStringLiteral("start pressed"));
  } else if (lane.allows(QStringLiteral("WARM_UP")) && !device_ok("X-ray source")) {
    command(Qt::Key_F6, QStringLiteral("warm-up pressed"));
  } else if (lane.allows(QStringLiteral("CALIBRATE")) && !device_ok("Detector")) {
    command(Qt::Key_F7, QStringLiteral("calibrate pressed"));
  }
}

void Unattended::answer_next() {
  const CaseModel& inspection_case = app_.inspection_case();
  if (inspection_case.unanswered() == 0) {
    tries_ = 0;
    next(Step::kOpenCard);
    return;
  }
  const auto& rows = inspection_case.finding_rows();
  const int selected = app_.controller().selected_finding();
  const bool open = rows[static_cast<std::size_t>(selected)].answer == core::FindingAnswer::kNone;
  if (!open) {
    press(Qt::Key_N, QStringLiteral("n"));
    return;
  }
  // One press, then wait for the lane's word; press again only where that does not come.
  if (selected != answering_) {
    answering_ = selected;
    tries_ = 0;
  }
  if (tries_ == 0 || in_step() > kKeyAgain) {
    if (++tries_ > kTriesMax) {
      std::fprintf(stderr, "portcullis-hmi: finding %d takes no answer: %s\n", selected + 1,
                   app_.controller().message().toUtf8().constData());
      finish(1);
      return;
    }
    say(QStringLiteral("truck %1: finding %2: agreed by key").arg(truck_).arg(selected + 1));
    press(Qt::Key_A, QStringLiteral("a"));
    next(Step::kAnswer);
  }
}

void Unattended::decide() {
  const CaseModel& inspection_case = app_.inspection_case();
  const OperateController& controller = app_.controller();
  const bool clear = inspection_case.has_report() &&
                     inspection_case.data().report->verdict.outcome == core::VerdictOutcome::kClear;
  if (inspection_case.decided()) {
    next(Step::kLook);
    return;
  }
  if (!options_.act) return;
  if (step_ == Step::kOpenCard) {
    if (controller.overlay() == QLatin1String("card")) {
      next(Step::kChooseReason);
    } else if (controller.decisions_allowed() && (tries_ == 0 || in_step() > kKeyAgain)) {
      ++tries_;
      next(Step::kOpenCard);
      clear ? press(Qt::Key_L, QStringLiteral("l")) : press(Qt::Key_I, QStringLiteral("i"));
    }
  } else if (step_ == Step::kChooseReason) {
    if (!controller.card_targets().isEmpty() && controller.card_target() < 0) {
      press(Qt::Key_Left, QString());  // to the last: the whole vehicle
    } else if (controller.card_choice() >= 0) {
      shoot(QStringLiteral("%1-card").arg(truck_));
      tries_ = 0;
      next(Step::kConfirm);
    } else {
      const auto kind =
          clear ? core::DecisionKind::kRelease : core::DecisionKind::kPhysicalInspection;
      const int reason = fitting_reason(inspection_case.data(), kind);
      press(Qt::Key_1 + reason, QString::number(reason + 1));
    }
  } else if (step_ == Step::kConfirm) {
    press(Qt::Key_Return, QStringLiteral("\r"));
    next(Step::kAwaitDecision);
  } else if (in_step() > kKeyAgain && !controller.busy()) {
    if (++tries_ > kTriesMax) {
      std::fprintf(stderr, "portcullis-hmi: the decision is not taken: %s\n",
                   (controller.card_message() + controller.message()).toUtf8().constData());
      finish(1);
      return;
    }
    next(controller.overlay() == QLatin1String("card") ? Step::kConfirm : Step::kOpenCard);
  }
}

void Unattended::settle() {
  if (in_step() < kDecidedShown) return;
  const CaseModel& inspection_case = app_.inspection_case();
  const auto& decision = inspection_case.data().decision;
  const QString what =
      decision ? words::decided(decision->kind).toLower() : QStringLiteral("decided");
  QStringList numbers;
  for (const std::string& number : inspection_case.data().container_numbers)
    numbers << words::text(number);
  say(QStringLiteral("truck %1: %2: %3 by key")
          .arg(truck_)
          .arg(
              numbers.isEmpty() ? QStringLiteral("no number read") : numbers.join(QLatin1Char(' ')),
              what));
  shoot(QStringLiteral("%1-decided").arg(truck_));
  case_done_ = case_now_;
  ++cases_done_;
  tries_ = 0;
  next(Step::kWait);
  if (options_.exit_after_cases > 0 && cases_done_ >= options_.exit_after_cases) finish(0);
}

}  // namespace portcullis::hmi
