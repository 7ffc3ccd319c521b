#include "inspection/worker/job.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/crc32c.h"

namespace portcullis::inspection {

namespace {

static_assert(std::endian::native == std::endian::little,
              "planes are copied as they lie in memory");

constexpr char kMagic[8] = {'P', 'C', 'W', 'J', 'O', 'B', '0', '2'};
constexpr int kColumnsMax = 65'535;
constexpr int kRowsMax = 16'384;
constexpr std::size_t kPixelsMax = 200'000'000;
constexpr std::size_t kJsonMax = 1 << 20;
constexpr std::size_t kCrcOffset = 60;
constexpr std::size_t kHeaderCrcOffset = 64;

core::Error bad_job(core::ErrorCode code, std::string_view field, std::string_view why) {
  return {code, fmt::format("worker job: {}: {}", field, why)};
}

nlohmann::json job_json_of(std::uint64_t lines_lost, double scatter_left,
                           const core::VehicleIdentity& identity,
                           const imaging::FlagParameters& parameters) {
  nlohmann::json containers = nlohmann::json::array();
  for (const auto& c : identity.containers) {
    containers.push_back({{"number", c.number},
                          {"iso_type", c.iso_type},
                          {"check_digit_ok", c.check_digit_ok},
                          {"confidence", c.confidence}});
  }
  return {{"plate", identity.plate},
          {"containers", containers},
          {"small_dense_score_min", parameters.small_dense_score_min},
          {"shielding_score_min", parameters.shielding_score_min},
          {"lines_lost", lines_lost},
          {"scatter_left", scatter_left}};
}

std::string job_text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// 15 bytes a pixel, 4 a row.
std::size_t planes_bytes(std::size_t pixels, std::size_t rows) {
  return pixels * 15 + rows * 4;
}

template <class T>
void put(std::span<std::byte> out, std::size_t offset, const T& value) {
  std::memcpy(out.data() + offset, &value, sizeof value);
}
template <class T>
T get(std::span<const std::byte> bytes, std::size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

core::Status check_size(const core::ImageGrid& grid) {
  if (grid.columns < 1 || grid.columns > kColumnsMax)
    return bad_job(core::ErrorCode::kInvalidInput, "columns", "out of range");
  if (grid.rows < 1 || grid.rows > kRowsMax)
    return bad_job(core::ErrorCode::kInvalidInput, "rows", "out of range");
  if (static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows) > kPixelsMax) {
    return bad_job(core::ErrorCode::kInvalidInput, "columns x rows",
                   "more than 200 million pixels");
  }
  if (!(grid.mm_per_px >= 0.1 && grid.mm_per_px <= 1000))
    return bad_job(core::ErrorCode::kInvalidInput, "mm_per_px", "out of range");
  if (!(std::abs(grid.x_first_mm) < 1e9))
    return bad_job(core::ErrorCode::kInvalidInput, "x_first_mm", "out of range");
  if (!(std::abs(grid.z_first_mm) < 1e9))
    return bad_job(core::ErrorCode::kInvalidInput, "z_first_mm", "out of range");
  return {};
}

core::Status read_json(const nlohmann::json& json, Job& job) {
  const auto bad = [](std::string_view key) {
    return bad_job(core::ErrorCode::kInvalidInput, key, "missing or of the wrong type");
  };
  if (!json.is_object()) return bad("JSON");
  const auto number = [&](const char* key, double least, double most, double& out) {
    const auto it = json.find(key);
    if (it == json.end() || !it->is_number()) return false;
    out = it->get<double>();
    return out >= least && out <= most;
  };
  double lines_lost = 0;
  if (!number("small_dense_score_min", 0, 1, job.parameters.small_dense_score_min))
    return bad("small_dense_score_min");
  if (!number("shielding_score_min", 0, 1, job.parameters.shielding_score_min))
    return bad("shielding_score_min");
  if (!number("lines_lost", 0, 1e12, lines_lost)) return bad("lines_lost");
  job.images.lines_lost = static_cast<std::uint64_t>(lines_lost);
  if (!number("scatter_left", 0, 1, job.images.scatter_left)) return bad("scatter_left");
  const auto plate = json.find("plate");
  if (plate == json.end() || !plate->is_string()) return bad("plate");
  job.identity.plate = plate->get<std::string>();
  const auto containers = json.find("containers");
  if (containers == json.end() || !containers->is_array() || containers->size() > 100)
    return bad("containers");
  for (const auto& c : *containers) {
    if (!c.is_object()) return bad("containers");
    const auto text_of = [&](const char* key, std::string& out) {
      const auto it = c.find(key);
      if (it == c.end() || !it->is_string()) return false;
      out = it->get<std::string>();
      return true;
    };
    core::ContainerReading reading;
    if (!text_of("number", reading.number)) return bad("containers.number");
    if (!text_of("iso_type", reading.iso_type)) return bad("containers.iso_type");
    const auto check = c.find("check_digit_ok");
    const auto confidence = c.find("confidence");
    if (check == c.end() || !check->is_boolean()) return bad("containers.check_digit_ok");
    if (confidence == c.end() || !confidence->is_number()) return bad("containers.confidence");
    reading.check_digit_ok = check->get<bool>();
    reading.confidence = confidence->get<double>();
    job.identity.containers.push_back(std::move(reading));
  }
  return {};
}

bool all_within(const std::vector<float>& values, float least, float most) {
  // Without a way out in the middle, so that many are looked at at once. NaN fails too.
  int outside = 0;
  for (const float v : values) outside |= !(v >= least) | !(v <= most);
  return outside == 0;
}

}  // namespace

namespace {

/// Header, planes row by row, text.
core::Status write_memory(std::uint64_t number, const core::ImageGrid& grid,
                          const imaging::ImageBlock& block, std::span<const float> obliquity,
                          const std::string& json, std::span<std::byte> out) {
  const std::size_t n =
      static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
  const auto width = static_cast<std::size_t>(grid.columns);
  const auto rows = static_cast<std::size_t>(grid.rows);
  const std::size_t bytes = kJobHeaderBytes + planes_bytes(n, rows) + json.size();
  if (out.size() != bytes)
    return bad_job(core::ErrorCode::kInternal, "memory", "not of the job's size");
  std::fill_n(out.begin(), kJobHeaderBytes, std::byte{0});
  std::size_t offset = kJobHeaderBytes;
  const auto append = [&](const void* data, std::size_t size) {
    if (size > 0) std::memcpy(out.data() + offset, data, size);
    offset += size;
  };
  const auto append_plane = [&](const auto* plane) {
    for (std::size_t r = 0; r < rows; ++r) append(plane + r * block.stride, width * sizeof(*plane));
  };
  append_plane(block.transmission_high);
  append_plane(block.transmission_low);
  append_plane(block.mass_g_cm2);
  append(obliquity.data(), rows * sizeof(float));
  append_plane(block.material);
  append_plane(block.material_confidence_percent);
  append_plane(block.bad);
  append(json.data(), json.size());

  std::memcpy(out.data(), kMagic, sizeof kMagic);
  put(out, 8, static_cast<std::uint64_t>(bytes));
  put(out, 16, static_cast<std::int32_t>(grid.columns));
  put(out, 20, static_cast<std::int32_t>(grid.rows));
  put(out, 24, grid.mm_per_px);
  put(out, 32, grid.x_first_mm);
  put(out, 40, grid.z_first_mm);
  put(out, 48, number);
  put(out, 56, static_cast<std::uint32_t>(json.size()));
  put(out, kCrcOffset, core::crc32c(out.subspan(kJobHeaderBytes)));
  put(out, kHeaderCrcOffset, core::crc32c(out.first(kHeaderCrcOffset)));
  return {};
}

}  // namespace

core::Result<std::size_t> job_bytes(const imaging::Images& images,
                                    const core::VehicleIdentity& identity,
                                    const imaging::FlagParameters& parameters) {
  PC_CHECK(check_size(images.grid));
  const std::size_t n = images.size();
  const auto rows = static_cast<std::size_t>(images.grid.rows);
  if (images.transmission_high.size() != n || images.transmission_low.size() != n ||
      images.mass_g_cm2.size() != n || images.material_confidence_percent.size() != n ||
      images.material.size() != n || images.bad.size() != n || images.obliquity.size() != rows) {
    return bad_job(core::ErrorCode::kInvalidInput, "images", "planes differ in size");
  }
  const std::size_t json =
      job_text(job_json_of(images.lines_lost, images.scatter_left, identity, parameters)).size();
  if (json > kJsonMax)
    return bad_job(core::ErrorCode::kInvalidInput, "identity", "larger than 1 MiB");
  return kJobHeaderBytes + planes_bytes(n, rows) + json;
}

core::Status write_job(std::uint64_t number, const imaging::Images& images,
                       const core::VehicleIdentity& identity,
                       const imaging::FlagParameters& parameters, std::span<std::byte> out) {
  PC_TRY(const std::size_t bytes, job_bytes(images, identity, parameters));
  if (out.size() != bytes)
    return bad_job(core::ErrorCode::kInternal, "memory", "not of the job's size");
  return write_memory(
      number, images.grid, imaging::whole_block(images), images.obliquity,
      job_text(job_json_of(images.lines_lost, images.scatter_left, identity, parameters)), out);
}

core::ImageGrid block_grid(const imaging::ImageBlock& block, double mm_per_px, double z_first_mm) {
  core::ImageGrid grid;
  grid.columns = block.columns;
  grid.rows = block.rows;
  grid.mm_per_px = mm_per_px;
  grid.x_first_mm = static_cast<double>(block.first_column) * mm_per_px;
  grid.z_first_mm = z_first_mm;
  return grid;
}

core::Result<std::size_t> block_bytes(const imaging::ImageBlock& block,
                                      const core::ImageGrid& grid) {
  PC_CHECK(check_size(grid));
  if (grid.columns != block.columns || grid.rows != block.rows)
    return bad_job(core::ErrorCode::kInvalidInput, "block", "not of its grid's size");
  const auto rows = static_cast<std::size_t>(grid.rows);
  return kJobHeaderBytes + planes_bytes(static_cast<std::size_t>(grid.columns) * rows, rows) +
         job_text(job_json_of(0, block.scatter_left, {}, {})).size();
}

core::Status write_block(std::uint64_t number, const imaging::ImageBlock& block,
                         const core::ImageGrid& grid, std::span<const float> obliquity,
                         std::span<std::byte> out) {
  PC_TRY(const std::size_t bytes, block_bytes(block, grid));
  if (out.size() != bytes || obliquity.size() != static_cast<std::size_t>(grid.rows))
    return bad_job(core::ErrorCode::kInternal, "memory", "not of the block's size");
  return write_memory(number, grid, block, obliquity,
                      job_text(job_json_of(0, block.scatter_left, {}, {})), out);
}

std::string write_job_end(const JobEnd& end) {
  nlohmann::json json = job_json_of(0, 0, end.identity, end.parameters);
  json["blocks"] = end.blocks;
  json["columns"] = end.grid.columns;
  json["rows"] = end.grid.rows;
  json["mm_per_px"] = end.grid.mm_per_px;
  json["x_first_mm"] = end.grid.x_first_mm;
  json["z_first_mm"] = end.grid.z_first_mm;
  return job_text(json);
}

core::Result<JobEnd> parse_job_end(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  Job job;
  PC_CHECK(read_json(json, job));
  const auto number = [&](const char* key, double& out) -> core::Status {
    const auto it = json.find(key);
    if (it == json.end() || !it->is_number())
      return bad_job(core::ErrorCode::kInvalidInput, key, "missing or of the wrong type");
    out = it->get<double>();
    return {};
  };
  JobEnd end;
  double blocks = 0, columns = 0, rows = 0;
  PC_CHECK(number("blocks", blocks));
  PC_CHECK(number("columns", columns));
  PC_CHECK(number("rows", rows));
  PC_CHECK(number("mm_per_px", end.grid.mm_per_px));
  PC_CHECK(number("x_first_mm", end.grid.x_first_mm));
  PC_CHECK(number("z_first_mm", end.grid.z_first_mm));
  if (!(blocks >= 0 && blocks <= kColumnsMax))
    return bad_job(core::ErrorCode::kInvalidInput, "blocks", "out of range");
  if (!(columns >= 1 && columns <= kColumnsMax))
    return bad_job(core::ErrorCode::kInvalidInput, "columns", "out of range");
  if (!(rows >= 1 && rows <= kRowsMax))
    return bad_job(core::ErrorCode::kInvalidInput, "rows", "out of range");
  end.blocks = static_cast<std::uint32_t>(blocks);
  end.grid.columns = static_cast<int>(columns);
  end.grid.rows = static_cast<int>(rows);
  PC_CHECK(check_size(end.grid));
  end.identity = std::move(job.identity);
  end.parameters = job.parameters;
  return end;
}

core::Result<Job> parse_job(std::span<const std::byte> bytes) {
  if (bytes.size() < kJobHeaderBytes)
    return bad_job(core::ErrorCode::kInvalidInput, "size", "shorter than its header");
  if (std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0)
    return bad_job(core::ErrorCode::kInvalidInput, "magic", "not a worker job");
  if (core::crc32c(bytes.first(kHeaderCrcOffset)) != get<std::uint32_t>(bytes, kHeaderCrcOffset)) {
    return bad_job(core::ErrorCode::kCorrupt, "header", "its checksum does not hold");
  }
  Job job;
  core::ImageGrid& grid = job.images.grid;
  grid.columns = get<std::int32_t>(bytes, 16);
  grid.rows = get<std::int32_t>(bytes, 20);
  grid.mm_per_px = get<double>(bytes, 24);
  grid.x_first_mm = get<double>(bytes, 32);
  grid.z_first_mm = get<double>(bytes, 40);
  job.number = get<std::uint64_t>(bytes, 48);
  PC_CHECK(check_size(grid));
  const auto json_bytes = static_cast<std::size_t>(get<std::uint32_t>(bytes, 56));
  if (json_bytes > kJsonMax)
    return bad_job(core::ErrorCode::kInvalidInput, "JSON", "larger than 1 MiB");
  const std::size_t n = job.images.size();
  const auto rows = static_cast<std::size_t>(grid.rows);
  const std::size_t expected = kJobHeaderBytes + planes_bytes(n, rows) + json_bytes;
  if (bytes.size() != expected || get<std::uint64_t>(bytes, 8) != expected) {
    return bad_job(core::ErrorCode::kInvalidInput, "size",
                   fmt::format("{} bytes, {} expected", bytes.size(), expected));
  }
  if (core::crc32c(bytes.subspan(kJobHeaderBytes)) != get<std::uint32_t>(bytes, kCrcOffset)) {
    return bad_job(core::ErrorCode::kCorrupt, "planes", "their checksum does not hold");
  }
  std::size_t offset = kJobHeaderBytes;
  const auto take = [&](auto& plane, std::size_t count) {
    plane.resize(count);
    std::memcpy(plane.data(), bytes.data() + offset, count * sizeof(plane[0]));
    offset += count * sizeof(plane[0]);
  };
  imaging::Images& images = job.images;
  take(images.transmission_high, n);
  take(images.transmission_low, n);
  take(images.mass_g_cm2, n);
  take(images.obliquity, rows);
  take(images.material, n);
  take(images.material_confidence_percent, n);
  take(images.bad, n);
  if (!all_within(images.transmission_high, 0, 1e3F))
    return bad_job(core::ErrorCode::kInvalidInput, "transmission_high", "outside 0 to 1000");
  if (!all_within(images.transmission_low, 0, 1e3F))
    return bad_job(core::ErrorCode::kInvalidInput, "transmission_low", "outside 0 to 1000");
  if (!all_within(images.mass_g_cm2, 0, 1e6F))
    return bad_job(core::ErrorCode::kInvalidInput, "mass_g_cm2", "outside 0 to 1e6");
  if (!all_within(images.obliquity, 1, 100))
    return bad_job(core::ErrorCode::kInvalidInput, "obliquity", "outside 1 to 100");
  for (const auto m : images.material) {
    if (m > static_cast<std::uint8_t>(imaging::Material::kTooThick))
      return bad_job(core::ErrorCode::kInvalidInput, "material", "unknown class");
  }
  for (const auto percent : images.material_confidence_percent) {
    if (percent > 100)
      return bad_job(core::ErrorCode::kInvalidInput, "material_confidence_percent", "above 100");
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + offset, json_bytes);
  PC_CHECK(read_json(nlohmann::json::parse(text, nullptr, false), job));
  return job;
}

}  // namespace portcullis::inspection
