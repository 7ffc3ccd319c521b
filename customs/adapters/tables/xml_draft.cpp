#include "customs/adapters/tables/xml_draft.h"

#include <sstream>

#include "customs/adapters/quotable.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kDraftTextMax = 2'000;

}  // namespace

XmlDraft::XmlDraft(const char* root) {
  auto head = document_.append_child(pugi::node_declaration);
  head.append_attribute("version") = "1.0";
  head.append_attribute("encoding") = "UTF-8";
  root_ = document_.append_child(root);
}

void XmlDraft::put(const char* name, std::string_view text) {
  if (!text.empty()) root_.append_child(name).text().set(clean_text(text, kDraftTextMax).c_str());
}

std::string XmlDraft::text() const {
  std::ostringstream out;
  document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return out.str();
}

core::Result<Answered> answered(const Case& c) {
  Answered a;
  PC_TRY(a.declaration, answered_declaration(c));
  PC_TRY(a.decision, answered_decision(c));
  a.id = answer_id(*a.decision, *a.declaration);
  return a;
}

}  // namespace portcullis::customs
