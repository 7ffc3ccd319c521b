#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::firmware_bridge {

// Text control of source and detector in the style of SCPI-1999 / IEEE 488.2: LF-terminated ASCII
// (LineSplitter cuts the lines), one reply line to a message with queries. For both ends.
//
// A message is one line of units separated by ';'; every unit has its full header (a leading ':'
// is allowed, relative headers are not). Replies of several queries of one message are joined
// with ';'. Malformed input gives an error for the queue, never a dropped connection.
//
// What the replies look like on our wires (a driver's own tests hold hand-written ones):
//   *IDN?            manufacturer,model,serial,firmware; a simulated device's model starts "SIM"
//   *TST?            0 when well
//   SYST:ERR?        -113,"Undefined header"; 0,"No error" when empty
//   DET:COUNT?       23
//   DET:INFO? 4      serial,firmware,pixels,pitch in mm
//   DET:ARM?         arm id of the last DET:ARM, 0 before the first
//   DET:RANG? 4      first,last sequence number since arm; NONE where nothing was sent yet
//   DET:TEMP? 4      degC, decimal
//   BEAM:STAT?       OFF, WARMING, READY, ON or FAULT
//   INTL?            OK, or the open interlocks by name: "beam permit","hv contactor"
//   MEAS?            kV,mA,Gy/min,hours
//   HIST:ARC?        arcs since power-on
// Commands (DET:ARM, DET:START, DET:STOP, DET:RESEND, BEAM:REQ, HB, SOUR:...) have no reply; a
// refused one leaves its reason in the error queue.

inline constexpr std::size_t kScpiLineBytesMax = 1024;

/// One entry of the error queue; negative numbers are the standard's (SCPI-1999, 21.8).
struct ScpiError {
  int number = 0;
  std::string text = "No error";
  bool operator==(const ScpiError&) const = default;
};
namespace scpi_error {
inline constexpr int kSyntax = -102;
inline constexpr int kParameterNotAllowed = -108;
inline constexpr int kMissingParameter = -109;
inline constexpr int kUndefinedHeader = -113;
inline constexpr int kSettingsConflict = -221;
inline constexpr int kDataOutOfRange = -222;
inline constexpr int kIllegalParameter = -224;
inline constexpr int kHardware = -240;
inline constexpr int kQueueOverflow = -350;
inline constexpr int kInputOverrun = -363;
}  // namespace scpi_error
/// The standard's text for a number above: "Undefined header".
std::string_view scpi_error_text(int number);

/// One unit of a message.
struct ScpiUnit {
  std::string header;  ///< Upper case, no leading ':', no '?': "DET:INFO".
  bool query = false;
  std::vector<std::string> parameters;  ///< Trimmed; quotes of strings removed.

  /// Whether the header is `pattern` in its short or long form, as "SOURce:ENERgy": capitals are
  /// the short form. A pattern of capitals only has one form.
  [[nodiscard]] bool is(std::string_view pattern) const;
};

struct ScpiMessage {
  std::vector<ScpiUnit> units;     ///< Those before the first malformed one.
  std::optional<ScpiError> error;  ///< Of the first malformed unit: for the queue.
};

/// Reads one line without its LF. An empty line has no units and no error.
ScpiMessage parse_scpi(std::string_view line);

/// "DET:RESEND 4,100,120"; for a query "DET:INFO? 4". No LF.
std::string format_scpi(std::string_view header, const std::vector<std::string>& parameters);

/// A finite decimal number (NR1, NR2 or NR3); nothing else before or after.
std::optional<double> parse_scpi_number(std::string_view text);
std::optional<std::int64_t> parse_scpi_integer(std::string_view text);
/// ON, OFF, 1, 0.
std::optional<bool> parse_scpi_boolean(std::string_view text);
/// Shortest decimal text that reads back as the same number: "6", "0.1".
std::string format_scpi_number(double value);
/// Splits a reply at commas outside quotes, trims, removes quotes.
std::vector<std::string> split_scpi_fields(std::string_view reply);
/// Text in double quotes, inner ones doubled.
std::string quote_scpi(std::string_view text);

/// `-113,"Undefined header"`.
std::string format_scpi_error(const ScpiError& error);
/// Reads what format_scpi_error() writes; fails with kProtocol.
core::Result<ScpiError> parse_scpi_error(std::string_view reply);

/// *IDN?
struct ScpiIdentity {
  std::string manufacturer, model, serial, firmware;
  bool simulated = false;  ///< The model starts with "SIM".
};
/// Fails with kProtocol where there are not four fields or the model is empty.
core::Result<ScpiIdentity> parse_scpi_identity(std::string_view reply);

/// The device's error queue: first in, first out, bounded; when full the newest entry is
/// replaced by "Queue overflow". Threading: one thread.
class ScpiErrorQueue {
 public:
  explicit ScpiErrorQueue(std::size_t capacity = 16) : capacity_(capacity) {}
  void push(ScpiError error);
  void push(int number) { push(ScpiError{number, std::string(scpi_error_text(number))}); }
  /// The oldest, or 0,"No error".
  ScpiError pop();
  void clear() { errors_.clear(); }
  [[nodiscard]] std::size_t size() const { return errors_.size(); }

 private:
  std::size_t capacity_;
  std::deque<ScpiError> errors_;
};

}  // namespace portcullis::firmware_bridge
