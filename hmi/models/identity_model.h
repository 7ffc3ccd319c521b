#pragma once

#include <QAbstractListModel>
#include <QObject>
#include <QString>
#include <string>
#include <vector>

#include "hmi/models/lane_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class CaseModel;
class LaneClient;
class OfficeClient;
class SessionModel;
struct PhotoPictureData;

struct ReadingRow {
  QString text;         ///< Kind, text, confidence, camera and time, in words.
  bool stands = false;  ///< The case bears what it read.
};

/// Whose vehicle the case on the screen is: what the cameras read, each with its picture; and where
/// a camera misread it, one person types it, a second confirms the same.
///
/// Pictures are fetched one at a time, that of the reading that is looked at, and kept while the
/// card is there.
/// Ownership: borrows all it is given. Threading: GUI thread.
class IdentityModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool allowed READ allowed NOTIFY changed)
  Q_PROPERTY(bool may_confirm READ may_confirm NOTIFY changed)
  Q_PROPERTY(QString proposed READ proposed NOTIFY changed)
  Q_PROPERTY(QString plate READ plate NOTIFY changed)
  Q_PROPERTY(QString first READ first NOTIFY changed)
  Q_PROPERTY(QString second READ second NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* readings READ readings CONSTANT)
  Q_PROPERTY(int reading_count READ reading_count NOTIFY changed)
  Q_PROPERTY(int chosen READ chosen NOTIFY changed)
  Q_PROPERTY(QString chosen_kind READ chosen_kind NOTIFY changed)
  Q_PROPERTY(QString chosen_text READ chosen_text NOTIFY changed)
  Q_PROPERTY(QString picture READ picture NOTIFY changed)
  Q_PROPERTY(QString picture_note READ picture_note NOTIFY changed)

 public:
  static constexpr int kPictureSide_px = 960;

  IdentityModel(LaneClient& lane, OfficeClient& office, CaseModel& inspection_case,
                SessionModel& session, QObject* parent = nullptr);

  /// `first`, `second`: container numbers front to rear; empty: none.
  Q_INVOKABLE void say(const QString& plate, const QString& first, const QString& second);
  /// What is proposed, as it stands on the screen.
  Q_INVOKABLE void confirm();
  /// Looks at that reading; one that is not there changes nothing.
  Q_INVOKABLE void choose(int reading);
  /// The card comes up.
  void begin();
  /// It goes, and its picture with it: nothing is fetched that nobody looks at.
  void end();
  void retranslate();

  [[nodiscard]] bool allowed() const;
  [[nodiscard]] bool may_confirm() const;
  /// Who says it is whose, in words; empty: nobody does.
  [[nodiscard]] QString proposed() const;
  // What the fields begin with: as it holds now.
  [[nodiscard]] QString plate() const;
  [[nodiscard]] QString first() const { return container(0); }
  [[nodiscard]] QString second() const { return container(1); }
  [[nodiscard]] QString message() const { return message_; }
  [[nodiscard]] QAbstractListModel* readings() { return &rows_; }
  [[nodiscard]] int reading_count() const { return static_cast<int>(read_.size()); }
  /// -1: there are none.
  [[nodiscard]] int chosen() const { return chosen_; }
  [[nodiscard]] QString chosen_kind() const;
  [[nodiscard]] QString chosen_text() const;
  /// Of the chosen reading, as a data: URL; empty: it is not there.
  [[nodiscard]] QString picture() const { return picture_; }
  /// Why there is no picture; empty where there is.
  [[nodiscard]] QString picture_note() const;

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] QString container(std::size_t place) const;
  [[nodiscard]] const ReadingData* looked_at() const;
  [[nodiscard]] bool stands(const ReadingData& reading) const;
  void tell(const QString& message);
  void take_case();
  void drop_picture();
  void show_picture();
  void take_picture(const PhotoPictureData& picture);

  LaneClient& lane_;
  OfficeClient& office_;
  CaseModel& case_;
  SessionModel& session_;
  bool busy_ = false;
  QString message_;
  std::string case_id_;
  std::vector<ReadingData> read_;
  RowModel<ReadingRow> rows_;
  int chosen_ = -1;
  bool open_ = false;
  std::string wanted_;  ///< The picture that is shown, or on its way; empty: none.
  QString picture_, problem_;
};

}  // namespace portcullis::hmi
