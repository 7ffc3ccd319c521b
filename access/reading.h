#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/result.h"
#include "core/time.h"

/// How a case comes from its readers to its decision. Pure: no clock, no disk; the lane keeps a
/// Reading with each case and asks here.
///
/// One person reads a case at a time. Where a second reader is wanted, the first one's decision is
/// an opinion that nobody sees; where the two differ, a third person decides. Nobody gives two
/// opinions on one case. Isolate (a person, an explosive) is never argued about: it is settled at
/// once. That time ran out is not in this table: the lane holds the vehicle, whatever was read.
namespace portcullis::access {

enum class ReadingState : std::uint8_t { kUnread, kReadOnce, kDisagreed, kSettled };
std::string_view reading_state_name(ReadingState state);

/// What an opinion is, seen from those before it.
enum class OpinionIs : std::uint8_t {
  kOnlyOne,  ///< No second reader is wanted.
  kFirst,    ///< A second one is.
  kSame,     ///< As the first.
  kOther,    ///< Not as the first.
  kIsolate,  ///< Whoever says it, whenever.
};
struct ReadingRow {
  ReadingState from;
  OpinionIs opinion;
  ReadingState to;
};
/// Every opinion that can be given in every state; kSettled has none.
std::span<const ReadingRow> reading_table();

/// Which cases want a second reader.
enum class SecondReader : std::uint8_t { kNever, kDrawn, kAlways };
/// Which cases are read before the machine's findings appear: a reader who has seen them first
/// looks where they are, and nobody can say what he would have found alone.
enum class ReadFirst : std::uint8_t { kNever, kDrawn, kAlways };

struct Opinion {
  std::string reader;
  core::DecisionKind kind = core::DecisionKind::kHold;
};

struct Reading {
  ReadingState state = ReadingState::kUnread;
  std::vector<Opinion> opinions;
  std::string reader;  ///< Who reads it now; empty: nobody.
  core::UtcTime reader_until;

  [[nodiscard]] bool has_read(std::string_view name) const;
  [[nodiscard]] bool reads(std::string_view name, core::UtcTime now) const {
    return reader == name && now < reader_until;
  }
};

/// `name` reads the case from now on, or still does, until `now` + `hold`. kRefused where another
/// reads it, or it has been read by `name`, or it is settled.
core::Status take_case(Reading& reading, const std::string& name, core::UtcTime now,
                       core::Duration hold);
/// Free again, where `name` had it.
void leave_case(Reading& reading, std::string_view name);
/// Takes the case too, where it is free. The state says whether it is settled; the decision is then
/// this opinion's. kRefused as take_case(); nothing is changed then.
core::Status give_opinion(Reading& reading, const Opinion& opinion, bool second_wanted,
                          core::UtcTime now);
/// Read anew from the beginning: the vehicle was held, and still waits.
void read_anew(Reading& reading);

/// `name` may put another decision in the place of `stands`: it is somebody else's, who is not
/// `name`, and there is a reason in words.
core::Status may_override(const core::Decision& stands, std::string_view name,
                          std::string_view reason_text);

/// What a physical inspection found.
enum class OutcomeResult : std::uint8_t { kNothing, kFound, kNotExamined };
std::string_view outcome_result_name(OutcomeResult result);
std::optional<OutcomeResult> outcome_result_from(std::string_view name);
struct InspectionOutcome {
  OutcomeResult result = OutcomeResult::kNothing;
  std::string what, where, how_much;
};
/// One outcome for each finding and one for the rest; what was found says what, where and how much;
/// `name` did not send the vehicle there himself. Fails with kRefused naming the outcome and field.
core::Status check_outcomes(std::span<const InspectionOutcome> outcomes, std::size_t findings,
                            const core::Decision& referred, std::string_view name);

}  // namespace portcullis::access
