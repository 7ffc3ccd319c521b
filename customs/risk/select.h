#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "customs/model/case.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/rules.h"
#include "customs/risk/tariff.h"

namespace portcullis::customs {

/// The items of a case as the learnt score sees them, one row each. What a declaration does not
/// hold (import use, payment type, ...) stays empty: the score treats it as not declared.
/// `tariff` may be null; it gives the tax rate. Pure.
std::vector<RiskRow> risk_rows(const Case& customs_case, const Tariff* tariff, std::int32_t day);

struct SelectionResult {
  Selection selection;
  /// Where all rules, those on trial too, and the score would have put it; with another version of
  /// the rules in shadow: where that one would have. Selection::shadow_rules then names its rules
  /// that hold as "RULE@VERSION".
  Channel shadow_channel = Channel::kGreen;
  /// Of the item with the highest score, largest first; empty without a model or an item.
  std::vector<RiskReason> reasons;
};

/// What selects: all of it borrowed, none of it changed.
struct Selector {
  const RiskRules* rules = nullptr;  ///< Never null.
  const RiskModel* model = nullptr;  ///< Null: no learnt score.
  bool model_in_shadow = true;       ///< The score is noted and selects nothing.
  const Tariff* tariff = nullptr;    ///< Null: no tax rates.
  const RiskRules* trial = nullptr;  ///< Another version of the rules, in shadow; null: none.
};

/// The channel of a case, why, and with which probability such a case is selected: 1 where rules,
/// the score or the customs system select it, else the random share, whether this one was
/// drawn or not. That makes 1/p the weight of an opened case.
///
/// The channel that the customs system gave (case.selection) is never softened. `draw`: the
/// case's number in [0, 1) from the committed seeds (archive/audit/draws.h); absent: no draw could
/// be had, and every case goes to the random channel. Pure: the same arguments, the same result.
SelectionResult select(const Case& customs_case, const Selector& selector,
                       std::optional<double> draw, core::UtcTime now);

/// What reports call a case: its id, or its message's where it has none yet.
const std::string& case_name(const Case& customs_case);

/// Days since 1970-01-01 in UTC.
std::int32_t day_of(core::UtcTime time);

/// The stricter of two channels: unknown, green, blue, yellow, red.
Channel stricter(Channel a, Channel b);

}  // namespace portcullis::customs
