#pragma once

#include <string>

#include "apps/portcullis/command.h"
#include "customs/adapters/site_tables.h"

/// For the commands of `portcullis customs` that read messages: a site's own tables, which its
/// gateway reads by too.
namespace portcullis::apps {

inline void add_tables_option(Command command, std::string& folder) {
  command.add_option("--tables", folder, "The site's own tables (gateway.toml: tables)");
}
/// Errors: as use_site_tables(), with the option's name before them.
inline core::Status use_tables(const std::string& folder) {
  if (folder.empty()) return {};
  const auto used = customs::use_site_tables(folder);
  if (!used.ok()) return used.error().with_context("--tables");
  return {};
}

}  // namespace portcullis::apps
