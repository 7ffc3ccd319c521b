#include <QGuiApplication>
#include <cstdio>
#include <filesystem>
#include <string>

#include "apps/command_line.h"
#include "core/log.h"
#include "core/time.h"
#include "hmi/app/hmi_app.h"
#include "hmi/app/level_memory.h"
#include "hmi/app/unattended.h"
#include "hmi/app/warnings.h"

namespace portcullis::apps {
namespace {

struct HmiArguments {
  std::string connect;
  std::string theme = "dark";
  std::string language = "system";
  std::string user = "officer";
  std::string size = "1920x1080";
  std::string screenshots;
  std::string export_folder, print_command;
  bool unattended = false;
  bool fail_on_warnings = false;
  bool check_config = false;
  int exit_after_cases = 0;
};

int hmi_usage_error(const std::string& message) {
  std::fprintf(stderr, "portcullis-hmi: %s\n", message.c_str());
  return 2;
}

int run_screen(int argc, char** argv, const HmiArguments& arguments, int width, int height) {
  hmi::keep_memory_level();
  hmi::count_warnings();
  hmi::choose_renderer();
  QGuiApplication application(argc, argv);
  QGuiApplication::setApplicationName(QStringLiteral("portcullis-hmi"));
  const core::SystemClock clock;

  hmi::ScreenOptions screen;
  screen.address = QString::fromStdString(arguments.connect);
  screen.user = QString::fromStdString(arguments.user);
  screen.dark = arguments.theme == "dark";
  screen.language = QString::fromStdString(arguments.language);
  screen.width = width;
  screen.height = height;
  screen.print.folder = QString::fromStdString(arguments.export_folder);
  screen.print.command = QString::fromStdString(arguments.print_command);
  hmi::HmiApp app(screen, clock);
  if (const core::Status status = app.start(); !status.ok()) {
    std::fprintf(stderr, "portcullis-hmi: %s\n", status.error().message.c_str());
    return 1;
  }
  hmi::Unattended unattended(
      app, clock, {arguments.screenshots, arguments.exit_after_cases, arguments.unattended});
  QObject::connect(&unattended, &hmi::Unattended::finished, &application,
                   [](int code) { QCoreApplication::exit(code); });
  if (arguments.unattended || !arguments.screenshots.empty()) unattended.start();
  const int exit_code = QGuiApplication::exec();
  const int warnings = hmi::warnings_counted();
  if (exit_code == 0 && warnings > 0 && arguments.fail_on_warnings) {
    std::fprintf(stderr, "portcullis-hmi: %d warning(s), and --fail-on-warnings was given\n",
                 warnings);
    return 1;
  }
  return exit_code;
}

int run_hmi(int argc, char** argv) {
  HmiArguments arguments;
  CommandLine cli("portcullis-hmi", "The operator's screen of a Portcullis lane");
  cli.add_option("--connect", arguments.connect, "Address of the lane: unix:/path/lane.sock")
      .required();
  cli.add_option("--theme", arguments.theme, "dark or light").one_of({"dark", "light"});
  cli.add_option("--language", arguments.language,
                 "en, fr, es, ar, or system: as the machine is set")
      .one_of({"en", "fr", "es", "ar", "system"});
  cli.add_option("--user", arguments.user, "Name of the officer, goes into answers and decisions");
  cli.add_option("--export-folder", arguments.export_folder,
                 "Folder for reports and pictures; without it \"portcullis\" in the documents");
  cli.add_option("--print-command", arguments.print_command,
                 "Prints the PDF named behind it: \"lp -d lane-1\"; without it nothing is printed");
  cli.add_option("--size", arguments.size, "Size of the window, WIDTHxHEIGHT");
  cli.add_flag("--unattended", arguments.unattended,
               "Nobody is at the screen: act as the officer, by keys of its own");
  cli.add_option("--screenshots", arguments.screenshots,
                 "Folder for pictures of the screen at named moments");
  cli.add_option("--exit-after-cases", arguments.exit_after_cases,
                 "End after this many decided cases")
      .range(0, 100000);
  cli.add_flag("--fail-on-warnings", arguments.fail_on_warnings,
               "Exit 1 where Qt warned of anything");
  cli.add_flag("--check-config", arguments.check_config, "Check the arguments and end");
  if (const auto ended = cli.parse(argc, argv)) return *ended;
  if (arguments.connect.rfind("unix:", 0) != 0 || arguments.connect.size() < 7) {
    return hmi_usage_error("--connect " + arguments.connect + ": expected unix:/path/lane.sock");
  }
  if (arguments.user.empty() || arguments.user.size() > 128) {
    return hmi_usage_error("--user: expected a name of 1 to 128 bytes");
  }
  int width = 0;
  int height = 0;
  char rest = 0;
  if (std::sscanf(arguments.size.c_str(), "%5dx%5d%c", &width, &height, &rest) != 2 ||
      width < 640 || height < 360 || width > 16384 || height > 16384) {
    return hmi_usage_error("--size " + arguments.size +
                           ": expected WIDTHxHEIGHT, at least 640x360");
  }
  if (arguments.exit_after_cases > 0 && !arguments.unattended) {
    return hmi_usage_error("--exit-after-cases needs --unattended");
  }
  if (!arguments.screenshots.empty()) {
    std::error_code error;
    std::filesystem::create_directories(arguments.screenshots, error);
    if (error)
      return hmi_usage_error("--screenshots " + arguments.screenshots + ": " + error.message());
  }
  if (arguments.check_config) return 0;
  core::configure_log("portcullis-hmi", core::LogLevel::kInfo);
  return run_screen(argc, argv, arguments, width, height);
}

}  // namespace
}  // namespace portcullis::apps

int main(int argc, char** argv) {
  return portcullis::apps::run_hmi(argc, argv);
}
