#include "apps/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "core/version.h"

namespace portcullis::apps {

Option Option::required() {
  option_->required();
  return *this;
}

template <class T>
Option Option::range(T low, T high) {
  option_->check(CLI::Range(low, high));
  return *this;
}
template Option Option::range(int, int);
template Option Option::range(unsigned, unsigned);
template Option Option::range(double, double);

Option Option::one_of(std::vector<std::string> words) {
  option_->check(CLI::IsMember(std::move(words)));
  return *this;
}

Option Option::show_default() {
  option_->capture_default_str();
  return *this;
}

Option Option::hidden() {
  option_->group("");
  return *this;
}

bool Option::given() const {
  return option_->count() > 0;
}

template <class T>
Option Command::add_option(const std::string& name, T& value, const std::string& text) {
  return Option(app_->add_option(name, value, text));
}
template Option Command::add_option(const std::string&, int&, const std::string&);
template Option Command::add_option(const std::string&, unsigned&, const std::string&);
template Option Command::add_option(const std::string&, std::int64_t&, const std::string&);
template Option Command::add_option(const std::string&, std::uint64_t&, const std::string&);
template Option Command::add_option(const std::string&, double&, const std::string&);
template Option Command::add_option(const std::string&, std::string&, const std::string&);
template Option Command::add_option(const std::string&, std::filesystem::path&, const std::string&);
template Option Command::add_option(const std::string&, std::optional<double>&, const std::string&);
template Option Command::add_option(const std::string&, std::optional<std::string>&,
                                    const std::string&);
template Option Command::add_option(const std::string&, std::vector<std::string>&,
                                    const std::string&);
template Option Command::add_option(const std::string&, std::vector<std::filesystem::path>&,
                                    const std::string&);

Option Command::add_flag(const std::string& name, bool& value, const std::string& text) {
  return Option(app_->add_flag(name, value, text));
}

Command Command::add_subcommand(const std::string& name, const std::string& text) {
  return Command(app_->add_subcommand(name, text));
}

void Command::require_subcommand() {
  app_->require_subcommand(1);
}

void Command::callback(std::function<void()> run) {
  app_->callback(std::move(run));
}

CommandLine::CommandLine(const std::string& program, const std::string& text)
    : CommandLine(std::make_unique<CLI::App>(text), program) {
  owned_->name(program);
  owned_->set_version_flag("--version", program + " " + core::kVersion);
}

CommandLine::CommandLine(std::unique_ptr<CLI::App> app, const std::string& program)
    : Command(app.get()), owned_(std::move(app)), program_(program) {}

CommandLine::~CommandLine() = default;

std::optional<int> CommandLine::parse(int argc, char** argv) {
  try {
    owned_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return owned_->exit(error);
    // CLI11 misses the command before it minds the word that is none.
    const auto unknown = owned_->remaining();
    if (!unknown.empty() && owned_->get_subcommands().empty())
      std::fprintf(stderr, "%s: %s: not understood (see --help)\n", program_.c_str(),
                   unknown.front().c_str());
    else
      std::fprintf(stderr, "%s: %s (see --help)\n", program_.c_str(), error.what());
    return 2;
  }
  return std::nullopt;
}

}  // namespace portcullis::apps
