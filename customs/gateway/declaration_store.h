#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/database.h"
#include "customs/gateway/gateway_api.h"

namespace portcullis::customs {

/// The gateway's store: declarations, what was quarantined, decisions and the answers to write.
/// Every call is one transaction. Threading: one thread at a time (Gateway holds the lock).
class DeclarationStore final {
 public:
  static core::Result<DeclarationStore> open(const std::filesystem::path& path);

  struct Stored {
    std::string id;
    bool is_new = false;  ///< False: the same message had been stored before.
  };
  /// `sha256`: of the message's bytes, kept with them. A message id that comes again with other
  /// bytes is refused (kRefused): one sender used it twice.
  core::Result<Stored> add(const core::Declaration& declaration, std::string_view file_name,
                           std::string_view sha256, std::string_view bytes, core::UtcTime now);
  /// The same bytes under the same name are noted once.
  core::Status note_quarantined(std::string_view file_name, std::string_view sha256,
                                std::string_view reason, core::UtcTime now);

  core::Result<std::vector<FoundDeclaration>> find_by_container(std::string_view number);
  core::Result<std::vector<FoundDeclaration>> find_by_plate(std::string_view plate);
  core::Result<std::vector<FoundDeclaration>> find_by_ucr(std::string_view ucr);
  core::Result<std::optional<core::Declaration>> declaration(std::string_view id);

  struct PendingAnswer {
    std::string file_name;
    std::string content;
  };
  struct AppliedDecision {
    std::string answer_file;
    bool is_new = false;
  };
  /// Stores the decision with its answer (empty name: none) in one transaction. The same key with
  /// the same decision again: what was stored the first time. With another: kRefused.
  core::Result<AppliedDecision> apply_decision(const DecisionSubmission& submission,
                                               const PendingAnswer& answer, core::UtcTime now);
  core::Result<std::vector<PendingAnswer>> answers_to_write();
  core::Status mark_written(std::string_view file_name, core::UtcTime now);

  core::Result<GatewayStatus> status();

 private:
  explicit DeclarationStore(core::Database database) : database_(std::move(database)) {}
  core::Result<std::vector<FoundDeclaration>> find(std::string_view sql, std::string_view value,
                                                   std::string_view matched_by);
  core::Database database_;
};

}  // namespace portcullis::customs
