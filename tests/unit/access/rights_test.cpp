#include "access/rights.h"

#include <gtest/gtest.h>

#include <set>

namespace portcullis::access {
namespace {

// The page docs/access.md as a table: rows are rights, columns the roles in their order.
struct Expected {
  Right right;
  const char* name;
  const char* roles;  // o a i s r m u d: x may, . may not
};
constexpr Expected kExpected[] = {
    {Right::kSeeLane, "see_lane", "xxxxxxxx"},
    {Right::kSeeCases, "see_cases", "xxxx..x."},
    {Right::kScan, "scan", "x......."},
    {Right::kPrepare, "prepare", "x....x.."},
    {Right::kMaintain, "maintain", ".....x.."},
    {Right::kRead, "read", ".x.x...."},
    {Right::kOverride, "override", "...x...."},
    {Right::kInspect, "inspect", "..x....."},
    {Right::kSupervise, "supervise", "...x..x."},
    {Right::kComplain, "complain", ".xxx...."},
    {Right::kHandOver, "hand_over", "...x...."},
    {Right::kReference, "keep_references", "...x...."},
    {Right::kIdentify, "identify", "xx.x...."},
};

TEST(Rights, EveryRowOfTheTableForEveryRole) {
  ASSERT_EQ(std::size(kExpected), rights_table().size());
  for (const Expected& row : kExpected) {
    EXPECT_EQ(row_of(row.right).name, std::string(row.name));
    for (int i = 0; i < kRoleCount; ++i) {
      const auto role = static_cast<Role>(i);
      EXPECT_EQ(may({role}, row.right), row.roles[i] == 'x') << row.name << role_name(role);
    }
  }
}

TEST(Rights, NobodyWithoutARoleMayDoAnything) {
  for (const RightRow& row : rights_table()) EXPECT_FALSE(may({}, row.right)) << row.name;
}

TEST(Rights, SeveralRolesAddUp) {
  const Roles both = {Role::kOperator, Role::kAnalyst};
  EXPECT_TRUE(may(both, Right::kScan));
  EXPECT_TRUE(may(both, Right::kRead));
  EXPECT_FALSE(may(both, Right::kOverride));
}

TEST(Rights, NamesOfRolesAreTheirOwnAndReadBack) {
  std::set<std::string_view> names;
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    EXPECT_TRUE(names.insert(role_name(role)).second);
    EXPECT_EQ(role_from(role_name(role)), role);
  }
  EXPECT_FALSE(role_from("root"));
  EXPECT_FALSE(role_from(""));
}

}  // namespace
}  // namespace portcullis::access
