#include "customs/model/code_lists.h"

#include <fmt/format.h>

#include <string>

namespace portcullis::customs {

// Written by the build (cmake/embed.cmake).
std::string_view code_list_data(std::string_view file_name);
std::vector<std::string_view> code_list_data_names();

namespace {

constexpr std::string_view kFileSuffix = ".txt";

template <class Function>
void each_entry(std::string_view list, Function&& function) {
  auto text = code_list_data(std::string(list) + std::string(kFileSuffix));
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const auto first = line.find('|');
    const auto second = line.find('|', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) continue;
    const auto effect = effect_from(line.substr(first + 1, second - first - 1));
    if (!function(CodeEntry{line.substr(0, first), effect.value_or(Effect::kUnknown),
                            line.substr(second + 1)}))
      return;
  }
}

}  // namespace

std::vector<std::string_view> code_list_names() {
  std::vector<std::string_view> names;
  for (const auto name : code_list_data_names())
    names.push_back(name.substr(0, name.size() - kFileSuffix.size()));
  return names;
}

std::optional<CodeEntry> find_code(std::string_view list, std::string_view code) {
  std::optional<CodeEntry> found;
  each_entry(list, [&](const CodeEntry& entry) {
    if (entry.code == code) found = entry;
    return !found;
  });
  return found;
}

std::optional<CodeEntry> code_for(std::string_view list, Effect effect) {
  std::optional<CodeEntry> found;
  each_entry(list, [&](const CodeEntry& entry) {
    if (entry.effect == effect) found = entry;
    return !found;
  });
  return found;
}

std::vector<CodeEntry> code_entries(std::string_view list) {
  std::vector<CodeEntry> entries;
  each_entry(list, [&](const CodeEntry& entry) {
    entries.push_back(entry);
    return true;
  });
  return entries;
}

Notice notice_of(std::string_view list, std::string_view code,
                 std::vector<IdentifierRemark>& remarks) {
  Notice notice;
  notice.list = list;
  notice.code = code;
  if (const auto entry = find_code(list, code)) {
    notice.effect = entry->effect;
    notice.text = entry->text;
  } else {
    remarks.push_back({"code", std::string(code), fmt::format("is not in the list {}", list)});
  }
  return notice;
}

}  // namespace portcullis::customs
