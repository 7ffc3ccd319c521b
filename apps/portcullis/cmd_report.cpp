#include <cstdio>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/note_export.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "report/case_report.h"

namespace portcullis::apps {

namespace {

struct ReportOptions {
  std::string case_id, archive, out, audit, key, person;
  std::string language = "en";
};

core::Status run_report(const ReportOptions& options) {
  const auto language = report::language_from(options.language);
  if (!language)
    return core::Error{core::ErrorCode::kInvalidInput, "--language " + options.language};
  PC_TRY(const auto gathered,
         report::gather_case(options.case_id, {options.archive, options.audit, options.key}));
  PC_TRY(const auto pdf, report::case_report_pdf(gathered, *language));
  PC_CHECK(note_export(
      options.archive, "print", options.case_id,
      {{"format", "pdf"}, {"language", options.language}, {"sha256", core::sha256_hex(pdf)}},
      options.person));
  PC_CHECK(core::write_file_atomically(options.out, pdf));
  if (!gathered.audit.problem.empty())
    std::fprintf(stderr, "portcullis: the report holds no proof: %s\n",
                 gathered.audit.problem.c_str());
  std::fprintf(stderr, "portcullis: wrote %s\n", options.out.c_str());
  return {};
}

}  // namespace

void add_report(Command app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  auto command = app.add_subcommand("report", "A case as printed pages (PDF, A4)");
  command.add_option("case", options->case_id, "Case, as `catalogue find` lists it").required();
  command.add_option("--archive", options->archive, "The lane's storage folder").required();
  command.add_option("--out", options->out, "File to write").required();
  command.add_option("--language", options->language, "en, fr, es or ar")
      .one_of({"en", "fr", "es", "ar"});
  command.add_option("--audit", options->audit,
                     "Folder of the audit log, where it is not in the archive");
  command.add_option("--key", options->key, "The log's public key (log.vkey), from elsewhere");
  command.add_option("--for", options->person,
                     "Who asked for it, for the audit log; without it this machine's user did");
  command.callback([options, &exit_code] {
    const auto status = run_report(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
