#include "archive/scan_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include "archive/block_codec.h"
#include "archive/pscan_schema.h"
#include "archive/scan_seal.h"
#include "core/crc32c.h"
#include "core/files.h"
#include "core/record_text.h"
#include "core/version.h"

namespace portcullis::archive {

namespace {

static_assert(std::endian::native == std::endian::little,
              "float32 tables are written as they stand");

core::Error bad_line(std::string message) {
  return {core::ErrorCode::kInvalidInput, std::move(message)};
}

std::span<const std::byte> float_bytes(const std::vector<float>& values) {
  return std::as_bytes(std::span(values));
}

/// An absent frame (no lines, no values) is not written; a present one has a value a pixel.
core::Status check_frame(const core::CalibrationFrame& frame, const char* kind,
                         std::size_t pixels) {
  if (frame.lines == 0 && frame.mean_counts.empty() && frame.variance_counts2.empty()) return {};
  if (frame.mean_counts.size() != pixels || frame.variance_counts2.size() != pixels) {
    return bad_line(fmt::format("calibration frame {}: {} means and {} variances for {} pixels",
                                kind, frame.mean_counts.size(), frame.variance_counts2.size(),
                                pixels));
  }
  return {};
}

/// The covariances of neighbours as two rows: mean holds the covariance, variance the variance.
std::array<core::CalibrationFrame, 2> neighbour_frames(const core::NeighbourNoise& noise) {
  std::array<core::CalibrationFrame, 2> frames;
  for (auto& frame : frames) {
    frame.lines = noise.lines;
    frame.taken = noise.taken;
    frame.variance_counts2 = noise.variance;
  }
  frames[0].mean_counts = noise.next;
  frames[1].mean_counts = noise.second;
  return frames;
}

core::Status write_calibration(core::Database& database, const core::Calibration& calibration,
                               std::size_t pixels) {
  PC_TRY(auto frames,
         database.prepare("INSERT INTO calibration_frame VALUES (?, ?, ?, ?, ?, ?, ?)"));
  const auto& detector = calibration.detector;
  std::vector<std::pair<std::string, const core::CalibrationFrame*>> all = {
      {"dark", &calibration.dark},
      {"air_high", &calibration.air_high},
      {"air_low", &calibration.air_low},
      {"dark_second", &detector.dark_second}};
  for (const auto& step : detector.decay) {
    all.emplace_back(fmt::format("decay_{:04}_{:04}", step.first_pulse, step.last_pulse),
                     &step.frame);
  }
  for (std::size_t i = 0; i < detector.blocks.size(); ++i) {
    all.emplace_back(fmt::format("block_{:02}_high", i), &detector.blocks[i].high);
    all.emplace_back(fmt::format("block_{:02}_low", i), &detector.blocks[i].low);
  }
  const auto noise = neighbour_frames(detector.neighbours);
  all.emplace_back("air_noise_next", &noise[0]);
  all.emplace_back("air_noise_second", &noise[1]);
  for (const auto& [kind, frame] : all) {
    PC_CHECK(check_frame(*frame, kind.c_str(), pixels));
    if (frame->mean_counts.empty()) continue;
    PC_CHECK(frames.bind(0, kind)
                 .bind(1, frame->lines)
                 .bind(2, frame->dose_mean_counts)
                 .bind(3, frame->temperature_c)
                 .bind(4, core::to_iso8601(frame->taken))
                 .bind_blob(5, float_bytes(frame->mean_counts))
                 .bind_blob(6, float_bytes(frame->variance_counts2))
                 .run());
  }
  PC_TRY(auto wedges, database.prepare("INSERT INTO wedge_step VALUES (?, ?, ?, ?, ?)"));
  for (const auto& step : calibration.wedges) {
    if (step.transmission_high.size() != pixels || step.transmission_low.size() != pixels) {
      return bad_line(fmt::format("wedge step {} {} g/cm2: not one transmission a pixel",
                                  step.material, step.areal_density_g_cm2));
    }
    PC_CHECK(wedges.bind(0, step.material)
                 .bind(1, step.areal_density_g_cm2)
                 .bind(2, step.lines)
                 .bind_blob(3, float_bytes(step.transmission_high))
                 .bind_blob(4, float_bytes(step.transmission_low))
                 .run());
  }
  return {};
}

/// Makes the file complete with its tables, metadata and calibration under another name, then
/// gives it its own: at `path` there is never a file without them.
core::Status create_scan_database(const std::filesystem::path& path, const core::ScanMeta& meta,
                                  const core::Calibration& calibration) {
  const std::filesystem::path fresh = fmt::format("{}.new-{}", path.string(), ::getpid());
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  const auto build = [&]() -> core::Status {
    PC_TRY(auto database, core::Database::open(fresh, core::Database::Mode::kCreate));
    PC_CHECK(database.execute("PRAGMA page_size = 16384; PRAGMA synchronous = FULL; BEGIN"));
    PC_CHECK(database.execute(kPscanSchemaSql));
    PC_CHECK(set_meta_value(database, "scan", core::scan_meta_text(meta)));
    PC_CHECK(
        set_meta_value(database, "software_version",
                       meta.software_version.empty() ? core::kVersion : meta.software_version));
    PC_CHECK(set_meta_value(database, "calibration_id", calibration.id));
    PC_CHECK(write_calibration(database, calibration, meta.geometry.pixels.size()));
    PC_CHECK(database.execute("COMMIT"));
    // The change to WAL mode is itself a write under a rollback journal: made here, a kill in it
    // leaves nothing at `path`.
    PC_TRY(const auto mode, database.query_text("PRAGMA journal_mode = WAL"));
    if (mode != "wal")
      return core::Error{
          core::ErrorCode::kIo,
          fmt::format("{}: no WAL mode here (is it a network folder?)", path.string())};
    return database.close();
  };
  auto built = build();
  if (built.ok() && ::link(fresh.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    built = core::Error{
        reason == EEXIST ? core::ErrorCode::kRefused : core::ErrorCode::kIo,
        reason == EEXIST
            ? fmt::format("{}: exists already; a scan is never overwritten", path.string())
            : fmt::format("{}: {}", path.string(), std::strerror(reason))};
  }
  std::filesystem::remove(fresh, ignored);
  if (!built.ok()) return built;
  const auto folder = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
  return {};
}

}  // namespace

struct ScanWriter::State {
  State(core::Database opened, const core::ScanMeta& scan)
      : database(std::move(opened)), meta(scan) {
    const std::size_t count = meta.geometry.pixels.size();
    headers.reserve(kBlockLinesMax);
    modules.reserve(kBlockLinesMax);
    samples.reserve(kBlockLinesMax * count);
  }

  core::Database database;
  core::ScanMeta meta;
  BlockEncoder encoder;
  std::vector<core::LineHeader> headers;
  std::vector<std::bitset<core::kModulesMax>> modules;
  std::vector<std::uint32_t> samples;
  std::uint64_t blocks = 0;
  std::uint64_t lines = 0;  ///< Accepted, written or not.
  std::uint64_t lines_written = 0;
  std::uint64_t lines_lost = 0;
  std::uint64_t last_pulse = 0;
  std::uint64_t events = 0;
  std::uint64_t radiation_lines = 0;
  std::optional<core::Error> failed;

  core::Status write_block() {
    if (headers.empty()) return {};
    const BlockShape shape{static_cast<std::uint32_t>(headers.size()),
                           static_cast<std::uint32_t>(meta.geometry.pixels.size()),
                           meta.geometry.module_count};
    const auto encoding = BlockEncoding::kForeseen;
    const auto data = encoder.encode(shape, encoding, headers, modules, samples);
    PC_TRY(auto insert, database.prepare("INSERT INTO raw_block VALUES (?, ?, ?, ?, ?, ?, ?)"));
    PC_CHECK(insert.bind(0, blocks)
                 .bind(1, lines_written)
                 .bind(2, shape.lines)
                 .bind(3, static_cast<int>(encoding))
                 .bind(4, static_cast<std::uint64_t>(shape.raw_bytes()))
                 .bind(5, core::crc32c(data))
                 .bind_blob(6, data)
                 .run());
    ++blocks;
    lines_written += headers.size();
    headers.clear();
    modules.clear();
    samples.clear();
    return {};
  }

  /// Keeps the first failure: after it the file takes nothing more.
  core::Status keep(core::Status status) {
    if (!status.ok() && !failed) failed = status.error();
    return status;
  }
};

ScanWriter::ScanWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ScanWriter::ScanWriter(ScanWriter&&) noexcept = default;
ScanWriter& ScanWriter::operator=(ScanWriter&&) noexcept = default;
ScanWriter::~ScanWriter() = default;

core::Result<ScanWriter> ScanWriter::create(const std::filesystem::path& path,
                                            const core::ScanMeta& meta,
                                            const core::Calibration& calibration) {
  const BlockShape shape{1, static_cast<std::uint32_t>(meta.geometry.pixels.size()),
                         meta.geometry.module_count};
  if (meta.geometry.pixels.size() > kPixelsMax || !shape.valid()) {
    return bad_line(fmt::format(
        "{}: geometry of {} pixels and {} modules cannot be stored (1 to {} and 1 to {})",
        path.string(), meta.geometry.pixels.size(), meta.geometry.module_count, kPixelsMax,
        core::kModulesMax));
  }
  if (auto made = create_scan_database(path, meta, calibration); !made.ok()) {
    // SQLite names the temporary file; the caller knows only his own.
    const auto& error = made.error();
    return error.message.starts_with(path.string() + ":") ? error
                                                          : error.with_context(path.string());
  }
  PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kReadWrite));
  // The lock keeps everybody else out until the file is sealed; they read through the lane's API.
  PC_CHECK(database.execute("PRAGMA locking_mode = EXCLUSIVE"));
  // The first access takes the lock.
  PC_TRY([[maybe_unused]] const auto pages, database.query_integer("SELECT count(*) FROM meta"));
  PC_CHECK(database.execute("PRAGMA synchronous = FULL"));
  return ScanWriter(std::make_unique<State>(std::move(database), meta));
}

core::Status ScanWriter::append(const core::Line& line) {
  State& s = *state_;
  if (s.failed) return *s.failed;
  const auto pixels = s.meta.geometry.pixels.size();
  if (line.samples.size() != pixels) {
    return bad_line(fmt::format("{}: pulse {} has {} samples, the geometry says {}",
                                path().string(), line.header.pulse, line.samples.size(), pixels));
  }
  if (s.lines > 0 && line.header.pulse <= s.last_pulse) {
    return bad_line(fmt::format("{}: pulse {} after pulse {}: lines must come in pulse order",
                                path().string(), line.header.pulse, s.last_pulse));
  }
  std::uint32_t bits = 0;
  for (const auto sample : line.samples) bits |= sample;
  if (bits > 0xff'ffff)
    return bad_line(fmt::format("{}: pulse {} has a sample of more than 24 bits", path().string(),
                                line.header.pulse));
  s.headers.push_back(line.header);
  s.modules.push_back(line.modules_present);
  s.samples.insert(s.samples.end(), line.samples.begin(), line.samples.end());
  s.last_pulse = line.header.pulse;
  ++s.lines;
  if ((line.header.flags & core::line_flag::kLineMissing) != 0) ++s.lines_lost;
  return s.headers.size() == kBlockLinesMax ? s.keep(s.write_block()) : core::Status();
}

core::Status ScanWriter::flush() {
  if (state_->failed) return *state_->failed;
  return state_->keep(state_->write_block());
}

core::Status ScanWriter::add_event(core::UtcTime utc, std::string_view kind,
                                   std::string_view text) {
  if (state_->failed) return *state_->failed;
  PC_TRY(auto insert, state_->database.prepare("INSERT INTO event VALUES (?, ?, ?, ?)"));
  return state_->keep(insert.bind(0, state_->events++)
                          .bind(1, core::to_iso8601(utc))
                          .bind(2, kind)
                          .bind(3, text)
                          .run());
}

core::Status ScanWriter::add_radiation_line(core::UtcTime utc, std::string_view text) {
  if (state_->failed) return *state_->failed;
  PC_TRY(auto insert, state_->database.prepare("INSERT INTO radiation_line VALUES (?, ?, ?)"));
  return state_->keep(
      insert.bind(0, state_->radiation_lines++).bind(1, core::to_iso8601(utc)).bind(2, text).run());
}

core::Result<SealInfo> ScanWriter::seal(core::ScanOutcome outcome, std::string_view reason,
                                        core::UtcTime ended) {
  State& s = *state_;
  if (s.failed) return *s.failed;
  if (outcome == core::ScanOutcome::kRunning)
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: a running scan is not sealed", path().string())};
  PC_CHECK(flush());
  s.meta.outcome = outcome;
  s.meta.outcome_reason = reason;
  s.meta.ended = ended;
  auto sealed = write_outcome_and_seal(s.database, s.meta, s.lines, s.lines_lost);
  if (!sealed.ok()) return s.keep(sealed.error()).error();
  PC_CHECK(s.keep(s.database.close()));
  s.failed = core::Error{core::ErrorCode::kRefused, "the scan is sealed: it takes nothing more"};
  return sealed;
}

std::uint64_t ScanWriter::lines() const {
  return state_->lines;
}
const std::filesystem::path& ScanWriter::path() const {
  return state_->database.path();
}

core::Status store_image(const std::filesystem::path& path, std::string_view name,
                         std::string_view parameters_json, std::string_view bytes) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kReadWrite));
  PC_TRY(const auto seal, meta_value(database, "seal_sha256"));
  if (seal.empty())
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: is not sealed yet; images come after it", path.string())};
  database.set_busy_timeout_ms(5000);
  PC_TRY(auto insert, database.prepare("INSERT OR REPLACE INTO image VALUES (?, ?, ?, ?, ?)"));
  return insert.bind(0, name)
      .bind(1, core::kVersion)
      .bind(2, parameters_json)
      .bind(3, core::sha256_hex(bytes))
      .bind_blob(4, std::as_bytes(std::span(bytes)))
      .run();
}

core::Status store_report(const std::filesystem::path& path, std::string_view json,
                          core::UtcTime now) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kReadWrite));
  PC_TRY(const auto seal, meta_value(database, "seal_sha256"));
  if (seal.empty())
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: is not sealed yet; reports come after it", path.string())};
  database.set_busy_timeout_ms(5000);
  PC_TRY(auto insert,
         database.prepare("INSERT INTO report (utc, software_version, json) VALUES (?, ?, ?)"));
  return insert.bind(0, core::to_iso8601(now)).bind(1, core::kVersion).bind(2, json).run();
}

}  // namespace portcullis::archive
