#include "core/iso6346.h"

#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

TEST(Iso6346, NumbersPublishedWithTheirCheckDigitAreGood) {
  // CSQU3054383 is the worked example of the standard; the others are well-known examples of
  // registered owners with the remainders 10 (written 0) and 0 among them.
  for (const char* number : {"CSQU3054383", "MSKU0383250", "TOLU4734787", "HLXU2008419"})
    EXPECT_EQ(check_container_number(number), ContainerNumberProblem::kNone) << number;
}

TEST(Iso6346, LetterValuesSkipMultiplesOfEleven) {
  // One letter at place 0 (weight 1) with AAA: value sum = v + 10*2 + 10*4 + 10*8, digits zero.
  const int values[26] = {10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24,
                          25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38};
  for (int i = 0; i < 26; ++i) {
    std::string number = "AAAA000000";
    number[0] = static_cast<char>('A' + i);
    const int sum = values[i] + 140;
    EXPECT_EQ(container_check_digit(number), '0' + sum % 11 % 10) << number;
  }
}

TEST(Iso6346, EveryOtherCheckDigitIsWrong) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    std::string number = "CSQU305438";
    number.push_back(digit);
    EXPECT_EQ(check_container_number(number) == ContainerNumberProblem::kNone, digit == '3');
  }
}

TEST(Iso6346, ProblemsAreNamed) {
  EXPECT_EQ(check_container_number(""), ContainerNumberProblem::kLength);
  EXPECT_EQ(check_container_number("CSQU30543833"), ContainerNumberProblem::kLength);
  EXPECT_EQ(check_container_number("C5QU3054383"), ContainerNumberProblem::kOwner);
  EXPECT_EQ(check_container_number("CSQA3054383"), ContainerNumberProblem::kCategory);
  EXPECT_EQ(check_container_number("CSQU30S4383"), ContainerNumberProblem::kSerial);
  EXPECT_EQ(normalise_container_number("csqu 305.438-3"), "CSQU3054383");
}

}  // namespace
}  // namespace portcullis::core
