#include "hmi/models/compare_model.h"

#include <QDateTime>
#include <algorithm>

#include "hmi/models/case_model.h"
#include "hmi/models/image_set.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr double kDividerStep = 0.05;
constexpr std::uint32_t kScansLookedAt = 50;

const PlaneData* high_of(const ImageStore& store) {
  return store.planes()[static_cast<std::size_t>(Plane::kHigh)].get();
}

QString scan_time(core::UtcTime time) {
  return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000, Qt::UTC)
      .toLocalTime()
      .toString(QStringLiteral("dd.MM.yyyy HH:mm"));
}

}  // namespace

CompareModel::CompareModel(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(&parts_.client, &LaneClient::cases_found, this, &CompareModel::take);
  connect(&parts_.client, &LaneClient::plane_arrived, this, &CompareModel::add);
  connect(&parts_.view, &ViewState::changed, this, &CompareModel::follow);
  connect(&parts_.images, &ImageStore::changed, this, &CompareModel::follow);
  connect(&store_, &ImageStore::changed, this, &CompareModel::changed);
  connect(&parts_.inspection_case, &CaseModel::new_case, this, &CompareModel::end);
}

bool CompareModel::act(const QString& id) {
  if (id == QLatin1String("compare")) {
    if (mode_ == Mode::kNone)
      begin();
    else if (!shown() || mode_ == Mode::kSwipe)
      end();
    else
      mode_ = mode_ == Mode::kSide ? Mode::kBlink : Mode::kSwipe;
    Q_EMIT changed();
    return true;
  }
  if (mode_ == Mode::kNone) return false;
  if (id == QLatin1String("compare_older") || id == QLatin1String("compare_newer")) {
    const int next = at_ + (id == QLatin1String("compare_older") ? 1 : -1);
    if (next >= 0 && next < static_cast<int>(scans_.size())) show(next);
    return true;
  }
  if (id == QLatin1String("leave")) {
    end();
    return true;
  }
  const bool left = id == QLatin1String("left");
  if (mode_ == Mode::kSwipe && (left || id == QLatin1String("right"))) {
    set_divider(divider_ + (left ? -kDividerStep : kDividerStep));
    return true;
  }
  return false;
}

void CompareModel::begin() {
  const CaseData& shown = parts_.inspection_case.data();
  problem_.clear();
  mode_ = Mode::kSide;
  case_id_ = shown.case_id;
  scans_.clear();
  at_ = -1;
  references_asked_ = true;
  Q_EMIT wants_references(case_id_);
  if (shown.container_numbers.empty()) return;
  CaseSearchData search;
  search.text = shown.container_numbers.front();
  search.count_max = kScansLookedAt;
  search.user = parts_.session.name().toStdString();
  search_ = parts_.client.find_cases(search);
}

void CompareModel::end() {
  mode_ = Mode::kNone;
  search_ = 0;
  references_asked_ = false;
  scans_.clear();
  at_ = -1;
  problem_.clear();
  divider_ = 0.5;
  parts_.client.fetch_other_images({});
  store_.clear({});
  Q_EMIT changed();
}

void CompareModel::take(const FoundCasesData& found) {
  if (search_ == 0 || found.number != search_) return;
  search_ = 0;
  const auto own = std::find_if(found.cases.begin(), found.cases.end(),
                                [&](const auto& one) { return one.case_id == case_id_; });
  std::vector<ComparedScan> earlier;
  for (const FoundCaseData& one : found.cases) {
    const bool before = own == found.cases.end() || one.started < own->started;
    if (one.case_id != case_id_ && before) earlier.push_back({one.scan_id, one.started, {}, {}});
  }
  if (!found.problem.empty()) problem_ = tr("Not searched: %1").arg(words::lane(found.problem));
  // Before the references, which may have come first.
  std::erase_if(scans_, [&](const ComparedScan& reference) {
    return std::any_of(earlier.begin(), earlier.end(),
                       [&](const ComparedScan& one) { return one.scan_id == reference.scan_id; });
  });
  scans_.insert(scans_.begin(), earlier.begin(), earlier.end());
  settle();
}

void CompareModel::take_references(const std::string& case_id,
                                   const std::vector<ReferenceData>& references) {
  if (!references_asked_ || case_id != case_id_) return;
  references_asked_ = false;
  for (const ReferenceData& one : references) {
    const bool there = std::any_of(scans_.begin(), scans_.end(), [&](const ComparedScan& scan) {
      return scan.scan_id == one.scan_id;
    });
    if (!there) scans_.push_back({one.scan_id, one.started, one.kind, one.chapter});
  }
  settle();
}

// An earlier scan of the container is what is looked for first; references only when there is none.
void CompareModel::settle() {
  if (at_ < 0 && search_ == 0 && !scans_.empty()) show(0);
  if (at_ < 0 && search_ == 0 && !references_asked_ && problem_.isEmpty())
    problem_ = parts_.inspection_case.data().container_numbers.empty()
                   ? tr("No container number and no reference: nothing to compare with")
                   : tr("No earlier scan of this container, and no reference");
  Q_EMIT changed();
}

void CompareModel::show(int index) {
  at_ = index;
  const std::string& scan_id = scans_[static_cast<std::size_t>(index)].scan_id;
  store_.clear(scan_id);
  parts_.client.fetch_other_images(scan_id);
  Q_EMIT changed();
}

void CompareModel::add(const std::shared_ptr<const PlaneData>& plane) {
  if (at_ < 0 || plane->scan_id != store_.scan_id()) return;
  store_.add(plane);
  follow();
}

void CompareModel::follow() {
  const PlaneData* now = high_of(parts_.images);
  const PlaneData* then = high_of(store_);
  if (now == nullptr || then == nullptr || now->mm_per_px <= 0 || then->mm_per_px <= 0) return;
  const double ratio = now->mm_per_px / then->mm_per_px;  // pixels of then for one of now
  const ViewState& view = parts_.view;
  const core::PixelBox here = content_box(*now);
  const core::PixelBox there = content_box(*then);
  const double column = there.x + (view.origin_column() - here.x) * ratio;
  const double z_mm = now->z_first_mm - view.origin_row() * now->mm_per_px;
  const double row = (then->z_first_mm - z_mm) / then->mm_per_px;
  view_.follow(view.scale() / ratio, column, row, then->mm_per_px);
}

QString CompareModel::mode() const {
  switch (mode_) {
    case Mode::kSide:
      return QStringLiteral("side");
    case Mode::kBlink:
      return QStringLiteral("blink");
    case Mode::kSwipe:
      return QStringLiteral("swipe");
    case Mode::kNone:
      break;
  }
  return {};
}

QString CompareModel::note() const {
  if (mode_ == Mode::kNone) return {};
  if (at_ < 0) return problem_.isEmpty() ? tr("Looking for scans to compare with") : problem_;
  const ComparedScan& scan = scans_[static_cast<std::size_t>(at_)];
  const QString when = words::code(scan_time(scan.started));
  if (!store_.ready())
    return store_.problem().isEmpty()
               ? tr("Loading the scan of %1").arg(when)
               : tr("The scan of %1 cannot be shown: %2").arg(when, store_.problem());
  const QString which =
      scan.kind == "empty"   ? tr("Reference, an empty container: scan of %1").arg(when)
      : scan.kind == "goods" ? tr("Reference, goods of chapter %1: scan of %2")
                                   .arg(words::code(QString::fromStdString(scan.chapter)), when)
                             : tr("Earlier scan of %1").arg(when);
  return tr("%1 (%2 of %3)").arg(which).arg(at_ + 1).arg(scans_.size());
}

void CompareModel::set_divider(double share) {
  const double next = std::clamp(share, 0.0, 1.0);
  if (next == divider_) return;
  divider_ = next;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
