#include "archive/audit/merkle.h"

#include <gtest/gtest.h>

#include <map>

#include "archive/audit/signed_note.h"
#include "archive/audit/tile_names.h"

namespace portcullis::archive {
namespace {

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return bytes;
}

/// Subtrees by RFC 6962's definition alone, of leaves "0", "1", ...
TreeHash mth(std::uint64_t begin, std::uint64_t end) {
  if (end - begin == 1) return leaf_hash(std::to_string(begin));
  std::uint64_t k = 1;
  while (k * 2 < end - begin) k *= 2;
  return node_hash(mth(begin, begin + k), mth(begin + k, end));
}
core::Result<TreeHash> numbered_subtree(unsigned level, std::uint64_t index) {
  return mth(index << level, (index + 1) << level);
}

// The test vectors of Certificate Transparency's reference implementation (google/
// certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
TEST(Merkle, RootsOfCertificateTransparencyVectors) {
  const char* leaves[] = {"",
                          "00",
                          "10",
                          "2021",
                          "3031",
                          "40414243",
                          "5051525354555657",
                          "606162636465666768696a6b6c6d6e6f"};
  const char* roots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  GrowingRoot root;
  EXPECT_EQ(hash_hex(root.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < 8; ++i) {
    root.add(leaf_hash(bytes_of_hex(leaves[i])));
    EXPECT_EQ(hash_hex(root.root()), roots[i]) << i;
  }
}

TEST(Merkle, EveryProofHoldsAndNoOther) {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    const TreeHash root = mth(0, size);
    EXPECT_EQ(*tree_root(numbered_subtree, size), root);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto path = inclusion_path(numbered_subtree, index, size);
      ASSERT_TRUE(path.ok());
      const TreeHash leaf = leaf_hash(std::to_string(index));
      ASSERT_TRUE(inclusion_holds(leaf, index, size, *path, root)) << index << " of " << size;
      EXPECT_FALSE(inclusion_holds(leaf, index + 1, size, *path, root));
      EXPECT_FALSE(inclusion_holds(leaf_hash("x"), index, size, *path, root));
      for (auto& hash : *path) {
        hash[7] ^= 1;
        EXPECT_FALSE(inclusion_holds(leaf, index, size, *path, root));
        hash[7] ^= 1;
      }
      path->push_back(root);
      EXPECT_FALSE(inclusion_holds(leaf, index, size, *path, root));
    }
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      auto path = consistency_path(numbered_subtree, old_size, size);
      ASSERT_TRUE(path.ok());
      TreeHash old_root = mth(0, old_size);
      ASSERT_TRUE(consistency_holds(old_size, old_root, size, root, *path))
          << old_size << " of " << size;
      old_root[0] ^= 1;
      EXPECT_FALSE(consistency_holds(old_size, old_root, size, root, *path));
      old_root[0] ^= 1;
      for (auto& hash : *path) {
        hash[31] ^= 0x80;
        EXPECT_FALSE(consistency_holds(old_size, old_root, size, root, *path));
        hash[31] ^= 0x80;
      }
      path->push_back(root);
      EXPECT_FALSE(consistency_holds(old_size, old_root, size, root, *path));
    }
  }
}

// The key and note that Go's package golang.org/x/mod/sumdb/note is documented with.
TEST(SignedNote, KeyAndNoteOfGoDocumentation) {
  const std::string text =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n";
  const std::string note = text +
                           "\n\xE2\x80\x94 PeterNeumann "
                           "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
                           "qdngotpRZb6KE6RyyBwJnAM=\n";
  const auto signer = SignerKey::parse(
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  ASSERT_TRUE(signer.ok()) << signer.error().message;
  EXPECT_EQ(signer->verifier().text(),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  EXPECT_EQ(sign_note(text, *signer), note);  // Ed25519 is deterministic
  const auto key = VerifierKey::parse(signer->verifier().text());
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(*open_note(note, *key), text);
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string edited = note;
      edited[i] = static_cast<char>(edited[i] ^ (1 << bit));
      EXPECT_FALSE(open_note(edited, *key).ok()) << "byte " << i << " bit " << bit;
    }
  }
}

TEST(SignedNote, CosignaturesOfOthersArePassedOver) {
  const auto log = *SignerKey::make("log");
  const auto witness = *SignerKey::make("witness");
  std::string note = sign_note("log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", log);
  const std::string cosigned =
      sign_note("log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", witness);
  note += cosigned.substr(cosigned.rfind("\xE2\x80\x94"));
  const auto checkpoint = open_checkpoint(note, log.verifier());
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().message;
  EXPECT_EQ(checkpoint->size, 0u);
  EXPECT_EQ(checkpoint->root, empty_tree_hash());
  EXPECT_FALSE(open_checkpoint(note, witness.verifier()).ok()) << "it is the log's, not its own";
}

// The names that c2sp.org/tlog-tiles gives as examples.
TEST(TileNames, AsInTheSpecification) {
  EXPECT_EQ(tile_path({0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({kEntriesLevel, 1234067, 8}), "tile/entries/x001/x234/067.p/8");
  std::map<int, std::map<std::uint32_t, int>> count;  // level to width to how many
  for (const auto& tile : tiles_of(70'000)) {
    ++count[tile.level][tile.width];
    EXPECT_EQ(parse_tile_path(tile_path(tile)), tile);
  }
  const std::map<std::uint32_t, int> bottom{{256, 273}, {112, 1}};
  EXPECT_EQ(count[kEntriesLevel], bottom);
  EXPECT_EQ(count[0], bottom);
  EXPECT_EQ(count[1], (std::map<std::uint32_t, int>{{256, 1}, {17, 1}}));
  EXPECT_EQ(count[2], (std::map<std::uint32_t, int>{{1, 1}}));
  EXPECT_EQ(count.size(), 4u);
  for (const char* bad :
       {"tile/0/67", "tile/0/0067", "tile/8/000", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/07", "tile/0/x000/067", "tile/0/001/067", "tile/00/067", "tile/data/067",
        "tile/0/../067", "tile/0/", "tile/0/067/", "Tile/0/067", "tile/0/-67"})
    EXPECT_FALSE(parse_tile_path(bad)) << bad;
}

TEST(TileNames, BundlesAreReadToTheLastByte) {
  std::string bundle;
  add_to_bundle(bundle, "");
  add_to_bundle(bundle, std::string(300, 'x'));
  EXPECT_EQ(bundle.substr(0, 4), std::string("\0\0\1\x2c", 4));
  const auto entries = entries_of(bundle, 2);
  ASSERT_TRUE(entries.ok());
  EXPECT_EQ((*entries)[1], std::string(300, 'x'));
  EXPECT_FALSE(entries_of(bundle, 1).ok());
  EXPECT_FALSE(entries_of(bundle, 3).ok());
  EXPECT_FALSE(entries_of(bundle + '\0', 2).ok());
  EXPECT_FALSE(entries_of(std::string_view(bundle).substr(0, bundle.size() - 1), 2).ok());
}

}  // namespace
}  // namespace portcullis::archive
