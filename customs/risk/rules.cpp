#include "customs/risk/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/config.h"
#include "core/csv.h"
#include "core/files.h"
#include "customs/risk/case_fields.h"
#include "customs/risk/risk_table.h"

namespace portcullis::customs {

namespace {

using nlohmann::json;
using Test = RuleCondition::Test;

constexpr std::size_t kListBytesMax = 100'000'000;
constexpr double kWeightMax = 1000;
constexpr double kNumberMax = 1e15;
constexpr std::size_t kRulesIdDigits = 12;

struct TestName {
  std::string_view key;
  Test test;
};
constexpr std::array<TestName, 9> kTests = {{{"one_of", Test::kOneOf},
                                             {"none_of", Test::kNoneOf},
                                             {"starts_with", Test::kStartsWith},
                                             {"contains", Test::kContains},
                                             {"below", Test::kBelow},
                                             {"above", Test::kAbove},
                                             {"present", Test::kPresent},
                                             {"absent", Test::kAbsent},
                                             {"listed", Test::kListed}}};

/// Upper case, blanks at the ends gone and runs of them one blank.
std::string plain_form(std::string_view value) {
  std::string plain;
  for (const char c : value) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      if (!plain.empty() && plain.back() != ' ') plain += ' ';
    } else {
      plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
  }
  if (plain.ends_with(' ')) plain.pop_back();
  return plain;
}

core::Result<std::int32_t> day_or(std::string_view text, std::int32_t otherwise) {
  if (text.empty()) return otherwise;
  return parse_day(text);
}

constexpr std::int32_t kAlways = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kForEver = std::numeric_limits<std::int32_t>::max();

core::Result<WatchList> read_watch_list(std::string_view text, const std::string& name) {
  PC_TRY(auto csv, core::CsvReader::open(text, name));
  PC_TRY(const auto value, csv.column("value"));
  PC_TRY(const auto reason, csv.column("reason"));
  PC_TRY(const auto from, csv.column("valid_from"));
  PC_TRY(const auto to, csv.column("valid_to"));
  WatchList list;
  std::vector<std::string> fields;
  while (true) {
    PC_TRY(const bool any, csv.next(fields));
    if (!any) return list;
    const auto valid_from = day_or(fields[from], kAlways);
    if (!valid_from.ok()) return valid_from.error().with_context(csv.where(from));
    const auto valid_to = day_or(fields[to], kForEver);
    if (!valid_to.ok()) return valid_to.error().with_context(csv.where(to));
    if (plain_form(fields[value]).empty())
      return core::Error{core::ErrorCode::kInvalidInput, csv.where(value) + ": is empty"};
    list.add(fields[value], {*valid_from, *valid_to, fields[reason]});
  }
}

/// Reads a rules file with one reader, so that the first problem stays the first.
class RulesFile {
 public:
  RulesFile(core::ConfigReader root, std::string& hashed)
      : root_(std::move(root)), hashed_(hashed) {}

  core::Result<RiskRules> read() {
    read_limits();
    PC_CHECK(read_lists());
    std::set<std::string> ids;
    for (auto& table : root_.tables("rule")) {
      auto rule = read_rule(table);
      if (!ids.insert(rule.id).second) table.fail("id", fmt::format("'{}' comes twice", rule.id));
      out_.rules.push_back(std::move(rule));
    }
    PC_CHECK(root_.finish());
    return std::move(out_);
  }

 private:
  void read_limits() {
    auto table = root_.table("selection");
    auto& limits = out_.limits;
    limits.yellow_weight = table.required_number("yellow_weight", {0, kWeightMax});
    limits.red_weight = table.required_number("red_weight", {limits.yellow_weight, kWeightMax});
    limits.yellow_score = table.required_number("yellow_score", {0, 1});
    limits.red_score = table.required_number("red_score", {limits.yellow_score, 1});
    limits.random_share = table.required_number("random_share", {0, 1});
    constexpr Channel kChannels[] = {Channel::kYellow, Channel::kRed};
    limits.random_channel = kChannels[table.choice("random_channel", 0, {"yellow", "red"})];
  }

  core::Status read_lists() {
    for (auto& table : root_.tables("list")) {
      const auto name = table.required_text("name");
      const auto path = table.path("file");
      if (path.empty()) table.fail("file", "is missing");
      if (!table.good()) break;
      PC_TRY(const auto text, core::read_file(path, kListBytesMax));
      hashed_ += text;
      PC_TRY(auto list, read_watch_list(text, path.string()));
      if (!out_.lists.emplace(name, std::move(list)).second)
        table.fail("name", fmt::format("'{}' comes twice", name));
    }
    return {};
  }

  std::int32_t read_day(core::ConfigReader& table, std::string_view key, std::int32_t otherwise) {
    const auto day = day_or(table.text(key, ""), otherwise);
    if (day.ok()) return *day;
    table.fail(key, day.error().message);
    return otherwise;
  }

  RiskRule read_rule(core::ConfigReader& table) {
    RiskRule rule;
    rule.id = table.required_text("id");
    rule.owner = table.required_text("owner");
    rule.reason = table.required_text("reason");
    rule.weight = table.number("weight", 0, {0, kWeightMax});
    rule.shadow = table.boolean("shadow", false);
    rule.valid_from = read_day(table, "valid_from", kAlways);
    rule.valid_to = read_day(table, "valid_to", kForEver);
    if (rule.valid_to < rule.valid_from) table.fail("valid_to", "is before valid_from");
    if (const auto word = table.text("channel", ""); !word.empty()) {
      rule.channel = channel_from(word);
      if (!rule.channel || *rule.channel == Channel::kUnknown)
        table.fail("channel", fmt::format("'{}' is not green, blue, yellow or red", word));
    }
    rule.each = table.text("each", "");
    if (!rule.each.empty() && case_field_kind(rule.each) != FieldKind::kObject)
      table.fail("each", fmt::format("no case has a list '{}'", rule.each));
    for (auto& condition : table.tables("when"))
      rule.conditions.push_back(read_condition(condition, rule.each));
    if (rule.conditions.empty()) table.fail("when", "a rule without a condition holds for nothing");
    return rule;
  }

  RuleCondition read_condition(core::ConfigReader& table, const std::string& each) {
    RuleCondition condition;
    condition.field = table.required_text("field");
    if (!table.good()) return condition;
    const auto whole = each.empty() ? condition.field : each + "." + condition.field;
    const auto kind = case_field_kind(whole);
    if (!kind) table.fail("field", fmt::format("no case has a field '{}'", whole));
    std::size_t given = 0;
    for (const auto& [key, test] : kTests) {
      if (!table.has(key)) continue;
      ++given;
      condition.test = test;
      if (kind) read_test(table, key, *kind, condition);
    }
    if (given != 1)
      table.fail("field", fmt::format("{} tests are given for '{}': exactly one is wanted", given,
                                      condition.field));
    return condition;
  }

  void read_test(core::ConfigReader& table, std::string_view key, FieldKind kind,
                 RuleCondition& condition) {
    const auto only_for = [&](bool fits, std::string_view what) {
      if (!fits) table.fail(key, fmt::format("'{}' is not {}", condition.field, what));
    };
    switch (condition.test) {
      case Test::kOneOf:
      case Test::kNoneOf:
        only_for(kind == FieldKind::kText || kind == FieldKind::kFlag, "a text or flag");
        condition.texts = table.texts(key, {});
        break;
      case Test::kStartsWith:
      case Test::kContains:
        only_for(kind == FieldKind::kText, "a text");
        condition.texts = table.texts(key, {});
        break;
      case Test::kBelow:
      case Test::kAbove:
        only_for(kind == FieldKind::kNumber, "a number");
        condition.number = table.required_number(key, {-kNumberMax, kNumberMax});
        return;
      case Test::kPresent:
      case Test::kAbsent:
        if (!table.boolean(key, true)) table.fail(key, "only true has a meaning");
        return;
      case Test::kListed:
        only_for(kind == FieldKind::kText, "a text");
        condition.list = table.required_text(key);
        if (out_.lists.find(condition.list) == out_.lists.end())
          table.fail(key, fmt::format("there is no list '{}'", condition.list));
        return;
    }
    if (condition.texts.empty()) table.fail(key, "is empty");
  }

  core::ConfigReader root_;
  std::string& hashed_;
  RiskRules out_;
};

std::string value_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return fmt::format("{:.10g}", value.get<double>());
  return {};
}

/// Evaluates conditions of one case.
class RuleJudge {
 public:
  RuleJudge(const RiskRules& rules, std::int32_t day) : rules_(rules), day_(day) {}

  /// All conditions at `node`; `seen`: what the first one met.
  bool holds(const RiskRule& rule, const json& node, std::string& seen) const {
    std::string first;
    for (const auto& condition : rule.conditions) {
      std::string met;
      if (!holds(condition, node, met)) return false;
      if (first.empty()) first = std::move(met);
    }
    seen = std::move(first);
    return true;
  }

 private:
  bool holds(const RuleCondition& condition, const json& node, std::string& met) const {
    const bool any = any_value(node, condition.field, [&](const json& value) {
      if (!meets(condition, value, met)) return false;
      if (met.empty()) met = value_text(value);
      return true;
    });
    const bool none_wanted = condition.test == Test::kNoneOf || condition.test == Test::kAbsent;
    if (none_wanted) met.clear();
    return any != none_wanted;
  }

  bool meets(const RuleCondition& condition, const json& value, std::string& met) const {
    switch (condition.test) {
      case Test::kOneOf:
      case Test::kNoneOf: {
        const auto text = plain_form(value_text(value));
        return std::any_of(condition.texts.begin(), condition.texts.end(),
                           [&](const auto& wanted) { return plain_form(wanted) == text; });
      }
      case Test::kStartsWith: {
        const auto text = plain_form(value_text(value));
        return std::any_of(condition.texts.begin(), condition.texts.end(), [&](const auto& wanted) {
          return text.starts_with(plain_form(wanted));
        });
      }
      case Test::kContains: {
        const auto text = plain_form(value_text(value));
        return std::any_of(condition.texts.begin(), condition.texts.end(), [&](const auto& wanted) {
          return text.find(plain_form(wanted)) != std::string::npos;
        });
      }
      case Test::kBelow:
        return value.is_number() && value.get<double>() < condition.number;
      case Test::kAbove:
        return value.is_number() && value.get<double>() > condition.number;
      case Test::kPresent:
      case Test::kAbsent:
        // A text that is empty was not declared.
        return !value.is_string() || !value.get_ref<const std::string&>().empty();
      case Test::kListed: {
        const auto* entry = rules_.lists.find(condition.list)->second.find(value_text(value), day_);
        if (entry != nullptr) met = fmt::format("{} ({})", value_text(value), entry->reason);
        return entry != nullptr;
      }
    }
    return false;
  }

  const RiskRules& rules_;
  std::int32_t day_;
};

}  // namespace

const WatchList::Entry* WatchList::find(std::string_view value, std::int32_t day) const {
  const auto it = entries.find(plain_form(value));
  if (it == entries.end()) return nullptr;
  for (const auto& entry : it->second)
    if (entry.valid_from <= day && day <= entry.valid_to) return &entry;
  return nullptr;
}

void WatchList::add(std::string_view value, Entry entry) {
  entries[plain_form(value)].push_back(std::move(entry));
}

core::Result<RiskRules> load_risk_rules(const std::filesystem::path& path) {
  PC_TRY(auto hashed, core::read_file(path, kListBytesMax));
  PC_TRY(auto root, core::ConfigReader::load(path));
  PC_TRY(auto rules, RulesFile(std::move(root), hashed).read());
  rules.id = core::sha256_hex(hashed).substr(0, kRulesIdDigits);
  return rules;
}

std::vector<RuleHit> rules_that_hold(const RiskRules& rules, const json& case_json,
                                     std::int32_t day) {
  std::vector<RuleHit> hits;
  const RuleJudge judge(rules, day);
  for (const auto& rule : rules.rules) {
    if (day < rule.valid_from || day > rule.valid_to) continue;
    std::string seen;
    const bool holds = any_value(case_json, rule.each,
                                 [&](const json& node) { return judge.holds(rule, node, seen); });
    if (holds) hits.push_back({&rule, seen});
  }
  return hits;
}

}  // namespace portcullis::customs
