#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/audit/audit_entry.h"
#include "archive/audit/draws.h"
#include "archive/audit/tile_log.h"
#include "archive/audit/tlog_proof.h"
#include "core/files.h"
#include "core/time.h"

namespace portcullis::apps {

namespace {

struct AuditOptions {
  std::string folder, key, out, since, proof, at;
  std::uint64_t index = 0;
  bool json = false;
};

/// A log that is refused is the answer to the question, not wrong input: exit 1.
int refuse_log(const core::Error& error, const std::string& folder) {
  std::fprintf(stderr, "portcullis: %s: refused: %s\n", folder.c_str(), error.message.c_str());
  return 1;
}

core::Result<archive::DiskLogFiles> open_audit_files(const AuditOptions& options) {
  return archive::DiskLogFiles::open(options.folder, archive::DiskLogFiles::Access::kRead);
}

/// The key that was given, or, where none was, what the log says of itself.
core::Result<archive::VerifierKey> audit_key(const AuditOptions& options) {
  if (!options.key.empty()) return archive::VerifierKey::load(options.key);
  std::fprintf(stderr,
               "portcullis: no --key given: the log's own word on its key is taken; a log made up "
               "with a key of its own would pass\n");
  return archive::VerifierKey::load(std::filesystem::path(options.folder) / archive::kKeyFile);
}

int run_audit_verify(const AuditOptions& options) {
  const auto files = open_audit_files(options);
  if (!files.ok()) return report_error(files.error());
  const auto key = audit_key(options);
  if (!key.ok()) {
    if (options.key.empty()) return refuse_log(key.error(), options.folder);
    return report_error(key.error());
  }
  std::map<std::string, std::uint64_t> types;
  core::UtcTime newest;
  std::uint64_t backwards = 0;
  const auto on_entry = [&](std::uint64_t index, std::string_view text) -> core::Status {
    PC_TRY(const auto entry, archive::parse_audit_entry(text));
    if (index == 0) {
      types.clear();
      newest = {};
      backwards = 0;
    }
    ++types[entry.type];
    if (entry.time < newest) ++backwards;
    newest = entry.time;
    return {};
  };
  const auto verified = archive::verify_log(*files, *key, on_entry);
  if (!verified.ok()) {
    if (verified.error().code == core::ErrorCode::kNotFound) {
      return report_error(verified.error().with_context(options.folder));
    }
    return refuse_log(verified.error(), options.folder);
  }
  const auto& head = verified->checkpoint;
  if (options.json) {
    const nlohmann::json document = {{"origin", head.origin},
                                     {"entries", head.size},
                                     {"root", archive::hash_hex(head.root)},
                                     {"key", key->text()},
                                     {"key_given", !options.key.empty()},
                                     {"files", verified->files},
                                     {"unneeded_files", verified->unneeded_files},
                                     {"clock_set_back", backwards},
                                     {"types", types}};
    std::printf("%s\n", document.dump(2).c_str());
    return 0;
  }
  std::printf("%s: good: %llu entries in %llu files, root %s\n", head.origin.c_str(),
              static_cast<unsigned long long>(head.size),
              static_cast<unsigned long long>(verified->files),
              archive::hash_hex(head.root).c_str());
  for (const auto& [type, count] : types)
    std::printf("  %-20s %llu\n", type.c_str(), static_cast<unsigned long long>(count));
  if (backwards != 0) {
    std::printf("  the clock stood back %llu times between one entry and the next\n",
                static_cast<unsigned long long>(backwards));
  }
  if (verified->unneeded_files != 0) {
    std::printf("  %llu files of an append under way or cut short\n",
                static_cast<unsigned long long>(verified->unneeded_files));
  }
  return 0;
}

int write_proof(const AuditOptions& options, const std::string& proof) {
  if (options.out.empty()) {
    std::fwrite(proof.data(), 1, proof.size(), stdout);
    return 0;
  }
  if (const auto written = core::write_file_atomically(options.out, proof); !written.ok())
    return report_error(written.error());
  std::fprintf(stderr, "portcullis: wrote %s\n", options.out.c_str());
  return 0;
}

int run_audit_proof(const AuditOptions& options) {
  const auto files = open_audit_files(options);
  if (!files.ok()) return report_error(files.error());
  const auto key = audit_key(options);
  if (!key.ok()) return report_error(key.error());
  const auto reader = archive::TileLogReader::open(*files, *key);
  if (!reader.ok()) return report_error(reader.error().with_context(options.folder));
  const auto proof = archive::make_inclusion_proof(*reader, options.index);
  if (!proof.ok()) return report_error(proof.error().with_context(options.folder));
  return write_proof(options, *proof);
}

int run_audit_since(const AuditOptions& options) {
  const auto files = open_audit_files(options);
  if (!files.ok()) return report_error(files.error());
  const auto key = audit_key(options);
  if (!key.ok()) return report_error(key.error());
  const auto reader = archive::TileLogReader::open(*files, *key);
  if (!reader.ok()) return report_error(reader.error().with_context(options.folder));
  const auto note = core::read_file(options.since, 1U << 20U);
  if (!note.ok()) return report_error(note.error());
  const auto older = archive::open_checkpoint(*note, *key);
  if (!older.ok()) return report_error(older.error().with_context(options.since));
  const auto proof = archive::make_consistency_proof(*reader, *older);
  if (!proof.ok()) return refuse_log(proof.error(), options.folder);
  return write_proof(options, *proof);
}

int run_audit_check(const AuditOptions& options) {
  const auto key = archive::VerifierKey::load(options.key);
  if (!key.ok()) return report_error(key.error());
  const auto text = core::read_file(options.proof, 1U << 20U);
  if (!text.ok()) return report_error(text.error());
  const auto proven = archive::check_inclusion_proof(*text, *key);
  if (!proven.ok()) return refuse_log(proven.error(), options.proof);
  std::printf("entry %llu of %llu in the log %s:\n%s\n",
              static_cast<unsigned long long>(proven->index),
              static_cast<unsigned long long>(proven->checkpoint.size),
              proven->checkpoint.origin.c_str(), proven->entry.c_str());
  return 0;
}

int run_audit_draws(const AuditOptions& options) {
  core::UtcTime now = core::SystemClock().utc_now();
  if (!options.at.empty()) {
    const auto at = core::parse_iso8601(options.at);
    if (!at.ok()) return report_error(at.error().with_context("--at"));
    now = *at;
  }
  const auto files = open_audit_files(options);
  if (!files.ok()) return report_error(files.error());
  const auto key = audit_key(options);
  if (!key.ok()) return report_error(key.error());
  archive::DrawLedger ledger;
  const auto on_entry = [&](std::uint64_t index, std::string_view text) -> core::Status {
    if (index == 0) ledger = {};
    ledger.take(index, text);
    return {};
  };
  const auto verified = archive::verify_log(*files, *key, on_entry);
  if (!verified.ok()) return refuse_log(verified.error(), options.folder);
  const auto check = archive::check_draws(ledger, now);
  if (options.json) {
    const nlohmann::json document = {{"shifts", check.shifts},
                                     {"arrivals", check.arrivals},
                                     {"draws_recomputed", check.recomputed},
                                     {"draws_without_signer", check.without_signer},
                                     {"draws_not_revealed", check.not_revealed},
                                     {"problems", check.problems}};
    std::printf("%s\n", document.dump(2).c_str());
  } else {
    std::printf(
        "%llu shifts, %llu arrivals, %llu draws made again and found the same, %llu done "
        "without the signer, %llu whose shares are not revealed yet, %zu problems\n",
        static_cast<unsigned long long>(check.shifts),
        static_cast<unsigned long long>(check.arrivals),
        static_cast<unsigned long long>(check.recomputed),
        static_cast<unsigned long long>(check.without_signer),
        static_cast<unsigned long long>(check.not_revealed), check.problems.size());
  }
  for (const auto& problem : check.problems)
    std::fprintf(stderr, "portcullis: %s\n", problem.c_str());
  return check.problems.empty() ? 0 : 1;
}

}  // namespace

void add_audit(Command app, int& exit_code) {
  auto options = std::make_shared<AuditOptions>();
  auto command = app.add_subcommand("audit", "The audit log: checks it and proves from it");
  command.require_subcommand();
  const auto add_log = [&](Command sub) {
    sub.add_option("dir", options->folder, "The log's folder").required();
    sub.add_option("--key", options->key, "The log's public key (log.vkey), from elsewhere");
  };
  auto verify = command.add_subcommand(
      "verify", "Checks every byte of a log: exit 0 good, 1 refused, with the reason");
  add_log(verify);
  verify.add_flag("--json", options->json, "One JSON document on stdout");
  verify.callback([options, &exit_code] { exit_code = run_audit_verify(*options); });

  auto proof = command.add_subcommand(
      "proof", "Proof that an entry is in the log (c2sp.org/tlog-proof), for checking offline");
  add_log(proof);
  proof.add_option("index", options->index, "Of the entry, from 0").required();
  proof.add_option("--out", options->out, "File to write; else stdout");
  proof.callback([options, &exit_code] { exit_code = run_audit_proof(*options); });

  auto since = command.add_subcommand(
      "since", "Proof that the log continues what an older checkpoint was given for");
  add_log(since);
  since.add_option("checkpoint", options->since, "The older checkpoint's file").required();
  since.add_option("--out", options->out, "File to write; else stdout");
  since.callback([options, &exit_code] { exit_code = run_audit_since(*options); });

  auto draws = command.add_subcommand(
      "draws", "Makes every random draw of a log again: exit 0 all well, 1 problems");
  add_log(draws);
  draws.add_option("--at", options->at, "Time that decides what is late; else now");
  draws.add_flag("--json", options->json, "One JSON document on stdout");
  draws.callback([options, &exit_code] { exit_code = run_audit_draws(*options); });

  add_audit_stamp(command, exit_code);

  auto check = command.add_subcommand("check-proof", "Checks what `audit proof` wrote");
  check.add_option("proof", options->proof, "The proof's file").required();
  check.add_option("--key", options->key, "The log's public key").required();
  check.callback([options, &exit_code] { exit_code = run_audit_check(*options); });
}

}  // namespace portcullis::apps
