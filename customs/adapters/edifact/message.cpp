#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/adapter.h"
#include "customs/adapters/edifact/edifact.h"
#include "customs/adapters/edifact/message_reader.h"
#include "customs/adapters/edifact/write.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs::edifact {

namespace {

using F = Field;

constexpr struct {
  std::string_view name;
  MessageType type;
} kTypes[] = {
    {"CUSCAR", MessageType::kCuscar}, {"CUSDEC", MessageType::kCusdec},
    {"GOVCBR", MessageType::kGovcbr}, {"CUSRES", MessageType::kCusres},
    {"COPINO", MessageType::kCopino}, {"CODECO", MessageType::kCodeco},
    {"VERMAS", MessageType::kVermas},
};

core::Result<Case> parse_edifact(std::string_view bytes, std::string_view name) {
  PC_TRY(const auto interchange, read_interchange(bytes, name));
  CaseBuilder builder(name);
  auto& head = builder.current().message;
  head.sender = interchange.sender;
  head.recipient = interchange.recipient;
  head.sent = interchange.prepared;
  head.test = interchange.test;
  head.id = fmt::format("{}:{}", interchange.sender, interchange.reference);
  for (const auto& r : interchange.remarks) builder.remark(r.kind, r.value, r.reason);
  for (const auto& message : interchange.messages) {
    auto type = message.type;
    if (type.empty() && !message.segments.empty() && message.segments[0].tag == "BGM" &&
        (message.segments[0].at(0) == "85" || message.segments[0].at(0) == "785")) {
      type = "CUSCAR";
      builder.remark("header", message.reference,
                     "the message type is missing; document code 85 or 785 is a cargo manifest");
    }
    const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                     [&](const auto& t) { return t.name == type; });
    if (found == std::end(kTypes)) {
      return core::Error{
          core::ErrorCode::kUnsupported,
          fmt::format("{}: message {}: type \"{}\" is not read (CUSCAR, CUSDEC, GOVCBR, CUSRES, "
                      "COPINO, CODECO, VERMAS)",
                      name, quotable(message.reference, 40), quotable(type, 20))};
    }
    if (head.name.empty()) {
      head.name = type;
      head.version = fmt::format("{}.{}", message.version, message.release);
      head.basis = type == "CUSCAR" ? "published sample" : "directory";
    }
    // The declarations of one message stand apart from those of another.
    const bool declares =
        found->type == MessageType::kCusdec || found->type == MessageType::kGovcbr;
    if (declares && !builder.current().declarations.empty()) builder.begin(F::kBeginDeclaration);
    MessageReader(builder, found->type).read(message);
  }
  if (interchange.messages.empty())
    return core::Error{core::ErrorCode::kInvalidInput, fmt::format("{}: holds no message", name)};
  return std::move(builder).finish();
}

bool looks_like_interchange(std::string_view bytes) {
  const auto start = bytes.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return false;
  const auto head = bytes.substr(start, 3);
  return head == "UNA" || head == "UNB";
}

}  // namespace

const Adapter& adapter() {
  static constexpr MessageWriter kWriters[] = {{"CUSRES", write_cusres}, {"GOVCBR", write_govcbr}};
  static constexpr Adapter kAdapter = {"edifact",
                                       "directory",
                                       "CUSCAR, CUSDEC, GOVCBR, CUSRES, COPINO, CODECO, VERMAS",
                                       looks_like_interchange,
                                       parse_edifact,
                                       kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs::edifact
