#include "lane/panel.h"

#include <gtest/gtest.h>

#include <set>

#include "lane/cycle.h"
#include "plc/tags/tags.h"

namespace portcullis::lane {
namespace {

TEST(DriverPanel, EveryMessageHasAPictogramAndWordsInEveryLanguage) {
  std::set<std::string_view> pictograms;
  for (std::uint16_t message = 1; message <= sign::kToInspection; ++message) {
    pictograms.insert(panel_pictogram(message));
    for (const std::string_view language : panel_languages())
      EXPECT_FALSE(panel_text(message, language).empty()) << message << " " << language;
  }
  EXPECT_EQ(pictograms.size(), 9U);
  EXPECT_EQ(pictograms.count(""), 0U);
  EXPECT_EQ(panel_languages().size(), 7U);
}

TEST(DriverPanel, ABayIsNamedByItsNumber) {
  EXPECT_EQ(panel_text(sign::kGoToBay + 3, "en"), "Go to bay 3");
  EXPECT_EQ(panel_text(sign::kGoToBay + kBaysMax, "de"), "Fahren Sie zu Platz 8");
  EXPECT_EQ(panel_pictogram(sign::kGoToBay + 1), "go_to_bay");
}

TEST(DriverPanel, ABlankPanelAndNumbersThatMeanNothingShowNothing) {
  for (const std::uint16_t message :
       {sign::kBlank, sign::kGoToBay, std::uint16_t{19}, std::uint16_t{65535}}) {
    EXPECT_EQ(panel_pictogram(message), "") << message;
    EXPECT_EQ(panel_text(message, "en"), "") << message;
  }
  EXPECT_EQ(panel_text(sign::kStop, "xx"), "");
}

}  // namespace
}  // namespace portcullis::lane
