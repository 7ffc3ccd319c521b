#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::customs {

// For the adapters only.

inline constexpr std::size_t kSegmentBytesMax = 65'536;
inline constexpr std::size_t kSegmentPartsMax = 2'000;  ///< Elements and components of one segment.
inline constexpr std::size_t kSegmentsMax = 500'000;

/// What divides the segments of a delimiter format; 0: the format has none.
struct Separators {
  char component = ':';
  char element = '+';
  char release = '?';
  char repetition = 0;
  char terminator = '\'';
};

struct Segment {
  std::string tag;
  /// [element][component]; the element after the tag is the first. Of a repeated element the first
  /// one stands here, the others in `repeats`.
  std::vector<std::vector<std::string>> elements;
  struct Repeat {
    std::size_t element;
    std::vector<std::string> components;
  };
  std::vector<Repeat> repeats;
  std::size_t number = 0;  ///< In the file, the first is 1.
  std::string raw;         ///< As it stands, without terminator.

  /// Component `component` of element `element`, both from 0; empty where there is none.
  [[nodiscard]] std::string_view at(std::size_t element, std::size_t component = 0) const;
};

/// Reads segments from a delimiter format (UN/EDIFACT, X12), one at a time. White space between
/// segments is passed over. Borrows the bytes. Fails with kInvalidInput ("name: segment n: why"): a
/// segment of more than kSegmentBytesMax or kSegmentPartsMax, more than kSegmentsMax, one that is
/// not closed, a release character at the end, control characters.
class SegmentReader {
 public:
  SegmentReader(std::string_view bytes, std::string_view name, const Separators& separators)
      : bytes_(bytes), name_(name), separators_(separators) {}

  /// Nothing after the last.
  core::Result<std::optional<Segment>> next();

 private:
  [[nodiscard]] core::Error problem(std::string_view why) const;
  std::string_view bytes_;
  std::string_view name_;
  Separators separators_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
};

/// Bytes of a character set that iconv(3) knows, as UTF-8. Fails with kInvalidInput where they are
/// none of it ("name: byte n is not ISO-8859-2"), kUnsupported where the set is not known.
core::Result<std::string> to_utf8(std::string_view bytes, const char* character_set,
                                  std::string_view name);

}  // namespace portcullis::customs
