#pragma once

#include <string>

namespace portcullis::hmi {

class ImageTools;
class ShownParts;
class ViewState;

/// What the screen shows of the case's image now, and what of its cargo it never showed close, as
/// JSON of core/decided_view.h: it goes with the decision. Threading: GUI thread.
std::string decided_view_json(const ImageTools& tools, const ViewState& view,
                              const ShownParts& parts);

}  // namespace portcullis::hmi
