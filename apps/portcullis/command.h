#pragma once

#include <CLI/App.hpp>

/// Every subcommand of `portcullis` is one file cmd_NAME.cpp with one function that adds it to
/// `app`. A command that ran leaves its exit code in `exit_code`: 0 done, 1 the work failed with
/// a reason, 2 wrong usage or input (one line on stderr that names file and field).
namespace portcullis::apps {

void add_simulate(CLI::App& app, int& exit_code);
void add_scenes(CLI::App& app, int& exit_code);
void add_process(CLI::App& app, int& exit_code);
void add_info(CLI::App& app, int& exit_code);
void add_inspect(CLI::App& app, int& exit_code);
void add_customs(CLI::App& app, int& exit_code);
void add_audit(CLI::App& app, int& exit_code);
void add_signer(CLI::App& app, int& exit_code);
void add_catalogue(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);
void add_qa(CLI::App& app, int& exit_code);
void add_explore(CLI::App& app, int& exit_code);
void add_sim(CLI::App& app, int& exit_code);
void add_soak(CLI::App& app, int& exit_code);
void add_demo(CLI::App& app, int& exit_code);

}  // namespace portcullis::apps
