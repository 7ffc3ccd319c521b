#include "tests/unit/customs/risk/risk_samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace portcullis::customs {

std::string risk_sample_csv(std::uint64_t seed, int rows) {
  std::mt19937_64 random(seed);
  const auto draw = [&](std::uint64_t below) { return random() % below; };
  std::string csv =
      "Declaration ID,Date,Office ID,Process Type,Import Type,Import Use,Payment Type,"
      "Mode of Transport,Declarant ID,Importer ID,Seller ID,Courier ID,HS6 Code,"
      "Country of Departure,Country of Origin,Tax Rate,Tax Type,Country of Origin Indicator,"
      "Net Mass,Item Price,Fraud,Critical Fraud\n";
  constexpr const char* kOrigins[] = {"CN", "DE", "KR", "US", "VN"};
  const auto first = parse_day("2024-01-01");
  for (int i = 0; i < rows; ++i) {
    const auto day = *first + static_cast<int>(182LL * i / rows);
    const auto heading = draw(7);
    const auto origin = draw(5);
    const bool low = heading == 3 && origin == 1;
    const bool fraud = draw(100) < (low ? 80U : 10U);
    csv += fmt::format("{},{},{},B,11,21,11,{},D{},I{},S{},,{}00,{},{},8.0,A,Y,{}.5,{},{},{}\n",
                       1000 + i, day_text(day), 10 * (1 + draw(4)), 10 * (1 + draw(2)), draw(20),
                       draw(200), draw(100), 2401 + heading, kOrigins[draw(5)], kOrigins[origin],
                       100 + draw(900), 1000 + draw(9000), fraud ? 1 : 0, fraud ? 1 + draw(2) : 0);
  }
  return csv;
}

RiskTable risk_sample(std::uint64_t seed, int rows) {
  auto table = parse_risk_table(risk_sample_csv(seed, rows), "sample.csv", "Fraud");
  EXPECT_TRUE(table.ok());
  return std::move(table).value();
}

}  // namespace portcullis::customs
