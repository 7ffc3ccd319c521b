#include "apps/lane/take_decision.h"

#include <fmt/format.h>

#include <string_view>

#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr std::string_view kNotCarriedOut = "not_carried_out";

bool takes_back(const core::Decision& decision) {
  return decision.reason_code == kNotCarriedOut;
}

}  // namespace

TakenDecision take_decision(
    const core::Decision& decision, const std::function<core::Status(bool only_ask)>& lane,
    const std::function<core::Status(const core::Decision&, std::size_t nth)>& store) {
  TakenDecision taken;
  taken.stands = decision;
  taken.status = lane(true);
  if (!taken.status.ok()) return taken;
  if (const auto stored = store(decision, 0); !stored.ok()) {
    taken.status = core::Error{
        stored.error().code,
        fmt::format("the decision cannot be stored, so the vehicle stays: {}; mend the storage "
                    "and decide again",
                    stored.error().message)};
    return taken;
  }
  taken.stored = 1;
  taken.status = lane(false);
  if (taken.status.ok()) return taken;
  core::Decision back = decision;
  back.kind = core::DecisionKind::kHold;
  back.officer = "lane";
  back.reason_code = kNotCarriedOut;
  back.reason_text = fmt::format("The lane did not carry out the decision before this one: {}",
                                 taken.status.error().message);
  if (const auto stored = store(back, 1); stored.ok()) {
    taken.stands = std::move(back);
    taken.stored = 2;
  } else {
    core::log_error("cases", fmt::format("case {}: the lane did not carry out the decision ({}), "
                                         "and that cannot be stored: {}",
                                         decision.case_id, taken.status.error().message,
                                         stored.error().message));
  }
  return taken;
}

bool not_carried_out(std::span<const core::Decision> decisions, std::size_t nth) {
  return takes_back(decisions[nth]) ||
         (nth + 1 < decisions.size() && takes_back(decisions[nth + 1]));
}

}  // namespace portcullis::apps
