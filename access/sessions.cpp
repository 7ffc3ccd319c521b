#include "access/sessions.h"

#include <algorithm>
#include <utility>

#include "access/password.h"

namespace portcullis::access {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kReasonBytesMin = 10;
constexpr core::Duration kRolesHold = std::chrono::seconds(1);

core::Error no_session(const char* why) {
  return {core::ErrorCode::kRefused, why};
}

}  // namespace

Sessions::Sessions(AccountStore& store, const Config& config, const core::Clock& clock,
                   OnEvent on_event)
    : store_(store), config_(config), clock_(clock), on_event_(std::move(on_event)) {}

core::Result<Sessions::Login> Sessions::login(const std::string& name, std::string_view password,
                                              const std::string& break_glass_reason) {
  const auto account = store_.check(name, password, clock_.utc_now());
  if (!account.ok()) {
    on_event_(Event::kFailed, name, account.error().message);
    return account.error();
  }
  if (account->break_glass && break_glass_reason.size() < kReasonBytesMin) {
    const auto refused =
        no_session("this account is for emergencies: say in a sentence why it is used");
    on_event_(Event::kFailed, name, refused.message);
    return refused;
  }
  Login login;
  login.token = random_hex(kTokenBytes);
  login.session.name = account->name;
  login.session.roles = account->roles;
  login.session.break_glass = account->break_glass;
  const auto now = clock_.now();
  login.session.idle_until = now + config_.idle_max;
  login.session.ends = now + config_.whole_max;
  {
    const std::lock_guard lock(mutex_);
    if (sessions_.size() >= config_.count_max) {
      sessions_.erase(
          std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
            return a.second.session.idle_until < b.second.session.idle_until;
          }));
    }
    sessions_[token_digest(login.token)] = {login.session, now};
  }
  if (account->break_glass)
    on_event_(Event::kBreakGlass, name, break_glass_reason);
  else
    on_event_(Event::kLogin, name, {});
  return login;
}

core::Result<Sessions::Session> Sessions::get(std::string_view token, bool active) {
  if (token.size() != 2 * kTokenBytes) return no_session("log in first");
  const std::string digest = token_digest(token);
  std::string ended, why;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(digest);
    if (found == sessions_.end()) return no_session("the session is over; log in again");
    Kept& kept = found->second;
    const auto now = clock_.now();
    if (now >= kept.session.idle_until) {
      why = "nothing was done for a while; log in again";
    } else if (now >= kept.session.ends) {
      why = "the session has lasted a whole shift; log in again";
    } else if (now - kept.checked >= kRolesHold) {
      const auto account = store_.find(kept.session.name);
      // A store that cannot be read lets nobody do more than he could.
      if (!account.ok() && account.error().code != core::ErrorCode::kNotFound)
        return account.error().with_context("accounts");
      if (!account.ok() || account->disabled)
        why = "the account is disabled";
      else
        kept.session.roles = account->roles;
      kept.checked = now;
    }
    if (why.empty()) {
      if (active) kept.session.idle_until = now + config_.idle_max;
      return kept.session;
    }
    ended = kept.session.name;
    sessions_.erase(found);
  }
  on_event_(Event::kEnded, ended, why);
  return no_session(why.c_str());
}

void Sessions::logout(std::string_view token) {
  std::string name;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(token_digest(token));
    if (found == sessions_.end()) return;
    name = found->second.session.name;
    sessions_.erase(found);
  }
  on_event_(Event::kLogout, name, {});
}

bool Sessions::break_glass_open() const {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  return std::any_of(sessions_.begin(), sessions_.end(), [now](const auto& one) {
    return one.second.session.break_glass && now < one.second.session.idle_until;
  });
}

std::size_t Sessions::count() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

}  // namespace portcullis::access
