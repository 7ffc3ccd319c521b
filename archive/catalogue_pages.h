#pragma once

#include <vector>

#include "archive/catalogue.h"
#include "core/result.h"

namespace portcullis::archive {

/// Every scan that `query` asks for, newest first, read in pages of `query.limit` (2 to 10,000):
/// for what must leave none out. Scans that begin while it reads may be missing.
///
/// Errors: those of Catalogue::find(); kCorrupt where more scans than a page holds began at the
/// same nanosecond. Threading: as the catalogue's.
core::Result<std::vector<CatalogueScan>> find_all(Catalogue& catalogue, CatalogueQuery query);

}  // namespace portcullis::archive
