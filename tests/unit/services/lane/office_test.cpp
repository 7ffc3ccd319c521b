#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "access/sessions.h"
#include "api/lane.grpc.pb.h"
#include "api/office.grpc.pb.h"
#include "services/lane/lane_server.h"
#include "tests/support/fake_lane.h"
#include "tests/support/fake_office.h"
#include "tests/support/socket_folder.h"

namespace portcullis::services {
namespace {

namespace office_api = portcullis::api::v1;

constexpr const char* kSecret = "four plain old words";

/// The office of a lane with an account for each role, named as the role.
class OfficeTest : public ::testing::Test {
 protected:
  OfficeTest() {
    auto opened = access::AccountStore::open(folder_.path() / "accounts.sqlite", true,
                                             {1, std::size_t{1} << 16U});
    EXPECT_TRUE(opened.ok());
    store_ = std::move(opened).value();
    for (int i = 0; i < access::kRoleCount; ++i) {
      const auto role = static_cast<access::Role>(i);
      EXPECT_TRUE(store_->add(std::string(role_name(role)), {role}, kSecret, false, {}).ok());
    }
    sessions_ = std::make_unique<access::Sessions>(*store_, access::Sessions::Config{}, clock_,
                                                   [](auto, const auto&, const auto&) {});
    server_ = std::make_unique<LaneServer>(lane_, sessions_.get(), &office_);
    EXPECT_TRUE(server_->start(folder_.path() / "lane.sock").ok());
    const auto channel = grpc::CreateChannel("unix:" + (folder_.path() / "lane.sock").string(),
                                             grpc::InsecureChannelCredentials());
    lane_stub_ = office_api::Lane::NewStub(channel);
    stub_ = office_api::Office::NewStub(channel);
  }
  ~OfficeTest() override { server_->stop(); }

  std::string token_of(const char* name) {
    grpc::ClientContext context;
    office_api::LoginRequest request;
    request.set_name(name);
    request.set_password(kSecret);
    office_api::LoginReply reply;
    EXPECT_TRUE(lane_stub_->Login(&context, request, &reply).ok());
    return reply.token();
  }
  /// The answer's code to `method` in the session of `token`.
  template <class Request, class Reply>
  grpc::Status ask(grpc::Status (office_api::Office::Stub::*method)(grpc::ClientContext*,
                                                                    const Request&, Reply*),
                   const Request& request, Reply& reply, const std::string& token) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
    if (!token.empty()) context.AddMetadata("portcullis-session", token);
    return (stub_.get()->*method)(&context, request, &reply);
  }
  grpc::Status add_photo(const std::string& token, std::size_t bytes,
                         office_api::AddPhotoReply& reply) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!token.empty()) context.AddMetadata("portcullis-session", token);
    const auto writer = stub_->AddPhoto(&context, &reply);
    office_api::PhotoPart part;
    part.set_case_id("case-1");
    part.set_name("door.jpg");
    part.set_user("somebody else");
    for (std::size_t at = 0; at < bytes; at += 32 * 1024) {
      part.set_data(std::string(std::min<std::size_t>(32 * 1024, bytes - at), 'j'));
      if (!writer->Write(part)) break;
    }
    writer->WritesDone();
    return writer->Finish();
  }

  grpc::Status report(const std::string& token, std::string* pdf = nullptr) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!token.empty()) context.AddMetadata("portcullis-session", token);
    office_api::GetReportRequest request;
    request.set_case_id("case-1");
    request.set_language("fr");
    request.set_user("somebody else");
    const auto reader = stub_->GetReport(&context, request);
    office_api::ReportData part;
    while (reader->Read(&part))
      if (pdf != nullptr) *pdf += part.data();
    return reader->Finish();
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  test::FakeLane lane_;
  test::FakeOffice office_;
  std::unique_ptr<access::AccountStore> store_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<LaneServer> server_;
  std::unique_ptr<office_api::Lane::Stub> lane_stub_;
  std::unique_ptr<office_api::Office::Stub> stub_;
};

TEST_F(OfficeTest, EveryCallForEveryRole) {
  using Stub = office_api::Office::Stub;
  const struct {
    const char* role;
    bool sees, inspects, complains, maintains, hands_over;
  } rows[] = {{"operator", true, false, false, false, false},
              {"analyst", true, false, true, false, false},
              {"inspection_officer", true, true, true, false, false},
              {"supervisor", true, false, true, false, true},
              {"rule_author", false, false, false, false, false},
              {"maintenance", false, false, false, true, false},
              {"auditor", true, false, false, false, false},
              {"administrator", false, false, false, false, false}};
  for (const auto& row : rows) {
    const std::string token = token_of(row.role);
    const auto code = [&](bool may) {
      return may ? grpc::StatusCode::OK : grpc::StatusCode::PERMISSION_DENIED;
    };
    office_api::ListInspectionsReply orders;
    EXPECT_EQ(ask(&Stub::ListInspections, {}, orders, token).error_code(), code(row.sees));
    office_api::ListPhotosReply photos;
    EXPECT_EQ(ask(&Stub::ListPhotos, {}, photos, token).error_code(), code(row.sees));
    office_api::AddPhotoReply added;
    EXPECT_EQ(add_photo(token, 9, added).error_code(), code(row.inspects)) << row.role;
    office_api::OfficeReply reply;
    EXPECT_EQ(ask(&Stub::Complain, {}, reply, token).error_code(), code(row.complains));
    EXPECT_EQ(ask(&Stub::CloseTicket, {}, reply, token).error_code(), code(row.maintains));
    office_api::Handover handover;
    EXPECT_EQ(ask(&Stub::GetHandover, {}, handover, token).error_code(), code(row.hands_over));
    EXPECT_EQ(ask(&Stub::SignHandover, {}, reply, token).error_code(), code(row.hands_over));
    EXPECT_EQ(ask(&Stub::NoteView, {}, reply, token).error_code(), code(row.sees));
    EXPECT_EQ(report(token).error_code(), code(row.sees)) << row.role;
    office_api::ListReferencesReply references;
    EXPECT_EQ(ask(&Stub::ListReferences, {}, references, token).error_code(), code(row.sees));
    EXPECT_EQ(ask(&Stub::SetReference, {}, reply, token).error_code(), code(row.hands_over));
  }
  office_api::ListInspectionsReply orders;
  EXPECT_EQ(ask(&Stub::ListInspections, {}, orders, "").error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(OfficeTest, AReportComesInPartsAndAViewIsNotedUnderTheSessionsName) {
  const std::string token = token_of("auditor");
  std::string pdf;
  ASSERT_TRUE(report(token, &pdf).ok());
  EXPECT_TRUE(pdf.starts_with("%PDF-1.7 of case-1"));
  EXPECT_TRUE(pdf.ends_with("%%EOF\n"));
  EXPECT_EQ(office_.reports().back().user, "auditor");
  EXPECT_EQ(office_.reports().back().language, "fr");
  office_api::NoteViewRequest view;
  view.set_case_id("case-1");
  view.set_user("somebody else");
  view.set_view("standard");
  office_api::OfficeReply reply;
  ASSERT_TRUE(ask(&office_api::Office::Stub::NoteView, view, reply, token).ok());
  EXPECT_TRUE(reply.ok());
  EXPECT_EQ(office_.views().back().user, "auditor");
  view.set_view(std::string(2001, 'x'));
  ASSERT_TRUE(ask(&office_api::Office::Stub::NoteView, view, reply, token).ok());
  EXPECT_FALSE(reply.ok());
  office_.set_prints(false);
  EXPECT_EQ(report(token).error_message(), "the case is not decided yet");
  EXPECT_EQ(report("").error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(OfficeTest, APhotoComesInPartsUnderTheSessionsNameAndGoesOutAgain) {
  const std::string token = token_of("inspection_officer");
  office_api::AddPhotoReply reply;
  ASSERT_TRUE(add_photo(token, 200'000, reply).ok());
  ASSERT_TRUE(reply.ok()) << reply.reason();
  EXPECT_EQ(reply.photo().bytes(), 200'000U);
  ASSERT_EQ(office_.photos().size(), 1U);
  EXPECT_EQ(office_.photos()[0].user, "inspection_officer");
  grpc::ClientContext context;
  context.AddMetadata("portcullis-session", token);
  office_api::GetPhotoRequest request;
  request.set_case_id("case-1");
  request.set_sha256(reply.photo().sha256());
  const auto reader = stub_->GetPhoto(&context, request);
  std::string bytes;
  office_api::PhotoData part;
  while (reader->Read(&part)) bytes += part.data();
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(bytes, std::string(200'000, 'j'));
}

TEST_F(OfficeTest, APhotoThatIsTooLargeIsRefusedAndNotKept) {
  office_api::AddPhotoReply reply;
  ASSERT_TRUE(add_photo(token_of("inspection_officer"), kPhotoBytesMax + 1, reply).ok());
  EXPECT_FALSE(reply.ok());
  EXPECT_EQ(reply.reason(), "the photo is larger than 8 MiB; take it smaller");
  EXPECT_TRUE(office_.photos().empty());
}

TEST_F(OfficeTest, WhoHandsOverIsTheSessionsPerson) {
  office_api::SignHandoverRequest request;
  request.set_draft("draft-1");
  request.set_from("somebody else");
  request.set_from_password(kSecret);
  request.set_to("tom");
  request.set_to_password(kSecret);
  office_api::OfficeReply reply;
  ASSERT_TRUE(
      ask(&office_api::Office::Stub::SignHandover, request, reply, token_of("supervisor")).ok());
  EXPECT_TRUE(reply.ok()) << reply.reason();
  ASSERT_EQ(office_.signatures().size(), 1U);
  EXPECT_EQ(office_.signatures()[0].from, "supervisor");
}

}  // namespace
}  // namespace portcullis::services
