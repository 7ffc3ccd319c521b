#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "customs/adapters/edifact/edifact.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs::edifact {

namespace {

// ISO 9735: level identifiers and what they stand for. UNOX (code extension by ISO 2022) is not
// read: nobody could say which sets a message means without its registrations.
constexpr struct {
  std::string_view id;
  const char* character_set;
} kCharacterSets[] = {
    {"UNOA", "US-ASCII"},   {"UNOB", "US-ASCII"},   {"UNOC", "ISO-8859-1"}, {"UNOD", "ISO-8859-2"},
    {"UNOE", "ISO-8859-5"}, {"UNOF", "ISO-8859-7"}, {"UNOG", "ISO-8859-3"}, {"UNOH", "ISO-8859-4"},
    {"UNOI", "ISO-8859-6"}, {"UNOJ", "ISO-8859-8"}, {"UNOK", "ISO-8859-9"}, {"UNOW", "UTF-8"},
    {"UNOY", "UTF-8"},
};

constexpr std::size_t kUnaBytes = 9;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// The counts and references of one envelope (UNB, UNG or UNH).
struct Envelope {
  std::string_view opens;
  std::string reference;
  std::size_t count = 0;
};

class InterchangeReader {
 public:
  InterchangeReader(std::string_view name, Interchange& out) : name_(name), out_(out) {}

  core::Status take(Segment segment) {
    const auto& tag = segment.tag;
    if (closed_) return wrong(segment, "stands after UNZ");
    if (tag == "UNB") return open_interchange(segment);
    if (!opened_) return wrong(segment, "stands before UNB");
    if (tag == "UNG") {
      if (group_ || message_) return wrong(segment, "opens a group within another or a message");
      group_ = Envelope{"UNG", std::string(segment.at(4)), 0};
      ++groups_;
      if (!group_references_.insert(group_->reference).second)
        return wrong(segment, given_twice(group_->reference));
      message_references_.clear();  // unique in their group
      return {};
    }
    if (tag == "UNH") return open_message(segment);
    if (tag == "UNT") {
      if (!message_) return wrong(segment, "closes no message");
      ++message_->count;
      PC_CHECK(close(segment, *message_, "segments"));
      message_.reset();
      return {};
    }
    if (tag == "UNE") {
      if (!group_ || message_) return wrong(segment, "closes no group");
      PC_CHECK(close(segment, *group_, "messages"));
      group_.reset();
      return {};
    }
    if (tag == "UNZ") {
      if (group_ || message_) return wrong(segment, "closes the interchange over an open message");
      closed_ = true;
      // Groups are counted where there are any.
      return close(segment, {"UNB", out_.reference, groups_ > 0 ? groups_ : out_.messages.size()},
                   groups_ > 0 ? "groups" : "messages");
    }
    if (!message_) return wrong(segment, "stands outside of a message");
    if (tag.size() != 3 || !std::all_of(tag.begin(), tag.end(), [](char c) {
          return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }))
      return wrong(segment, "is no segment tag");
    ++message_->count;
    out_.messages.back().segments.push_back(std::move(segment));
    return {};
  }

  core::Status end() const {
    if (!opened_) return error("has no UNB");
    if (message_)
      return error(
          fmt::format("is cut off: message {} has no UNT", quotable(message_->reference, 40)));
    if (!closed_) return error("is cut off: it has no UNZ");
    return {};
  }

 private:
  [[nodiscard]] core::Error error(std::string_view why) const {
    return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name_, why)};
  }
  [[nodiscard]] core::Error wrong(const Segment& s, std::string_view why) const {
    return error(fmt::format("segment {}: {} {}", s.number, quotable(s.tag, 10), why));
  }

  [[nodiscard]] static std::string given_twice(std::string_view reference) {
    return fmt::format("has the reference \"{}\" of an earlier one", quotable(reference, 40));
  }

  core::Status close(const Segment& s, const Envelope& envelope, std::string_view what) const {
    std::size_t said = 0;
    const auto text = s.at(0);
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), said);
    if (bad != std::errc() || end != text.data() + text.size())
      return wrong(s, fmt::format("has no count of {}", what));
    if (said != envelope.count)
      return wrong(s, fmt::format("says {} {}, {} stand there", said, what, envelope.count));
    if (s.at(1) != envelope.reference)
      return wrong(s, fmt::format("has the reference \"{}\", {} has \"{}\"", quotable(s.at(1), 40),
                                  envelope.opens, quotable(envelope.reference, 40)));
    return {};
  }

  core::Status open_interchange(const Segment& s) {
    if (opened_) return wrong(s, "opens a second interchange");
    opened_ = true;
    out_.syntax_version = s.at(0, 1);
    if (out_.syntax_version.empty() || out_.syntax_version < "1" || out_.syntax_version > "4" ||
        out_.syntax_version.size() != 1) {
      return core::Error{
          core::ErrorCode::kUnsupported,
          fmt::format("{}: segment {}: UNB: syntax version \"{}\" is not read (1 to 4)", name_,
                      s.number, quotable(out_.syntax_version, 10))};
    }
    out_.sender = s.at(1);
    out_.recipient = s.at(2);
    out_.prepared = fmt::format("{}{}{}", s.at(3), s.at(3, 1).empty() ? "" : ":", s.at(3, 1));
    out_.reference = s.at(4);
    out_.test = s.at(10) == "1";
    if (out_.reference.empty()) return wrong(s, "has no control reference");
    return {};
  }

  core::Status open_message(const Segment& s) {
    if (message_) return wrong(s, "opens a message within another");
    message_ = Envelope{"UNH", std::string(s.at(0)), 1};
    if (group_) ++group_->count;
    if (message_->reference.empty()) return wrong(s, "has no reference");
    if (!message_references_.insert(message_->reference).second)
      return wrong(s, given_twice(message_->reference));
    out_.messages.push_back({message_->reference,
                             std::string(s.at(1, 0)),
                             std::string(s.at(1, 1)),
                             std::string(s.at(1, 2)),
                             std::string(s.at(1, 3)),
                             std::string(s.at(1, 4)),
                             {}});
    return {};
  }

  std::string_view name_;
  Interchange& out_;
  std::optional<Envelope> group_, message_;
  std::set<std::string, std::less<>> group_references_, message_references_;
  std::size_t groups_ = 0;
  bool opened_ = false, closed_ = false;
};

}  // namespace

core::Result<Interchange> read_interchange(std::string_view bytes, std::string_view name) {
  while (!bytes.empty() && is_space(bytes.front())) bytes.remove_prefix(1);
  Separators separators;
  bool has_una = false;
  if (bytes.starts_with("UNA")) {
    if (bytes.size() < kUnaBytes)
      return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: UNA is cut off", name)};
    separators.component = bytes[3];
    separators.element = bytes[4];
    separators.release = bytes[6] == ' ' ? '\0' : bytes[6];
    // Reserved, a blank, before version 4; the repetition separator since.
    separators.repetition = bytes[7] == ' ' ? '\0' : bytes[7];
    separators.terminator = bytes[8];
    const char all[] = {bytes[3], bytes[4], bytes[6], bytes[7], bytes[8]};
    for (std::size_t i = 0; i < std::size(all); ++i) {
      for (std::size_t k = i + 1; k < std::size(all); ++k) {
        if (all[i] == all[k] && all[i] != ' ')
          return core::Error{core::ErrorCode::kInvalidInput,
                             fmt::format("{}: UNA names one character twice", name)};
      }
    }
    bytes.remove_prefix(kUnaBytes);
    while (!bytes.empty() && is_space(bytes.front())) bytes.remove_prefix(1);
    has_una = true;
  }
  Interchange out;
  if (!bytes.starts_with("UNB") || bytes.size() < 8)
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: does not begin with UNB", name)};
  out.character_set = bytes.substr(4, 4);
  const auto* set = std::find_if(std::begin(kCharacterSets), std::end(kCharacterSets),
                                 [&](const auto& s) { return s.id == out.character_set; });
  if (set == std::end(kCharacterSets)) {
    return core::Error{core::ErrorCode::kUnsupported,
                       fmt::format("{}: segment 1: UNB: character set \"{}\" is not read (UNOA to "
                                   "UNOK, UNOW, UNOY)",
                                   name, quotable(out.character_set, 10))};
  }
  // Version 4's repetition separator is '*' unless UNA says otherwise.
  if (!has_una && bytes.substr(8, 2) == ":4") separators.repetition = '*';
  PC_TRY(const auto utf8, to_utf8(bytes, set->character_set, name));
  if (out.character_set == "UNOA" &&
      std::any_of(utf8.begin(), utf8.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
    out.remarks.push_back({"header", "UNOA", "says capitals alone, small letters stand there too"});
  SegmentReader reader(utf8, name, separators);
  InterchangeReader interchange(name, out);
  while (true) {
    PC_TRY(auto segment, reader.next());
    if (!segment) break;
    PC_CHECK(interchange.take(std::move(*segment)));
  }
  PC_CHECK(interchange.end());
  return out;
}

}  // namespace portcullis::customs::edifact
