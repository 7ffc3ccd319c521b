#include "customs/match/choice.h"

#include <algorithm>

#include "customs/match/contents.h"

namespace portcullis::customs {
namespace {

using DeclaredOn = std::vector<std::string>;  // containers of the vehicle

DeclaredOn declared_on(const core::Declaration& declaration,
                       std::span<const std::string> containers) {
  DeclaredOn named;
  for (const auto& one : containers) {
    std::string number = plain_number(one);
    if (!number.empty() && names_container(declaration, number)) named.push_back(std::move(number));
  }
  return named;
}

bool compete(const DeclaredOn& a, const DeclaredOn& b) {
  if (a.empty() || b.empty()) return true;
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

}  // namespace

std::vector<std::size_t> set_aside_by_choice(std::span<const core::Declaration> declarations,
                                             std::optional<std::size_t> chosen,
                                             std::span<const std::string> containers) {
  std::vector<DeclaredOn> named;
  named.reserve(declarations.size());
  for (const auto& one : declarations) named.push_back(declared_on(one, containers));
  std::vector<std::size_t> aside;
  for (std::size_t i = 0; i < named.size(); ++i) {
    bool competes = false;
    for (std::size_t k = 0; k < named.size(); ++k)
      competes |= k != i && (!chosen || k == *chosen) && compete(named[i], named[k]);
    if (competes && i != chosen) aside.push_back(i);
  }
  return aside;
}

}  // namespace portcullis::customs
