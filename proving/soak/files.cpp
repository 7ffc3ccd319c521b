#include "proving/soak/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "proving/soak/disk.h"
#include "proving/soak/world.h"

namespace portcullis::proving {
namespace {

constexpr std::uint32_t kLines = 600;
constexpr std::uint32_t kBlockLines = 256;
constexpr core::UtcTime kBegan{1'767'225'600'000'000'000};

/// What was answered with success.
struct Answered {
  bool begun = false, sealed = false, ended = false, decided = false;
  std::uint64_t lines_kept = 0;
};

std::filesystem::path catalogue_of(const std::filesystem::path& folder) {
  return folder / "catalogue.sqlite";
}

core::ScanMeta story_meta() {
  core::ScanMeta meta;
  meta.id = "story";
  meta.started = kBegan;
  meta.simulated = true;
  meta.lane = "proof";
  meta.software_version = "proof";
  meta.geometry = soak_geometry();
  return meta;
}

/// Goes on as far as a program would: what fails ends the scan, not the story.
Answered tell_story(const std::filesystem::path& folder) {
  Answered answered;
  auto catalogue = archive::Catalogue::open_for_lane(catalogue_of(folder), kBegan);
  if (!catalogue.ok()) return answered;
  const core::ScanMeta meta = story_meta();
  const auto path = folder / "story.pscan";
  auto writer = archive::ScanWriter::create(path, meta, {});
  if (!writer.ok()) return answered;
  answered.begun = catalogue->begin_scan(meta, path).ok();
  if (!answered.begun) return answered;
  core::Line line;
  line.samples.assign(meta.geometry.pixels.size(), 0);
  line.modules_present.set(0).set(1);
  std::uint64_t taken = 0;
  bool good = writer->add_event(kBegan, "state", "scanning").ok();
  for (std::uint32_t i = 0; good && i < kLines; ++i) {
    line.header.pulse = i;
    line.header.encoder_counts = static_cast<std::int32_t>(i);
    std::fill(line.samples.begin(), line.samples.end(), i * 7919U % 4096U);
    good = writer->append(line).ok();
    if (good) taken = i + 1;
    answered.lines_kept = taken / kBlockLines * kBlockLines;
  }
  if (!good) return answered;
  const auto seal = writer->seal(core::ScanOutcome::kComplete, "", kBegan);
  if (!seal.ok()) return answered;
  answered.sealed = true;
  answered.ended =
      catalogue->end_scan(meta.id, core::ScanOutcome::kComplete, "", kBegan, *seal).ok();
  core::Decision decision;
  decision.case_id = decision.scan_id = meta.id;
  decision.kind = core::DecisionKind::kRelease;
  decision.officer = "otto";
  decision.decided = kBegan;
  answered.decided = catalogue->add_decision("first", decision).ok();
  return answered;
}

/// On a good disk: what is not as it was answered; empty where all is well.
std::string look(const std::filesystem::path& folder, const Answered& answered) {
  auto catalogue = archive::Catalogue::open_for_lane(catalogue_of(folder), kBegan);
  if (!catalogue.ok()) return "the lane does not start: " + catalogue.error().message;
  const auto shown = catalogue->show("story");
  if (!shown.ok())
    return answered.begun ? "the record is gone: " + shown.error().message : std::string();
  const auto& scan = shown->scan;
  if (scan.outcome == core::ScanOutcome::kRunning) return "the record has no end";
  if (scan.sha256.empty()) return "the scan is not sealed: " + scan.outcome_reason;
  if (scan.lines < answered.lines_kept)
    return fmt::format("{} lines found, {} were kept", scan.lines, answered.lines_kept);
  if (answered.sealed && (scan.outcome != core::ScanOutcome::kComplete || scan.lines != kLines))
    return fmt::format("was sealed as complete, found {} with {} lines",
                       core::scan_outcome_name(scan.outcome), scan.lines);
  if (answered.decided && shown->decisions.empty()) return "the decision is gone";
  const auto raw = archive::read_scan(scan.file);
  if (!raw.ok()) return "the scan cannot be read: " + raw.error().message;
  for (std::size_t i = 0; i < raw->lines.size(); ++i)
    if (raw->lines[i].pulse != i || raw->samples[i * raw->pixels()] != i * 7919U % 4096U)
      return fmt::format("line {} is not what was written", i);
  const auto checked = catalogue->check(true);
  if (!checked.ok()) return checked.error().message;
  return checked->problems.empty() ? std::string() : checked->problems.front();
}

struct Way {
  const char* name;
  SoakDisk::AtAct at;
  std::optional<std::uint64_t> power_seed;  ///< With a loss of power.
};
constexpr Way kWays[] = {
    {"fails once", SoakDisk::AtAct::kFailsOnce, {}},
    {"fails from there on", SoakDisk::AtAct::kFailsFromThere, {}},
    {"killed", SoakDisk::AtAct::kDies, {}},
    {"power lost, nothing unsynced kept", SoakDisk::AtAct::kDies, 0},
    {"power lost, some unsynced kept", SoakDisk::AtAct::kDies, 1},
};

class FilesProof {
 public:
  explicit FilesProof(std::filesystem::path folder) : folder_(std::move(folder)) {}

  core::Result<FilesReport> go() {
    PC_CHECK(SoakDisk::install());
    PC_CHECK(clear());
    {
      SoakDisk disk;
      const Answered all = tell_story(folder_);
      report_.acts = disk.acts();
      if (!all.decided)
        return core::Error{core::ErrorCode::kIo,
                           fmt::format("{}: a story without faults fails here", folder_.string())};
    }
    for (std::uint64_t act = 0; act < report_.acts; ++act)
      for (const Way& way : kWays) PC_CHECK(one(act, way));
    // Killed in mid-scan; then the recovery, too.
    for (const Way& way : kWays) PC_CHECK(recoveries(way));
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    return std::move(report_);
  }

 private:
  core::Status clear() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
    std::filesystem::create_directories(folder_, error);
    if (!error) return {};
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", folder_.string(), error.message())};
  }

  static core::Status lose_power(SoakDisk& disk, const std::filesystem::path& folder,
                                 std::uint64_t seed) {
    PC_CHECK(disk.lose_power(seed));
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(folder, ignored))
      if (file.path().string().ends_with("-shm")) std::filesystem::remove(file.path(), ignored);
    return {};
  }

  core::Status one(std::uint64_t act, const Way& way) {
    PC_CHECK(clear());
    SoakDisk disk;
    disk.at_act(way.at, act);
    const Answered answered = tell_story(folder_);
    PC_CHECK(finish(disk, act, way, answered, "the story"));
    return {};
  }

  core::Status finish(SoakDisk& disk, std::uint64_t act, const Way& way, const Answered& answered,
                      const char* what) {
    disk.at_act(SoakDisk::AtAct::kNever, 0);
    if (way.power_seed) PC_CHECK(lose_power(disk, folder_, *way.power_seed == 0 ? 0 : act + 1));
    disk.set_dead(false);
    ++report_.runs;
    const std::string wrong = look(folder_, answered);
    if (!wrong.empty())
      report_.violations.push_back(fmt::format("act {} of {}, {}: {}", act, what, way.name, wrong));
    return {};
  }

  /// Kills the story in its second half, then lets the recovery fail at each of its acts.
  core::Status recoveries(const Way& way) {
    for (std::uint64_t act = 0;; ++act) {
      PC_CHECK(clear());
      SoakDisk disk;
      disk.at_act(SoakDisk::AtAct::kDies, report_.acts / 2);
      const Answered answered = tell_story(folder_);
      disk.set_dead(false);
      const std::uint64_t before = disk.acts();
      disk.at_act(way.at, before + act);
      static_cast<void>(archive::Catalogue::open_for_lane(catalogue_of(folder_), kBegan));
      const bool reached = disk.acts() > before + act;
      PC_CHECK(finish(disk, act, way, answered, "the recovery"));
      if (!reached) return {};
    }
  }

  std::filesystem::path folder_;
  FilesReport report_;
};

}  // namespace

core::Result<FilesReport> prove_files(const std::filesystem::path& folder) {
  return FilesProof(folder).go();
}

}  // namespace portcullis::proving
