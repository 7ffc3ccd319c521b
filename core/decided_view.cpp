#include "core/decided_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace portcullis::core {

namespace {

constexpr std::string_view kViewModes[] = {"both", "standard", "material", "metal", "organic"};
constexpr double kViewNumberMax = 1e6;
constexpr double kWorthAWord = 0.005;  // of the cargo: a pixel at an edge is nothing

/// Reads the keys of one view; the first that is wrong stays as the problem.
class ViewReader {
 public:
  explicit ViewReader(const nlohmann::json& object) : object_(object) {}
  void number(const char* key, double& out) {
    const auto found = object_.find(key);
    if (found == object_.end()) return;
    if (found->is_number() && std::abs(found->get<double>()) <= kViewNumberMax)
      out = found->get<double>();
    else
      fail(key, "is not a number of at most 1,000,000");
  }
  void flag(const char* key, bool& out) {
    const auto found = object_.find(key);
    if (found == object_.end()) return;
    if (found->is_boolean())
      out = found->get<bool>();
    else
      fail(key, "is neither true nor false");
  }
  void whole(const char* key, int& out) {
    double value = out;
    number(key, value);
    out = static_cast<int>(value);
  }
  void fail(const char* key, const char* why) {
    if (problem_.empty()) problem_ = fmt::format("view.{}: {}", key, why);
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  const nlohmann::json& object_;
  std::string problem_;
};

}  // namespace

int never_shown_percent(double share) {
  return share < kWorthAWord ? 0 : std::max(1, static_cast<int>(std::lround(100 * share)));
}

nlohmann::json to_json(const DecidedView& view) {
  nlohmann::json json = {{"mode", view.mode},
                         {"window_lo", view.window_lo},
                         {"window_hi", view.window_hi},
                         {"power", view.power},
                         {"low_energy", view.low_energy},
                         {"edges", view.edges},
                         {"local", view.local},
                         {"denoise", view.denoise},
                         {"inverse", view.inverse},
                         {"heavy_mark", view.heavy_mark},
                         {"palette", view.palette},
                         {"scale", view.scale},
                         {"part_px", {view.part.x, view.part.y, view.part.w, view.part.h}},
                         {"fitted", view.fitted}};
  if (view.never_shown) json["never_shown"] = *view.never_shown;
  return json;
}

Result<DecidedView> decided_view_from(std::string_view text) {
  if (text.size() > kDecidedViewBytesMax)
    return Error{ErrorCode::kInvalidInput,
                 fmt::format("view: more than {} bytes", kDecidedViewBytesMax)};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return Error{ErrorCode::kInvalidInput, "view: is not a JSON object"};
  DecidedView view;
  ViewReader reader(json);
  if (const auto mode = json.find("mode"); mode != json.end()) {
    view.mode = mode->is_string() ? mode->get<std::string>() : std::string();
    if (std::find(std::begin(kViewModes), std::end(kViewModes), view.mode) == std::end(kViewModes))
      reader.fail("mode", "is not known");
  }
  for (const auto& [key, place] : {std::pair("window_lo", &view.window_lo),
                                   {"window_hi", &view.window_hi},
                                   {"power", &view.power},
                                   {"scale", &view.scale}})
    reader.number(key, *place);
  for (const auto& [key, place] : {std::pair("low_energy", &view.low_energy),
                                   {"edges", &view.edges},
                                   {"local", &view.local},
                                   {"denoise", &view.denoise},
                                   {"inverse", &view.inverse},
                                   {"heavy_mark", &view.heavy_mark},
                                   {"fitted", &view.fitted}})
    reader.flag(key, *place);
  reader.whole("palette", view.palette);
  if (const auto part = json.find("part_px"); part != json.end()) {
    int* const places[] = {&view.part.x, &view.part.y, &view.part.w, &view.part.h};
    bool right = part->is_array() && part->size() == std::size(places);
    for (std::size_t i = 0; right && i < std::size(places); ++i) {
      const auto& value = (*part)[i];
      right = value.is_number() && std::abs(value.get<double>()) <= kViewNumberMax;
      if (right) *places[i] = static_cast<int>(value.get<double>());
    }
    if (!right) reader.fail("part_px", "is not four numbers");
  }
  if (json.contains("never_shown")) {
    double share = 0;
    reader.number("never_shown", share);
    if (share < 0 || share > 1) reader.fail("never_shown", "is not a share from 0 to 1");
    view.never_shown = share;
  }
  if (!reader.problem().empty()) return Error{ErrorCode::kInvalidInput, reader.problem()};
  return view;
}

}  // namespace portcullis::core
