#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <vector>

#include "hmi/models/office_data.h"

namespace portcullis::hmi {

class LaneClient;

/// The lane's office seen from the screen (api/office.proto, and outcomes and figures of
/// lane.proto), in the session of `lane`. Never blocks the caller: calls are made one after the
/// other on a thread of its own, and what they bring arrives as signals in the thread that owns
/// this object. What fails is answered with the reason and not tried again.
/// Ownership: borrows `lane`. Threading: all members from the owning (GUI) thread.
class OfficeClient final : public QObject {
  Q_OBJECT

 public:
  OfficeClient(const QString& address, const LaneClient& lane, QObject* parent = nullptr);
  ~OfficeClient() override;

  void list_inspections();
  void list_photos(const std::string& case_id);
  /// Reads the file, too. JPEG or PNG of at most 8 MiB.
  void add_photo(const std::string& case_id, const QString& path, const QString& user);
  /// With no side longer than `side_max_px`, in photo_fetched().
  void fetch_photo(const std::string& case_id, const std::string& sha256, int side_max_px);
  void record_outcome(const OutcomesData& outcomes);
  void supervise(std::uint32_t days);
  void ask_handover();
  void complain(const std::string& case_id, const std::string& cause, const QString& text,
                const QString& user);
  void sign_handover(const SignatureData& signature);
  /// Both end with file_answered(): a folder that cannot be written is found out before the lane is
  /// asked, and nothing is left where the lane refuses.
  void save_report(const ReportFileData& report);
  void save_view(const ViewFileData& view);
  void list_references(const std::string& case_id);
  /// `kind`: "empty", "goods" of `chapter`, "none".
  void set_reference(const std::string& case_id, const std::string& kind,
                     const std::string& chapter, const QString& user);

 Q_SIGNALS:
  void inspections_arrived(const std::vector<portcullis::hmi::InspectionOrderData>& orders);
  void photos_arrived(const std::string& case_id,
                      const std::vector<portcullis::hmi::StoredPhotoData>& photos);
  void photo_fetched(const portcullis::hmi::PhotoPictureData& picture);
  void photo_answered(const std::string& case_id, bool ok, const QString& reason);
  void outcome_answered(const std::string& case_id, bool ok, const QString& reason);
  void supervision_arrived(const portcullis::hmi::SupervisionData& data);
  void handover_arrived(const portcullis::hmi::HandoverData& data);
  void complaint_answered(bool ok, const QString& reason);
  void handover_answered(bool ok, const QString& reason);
  /// Of the case; none where they could not be asked for.
  void references_arrived(const std::string& case_id,
                          const std::vector<portcullis::hmi::ReferenceData>& references);
  void reference_answered(bool ok, const QString& reason);
  void file_answered(const QString& path, bool ok, const QString& reason);
  /// A list or figures could not be asked for.
  void failed(const QString& reason);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::hmi
