#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "access/sessions.h"
#include "api/lane.grpc.pb.h"
#include "services/lane/caller.h"
#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"
#include "tests/support/socket_folder.h"

namespace portcullis::services {
namespace {

namespace wire = portcullis::api::v1;
using namespace std::chrono_literals;
using access::Right;
using access::Role;

constexpr const char* kWords = "four plain old words";

/// A lane with an account for each role, named as the role.
class LoginTest : public ::testing::Test {
 protected:
  LoginTest() {
    auto opened = access::AccountStore::open(folder_.path() / "accounts.sqlite", true,
                                             {1, std::size_t{1} << 16U});
    EXPECT_TRUE(opened.ok());
    store_ = std::move(opened).value();
    for (int i = 0; i < access::kRoleCount; ++i) {
      const auto role = static_cast<Role>(i);
      EXPECT_TRUE(store_->add(std::string(role_name(role)), {role}, kWords, false, {}).ok());
    }
    sessions_ = std::make_unique<access::Sessions>(*store_, access::Sessions::Config{}, clock_,
                                                   [](auto, const auto&, const auto&) {});
    server_ = std::make_unique<LaneServer>(lane_, sessions_.get());
    EXPECT_TRUE(server_->start(folder_.path() / "lane.sock").ok());
    stub_ = wire::Lane::NewStub(grpc::CreateChannel(
        "unix:" + (folder_.path() / "lane.sock").string(), grpc::InsecureChannelCredentials()));
    lane_.show_case(test::truck_case("case-1", "scan-1", false));
  }
  ~LoginTest() override { server_->stop(); }
  wire::LoginReply login(const std::string& name, const std::string& password = kWords) {
    grpc::ClientContext context;
    wire::LoginRequest request;
    request.set_name(name);
    request.set_password(password);
    wire::LoginReply reply;
    EXPECT_TRUE(stub_->Login(&context, request, &reply).ok());
    return reply;
  }
  static void carry(grpc::ClientContext& context, const std::string& token) {
    context.set_deadline(std::chrono::system_clock::now() + 10s);
    if (!token.empty()) context.AddMetadata("portcullis-session", token);
  }
  template <class Reply, class Request>
  grpc::StatusCode call(grpc::Status (wire::Lane::Stub::*method)(grpc::ClientContext*,
                                                                 const Request&, Reply*),
                        const Request& request, const std::string& token, Reply* reply = nullptr) {
    grpc::ClientContext context;
    carry(context, token);
    Reply own;
    return (stub_.get()->*method)(&context, request, reply == nullptr ? &own : reply).error_code();
  }
  /// The first message, or why there is none.
  template <class Message, class Request>
  grpc::StatusCode first(std::unique_ptr<grpc::ClientReader<Message>> (wire::Lane::Stub::*method)(
                             grpc::ClientContext*, const Request&),
                         const Request& request, const std::string& token,
                         std::chrono::milliseconds limit = 10s) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + limit);
    if (!token.empty()) context.AddMetadata("portcullis-session", token);
    const auto reader = (stub_.get()->*method)(&context, request);
    Message message;
    if (reader->Read(&message)) {
      context.TryCancel();
      return grpc::StatusCode::OK;
    }
    return reader->Finish().error_code();
  }
  grpc::StatusCode command(wire::CommandRequest::Kind kind, const std::string& token) {
    wire::CommandRequest request;
    request.set_kind(kind);
    return call(&wire::Lane::Stub::Command, request, token);
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  test::FakeLane lane_;
  std::unique_ptr<access::AccountStore> store_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<LaneServer> server_;
  std::unique_ptr<wire::Lane::Stub> stub_;
};

TEST_F(LoginTest, EveryCallForEveryRole) {
  using Stub = wire::Lane::Stub;
  wire::GetImageRequest image;
  image.set_scan_id("scan-1");
  wire::WatchCaseRequest watched;
  watched.set_case_id("case-1");
  const struct {
    const char* name;
    Right right;
    std::function<grpc::StatusCode(const std::string&)> call;
  } calls[] = {
      {"START", Right::kScan, [&](auto& t) { return command(wire::CommandRequest::START, t); }},
      {"RESET", Right::kPrepare, [&](auto& t) { return command(wire::CommandRequest::RESET, t); }},
      {"WARM_UP", Right::kPrepare,
       [&](auto& t) { return command(wire::CommandRequest::WARM_UP, t); }},
      {"CALIBRATE", Right::kPrepare,
       [&](auto& t) { return command(wire::CommandRequest::CALIBRATE, t); }},
      {"MAINTENANCE_ENTER", Right::kMaintain,
       [&](auto& t) { return command(wire::CommandRequest::MAINTENANCE_ENTER, t); }},
      {"MAINTENANCE_LEAVE", Right::kMaintain,
       [&](auto& t) { return command(wire::CommandRequest::MAINTENANCE_LEAVE, t); }},
      // Nothing is scanned now: who may look waits until the deadline.
      {"WatchWaterfall", Right::kSeeLane,
       [&](auto& t) {
         return first(&Stub::WatchWaterfall, wire::WatchWaterfallRequest(), t, 150ms);
       }},
      {"WatchCase", Right::kSeeCases, [&](auto& t) { return first(&Stub::WatchCase, watched, t); }},
      {"GetCase", Right::kSeeCases,
       [&](auto& t) { return call(&Stub::GetCase, wire::GetCaseRequest(), t); }},
      {"ListCases", Right::kSeeCases,
       [&](auto& t) { return call(&Stub::ListCases, wire::ListCasesRequest(), t); }},
      {"FindCases", Right::kSeeCases,
       [&](auto& t) { return call(&Stub::FindCases, wire::FindCasesRequest(), t); }},
      {"AnswerAlarm", Right::kPrepare,
       [&](auto& t) { return call(&Stub::AnswerAlarm, wire::AnswerAlarmRequest(), t); }},
      {"FindAlarms", Right::kSeeLane,
       [&](auto& t) { return call(&Stub::FindAlarms, wire::FindAlarmsRequest(), t); }},
      {"GetImage", Right::kSeeCases, [&](auto& t) { return first(&Stub::GetImage, image, t); }},
      {"AnswerFinding", Right::kRead,
       [&](auto& t) {
         wire::AnswerFindingRequest request;
         request.set_answer("agree");
         return call(&Stub::AnswerFinding, request, t);
       }},
      {"Decide", Right::kRead,
       [&](auto& t) { return call(&Stub::Decide, wire::DecideRequest(), t); }},
      {"SetMarks", Right::kRead,
       [&](auto& t) { return call(&Stub::SetMarks, wire::SetMarksRequest(), t); }},
      {"ProposeIdentity", Right::kIdentify,
       [&](auto& t) { return call(&Stub::ProposeIdentity, wire::IdentityRequest(), t); }},
      {"ConfirmIdentity", Right::kIdentify,
       [&](auto& t) { return call(&Stub::ConfirmIdentity, wire::IdentityRequest(), t); }},
      {"FirstLook", Right::kRead,
       [&](auto& t) { return call(&Stub::FirstLook, wire::FirstLookRequest(), t); }},
      {"OpenCase", Right::kRead,
       [&](auto& t) { return call(&Stub::OpenCase, wire::OpenCaseRequest(), t); }},
      {"ChooseDeclaration", Right::kRead,
       [&](auto& t) {
         return call(&Stub::ChooseDeclaration, wire::ChooseDeclarationRequest(), t);
       }},
      {"Override", Right::kOverride,
       [&](auto& t) { return call(&Stub::Override, wire::OverrideRequest(), t); }},
      {"RecordOutcome", Right::kInspect,
       [&](auto& t) { return call(&Stub::RecordOutcome, wire::RecordOutcomeRequest(), t); }},
      {"Supervise", Right::kSupervise,
       [&](auto& t) { return call(&Stub::Supervise, wire::SuperviseRequest(), t); }},
  };
  for (const auto& one : calls) {
    EXPECT_EQ(one.call(""), grpc::StatusCode::UNAUTHENTICATED) << one.name;
    EXPECT_EQ(one.call(std::string(64, 'a')), grpc::StatusCode::UNAUTHENTICATED) << one.name;
  }
  for (int i = 0; i < access::kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const auto session = login(std::string(role_name(role)));
    ASSERT_TRUE(session.ok()) << session.reason();
    for (const auto& one : calls) {
      const auto code = one.call(session.token());
      EXPECT_NE(code, grpc::StatusCode::UNAUTHENTICATED) << one.name << " " << role_name(role);
      EXPECT_EQ(code == grpc::StatusCode::PERMISSION_DENIED, !access::may({role}, one.right))
          << one.name << " " << role_name(role);
    }
  }
}

TEST_F(LoginTest, StopIsTakenFromAnybody) {
  for (const std::string& token : {std::string(), std::string(64, 'a'), login("auditor").token()})
    EXPECT_EQ(command(wire::CommandRequest::STOP, token), grpc::StatusCode::OK);
  EXPECT_EQ(lane_.commands(), std::vector<LaneCommand>(3, LaneCommand::kStop));
}

TEST_F(LoginTest, WhoDidItIsTheSessionsWordNotTheRequests) {
  const auto session = login("analyst");
  wire::AnswerFindingRequest request;
  request.set_case_id("case-1");
  request.set_answer("agree");
  request.set_user("supervisor");
  wire::Reply reply;
  EXPECT_EQ(call(&wire::Lane::Stub::AnswerFinding, request, session.token(), &reply),
            grpc::StatusCode::OK);
  ASSERT_EQ(lane_.answers().size(), 1U) << reply.reason();
  EXPECT_EQ(lane_.answers()[0].user, "analyst");
}

TEST_F(LoginTest, TheMachineIsShownToAllItsVehicleToWhoIsLoggedIn) {
  test::fill_bays(lane_);
  lane_.change_status([](LaneStatus& status) {
    status.vehicle_plate = "AB123CD";
    status.container_numbers = {"CSQU3054383"};
    status.allowed_commands = {LaneCommand::kStart, LaneCommand::kStop, LaneCommand::kWarmUp};
  });
  const auto status_for = [&](const std::string& token) {
    grpc::ClientContext context;
    carry(context, token);
    const auto reader = stub_->WatchStatus(&context, {});
    wire::LaneStatus status;
    EXPECT_TRUE(reader->Read(&status));
    context.TryCancel();
    return status;
  };
  const auto nobody = status_for("");
  EXPECT_TRUE(nobody.accounts());
  EXPECT_EQ(nobody.state(), "Holding");
  EXPECT_EQ(nobody.SerializeAsString().find("AB123CD"), std::string::npos);
  EXPECT_EQ(nobody.SerializeAsString().find("CSQU3054383"), std::string::npos);
  ASSERT_GT(nobody.bays_size(), 0);
  for (const auto& bay : nobody.bays()) EXPECT_EQ(bay.vehicle_plate() + bay.case_id(), "");
  const auto analyst = status_for(login("analyst").token());
  EXPECT_EQ(analyst.vehicle_plate(), "AB123CD");
  ASSERT_EQ(analyst.allowed_commands_size(), 1);
  EXPECT_EQ(analyst.allowed_commands(0), "STOP");
  EXPECT_EQ(status_for(login("operator").token()).allowed_commands_size(), 3);
}

TEST_F(LoginTest, WhatIsNextIsToldAndSentAheadToWhoReadsAndIsNoView) {
  lane_.set_next({1, 2});
  const auto next_for = [&](const std::string& token) {
    grpc::ClientContext context;
    carry(context, token);
    const auto reader = stub_->WatchStatus(&context, {});
    wire::LaneStatus status;
    EXPECT_TRUE(reader->Read(&status));
    context.TryCancel();
    std::string ids;
    for (const auto& next : status.next_cases())
      ids += next.case_id() + " " + next.scan_id() + "; ";
    return ids;
  };
  const auto image_for = [&](const std::string& token, const char* scan_id, bool ahead) {
    wire::GetImageRequest request;
    request.set_scan_id(scan_id);
    request.set_ahead(ahead);
    return first(&wire::Lane::Stub::GetImage, request, token);
  };
  const std::string analyst = login("analyst").token();
  const std::string inspector = login("inspection_officer").token();  // sees cases, reads none
  EXPECT_EQ(next_for(analyst), "case-1 scan-1; case-2 scan-2; ");
  EXPECT_EQ(next_for(inspector), "");
  EXPECT_EQ(next_for(""), "");
  EXPECT_EQ(image_for(analyst, "scan-2", true), grpc::StatusCode::OK);
  EXPECT_EQ(image_for(analyst, "scan-3", true), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(image_for(inspector, "scan-2", true), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(image_for("", "scan-2", true), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_TRUE(lane_.shown().empty());
  EXPECT_EQ(image_for(analyst, "scan-2", false), grpc::StatusCode::OK);
  EXPECT_EQ(lane_.shown(), std::vector<std::string>{"scan-2"});
}

TEST_F(LoginTest, AStreamEndsWithItsSession) {
  const auto session = login("analyst");
  grpc::ClientContext context;
  carry(context, session.token());
  const auto reader = stub_->WatchCase(&context, {});
  wire::CaseView view;
  ASSERT_TRUE(reader->Read(&view));
  wire::Reply reply;
  EXPECT_EQ(call(&wire::Lane::Stub::Logout, wire::LogoutRequest(), session.token(), &reply),
            grpc::StatusCode::OK);
  while (reader->Read(&view)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(LoginTest, ALoginSaysWhoOneIsAndWhatOneMay) {
  EXPECT_FALSE(login("analyst", "wrong password").ok());
  EXPECT_FALSE(login("analyst", std::string(5000, 'x')).ok());
  const auto session = login("supervisor");
  EXPECT_EQ(session.session().name(), "supervisor");
  ASSERT_EQ(session.session().roles_size(), 1);
  EXPECT_EQ(session.session().rights_size(), 9);  // see_lane, see_cases, read, override, supervise,
                                                  // complain, hand_over, keep_references
  wire::GetSessionRequest active;
  active.set_active(true);
  clock_.advance(9min);
  EXPECT_EQ(call(&wire::Lane::Stub::GetSession, active, session.token()), grpc::StatusCode::OK);
  clock_.advance(9min);
  EXPECT_EQ(call(&wire::Lane::Stub::GetSession, wire::GetSessionRequest(), session.token()),
            grpc::StatusCode::OK);
  clock_.advance(2min);
  EXPECT_EQ(call(&wire::Lane::Stub::GetSession, active, session.token()),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST(LaneWithoutAccounts, SaysThatEverybodyMayDoEverything) {
  const test::SocketFolder folder;
  test::FakeLane lane;
  LaneServer server(lane);
  ASSERT_TRUE(server.start(folder.path() / "lane.sock").ok());
  const auto stub = wire::Lane::NewStub(grpc::CreateChannel(
      "unix:" + (folder.path() / "lane.sock").string(), grpc::InsecureChannelCredentials()));
  {
    grpc::ClientContext context;
    const auto reader = stub->WatchStatus(&context, {});
    wire::LaneStatus status;
    ASSERT_TRUE(reader->Read(&status));
    EXPECT_FALSE(status.accounts());
    EXPECT_EQ(status.access_text(), "no accounts: everyone at this socket may do everything");
    context.TryCancel();
  }
  server.stop();
}

TEST(ShownCase, SaysWhyThisReaderMayNotDecide) {
  CaseView view;
  view.state = CaseState::kToDecide;
  view.reader = "berta";
  view.has_read = {"anna"};
  const auto blocked = [&view](const char* user) {
    CaseView shown = view;
    show_to(user, shown);
    return shown.decision_blocked_because;
  };
  EXPECT_EQ(blocked("anna"), "you have read this case; it waits for another reader");
  EXPECT_EQ(blocked("berta"), "");
  EXPECT_EQ(blocked("carla"), "berta reads this case now");
}

}  // namespace
}  // namespace portcullis::services
