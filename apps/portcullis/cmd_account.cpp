#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "access/account_store.h"
#include "apps/portcullis/command.h"
#include "apps/portcullis/read_password.h"
#include "apps/report_error.h"
#include "core/time.h"

namespace portcullis::apps {
namespace {

struct AccountOptions {
  std::filesystem::path file;
  std::string name;
  std::vector<std::string> roles;
  bool break_glass = false;
  bool enable = false;
};

/// Who is at the keyboard, as the system knows him; also behind sudo.
access::By account_by() {
  const char* before = std::getenv("SUDO_USER");
  const passwd* user = ::getpwuid(::getuid());
  std::string name = user != nullptr ? user->pw_name : fmt::format("uid {}", ::getuid());
  if (before != nullptr && *before != '\0') name += fmt::format(" ({})", before);
  return {name, core::SystemClock().utc_now()};
}

core::Result<access::Roles> roles_of(const std::vector<std::string>& names) {
  access::Roles roles;
  for (const auto& name : names) {
    const auto role = access::role_from(name);
    if (!role) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("--role {}: is none of {}", name,
                                     fmt::join(access::role_names(access::all_roles()), ", "))};
    }
    roles.add(*role);
  }
  return roles;
}

core::Status account_add(const AccountOptions& options) {
  PC_TRY(const auto roles, roles_of(options.roles));
  PC_TRY(const auto store, access::AccountStore::open(options.file, true));
  PC_TRY(auto password, read_password(PasswordEntry::kTwice));
  auto added = store->add(options.name, roles, password, options.break_glass, account_by());
  access::wipe(password);
  return added;
}

core::Status account_password(const AccountOptions& options) {
  PC_TRY(const auto store, access::AccountStore::open(options.file, false));
  PC_TRY(const auto account, store->find(options.name));
  PC_TRY(auto password, read_password(PasswordEntry::kTwice));
  auto set = store->set_password(account.name, password, account_by());
  access::wipe(password);
  return set;
}

core::Status account_roles(const AccountOptions& options) {
  PC_TRY(const auto roles, roles_of(options.roles));
  PC_TRY(const auto store, access::AccountStore::open(options.file, false));
  return store->set_roles(options.name, roles, account_by());
}

core::Status account_disable(const AccountOptions& options) {
  PC_TRY(const auto store, access::AccountStore::open(options.file, false));
  return store->set_disabled(options.name, !options.enable, account_by());
}

core::Status account_list(const AccountOptions& options) {
  PC_TRY(const auto store, access::AccountStore::open(options.file, false));
  PC_TRY(const auto accounts, store->list());
  const auto now = core::SystemClock().utc_now();
  for (const auto& account : accounts) {
    std::string remarks;
    if (account.disabled) remarks += "  disabled";
    if (account.break_glass) remarks += "  for emergencies";
    if (account.locked_until.ns > now.ns)
      remarks += "  locked until " + core::to_iso8601(account.locked_until);
    std::printf("%-20s %s%s\n", account.name.c_str(),
                fmt::format("{}", fmt::join(access::role_names(account.roles), ",")).c_str(),
                remarks.c_str());
  }
  return {};
}

}  // namespace

void add_account(Command app, int& exit_code) {
  auto options = std::make_shared<AccountOptions>();
  auto command = app.add_subcommand("account", "The lane's accounts: who may log in, as what");
  command.require_subcommand();
  const auto add = [&](const char* name, const char* text, bool named,
                       core::Status (*run)(const AccountOptions&)) {
    auto sub = command.add_subcommand(name, text);
    if (named) sub.add_option("name", options->name, "The account's name").required();
    sub.add_option("--file", options->file, "The accounts' file ([access] accounts of the lane)")
        .required();
    sub.callback([options, run, &exit_code] {
      const auto done = run(*options);
      exit_code = done.ok() ? 0 : report_error(done.error());
    });
    return sub;
  };
  auto added = add("add", "Makes an account; asks for its password", true, &account_add);
  added.add_option("--role", options->roles, "operator, analyst, ...; several may be given")
      .required();
  added.add_flag("--break-glass", options->break_glass,
                 "For emergencies: each login needs a reason and is logged loudly");
  add("list", "Names, roles and locks", false, &account_list);
  auto disabled = add("disable", "Nobody logs in with it any more", true, &account_disable);
  disabled.add_flag("--undo", options->enable, "It may be used again");
  add("password", "Sets a new password and lifts a lock", true, &account_password);
  auto roles = add("roles", "Replaces its roles", true, &account_roles);
  roles.add_option("--role", options->roles, "operator, analyst, ...; several may be given")
      .required();
}

}  // namespace portcullis::apps
