#pragma once

#include <memory>

#include "customs/adapters/camir/record_layout.h"
#include "customs/adapters/tables/path_table.h"

namespace portcullis::customs {

// For the adapters only.

/// Tables of data by which messages are read now (site_tables.h). Who reads a message keeps them
/// until it is read. Threading: thread-safe.
struct TablesInUse {
  RecordLayout camir;
  PathTable carm;
};
std::shared_ptr<const TablesInUse> tables_in_use();

}  // namespace portcullis::customs
