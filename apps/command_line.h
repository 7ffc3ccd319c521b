#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace portcullis::apps {

/// What can be said of one option of a command. A handle: valid as long as its CommandLine.
class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}

  Option required();
  /// Refuses what does not lie in [low, high]. T: int, unsigned or double.
  template <class T>
  Option range(T low, T high);
  Option one_of(std::vector<std::string> words);
  /// Its value before the command line is read stands in the help.
  Option show_default();
  /// The help does not name it.
  Option hidden();
  bool given() const;

 private:
  CLI::Option* option_;
};

/// A program's command line or one of its commands. A handle: valid as long as its CommandLine.
///
/// CLI11 reads the command line behind it: its one header costs more to compile than any of the
/// commands, so that command_line.cpp alone includes it.
class Command {
 public:
  explicit Command(CLI::App* app) : app_(app) {}

  /// An option with its value ("--out") or, without dashes, a place in the line. The value keeps
  /// what it is where the option is not given. T: a number, a text, a path, or an optional or
  /// vector of them; command_line.cpp lists them.
  template <class T>
  Option add_option(const std::string& name, T& value, const std::string& text = {});
  Option add_flag(const std::string& name, bool& value, const std::string& text);
  Command add_subcommand(const std::string& name, const std::string& text);
  /// Usage without one of its commands is wrong.
  void require_subcommand();
  /// Runs when the line is read and names this command.
  void callback(std::function<void()> run);

 private:
  CLI::App* app_;
};

/// The whole line of a program.
class CommandLine : public Command {
 public:
  /// --version prints the program's name and its version.
  CommandLine(const std::string& program, const std::string& text);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Reads the command line, running the commands' callbacks. Absent: it was good. Else the exit
  /// code: 0 after --help and --version, 2 after one line on stderr that names what is wrong.
  std::optional<int> parse(int argc, char** argv);

 private:
  CommandLine(std::unique_ptr<CLI::App> app, const std::string& program);

  std::unique_ptr<CLI::App> owned_;
  std::string program_;
};

}  // namespace portcullis::apps
