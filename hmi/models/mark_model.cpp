#include "hmi/models/mark_model.h"

#include <QUndoCommand>
#include <algorithm>
#include <cmath>
#include <utility>

#include "hmi/models/case_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/image_tools.h"
#include "hmi/models/lane_client.h"

namespace portcullis::hmi {
namespace {

constexpr double kSmallestPx = 2;  // a click is no mark
constexpr std::size_t kLassoMax = 1500;

class MarksCommand : public QUndoCommand {
 public:
  using Set = std::function<void(const std::vector<Mark>&)>;
  MarksCommand(const QString& words, std::vector<Mark> before, std::vector<Mark> after, Set set)
      : QUndoCommand(words),
        before_(std::move(before)),
        after_(std::move(after)),
        set_(std::move(set)) {}
  void undo() override { set_(before_); }
  void redo() override { set_(after_); }

 private:
  std::vector<Mark> before_, after_;
  Set set_;
};

}  // namespace

MarkModel::MarkModel(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(&parts_.inspection_case, &CaseModel::changed, this, &MarkModel::on_case);
  connect(&parts_.images, &ImageStore::changed, this, [this] {
    work_out_profile();
    Q_EMIT changed();
  });
  connect(&parts_.client, &LaneClient::marks_answered, this,
          [this](bool ok, const QString& reason) {
            on_the_way_ = std::max(0, on_the_way_ - 1);
            if (!ok) {
              refused_ = true;  // what the lane has is taken now, and with its next word
              on_case();
              Q_EMIT refused(reason);
            }
          });
}

void MarkModel::on_case() {
  const CaseData& data = parts_.inspection_case.data();
  const bool other = data.case_id != case_id_;
  if (other) {
    case_id_ = data.case_id;
    tool_.clear();
    drawing_.reset();
    writing_ = false;
    on_the_way_ = 0;
  }
  // The lane's word of our own changes, the last one or one before it, is what is here already; a
  // change that crosses somebody else's is refused, and theirs is taken then.
  if (!other && !refused_ && (data.marks_version <= version_ || on_the_way_ > 0)) return;
  refused_ = false;
  version_ = data.marks_version;
  std::vector<Mark> theirs = marks_from_json(QByteArray::fromStdString(data.marks_json));
  if (theirs == marks_) return;
  marks_ = std::move(theirs);
  if (!other) parts_.tools.changes().clear();
  work_out_profile();
  Q_EMIT changed();
}

QString MarkModel::words_of(const Mark& mark) const {
  return mark_words(mark, parts_.images.planes());
}

void MarkModel::choose(const QString& kind) {
  tool_ = kind == tool_ || !mark_kind_from(kind) ? QString() : kind;
  drawing_.reset();
  Q_EMIT changed();
}

void MarkModel::press(double column, double row) {
  const auto kind = mark_kind_from(tool_);
  if (!kind || !parts_.images.ready()) return;
  drawing_.emplace();
  drawing_->kind = *kind;
  drawing_->author = parts_.user;
  drawing_->points = {{column, row}, {column, row}};
  Q_EMIT changed();
}

void MarkModel::move(double column, double row) {
  if (!drawing_) return;
  if (drawing_->kind == MarkKind::kLasso && drawing_->points.size() < kLassoMax)
    drawing_->points.emplace_back(column, row);
  else
    drawing_->points.back() = {column, row};
  Q_EMIT changed();
}

void MarkModel::release() {
  if (!drawing_) return;
  Mark mark = std::move(*drawing_);
  drawing_.reset();
  const QPointF size = mark.points.back() - mark.points.front();
  const bool text = mark.kind == MarkKind::kText;
  if (!text && mark.kind != MarkKind::kLasso && std::hypot(size.x(), size.y()) < kSmallestPx) {
    Q_EMIT changed();
    return;
  }
  tool_.clear();
  writing_ = mark.kind >= MarkKind::kBox;
  std::vector<Mark> after = marks_;
  after.push_back(std::move(mark));
  edit(tr("mark drawn"), std::move(after));
}

void MarkModel::write(const QString& text) {
  if (!writing_ || marks_.empty()) return;
  writing_ = false;
  std::vector<Mark> after = marks_;
  after.back().text = text.trimmed();
  if (after.back().kind == MarkKind::kText && after.back().text.isEmpty()) after.pop_back();
  if (after == marks_) {
    Q_EMIT changed();
    return;
  }
  edit(tr("words written"), std::move(after));
}

void MarkModel::remove_last() {
  if (marks_.empty()) return;
  std::vector<Mark> after = marks_;
  after.pop_back();
  edit(tr("mark taken away"), std::move(after));
}

void MarkModel::edit(const QString& words, std::vector<Mark> after) {
  parts_.tools.changes().push(new MarksCommand(
      words, marks_, std::move(after), [this](const std::vector<Mark>& marks) { set(marks); }));
}

void MarkModel::set(const std::vector<Mark>& marks) {
  marks_ = marks;
  if (marks_.empty()) writing_ = false;
  work_out_profile();
  send();
  Q_EMIT changed();
}

void MarkModel::send() {
  if (case_id_.empty()) return;
  // The lane counts each change that it takes by one.
  parts_.client.set_marks(case_id_, marks_to_json(marks_).toStdString(), version_, parts_.user);
  ++version_;
  ++on_the_way_;
}

void MarkModel::work_out_profile() {
  profile_.clear();
  profile_text_.clear();
  const auto newest = std::find_if(marks_.rbegin(), marks_.rend(), [](const Mark& mark) {
    return mark.kind == MarkKind::kProfile;
  });
  if (newest == marks_.rend()) return;
  constexpr int kProfileSteps = 300;
  const auto values = measure_profile(parts_.images.planes(), newest->points.front(),
                                      newest->points.back(), kProfileSteps);
  double most = 0;
  for (const double value : values)
    if (std::isfinite(value)) most = std::max(most, value);
  for (const double value : values)
    profile_ << (std::isfinite(value) && most > 0 ? value / most : 0);
  if (!values.empty()) profile_text_ = tr("along the line: highest %1 g/cm²").arg(most, 0, 'f', 1);
}

}  // namespace portcullis::hmi
