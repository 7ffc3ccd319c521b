#include "hmi/models/lane_client.h"

#include <QMetaObject>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "hmi/models/lane_calls.h"
#include "hmi/models/lane_from_wire.h"
#include "hmi/models/plane_fetcher.h"
#include "services/wire/grpc_error.h"

namespace portcullis::hmi {
namespace {

namespace wire = portcullis::api::v1;
using std::chrono::milliseconds;

constexpr milliseconds kActionDeadline{3000};
constexpr milliseconds kLoginDeadline{15'000};  // a password is dear to check
constexpr milliseconds kSearchDeadline{10'000};
constexpr std::size_t kWaterfallBlocksMax = 64;

QString words_of(const grpc::Status& status) {
  switch (services::error_code_from_grpc(status.error_code())) {
    case core::ErrorCode::kUnavailable:
      return QObject::tr("the lane does not answer");
    case core::ErrorCode::kTimeout:
      return QObject::tr("no answer from the lane within 3 s");
    default:
      return QString::fromStdString(status.error_message());
  }
}

/// Runs jobs one after the other on its own thread.
class Worker {
 public:
  Worker() : thread_([this] { loop(); }) {}
  ~Worker() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void post(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    wake_.notify_all();
  }

 private:
  void loop() {
    for (;;) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
      job();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

class LaneClient::Impl {
 public:
  Impl(const QString& address, LaneClient& owner)
      : owner_(owner),
        calls_(address),
        planes_(calls_,
                {[this](const std::shared_ptr<const PlaneData>& plane) {
                   post([this, plane] { Q_EMIT owner_.plane_arrived(plane); });
                 },
                 [this](const std::string& scan_id, const QString& reason) {
                   post([this, scan_id, reason] { Q_EMIT owner_.images_failed(scan_id, reason); });
                 }}) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    calls_.stop();
    for (std::thread& thread : threads_) thread.join();
    // The destructors of the workers and of planes_ end their threads; open calls were cancelled.
  }

  void start() {
    threads_.emplace_back([this] { watch_status(); });
    threads_.emplace_back([this] { watch_case(); });
    threads_.emplace_back([this] { watch_waterfall(); });
    planes_.start();
  }

  void command(const QString& kind, const QString& user) {
    Worker& worker = kind == QLatin1String("STOP") ? stops_ : commands_;
    worker.post([this, kind, user] {
      wire::CommandRequest request;
      wire::CommandRequest::Kind number = wire::CommandRequest::NONE;
      wire::CommandRequest::Kind_Parse(kind.toStdString(), &number);
      request.set_kind(number);
      request.set_user(user.toStdString());
      wire::CommandReply reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return calls_.stub().Command(&context, request, &reply);
      });
      const bool accepted = status.ok() && reply.accepted();
      const QString reason =
          status.ok() ? QString::fromStdString(reply.reason()) : words_of(status);
      post([this, kind, accepted, reason] {
        Q_EMIT owner_.command_answered(kind, accepted, reason);
      });
    });
  }

  /// `then` with what the lane says to `request`, or why it says nothing.
  template <class Request>
  void act(grpc::Status (wire::Lane::Stub::*call)(grpc::ClientContext*, const Request&,
                                                  wire::Reply*),
           const Request& request, std::function<void(bool ok, const QString& reason)> then) {
    actions_.post([this, call, request, then = std::move(then)] {
      wire::Reply reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return (calls_.stub().*call)(&context, request, &reply);
      });
      const bool ok = status.ok() && reply.ok();
      const QString reason =
          status.ok() ? QString::fromStdString(reply.reason()) : words_of(status);
      post([then, ok, reason] { then(ok, reason); });
    });
  }

  void open_case(const wire::OpenCaseRequest& request) {
    actions_.post([this, request] {
      wire::Reply reply;
      unary([&](grpc::ClientContext& context) {
        return calls_.stub().OpenCase(&context, request, &reply);
      });
    });
  }

  void login(const wire::LoginRequest& request) {
    commands_.post([this, request] {
      wire::LoginReply reply;
      const grpc::Status status = unary(
          [&](grpc::ClientContext& context) {
            return calls_.stub().Login(&context, request, &reply);
          },
          kLoginDeadline);
      const bool ok = status.ok() && reply.ok();
      if (ok) calls_.renew(reply.token());
      SessionData session;
      session.name = reply.session().name();
      session.roles.assign(reply.session().roles().begin(), reply.session().roles().end());
      session.rights.assign(reply.session().rights().begin(), reply.session().rights().end());
      const QString reason =
          status.ok() ? QString::fromStdString(reply.reason()) : words_of(status);
      post([this, ok, reason, session] { Q_EMIT owner_.login_answered(ok, reason, session); });
    });
  }

  void logout() {
    commands_.post([this] {
      wire::Reply reply;
      unary(
          [&](grpc::ClientContext& context) { return calls_.stub().Logout(&context, {}, &reply); });
      calls_.renew({});
      post([this] { Q_EMIT owner_.session_ended({}); });
    });
  }

  void keep_session() {
    commands_.post([this] {
      wire::GetSessionRequest request;
      request.set_active(true);
      wire::SessionView reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return calls_.stub().GetSession(&context, request, &reply);
      });
      if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED) session_over(status);
    });
  }

  void find_alarms(const wire::FindAlarmsRequest& request) {
    actions_.post([this, request] {
      wire::FindAlarmsReply reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return calls_.stub().FindAlarms(&context, request, &reply);
      });
      if (!status.ok()) {
        post([this, reason = words_of(status)] { Q_EMIT owner_.alarm_answered(false, reason); });
        return;
      }
      std::vector<AlarmEventData> events;
      for (const auto& event : reply.events())
        events.push_back({core::UtcTime{event.utc_ns()}, event.kind(), event.text()});
      post([this, events = std::move(events)] { Q_EMIT owner_.alarms_found(events); });
    });
  }

  void find_cases(const wire::FindCasesRequest& request, std::uint64_t number) {
    searches_.post([this, request, number] {
      wire::FindCasesReply reply;
      const grpc::Status status = unary(
          [&](grpc::ClientContext& context) {
            return calls_.stub().FindCases(&context, request, &reply);
          },
          kSearchDeadline);
      FoundCasesData found = found_from(reply);
      found.number = number;
      if (!status.ok()) found.problem = words_of(status).toStdString();
      post([this, found = std::move(found)] { Q_EMIT owner_.cases_found(found); });
    });
  }

  void watch(const std::string& case_id) {
    const std::lock_guard lock(mutex_);
    if (watched_case_ == case_id) return;
    watched_case_ = case_id;
    if (case_call_ != nullptr) case_call_->TryCancel();
  }

  [[nodiscard]] PlaneFetcher& planes() { return planes_; }
  [[nodiscard]] std::string session_token() const { return calls_.token(); }

  std::vector<WaterfallData> take_waterfall() {
    std::vector<WaterfallData> blocks;
    {
      const std::lock_guard lock(mutex_);
      blocks.swap(waterfall_);
    }
    changed_.notify_all();
    return blocks;
  }

 private:
  void post(std::function<void()> job) {
    QMetaObject::invokeMethod(&owner_, std::move(job), Qt::QueuedConnection);
  }

  template <class Call>
  grpc::Status unary(const Call& call, milliseconds limit = kActionDeadline) {
    return calls_.unary(call, limit);
  }

  void session_over(const grpc::Status& why) {
    if (calls_.token().empty()) return;
    calls_.renew({});
    post([this, reason = QString::fromStdString(why.error_message())] {
      Q_EMIT owner_.session_ended(reason);
    });
  }

  void watch_status() {
    for (;;) {
      grpc::ClientContext context;
      const LaneCalls::Open open(calls_, context, true);
      const auto reader = calls_.stub().WatchStatus(&context, {});
      wire::LaneStatus status;
      while (reader->Read(&status)) {
        post([this, data = status_from(status)] { Q_EMIT owner_.status_arrived(data); });
      }
      const grpc::Status ended = reader->Finish();
      if (ended.error_code() == grpc::StatusCode::UNAUTHENTICATED) {
        session_over(ended);
      } else if (!open.outdated()) {
        post([this, reason = words_of(ended)] { Q_EMIT owner_.link_lost(reason); });
      }
      if (!calls_.pause_after(ended, open)) return;
    }
  }

  void watch_case() {
    for (;;) {
      wire::WatchCaseRequest request;
      grpc::ClientContext context;
      const LaneCalls::Open open(calls_, context, true);
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        request.set_case_id(watched_case_);
        case_call_ = &context;
      }
      const auto reader = calls_.stub().WatchCase(&context, request);
      wire::CaseView view;
      while (reader->Read(&view)) {
        auto data = std::make_shared<const CaseData>(case_from(view));
        post([this, data = std::move(data)] { Q_EMIT owner_.case_arrived(data); });
      }
      const grpc::Status ended = reader->Finish();
      bool other = false;
      {
        const std::lock_guard lock(mutex_);
        case_call_ = nullptr;
        other = watched_case_ != request.case_id();
        if (!other && ended.error_code() == grpc::StatusCode::NOT_FOUND) watched_case_.clear();
      }
      if (!other && !calls_.pause_after(ended, open)) return;
    }
  }

  void watch_waterfall() {
    for (;;) {
      grpc::ClientContext context;
      const LaneCalls::Open open(calls_, context, true);
      const auto reader = calls_.stub().WatchWaterfall(&context, {});
      wire::WaterfallBlock block;
      while (reader->Read(&block)) take_block(block);
      if (!calls_.pause_after(reader->Finish(), open)) return;
    }
  }

  void take_block(const wire::WaterfallBlock& block) {
    if (block.gray().size() != static_cast<std::size_t>(block.columns()) * block.rows()) return;
    WaterfallData data;
    data.scan_id = block.scan_id();
    data.first_column = block.first_column();
    data.columns = block.columns();
    data.rows = block.rows();
    data.gray.assign(block.gray().begin(), block.gray().end());
    data.last = block.last();
    data.from_rear = block.from_rear();
    bool first = false;
    {
      std::unique_lock lock(mutex_);
      // A screen that is behind makes this reader wait, and so the server's cursor: never memory.
      changed_.wait(lock, [this] { return stopping_ || waterfall_.size() < kWaterfallBlocksMax; });
      if (stopping_) return;
      first = waterfall_.empty();
      waterfall_.push_back(std::move(data));
    }
    if (first) post([this] { Q_EMIT owner_.waterfall_arrived(); });
  }

  LaneClient& owner_;
  LaneCalls calls_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::string watched_case_;                  // empty: the lane's current one
  grpc::ClientContext* case_call_ = nullptr;  // that watches it
  std::vector<WaterfallData> waterfall_;
  std::vector<std::thread> threads_;
  Worker commands_;
  Worker stops_;
  Worker actions_;
  Worker searches_;  // which nothing that is done waits for
  PlaneFetcher planes_;
};

LaneClient::LaneClient(const QString& address, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(address, *this)) {}
LaneClient::~LaneClient() = default;

void LaneClient::start() {
  impl_->start();
}
void LaneClient::command(const QString& kind, const QString& user) {
  impl_->command(kind, user);
}

void LaneClient::answer_finding(const std::string& case_id, unsigned finding,
                                core::FindingAnswer answer, const QString& user) {
  wire::AnswerFindingRequest request;
  request.set_case_id(case_id);
  request.set_finding(finding);
  request.set_answer(std::string(core::finding_answer_name(answer)));
  request.set_user(user.toStdString());
  impl_->act(&wire::Lane::Stub::AnswerFinding, request,
             [this, finding](bool ok, const QString& reason) {
               Q_EMIT answer_answered(finding, ok, reason);
             });
}

void LaneClient::correct_identity(const IdentityData& identity, bool confirm, const QString& user) {
  wire::IdentityRequest request;
  request.set_case_id(identity.case_id);
  request.set_vehicle_plate(identity.plate);
  for (const std::string& number : identity.containers) request.add_container_numbers(number);
  request.set_user(user.toStdString());
  impl_->act(confirm ? &wire::Lane::Stub::ConfirmIdentity : &wire::Lane::Stub::ProposeIdentity,
             request,
             [this](bool ok, const QString& reason) { Q_EMIT identity_answered(ok, reason); });
}

void LaneClient::first_look(const std::string& case_id, bool something, const QString& user) {
  wire::FirstLookRequest request;
  request.set_case_id(case_id);
  request.set_something(something);
  request.set_user(user.toStdString());
  impl_->act(&wire::Lane::Stub::FirstLook, request,
             [this](bool ok, const QString& reason) { Q_EMIT first_look_answered(ok, reason); });
}

void LaneClient::open_case(const std::string& case_id, bool leave) {
  wire::OpenCaseRequest request;
  request.set_case_id(case_id);
  request.set_leave(leave);
  impl_->open_case(request);
}

void LaneClient::decide(const DecisionData& decision) {
  const auto told = [this](bool ok, const QString& reason) {
    Q_EMIT decision_answered(ok, reason);
  };
  if (decision.overriding) {
    wire::OverrideRequest other;
    other.set_case_id(decision.case_id);
    other.set_decision(decision.decision);
    other.set_reason_code(decision.reason_code);
    other.set_reason_text(decision.reason_text);
    other.set_user(decision.user);
    other.set_view_json(decision.view_json);
    other.set_container(decision.container);
    impl_->act(&wire::Lane::Stub::Override, other, told);
    return;
  }
  wire::DecideRequest request;
  request.set_case_id(decision.case_id);
  request.set_decision(decision.decision);
  request.set_reason_code(decision.reason_code);
  request.set_reason_text(decision.reason_text);
  request.set_user(decision.user);
  request.set_time_on_image_ms(decision.time_on_image_ms);
  request.set_view_json(decision.view_json);
  request.set_container(decision.container);
  impl_->act(&wire::Lane::Stub::Decide, request, told);
}

void LaneClient::set_marks(const std::string& case_id, const std::string& marks_json,
                           std::uint32_t version, const QString& user) {
  wire::SetMarksRequest request;
  request.set_case_id(case_id);
  request.set_marks_json(marks_json);
  request.set_version(version);
  request.set_user(user.toStdString());
  impl_->act(&wire::Lane::Stub::SetMarks, request,
             [this](bool ok, const QString& reason) { Q_EMIT marks_answered(ok, reason); });
}

void LaneClient::choose_declaration(const ChoiceData& choice) {
  wire::ChooseDeclarationRequest request;
  request.set_case_id(choice.case_id);
  request.set_declaration_id(choice.chosen);
  for (const std::string& id : choice.shown) request.add_shown(id);
  request.set_user(choice.user);
  impl_->act(&wire::Lane::Stub::ChooseDeclaration, request,
             [this](bool ok, const QString& reason) { Q_EMIT choice_answered(ok, reason); });
}

void LaneClient::login(const QString& name, const QString& password, const QString& reason) {
  wire::LoginRequest request;
  request.set_name(name.toStdString());
  request.set_password(password.toStdString());
  request.set_break_glass_reason(reason.toStdString());
  impl_->login(request);
}
void LaneClient::logout() {
  impl_->logout();
}
std::string LaneClient::session_token() const {
  return impl_->session_token();
}
void LaneClient::keep_session() {
  impl_->keep_session();
}

void LaneClient::answer_alarm(const AlarmAnswerData& answer) {
  wire::AnswerAlarmRequest request;
  wire::AnswerAlarmRequest::Kind kind = wire::AnswerAlarmRequest::NOTHING;
  wire::AnswerAlarmRequest::Kind_Parse(answer.kind, &kind);
  request.set_kind(kind);
  request.set_key(answer.key);
  request.set_occurrence(answer.occurrence);
  request.set_minutes(answer.minutes);
  request.set_reason(answer.reason);
  request.set_user(answer.user);
  impl_->act(&wire::Lane::Stub::AnswerAlarm, request,
             [this](bool ok, const QString& reason) { Q_EMIT alarm_answered(ok, reason); });
}

void LaneClient::find_alarms(const QString& text, std::uint32_t count_max) {
  wire::FindAlarmsRequest request;
  request.set_text(text.toStdString());
  request.set_count_max(count_max);
  impl_->find_alarms(request);
}

std::uint64_t LaneClient::find_cases(const CaseSearchData& search) {
  wire::FindCasesRequest request;
  request.set_text(search.text);
  request.set_state(search.state);
  request.set_finding(search.finding);
  request.set_from_utc_ns(search.from.ns);
  request.set_to_utc_ns(search.to.ns);
  request.set_count_max(search.count_max);
  request.set_user(search.user);
  request.set_thumbnails(search.thumbnails);
  impl_->find_cases(request, ++searches_);
  return searches_;
}

void LaneClient::watch_case(const std::string& case_id) {
  impl_->watch(case_id);
}
void LaneClient::fetch_images(const std::string& scan_id) {
  impl_->planes().want(scan_id);
}
void LaneClient::fetch_other_images(const std::string& scan_id) {
  impl_->planes().want_other(scan_id);
}
void LaneClient::fetch_ahead(const std::string& scan_id) {
  impl_->planes().want_ahead(scan_id);
}
bool LaneClient::is_ahead(const std::string& scan_id) const {
  return impl_->planes().is_here(scan_id);
}
std::vector<WaterfallData> LaneClient::take_waterfall() {
  return impl_->take_waterfall();
}

}  // namespace portcullis::hmi
