#pragma once

#include <span>
#include <string_view>

#include "customs/adapters/xml_table.h"

namespace portcullis::customs {

// For the adapters only.

/// One kind of message of an XML system that is read by a table alone.
struct XmlMessage {
  std::string_view root;  ///< Local name of the document's element.
  std::string_view name;  ///< Of the message.
  std::span<const TableRow> rows;
};

/// Whether the first element's local name is one of `messages`.
bool has_root(std::string_view bytes, std::span<const XmlMessage> messages);

/// Fails with kInvalidInput where the root is none of them, or the message refers to nothing: no
/// declaration with LRN or MRN, no notice with a code, no order with a container (this is left to
/// the caller where `must_refer` is false). A message whose name stands in the code list `notices`
/// is itself what customs says: its notice begins before its fields.
core::Result<Case> parse_xml_messages(std::string_view bytes, std::string_view name,
                                      std::span<const XmlMessage> messages,
                                      std::string_view notices = {}, bool must_refer = true);
/// The last of the checks above.
core::Status check_refers(const Case& read, std::string_view name);

}  // namespace portcullis::customs
