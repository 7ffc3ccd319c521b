#pragma once

#include <string>
#include <string_view>

#include "core/records.h"
#include "core/result.h"
#include "customs/adapters/parse.h"

namespace pugi {
class xml_node;
}
namespace portcullis::customs {
struct Adapter;
}

namespace portcullis::customs::wco {

/// The WCO Data Model's messages in XML, as the UK's Customs Declaration Service profiles them
/// (DEC-DMS:2, RES-DMS:2): docs/customs.md says what is covered. Pure.

/// Whether the bytes look like a message of this system, without reading it all.
bool looks_like_message(std::string_view bytes);

/// DEC and RES to a case and from one.
const Adapter& adapter();

/// A declaration (WCOTypeName DEC) under the document's root: bare, in its MetaData, or in an
/// envelope around that.
core::Result<core::Declaration> read_declaration(const pugi::xml_node& root, std::string_view name);

/// How the officer's decision goes back as a notification.
enum class NotificationKind : std::uint8_t {
  kRelease,  ///< DMSROG, function code 08: the goods can be released.
  kControl,  ///< DMSCTL, function code 05: the goods are to be controlled.
};
NotificationKind notification_kind(core::DecisionKind decision);
/// "DMSROG", "DMSCTL"
std::string_view notification_name(NotificationKind kind);

struct Notification {
  std::string message_id;  ///< Ours, at most 35 characters; the same decision gives the same.
  std::string xml;         ///< Valid against the profile's DocumentMetaData and RES schemas.
};
/// The notification of `decision` on `declaration`. Fails with kInvalidInput where the declaration
/// has neither LRN nor MRN to refer to.
core::Result<Notification> emit_notification(const core::Decision& decision,
                                             const core::Declaration& declaration);

/// The case's only declaration as an original (function 9), valid against the profile's schema
/// where its values are. What the profile has no element for is left out: size and type and
/// fullness of containers, documents, places. Fails with kInvalidInput where there is neither LRN
/// nor MRN.
core::Result<Emitted> write_declaration(const Case& customs_case);

}  // namespace portcullis::customs::wco
