#include "customs/risk/releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/files.h"

namespace portcullis::customs {

namespace {

using nlohmann::json;
using State = Release::State;

constexpr std::size_t kRecordBytesMax = 10'000'000;
constexpr std::array<std::string_view, 2> kReleaseKinds = {"rules", "model"};
constexpr std::array<std::string_view, 3> kReleaseStates = {"shadow", "active", "retired"};
constexpr std::string_view kRecordFormat = "portcullis-risk-releases 1";

core::Error refused(ReleaseKind kind, std::string_view id, std::string_view why) {
  return {core::ErrorCode::kRefused, fmt::format("{} {}: {}", release_kind_name(kind), id, why)};
}

json time_json(const std::optional<core::UtcTime>& time) {
  return time ? json(core::to_iso8601(*time)) : json(nullptr);
}

/// Reads one release; the first key that is wrong is kept.
class ReleaseReader {
 public:
  explicit ReleaseReader(const json& object) : object_(object) {}

  std::string text(const char* key) {
    if (!object_.is_object() || !object_.contains(key) || !object_[key].is_string()) {
      fail(key);
      return {};
    }
    return object_[key].get<std::string>();
  }
  std::optional<core::UtcTime> time(const char* key) {
    if (object_.is_object() && object_.contains(key) && object_[key].is_null()) return std::nullopt;
    const auto read = core::parse_iso8601(text(key));
    if (read.ok()) return *read;
    fail(key);
    return std::nullopt;
  }
  std::vector<std::string> texts(const char* key) {
    std::vector<std::string> list;
    if (!object_.is_object() || !object_.contains(key) || !object_[key].is_array()) {
      fail(key);
      return list;
    }
    for (const auto& element : object_[key]) {
      if (element.is_string())
        list.push_back(element.get<std::string>());
      else
        fail(key);
    }
    return list;
  }
  void fail(const char* key) {
    if (problem_.empty()) problem_ = fmt::format("'{}' is missing or wrong", key);
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  const json& object_;
  std::string problem_;
};

Release release_from(ReleaseReader& reader) {
  Release release;
  if (const auto kind = release_kind_from(reader.text("kind")))
    release.kind = *kind;
  else
    reader.fail("kind");
  release.id = reader.text("id");
  release.file = reader.text("file");
  const auto state = reader.text("state");
  const auto* const it = std::find(kReleaseStates.begin(), kReleaseStates.end(), state);
  if (it == kReleaseStates.end())
    reader.fail("state");
  else
    release.state = static_cast<State>(it - kReleaseStates.begin());
  release.proposed_by = reader.text("proposed_by");
  if (const auto at = reader.time("proposed_at"))
    release.proposed_at = *at;
  else
    reader.fail("proposed_at");
  release.approved_by = reader.texts("approved_by");
  release.active_from = reader.time("active_from");
  release.retired_at = reader.time("retired_at");
  return release;
}

}  // namespace

std::string_view release_kind_name(ReleaseKind kind) {
  return kReleaseKinds[static_cast<std::size_t>(kind)];
}
std::optional<ReleaseKind> release_kind_from(std::string_view name) {
  for (std::size_t i = 0; i < kReleaseKinds.size(); ++i)
    if (kReleaseKinds[i] == name) return static_cast<ReleaseKind>(i);
  return std::nullopt;
}
std::string_view release_state_name(Release::State state) {
  return kReleaseStates[static_cast<std::size_t>(state)];
}

core::Result<ReleaseRecord> ReleaseRecord::load(const std::filesystem::path& path) {
  const auto text = core::read_file(path, kRecordBytesMax);
  if (!text.ok()) {
    if (text.error().code == core::ErrorCode::kNotFound) return ReleaseRecord();
    return text.error();
  }
  return parse(*text, path.string());
}

core::Result<ReleaseRecord> ReleaseRecord::parse(std::string_view text, const std::string& name) {
  const auto corrupt = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kCorrupt, fmt::format("{}: {}", name, why)};
  };
  const auto document = json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("format") ||
      document["format"] != kRecordFormat || !document.contains("releases") ||
      !document["releases"].is_array())
    return corrupt(fmt::format("is no '{}'", kRecordFormat));
  ReleaseRecord record;
  std::array<int, kReleaseKinds.size()> active{};
  for (const auto& element : document["releases"]) {
    ReleaseReader reader(element);
    auto release = release_from(reader);
    const auto where = fmt::format("release {}", record.releases_.size());
    if (!reader.problem().empty()) return corrupt(where + ": " + reader.problem());
    if (record.find(release.kind, release.id) != nullptr)
      return corrupt(where + ": stands there twice");
    // What two people must have done is not taken from a file that says otherwise.
    if (release.state == State::kActive) {
      if (release.approved_by.size() != 2 || release.approved_by[0] == release.approved_by[1])
        return corrupt(where + ": is active without two people's approval");
      if (++active[static_cast<std::size_t>(release.kind)] > 1)
        return corrupt(where + ": a second one is active");
    }
    record.releases_.push_back(std::move(release));
  }
  return record;
}

std::string ReleaseRecord::text() const {
  auto list = json::array();
  for (const auto& r : releases_) {
    list.push_back({{"kind", release_kind_name(r.kind)},
                    {"id", r.id},
                    {"file", r.file},
                    {"state", release_state_name(r.state)},
                    {"proposed_by", r.proposed_by},
                    {"proposed_at", core::to_iso8601(r.proposed_at)},
                    {"approved_by", r.approved_by},
                    {"active_from", time_json(r.active_from)},
                    {"retired_at", time_json(r.retired_at)}});
  }
  const json document = {{"format", kRecordFormat}, {"releases", std::move(list)}};
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

core::Status ReleaseRecord::save(const std::filesystem::path& path) const {
  return core::write_file_atomically(path, text());
}

Release* ReleaseRecord::find(ReleaseKind kind, std::string_view id) {
  for (auto& release : releases_)
    if (release.kind == kind && release.id == id) return &release;
  return nullptr;
}

const Release* ReleaseRecord::active(ReleaseKind kind) const {
  for (const auto& release : releases_)
    if (release.kind == kind && release.state == State::kActive) return &release;
  return nullptr;
}

core::Result<std::vector<ReleaseEvent>> ReleaseRecord::propose(ReleaseKind kind,
                                                               const std::string& id,
                                                               const std::string& file,
                                                               const std::string& person,
                                                               core::UtcTime now) {
  if (person.empty()) return refused(kind, id, "nobody proposes it");
  auto* known = find(kind, id);
  if (known != nullptr && known->state != State::kRetired)
    return refused(kind, id, fmt::format("is {} already", release_state_name(known->state)));
  Release release;
  release.kind = kind;
  release.id = id;
  release.file = file;
  release.proposed_by = person;
  release.proposed_at = now;
  if (known != nullptr)
    *known = std::move(release);
  else
    releases_.push_back(std::move(release));
  return std::vector<ReleaseEvent>{{"proposed", kind, id, person, now}};
}

core::Result<std::vector<ReleaseEvent>> ReleaseRecord::approve(ReleaseKind kind,
                                                               const std::string& id,
                                                               const std::string& person,
                                                               core::Duration shadow_min,
                                                               core::UtcTime now) {
  auto* release = find(kind, id);
  if (release == nullptr)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{} {}: was never proposed", release_kind_name(kind), id)};
  if (release->state != State::kShadow)
    return refused(kind, id,
                   fmt::format("is {}, not in shadow", release_state_name(release->state)));
  if (person.empty()) return refused(kind, id, "nobody approves it");
  if (now.ns - release->proposed_at.ns < shadow_min.count())
    return refused(
        kind, id,
        fmt::format("is in shadow since {} only", core::to_iso8601(release->proposed_at)));
  const auto& by = release->approved_by;
  if (std::find(by.begin(), by.end(), person) != by.end())
    return refused(kind, id, "the second approval must be another person's");
  release->approved_by.push_back(person);
  std::vector<ReleaseEvent> events{{"approved", kind, id, person, now}};
  if (release->approved_by.size() < 2) return events;
  for (auto& other : releases_) {
    if (other.kind != kind || other.state != State::kActive) continue;
    other.state = State::kRetired;
    other.retired_at = now;
    events.push_back({"retired", kind, other.id, person, now});
  }
  release->state = State::kActive;
  release->active_from = now;
  events.push_back({"activated", kind, id, person, now});
  return events;
}

core::Result<std::vector<ReleaseEvent>> ReleaseRecord::withdraw(ReleaseKind kind,
                                                                const std::string& id,
                                                                const std::string& person,
                                                                core::UtcTime now) {
  auto* release = find(kind, id);
  if (release == nullptr)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("{} {}: was never proposed", release_kind_name(kind), id)};
  if (release->state != State::kShadow)
    return refused(kind, id,
                   fmt::format("is {}, not in shadow", release_state_name(release->state)));
  release->state = State::kRetired;
  release->retired_at = now;
  return std::vector<ReleaseEvent>{{"retired", kind, id, person, now}};
}

}  // namespace portcullis::customs
