#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace portcullis::core {

/// Container numbers of ISO 6346: three letters of the owner, a category letter, six digits of the
/// serial number and a check digit: "CSQU3054383".
///
/// Check digit: letters count 10 to 38 without the multiples of 11 (A = 10, B = 12, ..., Z = 38);
/// each of the first ten characters is weighted by 2^position; the sum modulo 11, with 10 written
/// as 0, is the digit. (ISO 6346:2022, annex A.)
enum class ContainerNumberProblem : unsigned char {
  kNone,
  kLength,      ///< Not eleven characters.
  kOwner,       ///< The first three are not letters A to Z.
  kCategory,    ///< The fourth is not one of U, J, Z.
  kSerial,      ///< The last seven are not digits.
  kCheckDigit,  ///< Well-formed, but the check digit differs: misread or mistyped.
};

/// Upper case without blanks, dots, hyphens and slashes: "csqu 305438-3" becomes "CSQU3054383".
inline std::string normalise_container_number(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '.' || c == '/' || c == '\t') continue;
    out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

/// The check digit ('0' to '9') of the first ten characters of `number`; '\0' where they are not
/// four capital letters and six digits.
constexpr char container_check_digit(std::string_view number) noexcept {
  if (number.size() < 10) return '\0';
  unsigned sum = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    const char c = number[i];
    unsigned value = 0;
    if (i < 4) {
      if (c < 'A' || c > 'Z') return '\0';
      value = 10 + static_cast<unsigned>(c - 'A');
      value += (value - 1) / 10;  // 11, 22 and 33 are left out: B = 12, L = 23, V = 34
    } else {
      if (c < '0' || c > '9') return '\0';
      value = static_cast<unsigned>(c - '0');
    }
    sum += value << i;
  }
  return static_cast<char>('0' + sum % 11 % 10);
}

/// Checks a normalised number. Pure.
constexpr ContainerNumberProblem check_container_number(std::string_view number) noexcept {
  if (number.size() != 11) return ContainerNumberProblem::kLength;
  for (std::size_t i = 0; i < 4; ++i)
    if (number[i] < 'A' || number[i] > 'Z')
      return i < 3 ? ContainerNumberProblem::kOwner : ContainerNumberProblem::kCategory;
  if (number[3] != 'U' && number[3] != 'J' && number[3] != 'Z')
    return ContainerNumberProblem::kCategory;
  for (std::size_t i = 4; i < 11; ++i)
    if (number[i] < '0' || number[i] > '9') return ContainerNumberProblem::kSerial;
  return number[10] == container_check_digit(number) ? ContainerNumberProblem::kNone
                                                     : ContainerNumberProblem::kCheckDigit;
}

/// In words; empty for kNone.
constexpr std::string_view container_number_problem_text(ContainerNumberProblem problem) noexcept {
  switch (problem) {
    case ContainerNumberProblem::kNone:
      return "";
    case ContainerNumberProblem::kLength:
      return "a container number has eleven characters";
    case ContainerNumberProblem::kOwner:
      return "the first three characters must be letters A to Z";
    case ContainerNumberProblem::kCategory:
      return "the fourth character must be U, J or Z";
    case ContainerNumberProblem::kSerial:
      return "the last seven characters must be digits";
    case ContainerNumberProblem::kCheckDigit:
      return "the check digit does not match the number";
  }
  return "";
}

}  // namespace portcullis::core
