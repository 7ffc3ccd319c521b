#include "report/case_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/version.h"
#include "imaging/display/render.h"
#include "report/case_parts.h"
#include "report/sentences.h"
#include "report/sheet.h"

namespace portcullis::report {
namespace {

constexpr int kPictureColumnsMax = 2'400;  // 300 to the inch on a page's long side
constexpr int kSmallColumnsMax = 1'400;
constexpr int kMarkPeriod_px = 10;
constexpr double kSummaryPicturePt = 130;
constexpr double kAnnexPicturePt = 178;
constexpr double kSquareCodePt = 150;

using Facts = std::vector<std::pair<std::string, Cell>>;

imaging::Window window_of(const core::DecidedView& view) {
  return {static_cast<float>(view.window_lo), static_cast<float>(view.window_hi),
          static_cast<float>(view.power)};
}

bool changes_contrast(const core::DecidedView& view) {
  constexpr float kAlike = 1e-4F;
  const imaging::Window plain, now = window_of(view);
  return std::abs(now.attenuation_lo - plain.attenuation_lo) > kAlike ||
         std::abs(now.attenuation_hi - plain.attenuation_hi) > kAlike ||
         std::abs(now.power - plain.power) > kAlike;
}

class Printer {
 public:
  Printer(const CaseReport& report, Language language)
      : report_(report), kept_(report.kept), language_(language) {}

  core::Result<std::string> pdf();

 private:
  [[nodiscard]] std::string word(std::string_view english) const { return say(language_, english); }
  /// What the machine said, in the report's language.
  [[nodiscard]] std::string told(std::string_view english) const {
    return say_sentences(language_, english);
  }
  [[nodiscard]] Cell or_unknown(const std::string& text,
                                const char* otherwise = "not known") const {
    return text.empty() ? Cell{word(otherwise), TextStyle::kSmall} : Cell{text};
  }
  [[nodiscard]] std::string officer(const core::Decision& decision) const {
    return decision.officer == "lane" ? word("the lane itself") : decision.officer;
  }
  [[nodiscard]] core::UtcTime dated() const;

  void summary(Sheet& sheet) const;
  void findings(Sheet& sheet) const;
  void checks(Sheet& sheet) const;
  void radiation(Sheet& sheet) const;
  void radiation_by_check(Sheet& sheet) const;
  void declarations(Sheet& sheet) const;
  void decisions(Sheet& sheet) const;
  void views(Sheet& sheet) const;
  void outcome(Sheet& sheet) const;
  void marks(Sheet& sheet) const;
  void times(Sheet& sheet) const;
  void evidence(Sheet& sheet) const;
  void audit(Sheet& sheet) const;
  void pictures(Sheet& sheet) const;
  void as_decided(Sheet& sheet) const;
  [[nodiscard]] std::vector<Frame> frames(int factor) const;
  void draw(Sheet& sheet) const;

  const CaseReport& report_;
  const archive::CatalogueCase& kept_;
  const Language language_;
  struct Drawn {
    int factor = 1, columns = 0, rows = 0;
    std::vector<std::uint32_t> argb;
    [[nodiscard]] Picture picture() const { return {columns, rows, argb.data()}; }
  };
  [[nodiscard]] static Drawn standard(const Plane& high, int columns_max,
                                      const imaging::Window& window = {});
  [[nodiscard]] static Drawn coloured(const Plane& high, const Plane& material, int columns_max);
  Drawn small_, standard_, coloured_;
  std::optional<core::DecidedView> view_;  // of the decision that stands
  Drawn decided_;                          // empty where it was the standard image as a whole
};

Printer::Drawn Printer::standard(const Plane& high, int columns_max,
                                 const imaging::Window& window) {
  Drawn drawn;
  drawn.factor = reduction(high.columns, columns_max);
  const Plane plane = mean_of(high, drawn.factor);
  drawn.columns = plane.columns;
  drawn.rows = plane.rows;
  std::vector<std::uint8_t> gray(plane.codes.size());
  imaging::render_standard(plane.codes, window, gray);
  drawn.argb.resize(gray.size());
  imaging::gray_to_argb(gray, imaging::kAirLight_argb, drawn.argb);
  return drawn;
}

Printer::Drawn Printer::coloured(const Plane& high, const Plane& material, int columns_max) {
  Drawn drawn;
  drawn.factor = reduction(high.columns, columns_max);
  const Plane plane = mean_of(high, drawn.factor);
  const Plane classes = most_of(material, drawn.factor);
  drawn.columns = plane.columns;
  drawn.rows = plane.rows;
  std::vector<std::uint8_t> bytes(classes.codes.size());
  std::transform(classes.codes.begin(), classes.codes.end(), bytes.begin(),
                 [](std::uint16_t code) { return static_cast<std::uint8_t>(code); });
  imaging::MaterialView view;
  view.mark_period_px = kMarkPeriod_px;
  drawn.argb.resize(bytes.size());
  imaging::render_material(plane.codes, bytes, plane.columns, plane.rows, view, drawn.argb);
  return drawn;
}

core::UtcTime Printer::dated() const {
  core::UtcTime last = std::max(kept_.scan.started, kept_.scan.ended);
  last = std::max(last, kept_.judged_last);
  for (const auto& decision : kept_.decisions) last = std::max(last, decision.decided);
  for (const auto& event : kept_.events) last = std::max(last, event.utc);
  return last;
}

std::vector<Frame> Printer::frames(int factor) const {
  std::vector<Frame> frames;
  if (!kept_.report) return frames;
  int number = 0;
  for (const auto& finding : kept_.report->findings) {
    ++number;
    const auto& box = finding.bbox_px;
    if (box.w <= 0 || box.h <= 0) continue;
    const double scale = 1.0 / factor;
    frames.push_back(
        {box.x * scale, box.y * scale, box.w * scale, box.h * scale, std::to_string(number)});
  }
  return frames;
}

void Printer::summary(Sheet& sheet) const {
  const auto& scan = kept_.scan;
  sheet.paragraph({word("Case report"), TextStyle::kTitle});
  std::vector<std::string> numbers;
  for (const auto& container : scan.containers)
    numbers.push_back(container.check_digit_ok
                          ? container.number
                          : fmt::format("{} ({})", container.number, word("check digit wrong")));
  Facts rows = {{word("Case"), {scan.id, TextStyle::kBold}}};
  for (auto& [what, text, bold] :
       standing_rows(language_, kept_, [this](const core::Decision& one) { return officer(one); }))
    rows.emplace_back(what, bold ? Cell{text, TextStyle::kBold} : Cell{text});
  if (kept_.report) {
    rows.emplace_back(word("Verdict of the machine"),
                      Cell{say(language_, kept_.report->verdict.outcome)});
    if (!kept_.report->verdict.reasons.empty())
      rows.emplace_back(
          word("Reasons"),
          Cell{told(fmt::format("{}", fmt::join(kept_.report->verdict.reasons, "\n")))});
  }
  rows.emplace_back(word("Plate"), or_unknown(scan.plate));
  rows.emplace_back(word("Containers"), or_unknown(joined(numbers)));
  for (const auto& event : kept_.events) {
    if (event.kind == "identity") rows.emplace_back(word("Identity"), Cell{event.text});
  }
  rows.emplace_back(word("Lane"), Cell{scan.lane});
  std::string outcome = scan.file.empty() ? word("No scan was made") : say(language_, scan.outcome);
  if (!scan.outcome_reason.empty()) outcome += ": " + told(scan.outcome_reason);
  rows.emplace_back(word("Scan"), Cell{outcome});
  sheet.facts(rows);
  if (!small_.argb.empty()) {
    sheet.space(6);
    sheet.picture(small_.picture(), frames(small_.factor), {}, kSummaryPicturePt);
  }
}

void Printer::findings(Sheet& sheet) const {
  sheet.heading(word("Findings"));
  if (!kept_.report) return sheet.paragraph({word("The scan has not been judged")});
  const auto& report = *kept_.report;
  if (report.findings.empty()) {
    sheet.paragraph({word("Nothing was marked in this image")});
  } else {
    const auto* answers = kept_.decisions.empty() ? nullptr : &kept_.decisions.back().answers;
    std::size_t at = 0;
    sheet.table({{0.06, false}, {0.17, false}, {0.07, true}, {0.52, false}, {0.18, false}},
                {word("No."), word("Kind"), word("Score"), word("What was found"), word("Answer")},
                [&](std::vector<Cell>& row) {
                  if (at == report.findings.size()) return false;
                  const auto& finding = report.findings[at];
                  std::string text = told(finding.text);
                  const auto& box = finding.bbox_mm;
                  if (box.w > 0 && box.h > 0) {
                    text += "\n" + with(word("from the front %1 m, height %2 m, %3 x %4 m"),
                                        {fmt::format("{:.2f}", box.x / 1000),
                                         fmt::format("{:.2f}", box.z / 1000),
                                         fmt::format("{:.2f}", box.w / 1000),
                                         fmt::format("{:.2f}", box.h / 1000)});
                  }
                  const auto answer = answers != nullptr && at < answers->size()
                                          ? (*answers)[at]
                                          : core::FindingAnswer::kNone;
                  ++at;
                  row = {{std::to_string(at), TextStyle::kBold},
                         {say(language_, finding.kind)},
                         {fmt::format("{:.2f}", finding.score)},
                         {text},
                         {say(language_, answer)}};
                  return true;
                });
  }
  std::vector<std::string> remarks = report.quality;
  if (report_.scan && report.quality.empty() && report.lines_lost > 0)
    remarks.push_back(fmt::format("{} lines lost", report.lines_lost));
  if (!remarks.empty())
    sheet.facts(
        {{word("Remarks on the image"), {told(fmt::format("{}", fmt::join(remarks, "\n")))}}});
}

void Printer::checks(Sheet& sheet) const {
  sheet.heading(word("Scan against declaration"));
  if (!kept_.report || kept_.report->checks.empty())
    return sheet.paragraph({word("No check was made")});
  std::size_t at = 0;
  const auto& checks = kept_.report->checks;
  sheet.table(
      {{0.17, false}, {0.13, false}, {0.19, false}, {0.19, false}, {0.32, false}},
      {word("Check"), word("Outcome"), word("Seen"), word("Expected"), word("How sure")},
      [&](std::vector<Cell>& row) {
        if (at == checks.size()) return false;
        const auto& check = checks[at++];
        row = {{say_check(language_, check.name)},
               {say(language_, check.outcome),
                check.outcome == core::CheckOutcome::kAgrees ? TextStyle::kBody : TextStyle::kBold},
               {told(check.seen)},
               {told(check.expected)},
               {told(check.text)}};
        return true;
      });
  if (kept_.report->containers.empty()) return;
  sheet.heading(word("Load by the image"));
  at = 0;
  const auto& containers = kept_.report->containers;
  sheet.table({{0.34, false}, {0.22, true}, {0.26, true}, {0.18, true}},
              {word("Container"), word("Load, kg"), word("90 % interval, kg"), word("Filled, %")},
              [&](std::vector<Cell>& row) {
                if (at == containers.size()) return false;
                const auto& one = containers[at++];
                row = {
                    or_unknown(one.number),
                    {fmt::format("{:.0f}", one.load_mass_kg)},
                    {fmt::format("{:.0f} - {:.0f}", one.load_mass_low_kg, one.load_mass_high_kg)},
                    {fmt::format("{:.0f}", one.fill * 100)}};
                return true;
              });
}

void Printer::radiation(Sheet& sheet) const {
  sheet.heading(word("Radiation"));
  if (!report_.radiation) return radiation_by_check(sheet);
  const auto& measured = *report_.radiation;
  std::vector<std::string> alarms;
  if (measured.gamma_alarm) alarms.push_back(word("gamma alarm"));
  if (measured.neutron_alarm) alarms.push_back(word("neutron alarm"));
  std::string validity = measured.valid ? word("valid, from end to end") : word("not valid");
  if (!measured.problem.empty()) validity += ": " + told(measured.problem);
  sheet.facts({{word("Outcome"),
                {alarms.empty() ? word("no alarm") : joined(alarms),
                 alarms.empty() ? TextStyle::kBody : TextStyle::kBold}},
               {word("Measurement"), {validity}},
               {word("Highest gamma excess, sigma"), {fmt::format("{:.1f}", measured.sigma_max)}}});
}

/// A case without a file of its measurement was still judged by one.
void Printer::radiation_by_check(Sheet& sheet) const {
  const core::Check* judged = nullptr;
  if (kept_.report) {
    for (const auto& check : kept_.report->checks)
      if (check.name == "radiation") judged = &check;
  }
  if (judged == nullptr) return sheet.paragraph({word("No radiation measurement is stored")});
  sheet.facts(
      {{word("Outcome"),
        {told(judged->seen),
         judged->outcome == core::CheckOutcome::kAgrees ? TextStyle::kBody : TextStyle::kBold}},
       {word("How sure"), {told(judged->text)}},
       {word("Measurement"), {word("not stored with the scan")}}});
}

void Printer::declarations(Sheet& sheet) const {
  sheet.heading(word("Declared"));
  if (Facts chosen; !kept_.choices.empty()) {
    for (const auto& [name, said] : choice_of(kept_)) chosen.emplace_back(word(name), Cell{said});
    sheet.facts(chosen);
  }
  if (kept_.declarations.empty())
    return sheet.paragraph({word("No declaration is bound to this scan")});
  for (const auto& bound : kept_.declarations) {
    const auto& declared = bound.declaration;
    Facts rows = {
        {"MRN / LRN / UCR",
         {fmt::format("{} / {} / {}", declared.mrn, declared.lrn, declared.ucr), TextStyle::kBold}},
        {word("System"), {declared.system}},
        {word("Procedure"), {say_if_known(language_, declared.procedure)}},
        {word("Declarant"), {declared.declarant}},
        {word("Consignor"), {declared.consignor}},
        {word("Consignee"), {declared.consignee}},
        {word("Plate"), {declared.vehicle_plate}}};
    std::erase_if(rows, [](const auto& row) { return row.second.text.empty(); });
    if (!declared.origin_country.empty() || !declared.destination_country.empty())
      rows.push_back(
          {word("Origin and destination"),
           {fmt::format("{} > {}", declared.origin_country, declared.destination_country)}});
    if (declared.gross_mass_kg)
      rows.push_back({word("Gross mass"), {kilograms(declared.gross_mass_kg) + " kg"}});
    if (declared.packages)
      rows.push_back({word("Packages"), {fmt::format("{:.0f}", *declared.packages)}});
    for (const auto& container : declared.containers) {
      std::string text = container.number;
      if (!container.iso_type.empty()) text += " " + container.iso_type;
      if (container.empty)
        text += ", " + word(*container.empty ? "declared empty" : "declared full");
      if (!container.seals.empty()) text += ", " + word("Seals") + " " + joined(container.seals);
      rows.push_back({word("Container"), {text}});
    }
    rows.push_back({word("Taken on"), or_unknown(time_text(declared.received))});
    rows.push_back({word("Bound by"), {say_if_known(language_, bound.matched_by)}});
    sheet.facts(rows);
    std::size_t at = 0;
    sheet.table(
        {{0.08, false}, {0.13, false}, {0.43, false}, {0.12, true}, {0.12, true}, {0.12, true}},
        {word("No."), word("HS code"), word("Goods"), word("Packages"), word("Gross, kg"),
         word("Net, kg")},
        [&](std::vector<Cell>& row) {
          if (at == declared.items.size()) return false;
          const auto& item = declared.items[at++];
          std::string packages =
              item.packages > 0 ? fmt::format("{:.0f}", item.packages) : std::string();
          if (!item.package_kind.empty()) packages += " " + item.package_kind;
          std::string goods = item.description;
          if (!item.containers.empty()) goods += "\n" + joined(item.containers);
          row = {{std::to_string(item.number)},
                 {item.hs_code},
                 {goods},
                 {packages},
                 {kilograms(item.gross_mass_kg)},
                 {kilograms(item.net_mass_kg)}};
          return true;
        });
    sheet.space(6);
  }
}

void Printer::decisions(Sheet& sheet) const {
  sheet.heading(word("Readings and decisions"));
  const auto acts = acts_of(kept_);
  if (acts.empty()) return sheet.paragraph({word("Nobody has decided on this case")});
  std::size_t at = 0;
  sheet.table({{0.17, false}, {0.15, false}, {0.22, false}, {0.36, false}, {0.10, true}},
              {word("When"), word("By"), word("What"), word("Reason"), word("On the image, s")},
              [&](std::vector<Cell>& row) {
                if (at == acts.size()) return false;
                const auto& [decision, what] = acts[at++];
                std::string reason = say_reason(language_, decision.reason_code);
                if (!decision.reason_text.empty()) reason += "\n" + decision.reason_text;
                std::string kind = word(what) + ": " + say(language_, decision.kind);
                if (!decision.container_only && kept_.scan.containers.size() > 1)
                  kind += "\n" + word("whole vehicle");
                else if (!decision.container.empty())
                  kind += "\n" + decision.container;
                row = {
                    {time_text(decision.decided)},
                    {officer(decision)},
                    {kind},
                    {reason},
                    {fmt::format("{:.1f}", static_cast<double>(decision.time_on_image_ms) / 1000)}};
                return true;
              });
}

/// What each of those who decided had before him.
void Printer::views(Sheet& sheet) const {
  const auto acts = acts_of(kept_);
  if (acts.empty()) return;
  sheet.heading(word("What the screen showed when it was decided"));
  Facts rows;
  for (const auto& [decision, what] : acts) {
    const auto view = view_of(decision);
    rows.emplace_back(officer(decision) + "\n" + time_text(decision.decided),
                      view ? Cell{view_words(language_, *view)} : or_unknown({}, "not recorded"));
  }
  sheet.facts(rows);
}

void Printer::outcome(Sheet& sheet) const {
  nlohmann::json last;
  core::UtcTime when;
  for (const auto& event : kept_.events) {
    if (event.kind != "inspection_outcome") continue;
    last = nlohmann::json::parse(event.text, nullptr, false);
    when = event.utc;
  }
  if (!last.is_object()) return;
  const auto text = [](const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto texts = [&](const char* key) {
    std::vector<std::string> all;
    const auto found = last.find(key);
    if (found != last.end() && found->is_array()) {
      for (const auto& one : *found)
        if (one.is_string()) all.push_back(one.get<std::string>());
    }
    return joined(all);
  };
  sheet.heading(word("Outcome of the inspection"));
  sheet.facts({{word("By"), {text(last, "by") + "\n" + time_text(when)}},
               {word("Seals found"), or_unknown(texts("seals_found"), "none")},
               {word("Seals put"), or_unknown(texts("seals_put"), "none")}});
  const auto outcomes = last.find("outcomes");
  if (outcomes == last.end() || !outcomes->is_array()) return;
  const std::size_t findings = kept_.report ? kept_.report->findings.size() : 0;
  std::size_t at = 0;
  sheet.table({{0.16, false}, {0.16, false}, {0.30, false}, {0.22, false}, {0.16, false}},
              {word("No."), word("Outcome"), word("What"), word("Place"), word("How much")},
              [&](std::vector<Cell>& row) {
                if (at == outcomes->size()) return false;
                const auto& one = (*outcomes)[at++];
                const std::string number =
                    at <= findings ? std::to_string(at) : word("without finding");
                if (!one.is_object()) {
                  row = {{number}};
                  return true;
                }
                const std::string result = text(one, "result");
                row = {{number},
                       {word(result == "found"     ? "found"
                             : result == "nothing" ? "not found"
                                                   : "not examined")},
                       {text(one, "what")},
                       {text(one, "where")},
                       {text(one, "how_much")}};
                return true;
              });
}

void Printer::marks(Sheet& sheet) const {
  const auto marks = marks_of(kept_);
  if (marks.empty()) return;
  sheet.heading(word("Marks on the image"));
  std::size_t at = 0;
  sheet.table({{0.1, false}, {0.2, false}, {0.48, false}, {0.22, false}},
              {word("No."), word("Kind"), word("Words"), word("By")}, [&](std::vector<Cell>& row) {
                if (at == marks.size()) return false;
                const auto& mark = marks[at++];
                row = {{fmt::format("M{}", at)},
                       {say_if_known(language_, mark.kind)},
                       {mark.text},
                       {mark.author}};
                return true;
              });
}

void Printer::times(Sheet& sheet) const {
  sheet.heading(word("Times"));
  Facts rows;
  const auto add = [&](const char* what, core::UtcTime utc) {
    rows.emplace_back(word(what), or_unknown(time_text(utc), "not recorded"));
  };
  add("Arrival", kept_.arrival ? kept_.arrival->at : core::UtcTime{});
  if (!kept_.scan.file.empty()) {
    add("Start of the scan", kept_.scan.started);
    add("End of the scan", kept_.scan.ended);
  }
  add("Image and findings ready", kept_.judged_first);
  if (!kept_.decisions.empty()) {
    add("First decision", kept_.decisions.front().decided);
    if (kept_.decisions.size() > 1) add("Last decision", kept_.decisions.back().decided);
  }
  sheet.facts(rows);
  sheet.paragraph({word("All times are UTC."), TextStyle::kSmall});
}

void Printer::evidence(Sheet& sheet) const {
  sheet.heading(word("Evidence"));
  const auto& scan = kept_.scan;
  Facts rows;
  if (!scan.file.empty()) {
    rows.push_back({word("Scan file"), {scan.file.filename().string(), TextStyle::kMono}});
    rows.push_back({word("Seal of the scan (SHA-256)"), {scan.sha256, TextStyle::kMono}});
    rows.push_back({word("Seal in the file"),
                    report_.scan ? Cell{report_.scan->sha256 == scan.sha256
                                            ? word("the same")
                                            : with(word("ANOTHER: %1"), {report_.scan->sha256})}
                                 : Cell{report_.scan_problem}});
    rows.push_back({word("Lines, lost"), {fmt::format("{}, {}", scan.lines, scan.lines_lost)}});
  }
  if (report_.scan) {
    rows.push_back({word("Calibration"), {report_.scan->calibration_id, TextStyle::kMono}});
    rows.push_back({word("Software of the scan"), {report_.scan->meta.software_version}});
  }
  rows.push_back({word("Judgement"),
                  {kept_.report ? with(word("version %1"), {std::to_string(kept_.report_versions)})
                                : word("none")}});
  if (report_.high)
    rows.push_back({word("Image (SHA-256)"),
                    {"high " + report_.high_sha256 + "\nmaterial " + report_.material_sha256,
                     TextStyle::kMono}});
  rows.push_back({word("Software of this report"), {std::string("Portcullis ") + core::kVersion}});
  sheet.facts(rows);
  audit(sheet);
}

void Printer::audit(Sheet& sheet) const {
  const auto& log = report_.audit;
  sheet.heading(word("Entries in the audit log"));
  if (!log.problem.empty())
    return sheet.paragraph({with(word("No audit log could be read: %1"), {log.problem})});
  sheet.facts(
      {{word("Log"), {log.origin}},
       {word("Key of the log"), {log.key, TextStyle::kMono}},
       {word("Entries, root"), {fmt::format("{}, {}", log.size, log.root), TextStyle::kMono}}});
  if (log.entries.empty()) return sheet.paragraph({word("The log holds no entry of this case")});
  std::size_t at = 0;
  sheet.table({{0.10, true}, {0.20, false}, {0.22, false}, {0.48, false}},
              {word("Entry"), word("When"), word("What"), word("By")}, [&](std::vector<Cell>& row) {
                if (at == log.entries.size()) return false;
                const auto& [index, entry] = log.entries[at++];
                row = {{std::to_string(index)},
                       {time_text(entry.time)},
                       {entry.type},
                       {entry.actor, TextStyle::kMono}};
                return true;
              });
  if (log.proof.empty()) return;
  sheet.heading(word("How to verify"));
  const std::vector<Cell> steps = {
      {word("The square code holds the proof below. Save its text as a file and run the command "
            "with the log's key, taken from elsewhere than this page:")},
      {"portcullis audit check-proof FILE --key log.vkey", TextStyle::kMono},
      {word("The scan's file is the one that was sealed where this command finds the seal above:")},
      {"portcullis catalogue check --seals --catalogue catalogue.sqlite", TextStyle::kMono}};
  if (!sheet.square_code(log.proof, kSquareCodePt, steps)) {
    for (const auto& step : steps) sheet.paragraph(step);
  }
  sheet.paragraph(
      {with(word("Inclusion proof of entry %1"), {std::to_string(log.proven)}), TextStyle::kBold});
  sheet.paragraph({log.proof, TextStyle::kMono});
}

void Printer::pictures(Sheet& sheet) const {
  if (standard_.argb.empty()) {
    sheet.heading(word("Image"));
    return sheet.paragraph(
        {with(word("No image is stored with this scan: %1"), {report_.image_problem})});
  }
  sheet.new_page(Sheet::Paper::kLandscape);
  const double mm_per_px = kept_.report ? kept_.report->mm_per_px : 0;
  std::string size = with(word("%1 x %2 pixels of %3 mm"),
                          {std::to_string(report_.high->columns),
                           std::to_string(report_.high->rows), fmt::format("{:.2f}", mm_per_px)});
  const imaging::Window window;
  const std::string shown =
      word("Shown with") + ": " +
      with(word("contrast %1 to %2 (attenuation), exponent %3, light ground"),
           {fmt::format("{:.2f}", window.attenuation_lo),
            fmt::format("{:.2f}", window.attenuation_hi), fmt::format("{:.2f}", window.power)});
  std::vector<Stroke> strokes;
  for (const auto& mark : marks_of(kept_))
    strokes.push_back(stroke_of(mark, standard_.factor, fmt::format("M{}", strokes.size() + 1)));
  sheet.paragraph({word("Standard image, high energy"), TextStyle::kBold});
  sheet.picture(standard_.picture(), frames(standard_.factor), strokes, kAnnexPicturePt);
  sheet.paragraph({shown + "; " + size, TextStyle::kSmall});
  as_decided(sheet);
  sheet.keep(kAnnexPicturePt + 40);
  sheet.paragraph({word("Material image"), TextStyle::kBold});
  sheet.picture(coloured_.picture(), frames(coloured_.factor), {}, kAnnexPicturePt);
  sheet.paragraph(
      {word(
           "orange organic, green light inorganic, blue metal, violet heavy metal, grey too thick"),
       TextStyle::kSmall});
}

/// The standard image in the contrast in which the standing decision was made, with what was in
/// sight. Enhancements need more than the planes and are named, not drawn.
void Printer::as_decided(Sheet& sheet) const {
  if (!view_ || decided_.argb.empty()) return;
  std::vector<Stroke> strokes;
  const auto& part = view_->part;
  if (!view_->fitted && part.w > 0 && part.h > 0) {
    const double x = std::clamp<double>(part.x, 0, report_.high->columns),
                 y = std::clamp<double>(part.y, 0, report_.high->rows),
                 x_end = std::clamp<double>(part.x + part.w, 0, report_.high->columns),
                 y_end = std::clamp<double>(part.y + part.h, 0, report_.high->rows);
    Stroke sight{{{x, y}, {x_end, y}, {x_end, y_end}, {x, y_end}, {x, y}}, "V"};
    for (auto& [column, row] : sight.points) {
      column /= decided_.factor;
      row /= decided_.factor;
    }
    strokes.push_back(std::move(sight));
  }
  sheet.keep(kAnnexPicturePt + 40);
  sheet.paragraph({word("Contrast and sight of the decision"), TextStyle::kBold});
  sheet.picture(decided_.picture(), {}, strokes, kAnnexPicturePt);
  std::string words = view_words(language_, *view_);
  if (view_->edges || view_->local || view_->denoise || view_->inverse || view_->low_energy ||
      view_->palette >= 0 || view_->heavy_mark)
    words += "; " + word("drawn without enhancements and colours");
  sheet.paragraph({words, TextStyle::kSmall});
}

void Printer::draw(Sheet& sheet) const {
  summary(sheet);
  findings(sheet);
  checks(sheet);
  radiation(sheet);
  decisions(sheet);
  views(sheet);
  outcome(sheet);
  marks(sheet);
  times(sheet);
  declarations(sheet);
  evidence(sheet);
  pictures(sheet);
}

core::Result<std::string> Printer::pdf() {
  if (report_.high && report_.material) {
    small_ = standard(*report_.high, kSmallColumnsMax);
    standard_ = standard(*report_.high, kPictureColumnsMax);
    coloured_ = coloured(*report_.high, *report_.material, kPictureColumnsMax);
    if (!kept_.decisions.empty()) view_ = view_of(kept_.decisions.back());
    if (view_ && (!view_->fitted || changes_contrast(*view_)))
      decided_ = standard(*report_.high, kSmallColumnsMax, window_of(*view_));
  }
  Furniture furniture;
  furniture.right_to_left = right_to_left(language_);
  furniture.title = word("Case report") + " " + kept_.scan.id;
  furniture.header =
      fmt::format("{}  ·  {}  ·  {}", word("Case report"), kept_.scan.lane, kept_.scan.id);
  if (kept_.scan.simulated) furniture.warning = word("SIMULATION - no real vehicle");
  furniture.footer = std::string("Portcullis ") + core::kVersion;
  furniture.page_text = [this](int page, int pages) {
    return with(word("page %1 of %2"), {std::to_string(page), std::to_string(pages)});
  };
  furniture.dated = dated();
  furniture.language_tag = language_code(language_);
  return write_sheet(furniture, [this](Sheet& sheet) { draw(sheet); });
}

}  // namespace

core::Result<std::string> case_report_pdf(const CaseReport& report, Language language) {
  return Printer(report, language).pdf();
}

}  // namespace portcullis::report
