#include "customs/model/case.h"

#include <array>

#include "customs/identifiers.h"

namespace portcullis::customs {

namespace {

template <class Enum, std::size_t count>
std::optional<Enum> enum_from(const std::array<std::string_view, count>& names,
                              std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

constexpr std::array<std::string_view, 8> kCaseKinds = {
    "unknown", "import", "export", "transit", "transhipment", "empty", "re-entry", "no papers"};
constexpr std::array<std::string_view, 5> kChannels = {"unknown", "green", "blue", "yellow", "red"};
constexpr std::array<std::string_view, 15> kEffects = {
    "unknown",     "none",    "accepted",        "rejected",           "documents",
    "control",     "hold",    "release",         "do not load",        "screening",
    "invalidated", "amended", "amendment asked", "cancellation asked", "answered"};
constexpr std::array<std::string_view, 10> kOrderStates = {
    "planned", "arrived",  "mismatch", "identified", "scanned",
    "decided", "referred", "closed",   "cancelled",  "no-show"};

}  // namespace

std::string_view case_kind_name(CaseKind kind) {
  return kCaseKinds[static_cast<std::size_t>(kind)];
}
std::optional<CaseKind> case_kind_from(std::string_view name) {
  return enum_from<CaseKind>(kCaseKinds, name);
}
std::string_view channel_name(Channel channel) {
  return kChannels[static_cast<std::size_t>(channel)];
}
std::optional<Channel> channel_from(std::string_view name) {
  return enum_from<Channel>(kChannels, name);
}
std::string_view effect_name(Effect effect) {
  return kEffects[static_cast<std::size_t>(effect)];
}
std::optional<Effect> effect_from(std::string_view name) {
  return enum_from<Effect>(kEffects, name);
}
std::string_view order_state_name(OrderState state) {
  return kOrderStates[static_cast<std::size_t>(state)];
}
std::optional<OrderState> order_state_from(std::string_view name) {
  return enum_from<OrderState>(kOrderStates, name);
}

std::vector<IdentifierRemark> check_identifiers(const core::Declaration& declaration) {
  std::vector<IdentifierRemark> remarks;
  for (const auto& container : declaration.containers) {
    if (auto status = check_container(container.number); !status.ok())
      remarks.push_back({"container", container.number, status.error().message});
  }
  if (!declaration.mrn.empty()) {
    if (auto status = check_mrn(declaration.mrn); !status.ok())
      remarks.push_back({"mrn", declaration.mrn, status.error().message});
  }
  return remarks;
}

Case case_of(core::Declaration declaration) {
  Case customs_case;
  customs_case.remarks = check_identifiers(declaration);
  customs_case.declarations.push_back(std::move(declaration));
  return customs_case;
}

}  // namespace portcullis::customs
