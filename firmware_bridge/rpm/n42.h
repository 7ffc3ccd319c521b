#pragma once

#include <string>

#include "core/result.h"
#include "firmware_bridge/rpm/portal_monitor.h"

namespace portcullis::firmware_bridge {

/// What an N42 document says of the portal and of where it stands.
struct N42Context {
  std::string document_uuid;  ///< Of this document, 8-4-4-4-12.
  std::string manufacturer = "unknown";
  std::string model = "VM-250 style portal monitor";
  std::string identifier;   ///< Serial number or the lane's name.
  std::string description;  ///< "Lane 1, entry".
  std::string software_version;
  std::string item;  ///< What passed: plate or scan id; empty where not known.
  double alarm_sigma = 7;
  bool simulated = false;
};

/// One passage as an ANSI N42.42-2011 document: the background it was judged against, every gamma
/// (200 ms) and neutron (1 s) sample of the four detectors as it came, the portal's alarms and our
/// own, and as the analysis' status whether absence of alarm may count. Samples taken while beam
/// was on are kept and marked; they belong to no analysis.
///
/// Structure by https://physics.nist.gov/N42/2011/n42.xsd. Fails with kInvalidInput where the
/// passage holds no readable sample.
core::Result<std::string> n42_document(const PortalOccupancy& occupancy, const N42Context& context);

}  // namespace portcullis::firmware_bridge
