#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "apps/portcullis/exchange/exchange.h"
#include "archive/audit/tile_log.h"
#include "archive/audit/time_stamp.h"
#include "archive/audit/tlog_proof.h"
#include "archive/export/anonymous_scan.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/package/sealed_part.h"
#include "core/version.h"
#include "report/case_parts.h"

namespace portcullis::apps {
namespace {

std::string document(const nlohmann::json& value) {
  return value.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

/// What is said in the open part in the place of a person's name.
class People {
 public:
  std::string stand_in(const std::string& name) {
    if (name == "lane" || name.empty()) return name;  // The lane itself is nobody.
    const auto [known, fresh] = names_.emplace(name, fmt::format("person-{}", names_.size() + 1));
    return known->second;
  }
  [[nodiscard]] nlohmann::json table() const {
    nlohmann::json table = nlohmann::json::object();
    for (const auto& [name, stand_in] : names_) table[stand_in] = name;
    return table;
  }

 private:
  std::map<std::string, std::string> names_;
};

class EvidenceMaker {
 public:
  EvidenceMaker(const ExchangeOptions& options, report::CaseReport report, ScanPictures pictures)
      : options_(options), report_(std::move(report)), pictures_(std::move(pictures)) {}

  core::Result<std::string> make();

 private:
  void add(std::string name, std::string about, std::string bytes) {
    parts_.push_back({std::move(name), std::move(about), std::move(bytes)});
  }
  void add_pictures();
  core::Status add_raw();
  core::Status add_views();
  core::Status add_log();
  void add_custody();
  core::Status add_personal();
  [[nodiscard]] std::string planes_of_the_screen() const;
  [[nodiscard]] nlohmann::json log_entry_of(const core::Decision& decision,
                                            std::string_view type) const;

  const ExchangeOptions& options_;
  report::CaseReport report_;
  ScanPictures pictures_;
  std::vector<core::PackagePart> parts_;
  People people_;
  std::vector<report::Act> acts_;
  std::map<std::size_t, std::string> view_files_;  ///< By the act's place.
  archive::AnonymousScan raw_;
  bool has_log_ = false;
};

void EvidenceMaker::add_pictures() {
  for (const auto& image : pictures_.encoded)
    add("images/" + image.file_name,
        image.name == "preview" ? "Material view." : "Plane \"" + image.name + "\".", image.bytes);
  add("images/images.json", "What the planes' numbers mean; parameters and software version.",
      pictures_.images_json);
}

core::Status EvidenceMaker::add_raw() {
  PC_TRY(const auto scratch, ScratchFolder::make());
  PC_TRY(raw_, archive::without_identity(options_.scan, scratch.path()));
  add("raw/scan.pscan",
      raw_.restore_json.empty() ? "Lines and calibration as sealed (SQLite); its seal holds."
                                : "Lines and calibration as sealed (SQLite), plate and people "
                                  "taken out; its seal holds again "
                                  "once the personal part has put it back.",
      raw_.bytes);
  return {};
}

std::string EvidenceMaker::planes_of_the_screen() const {
  const auto stored = archive::read_image(options_.scan, "high");
  if (!stored.ok()) return "not stored";
  const auto seen = report::read_plane(*stored, "high");
  const auto made = report::read_plane(pictures_.bytes("high"), "high");
  const bool same =
      seen.ok() && made.ok() && seen->columns == made->columns && seen->codes == made->codes;
  return same ? "the same" : "other";
}

core::Status EvidenceMaker::add_views() {
  nlohmann::json table = nlohmann::json::array();
  for (std::size_t i = 0; i < acts_.size(); ++i) {
    const auto& decision = acts_[i].decision;
    nlohmann::json row = {{"act", i + 1}, {"what", acts_[i].what}};
    const auto view = report::view_of(decision);
    if (view) {
      auto drawn = decided_tiff(pictures_, *view);
      if (!drawn.ok()) return drawn.error().with_context(fmt::format("act {}", i + 1));
      const auto name = fmt::format("views/{}.tif", i + 1);
      row["file"] = name;
      row["view"] = core::to_json(*view);
      view_files_[i] = name;
      add(name, fmt::format("What the screen showed of the image at act {}.", i + 1),
          std::move(drawn).value());
    } else {
      row["file"] = nullptr;
      row["why"] = decision.view_json.empty() ? "no view was recorded" : "its record is not read";
    }
    table.push_back(std::move(row));
  }
  add("views/views.json", "Which view belongs to which act, and how it is drawn.",
      document({{"planes_of_the_screen", planes_of_the_screen()}, {"views", table}}));
  return {};
}

core::Status EvidenceMaker::add_log() {
  if (!report_.audit.problem.empty()) return {};
  const auto folder = options_.audit.empty() ? options_.archive / "audit" : options_.audit;
  PC_TRY(const auto files,
         archive::DiskLogFiles::open(folder, archive::DiskLogFiles::Access::kRead));
  PC_TRY(const auto key,
         archive::VerifierKey::load(options_.log_key.empty() ? folder / archive::kKeyFile
                                                             : options_.log_key));
  PC_TRY(const auto reader, archive::TileLogReader::open(files, key));
  add("audit/checkpoint", "Signed head of the audit log (C2SP signed note).",
      reader.checkpoint_note());
  add("audit/log.vkey", "The log's public key as given at export: compare it with the site's own.",
      key.text() + "\n");
  for (const auto& [index, entry] : report_.audit.entries) {
    PC_TRY(auto proof, archive::make_inclusion_proof(reader, index));
    add(fmt::format("audit/proof-{}.txt", index),
        fmt::format("Entry {} ({}) and the proof that the log holds it.", index, entry.type),
        std::move(proof));
  }
  has_log_ = true;
  const auto stamp = archive::newest_stamp(archive::stamps_folder_of(folder));
  if (!stamp.ok()) {
    if (stamp.error().code == core::ErrorCode::kNotFound) return {};
    return stamp.error();
  }
  PC_TRY(const auto stamped, archive::open_checkpoint(stamp->checkpoint, key));
  PC_TRY(auto since, archive::make_consistency_proof(reader, stamped));
  add("audit/stamped-checkpoint", "An earlier head of the log, stamped by an authority.",
      stamp->checkpoint);
  add("audit/stamp.tsr", "Its time stamp (RFC 3161, DER).", stamp->response);
  add("audit/stamp-since.txt", "Proof that the log continues what was stamped.", std::move(since));
  return {};
}

/// The entry of an act: of its type and moment.
nlohmann::json EvidenceMaker::log_entry_of(const core::Decision& decision,
                                           std::string_view type) const {
  constexpr std::int64_t kMillisecond_ns = 1'000'000;  // As the log keeps time.
  const auto decided = core::to_iso8601({decision.decided.ns / kMillisecond_ns * kMillisecond_ns});
  for (const auto& [index, entry] : report_.audit.entries) {
    if (entry.type != type) continue;
    const auto stated = entry.text("decided");
    const auto moment = stated.empty() ? core::to_iso8601(entry.time) : stated;
    const auto at = core::parse_iso8601(moment);
    if (at.ok() && at->ns / kMillisecond_ns == decision.decided.ns / kMillisecond_ns) return index;
  }
  return nullptr;
}

void EvidenceMaker::add_custody() {
  nlohmann::json entries = nlohmann::json::array();
  for (const auto& [index, entry] : report_.audit.entries) {
    const auto text = archive::to_canonical_json(entry);
    entries.push_back(
        {{"index", index},
         {"entry", text.ok() ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json()},
         {"proof",
          has_log_ ? nlohmann::json(fmt::format("audit/proof-{}.txt", index)) : nlohmann::json()}});
  }
  nlohmann::json acts = nlohmann::json::array();
  for (std::size_t i = 0; i < acts_.size(); ++i) {
    const auto& [decision, what] = acts_[i];
    nlohmann::json answers = nlohmann::json::array();
    for (const auto answer : decision.answers) answers.push_back(core::finding_answer_name(answer));
    const auto view = view_files_.find(i);
    acts.push_back(
        {{"act", i + 1},
         {"what", what},
         {"by", people_.stand_in(decision.officer)},
         {"container", decision.container},
         {"kind", core::decision_kind_name(decision.kind)},
         {"reason_code", decision.reason_code},
         {"decided", core::to_iso8601(decision.decided)},
         {"time_on_image_ms", decision.time_on_image_ms},
         {"answers", answers},
         {"view", view == view_files_.end() ? nlohmann::json() : nlohmann::json(view->second)},
         {"log_entry", log_entry_of(decision, what)}});
  }
  const auto& scan = report_.kept.scan;
  nlohmann::json numbers = nlohmann::json::array();
  for (const auto& container : scan.containers) numbers.push_back(container.number);
  add("custody.json", "Who did what when, persons by stand-ins; the log's entries of this case.",
      document({{"scan", scan.id},
                {"lane", scan.lane},
                {"simulated", scan.simulated},
                {"started", core::to_iso8601(scan.started)},
                {"ended", core::to_iso8601(scan.ended)},
                {"outcome", core::scan_outcome_name(scan.outcome)},
                {"lines", scan.lines},
                {"lines_lost", scan.lines_lost},
                {"containers", numbers},
                {"seal", raw_.seal},
                {"calibration", pictures_.raw.calibration.id},
                {"scan_software", pictures_.raw.meta.software_version},
                {"export_software", core::kVersion},
                {"log", report_.audit.problem.empty()
                            ? nlohmann::json({{"origin", report_.audit.origin},
                                              {"entries", report_.audit.size},
                                              {"root", report_.audit.root}})
                            : nlohmann::json({{"problem", report_.audit.problem}})},
                {"entries", entries},
                {"acts", acts}}));
}

core::Status EvidenceMaker::add_personal() {
  if (options_.seal_key.empty()) return {};
  PC_TRY(const auto public_key, core::load_key_bytes(options_.seal_key));
  std::vector<core::PackagePart> personal;
  personal.push_back(
      {"people.json", "Who stands behind person-1, person-2, ...", document(people_.table())});
  personal.push_back({"case.json", "The case with parties, plate and the officers' words.",
                      case_document(report_)});
  if (!raw_.restore_json.empty())
    personal.push_back({"restore.json", "What was taken out of raw/scan.pscan, to be put back.",
                        raw_.restore_json});
  PC_TRY(auto pages, case_pages(report_, pictures_));
  personal.push_back({"report.pdf", "The case as printed pages.", std::move(pages)});
  PC_TRY(const auto zip, core::pack({kPersonalKind, report_.kept.scan.id,
                                     std::string("Portcullis ") + core::kVersion, "{}"},
                                    personal));
  auto sealed = core::seal_part(zip, public_key);
  if (!sealed.ok()) return sealed.error().with_context(options_.seal_key.string());
  add(kSealedPersonal, "Personal data, for the holder of the site's private key (sealed box).",
      std::move(sealed).value());
  return {};
}

std::string steps_text(const report::CaseReport& report, const archive::AnonymousScan& raw,
                       bool has_log, bool has_personal) {
  std::string text = fmt::format(
      "How to verify this evidence (scan {})\n\n"
      "1. Every part is what the manifest says. With any tools:\n"
      "     unzip -t EVIDENCE.zip\n"
      "     unzip EVIDENCE.zip -d evidence && cd evidence && sha256sum -c SHA256SUMS\n\n",
      report.kept.scan.id);
  if (has_log)
    text +=
        "2. The audit log holds the entries that custody.json tells. Take the log's key from the\n"
        "   site or the authority, not from here, and compare it with audit/log.vkey:\n"
        "     portcullis audit check-proof audit/proof-N.txt --key log.vkey\n"
        "   The form is C2SP tlog-proof; programs of other makers read it. Where audit/stamp.tsr "
        "is\n"
        "   there, an authority has stamped the log as it stood then:\n"
        "     openssl ts -verify -data audit/stamped-checkpoint -in audit/stamp.tsr -CAfile "
        "CA.pem\n\n";
  else
    text +=
        fmt::format("2. No audit log stands behind this evidence: {}.\n\n", report.audit.problem);
  text += fmt::format(
      "3. The scan is the one that was sealed. Its seal, also in the log's entry scan_sealed:\n"
      "     {}\n",
      raw.seal);
  if (raw.restore_json.empty())
    text +=
        "   It is that of raw/scan.pscan as it stands (docs/pscan.sql says over what):\n"
        "     portcullis info raw/scan.pscan --verify\n\n";
  else
    text +=
        "   The plate was taken out of raw/scan.pscan, so that its seal holds only once the\n"
        "   personal part has put it back:\n"
        "     portcullis evidence open EVIDENCE.zip --private-key FILE --out opened\n"
        "     portcullis info opened/scan.pscan --verify\n"
        "   By hand: opened/restore.json has the value of the key 'scan' of the table meta, and\n"
        "   texts of rows of the table event, that go back into raw/scan.pscan (SQLite).\n\n";
  text += fmt::format(
      "4. The images and what the officers saw come out of the lines again, byte for byte, with\n"
      "   Portcullis {} (images/images.json has the parameters):\n"
      "     portcullis evidence verify EVIDENCE.zip --log-key log.vkey\n"
      "   It does steps 1 to 3 as well. views/N.tif belongs to act N of custody.json.\n\n",
      core::kVersion);
  text +=
      has_personal
          ? "5. Personal data (names, plate, parties, the officers' words, printed report) are in\n"
            "   personal/personal.zip.sealed, a libsodium sealed box that only the site's private\n"
            "   key opens.\n"
          : "5. Personal data (names, plate, parties, the officers' words, printed report) are "
            "NOT\n"
            "   in this package: no key was given to seal them for.\n";
  return text;
}

core::Result<std::string> EvidenceMaker::make() {
  acts_ = report::acts_of(report_.kept);
  add_pictures();
  PC_CHECK(add_raw());
  PC_CHECK(add_views());
  auto radiation = radiation_document(options_.scan);
  if (radiation.ok())
    add("radiation.n42", "The radiation portal's measurement (ANSI N42.42).",
        std::move(radiation).value());
  else if (radiation.error().code != core::ErrorCode::kNotFound)
    return radiation.error();
  PC_CHECK(add_log());
  add_custody();
  PC_CHECK(add_personal());
  const bool sealed = !options_.seal_key.empty();
  add("VERIFY.txt", "The steps to verify.", steps_text(report_, raw_, has_log_, sealed));
  const nlohmann::json facts = {{"seal", raw_.seal},
                                {"taken_out", !raw_.restore_json.empty()},
                                {"personal", sealed ? "sealed" : "left out: no key was given"},
                                {"log", has_log_ ? "proven" : report_.audit.problem}};
  return core::pack({kEvidenceKind, report_.kept.scan.id,
                     std::string("Portcullis ") + core::kVersion, facts.dump()},
                    parts_);
}

}  // namespace

core::Result<std::string> make_evidence(const ExchangeOptions& options) {
  PC_TRY(auto pictures, make_pictures(options.scan));
  PC_TRY(auto report, exchanged_case(options));
  return EvidenceMaker(options, std::move(report), std::move(pictures)).make();
}

}  // namespace portcullis::apps
