#include "archive/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "archive/catalogue_pages.h"
#include "scan_samples.h"

namespace portcullis::archive {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const core::UtcTime kNow{1'767'230'000'000'000'000};
constexpr std::int64_t kMinuteNs = 60'000'000'000;

core::ScanMeta meta_of(int number, const std::string& plate,
                       const std::vector<std::string>& containers) {
  auto meta = test::small_meta();
  meta.id = "scan-" + std::to_string(number);
  meta.started.ns = kNow.ns + number * kMinuteNs;
  meta.identity = {};
  meta.identity.plate = plate;
  for (const auto& container : containers)
    meta.identity.containers.push_back({container, "22G1", true, 0.9});
  return meta;
}

/// A sealed scan file for `meta`.
SealInfo write_file(const core::ScanMeta& meta, const std::filesystem::path& path) {
  auto writer = ScanWriter::create(path, meta, {});
  EXPECT_TRUE(writer.ok());
  for (std::uint64_t pulse = 0; pulse < 5; ++pulse)
    EXPECT_TRUE(writer->append(test::line_of(meta, pulse)).ok());
  auto seal =
      writer->seal(core::ScanOutcome::kComplete, "", core::UtcTime{meta.started.ns + kMinuteNs});
  EXPECT_TRUE(seal.ok());
  return *seal;
}

std::vector<std::string> ids(core::Result<std::vector<CatalogueScan>> scans) {
  EXPECT_TRUE(scans.ok());
  std::vector<std::string> out;
  for (const auto& scan : *scans) out.push_back(scan.id);
  return out;
}

TEST(Catalogue, KnowsWhenAVehicleCameAndWhenItsImageWasThere) {
  const auto folder = test::test_folder("times");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto meta = meta_of(1, "AB123CD", {});
  ASSERT_TRUE(catalogue->begin_scan(meta, folder / "1.pscan").ok());
  auto found = catalogue->show("scan-1");
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->arrival.has_value());
  EXPECT_EQ(found->judged_first.ns, 0);
  const core::UtcTime came{meta.started.ns - kMinuteNs};
  ASSERT_TRUE(catalogue->add_event("scan-1", kArrivalEvent, "visit-12", came).ok());
  core::InspectionReport report;
  report.scan_id = "scan-1";
  ASSERT_TRUE(catalogue->add_report(report, core::UtcTime{kNow.ns + 5 * kMinuteNs}).ok());
  report.columns = 1;  // judged again, with what customs told meanwhile
  ASSERT_TRUE(catalogue->add_report(report, core::UtcTime{kNow.ns + 9 * kMinuteNs}).ok());
  found = catalogue->show("scan-1");
  ASSERT_TRUE(found.ok() && found->arrival.has_value());
  EXPECT_EQ(found->arrival->at, came);
  EXPECT_EQ(found->arrival->visit, "visit-12");
  EXPECT_EQ(found->judged_first.ns, kNow.ns + 5 * kMinuteNs);
  EXPECT_EQ(found->judged_last.ns, kNow.ns + 9 * kMinuteNs);
}

TEST(Catalogue, KeepsAVehicleThatLeftWithoutAScan) {
  const auto folder = test::test_folder("unscanned");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto meta = meta_of(1, "AB123CD", {"CSQU3054383"});
  const core::UtcTime left{meta.started.ns + kMinuteNs};
  for (int twice = 0; twice < 2; ++twice)
    ASSERT_TRUE(catalogue->add_unscanned(meta, "it drove away", left).ok());
  const auto found = catalogue->find({.container = "CSQU3054383"});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1U);
  EXPECT_TRUE(found->front().file.empty());
  EXPECT_EQ(found->front().outcome, core::ScanOutcome::kAborted);
  EXPECT_EQ(found->front().outcome_reason, "it drove away");
  EXPECT_EQ(found->front().ended, left);
  const auto check = catalogue->check(true);
  ASSERT_TRUE(check.ok());
  EXPECT_THAT(check->problems, ::testing::IsEmpty());
  // A scan that began is not one of these.
  ASSERT_TRUE(catalogue->begin_scan(meta_of(2, "XY999", {}), folder / "2.pscan").ok());
  EXPECT_EQ(catalogue->add_unscanned(meta_of(2, "XY999", {}), "no", left).error().code,
            core::ErrorCode::kRefused);
}

TEST(Catalogue, ReadsEveryScanByPagesOnceAndNewestFirst) {
  const auto folder = test::test_folder("pages");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  // Scans 3 and 4 began at the same moment, across the end of a page of three.
  for (int number = 1; number <= 7; ++number) {
    auto meta = meta_of(number, "AB123CD", {});
    if (number == 4) meta.started = meta_of(3, "", {}).started;
    ASSERT_TRUE(catalogue->add_unscanned(meta, "it drove away", meta.started).ok());
  }
  const std::vector<std::string> all = {"scan-7", "scan-6", "scan-5", "scan-3",
                                        "scan-4", "scan-2", "scan-1"};
  for (const std::uint32_t limit : {3U, 4U, 7U, 8U, 10'000U})
    EXPECT_EQ(ids(find_all(*catalogue, {.limit = limit})), all) << "pages of " << limit;
  EXPECT_THAT(ids(find_all(*catalogue, {.from = meta_of(2, "", {}).started,
                                        .to = meta_of(6, "", {}).started,
                                        .limit = 3})),
              ElementsAre("scan-5", "scan-3", "scan-4", "scan-2"));
  EXPECT_THAT(ids(find_all(*catalogue, {.id = "scan-9", .limit = 3})), ::testing::IsEmpty());
  // A page that one moment fills has no next one: said instead of left out.
  const auto stuck = find_all(*catalogue, {.limit = 2});
  ASSERT_FALSE(stuck.ok());
  EXPECT_EQ(stuck.error().code, core::ErrorCode::kCorrupt);
}

TEST(Catalogue, FindsByContainerPlateTimeAndIdNewestFirst) {
  const auto folder = test::test_folder("find");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  ASSERT_TRUE(
      catalogue
          ->begin_scan(meta_of(1, "AB 123-CD", {"CSQU3054383", "MWCU6059784"}), folder / "1.pscan")
          .ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(2, "XY999", {"CSQU3054383"}), folder / "2.pscan").ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(3, "ab123cd", {}), folder / "3.pscan").ok());
  EXPECT_THAT(ids(catalogue->find({})), ElementsAre("scan-3", "scan-2", "scan-1"));
  EXPECT_THAT(ids(catalogue->find({.container = "csqu 305438-3"})),
              ElementsAre("scan-2", "scan-1"));
  EXPECT_THAT(ids(catalogue->find({.container = "MWCU6059784"})), ElementsAre("scan-1"));
  EXPECT_THAT(ids(catalogue->find({.plate = "AB123CD"})), ElementsAre("scan-3", "scan-1"));
  EXPECT_THAT(ids(catalogue->find({.id = "scan-2"})), ElementsAre("scan-2"));
  EXPECT_THAT(ids(catalogue->find({.from = core::UtcTime{kNow.ns + 2 * kMinuteNs}})),
              ElementsAre("scan-3", "scan-2"));
  EXPECT_THAT(ids(catalogue->find({.to = core::UtcTime{kNow.ns + 2 * kMinuteNs}})),
              ElementsAre("scan-1"));
  EXPECT_THAT(ids(catalogue->find({.container = "CSQU3054383", .plate = "XY 999"})),
              ElementsAre("scan-2"));
  EXPECT_THAT(ids(catalogue->find({.limit = 1})), ElementsAre("scan-3"));
  EXPECT_FALSE(catalogue->find({.limit = 0}).ok());
  auto one = catalogue->find({.id = "scan-1"});
  ASSERT_EQ(one->at(0).containers.size(), 2u);
  EXPECT_EQ(one->at(0).containers[1].number, "MWCU6059784");
  // Identity that came late.
  core::VehicleIdentity late;
  late.plate = "LATE1";
  late.containers.push_back({"TGHU1234560", "45G1", false, 0.4});
  ASSERT_TRUE(catalogue->set_identity("scan-3", late).ok());
  EXPECT_THAT(ids(catalogue->find({.container = "TGHU1234560"})), ElementsAre("scan-3"));
  EXPECT_THAT(ids(catalogue->find({.plate = "AB123CD"})), ElementsAre("scan-1"));
}

TEST(Catalogue, SearchesByWordsStateFindingAndTime) {
  const auto folder = test::test_folder("search");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(1, "AB 123-CD", {"CSQU3054383"}), folder / "1").ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(2, "XY999", {"MWCU6059784"}), folder / "2").ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(3, "", {}), folder / "3").ok());
  core::Declaration declaration;
  declaration.mrn = "26DE_75%0123456A7";
  ASSERT_TRUE(catalogue->bind_declaration("scan-3", "d1", "plate", declaration, kNow).ok());
  core::InspectionReport report;
  report.scan_id = "scan-1";
  report.findings.resize(2);
  report.findings[1].kind = core::FindingKind::kShielding;
  ASSERT_TRUE(catalogue->add_report(report, kNow).ok());
  report.scan_id = "scan-2";
  ASSERT_TRUE(catalogue->add_report(report, kNow).ok());
  report.findings.resize(1);  // judged anew: the shielding is gone
  ASSERT_TRUE(catalogue->add_report(report, kNow).ok());
  core::Decision decision;
  decision.kind = core::DecisionKind::kHold;
  for (const char* id : {"scan-1", "scan-2"}) {
    decision.scan_id = decision.case_id = id;
    ASSERT_TRUE(catalogue->add_decision(id, decision).ok());
  }
  decision.kind = core::DecisionKind::kRelease;
  ASSERT_TRUE(catalogue->add_decision("scan-2/decision-2", decision).ok());

  const auto found = [&](const CatalogueSearch& search) {
    const auto cases = catalogue->search(search);
    EXPECT_TRUE(cases.ok()) << cases.error().message;
    EXPECT_FALSE(cases->older_left_out);
    return ids(cases->scans);
  };
  EXPECT_THAT(found({}), ElementsAre("scan-3", "scan-2", "scan-1"));
  EXPECT_THAT(found({.text = "csqu 305"}), ElementsAre("scan-1"));
  EXPECT_THAT(found({.text = "123c"}), ElementsAre("scan-1")) << "a part of a plate";
  EXPECT_THAT(found({.text = "75%01"}), ElementsAre("scan-3")) << "no pattern";
  EXPECT_THAT(found({.text = "de_75"}), ElementsAre("scan-3"));
  EXPECT_THAT(found({.text = "SCAN-2"}), ElementsAre("scan-2"));
  EXPECT_THAT(found({.text = "%"}), ElementsAre("scan-3")) << "no letter of a number";
  EXPECT_THAT(found({.text = "' OR 1 --"}), ElementsAre());
  EXPECT_THAT(found({.state = "undecided"}), ElementsAre("scan-3"));
  EXPECT_THAT(found({.state = "decided"}), ElementsAre("scan-2", "scan-1"));
  EXPECT_THAT(found({.state = "hold"}), ElementsAre("scan-1")) << "the last decision counts";
  EXPECT_THAT(found({.finding = "shielding"}), ElementsAre("scan-1"));
  EXPECT_THAT(found({.text = "scan", .state = "decided", .finding = "anomalous_region"}),
              ElementsAre("scan-2", "scan-1"));
  EXPECT_THAT(found({.from = core::UtcTime{kNow.ns + 2 * kMinuteNs},
                     .to = core::UtcTime{kNow.ns + 3 * kMinuteNs}}),
              ElementsAre("scan-2"));
  const auto two = catalogue->search({.limit = 2});
  ASSERT_TRUE(two.ok());
  EXPECT_TRUE(two->more);
  EXPECT_EQ(two->scans.size(), 2U);
  EXPECT_FALSE(catalogue->search({.limit = 3})->more);
  EXPECT_FALSE(catalogue->search({.limit = 0}).ok());
}

TEST(Catalogue, KeepsTheWholeCaseAndTakesNothingTwice) {
  const auto folder = test::test_folder("case");
  const auto meta = meta_of(1, "AB123CD", {"CSQU3054383"});
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok());
  core::Declaration declaration;
  declaration.system = "wco";
  declaration.lrn = "LRN1";
  core::InspectionReport report;
  report.scan_id = meta.id;
  report.verdict.outcome = core::VerdictOutcome::kInspect;
  report.verdict.reasons = {"A dense object."};
  core::Decision decision;
  decision.scan_id = meta.id;
  decision.container = "CSQU3054383";
  decision.kind = core::DecisionKind::kPhysicalInspection;
  decision.decided = kNow;
  const auto seal = write_file(meta, folder / "1.pscan");
  for (int twice = 0; twice < 2; ++twice) {
    ASSERT_TRUE(catalogue->begin_scan(meta, folder / "1.pscan").ok());
    ASSERT_TRUE(catalogue->bind_declaration(meta.id, "d1", "container", declaration, kNow).ok());
    ASSERT_TRUE(catalogue
                    ->end_scan(meta.id, core::ScanOutcome::kComplete, "",
                               core::UtcTime{meta.started.ns + kMinuteNs}, seal)
                    .ok());
    ASSERT_TRUE(catalogue->add_report(report, kNow).ok());
    ASSERT_TRUE(catalogue->add_decision("key-1", decision).ok());
  }
  report.verdict.outcome = core::VerdictOutcome::kClear;
  ASSERT_TRUE(catalogue->add_report(report, kNow).ok());
  auto shown = catalogue->show(meta.id);
  ASSERT_TRUE(shown.ok()) << shown.error().message;
  EXPECT_EQ(shown->scan.outcome, core::ScanOutcome::kComplete);
  EXPECT_EQ(shown->scan.sha256, seal.sha256);
  EXPECT_EQ(shown->declarations.size(), 1u);
  EXPECT_EQ(shown->declarations[0].declaration.lrn, "LRN1");
  EXPECT_EQ(shown->report_versions, 2u);
  EXPECT_EQ(shown->report->verdict.outcome, core::VerdictOutcome::kClear);
  ASSERT_EQ(shown->decisions.size(), 1u);
  EXPECT_EQ(shown->decisions[0].kind, core::DecisionKind::kPhysicalInspection);

  decision.kind = core::DecisionKind::kRelease;
  EXPECT_EQ(catalogue->add_decision("key-1", decision).error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(catalogue->end_scan(meta.id, core::ScanOutcome::kAborted, "", kNow, seal).error().code,
            core::ErrorCode::kRefused);
  EXPECT_EQ(catalogue->begin_scan(meta, folder / "other.pscan").error().code,
            core::ErrorCode::kRefused);
  EXPECT_EQ(
      catalogue->end_scan("no-such", core::ScanOutcome::kComplete, "", kNow, seal).error().code,
      core::ErrorCode::kNotFound);
  EXPECT_EQ(catalogue->show("no-such").error().code, core::ErrorCode::kNotFound);

  // Beside the open catalogue: looking works, changing does not.
  auto reader = Catalogue::open_to_read(folder / "c.sqlite");
  ASSERT_TRUE(reader.ok()) << reader.error().message;
  EXPECT_EQ(reader->add_event("", "a", "b", kNow).error().code, core::ErrorCode::kRefused);
  auto check = reader->check(true);
  ASSERT_TRUE(check.ok());
  EXPECT_TRUE(check->problems.empty()) << check->problems.front();
  EXPECT_EQ(check->files_checked, 1u);
  std::filesystem::resize_file(folder / "1.pscan", 5000);
  check = reader->check(false);
  ASSERT_EQ(check->problems.size(), 1u);
  EXPECT_THAT(check->problems[0], HasSubstr("scan scan-1: "));
}

TEST(Catalogue, ACaseIsDecidedWhenEachOfItsContainersIs) {
  const auto folder = test::test_folder("catalogue-containers");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok());
  const std::vector<std::string> both = {"CSQU3054383", "MWCU6059784"};
  ASSERT_TRUE(catalogue->begin_scan(meta_of(1, "AB", both), folder / "1").ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(2, "CD", both), folder / "2").ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(3, "EF", {}), folder / "3").ok());
  int key = 0;
  const auto decide = [&](const char* scan, const std::string& container, bool container_only,
                          core::DecisionKind kind) {
    core::Decision decision;
    decision.scan_id = scan;
    decision.container = container;
    decision.container_only = container_only;
    decision.kind = kind;
    ASSERT_TRUE(catalogue->add_decision(std::to_string(++key), decision).ok());
  };
  const auto in_state = [&](const char* state) {
    const auto found = catalogue->search({.state = state});
    EXPECT_TRUE(found.ok());
    std::vector<std::string> list;
    if (found.ok())
      for (const auto& one : found->scans) list.push_back(one.id);
    return list;
  };
  decide("scan-1", both[0], true, core::DecisionKind::kRelease);
  decide("scan-2", both[0], false, core::DecisionKind::kHold);
  decide("scan-3", "", false, core::DecisionKind::kIsolate);
  EXPECT_THAT(in_state("decided"), ElementsAre("scan-3", "scan-2"));
  EXPECT_THAT(in_state("undecided"), ElementsAre("scan-1"));
  EXPECT_THAT(in_state("hold"), ElementsAre("scan-2"));
  EXPECT_THAT(in_state("isolate"), ElementsAre("scan-3"));

  decide("scan-1", both[1], true, core::DecisionKind::kHold);
  decide("scan-2", both[1], true, core::DecisionKind::kRelease);
  EXPECT_THAT(in_state("decided"), ElementsAre("scan-3", "scan-2", "scan-1"));
  EXPECT_THAT(in_state("hold"), ElementsAre("scan-2", "scan-1"));
  EXPECT_THAT(in_state("release"), ElementsAre("scan-2", "scan-1"));
  const auto kept = catalogue->show("scan-2");
  ASSERT_TRUE(kept.ok());
  const auto standing = standing_of(*kept);
  ASSERT_EQ(standing.size(), 2U);
  EXPECT_EQ(standing[0].decision->kind, core::DecisionKind::kHold);
  EXPECT_EQ(standing[1].decision->kind, core::DecisionKind::kRelease);

  decide("scan-1", both[0], false, core::DecisionKind::kRelease);
  EXPECT_THAT(in_state("hold"), ElementsAre("scan-2"));
}

// A hold was told to both; then an officer chose, and chose otherwise.
TEST(Catalogue, AChoiceAmongDeclarationsHoldsFromItsTimeOn) {
  const auto folder = test::test_folder("catalogue-choice");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok());
  ASSERT_TRUE(catalogue->begin_scan(meta_of(1, "AB", {"CSQU3054383"}), folder / "1").ok());
  for (const char* id : {"d1", "d2"})
    ASSERT_TRUE(catalogue->bind_declaration("scan-1", id, "container", {}, kNow).ok());
  const auto at = [](int minutes) { return core::UtcTime{kNow.ns + minutes * kMinuteNs}; };
  const auto choose = [&](const std::string& text, int minutes) {
    ASSERT_TRUE(catalogue->add_event("scan-1", kChoiceEvent, text, at(minutes)).ok());
  };
  choose(choice_json({{}, "anna", "d1", {"d1", "d2"}, {"d2"}}), 2);
  choose(choice_json({{}, "berta \"b\"", "", {"d1", "d2"}, {"d1", "d2"}}), 4);
  // What is no choice is passed over: all its declarations would be shown, and the doubt.
  for (const char* text : {"", "[]", "{\"by\":\"x\"}", "{\"by\":1,\"chosen\":\"\"}",
                           "{\"by\":\"x\",\"chosen\":\"d1\",\"shown\":[1],\"set_aside\":[]}"})
    choose(text, 5);
  const auto kept = catalogue->show("scan-1");
  ASSERT_TRUE(kept.ok());
  ASSERT_EQ(kept->choices.size(), 2u);
  EXPECT_EQ(kept->choices[1].by, "berta \"b\"");
  EXPECT_EQ(kept->choices[1].at, at(4));
  EXPECT_THAT(kept->choices[0].shown, ElementsAre("d1", "d2"));
  EXPECT_TRUE(kept->declarations.empty());
  EXPECT_EQ(kept->declarations_set_aside.size(), 2u);
  const auto held = [&](int minutes) {
    std::vector<std::string> ids;
    for (const auto& one : declarations_at(*kept, at(minutes))) ids.push_back(one.store_id);
    return ids;
  };
  EXPECT_THAT(held(1), ElementsAre("d1", "d2"));
  EXPECT_THAT(held(2), ElementsAre("d1"));
  EXPECT_THAT(held(3), ElementsAre("d1"));
  EXPECT_TRUE(held(4).empty());
}

TEST(Catalogue, ForeignFilesAreRefused) {
  const auto folder = test::test_folder("foreign-catalogue");
  std::ofstream(folder / "text") << std::string(5000, 'x');
  EXPECT_EQ(Catalogue::open_for_lane(folder / "text", kNow).error().code,
            core::ErrorCode::kInvalidInput);
  const auto meta = meta_of(1, "", {});
  write_file(meta, folder / "1.pscan");
  EXPECT_EQ(Catalogue::open_for_lane(folder / "1.pscan", kNow).error().code,
            core::ErrorCode::kInvalidInput);
  EXPECT_EQ(Catalogue::open_to_read(folder / "none").error().code, core::ErrorCode::kNotFound);
}

// A lane that died in mid-scan leaves no record "running".
TEST(Catalogue, RecordLeftRunningIsClosedWithWhatTheFileHolds) {
  const auto folder = test::test_folder("recover");
  const auto meta = meta_of(1, "AB123CD", {"CSQU3054383"});
  const auto lost = meta_of(2, "", {});
  const auto sealed = meta_of(3, "", {});
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  std::fflush(nullptr);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
    bool ok = catalogue.ok() && catalogue->begin_scan(meta, folder / "1.pscan").ok() &&
              catalogue->begin_scan(lost, folder / "2.pscan").ok() &&
              catalogue->begin_scan(sealed, folder / "3.pscan").ok();
    write_file(sealed, folder / "3.pscan");
    auto writer = ScanWriter::create(folder / "1.pscan", meta, {});
    for (std::uint64_t pulse = 0; ok && pulse < 300; ++pulse)
      ok = writer->append(test::line_of(meta, pulse)).ok();
    const char word = ok ? 'y' : 'n';
    if (::write(ends[1], &word, 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char word = 0;
  ASSERT_EQ(::read(ends[0], &word, 1), 1);
  ASSERT_EQ(word, 'y');
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ::close(ends[1]);

  std::vector<Catalogue::Recovered> recovered;
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow, &recovered);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  ASSERT_EQ(recovered.size(), 3u);
  auto one = catalogue->show("scan-1");
  EXPECT_EQ(one->scan.outcome, core::ScanOutcome::kPartial);
  EXPECT_EQ(one->scan.lines, 256u);  // The block that was committed.
  EXPECT_EQ(one->scan.sha256.size(), 64u);
  EXPECT_EQ(one->events.at(0).kind, "recovered");
  auto two = catalogue->show("scan-2");  // Its file was never made.
  EXPECT_EQ(two->scan.outcome, core::ScanOutcome::kPartial);
  EXPECT_THAT(two->scan.outcome_reason, HasSubstr("no such file"));
  EXPECT_EQ(catalogue->show("scan-3")->scan.outcome,
            core::ScanOutcome::kComplete);  // It was sealed in time.
  recovered.clear();
  auto again = Catalogue::open_for_lane(folder / "c.sqlite", kNow, &recovered);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(recovered.empty());
}

// It died after it had made the file and before it had noted it.
TEST(Catalogue, AFileWithoutItsRecordGetsOneAtTheNextStart) {
  const auto folder = test::test_folder("orphan");
  std::filesystem::create_directories(folder / "scans");
  const auto meta = meta_of(1, "AB123CD", {"CSQU3054383"});
  std::fflush(nullptr);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto writer = ScanWriter::create(folder / "scans/1.pscan", meta, {});
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  write_file(meta_of(2, "", {}), folder / "scans/2.pscan");  // finished: somebody's copy
  for (const char* name : {"scans/3.pscan", "scans/3.pscan-wal"})
    const std::ofstream empty(folder / name);

  std::vector<Catalogue::Recovered> recovered;
  auto catalogue =
      Catalogue::open_for_lane(folder / "c.sqlite", kNow, &recovered, folder / "scans");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  ASSERT_EQ(recovered.size(), 1U);
  EXPECT_TRUE(recovered[0].file_ok);
  EXPECT_THAT(ids(catalogue->find({})), ElementsAre("scan-1"));
  const auto one = catalogue->show("scan-1");
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->scan.outcome, core::ScanOutcome::kPartial);
  EXPECT_EQ(one->scan.containers.at(0).number, "CSQU3054383");
  EXPECT_TRUE(verify_seal(folder / "scans/1.pscan").ok());
  // Once.
  recovered.clear();
  catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow, &recovered, folder / "scans");
  ASSERT_TRUE(catalogue.ok());
  EXPECT_TRUE(recovered.empty());
}

TEST(Catalogue, EventsOfTheLaneAreFoundByKindWordsAndTime) {
  const auto folder = test::test_folder("events");
  auto catalogue = Catalogue::open_for_lane(folder / "c.sqlite", kNow);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto add = [&](const char* kind, const char* text, int minute) {
    ASSERT_TRUE(
        catalogue->add_event("", kind, text, core::UtcTime{kNow.ns + minute * kMinuteNs}).ok());
  };
  add("alarm raised", "Detector needs attention: 41 %", 1);
  add("state", "Idle", 2);
  add("alarm acknowledged", "Detector needs attention (by anna)", 3);
  add("alarm raised", "Cameras do not answer", 4);
  const auto texts = [&](const CatalogueEventQuery& query) {
    const auto events = catalogue->find_events(query);
    EXPECT_TRUE(events.ok());
    std::vector<std::string> out;
    for (const auto& event : *events) out.push_back(event.text);
    return out;
  };
  CatalogueEventQuery query;
  query.kind_prefix = "alarm ";
  EXPECT_THAT(texts(query),
              ElementsAre("Cameras do not answer", "Detector needs attention (by anna)",
                          "Detector needs attention: 41 %"));
  query.text = "DETECTOR";
  EXPECT_EQ(texts(query).size(), 2U);
  query.text = "%";  // a word like any other
  EXPECT_THAT(texts(query), ElementsAre("Detector needs attention: 41 %"));
  query.text.clear();
  query.from = core::UtcTime{kNow.ns + 3 * kMinuteNs};
  query.to = core::UtcTime{kNow.ns + 4 * kMinuteNs};
  EXPECT_THAT(texts(query), ElementsAre("Detector needs attention (by anna)"));
  query.limit = 0;
  EXPECT_FALSE(catalogue->find_events(query).ok());
}

}  // namespace
}  // namespace portcullis::archive
