// What customs told of a vehicle's containers and declarations.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "customs/gateway/message_form.h"
#include "customs/gateway/message_store.h"
#include "customs/model/customs_order.h"

namespace portcullis::customs {

namespace {

/// A container comes again on other voyages: what was told of it alone, or of it under another
/// declaration, counts for as long as one may take.
constexpr std::int64_t kVoyageNs = std::int64_t{60} * 24 * 3600 * 1'000'000'000;
constexpr int kToldMax = 500;

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

core::Result<Case> MessageStore::told_of(const std::vector<std::string>& container_numbers,
                                         const std::vector<std::string>& declaration_ids,
                                         core::UtcTime now) {
  Case told;
  Asked asked;
  std::set<std::int64_t> parts;
  for (const auto& number : container_numbers)
    if (auto key = comparison_key(number); !key.empty()) asked.containers.insert(std::move(key));
  const bool numbers_are_known = !asked.containers.empty();
  PC_TRY(auto doubles,
         database_.prepare("SELECT count(DISTINCT declarant) FROM part WHERE lrn = ? "
                           "AND system = ? AND is_declaration = 1 AND withdrawn = 0"));
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
      PC_TRY(const bool any, doubles.bind(0, declaration.lrn).bind(1, declaration.system).step());
      if (any && doubles.integer(0) > 1) shared_lrns.emplace(declaration.system, declaration.lrn);
      doubles.reset();
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

}  // namespace portcullis::customs
