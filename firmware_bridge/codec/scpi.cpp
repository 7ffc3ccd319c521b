#include "firmware_bridge/codec/scpi.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace portcullis::firmware_bridge {
namespace {

bool is_scpi_blank(char c) {
  return c == ' ' || c == '\t';
}
char to_upper_ascii(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool is_lower_ascii(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_header_char(char c) {
  const char u = to_upper_ascii(c);
  return (u >= 'A' && u <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && is_scpi_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_scpi_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Position of the first `separator` outside double quotes; npos where there is none. Sets
/// `unclosed` where a quote does not end.
std::size_t find_unquoted(std::string_view text, char separator, bool& unclosed) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      unclosed = false;
      return i;
    }
  }
  unclosed = quoted;
  return std::string_view::npos;
}

std::string unquote(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out.push_back(text[i]);
    if (text[i] == '"' && i + 2 < text.size() && text[i + 1] == '"') ++i;
  }
  return out;
}

ScpiError standard_error(int number) {
  return {number, std::string(scpi_error_text(number))};
}

/// One unit without ';'. Returns the error, if any.
std::optional<ScpiError> parse_scpi_unit(std::string_view text, ScpiUnit& unit) {
  std::size_t at = 0;
  if (text[0] == ':') ++at;
  const bool common = at < text.size() && text[at] == '*';
  if (common) unit.header.push_back(text[at++]);
  bool word_empty = true;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_header_char(c)) {
      unit.header.push_back(to_upper_ascii(c));
      word_empty = false;
    } else if (c == ':' && !common && !word_empty) {
      unit.header.push_back(':');
      word_empty = true;
    } else {
      break;
    }
  }
  if (word_empty) return standard_error(scpi_error::kSyntax);
  if (at < text.size() && text[at] == '?') {
    unit.query = true;
    ++at;
  }
  if (at == text.size()) return std::nullopt;
  if (!is_scpi_blank(text[at])) return standard_error(scpi_error::kSyntax);
  std::string_view rest = trim_blanks(text.substr(at));
  if (rest.empty()) return std::nullopt;
  for (;;) {
    bool unclosed = false;
    const std::size_t comma = find_unquoted(rest, ',', unclosed);
    if (unclosed) return standard_error(scpi_error::kSyntax);
    const std::string_view field = trim_blanks(rest.substr(0, comma));
    if (field.empty()) return standard_error(scpi_error::kMissingParameter);
    unit.parameters.push_back(unquote(field));
    if (comma == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string_view scpi_error_text(int number) {
  switch (number) {
    case 0:
      return "No error";
    case scpi_error::kSyntax:
      return "Syntax error";
    case scpi_error::kParameterNotAllowed:
      return "Parameter not allowed";
    case scpi_error::kMissingParameter:
      return "Missing parameter";
    case scpi_error::kUndefinedHeader:
      return "Undefined header";
    case scpi_error::kSettingsConflict:
      return "Settings conflict";
    case scpi_error::kDataOutOfRange:
      return "Data out of range";
    case scpi_error::kIllegalParameter:
      return "Illegal parameter value";
    case scpi_error::kHardware:
      return "Hardware error";
    case scpi_error::kQueueOverflow:
      return "Queue overflow";
    case scpi_error::kInputOverrun:
      return "Input buffer overrun";
    default:
      return "Device-specific error";
  }
}

bool ScpiUnit::is(std::string_view pattern) const {
  std::string_view have = header;
  while (true) {
    const std::size_t pattern_end = std::min(pattern.find(':'), pattern.size());
    const std::size_t have_end = std::min(have.find(':'), have.size());
    const std::string_view word = pattern.substr(0, pattern_end);
    const std::string_view mine = have.substr(0, have_end);
    std::string short_form;
    std::string long_form;
    for (const char c : word) {
      if (!is_lower_ascii(c)) short_form.push_back(c);
      long_form.push_back(to_upper_ascii(c));
    }
    if (mine != short_form && mine != long_form) return false;
    if (pattern_end == pattern.size() || have_end == have.size()) {
      return pattern_end == pattern.size() && have_end == have.size();
    }
    pattern.remove_prefix(pattern_end + 1);
    have.remove_prefix(have_end + 1);
  }
}

ScpiMessage parse_scpi(std::string_view line) {
  ScpiMessage message;
  const bool printable = std::all_of(line.begin(), line.end(),
                                     [](char c) { return c == '\t' || (c >= 0x20 && c < 0x7F); });
  if (!printable) {
    message.error = standard_error(scpi_error::kSyntax);
    return message;
  }
  std::string_view rest = line;
  if (trim_blanks(rest).empty()) return message;
  for (;;) {
    bool unclosed = false;
    const std::size_t end = find_unquoted(rest, ';', unclosed);
    const std::string_view text = trim_blanks(rest.substr(0, end));
    if (text.empty() || unclosed) {
      message.error = standard_error(scpi_error::kSyntax);
      return message;
    }
    ScpiUnit unit;
    if (auto error = parse_scpi_unit(text, unit)) {
      message.error = std::move(error);
      return message;
    }
    message.units.push_back(std::move(unit));
    if (end == std::string_view::npos) return message;
    rest.remove_prefix(end + 1);
  }
}

std::string format_scpi(std::string_view header, const std::vector<std::string>& parameters) {
  std::string out(header);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    out.push_back(i == 0 ? ' ' : ',');
    out += parameters[i];
  }
  return out;
}

std::optional<double> parse_scpi_number(std::string_view text) {
  text = trim_blanks(text);
  const bool plus = !text.empty() && text.front() == '+';
  if (plus) text.remove_prefix(1);
  // from_chars also reads "inf", "nan" and "-+1": a number starts with a digit, '.' or one '-'.
  const std::size_t first = !plus && !text.empty() && text.front() == '-' ? 1 : 0;
  if (first >= text.size() || !((text[first] >= '0' && text[first] <= '9') || text[first] == '.')) {
    return std::nullopt;
  }
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_scpi_integer(std::string_view text) {
  text = trim_blanks(text);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || text.empty()) return std::nullopt;
  return value;
}

std::optional<bool> parse_scpi_boolean(std::string_view text) {
  std::string upper;
  for (const char c : trim_blanks(text)) upper.push_back(to_upper_ascii(c));
  if (upper == "ON" || upper == "1") return true;
  if (upper == "OFF" || upper == "0") return false;
  return std::nullopt;
}

std::string format_scpi_number(double value) {
  std::array<char, 40> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc{} ? std::string(buffer.data(), end) : std::string("0");
}

std::vector<std::string> split_scpi_fields(std::string_view reply) {
  std::vector<std::string> fields;
  for (;;) {
    bool unclosed = false;
    const std::size_t comma = find_unquoted(reply, ',', unclosed);
    fields.push_back(unquote(trim_blanks(reply.substr(0, comma))));
    if (comma == std::string_view::npos) return fields;
    reply.remove_prefix(comma + 1);
  }
}

std::string quote_scpi(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string format_scpi_error(const ScpiError& error) {
  return std::to_string(error.number) + "," + quote_scpi(error.text);
}

core::Result<ScpiError> parse_scpi_error(std::string_view reply) {
  const auto fields = split_scpi_fields(reply);
  const auto number = parse_scpi_integer(fields[0]);
  if (fields.size() != 2 || !number || *number < -32'768 || *number > 32'767) {
    return core::Error{core::ErrorCode::kProtocol, "SYST:ERR? answered \"" +
                                                       std::string(reply.substr(0, 80)) +
                                                       "\", expected <number>,\"<text>\""};
  }
  return ScpiError{static_cast<int>(*number), fields[1]};
}

core::Result<ScpiIdentity> parse_scpi_identity(std::string_view reply) {
  auto fields = split_scpi_fields(reply);
  if (fields.size() != 4 || fields[1].empty()) {
    return core::Error{core::ErrorCode::kProtocol,
                       "*IDN? answered \"" + std::string(reply.substr(0, 80)) +
                           "\", expected manufacturer,model,serial,firmware"};
  }
  ScpiIdentity identity;
  std::string start;
  for (const char c : std::string_view(fields[1]).substr(0, 3)) start.push_back(to_upper_ascii(c));
  identity.simulated = start == "SIM";
  identity.manufacturer = std::move(fields[0]);
  identity.model = std::move(fields[1]);
  identity.serial = std::move(fields[2]);
  identity.firmware = std::move(fields[3]);
  return identity;
}

void ScpiErrorQueue::push(ScpiError error) {
  if (errors_.size() < capacity_) {
    errors_.push_back(std::move(error));
  } else if (!errors_.empty()) {
    errors_.back() = standard_error(scpi_error::kQueueOverflow);
  }
}

ScpiError ScpiErrorQueue::pop() {
  if (errors_.empty()) return {};
  ScpiError first = std::move(errors_.front());
  errors_.pop_front();
  return first;
}

}  // namespace portcullis::firmware_bridge
