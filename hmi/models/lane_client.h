#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <vector>

#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

/// The lane API seen from the screen. Never blocks the caller: streams, commands, case actions
/// and images each have a thread of their own (STOP never waits behind anything else), and what
/// they bring arrives as signals in the thread that owns this object.
///
/// After a loss it tries again four times a second for ever. Nothing is queued over a loss: an
/// action that does not reach the lane within 3 s is answered with the reason.
/// Threading: all members from the owning (GUI) thread.
class LaneClient final : public QObject {
  Q_OBJECT

 public:
  /// `address`: "unix:/path/lane.sock".
  explicit LaneClient(const QString& address, QObject* parent = nullptr);
  ~LaneClient() override;

  void start();
  /// `kind`: name of CommandRequest.Kind: "START".
  void command(const QString& kind, const QString& user);
  void answer_finding(const std::string& case_id, unsigned finding, core::FindingAnswer answer,
                      const QString& user);
  void decide(const DecisionData& decision);
  void choose_declaration(const ChoiceData& choice);
  /// Says whose vehicle it is, or confirms it; identity_answered() then.
  void correct_identity(const IdentityData& identity, bool confirm, const QString& user);
  /// What its reader sees in a case whose findings appear after that. Refusals come in
  /// first_look_answered().
  void first_look(const std::string& case_id, bool something, const QString& user);
  /// Replaces the case's marks; `version`: of those that these were made from.
  void set_marks(const std::string& case_id, const std::string& marks_json, std::uint32_t version,
                 const QString& user);
  /// The calls after it are made in that session; see login_answered(). `reason`: for an account
  /// for emergencies.
  void login(const QString& name, const QString& password, const QString& reason);
  void logout();
  /// What calls beside this client's carry; empty: nobody is logged in.
  [[nodiscard]] std::string session_token() const;
  /// The person has done something: the session lives on.
  void keep_session();
  /// This person alone reads the case, or gives it back. Refusals come with the case itself.
  void open_case(const std::string& case_id, bool leave);
  void answer_alarm(const AlarmAnswerData& answer);
  /// Newest first, in alarms_found().
  void find_alarms(const QString& text, std::uint32_t count_max);
  /// What the lane finds comes with cases_found(), under the number that is given here.
  std::uint64_t find_cases(const CaseSearchData& search);
  /// case_arrived() tells of this case from now on; empty: of the lane's current one, as at first.
  void watch_case(const std::string& case_id);
  /// All planes of a scan, the standard image first; tries again while the lane says they are not
  /// ready. A new call replaces the wish of the old; an empty id ends it.
  void fetch_images(const std::string& scan_id);
  /// The same of another scan, beside them.
  void fetch_other_images(const std::string& scan_id);
  /// The planes of the scan that comes next, while nothing else is fetched. No signal tells of
  /// them: they are kept, those of one scan, and come at once when fetch_images() asks for it. A
  /// new call drops what is kept of another scan.
  void fetch_ahead(const std::string& scan_id);
  /// All that fetch_ahead() asked for of that scan is kept.
  [[nodiscard]] bool is_ahead(const std::string& scan_id) const;
  /// What has come since the last call, oldest first. See waterfall_arrived().
  std::vector<WaterfallData> take_waterfall();

 Q_SIGNALS:
  void status_arrived(const portcullis::hmi::StatusData& status);
  void case_arrived(const std::shared_ptr<const portcullis::hmi::CaseData>& view);
  void waterfall_arrived();
  void plane_arrived(const std::shared_ptr<const portcullis::hmi::PlaneData>& plane);
  /// A plane of the scan cannot be had; it is not asked for again.
  void images_failed(const std::string& scan_id, const QString& reason);
  void command_answered(const QString& kind, bool accepted, const QString& reason);
  void answer_answered(unsigned finding, bool ok, const QString& reason);
  void first_look_answered(bool ok, const QString& reason);
  void identity_answered(bool ok, const QString& reason);
  void decision_answered(bool ok, const QString& reason);
  void choice_answered(bool ok, const QString& reason);
  void marks_answered(bool ok, const QString& reason);
  void login_answered(bool ok, const QString& reason, const portcullis::hmi::SessionData& session);
  /// By the lane, or with logout().
  void session_ended(const QString& reason);
  void alarm_answered(bool ok, const QString& reason);
  void cases_found(const portcullis::hmi::FoundCasesData& found);
  void alarms_found(const std::vector<portcullis::hmi::AlarmEventData>& events);
  /// The status stream broke or could not be opened; it is being tried again.
  void link_lost(const QString& reason);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
  std::uint64_t searches_ = 0;
};

}  // namespace portcullis::hmi
