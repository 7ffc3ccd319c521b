#include "customs/risk/risk_site.h"

#include <fmt/format.h>

#include "customs/risk/releases.h"

namespace portcullis::customs {

namespace {

core::Status check_version(const std::filesystem::path& file, const std::string& id,
                           const Release& release) {
  if (id == release.id) return {};
  return core::Error{
      core::ErrorCode::kCorrupt,
      fmt::format("{}: is version {}, not {}, which was proposed and approved: bring "
                  "that one back or propose this one",
                  file.string(), id, release.id)};
}

core::Result<RiskRules> approved_rules(const std::filesystem::path& folder,
                                       const Release& release) {
  const auto file = folder / release.file;
  PC_TRY(auto rules, load_risk_rules(file));
  PC_CHECK(check_version(file, rules.id, release));
  return rules;
}

}  // namespace

core::Result<RiskSite> load_risk_site(const std::filesystem::path& folder) {
  const auto record_file = folder / "releases.json";
  PC_TRY(const auto record, ReleaseRecord::load(record_file));
  const auto newest_in_shadow = [&](ReleaseKind kind) {
    const Release* newest = nullptr;
    for (const auto& release : record.releases()) {
      if (release.kind != kind || release.state != Release::State::kShadow) continue;
      if (newest == nullptr || newest->proposed_at < release.proposed_at) newest = &release;
    }
    return newest;
  };
  const auto* rules = record.active(ReleaseKind::kRules);
  if (rules == nullptr)
    return core::Error{core::ErrorCode::kRefused,
                       record_file.string() + ": no rules are active: propose and approve some"};
  RiskSite site;
  PC_TRY(site.rules, approved_rules(folder, *rules));
  if (const auto* trial = newest_in_shadow(ReleaseKind::kRules)) {
    PC_TRY(site.trial, approved_rules(folder, *trial));
  }
  const auto* model = record.active(ReleaseKind::kModel);
  site.model_in_shadow = model == nullptr;
  if (model == nullptr) model = newest_in_shadow(ReleaseKind::kModel);
  if (model != nullptr) {
    const auto file = folder / model->file;
    PC_TRY(site.model, RiskModel::load(file));
    PC_CHECK(check_version(file, site.model->id(), *model));
  }
  if (const auto tariff = folder / "tariff.csv"; std::filesystem::exists(tariff)) {
    PC_TRY(site.tariff, Tariff::load(tariff));
  }
  return site;
}

}  // namespace portcullis::customs
