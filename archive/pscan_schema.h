#pragma once

namespace portcullis::archive {

/// The text of docs/pscan.sql: makes the tables of a scan file.
extern const char* const kPscanSchemaSql;

}  // namespace portcullis::archive
