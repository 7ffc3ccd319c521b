#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/lane.pb.h"
#include "core/child_process.h"
#include "tests/support/socket_folder.h"

namespace portcullis::scenario {

/// A generated truck: its scene for the simulator, its declaration for the gateway's inbox.
struct Truck {
  std::filesystem::path scene;
  std::string declaration_name;
  std::string declaration_xml;
  std::string container;
};

/// One lane of real processes on the small scanner: gateway, simulator, lane and, started by the
/// lane, worker. Each can be killed and started again on the same ports, files and sockets. The
/// lane is driven as a screen drives it, by its gRPC API; the simulator by its control socket.
///
/// Whatever does not happen in time is a test failure that names what was waited for and the lane's
/// status then. The destructor ends all processes and, where the test has failed, prints the ends
/// of their logs. Threading: one thread.
class LaneSession final {
 public:
  struct Options {
    double travel_from_mm = -500;
    double travel_to_mm = 3500;
    std::string cycle{};              ///< More lines of the lane's [cycle]; tables may follow them.
    std::uint64_t free_mib_min = 64;  ///< Less room on the disk is too little.
    bool drive_through = false;
  };
  explicit LaneSession(const std::string& name);
  LaneSession(const std::string& name, Options options);
  ~LaneSession();
  LaneSession(const LaneSession&) = delete;
  LaneSession& operator=(const LaneSession&) = delete;

  using Status = api::v1::LaneStatus;
  using Seconds = std::chrono::duration<double>;

  // ---- processes; each returns false after a failure that is already reported
  bool start_gateway();
  bool start_simulator();
  bool start_lane();
  /// All three, and wait_ready().
  bool start();
  /// Waits until the lane can take a truck and measure its radiation.
  bool wait_ready();
  /// In order, as by its service manager.
  void stop_lane();
  /// For the next start of the lane.
  void set_free_mib_min(std::uint64_t mib) { options_.free_mib_min = mib; }
  /// kill -9, and reaped.
  void kill(const std::string& program);
  /// The worker that the lane runs now; 0 where there is none.
  [[nodiscard]] pid_t worker_pid() const;

  // ---- trucks
  Truck make_truck(int index, const std::string& mix = "clean");
  /// The declaration arrives, and the truck queues at the simulator.
  bool send(const Truck& truck, double gamma_cps = 0);
  void deliver_declaration(const Truck& truck);

  // ---- the simulator's control
  nlohmann::json ask_simulator(const nlohmann::json& request);
  bool fault(const std::string& kind, double value = 0);
  bool clear_fault(const std::string& kind);

  // ---- the lane's API
  [[nodiscard]] Status status() const;
  /// Number of statuses received so far, for since().
  [[nodiscard]] std::size_t mark() const;
  /// Whether any status since `mark` satisfies `holds`.
  [[nodiscard]] bool any_since(std::size_t mark, const std::function<bool(const Status&)>& holds);
  /// Waits for a status newer than the call that satisfies `holds`.
  bool wait_for(const std::string& what, const std::function<bool(const Status&)>& holds,
                Seconds limit = Seconds(20));
  bool wait_state(const std::string& state, Seconds limit = Seconds(20));
  api::v1::CommandReply command(api::v1::CommandRequest::Kind kind);
  api::v1::CaseView case_view(const std::string& case_id = {});
  /// Waits until `holds` for the case.
  bool wait_case(const std::string& what,
                 const std::function<bool(const api::v1::CaseView&)>& holds,
                 Seconds limit = Seconds(30));
  std::vector<api::v1::CaseSummary> cases();
  api::v1::Reply answer(const std::string& case_id, std::uint32_t finding,
                        const std::string& answer);
  /// Says, or confirms, that the case's vehicle carries this container.
  api::v1::Reply identify(const api::v1::CaseView& view, const std::string& container,
                          const std::string& user, bool confirm);
  api::v1::Reply decide(const std::string& case_id, const std::string& decision,
                        const std::string& reason_code, const std::string& container = "");

  // ---- what an operator does
  /// Waits until Start is allowed, gives it, waits for beam.
  bool scan_begins(Seconds limit = Seconds(40));
  bool reset();
  /// From beam on to a decidable report: every finding answered.
  bool scan_ends_and_is_reviewed();
  /// From a waiting truck to one that has driven away, released.
  bool truck_passes();

  // ---- what is left behind
  [[nodiscard]] std::filesystem::path records() const { return folder_ / "lane"; }
  [[nodiscard]] std::vector<std::filesystem::path> answers() const;
  [[nodiscard]] std::filesystem::path folder() const { return folder_; }
  [[nodiscard]] std::filesystem::path api_socket() const { return sockets_.path() / "lane.sock"; }

 private:
  struct Watch;
  struct Api;
  bool run_program(const std::string& name, const std::string& program,
                   std::vector<std::string> arguments);
  bool make_installation();
  void write_lane_config();
  [[nodiscard]] const char* lane_type() const {
    return options_.drive_through ? "drive-through" : "gantry";
  }
  [[nodiscard]] std::string tail(const std::string& name) const;

  Options options_;
  std::filesystem::path folder_, programs_, installation_;
  test::SocketFolder sockets_;
  std::map<std::string, int> ports_;
  std::map<std::string, core::ChildProcess> processes_;
  std::unique_ptr<Watch> watch_;
};

/// A device's level and text in a status; UNKNOWN where it is not listed.
api::v1::DeviceHealth device(const LaneSession::Status& status, const std::string& name);
bool allows(const LaneSession::Status& status, const std::string& command);
/// For messages.
std::string in_words(const LaneSession::Status& status);

}  // namespace portcullis::scenario
