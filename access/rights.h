#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Who may do what: one table, read by the lane API, the screens and the page docs/access.md.
namespace portcullis::access {

enum class Role : std::uint8_t {
  kOperator,
  kAnalyst,
  kInspectionOfficer,
  kSupervisor,
  kRuleAuthor,
  kMaintenance,
  kAuditor,
  kAdministrator,
};
inline constexpr int kRoleCount = 8;
/// "operator", "inspection_officer", ...
std::string_view role_name(Role role);
std::optional<Role> role_from(std::string_view name);

/// A person may have several. What one of them allows is allowed.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) add(role);
  }
  constexpr void add(Role role) { bits_ |= 1U << static_cast<unsigned>(role); }
  [[nodiscard]] constexpr bool has(Role role) const {
    return (bits_ >> static_cast<unsigned>(role) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool any_of(Roles others) const { return (bits_ & others.bits_) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(const Roles&) const = default;

 private:
  unsigned bits_ = 0;
};
Roles all_roles();
std::vector<std::string> role_names(Roles roles);

/// What a call of the lane API needs. STOP needs none: anybody may withdraw beam and motion.
enum class Right : std::uint8_t {
  kSeeLane,    ///< Plates and numbers in the status, the running scan.
  kSeeCases,   ///< Cases, images, lists.
  kScan,       ///< START
  kPrepare,    ///< WARM_UP, CALIBRATE, RESET
  kMaintain,   ///< MAINTENANCE_ENTER, MAINTENANCE_LEAVE
  kRead,       ///< Takes a case, answers findings, marks the image, decides.
  kOverride,   ///< Decides anew what another decided.
  kInspect,    ///< Records what a physical inspection found.
  kSupervise,  ///< Queue, load, rates.
  kComplain,   ///< Says that an image is unfit: a ticket for maintenance.
  kHandOver,   ///< Signs the handover of a shift.
  kReference,  ///< Keeps scans as references to compare with.
  kIdentify,   ///< Says, or confirms, whose vehicle it is where a camera misread it.
};
struct RightRow {
  Right right;
  const char* name;  ///< "see_lane"
  const char* what;  ///< In words, for refusals: "read and decide cases".
  Roles roles;
};
/// Each right once, in the order of the enumeration.
std::span<const RightRow> rights_table();
const RightRow& row_of(Right right);
[[nodiscard]] bool may(Roles roles, Right right);
std::vector<std::string> right_names(Roles roles);

}  // namespace portcullis::access
