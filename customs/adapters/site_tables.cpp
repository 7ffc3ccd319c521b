#include "customs/adapters/site_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/assert.h"
#include "core/files.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables_in_use.h"

namespace portcullis::customs {

// Written by the build (cmake/embed.cmake).
std::string_view adapter_table_data(std::string_view file_name);
std::vector<std::string_view> adapter_table_data_names();

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCamirTable = "camir.txt";
constexpr std::string_view kCarmTable = "carm.txt";
constexpr std::string_view kTableSuffix = ".txt";
constexpr std::size_t kTableFileBytesMax = 1'000'000;

/// A site's own text of a table, and the file's path for errors.
struct SiteText {
  std::string text, path;
};
using SiteTexts = std::map<std::string, SiteText, std::less<>>;

core::Result<std::shared_ptr<const TablesInUse>> read_tables(const SiteTexts& site) {
  const auto text_of = [&](std::string_view name) -> std::pair<std::string_view, std::string> {
    const auto own = site.find(name);
    if (own != site.end()) return {own->second.text, own->second.path};
    return {adapter_table_data(name), std::string(name)};
  };
  const auto camir_text = text_of(kCamirTable);
  const auto carm_text = text_of(kCarmTable);
  PC_TRY(auto camir, RecordLayout::parse(camir_text.first, camir_text.second));
  PC_TRY(auto carm, PathTable::parse(carm_text.first, carm_text.second));
  return std::make_shared<const TablesInUse>(TablesInUse{std::move(camir), std::move(carm)});
}

core::Result<SiteTexts> texts_of(const fs::path& folder) {
  SiteTexts texts;
  if (folder.empty()) return texts;
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{}: is no folder of tables", folder.string())};
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() != kTableSuffix) continue;
    const auto name = entry->path().filename().string();
    if (shipped_table(name).empty())
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: is no table's name ({}, {})", entry->path().string(),
                                     kCamirTable, kCarmTable)};
    PC_TRY(auto text, core::read_file(entry->path(), kTableFileBytesMax));
    texts[name] = {std::move(text), entry->path().string()};
  }
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", folder.string(), error.message())};
  return texts;
}

struct Shared {
  std::mutex mutex;
  std::shared_ptr<const TablesInUse> tables;
};

/// The tables of the whole program: adapters are functions of a message alone.
Shared& shared() {
  static Shared made = [] {
    auto tables = read_tables({});
    PC_ASSERT(tables.ok());  // A test reads what comes with the program.
    return Shared{{}, *tables};
  }();
  return made;
}

}  // namespace

std::vector<std::string_view> table_names() {
  return adapter_table_data_names();
}

std::string_view shipped_table(std::string_view name) {
  return adapter_table_data(name);
}

core::Status use_site_tables(const fs::path& folder) {
  PC_TRY(const auto texts, texts_of(folder));
  PC_TRY(auto tables, read_tables(texts));
  auto& in_use = shared();
  const std::lock_guard lock(in_use.mutex);
  in_use.tables = std::move(tables);
  return {};
}

std::shared_ptr<const TablesInUse> tables_in_use() {
  auto& in_use = shared();
  const std::lock_guard lock(in_use.mutex);
  return in_use.tables;
}

}  // namespace portcullis::customs
