#include "customs/risk/risk_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "core/csv.h"
#include "tests/unit/customs/risk/risk_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The sample with `from` once replaced by `to` in the given row (the header is row 1).
std::string with_row_changed(int row, const std::string& from, const std::string& to) {
  auto csv = risk_sample_csv(1, 10);
  std::size_t at = 0;
  for (int i = 1; i < row; ++i) at = csv.find('\n', at) + 1;
  at = csv.find(from, at);
  EXPECT_NE(at, std::string::npos);
  return csv.replace(at, from.size(), to);
}

std::string problem_of(const std::string& csv) {
  const auto table = parse_risk_table(csv, "t.csv", "Fraud");
  EXPECT_FALSE(table.ok());
  if (table.ok()) return {};
  EXPECT_EQ(table.error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(table.error().message.find('\n'), std::string::npos);
  return table.error().message;
}

TEST(RiskCsv, ReadsQuotesLineEndsAndByteOrderMark) {
  auto csv = core::CsvReader::open(
      "\xef\xbb\xbf"
      "a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n,2",
      "t.csv");
  ASSERT_TRUE(csv.ok());
  std::vector<std::string> fields;
  ASSERT_TRUE(*csv->next(fields));
  EXPECT_THAT(fields, ElementsAre("1", "x, \"y\"\nz"));
  ASSERT_TRUE(*csv->next(fields));
  EXPECT_THAT(fields, ElementsAre("", "2"));
  EXPECT_EQ(csv->where(1), "t.csv: row 4, b");
  EXPECT_FALSE(*csv->next(fields));
}

TEST(RiskCsv, RefusesWhatIsBroken) {
  const auto open_problem = [](std::string_view text) {
    const auto csv = core::CsvReader::open(text, "t.csv");
    return csv.ok() ? std::string() : csv.error().message;
  };
  EXPECT_EQ(open_problem(""), "t.csv: is empty; its first row must name the columns");
  EXPECT_EQ(open_problem("a,,b\n"), "t.csv: row 1: a column has no name");
  EXPECT_EQ(open_problem("a,b,a\n"), "t.csv: row 1: two columns are named 'a'");
  const auto row_problem = [](std::string_view text) {
    auto csv = core::CsvReader::open(text, "t.csv");
    EXPECT_TRUE(csv.ok());
    std::vector<std::string> fields;
    const auto next = csv->next(fields);
    return next.ok() ? std::string() : next.error().message;
  };
  EXPECT_EQ(row_problem("a,b\n1,2,3\n"), "t.csv: row 2: has 3 fields, the header has 2");
  EXPECT_EQ(row_problem("a,b\n1,\"2\n"), "t.csv: row 2: a quote is not closed");
  EXPECT_EQ(row_problem("a,b\n1,2\"\n"), "t.csv: row 2: a quote stands inside a field");
  EXPECT_EQ(row_problem("a,b\n\"1\"x,2\n"), "t.csv: row 2: text stands behind a closing quote");
}

TEST(RiskTable, HoldsWhatTheRowsSay) {
  const auto table = risk_sample(1, 10);
  ASSERT_EQ(table.rows.size(), 10U);
  EXPECT_EQ(table.labels.size(), 10U);
  EXPECT_TRUE(table.probabilities.empty());
  const auto& row = table.rows[0];
  EXPECT_EQ(day_text(row.day), "2024-01-01");
  EXPECT_EQ(row.text(RiskText::kProcessType), "B");
  EXPECT_EQ(row.text(RiskText::kCourier), "");
  EXPECT_EQ(row.text(RiskText::kHs6).size(), 6U);
  EXPECT_EQ(row.number(RiskNumber::kTaxRate), 8.0);
  EXPECT_EQ(row.number(RiskNumber::kNetMassKg),
            std::floor(row.number(RiskNumber::kNetMassKg)) + 0.5);
}

TEST(RiskTable, BrokenRowsAreNamedByFileRowAndColumn) {
  EXPECT_EQ(problem_of(with_row_changed(2, "2024-01-01", "2024-02-30")),
            "t.csv: row 2, Date: '2024-02-30' is not a date (YYYY-MM-DD)");
  EXPECT_EQ(problem_of(with_row_changed(5, ",8.0,", ",-8.0,")),
            "t.csv: row 5, Tax Rate: '-8.0' is not a number of at least 0");
  EXPECT_EQ(problem_of(with_row_changed(5, ",8.0,", ",nan,")),
            "t.csv: row 5, Tax Rate: 'nan' is not a number of at least 0");
  EXPECT_EQ(problem_of(with_row_changed(1, "HS6 Code", "HS Code")),
            "t.csv: row 1: has no column 'HS6 Code'");
  EXPECT_EQ(problem_of(with_row_changed(1, "Fraud,", "Outcome,")),
            "t.csv: row 1: has no column 'Fraud'");
  EXPECT_THAT(problem_of(with_row_changed(11, ",A,", ",")), HasSubstr("row 11: has 21 fields"));
  EXPECT_THAT(problem_of(risk_sample_csv(1, 0)), HasSubstr("has no rows"));
  const auto critical = parse_risk_table(risk_sample_csv(2, 300), "t.csv", "Critical Fraud");
  ASSERT_FALSE(critical.ok());
  EXPECT_THAT(critical.error().message, HasSubstr("Critical Fraud: '2' is neither 0 nor 1"));
}

TEST(RiskTable, AnEmptyQuantityIsMissingNotZero) {
  const auto table = parse_risk_table(with_row_changed(2, ",8.0,", ",,"), "t.csv", "");
  ASSERT_TRUE(table.ok());
  EXPECT_TRUE(std::isnan(table->rows[0].number(RiskNumber::kTaxRate)));
  EXPECT_TRUE(table->labels.empty());
}

TEST(RiskTable, DaysAreThoseOfTheCalendar) {
  EXPECT_EQ(*parse_day("1970-01-01"), 0);
  EXPECT_EQ(*parse_day("2000-03-01"), 11017);  // date -d 2000-03-01 +%s / 86400
  for (const char* wrong :
       {"", "2024-1-01", "2024-13-01", "2023-02-29", "2024-01-0x", "-024-01-01"})
    EXPECT_FALSE(parse_day(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace portcullis::customs
