#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "archive/block_codec.h"
#include "archive/scan_file.h"
#include "archive/scan_seal.h"
#include "core/crc32c.h"
#include "core/files.h"
#include "core/huge_pages.h"
#include "core/parallel.h"
#include "core/record_json.h"

namespace portcullis::archive {

namespace {

// A freight train of 1 km at 2 mm a line pair: 1,000,000 lines. Samples: 4 GiB as they are read.
constexpr std::int64_t kScanLinesMax = 2'000'000;
constexpr std::uint64_t kScanSamplesMax = 1ull << 30;

core::Error corrupt_scan(const core::Database& database, std::string_view what) {
  return {core::ErrorCode::kCorrupt, fmt::format("{}: {}", database.path().string(), what)};
}

core::Result<core::ScanMeta> read_meta(core::Database& database) {
  PC_TRY(const auto text, meta_value(database, "scan"));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return corrupt_scan(database, "meta 'scan' is not JSON");
  auto meta = core::scan_meta_from_json(json);
  if (!meta.ok()) return corrupt_scan(database, meta.error().message);
  if (meta->geometry.module_count < 1 || meta->geometry.module_count > core::kModulesMax) {
    return corrupt_scan(database, fmt::format("meta.geometry.module_count: {} is outside 1 to {}",
                                              meta->geometry.module_count, core::kModulesMax));
  }
  return meta;
}

core::Result<core::UtcTime> read_utc(const core::Database& database, std::string_view text,
                                     std::string_view where) {
  auto utc = core::parse_iso8601(text);
  if (!utc.ok()) return corrupt_scan(database, fmt::format("{}: {}", where, utc.error().message));
  return utc;
}

core::Result<std::vector<float>> read_floats(const core::Database& database,
                                             std::span<const std::byte> blob, std::size_t pixels,
                                             std::string_view where) {
  if (blob.size() != pixels * sizeof(float)) {
    return corrupt_scan(database, fmt::format("{}: {} bytes, {} expected for {} pixels", where,
                                              blob.size(), pixels * sizeof(float), pixels));
  }
  std::vector<float> values(pixels);
  std::memcpy(values.data(), blob.data(), blob.size());
  return values;
}

/// An integer column that must fit a count of lines.
core::Result<std::uint32_t> line_count_of(const core::Database& database, std::int64_t value,
                                          std::string_view where) {
  if (value < 0 || value > 0xffff'ffff)
    return corrupt_scan(database, fmt::format("{}: line_count {} is impossible", where, value));
  return static_cast<std::uint32_t>(value);
}

/// Number of `digits` decimal digits at `at`; nothing where there is anything else.
std::optional<std::uint32_t> digits_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return value;
}

/// Where a row of calibration_frame of this kind belongs, by the names of docs/pscan.sql; rows come
/// in the order of their kinds. Null: there is no such kind.
core::CalibrationFrame* calibration_frame_of(std::string_view kind, core::Calibration& calibration,
                                             std::array<core::CalibrationFrame, 2>& noise) {
  auto& detector = calibration.detector;
  if (kind == "dark") return &calibration.dark;
  if (kind == "air_high") return &calibration.air_high;
  if (kind == "air_low") return &calibration.air_low;
  if (kind == "dark_second") return &detector.dark_second;
  if (kind == "air_noise_next") return &noise[0];
  if (kind == "air_noise_second") return &noise[1];
  if (kind.starts_with("decay_") && kind.size() == 15 && kind[10] == '_') {
    const auto first = digits_at(kind, 6, 4);
    const auto last = digits_at(kind, 11, 4);
    if (!first || !last || *first < 1 || *last < *first) return nullptr;
    detector.decay.push_back({*first, *last, {}});
    return &detector.decay.back().frame;
  }
  if (kind.starts_with("block_")) {
    const auto index = digits_at(kind, 6, 2);
    if (!index) return nullptr;
    if (*index >= detector.blocks.size()) detector.blocks.resize(*index + 1);
    if (kind.substr(8) == "_high") return &detector.blocks[*index].high;
    if (kind.substr(8) == "_low") return &detector.blocks[*index].low;
  }
  return nullptr;
}

core::Result<core::Calibration> read_calibration_tables(core::Database& database,
                                                        std::size_t pixels) {
  core::Calibration calibration;
  std::array<core::CalibrationFrame, 2> noise;
  PC_TRY(calibration.id, meta_value(database, "calibration_id"));
  PC_TRY(auto frames, database.prepare("SELECT kind, line_count, dose_mean_counts, temperature_c, "
                                       "taken_utc, mean, variance FROM calibration_frame "
                                       "ORDER BY kind"));
  while (true) {
    PC_TRY(const bool row, frames.step());
    if (!row) break;
    const std::string kind(frames.text(0));
    const auto where = fmt::format("calibration_frame '{}'", kind);
    core::CalibrationFrame* frame = calibration_frame_of(kind, calibration, noise);
    if (frame == nullptr) return corrupt_scan(database, where + ": unknown kind");
    frame->energy = kind.ends_with("_high")  ? core::Energy::kHigh
                    : kind.ends_with("_low") ? core::Energy::kLow
                                             : core::Energy::kNone;
    PC_TRY(frame->lines, line_count_of(database, frames.integer(1), where));
    frame->dose_mean_counts = frames.real(2);
    frame->temperature_c = frames.real(3);
    PC_TRY(frame->taken, read_utc(database, frames.text(4), where));
    PC_TRY(frame->mean_counts, read_floats(database, frames.blob(5), pixels, where + " mean"));
    PC_TRY(frame->variance_counts2,
           read_floats(database, frames.blob(6), pixels, where + " variance"));
  }
  if (noise[0].lines != noise[1].lines)
    return corrupt_scan(database, "calibration_frame 'air_noise_next': its other half is missing");
  auto& neighbours = calibration.detector.neighbours;
  neighbours.lines = noise[0].lines;
  neighbours.taken = noise[0].taken;
  neighbours.variance = std::move(noise[0].variance_counts2);
  neighbours.next = std::move(noise[0].mean_counts);
  neighbours.second = std::move(noise[1].mean_counts);
  PC_TRY(auto wedges, database.prepare("SELECT material, areal_density_g_cm2, line_count, "
                                       "transmission_high, transmission_low FROM wedge_step "
                                       "ORDER BY material, areal_density_g_cm2"));
  while (true) {
    PC_TRY(const bool row, wedges.step());
    if (!row) break;
    core::WedgeStep step;
    step.material = wedges.text(0);
    step.areal_density_g_cm2 = wedges.real(1);
    const auto where = fmt::format("wedge_step '{}' {}", step.material, step.areal_density_g_cm2);
    PC_TRY(step.lines, line_count_of(database, wedges.integer(2), where));
    PC_TRY(step.transmission_high,
           read_floats(database, wedges.blob(3), pixels, where + " transmission_high"));
    PC_TRY(step.transmission_low,
           read_floats(database, wedges.blob(4), pixels, where + " transmission_low"));
    calibration.wedges.push_back(std::move(step));
  }
  return calibration;
}

core::Result<std::uint64_t> count_of(const core::Database& database, const std::string& text,
                                     const char* key) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return corrupt_scan(database, fmt::format("meta '{}': \"{}\" is not a count", key, text));
  return value;
}

/// What the block table says, checked without unpacking: indices and lines without gaps, sizes that
/// belong to the geometry.
struct BlockTotals {
  std::uint64_t blocks = 0;
  std::uint64_t lines = 0;
};
core::Result<BlockTotals> check_block_table(core::Database& database, const core::ScanMeta& meta) {
  BlockTotals totals;
  PC_TRY(auto rows,
         database.prepare("SELECT block_index, first_line, line_count, encoding, raw_bytes, "
                          "length(data) FROM raw_block ORDER BY block_index"));
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) break;
    const auto where = fmt::format("block {}", rows.integer(0));
    if (rows.integer(0) != static_cast<std::int64_t>(totals.blocks)) {
      return corrupt_scan(database, fmt::format("{}: block {} is missing", where, totals.blocks));
    }
    if (rows.integer(1) != static_cast<std::int64_t>(totals.lines)) {
      return corrupt_scan(database, fmt::format("{}: starts at line {}, {} expected", where,
                                                rows.integer(1), totals.lines));
    }
    const auto count = rows.integer(2);
    if (count < 1 || count > kBlockLinesMax)
      return corrupt_scan(database,
                          fmt::format("{}: {} lines (1 to {})", where, count, kBlockLinesMax));
    if (rows.integer(3) < 1 || rows.integer(3) > 3)
      return corrupt_scan(database, fmt::format("{}: unknown encoding {}", where, rows.integer(3)));
    const BlockShape shape{static_cast<std::uint32_t>(count),
                           static_cast<std::uint32_t>(meta.geometry.pixels.size()),
                           meta.geometry.module_count};
    if (rows.integer(4) != static_cast<std::int64_t>(shape.raw_bytes())) {
      return corrupt_scan(database, fmt::format("{}: {} raw bytes, {} expected", where,
                                                rows.integer(4), shape.raw_bytes()));
    }
    ++totals.blocks;
    totals.lines += static_cast<std::uint64_t>(count);
    if (totals.lines > kScanLinesMax ||
        totals.lines * meta.geometry.pixels.size() > kScanSamplesMax) {
      return corrupt_scan(database, fmt::format("{}: more lines than a scan can have", where));
    }
  }
  PC_TRY(const auto stated, meta_value(database, "lines"));
  if (!stated.empty()) {
    PC_TRY(const auto lines, count_of(database, stated, "lines"));
    if (lines != totals.lines)
      return corrupt_scan(
          database, fmt::format("meta 'lines' says {}, the blocks hold {}: a block is missing",
                                lines, totals.lines));
  }
  return totals;
}

core::Error bad_block(core::Database& database, std::int64_t index, const std::string& why) {
  return corrupt_scan(database, fmt::format("block {}: {}", index, why));
}

/// Reads every block and gives it to `take(index, first_line, shape, encoding, data)` once its CRC
/// holds; what that fails with is given back.
template <class Take>
core::Status each_block(core::Database& database, const core::ScanMeta& meta, Take&& take) {
  PC_TRY(auto rows, database.prepare("SELECT block_index, first_line, line_count, encoding, "
                                     "crc32c, data FROM raw_block ORDER BY block_index"));
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) break;
    const auto data = rows.blob(5);
    if (core::crc32c(data) != static_cast<std::uint64_t>(rows.integer(4))) {
      return corrupt_scan(
          database,
          fmt::format("block {}: its CRC does not match: the data are damaged", rows.integer(0)));
    }
    const BlockShape shape{static_cast<std::uint32_t>(rows.integer(2)),
                           static_cast<std::uint32_t>(meta.geometry.pixels.size()),
                           meta.geometry.module_count};
    PC_CHECK(take(rows.integer(0), static_cast<std::size_t>(rows.integer(1)), shape,
                  static_cast<BlockEncoding>(rows.integer(3)), data));
  }
  return {};
}

/// Line counts by decoding everything: for unsealed files, where meta does not hold them yet.
core::Result<SealInfo> count_lines(core::Database& database, const core::ScanMeta& meta) {
  SealInfo counts;
  BlockDecoder decoder;
  std::vector<core::LineHeader> headers;
  std::vector<std::bitset<core::kModulesMax>> modules;
  std::vector<std::uint32_t> samples;
  PC_CHECK(each_block(database, meta,
                      [&](std::int64_t index, std::size_t, const BlockShape& shape,
                          BlockEncoding encoding, std::span<const std::byte> data) -> core::Status {
                        headers.resize(shape.lines);
                        modules.resize(shape.lines);
                        samples.resize(static_cast<std::size_t>(shape.lines) * shape.pixels);
                        auto decoded =
                            decoder.decode(data, shape, encoding, headers, modules, samples);
                        if (!decoded.ok())
                          return bad_block(database, index, decoded.error().message);
                        counts.lines += shape.lines;
                        for (const auto& header : headers)
                          counts.lines_lost +=
                              (header.flags & core::line_flag::kLineMissing) != 0 ? 1u : 0u;
                        return {};
                      }));
  return counts;
}

/// Blocks of a scan that is read whole, unpacked some at a time on all cores.
class BlocksToDecode {
 public:
  explicit BlocksToDecode(core::RawScan& scan) : scan_(scan), waiting_(kAtOnce) {}

  /// Its lines lie within the scan.
  void add(std::int64_t index, std::size_t first, const BlockShape& shape, BlockEncoding encoding,
           std::span<const std::byte> data) {
    Waiting& block = waiting_[count_++];
    block.index = index;
    block.first = first;
    block.shape = shape;
    block.encoding = encoding;
    block.data.assign(data.begin(), data.end());
  }
  [[nodiscard]] bool full() const { return count_ == waiting_.size(); }

  /// All that were added. Of several that fail, the first one is told.
  core::Status decode(core::Database& database) {
    core::parallel_for(count_, 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) waiting_[i].decode(scan_);
    });
    const std::size_t count = std::exchange(count_, 0);
    for (std::size_t i = 0; i < count; ++i) {
      if (!waiting_[i].status.ok())
        return bad_block(database, waiting_[i].index, waiting_[i].status.error().message);
    }
    return {};
  }

 private:
  static constexpr std::size_t kAtOnce = 8;
  struct Waiting {
    std::int64_t index = 0;
    std::size_t first = 0;
    BlockShape shape;
    BlockEncoding encoding = BlockEncoding::kPlain;
    std::vector<std::byte> data;
    BlockDecoder decoder;
    core::Status status;

    void decode(core::RawScan& scan) {
      status = decoder.decode(
          data, shape, encoding, std::span(scan.lines).subspan(first, shape.lines),
          std::span(scan.modules_present).subspan(first, shape.lines),
          std::span(scan.samples)
              .subspan(first * shape.pixels, static_cast<std::size_t>(shape.lines) * shape.pixels));
    }
  };
  core::RawScan& scan_;
  std::vector<Waiting> waiting_;
  std::size_t count_ = 0;
};

core::Result<std::vector<std::string>> read_texts(core::Database& database, std::string_view sql) {
  std::vector<std::string> texts;
  PC_TRY(auto rows, database.prepare(sql));
  while (true) {
    PC_TRY(const bool row, rows.step());
    if (!row) return texts;
    texts.emplace_back(rows.text(0));
  }
}

}  // namespace

core::Result<ScanInfo> read_scan_info(const std::filesystem::path& path) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  ScanInfo info;
  PC_TRY(info.meta, read_meta(database));
  PC_TRY(info.calibration_id, meta_value(database, "calibration_id"));
  PC_TRY(info.sha256, meta_value(database, "seal_sha256"));
  info.sealed = !info.sha256.empty();
  PC_TRY(const auto totals, check_block_table(database, info.meta));
  info.blocks = totals.blocks;
  info.lines = totals.lines;
  if (info.sealed) {
    PC_TRY(const auto lost_text, meta_value(database, "lines_lost"));
    PC_TRY(info.lines_lost, count_of(database, lost_text, "lines_lost"));
  } else {
    PC_TRY(const auto counts, count_lines(database, info.meta));
    info.lines_lost = counts.lines_lost;
  }
  PC_TRY(info.images, read_texts(database, "SELECT name FROM image ORDER BY name"));
  PC_TRY(info.wedge_materials,
         read_texts(database, "SELECT DISTINCT material FROM wedge_step ORDER BY material"));
  PC_TRY(const auto reports, database.query_integer("SELECT count(*) FROM report"));
  info.reports = static_cast<std::uint32_t>(reports);
  PC_TRY(auto radiation,
         database.prepare("SELECT utc, text FROM radiation_line ORDER BY line_index"));
  while (true) {
    PC_TRY(const bool row, radiation.step());
    if (!row) break;
    PC_TRY(const auto utc, read_utc(database, radiation.text(0), "radiation_line"));
    info.radiation.push_back({utc, std::string(radiation.text(1))});
  }
  PC_TRY(auto events, database.prepare("SELECT utc, kind, text FROM event ORDER BY event_index"));
  while (true) {
    PC_TRY(const bool row, events.step());
    if (!row) break;
    PC_TRY(const auto utc, read_utc(database, events.text(0), "event"));
    info.events.push_back({utc, std::string(events.text(1)), std::string(events.text(2))});
  }
  std::error_code error;
  info.file_bytes = std::filesystem::file_size(path, error);
  return info;
}

core::Result<core::RawScan> read_scan(const std::filesystem::path& path) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  core::RawScan scan;
  PC_TRY(scan.meta, read_meta(database));
  PC_TRY(scan.calibration, read_calibration_tables(database, scan.pixels()));
  PC_TRY(const auto totals, check_block_table(database, scan.meta));
  scan.lines.resize(totals.lines);
  scan.modules_present.resize(totals.lines);
  core::zeroed_on_huge_pages(scan.samples, totals.lines * scan.pixels());
  BlocksToDecode blocks(scan);
  PC_CHECK(each_block(database, scan.meta,
                      [&](std::int64_t index, std::size_t first, const BlockShape& shape,
                          BlockEncoding encoding, std::span<const std::byte> data) -> core::Status {
                        if (first + shape.lines > totals.lines)
                          return bad_block(database, index, "changed while it was read");
                        blocks.add(index, first, shape, encoding, data);
                        return blocks.full() ? blocks.decode(database) : core::Status{};
                      }));
  PC_CHECK(blocks.decode(database));
  return scan;
}

core::Result<core::Calibration> read_calibration(const std::filesystem::path& path) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  PC_TRY(const auto meta, read_meta(database));
  return read_calibration_tables(database, meta.geometry.pixels.size());
}

core::Status verify_seal(const std::filesystem::path& path) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  PC_TRY(const auto stored, meta_value(database, "seal_sha256"));
  if (stored.empty())
    return core::Error{core::ErrorCode::kRefused, fmt::format("{}: is not sealed", path.string())};
  PC_TRY(const auto computed, compute_seal(database));
  if (computed != stored) {
    return corrupt_scan(database,
                        fmt::format("seal broken: the content's SHA-256 is {}, the seal says {}",
                                    computed, stored));
  }
  return {};
}

core::Result<SealInfo> recover_scan(const std::filesystem::path& path, std::string_view reason,
                                    core::UtcTime now) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kReadWrite));
  PC_TRY(auto meta, read_meta(database));
  PC_TRY(const auto stored, meta_value(database, "seal_sha256"));
  if (!stored.empty()) {
    PC_CHECK(leave_wal_mode(database));  // It may have ended between the seal and this.
    SealInfo info{stored, 0, 0};
    PC_TRY(const auto lines, meta_value(database, "lines"));
    PC_TRY(info.lines, count_of(database, lines, "lines"));
    PC_TRY(const auto lost, meta_value(database, "lines_lost"));
    PC_TRY(info.lines_lost, count_of(database, lost, "lines_lost"));
    return info;
  }
  PC_CHECK(check_block_table(database, meta));
  PC_TRY(const auto counts, count_lines(database, meta));
  PC_CHECK(database.execute("PRAGMA synchronous = FULL"));
  meta.outcome = core::ScanOutcome::kPartial;
  meta.outcome_reason = reason;
  meta.ended = now;
  return write_outcome_and_seal(database, meta, counts.lines, counts.lines_lost);
}

core::Result<StoredImage> read_stored_image(const std::filesystem::path& path,
                                            std::string_view name) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  PC_TRY(auto rows, database.prepare("SELECT sha256, data, parameters FROM image WHERE name = ?"));
  PC_TRY(const bool row, rows.bind(0, name).step());
  if (!row)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{}: holds no image '{}'; make it with `portcullis process`",
                                   path.string(), name)};
  const auto data = rows.blob(1);
  StoredImage image;
  image.bytes.assign(reinterpret_cast<const char*>(data.data()), data.size());
  if (core::sha256_hex(image.bytes) != rows.text(0))
    return corrupt_scan(database, fmt::format("image '{}': does not match its SHA-256", name));
  image.parameters_json = rows.text(2);
  return image;
}

core::Result<std::string> read_image(const std::filesystem::path& path, std::string_view name) {
  PC_TRY(auto image, read_stored_image(path, name));
  return std::move(image.bytes);
}

core::Result<std::string> read_latest_report(const std::filesystem::path& path) {
  PC_TRY(auto database, open_scan_database(path, core::Database::Mode::kRead));
  PC_TRY(auto rows, database.prepare("SELECT json FROM report ORDER BY version DESC LIMIT 1"));
  PC_TRY(const bool row, rows.step());
  if (!row)
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("{}: holds no report; make one with `portcullis inspect`", path.string())};
  return std::string(rows.text(0));
}

}  // namespace portcullis::archive
