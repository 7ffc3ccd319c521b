#pragma once

#include <string>
#include <string_view>

#include "core/iso6346.h"
#include "core/result.h"

namespace portcullis::customs {

/// Identifiers with a check digit. Each function returns success, or kInvalidInput whose message
/// is the reason. A value that fails is for the caller to keep as read and mark; nothing here
/// corrects one. Pure.

/// ISO 6346, after normalisation (blanks, hyphens, case).
core::Status check_container(std::string_view value);

/// Movement reference number: two digits of the year, two letters of the country, thirteen letters
/// or digits, and a check digit by the routine of ISO 6346 over the first seventeen characters
/// (Commission Implementing Regulation (EU) 2015/2447, annex A and its predecessors).
core::Status check_mrn(std::string_view value);

/// IMO ship number: seven digits, with or without "IMO" before them. The last is the last digit of
/// the sum of the first six weighted 7 to 2 (IMO resolution A.1117(30)).
core::Status check_imo(std::string_view value);

/// The digit, 0 to 9, of letters and digits weighted by 2^position, modulo 11 (10 counts as 0).
/// Letters count 10 to 38 without 11, 22 and 33. -1 where another character stands in `text`.
int check_digit_mod11(std::string_view text);

}  // namespace portcullis::customs
