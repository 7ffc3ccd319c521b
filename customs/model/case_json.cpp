#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/record_json.h"
#include "customs/model/case.h"

namespace portcullis::customs {

namespace {

using nlohmann::json;

core::Error case_error(std::string why) {
  return {core::ErrorCode::kInvalidInput, std::move(why)};
}

// Each struct names its members once; CaseWriter and CaseReader go over them.
template <class V>
void fields(V& v, MessageHead& m) {
  v("system", m.system);
  v("basis", m.basis);
  v("name", m.name);
  v("version", m.version);
  v("id", m.id);
  v("sender", m.sender);
  v("recipient", m.recipient);
  v("function", m.function);
  v("sent", m.sent);
  v("test", m.test);
}
template <class V>
void fields(V& v, Party& p) {
  v("role", p.role);
  v("id", p.id);
  v("name", p.name);
  v("address", p.address);
  v("country", p.country);
}
template <class V>
void fields(V& v, TransportMeans& m) {
  v("role", m.role);
  v("mode", m.mode);
  v("id_type", m.id_type);
  v("id", m.id);
  v("name", m.name);
  v("nationality", m.nationality);
  v("voyage", m.voyage);
}
template <class V>
void fields(V& v, Place& p) {
  v("role", p.role);
  v("code", p.code);
  v("name", p.name);
}
template <class V>
void fields(V& v, Document& d) {
  v("type", d.type);
  v("reference", d.reference);
}
template <class V>
void fields(V& v, ItemDetails& i) {
  v("number", i.number);
  v("origin_country", i.origin_country);
  v("marks", i.marks);
  v("value", i.value);
  v("currency", i.currency);
}
template <class V>
void fields(V& v, ContainerDetails& c) {
  v("number", c.number);
  v("gross_mass_kg", c.gross_mass_kg);
  v("tare_kg", c.tare_kg);
  v("verified_mass_kg", c.verified_mass_kg);
}
template <class V>
void fields(V& v, DeclarationDetails& d) {
  v.choice("kind", d.kind, case_kind_name, case_kind_from);
  v("procedure_code", d.procedure_code);
  v("parties", d.parties);
  v("means", d.means);
  v("places", d.places);
  v("documents", d.documents);
  v("items", d.items);
  v("containers", d.containers);
  v("value", d.value);
  v("currency", d.currency);
  v("vessel_cut_off", d.vessel_cut_off);
}
template <class V>
void fields(V& v, Manifest& m) {
  v("reference", m.reference);
  v("carrier", m.carrier);
  v("vessel", m.vessel);
  v("imo", m.imo);
  v("voyage", m.voyage);
  v("loading", m.loading);
  v("discharge", m.discharge);
  v("arrival", m.arrival);
}
template <class V>
void fields(V& v, DeclaredChange& c) {
  v("field", c.field);
  v("value", c.value);
}
template <class V>
void fields(V& v, Notice& n) {
  v("list", n.list);
  v("code", n.code);
  v.choice("effect", n.effect, effect_name, effect_from);
  v("text", n.text);
  v("lrn", n.lrn);
  v("mrn", n.mrn);
  v("container", n.container);
  v("detail", n.detail);
  v("at", n.at);
  v("system", n.system);
  v("changes", n.changes);
}
template <class V>
void fields(V& v, Selection& s) {
  v.choice("channel", s.channel, channel_name, channel_from);
  v("reason", s.reason);
  v("selected_by", s.selected_by);
  v("random", s.random);
  v("probability", s.probability);
  v("rules", s.rules);
  v("shadow_rules", s.shadow_rules);
  v("model", s.model);
  v("score", s.score);
}
template <class V>
void fields(V& v, ScanOrder& o) {
  v("reference", o.reference);
  v.choice("state", o.state, order_state_name, order_state_from);
  v("movement", o.movement);
  v("container", o.container);
  v("iso_type", o.iso_type);
  v("plate", o.plate);
  v("driver", o.driver);
  v("planned", o.planned);
  v("chassis", o.chassis);
  v("ucr", o.ucr);
  v("mrn", o.mrn);
  v("empty", o.empty);
  v("gross_mass_kg", o.gross_mass_kg);
  v("verified_mass_kg", o.verified_mass_kg);
  v("seals", o.seals);
}
template <class V>
void fields(V& v, Binding& b) {
  v("scan_id", b.scan_id);
  v("container", b.container);
  v("declarations", b.declarations);
  v("bound_by", b.bound_by);
}
template <class V>
void fields(V& v, TimeStamps& t) {
  v("arrival", t.arrival);
  v("lodged", t.lodged);
  v("selected", t.selected);
  v("scan_start", t.scan_start);
  v("scan_end", t.scan_end);
  v("image_ready", t.image_ready);
  v("decision", t.decision);
  v("inspection_start", t.inspection_start);
  v("inspection_end", t.inspection_end);
  v("release", t.release);
}
template <class V>
void fields(V& v, ControlResult& r) {
  v("list", r.list);
  v("code", r.code);
  v("text", r.text);
}
template <class V>
void fields(V& v, Inspection& i) {
  v("outcome", i.outcome);
  v("text", i.text);
  v("officer", i.officer);
}
template <class V>
void fields(V& v, Authorisation& a) {
  v("holder_id", a.holder_id);
  v("holder", a.holder);
  v("country", a.country);
  v("type", a.type);
  v("reference", a.reference);
  v("office", a.office);
  v("valid_from", a.valid_from);
  v("status", a.status);
}
template <class V>
void fields(V& v, UnknownElement& u) {
  v("path", u.path);
  v("value", u.value);
}
template <class V>
void fields(V& v, IdentifierRemark& r) {
  v("kind", r.kind);
  v("value", r.value);
  v("reason", r.reason);
}

template <class T>
json write_object(const T& value);

class CaseWriter {
 public:
  void operator()(const char* key, const std::string& v) { out[key] = v; }
  void operator()(const char* key, bool v) { out[key] = v; }
  void operator()(const char* key, int v) { out[key] = v; }
  void operator()(const char* key, double v) { out[key] = v; }
  void operator()(const char* key, core::UtcTime v) { out[key] = core::to_iso8601(v); }
  void operator()(const char* key, const std::vector<std::string>& v) { out[key] = v; }
  template <class T>
  void operator()(const char* key, const std::optional<T>& v) {
    if (v)
      (*this)(key, *v);
    else
      out[key] = nullptr;
  }
  template <class T>
  void operator()(const char* key, const std::vector<T>& v) {
    out[key] = json::array();
    for (const auto& element : v) out[key].push_back(write_object(element));
  }
  template <class Enum, class Name, class From>
  void choice(const char* key, const Enum& v, Name name, From /*from*/) {
    out[key] = name(v);
  }
  json out = json::object();
};
template <class T>
json write_object(const T& value) {
  CaseWriter writer;
  T copy = value;  // `fields` takes what both directions can use.
  fields(writer, copy);
  return std::move(writer.out);
}

/// Keeps the first problem; types are strict, missing keys and null leave the field.
class CaseReader {
 public:
  CaseReader(const json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) fail("", "expected an object");
  }
  void operator()(const char* key, std::string& v) {
    if (const auto* j = find(key); j != nullptr && expect(key, j->is_string(), "a text"))
      v = j->get<std::string>();
  }
  void operator()(const char* key, bool& v) {
    if (const auto* j = find(key); j != nullptr && expect(key, j->is_boolean(), "true or false"))
      v = j->get<bool>();
  }
  void operator()(const char* key, int& v) {
    if (const auto* j = find(key);
        j != nullptr && expect(key, j->is_number_integer(), "a whole number"))
      v = j->get<int>();
  }
  void operator()(const char* key, double& v) {
    if (const auto* j = find(key); j != nullptr && expect(key, j->is_number(), "a number"))
      v = j->get<double>();
  }
  void operator()(const char* key, core::UtcTime& v) {
    std::string text;
    (*this)(key, text);
    if (const auto time = core::parse_iso8601(text); time.ok())
      v = *time;
    else
      fail(key, time.error().message);
  }
  void operator()(const char* key, std::vector<std::string>& v) {
    each(key, [&](const json& element, const std::string&) {
      if (expect(key, element.is_string(), "texts")) v.push_back(element.get<std::string>());
    });
  }
  template <class T>
  void operator()(const char* key, std::optional<T>& v) {
    if (find(key) == nullptr) return;
    T value{};
    (*this)(key, value);
    v = value;
  }
  template <class T>
  void operator()(const char* key, std::vector<T>& v) {
    each(key, [&](const json& element, const std::string& path) {
      CaseReader reader(element, path);
      T value;
      fields(reader, value);
      if (reader.problem_) adopt(*reader.problem_);
      v.push_back(std::move(value));
    });
  }
  template <class Enum, class Name, class From>
  void choice(const char* key, Enum& v, Name /*name*/, From from) {
    std::string text;
    (*this)(key, text);
    if (text.empty()) return;
    if (const auto found = from(text))
      v = *found;
    else
      fail(key, fmt::format("\"{}\" is not one of its values", text));
  }
  template <class Function>
  void each(const char* key, Function&& function) {
    const auto* j = find(key);
    if (j == nullptr || !expect(key, j->is_array(), "a list")) return;
    std::size_t i = 0;
    for (const auto& element : *j) function(element, fmt::format("{}.{}[{}]", path_, key, i++));
  }
  /// A list of records that core reads.
  template <class T, class Function>
  void records(const char* key, std::vector<T>& v, Function from_json) {
    each(key, [&](const json& element, const std::string& path) {
      auto value = from_json(element);
      if (value.ok())
        v.push_back(std::move(value).value());
      else
        adopt(value.error().with_context(path));
    });
  }
  template <class T>
  void object(const char* key, T& v) {
    const auto* j = find(key);
    if (j == nullptr) return;
    CaseReader reader(*j, fmt::format("{}.{}", path_, key));
    fields(reader, v);
    if (reader.problem_) adopt(*reader.problem_);
  }
  template <class T>
  void object(const char* key, std::optional<T>& v) {
    if (find(key) != nullptr) object(key, v.emplace());
  }
  [[nodiscard]] const json* find(const char* key) const {
    if (!object_.is_object()) return nullptr;
    const auto it = object_.find(key);
    return it == object_.end() || it->is_null() ? nullptr : &*it;
  }
  [[nodiscard]] const std::optional<core::Error>& problem() const { return problem_; }
  void adopt(core::Error problem) {
    if (!problem_) problem_ = std::move(problem);
  }

 private:
  bool expect(const char* key, bool holds, std::string_view what) {
    if (!holds) fail(key, fmt::format("expected {}", what));
    return holds;
  }
  void fail(const char* key, std::string_view why) {
    adopt(case_error(*key == '\0' ? fmt::format("{}: {}", path_, why)
                                  : fmt::format("{}.{}: {}", path_, key, why)));
  }
  const json& object_;
  std::string path_;
  std::optional<core::Error> problem_;
};

template <class T>
json write_optional(const std::optional<T>& value) {
  return value ? write_object(*value) : json(nullptr);
}
template <class T>
json write_list(const std::vector<T>& values) {
  json list = json::array();
  for (const auto& value : values) list.push_back(write_object(value));
  return list;
}

}  // namespace

json to_json(const Case& c) {
  json declarations = json::array();
  for (std::size_t i = 0; i < c.declarations.size(); ++i) {
    auto declaration = core::to_json(c.declarations[i]);
    if (i < c.details.size()) declaration["details"] = write_object(c.details[i]);
    declarations.push_back(std::move(declaration));
  }
  json decisions = json::array();
  for (const auto& decision : c.decisions) decisions.push_back(core::to_json(decision));
  json findings = json::array();
  for (const auto& finding : c.findings) findings.push_back(core::to_json(finding));
  json checks = json::array();
  for (const auto& check : c.checks) checks.push_back(core::to_json(check));
  return {{"id", c.id},
          {"message", write_object(c.message)},
          {"declarations", declarations},
          {"manifest", write_optional(c.manifest)},
          {"orders", write_list(c.orders)},
          {"notices", write_list(c.notices)},
          {"selection", write_optional(c.selection)},
          {"scans", c.scan_ids},
          {"bindings", write_list(c.bindings)},
          {"findings", findings},
          {"checks", checks},
          {"radiation", c.radiation ? core::to_json(*c.radiation) : json(nullptr)},
          {"decisions", decisions},
          {"control_result", write_optional(c.control_result)},
          {"inspection", write_optional(c.inspection)},
          {"times", write_object(c.times)},
          {"holders", write_list(c.holders)},
          {"unknown", write_list(c.unknown)},
          {"remarks", write_list(c.remarks)}};
}

core::Result<Case> case_from_json(const json& j) {
  CaseReader r(j, "case");
  Case c;
  r("id", c.id);
  r.object("message", c.message);
  r.records("declarations", c.declarations, core::declaration_from_json);
  bool any_details = false;
  r.each("declarations", [&](const json& element, const std::string& path) {
    auto& details = c.details.emplace_back();
    const CaseReader declaration(element, path);
    if (const auto* given = declaration.find("details")) {
      CaseReader reader(*given, path + ".details");
      fields(reader, details);
      if (reader.problem()) r.adopt(*reader.problem());
      any_details = true;
    }
  });
  if (!any_details) c.details.clear();
  r.object("manifest", c.manifest);
  r("orders", c.orders);
  r("notices", c.notices);
  r.object("selection", c.selection);
  r("scans", c.scan_ids);
  r("bindings", c.bindings);
  r.records("findings", c.findings, core::finding_from_json);
  r.records("checks", c.checks, core::check_from_json);
  if (const auto* radiation = r.find("radiation")) {
    auto value = core::radiation_from_json(*radiation);
    if (value.ok())
      c.radiation = *value;
    else
      r.adopt(value.error().with_context("case.radiation"));
  }
  r.records("decisions", c.decisions, core::decision_from_json);
  r.object("control_result", c.control_result);
  r.object("inspection", c.inspection);
  r.object("times", c.times);
  r("holders", c.holders);
  r("unknown", c.unknown);
  std::vector<IdentifierRemark> given;
  r("remarks", given);
  if (r.problem()) return *r.problem();
  for (auto& remark : given) {
    if (remark.kind != "container" && remark.kind != "mrn") c.remarks.push_back(std::move(remark));
  }
  for (const auto& declaration : c.declarations) {
    for (auto& remark : check_identifiers(declaration)) c.remarks.push_back(std::move(remark));
  }
  return c;
}

}  // namespace portcullis::customs
