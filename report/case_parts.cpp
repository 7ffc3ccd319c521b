#include "report/case_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/record_json.h"

namespace portcullis::report {

std::string with(std::string text, std::initializer_list<std::string> values) {
  int number = 0;
  for (const auto& value : values) {
    const std::string place = fmt::format("%{}", ++number);
    const auto at = text.find(place);
    if (at != std::string::npos) text.replace(at, place.size(), value);
  }
  return text;
}

std::string time_text(core::UtcTime utc) {
  if (utc.ns == 0) return {};
  std::string text = core::to_iso8601(utc);
  text[text.find('T')] = ' ';
  return text.substr(0, 19);
}

std::string kilograms(const std::optional<double>& kg) {
  return kg ? fmt::format("{:.0f}", *kg) : std::string();
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::vector<std::pair<std::string_view, std::string>> choice_of(
    const archive::CatalogueCase& kept) {
  if (kept.choices.empty()) return {};
  const auto& last = kept.choices.back();
  std::vector<std::string> aside;
  for (const auto& bound : kept.declarations_set_aside) {
    const auto& d = bound.declaration;
    aside.push_back(!d.mrn.empty() ? d.mrn : !d.lrn.empty() ? d.lrn : bound.store_id);
  }
  return {{"Chosen among several declarations by", last.by + "\n" + time_text(last.at)},
          {"Set aside as not of this vehicle", joined(aside)}};
}

std::vector<StandingRow> standing_rows(
    Language language, const archive::CatalogueCase& kept,
    const std::function<std::string(const core::Decision&)>& officer) {
  const auto standing = archive::standing_of(kept);
  const auto vehicle = core::vehicle_decision(standing);
  const auto why = [&](const core::Decision& decision) {
    std::string text = say_reason(language, decision.reason_code);
    if (!decision.reason_text.empty()) text += "\n" + decision.reason_text;
    return text;
  };
  const auto by = [&](const core::Decision& decision) {
    return officer(decision) + "\n" + time_text(decision.decided);
  };
  const std::string open = say(language, "not decided yet");
  std::vector<StandingRow> rows = {
      {say(language, "Decision"), vehicle ? say(language, vehicle->kind) : open, true}};
  const bool apart = std::any_of(standing.begin(), standing.end(), [](const auto& one) {
    return one.decision && one.decision->container_only;
  });
  if (!apart && vehicle) {
    rows.push_back({say(language, "Reason"), why(*vehicle)});
    rows.push_back({say(language, "By"), by(*vehicle)});
  }
  for (const auto& one : standing) {
    if (!apart) break;
    rows.push_back({say(language, "Container") + " " + one.container,
                    one.decision ? say(language, one.decision->kind) + "\n" + why(*one.decision) +
                                       "\n" + by(*one.decision)
                                 : open});
  }
  return rows;
}

std::vector<Act> acts_of(const archive::CatalogueCase& kept) {
  std::vector<Act> acts;
  for (const auto& event : kept.events) {
    if (event.kind != "opinion") continue;
    auto opinion = core::decision_from_json(nlohmann::json::parse(event.text, nullptr, false));
    if (opinion.ok()) acts.push_back({std::move(opinion).value(), "reading"});
  }
  for (std::size_t i = 0; i < kept.decisions.size(); ++i)
    acts.push_back({kept.decisions[i],
                    core::replaced_by(kept.decisions, i).empty() ? "decision" : "override"});
  std::stable_sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) {
    return a.decision.decided < b.decision.decided;
  });
  return acts;
}

std::optional<core::DecidedView> view_of(const core::Decision& decision) {
  if (decision.view_json.empty()) return std::nullopt;
  auto view = core::decided_view_from(decision.view_json);
  if (!view.ok()) return std::nullopt;
  return std::move(view).value();
}

std::string view_words(Language language, const core::DecidedView& view) {
  std::vector<std::string> parts;
  constexpr std::pair<std::string_view, std::string_view> kModes[] = {
      {"both", "standard and material image"},
      {"standard", "standard image"},
      {"material", "material image"},
      {"metal", "metal only"},
      {"organic", "organic only"}};
  for (const auto& [mode, words] : kModes)
    if (view.mode == mode) parts.push_back(say(language, words));
  parts.push_back(with(say(language, "contrast %1 to %2 (attenuation), exponent %3"),
                       {fmt::format("{:.2f}", view.window_lo),
                        fmt::format("{:.2f}", view.window_hi), fmt::format("{:.2f}", view.power)}));
  constexpr std::pair<bool core::DecidedView::*, std::string_view> kSteps[] = {
      {&core::DecidedView::low_energy, "low energy alone"},
      {&core::DecidedView::edges, "edges"},
      {&core::DecidedView::local, "local contrast"},
      {&core::DecidedView::denoise, "noise taken down"},
      {&core::DecidedView::inverse, "inverse"},
      {&core::DecidedView::heavy_mark, "heavy metal marked"}};
  for (const auto& [step, words] : kSteps)
    if (view.*step) parts.push_back(say(language, words));
  if (view.palette >= 0)
    parts.push_back(with(say(language, "colours no. %1"), {std::to_string(view.palette + 1)}));
  if (view.fitted || view.part.w <= 0 || view.part.h <= 0) {
    parts.push_back(say(language, "the whole vehicle in sight"));
  } else {
    parts.push_back(with(say(language, "in sight %1 x %2 pixels from column %3, row %4 (frame V)"),
                         {std::to_string(view.part.w), std::to_string(view.part.h),
                          std::to_string(view.part.x), std::to_string(view.part.y)}));
    parts.push_back(with(say(language, "enlarged %1 times"), {fmt::format("{:.2f}", view.scale)}));
  }
  const int percent = core::never_shown_percent(view.never_shown.value_or(0));
  if (percent > 0)
    parts.push_back(with(say(language, "%1 % of the cargo was never shown at 1:2 or closer"),
                         {std::to_string(percent)}));
  return joined(parts);
}

std::vector<DrawnMark> marks_of(const archive::CatalogueCase& kept) {
  nlohmann::json list;
  for (const auto& event : kept.events) {
    const auto end = event.text.find(": ");
    if (event.kind == "marks" && end != std::string::npos)
      list = nlohmann::json::parse(event.text.substr(end + 2), nullptr, false);
  }
  std::vector<DrawnMark> marks;
  if (!list.is_array()) return marks;
  const auto text_of = [](const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  for (const auto& one : list) {
    if (!one.is_object()) continue;
    DrawnMark mark{text_of(one, "kind"), text_of(one, "text"), text_of(one, "author"), {}};
    const auto points = one.find("points");
    if (points == one.end() || !points->is_array()) continue;
    for (const auto& point : *points) {
      if (point.is_array() && point.size() == 2 && point[0].is_number() && point[1].is_number())
        mark.points.emplace_back(point[0].get<double>(), point[1].get<double>());
    }
    if (!mark.points.empty()) marks.push_back(std::move(mark));
  }
  return marks;
}

Stroke stroke_of(const DrawnMark& mark, int factor, std::string label) {
  Stroke stroke{mark.points, std::move(label)};
  if (mark.points.size() == 2 &&
      (mark.kind == "box" || mark.kind == "region" || mark.kind == "ellipse")) {
    const auto [a, b] = std::pair(mark.points[0], mark.points[1]);
    stroke.points = {a, {b.first, a.second}, b, {a.first, b.second}, a};
  } else if (mark.kind == "lasso") {
    stroke.points.push_back(mark.points.front());
  }
  for (auto& [x, y] : stroke.points) {
    x /= factor;
    y /= factor;
  }
  return stroke;
}

}  // namespace portcullis::report
