#include "apps/lane/case_search.h"

#include <algorithm>

#include "apps/lane/case_words.h"
#include "archive/scan_file.h"

namespace portcullis::apps {
namespace {

void fill_from_view(const services::CaseView& view, services::FoundCase& row) {
  row.state = view.state;
  for (const auto& bound : view.declarations) {
    const core::Declaration& d = bound.declaration;
    row.declarations.push_back(!d.mrn.empty() ? d.mrn : !d.lrn.empty() ? d.lrn : d.ucr);
  }
  if (view.decision) row.decision = core::decision_kind_name(view.decision->kind);
  if (!view.report || view.first_look == services::FirstLook::kWanted) return;
  row.verdict = core::verdict_outcome_name(view.report->verdict.outcome);
  for (const core::Finding& finding : view.report->findings) {
    std::string kind(core::finding_kind_name(finding.kind));
    if (std::find(row.findings.begin(), row.findings.end(), kind) == row.findings.end())
      row.findings.push_back(std::move(kind));
  }
}

}  // namespace

core::Result<services::FoundCases> find_cases(
    archive::Catalogue& catalogue, const services::CaseSearch& search,
    const std::function<core::Result<services::CaseView>(const std::string& case_id)>& view_of) {
  archive::CatalogueSearch wanted;
  wanted.text = search.text;
  wanted.state = search.state;
  wanted.finding = search.finding;
  if (search.from.ns != 0) wanted.from = search.from;
  if (search.to.ns != 0) wanted.to = search.to;
  wanted.limit = search.count_max;
  PC_TRY(const auto found, catalogue.search(wanted));
  services::FoundCases cases;
  cases.more = found.more;
  cases.older_left_out = found.older_left_out;
  for (const archive::CatalogueScan& scan : found.scans) {
    services::FoundCase row;
    row.case_id = case_id_of(scan.id);
    row.scan_id = scan.id;
    row.started = scan.started;
    for (const auto& container : scan.containers) row.container_numbers.push_back(container.number);
    row.vehicle_plate = scan.plate;
    row.scan_outcome = core::scan_outcome_name(scan.outcome);
    if (const auto view = view_of(row.case_id); view.ok()) {
      // Whoever looks for findings must not be told of those that he is not to see yet.
      if (!search.finding.empty() && view->first_look == services::FirstLook::kWanted) continue;
      fill_from_view(*view, row);
    }
    if (search.thumbnails && scan.outcome != core::ScanOutcome::kRunning) {
      // A scan of before there were any, or whose images were refused, has none.
      if (auto png = archive::read_image(scan.file, kThumbnailName); png.ok())
        row.thumbnail_png = std::move(png).value();
    }
    cases.cases.push_back(std::move(row));
  }
  return cases;
}

}  // namespace portcullis::apps
