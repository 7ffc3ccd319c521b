#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/time.h"
#include "services/lane/lane_backend.h"
#include "services/lane/published.h"
#include "tests/support/fake_truck.h"

namespace portcullis::test {

/// A lane without hardware behind the lane API, for tests of its screens and server. It does what
/// its test tells it; with play() it also scans a truck after START, as often as asked.
/// Threading: thread-safe.
class FakeLane final : public services::LaneBackend {
 public:
  FakeLane();
  ~FakeLane() override;

  /// Publishes the status anew four times a second from now on, as a live lane does.
  void beat();
  /// Ends beat() and play(): the lane hangs, its server lives on.
  void hang();
  /// START scans a truck: live columns for `scan_for`, then its case. Every second one is scanned
  /// from its rear and, without a `scene`, clear.
  void play(std::chrono::milliseconds scan_for, const std::string& scene = {});

  void change_status(const std::function<void(services::LaneStatus&)>& change);
  void show_case(services::CaseView view);
  /// A case that is not the current one, of a vehicle in a bay.
  void keep_case(services::CaseView view);

  struct Answer {
    std::string case_id;
    std::uint32_t finding = 0;
    core::FindingAnswer answer = core::FindingAnswer::kNone;
    std::string user;
  };
  [[nodiscard]] std::vector<services::LaneCommand> commands() const;
  [[nodiscard]] std::vector<Answer> answers() const;
  [[nodiscard]] std::vector<services::DecisionRequest> decisions() const;
  /// Until then image() says kUnavailable.
  void hold_images(bool hold);
  /// Every scan's image from now on, instead of the truck.
  void set_image_size(std::uint32_t columns, std::uint32_t rows);
  /// The same with the truck beside and below itself until the size is filled.
  void fill_with_trucks(std::uint32_t columns, std::uint32_t rows);
  /// Where images come from, from now on, whatever the scan's name; empty: from the above.
  using ImageSource =
      std::function<core::Result<services::Image>(const std::string&, services::ImagePlane)>;
  void set_image_source(ImageSource source);

  services::LaneStatus wait_status(std::uint64_t seen, std::chrono::milliseconds timeout) override;
  core::Status command(services::LaneCommand command, const std::string& user) override;
  services::WaterfallFeed& waterfall() override { return feed_; }
  VersionedCase wait_case(const std::string& case_id, std::uint64_t seen,
                          std::chrono::milliseconds timeout) override;
  core::Result<services::CaseView> case_view(const std::string& case_id) override;
  std::vector<services::CaseSummary> list_cases(std::uint32_t count_max) override;
  core::Result<services::Image> image(const std::string& scan_id,
                                      services::ImagePlane plane) override;
  core::Status answer_finding(const std::string& case_id, std::uint32_t finding,
                              core::FindingAnswer answer, const std::string& user) override;
  /// As show_case(), but its findings and verdict appear with first_look() only.
  void show_case_to_be_read_first(services::CaseView view);
  core::Status first_look(const services::FirstLookRequest& request) override;
  [[nodiscard]] std::vector<services::FirstLookRequest> looks() const;
  core::Status propose_identity(const services::IdentityRequest& request) override;
  core::Status confirm_identity(const services::IdentityRequest& request) override;
  core::Status decide(const services::DecisionRequest& request) override;
  core::Status set_marks(const services::MarksRequest& request) override;
  core::Status answer_alarm(const services::AlarmAnswer& answer) override;
  /// Of the answers alone: what they asked for, by whom.
  core::Result<std::vector<services::AlarmEvent>> find_alarms(
      const services::AlarmSearch& search) override;
  [[nodiscard]] std::vector<services::AlarmAnswer> alarm_answers() const;
  /// Among the cases that were shown or kept, the last kept first; words are looked for in numbers
  /// and plates as they stand.
  core::Result<services::FoundCases> find_cases(const services::CaseSearch& search) override;
  [[nodiscard]] std::vector<services::CaseSearch> searches() const;
  /// What find_cases() says from now on; ok: what it finds.
  void fail_searches(core::Status with);
  /// Of every case found from now on.
  void set_thumbnail(std::string png);
  /// Taken, and nothing else is done.
  core::Status override_decision(const services::DecisionRequest& request) override;
  [[nodiscard]] std::vector<services::DecisionRequest> overrides() const;
  /// Only the chosen one holds from then on, whatever it names; refused where refuse_choices().
  core::Status choose_declaration(const services::DeclarationChoice& choice) override;
  [[nodiscard]] std::vector<services::DeclarationChoice> choices() const;
  void refuse_choices(core::Status with);
  core::Status record_outcome(const services::OutcomeRequest& request) override;
  /// What everybody reads next, by the scans' numbers: {1, 2} are "case-1" and "case-2".
  void set_next(const std::vector<int>& numbers);
  std::vector<services::NextCase> next_cases(const std::string& user) override;
  void case_shown(const std::string& case_id, const std::string& user) override;
  /// Ids of cases and scans, as often as they were shown.
  [[nodiscard]] std::vector<std::string> shown() const;
  /// "scan-1 high": what image() was asked for, in its order.
  [[nodiscard]] std::vector<std::string> images_asked_for() const;
  core::Result<services::Supervision> supervise(std::uint32_t days) override;
  void set_supervision(services::Supervision supervision);
  [[nodiscard]] std::vector<services::OutcomeRequest> outcomes() const;

 private:
  void publish(services::CaseView view);
  void loop();
  void scan_a_truck();
  bool pause(std::chrono::milliseconds time);

  core::SystemClock clock_;
  services::WaterfallFeed feed_;
  services::Published<services::LaneStatus> status_;
  services::Published<services::CaseView> case_;
  struct Kept {
    std::uint64_t version = 0;
    services::CaseView view;
  };
  std::map<std::string, Kept> kept_cases_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<services::LaneCommand> commands_;
  std::vector<Answer> answers_;
  std::vector<services::FirstLookRequest> looks_;
  services::CaseView held_back_;
  std::vector<services::DecisionRequest> decisions_;
  std::vector<services::AlarmAnswer> alarm_answers_;
  std::vector<services::CaseSummary> summaries_;
  std::vector<services::CaseSearch> searches_;
  core::Status searched_;
  std::string thumbnail_;
  std::vector<services::DecisionRequest> overrides_;
  std::vector<services::DeclarationChoice> choices_;
  core::Status choices_refused_;
  std::vector<services::OutcomeRequest> outcomes_;
  services::Supervision supervision_;
  std::vector<services::NextCase> next_cases_;
  std::vector<std::string> shown_, images_asked_for_;
  bool hold_images_ = false;
  bool beating_ = false;
  bool start_asked_ = false;
  bool stop_asked_ = false;
  bool stopping_ = false;
  std::chrono::milliseconds scan_for_{0};
  int trucks_ = 0;
  std::string scene_;
  std::vector<services::Image> planes_;
  ImageSource image_source_;
  std::thread thread_;
};

/// Four bays, each with a vehicle that stands differently (waiting, held, isolated, empty), the
/// cases "case-91" to "case-93" of them, and a driver who is sent to the fourth.
void fill_bays(FakeLane& lane);

}  // namespace portcullis::test
