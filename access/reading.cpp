#include "access/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/assert.h"

namespace portcullis::access {
namespace {

using enum ReadingState;

constexpr std::array<ReadingRow, 9> kReadingTable = {{
    {kUnread, OpinionIs::kOnlyOne, kSettled},
    {kUnread, OpinionIs::kFirst, kReadOnce},
    {kUnread, OpinionIs::kIsolate, kSettled},
    {kReadOnce, OpinionIs::kSame, kSettled},
    {kReadOnce, OpinionIs::kOther, kDisagreed},
    {kReadOnce, OpinionIs::kIsolate, kSettled},
    // The third person decides, whatever he says.
    {kDisagreed, OpinionIs::kSame, kSettled},
    {kDisagreed, OpinionIs::kOther, kSettled},
    {kDisagreed, OpinionIs::kIsolate, kSettled},
}};

core::Error reading_refused(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

OpinionIs opinion_is(const Reading& reading, core::DecisionKind kind, bool second_wanted) {
  if (kind == core::DecisionKind::kIsolate) return OpinionIs::kIsolate;
  if (reading.opinions.empty()) return second_wanted ? OpinionIs::kFirst : OpinionIs::kOnlyOne;
  return reading.opinions.front().kind == kind ? OpinionIs::kSame : OpinionIs::kOther;
}

core::Status may_read(const Reading& reading, const std::string& name, core::UtcTime now) {
  if (name.empty()) return reading_refused("a reader needs a name");
  if (reading.state == kSettled) return reading_refused("the case is decided already");
  if (reading.has_read(name)) return reading_refused("you have read this case; another reads it");
  if (!reading.reader.empty() && reading.reader != name && now < reading.reader_until)
    return reading_refused(fmt::format("{} reads this case now", reading.reader));
  return {};
}

}  // namespace

std::string_view reading_state_name(ReadingState state) {
  switch (state) {
    case kUnread:
      return "unread";
    case kReadOnce:
      return "read_once";
    case kDisagreed:
      return "disagreed";
    case kSettled:
      return "settled";
  }
  return "";
}

std::span<const ReadingRow> reading_table() {
  return kReadingTable;
}

bool Reading::has_read(std::string_view name) const {
  return std::any_of(opinions.begin(), opinions.end(),
                     [&](const Opinion& one) { return one.reader == name; });
}

core::Status take_case(Reading& reading, const std::string& name, core::UtcTime now,
                       core::Duration hold) {
  PC_CHECK(may_read(reading, name, now));
  reading.reader = name;
  reading.reader_until.ns = now.ns + hold.count();
  return {};
}

void leave_case(Reading& reading, std::string_view name) {
  if (reading.reader != name) return;
  reading.reader.clear();
  reading.reader_until = {};
}

core::Status give_opinion(Reading& reading, const Opinion& opinion, bool second_wanted,
                          core::UtcTime now) {
  PC_CHECK(may_read(reading, opinion.reader, now));
  const OpinionIs is = opinion_is(reading, opinion.kind, second_wanted);
  const auto row = std::find_if(
      kReadingTable.begin(), kReadingTable.end(),
      [&](const ReadingRow& one) { return one.from == reading.state && one.opinion == is; });
  PC_ASSERT(row != kReadingTable.end());
  reading.state = row->to;
  reading.opinions.push_back(opinion);
  reading.reader.clear();
  reading.reader_until = {};
  return {};
}

void read_anew(Reading& reading) {
  reading = {};
}

core::Status may_override(const core::Decision& stands, std::string_view name,
                          std::string_view reason_text) {
  if (stands.officer == name)
    return reading_refused("this is your own decision; another supervisor has to override it");
  if (reason_text.size() < 3) return reading_refused("an override needs a reason in words");
  return {};
}

std::string_view outcome_result_name(OutcomeResult result) {
  switch (result) {
    case OutcomeResult::kNothing:
      return "nothing";
    case OutcomeResult::kFound:
      return "found";
    case OutcomeResult::kNotExamined:
      return "not_examined";
  }
  return "";
}

std::optional<OutcomeResult> outcome_result_from(std::string_view name) {
  for (const auto result :
       {OutcomeResult::kNothing, OutcomeResult::kFound, OutcomeResult::kNotExamined}) {
    if (outcome_result_name(result) == name) return result;
  }
  return std::nullopt;
}

core::Status check_outcomes(std::span<const InspectionOutcome> outcomes, std::size_t findings,
                            const core::Decision& referred, std::string_view name) {
  if (referred.kind != core::DecisionKind::kPhysicalInspection)
    return reading_refused("the case was not referred to a physical inspection");
  if (name.empty()) return reading_refused("an outcome needs the name of who records it");
  if (referred.officer == name)
    return reading_refused("you referred this case yourself; another records what was found");
  if (outcomes.size() != findings + 1) {
    return reading_refused(fmt::format(
        "outcomes: {} are wanted, one for each of {} findings and one for the rest; {} came",
        findings + 1, findings, outcomes.size()));
  }
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const InspectionOutcome& one = outcomes[i];
    const std::string of = i < findings ? fmt::format("finding {}", i + 1) : "the rest";
    const bool found = one.result == OutcomeResult::kFound;
    if (found && (one.what.empty() || one.where.empty() || one.how_much.empty()))
      return reading_refused(fmt::format("{}: say what was found, where and how much", of));
    if (!found && !(one.what.empty() && one.how_much.empty()))
      return reading_refused(fmt::format("{}: nothing was found, and yet it is named", of));
  }
  return {};
}

}  // namespace portcullis::access
