#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/records.h"

namespace portcullis::customs {

/// What a container's verified gross mass (SOLAS VI/2, by VERMAS) leaves for its load.
struct VerifiedLoad {
  double gross_kg = 0;  ///< The largest where messages differ.
  double low_kg = 0;    ///< Load: the smallest gross mass less the heaviest empty container ...
  double high_kg = 0;   ///< ... and the largest less the lightest.
  bool tare_stated = false;
};

/// Of container `number` (plain_number()); empty where nobody weighed it, or where what was weighed
/// is less than any empty container of its type: then it is no gross mass. Pure.
std::optional<VerifiedLoad> verified_load(std::span<const core::Declaration> declarations,
                                          const std::string& number);

/// Masses of empty containers of an ISO 6346 type code, in kg (container-tare.txt, which names its
/// sources), rounded outwards; all types' together where the code is not known.
struct TareSpan {
  double low_kg = 0, high_kg = 0;
};
TareSpan tare_span(const std::string& iso_type);

}  // namespace portcullis::customs
