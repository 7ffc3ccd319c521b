#pragma once

#include <string>

namespace portcullis::hmi {

class ImageTools;
class ViewState;

/// What the screen shows of the case's image now, as JSON of core/decided_view.h: it goes with the
/// decision. Threading: GUI thread.
std::string decided_view_json(const ImageTools& tools, const ViewState& view);

}  // namespace portcullis::hmi
