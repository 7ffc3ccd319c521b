#include "services/lane/lane_server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>

#include "api/lane.grpc.pb.h"
#include "services/lane/caller.h"
#include "services/lane/lane_wire.h"
#include "services/lane/office_server.h"
#include "services/lane/people_requests.h"
#include "services/lane/socket_path.h"
#include "services/wire/grpc_error.h"
#include "services/wire/grpc_lifetime.h"

namespace portcullis::services {
namespace {

constexpr std::chrono::milliseconds kWaitStep{100};   // how soon a stream sees stop()
constexpr std::chrono::milliseconds kStopGrace{500};  // then calls are cut off
constexpr int kContainersMax = 2;                     ///< Of a vehicle.
constexpr int kStreamsMax = 32;
constexpr std::size_t kRequestBytesMax = 64 * 1024;
constexpr std::size_t kMarksBytesMax = std::size_t{48} * 1024;
constexpr std::uint32_t kCasesDefault = 50;
constexpr std::uint32_t kCasesMax = 1000;
constexpr std::uint32_t kFoundMax = 200;
constexpr std::size_t kSearchBytesMax = 512;
constexpr std::size_t kImageChunkBytes = 256 * 1024;
constexpr std::size_t kPasswordBytesMax = 1024;
constexpr std::size_t kSealsMax = 32;
constexpr int kLoginsMax = 4;  // at once; each takes 64 MiB while it is checked
constexpr const char* kSessionKey = "portcullis-session";  // of the call's metadata
constexpr const char* kNoAccounts = "no accounts: everyone at this socket may do everything";
constexpr std::uint32_t kSuperviseDaysMax = 366;

grpc::Status error_to_grpc(const core::Error& error) {
  return {static_cast<grpc::StatusCode>(grpc_code(error.code)), error.message};
}

/// Counts a stream (or another costly call) in while it lives.
class StreamSlot {
 public:
  explicit StreamSlot(std::atomic<int>& open, int most = kStreamsMax)
      : open_(open), admitted_(++open <= most) {}
  ~StreamSlot() { --open_; }
  StreamSlot(const StreamSlot&) = delete;
  StreamSlot& operator=(const StreamSlot&) = delete;
  [[nodiscard]] bool admitted() const { return admitted_; }
  static grpc::Status refusal() {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED,
            "the lane serves 32 streams at once; close a screen and try again"};
  }

 private:
  std::atomic<int>& open_;
  const bool admitted_;
};

class LaneService final : public api::v1::Lane::Service {
 public:
  LaneService(LaneBackend& backend, access::Sessions* sessions)
      : backend_(backend), sessions_(sessions) {}

  void request_stop() { stopping_ = true; }

  grpc::Status WatchStatus(grpc::ServerContext* context, const api::v1::WatchStatusRequest*,
                           grpc::ServerWriter<api::v1::LaneStatus>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    std::uint64_t seen = 0;
    while (live(*context)) {
      LaneStatus status = backend_.wait_status(seen, kWaitStep);
      if (status.sequence == seen) continue;
      seen = status.sequence;
      // The machine is shown to everybody; who was logged in and is no more has to know it.
      const std::string token = token_of(*context);
      const Admission viewer = admit(sessions_, token, access::Right::kSeeLane, false);
      if (viewer.how == Admission::How::kMay) {
        keep_allowed_commands(status, viewer.caller.roles);
        status.next_cases = next_cases_of(backend_, viewer.caller);
      } else {
        if (!token.empty()) return to_grpc(viewer);
        hide_vehicles(status);
      }
      if (sessions_ == nullptr) status.access_text = kNoAccounts;
      api::v1::LaneStatus wire;
      to_wire(status, wire);
      wire.set_accounts(sessions_ != nullptr);
      if (!writer->Write(wire)) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status Command(grpc::ServerContext* context, const api::v1::CommandRequest* request,
                       api::v1::CommandReply* reply) override {
    const auto command = command_from_wire(static_cast<int>(request->kind()));
    if (!command) {
      reply->set_reason("unknown command " + std::to_string(static_cast<int>(request->kind())));
      return grpc::Status::OK;
    }
    // STOP is never refused, whoever asks and whatever the name looks like.
    if (*command != LaneCommand::kStop && request->user().size() > kNameBytesMax) {
      reply->set_reason("field user is longer than 128 bytes");
      return grpc::Status::OK;
    }
    std::string user = request->user().substr(0, kNameBytesMax);
    if (*command == LaneCommand::kStop) {
      if (sessions_ != nullptr) {
        const auto session = sessions_->get(token_of(*context), true);
        user = session.ok() ? session->name : "somebody who is not logged in";
      }
    } else if (auto let = enter(*context, right_of(*command), user); !let.ok()) {
      return let;
    }
    const core::Status status = backend_.command(*command, user);
    reply->set_accepted(status.ok());
    if (!status.ok()) reply->set_reason(status.error().message);
    return grpc::Status::OK;
  }

  grpc::Status WatchWaterfall(grpc::ServerContext* context, const api::v1::WatchWaterfallRequest*,
                              grpc::ServerWriter<api::v1::WaterfallBlock>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    WaterfallFeed::Cursor cursor;
    while (live(*context)) {
      if (auto let = look(*context, access::Right::kSeeLane); !let.ok()) return let;
      auto block = backend_.waterfall().wait(cursor, kWaitStep);
      if (!block) continue;
      api::v1::WaterfallBlock wire;
      wire.set_scan_id(block->scan_id);
      wire.set_first_column(block->first_column);
      wire.set_columns(block->columns);
      wire.set_rows(block->rows);
      wire.set_gray(block->gray.data(), block->gray.size());
      wire.set_last(block->last);
      wire.set_from_rear(block->from_rear);
      if (!writer->Write(wire)) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status WatchCase(grpc::ServerContext* context, const api::v1::WatchCaseRequest* request,
                         grpc::ServerWriter<api::v1::CaseView>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    const std::string& case_id = request->case_id();
    if (auto let = look(*context, access::Right::kSeeCases); !let.ok()) return let;
    if (!case_id.empty()) {
      if (const auto known = backend_.case_view(case_id); !known.ok())
        return to_grpc(known.error());
    }
    std::uint64_t seen = 0;
    std::string shown;
    while (live(*context)) {
      const LaneBackend::VersionedCase current = backend_.wait_case(case_id, seen, kWaitStep);
      std::string user;
      if (auto let = look(*context, access::Right::kSeeCases, &user); !let.ok()) return let;
      if (current.version == seen) continue;
      seen = current.version;
      if (!current.view->case_id.empty() && current.view->case_id != shown) {
        shown = current.view->case_id;
        backend_.case_shown(shown, user);
      }
      CaseView view = *current.view;
      show_to(user, view);
      api::v1::CaseView wire;
      to_wire(view, wire);
      if (!writer->Write(wire)) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status GetCase(grpc::ServerContext* context, const api::v1::GetCaseRequest* request,
                       api::v1::CaseView* reply) override {
    std::string user;
    if (auto let = look(*context, access::Right::kSeeCases, &user); !let.ok()) return let;
    auto view = backend_.case_view(request->case_id());
    if (!view.ok()) return to_grpc(view.error());
    if (!view->case_id.empty()) backend_.case_shown(view->case_id, user);
    show_to(user, *view);
    to_wire(*view, *reply);
    return grpc::Status::OK;
  }

  grpc::Status ListCases(grpc::ServerContext* context, const api::v1::ListCasesRequest* request,
                         api::v1::ListCasesReply* reply) override {
    if (auto let = look(*context, access::Right::kSeeCases); !let.ok()) return let;
    const std::uint32_t count =
        request->count_max() == 0 ? kCasesDefault : std::min(request->count_max(), kCasesMax);
    for (const CaseSummary& summary : backend_.list_cases(count)) {
      to_wire(summary, *reply->add_cases());
    }
    return grpc::Status::OK;
  }

  grpc::Status FindCases(grpc::ServerContext* context, const api::v1::FindCasesRequest* request,
                         api::v1::FindCasesReply* reply) override {
    CaseSearch search = search_from(*request);
    if (auto let = enter(*context, access::Right::kSeeCases, search.user); !let.ok()) return let;
    if (search.text.size() + search.state.size() + search.finding.size() + search.user.size() >
        kSearchBytesMax) {
      return {grpc::StatusCode::INVALID_ARGUMENT,
              "fields text, state, finding and user: at most 512 bytes together"};
    }
    search.count_max = std::min(search.count_max, kFoundMax);
    const auto found = backend_.find_cases(search);
    if (!found.ok()) return to_grpc(found.error());
    to_wire(*found, *reply);
    return grpc::Status::OK;
  }

  grpc::Status GetImage(grpc::ServerContext* context, const api::v1::GetImageRequest* request,
                        grpc::ServerWriter<api::v1::ImageChunk>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    const Admission viewer = admit(sessions_, token_of(*context), access::Right::kSeeCases, false);
    if (viewer.how != Admission::How::kMay) return to_grpc(viewer);
    const int plane = static_cast<int>(request->plane());
    if (plane < 0 || plane > static_cast<int>(ImagePlane::kMaterial)) {
      return {grpc::StatusCode::INVALID_ARGUMENT,
              "field plane: unknown plane " + std::to_string(plane)};
    }
    if (request->ahead()) {
      const auto let = may_fetch_ahead(backend_, viewer.caller, request->scan_id());
      if (!let.ok()) return to_grpc(let.error());
    }
    const auto image = backend_.image(request->scan_id(), static_cast<ImagePlane>(plane));
    if (!image.ok()) return to_grpc(image.error());
    if (!request->ahead()) backend_.case_shown(request->scan_id(), viewer.caller.user);
    PC_ASSERT(image->pixels != nullptr &&
              image->pixels->size() ==
                  static_cast<std::size_t>(image->columns) * image->rows * image->bytes_per_pixel);
    const std::vector<std::byte>& pixels = *image->pixels;
    std::size_t offset = 0;
    do {
      const std::size_t count = std::min(kImageChunkBytes, pixels.size() - offset);
      api::v1::ImageChunk chunk;
      chunk.set_columns(image->columns);
      chunk.set_rows(image->rows);
      chunk.set_bytes_per_pixel(image->bytes_per_pixel);
      chunk.set_mm_per_px(image->mm_per_px);
      chunk.set_x_first_mm(image->x_first_mm);
      chunk.set_z_first_mm(image->z_first_mm);
      chunk.set_source_distance_mm(image->source_distance_mm);
      chunk.set_source_z_mm(image->source_z_mm);
      chunk.set_offset(offset);
      chunk.set_data(pixels.data() + offset, count);
      if (!live(*context) || !writer->Write(chunk)) {
        return {grpc::StatusCode::CANCELLED, "the transfer was cut off"};
      }
      offset += count;
    } while (offset < pixels.size());
    return grpc::Status::OK;
  }

  grpc::Status AnswerFinding(grpc::ServerContext* context,
                             const api::v1::AnswerFindingRequest* request,
                             api::v1::Reply* reply) override {
    const auto answer = core::finding_answer_from(request->answer());
    if (!answer) {
      reply->set_reason("field answer: expected agree, reject, unsure or none");
      return grpc::Status::OK;
    }
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    if (user.size() > kNameBytesMax) {
      reply->set_reason("field user is longer than 128 bytes");
      return grpc::Status::OK;
    }
    fill(*reply, backend_.answer_finding(request->case_id(), request->finding(), *answer, user));
    return grpc::Status::OK;
  }

  grpc::Status SetMarks(grpc::ServerContext* context, const api::v1::SetMarksRequest* request,
                        api::v1::Reply* reply) override {
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    if (user.empty() || user.size() > kNameBytesMax) {
      reply->set_reason("field user: marks need the officer's name (1 to 128 bytes)");
      return grpc::Status::OK;
    }
    if (request->marks_json().size() > kMarksBytesMax) {
      reply->set_reason("field marks_json: more marks than can be kept (48 KiB)");
      return grpc::Status::OK;
    }
    fill(*reply,
         backend_.set_marks({request->case_id(), request->marks_json(), request->version(), user}));
    return grpc::Status::OK;
  }

  grpc::Status Decide(grpc::ServerContext* context, const api::v1::DecideRequest* request,
                      api::v1::Reply* reply) override {
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    const auto decision = decision_from(*request, user);
    fill(*reply, decision.ok() ? backend_.decide(*decision) : core::Status(decision.error()));
    return grpc::Status::OK;
  }

  grpc::Status Override(grpc::ServerContext* context, const api::v1::OverrideRequest* request,
                        api::v1::Reply* reply) override {
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kOverride, user); !let.ok()) return let;
    const auto decision = decision_from(*request, user);
    fill(*reply,
         decision.ok() ? backend_.override_decision(*decision) : core::Status(decision.error()));
    return grpc::Status::OK;
  }

  grpc::Status ProposeIdentity(grpc::ServerContext* context,
                               const api::v1::IdentityRequest* request,
                               api::v1::Reply* reply) override {
    return correct_identity(*context, *request, &LaneBackend::propose_identity, *reply);
  }
  grpc::Status ConfirmIdentity(grpc::ServerContext* context,
                               const api::v1::IdentityRequest* request,
                               api::v1::Reply* reply) override {
    return correct_identity(*context, *request, &LaneBackend::confirm_identity, *reply);
  }

  grpc::Status FirstLook(grpc::ServerContext* context, const api::v1::FirstLookRequest* request,
                         api::v1::Reply* reply) override {
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    if (user.empty() || user.size() > kNameBytesMax) {
      reply->set_reason("field user: a first look needs the officer's name (1 to 128 bytes)");
      return grpc::Status::OK;
    }
    fill(*reply, backend_.first_look({request->case_id(), request->something(), user}));
    return grpc::Status::OK;
  }

  grpc::Status OpenCase(grpc::ServerContext* context, const api::v1::OpenCaseRequest* request,
                        api::v1::Reply* reply) override {
    std::string user;
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    if (user.empty()) {
      reply->set_reason("this lane has no accounts, so that nobody can take a case for himself");
      return grpc::Status::OK;
    }
    fill(*reply, backend_.open_case(request->case_id(), user, request->leave()));
    return grpc::Status::OK;
  }

  grpc::Status ChooseDeclaration(grpc::ServerContext* context,
                                 const api::v1::ChooseDeclarationRequest* request,
                                 api::v1::Reply* reply) override {
    std::string user = request->user();
    if (auto let = enter(*context, access::Right::kRead, user); !let.ok()) return let;
    const auto choice = choice_from(*request, user);
    fill(*reply, choice.ok() ? backend_.choose_declaration(*choice) : core::Status(choice.error()));
    return grpc::Status::OK;
  }

  grpc::Status RecordOutcome(grpc::ServerContext* context,
                             const api::v1::RecordOutcomeRequest* request,
                             api::v1::Reply* reply) override {
    OutcomeRequest outcome;
    outcome.user = request->user();
    if (auto let = enter(*context, access::Right::kInspect, outcome.user); !let.ok()) return let;
    outcome.case_id = request->case_id();
    if (static_cast<std::size_t>(request->seals_found_size() + request->seals_put_size()) >
        kSealsMax) {
      reply->set_reason("field seals_found: more seals than can be kept (32)");
      return grpc::Status::OK;
    }
    for (const auto& one : request->outcomes()) {
      const auto result = access::outcome_result_from(one.result());
      if (!result ||
          one.what().size() + one.where().size() + one.how_much().size() > kReasonBytesMax) {
        reply->set_reason(
            "field outcomes: result is nothing, found or not_examined; texts at most 2000 bytes");
        return grpc::Status::OK;
      }
      outcome.outcomes.push_back({*result, one.what(), one.where(), one.how_much()});
    }
    outcome.seals_found.assign(request->seals_found().begin(), request->seals_found().end());
    outcome.seals_put.assign(request->seals_put().begin(), request->seals_put().end());
    fill(*reply, backend_.record_outcome(outcome));
    return grpc::Status::OK;
  }

  grpc::Status Supervise(grpc::ServerContext* context, const api::v1::SuperviseRequest* request,
                         api::v1::SuperviseReply* reply) override {
    if (auto let = look(*context, access::Right::kSupervise); !let.ok()) return let;
    const auto made =
        backend_.supervise(std::clamp<std::uint32_t>(request->days(), 1, kSuperviseDaysMax));
    if (!made.ok()) return to_grpc(made.error());
    to_wire(*made, *reply);
    return grpc::Status::OK;
  }

  grpc::Status AnswerAlarm(grpc::ServerContext* context, const api::v1::AnswerAlarmRequest* request,
                           api::v1::Reply* reply) override {
    AlarmAnswer answer;
    answer.user = request->user();
    if (auto let = enter(*context, access::Right::kPrepare, answer.user); !let.ok()) return let;
    switch (request->kind()) {
      case api::v1::AnswerAlarmRequest::ACKNOWLEDGE:
        answer.kind = AlarmAnswer::Kind::kAcknowledge;
        break;
      case api::v1::AnswerAlarmRequest::SHELVE:
        answer.kind = AlarmAnswer::Kind::kShelve;
        break;
      case api::v1::AnswerAlarmRequest::UNSHELVE:
        answer.kind = AlarmAnswer::Kind::kUnshelve;
        break;
      default:
        reply->set_reason("field kind: expected ACKNOWLEDGE, SHELVE or UNSHELVE");
        return grpc::Status::OK;
    }
    if (answer.user.empty() || answer.user.size() > kNameBytesMax ||
        request->key().size() > kNameBytesMax || request->reason().size() > kReasonBytesMax) {
      reply->set_reason("fields user and key: 1 to 128 bytes; reason: at most 2000");
      return grpc::Status::OK;
    }
    answer.key = request->key();
    answer.occurrence = request->occurrence();
    answer.minutes = request->minutes();
    answer.reason = request->reason();
    fill(*reply, backend_.answer_alarm(answer));
    return grpc::Status::OK;
  }

  grpc::Status FindAlarms(grpc::ServerContext* context, const api::v1::FindAlarmsRequest* request,
                          api::v1::FindAlarmsReply* reply) override {
    if (auto let = look(*context, access::Right::kSeeLane); !let.ok()) return let;
    AlarmSearch search;
    search.text = request->text().substr(0, kReasonBytesMax);
    search.from.ns = request->from_utc_ns();
    search.to.ns = request->to_utc_ns();
    if (request->count_max() != 0) search.count_max = std::min(request->count_max(), kCasesMax);
    const auto found = backend_.find_alarms(search);
    if (!found.ok()) return to_grpc(found.error());
    for (const AlarmEvent& event : *found) to_wire(event, *reply->add_events());
    return grpc::Status::OK;
  }

  // ---- who is it

  grpc::Status Login(grpc::ServerContext*, const api::v1::LoginRequest* request,
                     api::v1::LoginReply* reply) override {
    if (sessions_ == nullptr) {
      reply->set_reason(kNoAccounts);
      return grpc::Status::OK;
    }
    if (request->name().size() > kNameBytesMax || request->password().size() > kPasswordBytesMax ||
        request->break_glass_reason().size() > kReasonBytesMax) {
      reply->set_reason("name or password is not right");
      return grpc::Status::OK;
    }
    const StreamSlot slot(logins_, kLoginsMax);
    if (!slot.admitted())
      return {grpc::StatusCode::RESOURCE_EXHAUSTED, "too many log in at once; try again"};
    const auto login =
        sessions_->login(request->name(), request->password(), request->break_glass_reason());
    reply->set_ok(login.ok());
    if (!login.ok()) {
      reply->set_reason(login.error().message);
      return grpc::Status::OK;
    }
    reply->set_token(login->token);
    to_wire(login->session, *reply->mutable_session());
    return grpc::Status::OK;
  }

  grpc::Status Logout(grpc::ServerContext* context, const api::v1::LogoutRequest*,
                      api::v1::Reply* reply) override {
    if (sessions_ != nullptr) sessions_->logout(token_of(*context));
    reply->set_ok(true);
    return grpc::Status::OK;
  }

  grpc::Status GetSession(grpc::ServerContext* context, const api::v1::GetSessionRequest* request,
                          api::v1::SessionView* reply) override {
    if (sessions_ == nullptr) return {grpc::StatusCode::FAILED_PRECONDITION, kNoAccounts};
    const auto session = sessions_->get(token_of(*context), request->active());
    if (!session.ok()) return {grpc::StatusCode::UNAUTHENTICATED, session.error().message};
    to_wire(*session, *reply);
    return grpc::Status::OK;
  }

 private:
  [[nodiscard]] bool live(grpc::ServerContext& context) const {
    return !stopping_ && !context.IsCancelled();
  }

  static std::string token_of(const grpc::ServerContext& context) {
    const auto found = context.client_metadata().find(kSessionKey);
    if (found == context.client_metadata().end()) return {};
    return {found->second.data(), found->second.size()};
  }
  static grpc::Status to_grpc(const Admission& admission) {
    switch (admission.how) {
      case Admission::How::kMay:
        return grpc::Status::OK;
      case Admission::How::kNoSession:
        return {grpc::StatusCode::UNAUTHENTICATED, admission.reason};
      case Admission::How::kMayNot:
        break;
    }
    return {grpc::StatusCode::PERMISSION_DENIED, admission.reason};
  }
  static grpc::Status to_grpc(const core::Error& error) { return error_to_grpc(error); }

  /// A person does something. With accounts `user` becomes his name, whatever was said.
  grpc::Status enter(const grpc::ServerContext& context, access::Right right, std::string& user) {
    Admission admission = admit(sessions_, token_of(context), right, true);
    if (sessions_ != nullptr) user = std::move(admission.caller.user);
    return to_grpc(admission);
  }
  /// A screen only shows something. `user` is empty without accounts.
  grpc::Status look(const grpc::ServerContext& context, access::Right right,
                    std::string* user = nullptr) {
    Admission admission = admit(sessions_, token_of(context), right, false);
    if (user != nullptr) *user = std::move(admission.caller.user);
    return to_grpc(admission);
  }

  grpc::Status correct_identity(const grpc::ServerContext& context,
                                const api::v1::IdentityRequest& request,
                                core::Status (LaneBackend::*correct)(const IdentityRequest&),
                                api::v1::Reply& reply) {
    std::string user = request.user();
    if (auto let = enter(context, access::Right::kIdentify, user); !let.ok()) return let;
    if (user.empty() || user.size() > kNameBytesMax) {
      reply.set_reason("field user: a correction needs a person's name (1 to 128 bytes)");
      return grpc::Status::OK;
    }
    if (request.container_numbers_size() > kContainersMax) {
      reply.set_reason("field container_numbers: a vehicle carries two at most");
      return grpc::Status::OK;
    }
    fill(reply, (backend_.*
                 correct)({request.case_id(),
                           request.vehicle_plate(),
                           {request.container_numbers().begin(), request.container_numbers().end()},
                           user}));
    return grpc::Status::OK;
  }

  static void fill(api::v1::Reply& reply, const core::Status& status) {
    reply.set_ok(status.ok());
    if (!status.ok()) reply.set_reason(status.error().message);
  }

  LaneBackend& backend_;
  access::Sessions* const sessions_;  // null: no accounts
  std::atomic<bool> stopping_{false};
  std::atomic<int> streams_{0};
  std::atomic<int> logins_{0};
};

}  // namespace

class LaneServer::Impl {
 public:
  Impl(LaneBackend& backend, access::Sessions* sessions, OfficeBackend* office)
      : backend_(backend), sessions_(sessions), office_backend_(office) {}

  core::Status start(const std::string& path) {
    PC_ASSERT(server_ == nullptr);
    PC_CHECK(free_socket_path(path));
    service_ = std::make_unique<LaneService>(backend_, sessions_);
    keep_grpc_running();
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + path, grpc::InsecureServerCredentials());
    builder.SetMaxReceiveMessageSize(static_cast<int>(kRequestBytesMax));
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.RegisterService(service_.get());
    if (office_backend_ != nullptr) {
      office_ = make_office_service(*office_backend_, sessions_);
      builder.RegisterService(office_.get());
    }
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || ::chmod(path.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0) {
      stop();
      return core::Error{core::ErrorCode::kIo, "lane API socket '" + path + "': cannot listen (" +
                                                   std::strerror(errno) +
                                                   "); does the folder exist?"};
    }
    path_ = path;
    return {};
  }

  void stop() {
    if (service_ != nullptr) service_->request_stop();
    if (server_ != nullptr) {
      server_->Shutdown(std::chrono::system_clock::now() + kStopGrace);
      server_->Wait();
    }
    server_.reset();
    service_.reset();
    office_.reset();
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

 private:
  LaneBackend& backend_;
  access::Sessions* const sessions_;
  OfficeBackend* const office_backend_;  // null: no office
  std::unique_ptr<LaneService> service_;
  std::unique_ptr<grpc::Service> office_;
  std::unique_ptr<grpc::Server> server_;
  std::string path_;
};

LaneServer::LaneServer(LaneBackend& backend, access::Sessions* sessions, OfficeBackend* office)
    : impl_(std::make_unique<Impl>(backend, sessions, office)) {}
LaneServer::~LaneServer() {
  stop();
}

core::Status LaneServer::start(const std::filesystem::path& socket_path) {
  return impl_->start(socket_path.string());
}

void LaneServer::stop() {
  impl_->stop();
}

}  // namespace portcullis::services
