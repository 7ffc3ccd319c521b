#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// Who may ask how a case stands: a file with a line for each trader, the SHA-256 of his token (64
/// hexadecimal digits) and behind it the identifiers under which he declares (EORI and the like),
/// between blanks. Lines that begin with '#' are remarks. The file is read anew when it has
/// changed. Threading: thread-safe.
class TraderTokens final {
 public:
  explicit TraderTokens(std::filesystem::path file) : file_(std::move(file)) {}

  /// The identifiers (comparison_key()) of whose token it is; empty: nobody's. Fails with
  /// kNotFound, kIo, or kInvalidInput naming file and line.
  core::Result<std::vector<std::string>> parties_of(std::string_view token);
  /// Whether the file can be read as it is now.
  core::Status check();

 private:
  core::Status load();  // under mutex_

  const std::filesystem::path file_;
  std::mutex mutex_;
  std::filesystem::file_time_type changed_;
  std::uintmax_t bytes_ = 0;
  bool loaded_ = false;
  std::map<std::string, std::vector<std::string>, std::less<>> parties_;  // by the token's hash
};

/// Whose goods or declaration it is: whether one of `parties` (comparison_key()) declares, is
/// declared for, sends or receives. A carrier or whoever is to be notified is none of them. Pure.
bool is_party(const Case& one, const std::vector<std::string>& parties);

}  // namespace portcullis::customs
