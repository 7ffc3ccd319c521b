#include "services/lane/lane_server.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "api/lane.grpc.pb.h"
#include "tests/support/fake_lane.h"
#include "tests/support/socket_folder.h"

namespace portcullis::services {
namespace {

namespace wire = portcullis::api::v1;
using namespace std::chrono_literals;

/// A server over a real socket, and a client of the generated code only.
class LaneServerTest : public ::testing::Test {
 protected:
  LaneServerTest() : socket_(folder_.path() / "lane.sock"), server_(lane_) {}
  ~LaneServerTest() override { server_.stop(); }

  void start() {
    const core::Status status = server_.start(socket_);
    ASSERT_TRUE(status.ok()) << status.error().message;
    stub_ = wire::Lane::NewStub(
        grpc::CreateChannel("unix:" + socket_.string(), grpc::InsecureChannelCredentials()));
  }

  static void set_deadline(grpc::ClientContext& context) {
    context.set_deadline(std::chrono::system_clock::now() + 10s);
  }

  test::SocketFolder folder_;
  std::filesystem::path socket_;
  test::FakeLane lane_;
  LaneServer server_;
  std::unique_ptr<wire::Lane::Stub> stub_;
};

TEST_F(LaneServerTest, StatusStreamGivesWhatIsAtOnceAndEveryChange) {
  start();
  grpc::ClientContext context;
  set_deadline(context);
  const auto reader = stub_->WatchStatus(&context, {});
  wire::LaneStatus status;
  ASSERT_TRUE(reader->Read(&status));
  EXPECT_EQ(status.lane(), "Lane 3");
  EXPECT_TRUE(status.simulated());
  EXPECT_EQ(status.state(), "Ready");
  ASSERT_EQ(status.allowed_commands_size(), 2);
  EXPECT_EQ(status.allowed_commands(0), "START");
  ASSERT_EQ(status.devices_size(), 4);
  EXPECT_EQ(status.devices(0).level(), wire::DeviceHealth::OK);
  lane_.change_status([](LaneStatus& next) {
    next.state = "Scanning";
    next.speed_mm_s = 400;
    next.vehicle_plate = "B\xffX";  // not UTF-8: a reader of plates may send anything
  });
  ASSERT_TRUE(reader->Read(&status));
  EXPECT_EQ(status.state(), "Scanning");
  EXPECT_EQ(status.speed_mm_s(), 400);
  EXPECT_EQ(status.vehicle_plate(), "B\xEF\xBF\xBDX");
  context.TryCancel();
}

TEST_F(LaneServerTest, AHungLaneSendsNothingMoreAlthoughItsServerLives) {
  start();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 700ms);
  const auto reader = stub_->WatchStatus(&context, {});
  wire::LaneStatus status;
  int count = 0;
  while (reader->Read(&status)) ++count;
  EXPECT_EQ(count, 1);
}

TEST_F(LaneServerTest, CommandsAreAnsweredWithTheReason) {
  start();
  {
    grpc::ClientContext context;
    wire::CommandRequest request;
    request.set_kind(wire::CommandRequest::RESET);
    wire::CommandReply reply;
    ASSERT_TRUE(stub_->Command(&context, request, &reply).ok());
    EXPECT_FALSE(reply.accepted());
    EXPECT_EQ(reply.reason(), "the lane is not ready: vehicle in place; press Start");
  }
  {
    grpc::ClientContext context;
    wire::CommandRequest request;
    request.set_kind(wire::CommandRequest::STOP);
    request.set_user(std::string(5000, 'x'));  // whoever it is: Stop is always taken
    wire::CommandReply reply;
    ASSERT_TRUE(stub_->Command(&context, request, &reply).ok());
    EXPECT_TRUE(reply.accepted());
  }
  {
    grpc::ClientContext context;
    wire::CommandReply reply;
    ASSERT_TRUE(stub_->Command(&context, {}, &reply).ok());
    EXPECT_FALSE(reply.accepted());
    EXPECT_EQ(reply.reason(), "unknown command 0");
  }
  ASSERT_EQ(lane_.commands().size(), 2U);
  EXPECT_EQ(lane_.commands()[1], LaneCommand::kStop);
}

TEST_F(LaneServerTest, BaysTheDriverPanelAndTheCallComeWithTheStatus) {
  test::fill_bays(lane_);
  start();
  grpc::ClientContext context;
  set_deadline(context);
  const auto reader = stub_->WatchStatus(&context, {});
  wire::LaneStatus status;
  ASSERT_TRUE(reader->Read(&status));
  ASSERT_EQ(status.bays_size(), 4);
  EXPECT_EQ(status.bays(1).number(), 2U);
  EXPECT_EQ(status.bays(1).place(), "Held");
  EXPECT_EQ(status.bays(1).owner(), "anna");
  EXPECT_EQ(status.bays(1).case_id(), "case-92");
  EXPECT_GT(status.bays(1).since_utc_ns(), 0);
  ASSERT_EQ(status.bays(1).container_numbers_size(), 1);
  EXPECT_TRUE(status.bays(1).arrived());
  EXPECT_EQ(status.bays(3).since_utc_ns(), 0);
  EXPECT_EQ(status.driver_panel().pictogram(), "go_to_bay");
  ASSERT_EQ(status.driver_panel().lines_size(), 2);
  EXPECT_EQ(status.driver_panel().lines(0).language(), "fr");
  EXPECT_EQ(status.operator_call(), "the vehicle does not drive out");
  context.TryCancel();
}

TEST_F(LaneServerTest, AnyCaseIsWatchedByItsIdAndAnUnknownOneIsRefused) {
  test::fill_bays(lane_);
  lane_.show_case(test::truck_case("case-1", "scan-1", false));
  start();
  {
    grpc::ClientContext context;
    set_deadline(context);
    wire::WatchCaseRequest request;
    request.set_case_id("case-93");
    const auto reader = stub_->WatchCase(&context, request);
    wire::CaseView view;
    ASSERT_TRUE(reader->Read(&view));
    EXPECT_EQ(view.case_id(), "case-93");
    EXPECT_TRUE(view.may_be_decided_again());
    EXPECT_EQ(view.identity_outcome(), "unreadable");
    ASSERT_EQ(view.identity_remarks_size(), 1);
    // A change of it comes; a change of the current case does not.
    lane_.show_case(test::truck_case("case-2", "scan-2", false));
    services::CaseView changed = test::truck_case("case-93", "scan-93", true);
    changed.decision_note = "changed";
    lane_.keep_case(changed);
    ASSERT_TRUE(reader->Read(&view));
    EXPECT_EQ(view.case_id(), "case-93");
    EXPECT_EQ(view.decision_note(), "changed");
    context.TryCancel();
  }
  grpc::ClientContext context;
  set_deadline(context);
  wire::WatchCaseRequest request;
  request.set_case_id("case-404");
  const auto reader = stub_->WatchCase(&context, request);
  wire::CaseView view;
  EXPECT_FALSE(reader->Read(&view));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(LaneServerTest, TheCaseComesWholeWithItsReportAndProfile) {
  start();
  lane_.show_case(test::truck_case("case-1", "scan-1", false));
  grpc::ClientContext context;
  set_deadline(context);
  const auto reader = stub_->WatchCase(&context, {});
  wire::CaseView view;
  ASSERT_TRUE(reader->Read(&view));
  EXPECT_EQ(view.case_id(), "case-1");
  EXPECT_EQ(view.state(), "to_decide");
  const auto report = nlohmann::json::parse(view.report_json());
  EXPECT_EQ(report["findings"].size(), 2U);
  EXPECT_EQ(report["findings"][0]["kind"], "small_dense_object");
  EXPECT_EQ(report["verdict"]["outcome"], "inspect");
  ASSERT_EQ(view.declarations_size(), 1);
  EXPECT_NE(view.declarations(0).json().find("26DE586600006143R8"), std::string::npos);
  ASSERT_EQ(view.answers_size(), 2);
  EXPECT_EQ(view.answers(0), "none");
  // 300 samples of two little-endian floats; the second sample is at 0.1 s.
  ASSERT_EQ(view.radiation_profile().size(), 300U * 8U);
  EXPECT_EQ(view.radiation_passage().passage_s(), 30);
  EXPECT_EQ(view.radiation_passage().sample_s(), 0.1);
  EXPECT_EQ(view.radiation_passage().background_cps(), 251);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(view.radiation_profile()[8 + i]))
            << (8 * i);
  }
  EXPECT_FLOAT_EQ(std::bit_cast<float>(bits), 0.1F);

  grpc::ClientContext answer_context;
  wire::AnswerFindingRequest answer;
  answer.set_case_id("case-1");
  answer.set_finding(1);
  answer.set_answer("reject");
  answer.set_user("anna");
  wire::Reply reply;
  ASSERT_TRUE(stub_->AnswerFinding(&answer_context, answer, &reply).ok());
  EXPECT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(reader->Read(&view));
  EXPECT_EQ(view.answers(0), "none");
  EXPECT_EQ(view.answers(1), "reject");
  context.TryCancel();
}

TEST_F(LaneServerTest, MarksAreKeptWithTheirVersionAndAStaleChangeIsRefused) {
  start();
  lane_.show_case(test::truck_case("case-1", "scan-1", true));
  const auto set = [&](const std::string& json, std::uint32_t version, const std::string& user) {
    grpc::ClientContext context;
    wire::SetMarksRequest request;
    request.set_case_id("case-1");
    request.set_marks_json(json);
    request.set_version(version);
    request.set_user(user);
    wire::Reply reply;
    EXPECT_TRUE(stub_->SetMarks(&context, request, &reply).ok());
    return reply.ok() ? std::string() : reply.reason();
  };
  EXPECT_EQ(set("[1]", 0, "anna"), "");
  EXPECT_EQ(set("[2]", 0, "ben"), "somebody else changed the marks");
  EXPECT_NE(set("[3]", 1, ""), "");
  EXPECT_NE(set(std::string(49 * 1024, ' '), 1, "anna"), "");
  grpc::ClientContext context;
  wire::GetCaseRequest request;
  request.set_case_id("case-1");
  wire::CaseView view;
  ASSERT_TRUE(stub_->GetCase(&context, request, &view).ok());
  EXPECT_EQ(view.marks_json(), "[1]");
  EXPECT_EQ(view.marks_version(), 1U);
}

TEST_F(LaneServerTest, AChoiceAmongDeclarationsNamesWhoChoseAndWhatWasShown) {
  start();
  lane_.show_case(test::scene_case("ambiguous", "case-1", "scan-1"));
  const auto choose = [&](const std::string& id, const std::vector<std::string>& shown,
                          const std::string& user) {
    grpc::ClientContext context;
    wire::ChooseDeclarationRequest request;
    request.set_case_id("case-1");
    request.set_declaration_id(id);
    for (const auto& one : shown) request.add_shown(one);
    request.set_user(user);
    wire::Reply reply;
    EXPECT_TRUE(stub_->ChooseDeclaration(&context, request, &reply).ok());
    return reply.ok() ? std::string() : reply.reason();
  };
  EXPECT_EQ(choose("d-2", {"d-1", "d-2"}, ""),
            "field user: a choice needs the officer's name (1 to 128 bytes)");
  EXPECT_EQ(choose("d-2", {"d-2"}, "anna"),
            "field shown: the ids of all declarations that were shown (2 to 256)");
  EXPECT_EQ(choose("d-2", std::vector<std::string>(257, "d"), "anna"),
            "field shown: the ids of all declarations that were shown (2 to 256)");
  EXPECT_EQ(choose("d-2", {"d-1", "d-2"}, "anna"), "");
  ASSERT_EQ(lane_.choices().size(), 1U);
  EXPECT_EQ(lane_.choices()[0].chosen, "d-2");
  EXPECT_EQ(lane_.choices()[0].shown, (std::vector<std::string>{"d-1", "d-2"}));
  grpc::ClientContext context;
  wire::GetCaseRequest request;
  request.set_case_id("case-1");
  wire::CaseView view;
  ASSERT_TRUE(stub_->GetCase(&context, request, &view).ok());
  ASSERT_EQ(view.declarations_size(), 1);
  EXPECT_EQ(view.declarations(0).id(), "d-2");
  ASSERT_EQ(view.declarations_set_aside_size(), 1);
  EXPECT_EQ(view.declaration_chosen_by(), "anna");
  EXPECT_EQ(view.declaration_chosen(), "d-2");
}

struct BadDecision {
  const char* decision;
  const char* reason_code;
  std::string user;
  const char* said;
};

TEST_F(LaneServerTest, ADecisionNeedsItsOfficerAndACodedReason) {
  start();
  lane_.show_case(test::truck_case("case-1", "scan-1", true));
  const BadDecision bad[] = {
      {"pass", "image_agrees", "anna", "field decision: not a decision of this lane"},
      {"release", "", "anna",
       "field reason_code: a decision needs a coded reason; text at most 2000 bytes"},
      {"release", "image_agrees", "",
       "field user: a decision needs the officer's name (1 to 128 bytes)"},
      {"release", "image_agrees", std::string(129, 'a'),
       "field user: a decision needs the officer's name (1 to 128 bytes)"},
  };
  for (const BadDecision& row : bad) {
    grpc::ClientContext context;
    wire::DecideRequest request;
    request.set_case_id("case-1");
    request.set_decision(row.decision);
    request.set_reason_code(row.reason_code);
    request.set_user(row.user);
    wire::Reply reply;
    ASSERT_TRUE(stub_->Decide(&context, request, &reply).ok());
    EXPECT_FALSE(reply.ok());
    EXPECT_EQ(reply.reason(), row.said);
  }
  EXPECT_TRUE(lane_.decisions().empty());

  constexpr const char* kView = R"({"mode":"both","window_hi":2.5})";
  for (const char* view : {R"({"mode":"x-ray eyes"})", "edges"}) {
    grpc::ClientContext context;
    wire::DecideRequest request;
    request.set_case_id("case-1");
    request.set_decision("release");
    request.set_reason_code("image_agrees");
    request.set_user("anna");
    request.set_view_json(view);
    wire::Reply reply;
    ASSERT_TRUE(stub_->Decide(&context, request, &reply).ok());
    EXPECT_FALSE(reply.ok());
    EXPECT_EQ(reply.reason().substr(0, 15), "field view_json");
  }
  EXPECT_TRUE(lane_.decisions().empty());

  for (const bool again : {false, true}) {
    grpc::ClientContext context;
    wire::DecideRequest request;
    request.set_case_id("case-1");
    request.set_decision("release");
    request.set_reason_code("image_agrees");
    request.set_user("anna");
    request.set_time_on_image_ms(4200);
    request.set_view_json(kView);
    wire::Reply reply;
    ASSERT_TRUE(stub_->Decide(&context, request, &reply).ok());
    EXPECT_EQ(reply.ok(), !again);
    if (again) {
      EXPECT_EQ(reply.reason(), "case case-1 is decided");
    }
  }
  ASSERT_EQ(lane_.decisions().size(), 1U);
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);
  EXPECT_EQ(lane_.decisions()[0].time_on_image_ms, 4200);
  EXPECT_EQ(lane_.decisions()[0].view_json, kView);

  grpc::ClientContext context;
  wire::ListCasesReply list;
  ASSERT_TRUE(stub_->ListCases(&context, {}, &list).ok());
  ASSERT_EQ(list.cases_size(), 1);
  EXPECT_EQ(list.cases(0).decision(), "release");
}

TEST_F(LaneServerTest, AnImageComesInChunksThatMakeTheWholeInOrder) {
  start();
  const Image expected = test::draw_truck(ImagePlane::kMaterial, 7);
  grpc::ClientContext context;
  set_deadline(context);
  wire::GetImageRequest request;
  request.set_scan_id("scan-1");
  request.set_plane(wire::GetImageRequest::MATERIAL);
  const auto reader = stub_->GetImage(&context, request);
  std::string bytes;
  wire::ImageChunk chunk;
  int chunks = 0;
  while (reader->Read(&chunk)) {
    EXPECT_EQ(chunk.offset(), bytes.size());
    EXPECT_EQ(chunk.columns(), 3000U);
    EXPECT_EQ(chunk.rows(), 1000U);
    EXPECT_EQ(chunk.bytes_per_pixel(), 1U);
    EXPECT_EQ(chunk.z_first_mm(), 4500);
    bytes += chunk.data();
    ++chunks;
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_GT(chunks, 1);
  ASSERT_EQ(bytes.size(), expected.pixels->size());
  EXPECT_EQ(std::memcmp(bytes.data(), expected.pixels->data(), bytes.size()), 0);
}

TEST_F(LaneServerTest, AnImageThatIsNotThereIsSaidSo) {
  start();
  const auto status_of = [&](const std::string& scan_id, int plane) {
    grpc::ClientContext context;
    set_deadline(context);
    wire::GetImageRequest request;
    request.set_scan_id(scan_id);
    request.set_plane(static_cast<wire::GetImageRequest::Plane>(plane));
    const auto reader = stub_->GetImage(&context, request);
    wire::ImageChunk chunk;
    while (reader->Read(&chunk)) {
    }
    return reader->Finish().error_code();
  };
  EXPECT_EQ(status_of("nothing", 0), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status_of("scan-1", 9), grpc::StatusCode::INVALID_ARGUMENT);
  lane_.hold_images(true);
  EXPECT_EQ(status_of("scan-1", 0), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(LaneServerTest, CasesAreFoundWithTheirThumbnails) {
  test::fill_bays(lane_);
  lane_.set_thumbnail(std::string("\x89PNG\0\xff", 6));
  start();
  wire::FindCasesRequest request;
  request.set_state("decided");
  request.set_user("anna");
  request.set_count_max(5000);
  request.set_thumbnails(true);
  wire::FindCasesReply reply;
  grpc::ClientContext context;
  ASSERT_TRUE(stub_->FindCases(&context, request, &reply).ok());
  ASSERT_EQ(reply.cases_size(), 2);
  const auto& held = reply.cases(1);
  EXPECT_EQ(held.case_id(), "case-92");
  EXPECT_EQ(held.vehicle_plate(), "GD 77 KM");
  ASSERT_EQ(held.container_numbers_size(), 1);
  EXPECT_EQ(held.container_numbers(0), "TOLU4734787");
  EXPECT_EQ(held.state(), "decided");
  EXPECT_EQ(held.decision(), "hold");
  EXPECT_EQ(held.thumbnail_png(), std::string("\x89PNG\0\xff", 6));
  EXPECT_FALSE(reply.more());
  ASSERT_EQ(lane_.searches().size(), 1U);
  EXPECT_EQ(lane_.searches()[0].user, "anna");
  EXPECT_EQ(lane_.searches()[0].count_max, 200U) << "no more at once";
  request.set_text(std::string(600, 'x'));
  grpc::ClientContext other;
  EXPECT_EQ(stub_->FindCases(&other, request, &reply).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(LaneServerTest, TheWaterfallStreamsARunningScan) {
  start();
  grpc::ClientContext context;
  set_deadline(context);
  const auto reader = stub_->WatchWaterfall(&context, {});
  lane_.waterfall().begin("scan-9", 4, true);
  const std::vector<std::uint8_t> column = {255, 200, 100, 0};
  for (int i = 0; i < 10; ++i) lane_.waterfall().push(column);
  lane_.waterfall().end();
  std::uint32_t columns = 0;
  wire::WaterfallBlock block;
  do {
    ASSERT_TRUE(reader->Read(&block));
    EXPECT_EQ(block.scan_id(), "scan-9");
    EXPECT_TRUE(block.from_rear());
    EXPECT_EQ(block.first_column(), columns);
    columns += block.columns();
    if (block.columns() > 0) {
      EXPECT_EQ(static_cast<unsigned char>(block.gray()[1]), 200);
    }
  } while (!block.last());
  EXPECT_EQ(columns, 10U);
  context.TryCancel();
}

TEST_F(LaneServerTest, AClientThatDoesNotReadNeverHoldsTheLaneUp) {
  start();
  grpc::ClientContext context;
  const auto reader = stub_->WatchWaterfall(&context, {});
  lane_.waterfall().begin("scan-1", 2048);
  const std::vector<std::uint8_t> column(2048, 7);
  const auto before = std::chrono::steady_clock::now();
  // 40 MB, far more than a connection buffers; nobody reads.
  for (int i = 0; i < 20000; ++i) lane_.waterfall().push(column);
  lane_.waterfall().end();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
  // When it reads again it is told by the numbers what it has missed.
  wire::WaterfallBlock block;
  std::uint64_t received = 0;
  std::uint64_t end = 0;
  do {
    ASSERT_TRUE(reader->Read(&block));
    EXPECT_GE(block.first_column(), end);
    received += block.columns();
    end = block.first_column() + block.columns();
  } while (!block.last());
  EXPECT_EQ(end, 20000U);
  EXPECT_LT(received, 20000U);
  context.TryCancel();
}

TEST_F(LaneServerTest, StopEndsStreamsWithinASecondEvenOfClientsThatDoNotRead) {
  start();
  grpc::ClientContext status_context;
  const auto status_reader = stub_->WatchStatus(&status_context, {});
  wire::LaneStatus status;
  ASSERT_TRUE(status_reader->Read(&status));
  grpc::ClientContext waterfall_context;
  const auto waterfall_reader = stub_->WatchWaterfall(&waterfall_context, {});
  lane_.waterfall().begin("scan-1", 2048);
  const std::vector<std::uint8_t> column(2048, 7);
  for (int i = 0; i < 5000; ++i) lane_.waterfall().push(column);
  const auto before = std::chrono::steady_clock::now();
  server_.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
  EXPECT_FALSE(std::filesystem::exists(socket_));
  status_context.TryCancel();
  waterfall_context.TryCancel();
}

TEST_F(LaneServerTest, StartsAgainAfterStop) {
  for (int round = 0; round < 3; ++round) {
    start();
    grpc::ClientContext context;
    set_deadline(context);
    const auto reader = stub_->WatchStatus(&context, {});
    wire::LaneStatus status;
    EXPECT_TRUE(reader->Read(&status));
    server_.stop();
  }
}

TEST_F(LaneServerTest, TheSocketIsNotForEverybody) {
  start();
  struct stat info {};
  ASSERT_EQ(::stat(socket_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0660U);
}

TEST_F(LaneServerTest, ALiveSocketIsNotTakenAndAFileNotOverwritten) {
  start();
  test::FakeLane other_lane;
  LaneServer other(other_lane);
  core::Status status = other.start(socket_);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kUnavailable);
  const std::filesystem::path file = folder_.path() / "file";
  std::ofstream(file) << "x";
  status = other.start(file);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kIo);
  EXPECT_TRUE(std::filesystem::exists(file));
  status = other.start(folder_.path() / std::string(200, 'x'));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kInvalidConfig);
  status = other.start(folder_.path() / "missing" / "lane.sock");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kIo);
}

}  // namespace
}  // namespace portcullis::services
