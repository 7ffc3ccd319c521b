#include "hmi/models/decided_view.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/decided_view.h"
#include "hmi/models/image_tools.h"
#include "hmi/models/shown_parts.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {

std::string decided_view_json(const ImageTools& tools, const ViewState& view,
                              const ShownParts& parts) {
  const ViewChain chain = tools.shown_chain();
  core::DecidedView shown;
  shown.mode = tools.view_mode().toStdString();
  shown.window_lo = chain.window_lo;
  shown.window_hi = chain.window_hi;
  shown.power = chain.power;
  shown.low_energy = chain.low_energy;
  shown.edges = chain.edges;
  shown.local = chain.local;
  shown.denoise = chain.denoise;
  shown.inverse = chain.inverse;
  shown.heavy_mark = chain.heavy_mark;
  shown.palette = chain.palette;
  shown.scale = view.scale();
  shown.part = {static_cast<int>(std::lround(view.origin_column())),
                static_cast<int>(std::lround(view.origin_row())),
                static_cast<int>(std::lround(view.seen_columns())),
                static_cast<int>(std::lround(view.seen_rows()))};
  shown.fitted = view.fitted();
  shown.never_shown = parts.never_shown();
  return core::to_json(shown).dump();
}

}  // namespace portcullis::hmi
