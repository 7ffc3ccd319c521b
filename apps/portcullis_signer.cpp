// The signer of random draws: a process under an account of its own that alone holds the shares.
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/report_error.h"
#include "apps/signer_link.h"
#include "archive/audit/draw_signer.h"
#include "core/log.h"

namespace {

namespace archive = portcullis::archive;
namespace core = portcullis::core;

constexpr const char* kSignerComponent = "signer";

std::string text_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

core::Status done_or_error(const nlohmann::json& request, const std::string& command,
                           archive::DrawSigner& signer, nlohmann::json& reply) {
  if (command == "open_shift") {
    PC_TRY(const auto entry, archive::parse_audit_entry(text_at(request, "terms")));
    PC_TRY(const auto terms, archive::DrawTerms::from_entry(entry));
    return signer.open_shift(terms);
  }
  if (command == "share") {
    const auto share = archive::hash_from_hex(text_at(request, "share"));
    if (!share.ok()) return share.error().with_context("share");
    return signer.give_share(text_at(request, "shift"), text_at(request, "party"), *share);
  }
  if (command == "end_shift") return signer.end_shift(text_at(request, "shift"));
  if (command == "draw") {
    const auto arrival = request.find("arrival");
    if (arrival == request.end() || !arrival->is_number_unsigned())
      return core::Error{core::ErrorCode::kInvalidInput, "arrival: is no entry's index"};
    PC_TRY(const auto entry,
           signer.draw(arrival->get<std::uint64_t>(), text_at(request, "purpose")));
    PC_TRY(reply["entry"], archive::to_canonical_json(entry));
    return {};
  }
  if (command == "pending") {
    PC_TRY(const auto entries, signer.pending());
    reply["entries"] = nlohmann::json::array();
    for (const auto& entry : entries) {
      PC_TRY(auto text, archive::to_canonical_json(entry));
      reply["entries"].push_back(std::move(text));
    }
    return {};
  }
  return core::Error{core::ErrorCode::kInvalidInput, "cmd: is not known"};
}

std::string answer_to(const std::string& line, archive::DrawSigner& signer) {
  const auto request = nlohmann::json::parse(line, nullptr, false);
  const std::string command = request.is_object() ? text_at(request, "cmd") : std::string();
  nlohmann::json reply = {{"ok", true}};
  if (const auto done = done_or_error(request, command, signer, reply); !done.ok()) {
    reply = {{"ok", false}, {"error", done.error().message}};
    core::log_warning(kSignerComponent, done.error().message);
  } else if (command != "pending" && command != "draw") {
    core::log_info(kSignerComponent, command + " " + text_at(request, "shift"));
  }
  return reply.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int main(int argc, char** argv) {
  const sigset_t ends = portcullis::apps::block_end_signals();
  core::configure_log("portcullis-signer", core::LogLevel::kInfo);
  portcullis::apps::CommandLine app(
      "portcullis-signer",
      "Portcullis signer: holds the shares of the random draws and draws with them");
  std::string log, key, socket;
  app.add_option("--log", log, "The lane's audit log, which it only reads").required();
  app.add_option("--key", key, "The log's public key (log.vkey)").required();
  app.add_option("--socket", socket, "Unix socket to answer on").required();
  if (const auto ended = app.parse(argc, argv)) return *ended;
  const auto fail = [](const core::Error& error) {
    return portcullis::apps::report_error(error, "portcullis-signer");
  };

  // The shares are in no core dump, and no debugger of the same account reads them.
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);

  auto verifier = archive::VerifierKey::load(key);
  if (!verifier.ok()) return fail(verifier.error());
  const auto files = archive::DiskLogFiles::open(log, archive::DiskLogFiles::Access::kRead);
  if (!files.ok()) return fail(files.error());
  const core::SystemClock clock;
  archive::DrawSigner signer(*files, std::move(verifier).value(), clock);
  // A log that is damaged is told at once, not at the first draw.
  if (const auto first = signer.pending(); !first.ok()) return fail(first.error());
  auto server = portcullis::apps::LocalLineServer::listen(socket);
  if (!server.ok()) return fail(server.error());
  core::log_info(kSignerComponent, "ready; no shares yet");
  const timespec now{0, 0};
  while (sigtimedwait(&ends, nullptr, &now) < 0)
    server->serve(std::chrono::milliseconds(500),
                  [&](const std::string& line) { return answer_to(line, signer); });
  core::log_info(kSignerComponent, "ending in order; the shares are forgotten");
  return 0;
}
