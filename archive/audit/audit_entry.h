#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::archive {

/// One entry of the audit log: who did what to what, when. Stored as canonical JSON (RFC 8785):
/// `{"actor":...,"data":{...},"subject":...,"time":...,"type":...,"v":1}`. The types and their
/// fields are listed in docs/audit.md. Holds no personal data: those are salted hashes (Salts).
struct AuditEntry {
  using Value = std::variant<std::string, std::int64_t, bool>;
  std::string type;     ///< "scan_sealed", "decision", ...
  core::UtcTime time;   ///< Kept to the millisecond.
  std::string actor;    ///< A program, or the hash of a person.
  std::string subject;  ///< Scan, visit, case; empty where there is none.
  std::map<std::string, Value> data;

  /// The text of `data[key]`, or empty.
  [[nodiscard]] std::string text(const std::string& key) const;
  /// The number `data[key]`, or `otherwise`.
  [[nodiscard]] std::int64_t number(const std::string& key, std::int64_t otherwise) const;
};

/// kInvalidInput where a text is no UTF-8 or a number is beyond 2^53.
core::Result<std::string> to_canonical_json(const AuditEntry& entry);
/// Strict: only what to_canonical_json() writes. kInvalidInput names what is wrong.
core::Result<AuditEntry> parse_audit_entry(std::string_view text);

}  // namespace portcullis::archive
