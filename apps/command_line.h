#pragma once

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

namespace portcullis::apps {

/// Reads the command line, running the commands' callbacks. Absent: it was good. Else the exit
/// code: 0 after --help and --version, 2 after one line on stderr that names what is wrong.
inline std::optional<int> parse_command_line(CLI::App& app, const char* program, int argc,
                                             char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    // CLI11 misses the command before it minds the word that is none.
    const auto unknown = app.remaining();
    if (!unknown.empty() && app.get_subcommands().empty())
      std::fprintf(stderr, "%s: %s: not understood (see --help)\n", program,
                   unknown.front().c_str());
    else
      std::fprintf(stderr, "%s: %s (see --help)\n", program, error.what());
    return 2;
  }
  return std::nullopt;
}

}  // namespace portcullis::apps
