#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <tuple>

#include "access/sessions.h"
#include "tests/support/socket_folder.h"

namespace portcullis::hmi {

/// Accounts of a lane, one password for all. Made before the screen's fixture, whose server borrows
/// the sessions.
class LaneAccounts {
 protected:
  static constexpr const char* kWords = "four plain old words";

  LaneAccounts() {
    auto opened = access::AccountStore::open(accounts_folder_.path() / "accounts.sqlite", true,
                                             {1, std::size_t{1} << 16U});
    EXPECT_TRUE(opened.ok());
    store_ = std::move(opened).value();
    using access::Role;
    for (const auto& [account, role, emergency] :
         {std::tuple{"anna", Role::kAnalyst, false}, std::tuple{"olaf", Role::kOperator, false},
          std::tuple{"ivan", Role::kInspectionOfficer, false},
          std::tuple{"sue", Role::kSupervisor, false}, std::tuple{"tom", Role::kSupervisor, false},
          std::tuple{"emergency", Role::kAnalyst, true}})
      EXPECT_TRUE(store_->add(account, {role}, kWords, emergency, {}).ok());
    sessions_ = std::make_unique<access::Sessions>(*store_, access::Sessions::Config{},
                                                   accounts_clock_, [](auto, auto&, auto&) {});
  }

  test::SocketFolder accounts_folder_;
  core::ManualClock accounts_clock_;
  std::unique_ptr<access::AccountStore> store_;
  std::unique_ptr<access::Sessions> sessions_;
};

}  // namespace portcullis::hmi
