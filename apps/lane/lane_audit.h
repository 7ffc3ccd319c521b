#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "access/account_store.h"
#include "apps/lane/task_thread.h"
#include "apps/signer_link.h"
#include "archive/audit/audit_log.h"
#include "archive/catalogue.h"
#include "core/records.h"
#include "core/time.h"
#include "lane/ports.h"
#include "recording/scan_recorder.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

struct OfficeNote;

/// What the lane enters in its audit log, and in which words (docs/audit.md lists them).
///
/// Ownership: borrows the clock. Threading: thread-safe; no call waits for the disk, so that the
/// lane's own threads may make them, but for open(), enter_missing() and the destructor.
class LaneAudit final {
 public:
  /// With a `signer` every vehicle is drawn for, and what the signer wants logged is.
  /// Fails where the log cannot be written or is not the one that was written before.
  static core::Result<std::unique_ptr<LaneAudit>> open(const archive::AuditLog::Options& options,
                                                       const std::string& lane,
                                                       const std::filesystem::path& signer,
                                                       const core::Clock& clock);

  void service_started();
  void service_stopped();
  void vehicle_arrived(const lane::VehicleRecord& vehicle);
  /// Asks for the draws that decide how this vehicle is read; they are logged when it is gone and
  /// decided on, as the log is read by anybody.
  void review_begins(std::uint64_t vehicle);
  /// Whether the vehicle was drawn for "second", "open" or "first"; nothing: not known yet. True
  /// where the signer did not answer. Never waits.
  [[nodiscard]] std::optional<bool> drawn(std::uint64_t vehicle, const std::string& purpose) const;
  void scan_started(const lane::ScanBegin& begin);
  /// The number in [0, 1) that this scan's vehicle was drawn for "scan" with; nothing: none could
  /// be had. Never waits.
  [[nodiscard]] std::optional<double> scan_draw(const std::string& scan_id) const;
  [[nodiscard]] bool draws() const { return signer_ != nullptr; }
  void vehicle_decided(std::uint64_t vehicle);
  void vehicle_left(std::uint64_t vehicle);
  /// A scan that could not be sealed is an entry, too.
  void scan_closed(const recording::RecordedScan& scan);
  /// `before`: decisions there were on the case; `first`: none of them on the same container, else
  /// this is an override.
  void decided(const core::Decision& decision, std::size_t before, bool first);
  /// An opinion that waits for another's; not which.
  void read(const core::Decision& opinion);
  void identity_corrected(const std::string& case_id,
                          const services::IdentityCorrection& correction);
  /// He has said what he sees before the findings appeared; not what.
  void looked_first(const services::FirstLookRequest& look);
  void inspected(const services::OutcomeRequest& outcome);
  /// `before`: choices there were on the case; `late`: entered after a restart.
  void declaration_chosen(const std::string& case_id, const archive::CatalogueChoice& choice,
                          std::size_t before, bool late);
  void office(const OfficeNote& note);
  void calibrated(bool good, const std::string& text);
  /// "login", "login_failed", "logout", "session_ended", "break_glass"; `name` empty: of nobody
  /// known.
  void session_event(const char* type, const std::string& name);
  /// Once for each person and case, as far back as is remembered. May be called often.
  void case_viewed(const std::string& case_id, const std::string& user);
  /// Every one of them; what was looked for may be a person's plate.
  void cases_searched(const services::CaseSearch& search, std::size_t found);
  /// Waits until it is on the disk.
  core::Status account_changed(const access::AccountChange& change);
  /// Prints and exports that other programs noted in the archive; waits until they are on the disk.
  void enter_notes(const std::filesystem::path& archive);
  /// Seals and decisions that the catalogue has and the log has not: a kill came between the two.
  core::Status enter_missing(archive::Catalogue& catalogue);

  [[nodiscard]] services::DeviceHealth health() const;

 private:
  LaneAudit(std::unique_ptr<archive::AuditLog> log, std::string lane, const core::Clock& clock)
      : log_(std::move(log)), lane_(std::move(lane)), clock_(clock) {}
  [[nodiscard]] archive::AuditLog::Draft draft(std::string type, std::string subject) const;
  void add_seal(const std::string& scan_id, const std::string& sha256, std::uint64_t lines,
                core::ScanOutcome outcome, bool late);
  void add_decision(const core::Decision& decision, std::size_t before, bool first, bool late);

  // On the draws' own thread, which waits for disk and signer:
  archive::AuditLog::Draft draw(std::uint64_t arrival, const std::string& visit,
                                const std::string& purpose);
  void remember_scan_draw(std::uint64_t vehicle, const archive::AuditEntry& entry);
  void log_draws_of(std::uint64_t vehicle);
  void draw_what_is_missing();
  void log_pending();

  std::unique_ptr<archive::AuditLog> log_;
  const std::string lane_;
  const core::Clock& clock_;
  std::unique_ptr<SignerLink> signer_;  // null: no draws
  std::mutex viewed_mutex_;
  std::deque<std::pair<std::string, std::string>> viewed_;  // the last, person and case
  struct Visit {
    std::uint64_t arrival = 0;                              // its entry
    std::map<std::string, archive::AuditLog::Draft> early;  // of review_begins()
    bool undecided = false;                                 // review_begins() was called
    bool left = false;
  };
  std::map<std::uint64_t, Visit> visits_;  // by vehicle, until its draws are logged
  mutable std::mutex drawn_mutex_;
  std::map<std::uint64_t, std::map<std::string, bool>> drawn_;  // the last vehicles
  std::map<std::uint64_t, double> scan_draws_;                  // of them
  std::deque<std::pair<std::string, std::uint64_t>> scanned_;   // the last scans, their vehicles
  std::unique_ptr<TaskThread> draws_;  // last: its tasks use all of the above
};

}  // namespace portcullis::apps
