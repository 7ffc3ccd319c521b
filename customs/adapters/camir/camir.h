#pragma once

#include "core/result.h"
#include "customs/adapters/parse.h"

namespace portcullis::customs {

struct Adapter;

/// CAMIR, the records of fixed length of US ACE ocean manifests: manifest download and status
/// notifications, by a table of data (site_tables.h); a draft of a status.
const Adapter& camir_adapter();

/// Status records with the case's last decision, as a draft: customs alone gives a bill its
/// disposition, which its first remark says. A code is there for examination, hold and release
/// (list "ace-disposition"); what wants papers is a hold. What fits no field, or is not of its
/// class, stands in a remark. Positions are those of the table in use; fails with kInvalidInput
/// where it lacks the field of a disposition or of remarks, and as answered_declaration() and
/// answered_decision().
core::Result<Emitted> write_camir_status(const Case& customs_case);

}  // namespace portcullis::customs
