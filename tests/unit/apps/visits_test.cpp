#include "apps/lane/visits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/lane/lane_audit.h"
#include "archive/audit/outside_notes.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

lane::VehicleRecord vehicle_of(std::uint64_t number) {
  lane::VehicleRecord vehicle;
  vehicle.vehicle = number;
  return vehicle;
}

TEST(Visits, ALeavingVehicleTakesTheLastReasonWithIt) {
  struct Row {
    std::string kind, text, why;
  };
  const std::vector<Row> rows = {
      {"", "", "the vehicle left before a scan was started"},
      {"state", "Identifying to AwaitingClear", "the vehicle left before a scan was started"},
      {"vehicle", "vehicle 7: it left without a scan and a decision",
       "no scan was made: it left without a scan and a decision"},
      {"command", "start by anna refused: a door is open",
       "no scan was made: start was refused: a door is open"},
      {"command", "start by anna", "the vehicle left before a scan was started"},
      {"state", "Warning to AwaitingClear: the area is not clear",
       "no scan was made: the area is not clear"},
      {"fault", "the PLC reports a fault", "no scan was made: the PLC reports a fault"}};
  for (const auto& row : rows) {
    Visits visits;
    visits.arrived(vehicle_of(7), core::TimePoint{});
    visits.told(row.kind, row.text);
    const auto left = visits.left(7);
    ASSERT_TRUE(left.has_value());
    EXPECT_FALSE(left->scanned);
    EXPECT_EQ(why_unscanned(*left), row.why);
    EXPECT_FALSE(visits.left(7).has_value());
  }
}

TEST(Visits, AReasonBelongsToTheVehicleThatIsNotScannedYet) {
  Visits visits;
  visits.arrived(vehicle_of(1), core::TimePoint{});
  visits.scan_started(1);
  visits.told("fault", "of the first");
  visits.arrived(vehicle_of(2), core::TimePoint{});
  visits.measured(2, {true, true, false, 6, ""});
  visits.told("fault", "of the second");
  EXPECT_TRUE(visits.left(1)->scanned);
  for (const char* text : {"a", "b", "a", "c"}) visits.told("fault", text);
  EXPECT_THAT(visits.of(2)->told, ::testing::ElementsAre("b", "a", "c"));
  EXPECT_TRUE(visits.of(2)->radiation.gamma_alarm);
  EXPECT_FALSE(visits.of(3).has_value());
}

TEST(LaneAudit, EntersWhatOtherProgramsNoted) {
  const portcullis::test::SocketFolder archive;
  const core::ManualClock clock;
  auto audit = LaneAudit::open({archive.path() / "audit", archive.path() / "audit.key",
                                archive.path() / "salts.sqlite", "test/lane"},
                               "Lane 1", {}, clock);
  ASSERT_TRUE(audit.ok()) << audit.error().message;
  const archive::OutsideNote note{"n-1",    "print", core::UtcTime{1'767'225'600'000'000'000},
                                  "case-1", "anna",  {{"format", "pdf"}}};
  ASSERT_TRUE(archive::leave_note(archive.path(), note).ok());
  for (int twice = 0; twice < 2; ++twice) (*audit)->enter_notes(archive.path());
  audit->reset();
  auto log = archive::AuditLog::open({archive.path() / "audit", archive.path() / "audit.key",
                                      archive.path() / "salts.sqlite", "test/lane"});
  ASSERT_TRUE(log.ok()) << log.error().message;
  const auto entries = (*log)->newest(10);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 1U);
  const auto& entry = entries->front().second;
  EXPECT_EQ(entry.type, "print");
  EXPECT_EQ(entry.subject, "case-1");
  EXPECT_EQ(entry.text("note"), "n-1");
  EXPECT_EQ(entry.text("format"), "pdf");
  EXPECT_EQ(entry.actor.rfind("person:", 0), 0U) << entry.actor;
  EXPECT_EQ(entry.time, note.time);
}

/// Two choices on a case; a kill came before the second was entered.
TEST(LaneAudit, AChoiceAmongDeclarationsIsEnteredOnceWhateverAKillCutOff) {
  const portcullis::test::SocketFolder folder;
  core::ManualClock clock;
  auto catalogue =
      archive::Catalogue::open_for_lane(folder.path() / "catalogue.sqlite", clock.utc_now());
  ASSERT_TRUE(catalogue.ok());
  core::ScanMeta meta;
  meta.id = "scan-1";
  meta.started = clock.utc_now();
  ASSERT_TRUE(catalogue->begin_scan(meta, folder.path() / "scan-1").ok());
  std::vector<archive::CatalogueChoice> choices = {
      {clock.utc_now(), "anna", "d1", {"d1", "d2"}, {"d2"}},
      {clock.utc_now(), "berta", "", {"d1", "d2"}, {"d1", "d2"}}};
  for (const auto& choice : choices)
    ASSERT_TRUE(
        catalogue
            ->add_event("scan-1", archive::kChoiceEvent, archive::choice_json(choice), choice.at)
            .ok());
  const archive::AuditLog::Options options{folder.path() / "audit", folder.path() / "audit.key",
                                           folder.path() / "salts.sqlite", "test/lane"};
  for (int start = 0; start < 3; ++start) {
    auto audit = LaneAudit::open(options, "Lane 1", {}, clock);
    ASSERT_TRUE(audit.ok()) << audit.error().message;
    if (start == 0) (*audit)->declaration_chosen("scan-1", choices[0], 0, false);
    if (start > 0) {
      ASSERT_TRUE((*audit)->enter_missing(*catalogue).ok());
    }
  }
  auto log = archive::AuditLog::open(options);
  ASSERT_TRUE(log.ok()) << log.error().message;
  const auto entries = (*log)->newest(10);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& entry = (*entries)[i].second;
    EXPECT_EQ(entry.type, "declaration_chosen");
    EXPECT_EQ(entry.subject, "scan-1");
    EXPECT_EQ(entry.text("shown"), "d1 d2");
    EXPECT_EQ(entry.text("chosen"), choices[i].chosen);
    EXPECT_EQ(entry.text("set_aside"), i == 0 ? "d2" : "d1 d2");
    EXPECT_EQ(entry.number("number", -1), static_cast<std::int64_t>(i));
    EXPECT_EQ(entry.data.contains("late"), i == 1);
    EXPECT_EQ(entry.actor.rfind("person:", 0), 0U) << entry.actor;
  }
  EXPECT_NE((*entries)[0].second.actor, (*entries)[1].second.actor);
}

}  // namespace
}  // namespace portcullis::apps
