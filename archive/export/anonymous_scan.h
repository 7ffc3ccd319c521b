#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portcullis::archive {

/// A sealed scan without what says who drove and who worked there: lines, calibration and portal's
/// lines as they are, the plate taken out, the words of events taken out but for those that the
/// machine alone is spoken of in (states, faults, resets, bypasses, radiation), and images and
/// reports (which are not under the seal) left away.
struct AnonymousScan {
  std::string bytes;  ///< Of the scan file. Its stored seal is the original's.
  std::string seal;
  /// What was taken out, {"scan": value of the key 'scan' of meta, "events": [{"index", "text"}]}:
  /// put back into the same rows, the file's seal holds again. Personal itself. Empty: nothing was
  /// taken out, and the seal holds as it is.
  std::string restore_json;
};

/// `scratch`: a folder of the caller's own for the copy that is worked on. Fails with kRefused
/// (not sealed), kCorrupt (the seal does not hold), kIo; kInternal where a plate of six characters
/// or more stands elsewhere in the file too, so that nothing may be handed out.
core::Result<AnonymousScan> without_identity(const std::filesystem::path& scan,
                                             const std::filesystem::path& scratch);

/// Puts back into `scan` what without_identity() took out. Whether the seal then holds is to be
/// asked. kInvalidInput where `restore_json` is none.
core::Status restore_identity(const std::filesystem::path& scan, std::string_view restore_json);

}  // namespace portcullis::archive
