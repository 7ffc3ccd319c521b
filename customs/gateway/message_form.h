#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/message.h"
#include "customs/model/case.h"

namespace portcullis::customs {

/// Reads a message with the adapter that knows it and makes it ready for the store. What cannot be
/// read, or says that it was sent in the future, comes back as refused with its reason. Pure, so
/// that many can be made at once; all the work on a message that needs no store is here.
MessageForm form_message(IncomingMessage message, core::UtcTime now);

/// The canonical cases of a message's parts again, from its bytes as the store keeps them, in the
/// order of their positions; the case at `position` 0 is there only where form_message() made such
/// a part. `receipt`: id, system and time as stored. Pure. Errors: as parse_message(); kCorrupt
/// where they cannot be unpacked.
struct ReadPart {
  std::uint32_t position = 0;
  Case part;
};
core::Result<std::vector<ReadPart>> read_parts(const Receipt& receipt, std::string_view compressed);

/// Our id of a message or of one of its parts.
std::string stored_id(std::string_view system, std::string_view sender,
                      std::string_view message_id);

/// Id of one of a message's declarations.
std::string part_id(std::string_view message_id, std::uint64_t declarations,
                    std::uint32_t position);
/// What a part's id stands for. `position` 0: the only declaration of its message.
struct PartName {
  std::string message_id;
  std::uint32_t position = 0;
};
PartName part_name(std::string_view id);

/// Letters and digits alone, capitals: how plates and container numbers are compared.
std::string comparison_key(std::string_view text);

/// A time as messages state it (ISO 8601; UN/EDIFACT 2379 codes 101, 102, 201, 203, 204 and the
/// pair of S004; X12's). `zoned`: with its offset, else it is some place's local time, taken as
/// UTC here. Empty where it is none of these forms.
struct StatedTime {
  core::UtcTime time;
  bool zoned = false;
};
std::optional<StatedTime> parse_stated_time(std::string_view text);

/// Sent in the future: by more than ten minutes, or than the 14 hours that local time may be ahead
/// of UTC where no offset is stated.
bool is_ahead(const StatedTime& sent, core::UtcTime now);

}  // namespace portcullis::customs
