#include "firmware_bridge/codec/line_splitter.h"

namespace portcullis::firmware_bridge {

void LineSplitter::push(std::string_view bytes) {
  if (read_ > 0) {
    buffer_.erase(0, read_);
    read_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<std::string_view> LineSplitter::next() {
  for (;;) {
    const std::size_t end = buffer_.find('\n', read_);
    if (end == std::string::npos) {
      // CR may still be the last byte of a line that just fits.
      if (buffer_.size() - read_ > line_bytes_max_ + 1) {
        if (!discarding_) ++overlong_;
        discarding_ = true;
      }
      if (discarding_) {
        buffer_.clear();
        read_ = 0;
      }
      return std::nullopt;
    }
    std::string_view line(buffer_.data() + read_, end - read_);
    read_ = end + 1;
    if (discarding_) {
      discarding_ = false;
      continue;
    }
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.size() > line_bytes_max_) {
      ++overlong_;
      continue;
    }
    return line;
  }
}

void LineSplitter::clear() {
  buffer_.clear();
  read_ = 0;
  discarding_ = false;
}

}  // namespace portcullis::firmware_bridge
