#include "apps/lane/lane_office.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "apps/lane/case_notes.h"
#include "apps/lane/report_printer.h"
#include "archive/audit/outside_notes.h"
#include "core/files.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using core::DecisionKind;

constexpr const char* kOfficeWords = "four plain old words";

/// An office over a catalogue with one scan that was sent to inspection ("scan-1") and one that was
/// released ("scan-2"), and accounts of two supervisors and an analyst.
class LaneOfficeTest : public ::testing::Test {
 protected:
  LaneOfficeTest() {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    EXPECT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    for (const char* id : {"scan-1", "scan-2"}) {
      core::ScanMeta meta;
      meta.id = id;
      meta.started = clock_.utc_now();
      meta.identity.plate = std::string("PLATE-") + id;
      EXPECT_TRUE(catalogue_->begin_scan(meta, folder_.path() / id).ok());
      core::InspectionReport report;
      report.scan_id = id;
      EXPECT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
      core::Decision decision;
      decision.case_id = decision.scan_id = id;
      decision.kind = std::string_view(id) == "scan-1" ? DecisionKind::kPhysicalInspection
                                                       : DecisionKind::kRelease;
      decision.reason_code = "suspect_object";
      decision.officer = "anna";
      decision.decided = clock_.utc_now();
      EXPECT_TRUE(catalogue_->add_decision(id, decision).ok());
    }
    desk_ = std::make_unique<CaseDesk>(CaseDesk::Parts{
        *catalogue_, nullptr, nullptr, clock_, std::chrono::minutes(5), {}, {}, {}});
    auto store = access::AccountStore::open(folder_.path() / "accounts.sqlite", true,
                                            {1, std::size_t{1} << 16U});
    EXPECT_TRUE(store.ok());
    accounts_ = std::move(store).value();
    using access::Role;
    for (const auto& [name, role] : {std::pair{"sue", Role::kSupervisor},
                                     {"tom", Role::kSupervisor},
                                     {"anna", Role::kAnalyst}})
      EXPECT_TRUE(accounts_->add(name, {role}, kOfficeWords, false, {}).ok());
    start();
  }
  void start() {
    office_ = std::make_unique<LaneOffice>(LaneOffice::Parts{
        *catalogue_, *desk_, accounts_.get(), clock_, folder_.path(), [this] { return status_; },
        [this](const OfficeNote& note) { notes_.push_back(note); },
        [this](const services::ReportRequest& request) {
          return ReportPrinter(printer_, folder_.path()).print(request);
        }});
  }
  static std::string why(const core::Status& status) {
    return status.ok() ? "ok" : status.error().message;
  }
  static std::string jpeg(std::size_t size) {
    return "\xff\xd8\xff\xe0" + std::string(size - 4, 'x');
  }
  core::Status sign(const std::string& draft, const std::string& to = "tom",
                    const std::string& password = kOfficeWords) {
    return office_->sign_handover({draft, "sue", kOfficeWords, to, password, "quiet night"});
  }
  [[nodiscard]] bool lists(const services::Handover& made, const std::string& kind,
                           const std::string& subject) {
    return std::any_of(made.items.begin(), made.items.end(), [&](const auto& item) {
      return item.kind == kind && item.subject == subject;
    });
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  std::unique_ptr<CaseDesk> desk_;
  std::unique_ptr<access::AccountStore> accounts_;
  services::LaneStatus status_;
  std::vector<OfficeNote> notes_;
  std::filesystem::path printer_ = folder_.path() / "printer";  // in place of `portcullis`
  std::unique_ptr<LaneOffice> office_;
};

TEST_F(LaneOfficeTest, WhatWasSentToInspectionIsListedUntilItHasAnOutcome) {
  auto orders = office_->list_inspections(7).value();
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].case_id, "scan-1");
  EXPECT_EQ(orders[0].vehicle_plate, "PLATE-scan-1");
  EXPECT_EQ(orders[0].referred_by, "anna");
  EXPECT_FALSE(orders[0].done);
  services::OutcomeRequest outcome;
  outcome.case_id = "scan-1";
  outcome.outcomes = {{access::OutcomeResult::kNothing, "", "", ""}};
  outcome.user = "ivan";
  ASSERT_EQ(why(desk_->record_outcome(outcome)), "ok");
  orders = office_->list_inspections(7).value();
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_TRUE(orders[0].done);
  clock_.advance(std::chrono::hours(24 * 8));
  EXPECT_TRUE(office_->list_inspections(7)->empty());
}

TEST_F(LaneOfficeTest, PhotosAreKeptWithTheirHashAndOutliveARestart) {
  const std::string bytes = jpeg(5000);
  const auto photo = office_->add_photo("scan-1", "seal.jpg", bytes, "ivan");
  ASSERT_TRUE(photo.ok()) << photo.error().message;
  EXPECT_EQ(photo->sha256, core::sha256_hex(bytes));
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_EQ(notes_[0].type, "inspection_photo");
  EXPECT_EQ(std::get<std::string>(notes_[0].data.at("sha256")), photo->sha256);
  // The same again is the same.
  ASSERT_TRUE(office_->add_photo("scan-1", "again.jpg", bytes, "ivan").ok());
  EXPECT_EQ(notes_.size(), 1U);
  start();
  ASSERT_EQ(office_->list_photos("scan-1")->size(), 1U);
  EXPECT_EQ(office_->photo("scan-1", photo->sha256).value(), bytes);
  EXPECT_EQ(office_->list_inspections(7)->front().photos, 1U);
  // A file that was changed is said, not shown.
  std::ofstream(folder_.path() / "photos" / "scan-1" / (photo->sha256 + ".jpg")) << jpeg(4999);
  EXPECT_EQ(office_->photo("scan-1", photo->sha256).error().code, core::ErrorCode::kCorrupt);
}

TEST_F(LaneOfficeTest, WhatIsNoPhotoOfAnInspectionIsRefused) {
  EXPECT_EQ(office_->add_photo("scan-1", "a.jpg", "GIF89a", "ivan").error().message,
            "the file is no photo: JPEG and PNG are taken");
  EXPECT_FALSE(office_->add_photo("scan-1", "a.jpg", "", "ivan").ok());
  EXPECT_EQ(office_->add_photo("scan-1", "a.jpg", jpeg(services::kPhotoBytesMax + 1), "ivan")
                .error()
                .message,
            "the photo is larger than 8 MiB; take it smaller");
  EXPECT_EQ(office_->add_photo("scan-2", "a.jpg", jpeg(9), "ivan").error().message,
            "the case was not referred to a physical inspection");
  EXPECT_EQ(office_->add_photo("../scan-1", "a.jpg", jpeg(9), "ivan").error().code,
            core::ErrorCode::kNotFound);
  EXPECT_EQ(office_->photo("scan-1", "../../catalogue.sqlite").error().code,
            core::ErrorCode::kNotFound);
  for (std::size_t i = 0; i < 24; ++i)
    ASSERT_TRUE(office_->add_photo("scan-1", "a.jpg", jpeg(100 + i), "ivan").ok());
  EXPECT_EQ(office_->add_photo("scan-1", "a.jpg", jpeg(99), "ivan").error().message,
            "the case has 24 photos already");
  EXPECT_EQ(notes_.size(), 24U);
}

TEST_F(LaneOfficeTest, AnUnfitImageIsATicketUntilItIsClosed) {
  EXPECT_EQ(why(office_->complain({"scan-2", "ugly", "", "anna"})),
            "field cause: \"ugly\" is none of those that are known");
  EXPECT_EQ(why(office_->complain({"scan-2", "other", "", "anna"})),
            "another cause needs words that say which");
  ASSERT_EQ(why(office_->complain({"scan-2", "stripes", "from the roof down", "anna"})), "ok");
  const auto open = desk_->supervise(1)->complaints;
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].ticket, "scan-2-1");
  EXPECT_EQ(open[0].by, "anna");
  EXPECT_TRUE(lists(office_->handover().value(), "image_complaint", "scan-2-1"));
  EXPECT_FALSE(office_->close_ticket({"scan-2", "scan-2-9", "cleaned", "max"}).ok());
  EXPECT_EQ(why(office_->close_ticket({"scan-2", "scan-2-1", "", "max"})),
            "say in words what was done");
  ASSERT_EQ(why(office_->close_ticket({"scan-2", "scan-2-1", "module 17 changed", "max"})), "ok");
  EXPECT_EQ(why(office_->close_ticket({"scan-2", "scan-2-1", "once more", "max"})),
            "the ticket is closed already");
  EXPECT_EQ(desk_->supervise(1)->complaints[0].done_text, "module 17 changed");
  EXPECT_FALSE(lists(office_->handover().value(), "image_complaint", "scan-2-1"));
  ASSERT_EQ(notes_.size(), 2U);
  EXPECT_EQ(notes_[1].type, "image_complaint_done");
}

TEST_F(LaneOfficeTest, AReportIsMadeByAProgramOfItsOwnAndNothingStays) {
  const auto program = [&](const std::string& lines) {
    std::ofstream(printer_) << "#!/bin/sh\n" << lines;
    std::filesystem::permissions(printer_, std::filesystem::perms::owner_all);
  };
  program(
      "[ \"$1 $2 $3 $5 $6 $7 $8 $9\" = 'report scan-1 --archive --language es --for sue --out' ]"
      " || exit 9\nshift 9\nprintf '%%PDF of it' > \"$1\"\n");
  const auto pdf = office_->report({"scan-1", "es", "sue"});
  ASSERT_TRUE(pdf.ok()) << pdf.error().message;
  EXPECT_EQ(*pdf, "%PDF of it");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "prints"));
  // What the program says is the reason.
  program("echo one >&2; echo 'portcullis: the log cannot be written' >&2; exit 1");
  EXPECT_EQ(office_->report({"scan-1", "es", "sue"}).error().message,
            "the report was not made (exit 1): portcullis: the log cannot be written");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path() / "prints"));
  EXPECT_EQ(office_->report({"scan-1", "de", "sue"}).error().message,
            "field language: \"de\" is none of en, fr, es, ar");
  EXPECT_EQ(office_->report({"scan-1", "en", "--key"}).error().code,
            core::ErrorCode::kInvalidInput);
  EXPECT_EQ(office_->report({"scan-9", "en", "sue"}).error().code, core::ErrorCode::kNotFound);
}

TEST_F(LaneOfficeTest, WhatIsNotDecidedIsNotPrinted) {
  core::ScanMeta meta;
  meta.id = "scan-3";
  meta.started = clock_.utc_now();
  ASSERT_TRUE(catalogue_->begin_scan(meta, folder_.path() / "scan-3").ok());
  EXPECT_EQ(office_->report({"scan-3", "en", "sue"}).error().message,
            "the case is not decided yet; its report can be printed after that");
}

TEST_F(LaneOfficeTest, AViewThatIsExportedIsAnEntry) {
  const std::string hash(64, 'a');
  ASSERT_EQ(why(office_->note_view({"scan-2", hash, "Standard, inverse", "anna"})), "ok");
  EXPECT_FALSE(office_->note_view({"scan-2", "abc", "Standard", "anna"}).ok());
  EXPECT_FALSE(office_->note_view({"scan-9", hash, "Standard", "anna"}).ok());
  std::vector<std::string> problems;
  const auto notes = archive::waiting_notes(folder_.path(), problems);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].type, "export");
  EXPECT_EQ(notes[0].subject, "scan-2");
  EXPECT_EQ(notes[0].person, "anna");
  EXPECT_EQ(notes[0].data.at("view"), "Standard, inverse");
}

TEST_F(LaneOfficeTest, ReferencesAreThoseOfTheDeclaredGoodsThenOfEmptyContainers) {
  // Paper (48) is the heaviest of what case "now" declares, then machines (84).
  const auto declared = [&](const std::string& id, std::vector<core::DeclaredItem> items,
                            const std::string& type, std::optional<bool> empty = {}) {
    core::ScanMeta meta;
    meta.id = id;
    meta.started = clock_.utc_now();
    clock_.advance(std::chrono::seconds(60));
    EXPECT_TRUE(catalogue_->begin_scan(meta, folder_.path() / id).ok());
    core::Declaration declaration;
    declaration.mrn = "26DE00000000" + id;
    declaration.items = std::move(items);
    core::DeclaredContainer container;
    container.number = "CSQU3054383";
    container.iso_type = type;
    container.empty = empty;
    declaration.containers = {container};
    EXPECT_TRUE(
        catalogue_->bind_declaration(id, "d-" + id, "container", declaration, clock_.utc_now())
            .ok());
    core::InspectionReport report;
    report.scan_id = id;
    EXPECT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
  };
  const auto decided = [&](const std::string& id) {
    core::Decision decision;
    decision.case_id = decision.scan_id = id;
    decision.kind = DecisionKind::kRelease;
    decision.officer = "anna";
    EXPECT_TRUE(catalogue_->add_decision(id, decision).ok());
  };
  const auto item = [](const char* hs, double kg) {
    core::DeclaredItem made;
    made.hs_code = hs;
    made.gross_mass_kg = kg;
    return made;
  };
  declared("now", {item("841370", 900), item("480256", 800), item("480300", 700)}, "45G1");
  for (const char* id : {"paper-a", "paper-b", "paper-c", "paper-d", "paper-e"}) {
    declared(id, {item("480256", 10)}, std::string_view(id) == "paper-a" ? "45G1" : "22G1");
    EXPECT_EQ(why(office_->set_reference({id, "goods", "48", "sue"})),
              "the case is not decided yet; it can be a reference after that");
    decided(id);
    ASSERT_EQ(why(office_->set_reference({id, "goods", "48", "sue"})), "ok");
  }
  declared("pump", {item("841370", 10)}, "45G1");
  decided("pump");
  EXPECT_EQ(why(office_->set_reference({"pump", "goods", "48", "sue"})),
            "no goods of chapter 48 are declared in it");
  ASSERT_EQ(why(office_->set_reference({"pump", "goods", "84", "sue"})), "ok");
  declared("oil", {item("271019", 10)}, "45G1");
  decided("oil");
  ASSERT_EQ(why(office_->set_reference({"oil", "goods", "27", "sue"})), "ok");
  declared("box", {}, "45G1", true);
  decided("box");
  ASSERT_EQ(why(office_->set_reference({"box", "empty", "", "sue"})), "ok");
  EXPECT_FALSE(office_->set_reference({"box", "full", "", "sue"}).ok());
  ASSERT_EQ(why(office_->set_reference({"paper-e", "none", "", "sue"})), "ok");

  const auto names = [&](const std::string& case_id) {
    std::string all;
    const auto listed = office_->list_references(case_id).value();
    for (const auto& one : listed) all += one.case_id + " ";
    return all;
  };
  start();  // from the disk
  EXPECT_EQ(names("now"), "paper-a paper-d paper-c pump box ")
      << "the same type first, then the newest; three of a chapter; paper-e is none any more";
  declared("next", {}, "45G1", true);
  EXPECT_EQ(names("next"), "box ");
  EXPECT_EQ(names("box"), "") << "not with itself";
  ASSERT_FALSE(notes_.empty());
  EXPECT_EQ(notes_.back().type, "reference");
  EXPECT_EQ(notes_.back().person, "sue");
}

TEST_F(LaneOfficeTest, AHandoverIsSignedByBothForTheListTheySaw) {
  status_.devices = {{"PLC", services::DeviceLevel::kOk, ""},
                     {"Camera", services::DeviceLevel::kAttention, "no connection"}};
  services::BayStatus bay;
  bay.number = 2;
  bay.place_text = "held";
  bay.vehicle_plate = "GD 77 KM";
  bay.since = clock_.utc_now();
  status_.bays = {bay, services::BayStatus{}};
  services::AlarmStatus alarm;
  alarm.title = "Disk nearly full";
  alarm.state = "acknowledged";
  status_.alarms = {alarm};
  alarm.title = "Camera silent";
  alarm.state = "shelved";
  status_.alarms.push_back(alarm);
  office_->lane_event(clock_.utc_now(), "bypass", "an interlock bypass is active: no beam");
  const auto made = office_->handover().value();
  EXPECT_EQ(made.last.at.ns, 0);
  EXPECT_TRUE(lists(made, "device", "Camera"));
  EXPECT_FALSE(lists(made, "device", "PLC"));
  EXPECT_TRUE(lists(made, "bay", "2, GD 77 KM"));
  EXPECT_TRUE(lists(made, "bypass", ""));
  EXPECT_TRUE(lists(made, "shelved_alarm", "Camera silent"));
  EXPECT_FALSE(lists(made, "shelved_alarm", "Disk nearly full"));
  EXPECT_TRUE(lists(made, "outcome_missing", "PLATE-scan-1"));
  // The bypass has ended, but what is signed is what was seen.
  office_->lane_event(clock_.utc_now(), "bypass", "the interlock bypass ended after 60 s");
  EXPECT_FALSE(lists(office_->handover().value(), "bypass", ""));

  EXPECT_EQ(why(sign(made.draft, "tom", "not his words")),
            "who takes over: name or password is not right");
  EXPECT_EQ(why(sign(made.draft, "anna")), "who takes over: anna may not hand a shift over");
  EXPECT_EQ(why(sign(made.draft, "sue")), "two persons sign a handover; both names are the same");
  EXPECT_TRUE(notes_.empty());
  ASSERT_EQ(why(sign(made.draft)), "ok");
  EXPECT_FALSE(sign(made.draft).ok()) << "a list is signed once";
  ASSERT_EQ(notes_.size(), 1U);
  EXPECT_EQ(notes_[0].person, "sue");
  EXPECT_EQ(notes_[0].personal.at("to"), "tom");

  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path() / "handovers"))
    files.push_back(file.path());
  ASSERT_EQ(files.size(), 1U);
  const std::string content = core::read_file(files[0], 1 << 20).value();
  EXPECT_EQ(core::sha256_hex(content), std::get<std::string>(notes_[0].data.at("sha256")));
  const auto json = nlohmann::json::parse(content);
  EXPECT_EQ(json["from"], "sue");
  EXPECT_EQ(json["to"], "tom");
  EXPECT_EQ(json["remark"], "quiet night");
  EXPECT_EQ(json["items"].size(), made.items.size());
  start();
  EXPECT_EQ(office_->handover()->last.to, "tom");
}

TEST_F(LaneOfficeTest, AnOldListIsNotSigned) {
  const auto made = office_->handover().value();
  clock_.advance(std::chrono::minutes(31));
  EXPECT_EQ(why(sign(made.draft)), "the list is too old to be signed; look at the new one first");
  EXPECT_FALSE(sign("no such draft").ok());
}

TEST(OutcomeTold, SaysWhatWasFoundInTheNameOfWhoInspected) {
  core::Decision referred;
  referred.kind = DecisionKind::kPhysicalInspection;
  referred.case_id = "scan-1";
  referred.officer = "anna";
  services::OutcomeRequest outcome;
  outcome.outcomes = {{access::OutcomeResult::kFound, "cigarettes", "second pallet", "40 cartons"},
                      {access::OutcomeResult::kNothing, "", "", ""}};
  outcome.seals_found = {"A1"};
  outcome.user = "ivan";
  const auto told = outcome_told(referred, outcome, {77});
  EXPECT_EQ(told.kind, DecisionKind::kPhysicalInspection);
  EXPECT_EQ(told.officer, "ivan");
  EXPECT_EQ(told.reason_code, "inspected_found");
  EXPECT_EQ(told.decided.ns, 77);
  EXPECT_EQ(told.reason_text,
            "Finding 1: found cigarettes, 40 cartons, second pallet. Rest of the load: nothing. "
            "Seals found: A1. Seals put: none.");
  outcome.outcomes[0] = {access::OutcomeResult::kNotExamined, "", "", ""};
  EXPECT_EQ(outcome_told(referred, outcome, {77}).reason_code, "inspected_in_part");
  outcome.outcomes[0].result = access::OutcomeResult::kNothing;
  EXPECT_EQ(outcome_told(referred, outcome, {77}).reason_code, "inspected_nothing");
}

}  // namespace
}  // namespace portcullis::apps
