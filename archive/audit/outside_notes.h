#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::archive {

/// What a program that does not write the audit log has done and the log is to say: a report was
/// printed, a scan exported. It leaves a note in a folder of the archive before it hands out what
/// it made; the program that writes the log enters the notes that it finds.
struct OutsideNote {
  std::string id;      ///< UUID; also the file's name. Entered as "note".
  std::string type;    ///< "print" or "export"; nothing else is taken from outside.
  core::UtcTime time;  ///< When it was done.
  std::string subject;
  std::string person;  ///< Account on that machine; entered as a salted hash.
  std::map<std::string, std::string> data;
};

inline constexpr const char* kNotesFolder = "audit-notes";  ///< In the archive's folder.

/// On the disk when it returns. Fails with kInvalidInput for another type, or kIo: then nothing may
/// be handed out.
core::Status leave_note(const std::filesystem::path& archive, const OutsideNote& note);

/// All notes that wait, the oldest first. One that cannot be read is renamed to NAME.bad and named
/// in `problems`. No folder: no notes.
std::vector<OutsideNote> waiting_notes(const std::filesystem::path& archive,
                                       std::vector<std::string>& problems);
/// It is entered. A note that is entered twice, by a kill between the two, has the same id in both.
core::Status remove_note(const std::filesystem::path& archive, const OutsideNote& note);

}  // namespace portcullis::archive
