#include "apps/command_line.h"
#include "apps/portcullis/command.h"
#include "core/log.h"

int main(int argc, char** argv) {
  portcullis::core::configure_log("portcullis", portcullis::core::LogLevel::kInfo);
  portcullis::apps::CommandLine app("portcullis",
                                    "Portcullis: command-line tool over scan files and the lane");
  app.require_subcommand();
  int exit_code = 0;
  using namespace portcullis::apps;  // NOLINT repository-rule: commands, in main() only
  add_demo(app, exit_code);
  add_simulate(app, exit_code);
  add_scenes(app, exit_code);
  add_process(app, exit_code);
  add_info(app, exit_code);
  add_inspect(app, exit_code);
  add_qa(app, exit_code);
  add_export(app, exit_code);
  add_evidence(app, exit_code);
  add_customs(app, exit_code);
  add_account(app, exit_code);
  add_risk(app, exit_code);
  add_audit(app, exit_code);
  add_signer(app, exit_code);
  add_catalogue(app, exit_code);
  add_report(app, exit_code);
  add_explore(app, exit_code);
  add_sim(app, exit_code);
  add_soak(app, exit_code);
  if (const auto ended = app.parse(argc, argv)) {
    return *ended;
  }
  return exit_code;
}
