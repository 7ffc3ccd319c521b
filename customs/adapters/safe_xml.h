#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "core/result.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs {

// For the adapters only.

inline constexpr int kXmlDepthMax = 64;

/// Reads XML from outside: UTF-8, US-ASCII or ISO-8859-1, one root element, no DOCTYPE (so no
/// entities but the five of XML and character numbers), at most kXmlDepthMax deep and
/// kMessageBytesMax long. Fails with kInvalidInput ("name: why", with the byte where known).
core::Result<std::unique_ptr<pugi::xml_document>> read_untrusted_xml(std::string_view bytes,
                                                                     std::string_view name);

/// "Declaration" of "md:Declaration".
std::string_view local_name(const pugi::xml_node& node);
/// First child element of that local name, or a null node.
pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name);
/// "/MetaData/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]": local names, and positions
/// where there are several of a name.
std::string path_of(const pugi::xml_node& node);
/// The namespace that the element's own prefix stands for; empty for none.
std::string_view namespace_of(const pugi::xml_node& node);
/// Text without surrounding white space.
std::string text_of(const pugi::xml_node& node);

}  // namespace portcullis::customs
