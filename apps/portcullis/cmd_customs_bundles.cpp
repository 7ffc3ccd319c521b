#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "customs/gateway/partner_shelf.h"

namespace portcullis::apps {
namespace {

struct BundlesOptions {
  std::string folder, container, file;
  bool json = false;
};

core::Status run_bundles(const BundlesOptions& options) {
  PC_TRY(const auto bundles, customs::partner_bundles(options.folder, options.container));
  auto list = nlohmann::json::array();
  for (const auto& one : bundles) {
    list.push_back({{"file", one.file},
                    {"scan", one.scan_id},
                    {"software", one.software},
                    {"sha256", one.sha256},
                    {"received", core::to_iso8601(one.received)},
                    {"containers", one.containers},
                    {"mrns", one.mrns}});
    if (options.json) continue;
    std::string numbers;
    for (const auto& number : one.containers) numbers += " " + number;
    std::printf("%s  %s  scan %s%s\n", one.file.c_str(), core::to_iso8601(one.received).c_str(),
                one.scan_id.c_str(), numbers.c_str());
  }
  if (options.json) std::printf("%s\n", list.dump(2).c_str());
  return {};
}

core::Status run_check_bundle(const BundlesOptions& options) {
  PC_TRY(const auto package, core::read_package(options.file));
  PC_CHECK(customs::check_bundle(package, options.file));
  std::printf("good: scan %s, %zu parts, made by %s\n", package.head.subject.c_str(),
              package.parts.size(), package.head.software.c_str());
  return {};
}

}  // namespace

void add_customs_bundles(Command customs, int& exit_code) {
  auto options = std::make_shared<BundlesOptions>();
  auto bundles = customs.add_subcommand(
      "bundles", "Scan bundles of partner administrations that the gateway has taken");
  bundles.add_option("--folder", options->folder, "The gateway's [partner] folder").required();
  bundles.add_option("--container", options->container, "Only those that name this container");
  bundles.add_flag("--json", options->json, "One JSON document on stdout");
  bundles.callback([options, &exit_code] {
    const auto status = run_bundles(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
  auto check = customs.add_subcommand("check-bundle", "Whether a file is a whole scan bundle");
  check.add_option("file", options->file, "The ZIP").required();
  check.callback([options, &exit_code] {
    const auto status = run_check_bundle(*options);
    exit_code = status.ok() ? 0 : report_error(status.error());
  });
}

}  // namespace portcullis::apps
