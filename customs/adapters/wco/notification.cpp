#include <pugixml.hpp>
#include <sstream>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/wco/wco.h"

namespace portcullis::customs::wco {

namespace {

constexpr std::size_t kDescriptionMax = 512;  // an..512

/// UN/EDIFACT 2379 format 304 in UTC: "20200212091507Z".
std::string format_304(core::UtcTime utc) {
  auto text = core::to_iso8601(utc);  // "2026-03-04T05:06:07.890Z"
  std::string digits;
  for (std::size_t i = 0; i < 19 && i < text.size(); ++i) {
    if (text[i] >= '0' && text[i] <= '9') digits += text[i];
  }
  return digits + "Z";
}

void add(pugi::xml_node parent, const char* name, std::string_view text) {
  parent.append_child(name).text().set(std::string(text).c_str());
}

void add_statement(pugi::xml_node response, std::string_view code, std::string_view description,
                   std::string_view type) {
  auto information = response.append_child("AdditionalInformation");
  add(information, "StatementCode", code);
  if (!description.empty())
    add(information, "StatementDescription", clean_text(description, kDescriptionMax));
  add(information, "StatementTypeCode", type);
}

}  // namespace

NotificationKind notification_kind(core::DecisionKind decision) {
  return decision == core::DecisionKind::kRelease ? NotificationKind::kRelease
                                                  : NotificationKind::kControl;
}

std::string_view notification_name(NotificationKind kind) {
  return kind == NotificationKind::kRelease ? "DMSROG" : "DMSCTL";
}

core::Result<Notification> emit_notification(const core::Decision& decision,
                                             const core::Declaration& declaration) {
  if (declaration.lrn.empty() && declaration.mrn.empty()) {
    return core::Error{
        core::ErrorCode::kInvalidInput,
        "declaration.lrn, declaration.mrn: both are empty, so an answer would refer to nothing"};
  }
  if (declaration.lrn.size() > 35)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "declaration.lrn: longer than 35 characters"};
  if (declaration.mrn.size() > 70)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "declaration.mrn: longer than 70 characters"};
  const auto kind = notification_kind(decision.kind);
  Notification notification;
  // The same decision has the same id, whenever it is written again.
  notification.message_id = answer_id(decision, declaration);
  pugi::xml_document document;
  auto head = document.append_child(pugi::node_declaration);
  head.append_attribute("version") = "1.0";
  head.append_attribute("encoding") = "UTF-8";
  auto metadata = document.append_child("md:MetaData");
  metadata.append_attribute("xmlns:md") = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
  metadata.append_attribute("xmlns") = "urn:wco:datamodel:WCO:RES-DMS:2";
  metadata.append_attribute("xmlns:ds") = "urn:wco:datamodel:WCO:Response_DS:DMS:2";
  add(metadata, "md:WCODataModelVersionCode", "3.6");
  add(metadata, "md:WCOTypeName", "RES");
  auto response = metadata.append_child("Response");
  add(response, "FunctionCode", kind == NotificationKind::kRelease ? "08" : "05");
  add(response, "FunctionalReferenceID", notification.message_id);
  auto issued = response.append_child("IssueDateTime").append_child("ds:DateTimeString");
  issued.append_attribute("formatCode") = "304";
  issued.text().set(format_304(decision.decided).c_str());
  // What was decided, why, and on which scan: our own statement codes, told apart by their prefix.
  add_statement(response, "NII-DECISION", said_decision(decision), "AFB");
  if (!decision.container.empty())
    add_statement(response, "NII-CONTAINER", decision.container, "AFB");
  add_statement(response, "NII-SCAN", decision.scan_id, "AFB");
  auto refers = response.append_child("Declaration");
  if (!declaration.lrn.empty()) add(refers, "FunctionalReferenceID", declaration.lrn);
  if (!declaration.mrn.empty()) add(refers, "ID", declaration.mrn);
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  notification.xml = out.str();
  return notification;
}

}  // namespace portcullis::customs::wco
