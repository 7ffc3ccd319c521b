#include "customs/identifiers.h"

#include <fmt/format.h>

namespace portcullis::customs {

namespace {

core::Error invalid(std::string reason) {
  return {core::ErrorCode::kInvalidInput, std::move(reason)};
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

}  // namespace

int check_digit_mod11(std::string_view text) {
  unsigned sum = 0;
  unsigned weight = 1;  // 2^position modulo 11
  for (const char c : text) {
    unsigned value = 0;
    if (is_digit(c))
      value = static_cast<unsigned>(c - '0');
    else if (is_capital(c)) {
      const auto letter = static_cast<unsigned>(c - 'A');
      value = 10 + letter + (letter + 9) / 10;  // Skips 11, 22 and 33.
    } else
      return -1;
    sum += value * weight;
    weight = weight * 2 % 11;
  }
  return static_cast<int>(sum % 11 % 10);
}

core::Status check_container(std::string_view value) {
  const auto number = core::normalise_container_number(value);
  const auto problem = core::check_container_number(number);
  if (problem == core::ContainerNumberProblem::kNone) return {};
  std::string reason(core::container_number_problem_text(problem));
  if (problem == core::ContainerNumberProblem::kCheckDigit) {
    reason += fmt::format(": {} stands there, {} belongs there", number.back(),
                          core::container_check_digit(number));
  }
  return invalid(std::move(reason));
}

core::Status check_mrn(std::string_view value) {
  if (value.size() != 18)
    return invalid(fmt::format("an MRN has eighteen characters, this has {}", value.size()));
  if (!is_digit(value[0]) || !is_digit(value[1]))
    return invalid("the first two characters must be the year's digits");
  if (!is_capital(value[2]) || !is_capital(value[3]))
    return invalid("the third and fourth characters must be the country's letters");
  const int digit = check_digit_mod11(value.substr(0, 17));
  if (digit < 0) return invalid("only capital letters and digits may stand in it");
  if (!is_digit(value[17])) return invalid("the last character must be a digit");
  if (value[17] - '0' != digit)
    return invalid(fmt::format("the check digit does not match: {} stands there, {} belongs there",
                               value[17], digit));
  return {};
}

core::Status check_imo(std::string_view value) {
  if (value.starts_with("IMO")) value.remove_prefix(3);
  while (value.starts_with(' ')) value.remove_prefix(1);
  if (value.size() != 7)
    return invalid(
        fmt::format("an IMO number has seven digits, this has {} characters", value.size()));
  int sum = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    if (!is_digit(value[i])) return invalid("an IMO number has digits only");
    if (i < 6) sum += (value[i] - '0') * (7 - static_cast<int>(i));
  }
  if (value[6] - '0' != sum % 10)
    return invalid(fmt::format("the check digit does not match: {} stands there, {} belongs there",
                               value[6], sum % 10));
  return {};
}

}  // namespace portcullis::customs
