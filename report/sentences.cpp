#include "report/sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <utility>
#include <vector>

#include "core/assert.h"

namespace portcullis::report {

// Written by the build: the screens' translations of what the lane says.
std::string_view lane_sentences(std::string_view name);

namespace {

constexpr int kDepthMax = 4;  // of sentences within sentences
constexpr std::size_t kPlacesMax = 4;

char small_letter(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return small_letter(x) == small_letter(y);
         });
}

/// A first letter of ASCII; others have no two forms, or are none of ours to change.
std::string with_first(std::string words, bool upper) {
  if (words.empty()) return words;
  char& c = words.front();
  if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (!upper) c = small_letter(c);
  return words;
}

bool begins_large(std::string_view text) {
  return !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
}

/// The number of the place that stands at `at`; 0: none does.
std::size_t place_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at] != '%') return 0;
  const char digit = text[at + 1];
  return digit >= '1' && digit <= '0' + static_cast<int>(kPlacesMax)
             ? static_cast<std::size_t>(digit - '0')
             : 0;
}

using Captures = std::array<std::string_view, kPlacesMax>;

/// Whether `text` is `pattern` with something in each of its places: the shortest that fits.
bool fits_pattern(std::string_view pattern, std::string_view text, Captures& captured) {
  std::size_t at = 0;
  while (at < pattern.size() && place_at(pattern, at) == 0) ++at;
  if (at > text.size() || !same_letters(pattern.substr(0, at), text.substr(0, at))) return false;
  if (at == pattern.size()) return at == text.size();
  const auto place = place_at(pattern, at) - 1;
  const auto rest = pattern.substr(at + 2);
  for (std::size_t length = 1; at + length <= text.size(); ++length) {
    if (!fits_pattern(rest, text.substr(at + length), captured)) continue;
    captured[place] = text.substr(at, length);
    return true;
  }
  return false;
}

std::string filled(std::string_view words, const std::array<std::string, kPlacesMax>& parts) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto place = place_at(words, i); place > 0) {
      out += parts[place - 1];
      ++i;
    } else {
      out += words[i];
    }
  }
  return out;
}

struct Joint {
  std::string_view text;
  bool sentences = false, brackets = false;
};
constexpr Joint kJoints[] = {{". ", true, false}, {" (", false, true}, {": ", false, false}};

/// The sentences of one language.
class SentenceTable {
 public:
  explicit SentenceTable(std::string_view xml) {
    pugi::xml_document document;
    const auto read = document.load_buffer(xml.data(), xml.size());
    PC_ASSERT(read);
    for (const auto message : document.child("context").children("message")) {
      const std::string source = message.child("source").text().get();
      const std::string said = message.child("translation").text().get();
      if (source.empty() || said.empty()) continue;
      if (source.find("%1") == std::string::npos)
        exact_.emplace(with_first(source, false), std::pair(said, begins_large(source)));
      else
        patterns_.push_back({source, said});
    }
  }

  /// False where a part of it is not known; `said` is then what can be said of it.
  bool find(std::string_view english, std::string& said, int depth = 0) const {
    said = english;
    if (english.find_first_not_of(" \n") == std::string_view::npos) return true;
    const bool upper = begins_large(english);
    if (const auto known = exact_.find(with_first(std::string(english), false));
        known != exact_.end()) {
      const auto& [words, large] = known->second;
      said = large == upper ? words : with_first(words, upper);
      return true;
    }
    if (depth >= kDepthMax) return false;
    for (const auto& [source, words] : patterns_) {
      Captures captured{};
      if (!fits_pattern(source, english, captured)) continue;
      std::array<std::string, kPlacesMax> parts;
      for (std::size_t i = 0; i < kPlacesMax; ++i) find(captured[i], parts[i], depth + 1);
      said = filled(begins_large(source) == upper ? words : with_first(words, upper), parts);
      return true;
    }
    return find_in_parts(english, said, depth);
  }

 private:
  /// Sentence after sentence; "what: why" and "what (more)".
  bool find_in_parts(std::string_view english, std::string& said, int depth) const {
    for (const auto& joint : kJoints) {
      const auto at = english.find(joint.text);
      if (at == std::string_view::npos || (joint.brackets && !english.ends_with(')'))) continue;
      std::string head, tail;
      const bool known = find(english.substr(0, joint.sentences ? at + 1 : at), head, depth + 1);
      if (!known && !joint.sentences) continue;
      auto rest = english.substr(at + joint.text.size());
      if (joint.brackets) rest.remove_suffix(1);
      const bool rest_known = find(rest, tail, depth + (joint.sentences ? 0 : 1));
      said = joint.sentences  ? fmt::format("{} {}", head, tail)
             : joint.brackets ? fmt::format("{} ({})", head, tail)
                              : fmt::format("{}: {}", head, tail);
      return known && (rest_known || !joint.sentences);
    }
    return false;
  }

  std::map<std::string, std::pair<std::string, bool>, std::less<>> exact_;
  std::vector<std::pair<std::string, std::string>> patterns_;
};

const SentenceTable& table_of(Language language) {
  static const SentenceTable kFrench(lane_sentences("lane_fr.xml"));
  static const SentenceTable kSpanish(lane_sentences("lane_es.xml"));
  static const SentenceTable kArabic(lane_sentences("lane_ar.xml"));
  return language == Language::kFrench    ? kFrench
         : language == Language::kSpanish ? kSpanish
                                          : kArabic;
}

/// Lines are sentences of their own: reasons are told one a line.
bool find_lines(Language language, std::string_view english, std::string& said) {
  said.clear();
  bool all = true;
  while (true) {
    const auto end = english.find('\n');
    std::string line;
    all = table_of(language).find(english.substr(0, end), line) && all;
    said += line;
    if (end == std::string_view::npos) return all;
    said += '\n';
    english.remove_prefix(end + 1);
  }
}

}  // namespace

std::string say_sentences(Language language, std::string_view english) {
  if (language == Language::kEnglish) return std::string(english);
  std::string said;
  find_lines(language, english, said);
  return said;
}

bool knows_sentences(Language language, std::string_view english) {
  std::string said;
  return language == Language::kEnglish || find_lines(language, english, said);
}

}  // namespace portcullis::report
