#include "core/package/package.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/files.h"
#include "core/package/package_form.h"

namespace portcullis::core {
namespace {

/// The first day that a ZIP can name: no date of ours stands in it.
constexpr zip_uint16_t kNoTime = 0, kNoDate = (0U << 9U) | (1U << 5U) | 1U;
constexpr zip_uint32_t kRegularFile = 0100644U << 16U;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Free {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

Error zip_failure(std::string_view what, zip_error_t* error) {
  return {ErrorCode::kInternal, fmt::format("{}: {}", what, zip_error_strerror(error))};
}

/// These are compressed already.
bool packed_already(std::string_view name) {
  return name.ends_with(".png") || name.ends_with(".pscan") || name.ends_with(".sealed") ||
         name.ends_with(".zip");
}

Status add_part(zip_t* archive, std::string_view name, std::string_view bytes) {
  zip_source_t* source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
  if (source == nullptr) return zip_failure(name, zip_get_error(archive));
  const auto index = zip_file_add(archive, std::string(name).c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    const auto error = zip_failure(name, zip_get_error(archive));
    zip_source_free(source);
    return error;
  }
  const auto place = static_cast<zip_uint64_t>(index);
  const auto method = packed_already(name) ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  if (zip_set_file_compression(archive, place, method, 0) != 0 ||
      zip_file_set_dostime(archive, place, kNoTime, kNoDate, 0) != 0 ||
      zip_file_set_external_attributes(archive, place, 0, ZIP_OPSYS_UNIX, kRegularFile) != 0)
    return zip_failure(name, zip_get_error(archive));
  return {};
}

/// What an archive was written to; it has been closed.
Result<std::string> bytes_of_source(zip_source_t* source) {
  zip_stat_t told;
  if (zip_source_stat(source, &told) != 0 || zip_source_open(source) != 0)
    return zip_failure("package", zip_source_error(source));
  std::string bytes(told.size, '\0');
  const auto got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(bytes.size()))
    return Error{ErrorCode::kInternal, "package: what was written cannot be read back"};
  return bytes;
}

}  // namespace

bool is_part_name(std::string_view name) {
  constexpr std::size_t kNameBytesMax = 120;
  if (name.empty() || name.size() > kNameBytesMax) return false;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    const auto end = std::min(name.find('/', begin), name.size());
    const auto step = name.substr(begin, end - begin);
    const bool plain = std::all_of(step.begin(), step.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '.' || c == '-' || c == '_';
    });
    if (step.empty() || step.front() == '.' || !plain) return false;
    begin = end + 1;
  }
  return true;
}

std::string sums_text(const std::vector<PackagePart>& parts, std::string_view manifest) {
  std::string sums;
  for (const auto& part : parts) sums += fmt::format("{}  {}\n", sha256_hex(part.bytes), part.name);
  return sums + fmt::format("{}  {}\n", sha256_hex(manifest), kManifestPart);
}

const PackagePart* Package::find(std::string_view name) const {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const PackagePart& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

Result<std::string> pack(const PackageHead& head, const std::vector<PackagePart>& parts) {
  std::set<std::string_view> names{kManifestPart, kSumsPart};
  auto files = nlohmann::ordered_json::array();
  for (const auto& part : parts) {
    if (!is_part_name(part.name) || !names.insert(part.name).second)
      return Error{ErrorCode::kInvalidInput,
                   fmt::format("package: part \"{}\": the name is none that a part can have, or "
                               "there are two of it",
                               part.name)};
    files.push_back({{"name", part.name},
                     {"bytes", part.bytes.size()},
                     {"sha256", sha256_hex(part.bytes)},
                     {"about", part.about}});
  }
  auto facts = nlohmann::ordered_json::parse(head.facts_json, nullptr, false);
  if (!facts.is_object())
    return Error{ErrorCode::kInvalidInput, "package: facts: are no JSON object"};
  const nlohmann::ordered_json manifest = {
      {"format", kPackageFormat}, {"version", kPackageVersion}, {"kind", head.kind},
      {"subject", head.subject},  {"software", head.software},  {"facts", std::move(facts)},
      {"files", std::move(files)}};
  const std::string manifest_text =
      manifest.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  const std::string sums = sums_text(parts, manifest_text);

  zip_error_t error;
  zip_error_init(&error);
  std::unique_ptr<zip_source_t, Free> kept(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!kept) return zip_failure("package", &error);
  std::unique_ptr<zip_t, Discard> archive(
      zip_open_from_source(kept.get(), ZIP_TRUNCATE | ZIP_CREATE, &error));
  if (!archive) return zip_failure("package", &error);
  zip_source_keep(kept.get());  // One for the archive, one for us.
  PC_CHECK(add_part(archive.get(), kManifestPart, manifest_text));
  PC_CHECK(add_part(archive.get(), kSumsPart, sums));
  for (const auto& part : parts) PC_CHECK(add_part(archive.get(), part.name, part.bytes));
  if (zip_close(archive.get()) != 0) return zip_failure("package", zip_get_error(archive.get()));
  static_cast<void>(archive.release());  // zip_close() has freed it.
  return bytes_of_source(kept.get());
}

}  // namespace portcullis::core
