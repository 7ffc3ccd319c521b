#pragma once

#include <optional>
#include <string_view>

#include "archive/catalogue.h"

/// How an officer's choice among a scan's declarations is kept. Private to archive. Pure.
namespace portcullis::archive {

/// Nothing where it is not what choice_json() wrote: then all its declarations are shown, and the
/// doubt with them.
std::optional<CatalogueChoice> choice_from_json(std::string_view text, core::UtcTime at);
/// Parts kept.declarations by the last of kept.choices.
void apply_choices(CatalogueCase& kept);

}  // namespace portcullis::archive
