#include "archive/audit/outside_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/support/socket_folder.h"

namespace portcullis::archive {
namespace {

OutsideNote note_of(const std::string& id, std::int64_t second) {
  return {id,       "print", core::UtcTime{1'767'225'600'000'000'000 + second * 1'000'000'000},
          "case-1", "anna",  {{"format", "pdf"}, {"sha256", "00"}}};
}

TEST(OutsideNotes, AreKeptUntilTheyAreEntered) {
  const portcullis::test::SocketFolder archive;
  std::vector<std::string> problems;
  EXPECT_TRUE(waiting_notes(archive.path(), problems).empty());
  ASSERT_TRUE(leave_note(archive.path(), note_of("b", 5)).ok());
  ASSERT_TRUE(leave_note(archive.path(), note_of("a", 9)).ok());
  const auto notes = waiting_notes(archive.path(), problems);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].id, "b") << "the older first";
  EXPECT_EQ(notes[0].time, note_of("b", 5).time);
  EXPECT_EQ(notes[0].person, "anna");
  EXPECT_EQ(notes[0].data.at("format"), "pdf");
  ASSERT_TRUE(remove_note(archive.path(), notes[0]).ok());
  EXPECT_EQ(waiting_notes(archive.path(), problems).size(), 1U);
  EXPECT_TRUE(problems.empty());
}

TEST(OutsideNotes, NothingElseComesFromOutside) {
  const portcullis::test::SocketFolder archive;
  auto decision = note_of("d", 0);
  decision.type = "decision";
  EXPECT_EQ(leave_note(archive.path(), decision).error().code, core::ErrorCode::kInvalidInput);
  const auto folder = archive.path() / kNotesFolder;
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const char* text) {
    ASSERT_TRUE(core::write_file_atomically(folder / name, text).ok());
  };
  write("1.json", "no JSON");
  write(
      "2.json",
      R"({"id":"2","type":"decision","subject":"","person":"","time":"2026-01-01T00:00:00Z","data":{}})");
  write(
      "3.json",
      R"({"id":"4","type":"print","subject":"","person":"","time":"2026-01-01T00:00:00Z","data":{}})");
  write("5.json", R"({"id":"5","type":"print","subject":"","person":"","time":"now","data":{}})");
  std::vector<std::string> problems;
  EXPECT_TRUE(waiting_notes(archive.path(), problems).empty());
  EXPECT_EQ(problems.size(), 4U);
  EXPECT_TRUE(std::filesystem::exists(folder / "2.json.bad"));
  problems.clear();
  EXPECT_TRUE(waiting_notes(archive.path(), problems).empty());
  EXPECT_TRUE(problems.empty()) << "each is told once";
}

}  // namespace
}  // namespace portcullis::archive
