#include "core/record_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/record_text.h"

namespace portcullis::core {

using nlohmann::json;

namespace {

/// Reads fields of one object; the first problem is kept. All getters are total.
class ObjectReader {
 public:
  ObjectReader(const json& object, std::string name) : object_(object), name_(std::move(name)) {
    if (!object_.is_object()) fail("", "expected an object");
  }

  const json* find(const char* key, bool required) {
    if (!object_.is_object()) return nullptr;
    const auto it = object_.find(key);
    if (it == object_.end() || it->is_null()) {
      if (required) fail(key, "is missing");
      return nullptr;
    }
    return &*it;
  }
  void read(const char* key, std::string& out, bool required = false) {
    if (const json* v = find(key, required)) {
      if (v->is_string())
        out = v->get<std::string>();
      else
        fail(key, "expected a text");
    }
  }
  void read(const char* key, bool& out, bool required = false) {
    if (const json* v = find(key, required)) {
      if (v->is_boolean())
        out = v->get<bool>();
      else
        fail(key, "expected true or false");
    }
  }
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void read(const char* key, Number& out, bool required = false) {
    if (const json* v = find(key, required)) {
      if constexpr (std::is_integral_v<Number>) {
        if (v->is_number_integer())
          out = v->get<Number>();
        else
          fail(key, "expected a whole number");
      } else {
        if (v->is_number())
          out = v->get<Number>();
        else
          fail(key, "expected a number");
      }
    }
  }
  template <class T>
  void read(const char* key, std::optional<T>& out) {
    if (find(key, false) != nullptr) {
      T value{};
      read(key, value);
      out = value;
    }
  }
  void read(const char* key, UtcTime& out, bool required = false) {
    std::string text;
    read(key, text, required);
    if (text.empty()) return;
    if (auto time = parse_iso8601(text); time.ok())
      out = *time;
    else
      fail(key, time.error().message);
  }
  void read(const char* key, std::vector<std::string>& out) {
    each(key, [&](const json& v) {
      if (v.is_string())
        out.push_back(v.get<std::string>());
      else
        fail(key, "expected texts");
    });
  }
  template <class Function>
  void each(const char* key, Function&& function, bool required = false) {
    if (const json* v = find(key, required)) {
      if (!v->is_array()) {
        fail(key, "expected a list");
        return;
      }
      for (const auto& element : *v) function(element);
    }
  }
  /// For a list of sub-objects read by a function that returns a Result.
  template <class T, class Function>
  void objects(const char* key, std::vector<T>& out, Function&& from_json, bool required = false) {
    each(
        key,
        [&](const json& v) {
          Result<T> item = from_json(v);
          if (item.ok())
            out.push_back(std::move(item).value());
          else if (!problem_)
            problem_ = item.error().with_context(fmt::format("{}.{}", name_, key));
        },
        required);
  }
  template <class Enum, class Function>
  void choice(const char* key, Enum& out, Function&& from, bool required = false) {
    std::string text;
    read(key, text, required);
    if (text.empty()) return;
    if (auto value = from(text))
      out = *value;
    else
      fail(key, fmt::format("\"{}\" is not known", text));
  }
  void fail(std::string_view key, std::string_view why) {
    if (!problem_)
      problem_ = Error{ErrorCode::kInvalidInput, fmt::format("{}.{}: {}", name_, key, why)};
  }
  template <class T>
  Result<T> finish(T&& value) {
    if (problem_) return *problem_;
    return std::forward<T>(value);
  }

 private:
  const json& object_;
  std::string name_;
  std::optional<Error> problem_;
};

void read_box(ObjectReader& reader, const char* key, double (&out)[4]) {
  int i = 0;
  reader.each(key, [&](const json& v) {
    if (i < 4 && v.is_number())
      out[i] = v.get<double>();
    else
      reader.fail(key, "expected four numbers");
    ++i;
  });
}

PixelBox read_pixel_box(ObjectReader& reader, const char* key) {
  double b[4] = {};
  read_box(reader, key, b);
  for (const double v : b) {
    if (!(v >= -1e9 && v <= 1e9)) {
      reader.fail(key, "is out of range");
      return {};
    }
  }
  return {static_cast<int>(b[0]), static_cast<int>(b[1]), static_cast<int>(b[2]),
          static_cast<int>(b[3])};
}

json box_json(const PixelBox& b) {
  return {b.x, b.y, b.w, b.h};
}

template <class T>
json optional_json(const std::optional<T>& value) {
  return value ? json(*value) : json(nullptr);
}

template <class T>
json list_json(const std::vector<T>& values) {
  json list = json::array();
  for (const auto& value : values) list.push_back(to_json(value));
  return list;
}

Result<DeclaredItem> item_from_json(const json& j) {
  ObjectReader r(j, "item");
  DeclaredItem item;
  r.read("number", item.number);
  r.read("hs_code", item.hs_code);
  r.read("description", item.description);
  r.read("package_kind", item.package_kind);
  r.read("packages", item.packages);
  r.read("gross_mass_kg", item.gross_mass_kg);
  r.read("net_mass_kg", item.net_mass_kg);
  r.read("containers", item.containers);
  return r.finish(std::move(item));
}

Result<DeclaredContainer> declared_container_from_json(const json& j) {
  ObjectReader r(j, "container");
  DeclaredContainer c;
  r.read("number", c.number, true);
  r.read("iso_type", c.iso_type);
  r.read("seals", c.seals);
  r.read("empty", c.empty);
  r.read("verified_gross_kg", c.verified_gross_kg);
  r.read("tare_kg", c.tare_kg);
  return r.finish(std::move(c));
}

}  // namespace

json to_json(const ScannerGeometry& g) {
  return json::parse(geometry_text(g), nullptr, false);
}

Result<ScannerGeometry> geometry_from_json(const json& j) {
  ObjectReader r(j, "geometry");
  ScannerGeometry g;
  r.read("name", g.name);
  r.read("source_y_mm", g.source_y_mm, true);
  r.read("source_z_mm", g.source_z_mm, true);
  std::vector<double> y;
  std::vector<double> z;
  const auto numbers = [&](const char* key, std::vector<double>& out) {
    r.each(
        key,
        [&](const json& v) {
          if (v.is_number())
            out.push_back(v.get<double>());
          else
            r.fail(key, "expected numbers");
        },
        true);
  };
  numbers("pixels_y_mm", y);
  numbers("pixels_z_mm", z);
  if (y.size() != z.size() || y.empty() || y.size() > 65535)
    r.fail("pixels_z_mm", "does not match pixels_y_mm, or is empty or too long");
  else
    for (std::size_t i = 0; i < y.size(); ++i) g.pixels.push_back({y[i], z[i]});
  r.read("pixel_pitch_mm", g.pixel_pitch_mm, true);
  r.read("module_count", g.module_count, true);
  r.read("pixels_per_module", g.pixels_per_module, true);
  r.read("encoder_mm_per_count", g.encoder_mm_per_count, true);
  r.read("pulse_rate_hz", g.pulse_rate_hz, true);
  r.read("energy_high_mv", g.energy_high_mv);
  r.read("energy_low_mv", g.energy_low_mv);
  r.read("image_mm_per_px", g.image_mm_per_px, true);
  r.read("gantry_moves", g.gantry_moves);
  if (g.pixels.size() != static_cast<std::size_t>(g.module_count) * g.pixels_per_module)
    r.fail("module_count", "times pixels_per_module is not the number of pixels");
  for (const auto& p : g.pixels) {
    if (!(p.y_mm > g.source_y_mm + 1) || !(std::abs(p.z_mm) < 1e5))
      r.fail("pixels_y_mm", "a pixel does not stand beyond the source");
  }
  if (!(g.source_y_mm < 0)) r.fail("source_y_mm", "must be negative");
  if (!(g.image_mm_per_px >= 0.5 && g.image_mm_per_px <= 100))
    r.fail("image_mm_per_px", "is outside 0.5 to 100");
  if (!(g.encoder_mm_per_count > 0 && g.encoder_mm_per_count <= 1000))
    r.fail("encoder_mm_per_count", "is outside 0 to 1000");
  if (!(g.pulse_rate_hz > 0)) r.fail("pulse_rate_hz", "must be positive");
  return r.finish(std::move(g));
}

json to_json(const ScanMeta& m) {
  return json::parse(scan_meta_text(m), nullptr, false);
}

Result<ScanMeta> scan_meta_from_json(const json& j) {
  ObjectReader r(j, "meta");
  ScanMeta m;
  r.read("id", m.id, true);
  r.read("started", m.started, true);
  r.read("ended", m.ended);
  r.choice("outcome", m.outcome, scan_outcome_from, true);
  r.read("outcome_reason", m.outcome_reason);
  r.read("simulated", m.simulated, true);
  r.read("lane", m.lane);
  r.read("software_version", m.software_version);
  r.read("arm_id", m.arm_id);
  if (const json* identity = r.find("identity", false)) {
    ObjectReader ir(*identity, "meta.identity");
    ir.read("plate", m.identity.plate);
    ir.objects("containers", m.identity.containers, [](const json& v) -> Result<ContainerReading> {
      ObjectReader cr(v, "container");
      ContainerReading c;
      cr.read("number", c.number, true);
      cr.read("iso_type", c.iso_type);
      cr.read("check_digit_ok", c.check_digit_ok);
      cr.read("confidence", c.confidence);
      return cr.finish(std::move(c));
    });
    if (auto done = ir.finish(0); !done.ok()) return done.error();
  }
  if (const json* extra = r.find("extra", false)) {
    if (!extra->is_object())
      r.fail("extra", "expected an object");
    else
      for (const auto& [key, value] : extra->items())
        m.extra[key] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  if (const json* geometry = r.find("geometry", true)) {
    auto g = geometry_from_json(*geometry);
    if (!g.ok()) return g.error().with_context("meta");
    m.geometry = std::move(g).value();
  }
  return r.finish(std::move(m));
}

json to_json(const Finding& f) {
  json evidence = json::object();
  for (const auto& e : f.evidence) evidence[e.name] = e.value;
  return {{"kind", finding_kind_name(f.kind)},
          {"score", f.score},
          {"bbox_px", box_json(f.bbox_px)},
          {"bbox_mm", {f.bbox_mm.x, f.bbox_mm.z, f.bbox_mm.w, f.bbox_mm.h}},
          {"material", f.material},
          {"text", f.text},
          {"evidence", evidence}};
}

Result<Finding> finding_from_json(const json& j) {
  ObjectReader r(j, "finding");
  Finding f;
  r.choice("kind", f.kind, finding_kind_from, true);
  r.read("score", f.score, true);
  f.bbox_px = read_pixel_box(r, "bbox_px");
  double mm[4] = {};
  read_box(r, "bbox_mm", mm);
  f.bbox_mm = {mm[0], mm[1], mm[2], mm[3]};
  r.read("material", f.material);
  r.read("text", f.text, true);
  if (const json* evidence = r.find("evidence", false)) {
    if (!evidence->is_object())
      r.fail("evidence", "expected an object");
    else
      for (const auto& [key, value] : evidence->items()) {
        if (value.is_number())
          f.evidence.push_back({key, value.get<double>()});
        else
          r.fail("evidence", "expected numbers");
      }
  }
  return r.finish(std::move(f));
}

json to_json(const Check& c) {
  return {{"name", c.name},
          {"outcome", check_outcome_name(c.outcome)},
          {"seen", c.seen},
          {"expected", c.expected},
          {"text", c.text}};
}

Result<Check> check_from_json(const json& j) {
  ObjectReader r(j, "check");
  Check c;
  r.read("name", c.name, true);
  r.choice("outcome", c.outcome, check_outcome_from, true);
  r.read("seen", c.seen);
  r.read("expected", c.expected);
  r.read("text", c.text);
  return r.finish(std::move(c));
}

namespace {

constexpr std::pair<const char*, double LoadFeatures::*> kFeatureKeys[] = {
    {"area_m2", &LoadFeatures::area_m2},
    {"areal_g_cm2", &LoadFeatures::areal_g_cm2},
    {"areal_low_g_cm2", &LoadFeatures::areal_low_g_cm2},
    {"areal_high_g_cm2", &LoadFeatures::areal_high_g_cm2},
    {"density_kg_m3", &LoadFeatures::density_kg_m3},
    {"unevenness", &LoadFeatures::unevenness},
    {"texture", &LoadFeatures::texture},
    {"organic", &LoadFeatures::organic},
    {"light_inorganic", &LoadFeatures::light_inorganic},
    {"metal", &LoadFeatures::metal},
    {"heavy_metal", &LoadFeatures::heavy_metal},
    {"too_thick", &LoadFeatures::too_thick},
};

json features_json(const LoadFeatures& features) {
  json out;
  for (const auto& [key, member] : kFeatureKeys) out[key] = features.*member;
  return out;
}

}  // namespace

json to_json(const ContainerObservation& c) {
  json out{{"number", c.number},
           {"bbox_px", box_json(c.bbox_px)},
           {"load_mass_kg", c.load_mass_kg},
           {"load_mass_interval_kg", {c.load_mass_low_kg, c.load_mass_high_kg}},
           {"fill", c.fill},
           {"empty", c.empty}};
  if (c.features) out["features"] = features_json(*c.features);
  return out;
}

Result<ContainerObservation> container_from_json(const json& j) {
  ObjectReader r(j, "container");
  ContainerObservation c;
  r.read("number", c.number);
  c.bbox_px = read_pixel_box(r, "bbox_px");
  r.read("load_mass_kg", c.load_mass_kg, true);
  std::vector<double> interval;
  r.each("load_mass_interval_kg", [&](const json& v) {
    if (v.is_number()) interval.push_back(v.get<double>());
  });
  if (interval.size() != 2)
    r.fail("load_mass_interval_kg", "expected two numbers");
  else {
    c.load_mass_low_kg = interval[0];
    c.load_mass_high_kg = interval[1];
  }
  r.read("fill", c.fill);
  r.read("empty", c.empty);
  if (const json* given = r.find("features", false)) {
    ObjectReader f(*given, "container.features");
    LoadFeatures features;
    for (const auto& [key, member] : kFeatureKeys) f.read(key, features.*member, true);
    auto read = f.finish(LoadFeatures(features));
    if (!read.ok()) return read.error();
    c.features = *read;
  }
  return r.finish(std::move(c));
}

json to_json(const InspectionReport& report) {
  return {{"scan",
           {{"id", report.scan_id},
            {"sha256", report.sha256},
            {"columns", report.columns},
            {"rows", report.rows},
            {"mm_per_px", report.mm_per_px},
            {"lines_lost", report.lines_lost},
            {"quality", report.quality}}},
          {"containers", list_json(report.containers)},
          {"findings", list_json(report.findings)},
          {"checks", list_json(report.checks)},
          {"verdict",
           {{"outcome", verdict_outcome_name(report.verdict.outcome)},
            {"score", report.verdict.score},
            {"reasons", report.verdict.reasons}}},
          {"timing_ms",
           {{"correct", report.timing.correct},
            {"flag", report.timing.flag},
            {"total", report.timing.total}}}};
}

Result<InspectionReport> report_from_json(const json& j) {
  ObjectReader r(j, "report");
  InspectionReport report;
  if (const json* scan = r.find("scan", true)) {
    ObjectReader s(*scan, "scan");
    s.read("id", report.scan_id, true);
    s.read("sha256", report.sha256);
    s.read("columns", report.columns);
    s.read("rows", report.rows);
    s.read("mm_per_px", report.mm_per_px);
    s.read("lines_lost", report.lines_lost);
    s.read("quality", report.quality);
    if (auto done = s.finish(0); !done.ok()) return done.error();
  }
  r.objects("containers", report.containers, container_from_json);
  r.objects("findings", report.findings, finding_from_json);
  r.objects("checks", report.checks, check_from_json);
  if (const json* verdict = r.find("verdict", true)) {
    ObjectReader v(*verdict, "verdict");
    v.choice("outcome", report.verdict.outcome, verdict_outcome_from, true);
    v.read("score", report.verdict.score);
    v.read("reasons", report.verdict.reasons);
    if (auto done = v.finish(0); !done.ok()) return done.error();
  }
  if (const json* timing = r.find("timing_ms", false)) {
    ObjectReader t(*timing, "timing_ms");
    t.read("correct", report.timing.correct);
    t.read("flag", report.timing.flag);
    t.read("total", report.timing.total);
    if (auto done = t.finish(0); !done.ok()) return done.error();
  }
  return r.finish(std::move(report));
}

json to_json(const RadiationMeasurement& m) {
  return json::parse(radiation_text(m), nullptr, false);
}

Result<RadiationMeasurement> radiation_from_json(const json& j) {
  ObjectReader r(j, "radiation");
  RadiationMeasurement m;
  r.read("valid", m.valid, true);
  r.read("gamma_alarm", m.gamma_alarm, true);
  r.read("neutron_alarm", m.neutron_alarm, true);
  r.read("sigma_max", m.sigma_max);
  r.read("problem", m.problem);
  return r.finish(std::move(m));
}

json to_json(const Declaration& d) {
  json items = json::array();
  for (const auto& i : d.items) {
    items.push_back({{"number", i.number},
                     {"hs_code", i.hs_code},
                     {"description", i.description},
                     {"package_kind", i.package_kind},
                     {"packages", i.packages},
                     {"gross_mass_kg", optional_json(i.gross_mass_kg)},
                     {"net_mass_kg", optional_json(i.net_mass_kg)},
                     {"containers", i.containers}});
  }
  json containers = json::array();
  for (const auto& c : d.containers) {
    containers.push_back({{"number", c.number},
                          {"iso_type", c.iso_type},
                          {"seals", c.seals},
                          {"empty", optional_json(c.empty)}});
    if (c.verified_gross_kg) containers.back()["verified_gross_kg"] = *c.verified_gross_kg;
    if (c.tare_kg) containers.back()["tare_kg"] = *c.tare_kg;
  }
  return {{"system", d.system},
          {"message_id", d.message_id},
          {"lrn", d.lrn},
          {"mrn", d.mrn},
          {"ucr", d.ucr},
          {"procedure", d.procedure},
          {"declarant", d.declarant},
          {"consignor", d.consignor},
          {"consignee", d.consignee},
          {"origin_country", d.origin_country},
          {"destination_country", d.destination_country},
          {"vehicle_plate", d.vehicle_plate},
          {"gross_mass_kg", optional_json(d.gross_mass_kg)},
          {"packages", optional_json(d.packages)},
          {"items", items},
          {"containers", containers},
          {"received", to_iso8601(d.received)}};
}

Result<Declaration> declaration_from_json(const json& j) {
  ObjectReader r(j, "declaration");
  Declaration d;
  r.read("system", d.system, true);
  r.read("message_id", d.message_id);
  r.read("lrn", d.lrn);
  r.read("mrn", d.mrn);
  r.read("ucr", d.ucr);
  r.read("procedure", d.procedure);
  r.read("declarant", d.declarant);
  r.read("consignor", d.consignor);
  r.read("consignee", d.consignee);
  r.read("origin_country", d.origin_country);
  r.read("destination_country", d.destination_country);
  r.read("vehicle_plate", d.vehicle_plate);
  r.read("gross_mass_kg", d.gross_mass_kg);
  r.read("packages", d.packages);
  r.objects("items", d.items, item_from_json);
  r.objects("containers", d.containers, declared_container_from_json);
  r.read("received", d.received);
  return r.finish(std::move(d));
}

json to_json(const Decision& d) {
  json answers = json::array();
  for (const auto a : d.answers) answers.push_back(finding_answer_name(a));
  json out = {{"case_id", d.case_id},
              {"scan_id", d.scan_id},
              {"container", d.container},
              {"decision", decision_kind_name(d.kind)},
              {"reason_code", d.reason_code},
              {"reason_text", d.reason_text},
              {"officer", d.officer},
              {"decided", to_iso8601(d.decided)},
              {"time_on_image_ms", d.time_on_image_ms},
              {"answers", answers}};
  if (d.container_only) out["container_only"] = true;
  if (auto view = json::parse(d.view_json, nullptr, false); view.is_object())
    out["view"] = std::move(view);
  return out;
}

Result<Decision> decision_from_json(const json& j) {
  ObjectReader r(j, "decision");
  Decision d;
  r.read("case_id", d.case_id);
  r.read("scan_id", d.scan_id);
  r.read("container", d.container);
  r.read("container_only", d.container_only);
  r.choice("decision", d.kind, decision_kind_from, true);
  r.read("reason_code", d.reason_code);
  r.read("reason_text", d.reason_text);
  r.read("officer", d.officer);
  r.read("decided", d.decided);
  r.read("time_on_image_ms", d.time_on_image_ms);
  r.each("answers", [&](const json& v) {
    const auto answer = v.is_string() ? finding_answer_from(v.get<std::string>()) : std::nullopt;
    if (answer)
      d.answers.push_back(*answer);
    else
      r.fail("answers", "holds an unknown answer");
  });
  if (const auto view = j.find("view"); view != j.end()) {
    if (view->is_object())
      d.view_json = view->dump();
    else
      r.fail("view", "is not an object");
  }
  return r.finish(std::move(d));
}

}  // namespace portcullis::core
