#include "archive/audit/draw_signer.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>

namespace portcullis::archive {
namespace {

core::Error signer_refuses(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

bool logged_as(const AuditEntry& pending, const AuditEntry& entry) {
  return pending.type == entry.type && pending.subject == entry.subject &&
         pending.data == entry.data;
}

}  // namespace

DrawSigner::DrawSigner(const LogFiles& files, VerifierKey key, const core::Clock& clock)
    : files_(files), key_(std::move(key)), clock_(clock) {}

DrawSigner::~DrawSigner() {
  for (auto& [shift, parties] : shares_) {
    for (auto& [party, share] : parties) OPENSSL_cleanse(share.data(), share.size());
  }
}

core::Status DrawSigner::follow() {
  if (!fault_.empty()) return core::Error{core::ErrorCode::kCorrupt, fault_};
  const auto reader = TileLogReader::open(files_, key_);
  if (!reader.ok()) return reader.error();
  if (reader->size() < seen_.size()) {
    fault_ = fmt::format("the log has {} entries and had {}", reader->size(), seen_.size());
    return core::Error{core::ErrorCode::kCorrupt, fault_};
  }
  // Into copies: an entry counts when the root over all of them is the signed one.
  GrowingRoot root = seen_;
  std::vector<std::string> fresh;
  PC_CHECK(reader->for_each(seen_.size(), reader->size(),
                            [&](std::uint64_t, std::string_view text) -> core::Status {
                              root.add(leaf_hash(text));
                              fresh.emplace_back(text);
                              return {};
                            }));
  if (root.root() != reader->checkpoint().root) {
    fault_ = fmt::format("the log of {} entries does not continue the one of {} that was seen",
                         reader->size(), seen_.size());
    return core::Error{core::ErrorCode::kCorrupt, fault_};
  }
  std::uint64_t index = seen_.size();
  for (const auto& text : fresh) {
    ledger_.take(index++, text);
    const auto entry = parse_audit_entry(text);
    if (!entry.ok()) continue;
    std::erase_if(pending_, [&](const AuditEntry& one) { return logged_as(one, *entry); });
  }
  seen_ = root;
  for (const auto& shift : ledger_.shifts()) {
    const auto held = shares_.find(shift.terms.shift);
    if (!shift.ended || shift.reveal || held == shares_.end() ||
        is_pending(kDrawRevealEntry, shift.terms.shift))
      continue;
    AuditEntry reveal;
    reveal.type = kDrawRevealEntry;
    reveal.subject = shift.terms.shift;
    for (const auto& [party, share] : held->second) reveal.data[party] = hash_hex(share);
    queue(std::move(reveal));
  }
  return {};
}

bool DrawSigner::is_pending(std::string_view type, std::string_view shift) const {
  return std::any_of(pending_.begin(), pending_.end(), [&](const AuditEntry& entry) {
    return entry.type == type && entry.subject == shift;
  });
}

void DrawSigner::queue(AuditEntry entry) {
  entry.actor = "portcullis-signer";
  entry.time = clock_.utc_now();
  pending_.push_back(std::move(entry));
}

core::Status DrawSigner::open_shift(const DrawTerms& terms) {
  PC_CHECK(follow());
  PC_TRY(const auto checked, DrawTerms::from_entry(terms.to_entry(clock_.utc_now())));
  if (ledger_.find_shift(checked.shift) != nullptr || is_pending(kDrawTermsEntry, checked.shift))
    return signer_refuses(fmt::format("shift {}: its terms are committed already", checked.shift));
  const auto& shifts = ledger_.shifts();
  if (!shifts.empty() && !shifts.back().ended) {
    return signer_refuses(fmt::format("shift {} has not ended yet", shifts.back().terms.shift));
  }
  if (checked.reveal_by <= clock_.utc_now())
    return signer_refuses(fmt::format("shift {}: reveal_by lies in the past", checked.shift));
  queue(checked.to_entry(clock_.utc_now()));
  return {};
}

core::Status DrawSigner::give_share(const std::string& shift, const std::string& party,
                                    const TreeHash& share) {
  PC_CHECK(follow());
  if (party != "office" && party != "auditor")
    return signer_refuses(fmt::format("\"{}\" gives no share; office and auditor do", party));
  const TreeHash commitment = sha256(hash_bytes(share));
  const DrawLedger::Shift* known = ledger_.find_shift(shift);
  if (known == nullptr && !is_pending(kDrawTermsEntry, shift))
    return signer_refuses(fmt::format("there is no shift {}; open it first", shift));
  if (known != nullptr && known->reveal)
    return signer_refuses(fmt::format("shift {} is over, and its shares are revealed", shift));
  const auto held = shares_[shift].find(party);
  const bool other = held != shares_[shift].end() && held->second != share;
  const auto committed = known == nullptr ? std::map<std::string, TreeHash>::const_iterator{}
                                          : known->commitments.find(party);
  const bool in_log = known != nullptr && committed != known->commitments.end();
  if (other || (in_log && committed->second != commitment)) {
    return signer_refuses(
        fmt::format("shift {}: the {} has committed to another share", shift, party));
  }
  // Two shares that are the same were not chosen by two.
  for (const auto& [giver, given] : shares_[shift]) {
    if (giver != party && given == share)
      return signer_refuses(fmt::format("shift {}: the {} gave the same share", shift, giver));
  }
  if (held == shares_[shift].end() && !in_log) {
    AuditEntry commit;
    commit.type = kDrawCommitEntry;
    commit.subject = shift;
    commit.data["party"] = party;
    commit.data["sha256"] = hash_hex(commitment);
    queue(std::move(commit));
  }
  shares_[shift][party] = share;
  return {};
}

core::Status DrawSigner::end_shift(const std::string& shift) {
  PC_CHECK(follow());
  const DrawLedger::Shift* known = ledger_.find_shift(shift);
  if (known == nullptr)
    return signer_refuses(fmt::format("there is no shift {} in the log", shift));
  if (known->ended || is_pending(kShiftEndEntry, shift)) return {};
  AuditEntry end;
  end.type = kShiftEndEntry;
  end.subject = shift;
  queue(std::move(end));
  return {};
}

core::Result<AuditEntry> DrawSigner::draw(std::uint64_t arrival_index, const std::string& purpose) {
  PC_CHECK(follow());
  if (std::find(kDrawPurposes.begin(), kDrawPurposes.end(), purpose) == kDrawPurposes.end())
    return signer_refuses(fmt::format("\"{}\" is no purpose of a draw", purpose));
  for (const auto& shift : ledger_.shifts()) {
    const auto arrival = std::find_if(shift.arrivals.begin(), shift.arrivals.end(),
                                      [&](const auto& one) { return one.index == arrival_index; });
    if (arrival == shift.arrivals.end()) continue;
    const std::string& name = shift.terms.shift;
    if (shift.reveal || is_pending(kDrawRevealEntry, name))
      return signer_refuses(fmt::format("the shares of shift {} are revealed", name));
    const auto held = shares_.find(name);
    if (held == shares_.end() || held->second.size() != 2) {
      return signer_refuses(fmt::format(
          "the shares of shift {} are not here; office and auditor have to give them again", name));
    }
    const TreeHash seed = draw_seed(held->second.at("office"), held->second.at("auditor"));
    AuditEntry entry =
        draw_entry(shift.terms, seed, arrival->visit, arrival_index, arrival->leaf, purpose);
    entry.time = clock_.utc_now();
    return entry;
  }
  return signer_refuses(fmt::format("entry {} is no arrival in a shift", arrival_index));
}

core::Result<std::vector<AuditEntry>> DrawSigner::pending() {
  PC_CHECK(follow());
  return pending_;
}

}  // namespace portcullis::archive
