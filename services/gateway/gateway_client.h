#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "core/result.h"
#include "customs/gateway/gateway_api.h"

namespace portcullis::services {

/// The lane's side of api/gateway.proto. Making one never waits or fails: a gateway that is absent
/// is found when it is there, and each call says kUnavailable until then.
///
/// Errors: kUnavailable (no gateway, or it went away in the call: the caller tries again; decisions
/// carry an idempotency key for that), kTimeout (after `deadline`), kProtocol (an answer that
/// cannot be read), and the gateway's own. Threading: all calls are thread-safe; each blocks up to
/// the deadline, so never from a real-time or PLC thread.
class GatewayClient final : public customs::GatewayPort {
 public:
  explicit GatewayClient(const std::filesystem::path& socket_path,
                         std::chrono::milliseconds deadline = std::chrono::milliseconds(2000));
  ~GatewayClient() override;

  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers& numbers) override;
  core::Result<std::vector<customs::BoundSelection>> bind(
      const customs::BindingReport& report) override;
  core::Result<std::optional<core::Check>> assess_revenue(
      const std::vector<std::string>& declaration_ids,
      const core::InspectionReport& report) override;
  core::Result<std::optional<core::Check>> check_orders(
      const std::vector<std::string>& container_numbers,
      const std::vector<std::string>& declaration_ids) override;
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission& submission) override;
  core::Result<customs::GatewayStatus> status() override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::services
