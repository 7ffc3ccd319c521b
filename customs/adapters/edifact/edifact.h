#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/adapters/segments.h"
#include "customs/model/case.h"

namespace portcullis::customs {
struct Adapter;
}

namespace portcullis::customs::edifact {

// For the adapters only. UN/EDIFACT (ISO 9735), syntax versions 1 to 4.

/// CUSCAR, CUSDEC, GOVCBR, CUSRES, COPINO, CODECO and VERMAS to a case; CUSRES and GOVCBR from one.
const Adapter& adapter();

struct EdiMessage {
  std::string reference, type, version, release, agency, association;
  std::vector<Segment> segments;  ///< Without UNH and UNT.
};
struct Interchange {
  std::string character_set, syntax_version, sender, recipient, prepared, reference;
  bool test = false;
  std::vector<EdiMessage> messages;
  std::vector<IdentifierRemark> remarks;
};

/// Reads an interchange whole: UNA, UNB to UNZ, groups UNG to UNE, messages UNH to UNT, with their
/// counts and references. Fails with kInvalidInput that names segment, what it says and what stands
/// there; kUnsupported for a character set or syntax version that is not read.
core::Result<Interchange> read_interchange(std::string_view bytes, std::string_view name);

}  // namespace portcullis::customs::edifact
