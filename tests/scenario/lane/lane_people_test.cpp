// People with accounts on a lane whose vehicles are drawn by a signer; a case without a scan; and
// what the audit log says of both.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "access/account_store.h"
#include "api/lane.grpc.pb.h"
#include "api/office.grpc.pb.h"
#include "archive/catalogue.h"
#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"
#include "tests/support/environment.h"
#include "tests/support/eventually.h"

namespace portcullis::scenario {
namespace {

namespace v1 = api::v1;
using access::Role;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

constexpr const char* kPassword = "long enough 4 anybody";

/// One person at a screen of the lane, logged in.
class Person {
 public:
  Person(const LaneSession& lane, std::string name) {
    const auto channel = grpc::CreateChannel("unix:" + lane.api_socket().string(),
                                             grpc::InsecureChannelCredentials());
    stub_ = v1::Lane::NewStub(channel);
    office_ = v1::Office::NewStub(channel);
    v1::LoginRequest request;
    request.set_name(std::move(name));
    request.set_password(kPassword);
    const auto reply = ask<v1::LoginReply>(&v1::Lane::Stub::Login, request);
    EXPECT_TRUE(reply.ok()) << reply.reason();
    token_ = reply.token();
  }

  template <class Reply, class Request>
  Reply ask(grpc::Status (v1::Lane::Stub::*call)(grpc::ClientContext*, const Request&, Reply*),
            const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    if (!token_.empty()) context.AddMetadata("portcullis-session", token_);
    Reply reply;
    const auto called = ((*stub_).*call)(&context, request, &reply);
    EXPECT_TRUE(called.ok()) << called.error_message();
    return reply;
  }
  v1::CaseView see(const std::string& case_id = {}) {
    v1::GetCaseRequest request;
    request.set_case_id(case_id);
    return ask<v1::CaseView>(&v1::Lane::Stub::GetCase, request);
  }
  /// What he sees before the findings appear.
  v1::Reply look(const std::string& case_id, bool something) {
    v1::FirstLookRequest request;
    request.set_case_id(case_id);
    request.set_something(something);
    return ask<v1::Reply>(&v1::Lane::Stub::FirstLook, request);
  }
  /// Answers every finding and decides.
  v1::Reply read(const std::string& case_id, const std::string& decision) {
    v1::OpenCaseRequest open;
    open.set_case_id(case_id);
    const auto opened = ask<v1::Reply>(&v1::Lane::Stub::OpenCase, open);
    EXPECT_TRUE(opened.ok()) << opened.reason();
    for (int i = 0; i < see(case_id).answers_size(); ++i) {
      v1::AnswerFindingRequest answer;
      answer.set_case_id(case_id);
      answer.set_finding(static_cast<std::uint32_t>(i));
      answer.set_answer("agree");
      EXPECT_TRUE(ask<v1::Reply>(&v1::Lane::Stub::AnswerFinding, answer).ok());
    }
    v1::DecideRequest request;
    request.set_case_id(case_id);
    request.set_decision(decision);
    request.set_reason_code("waiting_for_documents");
    request.set_time_on_image_ms(1'500);
    return ask<v1::Reply>(&v1::Lane::Stub::Decide, request);
  }
  std::string report(const std::string& case_id, const std::string& language) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(90));
    if (!token_.empty()) context.AddMetadata("portcullis-session", token_);
    v1::GetReportRequest request;
    request.set_case_id(case_id);
    request.set_language(language);
    const auto reader = office_->GetReport(&context, request);
    std::string pdf;
    v1::ReportData part;
    while (reader->Read(&part)) pdf += part.data();
    const auto status = reader->Finish();
    EXPECT_TRUE(status.ok()) << status.error_message();
    return pdf;
  }
  bool start() {
    v1::CommandRequest request;
    request.set_kind(v1::CommandRequest::START);
    const auto reply = ask<v1::CommandReply>(&v1::Lane::Stub::Command, request);
    EXPECT_TRUE(reply.accepted()) << reply.reason();
    return reply.accepted();
  }

 private:
  std::unique_ptr<v1::Lane::Stub> stub_;
  std::unique_ptr<v1::Office::Stub> office_;
  std::string token_;
};

/// Exit code of `portcullis ARGUMENTS`, its output appended to `said`.
int portcullis_tool(std::vector<std::string> arguments, const std::filesystem::path& said) {
  auto started = core::ChildProcess::start(
      {std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) / "portcullis",
       std::move(arguments),
       {},
       said,
       -1});
  EXPECT_TRUE(started.ok());
  if (!started.ok()) return -1;
  const auto ended = started->wait(std::chrono::seconds(60));
  return ended ? ended->code : -1;
}

std::string text_in(const std::filesystem::path& path) {
  const auto text = core::read_file(path, 16 << 20);
  return text.ok() ? *text : std::string();
}

/// Entries of each type that `portcullis audit verify` counts.
nlohmann::json verified(const LaneSession& lane) {
  const auto out = lane.folder() / "verify.json";
  std::filesystem::remove(out);
  const auto audit = lane.records() / "audit";
  EXPECT_EQ(portcullis_tool({"audit", "verify", audit.string(), "--key",
                             (audit / "log.vkey").string(), "--json"},
                            out),
            0)
      << text_in(out);
  const auto said = nlohmann::json::parse(text_in(out), nullptr, false);
  return said.is_object() ? said.value("types", nlohmann::json::object())
                          : nlohmann::json::object();
}

TEST(LaneScenario, DrawnReadTwiceOverriddenPrintedAndAllOfItProven) {
  const test::SocketFolder own;
  const auto accounts = own.path() / "accounts.sqlite", socket = own.path() / "signer.sock";
  {
    auto store = access::AccountStore::open(accounts, true, {1, std::size_t{8} << 20U});
    ASSERT_TRUE(store.ok()) << store.error().message;
    const access::By by{"test", core::SystemClock().utc_now()};
    ASSERT_TRUE((*store)->add("olga", {Role::kOperator}, kPassword, false, by).ok());
    ASSERT_TRUE((*store)->add("anna", {Role::kAnalyst}, kPassword, false, by).ok());
    ASSERT_TRUE((*store)->add("ben", {Role::kAnalyst}, kPassword, false, by).ok());
    ASSERT_TRUE((*store)->add("carla", {Role::kSupervisor}, kPassword, false, by).ok());
  }
  LaneSession lane("people", {.cycle = "review = \"bay\"\nbays = 1\n\n[access]\naccounts = \"" +
                                       accounts.string() + "\"\n\n[draws]\nsigner_socket = \"" +
                                       socket.string() + "\"\n"});
  ASSERT_TRUE(lane.start());

  // The signer, and a shift of two parties.
  const auto audit = lane.records() / "audit";
  auto signer = core::ChildProcess::start(
      {std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) /
           "portcullis-signer",
       {"--log", audit.string(), "--key", (audit / "log.vkey").string(), "--socket",
        socket.string()},
       {},
       lane.folder() / "logs" / "signer.log",
       -1});
  ASSERT_TRUE(signer.ok());
  ASSERT_TRUE(test::eventually([&] { return std::filesystem::exists(socket); }, Seconds(20)));
  const auto said = lane.folder() / "logs" / "tool.log";
  const auto signs = [&](const std::string& command, std::vector<std::string> more) {
    std::vector<std::string> arguments{"signer", command, "early", "--socket", socket.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return portcullis_tool(std::move(arguments), said);
  };
  std::ofstream(own.path() / "rota") << "anna\nben\n";
  ASSERT_EQ(signs("open", {"--reveal-by", "2100-01-01T00:00:00Z", "--rota",
                           (own.path() / "rota").string(), "--readers", "2", "--scan", "1",
                           "--second", "1", "--open", "0", "--first", "1"}),
            0)
      << text_in(said);
  for (const std::string party : {"office", "auditor"}) {
    const auto share = own.path() / party;
    std::ofstream(share) << std::string(64, party == "office" ? '1' : '2') << "\n";
    ASSERT_EQ(signs("share", {"--party", party, "--share-file", share.string()}), 0)
        << text_in(said);
  }
  ASSERT_TRUE(test::eventually([&] { return verified(lane).value("draw_commit", 0) >= 2; },
                               Seconds(30), std::chrono::milliseconds(200)));

  // A truck is scanned and stands in its bay; it was drawn for a second reader.
  ASSERT_TRUE(lane.send(lane.make_truck(3)));
  // Who is not logged in is not told what is allowed.
  ASSERT_TRUE(lane.wait_for(
      "the truck to be ready to be scanned",
      [](const Status& s) {
        return s.state() == "AwaitingClear" && s.next_text().rfind("ready", 0) == 0;
      },
      Seconds(40)));
  Person olga(lane, "olga"), anna(lane, "anna"), ben(lane, "ben"), carla(lane, "carla");
  ASSERT_TRUE(olga.start());
  ASSERT_TRUE(lane.wait_for(
      "the truck to stand in its bay",
      [](const Status& s) { return s.bays_size() == 1 && s.bays(0).place() == "Waiting"; },
      Seconds(60)));
  v1::CaseView view;
  ASSERT_TRUE(test::eventually(
      [&] {
        view = anna.see();
        return view.state() == "to_decide" && view.first_look() == "wanted" &&
               view.decision_blocked_because().find("say first what you see") == 0;
      },
      Seconds(60), std::chrono::milliseconds(50)));
  const std::string id = view.case_id();
  // It was drawn to be read first, too: by each of its readers.
  auto reply = anna.read(id, "hold");
  EXPECT_FALSE(reply.ok());
  EXPECT_NE(reply.reason().find("say first what you see"), std::string::npos) << reply.reason();
  EXPECT_TRUE(nlohmann::json::parse(view.report_json()).at("findings").empty());
  ASSERT_TRUE(test::eventually([&] { return anna.look(id, false).ok(); }, Seconds(10)));
  EXPECT_EQ(anna.see(id).first_look(), "taken");
  reply = anna.read(id, "hold");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  EXPECT_EQ(ben.see(id).state(), "to_decide") << "one reading is not enough here";
  EXPECT_EQ(ben.see(id).first_look(), "wanted") << "he is told of no other";
  ASSERT_TRUE(ben.look(id, false).ok());
  reply = ben.read(id, "hold");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_for("the bay to hold its truck",
                            [](const Status& s) { return s.bays(0).place() == "Held"; }));
  v1::OverrideRequest overriding;
  overriding.set_case_id(id);
  overriding.set_decision("release");
  overriding.set_reason_code("explained_by_documents");
  overriding.set_reason_text("The invoice came by mail.");
  reply = carla.ask<v1::Reply>(&v1::Lane::Stub::Override, overriding);
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_for("the bay to be empty",
                            [](const Status& s) { return s.bays(0).place() == "Empty"; }));

  // Printed, with its arrival and its image's time; the print is an entry.
  const auto pdf = lane.folder() / "case.pdf";
  ASSERT_EQ(portcullis_tool({"report", id, "--archive", lane.records().string(), "--out",
                             pdf.string(), "--language", "ar"},
                            said),
            0)
      << text_in(said);
  EXPECT_EQ(text_in(pdf).substr(0, 5), "%PDF-");
  const auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok());
  // From a screen: another entry, in the name of who asked for it.
  EXPECT_TRUE(anna.report(id, "fr").starts_with("%PDF-"));

  ASSERT_EQ(signs("end", {}), 0) << text_in(said);
  ASSERT_TRUE(test::eventually(
      [&] {
        const auto types = verified(lane);
        return types.value("draw_reveal", 0) >= 1 && types.value("print", 0) == 2;
      },
      Seconds(30), std::chrono::milliseconds(200)));
  lane.stop_lane();
  const auto types = verified(lane);
  EXPECT_EQ(types.value("login", 0), 4);
  EXPECT_EQ(types.value("arrival", 0), 1);
  EXPECT_EQ(types.value("draw", 0), 6) << types.dump();
  EXPECT_EQ(types.value("first_look", 0), 2);
  EXPECT_EQ(types.value("draw_missing", 0), 0);
  EXPECT_EQ(types.value("reading", 0), 1);
  EXPECT_EQ(types.value("decision", 0), 1);
  EXPECT_EQ(types.value("override", 0), 1);
  const auto draws = lane.folder() / "draws.json";
  EXPECT_EQ(portcullis_tool({"audit", "draws", audit.string(), "--key",
                             (audit / "log.vkey").string(), "--json"},
                            draws),
            0)
      << text_in(draws);
  const auto recomputed = nlohmann::json::parse(text_in(draws), nullptr, false);
  ASSERT_TRUE(recomputed.is_object()) << text_in(draws);
  EXPECT_EQ(recomputed.value("draws_recomputed", 0), 6);
}

TEST(LaneScenario, AVehicleThatLeavesWithoutAScanHasACaseWithItsReason) {
  LaneSession lane("unscanned");
  ASSERT_TRUE(lane.start());
  const Truck truck = lane.make_truck(4);
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.wait_state("AwaitingClear", Seconds(40)));
  EXPECT_TRUE(lane.cases().empty());
  // As if the driver had got in and backed out.
  EXPECT_TRUE(lane.ask_simulator({{"cmd", "input"}, {"tag", "vehicle_in_tunnel"}, {"value", false}})
                  .value("ok", false));
  ASSERT_TRUE(lane.wait_for("the vehicle to be gone",
                            [](const Status& s) { return s.state() != "AwaitingClear"; }));
  std::vector<v1::CaseSummary> cases;
  ASSERT_TRUE(test::eventually(
      [&] {
        cases = lane.cases();
        return cases.size() == 1 && !cases.front().verdict().empty();
      },
      Seconds(30), std::chrono::milliseconds(50)));
  const auto& summary = cases.front();
  EXPECT_EQ(summary.scan_outcome(), "aborted");
  EXPECT_EQ(summary.container_number(), truck.container);
  const auto view = lane.case_view(summary.case_id());
  ASSERT_EQ(view.scan_damage_size(), 1);
  EXPECT_NE(view.scan_damage(0).find("left without a scan"), std::string::npos)
      << view.scan_damage(0);
  EXPECT_EQ(view.declarations_size(), 1) << "what was declared is bound all the same";
  EXPECT_FALSE(lane.decide(summary.case_id(), "release", "as_declared").ok());

  const auto record = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite")
                          ->show(summary.scan_id());
  ASSERT_TRUE(record.ok());
  EXPECT_TRUE(record->scan.file.empty());
  ASSERT_TRUE(record->arrival.has_value());
  EXPECT_EQ(record->arrival->visit.rfind("visit-", 0), 0U);
  EXPECT_LE(record->arrival->at, record->scan.ended);
}

}  // namespace
}  // namespace portcullis::scenario
