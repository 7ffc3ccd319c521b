#include "apps/lane/report_printer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "core/child_process.h"
#include "core/files.h"

namespace portcullis::apps {
namespace {

constexpr std::chrono::seconds kPrintLimit{60};
constexpr std::chrono::seconds kPrintGrace{1};
constexpr std::size_t kReportBytesMax = std::size_t{128} << 20U;
constexpr std::size_t kSaidBytesMax = std::size_t{64} << 10U;
constexpr std::size_t kSaidShown = 300;
constexpr std::array<std::string_view, 4> kLanguages = {"en", "fr", "es", "ar"};

/// What the program said last, as one line.
std::string last_words(const std::filesystem::path& said) {
  const auto read = core::read_file(said, kSaidBytesMax);
  auto text = read.ok() ? *read : std::string();
  while (text.ends_with('\n')) text.pop_back();
  if (const auto begin = text.rfind('\n'); begin != std::string::npos) text.erase(0, begin + 1);
  return text.substr(0, kSaidShown);
}

}  // namespace

ReportPrinter::ReportPrinter(std::filesystem::path program, std::filesystem::path archive)
    : program_(std::move(program)), archive_(std::move(archive)) {
  // What a run that was killed left behind is nobody's.
  std::error_code ignored;
  std::filesystem::remove_all(archive_ / "prints", ignored);
}

core::Result<std::string> ReportPrinter::print(const services::ReportRequest& request) const {
  if (std::find(kLanguages.begin(), kLanguages.end(), request.language) == kLanguages.end())
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("field language: \"{}\" is none of en, fr, es, ar", request.language)};
  // Both go into a command line; neither is an option of it.
  if (request.case_id.starts_with('-') || request.user.starts_with('-'))
    return core::Error{core::ErrorCode::kInvalidInput,
                       "fields case_id and user: do not begin with \"-\""};
  const auto folder = archive_ / "prints";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", folder.string(), error.message())};
  const auto name = core::make_uuid();
  const auto file = folder / (name + ".pdf"), said = folder / (name + ".txt");
  const struct Removed {
    const std::filesystem::path &file, &said;
    ~Removed() {
      std::error_code ignored;
      std::filesystem::remove(file, ignored);
      std::filesystem::remove(said, ignored);
    }
  } removed{file, said};

  PC_TRY(auto child,
         core::ChildProcess::start({"nice",
                                    {"-n", "15", program_.string(), "report", request.case_id,
                                     "--archive", archive_.string(), "--language", request.language,
                                     "--for", request.user, "--out", file.string()},
                                    {},
                                    said,
                                    -1}));
  const auto ended = child.wait(kPrintLimit);
  if (!ended) {
    child.terminate(kPrintGrace);
    return core::Error{core::ErrorCode::kTimeout,
                       fmt::format("the report was not ready after {} s", kPrintLimit.count())};
  }
  if (!ended->clean())
    return core::Error{core::ErrorCode::kIo, fmt::format("the report was not made ({}): {}",
                                                         ended->text(), last_words(said))};
  return core::read_file(file, kReportBytesMax);
}

}  // namespace portcullis::apps
