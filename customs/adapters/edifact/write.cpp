#include "customs/adapters/edifact/write.h"

#include <fmt/format.h>

#include <vector>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/model/code_lists.h"

namespace portcullis::customs::edifact {

namespace {

constexpr std::size_t kTextLineBytes = 70;  // 4440 is an..70 before D.00A.
constexpr std::size_t kTextLines = 5;
constexpr std::string_view kOurAddress = "PORTCULLIS";
constexpr std::string_view kTheirAddress = "CUSTOMS";

/// UTF-8 as ISO 8859-1; what that has not becomes '?'.
std::string latin1(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if ((c == 0xc2 || c == 0xc3) && i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[++i]);
      out += static_cast<char>((c == 0xc3 ? 0xc0 : 0x80) | (next & 0x3f));
    } else {
      while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xc0) == 0x80) ++i;
      out += '?';
    }
  }
  return out;
}

std::string escaped(std::string_view latin1_text) {
  std::string out;
  for (const char c : latin1_text) {
    if (c == '+' || c == ':' || c == '\'' || c == '?') out += '?';
    out += c;
  }
  return out;
}
/// Data of at most `bytes_max` before escaping.
std::string data(std::string_view text, std::size_t bytes_max) {
  return escaped(latin1(clean_text(text, text.size())).substr(0, bytes_max));
}

std::string free_text(std::string_view qualifier, std::string_view text) {
  const auto all = latin1(clean_text(text, text.size()));
  std::string segment = fmt::format("FTX+{}+++", qualifier);
  for (std::size_t line = 0; line < kTextLines && line * kTextLineBytes < all.size(); ++line)
    segment += fmt::format("{}{}", line == 0 ? "" : ":",
                           escaped(all.substr(line * kTextLineBytes, kTextLineBytes)));
  return segment;
}

std::string digits_of(core::UtcTime time, std::size_t from, std::size_t count) {
  std::string digits;
  for (const char c : core::to_iso8601(time))
    if (c >= '0' && c <= '9') digits += c;
  return digits.substr(from, count);
}

Emitted interchange_of(const Case& c, const core::Decision& decision, std::string id,
                       std::string_view type, const std::vector<std::string>& segments) {
  const auto reference = id.substr(0, 14);  // 0020 is an..14.
  const auto from =
      c.message.recipient.empty() ? kOurAddress : std::string_view(c.message.recipient);
  const auto to = c.message.sender.empty() ? kTheirAddress : std::string_view(c.message.sender);
  std::string out =
      fmt::format("UNB+UNOC:3+{}+{}+{}:{}+{}'\r\n", data(from, 35), data(to, 35),
                  digits_of(decision.decided, 2, 6), digits_of(decision.decided, 8, 4), reference);
  out += fmt::format("UNH+1+{}'\r\n", type);
  for (const auto& segment : segments) out += segment + "'\r\n";
  out += fmt::format("UNT+{}+1'\r\nUNZ+1+{}'\r\n", segments.size() + 2, reference);
  return {std::move(id), std::move(out)};
}

struct Answer {
  const core::Declaration* declaration;
  const core::Decision* decision;
  std::string id;
};
core::Result<Answer> answer_of(const Case& c) {
  Answer answer{};
  PC_TRY(answer.declaration, answered_declaration(c));
  PC_TRY(answer.decision, answered_decision(c));
  answer.id = answer_id(*answer.decision, *answer.declaration);
  return answer;
}

std::string_view code_of(std::string_view list, const core::Decision& decision) {
  // Every list that answers are written by has a code for each of these effects (by test).
  const auto entry = code_for(list, effect_of(decision.kind));
  return entry ? entry->code : std::string_view();
}

std::string said_scan(const core::Decision& decision) {
  return decision.scan_id.empty()
             ? said_decision(decision)
             : fmt::format("{}; scan {}", said_decision(decision), decision.scan_id);
}

void add_references(std::vector<std::string>& segments, const core::Declaration& d) {
  if (!d.lrn.empty()) segments.push_back(fmt::format("RFF+ABE:{}", data(d.lrn, 35)));
  if (!d.mrn.empty()) segments.push_back(fmt::format("RFF+ABT:{}", data(d.mrn, 35)));
}

}  // namespace

core::Result<Emitted> write_cusres(const Case& c) {
  PC_TRY(auto answer, answer_of(c));
  const auto& decision = *answer.decision;
  // Order of the segments: D.96B, CUSRES.
  std::vector<std::string> segments = {
      fmt::format("BGM++{}+11", answer.id),
      fmt::format("DTM+137:{}:204", digits_of(decision.decided, 0, 14)),
      fmt::format("GIS+{}", code_of("edifact-7365", decision)),
      free_text("ACB", said_scan(decision))};
  if (!decision.container.empty())
    segments.push_back(fmt::format("EQD+CN+{}", data(decision.container, 17)));
  add_references(segments, *answer.declaration);
  return interchange_of(c, decision, std::move(answer.id), "CUSRES:D:96B:UN", segments);
}

core::Result<Emitted> write_govcbr(const Case& c) {
  PC_TRY(auto answer, answer_of(c));
  const auto& decision = *answer.decision;
  std::vector<std::string> segments = {
      fmt::format("BGM++{}+11", answer.id),
      fmt::format("DTM+137:{}:204", digits_of(decision.decided, 0, 14)),
      fmt::format("GEI+5+{}", code_of("edifact-7365", decision)),
      fmt::format("GOR++:::{}", code_of("edifact-9353", decision)),
      free_text("ACB", said_scan(decision))};
  add_references(segments, *answer.declaration);
  if (!decision.container.empty())
    segments.push_back(fmt::format("EQD+CN+{}", data(decision.container, 17)));
  return interchange_of(c, decision, std::move(answer.id), "GOVCBR:D:18B:UN", segments);
}

}  // namespace portcullis::customs::edifact
