#pragma once

#include <pugixml.hpp>

namespace portcullis::customs::wco {

// For this adapter only.

/// The DEC's Declaration element under the root: bare, in MetaData, or in an envelope around it.
struct Located {
  pugi::xml_node metadata;
  pugi::xml_node declaration;
  pugi::xml_node envelope;
};
Located locate(const pugi::xml_node& root);

}  // namespace portcullis::customs::wco
