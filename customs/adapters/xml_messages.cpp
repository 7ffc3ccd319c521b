#include "customs/adapters/xml_messages.h"

#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/safe_xml.h"
#include "customs/model/code_lists.h"

namespace portcullis::customs {

namespace {

/// Local name of the first element, found without reading the document; empty where there is none.
std::string_view first_element(std::string_view bytes) {
  while (true) {
    const auto open = bytes.find('<');
    if (open == std::string_view::npos || open + 1 >= bytes.size()) return {};
    bytes.remove_prefix(open + 1);
    if (bytes.starts_with("!--")) {
      const auto end = bytes.find("-->");
      if (end == std::string_view::npos) return {};
      bytes.remove_prefix(end);
    } else if (bytes[0] != '?' && bytes[0] != '!') {
      const auto name = bytes.substr(0, bytes.find_first_of(" \t\r\n/>"));
      const auto colon = name.find(':');
      return colon == std::string_view::npos ? name : name.substr(colon + 1);
    }
  }
}

const XmlMessage* message_of(std::span<const XmlMessage> messages, std::string_view root) {
  const auto it = std::find_if(messages.begin(), messages.end(),
                               [&](const XmlMessage& m) { return m.root == root; });
  return it == messages.end() ? nullptr : &*it;
}

}  // namespace

bool has_root(std::string_view bytes, std::span<const XmlMessage> messages) {
  return message_of(messages, first_element(bytes.substr(0, 64 * 1024))) != nullptr;
}

core::Status check_refers(const Case& read, std::string_view name) {
  const bool refers = std::any_of(read.declarations.begin(), read.declarations.end(),
                                  [](const auto& d) { return !d.lrn.empty() || !d.mrn.empty(); }) ||
                      std::any_of(read.notices.begin(), read.notices.end(),
                                  [](const auto& n) { return !n.code.empty(); }) ||
                      std::any_of(read.orders.begin(), read.orders.end(),
                                  [](const auto& o) { return !o.container.empty(); });
  if (refers) return {};
  return core::Error{
      core::ErrorCode::kInvalidInput,
      fmt::format("{}: {} without a reference (LRN, MRN or status)", name, read.message.name)};
}

core::Result<Case> parse_xml_messages(std::string_view bytes, std::string_view name,
                                      std::span<const XmlMessage> messages,
                                      std::string_view notices, bool must_refer) {
  PC_TRY(const auto document, read_untrusted_xml(bytes, name));
  const auto root = document->document_element();
  const auto* message = message_of(messages, local_name(root));
  if (message == nullptr) {
    std::string names;
    for (const auto& m : messages) names += fmt::format("{}{}", names.empty() ? "" : ", ", m.root);
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("{}: {}: is not one of {}", name, quotable(path_of(root), 60), names)};
  }
  CaseBuilder builder(name);
  builder.current().message.name = message->name;
  if (!notices.empty() && find_code(notices, message->name))
    builder.set(Field::kNoticeCode, notices, message->name, path_of(root));
  read_table(root, message->rows, builder);
  PC_TRY(auto read, std::move(builder).finish());
  if (must_refer) PC_CHECK(check_refers(read, name));
  return read;
}

}  // namespace portcullis::customs
