#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "customs/gateway/gateway_api.h"
#include "customs/gateway/message_store.h"
#include "customs/risk/risk_site.h"

namespace portcullis::customs {

/// Selects the cases of declarations that are bound to scans, by what is active at the site, and
/// keeps each selection in the store with its event for the audit log. Nothing is overwritten: what
/// comes out otherwise, because the declaration was replaced or the rules changed, is added.
///
/// Ownership: borrows clock and mutex. Threading: thread-safe. Errors: as load_risk_site() and
/// MessageStore.
class SelectionDesk {
 public:
  /// `store`: Sync::kEach, of its own; `store_mutex` is held by whoever writes to its file.
  static core::Result<std::unique_ptr<SelectionDesk>> open(const std::filesystem::path& site,
                                                           MessageStore store,
                                                           std::mutex& store_mutex,
                                                           const core::Clock& clock);
  core::Result<std::vector<BoundSelection>> bind(const BindingReport& report);
  /// As GatewayPort::assess_revenue(), by the site's tariff and today's rates.
  core::Result<std::optional<core::Check>> assess_revenue(
      const std::vector<std::string>& declaration_ids, const core::InspectionReport& report);
  /// Takes up rules and score that were activated since, and selects anew what was replaced by a
  /// newer declaration. Call it often; it is cheap where nothing changed. Rules that cannot be
  /// taken up are an error, and those before go on selecting.
  core::Status follow();

 private:
  SelectionDesk(std::filesystem::path site, MessageStore store, std::mutex& store_mutex,
                const core::Clock& clock)
      : site_folder_(std::move(site)),
        store_(std::move(store)),
        store_mutex_(store_mutex),
        clock_(clock) {}
  core::Status take_up();
  core::Result<BoundSelection> select_one(const std::string& id, const std::string& scan_id,
                                          std::optional<double> draw);

  const std::filesystem::path site_folder_;
  std::mutex mutex_;  ///< Of all below; taken before `store_mutex_`.
  MessageStore store_;
  std::mutex& store_mutex_;
  const core::Clock& clock_;
  std::optional<RiskSite> site_;
  std::optional<std::filesystem::file_time_type> taken_up_;  ///< Of the record of releases.
};

}  // namespace portcullis::customs
