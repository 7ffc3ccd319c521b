#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/records.h"

namespace portcullis::customs {

/// What is declared of the kinds of goods in one container, all declarations that name it together.
struct DeclaredGoods {
  struct Chapter {
    std::string chapter;  ///< HS, two digits.
    double share = 0;     ///< Of the gross mass; counts where shares_known.
  };
  std::vector<Chapter> chapters;  ///< That may be in it, each once, rising.
  /// Each chapter's part of the mass is declared: no goods are spread over other containers.
  bool shares_known = false;
  std::string unknown_reason;  ///< Why the chapters are not known, a clause; empty where they are.
};

/// `number` as plain_number() gives it. Goods without a container belong to every container of
/// their declaration. Pure.
DeclaredGoods declared_goods(std::span<const core::Declaration> declarations,
                             const std::string& number);

}  // namespace portcullis::customs
