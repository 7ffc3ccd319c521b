#include "hmi/models/lane_client.h"

#include <grpcpp/grpcpp.h>

#include <QMetaObject>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "api/lane.grpc.pb.h"
#include "hmi/models/image_set.h"
#include "hmi/models/lane_channel.h"
#include "hmi/models/lane_from_wire.h"
#include "services/wire/grpc_error.h"

namespace portcullis::hmi {
namespace {

namespace wire = portcullis::api::v1;
using std::chrono::milliseconds;

constexpr milliseconds kRetry{250};
constexpr milliseconds kActionDeadline{3000};
constexpr milliseconds kLoginDeadline{15'000};  // a password is dear to check
constexpr milliseconds kSearchDeadline{10'000};
constexpr int kRefusedPauses = 8;  // of kRetry
constexpr int kReceiveBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kWaterfallBlocksMax = 64;
constexpr std::uint64_t kImageBytesMax = 512ULL * 1024 * 1024;

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
  Impl(const QString& address, LaneClient& owner) : owner_(owner) {
    channel_ = lane_channel(address, kReceiveBytesMax);
    stub_ = wire::Lane::NewStub(channel_);
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      for (grpc::ClientContext* context : open_) context->TryCancel();
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    // The workers' destructors end their threads; open calls were cancelled above.
  }

  void start() {
    threads_.emplace_back([this] { watch_status(); });
    threads_.emplace_back([this] { watch_case(); });
    threads_.emplace_back([this] { watch_waterfall(); });
    threads_.emplace_back([this] { fetch_loop(wish_); });
    threads_.emplace_back([this] { fetch_loop(other_wish_); });
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
      const grpc::Status status = unary(
          [&](grpc::ClientContext& context) { return stub_->Command(&context, request, &reply); });
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
        return ((*stub_).*call)(&context, request, &reply);
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
      unary(
          [&](grpc::ClientContext& context) { return stub_->OpenCase(&context, request, &reply); });
    });
  }

  void login(const wire::LoginRequest& request) {
    commands_.post([this, request] {
      wire::LoginReply reply;
      const grpc::Status status = unary(
          [&](grpc::ClientContext& context) { return stub_->Login(&context, request, &reply); },
          kLoginDeadline);
      const bool ok = status.ok() && reply.ok();
      if (ok) renew(reply.token());
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
      unary([&](grpc::ClientContext& context) { return stub_->Logout(&context, {}, &reply); });
      renew({});
      post([this] { Q_EMIT owner_.session_ended({}); });
    });
  }

  void keep_session() {
    commands_.post([this] {
      wire::GetSessionRequest request;
      request.set_active(true);
      wire::SessionView reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return stub_->GetSession(&context, request, &reply);
      });
      if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED) session_over(status);
    });
  }

  void find_alarms(const wire::FindAlarmsRequest& request) {
    actions_.post([this, request] {
      wire::FindAlarmsReply reply;
      const grpc::Status status = unary([&](grpc::ClientContext& context) {
        return stub_->FindAlarms(&context, request, &reply);
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
          [&](grpc::ClientContext& context) { return stub_->FindCases(&context, request, &reply); },
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

  void fetch_images(const std::string& scan_id) { wish_for(scan_id, wish_); }
  void fetch_other_images(const std::string& scan_id) { wish_for(scan_id, other_wish_); }

  std::string session_token() {
    const std::lock_guard lock(mutex_);
    return token_;
  }

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
  /// Whose images are wanted; the number counts changes.
  struct Wish {
    std::string scan_id;
    std::uint64_t number = 0;
  };
  void wish_for(const std::string& scan_id, Wish& wish) {
    {
      const std::lock_guard lock(mutex_);
      wish.scan_id = scan_id;
      ++wish.number;
    }
    changed_.notify_all();
  }

  /// Registers a call so that the destructor can cut it off.
  class OpenCall {
   public:
    OpenCall(Impl& impl, grpc::ClientContext& context, bool stream = false)
        : impl_(impl), context_(context) {
      const std::lock_guard lock(impl_.mutex_);
      impl_.open_.push_back(&context_);
      if (stream) impl_.streams_.push_back(&context_);
      epoch_ = impl_.epoch_;
      if (!impl_.token_.empty()) context_.AddMetadata(kSessionKey, impl_.token_);
      if (impl_.stopping_) context_.TryCancel();
    }
    ~OpenCall() {
      const std::lock_guard lock(impl_.mutex_);
      std::erase(impl_.open_, &context_);
      std::erase(impl_.streams_, &context_);
    }
    /// Somebody has logged in or out since this call was made.
    [[nodiscard]] bool outdated() const {
      const std::lock_guard lock(impl_.mutex_);
      return impl_.epoch_ != epoch_;
    }
    OpenCall(const OpenCall&) = delete;
    OpenCall& operator=(const OpenCall&) = delete;

   private:
    Impl& impl_;
    grpc::ClientContext& context_;
    std::uint64_t epoch_ = 0;
  };

  void post(std::function<void()> job) {
    QMetaObject::invokeMethod(&owner_, std::move(job), Qt::QueuedConnection);
  }

  template <class Call>
  grpc::Status unary(const Call& call, milliseconds limit = kActionDeadline) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + limit);
    const OpenCall open(*this, context);
    return call(context);
  }

  /// Waits before the next try; false: the client is being destroyed.
  bool pause() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kRetry, [this] { return stopping_; });
    return !stopping_;
  }

  /// The same after a stream has ended; who may not see it asks less often, until he is another.
  bool pause_after(const grpc::Status& ended, const OpenCall& call) {
    const bool refused = ended.error_code() == grpc::StatusCode::UNAUTHENTICATED ||
                         ended.error_code() == grpc::StatusCode::PERMISSION_DENIED;
    if (!refused && !call.outdated()) return pause();
    for (int i = 0; i < kRefusedPauses && !call.outdated(); ++i) {
      if (!pause()) return false;
    }
    const std::lock_guard lock(mutex_);
    return !stopping_;
  }

  /// Streams are opened anew, as somebody else.
  void renew(const std::string& token) {
    const std::lock_guard lock(mutex_);
    token_ = token;
    ++epoch_;
    for (grpc::ClientContext* context : streams_) context->TryCancel();
  }

  void session_over(const grpc::Status& why) {
    {
      const std::lock_guard lock(mutex_);
      if (token_.empty()) return;
    }
    renew({});
    post([this, reason = QString::fromStdString(why.error_message())] {
      Q_EMIT owner_.session_ended(reason);
    });
  }

  void watch_status() {
    for (;;) {
      grpc::ClientContext context;
      const OpenCall open(*this, context, true);
      const auto reader = stub_->WatchStatus(&context, {});
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
      if (!pause_after(ended, open)) return;
    }
  }

  void watch_case() {
    for (;;) {
      wire::WatchCaseRequest request;
      grpc::ClientContext context;
      const OpenCall open(*this, context, true);
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        request.set_case_id(watched_case_);
        case_call_ = &context;
      }
      const auto reader = stub_->WatchCase(&context, request);
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
      if (!other && !pause_after(ended, open)) return;
    }
  }

  void watch_waterfall() {
    for (;;) {
      grpc::ClientContext context;
      const OpenCall open(*this, context, true);
      const auto reader = stub_->WatchWaterfall(&context, {});
      wire::WaterfallBlock block;
      while (reader->Read(&block)) take_block(block);
      if (!pause_after(reader->Finish(), open)) return;
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

  void fetch_loop(const Wish& of) {
    std::uint64_t done = 0;
    for (;;) {
      Wish wish;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || of.number != done; });
        if (stopping_) return;
        wish = of;
      }
      const auto superseded = [&] {
        const std::lock_guard lock(mutex_);
        return stopping_ || of.number != wish.number;
      };
      if (wish.scan_id.empty() || fetch_planes(wish.scan_id, superseded)) {
        done = wish.number;
      } else if (!pause()) {
        return;
      }
    }
  }

  /// True: done, or there is no use in trying again.
  bool fetch_planes(const std::string& scan_id, const std::function<bool()>& superseded) {
    // The order is that of use: the standard image, then what the other views need.
    for (const Plane plane : {Plane::kHigh, Plane::kMaterial, Plane::kMass, Plane::kLow}) {
      if (superseded()) return true;
      auto data = std::make_shared<PlaneData>();
      const grpc::Status status = fetch_plane(scan_id, plane, *data, superseded);
      if (!status.ok()) {
        const auto code = services::error_code_from_grpc(status.error_code());
        const bool again = code == core::ErrorCode::kUnavailable ||
                           code == core::ErrorCode::kNotFound || code == core::ErrorCode::kTimeout;
        if (!superseded()) {
          const QString reason = QString::fromStdString(status.error_message());
          post([this, reason] { Q_EMIT owner_.images_failed(reason); });
        }
        return !again;
      }
      if (superseded()) return true;
      std::shared_ptr<const PlaneData> finished = std::move(data);
      post([this, finished] { Q_EMIT owner_.plane_arrived(finished); });
    }
    return true;
  }

  grpc::Status fetch_plane(const std::string& scan_id, Plane plane, PlaneData& data,
                           const std::function<bool()>& superseded) {
    const grpc::Status damaged(grpc::StatusCode::DATA_LOSS,
                               "the lane sent an image that does not fit its own size");
    wire::GetImageRequest request;
    request.set_scan_id(scan_id);
    request.set_plane(static_cast<wire::GetImageRequest::Plane>(plane));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    const OpenCall open(*this, context);
    const auto reader = stub_->GetImage(&context, request);
    const std::size_t bytes_per_pixel = plane == Plane::kMaterial ? 1 : 2;
    PlaneLevel level;
    std::string bytes;
    std::uint64_t size = 0;
    wire::ImageChunk chunk;
    bool fits = true;
    while (reader->Read(&chunk)) {
      if (superseded()) context.TryCancel();
      if (bytes.empty()) {
        size = static_cast<std::uint64_t>(chunk.columns()) * chunk.rows() * bytes_per_pixel;
        fits = chunk.bytes_per_pixel() == bytes_per_pixel && size > 0 && size <= kImageBytesMax;
        if (!fits) break;
        bytes.reserve(size);
        data.scan_id = scan_id;
        data.plane = plane;
        level.columns = static_cast<int>(chunk.columns());
        level.rows = static_cast<int>(chunk.rows());
        data.mm_per_px = chunk.mm_per_px();
        data.x_first_mm = chunk.x_first_mm();
        data.z_first_mm = chunk.z_first_mm();
      }
      fits = chunk.offset() == bytes.size() && bytes.size() + chunk.data().size() <= size;
      if (!fits) break;
      bytes += chunk.data();
    }
    if (!fits) context.TryCancel();
    const grpc::Status status = reader->Finish();
    if (!fits) return damaged;
    if (!status.ok()) return status;
    if (bytes.empty() || bytes.size() != size) return damaged;
    if (plane == Plane::kMaterial) {
      level.classes.assign(bytes.begin(), bytes.end());
    } else {
      level.codes.resize(bytes.size() / 2);
      for (std::size_t i = 0; i < level.codes.size(); ++i) {
        level.codes[i] =
            static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[2 * i]) |
                                       static_cast<unsigned char>(bytes[2 * i + 1]) << 8);
      }
    }
    data.levels = make_pyramid(std::move(level));
    return grpc::Status::OK;
  }

  LaneClient& owner_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<wire::Lane::Stub> stub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<grpc::ClientContext*> open_, streams_;
  std::string token_;                         // of the session; empty: nobody is logged in
  std::uint64_t epoch_ = 0;                   // counts logins and logouts
  std::string watched_case_;                  // empty: the lane's current one
  grpc::ClientContext* case_call_ = nullptr;  // that watches it
  Wish wish_, other_wish_;
  std::vector<WaterfallData> waterfall_;
  std::vector<std::thread> threads_;
  Worker commands_;
  Worker stops_;
  Worker actions_;
  Worker searches_;  // which nothing that is done waits for
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
  impl_->fetch_images(scan_id);
}
void LaneClient::fetch_other_images(const std::string& scan_id) {
  impl_->fetch_other_images(scan_id);
}
std::vector<WaterfallData> LaneClient::take_waterfall() {
  return impl_->take_waterfall();
}

}  // namespace portcullis::hmi
