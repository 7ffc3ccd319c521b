#include "firmware_bridge/rpm/n42.h"

#include <fmt/format.h>

#include <array>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>

#include "core/time.h"

namespace portcullis::firmware_bridge {
namespace {

constexpr const char* kN42Namespace = "http://physics.nist.gov/N42/2011/N42";
constexpr std::array<const char*, 4> kPillars = {"MasterUpper", "MasterLower", "SlaveUpper",
                                                 "SlaveLower"};
constexpr const char* kGammaIds =
    "Gamma-MasterUpper Gamma-MasterLower Gamma-SlaveUpper "
    "Gamma-SlaveLower";
constexpr const char* kNeutronIds =
    "Neutron-MasterUpper Neutron-MasterLower Neutron-SlaveUpper "
    "Neutron-SlaveLower";

void add_text(pugi::xml_node parent, const char* name, const std::string& value) {
  parent.append_child(name).text().set(value.c_str());
}

/// XML allows few control characters; what a portal sends is printable, a lane's name may not be.
std::string printable_text(std::string_view text) {
  std::string out;
  for (const char c : text) out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  return out;
}

class N42Writer {
 public:
  N42Writer(const PortalOccupancy& occupancy, const N42Context& context)
      : occupancy_(occupancy), context_(context) {}

  core::Result<std::string> write() {
    auto declaration = document_.prepend_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    root_ = document_.append_child("RadInstrumentData");
    root_.append_attribute("xmlns") = kN42Namespace;
    root_.append_attribute("n42DocUUID") = context_.document_uuid.c_str();
    root_.append_attribute("n42DocDateTime") = core::to_iso8601(occupancy_.ended).c_str();
    add_text(root_, "RadInstrumentDataCreatorName", "Portcullis " + context_.software_version);
    add_instrument();
    add_detectors();
    if (!context_.item.empty()) {
      auto item = root_.append_child("RadItemInformation");
      item.append_attribute("id") = "Item";
      add_text(item, "RadItemDescription", printable_text(context_.item));
    }
    auto group = root_.append_child("RadMeasurementGroup");
    group.append_attribute("id") = "Occupancy";
    add_text(group, "RadMeasurementGroupDescription",
             fmt::format("Passage {} of the portal", occupancy_.number));
    // Not known where a passage was put together again from its stored lines.
    if (occupancy_.gamma_background_cps > 0) add_background();
    add_samples();
    if (samples_ == 0) {
      return core::Error{core::ErrorCode::kInvalidInput,
                         "N42: the passage holds no readable sample"};
    }
    add_analysis();
    std::ostringstream out;
    document_.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
  }

 private:
  void add_instrument() {
    auto info = root_.append_child("RadInstrumentInformation");
    info.append_attribute("id") = "Portal";
    add_text(info, "RadInstrumentManufacturerName", printable_text(context_.manufacturer));
    if (!context_.identifier.empty())
      add_text(info, "RadInstrumentIdentifier", printable_text(context_.identifier));
    add_text(info, "RadInstrumentModelName", printable_text(context_.model));
    std::string description = printable_text(context_.description);
    if (context_.simulated) description += description.empty() ? "simulated" : " (simulated)";
    if (!description.empty()) add_text(info, "RadInstrumentDescription", description);
    add_text(info, "RadInstrumentClassCode", "Portal Monitor");
    auto version = info.append_child("RadInstrumentVersion");
    add_text(version, "RadInstrumentComponentName", "Software");
    add_text(version, "RadInstrumentComponentVersion", context_.software_version);
  }

  void add_detectors() {
    for (const bool neutron : {false, true}) {
      for (const char* pillar : kPillars) {
        auto info = root_.append_child("RadDetectorInformation");
        info.append_attribute("id") = detector_id(neutron, pillar).c_str();
        add_text(info, "RadDetectorCategoryCode", neutron ? "Neutron" : "Gamma");
        // The wire does not say what they are made of.
        add_text(info, "RadDetectorKindCode", "Other");
        add_text(info, "RadDetectorDescription",
                 fmt::format("{} counter, {}", neutron ? "neutron" : "gamma", pillar));
      }
    }
  }

  static std::string detector_id(bool neutron, const char* pillar) {
    return fmt::format("{}-{}", neutron ? "Neutron" : "Gamma", pillar);
  }

  pugi::xml_node add_measurement(const std::string& id, const char* kind, core::UtcTime start,
                                 const char* duration) {
    auto measurement = root_.append_child("RadMeasurement");
    measurement.append_attribute("id") = id.c_str();
    measurement.append_attribute("radMeasurementGroupReferences") = "Occupancy";
    if (!context_.item.empty())
      measurement.append_attribute("radItemInformationReferences") = "Item";
    add_text(measurement, "MeasurementClassCode", kind);
    add_text(measurement, "StartDateTime", core::to_iso8601(start));
    add_text(measurement, "RealTimeDuration", duration);
    return measurement;
  }

  static void add_counts(pugi::xml_node measurement, const std::string& id,
                         const std::string& detector, const char* duration,
                         const std::string& counts) {
    auto gross = measurement.append_child("GrossCounts");
    gross.append_attribute("id") = id.c_str();
    gross.append_attribute("radDetectorInformationReference") = detector.c_str();
    add_text(gross, "LiveTimeDuration", duration);
    add_text(gross, "CountData", counts);
  }

  /// The portal tells its background as one figure for all detectors to us: shared evenly.
  void add_background() {
    auto measurement = add_measurement("Background", "Background", occupancy_.started, "PT1S");
    for (const bool neutron : {false, true}) {
      const double sum =
          neutron ? occupancy_.neutron_background_cps : occupancy_.gamma_background_cps;
      for (const char* pillar : kPillars) {
        const std::string detector = detector_id(neutron, pillar);
        add_counts(measurement, "Background-" + detector, detector, "PT1S",
                   fmt::format("{:g}", sum / 4));
      }
    }
    add_text(measurement, "OccupancyIndicator", "0");
  }

  void add_samples() {
    for (const PortalRecord& record : occupancy_.lines) {
      const auto line = parse_portal_line(record.text);
      if (!line.ok()) continue;
      const bool gamma = line->tag == PortalTag::kGS || line->tag == PortalTag::kGA;
      const bool neutron = line->tag == PortalTag::kNS || line->tag == PortalTag::kNA;
      if (!gamma && !neutron) continue;
      const char* duration = neutron ? "PT1S" : "PT0.2S";
      // The line comes at the end of its interval.
      const core::UtcTime start{record.utc.ns - (neutron ? 1'000'000'000 : 200'000'000)};
      const std::string id = fmt::format("Sample-{}", ++samples_);
      auto measurement = add_measurement(id, "Foreground", start, duration);
      for (std::size_t i = 0; i < kPillars.size(); ++i) {
        const std::string detector = detector_id(neutron, kPillars[i]);
        add_counts(measurement, fmt::format("{}-{}", id, kPillars[i]), detector, duration,
                   std::to_string(line->counts[i]));
      }
      add_text(measurement, "OccupancyIndicator", "1");
      if (record.beam_on) {
        auto remark = measurement.prepend_child("Remark");
        remark.text().set("X-ray beam on: not judged");
      } else {
        if (!judged_.empty()) judged_ += ' ';
        judged_ += id;
      }
      const bool alarm = line->tag == PortalTag::kGA || line->tag == PortalTag::kNA;
      auto& first = neutron ? first_neutron_alarm_ : first_gamma_alarm_;
      if (alarm && first.empty()) first = core::to_iso8601(record.utc);
    }
  }

  void add_alarm(pugi::xml_node results, const char* category, const char* detectors,
                 const std::string& since, const std::string& description) {
    auto alarm = results.append_child("RadAlarm");
    alarm.append_attribute("radDetectorInformationReferences") = detectors;
    if (!since.empty()) add_text(alarm, "RadAlarmDateTime", since);
    add_text(alarm, "RadAlarmCategoryCode", category);
    add_text(alarm, "RadAlarmDescription", description);
  }

  void add_analysis() {
    auto results = root_.append_child("AnalysisResults");
    results.append_attribute("radMeasurementGroupReferences") = "Occupancy";
    if (!judged_.empty()) results.append_attribute("radMeasurementReferences") = judged_.c_str();
    add_text(results, "AnalysisAlgorithmName", "Gross counts over background");
    add_text(results, "AnalysisAlgorithmDescription",
             fmt::format("Sum of five 200 ms gamma samples of all detectors against the 1 s "
                         "background B: alarm where (S - B) / sqrt(B) is above {:g}",
                         context_.alarm_sigma));
    auto version = results.append_child("AnalysisAlgorithmVersion");
    add_text(version, "AnalysisAlgorithmComponentName", "Portcullis");
    add_text(version, "AnalysisAlgorithmComponentVersion", context_.software_version);
    add_text(results, "AnalysisResultStatusCode", occupancy_.valid ? "Success" : "Failure");
    add_text(results, "AnalysisResultDescription",
             occupancy_.valid ? fmt::format("Highest {:.2f} sigma, lowest {:.2f} of the background",
                                            occupancy_.sigma_max, occupancy_.background_ratio_min)
                              : "Absence of alarm does not count: " + occupancy_.invalid_reason);
    if (occupancy_.gamma_alarm)
      add_alarm(results, "Gamma", kGammaIds, first_gamma_alarm_, "The portal's own gamma alarm");
    if (occupancy_.gamma_alarm_own) {
      add_alarm(results, "Gamma", kGammaIds, {},
                fmt::format("{:.2f} sigma over background", occupancy_.sigma_max));
    }
    if (occupancy_.neutron_alarm) {
      add_alarm(results, "Neutron", kNeutronIds, first_neutron_alarm_,
                "The portal's own neutron alarm");
    }
    if (occupancy_.gamma_background_cps <= 0) return;
    auto counts = results.append_child("GrossCountAnalysisResults");
    add_text(counts, "BackgroundCountRateValue",
             fmt::format("{:g}", occupancy_.gamma_background_cps));
  }

  const PortalOccupancy& occupancy_;
  const N42Context& context_;
  pugi::xml_document document_;
  pugi::xml_node root_;
  std::size_t samples_ = 0;
  std::string judged_;  // ids of the samples that the analysis rests on
  std::string first_gamma_alarm_, first_neutron_alarm_;
};

}  // namespace

core::Result<std::string> n42_document(const PortalOccupancy& occupancy,
                                       const N42Context& context) {
  return N42Writer(occupancy, context).write();
}

}  // namespace portcullis::firmware_bridge
