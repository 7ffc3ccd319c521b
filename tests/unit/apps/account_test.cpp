#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

/// `portcullis account ...` with `input` on its standard input: exit code and all that it printed.
class AccountCommandTest : public ::testing::Test {
 protected:
  int run(const std::string& arguments, const std::string& input = {}) {
    const char* bin = std::getenv("PORTCULLIS_BIN");
    const std::string line = "printf '" + input + "' | " + (bin ? bin : ".") +
                             "/portcullis account " + arguments + " --file " + file_.string() +
                             " 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    output_.clear();
    std::array<char, 512> piece{};
    while (std::fgets(piece.data(), piece.size(), pipe) != nullptr) output_ += piece.data();
    return WEXITSTATUS(::pclose(pipe));
  }
  test::SocketFolder folder_;
  std::filesystem::path file_ = folder_.path() / "accounts.sqlite";
  std::string output_;
};

TEST_F(AccountCommandTest, AddsListsChangesAndDisables) {
  EXPECT_EQ(run("list"), 2);  // there is none yet
  ASSERT_EQ(run("add anna --role analyst --role supervisor", "four plain old words\\n"), 0)
      << output_;
  struct stat info {};
  ASSERT_EQ(::stat(file_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  ASSERT_EQ(run("list"), 0);
  EXPECT_NE(output_.find("anna"), std::string::npos);
  EXPECT_NE(output_.find("analyst,supervisor"), std::string::npos);
  EXPECT_EQ(run("roles anna --role auditor"), 0);
  EXPECT_EQ(run("password anna", "other four good words\\n"), 0);
  EXPECT_EQ(run("disable anna"), 0);
  ASSERT_EQ(run("list"), 0);
  EXPECT_NE(output_.find("auditor  disabled"), std::string::npos);
  EXPECT_EQ(run("disable anna --undo"), 0);
  ASSERT_EQ(run("list"), 0);
  EXPECT_EQ(output_.find("disabled"), std::string::npos);
}

TEST_F(AccountCommandTest, RefusesInOneLine) {
  EXPECT_EQ(run("add anna --role king", "four plain old words\\n"), 2);
  EXPECT_EQ(output_.find("portcullis: --role king: is none of operator, analyst"), 0U) << output_;
  EXPECT_FALSE(std::filesystem::exists(file_));
  EXPECT_EQ(run("add anna --role analyst"), 2);
  EXPECT_EQ(output_,
            "portcullis: no password came: type it, or give it as a line of standard input\n");
  EXPECT_EQ(run("add anna --role analyst", "short\\n"), 2);
  EXPECT_EQ(run("password berta", "four plain old words\\n"), 2);
  EXPECT_EQ(output_, "portcullis: there is no account berta\n");
}

}  // namespace
}  // namespace portcullis::apps
