#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/audit/audit_entry.h"
#include "archive/audit/draws.h"
#include "core/result.h"
#include "core/time.h"

namespace portcullis::apps {

/// The signer of random draws, as its clients reach it: JSON lines over a Unix socket, one request
/// and one reply each (docs/audit.md lists them). Every call connects anew and takes at most
/// `limit`. Errors: kUnavailable where it does not answer, kRefused with its own words where it
/// refuses. Threading: const calls from any thread.
class SignerLink final {
 public:
  SignerLink(std::filesystem::path socket, core::Duration limit)
      : socket_(std::move(socket)), limit_(limit) {}
  core::Status open_shift(const archive::DrawTerms& terms, core::UtcTime now) const;
  core::Status give_share(const std::string& shift, const std::string& party,
                          const archive::TreeHash& share) const;
  core::Status end_shift(const std::string& shift) const;
  [[nodiscard]] core::Result<archive::AuditEntry> draw(std::uint64_t arrival_index,
                                                       const std::string& purpose) const;
  [[nodiscard]] core::Result<std::vector<archive::AuditEntry>> pending() const;

 private:
  [[nodiscard]] core::Result<std::string> ask(const std::string& request) const;
  std::filesystem::path socket_;
  core::Duration limit_;
};

/// A Unix socket that answers lines, for one client at a time; a client that is slow for two
/// seconds is dropped. Threading: one thread.
class LocalLineServer final {
 public:
  /// Takes the place of a socket that nobody listens on. Others than its owner and group cannot
  /// connect.
  static core::Result<LocalLineServer> listen(const std::filesystem::path& socket);
  LocalLineServer(LocalLineServer&& other) noexcept;
  LocalLineServer& operator=(LocalLineServer&&) = delete;
  ~LocalLineServer();
  /// Waits for a client at most `limit` and answers its lines until it goes.
  void serve(core::Duration limit, const std::function<std::string(const std::string&)>& answer);

 private:
  LocalLineServer(std::filesystem::path socket, int fd) : socket_(std::move(socket)), fd_(fd) {}
  std::filesystem::path socket_;
  int fd_ = -1;
};

}  // namespace portcullis::apps
