#include "customs/model/customs_order.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/iso6346.h"
#include "customs/model/code_lists.h"
#include "customs/model/declared_changes.h"

namespace portcullis::customs {

namespace {

constexpr std::string_view kLiftsList = "customs-lifts";
constexpr std::size_t kChangesSaid = 8;

bool lists_code(std::string_view codes, std::string_view code) {
  while (!codes.empty()) {
    const auto end = std::min(codes.find(','), codes.size());
    if (codes.substr(0, end) == code) return true;
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
  return false;
}

/// Some code of the order's list removes it.
bool has_removal(const Notice& order) {
  const auto entries = code_entries(kLiftsList);
  return std::any_of(entries.begin(), entries.end(), [&](const CodeEntry& entry) {
    const auto colon = entry.code.find(':');
    return entry.code.substr(0, colon) == order.list && lists_code(entry.text, order.code);
  });
}

bool is_asked_for(Effect effect) {
  return effect == Effect::kAmendmentAsked || effect == Effect::kCancellationAsked;
}

/// Customs dealt with what a declarant asked for.
bool answers(Effect by, Effect asked) {
  return by == Effect::kAnswered || by == Effect::kRejected || by == Effect::kInvalidated ||
         (by == Effect::kAmended && asked == Effect::kAmendmentAsked);
}

bool ends(const Notice& by, const Notice& order) {
  if (is_asked_for(order.effect)) return answers(by.effect, order.effect);
  if (order.effect == Effect::kAmended || order.effect == Effect::kInvalidated) return false;
  if (const auto entry = find_code(kLiftsList, fmt::format("{}:{}", by.list, by.code)))
    return by.list == order.list && lists_code(entry->text, order.code);
  return by.effect == Effect::kRelease && !has_removal(order);
}

std::string container_key(const Notice& notice) {
  return core::normalise_container_number(notice.container);
}

/// The declaration that is told of; null: it is not in the case.
const core::Declaration* declaration_of(const Case& c, const Notice& told) {
  for (const auto& declaration : c.declarations) {
    const bool is_it = told.mrn.empty() || declaration.mrn.empty()
                           ? !told.lrn.empty() && declaration.lrn == told.lrn
                           : declaration.mrn == told.mrn;
    if (is_it) return &declaration;
  }
  return nullptr;
}

/// The declaration has this container and no other.
bool is_only_container(const Case& c, const Notice& order, const std::string& container) {
  const auto* declaration = declaration_of(c, order);
  return declaration != nullptr && declaration->containers.size() == 1 &&
         core::normalise_container_number(declaration->containers.front().number) == container;
}

/// An amendment whose values all stand in fields of the declaration.
bool is_compared(const Case& c, const Notice& told) {
  const auto* declaration = declaration_of(c, told);
  if (declaration == nullptr || told.changes.empty()) return false;
  auto amended = *declaration;
  return apply_changes(told.changes, amended).empty();
}

bool same_subject(const Case& c, const Notice& by, const Notice& order) {
  const bool mrns = !by.mrn.empty() && !order.mrn.empty();
  const bool lrns = !by.lrn.empty() && !order.lrn.empty();
  const bool same_declaration = mrns ? by.mrn == order.mrn : lrns && by.lrn == order.lrn;
  const auto said = container_key(by);
  const auto ordered = container_key(order);
  if (same_declaration)
    return said.empty() || said == ordered ||
           (ordered.empty() && is_only_container(c, order, said));
  const bool none_declared =
      by.mrn.empty() && by.lrn.empty() && order.mrn.empty() && order.lrn.empty();
  return none_declared && !said.empty() && said == ordered;
}

/// Digits of a stated time that begins with its year; empty: it cannot be compared.
std::string comparable_time(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  const bool begins_with_year = digits.size() >= 8 && digits.size() <= 14 &&
                                (digits.starts_with("19") || digits.starts_with("20"));
  return begins_with_year ? digits : std::string();
}

/// `later` came after `earlier`.
bool is_later(const Notice& later, bool came_after, const Notice& earlier) {
  const auto a = comparable_time(later.at);
  const auto b = comparable_time(earlier.at);
  if (a.empty() || a.size() != b.size() || a == b) return came_after;
  return a > b;
}

bool same_order(const Notice& a, const Notice& b) {
  return a.system == b.system && a.list == b.list && a.code == b.code && a.mrn == b.mrn &&
         a.lrn == b.lrn && container_key(a) == container_key(b) && a.changes == b.changes;
}

void join_words(std::string& text, std::string_view separator, std::string_view more) {
  if (more.empty()) return;
  if (!text.empty()) text += separator;
  text += more;
}

/// Declaration and container by their numbers; as a sentence begins.
std::string subject_of(const Notice& notice) {
  const std::string& declaration = notice.mrn.empty() ? notice.lrn : notice.mrn;
  if (declaration.empty())
    return notice.container.empty() ? "This vehicle" : "Container " + notice.container;
  return notice.container.empty()
             ? "Declaration " + declaration
             : fmt::format("Declaration {}, {}", declaration, notice.container);
}

/// "wco 05, DMSCTL goods are to be controlled, 20260101120000Z".
std::string said_by(const Notice& notice) {
  std::string said(notice.system.empty() ? notice.list : notice.system);
  join_words(said, " ", notice.code);
  join_words(said, ", ", notice.text);
  join_words(said, ", ", notice.detail);
  join_words(said, ", ", said_changes(notice.changes, kChangesSaid));
  join_words(said, ", ", notice.at);
  // A sentence and its parts are told apart by these on the screen.
  std::string plain;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const bool joint =
        (said[i] == ':' || said[i] == '.') && i + 1 < said.size() && said[i + 1] == ' ';
    if (!joint) plain += said[i] == '[' ? '(' : said[i] == ']' ? ')' : said[i];
  }
  return plain;
}

std::string_view sentence_on(const CustomsOrder& order) {
  switch (order.told.effect) {
    case Effect::kInvalidated:
      return "customs has invalidated it, so that it declares nothing any more";
    case Effect::kAmended:
      return order.is_compared ? "customs has amended it since it was lodged"
                               : "customs has amended it, and not all of that can be compared here";
    case Effect::kAmendmentAsked:
      return "its declarant has asked customs to amend it and has no answer yet";
    case Effect::kCancellationAsked:
      return "its declarant has asked customs to cancel it and has no answer yet";
    case Effect::kHold:
      return "customs holds it";
    case Effect::kDoNotLoad:
      return "customs says that it must not be loaded";
    case Effect::kControl:
      return "customs asks for a control of it";
    case Effect::kScreening:
      return "customs asks for high-risk screening of it";
    case Effect::kDocuments:
      return "customs asks for its documents";
    default:
      return "customs told of it in a code that no list holds, which is no release";
  }
}

std::string sentence_of(const CustomsOrder& order) {
  const auto subject = subject_of(order.told);
  const auto said = said_by(order.told);
  if (order.lifted && is_asked_for(order.told.effect))
    return fmt::format("{}: customs has dealt with what its declarant asked for [{}], by [{}].",
                       subject, said, said_by(*order.lifted));
  if (order.lifted)
    return fmt::format("{}: customs has lifted what it ordered [{}], by [{}].", subject, said,
                       said_by(*order.lifted));
  return fmt::format("{}: {} [{}].", subject, sentence_on(order), said);
}

}  // namespace

bool orders_something(Effect effect) {
  switch (effect) {
    case Effect::kUnknown:
    case Effect::kDocuments:
    case Effect::kControl:
    case Effect::kHold:
    case Effect::kDoNotLoad:
    case Effect::kScreening:
    case Effect::kInvalidated:
    case Effect::kAmended:
    case Effect::kAmendmentAsked:
    case Effect::kCancellationAsked:
      return true;
    case Effect::kAnswered:
    case Effect::kNone:
    case Effect::kAccepted:
    case Effect::kRejected:
    case Effect::kRelease:
      break;
  }
  return false;
}

std::vector<CustomsOrder> customs_orders(const Case& c) {
  std::vector<CustomsOrder> orders;
  for (std::size_t i = 0; i < c.notices.size(); ++i) {
    const Notice& told = c.notices[i];
    // A notice without a code says nothing yet.
    if (told.code.empty() || !orders_something(told.effect)) continue;
    CustomsOrder order{told, {}, told.effect == Effect::kAmended && is_compared(c, told)};
    for (std::size_t k = 0; k < c.notices.size() && !order.lifted; ++k) {
      const Notice& by = c.notices[k];
      const bool same_source =
          by.list == told.list || (!by.system.empty() && by.system == told.system);
      if (k != i && same_source && ends(by, told) && same_subject(c, by, told) &&
          is_later(by, k > i, told))
        order.lifted = by;
    }
    const auto before = std::find_if(orders.begin(), orders.end(), [&](const CustomsOrder& one) {
      return same_order(one.told, told);
    });
    if (before == orders.end())
      orders.push_back(std::move(order));
    else if (before->lifted || is_later(told, true, before->told))
      *before = std::move(order);
  }
  return orders;
}

bool is_invalidated(const Case& c) {
  return std::any_of(c.notices.begin(), c.notices.end(), [&](const Notice& notice) {
    return notice.effect == Effect::kInvalidated && declaration_of(c, notice) != nullptr;
  });
}

std::optional<core::Check> check_customs_orders(const std::vector<CustomsOrder>& orders) {
  if (orders.empty()) return std::nullopt;
  core::Check check{"customs", core::CheckOutcome::kAgrees, "", "no order in force", ""};
  const auto add = [&](const CustomsOrder& order) {
    join_words(check.text, " ", sentence_of(order));
    if (!order.in_force()) return;
    const std::string effect(effect_name(order.told.effect));
    if (check.seen.find(effect) == std::string::npos) join_words(check.seen, ", ", effect);
  };
  // What keeps the goods is read first, what is over last.
  for (const auto& order : orders)
    if (order.keeps()) add(order);
  for (const auto& order : orders)
    if (order.in_force() && !order.keeps()) add(order);
  for (const auto& order : orders)
    if (!order.in_force()) add(order);
  if (std::any_of(orders.begin(), orders.end(), [](const auto& one) { return one.keeps(); }))
    check.outcome = core::CheckOutcome::kDiffers;
  else if (std::any_of(orders.begin(), orders.end(),
                       [](const auto& one) { return one.in_force() && !one.is_compared; }))
    check.outcome = core::CheckOutcome::kUnknown;
  else if (check.seen.empty())
    check.seen = "lifted";
  return check;
}

}  // namespace portcullis::customs
