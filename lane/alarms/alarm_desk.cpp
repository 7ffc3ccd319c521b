#include "lane/alarms/alarm_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>

#include "core/assert.h"

namespace portcullis::lane {
namespace {

constexpr std::int64_t kMinuteNs = 60'000'000'000;
constexpr std::int64_t kDayNs = 24 * 60 * kMinuteNs;
constexpr double kTenMinutesPerDay = 144;
constexpr std::size_t kRaisedKept = 20'000;  // a flood is counted as such, not kept for ever

std::string named(const AlarmEntry& entry) {
  const AlarmRow* row = alarm_row(entry.key);
  std::string text(row != nullptr ? row->title : std::string_view(entry.key));
  if (!entry.detail.empty()) text += ": " + entry.detail;
  return text;
}

AlarmStanding standing_of(const AlarmEntry& entry) {
  if (entry.shelved_until.ns != 0) return AlarmStanding::kShelved;
  if (!entry.suppressed_by.empty()) return AlarmStanding::kSuppressed;
  if (!entry.active) return AlarmStanding::kReturned;
  return entry.acknowledged_by.empty() ? AlarmStanding::kUnacknowledged
                                       : AlarmStanding::kAcknowledged;
}

/// The first cause among those that trip: by the PLC's own time where it gave one.
bool earlier(const AlarmEntry& a, const AlarmEntry& b) {
  if (a.plc_ms.has_value() != b.plc_ms.has_value()) return a.plc_ms.has_value();
  if (a.plc_ms && *a.plc_ms != *b.plc_ms)
    return static_cast<std::int32_t>(*a.plc_ms - *b.plc_ms) < 0;  // the counter wraps around
  if (a.first != b.first) return a.first;
  return a.occurrence < b.occurrence;
}

int urgency(const AlarmEntry& entry) {
  switch (entry.standing) {
    case AlarmStanding::kUnacknowledged:
      return 0;
    case AlarmStanding::kReturned:
      return 1;
    case AlarmStanding::kAcknowledged:
      return 2;
    case AlarmStanding::kShelved:
      return 3;
    case AlarmStanding::kSuppressed:
      break;
  }
  return 4;
}

core::Error refused(std::string words) {
  return {core::ErrorCode::kRefused, std::move(words)};
}

}  // namespace

std::string_view alarm_standing_name(AlarmStanding standing) noexcept {
  switch (standing) {
    case AlarmStanding::kUnacknowledged:
      return "unacknowledged";
    case AlarmStanding::kAcknowledged:
      return "acknowledged";
    case AlarmStanding::kReturned:
      return "returned";
    case AlarmStanding::kShelved:
      return "shelved";
    case AlarmStanding::kSuppressed:
      return "suppressed";
  }
  return {};
}

void AlarmDesk::raise(Kept& kept, const AlarmCondition& condition, core::UtcTime utc,
                      std::vector<AlarmChange>& changes) {
  AlarmEntry& entry = kept.entry;
  entry.occurrence = ++occurrences_;
  entry.raised = utc;
  entry.active = true;
  entry.acknowledged_by.clear();
  entry.detail = condition.detail;
  entry.plc_ms = condition.plc_ms;
  entry.first = condition.first;
  raised_.push_back(utc);
  while (!raised_.empty() && (raised_.front().ns < utc.ns - kDayNs || raised_.size() > kRaisedKept))
    raised_.pop_front();
  changes.push_back({utc, "alarm raised", named(entry)});
}

bool AlarmDesk::due(const AlarmCondition& condition, core::TimePoint now) {
  const auto since = pending_.try_emplace(condition.key, now).first;
  if (!condition.at_once && now - since->second < kRaiseDelay) return false;
  pending_.erase(since);
  return true;
}

std::vector<AlarmChange> AlarmDesk::update(const std::vector<AlarmCondition>& conditions,
                                           core::TimePoint now, core::UtcTime utc) {
  std::vector<AlarmChange> changes;
  std::map<AlarmGroup, std::string> hidden;  // by what
  for (const AlarmCondition& condition : conditions) {
    const AlarmRow* row = alarm_row(condition.key);
    PC_ASSERT(row != nullptr);
    if (row->hides) hidden.emplace(row->group, condition.key);
  }
  const auto hider_of = [&](const std::string& key) {
    const AlarmRow& row = *alarm_row(key);
    const auto found = hidden.find(row.group);
    // A latched trip is the lane's own knowledge: no lost device hides it.
    return found == hidden.end() || row.hides || row.trips ? std::string() : found->second;
  };
  for (const AlarmCondition& condition : conditions) {
    if (!hider_of(condition.key).empty()) continue;
    const auto known = kept_.find(condition.key);
    if (known == kept_.end() || !known->second.entry.active) {
      if (!due(condition, now)) continue;
      Kept& kept = kept_[condition.key];
      kept.entry.key = condition.key;
      kept.gone_since.reset();
      raise(kept, condition, utc, changes);
    } else {
      Kept& kept = known->second;
      kept.gone_since.reset();
      kept.entry.detail = condition.detail;
      if (condition.plc_ms) kept.entry.plc_ms = condition.plc_ms;
      kept.entry.first = condition.first;
    }
  }
  const auto stands = [&](const std::string& key) {
    return std::any_of(conditions.begin(), conditions.end(),
                       [&](const auto& condition) { return condition.key == key; });
  };
  std::erase_if(pending_, [&](const auto& one) { return !stands(one.first); });
  const bool may_return = !returns_from_ || now >= *returns_from_;
  for (auto at = kept_.begin(); at != kept_.end();) {
    Kept& kept = at->second;
    AlarmEntry& entry = kept.entry;
    const std::string hider = hider_of(entry.key);
    if (hider != entry.suppressed_by) {
      entry.suppressed_by = hider;
      changes.push_back(
          {utc, hider.empty() ? "alarm no longer suppressed" : "alarm suppressed", named(entry)});
    }
    if (!stands(entry.key) && hider.empty() && entry.active && may_return) {
      if (!kept.gone_since) kept.gone_since = now;
      if (now - *kept.gone_since >= kReturnDelay) {
        entry.active = false;
        changes.push_back({utc, "alarm returned", named(entry)});
      }
    }
    if (entry.shelved_until.ns != 0 && entry.shelved_until.ns <= utc.ns) {
      entry.shelved_until = {};
      // It was out of sight: whoever looks now has not seen it.
      entry.acknowledged_by.clear();
      if (entry.active) entry.occurrence = ++occurrences_;
      changes.push_back({utc, "alarm unshelved", named(entry) + " (time is over)"});
    }
    const bool over =
        !entry.active && !entry.acknowledged_by.empty() && entry.shelved_until.ns == 0;
    at = over ? kept_.erase(at) : std::next(at);
  }
  return changes;
}

core::Result<AlarmDesk::Kept*> AlarmDesk::find(const std::string& key, std::uint64_t occurrence) {
  const auto at = kept_.find(key);
  if (at == kept_.end())
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("alarm {}: it does not stand any more", key)};
  if (at->second.entry.occurrence != occurrence)
    return refused(fmt::format("alarm {}: it was raised anew meanwhile; look at it again", key));
  return &at->second;
}

core::Result<AlarmChange> AlarmDesk::acknowledge(const std::string& key, std::uint64_t occurrence,
                                                 const std::string& user, core::UtcTime utc) {
  PC_TRY(Kept* const kept, find(key, occurrence));
  AlarmEntry& entry = kept->entry;
  if (!entry.suppressed_by.empty())
    return refused(fmt::format("alarm {}: its device does not answer, so nobody can see it", key));
  if (entry.shelved_until.ns != 0) return refused(fmt::format("alarm {}: it is shelved", key));
  if (!entry.acknowledged_by.empty())
    return refused(fmt::format("alarm {}: acknowledged by {}", key, entry.acknowledged_by));
  entry.acknowledged_by = user;
  AlarmChange change{utc, "alarm acknowledged", fmt::format("{} (by {})", named(entry), user)};
  if (!entry.active) kept_.erase(key);
  return change;
}

core::Result<AlarmChange> AlarmDesk::shelve(const std::string& key, std::uint64_t occurrence,
                                            std::uint32_t minutes, const std::string& reason,
                                            const std::string& user, core::UtcTime utc) {
  PC_TRY(Kept* const kept, find(key, occurrence));
  const AlarmRow& row = *alarm_row(key);
  if (row.trips || row.priority == AlarmPriority::kHigh)
    return refused(
        fmt::format("alarm {}: what ends work or is of high priority is not shelved", key));
  if (minutes < 1 || minutes > kShelveMinutesMax)
    return refused(fmt::format("field minutes: {} is outside 1 to {}", minutes, kShelveMinutesMax));
  if (reason.empty()) return refused("field reason: shelving needs one");
  AlarmEntry& entry = kept->entry;
  entry.shelved_until.ns = utc.ns + minutes * kMinuteNs;
  entry.shelved_by = user;
  entry.shelved_reason = reason;
  return AlarmChange{utc, "alarm shelved",
                     fmt::format("{} (for {} min by {}: {})", named(entry), minutes, user, reason)};
}

core::Result<AlarmChange> AlarmDesk::unshelve(const std::string& key, const std::string& user,
                                              core::UtcTime utc) {
  const auto at = kept_.find(key);
  if (at == kept_.end() || at->second.entry.shelved_until.ns == 0)
    return core::Error{core::ErrorCode::kNotFound, fmt::format("alarm {}: it is not shelved", key)};
  AlarmEntry& entry = at->second.entry;
  entry.shelved_until = {};
  entry.acknowledged_by.clear();
  return AlarmChange{utc, "alarm unshelved", fmt::format("{} (by {})", named(entry), user)};
}

std::vector<AlarmEntry> AlarmDesk::entries() const {
  std::vector<AlarmEntry> list;
  for (const auto& [key, kept] : kept_) {
    list.push_back(kept.entry);
    list.back().standing = standing_of(kept.entry);
  }
  AlarmEntry* first = nullptr;
  for (AlarmEntry& entry : list) {
    if (!entry.active || !alarm_row(entry.key)->trips) continue;
    if (first == nullptr || earlier(entry, *first)) first = &entry;
  }
  if (first != nullptr) first->first_out = true;
  const auto rank = [](const AlarmEntry& e) {
    return std::make_tuple(!e.first_out, urgency(e), -static_cast<int>(alarm_row(e.key)->priority));
  };
  std::sort(list.begin(), list.end(), [&](const AlarmEntry& a, const AlarmEntry& b) {
    const auto of_a = rank(a), of_b = rank(b);
    return of_a != of_b ? of_a < of_b : a.occurrence > b.occurrence;
  });
  return list;
}

std::uint32_t AlarmDesk::raised_last_10_min(core::UtcTime utc) const {
  return static_cast<std::uint32_t>(std::count_if(
      raised_.begin(), raised_.end(),
      [&](core::UtcTime at) { return at.ns > utc.ns - 10 * kMinuteNs && at.ns <= utc.ns; }));
}

double AlarmDesk::raised_per_10_min(core::UtcTime utc) const {
  const auto count = std::count_if(raised_.begin(), raised_.end(), [&](core::UtcTime at) {
    return at.ns > utc.ns - kDayNs && at.ns <= utc.ns;
  });
  return static_cast<double>(count) / kTenMinutesPerDay;
}

std::string AlarmDesk::to_text() const {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [key, kept] : kept_) {
    const AlarmEntry& e = kept.entry;
    nlohmann::json one = {{"key", key},
                          {"detail", e.detail},
                          {"occurrence", e.occurrence},
                          {"raised_utc_ns", e.raised.ns},
                          {"active", e.active},
                          {"first", e.first},
                          {"acknowledged_by", e.acknowledged_by},
                          {"shelved_until_utc_ns", e.shelved_until.ns},
                          {"shelved_by", e.shelved_by},
                          {"shelved_reason", e.shelved_reason}};
    if (e.plc_ms) one["plc_ms"] = *e.plc_ms;
    list.push_back(std::move(one));
  }
  nlohmann::json raised = nlohmann::json::array();
  for (const core::UtcTime at : raised_) raised.push_back(at.ns);
  const nlohmann::json all = {
      {"occurrences", occurrences_}, {"alarms", std::move(list)}, {"raised_utc_ns", raised}};
  return all.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Result<AlarmDesk> AlarmDesk::from_text(std::string_view text, core::TimePoint now) {
  using Type = nlohmann::json::value_t;
  const auto all = nlohmann::json::parse(text, nullptr, false);
  const auto bad = [](std::string_view field) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("{}: not understood", field)};
  };
  const auto has = [](const nlohmann::json& from, const char* key, Type type) {
    const auto at = from.find(key);
    if (at == from.end()) return false;
    return at->type() == type ||
           (type == Type::number_integer && at->type() == Type::number_unsigned);
  };
  if (!all.is_object() || !has(all, "occurrences", Type::number_unsigned))
    return bad("occurrences");
  if (!has(all, "alarms", Type::array)) return bad("alarms");
  if (!has(all, "raised_utc_ns", Type::array)) return bad("raised_utc_ns");
  AlarmDesk desk;
  desk.occurrences_ = all["occurrences"].get<std::uint64_t>();
  desk.returns_from_ = now + kRestartGrace;
  for (const auto& at : all["raised_utc_ns"]) {
    if (!at.is_number_integer()) return bad("raised_utc_ns");
    desk.raised_.push_back(core::UtcTime{at.get<std::int64_t>()});
  }
  for (const auto& one : all["alarms"]) {
    for (const char* key : {"key", "detail", "acknowledged_by", "shelved_by", "shelved_reason"})
      if (!one.is_object() || !has(one, key, Type::string)) return bad(key);
    for (const char* key : {"raised_utc_ns", "shelved_until_utc_ns"})
      if (!has(one, key, Type::number_integer)) return bad(key);
    for (const char* key : {"active", "first"})
      if (!has(one, key, Type::boolean)) return bad(key);
    if (!has(one, "occurrence", Type::number_unsigned)) return bad("occurrence");
    // The next alarm raised would have a number that was answered before.
    if (one["occurrence"].get<std::uint64_t>() > desk.occurrences_) return bad("occurrences");
    Kept kept;
    AlarmEntry& e = kept.entry;
    e.key = one["key"].get<std::string>();
    if (alarm_row(e.key) == nullptr) continue;
    e.detail = one["detail"].get<std::string>();
    e.occurrence = one["occurrence"].get<std::uint64_t>();
    e.raised.ns = one["raised_utc_ns"].get<std::int64_t>();
    e.active = one["active"].get<bool>();
    e.first = one["first"].get<bool>();
    e.acknowledged_by = one["acknowledged_by"].get<std::string>();
    e.shelved_until.ns = one["shelved_until_utc_ns"].get<std::int64_t>();
    e.shelved_by = one["shelved_by"].get<std::string>();
    e.shelved_reason = one["shelved_reason"].get<std::string>();
    if (has(one, "plc_ms", Type::number_unsigned)) {
      const auto ms = one["plc_ms"].get<std::uint64_t>();
      if (ms > std::numeric_limits<std::uint32_t>::max()) return bad("plc_ms");
      e.plc_ms = static_cast<std::uint32_t>(ms);
    }
    desk.kept_.emplace(e.key, std::move(kept));
  }
  return desk;
}

}  // namespace portcullis::lane
