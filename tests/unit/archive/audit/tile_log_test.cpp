#include "archive/audit/tile_log.h"

#include <gtest/gtest.h>

#include "archive/audit/tlog_proof.h"
#include "tests/support/kill_test.h"
#include "tests/unit/archive/audit/memory_log_files.h"

namespace portcullis::archive {
namespace {

using test::MemoryLogFiles;

SignerKey test_key() {
  auto key = SignerKey::parse(
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  return std::move(key).value();
}

std::vector<std::string> numbered(std::uint64_t first, std::uint64_t count) {
  std::vector<std::string> entries;
  for (std::uint64_t i = first; i < first + count; ++i) entries.push_back("e" + std::to_string(i));
  return entries;
}

void append_numbered(LogFiles& files, const std::vector<std::uint64_t>& batches) {
  auto writer = TileLogWriter::open(files, test_key());
  ASSERT_TRUE(writer.ok()) << writer.error().message;
  for (const auto count : batches) {
    const auto first = writer->append(numbered(writer->size(), count));
    ASSERT_TRUE(first.ok()) << first.error().message;
  }
}

core::Status is_numbered(std::uint64_t index, std::string_view entry) {
  if (entry == "e" + std::to_string(index)) return {};
  return core::Error{core::ErrorCode::kCorrupt, "another entry stands there"};
}

TEST(TileLog, AllThatWasAppendedIsThereInTheSpecifiedFiles) {
  const auto key = test_key().verifier();
  // Sizes after each: the tile's end, one over it, two tiles at once, and on from a partial one.
  const std::vector<std::uint64_t> batches{1, 4, 251, 1, 600, 0, 3, 65'000};
  MemoryLogFiles files;
  std::uint64_t size = 0;
  Checkpoint older;
  for (const auto count : batches) {
    append_numbered(files, {count});
    size += count;
    const auto verified = verify_log(files, key, is_numbered);
    ASSERT_TRUE(verified.ok()) << verified.error().message;
    EXPECT_EQ(verified->checkpoint.size, size);
    EXPECT_EQ(verified->unneeded_files, 0u);
    // The folder holds what tlog-tiles lists for this size, and nothing else.
    EXPECT_EQ(files.files.size(), tiles_of(size).size() + 2);
    const auto reader = TileLogReader::open(files, key);
    ASSERT_TRUE(reader.ok());
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      const auto proof = make_inclusion_proof(*reader, index);
      ASSERT_TRUE(proof.ok()) << proof.error().message;
      const auto proven = check_inclusion_proof(*proof, key);
      ASSERT_TRUE(proven.ok()) << proven.error().message;
      EXPECT_EQ(proven->entry, "e" + std::to_string(index));
    }
    EXPECT_EQ(reader->entry(size).error().code, core::ErrorCode::kInvalidInput);
    if (older.size != 0) {
      EXPECT_TRUE(reader->consistency(older).ok());
    }
    older = reader->checkpoint();
  }
}

TEST(TileLog, AnotherHistoryIsNoContinuation) {
  const auto key = test_key().verifier();
  MemoryLogFiles one, two;
  append_numbered(one, {5});
  {
    auto writer = TileLogWriter::open(two, test_key());
    ASSERT_TRUE(writer->append({"something", "else"}).ok());
  }
  const auto other = TileLogReader::open(two, key)->checkpoint();
  const auto reader = TileLogReader::open(one, key);
  EXPECT_EQ(reader->consistency(other).error().code, core::ErrorCode::kCorrupt);
  EXPECT_FALSE(make_consistency_proof(*TileLogReader::open(two, key), reader->checkpoint()).ok());
}

// A reader that has the older checkpoint finds what it needs while the log grows.
TEST(TileLog, OlderCheckpointCanBeReadOnWhileTheLogGrows) {
  const auto key = test_key().verifier();
  MemoryLogFiles files;
  append_numbered(files, {7});
  const auto older = TileLogReader::open(files, key);
  append_numbered(files, {3, 10});
  EXPECT_TRUE(older->inclusion(6).ok());
  append_numbered(files, {400});
  EXPECT_TRUE(older->inclusion(3).ok());
  EXPECT_EQ(*older->entry(6), "e6");
}

/// Every state a small log can be edited into is refused.
void expect_all_edits_refused(const MemoryLogFiles& log, std::size_t step) {
  const auto key = test_key().verifier();
  ASSERT_TRUE(verify_log(log, key).ok());
  std::size_t tried = 0;
  const auto refused = [&](const MemoryLogFiles& edited, const std::string& what) {
    ++tried;
    EXPECT_FALSE(verify_log(edited, key).ok()) << what;
  };
  for (const auto& [name, content] : log.files) {
    auto edited = log.copy();
    std::string& bytes = *edited.files[name];
    const std::string original = bytes;
    for (std::size_t i = 0; i < original.size(); i += step) {
      for (int bit = 0; bit < 8; bit += step == 1 ? 1 : 3) {
        bytes[i] = static_cast<char>(bytes[i] ^ (1 << bit));
        refused(edited, name + ": byte " + std::to_string(i) + " bit " + std::to_string(bit));
        bytes = original;
      }
      bytes.erase(i, 1);
      refused(edited, name + ": without byte " + std::to_string(i));
      bytes = original;
      // One byte twice is a change of nothing where the next is the same.
      bytes.insert(i, 1, static_cast<char>(original[i] ^ 1));
      refused(edited, name + ": with a byte more at " + std::to_string(i));
      bytes = original;
    }
    bytes += '\n';
    refused(edited, name + ": with a byte at its end");
    bytes = original;
    edited.files.erase(name);
    refused(edited, name + ": deleted");
    // Names changed about.
    for (const auto& [other, other_content] : log.files) {
      if (*content == *other_content) continue;
      auto swapped = log.copy();
      std::swap(swapped.files[name], swapped.files[other]);
      refused(swapped, name + " and " + other + " exchanged");
    }
  }
  auto more = log.copy();
  more.files["tile/0/note"] = std::make_shared<std::string>("x");
  refused(more, "a file more");
  std::printf("%zu edits refused\n", tried);
}

TEST(TileLogEdits, EveryBitOfASmallLog) {
  MemoryLogFiles files;
  append_numbered(files, {3, 2});
  expect_all_edits_refused(files, 1);
}

TEST(TileLogEdits, AcrossFullTiles) {
  MemoryLogFiles files;
  append_numbered(files, {255, 2});
  expect_all_edits_refused(files, 83);
}

TEST(TileLogEdits, EntriesInAnotherOrder) {
  const auto key = test_key().verifier();
  MemoryLogFiles files;
  append_numbered(files, {6});
  const std::string bundle_name = "tile/entries/000.p/6", tile_name = "tile/0/000.p/6";
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto entries = numbered(0, 6);
      std::swap(entries[i], entries[j]);
      std::string bundle, tile;
      for (const auto& entry : entries) {
        add_to_bundle(bundle, entry);
        tile += hash_bytes(leaf_hash(entry));
      }
      auto edited = files.copy();
      *edited.files[bundle_name] = bundle;
      EXPECT_FALSE(verify_log(edited, key).ok());
      *edited.files[tile_name] = tile;  // in the tile as well: the signed root tells
      EXPECT_FALSE(verify_log(edited, key).ok());
      EXPECT_FALSE(TileLogWriter::open(edited, test_key()).ok());
    }
  }
}

/// Appends batch by batch until the disk is gone; the entries that were acknowledged.
std::uint64_t append_until_gone(LogFiles& files, const std::vector<std::uint64_t>& batches) {
  auto writer = TileLogWriter::open(files, test_key());
  if (!writer.ok()) return 0;
  std::uint64_t acknowledged = writer->size();
  for (const auto count : batches) {
    if (!writer->append(numbered(writer->size(), count)).ok()) break;
    acknowledged += count;
  }
  return acknowledged;
}

// At every operation, done, half done or not: after a kill and after power cuts that leave all,
// some or none of what was not synced.
TEST(TileLogCrash, WhatWasAcknowledgedIsThereAfterAnyStop) {
  std::mt19937 random(::portcullis::test::printed_seed(20261122));
  const auto key = test_key().verifier();
  const std::vector<std::uint64_t> batches{2, 254, 3, 1};
  int stops = 0, lost_batches = 0;
  for (int stop = 0;; ++stop) {
    bool finished = false;
    for (int how = 0; how < 8; ++how) {
      MemoryLogFiles files;
      files.fail_at = stop;
      files.half_done = how % 2 == 1;
      const std::uint64_t acknowledged = append_until_gone(files, batches);
      finished = files.operations <= stop;
      switch (how / 2) {
        case 0:
          files.come_back();
          break;
        case 1:
          files.come_back_from_power_cut(0, random);
          break;
        case 2:
          files.come_back_from_power_cut(0.5, random);
          break;
        default:
          files.come_back_from_power_cut(1, random);
      }
      const std::string where = "stop " + std::to_string(stop) + " way " + std::to_string(how);
      // Anybody may look before the writer is started again.
      if (files.files.contains(kCheckpointFile)) {
        const auto seen = verify_log(files, key, is_numbered);
        ASSERT_TRUE(seen.ok()) << where << ": " << seen.error().message;
        ASSERT_GE(seen->checkpoint.size, acknowledged) << where;
      } else {
        ASSERT_EQ(acknowledged, 0u) << where;
      }
      auto writer = TileLogWriter::open(files, test_key());
      ASSERT_TRUE(writer.ok()) << where << ": " << writer.error().message;
      ASSERT_GE(writer->size(), acknowledged) << where;
      if (writer->size() == acknowledged && !finished) ++lost_batches;
      ASSERT_TRUE(writer->append(numbered(writer->size(), 9)).ok()) << where;
      const auto verified = verify_log(files, key, is_numbered);
      ASSERT_TRUE(verified.ok()) << where << ": " << verified.error().message;
      EXPECT_EQ(verified->unneeded_files, 0u) << where;
      ++stops;
    }
    if (finished) break;
  }
  std::printf("%d stops; the batch under way was not there after %d of them\n", stops,
              lost_batches);
  EXPECT_GT(lost_batches, 0);
  EXPECT_LT(lost_batches, stops);
}

TEST(TileLogCrash, AFailedAppendIsNotLoggedTwice) {
  const auto key = test_key().verifier();
  for (int stop = 0;; ++stop) {
    MemoryLogFiles files;
    append_numbered(files, {3});
    auto writer = TileLogWriter::open(files, test_key());
    ASSERT_TRUE(writer.ok());
    files.operations = 0;
    files.fail_at = stop;
    const bool failed = !writer->append(numbered(3, 2)).ok();
    files.come_back();
    if (!failed) break;
    EXPECT_EQ(writer->append({"x"}).error().code, core::ErrorCode::kUnavailable);
    ASSERT_TRUE(writer->reload().ok());
    if (writer->size() == 3) {
      ASSERT_TRUE(writer->append(numbered(3, 2)).ok());
    }
    EXPECT_EQ(writer->size(), 5u);
    EXPECT_TRUE(verify_log(files, key, is_numbered).ok());
  }
}

TEST(TileLog, WhatIsNotThisLogIsRefusedAndKept) {
  MemoryLogFiles files;
  append_numbered(files, {5});
  const auto before = files.copy();
  const auto other = *SignerKey::make("other");
  EXPECT_EQ(TileLogWriter::open(files, other).error().code, core::ErrorCode::kCorrupt);
  auto damaged = files.copy();
  damaged.files.erase("tile/0/000.p/5");
  damaged.files["tile/0/000.p/4"] = std::make_shared<std::string>("not for this one to remove");
  EXPECT_EQ(TileLogWriter::open(damaged, test_key()).error().code, core::ErrorCode::kCorrupt);
  EXPECT_TRUE(damaged.files.contains("tile/0/000.p/4"));
  damaged.files.erase(kCheckpointFile);
  EXPECT_EQ(TileLogWriter::open(damaged, test_key()).error().code, core::ErrorCode::kCorrupt);
}

TEST(TileLog, ProofsThatWereEditedDoNotHold) {
  const auto key = test_key().verifier();
  MemoryLogFiles files;
  append_numbered(files, {11});
  const auto proof = *make_inclusion_proof(*TileLogReader::open(files, key), 4);
  for (std::size_t i = 0; i < proof.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string edited = proof;
      edited[i] = static_cast<char>(edited[i] ^ (1 << bit));
      const auto proven = check_inclusion_proof(edited, key);
      EXPECT_FALSE(proven.ok()) << "byte " << i << " bit " << bit;
    }
  }
}

}  // namespace
}  // namespace portcullis::archive
