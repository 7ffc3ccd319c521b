#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "apps/portcullis/exchange/exchange.h"
#include "archive/audit/audit_entry.h"
#include "archive/audit/tlog_proof.h"
#include "archive/export/anonymous_scan.h"
#include "archive/scan_file.h"
#include "archive/stored_plane.h"
#include "core/files.h"
#include "core/package/sealed_part.h"
#include "core/version.h"

namespace portcullis::apps {
namespace {

nlohmann::json parsed(const core::PackagePart* part) {
  return part == nullptr ? nlohmann::json() : nlohmann::json::parse(part->bytes, nullptr, false);
}
std::string text_at(const nlohmann::json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool same_pixels(const std::string& one, const std::string& other) {
  const auto a = archive::decode_plane(one, "plane"), b = archive::decode_plane(other, "plane");
  return a.ok() && b.ok() && a->columns == b->columns && a->rows == b->rows &&
         a->bytes_per_pixel == b->bytes_per_pixel && a->pixels == b->pixels;
}

class EvidenceChecker {
 public:
  EvidenceChecker(const core::Package& package, const EvidenceKeys& keys,
                  const std::filesystem::path& scratch)
      : package_(package), keys_(keys), scratch_(scratch) {}

  core::Result<EvidenceCheck> check();

 private:
  void good(std::string text) { out_.good.push_back(std::move(text)); }
  void problem(std::string text) { out_.problems.push_back(std::move(text)); }
  core::Status check_log();
  core::Status check_seal(const std::filesystem::path& raw);
  void check_pictures(const ScanPictures& pictures);
  void check_views(const ScanPictures& pictures);
  core::Status restore(const std::filesystem::path& raw);

  const core::Package& package_;
  const EvidenceKeys& keys_;
  const std::filesystem::path& scratch_;
  EvidenceCheck out_;
  std::string seal_;
  bool taken_out_ = false;  ///< Of raw/scan.pscan, by the manifest.
};

core::Status EvidenceChecker::check_log() {
  const auto* own_key = package_.find("audit/log.vkey");
  if (own_key == nullptr) {
    out_.not_checked.push_back("audit log: the package holds nothing of it");
    return {};
  }
  std::optional<archive::VerifierKey> key;
  if (keys_.log_key.empty()) {
    PC_TRY(key, archive::VerifierKey::parse(
                    own_key->bytes.substr(0, own_key->bytes.find_first_of("\r\n"))));
    out_.not_checked.push_back(
        "audit log: no --log-key given; a log made up with a key of its own would pass");
  } else {
    PC_TRY(key, archive::VerifierKey::load(keys_.log_key));
  }
  std::size_t proofs = 0;
  bool sealed = false;
  for (const auto& part : package_.parts) {
    if (!part.name.starts_with("audit/proof-")) continue;
    const auto proven = archive::check_inclusion_proof(part.bytes, *key);
    if (!proven.ok()) {
      problem(part.name + ": " + proven.error().message);
      continue;
    }
    ++proofs;
    const auto entry = archive::parse_audit_entry(proven->entry);
    if (!entry.ok() || entry->type != "scan_sealed" || entry->subject != package_.head.subject)
      continue;
    sealed = true;
    if (entry->text("sha256") == seal_)
      good(fmt::format("entry {} of the log says the same seal of the scan", proven->index));
    else
      problem(fmt::format("entry {} of the log says seal {}, the package {}", proven->index,
                          entry->text("sha256"), seal_));
  }
  good(fmt::format("{} entries are proven to be in the log {}", proofs, key->name()));
  if (!sealed) out_.not_checked.push_back("seal: the log holds no entry of it");
  return {};
}

core::Status EvidenceChecker::restore(const std::filesystem::path& raw) {
  PC_TRY(const auto key, core::load_key_bytes(keys_.private_key));
  const auto* sealed = package_.find(kSealedPersonal);
  if (sealed == nullptr) {
    problem(std::string(kSealedPersonal) + ": a private key was given and this part is not there");
    return {};
  }
  const auto zip = core::open_part(sealed->bytes, key);
  if (!zip.ok()) {
    problem(std::string(kSealedPersonal) + ": " + zip.error().message);
    return {};
  }
  PC_TRY(const auto personal, core::unpack(*zip, kSealedPersonal));
  good("the personal part opens, and its own hashes hold");
  const auto* taken = personal.find("restore.json");
  return taken == nullptr ? core::Status() : archive::restore_identity(raw, taken->bytes);
}

core::Status EvidenceChecker::check_seal(const std::filesystem::path& raw) {
  if (!keys_.private_key.empty()) PC_CHECK(restore(raw));
  const auto info = archive::read_scan_info(raw);
  if (!info.ok()) {
    problem("raw/scan.pscan: " + info.error().message);
    return {};
  }
  if (info->meta.id != package_.head.subject)
    problem("raw/scan.pscan: is of scan " + info->meta.id);
  if (info->sha256 != seal_) problem("raw/scan.pscan: states another seal than the manifest");
  if (archive::verify_seal(raw).ok())
    good("the seal of the scan holds");
  else if (keys_.private_key.empty() && taken_out_)
    out_.not_checked.push_back(package_.find(kSealedPersonal) != nullptr
                                   ? "seal: plate and people were taken out; --private-key puts "
                                     "them back and checks the seal"
                                   : "seal: it does not hold without the personal data, which were "
                                     "left out of this package");
  else
    problem("raw/scan.pscan: its seal does not hold");
  return {};
}

void EvidenceChecker::check_pictures(const ScanPictures& pictures) {
  const auto told = parsed(package_.find("images/images.json"));
  const auto made = nlohmann::json::parse(pictures.images_json, nullptr, false);
  if (text_at(told, "software_version") != core::kVersion || !told.contains("parameters") ||
      told["parameters"] != made["parameters"]) {
    problem(
        fmt::format("images/images.json: made by version \"{}\" with its parameters; this is {}: "
                    "verify with that version",
                    text_at(told, "software_version"), core::kVersion));
    return;
  }
  std::size_t same = 0;
  for (const auto& image : pictures.encoded) {
    const auto* part = package_.find("images/" + image.file_name);
    if (part == nullptr) {
      problem("images/" + image.file_name + ": is missing");
      continue;
    }
    if (image.name == "preview") continue;  // Follows from the others.
    // The bytes of a compressed file follow from the kind of processor too; its pixels do not.
    if (part->bytes == image.bytes || same_pixels(part->bytes, image.bytes))
      ++same;
    else
      problem(part->name + ": other pixels come out of the lines");
  }
  good(fmt::format("{} planes come out of the lines with the same pixels", same));
}

void EvidenceChecker::check_views(const ScanPictures& pictures) {
  const auto table = parsed(package_.find("views/views.json"));
  if (!table.is_object() || !table.contains("views") || !table["views"].is_array())
    return problem("views/views.json: is missing, or none");
  std::size_t same = 0;
  for (const auto& row : table["views"]) {
    const auto file = text_at(row, "file");
    if (file.empty()) {
      out_.not_checked.push_back("a view: " + text_at(row, "why"));
      continue;
    }
    const auto* part = package_.find(file);
    const auto view = core::decided_view_from(row.contains("view") ? row["view"].dump() : "");
    if (part == nullptr || !view.ok()) {
      problem(file + ": is missing, or views.json does not say how it is drawn");
      continue;
    }
    const auto drawn = decided_tiff(pictures, *view);
    if (drawn.ok() && *drawn == part->bytes)
      ++same;
    else
      problem(file + ": another picture comes out of the lines");
  }
  good(fmt::format("{} decided views come out of the lines with the same bytes", same));
  const auto planes = text_at(table, "planes_of_the_screen");
  if (planes != "the same")
    out_.not_checked.push_back("the planes that the screen showed: " + planes);
}

core::Result<EvidenceCheck> EvidenceChecker::check() {
  good(fmt::format("{} parts are what the manifest says", package_.parts.size()));
  const auto facts = nlohmann::json::parse(package_.head.facts_json, nullptr, false);
  seal_ = text_at(facts, "seal");
  taken_out_ = facts.is_object() && facts.value("taken_out", nlohmann::json()) == true;
  PC_CHECK(check_log());
  const auto* lines = package_.find("raw/scan.pscan");
  if (lines == nullptr) {
    problem("raw/scan.pscan: is missing");
    return std::move(out_);
  }
  const auto raw = scratch_ / "scan.pscan";
  PC_CHECK(core::write_file_atomically(raw, lines->bytes));
  const auto pictures = make_pictures(raw);
  if (pictures.ok()) {
    check_pictures(*pictures);
    check_views(*pictures);
  } else {
    problem("raw/scan.pscan: " + pictures.error().message);
  }
  PC_CHECK(check_seal(raw));
  return std::move(out_);
}

}  // namespace

core::Result<EvidenceCheck> check_evidence(const std::filesystem::path& package,
                                           const EvidenceKeys& keys,
                                           const std::filesystem::path& scratch) {
  PC_TRY(const auto read, core::read_package(package));
  if (read.head.kind != kEvidenceKind)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: is of kind \"{}\", not \"{}\"", package.string(),
                                   read.head.kind, kEvidenceKind)};
  return EvidenceChecker(read, keys, scratch).check();
}

core::Status open_personal(const std::filesystem::path& package,
                           const std::filesystem::path& private_key,
                           const std::filesystem::path& folder) {
  PC_TRY(const auto read, core::read_package(package));
  PC_TRY(const auto key, core::load_key_bytes(private_key));
  const auto* sealed = read.find(kSealedPersonal);
  const auto* lines = read.find("raw/scan.pscan");
  if (sealed == nullptr || lines == nullptr)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{}: {}: is not there", package.string(),
                                   sealed == nullptr ? kSealedPersonal : "raw/scan.pscan")};
  const auto zip = core::open_part(sealed->bytes, key);
  if (!zip.ok())
    return zip.error().with_context(fmt::format("{}: {}", package.string(), kSealedPersonal));
  PC_TRY(const auto personal, core::unpack(*zip, kSealedPersonal));
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error))
    return core::Error{
        core::ErrorCode::kIo,
        fmt::format("{}: {}", folder.string(),
                    error ? error.message() : "is there already; name a new folder")};
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  for (const auto& part : personal.parts)
    PC_CHECK(core::write_file_atomically(folder / std::filesystem::path(part.name).filename(),
                                         part.bytes));
  PC_CHECK(core::write_file_atomically(folder / "scan.pscan", lines->bytes));
  const auto* taken = personal.find("restore.json");
  return taken == nullptr ? core::Status()
                          : archive::restore_identity(folder / "scan.pscan", taken->bytes);
}

}  // namespace portcullis::apps
