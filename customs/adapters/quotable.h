#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portcullis::customs {

// For customs' own folders: texts from outside in ours.

/// First byte that is not UTF-8 (RFC 3629), or npos.
std::size_t find_bad_utf8(std::string_view bytes);

/// `text` as it may stand in an error of one line: at most `bytes_max` bytes, others than printable
/// ASCII and UTF-8's replaced by '?'.
std::string quotable(std::string_view text, std::size_t bytes_max);

/// A text for a message of ours: no control characters, at most `bytes_max` bytes, not cut within a
/// character.
std::string clean_text(std::string_view text, std::size_t bytes_max);

}  // namespace portcullis::customs
