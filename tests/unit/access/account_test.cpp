#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "access/account_store.h"
#include "access/sessions.h"
#include "tests/support/socket_folder.h"

namespace portcullis::access {
namespace {

using namespace std::chrono_literals;

// Not what a guess should cost, but what a test may.
constexpr PasswordCost kCheap = {1, std::size_t{1} << 16U};
constexpr const char* kWords = "four plain old words";

class AccountTest : public ::testing::Test {
 protected:
  AccountTest() : path_(folder_.path() / "accounts.sqlite") {
    auto opened = AccountStore::open(path_, true, kCheap);
    EXPECT_TRUE(opened.ok()) << opened.error().message;
    store_ = std::move(opened).value();
  }
  By by() { return {"root", clock_.utc_now()}; }
  void add(const std::string& name, Roles roles, bool break_glass = false) {
    const auto added = store_->add(name, roles, kWords, break_glass, by());
    ASSERT_TRUE(added.ok()) << added.error().message;
  }
  auto check(const std::string& name, std::string_view password) {
    return store_->check(name, password, clock_.utc_now());
  }

  test::SocketFolder folder_;
  std::filesystem::path path_;
  core::ManualClock clock_;
  std::unique_ptr<AccountStore> store_;
};

TEST_F(AccountTest, APasswordIsKeptAsArgon2idAloneAndTheFileIsItsOwners) {
  add("anna", {Role::kAnalyst});
  struct stat info {};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  std::ifstream file(path_, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(bytes.find(kWords), std::string::npos);
  EXPECT_NE(bytes.find("$argon2id$v=19$"), std::string::npos);
  EXPECT_TRUE(check("anna", kWords).ok());
  EXPECT_FALSE(check("anna", "four plain old word").ok());
  EXPECT_FALSE(check("anna", "").ok());
}

TEST_F(AccountTest, AFileThatOthersMayReadIsRefused) {
  store_.reset();
  ASSERT_EQ(::chmod(path_.c_str(), 0640), 0);
  const auto opened = AccountStore::open(path_, true, kCheap);
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("chmod 600"), std::string::npos);
}

TEST_F(AccountTest, ANameAPasswordAndARoleAreNeeded) {
  for (const char* name : {"", "Anna", "an na", "anna;", "../anna", "an'na"})
    EXPECT_FALSE(store_->add(name, {Role::kAnalyst}, kWords, false, by()).ok()) << name;
  EXPECT_FALSE(store_->add("anna", {}, kWords, false, by()).ok());
  EXPECT_FALSE(store_->add("anna", {Role::kAnalyst}, "short", false, by()).ok());
  EXPECT_FALSE(store_->add("anna.berg-1", {Role::kAnalyst}, "anna.berg-1", false, by()).ok());
  EXPECT_FALSE(store_->add("anna", {Role::kAnalyst}, std::string(257, 'x'), false, by()).ok());
  EXPECT_TRUE(store_->list().value().empty());
  add("anna", {Role::kAnalyst});
  EXPECT_FALSE(store_->add("anna", {Role::kAnalyst}, kWords, false, by()).ok());
}

TEST_F(AccountTest, WrongPasswordsLockForLongerAndLonger) {
  add("anna", {Role::kAnalyst});
  EXPECT_FALSE(check("anna", "wrong password 1").ok());
  EXPECT_FALSE(check("anna", "wrong password 2").ok());
  EXPECT_FALSE(check("anna", "wrong password 3").ok());
  const auto locked = check("anna", kWords);
  ASSERT_FALSE(locked.ok());
  EXPECT_EQ(locked.error().message, "too many wrong passwords; try again in 1 s");
  clock_.advance(1001ms);
  EXPECT_FALSE(check("anna", "wrong password 4").ok());
  clock_.advance(1001ms);
  EXPECT_EQ(check("anna", kWords).error().message, "too many wrong passwords; try again in 1 s");
  clock_.advance(1s);
  // Also for another program that has the file open, and after a restart.
  auto other = AccountStore::open(path_, false, kCheap);
  ASSERT_TRUE(other.ok());
  EXPECT_FALSE((*other)->check("anna", "wrong password 5", clock_.utc_now()).ok());
  EXPECT_EQ(check("anna", kWords).error().message, "too many wrong passwords; try again in 4 s");
  clock_.advance(4001ms);
  EXPECT_TRUE(check("anna", kWords).ok());
  EXPECT_EQ(store_->find("anna")->failures, 0U);  // and all is well again
}

TEST_F(AccountTest, LocksGrowToAQuarterOfAnHourAndNoFurther) {
  core::Duration before{0};
  for (std::uint32_t failures = 0; failures < 200; ++failures) {
    const core::Duration now = lock_after(failures);
    EXPECT_GE(now, before);
    EXPECT_LE(now, 15min);
    before = now;
  }
  EXPECT_EQ(lock_after(2), 0s);
  EXPECT_EQ(lock_after(3), 1s);
  EXPECT_EQ(lock_after(6), 8s);
  EXPECT_EQ(lock_after(199), 15min);
}

TEST_F(AccountTest, AClockThatGoesBackLocksNobodyOutForYears) {
  add("anna", {Role::kAnalyst});
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(check("anna", "wrong password").ok());
  const core::UtcTime before{clock_.utc_now().ns - 365LL * 86'400 * 1'000'000'000};
  EXPECT_TRUE(store_->check("anna", kWords, before).ok());
}

TEST_F(AccountTest, ANameThatIsNotThereIsAnsweredLikeAWrongPassword) {
  add("anna", {Role::kAnalyst});
  for (int i = 0; i < 4; ++i) {
    const auto known = check("anna", "wrong password");
    const auto unknown = check("berta", "wrong password");
    EXPECT_EQ(known.error().message, unknown.error().message);
  }
  EXPECT_FALSE(check("'; DROP TABLE account; --", "wrong password").ok());
  EXPECT_EQ(store_->list().value().size(), 1U);
}

TEST_F(AccountTest, AChangeWaitsForTheAuditLogUntilItHasIt) {
  add("anna", {Role::kAnalyst});
  ASSERT_TRUE(store_->set_roles("anna", {Role::kAnalyst, Role::kSupervisor}, by()).ok());
  ASSERT_TRUE(store_->set_password("anna", "other four good words", by()).ok());
  ASSERT_TRUE(store_->set_disabled("anna", true, by()).ok());
  EXPECT_FALSE(store_->set_disabled("berta", true, by()).ok());
  auto changes = store_->changes_to_log().value();
  ASSERT_EQ(changes.size(), 4U);
  EXPECT_EQ(changes[0].what, "added");
  EXPECT_EQ(changes[1].what, "roles");
  EXPECT_EQ(changes[1].roles, "analyst,supervisor");
  EXPECT_EQ(changes[2].what, "password");
  EXPECT_EQ(changes[3].what, "disabled");
  EXPECT_EQ(changes[3].actor, "root");
  ASSERT_TRUE(store_->logged(changes[0].id).ok());
  EXPECT_EQ(store_->changes_to_log().value().size(), 3U);
}

class SessionTest : public AccountTest {
 protected:
  SessionTest()
      : sessions_(*store_, Sessions::Config{}, clock_,
                  [this](Sessions::Event event, const std::string& name, const std::string&) {
                    events_.emplace_back(event, name);
                  }) {
    add("anna", {Role::kAnalyst});
  }
  std::vector<std::pair<Sessions::Event, std::string>> events_;
  Sessions sessions_;
};

TEST_F(SessionTest, ATokenIsGoodForItsSessionAlone) {
  const auto login = sessions_.login("anna", kWords, "");
  ASSERT_TRUE(login.ok()) << login.error().message;
  EXPECT_EQ(login->token.size(), 64U);
  EXPECT_EQ(sessions_.get(login->token, true)->name, "anna");
  std::string other = login->token;
  other[7] = other[7] == 'a' ? 'b' : 'a';
  EXPECT_FALSE(sessions_.get(other, true).ok());
  EXPECT_FALSE(sessions_.get("", true).ok());
  EXPECT_FALSE(sessions_.get(std::string(64, 'x'), true).ok());
  const auto again = sessions_.login("anna", kWords, "");
  EXPECT_NE(login->token, again->token);
  sessions_.logout(login->token);
  EXPECT_FALSE(sessions_.get(login->token, true).ok());
  EXPECT_TRUE(sessions_.get(again->token, true).ok());
  EXPECT_EQ(events_.back().first, Sessions::Event::kLogout);
}

TEST_F(SessionTest, EndsAfterTenIdleMinutesAndAfterAShift) {
  const auto login = sessions_.login("anna", kWords, "");
  clock_.advance(9min);
  EXPECT_TRUE(sessions_.get(login->token, true).ok());
  clock_.advance(9min);
  EXPECT_TRUE(sessions_.get(login->token, false).ok());  // looked at, but nothing was done
  clock_.advance(2min);
  EXPECT_FALSE(sessions_.get(login->token, true).ok());
  EXPECT_EQ(events_.back().first, Sessions::Event::kEnded);
  const auto busy = sessions_.login("anna", kWords, "");
  for (int i = 0; i < 12 * 60 / 5 - 1; ++i) {
    clock_.advance(5min);
    ASSERT_TRUE(sessions_.get(busy->token, true).ok());
  }
  clock_.advance(5min);
  EXPECT_FALSE(sessions_.get(busy->token, true).ok());
}

TEST_F(SessionTest, ADisabledAccountIsOutAndChangedRolesCountWithinASecond) {
  const auto login = sessions_.login("anna", kWords, "");
  ASSERT_TRUE(store_->set_roles("anna", {Role::kSupervisor}, by()).ok());
  clock_.advance(1s);
  EXPECT_TRUE(sessions_.get(login->token, true)->roles.has(Role::kSupervisor));
  EXPECT_FALSE(sessions_.get(login->token, true)->roles.has(Role::kAnalyst));
  ASSERT_TRUE(store_->set_disabled("anna", true, by()).ok());
  clock_.advance(1s);
  EXPECT_FALSE(sessions_.get(login->token, true).ok());
  EXPECT_FALSE(sessions_.login("anna", kWords, "").ok());
}

TEST_F(SessionTest, AnEmergencyAccountNeedsAReasonAndIsToldApart) {
  add("emergency", {Role::kOperator, Role::kAnalyst}, true);
  EXPECT_FALSE(sessions_.login("emergency", kWords, "").ok());
  EXPECT_FALSE(sessions_.login("emergency", kWords, "short").ok());
  const auto login = sessions_.login("emergency", kWords, "the account server is gone");
  ASSERT_TRUE(login.ok()) << login.error().message;
  EXPECT_TRUE(login->session.break_glass);
  EXPECT_EQ(events_.back().first, Sessions::Event::kBreakGlass);
}

TEST_F(SessionTest, SessionsAreBoundedAndTheOneIdleForLongestMakesRoom) {
  Sessions small(*store_, {10min, 12h, 2}, clock_, [](auto, auto&, auto&) {});
  const auto first = small.login("anna", kWords, "");
  clock_.advance(1s);
  const auto second = small.login("anna", kWords, "");
  clock_.advance(1s);
  EXPECT_TRUE(small.get(first->token, true).ok());
  const auto third = small.login("anna", kWords, "");
  EXPECT_EQ(small.count(), 2U);
  EXPECT_TRUE(small.get(first->token, true).ok());
  EXPECT_FALSE(small.get(second->token, true).ok());
  EXPECT_TRUE(small.get(third->token, true).ok());
}

}  // namespace
}  // namespace portcullis::access
