#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/records.h"
#include "core/result.h"

namespace portcullis::customs {

/// A remark on one identifier of a case: it is kept as it was read, and marked.
struct IdentifierRemark {
  std::string kind;    ///< "container", "mrn"
  std::string value;   ///< As declared.
  std::string reason;  ///< Why it fails its check.
};

/// The canonical case, as far as this product fills it so far: what was declared, which scans are
/// bound to it, what the officers decided. Adapters turn each system's messages into it and it
/// into theirs. JSON: `portcullis customs parse` writes it, `customs emit` reads it.
struct Case {
  std::string id;  ///< Ours; empty until a case is opened.
  std::vector<core::Declaration> declarations;
  std::vector<std::string> scan_ids;
  std::vector<core::Decision> decisions;
  std::vector<IdentifierRemark> remarks;  ///< Derived from the declarations.
};

/// A case of one declaration, with its remarks.
Case case_of(core::Declaration declaration);
/// Checks container numbers and MRN of a declaration. Pure.
std::vector<IdentifierRemark> check_identifiers(const core::Declaration& declaration);

nlohmann::json to_json(const Case& customs_case);
/// Fails with kInvalidInput that names the key. `remarks` are computed again, not read.
core::Result<Case> case_from_json(const nlohmann::json& json);

}  // namespace portcullis::customs
