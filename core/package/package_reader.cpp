#include <fmt/format.h>
#include <zip.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "core/package/package.h"
#include "core/package/package_form.h"

namespace portcullis::core {
namespace {

constexpr std::uint64_t kManifestBytesMax = 1'000'000;
constexpr std::uint64_t kDeflateRatioMax = 1'032;  // Of deflate (RFC 1951): 258 bytes by 2 bits.

struct DiscardArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

class PackageReader {
 public:
  PackageReader(zip_t* archive, std::string_view name, const PackageLimits& limits)
      : archive_(archive), name_(name), limits_(limits) {}
  Result<Package> read();

 private:
  [[nodiscard]] Error wrong(std::string_view part, std::string_view why,
                            ErrorCode code = ErrorCode::kInvalidInput) const {
    return {code, fmt::format("{}: {}: {}", name_, part, why)};
  }
  Status list();
  Result<std::string> bytes_of(const std::string& part);
  Result<PackagePart> listed_part(const nlohmann::json& row);

  zip_t* archive_;
  std::string_view name_;
  const PackageLimits& limits_;
  struct Entry {
    zip_uint64_t index = 0, bytes = 0;
  };
  std::map<std::string, Entry> entries_;
};

Status PackageReader::list() {
  const auto count = zip_get_num_entries(archive_, 0);
  if (count < 0 || static_cast<std::uint64_t>(count) > limits_.parts_max)
    return wrong("package",
                 fmt::format("has {} parts; at most {} are taken", count, limits_.parts_max));
  std::uint64_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t told;
    if (zip_stat_index(archive_, i, 0, &told) != 0 ||
        (told.valid & (ZIP_STAT_NAME | ZIP_STAT_SIZE)) != (ZIP_STAT_NAME | ZIP_STAT_SIZE))
      return wrong(fmt::format("part {}", i), "cannot be read");
    if (!is_part_name(told.name))
      return wrong(fmt::format("part {}", i),
                   "its name is none that a part can have (letters, digits, . - _ between /)");
    if ((told.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && told.encryption_method != ZIP_EM_NONE)
      return wrong(told.name, "is encrypted");
    // Memory is taken for what a part states: no more than its bytes can hold.
    if ((told.valid & ZIP_STAT_COMP_SIZE) == 0 || told.size / kDeflateRatioMax > told.comp_size + 1)
      return wrong(told.name, "states a size that its bytes cannot have");
    if (told.size > limits_.bytes_max - total)
      return wrong(told.name,
                   fmt::format("unpacked, all parts have more than {} bytes", limits_.bytes_max));
    total += told.size;
    if (!entries_.emplace(told.name, Entry{i, told.size}).second)
      return wrong(told.name, "is there twice");
  }
  return {};
}

Result<std::string> PackageReader::bytes_of(const std::string& part) {
  const auto found = entries_.find(part);
  if (found == entries_.end()) return wrong(part, "is missing");
  std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_, found->second.index, 0));
  if (!file) return wrong(part, zip_strerror(archive_), ErrorCode::kCorrupt);
  std::string bytes(found->second.bytes, '\0');
  const auto got = zip_fread(file.get(), bytes.data(), bytes.size());
  char more = 0;
  // The end is read too: there the library compares the checksum.
  if (got != static_cast<zip_int64_t>(bytes.size()) || zip_fread(file.get(), &more, 1) != 0)
    return wrong(part, "cannot be unpacked to the size and checksum that the package states",
                 ErrorCode::kCorrupt);
  return bytes;
}

Result<PackagePart> PackageReader::listed_part(const nlohmann::json& row) {
  const auto text = [&](const char* key) {
    const auto found = row.is_object() ? row.find(key) : row.end();
    return row.is_object() && found != row.end() && found->is_string() ? found->get<std::string>()
                                                                       : std::string();
  };
  PackagePart part{text("name"), text("about"), {}};
  if (!is_part_name(part.name) || part.name == kManifestPart || part.name == kSumsPart)
    return wrong(kManifestPart, "files: one has no name that a part can have");
  PC_TRY(part.bytes, bytes_of(part.name));
  const auto size = row.find("bytes");
  if (size == row.end() || !size->is_number_unsigned() ||
      size->get<std::uint64_t>() != part.bytes.size())
    return wrong(part.name, "is not of the size that the manifest says", ErrorCode::kCorrupt);
  if (text("sha256") != sha256_hex(part.bytes))
    return wrong(part.name, "is not what the manifest's SHA-256 says", ErrorCode::kCorrupt);
  return part;
}

Result<Package> PackageReader::read() {
  PC_CHECK(list());
  const auto manifest_entry = entries_.find(kManifestPart);
  if (manifest_entry == entries_.end()) return wrong(kManifestPart, "is missing");
  if (manifest_entry->second.bytes > kManifestBytesMax)
    return wrong(kManifestPart, fmt::format("has more than {} bytes", kManifestBytesMax));
  PC_TRY(const auto text, bytes_of(kManifestPart));
  const auto manifest = nlohmann::json::parse(text, nullptr, false);
  if (!manifest.is_object()) return wrong(kManifestPart, "is no JSON object");
  const auto is = [&](const char* key, const nlohmann::json& value) {
    const auto found = manifest.find(key);
    return found != manifest.end() && *found == value;
  };
  if (!is("format", kPackageFormat) || !is("version", kPackageVersion))
    return wrong(kManifestPart,
                 fmt::format("is not of format {}, version {}", kPackageFormat, kPackageVersion));
  Package package;
  for (const auto& [key, place] : {std::pair("kind", &package.head.kind),
                                   {"subject", &package.head.subject},
                                   {"software", &package.head.software}}) {
    const auto found = manifest.find(key);
    if (found == manifest.end() || !found->is_string())
      return wrong(kManifestPart, fmt::format("{}: is no text", key));
    *place = found->get<std::string>();
  }
  const auto facts = manifest.find("facts");
  if (facts == manifest.end() || !facts->is_object())
    return wrong(kManifestPart, "facts: is no object");
  package.head.facts_json = facts->dump();
  const auto files = manifest.find("files");
  if (files == manifest.end() || !files->is_array())
    return wrong(kManifestPart, "files: is no array");
  for (const auto& row : *files) {
    PC_TRY(auto part, listed_part(row));
    if (package.find(part.name) != nullptr)
      return wrong(kManifestPart, fmt::format("files: {} is listed twice", part.name));
    package.parts.push_back(std::move(part));
  }
  for (const auto& [name, entry] : entries_) {
    if (name != kManifestPart && name != kSumsPart && package.find(name) == nullptr)
      return wrong(name, "is not listed in the manifest");
  }
  PC_TRY(const auto sums, bytes_of(kSumsPart));
  if (sums != sums_text(package.parts, text))
    return wrong(kSumsPart, "does not agree with the manifest", ErrorCode::kCorrupt);
  return package;
}

}  // namespace

Result<Package> unpack(std::string_view zip, std::string_view name, const PackageLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  const auto no_zip = [&] {
    return Error{ErrorCode::kInvalidInput,
                 fmt::format("{}: is no ZIP: {}", name, zip_error_strerror(&error))};
  };
  zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  if (source == nullptr) return no_zip();
  std::unique_ptr<zip_t, DiscardArchive> archive(
      zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  if (!archive) {
    auto failed = no_zip();
    zip_source_free(source);
    return failed;
  }
  return PackageReader(archive.get(), name, limits).read();
}

Result<Package> read_package(const std::filesystem::path& path, const PackageLimits& limits) {
  PC_TRY(const auto zip, read_file(path, limits.bytes_max));
  return unpack(zip, path.string(), limits);
}

}  // namespace portcullis::core
