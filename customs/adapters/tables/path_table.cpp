#include "customs/adapters/tables/path_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/field_names.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kPathColumns = 5;
constexpr std::string_view kDocumentWord = "document";

bool is_element_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.back() == '/' ||
      path.find("//") != std::string_view::npos)
    return false;
  return std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/' || c == '@';
  });
}

}  // namespace

core::Result<PathTable> PathTable::parse(std::string_view text, std::string_view name) {
  PC_TRY(const auto lines, read_data_lines(text, name, kPathColumns));
  PathTable table;
  for (const auto& line : lines) {
    const auto wrong = [&](std::string_view why) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: line {}: {}", name, line.number, why)};
    };
    const auto path = line.values[0];
    const auto word = line.values[1];
    if (!is_element_path(path))
      return wrong(fmt::format("\"{}\" is no path of elements", quotable(path, 60)));
    if (line.values[3].empty()) return wrong("names no source");
    if (table.root_.empty()) {
      if (word != kDocumentWord || path.find('/') != std::string_view::npos)
        return wrong("the first line must be the document's element, with the field \"document\"");
      table.root_ = path;
      continue;
    }
    const auto field = field_from(word);
    if (!field) return wrong(fmt::format("field \"{}\" is not known", quotable(word, 40)));
    const auto& argument = table.texts_.emplace_back(line.values[2]);
    const auto& below = table.texts_.emplace_back(path);
    const auto& whole = table.texts_.emplace_back(fmt::format("{}/{}", table.root_, path));
    table.xml_rows_.push_back({below, *field, argument});
    table.json_rows_.push_back({whole, *field, argument});
  }
  return table;
}

}  // namespace portcullis::customs
