#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "simulator/live/fault_table.h"

namespace portcullis::apps {
namespace {

struct SimArguments {
  std::string socket;
  std::string fault;
  std::optional<double> value;
  double for_s = 0;
  bool off = false, list = false;
};

core::Error sim_error(core::ErrorCode code, const std::string& what) {
  return {code, "simulator: " + what};
}

/// The socket of the one simulator that runs here, as it names it without a configured one.
core::Result<std::string> find_sim_socket() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("portcullis-sim-", 0) == 0 && entry.path().extension() == ".sock" &&
        entry.is_socket(error))
      found.push_back(entry.path().string());
  }
  if (found.size() == 1) return found.front();
  return sim_error(
      core::ErrorCode::kNotFound,
      (found.empty() ? "no control socket in " + folder.string()
                     : std::to_string(found.size()) + " control sockets in " + folder.string()) +
          "; name it with --socket (control_socket of sim.toml)");
}

/// One request, one answer.
core::Result<nlohmann::json> ask_simulator(const std::string& path, const nlohmann::json& request) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return sim_error(core::ErrorCode::kInvalidInput, path + ": too long for a socket");
  std::memcpy(address.sun_path, path.data(), path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const std::unique_ptr<const int, void (*)(const int*)> closer(&fd,
                                                                [](const int* p) { ::close(*p); });
  const timeval limit{5, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return sim_error(core::ErrorCode::kUnavailable,
                     path + ": " + std::strerror(errno) + "; is portcullis-sim running?");
  }
  const std::string line = request.dump() + "\n";
  if (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(line.size()))
    return sim_error(core::ErrorCode::kUnavailable, path + ": " + std::strerror(errno));
  std::string reply;
  char bytes[4096];
  while (reply.find('\n') == std::string::npos && reply.size() < (1U << 20)) {
    const ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
    if (got <= 0) return sim_error(core::ErrorCode::kUnavailable, path + ": no answer within 5 s");
    reply.append(bytes, static_cast<std::size_t>(got));
  }
  nlohmann::json answer = nlohmann::json::parse(reply.substr(0, reply.find('\n')), nullptr, false);
  if (answer.is_discarded() || !answer.is_object())
    return sim_error(core::ErrorCode::kCorrupt, path + ": the answer is no JSON object");
  if (!answer.value("ok", false))
    return sim_error(core::ErrorCode::kInvalidInput, answer.value("error", "refused"));
  return answer;
}

void print_fault_list() {
  for (std::size_t i = 0; i < simulator::kLiveFaultCount; ++i) {
    const auto& row = simulator::live_fault_info(static_cast<simulator::LiveFault>(i));
    std::printf("%-24s %s", std::string(row.name).c_str(), std::string(row.text).c_str());
    if (!row.value_text.empty()) {
      std::printf("; --value: %s, %g to %g, by default %g", std::string(row.value_text).c_str(),
                  row.value_min, row.value_max, row.value_default);
    }
    std::printf("\n");
  }
}

core::Status set_sim_fault(const SimArguments& arguments) {
  if (arguments.list) {
    print_fault_list();
    return {};
  }
  if (arguments.fault.empty())
    return sim_error(core::ErrorCode::kInvalidInput, "name a fault, or give --list");
  if (!simulator::find_live_fault(arguments.fault)) {
    return sim_error(
        core::ErrorCode::kUnsupported,
        "no fault \"" + arguments.fault + "\"; known are " + simulator::live_fault_names());
  }
  std::string path = arguments.socket;
  if (path.empty()) {
    PC_TRY(path, find_sim_socket());
  }
  nlohmann::json request = {{"cmd", "fault"}, {"kind", arguments.fault}};
  if (arguments.off) {
    request["clear"] = true;
  } else {
    if (arguments.value) request["value"] = *arguments.value;
    request["for_s"] = arguments.for_s;
  }
  PC_TRY([[maybe_unused]] const nlohmann::json answer, ask_simulator(path, request));
  std::fprintf(stderr, "%s: %s\n", arguments.fault.c_str(), arguments.off ? "off" : "on");
  return {};
}

core::Status print_sim_status(const SimArguments& arguments) {
  std::string path = arguments.socket;
  if (path.empty()) {
    PC_TRY(path, find_sim_socket());
  }
  PC_TRY(const nlohmann::json answer, ask_simulator(path, {{"cmd", "status"}}));
  std::printf("%s\n", answer.dump(2).c_str());
  return {};
}

}  // namespace

void add_sim(Command app, int& exit_code) {
  auto arguments = std::make_shared<SimArguments>();
  auto sim = app.add_subcommand("sim", "Talks to a running portcullis-sim over its control socket");
  sim.require_subcommand();
  const auto with_socket = [arguments](Command command) {
    command.add_option("--socket", arguments->socket,
                       "Control socket; by default that of the one simulator that runs here");
  };
  auto fault = sim.add_subcommand("fault", "Begins or ends a fault by its name");
  with_socket(fault);
  fault.add_option("name", arguments->fault, "Fault, as --list names it");
  fault.add_option("--value", arguments->value, "Its value, where it has one");
  fault.add_option("--for", arguments->for_s, "Seconds; by default until --off");
  fault.add_flag("--off", arguments->off, "End it");
  fault.add_flag("--list", arguments->list, "All faults, what they do and their values");
  fault.callback([arguments, &exit_code] {
    const auto done = set_sim_fault(*arguments);
    exit_code = done.ok() ? 0 : report_error(done.error());
  });
  auto status = sim.add_subcommand("status", "Everything that the simulator knows, as JSON");
  with_socket(status);
  status.callback([arguments, &exit_code] {
    const auto done = print_sim_status(*arguments);
    exit_code = done.ok() ? 0 : report_error(done.error());
  });
}

}  // namespace portcullis::apps
