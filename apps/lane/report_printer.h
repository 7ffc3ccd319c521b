#pragma once

#include <filesystem>
#include <string>

#include "core/result.h"
#include "services/lane/office_backend.h"

namespace portcullis::apps {

/// Makes a case's report by `portcullis report`, a process of low priority beside the lane's: it
/// reads whole images and sets pages, which the lane's own threads must not wait for, and it makes
/// the entry of the audit log before there is a file.
///
/// Threading: thread-safe; print() takes seconds and is made from a thread that waits for it.
class ReportPrinter final {
 public:
  /// `program`: portcullis. `archive`: the lane's storage folder; files lie in its "prints" only as
  /// long as they are read.
  ReportPrinter(std::filesystem::path program, std::filesystem::path archive);

  /// The PDF's bytes. kInvalidInput, naming the field, for a language that is not known or a name
  /// that cannot be one; kTimeout after 60 s; else as the program said.
  [[nodiscard]] core::Result<std::string> print(const services::ReportRequest& request) const;

 private:
  std::filesystem::path program_, archive_;
};

}  // namespace portcullis::apps
