#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "customs/model/case.h"

/// Rules that select cases, as a site writes them (TOML, docs/risk.md), and what they say of a
/// case.
namespace portcullis::customs {

/// Names, numbers or codes that somebody wants watched.
struct WatchList {
  struct Entry {
    std::int32_t valid_from = 0, valid_to = 0;  ///< Days since 1970-01-01, both included.
    std::string reason;
  };
  /// The entry of `value` that holds on `day`, or null. Letters count the same in both cases, runs
  /// of blanks as one.
  [[nodiscard]] const Entry* find(std::string_view value, std::int32_t day) const;
  void add(std::string_view value, Entry entry);

  std::map<std::string, std::vector<Entry>, std::less<>> entries;
};

/// Of a field's values at least one must hold it; kNoneOf and kAbsent: none may.
struct RuleCondition {
  enum class Test : std::uint8_t {
    kOneOf,
    kNoneOf,
    kStartsWith,
    kContains,
    kBelow,
    kAbove,
    kPresent,
    kAbsent,
    kListed,
  };
  std::string field;  ///< case_fields.h; below the rule's `each` where it has one.
  Test test = Test::kPresent;
  std::vector<std::string> texts;  ///< kOneOf to kContains; flags are "true" and "false".
  double number = 0;               ///< kBelow, kAbove.
  std::string list;                ///< kListed.
};

struct RiskRule {
  std::string id, owner, reason;
  std::string each;  ///< One element of this list must meet all conditions; empty: the case.
  std::vector<RuleCondition> conditions;
  double weight = 0;
  std::optional<Channel> channel;  ///< At least this one, whatever the weights add up to.
  std::int32_t valid_from = 0, valid_to = 0;  ///< Days since 1970-01-01, both included.
  bool shadow = false;                        ///< On trial: it is noted and selects nothing.
};

/// From which sum of weights and from which score on a case goes to a channel, and which share of
/// all others is drawn.
struct SelectionLimits {
  double yellow_weight = 0, red_weight = 0;
  double yellow_score = 0, red_score = 0;
  double random_share = 0;
  Channel random_channel = Channel::kYellow;
};

struct RiskRules {
  std::vector<RiskRule> rules;
  std::map<std::string, WatchList, std::less<>> lists;
  SelectionLimits limits;
  std::string id;  ///< First 12 digits of the SHA-256 over the file and its watch-lists.
};

/// Reads a rules file and the watch-lists it names. Fails with kNotFound, or kInvalidConfig
/// "FILE:LINE: key: why" where a field is none of the case's, a test does not fit the field, an id
/// comes twice, a list is unknown, or a key is missing or not known.
core::Result<RiskRules> load_risk_rules(const std::filesystem::path& path);

/// A rule that holds for a case.
struct RuleHit {
  const RiskRule* rule = nullptr;  ///< In the rules.
  std::string seen;  ///< The value that its first condition met, with a list's reason.
};
/// Rules valid on `day` that hold, in the order of the file; those on trial too. `case_json`: the
/// case's to_json(). Pure.
std::vector<RuleHit> rules_that_hold(const RiskRules& rules, const nlohmann::json& case_json,
                                     std::int32_t day);

}  // namespace portcullis::customs
