// Two scans of one vehicle, the later because the first was lost or ordered to be taken again.
#include <tuple>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_words.h"
#include "core/log.h"

namespace portcullis::apps {

void CaseDesk::scanned_again(const std::string& scan_id, const std::string& scan_before) {
  const core::UtcTime now = parts_.clock.utc_now();
  for (const auto& [kind, of, other] : {std::tuple{kScanBeforeEvent, &scan_id, &scan_before},
                                        std::tuple{kScanAfterEvent, &scan_before, &scan_id}}) {
    if (const auto kept = parts_.catalogue.add_event(*of, kind, *other, now); !kept.ok())
      core::log_warning("cases", kept.error().message);
  }
  const std::lock_guard lock(mutex_);
  taken_again_ = {scan_id, scan_before};  // whose case may not be there yet
  if (Case* later = find(case_id_of(scan_id))) {
    later->view.case_before = case_id_of(scan_before);
    changed(*later);
  }
  if (Case* before = find(case_id_of(scan_before))) {
    before->view.case_after = case_id_of(scan_id);
    changed(*before);
  }
}

void CaseDesk::restore_rescan(services::CaseView& view, const std::string& kind,
                              const std::string& text) {
  if (kind == kScanBeforeEvent) view.case_before = case_id_of(text);
  if (kind == kScanAfterEvent) view.case_after = case_id_of(text);
}

}  // namespace portcullis::apps
