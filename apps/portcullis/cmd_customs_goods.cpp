#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/portcullis/inspection_outcome.h"
#include "apps/report_error.h"
#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/match/contents.h"
#include "customs/match/goods_table.h"
#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"

namespace portcullis::apps {

namespace {

struct GoodsOptions {
  std::string scans, catalogue, out, made;
  bool uninspected = false;
};

/// What teaches, and what was looked at without teaching.
struct Lessons {
  std::vector<customs::GoodsSample> samples;
  std::size_t containers = 0;
  std::size_t of_several = 0;  ///< Goods of several chapters, or of none that is declared.
  std::size_t not_as_declared = 0;
  std::size_t not_inspected = 0;
  std::size_t not_measured = 0;
  bool simulated = false;  ///< Any of them.
};

void add_lesson(const core::ContainerObservation& seen, const std::string& number,
                std::span<const core::Declaration> declarations, Lessons& lessons) {
  ++lessons.containers;
  const std::string chapter = customs::only_chapter(declarations, number);
  if (chapter.empty())
    ++lessons.of_several;
  else if (seen.empty || !seen.features)
    ++lessons.not_measured;
  else
    lessons.samples.push_back({chapter, customs::goods_figures(*seen.features, seen.fill)});
}

/// The declaration of NAME.pscan is NAME.xml, .edi, .json, .csv or .txt beside it.
std::optional<std::filesystem::path> declaration_beside(const std::filesystem::path& scan) {
  for (const char* extension : {".xml", ".edi", ".json", ".csv", ".txt"}) {
    auto path = scan;
    path.replace_extension(extension);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return std::nullopt;
}

core::Status learn_from_folder(const std::filesystem::path& folder, Lessons& lessons) {
  std::error_code error;
  std::vector<std::filesystem::path> scans;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".pscan") scans.push_back(entry.path());
  }
  if (error)
    return core::Error{core::ErrorCode::kNotFound,
                       "--scans " + folder.string() + ": cannot be read: " + error.message()};
  std::sort(scans.begin(), scans.end());  // the same folder gives the same table
  for (const auto& path : scans) {
    const auto beside = declaration_beside(path);
    if (!beside) continue;
    PC_TRY(const core::Declaration declaration, customs::parse_declaration_file(beside->string()));
    PC_TRY(const core::RawScan scan, archive::read_scan(path));
    lessons.simulated = lessons.simulated || scan.meta.simulated;
    const auto images = imaging::process(scan, {}, {});
    if (!images.ok()) return images.error().with_context(path.string());
    const auto flagged = imaging::flag(*images, scan.meta.identity, {});
    for (const auto& seen : flagged.containers)
      add_lesson(seen, customs::plain_number(seen.number), std::span(&declaration, 1), lessons);
  }
  return {};
}

core::Status learn_from_catalogue(const GoodsOptions& options, Lessons& lessons) {
  constexpr std::uint32_t kScansMax = 10'000;
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(options.catalogue));
  archive::CatalogueQuery query;
  query.limit = kScansMax;
  PC_TRY(const auto scans, catalogue.find(query));
  for (const auto& scan : scans) {
    PC_TRY(const auto kept, catalogue.show(scan.id));
    if (!kept.report) continue;
    lessons.simulated = lessons.simulated || scan.simulated;
    std::string outcome;
    for (const auto& event : kept.events) {
      if (event.kind != kInspectionOutcomeEvent) continue;
      const auto inspection = inspection_from(event.text);
      outcome = inspection ? inspection->outcome : std::string();
    }
    if (outcome != "as declared") {
      const bool differs = outcome == "differs";
      if (differs || !options.uninspected) {
        ++(differs ? lessons.not_as_declared : lessons.not_inspected);
        continue;
      }
    }
    std::vector<core::Declaration> declarations;
    for (const auto& bound : kept.declarations) declarations.push_back(bound.declaration);
    for (const auto& seen : kept.report->containers)
      add_lesson(seen, customs::plain_number(seen.number), declarations, lessons);
  }
  return {};
}

core::Status learn_goods_table(const GoodsOptions& options) {
  if (options.scans.empty() == options.catalogue.empty())
    return core::Error{core::ErrorCode::kInvalidInput, "expected one of --scans and --catalogue"};
  if (options.made.find_first_of("|\n\r") != std::string::npos || options.made.size() > 1000)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "--made: expected one line of at most 1,000 bytes without bars"};
  Lessons lessons;
  if (!options.scans.empty())
    PC_CHECK(learn_from_folder(options.scans, lessons));
  else
    PC_CHECK(learn_from_catalogue(options, lessons));
  const auto table = customs::learn_goods(lessons.samples, lessons.simulated, options.made);
  std::size_t enough = 0;
  for (const auto& [chapter, goods] : table.chapters)
    enough += goods.samples >= customs::kGoodsSamplesMin ? 1U : 0U;
  if (table.scans == 0)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "no load of goods of one HS chapter teaches anything; nothing was written"};
  PC_CHECK(core::write_file_atomically(options.out, customs::goods_text(table)));
  std::fprintf(stderr,
               "%zu loads of %zu HS chapters; %zu chapters have the %zu samples that are needed\n"
               "left out: %zu of several chapters or none declared, %zu empty or not measured, %zu "
               "not as declared, %zu not inspected\n",
               table.scans, table.chapters.size(), enough, customs::kGoodsSamplesMin,
               lessons.of_several, lessons.not_measured, lessons.not_as_declared,
               lessons.not_inspected);
  return {};
}

}  // namespace

void add_customs_goods(Command customs, int& exit_code) {
  auto options = std::make_shared<GoodsOptions>();
  auto learn = customs.add_subcommand(
      "learn-goods", "What loads of each HS chapter look like, from scans with known contents");
  learn.add_option("--scans", options->scans,
                   "Folder of scans (NAME.pscan) with their declarations (NAME.xml, .edi, ...)");
  learn.add_option("--catalogue", options->catalogue,
                   "The lane's catalogue: of scans that were opened and were as declared");
  learn.add_flag("--uninspected", options->uninspected,
                 "With --catalogue: believe declarations of what nobody opened, too");
  learn.add_option("--made", options->made, "How it was made, one line in words").required();
  learn.add_option("--out", options->out, "Table to write").required();
  learn.callback([options, &exit_code] {
    const auto learnt = learn_goods_table(*options);
    exit_code = learnt.ok() ? 0 : report_error(learnt.error());
  });
  auto shipped = customs.add_subcommand(
      "goods", "What loads of each HS chapter look like, as it comes with the program");
  shipped.callback([&exit_code] {
    const auto text = customs::shipped_goods_text();
    std::printf("%.*s", static_cast<int>(text.size()), text.data());
    exit_code = 0;
  });
}

}  // namespace portcullis::apps
