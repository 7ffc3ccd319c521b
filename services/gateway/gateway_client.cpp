#include "services/gateway/gateway_client.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <nlohmann/json.hpp>

#include "api/gateway.grpc.pb.h"
#include "core/record_json.h"
#include "services/wire/grpc_error.h"
#include "services/wire/grpc_lifetime.h"

namespace portcullis::services {

namespace {

constexpr int kGatewayReplyBytesMax = 64 * 1024 * 1024;  // 200 declarations of many items.

std::string json_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

class GatewayClient::Impl {
 public:
  Impl(std::string path, std::chrono::milliseconds deadline)
      : path_(std::move(path)), deadline_(deadline) {
    keep_grpc_running();
    grpc::ChannelArguments arguments;
    // A gateway that comes back is to be found at once, not after minutes.
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 500);
    arguments.SetMaxReceiveMessageSize(kGatewayReplyBytesMax);
    // Channels of the same address are otherwise shared in the process, backoff and all.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    stub_ = api::v1::Gateway::NewStub(
        grpc::CreateCustomChannel("unix:" + path_, grpc::InsecureChannelCredentials(), arguments));
  }

  api::v1::Gateway::Stub& stub() { return *stub_; }
  void prepare(grpc::ClientContext& context) const {
    context.set_deadline(std::chrono::system_clock::now() + deadline_);
  }
  [[nodiscard]] core::Error error(const char* call, const grpc::Status& status) const {
    return {error_code_from_grpc(status.error_code()),
            fmt::format("gateway {}: {}: {}", path_, call, status.error_message())};
  }
  [[nodiscard]] core::Error protocol(const char* call, std::string_view why) const {
    return {core::ErrorCode::kProtocol, fmt::format("gateway {}: {}: {}", path_, call, why)};
  }
  /// Empty: there is none.
  [[nodiscard]] core::Result<std::optional<core::Check>> check(const char* call,
                                                               const std::string& text) const {
    if (text.empty()) return std::optional<core::Check>();
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (json.is_discarded()) return protocol(call, "the check is not JSON");
    auto read = core::check_from_json(json);
    if (!read.ok()) return protocol(call, read.error().message);
    return std::optional<core::Check>(std::move(read).value());
  }

 private:
  const std::string path_;
  const std::chrono::milliseconds deadline_;
  std::unique_ptr<api::v1::Gateway::Stub> stub_;
};

GatewayClient::GatewayClient(const std::filesystem::path& socket_path,
                             std::chrono::milliseconds deadline)
    : impl_(std::make_unique<Impl>(socket_path.string(), deadline)) {}
GatewayClient::~GatewayClient() = default;

core::Result<std::vector<customs::FoundDeclaration>> GatewayClient::find_declarations(
    const customs::VehicleNumbers& numbers) {
  constexpr const char* kCall = "FindDeclarations";
  api::v1::FindDeclarationsRequest request;
  for (const auto& number : numbers.containers) request.add_container_numbers(number);
  request.set_vehicle_plate(numbers.plate);
  for (const auto& number : numbers.chassis) request.add_chassis(number);
  api::v1::FindDeclarationsReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().FindDeclarations(&context, request, &reply); !status.ok())
    return impl_->error(kCall, status);
  std::vector<customs::FoundDeclaration> found;
  for (const auto& wire : reply.declarations()) {
    const auto json = nlohmann::json::parse(wire.json(), nullptr, false);
    if (json.is_discarded()) return impl_->protocol(kCall, "a declaration is not JSON");
    auto declaration = core::declaration_from_json(json);
    if (!declaration.ok()) return impl_->protocol(kCall, declaration.error().message);
    found.push_back({wire.id(), std::move(declaration).value(), wire.matched_by()});
  }
  return found;
}

core::Result<std::vector<customs::BoundSelection>> GatewayClient::bind(
    const customs::BindingReport& report) {
  api::v1::BindDeclarationsRequest request;
  request.set_scan_id(report.scan_id);
  for (const auto& id : report.declaration_ids) request.add_declaration_ids(id);
  if (report.draw) request.set_draw(*report.draw);
  api::v1::BindDeclarationsReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().BindDeclarations(&context, request, &reply); !status.ok())
    return impl_->error("BindDeclarations", status);
  std::vector<customs::BoundSelection> selections;
  for (const auto& wire : reply.selections())
    selections.push_back({wire.declaration_id(),
                          wire.channel(),
                          wire.reason(),
                          wire.random(),
                          wire.is_new(),
                          {wire.rules().begin(), wire.rules().end()}});
  return selections;
}

core::Result<std::optional<core::Check>> GatewayClient::assess_revenue(
    const std::vector<std::string>& declaration_ids, const core::InspectionReport& report) {
  constexpr const char* kCall = "AssessRevenue";
  api::v1::AssessRevenueRequest request;
  for (const auto& id : declaration_ids) request.add_declaration_ids(id);
  request.set_report_json(json_text(core::to_json(report)));
  api::v1::AssessRevenueReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().AssessRevenue(&context, request, &reply); !status.ok())
    return impl_->error(kCall, status);
  return impl_->check(kCall, reply.check_json());
}

core::Result<std::optional<core::Check>> GatewayClient::check_orders(
    const std::vector<std::string>& container_numbers,
    const std::vector<std::string>& declaration_ids) {
  constexpr const char* kCall = "CheckOrders";
  api::v1::CheckOrdersRequest request;
  for (const auto& number : container_numbers) request.add_container_numbers(number);
  for (const auto& id : declaration_ids) request.add_declaration_ids(id);
  api::v1::CheckOrdersReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().CheckOrders(&context, request, &reply); !status.ok())
    return impl_->error(kCall, status);
  return impl_->check(kCall, reply.check_json());
}

core::Result<customs::DecisionReceipt> GatewayClient::submit_decision(
    const customs::DecisionSubmission& submission) {
  constexpr const char* kCall = "SubmitDecision";
  api::v1::SubmitDecisionRequest request;
  request.set_idempotency_key(submission.idempotency_key);
  request.set_declaration_id(submission.declaration_id);
  request.set_decision_json(json_text(core::to_json(submission.decision)));
  request.set_report_json(json_text(core::to_json(submission.report)));
  api::v1::SubmitDecisionReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().SubmitDecision(&context, request, &reply); !status.ok())
    return impl_->error(kCall, status);
  if (!reply.accepted())
    return core::Error{core::ErrorCode::kRefused, fmt::format("gateway: {}", reply.message())};
  return customs::DecisionReceipt{reply.answer_file(), reply.message(), false};
}

core::Result<customs::GatewayStatus> GatewayClient::status() {
  api::v1::GatewayStatusReply reply;
  grpc::ClientContext context;
  impl_->prepare(context);
  if (const auto status = impl_->stub().Status(&context, {}, &reply); !status.ok())
    return impl_->error("Status", status);
  customs::GatewayStatus out;
  out.software_version = reply.software_version();
  out.declarations = reply.declarations();
  out.quarantined = reply.quarantined();
  out.answers_written = reply.answers_written();
  out.last_quarantine_reason = reply.last_quarantine_reason();
  return out;
}

}  // namespace portcullis::services
