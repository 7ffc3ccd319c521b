#pragma once

#include <filesystem>
#include <optional>

#include "core/result.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/rules.h"
#include "customs/risk/select.h"
#include "customs/risk/tariff.h"

namespace portcullis::customs {

/// All that selects at a site, as its folder and the record of releases in it (releases.json) say.
/// Ownership: owns what selector() borrows.
struct RiskSite {
  RiskRules rules;                 ///< Active.
  std::optional<RiskRules> trial;  ///< In shadow: the newest.
  std::optional<RiskModel> model;  ///< Active, else the newest in shadow.
  bool model_in_shadow = true;
  std::optional<Tariff> tariff;  ///< "tariff.csv" where it is there.

  [[nodiscard]] Selector selector() const {
    return {&rules, model ? &*model : nullptr, model_in_shadow, tariff ? &*tariff : nullptr,
            trial ? &*trial : nullptr};
  }
};

/// Fails with kRefused where no rules are active, with kCorrupt where a file is no longer the
/// version that was proposed and approved, else as the files' readers.
core::Result<RiskSite> load_risk_site(const std::filesystem::path& folder);

}  // namespace portcullis::customs
