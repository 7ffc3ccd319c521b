#include "customs/gateway/partner_shelf.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/files.h"
#include "core/log.h"
#include "customs/adapters/quotable.h"
#include "customs/gateway/message_form.h"
#include "customs/model/case.h"

namespace portcullis::customs {
namespace {

constexpr std::size_t kBundlesPerLook = 4;
constexpr std::uint64_t kBundleBytesMax = std::uint64_t{1} << 30U;
constexpr std::size_t kIndexBytesMax = 1'000'000;
constexpr std::size_t kNotedBytesMax = 300;
constexpr const char* kTakenFolder = "taken";
constexpr const char* kRefusedFolder = "quarantine";
constexpr const char* kWorkFolder = ".taken";
constexpr const char* kIndexSuffix = ".json";
constexpr const char* kCasePart = "case.json";
constexpr const char* kImagesPart = "images/images.json";

core::Error bad_part(const std::string& name, std::string_view part, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}: {}", name, part, why)};
}

/// Letters, digits and '-' of an id from outside; all else as '_'.
std::string plain_id(std::string_view id) {
  std::string plain;
  for (const char c : id.substr(0, 60))
    plain += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                 ? c
                 : '_';
  return plain;
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() && found->is_string()
             ? found->get<std::string>()
             : std::string();
}

nlohmann::json part_json(const core::Package& package, const char* part) {
  const auto* found = package.find(part);
  return found == nullptr ? nlohmann::json() : nlohmann::json::parse(found->bytes, nullptr, false);
}

/// What a whole bundle can be found by.
PartnerBundle described(const core::Package& package, const std::string& sha256,
                        core::UtcTime received) {
  PartnerBundle bundle;
  bundle.scan_id = package.head.subject;
  bundle.software = package.head.software;
  bundle.sha256 = sha256;
  bundle.received = received;
  std::set<std::string> containers, mrns;
  const auto facts = nlohmann::json::parse(package.head.facts_json, nullptr, false);
  if (facts.is_object() && facts.contains("containers") && facts["containers"].is_array()) {
    for (const auto& number : facts["containers"])
      if (number.is_string()) containers.insert(number.get<std::string>());
  }
  const auto told = case_from_json(part_json(package, kCasePart));
  if (told.ok()) {
    for (const auto& declaration : told->declarations) {
      if (!declaration.mrn.empty()) mrns.insert(declaration.mrn);
      for (const auto& container : declaration.containers) containers.insert(container.number);
    }
  }
  bundle.containers.assign(containers.begin(), containers.end());
  bundle.mrns.assign(mrns.begin(), mrns.end());
  return bundle;
}

nlohmann::json index_of(const PartnerBundle& bundle) {
  return {{"file", bundle.file},
          {"scan", bundle.scan_id},
          {"software", bundle.software},
          {"sha256", bundle.sha256},
          {"received", core::to_iso8601(bundle.received)},
          {"containers", bundle.containers},
          {"mrns", bundle.mrns}};
}

}  // namespace

core::Status check_bundle(const core::Package& package, const std::string& name) {
  if (package.head.kind != core::kScanBundleKind)
    return bad_part(name, core::kManifestPart,
                    fmt::format("kind is \"{}\", not \"{}\"", plain_id(package.head.kind),
                                core::kScanBundleKind));
  if (package.head.subject.empty() || plain_id(package.head.subject) != package.head.subject)
    return bad_part(name, core::kManifestPart,
                    "subject: is no id of a scan (letters, digits, - and _, at most 60)");
  if (package.find(kCasePart) == nullptr) return bad_part(name, kCasePart, "is missing");
  const auto told = case_from_json(part_json(package, kCasePart));
  if (!told.ok()) return bad_part(name, kCasePart, told.error().message);
  if (told->id != package.head.subject)
    return bad_part(name, kCasePart, "is of another scan than the bundle");
  if (package.find(kImagesPart) == nullptr) return bad_part(name, kImagesPart, "is missing");
  const auto images = part_json(package, kImagesPart);
  if (!images.is_object() || !images.contains("files") || !images["files"].is_object() ||
      images["files"].empty())
    return bad_part(name, kImagesPart, "names no images");
  if (text_of(images, "scan") != package.head.subject)
    return bad_part(name, kImagesPart, "is of another scan than the bundle");
  for (const auto& [plane, row] : images["files"].items()) {
    const auto part = "images/" + text_of(row, "file");
    const auto* image = package.find(part);
    if (image == nullptr)
      return bad_part(name, part, fmt::format("is missing, the image \"{}\"", plain_id(plane)));
    if (core::sha256_hex(image->bytes) != text_of(row, "sha256"))
      return bad_part(name, part, "is not the image that images.json tells");
  }
  return {};
}

core::Result<std::unique_ptr<PartnerShelf>> PartnerShelf::open(std::filesystem::path folder,
                                                               Note note,
                                                               const core::Clock& clock) {
  for (const char* part : {"", kTakenFolder, kRefusedFolder, kWorkFolder})
    PC_CHECK(make_folder(folder / part));
  return std::unique_ptr<PartnerShelf>(new PartnerShelf(std::move(folder), std::move(note), clock));
}

core::Status PartnerShelf::refuse(const std::filesystem::path& file, const std::string& name,
                                  const std::string& sha256, const std::string& reason) {
  core::log_warning("gateway", fmt::format("partner bundle quarantined: {}", reason));
  // What goes into the log is text, whatever the sender called his file.
  PC_CHECK(
      note_({false, quotable(name, kNotedBytesMax), sha256, quotable(reason, kNotedBytesMax)}));
  const auto place = free_place(folder_ / kRefusedFolder, name, sha256);
  PC_CHECK(core::write_file_atomically(
      place.string() + ".reason.txt",
      fmt::format("{}\nsha256 {}\n{}\n", reason, sha256, core::to_iso8601(clock_.utc_now()))));
  return move_file(file, place);
}

core::Status PartnerShelf::take(const std::string& name) {
  const auto file = folder_ / kWorkFolder / name;
  PC_TRY(const auto sha256, core::sha256_file_hex(file));
  core::PackageLimits limits;
  limits.bytes_max = kBundleBytesMax;
  const auto zip = core::read_file(file, kBundleBytesMax);
  if (!zip.ok()) {
    if (zip.error().code != core::ErrorCode::kInvalidInput) return zip.error();
    return refuse(file, name, sha256,
                  fmt::format("{}: has more than {} bytes", name, kBundleBytesMax));
  }
  const auto package = core::unpack(*zip, name, limits);
  if (!package.ok()) return refuse(file, name, sha256, package.error().message);
  if (const auto whole = check_bundle(*package, name); !whole.ok())
    return refuse(file, name, sha256, whole.error().message);

  auto bundle = described(*package, sha256, clock_.utc_now());
  bundle.file = fmt::format("{}-{}.zip", plain_id(bundle.scan_id), sha256.substr(0, 12));
  const auto place = folder_ / kTakenFolder / bundle.file;
  std::error_code error;
  if (std::filesystem::exists(place, error)) {  // The same bytes: it was taken before.
    if (std::filesystem::remove(file, error); error) return folder_error(file, error);
    return {};
  }
  PC_CHECK(note_({true, bundle.scan_id, sha256, bundle.file}));
  PC_CHECK(core::write_file_atomically(
      place.string() + kIndexSuffix,
      index_of(bundle).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"));
  core::log_info("gateway", fmt::format("partner bundle taken: {}", bundle.file));
  return move_file(file, place);
}

core::Result<int> PartnerShelf::poll() {
  PC_TRY(const auto names, looks_.take(folder_, folder_ / kWorkFolder, kBundlesPerLook));
  for (const auto& name : names) PC_CHECK(take(name));
  return static_cast<int>(names.size());
}

core::Result<std::vector<PartnerBundle>> partner_bundles(const std::filesystem::path& folder,
                                                         const std::string& container) {
  const auto wanted = comparison_key(container);
  std::vector<PartnerBundle> bundles;
  PC_TRY(const auto files, list_files(folder / kTakenFolder));
  for (const auto& [name, seen] : files) {
    if (!name.ends_with(".zip")) continue;
    const auto index = folder / kTakenFolder / (name + kIndexSuffix);
    PC_TRY(const auto text, core::read_file(index, kIndexBytesMax));
    const auto told = nlohmann::json::parse(text, nullptr, false);
    const auto received = core::parse_iso8601(text_of(told, "received"));
    if (!received.ok())
      return core::Error{core::ErrorCode::kCorrupt, index.string() + ": is not as it was written"};
    PartnerBundle bundle{name,
                         text_of(told, "scan"),
                         text_of(told, "software"),
                         text_of(told, "sha256"),
                         *received,
                         {},
                         {}};
    for (const auto& [key, place] :
         {std::pair("containers", &bundle.containers), {"mrns", &bundle.mrns}}) {
      if (!told.contains(key) || !told[key].is_array()) continue;
      for (const auto& one : told[key])
        if (one.is_string()) place->push_back(one.get<std::string>());
    }
    const bool named =
        std::any_of(bundle.containers.begin(), bundle.containers.end(),
                    [&](const std::string& number) { return comparison_key(number) == wanted; });
    if (wanted.empty() || named) bundles.push_back(std::move(bundle));
  }
  return bundles;
}

}  // namespace portcullis::customs
