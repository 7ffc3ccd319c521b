#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

/// Merkle trees as RFC 6962, section 2.1, defines them, with SHA-256. The verifying functions are
/// those of RFC 9162, sections 2.1.3.2 and 2.1.4.2, and share nothing with the making ones.
/// Threading: free functions without state.
namespace portcullis::archive {

using TreeHash = std::array<std::uint8_t, 32>;

TreeHash sha256(std::string_view bytes);
/// SHA-256(0x00 || entry)
TreeHash leaf_hash(std::string_view entry);
/// SHA-256(0x01 || left || right)
TreeHash node_hash(const TreeHash& left, const TreeHash& right);
/// Root of the tree without leaves: SHA-256 of nothing.
TreeHash empty_tree_hash();

/// The bytes of a hash as text of 32 chars, not terminated.
std::string_view hash_bytes(const TreeHash& hash);
std::string hash_hex(const TreeHash& hash);
/// 64 hexadecimal digits of either case; kInvalidInput else.
core::Result<TreeHash> hash_from_hex(std::string_view hex);

/// The root of the complete subtree over leaves [index << level, (index + 1) << level).
using SubtreeReader = std::function<core::Result<TreeHash>(unsigned level, std::uint64_t index)>;

/// MTH(D[begin:end]); begin < end.
core::Result<TreeHash> range_hash(const SubtreeReader& subtrees, std::uint64_t begin,
                                  std::uint64_t end);
/// Root of the tree of `size` leaves; also of 0.
core::Result<TreeHash> tree_root(const SubtreeReader& subtrees, std::uint64_t size);
/// The audit path of leaf `index` in the tree of `size` leaves, from the leaf up.
core::Result<std::vector<TreeHash>> inclusion_path(const SubtreeReader& subtrees,
                                                   std::uint64_t index, std::uint64_t size);
/// That the first `old_size` (at least 1) of `size` leaves are those of the older tree.
core::Result<std::vector<TreeHash>> consistency_path(const SubtreeReader& subtrees,
                                                     std::uint64_t old_size, std::uint64_t size);

[[nodiscard]] bool inclusion_holds(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                                   const std::vector<TreeHash>& path, const TreeHash& root);
[[nodiscard]] bool consistency_holds(std::uint64_t old_size, const TreeHash& old_root,
                                     std::uint64_t size, const TreeHash& root,
                                     const std::vector<TreeHash>& path);

/// The root of leaves that come one by one, from the roots of the complete subtrees so far.
class GrowingRoot final {
 public:
  void add(const TreeHash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] TreeHash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<TreeHash> subtrees_;  // the largest first; one for each bit set in size_
};

}  // namespace portcullis::archive
