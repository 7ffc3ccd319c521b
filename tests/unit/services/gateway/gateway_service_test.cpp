#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "api/gateway.grpc.pb.h"
#include "services/gateway/gateway_client.h"
#include "services/gateway/gateway_server.h"
#include "tests/support/eventually.h"

namespace portcullis::services {
namespace {

using ::testing::HasSubstr;

/// A gateway that answers what it is told to, remembers what it was asked, and can hang.
class FakeGateway final : public customs::GatewayPort {
 public:
  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers& numbers) override {
    wait_while_held();
    const std::lock_guard lock(mutex);
    asked_vehicle = numbers;
    if (error) return *error;
    return found;
  }
  core::Result<std::vector<customs::BoundSelection>> bind(
      const customs::BindingReport& report) override {
    const std::lock_guard lock(mutex);
    bound = report;
    if (error) return *error;
    return std::vector<customs::BoundSelection>{
        {"a", "red", "Tobacco; caf\xc3\xa9", false, true, {"tobacco-route", "new-party"}},
        {"b", "yellow", "drawn at random", true, false, {}}};
  }
  core::Result<std::optional<core::Check>> assess_revenue(
      const std::vector<std::string>& ids, const core::InspectionReport& report) override {
    const std::lock_guard lock(mutex);
    assessed_ids = ids;
    assessed_scan = report.scan_id;
    if (error) return *error;
    return check;
  }
  core::Result<std::optional<core::Check>> check_orders(
      const std::vector<std::string>& numbers, const std::vector<std::string>& ids) override {
    const std::lock_guard lock(mutex);
    asked_numbers = numbers;
    assessed_ids = ids;
    if (error) return *error;
    return check;
  }
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission& submission) override {
    const std::lock_guard lock(mutex);
    submitted.push_back(submission);
    if (error) return *error;
    return customs::DecisionReceipt{"DMSROG_1.xml", "Answered.", false};
  }
  core::Result<customs::GatewayStatus> status() override {
    const std::lock_guard lock(mutex);
    return customs::GatewayStatus{"1.2.3", 4, 5, 6, "caf\xe9.xml: not UTF-8"};
  }
  void hold(bool on) {
    const std::lock_guard lock(mutex);
    held = on;
    changed.notify_all();
  }
  void wait_while_held() {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds(10), [&] { return !held; });
  }

  std::mutex mutex;
  std::condition_variable changed;
  bool held = false;
  std::vector<std::string> asked_numbers;
  customs::VehicleNumbers asked_vehicle;
  std::vector<customs::FoundDeclaration> found;
  std::vector<customs::DecisionSubmission> submitted;
  customs::BindingReport bound;
  std::vector<std::string> assessed_ids;
  std::string assessed_scan;
  std::optional<core::Check> check;
  std::optional<core::Error> error;
};

std::filesystem::path socket_path(const std::string& name) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("pc-gw-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  return folder / (name + ".sock");
}

customs::DecisionSubmission submission_of(const std::string& key) {
  customs::DecisionSubmission submission;
  submission.idempotency_key = key;
  submission.declaration_id = "d1";
  submission.decision.scan_id = "s1";
  submission.decision.kind = core::DecisionKind::kRelease;
  submission.decision.officer = "m\xc3\xbcller";
  submission.report.scan_id = "s1";
  submission.report.verdict.reasons = {"Nothing found."};
  return submission;
}

TEST(GatewayService, CallsArriveAndAnswersComeBack) {
  FakeGateway gateway;
  customs::FoundDeclaration one;
  one.id = "d1";
  one.matched_by = "container";
  one.declaration.system = "wco";
  one.declaration.lrn = "L1";
  one.declaration.containers.push_back({"CSQU3054383", "22G1", {"S1"}, false});
  gateway.found = {one, one};
  GatewayServer server(gateway);
  const auto path = socket_path("calls");
  ASSERT_TRUE(server.start(path).ok());
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777u, 0660u);

  GatewayClient client(path);
  auto found = client.find_declarations({{"CSQU3054383", "MWCU6059784"}, "AB123", {"TRL 1"}});
  ASSERT_TRUE(found.ok()) << found.error().message;
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ(found->at(0).declaration.containers.at(0).seals.at(0), "S1");
  EXPECT_EQ(found->at(0).matched_by, "container");
  EXPECT_THAT(gateway.asked_vehicle.containers,
              ::testing::ElementsAre("CSQU3054383", "MWCU6059784"));
  EXPECT_EQ(gateway.asked_vehicle.plate, "AB123");
  EXPECT_THAT(gateway.asked_vehicle.chassis, ::testing::ElementsAre("TRL 1"));

  const auto selected = client.bind({"scan-1", {"a", "b"}, 0.25});
  ASSERT_TRUE(selected.ok()) << selected.error().message;
  EXPECT_EQ(gateway.bound.scan_id, "scan-1");
  EXPECT_THAT(gateway.bound.declaration_ids, ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(gateway.bound.draw, 0.25);
  ASSERT_EQ(selected->size(), 2u);
  EXPECT_EQ(selected->at(0).reason, "Tobacco; caf\xc3\xa9");
  EXPECT_THAT(selected->at(0).rules, ::testing::ElementsAre("tobacco-route", "new-party"));
  EXPECT_TRUE(selected->at(1).rules.empty());
  EXPECT_EQ(selected->at(1).channel, "yellow");
  EXPECT_TRUE(selected->at(1).random);
  EXPECT_FALSE(selected->at(1).is_new);
  ASSERT_TRUE(client.bind({"scan-1", {}, std::nullopt}).ok());
  EXPECT_FALSE(gateway.bound.draw.has_value());
  EXPECT_EQ(client.bind({"", {"a"}, 0.25}).error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(client.bind({"scan-1", {"a"}, 1.0}).error().code, core::ErrorCode::kInvalidInput);

  core::InspectionReport judged;
  judged.scan_id = "scan-1";
  auto revenue = client.assess_revenue({"a"}, judged);
  ASSERT_TRUE(revenue.ok()) << revenue.error().message;
  EXPECT_FALSE(revenue->has_value());
  EXPECT_EQ(gateway.assessed_scan, "scan-1");
  gateway.check = core::Check{"revenue", core::CheckOutcome::kDiffers, "2 t more", "10 t", "At."};
  revenue = client.assess_revenue({"a", "b"}, judged);
  ASSERT_TRUE(revenue.ok() && revenue->has_value());
  EXPECT_THAT(gateway.assessed_ids, ::testing::ElementsAre("a", "b"));
  EXPECT_EQ((*revenue)->name, "revenue");
  EXPECT_EQ((*revenue)->outcome, core::CheckOutcome::kDiffers);
  EXPECT_EQ((*revenue)->text, "At.");

  gateway.check.reset();
  auto ordered = client.check_orders({"CSQU3054383"}, {"c"});
  ASSERT_TRUE(ordered.ok()) << ordered.error().message;
  EXPECT_FALSE(ordered->has_value()) << "customs ordered nothing";
  gateway.check = core::Check{"customs", core::CheckOutcome::kDiffers, "hold", "none", "Held."};
  ordered = client.check_orders({"CSQU3054383"}, {"c"});
  ASSERT_TRUE(ordered.ok() && ordered->has_value());
  EXPECT_THAT(gateway.asked_numbers, ::testing::ElementsAre("CSQU3054383"));
  EXPECT_THAT(gateway.assessed_ids, ::testing::ElementsAre("c"));
  EXPECT_EQ((*ordered)->text, "Held.");
  EXPECT_EQ(client.check_orders({std::string(201, 'A')}, {}).error().code,
            core::ErrorCode::kInvalidInput);

  auto receipt = client.submit_decision(submission_of("k1"));
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  EXPECT_EQ(receipt->answer_file, "DMSROG_1.xml");
  ASSERT_EQ(gateway.submitted.size(), 1u);
  EXPECT_EQ(gateway.submitted[0].decision.officer, "m\xc3\xbcller");
  EXPECT_EQ(gateway.submitted[0].report.verdict.reasons.at(0), "Nothing found.");

  auto status = client.status();
  ASSERT_TRUE(status.ok()) << status.error().message;
  EXPECT_EQ(status->declarations, 4u);
  EXPECT_EQ(status->last_quarantine_reason, "caf?.xml: not UTF-8");
  server.stop();
  EXPECT_FALSE(std::filesystem::exists(path));
}

struct ErrorCase {
  core::ErrorCode sent, received;
};
TEST(GatewayService, ErrorsKeepTheirKindAndTheirReason) {
  const ErrorCase cases[] = {
      {core::ErrorCode::kNotFound, core::ErrorCode::kNotFound},
      {core::ErrorCode::kRefused, core::ErrorCode::kRefused},
      {core::ErrorCode::kInvalidInput, core::ErrorCode::kInvalidInput},
      {core::ErrorCode::kUnavailable, core::ErrorCode::kUnavailable},
      {core::ErrorCode::kCorrupt, core::ErrorCode::kCorrupt},
      {core::ErrorCode::kIo, core::ErrorCode::kIo},
      {core::ErrorCode::kTimeout, core::ErrorCode::kTimeout},
      {core::ErrorCode::kUnsupported, core::ErrorCode::kUnsupported},
  };
  FakeGateway gateway;
  GatewayServer server(gateway);
  const auto path = socket_path("errors");
  ASSERT_TRUE(server.start(path).ok());
  GatewayClient client(path);
  for (const auto& one : cases) {
    {
      const std::lock_guard lock(gateway.mutex);
      gateway.error = core::Error{one.sent, "because of the test"};
    }
    const auto receipt = client.submit_decision(submission_of("k"));
    ASSERT_FALSE(receipt.ok());
    EXPECT_EQ(receipt.error().code, one.received);
    EXPECT_THAT(receipt.error().message, HasSubstr("because of the test"));
  }
}

TEST(GatewayService, WithoutAGatewayItIsUnavailableAndFoundAgainWhenItIsThere) {
  FakeGateway gateway;
  const auto path = socket_path("absent");
  GatewayClient client(path, std::chrono::milliseconds(500));
  EXPECT_EQ(client.status().error().code, core::ErrorCode::kUnavailable);
  for (int life = 0; life < 2; ++life) {
    GatewayServer server(gateway);
    ASSERT_TRUE(server.start(path).ok());
    EXPECT_TRUE(test::eventually([&] { return client.status().ok(); }))
        << client.status().error().message;
    server.stop();
    EXPECT_FALSE(client.status().ok());
  }
}

TEST(GatewayService, AGatewayThatHangsCostsTheDeadline) {
  FakeGateway gateway;
  gateway.hold(true);
  GatewayServer server(gateway);
  const auto path = socket_path("hang");
  ASSERT_TRUE(server.start(path).ok());
  GatewayClient client(path, std::chrono::milliseconds(100));
  const auto found = client.find_declarations({{"A"}, "", {}});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, core::ErrorCode::kTimeout);
  gateway.hold(false);
}

TEST(GatewayService, SocketPathsAreChecked) {
  FakeGateway gateway;
  GatewayServer first(gateway);
  const auto path = socket_path("taken");
  ASSERT_TRUE(first.start(path).ok());
  GatewayServer second(gateway);
  EXPECT_EQ(second.start(path).error().code, core::ErrorCode::kUnavailable);
  GatewayServer third(gateway);
  EXPECT_EQ(third.start("/tmp/" + std::string(120, 'x')).error().code,
            core::ErrorCode::kInvalidConfig);
  EXPECT_EQ(third.start("/no/such/folder/a.sock").error().code, core::ErrorCode::kIo);
  const auto file = socket_path("file");
  std::ofstream(file) << "precious";
  EXPECT_EQ(third.start(file).error().code, core::ErrorCode::kIo);
  EXPECT_TRUE(std::filesystem::exists(file));
}

// What other clients may send: checked before the gateway sees it.
TEST(GatewayService, HostileRequestsAreRefused) {
  FakeGateway gateway;
  GatewayServer server(gateway);
  const auto path = socket_path("hostile");
  ASSERT_TRUE(server.start(path).ok());
  const auto stub = api::v1::Gateway::NewStub(
      grpc::CreateChannel("unix:" + path.string(), grpc::InsecureChannelCredentials()));
  const auto submit = [&](const std::string& key, const std::string& decision,
                          const std::string& report) {
    api::v1::SubmitDecisionRequest request;
    request.set_idempotency_key(key);
    request.set_decision_json(decision);
    request.set_report_json(report);
    api::v1::SubmitDecisionReply reply;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
    return stub->SubmitDecision(&context, request, &reply);
  };
  EXPECT_THAT(submit("", "{}", "{}").error_message(), HasSubstr("idempotency_key"));
  EXPECT_THAT(submit("k", "{", "{}").error_message(), HasSubstr("decision_json: is not JSON"));
  EXPECT_THAT(submit("k", R"({"decision":"fire"})", "{}").error_message(),
              HasSubstr("decision_json"));
  EXPECT_THAT(submit("k", R"({"decision":"release"})", "[]").error_message(),
              HasSubstr("report_json"));
  EXPECT_EQ(submit("k", std::string(5'000'000, ' '), "{}").error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  api::v1::FindDeclarationsRequest request;
  for (int i = 0; i < 65; ++i) request.add_container_numbers("A");
  api::v1::FindDeclarationsReply reply;
  grpc::ClientContext context;
  EXPECT_EQ(stub->FindDeclarations(&context, request, &reply).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(gateway.submitted.empty());
}

}  // namespace
}  // namespace portcullis::services
