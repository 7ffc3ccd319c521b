#include "inspection/worker/flag_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/record_json.h"

namespace portcullis::inspection {

namespace {

constexpr std::size_t kFindingsMax = 10'000;
constexpr std::size_t kContainersMax = 100;
constexpr std::size_t kRemarkBytesMax = 1000;

core::Error bad_answer(std::string_view why) {
  return {core::ErrorCode::kProtocol, std::string("worker's answer: ") + std::string(why)};
}

}  // namespace

nlohmann::json to_json(const imaging::FlagResult& result) {
  nlohmann::json containers = nlohmann::json::array();
  for (const auto& c : result.containers) containers.push_back(core::to_json(c));
  nlohmann::json findings = nlohmann::json::array();
  for (const auto& f : result.findings) findings.push_back(core::to_json(f));
  return {{"containers", containers},
          {"findings", findings},
          {"remarks", result.remarks},
          {"flag_ms", result.flag_ms}};
}

core::Result<imaging::FlagResult> flag_result_from_json(const nlohmann::json& json) {
  if (!json.is_object()) return bad_answer("not a JSON object");
  const auto containers = json.find("containers");
  const auto findings = json.find("findings");
  const auto flag_ms = json.find("flag_ms");
  if (containers == json.end() || !containers->is_array() || containers->size() > kContainersMax) {
    return bad_answer("containers: missing, no list or too long");
  }
  if (findings == json.end() || !findings->is_array() || findings->size() > kFindingsMax) {
    return bad_answer("findings: missing, no list or too long");
  }
  const auto remarks = json.find("remarks");
  if (remarks == json.end() || !remarks->is_array() || remarks->size() > kContainersMax)
    return bad_answer("remarks: missing, no list or too long");
  if (flag_ms == json.end() || !flag_ms->is_number())
    return bad_answer("flag_ms: missing or no number");
  imaging::FlagResult result;
  for (const auto& c : *containers) {
    auto container = core::container_from_json(c);
    if (!container.ok()) return bad_answer(container.error().message);
    result.containers.push_back(std::move(container).value());
  }
  for (const auto& f : *findings) {
    auto finding = core::finding_from_json(f);
    if (!finding.ok()) return bad_answer(finding.error().message);
    if (!(finding->score >= 0 && finding->score <= 1))
      return bad_answer("finding.score: outside 0 to 1");
    result.findings.push_back(std::move(finding).value());
  }
  for (const auto& r : *remarks) {
    if (!r.is_string()) return bad_answer("remarks: an entry is no text");
    const auto& text = r.get_ref<const std::string&>();
    if (text.size() > kRemarkBytesMax) return bad_answer("remarks: an entry is too long");
    result.remarks.push_back(text);
  }
  result.flag_ms = flag_ms->get<double>();
  return result;
}

}  // namespace portcullis::inspection
