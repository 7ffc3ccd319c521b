#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/scan.h"
#include "imaging/flag/flag.h"
#include "imaging/images.h"

namespace portcullis::inspection {

/// One job, or one block of columns of a job that is still being scanned, as it lies in the memory
/// file between lane and worker. Little-endian:
///
///     0   8  magic "PCWJOB02"
///     8   8  total bytes of the job
///    16   4  columns              20   4  rows
///    24   8  mm_per_px (f64)      32   8  x_first_mm      40   8  z_first_mm
///    48   8  job number
///    56   4  bytes of the JSON text at the end
///    60   4  CRC-32C of all that follows the header
///    64   4  CRC-32C of bytes 0 to 63
///    68  60  zero
///   128      transmission_high, transmission_low, mass_g_cm2 (f32 each pixel), obliquity (f32
///            each row), material, material_confidence_percent, bad (u8 each pixel), JSON text
///
/// The JSON holds identity, parameters, lines_lost and scatter_left. A block is the images of its
/// columns alone; its identity is empty.
struct Job {
  std::uint64_t number = 0;
  imaging::Images images;
  core::VehicleIdentity identity;
  imaging::FlagParameters parameters;
};

inline constexpr std::size_t kJobHeaderBytes = 128;

/// Bytes the job takes; fails with kInvalidInput where the images' planes do not fit together or
/// are larger than the format allows (65,535 columns, 16,384 rows, 200 million pixels).
core::Result<std::size_t> job_bytes(const imaging::Images& images,
                                    const core::VehicleIdentity& identity,
                                    const imaging::FlagParameters& parameters);

/// Writes the job into `out`, which is exactly job_bytes() long.
core::Status write_job(std::uint64_t number, const imaging::Images& images,
                       const core::VehicleIdentity& identity,
                       const imaging::FlagParameters& parameters, std::span<std::byte> out);

/// The same for one block of a scan that runs. `grid`: of the block (see block_grid()).
core::Result<std::size_t> block_bytes(const imaging::ImageBlock& block,
                                      const core::ImageGrid& grid);
core::Status write_block(std::uint64_t number, const imaging::ImageBlock& block,
                         const core::ImageGrid& grid, std::span<const float> obliquity,
                         std::span<std::byte> out);
/// The grid of a block's columns.
core::ImageGrid block_grid(const imaging::ImageBlock& block, double mm_per_px, double z_first_mm);

/// What ends a scan that went to the worker in blocks; travels as the JSON text of its frame.
struct JobEnd {
  std::uint32_t blocks = 0;  ///< How many were sent.
  core::ImageGrid grid;      ///< Of all of them.
  core::VehicleIdentity identity;
  imaging::FlagParameters parameters;
};
std::string write_job_end(const JobEnd& end);
/// Fails with kInvalidInput naming the field.
core::Result<JobEnd> parse_job_end(std::string_view text);

/// Reads a job that anyone may have written: every size is checked before memory is taken, both
/// checksums hold, all numbers are finite and in range. Fails with kInvalidInput or kCorrupt
/// naming the field.
core::Result<Job> parse_job(std::span<const std::byte> bytes);

}  // namespace portcullis::inspection
