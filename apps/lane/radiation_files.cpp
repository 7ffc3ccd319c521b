#include "apps/lane/radiation_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "core/files.h"
#include "core/time.h"
#include "core/version.h"
#include "firmware_bridge/rpm/n42.h"

namespace portcullis::apps {

core::Status write_n42_files(const std::filesystem::path& folder, const std::string& stem,
                             const std::vector<firmware_bridge::PortalOccupancy>& passages,
                             const std::string& lane, const std::string& item, bool simulated) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return core::Error{core::ErrorCode::kIo, folder.string() + ": " + error.message()};
  for (std::size_t i = 0; i < passages.size(); ++i) {
    firmware_bridge::N42Context context;
    context.document_uuid = core::make_uuid();
    context.identifier = lane;
    context.description = lane + ", entry";
    context.software_version = core::kVersion;
    context.item = item;
    context.simulated = simulated;
    PC_TRY(const std::string document, firmware_bridge::n42_document(passages[i], context));
    const std::string name =
        passages.size() == 1 ? stem + ".n42" : fmt::format("{}-{}.n42", stem, i + 1);
    PC_CHECK(core::write_file_atomically(folder / name, document));
  }
  return {};
}

std::string passage_stem(const firmware_bridge::PortalOccupancy& passage) {
  std::string time = core::to_iso8601(passage.started);
  std::replace(time.begin(), time.end(), ':', '-');
  return fmt::format("{}-{:06}", time, passage.number);
}

}  // namespace portcullis::apps
