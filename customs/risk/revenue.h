#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/records.h"
#include "customs/model/case.h"
#include "customs/risk/tariff.h"

namespace portcullis::customs {

/// What a container's load, heavier than declared, may owe on what is not declared of it, if that
/// is more of the goods that are declared; in the currency of the declared values.
struct RevenueAtStake {
  double excess_kg = 0, excess_low_kg = 0, excess_high_kg = 0;  ///< By the image; 90 % interval.
  double value = 0;  ///< Of the excess, at the declared value a kilogram.
  double due = 0;    ///< Duties and taxes on it, at the mean of the goods by mass ...
  double due_low = 0, due_high = 0;  ///< ... and at the interval's ends and the extreme goods.
  std::string currency;              ///< Empty: the declarations do not say.
  int items = 0;                     ///< That could be valued.
  int items_unknown = 0;             ///< Without mass, value or a row of the tariff.
};

/// Of one container and the declarations that name it, with their details; empty where the excess
/// is none, or no item can be valued, or values stand in several currencies. Goods are taken by the
/// declared value a kilogram of gross mass (net where only that is declared); net and gross keep
/// the declared ratio. `declared_high_kg`: what is declared at most. Pure.
std::optional<RevenueAtStake> revenue_of_excess(const core::ContainerObservation& seen,
                                                std::span<const Case> cases,
                                                double declared_high_kg, const Tariff& tariff,
                                                std::int32_t day);

/// Check "revenue" of a report whose mass or emptiness differs from what `cases` declare: what is
/// seen, what was declared and owed, and the sum at stake with how sure it is, in a sentence for
/// each container. `differs` where a sum is at stake, else `unknown` with why none can be named.
/// Nothing where neither differs. It values the excess as more of the same goods: other goods may
/// owe more or less, and the sentence says so. Pure.
std::optional<core::Check> revenue_check(const core::InspectionReport& report,
                                         std::span<const Case> cases, const Tariff& tariff,
                                         std::int32_t day);

}  // namespace portcullis::customs
