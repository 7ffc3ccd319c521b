#include "customs/gateway/trader_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "core/files.h"
#include "customs/gateway/message_form.h"

namespace portcullis::customs {
namespace {

constexpr std::size_t kTraderFileBytesMax = 4'000'000;
constexpr std::size_t kHashDigits = 64;

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

core::Status TraderTokens::load() {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(file_, error);
  const auto bytes = error ? 0 : std::filesystem::file_size(file_, error);
  if (loaded_ && !error && changed == changed_ && bytes == bytes_) return {};
  PC_TRY(const auto text, core::read_file(file_, kTraderFileBytesMax));
  std::map<std::string, std::vector<std::string>, std::less<>> parties;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    std::string hash, word;
    if (!(words >> hash) || hash.front() == '#') continue;
    std::vector<std::string> ids;
    while (words >> word)
      if (auto id = comparison_key(word); !id.empty()) ids.push_back(std::move(id));
    if (!is_hash(hash) || ids.empty() || !parties.emplace(hash, std::move(ids)).second)
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}:{}: is not the SHA-256 of a token (64 lower-case "
                                     "hexadecimal digits, each once) with identifiers behind it",
                                     file_.string(), number)};
  }
  parties_ = std::move(parties);
  changed_ = changed;
  bytes_ = bytes;
  loaded_ = true;
  return {};
}

core::Status TraderTokens::check() {
  const std::lock_guard lock(mutex_);
  return load();
}

core::Result<std::vector<std::string>> TraderTokens::parties_of(std::string_view token) {
  const auto hash = core::sha256_hex(token);
  const std::lock_guard lock(mutex_);
  PC_CHECK(load());
  const auto found = parties_.find(hash);
  return found == parties_.end() ? std::vector<std::string>() : found->second;
}

bool is_party(const Case& one, const std::vector<std::string>& parties) {
  const auto is_one = [&](const std::string& id) {
    const auto key = comparison_key(id);
    return !key.empty() && std::find(parties.begin(), parties.end(), key) != parties.end();
  };
  constexpr std::string_view kRoles[] = {"declarant", "agent",     "holder",   "importer",
                                         "exporter",  "consignor", "consignee"};
  for (const auto& declaration : one.declarations)
    if (is_one(declaration.declarant)) return true;
  for (const auto& details : one.details) {
    for (const auto& party : details.parties)
      if (is_one(party.id) &&
          std::find(std::begin(kRoles), std::end(kRoles), party.role) != std::end(kRoles))
        return true;
  }
  return false;
}

}  // namespace portcullis::customs
