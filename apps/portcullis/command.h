#pragma once

#include "apps/command_line.h"

/// Every subcommand of `portcullis` is one file cmd_NAME.cpp with one function that adds it to
/// `app`. A command that ran leaves its exit code in `exit_code`: 0 done, 1 the work failed with
/// a reason, 2 wrong usage or input (one line on stderr that names file and field).
namespace portcullis::apps {

void add_simulate(Command app, int& exit_code);
void add_scenes(Command app, int& exit_code);
void add_process(Command app, int& exit_code);
void add_info(Command app, int& exit_code);
void add_inspect(Command app, int& exit_code);
void add_customs(Command app, int& exit_code);
/// The parts of `customs` that have files of their own.
void add_customs_bundles(Command customs, int& exit_code);
void add_customs_cases(Command customs, int& exit_code);
void add_customs_goods(Command customs, int& exit_code);
void add_customs_orders(Command customs, int& exit_code);
void add_customs_orphans(Command customs, int& exit_code);
void add_account(Command app, int& exit_code);
void add_risk(Command app, int& exit_code);
/// The parts of `risk` that have files of their own.
void add_risk_rules(Command risk, int& exit_code);
void add_risk_releases(Command risk, int& exit_code);
void add_audit(Command app, int& exit_code);
/// The part of `audit` that has a file of its own.
void add_audit_stamp(Command audit, int& exit_code);
void add_signer(Command app, int& exit_code);
void add_catalogue(Command app, int& exit_code);
void add_export(Command app, int& exit_code);
void add_evidence(Command app, int& exit_code);
void add_report(Command app, int& exit_code);
void add_qa(Command app, int& exit_code);
void add_explore(Command app, int& exit_code);
void add_sim(Command app, int& exit_code);
void add_soak(Command app, int& exit_code);
void add_demo(Command app, int& exit_code);

}  // namespace portcullis::apps
