#pragma once

#include <cstdint>
#include <string>

#include "customs/risk/risk_table.h"

namespace portcullis::customs {

/// A made-up table with the columns of the public data set: six months of declarations. One of
/// seven headings from one of five origins is declared too low: there four of five rows are fraud,
/// else one of ten. Dates, parties and quantities are drawn by `seed`.
std::string risk_sample_csv(std::uint64_t seed, int rows);
RiskTable risk_sample(std::uint64_t seed, int rows);

}  // namespace portcullis::customs
