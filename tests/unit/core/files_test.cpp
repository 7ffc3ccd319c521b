#include "core/files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

namespace portcullis::core {
namespace {

TEST(Files, Sha256OfPublishedVector) {
  // FIPS 180-2, B.1
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Files, AtomicWriteReplacesAndLeavesNothingBeside) {
  const auto folder = std::filesystem::temp_directory_path() / make_uuid();
  std::filesystem::create_directories(folder);
  const auto path = folder / "f.txt";
  ASSERT_TRUE(write_file_atomically(path, "one").ok());
  ASSERT_TRUE(write_file_atomically(path, "two").ok());
  EXPECT_EQ(*read_file(path, 100), "two");
  EXPECT_EQ(*sha256_file_hex(path), sha256_hex("two"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
  EXPECT_EQ(read_file(path, 2).error().code, ErrorCode::kInvalidInput);
  EXPECT_EQ(read_file(folder / "none", 2).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(write_file_atomically(folder / "no" / "f", "x").error().code, ErrorCode::kNotFound);
  std::filesystem::remove_all(folder);
}

TEST(Files, UuidsAreVersion4AndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto id = make_uuid();
    ASSERT_EQ(id.size(), 36U);
    EXPECT_EQ(id[14], '4');
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace portcullis::core
