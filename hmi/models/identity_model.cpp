#include "hmi/models/identity_model.h"

#include <QDateTime>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "hmi/models/case_model.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/photo_model.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

QString clock_time(std::int64_t utc_ns) {
  return QDateTime::fromMSecsSinceEpoch(utc_ns / 1'000'000, Qt::UTC)
      .toLocalTime()
      .toString(QStringLiteral("HH:mm:ss"));
}

}  // namespace

IdentityModel::IdentityModel(LaneClient& lane, OfficeClient& office, CaseModel& inspection_case,
                             SessionModel& session, QObject* parent)
    : QObject(parent),
      lane_(lane),
      office_(office),
      case_(inspection_case),
      session_(session),
      rows_({{"text", [](const ReadingRow& row) { return QVariant(row.text); }},
             {"stands", [](const ReadingRow& row) { return QVariant(row.stands); }}}) {
  connect(&lane_, &LaneClient::identity_answered, this, [this](bool ok, const QString& reason) {
    busy_ = false;
    tell(ok ? QString() : tr("Not taken: %1").arg(words::lane(reason)));
  });
  connect(&case_, &CaseModel::changed, this, &IdentityModel::take_case);
  connect(&office_, &OfficeClient::photo_fetched, this, &IdentityModel::take_picture);
  connect(&session_, &SessionModel::changed, this, &IdentityModel::changed);
}

void IdentityModel::begin() {
  busy_ = false;
  open_ = true;
  // The one that is in doubt is what the card is opened for.
  const auto doubtful = std::find_if(read_.begin(), read_.end(),
                                     [this](const ReadingData& one) { return !stands(one); });
  chosen_ = read_.empty()             ? -1
            : doubtful == read_.end() ? 0
                                      : static_cast<int>(doubtful - read_.begin());
  show_picture();
  tell({});
}

void IdentityModel::end() {
  open_ = false;
  drop_picture();
}

void IdentityModel::drop_picture() {
  wanted_.clear();
  picture_.clear();
  problem_.clear();
}

void IdentityModel::retranslate() {
  take_case();
}

void IdentityModel::take_case() {
  const auto& data = case_.data();
  if (data.case_id != case_id_) {
    case_id_ = data.case_id;
    chosen_ = -1;
    drop_picture();
  }
  read_ = data.readings;
  std::vector<ReadingRow> rows;
  for (const ReadingData& one : read_) {
    QString kind = words::text(one.kind);
    if (one.kind == "plate") kind = tr("Plate");
    if (one.kind == "container") kind = tr("Container");
    if (one.kind == "iso_type") kind = tr("Container type");
    const QString where =
        tr("camera %1, %2")
            .arg(words::isolated(words::text(one.camera)), words::code(clock_time(one.utc_ns)));
    const QString text = one.text.empty()
                             ? tr("%1: nothing could be read; %2").arg(kind, where)
                             : tr("%1: %2, sure to %3 %; %4")
                                   .arg(kind, words::isolated(words::code(words::text(one.text))))
                                   .arg(std::lround(one.confidence * 100))
                                   .arg(where);
    rows.push_back({text, stands(one)});
    if (!rows.back().stands && !one.text.empty())
      rows.back().text += QStringLiteral(" \u2014 ") + tr("not taken");
  }
  rows_.set_rows(std::move(rows));
  if (chosen_ >= reading_count()) chosen_ = reading_count() - 1;
  if (chosen_ < 0 && !read_.empty()) chosen_ = 0;
  show_picture();
  Q_EMIT changed();
}

const ReadingData* IdentityModel::looked_at() const {
  return chosen_ >= 0 && chosen_ < reading_count() ? &read_[static_cast<std::size_t>(chosen_)]
                                                   : nullptr;
}

bool IdentityModel::stands(const ReadingData& reading) const {
  const auto bare = [](const std::string& text) {
    QString out;
    for (const QChar c : QString::fromStdString(text))
      if (c.isLetterOrNumber()) out += c.toUpper();
    return out;
  };
  const auto& data = case_.data();
  const QString read = bare(reading.text);
  if (reading.kind == "plate") return read == bare(data.vehicle_plate);
  if (reading.kind != "container") return true;
  return std::any_of(data.container_numbers.begin(), data.container_numbers.end(),
                     [&](const std::string& number) { return bare(number) == read; });
}

void IdentityModel::choose(int reading) {
  if (reading < 0 || reading >= reading_count()) return;
  chosen_ = reading;
  show_picture();
  Q_EMIT changed();
}

void IdentityModel::show_picture() {
  const ReadingData* one = looked_at();
  const std::string sha256 = one == nullptr ? std::string() : one->picture_sha256;
  if (!open_ || sha256 == wanted_) return;
  drop_picture();
  wanted_ = sha256;
  if (!wanted_.empty()) office_.fetch_photo(case_id_, wanted_, kPictureSide_px);
}

void IdentityModel::take_picture(const PhotoPictureData& picture) {
  if (picture.case_id != case_id_ || picture.sha256 != wanted_ ||
      picture.side_max_px != kPictureSide_px)
    return;
  if (picture.jpeg.empty())
    problem_ = picture.problem.empty() ? tr("This photo cannot be shown.")
                                       : words::sentence(words::lane(picture.problem));
  else
    picture_ = picture_url(picture.jpeg);
  Q_EMIT changed();
}

QString IdentityModel::chosen_kind() const {
  const ReadingData* one = looked_at();
  return one == nullptr || one->text.empty() ? QString() : words::text(one->kind);
}

QString IdentityModel::chosen_text() const {
  const ReadingData* one = looked_at();
  return one == nullptr ? QString() : words::text(one->text);
}

QString IdentityModel::picture_note() const {
  const ReadingData* one = looked_at();
  if (one == nullptr || !picture_.isEmpty()) return {};
  if (!problem_.isEmpty()) return problem_;
  if (!one->picture_problem.empty()) return words::sentence(words::lane(one->picture_problem));
  return wanted_.empty() ? tr("The camera sent no picture with this reading.")
                         : tr("Being fetched");
}

void IdentityModel::say(const QString& plate, const QString& first, const QString& second) {
  if (!allowed()) return;
  IdentityData said{case_.data().case_id, plate.trimmed().toStdString(), {}};
  for (const QString& number : {first, second})
    if (!number.trimmed().isEmpty()) said.containers.push_back(number.trimmed().toStdString());
  busy_ = true;
  tell(tr("Being sent"));
  lane_.correct_identity(said, false, session_.name());
}

void IdentityModel::confirm() {
  if (!may_confirm()) return;
  const auto& proposed = case_.data().identity_proposed;
  busy_ = true;
  tell(tr("Being sent"));
  lane_.correct_identity({case_.data().case_id, proposed->plate, proposed->containers}, true,
                         session_.name());
}

bool IdentityModel::allowed() const {
  return !busy_ && case_.present() && case_.has_report() && session_.may("identify");
}

bool IdentityModel::may_confirm() const {
  const auto& proposed = case_.data().identity_proposed;
  return allowed() && proposed && proposed->by != session_.name().toStdString();
}

QString IdentityModel::proposed() const {
  const auto& proposed = case_.data().identity_proposed;
  if (!proposed) return {};
  QStringList parts;
  for (const std::string& number : proposed->containers)
    parts << words::isolated(words::code(words::text(number)));
  if (!proposed->plate.empty())
    parts << tr("plate %1").arg(words::isolated(words::code(words::text(proposed->plate))));
  return tr("%1 says: %2. A second person has to confirm it.")
      .arg(words::isolated(words::text(proposed->by)), parts.join(QStringLiteral(", ")));
}

QString IdentityModel::plate() const {
  return words::text(case_.data().vehicle_plate);
}

QString IdentityModel::container(std::size_t place) const {
  const auto& numbers = case_.data().container_numbers;
  return place < numbers.size() ? words::text(numbers[place]) : QString();
}

void IdentityModel::tell(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
