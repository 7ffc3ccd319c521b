#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/exchange/exchange.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "core/package/sealed_part.h"

namespace portcullis::apps {
namespace {

struct EvidenceOptions {
  std::string package, log_key, private_key, out;
  bool json = false;
};

int run_evidence_verify(const EvidenceOptions& options) {
  const auto scratch = ScratchFolder::make();
  if (!scratch.ok()) return report_error(scratch.error());
  const auto check =
      check_evidence(options.package, {options.log_key, options.private_key}, scratch->path());
  if (!check.ok()) {
    if (check.error().code == core::ErrorCode::kCorrupt) {
      std::fprintf(stderr, "portcullis: refused: %s\n", check.error().message.c_str());
      return 1;
    }
    return report_error(check.error());
  }
  if (options.json) {
    const nlohmann::json document = {
        {"good", check->good}, {"problems", check->problems}, {"not_checked", check->not_checked}};
    std::printf("%s\n", document.dump(2).c_str());
  } else {
    for (const auto& line : check->good) std::printf("good: %s\n", line.c_str());
    for (const auto& line : check->not_checked) std::printf("not checked: %s\n", line.c_str());
  }
  for (const auto& line : check->problems)
    std::fprintf(stderr, "portcullis: refused: %s\n", line.c_str());
  return check->problems.empty() ? 0 : 1;
}

/// A new file that its owner alone may read.
core::Status write_secret(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return core::Error{core::ErrorCode::kIo, path + ": " + std::strerror(errno)};
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (!written) return core::Error{core::ErrorCode::kIo, path + ": cannot be written"};
  return {};
}

core::Status run_evidence_key(const EvidenceOptions& options) {
  const auto keys = core::make_sealing_keys();
  PC_CHECK(write_secret(options.out + ".key", keys.private_text + "\n"));
  PC_CHECK(core::write_file_atomically(options.out + ".pub", keys.public_text + "\n"));
  std::fprintf(stderr, "portcullis: wrote %s.key (keep it secret and away from here) and %s.pub\n",
               options.out.c_str(), options.out.c_str());
  return {};
}

}  // namespace

void add_evidence(Command app, int& exit_code) {
  auto options = std::make_shared<EvidenceOptions>();
  auto command = app.add_subcommand("evidence", "Evidence that `export --format evidence` made");
  command.require_subcommand();

  auto verify = command.add_subcommand(
      "verify",
      "Checks hashes, proofs and seal, and makes images and decided views again: exit 0 "
      "all holds, 1 refused");
  verify.add_option("package", options->package, "The ZIP").required();
  verify.add_option("--log-key", options->log_key, "The audit log's public key, from elsewhere");
  verify.add_option("--private-key", options->private_key, "Opens the part that is sealed apart");
  verify.add_flag("--json", options->json, "One JSON document on stdout");
  verify.callback([options, &exit_code] { exit_code = run_evidence_verify(*options); });

  auto open = command.add_subcommand("open", "Unpacks the part that is sealed apart");
  open.add_option("package", options->package, "The ZIP").required();
  open.add_option("--private-key", options->private_key, "The site's private key").required();
  open.add_option("--out", options->out, "Folder to make").required();
  open.callback([options, &exit_code] {
    const auto status = open_personal(options->package, options->private_key, options->out);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });

  auto key = command.add_subcommand("key", "Makes a site's keys: NAME.key (secret) and NAME.pub");
  key.add_option("--out", options->out, "NAME").required();
  key.callback([options, &exit_code] {
    const auto status = run_evidence_key(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
