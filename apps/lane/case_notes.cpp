#include "apps/lane/case_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace portcullis::apps {
namespace {

std::string dump_note(const nlohmann::json& note) {
  return note.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

nlohmann::json parse_note(const std::string& text) {
  return nlohmann::json::parse(text, nullptr, false);
}

std::string note_text(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> note_texts(const nlohmann::json& object, const char* key) {
  std::vector<std::string> texts;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return texts;
  for (const auto& one : *found)
    if (one.is_string()) texts.push_back(one.get<std::string>());
  return texts;
}

std::string listed_words(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& one : words) out += (out.empty() ? "" : ", ") + one;
  return out.empty() ? "none" : out;
}

std::string said_outcome(const access::InspectionOutcome& one) {
  switch (one.result) {
    case access::OutcomeResult::kNothing:
      return "nothing";
    case access::OutcomeResult::kNotExamined:
      return "not examined";
    case access::OutcomeResult::kFound:
      break;
  }
  return fmt::format("found {}, {}, {}", one.what, one.how_much, one.where);
}

}  // namespace

std::string outcome_json(const services::OutcomeRequest& outcome) {
  nlohmann::json outcomes = nlohmann::json::array();
  for (const auto& one : outcome.outcomes) {
    outcomes.push_back({{"result", access::outcome_result_name(one.result)},
                        {"what", one.what},
                        {"where", one.where},
                        {"how_much", one.how_much}});
  }
  return dump_note({{"by", outcome.user},
                    {"outcomes", outcomes},
                    {"seals_found", outcome.seals_found},
                    {"seals_put", outcome.seals_put}});
}

std::optional<services::OutcomeRequest> outcome_from_json(const std::string& text) {
  const nlohmann::json object = parse_note(text);
  if (!object.is_object()) return std::nullopt;
  services::OutcomeRequest outcome;
  outcome.user = note_text(object, "by");
  outcome.seals_found = note_texts(object, "seals_found");
  outcome.seals_put = note_texts(object, "seals_put");
  const auto outcomes = object.find("outcomes");
  if (outcomes == object.end() || !outcomes->is_array()) return std::nullopt;
  for (const auto& one : *outcomes) {
    if (!one.is_object()) continue;
    outcome.outcomes.push_back({access::outcome_result_from(note_text(one, "result"))
                                    .value_or(access::OutcomeResult::kNotExamined),
                                note_text(one, "what"), note_text(one, "where"),
                                note_text(one, "how_much")});
  }
  return outcome;
}

std::vector<std::pair<services::OutcomeRequest, core::UtcTime>> outcomes_of(
    const archive::CatalogueCase& stored) {
  std::vector<std::pair<services::OutcomeRequest, core::UtcTime>> outcomes;
  for (const auto& event : stored.events) {
    if (event.kind != kOutcomeEvent) continue;
    if (auto outcome = outcome_from_json(event.text)) {
      outcome->case_id = stored.scan.id;
      outcomes.emplace_back(std::move(*outcome), event.utc);
    }
  }
  return outcomes;
}

std::string selection_rules_json(const customs::BoundSelection& selected) {
  return dump_note({{"declaration", selected.declaration_id},
                    {"random", selected.random},
                    {"rules", selected.rules}});
}

std::string selection_rules_of(const archive::CatalogueCase& stored,
                               const std::string& declaration_id) {
  std::string last;
  for (const auto& event : stored.events) {
    if (event.kind != kSelectionRulesEvent) continue;
    const nlohmann::json note = parse_note(event.text);
    if (note.is_object() && note_text(note, "declaration") == declaration_id) last = event.text;
  }
  return last;
}

void take_selections(const archive::CatalogueCase& stored, access::CaseRecord& record) {
  std::map<std::string, nlohmann::json> last;  // of each declaration
  for (const auto& event : stored.events) {
    if (event.kind != kSelectionRulesEvent) continue;
    nlohmann::json note = parse_note(event.text);
    if (!note.is_object()) continue;
    const std::string declaration = note_text(note, "declaration");
    last[declaration] = std::move(note);
  }
  for (const auto& aside : stored.declarations_set_aside) last.erase(aside.store_id);
  for (const auto& [declaration, note] : last) {
    for (auto& rule : note_texts(note, "rules")) record.rules.push_back(std::move(rule));
    if (const auto random = note.find("random"); random != note.end() && random->is_boolean())
      record.selected_at_random = record.selected_at_random || random->get<bool>();
  }
}

std::vector<core::FindingAnswer> answers_kept(const services::CaseView& before,
                                              const core::InspectionReport& report) {
  std::vector<core::FindingAnswer> answers(report.findings.size(), core::FindingAnswer::kNone);
  if (!before.report) return answers;
  const auto& old = before.report->findings;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const core::Finding& finding = report.findings[i];
    for (std::size_t k = 0; k < old.size() && k < before.answers.size(); ++k) {
      const core::PixelBox &a = old[k].bbox_px, &b = finding.bbox_px;
      if (old[k].kind == finding.kind && old[k].text == finding.text && a.x == b.x && a.y == b.y &&
          a.w == b.w && a.h == b.h)
        answers[i] = before.answers[k];
    }
  }
  return answers;
}

std::string photo_json(const services::Photo& photo) {
  return dump_note(
      {{"sha256", photo.sha256}, {"name", photo.name}, {"bytes", photo.bytes}, {"by", photo.by}});
}

std::vector<services::Photo> photos_of(const archive::CatalogueCase& stored) {
  std::vector<services::Photo> photos;
  for (const auto& event : stored.events) {
    if (event.kind != kPhotoEvent) continue;
    const nlohmann::json object = parse_note(event.text);
    if (!object.is_object()) continue;
    services::Photo photo{note_text(object, "sha256"), note_text(object, "name"), 0,
                          note_text(object, "by"), event.utc};
    if (const auto bytes = object.find("bytes");
        bytes != object.end() && bytes->is_number_unsigned())
      photo.bytes = bytes->get<std::uint64_t>();
    if (photo.sha256.size() == 64) photos.push_back(std::move(photo));
  }
  return photos;
}

std::string reading_json(const services::CameraReading& reading) {
  return dump_note({{"camera", reading.camera},
                    {"kind", reading.kind},
                    {"text", reading.text},
                    {"confidence", reading.confidence}});
}

std::string picture_json(std::size_t place, const std::string& sha256, std::uint64_t bytes,
                         const std::string& problem) {
  nlohmann::json note = {{"reading", place}};
  if (problem.empty()) {
    note["sha256"] = sha256;
    note["bytes"] = bytes;
  } else {
    note["problem"] = problem;
  }
  return dump_note(note);
}

customs::VehicleNumbers numbers_of(const services::CaseView& view) {
  constexpr std::size_t kChassisMost = 4;
  customs::VehicleNumbers numbers{view.container_numbers, view.vehicle_plate, {}};
  auto& chassis = numbers.chassis;
  for (const auto& reading : view.readings)
    if (reading.kind == "chassis" && !reading.text.empty() && chassis.size() < kChassisMost &&
        std::find(chassis.begin(), chassis.end(), reading.text) == chassis.end())
      chassis.push_back(reading.text);
  return numbers;
}

std::vector<services::CameraReading> readings_of(const archive::CatalogueCase& stored) {
  std::vector<services::CameraReading> readings;
  for (const auto& event : stored.events) {
    const bool read = event.kind == kReadingEvent;
    if (!read && event.kind != kPictureEvent) continue;
    const nlohmann::json object = parse_note(event.text);
    if (!object.is_object()) continue;
    if (read) {
      services::CameraReading reading;
      reading.at = event.utc;
      reading.camera = note_text(object, "camera");
      reading.kind = note_text(object, "kind");
      reading.text = note_text(object, "text");
      if (const auto sure = object.find("confidence"); sure != object.end() && sure->is_number())
        reading.confidence = sure->get<double>();
      readings.push_back(std::move(reading));
      continue;
    }
    const auto place = object.find("reading");
    if (place == object.end() || !place->is_number_unsigned() ||
        place->get<std::size_t>() >= readings.size())
      continue;
    auto& of = readings[place->get<std::size_t>()];
    const std::string sha256 = note_text(object, "sha256");
    if (sha256.size() == 64) of.picture = sha256;
    of.picture_problem = note_text(object, "problem");
  }
  return readings;
}

std::string complaint_json(const access::ImageComplaint& complaint) {
  return dump_note({{"ticket", complaint.ticket},
                    {"cause", complaint.cause},
                    {"text", complaint.text},
                    {"by", complaint.by}});
}

std::string ticket_done_json(const services::TicketDone& done) {
  return dump_note({{"ticket", done.ticket}, {"text", done.text}, {"by", done.user}});
}

std::vector<access::ImageComplaint> complaints_of(const archive::CatalogueCase& stored) {
  std::vector<access::ImageComplaint> complaints;
  for (const auto& event : stored.events) {
    const bool made = event.kind == kComplaintEvent;
    if (!made && event.kind != kTicketDoneEvent) continue;
    const nlohmann::json object = parse_note(event.text);
    if (!object.is_object()) continue;
    const std::string ticket = note_text(object, "ticket");
    if (made) {
      complaints.push_back({ticket, stored.scan.id, note_text(object, "cause"),
                            note_text(object, "text"), note_text(object, "by"), event.utc, "", ""});
      continue;
    }
    for (auto& one : complaints) {
      if (one.ticket != ticket) continue;
      one.done_by = note_text(object, "by");
      one.done_text = note_text(object, "text");
    }
  }
  return complaints;
}

std::vector<core::Decision> referred_to_inspection(const archive::CatalogueCase& stored) {
  const auto standing = archive::standing_of(stored);
  const bool together = std::all_of(standing.begin(), standing.end(), [](const auto& one) {
    return one.decision && !one.decision->container_only;
  });
  std::vector<core::Decision> referred;
  for (const auto& one : standing) {
    if (!one.decision || one.decision->kind != core::DecisionKind::kPhysicalInspection) continue;
    referred.push_back(*one.decision);
    if (together) break;  // one on the whole vehicle
    referred.back().container = one.container;
    referred.back().container_only = true;
  }
  return referred;
}

core::Decision outcome_told(const core::Decision& referred, const services::OutcomeRequest& outcome,
                            core::UtcTime recorded) {
  core::Decision told = referred;
  told.officer = outcome.user;
  told.decided = recorded;
  told.time_on_image_ms = 0;
  const auto has = [&](access::OutcomeResult result) {
    return std::any_of(outcome.outcomes.begin(), outcome.outcomes.end(),
                       [result](const auto& one) { return one.result == result; });
  };
  told.reason_code = has(access::OutcomeResult::kFound)         ? "inspected_found"
                     : has(access::OutcomeResult::kNotExamined) ? "inspected_in_part"
                                                                : "inspected_nothing";
  told.reason_text.clear();
  for (std::size_t i = 0; i < outcome.outcomes.size(); ++i) {
    const bool rest = i + 1 == outcome.outcomes.size();
    told.reason_text +=
        fmt::format("{}: {}. ", rest ? "Rest of the load" : fmt::format("Finding {}", i + 1),
                    said_outcome(outcome.outcomes[i]));
  }
  told.reason_text +=
      fmt::format("Seals found: {}. Seals put: {}.", listed_words(outcome.seals_found),
                  listed_words(outcome.seals_put));
  return told;
}

}  // namespace portcullis::apps
