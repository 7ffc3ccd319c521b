#include "customs/gateway/message_form.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "core/files.h"
#include "core/iso6346.h"
#include "customs/adapters/parse.h"
#include "customs/model/case.h"

namespace portcullis::customs {

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kClockAheadMaxNs = 600 * kSecondNs;
constexpr std::int64_t kOffsetMaxNs = 14 * 3600 * kSecondNs;
constexpr std::size_t kIdDigits = 32;
constexpr int kCompressionLevel = 1;
constexpr std::string_view kYearMax = "2261";
constexpr std::string_view kCancellation = "1";  // UN/EDIFACT 1225 and the WCO's function codes.

void refer(MessageForm::Part& part, ReferenceKind kind, std::string value) {
  if (value.empty()) return;
  const bool known = std::any_of(
      part.references.begin(), part.references.end(),
      [&](const auto& known_one) { return known_one.kind == kind && known_one.value == value; });
  if (!known) part.references.push_back({kind, std::move(value)});
}

void refer_declaration(MessageForm::Part& part, const core::Declaration& declaration) {
  for (const auto& container : declaration.containers)
    refer(part, ReferenceKind::kContainer, comparison_key(container.number));
  refer(part, ReferenceKind::kPlate, comparison_key(declaration.vehicle_plate));
  refer(part, ReferenceKind::kUcr, declaration.ucr);
  refer(part, ReferenceKind::kMrn, declaration.mrn);
  refer(part, ReferenceKind::kLrn, declaration.lrn);
}

void refer_rest(MessageForm::Part& part, const Case& rest) {
  for (const auto& notice : rest.notices) {
    refer(part, ReferenceKind::kContainer, comparison_key(notice.container));
    refer(part, ReferenceKind::kMrn, notice.mrn);
    refer(part, ReferenceKind::kLrn, notice.lrn);
  }
  for (const auto& order : rest.orders) {
    refer(part, ReferenceKind::kContainer, comparison_key(order.container));
    refer(part, ReferenceKind::kPlate, comparison_key(order.plate));
    refer(part, ReferenceKind::kMeans, comparison_key(order.chassis));
  }
}

/// One case for each declaration; what belongs to none of several is a case of its own.
std::vector<ReadPart> split_case(Case read, const std::string& id, core::UtcTime received) {
  auto declarations = std::move(read.declarations);
  auto details = std::move(read.details);
  read.declarations.clear();
  read.details.clear();
  const bool several = declarations.size() != 1;
  std::vector<ReadPart> parts;
  parts.reserve(declarations.size() + 1);
  const auto head = read.message;
  for (auto& notice : read.notices) notice.system = head.system;
  read.id = id;
  parts.push_back({several ? 0U : 1U, std::move(read)});
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    if (several) {
      auto& added = parts.emplace_back();
      added.position = static_cast<std::uint32_t>(i) + 1;
      added.part.message = head;
      added.part.id = part_id(id, declarations.size(), added.position);
    }
    auto& one = parts.back().part;
    declarations[i].received = received;
    one.declarations.push_back(std::move(declarations[i]));
    if (i < details.size()) one.details.push_back(std::move(details[i]));
  }
  return parts;
}

void add_parts(MessageForm& form, Case read) {
  const bool test = read.message.test;
  const bool withdrawn = test || read.message.function == kCancellation;
  for (const auto& [position, one] :
       split_case(std::move(read), form.receipt.id, form.receipt.received)) {
    auto& part = form.parts.emplace_back();
    part.id = one.id;
    part.position = position;
    part.is_declaration = !one.declarations.empty();
    part.withdrawn = withdrawn;
    part.test = test;
    if (part.is_declaration) {
      part.declarant = one.declarations.front().declarant;
      part.lrn = one.declarations.front().lrn;
      refer_declaration(part, one.declarations.front());
    }
    refer_rest(part, one);
    for (const auto& detail : one.details)
      for (const auto& means : detail.means)
        refer(part, ReferenceKind::kMeans, comparison_key(means.id));
  }
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional<int>(value);
}

/// "+01:00" or "+0100" in nanoseconds.
std::optional<std::int64_t> offset_of(std::string_view text) {
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = digits(text.substr(1, 2));
  const auto minutes = digits(text.substr(text.size() - 2));
  const bool shape = text.size() == 5 || (text.size() == 6 && text[3] == ':');
  if (!shape || !hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const std::int64_t ns = (*hours * 60 + *minutes) * 60 * kSecondNs;
  return text[0] == '-' ? -ns : ns;
}

/// XML and segments shrink to a fifth, and so does what the disk has to sync.
std::string compressed(std::string_view bytes) {
  // Making its tables anew would cost as much as a small message itself.
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  static thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  PC_ASSERT(context != nullptr);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const auto size = ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(),
                                      bytes.size(), kCompressionLevel);
  PC_ASSERT(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

}  // namespace

core::Result<std::vector<ReadPart>> read_parts(const Receipt& receipt,
                                               std::string_view compressed) {
  const auto size = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  std::string bytes(size <= kMessageBytesMax ? static_cast<std::size_t>(size) : 0, '\0');
  const auto unpacked =
      ZSTD_decompress(bytes.data(), bytes.size(), compressed.data(), compressed.size());
  if (size > kMessageBytesMax || ZSTD_isError(unpacked) != 0 || unpacked != bytes.size())
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("message {}: its bytes cannot be unpacked", receipt.id)};
  PC_TRY(auto read, parse_message(bytes, receipt.id, receipt.system));
  return split_case(std::move(read), receipt.id, receipt.received);
}

std::string part_id(std::string_view message_id, std::uint64_t declarations,
                    std::uint32_t position) {
  return declarations == 1 ? std::string(message_id) : fmt::format("{}-{}", message_id, position);
}

PartName part_name(std::string_view id) {
  constexpr std::size_t kDigitsMax = 6;
  const auto dash = id.rfind('-');
  if (dash != std::string_view::npos && id.size() - dash - 1 <= kDigitsMax) {
    if (const auto position = digits(id.substr(dash + 1)); position && *position > 0)
      return {std::string(id.substr(0, dash)), static_cast<std::uint32_t>(*position)};
  }
  return {std::string(id), 0};
}

std::string stored_id(std::string_view system, std::string_view sender,
                      std::string_view message_id) {
  // The length keeps a line feed in a sender's name from shifting what follows.
  return core::sha256_hex(fmt::format("{}\n{}:{}\n{}", system, sender.size(), sender, message_id))
      .substr(0, kIdDigits);
}

std::string comparison_key(std::string_view text) {
  std::string key;
  for (const char c : core::normalise_container_number(text)) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
      key += c;
  }
  return key;
}

std::optional<StatedTime> parse_stated_time(std::string_view text) {
  StatedTime stated;
  std::int64_t offset_ns = 0;
  if (text.ends_with("Z")) {
    stated.zoned = true;
    text.remove_suffix(1);
  } else if (const auto sign = text.find_last_of("+-"); sign != std::string_view::npos &&
                                                        sign > 7 && sign + 5 <= text.size() &&
                                                        text.find(':', 0) < sign) {
    const auto offset = offset_of(text.substr(sign));
    if (!offset) return std::nullopt;
    offset_ns = *offset;
    stated.zoned = true;
    text = text.substr(0, sign);
  }
  std::string plain;  // Digits alone: a date, then perhaps a time.
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9')
      plain += c;
    else if (c == '.' && plain.size() == 14)
      break;  // A fraction of a second.
    else if (c != '-' && c != ':' && c != 'T' && c != ' ')
      return std::nullopt;
  }
  // Two digits of the year where the date has six: YYMMDD, YYMMDDHHMM; "YYMMDDHHMMSS" is not told
  // from "YYYYMMDDHHMM" by its length, so that twelve digits are the latter (code 203).
  if (plain.size() == 6 || plain.size() == 10) plain.insert(0, "20");
  if (plain.size() != 8 && plain.size() != 12 && plain.size() != 14) return std::nullopt;
  plain.resize(14, '0');
  const auto at = [&](std::size_t from, std::size_t count) { return plain.substr(from, count); };
  if (at(0, 4) > kYearMax) {  // Beyond what a UtcTime can hold.
    stated.time = {std::numeric_limits<std::int64_t>::max()};
    return stated;
  }
  const auto time = core::parse_iso8601(fmt::format("{}-{}-{}T{}:{}:{}Z", at(0, 4), at(4, 2),
                                                    at(6, 2), at(8, 2), at(10, 2), at(12, 2)));
  if (!time.ok()) return std::nullopt;
  stated.time = {time.value().ns - offset_ns};
  return stated;
}

bool is_ahead(const StatedTime& sent, core::UtcTime now) {
  return sent.time.ns > now.ns + kClockAheadMaxNs + (sent.zoned ? 0 : kOffsetMaxNs);
}

MessageForm form_message(IncomingMessage message, core::UtcTime now) {
  MessageForm form;
  auto& receipt = form.receipt;
  receipt.sha256 = core::sha256_hex(message.bytes);
  receipt.received = now;
  const auto refuse = [&](core::ErrorCode code, std::string reason) {
    receipt.state = MessageState::kRefused;
    receipt.id = core::sha256_hex("refused\n" + receipt.sha256).substr(0, kIdDigits);
    receipt.code = code;
    receipt.reason = std::move(reason);
  };
  auto read = parse_message(message.bytes, message.name);
  if (!read.ok()) {
    refuse(read.error().code, read.error().message);
  } else {
    receipt.system = read->message.system;
    receipt.kind = read->message.name;
    receipt.sender = read->message.sender;
    // A declaration without a message id of its own is known by its bytes.
    receipt.message_id =
        read->declarations.size() == 1 ? read->declarations.front().message_id : read->message.id;
    const auto sent = parse_stated_time(read->message.sent);
    if (sent && is_ahead(*sent, now)) {
      refuse(core::ErrorCode::kInvalidInput,
             fmt::format("{}: says that it was sent at {}, which is in the future (it is {}): set "
                         "the sender's clock right, or this machine's",
                         message.name, read->message.sent, core::to_iso8601(now)));
    } else {
      receipt.state = MessageState::kTaken;
      receipt.id = stored_id(receipt.system, receipt.sender, receipt.message_id);
      receipt.declarations = read->declarations.size();
      add_parts(form, std::move(read).value());
    }
  }
  if (receipt.state == MessageState::kTaken) form.compressed = compressed(message.bytes);
  form.incoming = std::move(message);
  return form;
}

}  // namespace portcullis::customs
