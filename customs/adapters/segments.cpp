#include "customs/adapters/segments.h"

#include <fmt/format.h>
#include <iconv.h>

#include <cerrno>

namespace portcullis::customs {

std::string_view Segment::at(std::size_t element, std::size_t component) const {
  if (element >= elements.size() || component >= elements[element].size()) return {};
  return elements[element][component];
}

core::Error SegmentReader::problem(std::string_view why) const {
  return {core::ErrorCode::kInvalidInput, fmt::format("{}: segment {}: {}", name_, number_, why)};
}

core::Result<std::optional<Segment>> SegmentReader::next() {
  while (at_ < bytes_.size() &&
         (bytes_[at_] == ' ' || bytes_[at_] == '\t' || bytes_[at_] == '\r' || bytes_[at_] == '\n'))
    ++at_;
  if (at_ >= bytes_.size()) return std::optional<Segment>();
  ++number_;
  if (number_ > kSegmentsMax) return problem(fmt::format("more than {} segments", kSegmentsMax));
  const auto start = at_;
  Segment segment;
  segment.number = number_;
  std::vector<std::vector<std::string>> repeated(1);  // Repetitions of the element being read.
  repeated.back().emplace_back();
  std::size_t parts = 1;
  bool is_tag = true;
  const auto close_element = [&] {
    if (is_tag) {
      segment.tag = repeated[0][0];
      is_tag = false;
    } else {
      segment.elements.push_back(std::move(repeated[0]));
      for (std::size_t i = 1; i < repeated.size(); ++i)
        segment.repeats.push_back({segment.elements.size() - 1, std::move(repeated[i])});
    }
    repeated.clear();
    repeated.emplace_back().emplace_back();
  };
  for (; at_ < bytes_.size(); ++at_) {
    const char c = bytes_[at_];
    if (at_ - start > kSegmentBytesMax)
      return problem(fmt::format("longer than {} bytes", kSegmentBytesMax));
    if (separators_.release != 0 && c == separators_.release) {
      if (++at_ >= bytes_.size()) return problem("ends in a release character");
      repeated.back().back() += bytes_[at_];
      continue;
    }
    if (c == separators_.terminator) {
      segment.raw = bytes_.substr(start, at_ - start);
      ++at_;
      close_element();
      return std::optional<Segment>(std::move(segment));
    }
    // A line may be broken anywhere; that is no part of the data.
    if (c == '\r' || c == '\n') continue;
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t')
      return problem(fmt::format("byte {}: a control character", at_));
    const bool divides = c == separators_.element || c == separators_.component ||
                         (separators_.repetition != 0 && c == separators_.repetition);
    if (!divides) {
      repeated.back().back() += c;
      continue;
    }
    if (++parts > kSegmentPartsMax)
      return problem(fmt::format("more than {} elements and components", kSegmentPartsMax));
    if (c == separators_.element)
      close_element();
    else if (c == separators_.component)
      repeated.back().emplace_back();
    else
      repeated.emplace_back().emplace_back();
  }
  return problem("is cut off: its terminator is missing");
}

core::Result<std::string> to_utf8(std::string_view bytes, const char* character_set,
                                  std::string_view name) {
  const iconv_t converter = iconv_open("UTF-8", character_set);
  // iconv_open() gives (iconv_t)-1 on failure.
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr)
    return core::Error{core::ErrorCode::kUnsupported,
                       fmt::format("{}: character set {} is not read", name, character_set)};
  }
  std::string out(bytes.size() * 3 + 4, '\0');  // No byte of these sets takes more than three.
  // iconv() does not write to its input, whatever its type says.
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  char* end = out.data();
  std::size_t out_left = out.size();
  const auto converted = iconv(converter, &in, &in_left, &end, &out_left);
  iconv_close(converter);
  if (converted == static_cast<std::size_t>(-1)) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: byte {}: not {}", name, bytes.size() - in_left, character_set)};
  }
  out.resize(out.size() - out_left);
  return out;
}

}  // namespace portcullis::customs
