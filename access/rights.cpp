#include "access/rights.h"

#include <array>
#include <cstddef>

#include "core/assert.h"

namespace portcullis::access {
namespace {

constexpr std::array<std::string_view, kRoleCount> kRoleNames = {
    "operator",    "analyst", "inspection_officer", "supervisor", "rule_author",
    "maintenance", "auditor", "administrator"};

constexpr Roles kEverybody = {Role::kOperator,   Role::kAnalyst,      Role::kInspectionOfficer,
                              Role::kSupervisor, Role::kRuleAuthor,   Role::kMaintenance,
                              Role::kAuditor,    Role::kAdministrator};

// Who maintains the machine, writes its rules or manages its accounts has no part in cases.
constexpr std::array<RightRow, 13> kRights = {{
    {Right::kSeeLane, "see_lane", "see the lane", kEverybody},
    {Right::kSeeCases,
     "see_cases",
     "see cases and images",
     {Role::kOperator, Role::kAnalyst, Role::kInspectionOfficer, Role::kSupervisor,
      Role::kAuditor}},
    {Right::kScan, "scan", "start a scan", {Role::kOperator}},
    {Right::kPrepare,
     "prepare",
     "warm up, calibrate and reset",
     {Role::kOperator, Role::kMaintenance}},
    {Right::kMaintain, "maintain", "enter and leave maintenance", {Role::kMaintenance}},
    {Right::kRead, "read", "read and decide cases", {Role::kAnalyst, Role::kSupervisor}},
    {Right::kOverride, "override", "decide anew what another decided", {Role::kSupervisor}},
    {Right::kInspect, "inspect", "record what an inspection found", {Role::kInspectionOfficer}},
    {Right::kSupervise, "supervise", "see load and rates", {Role::kSupervisor, Role::kAuditor}},
    {Right::kComplain,
     "complain",
     "say that an image is unfit",
     {Role::kAnalyst, Role::kInspectionOfficer, Role::kSupervisor}},
    {Right::kHandOver, "hand_over", "hand a shift over", {Role::kSupervisor}},
    {Right::kReference, "keep_references", "keep scans to compare with", {Role::kSupervisor}},
    {Right::kIdentify,
     "identify",
     "say whose vehicle it is",
     {Role::kOperator, Role::kAnalyst, Role::kSupervisor}},
}};

}  // namespace

std::string_view role_name(Role role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<Role> role_from(std::string_view name) {
  for (std::size_t i = 0; i < kRoleNames.size(); ++i) {
    if (kRoleNames[i] == name) return static_cast<Role>(i);
  }
  return std::nullopt;
}

Roles all_roles() {
  return kEverybody;
}

std::vector<std::string> role_names(Roles roles) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kRoleNames.size(); ++i) {
    if (roles.has(static_cast<Role>(i))) names.emplace_back(kRoleNames[i]);
  }
  return names;
}

std::span<const RightRow> rights_table() {
  return kRights;
}

const RightRow& row_of(Right right) {
  const RightRow& row = kRights[static_cast<std::size_t>(right)];
  PC_ASSERT(row.right == right);
  return row;
}

bool may(Roles roles, Right right) {
  return roles.any_of(row_of(right).roles);
}

std::vector<std::string> right_names(Roles roles) {
  std::vector<std::string> names;
  for (const RightRow& row : kRights) {
    if (roles.any_of(row.roles)) names.emplace_back(row.name);
  }
  return names;
}

}  // namespace portcullis::access
