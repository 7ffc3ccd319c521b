#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/account_store.h"
#include "apps/portcullis/command.h"
#include "apps/portcullis/read_password.h"
#include "apps/report_error.h"
#include "archive/audit/audit_log.h"
#include "core/files.h"
#include "core/time.h"
#include "customs/risk/releases.h"
#include "customs/risk/risk_model.h"
#include "customs/risk/rules.h"

namespace portcullis::apps {

namespace {

struct RiskReleaseOptions {
  std::string site, kind, id, file, accounts, person;
  double shadow_min_h = 168;
  bool json = false;
};

constexpr std::size_t kReleaseRecordBytesMax = 10'000'000;
constexpr core::Duration kReleaseAuditLimit = std::chrono::seconds(30);

std::filesystem::path record_file(const RiskReleaseOptions& options) {
  return std::filesystem::path(options.site) / "releases.json";
}

/// Who asks, by name and password, if a role of his allows it.
core::Result<access::Account> signed_in(const RiskReleaseOptions& options, access::Roles allowed,
                                        core::UtcTime now) {
  PC_TRY(const auto store, access::AccountStore::open(options.accounts, false));
  PC_TRY(auto password, read_password(PasswordEntry::kOnce));
  auto account = store->check(options.person, password, now);
  access::wipe(password);
  if (!account.ok()) return account.error();
  if (!account->roles.any_of(allowed))
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: none of {} is a role of this account", options.person,
                                   fmt::join(access::role_names(allowed), ", "))};
  return account;
}

core::Result<std::unique_ptr<archive::AuditLog>> open_release_log(
    const RiskReleaseOptions& options) {
  const std::filesystem::path site = options.site;
  return archive::AuditLog::open(
      {site / "audit", site / "audit.key", site / "audit-salts.sqlite", "portcullis/risk"});
}

core::Status log_release(archive::AuditLog& log, const std::vector<customs::ReleaseEvent>& events) {
  for (const auto& event : events) {
    archive::AuditLog::Draft draft;
    draft.entry.type = "risk_release";
    draft.entry.time = event.at;
    draft.entry.actor = "portcullis";
    draft.entry.subject = event.id;
    draft.entry.data["kind"] = std::string(customs::release_kind_name(event.kind));
    draft.entry.data["what"] = event.what;
    draft.person = event.person;
    PC_TRY(const auto index, log.add_and_wait(std::move(draft), kReleaseAuditLimit));
    std::printf("%s %s %s (audit entry %llu)\n",
                std::string(customs::release_kind_name(event.kind)).c_str(), event.id.c_str(),
                event.what.c_str(), static_cast<unsigned long long>(index));
  }
  return {};
}

using ReleaseChange = std::function<core::Result<std::vector<customs::ReleaseEvent>>(
    customs::ReleaseRecord& record, const std::string& person, core::UtcTime now)>;

core::Status change_release(const RiskReleaseOptions& options, access::Roles allowed,
                            const ReleaseChange& change) {
  const auto now = core::SystemClock().utc_now();
  PC_TRY(const auto account, signed_in(options, allowed, now));
  // The log's lock keeps a second change away until this one is saved. And the log has a change
  // before it counts: an entry without effect is seen, an effect without entry is not.
  PC_TRY(const auto log, open_release_log(options));
  PC_TRY(auto record, customs::ReleaseRecord::load(record_file(options)));
  PC_TRY(const auto events, change(record, account.name, now));
  PC_CHECK(log_release(*log, events));
  return record.save(record_file(options));
}

core::Status risk_propose(const RiskReleaseOptions& options) {
  const auto kind = *customs::release_kind_from(options.kind);
  const auto file = std::filesystem::path(options.site) / options.file;
  std::string id;
  if (kind == customs::ReleaseKind::kRules) {
    PC_TRY(const auto rules, customs::load_risk_rules(file));
    id = rules.id;
  } else {
    PC_TRY(const auto model, customs::RiskModel::load(file));
    if (model.provenance().labels_shuffled)
      return core::Error{core::ErrorCode::kRefused,
                         file.string() + ": was learnt from shuffled labels: it shows chance"};
    id = model.id();
  }
  return change_release(options, {access::Role::kRuleAuthor},
                        [&](auto& record, const auto& person, auto now) {
                          return record.propose(kind, id, options.file, person, now);
                        });
}

core::Status risk_approve(const RiskReleaseOptions& options) {
  const auto kind = *customs::release_kind_from(options.kind);
  const auto shadow_min = std::chrono::duration_cast<core::Duration>(
      std::chrono::duration<double, std::ratio<3600>>(options.shadow_min_h));
  return change_release(options, {access::Role::kRuleAuthor, access::Role::kSupervisor},
                        [&](auto& record, const auto& person, auto now) {
                          return record.approve(kind, options.id, person, shadow_min, now);
                        });
}

core::Status risk_withdraw(const RiskReleaseOptions& options) {
  const auto kind = *customs::release_kind_from(options.kind);
  return change_release(options, {access::Role::kRuleAuthor, access::Role::kSupervisor},
                        [&](auto& record, const auto& person, auto now) {
                          return record.withdraw(kind, options.id, person, now);
                        });
}

core::Status risk_releases(const RiskReleaseOptions& options) {
  const auto path = record_file(options);
  PC_TRY(const auto text, core::read_file(path, kReleaseRecordBytesMax));
  PC_TRY(const auto record, customs::ReleaseRecord::parse(text, path.string()));
  if (options.json) {
    std::printf("%s", record.text().c_str());
    return {};
  }
  for (const auto& release : record.releases())
    std::printf("%s %s (%s): %s, proposed by %s on %s, approved by %zu\n",
                std::string(customs::release_kind_name(release.kind)).c_str(), release.id.c_str(),
                release.file.c_str(),
                std::string(customs::release_state_name(release.state)).c_str(),
                release.proposed_by.c_str(), core::to_iso8601(release.proposed_at).c_str(),
                release.approved_by.size());
  return {};
}

}  // namespace

void add_risk_releases(Command risk, int& exit_code) {
  auto options = std::make_shared<RiskReleaseOptions>();
  const auto add = [&](const char* name, const char* text,
                       core::Status (*run)(const RiskReleaseOptions&)) {
    auto command = risk.add_subcommand(name, text);
    command
        .add_option("--site", options->site,
                    "Folder with releases.json, rules, models and the audit log")
        .required();
    command.callback([options, &exit_code, run] {
      const auto done = run(*options);
      exit_code = done.ok() ? 0 : report_error(done.error());
    });
    return command;
  };
  const auto person = [&](Command command) {
    command.add_option("--kind", options->kind, "rules or model")
        .required()
        .one_of({"rules", "model"});
    command.add_option("--accounts", options->accounts, "File of accounts").required();
    command.add_option("--as", options->person, "Account; its password is asked for").required();
  };
  auto propose = add("propose", "Puts new rules or a new score into shadow", &risk_propose);
  person(propose);
  propose.add_option("file", options->file, "Its file in the site's folder").required();
  auto approve = add("approve", "One of the two approvals that activate it", &risk_approve);
  person(approve);
  approve.add_option("id", options->id, "Its id, as `releases` shows it").required();
  approve.add_option("--shadow-min-h", options->shadow_min_h, "Hours in shadow before an approval")
      .range(24.0, 100'000.0)
      .show_default();
  auto withdraw = add("withdraw", "Ends a trial", &risk_withdraw);
  person(withdraw);
  withdraw.add_option("id", options->id, "Its id, as `releases` shows it").required();
  auto releases = add("releases", "Which rules and scores select, and who said so", &risk_releases);
  releases.add_flag("--json", options->json, "One JSON document on stdout");
}

}  // namespace portcullis::apps
