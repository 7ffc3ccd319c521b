#include "customs/identifiers.h"

#include <gtest/gtest.h>

#include <string>

namespace portcullis::customs {
namespace {

// ISO 6346's own example, and numbers and references in use.
TEST(Identifiers, KnownGoodOnesPass) {
  EXPECT_TRUE(check_container("CSQU3054383").ok());
  EXPECT_TRUE(check_container("MWCU6059784").ok());
  EXPECT_TRUE(check_container("csqu 305438-3").ok());
  EXPECT_TRUE(check_mrn("06DE586600006143E1").ok());
  EXPECT_TRUE(check_mrn("10NL5663962BE1E825").ok());
  EXPECT_TRUE(check_mrn("20GB1OJPU2P01FGVR4").ok());  // From a published notification.
  EXPECT_TRUE(check_imo("9074729").ok());             // The example of IMO's scheme.
  EXPECT_TRUE(check_imo("IMO 9074729").ok());
}

// By hand: for 1234567 the sum is 1*7+2*6+3*5+4*4+5*3+6*2 = 77.
TEST(Identifiers, ImoByHand) {
  EXPECT_TRUE(check_imo("1234567").ok());
  for (const char last : {'0', '1', '2', '3', '4', '5', '6', '8', '9'})
    EXPECT_FALSE(check_imo(std::string("123456") + last).ok());
}

// Weight 2^i modulo 11 is never 0, so one wrong digit always changes the sum; only the fold of 10
// to 0 lets a digit through.
TEST(Identifiers, OneWrongDigitIsSeen) {
  const std::string good = "CSQU3054383";
  int missed = 0;
  for (std::size_t i = 4; i < good.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      auto wrong = good;
      wrong[i] = c;
      if (c != good[i] && check_container(wrong).ok()) ++missed;
    }
  }
  EXPECT_LE(missed, 6);  // At most one in each serial position.
}

TEST(Identifiers, TheReasonIsSaid) {
  EXPECT_NE(check_container("CSQU3054384").error().message.find("4 stands there, 3 belongs there"),
            std::string::npos);
  EXPECT_FALSE(check_container("").ok());
  EXPECT_FALSE(check_container("CSQX3054383").ok());
  EXPECT_NE(check_mrn("06DE586600006143E2").error().message.find("2 stands there, 1 belongs there"),
            std::string::npos);
  EXPECT_NE(check_mrn("06DE58660000614").error().message.find("eighteen"), std::string::npos);
  EXPECT_FALSE(check_mrn("0XDE586600006143E1").ok());
  EXPECT_FALSE(check_mrn("06de586600006143e1").ok());
  EXPECT_FALSE(check_mrn("06DE5866 0006143E1").ok());
  EXPECT_FALSE(check_imo("90747290").ok());
  EXPECT_FALSE(check_imo("IMO").ok());
  EXPECT_FALSE(check_imo("907472A").ok());
}

}  // namespace
}  // namespace portcullis::customs
