#include "customs/adapters/safe_xml.h"

#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/parse.h"
#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

core::Error xml_error(std::string_view name, std::string_view why) {
  return {core::ErrorCode::kInvalidInput, fmt::format("{}: {}", name, why)};
}

/// Depth of the deepest element, or of the first beyond `depth_max`. Without recursion.
bool is_too_deep(const pugi::xml_document& document, int depth_max) {
  int depth = 1;
  pugi::xml_node node = document.first_child();
  while (node) {
    if (depth > depth_max) return true;
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
      if (node.type() == pugi::node_document) return false;
    }
    node = node.next_sibling();
  }
  return false;
}

}  // namespace

core::Result<std::unique_ptr<pugi::xml_document>> read_untrusted_xml(std::string_view bytes,
                                                                     std::string_view name) {
  if (bytes.size() > kMessageBytesMax) {
    return xml_error(
        name, fmt::format("{} bytes; a message has at most {}", bytes.size(), kMessageBytesMax));
  }
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"))
    return xml_error(name, "is UTF-16; UTF-8 is read");
  if (const auto zero = bytes.find('\0'); zero != std::string_view::npos)
    return xml_error(name, fmt::format("byte {}: a zero byte", zero));

  auto encoding = pugi::encoding_utf8;
  if (bytes.starts_with("<?xml")) {
    const auto head = bytes.substr(0, std::min(bytes.find("?>"), bytes.size()));
    if (const auto start = head.find("encoding"); start != std::string_view::npos) {
      const auto open = head.find_first_of("\"'", start);
      const auto close = open == std::string_view::npos ? open : head.find(head[open], open + 1);
      if (close == std::string_view::npos)
        return xml_error(name, "the XML declaration's encoding is not closed");
      std::string stated(head.substr(open + 1, close - open - 1));
      std::transform(stated.begin(), stated.end(), stated.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
      });
      if (stated == "ISO-8859-1")
        encoding = pugi::encoding_latin1;
      else if (stated != "UTF-8" && stated != "US-ASCII") {
        return xml_error(name,
                         fmt::format("encoding \"{}\" is not read (UTF-8, US-ASCII, ISO-8859-1)",
                                     quotable(stated, 40)));
      }
    }
  }
  if (encoding == pugi::encoding_utf8) {
    if (const auto bad = find_bad_utf8(bytes); bad != std::string_view::npos)
      return xml_error(name, fmt::format("byte {}: not UTF-8", bad));
  }
  auto document = std::make_unique<pugi::xml_document>();
  const auto parsed = document->load_buffer(bytes.data(), bytes.size(),
                                            pugi::parse_default | pugi::parse_doctype, encoding);
  if (!parsed)
    return xml_error(
        name, fmt::format("byte {}: not well-formed XML: {}", parsed.offset, parsed.description()));
  int roots = 0;
  for (const auto& node : document->children()) {
    if (node.type() == pugi::node_doctype)
      return xml_error(name, "has a DOCTYPE: refused (messages need no entities)");
    if (node.type() == pugi::node_element) ++roots;
  }
  if (roots != 1) return xml_error(name, fmt::format("has {} root elements, not one", roots));
  if (is_too_deep(*document, kXmlDepthMax))
    return xml_error(name, fmt::format("elements nest more than {} deep", kXmlDepthMax));
  return document;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name) {
  for (const auto& child : parent.children()) {
    if (child.type() == pugi::node_element && local_name(child) == name) return child;
  }
  return {};
}

std::string path_of(const pugi::xml_node& node) {
  std::string path;
  for (pugi::xml_node at = node; at && at.type() == pugi::node_element; at = at.parent()) {
    const auto name = local_name(at);
    int position = 0;
    int count = 0;
    for (const auto& sibling : at.parent().children()) {
      if (sibling.type() != pugi::node_element || local_name(sibling) != name) continue;
      ++count;
      if (sibling == at) position = count;
    }
    path = count > 1 ? fmt::format("/{}[{}]{}", name, position, path)
                     : fmt::format("/{}{}", name, path);
  }
  return path;
}

std::string_view namespace_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  const std::string attribute =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (pugi::xml_node at = node; at; at = at.parent()) {
    if (const auto found = at.attribute(attribute.c_str())) return found.value();
  }
  return {};
}

std::string text_of(const pugi::xml_node& node) {
  // The text may stand in several pieces around comments.
  std::string text;
  for (const auto& piece : node.children()) {
    if (piece.type() == pugi::node_pcdata || piece.type() == pugi::node_cdata)
      text += piece.value();
  }
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace portcullis::customs
