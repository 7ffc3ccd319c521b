#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "access/account_store.h"
#include "apps/lane/case_desk.h"
#include "apps/lane/reference_scans.h"
#include "archive/audit/audit_entry.h"
#include "archive/catalogue.h"
#include "core/time.h"
#include "services/lane/lane_backend.h"
#include "services/lane/office_backend.h"

namespace portcullis::apps {

/// What the audit log is told by the office.
struct OfficeNote {
  std::string type;     ///< "inspection_photo", "image_complaint", ...
  std::string subject;  ///< A case; empty: none.
  std::string person;
  std::map<std::string, archive::AuditEntry::Value> data;
  std::map<std::string, std::string> personal;  ///< Kind to value; logged as salted hashes.
};

/// Physical inspections and their photos, complaints about images, and the handover of a shift.
/// Photos are files in `folder`/photos/CASE/SHA256.jpg or .png, handovers in `folder`/handovers.
///
/// Ownership: borrows everything in Parts. Threading: all calls thread-safe; photos, handovers and
/// complaints are on the disk when their call returns.
class LaneOffice final : public services::OfficeBackend {
 public:
  struct Parts {
    archive::Catalogue& catalogue;
    CaseDesk& desk;
    access::AccountStore* accounts = nullptr;  ///< Null: nobody can sign a handover.
    const core::Clock& clock;
    std::filesystem::path folder;
    std::function<services::LaneStatus()> status;
    std::function<void(const OfficeNote&)> note;  ///< Must not wait. May be empty.
    /// Makes a report and its entry of the audit log. May take seconds.
    std::function<core::Result<std::string>(const services::ReportRequest&)> print;
  };
  explicit LaneOffice(Parts parts);

  /// An event of the lane cycle: a bypass begins and ends so. Never waits.
  void lane_event(core::UtcTime utc, const std::string& kind, const std::string& text);

  core::Result<std::vector<services::InspectionOrder>> list_inspections(
      std::uint32_t days) override;
  core::Result<std::vector<services::Photo>> list_photos(const std::string& case_id) override;
  core::Result<services::Photo> add_photo(const std::string& case_id, const std::string& name,
                                          std::string_view bytes, const std::string& user) override;
  core::Result<std::string> photo(const std::string& case_id, const std::string& sha256) override;
  core::Status complain(const services::Complaint& complaint) override;
  core::Status close_ticket(const services::TicketDone& done) override;
  core::Result<services::Handover> handover() override;
  core::Status sign_handover(const services::HandoverSignature& signature) override;
  core::Result<std::string> report(const services::ReportRequest& request) override;
  core::Status note_view(const services::ExportedView& view) override;
  core::Result<std::vector<services::ReferenceScan>> list_references(
      const std::string& case_id) override;
  core::Status set_reference(const services::ReferenceChoice& choice) override;

 private:
  [[nodiscard]] core::Result<archive::CatalogueCase> stored_case(const std::string& case_id);
  core::Result<std::vector<services::HandoverItem>> open_things();
  core::Status may_sign(const std::string& name, const std::string& password, const char* who);
  void read_last_handover();
  void tell(const OfficeNote& note) const {
    if (parts_.note) parts_.note(note);
  }

  Parts parts_;
  ReferenceScans references_;
  std::mutex bypass_mutex_;  // the cycle's thread takes it: never held while anything waits
  std::optional<core::UtcTime> bypass_since_;
  std::mutex mutex_;                       // photos and complaints one at a time, and what follows
  std::deque<services::Handover> drafts_;  // the latest
  services::SignedHandover last_;
};

}  // namespace portcullis::apps
