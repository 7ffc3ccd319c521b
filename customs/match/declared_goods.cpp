#include "customs/match/declared_goods.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "customs/match/contents.h"

namespace portcullis::customs {

DeclaredGoods declared_goods(std::span<const core::Declaration> declarations,
                             const std::string& number) {
  DeclaredGoods goods;
  std::map<std::string, double> masses;
  bool shares = true;
  double total_kg = 0;
  for (const core::Declaration& declaration : declarations) {
    if (!names_container(declaration, number)) continue;
    for (const core::DeclaredItem& item : declaration.items) {
      const bool here = std::any_of(item.containers.begin(), item.containers.end(),
                                    [&](const auto& one) { return plain_number(one) == number; });
      if (!item.containers.empty() && !here) continue;
      const bool spread =
          item.containers.empty() ? declaration.containers.size() > 1 : item.containers.size() > 1;
      shares = shares && !spread && item.gross_mass_kg.has_value();
      if (item.hs_code.size() < 2 ||
          item.hs_code.find_first_not_of("0123456789") != std::string::npos) {
        goods.unknown_reason =
            fmt::format("item {} of {} has no HS code", item.number, reference_of(declaration));
        return goods;
      }
      masses[item.hs_code.substr(0, 2)] += item.gross_mass_kg.value_or(0);
      total_kg += item.gross_mass_kg.value_or(0);
    }
  }
  if (masses.empty()) {
    goods.unknown_reason = "no goods are declared for it";
    return goods;
  }
  goods.shares_known = shares && total_kg > 0;
  for (const auto& [chapter, kg] : masses)
    goods.chapters.push_back({chapter, goods.shares_known ? kg / total_kg : 0});
  return goods;
}

}  // namespace portcullis::customs
