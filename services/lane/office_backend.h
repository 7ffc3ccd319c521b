#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

/// What api/office.proto serves, without any of the wire. Fields mean what the .proto says of them.
namespace portcullis::services {

inline constexpr std::size_t kPhotoBytesMax = std::size_t{8} * 1024 * 1024;

struct InspectionOrder {
  std::string case_id;
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  core::UtcTime referred;
  std::string referred_by, reason_code, reason_text;
  bool done = false;
  std::uint32_t photos = 0;
};
struct Photo {
  std::string sha256, name;
  std::uint64_t bytes = 0;
  std::string by;
  core::UtcTime added;
};
struct Complaint {
  std::string case_id, cause, text, user;
};
struct TicketDone {
  std::string case_id, ticket, text, user;
};
struct HandoverItem {
  std::string kind, subject, text;
  core::UtcTime since;
};
struct SignedHandover {
  core::UtcTime at;  ///< ns 0: there is none yet.
  std::string from, to, remark, sha256;
};
struct Handover {
  std::string draft;
  core::UtcTime utc;
  std::vector<HandoverItem> items;
  SignedHandover last;
};
struct HandoverSignature {
  std::string draft;
  std::string from, from_password;
  std::string to, to_password;
  std::string remark;
};

struct ReportRequest {
  std::string case_id, language, user;
};
struct ExportedView {
  std::string case_id, sha256, view, user;
};

struct ReferenceScan {
  std::string scan_id, case_id, kind, chapter;
  core::UtcTime started;
  std::string by;
};
struct ReferenceChoice {
  std::string case_id, kind, chapter, user;
};

/// The lane's office as its clients see it. Errors: kNotFound (no such case, photo, ticket),
/// kRefused and kInvalidInput with the reason in words, kIo.
/// Threading: as LaneBackend; sign_handover() takes the time of two password hashes.
class OfficeBackend {
 public:
  virtual ~OfficeBackend() = default;
  virtual core::Result<std::vector<InspectionOrder>> list_inspections(std::uint32_t days) = 0;
  virtual core::Result<std::vector<Photo>> list_photos(const std::string& case_id) = 0;
  /// On the disk when it returns. The same bytes twice are one photo.
  virtual core::Result<Photo> add_photo(const std::string& case_id, const std::string& name,
                                        std::string_view bytes, const std::string& user) = 0;
  /// kCorrupt where the bytes are not those that were kept.
  virtual core::Result<std::string> photo(const std::string& case_id,
                                          const std::string& sha256) = 0;
  virtual core::Status complain(const Complaint& complaint) = 0;
  virtual core::Status close_ticket(const TicketDone& done) = 0;
  virtual core::Result<Handover> handover() = 0;
  virtual core::Status sign_handover(const HandoverSignature& signature) = 0;
  /// The case's report as PDF, in the audit log already; kRefused while the case is not decided.
  /// Takes seconds.
  virtual core::Result<std::string> report(const ReportRequest& request) = 0;
  virtual core::Status note_view(const ExportedView& view) = 0;
  virtual core::Result<std::vector<ReferenceScan>> list_references(const std::string& case_id) = 0;
  virtual core::Status set_reference(const ReferenceChoice& choice) = 0;
};

}  // namespace portcullis::services
