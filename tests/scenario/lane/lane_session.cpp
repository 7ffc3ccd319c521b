#include "tests/scenario/lane/lane_session.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "api/lane.grpc.pb.h"
#include "core/files.h"
#include "simulator/scene/generate.h"
#include "tests/support/eventually.h"

namespace portcullis::scenario {
namespace {

namespace fs = std::filesystem;
namespace v1 = api::v1;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kScanner = "gantry-small";
constexpr int kSeed = 42;
constexpr std::size_t kTailLines = 40;

std::string quoted(const fs::path& path) {
  return nlohmann::json(path.string()).dump();
}

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? fs::path(value) : fs::path();
}

void set_deadline(grpc::ClientContext& context, milliseconds limit) {
  context.set_deadline(std::chrono::system_clock::now() + limit);
}

}  // namespace

/// Follows the lane's status stream, over restarts of the lane; also the stub for single calls.
struct LaneSession::Watch {
  explicit Watch(const fs::path& socket) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto channel = grpc::CreateCustomChannel("unix:" + socket.string(),
                                             grpc::InsecureChannelCredentials(), arguments);
    stub = v1::Lane::NewStub(channel);
    thread = std::thread([this] { run(); });
  }
  ~Watch() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
      if (stream != nullptr) stream->TryCancel();
    }
    changed.notify_all();
    thread.join();
  }
  void run() {
    for (;;) {
      grpc::ClientContext context;
      {
        const std::lock_guard lock(mutex);
        if (stopping) return;
        stream = &context;
      }
      const auto reader = stub->WatchStatus(&context, {});
      Status next;
      while (reader->Read(&next)) {
        const std::lock_guard lock(mutex);
        seen.push_back(next);
        changed.notify_all();
      }
      std::unique_lock lock(mutex);
      stream = nullptr;
      [[maybe_unused]] const auto ended = reader->Finish();
      changed.wait_for(lock, milliseconds(50), [&] { return stopping; });
    }
  }

  std::unique_ptr<v1::Lane::Stub> stub;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Status> seen;  // ten a second
  grpc::ClientContext* stream = nullptr;
  bool stopping = false;
  std::thread thread;
};

v1::DeviceHealth device(const LaneSession::Status& status, const std::string& name) {
  for (const auto& one : status.devices()) {
    if (one.name() == name) return one;
  }
  return {};
}

bool allows(const LaneSession::Status& status, const std::string& command) {
  return std::find(status.allowed_commands().begin(), status.allowed_commands().end(), command) !=
         status.allowed_commands().end();
}

std::string in_words(const LaneSession::Status& s) {
  std::string text = fmt::format(
      "{} ({}; next: {}), beam {}{}{}, first out \"{}\", beam refused because \"{}\"", s.state(),
      s.state_text(), s.next_text(), s.beam(), s.beam_asked() ? " asked" : "",
      s.beam_permit() ? " permitted" : "", s.first_out(), s.beam_refused_because());
  for (const auto& one : s.devices()) {
    if (one.level() != v1::DeviceHealth::OK)
      text += fmt::format("\n  {}: {} \"{}\"", one.name(),
                          v1::DeviceHealth::Level_Name(one.level()), one.text());
  }
  return text;
}

LaneSession::LaneSession(const std::string& name) : LaneSession(name, Options()) {}

LaneSession::LaneSession(const std::string& name, Options options) : options_(std::move(options)) {
  programs_ = from_environment("PORTCULLIS_BIN");
  const fs::path out = from_environment("PORTCULLIS_TEST_OUT");
  EXPECT_FALSE(programs_.empty() || out.empty())
      << "PORTCULLIS_BIN and PORTCULLIS_TEST_OUT must name the folders of the programs and for "
         "what tests write";
  folder_ = fs::absolute(out) / "scenario_lane" / name;
  installation_ = fs::absolute(out) / "scenario_lane" / "installation.pscan";
  fs::remove_all(folder_);
  for (const char* part : {"logs", "lane", "inbox", "outbox", "scenes"})
    fs::create_directories(folder_ / part);
}

LaneSession::~LaneSession() {
  watch_.reset();
  for (const char* name : {"lane", "simulator", "gateway"}) {
    const auto found = processes_.find(name);
    if (found == processes_.end()) continue;
    const auto exit = found->second.terminate(std::chrono::seconds(5));
    EXPECT_TRUE(exit.clean()) << name << " did not end in order: " << exit.text();
    processes_.erase(found);
  }
  if (::testing::Test::HasFailure()) {
    for (const char* name : {"lane", "simulator", "gateway", "installation"}) {
      const std::string text = tail(name);
      if (!text.empty()) std::printf("---- end of %s's log\n%s\n", name, text.c_str());
    }
  }
}

std::string LaneSession::tail(const std::string& name) const {
  std::ifstream file(folder_ / "logs" / (name + ".log"));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  std::string text;
  for (std::size_t i = lines.size() > kTailLines ? lines.size() - kTailLines : 0; i < lines.size();
       ++i)
    text += "  " + lines[i] + "\n";
  return text;
}

// ---- processes ---------------------------------------------------------------------------------

bool LaneSession::run_program(const std::string& name, const std::string& program,
                              std::vector<std::string> arguments) {
  auto started = core::ChildProcess::start(
      {programs_ / program, std::move(arguments), {}, folder_ / "logs" / (name + ".log"), -1});
  if (!started.ok()) {
    ADD_FAILURE() << started.error().message;
    return false;
  }
  processes_.erase(name);
  processes_.emplace(name, std::move(started).value());
  return true;
}

bool LaneSession::make_installation() {
  if (fs::exists(installation_)) return true;
  // Tests run side by side: each makes its own, and the first one to finish is kept. A later one
  // must not take its place: a lane started again would find itself in another installation.
  const fs::path mine = fmt::format("{}.{}", installation_.string(), ::getpid());
  if (!run_program("installation", "portcullis",
                   {"simulate", "--scanner", kScanner, "--seed", std::to_string(kSeed),
                    "--calibration-only", "--out", mine.string()}))
    return false;
  const auto exit = processes_.at("installation").wait(std::chrono::seconds(60));
  processes_.erase("installation");
  EXPECT_TRUE(exit && exit->clean()) << (exit ? exit->text() : "did not end within 60 s");
  if (!exit || !exit->clean()) return false;
  std::error_code error;
  fs::create_hard_link(mine, installation_, error);
  fs::remove(mine);
  EXPECT_TRUE(fs::exists(installation_)) << installation_ << ": " << error.message();
  return fs::exists(installation_);
}

bool LaneSession::start_gateway() {
  const fs::path config = folder_ / "gateway.toml";
  std::ofstream(config) << fmt::format(
      "socket = {}\ninbox = {}\noutbox = {}\nstore = {}\npoll_ms = 50\n",
      quoted(sockets_.path() / "gateway.sock"), quoted(folder_ / "inbox"),
      quoted(folder_ / "outbox"), quoted(folder_ / "store.sqlite"));
  return run_program("gateway", "portcullis-gateway", {"--config", config.string()});
}

bool LaneSession::start_simulator() {
  const fs::path config = folder_ / "sim.toml";
  const fs::path ready = folder_ / "sim-ready.json";
  std::string text = fmt::format(
      "seed = {}\nscanner = \"{}\"\ncontrol_socket = {}\nlane_type = \"{}\"\n\n"
      "[gantry]\ntravel_from_mm = {}\ntravel_to_mm = {}\nacceleration_mm_s2 = 3000\n"
      "stop_mm_s2 = 6000\nspeed_mm_s_max = 2000\n\n"
      "[source]\nwarm_up_s = 0.3\n\n[camera]\npictures = {}\n\n[render]\nstep_mm = 8\n\n"
      "[timing]\nreact_s = 0.05\nenter_s = 1.6\nleave_cab_s = 0.3\nsearch_s = 0.2\n"
      "return_s = 0.3\nexit_s = 0.6\ntruck_gap_s = 0.1\nbarrier_move_s = 0.2\n\n[ports]\n",
      kSeed, kScanner, quoted(sockets_.path() / "sim.sock"), lane_type(), options_.travel_from_mm,
      options_.travel_to_mm, quoted(folder_ / "camera"));
  // The ports of the first start are kept, so that a new one is where the lane looks for it.
  for (const auto& [name, port] : ports_) text += fmt::format("{} = {}\n", name, port);
  std::ofstream(config) << text;
  std::error_code ignored;
  fs::remove(ready, ignored);
  if (!run_program("simulator", "portcullis-sim",
                   {"--config", config.string(), "--ready-file", ready.string()}))
    return false;
  if (!test::eventually([&] { return fs::exists(ready); }, Seconds(20))) {
    ADD_FAILURE() << "the simulator is not ready after 20 s";
    return false;
  }
  const auto json = nlohmann::json::parse(std::ifstream(ready), nullptr, false);
  for (const char* name : {"detector_control", "source_control", "plc", "portal", "camera"})
    ports_[name] = json.value(name, 0);
  return true;
}

void LaneSession::write_lane_config() {
  std::ofstream(folder_ / "lane.toml") << fmt::format(
      "lane = \"Lane 1\"\ninstallation = {}\n\n[api]\nsocket = {}\n\n"
      "[storage]\nfolder = {}\nfree_mib_min = {}\n\n[plc]\nport = {}\nrealtime_priority = 50\n\n"
      "[source]\nport = {}\n\n[detector]\ncontrol_port = {}\n\n"
      "[portal]\nport = {}\nsimulated = true\n\n[camera]\nport = {}\npictures = {}\n\n"
      "[gateway]\nsocket = {}\n\n"
      "[cycle]\ntravel_from_mm = {}\ntravel_to_mm = {}\nscan_speed_mm_s = 800\n"
      "return_speed_mm_s = 2000\nauto_calibrate = true\ndark_lines = 200\nair_lines = 400\n"
      // Several lanes run on one machine here, and a test is of what happens, not of how soon.
      "gone_for_s = 0.3\nstale_after_ms = 250\nwatchdog_ms = 500\nlane_type = \"{}\"\n{}",
      quoted(installation_), quoted(sockets_.path() / "lane.sock"), quoted(records()),
      options_.free_mib_min, ports_["plc"], ports_["source_control"], ports_["detector_control"],
      ports_["portal"], ports_["camera"], quoted(folder_ / "camera"),
      quoted(sockets_.path() / "gateway.sock"), options_.travel_from_mm, options_.travel_to_mm,
      lane_type(), options_.cycle);
}

void LaneSession::stop_lane() {
  const auto found = processes_.find("lane");
  ASSERT_NE(found, processes_.end()) << "the lane does not run";
  const auto exit = found->second.terminate(std::chrono::seconds(10));
  EXPECT_TRUE(exit.clean()) << exit.text();
  processes_.erase(found);
}

bool LaneSession::start_lane() {
  write_lane_config();
  if (!run_program("lane", "portcullis-lane", {"--config", (folder_ / "lane.toml").string()}))
    return false;
  if (!watch_) watch_ = std::make_unique<Watch>(sockets_.path() / "lane.sock");
  return wait_for("a status of the lane", [](const Status&) { return true; });
}

bool LaneSession::start() {
  return make_installation() && start_gateway() && start_simulator() && start_lane() &&
         wait_ready();
}

bool LaneSession::wait_ready() {
  // The portal judges nothing until a second after beam: no driver is so quick as the simulated.
  std::int64_t ready_since_ns = 0;
  return wait_for(
      "the lane to be calibrated, idle and its portal to measure",
      [&](const Status& s) {
        const bool ready = s.state() == "Idle" &&
                           device(s, "Detector").level() == v1::DeviceHealth::OK &&
                           device(s, "Radiation portal").level() == v1::DeviceHealth::OK;
        if (!ready) ready_since_ns = 0;
        if (ready && ready_since_ns == 0) ready_since_ns = s.utc_ns();
        return ready && s.utc_ns() - ready_since_ns > 1'200'000'000;
      },
      Seconds(45));
}

void LaneSession::kill(const std::string& program) {
  const auto found = processes_.find(program);
  ASSERT_NE(found, processes_.end()) << program << " does not run";
  found->second.send_signal(SIGKILL);
  const auto exit = found->second.wait(std::chrono::seconds(10));
  ASSERT_TRUE(exit.has_value()) << program;
  EXPECT_EQ(exit->signal, SIGKILL) << program << " had ended before: " << exit->text();
  processes_.erase(found);
}

pid_t LaneSession::worker_pid() const {
  const auto lane = processes_.find("lane");
  if (lane == processes_.end()) return 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/proc", ignored)) {
    std::ifstream file(entry.path() / "stat");
    std::string text;
    if (!std::getline(file, text)) continue;
    // "PID (comm) state ppid ...": what follows the last ')' is plain.
    const auto after = text.rfind(')');
    if (after == std::string::npos || text.find("(portcullis-work") == std::string::npos) continue;
    char state = ' ';
    int parent = 0;
    if (std::sscanf(text.c_str() + after + 1, " %c %d", &state, &parent) == 2 &&
        parent == lane->second.pid() && state != 'Z')
      return std::atoi(text.c_str());
  }
  return 0;
}

// ---- trucks ------------------------------------------------------------------------------------

Truck LaneSession::make_truck(int index, const std::string& mix) {
  Truck truck;
  const auto generated = simulator::generate_scene(mix, 7, index, kScanner);
  if (!generated.ok()) {
    ADD_FAILURE() << generated.error().message;
    return truck;
  }
  truck.scene = folder_ / "scenes" / (generated->name + ".toml");
  truck.declaration_name = generated->name + ".xml";
  truck.declaration_xml = generated->declaration_xml;
  truck.container = generated->container_number;
  std::ofstream(truck.scene) << generated->scene_toml;
  std::ofstream(folder_ / "scenes" / truck.declaration_name) << generated->declaration_xml;
  return truck;
}

void LaneSession::deliver_declaration(const Truck& truck) {
  const auto written = core::write_file_atomically(folder_ / "inbox" / truck.declaration_name,
                                                   truck.declaration_xml);
  EXPECT_TRUE(written.ok()) << written.error().message;
}

bool LaneSession::send(const Truck& truck, double gamma_cps) {
  deliver_declaration(truck);
  const auto reply =
      ask_simulator({{"cmd", "truck"}, {"scene", truck.scene.string()}, {"gamma_cps", gamma_cps}});
  EXPECT_TRUE(reply.value("ok", false)) << reply.dump();
  return reply.value("ok", false);
}

// ---- the simulator's control -------------------------------------------------------------------

nlohmann::json LaneSession::ask_simulator(const nlohmann::json& request) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{5, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (sockets_.path() / "sim.sock").string();
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const std::string line = request.dump() + "\n";
  std::string answer;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::send(fd, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size())) {
    char buffer[4096];
    while (answer.find('\n') == std::string::npos) {
      const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  ::close(fd);
  auto reply = nlohmann::json::parse(answer, nullptr, false);
  EXPECT_TRUE(reply.is_object()) << "the simulator answered \"" << answer << "\" to " << line;
  return reply.is_object() ? reply : nlohmann::json::object();
}

bool LaneSession::fault(const std::string& kind, double value) {
  nlohmann::json request = {{"cmd", "fault"}, {"kind", kind}};
  if (value != 0) request["value"] = value;
  const auto reply = ask_simulator(request);
  EXPECT_TRUE(reply.value("ok", false)) << reply.dump();
  return reply.value("ok", false);
}

bool LaneSession::clear_fault(const std::string& kind) {
  const auto reply = ask_simulator({{"cmd", "fault"}, {"kind", kind}, {"clear", true}});
  EXPECT_TRUE(reply.value("ok", false)) << reply.dump();
  return reply.value("ok", false);
}

// ---- the lane's API ----------------------------------------------------------------------------

LaneSession::Status LaneSession::status() const {
  const std::lock_guard lock(watch_->mutex);
  return watch_->seen.empty() ? Status{} : watch_->seen.back();
}

std::size_t LaneSession::mark() const {
  const std::lock_guard lock(watch_->mutex);
  return watch_->seen.size();
}

bool LaneSession::any_since(std::size_t mark, const std::function<bool(const Status&)>& holds) {
  const std::lock_guard lock(watch_->mutex);
  return std::any_of(watch_->seen.begin() + static_cast<std::ptrdiff_t>(mark), watch_->seen.end(),
                     holds);
}

bool LaneSession::wait_for(const std::string& what, const std::function<bool(const Status&)>& holds,
                           Seconds limit) {
  const auto deadline = steady_clock::now() + limit;
  std::unique_lock lock(watch_->mutex);
  std::size_t next = watch_->seen.size();
  for (;;) {
    for (; next < watch_->seen.size(); ++next) {
      if (holds(watch_->seen[next])) return true;
    }
    if (watch_->changed.wait_until(lock, deadline) == std::cv_status::timeout) break;
  }
  ADD_FAILURE() << "waited " << limit.count() << " s for " << what << "; the lane's last status: "
                << (watch_->seen.empty() ? "none" : in_words(watch_->seen.back()));
  return false;
}

bool LaneSession::wait_state(const std::string& state, Seconds limit) {
  return wait_for(
      "state " + state, [&](const Status& s) { return s.state() == state; }, limit);
}

v1::CommandReply LaneSession::command(v1::CommandRequest::Kind kind) {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::CommandRequest request;
  request.set_kind(kind);
  request.set_user("operator");
  v1::CommandReply reply;
  const auto called = watch_->stub->Command(&context, request, &reply);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return reply;
}

v1::CaseView LaneSession::case_view(const std::string& case_id) {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::GetCaseRequest request;
  request.set_case_id(case_id);
  v1::CaseView view;
  const auto called = watch_->stub->GetCase(&context, request, &view);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return view;
}

bool LaneSession::wait_case(const std::string& what,
                            const std::function<bool(const v1::CaseView&)>& holds, Seconds limit) {
  v1::CaseView view;
  const bool held = test::eventually(
      [&] {
        view = case_view();
        return holds(view);
      },
      limit, milliseconds(20));  // Each look is a call of the lane's API.
  EXPECT_TRUE(held) << "waited " << limit.count() << " s for " << what
                    << "; the case: " << view.ShortDebugString().substr(0, 2000)
                    << "\nthe lane: " << in_words(status());
  return held;
}

std::vector<v1::CaseSummary> LaneSession::cases() {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::ListCasesReply reply;
  const auto called = watch_->stub->ListCases(&context, {}, &reply);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return {reply.cases().begin(), reply.cases().end()};
}

v1::Reply LaneSession::answer(const std::string& case_id, std::uint32_t finding,
                              const std::string& answer) {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::AnswerFindingRequest request;
  request.set_case_id(case_id);
  request.set_finding(finding);
  request.set_answer(answer);
  request.set_user("officer");
  v1::Reply reply;
  const auto called = watch_->stub->AnswerFinding(&context, request, &reply);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return reply;
}

v1::Reply LaneSession::decide(const std::string& case_id, const std::string& decision,
                              const std::string& reason_code, const std::string& container) {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::DecideRequest request;
  request.set_case_id(case_id);
  request.set_decision(decision);
  request.set_reason_code(reason_code);
  request.set_container(container);
  request.set_user("officer");
  request.set_time_on_image_ms(1500);
  v1::Reply reply;
  const auto called = watch_->stub->Decide(&context, request, &reply);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return reply;
}

// ---- what an operator does ---------------------------------------------------------------------

bool LaneSession::scan_begins(Seconds limit) {
  if (!wait_for(
          "Start to be allowed", [](const Status& s) { return allows(s, "START"); }, limit))
    return false;
  const auto reply = command(v1::CommandRequest::START);
  if (!reply.accepted()) {
    ADD_FAILURE() << "Start was refused: " << reply.reason();
    return false;
  }
  bool left = false;  // the waiting state
  bool on = false;
  if (!wait_for("beam of the scan", [&](const Status& s) {
        left = left || s.state() == "Warning" || s.state() == "Scanning";
        on = s.state() == "Scanning" && s.beam() == "on";
        // A scan that was lost is not waited for.
        return on || (left && s.state() != "Warning" && s.state() != "Scanning");
      }))
    return false;
  EXPECT_TRUE(on) << "the scan was lost: " << in_words(status());
  return on;
}

bool LaneSession::reset() {
  if (!wait_for("Reset to be allowed", [](const Status& s) { return allows(s, "RESET"); }))
    return false;
  const auto reply = command(v1::CommandRequest::RESET);
  if (!reply.accepted()) {
    ADD_FAILURE() << "Reset was refused: " << reply.reason();
    return false;
  }
  return wait_for("the reset to be done",
                  [](const Status& s) { return s.state() != "Stopped" && s.state() != "Faulted"; });
}

bool LaneSession::scan_ends_and_is_reviewed() {
  if (!wait_state("Reviewing", Seconds(30))) return false;
  if (!wait_case("a report to decide on", [](const v1::CaseView& view) {
        return view.state() == "to_decide" && view.decision_blocked_because().empty();
      }))
    return false;
  const auto view = case_view();
  for (int i = 0; i < view.answers_size(); ++i) {
    const auto reply = answer(view.case_id(), static_cast<std::uint32_t>(i), "agree");
    EXPECT_TRUE(reply.ok()) << reply.reason();
  }
  return true;
}

bool LaneSession::truck_passes() {
  if (!scan_begins() || !scan_ends_and_is_reviewed()) return false;
  const auto reply = decide(case_view().case_id(), "release", "as_declared");
  EXPECT_TRUE(reply.ok()) << reply.reason();
  return reply.ok() && wait_state("Idle", Seconds(20));
}

v1::Reply LaneSession::identify(const v1::CaseView& view, const std::string& container,
                                const std::string& user, bool confirm) {
  grpc::ClientContext context;
  set_deadline(context, milliseconds(5000));
  v1::IdentityRequest request;
  request.set_case_id(view.case_id());
  request.set_vehicle_plate(view.vehicle_plate());
  request.add_container_numbers(container);
  request.set_user(user);
  v1::Reply reply;
  const auto called = confirm ? watch_->stub->ConfirmIdentity(&context, request, &reply)
                              : watch_->stub->ProposeIdentity(&context, request, &reply);
  EXPECT_TRUE(called.ok()) << called.error_message();
  return reply;
}

std::vector<fs::path> LaneSession::answers() const {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_ / "outbox", ignored)) {
    if (entry.path().extension() == ".xml") files.push_back(entry.path());
  }
  return files;
}

}  // namespace portcullis::scenario
