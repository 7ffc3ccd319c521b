#include "archive/audit/merkle.h"

#include <openssl/evp.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <span>

#include "core/assert.h"
#include "core/hex.h"

namespace portcullis::archive {
namespace {

/// SHA-256 of up to three pieces one after the other.
TreeHash sha256_of(std::initializer_list<std::string_view> pieces) {
  // Making a context looks the algorithm up, which takes longer than hashing an entry.
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  PC_ASSERT(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  for (const auto piece : pieces)
    PC_ASSERT(EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1);
  TreeHash hash{};
  unsigned size = 0;
  PC_ASSERT(EVP_DigestFinal_ex(context.get(), hash.data(), &size) == 1 && size == hash.size());
  return hash;
}

/// The largest power of two below `n`, which is at least 2.
std::uint64_t split_of(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

core::Status add_inclusion(const SubtreeReader& subtrees, std::uint64_t index, std::uint64_t begin,
                           std::uint64_t end, std::vector<TreeHash>& path) {
  if (end - begin == 1) return {};
  const std::uint64_t middle = begin + split_of(end - begin);
  const bool left = index < middle;
  PC_CHECK(add_inclusion(subtrees, index, left ? begin : middle, left ? middle : end, path));
  PC_TRY(const auto sibling,
         left ? range_hash(subtrees, middle, end) : range_hash(subtrees, begin, middle));
  path.push_back(sibling);
  return {};
}

/// SUBPROOF(m, D[begin:end], whole) with m counted from `begin`.
core::Status add_consistency(const SubtreeReader& subtrees, std::uint64_t m, std::uint64_t begin,
                             std::uint64_t end, bool whole, std::vector<TreeHash>& path) {
  if (m == end - begin) {
    if (whole) return {};
    PC_TRY(const auto known, range_hash(subtrees, begin, end));
    path.push_back(known);
    return {};
  }
  const std::uint64_t k = split_of(end - begin);
  if (m <= k) {
    PC_CHECK(add_consistency(subtrees, m, begin, begin + k, whole, path));
    PC_TRY(const auto right, range_hash(subtrees, begin + k, end));
    path.push_back(right);
    return {};
  }
  PC_CHECK(add_consistency(subtrees, m - k, begin + k, end, false, path));
  PC_TRY(const auto left, range_hash(subtrees, begin, begin + k));
  path.push_back(left);
  return {};
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

TreeHash sha256(std::string_view bytes) {
  return sha256_of({bytes});
}
TreeHash leaf_hash(std::string_view entry) {
  return sha256_of({std::string_view("\0", 1), entry});
}
TreeHash node_hash(const TreeHash& left, const TreeHash& right) {
  return sha256_of({"\1", hash_bytes(left), hash_bytes(right)});
}
TreeHash empty_tree_hash() {
  return sha256_of({});
}

std::string_view hash_bytes(const TreeHash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::string hash_hex(const TreeHash& hash) {
  return core::hex(std::as_bytes(std::span(hash)));
}

core::Result<TreeHash> hash_from_hex(std::string_view hex) {
  TreeHash hash{};
  bool good = hex.size() == 2 * hash.size();
  for (std::size_t i = 0; good && i < hash.size(); ++i) {
    const int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
    good = high >= 0 && low >= 0;
    hash[i] = static_cast<std::uint8_t>((high << 4) | low);
  }
  if (!good)
    return core::Error{core::ErrorCode::kInvalidInput, "is not 64 hexadecimal digits (SHA-256)"};
  return hash;
}

core::Result<TreeHash> range_hash(const SubtreeReader& subtrees, std::uint64_t begin,
                                  std::uint64_t end) {
  PC_ASSERT(begin < end);
  const std::uint64_t count = end - begin;
  if (std::has_single_bit(count) && begin % count == 0)
    return subtrees(static_cast<unsigned>(std::countr_zero(count)), begin / count);
  const std::uint64_t middle = begin + split_of(count);
  PC_TRY(const auto left, range_hash(subtrees, begin, middle));
  PC_TRY(const auto right, range_hash(subtrees, middle, end));
  return node_hash(left, right);
}

core::Result<TreeHash> tree_root(const SubtreeReader& subtrees, std::uint64_t size) {
  if (size == 0) return empty_tree_hash();
  return range_hash(subtrees, 0, size);
}

core::Result<std::vector<TreeHash>> inclusion_path(const SubtreeReader& subtrees,
                                                   std::uint64_t index, std::uint64_t size) {
  PC_ASSERT(index < size);
  std::vector<TreeHash> path;
  PC_CHECK(add_inclusion(subtrees, index, 0, size, path));
  return path;
}

core::Result<std::vector<TreeHash>> consistency_path(const SubtreeReader& subtrees,
                                                     std::uint64_t old_size, std::uint64_t size) {
  PC_ASSERT(old_size >= 1 && old_size <= size);
  std::vector<TreeHash> path;
  PC_CHECK(add_consistency(subtrees, old_size, 0, size, true, path));
  return path;
}

bool inclusion_holds(const TreeHash& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<TreeHash>& path, const TreeHash& root) {
  if (index >= size) return false;
  std::uint64_t fn = index, sn = size - 1;
  TreeHash r = leaf;
  for (const TreeHash& p : path) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool consistency_holds(std::uint64_t old_size, const TreeHash& old_root, std::uint64_t size,
                       const TreeHash& root, const std::vector<TreeHash>& path) {
  if (old_size == 0) return path.empty() && old_root == empty_tree_hash();
  if (old_size > size) return false;
  if (old_size == size) return path.empty() && old_root == root;
  std::vector<TreeHash> steps;
  if (std::has_single_bit(old_size)) steps.push_back(old_root);
  steps.insert(steps.end(), path.begin(), path.end());
  if (steps.empty()) return false;
  std::uint64_t fn = old_size - 1, sn = size - 1;
  while ((fn & 1U) != 0) {
    fn >>= 1U;
    sn >>= 1U;
  }
  TreeHash fr = steps.front(), sr = steps.front();
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const TreeHash& c = steps[i];
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  return sn == 0 && fr == old_root && sr == root;
}

void GrowingRoot::add(const TreeHash& leaf) {
  TreeHash hash = leaf;
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

TreeHash GrowingRoot::root() const {
  if (subtrees_.empty()) return empty_tree_hash();
  TreeHash hash = subtrees_.back();
  for (auto it = subtrees_.rbegin() + 1; it != subtrees_.rend(); ++it) hash = node_hash(*it, hash);
  return hash;
}

}  // namespace portcullis::archive
