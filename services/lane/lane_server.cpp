#include "services/lane/lane_server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>

#include "api/lane.grpc.pb.h"
#include "services/lane/lane_wire.h"
#include "services/wire/grpc_error.h"
#include "services/wire/grpc_lifetime.h"

namespace portcullis::services {
namespace {

constexpr std::chrono::milliseconds kWaitStep{100};   // how soon a stream sees stop()
constexpr std::chrono::milliseconds kStopGrace{500};  // then calls are cut off
constexpr int kStreamsMax = 32;
constexpr std::size_t kRequestBytesMax = 64 * 1024;
constexpr std::size_t kNameBytesMax = 128;
constexpr std::size_t kReasonBytesMax = 2000;
constexpr std::size_t kMarksBytesMax = std::size_t{48} * 1024;
constexpr std::uint32_t kCasesDefault = 50;
constexpr std::uint32_t kCasesMax = 1000;
constexpr std::size_t kImageChunkBytes = 256 * 1024;

grpc::Status to_grpc(const core::Error& error) {
  return {static_cast<grpc::StatusCode>(grpc_code(error.code)), error.message};
}

/// Counts a stream in while it lives.
class StreamSlot {
 public:
  explicit StreamSlot(std::atomic<int>& open) : open_(open), admitted_(++open <= kStreamsMax) {}
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
  explicit LaneService(LaneBackend& backend) : backend_(backend) {}

  void request_stop() { stopping_ = true; }

  grpc::Status WatchStatus(grpc::ServerContext* context, const api::v1::WatchStatusRequest*,
                           grpc::ServerWriter<api::v1::LaneStatus>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    std::uint64_t seen = 0;
    while (live(*context)) {
      const LaneStatus status = backend_.wait_status(seen, kWaitStep);
      if (status.sequence == seen) continue;
      seen = status.sequence;
      api::v1::LaneStatus wire;
      to_wire(status, wire);
      if (!writer->Write(wire)) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status Command(grpc::ServerContext*, const api::v1::CommandRequest* request,
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
    const core::Status status =
        backend_.command(*command, request->user().substr(0, kNameBytesMax));
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
    if (!case_id.empty()) {
      if (const auto known = backend_.case_view(case_id); !known.ok())
        return to_grpc(known.error());
    }
    std::uint64_t seen = 0;
    while (live(*context)) {
      const LaneBackend::VersionedCase current = backend_.wait_case(case_id, seen, kWaitStep);
      if (current.version == seen) continue;
      seen = current.version;
      api::v1::CaseView wire;
      to_wire(*current.view, wire);
      if (!writer->Write(wire)) break;
    }
    return grpc::Status::OK;
  }

  grpc::Status GetCase(grpc::ServerContext*, const api::v1::GetCaseRequest* request,
                       api::v1::CaseView* reply) override {
    const auto view = backend_.case_view(request->case_id());
    if (!view.ok()) return to_grpc(view.error());
    to_wire(*view, *reply);
    return grpc::Status::OK;
  }

  grpc::Status ListCases(grpc::ServerContext*, const api::v1::ListCasesRequest* request,
                         api::v1::ListCasesReply* reply) override {
    const std::uint32_t count =
        request->count_max() == 0 ? kCasesDefault : std::min(request->count_max(), kCasesMax);
    for (const CaseSummary& summary : backend_.list_cases(count)) {
      to_wire(summary, *reply->add_cases());
    }
    return grpc::Status::OK;
  }

  grpc::Status GetImage(grpc::ServerContext* context, const api::v1::GetImageRequest* request,
                        grpc::ServerWriter<api::v1::ImageChunk>* writer) override {
    const StreamSlot slot(streams_);
    if (!slot.admitted()) return StreamSlot::refusal();
    const int plane = static_cast<int>(request->plane());
    if (plane < 0 || plane > static_cast<int>(ImagePlane::kMaterial)) {
      return {grpc::StatusCode::INVALID_ARGUMENT,
              "field plane: unknown plane " + std::to_string(plane)};
    }
    const auto image = backend_.image(request->scan_id(), static_cast<ImagePlane>(plane));
    if (!image.ok()) return to_grpc(image.error());
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
      chunk.set_offset(offset);
      chunk.set_data(pixels.data() + offset, count);
      if (!live(*context) || !writer->Write(chunk)) {
        return {grpc::StatusCode::CANCELLED, "the transfer was cut off"};
      }
      offset += count;
    } while (offset < pixels.size());
    return grpc::Status::OK;
  }

  grpc::Status AnswerFinding(grpc::ServerContext*, const api::v1::AnswerFindingRequest* request,
                             api::v1::Reply* reply) override {
    const auto answer = core::finding_answer_from(request->answer());
    if (!answer) {
      reply->set_reason("field answer: expected agree, reject, unsure or none");
      return grpc::Status::OK;
    }
    if (request->user().size() > kNameBytesMax) {
      reply->set_reason("field user is longer than 128 bytes");
      return grpc::Status::OK;
    }
    fill(*reply,
         backend_.answer_finding(request->case_id(), request->finding(), *answer, request->user()));
    return grpc::Status::OK;
  }

  grpc::Status SetMarks(grpc::ServerContext*, const api::v1::SetMarksRequest* request,
                        api::v1::Reply* reply) override {
    if (request->user().empty() || request->user().size() > kNameBytesMax) {
      reply->set_reason("field user: marks need the officer's name (1 to 128 bytes)");
      return grpc::Status::OK;
    }
    if (request->marks_json().size() > kMarksBytesMax) {
      reply->set_reason("field marks_json: more marks than can be kept (48 KiB)");
      return grpc::Status::OK;
    }
    fill(*reply, backend_.set_marks({request->case_id(), request->marks_json(), request->version(),
                                     request->user()}));
    return grpc::Status::OK;
  }

  grpc::Status Decide(grpc::ServerContext*, const api::v1::DecideRequest* request,
                      api::v1::Reply* reply) override {
    const auto kind = core::decision_kind_from(request->decision());
    if (!kind) {
      reply->set_reason("field decision: not a decision of this lane");
      return grpc::Status::OK;
    }
    if (request->user().empty() || request->user().size() > kNameBytesMax) {
      reply->set_reason("field user: a decision needs the officer's name (1 to 128 bytes)");
      return grpc::Status::OK;
    }
    if (request->reason_code().empty() || request->reason_code().size() > kNameBytesMax ||
        request->reason_text().size() > kReasonBytesMax) {
      reply->set_reason(
          "field reason_code: a decision needs a coded reason; text at most 2000 bytes");
      return grpc::Status::OK;
    }
    DecisionRequest decision;
    decision.case_id = request->case_id();
    decision.kind = *kind;
    decision.reason_code = request->reason_code();
    decision.reason_text = request->reason_text();
    decision.user = request->user();
    decision.time_on_image_ms = std::max<std::int64_t>(0, request->time_on_image_ms());
    fill(*reply, backend_.decide(decision));
    return grpc::Status::OK;
  }

 private:
  [[nodiscard]] bool live(grpc::ServerContext& context) const {
    return !stopping_ && !context.IsCancelled();
  }

  static void fill(api::v1::Reply& reply, const core::Status& status) {
    reply.set_ok(status.ok());
    if (!status.ok()) reply.set_reason(status.error().message);
  }

  LaneBackend& backend_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> streams_{0};
};

/// Whether some process accepts connections at `path`.
bool somebody_listens(const sockaddr_un& address) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return false;
  const int rc =
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));  // NOLINT
  const bool full_backlog = rc != 0 && errno == EAGAIN;
  ::close(fd);
  return rc == 0 || full_backlog;
}

core::Status free_socket_path(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       "lane API socket '" + path + "': the path must have 1 to 107 bytes"};
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return {};
  if (!S_ISSOCK(info.st_mode)) {
    return core::Error{core::ErrorCode::kIo,
                       "lane API socket '" + path + "': something else has this name; remove it"};
  }
  if (somebody_listens(address)) {
    return core::Error{
        core::ErrorCode::kUnavailable,
        "lane API socket '" + path + "': another process serves it; stop that first"};
  }
  ::unlink(path.c_str());
  return {};
}

}  // namespace

class LaneServer::Impl {
 public:
  explicit Impl(LaneBackend& backend) : backend_(backend) {}

  core::Status start(const std::string& path) {
    PC_ASSERT(server_ == nullptr);
    PC_CHECK(free_socket_path(path));
    service_ = std::make_unique<LaneService>(backend_);
    keep_grpc_running();
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + path, grpc::InsecureServerCredentials());
    builder.SetMaxReceiveMessageSize(static_cast<int>(kRequestBytesMax));
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.RegisterService(service_.get());
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
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

 private:
  LaneBackend& backend_;
  std::unique_ptr<LaneService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::string path_;
};

LaneServer::LaneServer(LaneBackend& backend) : impl_(std::make_unique<Impl>(backend)) {}
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
