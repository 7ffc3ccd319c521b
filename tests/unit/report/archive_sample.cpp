#include "archive_sample.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "archive/audit/audit_log.h"
#include "archive/export/tiff.h"
#include "core/files.h"
#include "core/record_json.h"
#include "recording/radiation_event.h"

namespace portcullis::report::test {
namespace {

constexpr std::uint32_t kColumns = 900, kRows = 300;
constexpr std::chrono::seconds kPatience{30};

core::UtcTime after(double seconds) {
  return {kStart.ns + static_cast<std::int64_t>(seconds * 1e9)};
}

void expect_ok(const core::Status& status) {
  EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().message);
}

core::ScanMeta sample_meta(const Sample& sample) {
  core::ScanMeta meta;
  meta.id = sample.scan_id;
  meta.started = after(60);
  meta.lane = "Lane 3";
  meta.software_version = "0.1.0-test";
  meta.identity.plate = "AB123CD";
  meta.identity.containers.push_back({"CSQU3054383", "22G1", true, 0.97});
  if (sample.raw != nullptr) {
    meta.geometry = sample.raw->meta.geometry;
    return meta;
  }
  meta.geometry.name = "test";
  meta.geometry.source_y_mm = -2500;
  meta.geometry.source_z_mm = 900;
  meta.geometry.module_count = 1;
  meta.geometry.pixels_per_module = 8;
  meta.geometry.pixel_pitch_mm = 5;
  meta.geometry.encoder_mm_per_count = 0.1;
  meta.geometry.pulse_rate_hz = 400;
  for (int i = 0; i < 8; ++i) meta.geometry.pixels.push_back({2500, i * 5.0});
  return meta;
}

/// A TIFF of the codes that `code_at` gives.
template <class CodeAt>
std::string plane_tiff(const std::filesystem::path& scratch, const char* name, CodeAt code_at) {
  std::vector<std::uint16_t> codes;
  for (std::uint32_t row = 0; row < kRows; ++row)
    for (std::uint32_t column = 0; column < kColumns; ++column)
      codes.push_back(code_at(column, row));
  archive::TiffPage page{name, name, kColumns, kRows, 10, codes};
  expect_ok(archive::write_tiff_pages(scratch, {page}, "test"));
  return core::read_file(scratch, 10 << 20).value();
}

void append_lines(archive::ScanWriter& writer, const core::RawScan& raw) {
  core::Line line;
  for (std::size_t i = 0; i < raw.lines.size(); ++i) {
    line.header = raw.lines[i];
    line.modules_present = raw.modules_present[i];
    const auto first = raw.samples.begin() + static_cast<std::ptrdiff_t>(i * raw.pixels());
    line.samples.assign(first, first + static_cast<std::ptrdiff_t>(raw.pixels()));
    expect_ok(writer.append(line));
  }
}

archive::SealInfo write_scan(const std::filesystem::path& path, const core::ScanMeta& meta,
                             const Sample& sample) {
  core::Calibration calibration;
  if (sample.raw != nullptr) calibration = sample.raw->calibration;
  calibration.id = "cal-7";
  auto writer = archive::ScanWriter::create(path, meta, calibration);
  EXPECT_TRUE(writer.ok()) << (writer.ok() ? "" : writer.error().message);
  if (sample.radiation_stored)
    expect_ok(writer->add_event(after(61), recording::kRadiationEvent,
                                recording::radiation_event_text({true, true, false, 7.25, ""})));
  if (sample.raw != nullptr) {
    append_lines(*writer, *sample.raw);
    expect_ok(writer->add_event(after(62), "command", "start by erika"));
    expect_ok(writer->add_event(after(63), "state", "ready to scanning"));
  }
  const auto seal = writer->seal(
      sample.outcome,
      sample.outcome == core::ScanOutcome::kPartial ? "the beam went off after 4.2 m" : "",
      after(75));
  EXPECT_TRUE(seal.ok());
  if (sample.raw != nullptr) return *seal;
  const auto scratch = path.parent_path() / "plane.tif";
  const auto steel = [](std::uint32_t column, std::uint32_t) {
    return static_cast<std::uint16_t>(column < kColumns / 2 ? 1'024 : 1'024 + 4'096 * 3);
  };
  const auto metal = [](std::uint32_t column, std::uint32_t) {
    return static_cast<std::uint16_t>(column < kColumns / 2 ? 0 : 3);
  };
  expect_ok(archive::store_image(path, "high", "{}", plane_tiff(scratch, "high", steel)));
  expect_ok(archive::store_image(path, "material", "{}", plane_tiff(scratch, "material", metal)));
  std::filesystem::remove(scratch);
  return *seal;
}

core::InspectionReport sample_report(const Sample& sample) {
  core::InspectionReport report;
  report.scan_id = sample.scan_id;
  report.columns = kColumns;
  report.rows = kRows;
  report.mm_per_px = 10;
  core::Finding dense;
  dense.kind = core::FindingKind::kSmallDenseObject;
  dense.score = 0.87;
  dense.bbox_px = {500, 100, 80, 60};
  dense.bbox_mm = {5'000, 1'200, 800, 600};
  dense.material = "metal";
  dense.text = "A dense object of about 95 kg stands in paper.";
  core::Finding mass;
  mass.kind = core::FindingKind::kMassMismatch;
  mass.score = 0.61;
  mass.text = "The load weighs 9,300 kg; 12,000 kg are declared.";
  report.findings = {dense, mass};
  report.checks = {
      {"declaration", core::CheckOutcome::kAgrees, "1 declaration", "1", "It names the container."},
      {"mass", core::CheckOutcome::kDiffers, "9,300 kg (8,800 to 9,800)", "12,000 kg",
       "Lighter than declared, beyond the interval of 90 %."},
      {"empty", core::CheckOutcome::kAgrees, "full", "full", "Load fills 71 % of the container."},
      {"radiation", core::CheckOutcome::kDiffers, "gamma alarm", "no alarm", "Measure by hand."}};
  if (!sample.radiation_stored)
    report.checks.back() = {"radiation", core::CheckOutcome::kAgrees, "no alarm, highest 0.0 sigma",
                            "no alarm", "No alarm; nothing over background."};
  report.containers = {{"CSQU3054383", {100, 20, 700, 260}, 9'300, 8'800, 9'800, 0.71, false}};
  report.verdict = {core::VerdictOutcome::kInspect, 0.9, {"A dense object in declared paper."}};
  return report;
}

core::Decision sample_decision(const Sample& sample, const std::string& officer,
                               core::DecisionKind kind, const std::string& reason,
                               const std::string& text, double seconds) {
  core::Decision decision;
  decision.case_id = decision.scan_id = sample.scan_id;
  decision.container = "CSQU3054383";
  decision.kind = kind;
  decision.reason_code = reason;
  decision.reason_text = text;
  decision.officer = officer;
  decision.decided = after(seconds);
  decision.time_on_image_ms = 31'500;
  decision.answers = {core::FindingAnswer::kAgree, core::FindingAnswer::kUnsure};
  return decision;
}

void add_decisions(archive::Catalogue& catalogue, const Sample& sample) {
  const auto opinion = sample_decision(sample, "anna", core::DecisionKind::kPhysicalInspection,
                                       "suspect_object", "", 120);
  expect_ok(catalogue.add_event(sample.scan_id, "opinion", core::to_json(opinion).dump(),
                                opinion.decided));
  expect_ok(
      catalogue.add_decision("1", sample_decision(sample, "boris", core::DecisionKind::kRelease,
                                                  "explained_by_goods", "Print rollers.", 150)));
  auto last = sample_decision(sample, "carla", core::DecisionKind::kPhysicalInspection,
                              "suspect_object", "Rollers are not that dense.", 200);
  last.view_json = sample.view_json;
  expect_ok(catalogue.add_decision("2", last));
  const nlohmann::json outcome = {
      {"by", "dmitri"},
      {"seals_found", {"S-1"}},
      {"seals_put", {"S-2"}},
      {"outcomes",
       {{{"result", "found"}, {"what", "lead box"}, {"where", "row 3"}, {"how_much", "96 kg"}},
        {{"result", "nothing"}},
        {{"result", "not_examined"}}}}};
  expect_ok(
      catalogue.add_event(sample.scan_id, "inspection_outcome", outcome.dump(), after(4'000)));
  expect_ok(catalogue.add_event(
      sample.scan_id, "marks",
      R"(carla: [{"kind":"box","points":[[480,90],[600,170]],"text":"here","author":"carla"}])",
      after(190)));
}

void write_audit_log(const std::filesystem::path& folder, const Sample& sample,
                     const std::string& seal) {
  auto log = archive::AuditLog::open(
      {folder / "audit", folder / "audit.key", folder / "audit-salts.sqlite", "test/lane-3"});
  ASSERT_TRUE(log.ok()) << log.error().message;
  const auto add = [&](const char* type, const std::string& subject, double seconds) {
    archive::AuditLog::Draft draft;
    draft.entry.type = type;
    draft.entry.subject = subject;
    draft.entry.actor = "portcullis-lane";
    draft.entry.time = after(seconds);
    if (draft.entry.type == "scan_sealed" && subject == sample.scan_id)
      draft.entry.data["sha256"] = seal;
    (*log)->add(std::move(draft));
  };
  add("service_started", "", -100);
  add("arrival", "visit-7", 10);
  add("scan_sealed", "another", 20);
  add("scan_sealed", sample.scan_id, 76);
  if (sample.decided) add("decision", sample.scan_id, 150);
  for (int i = 0; i < 300; ++i) add("calibration", "", 300 + i);
  EXPECT_TRUE((*log)->flush(kPatience));  // As few batches as they come in: each costs the disk.
}

}  // namespace

core::Declaration sample_declaration() {
  core::Declaration declared;
  declared.system = "wco";
  declared.message_id = "m-1";
  declared.lrn = "LRN-77";
  declared.mrn = "06DE586600006143E1";
  declared.procedure = "import";
  declared.declarant = "Müller & Söhne";
  declared.consignee = "شركة النور للتجارة";
  declared.origin_country = "CN";
  declared.destination_country = "DE";
  declared.gross_mass_kg = 12'000;
  declared.received = after(-3'600);
  declared.containers = {{"CSQU3054383", "22G1", {"S-1"}, false}};
  declared.items = {{1, "480255", "Printing paper", "PX", 20, 12'000.0, 11'800.0, {}}};
  return declared;
}

std::filesystem::path make_archive(const std::string& name, const Sample& sample) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  if (out == nullptr) throw std::runtime_error("PORTCULLIS_TEST_OUT: no folder to write in");
  auto folder = std::filesystem::path(out) / "report" / (name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "scans");
  auto catalogue = archive::Catalogue::open_for_lane(folder / "catalogue.sqlite", kStart);
  EXPECT_TRUE(catalogue.ok()) << (catalogue.ok() ? "" : catalogue.error().message);
  const auto meta = sample_meta(sample);
  std::string seal_of_scan;
  if (sample.scan) {
    const auto file = folder / "scans" / (sample.scan_id + ".pscan");
    expect_ok(catalogue->begin_scan(meta, file));
    const auto seal = write_scan(file, meta, sample);
    seal_of_scan = seal.sha256;
    expect_ok(catalogue->end_scan(
        meta.id, sample.outcome,
        sample.outcome == core::ScanOutcome::kPartial ? "the beam went off after 4.2 m" : "",
        after(75), seal));
    expect_ok(catalogue->add_report(sample_report(sample), after(77)));
  } else {
    expect_ok(
        catalogue->add_unscanned(meta, "the vehicle left before a scan was started", after(75)));
  }
  expect_ok(catalogue->add_event(meta.id, archive::kArrivalEvent, "visit-7", after(10)));
  if (!sample.declaration.message_id.empty())
    expect_ok(catalogue->bind_declaration(meta.id, "store-1", "container", sample.declaration,
                                          after(62)));
  if (!sample.chosen_by.empty()) {
    core::Declaration other;
    other.mrn = "26GB0000000002";
    expect_ok(catalogue->bind_declaration(meta.id, "store-2", "container", other, after(62)));
    expect_ok(catalogue->add_event(
        meta.id, archive::kChoiceEvent,
        archive::choice_json(
            {{}, sample.chosen_by, "store-1", {"store-1", "store-2"}, {"store-2"}}),
        after(80)));
  }
  if (sample.decided && sample.scan) add_decisions(*catalogue, sample);
  if (sample.audit) write_audit_log(folder, sample, seal_of_scan);
  return folder;
}

}  // namespace portcullis::report::test
