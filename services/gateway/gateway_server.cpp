#include "services/gateway/gateway_server.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <nlohmann/json.hpp>

#include "api/gateway.grpc.pb.h"
#include "core/record_json.h"
#include "services/wire/grpc_error.h"
#include "services/wire/grpc_lifetime.h"

namespace portcullis::services {

namespace {

constexpr int kGatewayRequestBytesMax = 4 * 1024 * 1024;  // A report with all its findings.
constexpr std::chrono::milliseconds kGatewayStopGrace{500};
constexpr int kContainersPerRequestMax = 64;
constexpr int kBoundPerRequestMax = 1'000;
constexpr std::size_t kIdentifierBytesMax = 200;

grpc::Status gateway_grpc_status(const core::Error& error) {
  return {static_cast<grpc::StatusCode>(grpc_code(error.code)), error.message};
}

grpc::Status bad_field(const std::string& why) {
  return {grpc::StatusCode::INVALID_ARGUMENT, why};
}

core::Result<core::InspectionReport> report_of(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded())
    return core::Error{core::ErrorCode::kInvalidInput, "report_json: is not JSON"};
  auto report = core::report_from_json(json);
  if (!report.ok()) return report.error().with_context("report_json");
  return report;
}

/// File names may hold any bytes; the wire's texts are UTF-8.
std::string ascii_text(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  return text;
}

class GatewayService final : public api::v1::Gateway::Service {
 public:
  explicit GatewayService(customs::GatewayPort& gateway) : gateway_(gateway) {}

  grpc::Status FindDeclarations(grpc::ServerContext*,
                                const api::v1::FindDeclarationsRequest* request,
                                api::v1::FindDeclarationsReply* reply) override {
    if (request->container_numbers_size() > kContainersPerRequestMax)
      return bad_field(fmt::format("container_numbers: more than {}", kContainersPerRequestMax));
    if (request->chassis_size() > kContainersPerRequestMax)
      return bad_field(fmt::format("chassis: more than {}", kContainersPerRequestMax));
    const customs::VehicleNumbers numbers{
        {request->container_numbers().begin(), request->container_numbers().end()},
        request->vehicle_plate(),
        {request->chassis().begin(), request->chassis().end()}};
    for (const auto& number : numbers.containers) {
      if (number.size() > kIdentifierBytesMax)
        return bad_field("container_numbers: longer than 200 bytes");
    }
    for (const auto& number : numbers.chassis) {
      if (number.size() > kIdentifierBytesMax) return bad_field("chassis: longer than 200 bytes");
    }
    if (request->vehicle_plate().size() > kIdentifierBytesMax)
      return bad_field("vehicle_plate: longer than 200 bytes");
    const auto found = gateway_.find_declarations(numbers);
    if (!found.ok()) return gateway_grpc_status(found.error());
    for (const auto& one : *found) {
      auto* wire = reply->add_declarations();
      wire->set_id(one.id);
      wire->set_matched_by(one.matched_by);
      wire->set_json(core::to_json(one.declaration)
                         .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
    return grpc::Status::OK;
  }

  grpc::Status BindDeclarations(grpc::ServerContext*,
                                const api::v1::BindDeclarationsRequest* request,
                                api::v1::BindDeclarationsReply* reply) override {
    customs::BindingReport report;
    report.scan_id = request->scan_id();
    if (report.scan_id.empty() || report.scan_id.size() > kIdentifierBytesMax)
      return bad_field("scan_id: must have 1 to 200 bytes");
    if (request->declaration_ids_size() > kBoundPerRequestMax)
      return bad_field(fmt::format("declaration_ids: more than {}", kBoundPerRequestMax));
    for (const auto& id : request->declaration_ids()) {
      if (id.size() > kIdentifierBytesMax)
        return bad_field("declaration_ids: longer than 200 bytes");
      report.declaration_ids.push_back(id);
    }
    if (request->has_draw()) {
      if (!(request->draw() >= 0 && request->draw() < 1))
        return bad_field("draw: must be from 0 to below 1");
      report.draw = request->draw();
    }
    const auto selections = gateway_.bind(report);
    if (!selections.ok()) return gateway_grpc_status(selections.error());
    for (const auto& one : *selections) {
      auto* wire = reply->add_selections();
      wire->set_declaration_id(one.declaration_id);
      wire->set_channel(one.channel);
      wire->set_reason(one.reason);
      wire->set_random(one.random);
      wire->set_is_new(one.is_new);
      for (const auto& rule : one.rules) wire->add_rules(rule);
    }
    return grpc::Status::OK;
  }

  grpc::Status AssessRevenue(grpc::ServerContext*, const api::v1::AssessRevenueRequest* request,
                             api::v1::AssessRevenueReply* reply) override {
    if (request->declaration_ids_size() > kBoundPerRequestMax)
      return bad_field(fmt::format("declaration_ids: more than {}", kBoundPerRequestMax));
    std::vector<std::string> ids;
    for (const auto& id : request->declaration_ids()) {
      if (id.size() > kIdentifierBytesMax)
        return bad_field("declaration_ids: longer than 200 bytes");
      ids.push_back(id);
    }
    const auto report = report_of(request->report_json());
    if (!report.ok()) return bad_field(report.error().message);
    const auto check = gateway_.assess_revenue(ids, *report);
    if (!check.ok()) return gateway_grpc_status(check.error());
    if (*check)
      reply->set_check_json(
          core::to_json(**check).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return grpc::Status::OK;
  }

  grpc::Status CheckOrders(grpc::ServerContext*, const api::v1::CheckOrdersRequest* request,
                           api::v1::CheckOrdersReply* reply) override {
    if (request->container_numbers_size() > kContainersPerRequestMax)
      return bad_field(fmt::format("container_numbers: more than {}", kContainersPerRequestMax));
    if (request->declaration_ids_size() > kBoundPerRequestMax)
      return bad_field(fmt::format("declaration_ids: more than {}", kBoundPerRequestMax));
    const std::vector<std::string> numbers(request->container_numbers().begin(),
                                           request->container_numbers().end());
    const std::vector<std::string> ids(request->declaration_ids().begin(),
                                       request->declaration_ids().end());
    const auto too_long = [](const std::string& one) { return one.size() > kIdentifierBytesMax; };
    if (std::any_of(numbers.begin(), numbers.end(), too_long))
      return bad_field("container_numbers: longer than 200 bytes");
    if (std::any_of(ids.begin(), ids.end(), too_long))
      return bad_field("declaration_ids: longer than 200 bytes");
    const auto check = gateway_.check_orders(numbers, ids);
    if (!check.ok()) return gateway_grpc_status(check.error());
    if (*check)
      reply->set_check_json(
          core::to_json(**check).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return grpc::Status::OK;
  }

  grpc::Status SubmitDecision(grpc::ServerContext*, const api::v1::SubmitDecisionRequest* request,
                              api::v1::SubmitDecisionReply* reply) override {
    customs::DecisionSubmission submission;
    submission.idempotency_key = request->idempotency_key();
    submission.declaration_id = request->declaration_id();
    if (submission.idempotency_key.empty() ||
        submission.idempotency_key.size() > kIdentifierBytesMax)
      return bad_field("idempotency_key: must have 1 to 200 bytes");
    if (submission.declaration_id.size() > kIdentifierBytesMax)
      return bad_field("declaration_id: longer than 200 bytes");
    const auto decision_json = nlohmann::json::parse(request->decision_json(), nullptr, false);
    if (decision_json.is_discarded()) return bad_field("decision_json: is not JSON");
    auto decision = core::decision_from_json(decision_json);
    if (!decision.ok()) return bad_field("decision_json: " + decision.error().message);
    submission.decision = std::move(decision).value();
    auto report = report_of(request->report_json());
    if (!report.ok()) return bad_field(report.error().message);
    submission.report = std::move(report).value();
    const auto receipt = gateway_.submit_decision(submission);
    if (!receipt.ok()) return gateway_grpc_status(receipt.error());
    reply->set_accepted(true);
    reply->set_answer_file(receipt->answer_file);
    reply->set_message(receipt->message);
    return grpc::Status::OK;
  }

  grpc::Status Status(grpc::ServerContext*, const api::v1::GatewayStatusRequest*,
                      api::v1::GatewayStatusReply* reply) override {
    const auto status = gateway_.status();
    if (!status.ok()) return gateway_grpc_status(status.error());
    reply->set_software_version(status->software_version);
    reply->set_declarations(status->declarations);
    reply->set_quarantined(status->quarantined);
    reply->set_answers_written(status->answers_written);
    reply->set_last_quarantine_reason(ascii_text(status->last_quarantine_reason));
    return grpc::Status::OK;
  }

 private:
  customs::GatewayPort& gateway_;
};

bool gateway_socket_answers(const sockaddr_un& address) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return false;
  const int result =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  const bool answers = result == 0 || errno == EAGAIN;  // EAGAIN: its backlog is full.
  ::close(descriptor);
  return answers;
}

core::Status free_gateway_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path)) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       fmt::format("socket {}: the path must have 1 to 107 bytes", path)};
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return {};
  if (!S_ISSOCK(info.st_mode))
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("socket {}: something else has this name; remove it", path)};
  if (gateway_socket_answers(address))
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("socket {}: another process serves it; stop that first", path)};
  ::unlink(path.c_str());
  return {};
}

}  // namespace

class GatewayServer::Impl {
 public:
  explicit Impl(customs::GatewayPort& gateway) : service_(gateway) {}

  core::Status start(const std::string& path) {
    PC_ASSERT(server_ == nullptr);
    PC_CHECK(free_gateway_socket(path));
    keep_grpc_running();
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + path, grpc::InsecureServerCredentials());
    builder.SetMaxReceiveMessageSize(kGatewayRequestBytesMax);
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || ::chmod(path.c_str(), S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0) {
      stop();
      return core::Error{core::ErrorCode::kIo,
                         fmt::format("socket {}: cannot listen; does its folder exist?", path)};
    }
    path_ = path;
    return {};
  }

  void stop() {
    if (server_ != nullptr) {
      server_->Shutdown(std::chrono::system_clock::now() + kGatewayStopGrace);
      server_->Wait();
    }
    server_.reset();
    if (!path_.empty()) ::unlink(path_.c_str());
    path_.clear();
  }

 private:
  GatewayService service_;
  std::unique_ptr<grpc::Server> server_;
  std::string path_;
};

GatewayServer::GatewayServer(customs::GatewayPort& gateway)
    : impl_(std::make_unique<Impl>(gateway)) {}
GatewayServer::~GatewayServer() {
  stop();
}
core::Status GatewayServer::start(const std::filesystem::path& socket_path) {
  return impl_->start(socket_path.string());
}
void GatewayServer::stop() {
  impl_->stop();
}

}  // namespace portcullis::services
