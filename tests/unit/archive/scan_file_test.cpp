#include "archive/scan_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <fstream>

#include "core/files.h"
#include "scan_samples.h"

namespace portcullis::archive {
namespace {

using test::line_of;
using test::small_calibration;
using test::small_meta;
using test::test_folder;
using ::testing::HasSubstr;

const core::UtcTime kEnded{1'767'225'660'000'000'000};

std::string shell_output(const std::string& command) {
  std::string out;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "popen failed";
  char buffer[4096];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, n);
  ::pclose(pipe);
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::filesystem::path write_sealed(const std::filesystem::path& folder, std::uint64_t lines,
                                   SealInfo* seal = nullptr) {
  const auto path = folder / "scan.pscan";
  const auto meta = small_meta();
  auto writer = ScanWriter::create(path, meta, small_calibration(meta.geometry.pixels.size()));
  EXPECT_TRUE(writer.ok()) << writer.error().message;
  for (std::uint64_t pulse = 0; pulse < lines; ++pulse)
    EXPECT_TRUE(writer->append(line_of(meta, pulse)).ok());
  EXPECT_TRUE(writer->add_event(kEnded, "beam", "beam off").ok());
  EXPECT_TRUE(writer->add_radiation_line(kEnded, "GB,000123,000124").ok());
  auto sealed = writer->seal(core::ScanOutcome::kComplete, "", kEnded);
  EXPECT_TRUE(sealed.ok()) << sealed.error().message;
  if (seal != nullptr) *seal = *sealed;
  return path;
}

void run_sql(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  char* error = nullptr;
  ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
  sqlite3_close(database);
}

TEST(ScanFile, EveryValueReadsBack) {
  SealInfo seal;
  const auto path = write_sealed(test_folder("roundtrip"), 700, &seal);
  EXPECT_EQ(seal.lines, 700u);
  EXPECT_EQ(seal.lines_lost, 14u);
  auto scan = read_scan(path);
  ASSERT_TRUE(scan.ok()) << scan.error().message;
  const auto meta = small_meta();
  ASSERT_EQ(scan->lines.size(), 700u);
  for (std::uint64_t pulse = 0; pulse < 700; ++pulse) {
    const auto expected = line_of(meta, pulse);
    const auto& header = scan->lines[pulse];
    ASSERT_EQ(header.pulse, pulse);
    ASSERT_EQ(header.timestamp_ns, expected.header.timestamp_ns);
    ASSERT_EQ(header.encoder_counts, expected.header.encoder_counts);
    ASSERT_EQ(header.dose_counts, expected.header.dose_counts);
    ASSERT_EQ(header.energy, expected.header.energy);
    ASSERT_EQ(header.flags, expected.header.flags);
    ASSERT_EQ(header.temperature_centi_c, expected.header.temperature_centi_c);
    ASSERT_EQ(scan->modules_present[pulse], expected.modules_present);
    const auto first = scan->samples.begin() + static_cast<std::ptrdiff_t>(pulse * scan->pixels());
    ASSERT_TRUE(std::equal(expected.samples.begin(), expected.samples.end(), first)) << pulse;
  }
  EXPECT_EQ(scan->meta.outcome, core::ScanOutcome::kComplete);
  EXPECT_EQ(scan->meta.ended, kEnded);
  EXPECT_EQ(scan->meta.identity.containers.at(0).number, "CSQU3054383");
  EXPECT_EQ(scan->calibration.id, "cal-7");
  EXPECT_EQ(scan->calibration.air_high.energy, core::Energy::kHigh);
  EXPECT_EQ(scan->calibration.air_high.mean_counts.at(23), 640'000.0f);
  EXPECT_EQ(scan->calibration.air_low.dose_mean_counts, 30'123.25);
  ASSERT_EQ(scan->calibration.wedges.size(), 2u);
  EXPECT_EQ(scan->calibration.wedges[1].areal_density_g_cm2, 12.5);
  EXPECT_EQ(scan->calibration.wedges[1].transmission_low.at(0), 0.25f);
  EXPECT_TRUE(verify_seal(path).ok());

  auto info = read_scan_info(path);
  ASSERT_TRUE(info.ok()) << info.error().message;
  EXPECT_TRUE(info->sealed);
  EXPECT_EQ(info->sha256, seal.sha256);
  EXPECT_EQ(info->blocks, 3u);
  EXPECT_EQ(info->lines_lost, 14u);
  EXPECT_EQ(info->radiation.at(0).text, "GB,000123,000124");
  EXPECT_EQ(info->events.at(0).kind, "beam");
  EXPECT_THAT(info->wedge_materials, ::testing::ElementsAre("iron"));
}

TEST(ScanFile, CalibrationAloneHasNoLines) {
  const auto path = test_folder("calibration") / "c.pscan";
  const auto meta = small_meta();
  auto writer = ScanWriter::create(path, meta, small_calibration(24));
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->seal(core::ScanOutcome::kComplete, "", kEnded).ok());
  auto calibration = read_calibration(path);
  ASSERT_TRUE(calibration.ok()) << calibration.error().message;
  EXPECT_EQ(calibration->wedges.size(), 2u);
  auto scan = read_scan(path);
  ASSERT_TRUE(scan.ok());
  EXPECT_TRUE(scan->lines.empty());
}

TEST(ScanFile, CommissioningDataReadBack) {
  const auto path = test_folder("commissioning") / "c.pscan";
  auto calibration = small_calibration(24);
  auto& detector = calibration.detector;
  detector.dark_second = calibration.dark;
  detector.dark_second.temperature_c = 17.25;
  for (const std::uint32_t first : {1U, 2U, 10U})
    detector.decay.push_back({first, first == 10 ? 200U : first, calibration.dark});
  detector.decay[1].frame.mean_counts[3] = 900.5F;
  detector.blocks.push_back({calibration.air_high, calibration.air_low});
  detector.blocks.push_back({calibration.air_high, calibration.air_low});
  detector.blocks[1].low.mean_counts[5] = 1.25F;
  detector.neighbours.lines = 1000;
  detector.neighbours.variance.assign(24, 1e-5F);
  detector.neighbours.next.assign(24, 2e-7F);
  detector.neighbours.second.assign(24, -3e-9F);
  auto writer = ScanWriter::create(path, small_meta(), calibration);
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  ASSERT_TRUE(writer->seal(core::ScanOutcome::kComplete, "", kEnded).ok());
  const auto read = read_calibration(path);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->detector.dark_second.temperature_c, 17.25);
  ASSERT_EQ(read->detector.decay.size(), 3U);
  EXPECT_EQ(read->detector.decay[1].first_pulse, 2U);
  EXPECT_EQ(read->detector.decay[1].frame.mean_counts[3], 900.5F);
  EXPECT_EQ(read->detector.decay[2].first_pulse, 10U);
  EXPECT_EQ(read->detector.decay[2].last_pulse, 200U);
  ASSERT_EQ(read->detector.blocks.size(), 2U);
  EXPECT_EQ(read->detector.blocks[1].low.mean_counts[5], 1.25F);
  EXPECT_EQ(read->detector.blocks[1].high.energy, core::Energy::kHigh);
  EXPECT_EQ(read->detector.neighbours.lines, 1000U);
  EXPECT_EQ(read->detector.neighbours.variance[7], 1e-5F);
  EXPECT_EQ(read->detector.neighbours.next[7], 2e-7F);
  EXPECT_EQ(read->detector.neighbours.second[7], -3e-9F);
}

// The sqlite3 program is the independent reader.
TEST(ScanFile, SealedFileOpensWithTheSqliteTool) {
  const auto path = write_sealed(test_folder("tool"), 300);
  EXPECT_FALSE(std::filesystem::exists(path.string() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path.string() + "-shm"));
  EXPECT_EQ(shell_output("sqlite3 -readonly " + path.string() +
                         " 'PRAGMA integrity_check; PRAGMA journal_mode; PRAGMA application_id; "
                         "SELECT sum(line_count) FROM raw_block'"),
            "ok\ndelete\n1347633969\n300");
}

// The seal, computed by another language's SQLite and SHA-256 from docs/pscan.sql's words.
TEST(ScanFile, SealIsThatOfTheSchemaPage) {
  SealInfo seal;
  const auto path = write_sealed(test_folder("seal"), 300, &seal);
  const char* python = std::getenv("PORTCULLIS_PYTHON");
  EXPECT_EQ(shell_output(std::string(python != nullptr ? python : "python3") +
                         " tests/unit/archive/compute_seal.py " + path.string()),
            seal.sha256);
}

TEST(ScanFile, AnyChangeBreaksTheSeal) {
  const char* changes[] = {
      "UPDATE meta SET value = replace(value, 'AB123CD', 'AB123CE') WHERE key = 'scan'",
      "UPDATE raw_block SET data = zeroblob(length(data)) WHERE block_index = 1",
      "DELETE FROM event",
      "UPDATE radiation_line SET text = text || ' '",
      "UPDATE calibration_frame SET temperature_c = 23.6 WHERE kind = 'dark'",
      "UPDATE wedge_step SET areal_density_g_cm2 = 12.6 WHERE areal_density_g_cm2 = 12.5",
  };
  for (const char* change : changes) {
    const auto path = write_sealed(test_folder("change"), 300);
    run_sql(path, change);
    const auto status = verify_seal(path);
    ASSERT_FALSE(status.ok()) << change;
    EXPECT_EQ(status.error().code, core::ErrorCode::kCorrupt);
  }
}

TEST(ScanFile, ImagesAndReportsStayOutsideTheSeal) {
  const auto path = write_sealed(test_folder("images"), 10);
  ASSERT_TRUE(store_image(path, "high", "{}", "first").ok());
  ASSERT_TRUE(store_image(path, "high", "{}", std::string("sec\0nd", 6)).ok());
  ASSERT_TRUE(store_report(path, "{\"a\":1}", kEnded).ok());
  ASSERT_TRUE(store_report(path, "{\"a\":2}", kEnded).ok());
  EXPECT_TRUE(verify_seal(path).ok());
  EXPECT_EQ(*read_image(path, "high"), std::string("sec\0nd", 6));
  EXPECT_EQ(*read_latest_report(path), "{\"a\":2}");
  EXPECT_EQ(read_image(path, "mass").error().code, core::ErrorCode::kNotFound);
  EXPECT_EQ(read_scan_info(path)->reports, 2u);
  run_sql(path, "UPDATE image SET data = 'other'");
  EXPECT_EQ(read_image(path, "high").error().code, core::ErrorCode::kCorrupt);
}

struct Damage {
  const char* sql;
  const char* says;
};
TEST(ScanFile, DamageIsNamed) {
  const Damage damages[] = {
      {"UPDATE raw_block SET crc32c = crc32c + 1 WHERE block_index = 1",
       "block 1: its CRC does not match"},
      {"DELETE FROM raw_block WHERE block_index = 0", "block 0 is missing"},
      {"DELETE FROM raw_block WHERE block_index = 1", "meta 'lines' says 300, the blocks hold 256"},
      {"UPDATE raw_block SET line_count = 257 WHERE block_index = 1", "block 1: 257 lines"},
      {"UPDATE raw_block SET line_count = -1 WHERE block_index = 0", "block 0: -1 lines"},
      {"UPDATE raw_block SET raw_bytes = 4000000000 WHERE block_index = 0",
       "block 0: 4000000000 raw bytes"},
      {"UPDATE raw_block SET encoding = 9 WHERE block_index = 0", "unknown encoding 9"},
      {"UPDATE raw_block SET first_line = 5 WHERE block_index = 0", "starts at line 5"},
      {"UPDATE calibration_frame SET mean = x'00' WHERE kind = 'air_low'",
       "'air_low' mean: 1 bytes, 96 expected"},
      {"UPDATE wedge_step SET transmission_low = x'' ", "transmission_low: 0 bytes"},
      {"UPDATE meta SET value = '{' WHERE key = 'scan'", "meta 'scan' is not JSON"},
      {"UPDATE meta SET value = '{}' WHERE key = 'scan'", "meta"},
      {"DROP TABLE event", "no table 'event'"},
      {"PRAGMA user_version = 2", "version 2"},
      {"PRAGMA application_id = 7", "application id is 0x7"},
  };
  for (const auto& damage : damages) {
    const auto path = write_sealed(test_folder("damage"), 300);
    run_sql(path, damage.sql);
    const auto scan = read_scan(path);
    ASSERT_FALSE(scan.ok()) << damage.sql;
    EXPECT_THAT(scan.error().message, HasSubstr(damage.says));
    EXPECT_THAT(scan.error().message, HasSubstr(path.string()));
    EXPECT_EQ(scan.error().message.find('\n'), std::string::npos);
  }
}

TEST(ScanFile, ForeignTruncatedAndMissingFilesAreRefused) {
  const auto folder = test_folder("foreign");
  EXPECT_EQ(read_scan(folder / "none.pscan").error().code, core::ErrorCode::kNotFound);
  std::ofstream(folder / "text.pscan") << std::string(5000, 'x');
  EXPECT_EQ(read_scan(folder / "text.pscan").error().code, core::ErrorCode::kInvalidInput);
  std::ofstream(folder / "empty.pscan").close();
  EXPECT_EQ(read_scan(folder / "empty.pscan").error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(read_scan(folder).error().code, core::ErrorCode::kInvalidInput);
  const auto path = write_sealed(folder, 2000);
  const auto size = std::filesystem::file_size(path);
  for (const double share : {0.001, 0.1, 0.3, 0.5, 0.9, 0.999}) {
    const auto cut = folder / "cut.pscan";
    std::filesystem::copy_file(path, cut, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(cut,
                                 static_cast<std::uintmax_t>(static_cast<double>(size) * share));
    const auto scan = read_scan(cut);
    ASSERT_FALSE(scan.ok()) << share;
    EXPECT_THAT(scan.error().message, HasSubstr("cut.pscan"));
    EXPECT_FALSE(read_scan_info(cut).ok());
  }
}

TEST(ScanFile, WriterRefusesWhatIsWrong) {
  const auto folder = test_folder("refuse");
  const auto meta = small_meta();
  auto writer = ScanWriter::create(folder / "a.pscan", meta, {});
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  EXPECT_EQ(ScanWriter::create(folder / "a.pscan", meta, {}).error().code,
            core::ErrorCode::kRefused);
  auto missing = ScanWriter::create(folder / "no" / "a.pscan", meta, {});
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("a.pscan"));
  core::Calibration wrong = small_calibration(5);
  EXPECT_FALSE(ScanWriter::create(folder / "b.pscan", meta, wrong).ok());
  EXPECT_FALSE(std::filesystem::exists(folder / "b.pscan"));

  auto line = line_of(meta, 7);
  ASSERT_TRUE(writer->append(line).ok());
  EXPECT_FALSE(writer->append(line).ok());  // Not in pulse order.
  line.header.pulse = 8;
  line.samples[3] = 0x1000000;
  EXPECT_FALSE(writer->append(line).ok());
  line.samples.pop_back();
  EXPECT_FALSE(writer->append(line).ok());
  ASSERT_TRUE(writer->append(line_of(meta, 9)).ok());
  ASSERT_TRUE(writer->seal(core::ScanOutcome::kAborted, "E-stop", kEnded).ok());
  EXPECT_FALSE(writer->append(line_of(meta, 10)).ok());
  auto info = read_scan_info(folder / "a.pscan");
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->lines, 2u);
  EXPECT_EQ(info->meta.outcome_reason, "E-stop");
  // Nothing else was left in the folder.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST(ScanFile, RunningScanIsReadByNobodyElse) {
  const auto path = test_folder("running") / "a.pscan";
  const auto meta = small_meta();
  auto writer = ScanWriter::create(path, meta, {});
  ASSERT_TRUE(writer.ok());
  EXPECT_EQ(read_scan(path).error().code, core::ErrorCode::kUnavailable);  // from the first moment
  ASSERT_TRUE(writer->append(line_of(meta, 1)).ok());
  ASSERT_TRUE(writer->flush().ok());
  const auto scan = read_scan(path);
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.error().code, core::ErrorCode::kUnavailable);
}

TEST(ScanFile, RecoveryOfASealedFileChangesNothing) {
  SealInfo seal;
  const auto path = write_sealed(test_folder("again"), 300, &seal);
  const auto before = *core::sha256_file_hex(path);
  auto recovered = recover_scan(path, "power lost", kEnded);
  ASSERT_TRUE(recovered.ok()) << recovered.error().message;
  EXPECT_EQ(recovered->sha256, seal.sha256);
  EXPECT_EQ(recovered->lines, 300u);
  EXPECT_EQ(*core::sha256_file_hex(path), before);
}

/// A copy of file and rollback journal, taken while a write stands on disk but is not committed, is
/// what a kill in such a write leaves.
TEST(ScanFile, InterruptedWriteIsUndoneForTheReader) {
  const auto path = write_sealed(test_folder("hot-journal"), 300);
  const auto before = *core::sha256_file_hex(path);
  const auto left = path.parent_path() / "left.pscan";
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database,
                         "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
                         "UPDATE raw_block SET data = zeroblob(length(data));",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  ASSERT_EQ(sqlite3_db_cacheflush(database), SQLITE_OK);
  std::filesystem::copy_file(path, left);
  std::filesystem::copy_file(path.string() + "-journal", left.string() + "-journal");
  sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  ASSERT_NE(*core::sha256_file_hex(left), before);
  const auto scan = read_scan(left);
  ASSERT_TRUE(scan.ok()) << scan.error().message;
  EXPECT_EQ(scan->lines.size(), 300u);
  EXPECT_TRUE(verify_seal(left).ok());
}

/// A whole truck: 4,450 pairs of 1,472 pixels.
TEST(ScanFile, WholeTruckIsReadBack) {
  const auto path = test_folder("truck") / "truck.pscan";
  const auto meta = small_meta(23, 64);
  auto writer = ScanWriter::create(path, meta, small_calibration(1472));
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  std::mt19937 random(7);
  core::Line line = line_of(meta, 0);
  for (std::uint64_t pulse = 0; pulse < 8900; ++pulse) {
    line.header.pulse = pulse;
    line.header.energy = pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
    for (auto& sample : line.samples) sample = 400'000 + (random() & 0x7ff);
    ASSERT_TRUE(writer->append(line).ok());
  }
  ASSERT_TRUE(writer->seal(core::ScanOutcome::kComplete, "", kEnded).ok());
  auto scan = read_scan(path);
  ASSERT_TRUE(scan.ok());
  ASSERT_EQ(scan->samples.size(), 8900u * 1472u);
  const std::size_t last = 8899u * 1472u;
  EXPECT_TRUE(std::equal(line.samples.begin(), line.samples.end(), scan->samples.begin() + last));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace portcullis::archive
