#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "customs/adapters/camir/record_layout.h"
#include "customs/adapters/tables/path_table.h"

// Any bytes as each of the tables that a site may bring: a table whose fields lie within a record
// and apart from each other, or an error of one line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace customs = portcullis::customs;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto layout = customs::RecordLayout::parse(bytes, "fuzz");
  if (layout.ok()) {
    for (const auto& record : layout->records()) {
      std::size_t positions = 0;
      for (const auto& field : record.fields) {
        PC_ASSERT(field.from >= 1 && field.from + field.length - 1 <= customs::kRecordBytes);
        positions += field.length;
      }
      PC_ASSERT(!record.fields.empty() && positions <= customs::kRecordBytes);
    }
  } else {
    PC_ASSERT(layout.error().message.find('\n') == std::string::npos);
  }
  const auto paths = customs::PathTable::parse(bytes, "fuzz");
  if (paths.ok())
    PC_ASSERT(!paths->root().empty() && paths->xml_rows().size() == paths->json_rows().size());
  else
    PC_ASSERT(paths.error().message.find('\n') == std::string::npos);
  return 0;
}
