#pragma once

#include <string>
#include <vector>

#include "customs/model/case.h"

namespace portcullis::customs {

/// What a scan saw of identity.
struct ScanIdentity {
  std::string scan_id;
  std::vector<std::string> containers;  ///< One scan may show two.
  std::string ucr, plate, chassis;      ///< Empty: not known.
};
/// A declaration with the places where plate and chassis may stand.
struct BindableDeclaration {
  std::string id;
  const core::Declaration* declaration = nullptr;  ///< Must not be null.
  const DeclarationDetails* details = nullptr;     ///< May be null.
};

struct BindingResult {
  std::vector<Binding> bindings;     ///< One for each container of each scan, scans in order.
  std::vector<std::string> orphans;  ///< Declarations that no scan belongs to.
};

/// Binds scans to declarations, many to many: by container number, else by UCR, else by plate, else
/// by chassis. Every declaration of the first rule that finds one is listed: whether several are
/// groupage or an ambiguity is for people to see. A scan without container numbers has one binding
/// with an empty one. Late declarations bind by calling it again. Pure.
BindingResult bind(const std::vector<ScanIdentity>& scans,
                   const std::vector<BindableDeclaration>& declarations);

}  // namespace portcullis::customs
