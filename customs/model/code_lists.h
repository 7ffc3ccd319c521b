#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// Code lists of the customs systems: data files under customs/data/, carried in the program. Each
/// file names its source. A line is "code|effect|text"; lines that begin with '#' are remarks.
/// Pure and thread-safe.

struct CodeEntry {
  std::string_view code;
  Effect effect = Effect::kNone;
  std::string_view text;
};

/// Names of all lists: "edifact-7365", "wco-function", ...
std::vector<std::string_view> code_list_names();
/// Empty where the list or the code is not known.
std::optional<CodeEntry> find_code(std::string_view list, std::string_view code);
/// First entry of that effect, for writing: lists name their plainest code of an effect first.
std::optional<CodeEntry> code_for(std::string_view list, Effect effect);
/// Every entry of a list, in its order.
std::vector<CodeEntry> code_entries(std::string_view list);

/// Text, effect and remark of a code filled in: an unknown code stays as read, with
/// Effect::kUnknown, and is remarked.
Notice notice_of(std::string_view list, std::string_view code,
                 std::vector<IdentifierRemark>& remarks);

}  // namespace portcullis::customs
