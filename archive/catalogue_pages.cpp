#include "archive/catalogue_pages.h"

#include <set>
#include <string>
#include <utility>

namespace portcullis::archive {

core::Result<std::vector<CatalogueScan>> find_all(Catalogue& catalogue, CatalogueQuery query) {
  std::vector<CatalogueScan> all;
  std::set<std::string> of_last_time;  // scans that began when the last one did are found again
  while (true) {
    PC_TRY(auto page, catalogue.find(query));
    const bool full = page.size() == query.limit;
    bool is_new = false;
    for (auto& scan : page) {
      if (of_last_time.contains(scan.id)) continue;
      if (all.empty() || all.back().started != scan.started) of_last_time.clear();
      of_last_time.insert(scan.id);
      all.push_back(std::move(scan));
      is_new = true;
    }
    if (!full) return all;
    if (!is_new)
      return core::Error{core::ErrorCode::kCorrupt,
                         "catalogue: " + std::to_string(query.limit) +
                             " scans or more began at the same moment as " + all.back().id +
                             ": the older ones cannot be read; check the lane's clock"};
    query.to = core::UtcTime{all.back().started.ns + 1};
  }
}

}  // namespace portcullis::archive
