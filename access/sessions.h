#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "access/account_store.h"
#include "access/rights.h"
#include "core/result.h"
#include "core/time.h"

namespace portcullis::access {

/// Who has logged in. A session's token is 32 random bytes that only its owner has: here stands its
/// digest. A session ends when nothing was done in it for a while, after a shift at the latest,
/// with logout, with a restart, and within a second of its account being disabled; changed roles
/// count within a second, too.
///
/// Errors: kRefused with the reason in words.
/// Ownership: borrows store and clock. Threading: thread-safe; login() takes the time of a hash.
class Sessions final {
 public:
  struct Config {
    core::Duration idle_max = std::chrono::minutes(10);
    core::Duration whole_max = std::chrono::hours(12);
    std::size_t count_max = 256;  ///< Over all accounts; the one idle for longest makes room.
  };
  struct Session {
    std::string name;
    Roles roles;
    bool break_glass = false;
    core::TimePoint idle_until;
    core::TimePoint ends;
  };
  struct Login {
    std::string token;
    Session session;
  };
  enum class Event : std::uint8_t { kLogin, kBreakGlass, kFailed, kLogout, kEnded };
  /// Called after each, from any thread, outside the lock; `detail` is a reason in words.
  using OnEvent = std::function<void(Event, const std::string& name, const std::string& detail)>;

  Sessions(AccountStore& store, const Config& config, const core::Clock& clock, OnEvent on_event);

  /// A break-glass account needs a reason of 10 bytes at least; others need none.
  core::Result<Login> login(const std::string& name, std::string_view password,
                            const std::string& break_glass_reason);
  /// `active`: the person did something. kRefused: there is no such session, or no longer.
  core::Result<Session> get(std::string_view token, bool active);
  void logout(std::string_view token);
  [[nodiscard]] std::size_t count() const;
  /// Somebody works with an account for emergencies.
  [[nodiscard]] bool break_glass_open() const;

 private:
  struct Kept {
    Session session;
    core::TimePoint checked;  // against the store
  };

  AccountStore& store_;
  const Config config_;
  const core::Clock& clock_;
  const OnEvent on_event_;
  mutable std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> sessions_;  // by digest
};

}  // namespace portcullis::access
