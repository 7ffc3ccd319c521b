#pragma once

#include <QAbstractListModel>
#include <QByteArray>
#include <QObject>
#include <QString>
#include <string>
#include <vector>

#include "hmi/models/office_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class OfficeClient;
class SessionModel;

/// A photo as JPEG with no side longer than `side_max_px`, upright as its camera says. Empty: it
/// cannot be read, or is not to be held in memory (Qt's limit of 128 MiB a picture). Any thread.
QByteArray photo_picture(const QByteArray& photo, int side_max_px);
/// A JPEG as a data: URL.
QString picture_url(const std::string& jpeg);

struct PhotoRow {
  std::string sha256;
  QString name, text;
  QString picture;  ///< As a data: URL; empty: not there yet.
  bool failed = false;
};

/// The photos of one physical inspection: small ones, and one of them large.
///
/// Small ones are fetched one after the other, so that whatever else is asked of the lane comes in
/// between. The large one is kept while it is shown.
/// Ownership: borrows all it is given. Threading: GUI thread.
class PhotoModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QAbstractListModel* photos READ photos CONSTANT)
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(int opened READ opened NOTIFY changed)
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString large READ large NOTIFY changed)
  Q_PROPERTY(QString note READ note NOTIFY changed)

 public:
  static constexpr int kSmallSide_px = 256;
  static constexpr int kLargeSide_px = 1920;

  PhotoModel(OfficeClient& office, SessionModel& session, QObject* parent = nullptr);

  /// The case whose photos are shown from now on; empty: none.
  void set_case(const std::string& case_id);
  void retranslate();
  Q_INVOKABLE void open(int photo);
  /// `step`: 1 the next one, -1 the one before.
  Q_INVOKABLE void turn(int step);
  Q_INVOKABLE void close();

  [[nodiscard]] QAbstractListModel* photos() { return &photos_; }
  [[nodiscard]] int count() const { return static_cast<int>(photos_.rows().size()); }
  [[nodiscard]] const std::vector<PhotoRow>& rows() const { return photos_.rows(); }
  /// -1: none is shown large.
  [[nodiscard]] int opened() const { return opened_; }
  [[nodiscard]] QString title() const;
  [[nodiscard]] QString large() const { return large_; }
  /// Why the large one is not seen; empty where it is.
  [[nodiscard]] QString note() const;

 Q_SIGNALS:
  void changed();

 private:
  void list(const std::vector<StoredPhotoData>& photos);
  void take(const PhotoPictureData& picture);
  void fetch_next();
  [[nodiscard]] QString words_of(const StoredPhotoData& photo) const;

  OfficeClient& office_;
  std::string case_id_;
  std::vector<StoredPhotoData> stored_;
  RowModel<PhotoRow> photos_;
  std::string fetching_;  ///< Of the small one that is on its way; empty: none.
  int opened_ = -1;
  QString large_, problem_;
};

}  // namespace portcullis::hmi
