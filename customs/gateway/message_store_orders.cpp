// What customs told of a vehicle's containers and declarations.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/record_json.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/message_store.h"
#include "customs/gateway/order_book.h"
#include "customs/model/container_standing.h"
#include "customs/model/customs_order.h"
#include "customs/model/declared_changes.h"

namespace portcullis::customs {

namespace {

/// A container comes again on other voyages: what was told of it alone, or of it under another
/// declaration, counts for as long as one may take.
constexpr std::int64_t kVoyageNs = std::int64_t{60} * 24 * 3600 * 1'000'000'000;
constexpr int kToldMax = 500;
constexpr int kNamingMax = 200;
/// A vehicle that comes this much later than it was announced was announced for another visit.
constexpr core::Duration kOrderGrace = std::chrono::hours(24 * 7);
constexpr std::string_view kReplacement = "5";  // UN/EDIFACT 1225 and the WCO's function codes.

void adopt(Case& whole, Case part) {
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(whole.notices, part.notices);
  append(whole.orders, part.orders);
  if (!whole.manifest) whole.manifest = std::move(part.manifest);
  if (part.selection) whole.selection = std::move(part.selection);  // The latest speaks.
  if (part.control_result) whole.control_result = std::move(part.control_result);
  if (part.inspection) whole.inspection = std::move(part.inspection);
}

/// By MRN, or where one of them has none by the system's local reference.
bool names(const Notice& notice, const core::Declaration& declaration, bool lrn_is_shared) {
  if (!notice.mrn.empty() && !declaration.mrn.empty()) return notice.mrn == declaration.mrn;
  return !lrn_is_shared && !notice.lrn.empty() && notice.lrn == declaration.lrn &&
         notice.system == declaration.system;
}

/// Amendments in the order in which they were issued, where all say so in the same form.
void put_in_order(std::vector<const Notice*>& amendments) {
  const auto same_form = [&](const Notice* one) {
    return !one->at.empty() && one->at.size() == amendments.front()->at.size();
  };
  if (!std::all_of(amendments.begin(), amendments.end(), same_form)) return;
  std::stable_sort(amendments.begin(), amendments.end(),
                   [](const Notice* a, const Notice* b) { return a->at < b->at; });
}

struct Asked {
  std::set<std::string> containers;  ///< Comparison keys.
  std::set<std::string> mrns;
  std::map<std::pair<std::string, std::string>, std::string> lrns;  ///< System, LRN: MRN or empty.
};

bool names_by_mrn(const Asked& asked, const Notice& notice) {
  return !notice.mrn.empty() && asked.mrns.contains(notice.mrn);
}

bool names_a_declaration(const Asked& asked, const Notice& notice) {
  if (names_by_mrn(asked, notice)) return true;
  if (notice.lrn.empty()) return false;
  const auto named = asked.lrns.find({notice.system, notice.lrn});
  // Another declarant's of the same reference has another MRN.
  return named != asked.lrns.end() && (notice.mrn.empty() || named->second.empty());
}

/// It is told of one of the containers, or of a declaration as a whole.
bool speaks_of(const Asked& asked, const Notice& notice, bool recent) {
  const auto container = comparison_key(notice.container);
  if (!container.empty())
    return asked.containers.contains(container) && (recent || names_a_declaration(asked, notice));
  return names_a_declaration(asked, notice);
}

}  // namespace

core::Result<std::int64_t> MessageStore::newest_message() {
  return database_.query_integer("SELECT coalesce(max(message_index), 0) FROM message");
}

core::Result<std::vector<ScanOrder>> MessageStore::open_orders(const VehicleNumbers& numbers,
                                                               core::UtcTime now) {
  std::set<std::string> keys;
  for (const auto& number : numbers.containers) keys.insert(comparison_key(number));
  for (const auto& number : numbers.chassis) keys.insert(comparison_key(number));
  keys.insert(comparison_key(numbers.plate));
  keys.erase("");
  std::set<std::int64_t> parts;
  PC_TRY(auto naming,
         database_.prepare(fmt::format(
             "SELECT r.part_index FROM reference r JOIN part p ON p.part_index = r.part_index JOIN "
             "message m ON m.message_index = p.message_index WHERE r.value = ? AND r.kind IN ({}, "
             "{}, {}) AND p.is_declaration = 0 AND p.withdrawn = 0 AND m.received_ns >= ? ORDER BY "
             "r.part_index DESC LIMIT {}",
             static_cast<int>(ReferenceKind::kContainer), static_cast<int>(ReferenceKind::kPlate),
             static_cast<int>(ReferenceKind::kMeans), kNamingMax)));
  for (const auto& key : keys) {
    naming.bind(0, key).bind(1, now.ns - kVoyageNs);
    while (true) {
      PC_TRY(const bool row, naming.step());
      if (!row) break;
      parts.insert(naming.integer(0));
    }
    naming.reset();
  }
  std::vector<Case> messages;
  PC_TRY(auto one, database_.prepare(
                       "SELECT p.position, m.id, m.system, m.received_ns, m.bytes FROM part p JOIN "
                       "message m ON m.message_index = p.message_index WHERE p.part_index = ?"));
  for (const auto index : parts) {
    PC_TRY(auto read, cases(one.bind(0, index)));
    one.reset();
    for (auto& part : read) {
      std::erase_if(part.orders, [&](const ScanOrder& order) {
        return !keys.contains(comparison_key(order.container)) &&
               !keys.contains(comparison_key(order.plate)) &&
               !keys.contains(comparison_key(order.chassis));
      });
      messages.push_back(std::move(part));
    }
  }
  auto book = order_book(messages, {}, now, kOrderGrace);
  std::erase_if(book, [](const ScanOrder& order) {
    return order.state == OrderState::kClosed || order.state == OrderState::kCancelled ||
           order.state == OrderState::kNoShow;
  });
  return book;
}

core::Result<Case> MessageStore::told_of(const std::vector<std::string>& container_numbers,
                                         const std::vector<std::string>& declaration_ids,
                                         core::UtcTime now) {
  Case told;
  Asked asked;
  std::set<std::int64_t> parts;
  for (const auto& number : container_numbers)
    if (auto key = comparison_key(number); !key.empty()) asked.containers.insert(std::move(key));
  const bool numbers_are_known = !asked.containers.empty();
  std::set<std::pair<std::string, std::string>> shared_lrns;
  for (const auto& id : declaration_ids) {
    PC_TRY(const auto index, part_index(id));
    PC_TRY(auto own, part(id));
    if (!own) continue;
    parts.insert(index);
    auto& declaration = own->declarations.front();
    if (!declaration.mrn.empty()) asked.mrns.insert(declaration.mrn);
    if (!declaration.lrn.empty()) {
      asked.lrns.emplace(std::pair(declaration.system, declaration.lrn), declaration.mrn);
      PC_TRY(const bool shared, is_shared(declaration));
      if (shared) shared_lrns.emplace(declaration.system, declaration.lrn);
    }
    for (const auto& one : declaration.containers)
      if (!numbers_are_known) asked.containers.insert(comparison_key(one.number));
    told.declarations.push_back(std::move(declaration));
  }
  PC_TRY(auto naming,
         database_.prepare("SELECT r.part_index FROM reference r JOIN part p ON p.part_index = "
                           "r.part_index WHERE r.kind = ? AND r.value = ? AND p.is_declaration = 0 "
                           "AND p.withdrawn = 0 ORDER BY r.part_index DESC LIMIT ?"));
  const auto add_naming = [&](ReferenceKind kind, const std::string& value) -> core::Status {
    naming.bind(0, static_cast<int>(kind)).bind(1, value).bind(2, kToldMax);
    while (true) {
      PC_TRY(const bool row, naming.step());
      if (!row) break;
      parts.insert(naming.integer(0));
    }
    naming.reset();
    return {};
  };
  for (const auto& key : asked.containers)
    if (!key.empty()) PC_CHECK(add_naming(ReferenceKind::kContainer, key));
  for (const auto& mrn : asked.mrns) PC_CHECK(add_naming(ReferenceKind::kMrn, mrn));
  for (const auto& named : asked.lrns)
    PC_CHECK(add_naming(ReferenceKind::kLrn, named.first.second));
  PC_TRY(auto one,
         database_.prepare("SELECT p.position, m.id, m.system, m.received_ns, m.bytes FROM part p "
                           "JOIN message m ON m.message_index = p.message_index WHERE p.part_index "
                           "= ?"));
  for (const auto index : parts) {  // In the order in which they came.
    PC_TRY(const bool row, one.bind(0, index).step());
    if (!row) continue;
    const bool recent = now.ns - one.integer(3) <= kVoyageNs;
    one.reset();
    PC_TRY(auto read, cases(one.bind(0, index)));
    one.reset();
    for (auto& part : read) {
      for (auto& notice : part.notices) {
        // Whose a reference is that two declarants use cannot be said: it holds, and releases
        // nothing.
        const bool shared =
            !names_by_mrn(asked, notice) && shared_lrns.contains({notice.system, notice.lrn});
        if (speaks_of(asked, notice, recent) && (!shared || orders_something(notice.effect)))
          told.notices.push_back(std::move(notice));
      }
    }
  }
  return told;
}

core::Result<bool> MessageStore::is_shared(const core::Declaration& declaration) {
  if (declaration.lrn.empty()) return false;
  PC_TRY(auto row, database_.prepare("SELECT count(DISTINCT declarant) FROM part WHERE lrn = ? "
                                     "AND system = ? AND is_declaration = 1 AND withdrawn = 0"));
  PC_TRY(const bool any, row.bind(0, declaration.lrn).bind(1, declaration.system).step());
  return any && row.integer(0) > 1;
}

core::Result<Case> MessageStore::told(Case whole) {
  PC_TRY(const auto index, part_index(whole.id));
  auto& declaration = whole.declarations.front();
  PC_TRY(const bool shared, is_shared(declaration));
  // What names the declaration: by MRN or reference, or by a container that it names, too. The
  // newest count.
  const auto naming = fmt::format(
      "SELECT p.part_index FROM part p WHERE p.is_declaration = 0 AND p.withdrawn = 0 AND "
      "p.part_index IN (SELECT r.part_index FROM reference own JOIN reference r ON r.value = "
      "own.value AND r.kind = own.kind WHERE own.part_index = ? AND own.kind IN ({}, {}, {})) "
      "ORDER BY p.part_index DESC LIMIT {}",
      static_cast<int>(ReferenceKind::kContainer), static_cast<int>(ReferenceKind::kMrn),
      static_cast<int>(ReferenceKind::kLrn), kNamingMax);
  PC_TRY(auto places, database_.prepare(naming));
  places.bind(0, index);
  std::vector<std::int64_t> indices;
  while (true) {
    PC_TRY(const bool row, places.step());
    if (!row) break;
    indices.push_back(places.integer(0));
  }
  std::reverse(indices.begin(), indices.end());
  PC_TRY(auto rows,
         database_.prepare(fmt::format(
             "SELECT p.position, m.id, m.system, m.received_ns, m.bytes FROM part p JOIN message m "
             "ON m.message_index = p.message_index WHERE p.part_index IN ({}) ORDER BY "
             "p.part_index",
             naming)));
  rows.bind(0, index);
  PC_TRY(auto others, cases(rows));
  PC_ASSERT(others.size() == indices.size());
  const bool is_replacement = whole.message.function == kReplacement;
  const auto own_notices = whole.notices.size();
  std::vector<bool> came_before(own_notices, false);
  for (std::size_t i = 0; i < others.size(); ++i) {
    auto& other = others[i];
    // A local reference is its sender's own: another's of the same letters says nothing here.
    std::erase_if(other.notices, [&](const Notice& notice) {
      return notice.container.empty() && !names(notice, declaration, shared);
    });
    const bool names_this = !other.notices.empty() || !other.orders.empty() || other.manifest;
    if (!names_this) continue;
    came_before.insert(came_before.end(), other.notices.size(), indices[i] < index);
    adopt(whole, std::move(other));
  }
  // What a replacement says was known to who wrote it, with what had been amended by then.
  std::vector<const Notice*> amendments;
  for (std::size_t i = 0; i < whole.notices.size(); ++i) {
    const auto& notice = whole.notices[i];
    if (notice.effect == Effect::kAmended && names(notice, declaration, shared) &&
        !(is_replacement && came_before[i]))
      amendments.push_back(&notice);
  }
  put_in_order(amendments);
  for (const auto* amendment : amendments) apply_changes(amendment->changes, declaration);
  PC_TRY(auto decisions, database_.prepare("SELECT decision FROM decision WHERE declaration_id = ? "
                                           "ORDER BY utc_ns, idempotency_key"));
  decisions.bind(0, whole.id);
  while (true) {
    PC_TRY(const bool row, decisions.step());
    if (!row) break;
    const auto json = nlohmann::json::parse(decisions.text(0), nullptr, false);
    auto decision = core::decision_from_json(json);
    if (!decision.ok()) return decision.error().with_context(database_.path().string());
    if (std::find(whole.scan_ids.begin(), whole.scan_ids.end(), decision->scan_id) ==
        whole.scan_ids.end())
      whole.scan_ids.push_back(decision->scan_id);
    whole.decisions.push_back(std::move(decision).value());
  }
  whole.times.lodged = whole.declarations.front().received;
  set_decision_times(whole);
  return whole;
}

}  // namespace portcullis::customs
