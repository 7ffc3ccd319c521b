// Two customs systems each have a declaration of one container: an officer says which holds.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "api/lane.grpc.pb.h"
#include "archive/catalogue.h"
#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CaseView;

/// "agrees", "differs", "unknown"; of the newest report.
std::string outcome_of_check(const CaseView& view, const std::string& name) {
  const auto report = nlohmann::json::parse(view.report_json(), nullptr, false);
  if (!report.is_object()) return "no report";
  for (const auto& check : report.at("checks"))
    if (check.at("name") == name) return check.at("outcome");
  return "no such check";
}

std::string declared_by(const api::v1::DeclarationView& declared) {
  return nlohmann::json::parse(declared.json()).value("system", "");
}

/// Another screen: it is sent the case at every change.
class OtherScreen {
 public:
  OtherScreen(const LaneSession& lane, const std::string& case_id)
      : stub_(api::v1::Lane::NewStub(grpc::CreateChannel("unix:" + lane.api_socket().string(),
                                                         grpc::InsecureChannelCredentials()))) {
    watching_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    api::v1::WatchCaseRequest request;
    request.set_case_id(case_id);
    reader_ = stub_->WatchCase(&watching_, request);
  }
  ~OtherScreen() { watching_.TryCancel(); }
  bool sees(const std::function<bool(const CaseView&)>& holds) {
    CaseView view;
    while (reader_->Read(&view))
      if (holds(view)) return true;
    return false;
  }
  api::v1::Reply choose(const CaseView& shown, const std::string& id) {
    api::v1::ChooseDeclarationRequest request;
    request.set_case_id(shown.case_id());
    request.set_declaration_id(id);
    for (const auto& one : shown.declarations()) request.add_shown(one.id());
    for (const auto& one : shown.declarations_set_aside()) request.add_shown(one.id());
    request.set_user("officer");
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    api::v1::Reply reply;
    const auto called = stub_->ChooseDeclaration(&context, request, &reply);
    EXPECT_TRUE(called.ok()) << called.error_message();
    return reply;
  }

 private:
  std::unique_ptr<api::v1::Lane::Stub> stub_;
  grpc::ClientContext watching_;
  std::unique_ptr<grpc::ClientReader<CaseView>> reader_;
};

std::vector<std::string> written_to_customs(const LaneSession& lane) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(lane.folder() / "outbox"))
    if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
  return names;
}

int choices_in_the_audit_log(const LaneSession& lane) {
  const auto out = lane.folder() / "verify-choices.json", audit = lane.records() / "audit";
  std::filesystem::remove(out);
  auto started = core::ChildProcess::start(
      {std::filesystem::path(std::getenv("PORTCULLIS_BIN")) / "portcullis",
       {"audit", "verify", audit.string(), "--key", (audit / "log.vkey").string(), "--json"},
       {},
       out,
       -1});
  if (!started.ok()) return -1;
  const auto ended = started->wait(std::chrono::seconds(60));
  if (!ended || ended->code != 0) return -1;
  const auto said = core::read_file(out, 1 << 20);
  const auto json = nlohmann::json::parse(said.ok() ? *said : "", nullptr, false);
  return json.is_object()
             ? json.value("types", nlohmann::json::object()).value("declaration_chosen", 0)
             : -1;
}

TEST(LaneScenario, AnOfficerChoosesAmongTwoSystemsDeclarationsAndOnlyTheChosenOneIsAnswered) {
  LaneSession lane("choice");
  ASSERT_TRUE(lane.start());
  const Truck truck = lane.make_truck(21);
  // The other system says that 40 t are in the container; they do not read as groupage.
  const auto other = core::write_file_atomically(
      lane.folder() / "inbox" / "other.csv",
      "Declaration reference,Declaration type,Trader ID,Commodity code,Description,"
      "Gross mass kg,Container\r\nD-7,import,T100,9503.00,Plastic toys,40000," +
          truck.container + "\r\n");
  ASSERT_TRUE(other.ok()) << other.error().message;
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView before = lane.case_view();
  ASSERT_EQ(before.declarations_size(), 2) << before.declaration_problem();
  EXPECT_NE(outcome_of_check(before, "declaration"), "agrees");
  EXPECT_EQ(before.declaration_chosen_by(), "");
  std::string wco, caps;
  for (const auto& one : before.declarations()) (declared_by(one) == "wco" ? wco : caps) = one.id();
  ASSERT_FALSE(wco.empty());
  ASSERT_FALSE(caps.empty());

  OtherScreen screen(lane, before.case_id());
  ASSERT_TRUE(screen.sees([](const CaseView& view) { return view.declarations_size() == 2; }));
  auto reply = screen.choose(before, caps);
  ASSERT_TRUE(reply.ok()) << reply.reason();
  // Every screen is told, and the checks are made again with the chosen one alone.
  ASSERT_TRUE(screen.sees([&](const CaseView& view) {
    return view.declaration_chosen_by() == "officer" && view.declarations_size() == 1 &&
           view.declarations(0).id() == caps && outcome_of_check(view, "mass") == "differs" &&
           outcome_of_check(view, "declaration") == "agrees";
  }));
  reply = screen.choose(lane.case_view(), wco);
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(screen.sees([&](const CaseView& view) {
    return view.declaration_chosen() == wco && outcome_of_check(view, "mass") == "agrees" &&
           outcome_of_check(view, "declaration") == "agrees";
  }));

  lane.kill("lane");
  ASSERT_TRUE(lane.start_lane());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView after = lane.case_view();
  EXPECT_EQ(after.case_id(), before.case_id());
  ASSERT_EQ(after.declarations_size(), 1);
  EXPECT_EQ(after.declarations(0).id(), wco);
  ASSERT_EQ(after.declarations_set_aside_size(), 1);
  EXPECT_EQ(after.declarations_set_aside(0).id(), caps);
  EXPECT_EQ(after.declaration_chosen_by(), "officer");
  EXPECT_EQ(outcome_of_check(after, "declaration"), "agrees");

  // Nobody watched the truck meanwhile: its radiation is an officer's to judge.
  reply = lane.decide(after.case_id(), "release", "radiation_judged");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_case("the answer to customs", [](const CaseView& now) {
    return now.decision_note().find("answer written") != std::string::npos;
  }));
  ASSERT_TRUE(lane.wait_state("Idle"));
  const auto written = written_to_customs(lane);
  ASSERT_EQ(written.size(), 1U) << "the other system is told nothing";
  EXPECT_EQ(written.front().rfind("DMSROG_", 0), 0U) << written.front();
  OtherScreen later(lane, after.case_id());
  reply = later.choose(after, caps);
  EXPECT_FALSE(reply.ok());
  EXPECT_EQ(reply.reason(), "the case is decided; its declarations stand");

  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto kept = catalogue->show(before.scan_id());
  ASSERT_TRUE(kept.ok()) << kept.error().message;
  ASSERT_EQ(kept->choices.size(), 2U);
  EXPECT_EQ(kept->choices[0].chosen, caps);
  EXPECT_EQ(kept->choices[1].chosen, wco);
  EXPECT_EQ(kept->choices[1].shown.size(), 2U);
  lane.stop_lane();
  EXPECT_EQ(choices_in_the_audit_log(lane), 2);
}

}  // namespace
}  // namespace portcullis::scenario
