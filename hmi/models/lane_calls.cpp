#include "hmi/models/lane_calls.h"

#include "hmi/models/lane_channel.h"

namespace portcullis::hmi {
namespace {

constexpr std::chrono::milliseconds kRetry{250};
constexpr int kRefusedPauses = 8;  // of kRetry
constexpr int kReceiveBytesMax = 16 * 1024 * 1024;

}  // namespace

LaneCalls::LaneCalls(const QString& address)
    : stub_(api::v1::Lane::NewStub(lane_channel(address, kReceiveBytesMax))),
      stub_beside_(api::v1::Lane::NewStub(lane_channel(address, kReceiveBytesMax))) {}

void LaneCalls::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (grpc::ClientContext* context : open_) context->TryCancel();
  }
  stopped_.notify_all();
}

bool LaneCalls::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool LaneCalls::pause() {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, kRetry, [this] { return stopping_; });
  return !stopping_;
}

bool LaneCalls::pause_after(const grpc::Status& ended, const Open& call) {
  const bool refused = ended.error_code() == grpc::StatusCode::UNAUTHENTICATED ||
                       ended.error_code() == grpc::StatusCode::PERMISSION_DENIED;
  if (!refused && !call.outdated()) return pause();
  for (int i = 0; i < kRefusedPauses && !call.outdated(); ++i) {
    if (!pause()) return false;
  }
  return !stopping();
}

void LaneCalls::renew(const std::string& token) {
  const std::lock_guard lock(mutex_);
  token_ = token;
  ++epoch_;
  for (grpc::ClientContext* context : streams_) context->TryCancel();
}

std::string LaneCalls::token() const {
  const std::lock_guard lock(mutex_);
  return token_;
}

LaneCalls::Open::Open(LaneCalls& calls, grpc::ClientContext& context, bool stream)
    : calls_(calls), context_(context) {
  const std::lock_guard lock(calls_.mutex_);
  calls_.open_.push_back(&context_);
  if (stream) calls_.streams_.push_back(&context_);
  epoch_ = calls_.epoch_;
  if (!calls_.token_.empty()) context_.AddMetadata(kSessionKey, calls_.token_);
  if (calls_.stopping_) context_.TryCancel();
}

LaneCalls::Open::~Open() {
  const std::lock_guard lock(calls_.mutex_);
  std::erase(calls_.open_, &context_);
  std::erase(calls_.streams_, &context_);
}

bool LaneCalls::Open::outdated() const {
  const std::lock_guard lock(calls_.mutex_);
  return calls_.epoch_ != epoch_;
}

}  // namespace portcullis::hmi
