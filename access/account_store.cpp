#include "access/account_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace portcullis::access {
namespace {

constexpr std::uint32_t kFailuresFree = 2;
constexpr std::chrono::minutes kLockMax{15};
constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kUnknownMax = 64;
constexpr int kBusyMs = 5000;

constexpr const char* kAccountTable =
    "CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, roles TEXT NOT NULL,"
    " hash TEXT NOT NULL, disabled INTEGER NOT NULL, break_glass INTEGER NOT NULL,"
    " created_utc_ns INTEGER NOT NULL, failures INTEGER NOT NULL,"
    " locked_until_utc_ns INTEGER NOT NULL) STRICT;"
    // What the audit log has to take yet.
    "CREATE TABLE IF NOT EXISTS change (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " utc_ns INTEGER NOT NULL, actor TEXT NOT NULL, account TEXT NOT NULL, what TEXT NOT NULL,"
    " roles TEXT NOT NULL) STRICT";

core::Error account_refused(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

core::Status check_account_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
  if (!plain || name.empty() || name.size() > kNameBytesMax) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("account \"{}\": a name has 1 to {} of a-z, 0-9, '.', '-', '_'",
                                   name, kNameBytesMax)};
  }
  return {};
}

std::string roles_text(Roles roles) {
  return fmt::format("{}", fmt::join(role_names(roles), ","));
}

Roles roles_from_text(std::string_view text) {
  Roles roles;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (const auto role = role_from(text.substr(0, end))) roles.add(*role);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return roles;
}

core::Error not_known() {
  return account_refused("name or password is not right");
}

core::Status check_lock(core::UtcTime locked_until, core::UtcTime now) {
  // A lock longer than there are was set before the clock went back.
  const std::int64_t left_ns = locked_until.ns - now.ns;
  if (left_ns <= 0 || left_ns > core::Duration(kLockMax).count()) return {};
  return account_refused(fmt::format("too many wrong passwords; try again in {} s",
                                     (left_ns + 999'999'999) / 1'000'000'000));
}

}  // namespace

core::Duration lock_after(std::uint32_t failures) {
  if (failures <= kFailuresFree) return core::Duration{0};
  const std::uint32_t doublings = std::min(failures - kFailuresFree - 1, 20U);
  return std::min<core::Duration>(std::chrono::seconds(1LL << doublings), kLockMax);
}

core::Result<std::unique_ptr<AccountStore>> AccountStore::open(const std::filesystem::path& path,
                                                               bool create,
                                                               const PasswordCost& cost) {
  const auto io_error = [&](const char* what) {
    return core::Error{errno == ENOENT ? core::ErrorCode::kNotFound : core::ErrorCode::kIo,
                       fmt::format("{}: cannot {}: {}", path.string(), what, std::strerror(errno))};
  };
  // Made here, so that it is its owner's from the first byte.
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
  if (fd < 0) return io_error("open");
  struct stat info {};
  const bool known = ::fstat(fd, &info) == 0;
  ::close(fd);
  if (!known) return io_error("read");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return account_refused(
        fmt::format("{}: others may read or change it; chmod 600 it", path.string()));
  }
  PC_TRY(auto database, core::Database::open(path, core::Database::Mode::kCreate));
  database.set_busy_timeout_ms(kBusyMs);
  PC_CHECK(database.execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"));
  PC_CHECK(database.execute(kAccountTable));
  return std::unique_ptr<AccountStore>(new AccountStore(std::move(database), cost));
}

AccountStore::AccountStore(core::Database database, const PasswordCost& cost)
    : database_(std::move(database)), cost_(cost) {}

core::Status AccountStore::change(core::Statement& update, const AccountChange& noted) {
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  PC_CHECK(update.run());
  if (database_.changes() == 0) {
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("there is no account {}", noted.account)};
  }
  PC_TRY(auto note, database_.prepare("INSERT INTO change (utc_ns, actor, account, what, roles)"
                                      " VALUES (?, ?, ?, ?, ?)"));
  PC_CHECK(note.bind(0, noted.at.ns)
               .bind(1, noted.actor)
               .bind(2, noted.account)
               .bind(3, noted.what)
               .bind(4, noted.roles)
               .run());
  return transaction.commit();
}

core::Status AccountStore::add(const std::string& name, Roles roles, std::string_view password,
                               bool break_glass, const By& by) {
  PC_CHECK(check_account_name(name));
  if (roles.empty()) return account_refused(fmt::format("account {}: has no role", name));
  PC_TRY(const auto hash, hash_password(name, password, cost_));
  const std::lock_guard lock(mutex_);
  if (find_locked(name, nullptr).ok())
    return account_refused(fmt::format("account {}: is there already", name));
  PC_TRY(auto insert, database_.prepare("INSERT INTO account VALUES (?, ?, ?, 0, ?, ?, 0, 0)"));
  insert.bind(0, name)
      .bind(1, roles_text(roles))
      .bind(2, hash)
      .bind(3, break_glass ? 1 : 0)
      .bind(4, by.now.ns);
  return change(insert, {0, by.now, by.actor, name, "added", roles_text(roles)});
}

core::Status AccountStore::set_password(const std::string& name, std::string_view password,
                                        const By& by) {
  PC_TRY(const auto hash, hash_password(name, password, cost_));
  const std::lock_guard lock(mutex_);
  PC_TRY(auto update,
         database_.prepare("UPDATE account SET hash = ?, failures = 0, locked_until_utc_ns = 0"
                           " WHERE name = ?"));
  update.bind(0, hash).bind(1, name);
  return change(update, {0, by.now, by.actor, name, "password", ""});
}

core::Status AccountStore::set_roles(const std::string& name, Roles roles, const By& by) {
  if (roles.empty())
    return account_refused(fmt::format("account {}: needs a role; disable it instead", name));
  const std::lock_guard lock(mutex_);
  PC_TRY(auto update, database_.prepare("UPDATE account SET roles = ? WHERE name = ?"));
  update.bind(0, roles_text(roles)).bind(1, name);
  return change(update, {0, by.now, by.actor, name, "roles", roles_text(roles)});
}

core::Status AccountStore::set_disabled(const std::string& name, bool disabled, const By& by) {
  const std::lock_guard lock(mutex_);
  PC_TRY(auto update, database_.prepare("UPDATE account SET disabled = ? WHERE name = ?"));
  update.bind(0, disabled ? 1 : 0).bind(1, name);
  return change(update, {0, by.now, by.actor, name, disabled ? "disabled" : "enabled", ""});
}

core::Result<std::vector<AccountChange>> AccountStore::changes_to_log() {
  std::vector<AccountChange> changes;
  const std::lock_guard lock(mutex_);
  PC_TRY(auto rows, database_.prepare("SELECT id, utc_ns, actor, account, what, roles"
                                      " FROM change ORDER BY id LIMIT 100"));
  for (;;) {
    PC_TRY(const bool row, rows.step());
    if (!row) return changes;
    changes.push_back({rows.integer(0), core::UtcTime{rows.integer(1)}, std::string(rows.text(2)),
                       std::string(rows.text(3)), std::string(rows.text(4)),
                       std::string(rows.text(5))});
  }
}

core::Status AccountStore::logged(std::int64_t change) {
  const std::lock_guard lock(mutex_);
  PC_TRY(auto gone, database_.prepare("DELETE FROM change WHERE id = ?"));
  return gone.bind(0, change).run();
}

core::Result<std::vector<Account>> AccountStore::list() {
  std::vector<std::string> names;
  const std::lock_guard lock(mutex_);
  PC_TRY(auto rows, database_.prepare("SELECT name FROM account ORDER BY name"));
  for (;;) {
    PC_TRY(const bool row, rows.step());
    if (!row) break;
    names.emplace_back(rows.text(0));
  }
  std::vector<Account> accounts;
  for (const auto& name : names) {
    PC_TRY(auto account, find_locked(name, nullptr));
    accounts.push_back(std::move(account));
  }
  return accounts;
}

core::Result<Account> AccountStore::find(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return find_locked(name, nullptr);
}

core::Result<Account> AccountStore::find_locked(const std::string& name, std::string* hash) {
  PC_TRY(auto found,
         database_.prepare("SELECT roles, hash, disabled, break_glass, created_utc_ns, failures,"
                           " locked_until_utc_ns FROM account WHERE name = ?"));
  PC_TRY(const bool row, found.bind(0, name).step());
  if (!row)
    return core::Error{core::ErrorCode::kNotFound, fmt::format("there is no account {}", name)};
  Account account;
  account.name = name;
  account.roles = roles_from_text(found.text(0));
  if (hash != nullptr) *hash = found.text(1);
  account.disabled = found.integer(2) != 0;
  account.break_glass = found.integer(3) != 0;
  account.created.ns = found.integer(4);
  account.failures = static_cast<std::uint32_t>(found.integer(5));
  account.locked_until.ns = found.integer(6);
  return account;
}

core::Result<Account> AccountStore::check(const std::string& name, std::string_view password,
                                          core::UtcTime now) {
  std::string hash;
  bool known = false;
  {
    const std::lock_guard lock(mutex_);
    if (nobodys_hash_.empty()) {
      PC_TRY(nobodys_hash_, hash_password("", random_hex(16), cost_));
    }
    const auto account = find_locked(name, &hash);
    known = account.ok();
    if (!known && account.error().code != core::ErrorCode::kNotFound) return account.error();
    core::UtcTime locked_until = known ? account->locked_until : core::UtcTime{};
    if (!known) {
      for (const auto& one : unknown_)
        if (one.name == name) locked_until = one.locked_until;
      hash = nobodys_hash_;
    }
    PC_CHECK(check_lock(locked_until, now));
  }
  const bool fits = password_fits(hash, password) && known;
  const std::lock_guard lock(mutex_);
  if (!known) {
    auto one = std::find_if(unknown_.begin(), unknown_.end(),
                            [&](const Unknown& other) { return other.name == name; });
    if (one == unknown_.end()) {
      if (unknown_.size() >= kUnknownMax) unknown_.erase(unknown_.begin());
      one = unknown_.insert(unknown_.end(), {name.substr(0, kNameBytesMax), 0, {}});
    }
    ++one->failures;
    one->locked_until.ns = now.ns + lock_after(one->failures).count();
    return not_known();
  }
  // Others may have tried meanwhile: what counts is what stands in the file now.
  PC_TRY(auto transaction, core::Transaction::begin(database_));
  PC_TRY(auto account, find_locked(name, nullptr));
  PC_CHECK(check_lock(account.locked_until, now));
  account.failures = fits ? 0 : account.failures + 1;
  account.locked_until.ns = fits ? 0 : now.ns + lock_after(account.failures).count();
  PC_TRY(auto update, database_.prepare("UPDATE account SET failures = ?, locked_until_utc_ns = ?"
                                        " WHERE name = ?"));
  PC_CHECK(update.bind(0, account.failures).bind(1, account.locked_until.ns).bind(2, name).run());
  PC_CHECK(transaction.commit());
  if (!fits || account.disabled) return not_known();
  return account;
}

}  // namespace portcullis::access
