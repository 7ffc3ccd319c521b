#pragma once

#include <optional>
#include <string_view>

#include "archive/catalogue.h"

/// Which of a scan's declarations hold, and how an officer's choice among them is kept. Private to
/// archive. Pure.
namespace portcullis::archive {

/// Nothing where it is not what choice_json() wrote: then all its declarations are shown, and the
/// doubt with them.
std::optional<CatalogueChoice> choice_from_json(std::string_view text, core::UtcTime at);
/// Parts kept.declarations: those that came after the last decision, and of the others those that
/// the last of kept.choices set aside.
void part_declarations(CatalogueCase& kept);

}  // namespace portcullis::archive
