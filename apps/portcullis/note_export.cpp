#include "apps/portcullis/note_export.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

#include "archive/audit/outside_notes.h"
#include "core/files.h"
#include "core/time.h"

namespace portcullis::apps {
namespace {

/// Of the account that runs this program; its number where it has no name.
std::string account_name() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 &&
      found != nullptr)
    return found->pw_name;
  return std::to_string(::getuid());
}

}  // namespace

core::Status note_export(const std::filesystem::path& archive, const std::string& type,
                         const std::string& subject, std::map<std::string, std::string> data,
                         const std::string& person) {
  archive::OutsideNote note;
  note.id = core::make_uuid();
  note.type = type;
  note.time = core::SystemClock().utc_now();
  note.subject = subject;
  note.person = person.empty() ? account_name() : person;
  note.data = std::move(data);
  if (!person.empty()) note.data["account"] = account_name();
  return archive::leave_note(archive, note);
}

std::filesystem::path archive_of_scan(const std::filesystem::path& scan) {
  std::error_code ignored;
  const auto folder = std::filesystem::absolute(scan, ignored).parent_path().parent_path();
  return std::filesystem::exists(folder / "catalogue.sqlite", ignored) ? folder
                                                                       : std::filesystem::path();
}

}  // namespace portcullis::apps
