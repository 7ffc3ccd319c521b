#include "customs/gateway/message_journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <span>

#include "core/crc32c.h"
#include "core/files.h"

namespace portcullis::customs {

namespace {

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

constexpr std::uint32_t kSegmentMagic = 0x3153'4a50;  // "PJS1"
constexpr std::uint32_t kRecordMagic = 0x3152'4a50;   // "PJR1"
constexpr std::size_t kPageBytes = 4'096;
constexpr std::size_t kSegmentBytes = 8U << 20U;
/// Of a file that a message has to wait for; it is not used again.
constexpr std::size_t kSmallSegmentBytes = 1U << 20U;
constexpr std::size_t kSegmentBytesMax = std::size_t{1} << 31U;
constexpr std::size_t kFreeSegmentsMax = 8;

/// First page of a file.
struct SegmentHead {
  std::uint32_t magic = kSegmentMagic;
  std::uint32_t crc = 0;   ///< Of `first`.
  std::int64_t first = 0;  ///< Sequence number of its first message.
};

/// Before each batch.
struct RecordHead {
  std::uint32_t magic = kRecordMagic;
  std::uint32_t crc = 0;    ///< Of all that follows.
  std::int64_t first = 0;   ///< Sequence number of its first message.
  std::uint64_t bytes = 0;  ///< After this head.
  std::uint64_t count = 0;
};
constexpr std::size_t kCheckedFrom = sizeof(std::uint32_t) * 2;

std::uint32_t crc_of(std::string_view bytes) {
  return core::crc32c(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

std::size_t whole_pages(std::size_t bytes) {
  return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

core::Error journal_error(const std::filesystem::path& path, const char* what) {
  return {core::ErrorCode::kIo,
          fmt::format("{}: cannot {}: {}", path.string(), what, std::strerror(errno))};
}

template <class Number>
void put(std::string& out, Number value) {
  char bytes[sizeof(Number)];
  std::memcpy(bytes, &value, sizeof(Number));
  out.append(bytes, sizeof(Number));
}

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

/// Reads what put() and put_text() wrote; once something is missing all that follows is empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <class Number>
  Number number() {
    Number value{};
    if (!has(sizeof(Number))) return value;
    std::memcpy(&value, rest_.data(), sizeof(Number));
    rest_.remove_prefix(sizeof(Number));
    return value;
  }
  std::string text() {
    const auto size = number<std::uint32_t>();
    if (!has(size)) return {};
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return good_ && rest_.empty(); }

 private:
  bool has(std::size_t bytes) {
    good_ = good_ && bytes <= rest_.size();
    return good_;
  }
  std::string_view rest_;
  bool good_ = true;
};

void put_form(std::string& out, const MessageForm& form) {
  const auto& r = form.receipt;
  for (const auto* text : {&r.id, &r.sha256, &r.system, &r.kind, &r.sender, &r.message_id,
                           &form.incoming.name, &form.incoming.origin, &form.compressed})
    put_text(out, *text);
  put(out, r.received.ns);
  put(out, r.declarations);
  put(out, static_cast<std::uint32_t>(form.parts.size()));
  for (const auto& part : form.parts) {
    put(out, part.position);
    const unsigned flags =
        (part.is_declaration ? 1U : 0U) | (part.withdrawn ? 2U : 0U) | (part.test ? 4U : 0U);
    put(out, static_cast<std::uint8_t>(flags));
    for (const auto* text : {&part.id, &part.declarant, &part.lrn}) put_text(out, *text);
    put(out, static_cast<std::uint32_t>(part.references.size()));
    for (const auto& reference : part.references) {
      put(out, static_cast<std::uint8_t>(reference.kind));
      put_text(out, reference.value);
    }
  }
}

MessageForm read_form(Reader& in) {
  MessageForm form;
  auto& r = form.receipt;
  r.state = MessageState::kTaken;
  for (auto* text : {&r.id, &r.sha256, &r.system, &r.kind, &r.sender, &r.message_id,
                     &form.incoming.name, &form.incoming.origin, &form.compressed})
    *text = in.text();
  r.received.ns = in.number<std::int64_t>();
  r.declarations = in.number<std::uint64_t>();
  const auto parts = in.number<std::uint32_t>();
  for (std::uint32_t i = 0; i < parts && in.good(); ++i) {
    auto& part = form.parts.emplace_back();
    part.position = in.number<std::uint32_t>();
    const unsigned flags = in.number<std::uint8_t>();
    part.is_declaration = (flags & 1U) != 0;
    part.withdrawn = (flags & 2U) != 0;
    part.test = (flags & 4U) != 0;
    for (auto* text : {&part.id, &part.declarant, &part.lrn}) *text = in.text();
    const auto references = in.number<std::uint32_t>();
    for (std::uint32_t k = 0; k < references && in.good(); ++k) {
      const auto kind = static_cast<ReferenceKind>(in.number<std::uint8_t>());
      part.references.push_back({kind, in.text()});
    }
  }
  return form;
}

/// Head and content of the record at `position`; nothing where none begins there that is whole and
/// of this sequence number: what an earlier use of the file left, or what a kill cut off.
struct RecordView {
  RecordHead head;
  std::string_view content;
};
std::optional<RecordView> record_at(std::string_view file, std::size_t position,
                                    std::int64_t sequence) {
  RecordView record;
  if (position + sizeof(RecordHead) > file.size()) return std::nullopt;
  std::memcpy(&record.head, file.data() + position, sizeof(RecordHead));
  const auto& head = record.head;
  if (head.magic != kRecordMagic || head.first != sequence || head.count == 0 ||
      head.bytes > file.size() - position - sizeof(RecordHead))
    return std::nullopt;
  const auto checked =
      file.substr(position + kCheckedFrom, sizeof(RecordHead) - kCheckedFrom + head.bytes);
  if (crc_of(checked) != head.crc) return std::nullopt;
  record.content = file.substr(position + sizeof(RecordHead), head.bytes);
  return record;
}

}  // namespace

struct MessageJournal::Segment {
  std::filesystem::path path;
  int file = -1;
  std::size_t bytes = 0;
  std::int64_t first = 0, last = 0;  ///< `last` below `first`: nothing is in it.

  Segment() = default;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;
  ~Segment() {
    if (file >= 0) ::close(file);
  }
};

struct MessageJournal::Shared {
  std::mutex mutex;
  std::deque<std::unique_ptr<Segment>> full;  ///< By sequence number.
  std::vector<std::unique_ptr<Segment>> free;
  std::int64_t number = 0;  ///< Of the newest file.
  bool half_full = false;   ///< The file that is written.
};

MessageJournal::MessageJournal(std::filesystem::path stem)
    : stem_(std::move(stem)), shared_(std::make_unique<Shared>()) {}

MessageJournal::~MessageJournal() {
  if (lock_ >= 0) ::close(lock_);
}

core::Result<std::unique_ptr<MessageJournal>> MessageJournal::open(
    const std::filesystem::path& stem) {
  std::unique_ptr<MessageJournal> journal(new MessageJournal(stem));
  const std::filesystem::path lock = stem.string() + "-lock";
  journal->lock_ = ::open(lock.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0660);
  if (journal->lock_ < 0) return journal_error(lock, "open");
  if (::flock(journal->lock_, LOCK_EX | LOCK_NB) != 0)
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("{}: another gateway works on this store: stop it, or give this "
                                   "one a store of its own",
                                   lock.string())};
  PC_CHECK(journal->open_segments());
  return journal;
}

core::Status MessageJournal::open_segments() {
  const auto folder = stem_.has_parent_path() ? stem_.parent_path() : std::filesystem::path(".");
  const auto prefix = stem_.filename().string() + "-";
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const auto name = entry->path().filename().string();
    if (!name.starts_with(prefix) || name.size() == prefix.size()) continue;
    std::int64_t number = 0;
    const bool digits = name.size() <= prefix.size() + 9 &&
                        std::all_of(name.begin() + static_cast<std::ptrdiff_t>(prefix.size()),
                                    name.end(), [&](char c) {
                                      number = number * 10 + (c - '0');
                                      return c >= '0' && c <= '9';
                                    });
    if (!digits) continue;
    auto segment = std::make_unique<Segment>();
    segment->path = entry->path();
    segment->file = ::open(segment->path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    struct stat info {};
    if (segment->file < 0 || ::fstat(segment->file, &info) != 0)
      return journal_error(segment->path, "open");
    segment->bytes = static_cast<std::size_t>(info.st_size);
    shared_->number = std::max(shared_->number, number);
    shared_->full.push_back(std::move(segment));
  }
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", folder.string(), error.message())};
  return {};
}

core::Status MessageJournal::replay(std::int64_t sequence, const Take& take) {
  PC_ASSERT(writing_ == nullptr && last_ == 0);
  last_ = sequence;
  auto& segments = shared_->full;
  for (auto& segment : segments) {
    SegmentHead head;
    const auto got = ::pread(segment->file, &head, sizeof(head), 0);
    if (got < 0) return journal_error(segment->path, "read");
    const bool whole = got == sizeof(head) && head.magic == kSegmentMagic &&
                       head.crc == core::crc32c(std::as_bytes(std::span(&head.first, 1)));
    segment->first = whole ? head.first : 0;
  }
  std::sort(segments.begin(), segments.end(),
            [](const auto& a, const auto& b) { return a->first < b->first; });
  for (std::size_t i = 0; i < segments.size(); ++i) {
    auto& segment = segments[i];
    if (segment->first == 0) continue;  // Never written.
    if (i + 1 < segments.size() && segments[i + 1]->first <= sequence + 1) {
      segment->last = segments[i + 1]->first - 1;  // The tables have all of it.
      continue;
    }
    PC_TRY(const auto file, core::read_file(segment->path, kSegmentBytesMax));
    std::int64_t next = segment->first;
    for (std::size_t position = kPageBytes; true;) {
      const auto record = record_at(file, position, next);
      if (!record) break;
      next += static_cast<std::int64_t>(record->head.count);
      position += whole_pages(sizeof(RecordHead) + record->content.size());
      if (next - 1 <= last_) continue;  // The tables have it.
      // A batch is in the tables whole or not at all.
      if (record->head.first != last_ + 1)
        return core::Error{
            core::ErrorCode::kCorrupt,
            fmt::format("{}: the messages before number {} are missing, from {} on: bring the "
                        "files {}-* back as they were, or move them away to go on without",
                        segment->path.string(), record->head.first, last_ + 1, stem_.string())};
      Reader in(record->content);
      std::vector<MessageForm> forms;
      for (std::uint64_t k = 0; k < record->head.count && in.good(); ++k)
        forms.push_back(read_form(in));
      if (!in.at_end())
        return core::Error{core::ErrorCode::kCorrupt,
                           fmt::format("{}: message number {}: cannot be read: it is of another "
                                       "version of this program; start that one once",
                                       segment->path.string(), record->head.first)};
      PC_CHECK(take(forms, next - 1));
      last_ = next - 1;
    }
    segment->last = next - 1;
  }
  return {};
}

core::Status MessageJournal::add_segment(std::size_t bytes) {
  auto segment = std::make_unique<Segment>();
  {
    const std::lock_guard lock(shared_->mutex);
    segment->path = fmt::format("{}-{:04}", stem_.string(), ++shared_->number);
  }
  segment->bytes = bytes;
  const auto give_up = [&](const char* what) {
    auto error = journal_error(segment->path, what);
    ::unlink(segment->path.c_str());
    return error;
  };
  segment->file =
      ::open(segment->path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0660);
  if (segment->file < 0) return journal_error(segment->path, "make");
  // Written once, so that no sync after it has anything but data to write.
  const std::string zeros(std::min(bytes, kSegmentBytes), '\0');
  for (std::size_t done = 0; done < bytes;) {
    const auto written = ::pwrite(segment->file, zeros.data(), std::min(zeros.size(), bytes - done),
                                  static_cast<off_t>(done));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return give_up("reserve room for");
    done += static_cast<std::size_t>(written);
  }
  if (::fsync(segment->file) != 0) return give_up("sync");
  const auto folder = stem_.has_parent_path() ? stem_.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return give_up("sync the folder of");
  const std::lock_guard lock(shared_->mutex);
  shared_->free.push_back(std::move(segment));
  return {};
}

bool MessageJournal::wants_room() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->half_full && shared_->free.empty();
}

core::Status MessageJournal::make_room() {
  return add_segment(kSegmentBytes);
}

core::Status MessageJournal::begin_segment(std::size_t record_bytes) {
  const std::size_t needed = kPageBytes + record_bytes;
  const auto fits = [&](const auto& segment) { return segment->bytes >= needed; };
  while (true) {
    {
      const std::lock_guard lock(shared_->mutex);
      auto& free = shared_->free;
      const auto found = std::find_if(free.begin(), free.end(), fits);
      if (found != free.end()) {
        if (writing_) shared_->full.push_back(std::move(writing_));
        writing_ = std::move(*found);
        free.erase(found);
        break;
      }
    }
    PC_CHECK(add_segment(std::max(kSmallSegmentBytes, whole_pages(needed))));
  }
  writing_->first = last_ + 1;
  writing_->last = last_;
  position_ = 0;
  return {};
}

core::Status MessageJournal::append(const std::vector<const MessageForm*>& forms) {
  if (forms.empty()) return {};
  // Room for a segment's head before the record, used where it is the first.
  buffer_.assign(kPageBytes + sizeof(RecordHead), '\0');
  for (const auto* form : forms) put_form(buffer_, *form);
  RecordHead head;
  head.first = last_ + 1;
  head.count = forms.size();
  head.bytes = buffer_.size() - kPageBytes - sizeof(RecordHead);
  const std::size_t record_bytes = whole_pages(buffer_.size() - kPageBytes);
  buffer_.resize(kPageBytes + record_bytes, '\0');
  std::memcpy(buffer_.data() + kPageBytes, &head, sizeof(head));
  const std::string_view record(buffer_.data() + kPageBytes, sizeof(RecordHead) + head.bytes);
  head.crc = crc_of(record.substr(kCheckedFrom));
  std::memcpy(buffer_.data() + kPageBytes, &head, sizeof(head));

  if (writing_ == nullptr || std::max(position_, kPageBytes) + record_bytes > writing_->bytes)
    PC_CHECK(begin_segment(record_bytes));
  const bool is_first = position_ == 0;
  if (is_first) {
    SegmentHead segment;
    segment.first = head.first;
    segment.crc = core::crc32c(std::as_bytes(std::span(&segment.first, 1)));
    std::memcpy(buffer_.data(), &segment, sizeof(segment));
  }
  std::string_view rest = buffer_;
  if (!is_first) rest.remove_prefix(kPageBytes);
  const std::size_t end = position_ + rest.size();
  for (auto at = static_cast<off_t>(position_); !rest.empty();) {
    const auto written = ::pwrite(writing_->file, rest.data(), rest.size(), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return journal_error(writing_->path, "write");
    at += written;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(writing_->file) != 0) return journal_error(writing_->path, "sync");
  position_ = end;
  last_ += static_cast<std::int64_t>(forms.size());
  writing_->last = last_;
  const std::lock_guard lock(shared_->mutex);
  shared_->half_full = position_ > writing_->bytes / 2;
  return {};
}

void MessageJournal::release(std::int64_t sequence) {
  std::vector<std::unique_ptr<Segment>> dropped;
  const std::lock_guard lock(shared_->mutex);
  auto& full = shared_->full;
  while (!full.empty() && full.front()->last <= sequence) {
    const bool keep =
        shared_->free.size() < kFreeSegmentsMax && full.front()->bytes >= kSegmentBytes;
    if (!keep) ::unlink(full.front()->path.c_str());
    (keep ? shared_->free : dropped).push_back(std::move(full.front()));
    full.pop_front();
  }
}

}  // namespace portcullis::customs
