#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "access/password.h"
#include "access/rights.h"
#include "core/database/database.h"
#include "core/result.h"
#include "core/time.h"

namespace portcullis::access {

struct Account {
  std::string name;
  Roles roles;
  bool disabled = false;
  bool break_glass = false;  ///< For emergencies: its use needs a reason and is logged loudly.
  core::UtcTime created;
  std::uint32_t failures = 0;  ///< Wrong passwords since the last right one.
  core::UtcTime locked_until;  ///< ns 0: not locked.
};

/// Who changes an account, and when; kept with the change for the audit log.
struct By {
  std::string actor;
  core::UtcTime now;
};
/// A change of an account that the audit log has not taken yet.
struct AccountChange {
  std::int64_t id = 0;
  core::UtcTime at;
  std::string actor;
  std::string account;
  std::string what;  ///< "added", "password", "roles", "disabled", "enabled"
  std::string roles;
};

/// How long an account stays locked after its nth wrong password in a row: nothing for the first
/// two, then 1 s doubled with each to 15 min. Whoever knows a name cannot keep its owner out for
/// longer than that, and can try no more than about 100 passwords a day.
core::Duration lock_after(std::uint32_t failures);

/// The local accounts in an SQLite file that is its owner's alone (mode 0600). The lane and
/// `portcullis account` may have it open at the same time; each change is one transaction, on the
/// disk when the call returns.
///
/// Errors: kRefused with the reason in words, kInvalidInput for names and passwords, kNotFound for
/// an account that is not there, and the database's. The file is refused where others may read it.
/// Threading: thread-safe; check() takes the time of a hash (about 0.1 s) without holding others.
class AccountStore final {
 public:
  /// `create`: makes the file where it does not exist, else that is kNotFound. `cost`: of passwords
  /// that are set from now on.
  static core::Result<std::unique_ptr<AccountStore>> open(const std::filesystem::path& path,
                                                          bool create,
                                                          const PasswordCost& cost = {});

  core::Status add(const std::string& name, Roles roles, std::string_view password,
                   bool break_glass, const By& by);
  core::Status set_password(const std::string& name, std::string_view password, const By& by);
  core::Status set_roles(const std::string& name, Roles roles, const By& by);
  core::Status set_disabled(const std::string& name, bool disabled, const By& by);
  core::Result<std::vector<Account>> list();
  core::Result<Account> find(const std::string& name);
  /// Changes that wait for the audit log, oldest first; logged() takes one off.
  core::Result<std::vector<AccountChange>> changes_to_log();
  core::Status logged(std::int64_t change);

  /// The account where the password is right, it is not disabled and not locked. What is wrong is
  /// not told apart (kRefused), but for a lock, whose time is named: the wait is the same for a
  /// name that exists and one that does not. Counts the failure before it answers.
  core::Result<Account> check(const std::string& name, std::string_view password,
                              core::UtcTime now);

 private:
  AccountStore(core::Database database, const PasswordCost& cost);
  /// Runs `update` and notes the change, both or neither.
  core::Status change(core::Statement& update, const AccountChange& noted);
  core::Result<Account> find_locked(const std::string& name, std::string* hash);

  std::mutex mutex_;
  core::Database database_;
  const PasswordCost cost_;
  std::string nobodys_hash_;  // what a name that is not there is checked against
  /// Names that are not there are locked, too, or the lock would tell which are; a bounded number.
  struct Unknown {
    std::string name;
    std::uint32_t failures = 0;
    core::UtcTime locked_until;
  };
  std::vector<Unknown> unknown_;
};

}  // namespace portcullis::access
