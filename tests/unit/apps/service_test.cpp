// The service units as systemd reads them, and the notifications as a manager receives them.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "apps/lane/realtime.h"
#include "apps/service_notify.h"
#include "core/child_process.h"
#include "core/files.h"
#include "tests/support/environment.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

std::filesystem::path test_folder(const char* name) {
  const auto folder =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / name;
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(ServiceUnits, SystemdFindsNothingAmiss) {
  const char* tool = "/usr/bin/systemd-analyze";
  if (!std::filesystem::exists(tool)) {
    if (std::getenv("CI") != nullptr) FAIL() << "systemd-analyze is missing; packages.txt names it";
    GTEST_SKIP() << "systemd-analyze is not installed";
  }
  const auto folder = test_folder("units");
  core::ChildProcess::Options options{.program = tool,
                                      .arguments = {"verify", "--recursive-errors=no", "--man=no"},
                                      .environment = {},
                                      .output = folder / "said"};
  int units = 0;
  for (const auto& entry : std::filesystem::directory_iterator("config/systemd")) {
    if (entry.path().extension() != ".service") continue;
    // The programs stand where this build put them; who runs them is made at installation.
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    std::string unit =
        std::regex_replace(text.str(), std::regex("/usr/bin/portcullis"),
                           ::portcullis::test::set_variable("PORTCULLIS_BIN") + "/portcullis");
    unit = std::regex_replace(unit, std::regex("(User|Group)=portcullis(-signer)?"), "$1=daemon");
    const auto to = folder / entry.path().filename();
    std::ofstream(to) << unit;
    options.arguments.push_back(to.string());
    ++units;
  }
  EXPECT_EQ(units, 4);
  auto verify = core::ChildProcess::start(options);
  ASSERT_TRUE(verify.ok()) << verify.error().message;
  const auto exit = verify->wait(std::chrono::seconds(60));
  const auto said = core::read_file(folder / "said", 1 << 20);
  ASSERT_TRUE(exit.has_value());
  EXPECT_TRUE(exit->clean()) << (said.ok() ? *said : "");
  // Whatever it says of these files is a mistake in them.
  if (said.ok()) {
    EXPECT_EQ(said->find("portcullis-"), std::string::npos) << *said;
  }
}

TEST(ServiceUnits, AskForWhatTheProgramsNeed) {
  std::stringstream text;
  text << std::ifstream("config/systemd/portcullis-lane.service").rdbuf();
  for (const char* line :
       {"Type=notify", "WatchdogSec=", "LimitRTPRIO=", "LimitMEMLOCK=infinity", "--check-config"})
    EXPECT_NE(text.str().find(line), std::string::npos) << line;
}

/// The manager's side of the notify protocol: datagrams on a Unix socket.
class Manager {
 public:
  explicit Manager(const std::filesystem::path& path) {
    fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~Manager() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::close(fd_);
  }
  std::string next() {
    char bytes[512];
    const timeval limit{5, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
    return got > 0 ? std::string(bytes, static_cast<std::size_t>(got)) : "nothing";
  }

 private:
  int fd_ = -1;
};

TEST(ServiceNotify, SaysReadyAliveAndStopping) {
  const test::SocketFolder folder;
  {
    Manager manager((folder.path() / "s").string());
    ::setenv("WATCHDOG_USEC", "2000000", 1);
    ServiceNotify service;
    EXPECT_TRUE(service.watched());
    EXPECT_EQ(service.period(), std::chrono::milliseconds(500));
    service.ready("Idle");
    EXPECT_EQ(manager.next(), "READY=1\nSTATUS=Idle");
    service.alive("Scanning");
    EXPECT_EQ(manager.next(), "WATCHDOG=1\nSTATUS=Scanning");
    service.stopping();
    EXPECT_EQ(manager.next(), "STOPPING=1");
  }
  ServiceNotify alone;
  EXPECT_FALSE(alone.watched());
  EXPECT_EQ(alone.period(), std::chrono::seconds(1));
  alone.alive("nobody listens");
}

TEST(Realtime, MemoryIsLockedOrItIsSaidWhyNot) {
  const RealtimeOutcome off = lock_memory(false);
  EXPECT_FALSE(off.asked);
  EXPECT_FALSE(off.granted);
  EXPECT_FALSE(off.text.empty());
}

}  // namespace
}  // namespace portcullis::apps
