#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "apps/signer_link.h"
#include "core/files.h"
#include "core/time.h"

namespace portcullis::apps {

namespace {

struct SignerOptions {
  std::string socket, shift, party, share_file, rota, reveal_by;
  std::string population = "every vehicle that arrives";
  double scan = 1, second = 0.05, open = 0.02, tip = 0.02, first = 0.1;
  std::int64_t readers = 1;
};

constexpr std::chrono::seconds kSignerCommandLimit{5};

std::int64_t ppm_of(double rate) {
  return std::llround(rate * 1e6);
}

int run_signer_open(const SignerOptions& options) {
  const auto rota = core::sha256_file_hex(options.rota);
  if (!rota.ok()) return report_error(rota.error());
  const auto reveal_by = core::parse_iso8601(options.reveal_by);
  if (!reveal_by.ok()) return report_error(reveal_by.error().with_context("--reveal-by"));
  archive::DrawTerms terms;
  terms.shift = options.shift;
  terms.rate_ppm = {{"scan", ppm_of(options.scan)},
                    {"second", ppm_of(options.second)},
                    {"open", ppm_of(options.open)},
                    {"tip", ppm_of(options.tip)},
                    {archive::kFirstLookPurpose, ppm_of(options.first)}};
  terms.readers = options.readers;
  terms.rota_sha256 = *rota;
  terms.population = options.population;
  terms.reveal_by = *reveal_by;
  const SignerLink signer(options.socket, kSignerCommandLimit);
  if (const auto done = signer.open_shift(terms, core::SystemClock().utc_now()); !done.ok())
    return report_error(done.error());
  std::fprintf(stderr, "portcullis: shift %s is open; office and auditor now give their shares\n",
               options.shift.c_str());
  return 0;
}

int run_signer_share(const SignerOptions& options) {
  archive::TreeHash share{};
  const auto kept = core::read_file(options.share_file, 4096);
  if (!kept.ok()) return report_error(kept.error());
  const auto hex = kept->substr(0, kept->find('\n'));
  const auto read = archive::hash_from_hex(hex);
  if (!read.ok()) return report_error(read.error().with_context(options.share_file));
  share = *read;
  const SignerLink signer(options.socket, kSignerCommandLimit);
  if (const auto done = signer.give_share(options.shift, options.party, share); !done.ok())
    return report_error(done.error());
  std::printf("%s\n", archive::hash_hex(archive::sha256(archive::hash_bytes(share))).c_str());
  std::fprintf(stderr,
               "portcullis: this SHA-256 must stand in the log, in the draw_commit entry of the "
               "%s, before the first vehicle\n",
               options.party.c_str());
  return 0;
}

int run_signer_end(const SignerOptions& options) {
  const SignerLink signer(options.socket, kSignerCommandLimit);
  if (const auto done = signer.end_shift(options.shift); !done.ok())
    return report_error(done.error());
  return 0;
}

}  // namespace

void add_signer(Command app, int& exit_code) {
  auto options = std::make_shared<SignerOptions>();
  auto command = app.add_subcommand("signer", "The random draws' signer: shifts and their shares");
  command.require_subcommand();
  const auto add_common = [&](Command sub) {
    sub.add_option("shift", options->shift, "The shift's name, such as 2026-11-22-early")
        .required();
    sub.add_option("--socket", options->socket, "The signer's socket").required();
  };
  auto open = command.add_subcommand("open", "Commits to a shift's rates, rota and population");
  add_common(open);
  open.add_option("--reveal-by", options->reveal_by, "When the shares are due (2026-...Z)")
      .required();
  open.add_option("--rota", options->rota, "File of the rota, whose SHA-256 is committed")
      .required();
  open.add_option("--readers", options->readers, "Analysts on the rota").range(1, 1'000'000);
  open.add_option("--population", options->population, "Who may be drawn, in words");
  const auto rate = [&](const char* name, double& value, const char* text) {
    open.add_option(name, value, text).range(0.0, 1.0);
  };
  rate("--scan", options->scan, "Share of vehicles to scan, 0 to 1");
  rate("--second", options->second, "Share to be read by a second analyst");
  rate("--open", options->open, "Share to be opened whatever the image says");
  rate("--tip", options->tip, "Share to be shown with a projected threat");
  rate("--first", options->first, "Share to be read before the machine's findings appear");
  open.callback([options, &exit_code] { exit_code = run_signer_open(*options); });

  auto share = command.add_subcommand("share", "Gives a party's share; prints its SHA-256");
  add_common(share);
  share.add_option("--party", options->party, "office or auditor")
      .required()
      .one_of({"office", "auditor"});
  share
      .add_option("--share-file", options->share_file,
                  "Its 64 hexadecimal digits (openssl rand -hex 32), kept by the party")
      .required();
  share.callback([options, &exit_code] { exit_code = run_signer_share(*options); });

  auto end = command.add_subcommand("end", "Ends a shift; its shares are then revealed");
  add_common(end);
  end.callback([options, &exit_code] { exit_code = run_signer_end(*options); });
}

}  // namespace portcullis::apps
