#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/result.h"

namespace portcullis::apps {

/// Leaves a note for the audit log of the archive (archive/audit/outside_notes.h) that this
/// machine's user has printed ("print") or exported ("export") `subject`. Call it before the file
/// is written; where it fails nothing may be. `person`: for whom, where it is not that user, whose
/// account then stands beside it.
core::Status note_export(const std::filesystem::path& archive, const std::string& type,
                         const std::string& subject, std::map<std::string, std::string> data,
                         const std::string& person = {});

/// The archive that a scan file lies in; empty where it lies by itself.
std::filesystem::path archive_of_scan(const std::filesystem::path& scan);

}  // namespace portcullis::apps
