#include "core/child_process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "core/files.h"

namespace portcullis::core {
namespace {

TEST(ChildProcess, ReportsExitCodeAndOutput) {
  const auto out = std::filesystem::temp_directory_path() / make_uuid();
  auto child = ChildProcess::start(
      {"sh", {"-c", "echo $GREETING; exit 3"}, {{"GREETING", "hello"}}, out, -1});
  ASSERT_TRUE(child.ok()) << child.error().message;
  const auto exit = child->wait(std::chrono::seconds(10));
  ASSERT_TRUE(exit.has_value());
  EXPECT_EQ(exit->code, 3);
  EXPECT_EQ(exit->text(), "exit 3");
  EXPECT_EQ(*read_file(out, 100), "hello\n");
  std::filesystem::remove(out);
}

TEST(ChildProcess, MissingProgramIsNamed) {
  const auto child = ChildProcess::start({"no-such-program-here", {}, {}, {}, -1});
  ASSERT_FALSE(child.ok());
  EXPECT_EQ(child.error().code, ErrorCode::kNotFound);
  EXPECT_NE(child.error().message.find("no-such-program-here"), std::string::npos);
}

TEST(ChildProcess, TerminateEndsEvenOneThatIgnoresTheRequest) {
  auto polite = ChildProcess::start({"sleep", {"100"}, {}, {}, -1});
  ASSERT_TRUE(polite.ok());
  EXPECT_TRUE(polite->running());
  EXPECT_EQ(polite->terminate(std::chrono::seconds(10)).signal, SIGTERM);

  auto stubborn =
      ChildProcess::start({"sh", {"-c", "trap '' TERM; while :; do sleep 1; done"}, {}, {}, -1});
  ASSERT_TRUE(stubborn.ok());
  // Until the trap is set the first request may still end it; either signal is an end.
  const auto exit = stubborn->terminate(std::chrono::milliseconds(300));
  EXPECT_TRUE(exit.signal == SIGKILL || exit.signal == SIGTERM);
  EXPECT_FALSE(stubborn->running());
}

}  // namespace
}  // namespace portcullis::core
