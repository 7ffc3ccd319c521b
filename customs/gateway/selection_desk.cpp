#include "customs/gateway/selection_desk.h"

#include <fmt/format.h>

#include "core/log.h"
#include "customs/risk/revenue.h"
#include "customs/risk/select.h"

namespace portcullis::customs {

namespace {

constexpr const char* kSelectionLog = "selection";
constexpr int kReplacedPerLook = 64;

/// For the audit log: no field of the case, so that it holds no personal data.
std::string selection_detail(const SelectionResult& result, const RiskSite& site,
                             const std::string& scan_id) {
  const auto& s = result.selection;
  std::string detail =
      fmt::format("{}{}; probability {:.6g}; rules {}", channel_name(s.channel),
                  s.random ? ", drawn" : "", s.probability.value_or(0), site.rules.id);
  if (site.model)
    detail += fmt::format("; score of {}{}", site.model->id(),
                          site.model_in_shadow ? " (in shadow)" : "");
  if (site.trial)
    detail +=
        fmt::format("; in shadow {}: {}", site.trial->id, channel_name(result.shadow_channel));
  for (const auto& rule : s.rules) detail += fmt::format("; rule {}", rule);
  return detail + "; scan " + scan_id;
}

}  // namespace

core::Result<std::unique_ptr<SelectionDesk>> SelectionDesk::open(const std::filesystem::path& site,
                                                                 MessageStore store,
                                                                 std::mutex& store_mutex,
                                                                 const core::Clock& clock) {
  std::unique_ptr<SelectionDesk> desk(
      new SelectionDesk(site, std::move(store), store_mutex, clock));
  PC_CHECK(desk->take_up());
  return desk;
}

core::Status SelectionDesk::take_up() {
  std::error_code error;
  const auto changed = std::filesystem::last_write_time(site_folder_ / "releases.json", error);
  if (!error && taken_up_ && *taken_up_ == changed) return {};
  PC_TRY(site_, load_risk_site(site_folder_));
  if (!error) taken_up_ = changed;
  core::log_info(kSelectionLog, fmt::format("rules {} select{}", site_->rules.id,
                                            site_->model && !site_->model_in_shadow
                                                ? ", with the score of " + site_->model->id()
                                                : std::string()));
  return {};
}

core::Result<BoundSelection> SelectionDesk::select_one(const std::string& id,
                                                       const std::string& scan_id,
                                                       std::optional<double> draw) {
  PC_TRY(const auto told, store_.told_case(id));
  if (!told)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("declaration_ids: no declaration \"{}\" is stored", id)};
  const auto now = clock_.utc_now();
  bool is_new = false;
  const auto result = select(*told, site_->selector(), draw, now);
  const MessageStore::KeptSelection kept{id, scan_id, now, draw, result.selection};
  {
    const std::lock_guard writing(store_mutex_);
    PC_TRY(is_new, store_.add_selection(kept, selection_detail(result, *site_, scan_id)));
  }
  const auto& s = result.selection;
  return BoundSelection{id,     std::string(channel_name(s.channel)), s.reason, s.random, is_new,
                        s.rules};
}

core::Result<std::vector<BoundSelection>> SelectionDesk::bind(const BindingReport& report) {
  if (report.scan_id.empty())
    return core::Error{core::ErrorCode::kInvalidInput, "scan_id: is empty"};
  if (report.draw && !(*report.draw >= 0 && *report.draw < 1))
    return core::Error{core::ErrorCode::kInvalidInput, "draw: must be from 0 to below 1"};
  const std::lock_guard lock(mutex_);
  std::vector<BoundSelection> selections;
  for (const auto& id : report.declaration_ids) {
    PC_TRY(auto one, select_one(id, report.scan_id, report.draw));
    selections.push_back(std::move(one));
  }
  return selections;
}

core::Result<std::optional<core::Check>> SelectionDesk::assess_revenue(
    const std::vector<std::string>& declaration_ids, const core::InspectionReport& report) {
  const std::lock_guard lock(mutex_);
  if (!site_ || !site_->tariff) return std::optional<core::Check>();
  std::vector<Case> cases;
  for (const auto& id : declaration_ids) {
    PC_TRY(auto told, store_.told_case(id));
    if (!told)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("declaration_ids: no declaration \"{}\" is stored", id)};
    cases.push_back(std::move(*told));
  }
  return revenue_check(report, cases, *site_->tariff, day_of(clock_.utc_now()));
}

core::Status SelectionDesk::follow() {
  const std::lock_guard lock(mutex_);
  auto taken_up = take_up();
  PC_TRY(const auto replaced, store_.replaced(kReplacedPerLook));
  for (const auto& one : replaced) {
    if (!one.declaration_id.empty() && !one.scan_id.empty()) {
      PC_CHECK(select_one(one.declaration_id, one.scan_id, one.draw));
    }
    const std::lock_guard writing(store_mutex_);
    PC_CHECK(store_.forget_replaced(one.index));
  }
  return taken_up;
}

}  // namespace portcullis::customs
