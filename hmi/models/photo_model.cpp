#include "hmi/models/photo_model.h"

#include <QBuffer>
#include <QImageReader>
#include <algorithm>

#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kPictureQuality = 88;

}  // namespace

QString picture_url(const std::string& jpeg) {
  const auto bytes = QByteArray::fromRawData(jpeg.data(), static_cast<qsizetype>(jpeg.size()));
  return QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(bytes.toBase64());
}

QByteArray photo_picture(const QByteArray& photo, int side_max_px) {
  QBuffer buffer;
  buffer.setData(photo);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer);
  reader.setAutoTransform(true);
  const QSize whole = reader.size();
  if (whole.isEmpty()) return {};
  const QSize most(side_max_px, side_max_px);
  if (whole.width() > side_max_px || whole.height() > side_max_px)
    reader.setScaledSize(whole.scaled(most, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
  const QImage image = reader.read();
  if (image.isNull()) return {};
  QByteArray jpeg;
  QBuffer out(&jpeg);
  out.open(QIODevice::WriteOnly);
  if (!image.convertToFormat(QImage::Format_RGB32).save(&out, "JPEG", kPictureQuality)) return {};
  return jpeg;
}

PhotoModel::PhotoModel(OfficeClient& office, SessionModel& session, QObject* parent)
    : QObject(parent),
      office_(office),
      photos_({{"name", [](const PhotoRow& row) { return QVariant(row.name); }},
               {"text", [](const PhotoRow& row) { return QVariant(row.text); }},
               {"picture", [](const PhotoRow& row) { return QVariant(row.picture); }},
               {"failed", [](const PhotoRow& row) { return QVariant(row.failed); }}}) {
  connect(&office_, &OfficeClient::photos_arrived, this,
          [this](const std::string& case_id, const std::vector<StoredPhotoData>& photos) {
            if (!case_id_.empty() && case_id == case_id_) list(photos);
          });
  connect(&office_, &OfficeClient::photo_fetched, this, &PhotoModel::take);
  connect(&session, &SessionModel::left, this, [this] { set_case({}); });
}

void PhotoModel::set_case(const std::string& case_id) {
  case_id_ = case_id;
  stored_.clear();
  photos_.set_rows({});
  fetching_.clear();
  close();
  if (!case_id_.empty()) office_.list_photos(case_id_);
}

void PhotoModel::retranslate() {
  std::vector<PhotoRow> rows = photos_.rows();
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].text = words_of(stored_[i]);
  photos_.set_rows(std::move(rows));
  Q_EMIT changed();
}

QString PhotoModel::words_of(const StoredPhotoData& photo) const {
  return tr("%1, %2 KiB")
      .arg(words::code(words::text(photo.name)))
      .arg((photo.bytes + 1023) / 1024);
}

void PhotoModel::list(const std::vector<StoredPhotoData>& photos) {
  stored_ = photos;
  std::vector<PhotoRow> next;
  for (const StoredPhotoData& one : photos) {
    PhotoRow row;
    const auto known = std::find_if(rows().begin(), rows().end(),
                                    [&](const PhotoRow& old) { return old.sha256 == one.sha256; });
    if (known != rows().end()) row = *known;
    row.sha256 = one.sha256;
    row.name = words::text(one.name);
    row.text = words_of(one);
    next.push_back(std::move(row));
  }
  photos_.set_rows(std::move(next));
  if (opened_ >= count()) close();
  fetch_next();
  Q_EMIT changed();
}

void PhotoModel::fetch_next() {
  if (!fetching_.empty()) return;
  for (const PhotoRow& row : photos_.rows()) {
    if (!row.picture.isEmpty() || row.failed) continue;
    fetching_ = row.sha256;
    return office_.fetch_photo(case_id_, row.sha256, kSmallSide_px);
  }
}

void PhotoModel::take(const PhotoPictureData& picture) {
  if (picture.case_id != case_id_) return;
  if (picture.side_max_px == kSmallSide_px) {
    if (picture.sha256 == fetching_) fetching_.clear();
    std::vector<PhotoRow> rows = photos_.rows();
    for (PhotoRow& row : rows) {
      if (row.sha256 != picture.sha256) continue;
      row.failed = picture.jpeg.empty();
      if (!row.failed) row.picture = picture_url(picture.jpeg);
    }
    photos_.set_rows(std::move(rows));
    fetch_next();
    return Q_EMIT changed();
  }
  if (opened_ >= 0 && picture.sha256 == rows()[static_cast<std::size_t>(opened_)].sha256) {
    if (picture.jpeg.empty()) {
      problem_ = picture.problem.empty() ? tr("This photo cannot be shown.")
                                         : words::sentence(words::lane(picture.problem));
    } else {
      large_ = picture_url(picture.jpeg);
    }
  }
  Q_EMIT changed();
}

void PhotoModel::open(int photo) {
  if (photo < 0 || photo >= count()) return;
  opened_ = photo;
  large_.clear();
  problem_.clear();
  office_.fetch_photo(case_id_, rows()[static_cast<std::size_t>(photo)].sha256, kLargeSide_px);
  Q_EMIT changed();
}

void PhotoModel::turn(int step) {
  const int next = opened_ + step;
  if (opened_ >= 0 && next >= 0 && next < count()) open(next);
}

void PhotoModel::close() {
  opened_ = -1;
  large_.clear();
  problem_.clear();
  Q_EMIT changed();
}

QString PhotoModel::title() const {
  if (opened_ < 0 || opened_ >= static_cast<int>(stored_.size())) return {};
  const StoredPhotoData& photo = stored_[static_cast<std::size_t>(opened_)];
  return tr("%1 (%2 of %3), by %4")
      .arg(words::code(words::text(photo.name)))
      .arg(opened_ + 1)
      .arg(count())
      .arg(words::isolated(words::text(photo.by)));
}

QString PhotoModel::note() const {
  if (opened_ < 0 || !large_.isEmpty()) return {};
  return problem_.isEmpty() ? tr("Being fetched") : problem_;
}

}  // namespace portcullis::hmi
