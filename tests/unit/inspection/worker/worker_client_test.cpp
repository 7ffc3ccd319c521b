#include "inspection/worker/worker_client.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/eventually.h"

namespace portcullis {
namespace {

using namespace std::chrono_literals;
using inspection::WorkerClient;
using inspection::WorkerOptions;
using test::eventually;

imaging::Images images() {
  imaging::Images i;
  i.grid = {200, 100, 10.0, 0, 4700};
  i.transmission_high.assign(i.size(), 0.5F);
  i.transmission_low.assign(i.size(), 0.4F);
  i.mass_g_cm2.assign(i.size(), 12.5F);
  i.material.assign(i.size(), 1);
  i.material_confidence_percent.assign(i.size(), 100);
  i.obliquity.assign(100, 1.0F);
  i.bad.assign(i.size(), 0);
  return i;
}

WorkerOptions options(std::vector<std::string> arguments) {
  WorkerOptions o;
  const char* program = std::getenv("PORTCULLIS_TEST_WORKER");
  o.program = program != nullptr
                  ? program
                  : (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "test-worker")
                        .string();
  o.arguments = std::move(arguments);
  o.start_timeout = 20s;
  o.job_timeout = 20s;
  return o;
}

core::VehicleIdentity identity() {
  core::VehicleIdentity id;
  id.containers.push_back({"CSQU3054383", "22G1", true, 1.0});
  return id;
}

bool no_children() {
  siginfo_t info{};
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD;
}

TEST(WorkerClient, DoesJobsInAnotherProcess) {
  auto client = WorkerClient::create(options({"honest"}));
  ASSERT_TRUE(client.ok()) << client.error().message;
  for (int i = 0; i < 3; ++i) {
    const auto result = client.value()->flag(images(), identity(), {});
    ASSERT_TRUE(result.ok()) << result.error().message;
    ASSERT_EQ(result->containers.size(), 1U);
    EXPECT_EQ(result->containers[0].number, "CSQU3054383");
    EXPECT_EQ(result->containers[0].load_mass_kg, 12.5);
    EXPECT_EQ(result->containers[0].bbox_px.w, 200);
  }
  const auto state = client.value()->state();
  EXPECT_TRUE(state.running);
  EXPECT_NE(state.pid, ::getpid());
  EXPECT_EQ(state.started, 1U);
  EXPECT_EQ(state.jobs_done, 3U);
  EXPECT_EQ(state.lost, 0U);
}

TEST(WorkerClient, KilledInMidJobIsReplacedAndTheJobIsDone) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("portcullis-worker-test-" + std::to_string(::getpid()));
  std::filesystem::remove(file);
  auto client = WorkerClient::create(options({"waits", file.string()}));
  ASSERT_TRUE(client.ok());
  std::thread killer([&] {
    pid_t victim = 0;
    EXPECT_TRUE(
        eventually([&] { return static_cast<bool>(std::ifstream(file) >> victim) && victim > 0; }));
    EXPECT_EQ(victim, client.value()->state().pid);
    ::kill(victim, SIGKILL);
  });
  const auto result = client.value()->flag(images(), identity(), {});
  killer.join();
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->containers[0].load_mass_kg, 12.5);
  const auto state = client.value()->state();
  EXPECT_EQ(state.started, 2U);
  EXPECT_EQ(state.lost, 1U);
  EXPECT_NE(state.last_error.find("signal 9"), std::string::npos) << state.last_error;
  std::filesystem::remove(file);
  client.value().reset();
  EXPECT_TRUE(no_children());
}

TEST(WorkerClient, KilledBetweenJobsIsReplaced) {
  auto client = WorkerClient::create(options({"honest"}));
  client.value()->warm_up();
  ASSERT_TRUE(eventually([&] { return client.value()->state().running; }));
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.value()->flag(images(), identity(), {}).ok());
    ::kill(client.value()->state().pid, SIGKILL);
  }
  EXPECT_TRUE(client.value()->flag(images(), identity(), {}).ok());
  EXPECT_EQ(client.value()->state().jobs_failed, 0U);
}

struct Manner {
  const char* name;
  const char* says;  ///< Part of the error.
  /// How long an answer is waited for; long where the answer itself is what is wrong.
  std::chrono::milliseconds timeout = 20s;
};
class BadWorker : public ::testing::TestWithParam<Manner> {};

TEST_P(BadWorker, EndsInAnErrorInBoundedTimeAndLeavesNothingBehind) {
  auto o = options({GetParam().name});
  o.start_timeout = GetParam().timeout;
  o.job_timeout = GetParam().timeout;
  o.attempts_max = 2;
  auto client = WorkerClient::create(o);
  ASSERT_TRUE(client.ok());
  const auto result = client.value()->flag(images(), identity(), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, core::ErrorCode::kUnavailable);
  EXPECT_NE(result.error().message.find("findings unavailable"), std::string::npos);
  EXPECT_NE(result.error().message.find(GetParam().says), std::string::npos)
      << result.error().message;
  const auto state = client.value()->state();
  EXPECT_EQ(state.started, 2U);
  EXPECT_EQ(state.lost, 2U);
  EXPECT_EQ(state.jobs_failed, 1U);
  EXPECT_FALSE(state.running);
  EXPECT_TRUE(no_children());
}

INSTANTIATE_TEST_SUITE_P(Manners, BadWorker,
                         ::testing::Values(Manner{"silent", "no answer in time", 300ms},
                                           Manner{"exits", "closed"},
                                           Manner{"garbage", "not a frame"},
                                           Manner{"hangs", "no answer in time", 300ms},
                                           Manner{"dies", "closed"}, Manner{"lies", "score"}),
                         [](const auto& manner) { return std::string(manner.param.name); });

/// Columns [from, to) of images as a block.
imaging::ImageBlock part_of(const imaging::Images& whole, int from, int to) {
  imaging::ImageBlock block = imaging::whole_block(whole);
  block.first_column += from;
  block.columns = to - from;
  for (auto** plane : {&block.transmission_high, &block.transmission_low, &block.mass_g_cm2})
    *plane += from;
  block.material += from;
  block.material_confidence_percent += from;
  block.bad += from;
  return block;
}

TEST(WorkerClient, AScanGoesInBlocksAndAWorkerThatReplacesALostOneCatchesUp) {
  auto client = WorkerClient::create(options({"honest"}));
  auto whole = images();
  // 10 mm pixels are work pixels of 10 mm: what the worker averages is what was sent.
  for (std::size_t i = 0; i < whole.size(); ++i)
    whole.mass_g_cm2[i] = static_cast<float>(i % 200) < 100 ? 10.0F : 30.0F;
  for (const bool kill_it : {false, true}) {
    auto scan = client.value()->begin_scan(10.0, 4700, whole.obliquity);
    for (int from = 0; from < 200; from += 50) {
      scan->add(part_of(whole, from, from + 50));
      if (kill_it && from == 100) {
        ASSERT_TRUE(eventually([&] { return client.value()->state().running; }));
        ::kill(client.value()->state().pid, SIGKILL);
      }
    }
    const auto result = scan->end(whole.grid, identity(), {});
    ASSERT_TRUE(result.ok()) << result.error().message;
    ASSERT_EQ(result->containers.size(), 1U);
    EXPECT_NEAR(result->containers[0].load_mass_kg, 20.0, 1e-4);
    EXPECT_EQ(result->containers[0].bbox_px.w, 200);
    EXPECT_EQ(result->containers[0].number, "CSQU3054383");
  }
  EXPECT_EQ(client.value()->state().lost, 1U);
  // Another scan begun and given up does no harm to the next.
  { client.value()->begin_scan(10.0, 4700, whole.obliquity)->add(part_of(whole, 0, 10)); }
  EXPECT_TRUE(client.value()->flag(whole, identity(), {}).ok());
}

TEST(WorkerClient, BlocksThatDoNotMakeUpTheImageAreRefused) {
  auto client = WorkerClient::create(options({"honest"}));
  const auto whole = images();
  auto scan = client.value()->begin_scan(10.0, 4700, whole.obliquity);
  scan->add(part_of(whole, 0, 50));
  scan->add(part_of(whole, 100, 200));
  auto result = scan->end(whole.grid, identity(), {});
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("not beside"), std::string::npos) << result.error().message;
  scan = client.value()->begin_scan(10.0, 4700, whole.obliquity);
  scan->add(part_of(whole, 0, 50));
  result = scan->end(whole.grid, identity(), {});
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("blocks"), std::string::npos) << result.error().message;
  EXPECT_EQ(client.value()->state().lost, 0U);
}

TEST(WorkerClient, DestructionBreaksOffAJob) {
  auto o = options({"hangs"});
  o.job_timeout = 60s;
  auto client = std::move(WorkerClient::create(o)).value();
  WorkerClient* raw = client.get();
  std::thread waiting([raw] {
    const auto result = raw->flag(images(), identity(), {});
    EXPECT_FALSE(result.ok());
  });
  ASSERT_TRUE(eventually([&] { return raw->state().running; }));
  const auto begin = std::chrono::steady_clock::now();
  // The caller's thread may still be leaving flag(): the object goes only after it.
  raw->shut_down();
  waiting.join();
  client.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
  EXPECT_TRUE(no_children());
}

TEST(WorkerClient, WorkerDiesWithItsParent) {
  int pipe_fds[2];
  ASSERT_EQ(::pipe(pipe_fds), 0);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    ::close(pipe_fds[0]);
    auto client = WorkerClient::create(options({"hangs"}));
    client.value()->warm_up();
    static_cast<void>(eventually([&] { return client.value()->state().pid != 0; }));
    const pid_t worker = client.value()->state().pid;
    static_cast<void>(::write(pipe_fds[1], &worker, sizeof worker) == 0);
    ::kill(::getpid(), SIGKILL);
  }
  ::close(pipe_fds[1]);
  pid_t worker = 0;
  ASSERT_EQ(::read(pipe_fds[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
  ::close(pipe_fds[0]);
  ::waitpid(parent, nullptr, 0);
  // Gone, or a zombie that only init has to reap.
  EXPECT_TRUE(eventually([&] {
    if (::kill(worker, 0) != 0) return true;
    std::ifstream stat("/proc/" + std::to_string(worker) + "/stat");
    std::string pid, name, state;
    stat >> pid >> name >> state;
    return state == "Z" || state.empty();
  }));
}

TEST(WorkerClient, BadOptionsAreNamed) {
  WorkerOptions o = options({"honest"});
  o.program = "/nonexistent/portcullis-worker";
  EXPECT_EQ(WorkerClient::create(o).error().code, core::ErrorCode::kNotFound);
  o = options({"honest"});
  o.attempts_max = 0;
  EXPECT_EQ(WorkerClient::create(o).error().code, core::ErrorCode::kInvalidConfig);
}

TEST(WorkerClient, ImagesThatDoNotFitAreAnErrorNotALostWorker) {
  auto client = WorkerClient::create(options({"honest"}));
  auto broken = images();
  broken.bad.pop_back();
  const auto result = client.value()->flag(broken, identity(), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(client.value()->state().lost, 0U);
}

}  // namespace
}  // namespace portcullis
