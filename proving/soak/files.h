#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace portcullis::proving {

/// What failing disks did to the lane's files.
struct FilesReport {
  std::uint64_t acts = 0;  ///< Writes, syncs, truncations and removals of the story below.
  std::uint64_t runs = 0;
  std::vector<std::string> violations;  ///< With the act and how it failed.
};

/// Tells a short story of scan file and catalogue (a record begins, 600 lines come, it is sealed
/// and ended, a decision is stored) once for every act on the disk and every way in which that act
/// can go wrong: it fails once, it fails from there on, the program is killed there, power is lost
/// there with nothing or some of the unsynced writes on the disk, and the recovery after a kill
/// itself fails or is killed there. Then the lane starts on a good disk, and everything that was
/// answered with success must be found again, sealed and whole.
///
/// `folder` is emptied before and after. Threading: one thread; no other SoakDisk on it. Errors:
/// trouble of the machine.
core::Result<FilesReport> prove_files(const std::filesystem::path& folder);

}  // namespace portcullis::proving
