#include "archive/audit/draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "archive/audit/salts.h"

namespace portcullis::archive {
namespace {

constexpr std::string_view kSeedLabel = "portcullis draw seed v1\n";
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::string_view kReaderPurpose = "reader";
// What a rate is committed for; the sixth purpose, `reader`, draws one of many instead.
constexpr std::array<const char*, 5> kRatedPurposes = {"scan", "second", "open", "tip",
                                                       kFirstLookPurpose};

std::uint64_t first_32_bits(const TreeHash& value) {
  return std::uint64_t{value[0]} << 24U | std::uint64_t{value[1]} << 16U |
         std::uint64_t{value[2]} << 8U | value[3];
}

bool same_draw(const AuditEntry& logged, const AuditEntry& made) {
  return logged.subject == made.subject && logged.data == made.data;
}

}  // namespace

TreeHash draw_seed(const TreeHash& office_share, const TreeHash& auditor_share) {
  return sha256(
      fmt::format("{}{}{}", kSeedLabel, hash_bytes(office_share), hash_bytes(auditor_share)));
}

TreeHash draw_value(const TreeHash& seed, std::string_view purpose, const TreeHash& arrival_leaf) {
  const std::string mac =
      hmac_sha256(hash_bytes(seed), fmt::format("{}{}", purpose, hash_bytes(arrival_leaf)));
  TreeHash value{};
  PC_ASSERT(mac.size() == value.size());
  std::memcpy(value.data(), mac.data(), mac.size());
  return value;
}

bool draw_selects(const TreeHash& value, std::int64_t rate_ppm) {
  return static_cast<std::int64_t>(first_32_bits(value) * kMillion >> 32U) < rate_ppm;
}

std::int64_t draw_index(const TreeHash& value, std::int64_t count) {
  PC_ASSERT(count >= 1 && count <= kMillion);
  return static_cast<std::int64_t>(first_32_bits(value) * static_cast<std::uint64_t>(count) >> 32U);
}

core::Result<DrawTerms> DrawTerms::from_entry(const AuditEntry& entry) {
  const auto bad = [](std::string why) {
    return core::Error{core::ErrorCode::kInvalidInput, "draw terms: " + std::move(why)};
  };
  DrawTerms terms;
  terms.shift = entry.subject;
  if (terms.shift.empty()) return bad("the shift has no name");
  for (const char* purpose : kRatedPurposes) {
    const std::string key = fmt::format("rate_{}_ppm", purpose);
    if (purpose == std::string_view(kFirstLookPurpose) && !entry.data.contains(key)) continue;
    const std::int64_t rate = entry.number(key, -1);
    if (rate < 0 || rate > kMillion) return bad(key + ": is not 0 to 1000000");
    terms.rate_ppm[purpose] = rate;
  }
  terms.readers = entry.number("readers", 0);
  if (terms.readers < 1 || terms.readers > kMillion) return bad("readers: is not 1 to 1000000");
  terms.rota_sha256 = entry.text("rota_sha256");
  if (!hash_from_hex(terms.rota_sha256).ok()) return bad("rota_sha256: is no SHA-256");
  terms.population = entry.text("population");
  if (terms.population.empty()) return bad("population: is missing");
  const auto by = core::parse_iso8601(entry.text("reveal_by"));
  if (!by.ok()) return bad("reveal_by: " + by.error().message);
  terms.reveal_by = *by;
  return terms;
}

AuditEntry DrawTerms::to_entry(core::UtcTime now) const {
  AuditEntry entry;
  entry.type = kDrawTermsEntry;
  entry.time = now;
  entry.actor = "portcullis-signer";
  entry.subject = shift;
  for (const auto& [purpose, rate] : rate_ppm)
    entry.data[fmt::format("rate_{}_ppm", purpose)] = rate;
  entry.data["readers"] = readers;
  entry.data["rota_sha256"] = rota_sha256;
  entry.data["population"] = population;
  entry.data["reveal_by"] = core::to_iso8601(reveal_by);
  return entry;
}

AuditEntry draw_entry(const DrawTerms& terms, const TreeHash& seed, const std::string& visit,
                      std::uint64_t arrival_index, const TreeHash& arrival_leaf,
                      const std::string& purpose) {
  AuditEntry entry;
  entry.type = kDrawEntry;
  entry.actor = "portcullis-signer";
  entry.subject = visit;
  entry.data["shift"] = terms.shift;
  entry.data["arrival"] = static_cast<std::int64_t>(arrival_index);
  entry.data["purpose"] = purpose;
  const TreeHash value = draw_value(seed, purpose, arrival_leaf);
  entry.data["value"] = hash_hex(value);
  const auto rate = terms.rate_ppm.find(purpose);
  if (purpose == kReaderPurpose)
    entry.data["drawn"] = draw_index(value, terms.readers);
  else
    entry.data["drawn"] = draw_selects(value, rate == terms.rate_ppm.end() ? 0 : rate->second);
  return entry;
}

// ---- following a log ----------------------------------------------------------------------------

void DrawLedger::problem(std::uint64_t index, std::string_view what) {
  problems_.push_back(fmt::format("entry {}: {}", index, what));
}

const DrawLedger::Shift* DrawLedger::open_shift() const {
  if (shifts_.empty() || shifts_.back().ended || !shifts_.back().committed()) return nullptr;
  return &shifts_.back();
}

const DrawLedger::Shift* DrawLedger::find_shift(std::string_view name) const {
  const auto found = std::find_if(shifts_.begin(), shifts_.end(),
                                  [&](const Shift& shift) { return shift.terms.shift == name; });
  return found == shifts_.end() ? nullptr : &*found;
}

DrawLedger::Shift* DrawLedger::shift_of(std::uint64_t index, const AuditEntry& entry) {
  const auto found = std::find_if(shifts_.begin(), shifts_.end(), [&](const Shift& shift) {
    return shift.terms.shift == entry.subject;
  });
  if (found != shifts_.end()) return &*found;
  problem(index,
          fmt::format("{} is of the shift \"{}\", which has no terms", entry.type, entry.subject));
  return nullptr;
}

void DrawLedger::take_terms(std::uint64_t index, const AuditEntry& entry) {
  auto terms = DrawTerms::from_entry(entry);
  if (!terms.ok()) return problem(index, terms.error().message);
  if (const Shift* known = find_shift(terms->shift)) {
    // The same once more is a repeated delivery.
    if (known->terms.to_entry({}).data != terms->to_entry({}).data)
      problem(index, fmt::format("the terms of shift {} were changed", terms->shift));
    return;
  }
  if (!shifts_.empty() && !shifts_.back().ended) {
    problem(index, fmt::format("shift {} begins before shift {} has ended", terms->shift,
                               shifts_.back().terms.shift));
  }
  shifts_.emplace_back().terms = std::move(terms).value();
}

void DrawLedger::take_commit(std::uint64_t index, const AuditEntry& entry) {
  Shift* shift = shift_of(index, entry);
  if (shift == nullptr) return;
  const std::string party = entry.text("party");
  const auto hash = hash_from_hex(entry.text("sha256"));
  if ((party != "office" && party != "auditor") || !hash.ok())
    return problem(index, "a commitment names neither party nor SHA-256");
  const auto [known, fresh] = shift->commitments.emplace(party, *hash);
  if (fresh && (shift->ended || shift->reveal))
    problem(index, "a share is committed to after the shift");
  if (known->second != *hash) {
    problem(index, fmt::format("the {}'s share of shift {} was exchanged for another", party,
                               shift->terms.shift));
  }
}

void DrawLedger::take_draw(std::uint64_t index, const AuditEntry& entry) {
  const std::int64_t of = entry.number("arrival", -1);
  const auto at = of < 0 ? arrivals_.end() : arrivals_.find(static_cast<std::uint64_t>(of));
  if (at == arrivals_.end())
    return problem(index, fmt::format("a draw for {}, which did not arrive in a shift at entry {}",
                                      entry.subject, of));
  Shift& shift = shifts_[at->second.first];
  Arrival& arrival = shift.arrivals[at->second.second];
  if (arrival.visit != entry.subject)
    return problem(index, fmt::format("a draw for {} rests on the arrival of {}", entry.subject,
                                      arrival.visit));
  if (entry.type == kDrawEntry && shift.reveal)
    return problem(index,
                   fmt::format("{} was drawn for after the shares were revealed", entry.subject));
  const std::string purpose = entry.text("purpose");
  if (std::find(kDrawPurposes.begin(), kDrawPurposes.end(), purpose) == kDrawPurposes.end())
    return problem(index, fmt::format("a draw for the purpose \"{}\"", purpose));
  const auto [known, fresh] = arrival.draws.emplace(purpose, entry);
  // The signer may answer after it was done without; two answers must be the same.
  if (!fresh && entry.type == kDrawEntry && known->second.type == kDrawEntry &&
      !same_draw(known->second, entry))
    problem(index,
            fmt::format("{} was drawn for {} a second time, otherwise", entry.subject, purpose));
}

void DrawLedger::take(std::uint64_t index, std::string_view text) {
  const auto parsed = parse_audit_entry(text);
  if (!parsed.ok()) return problem(index, parsed.error().message);
  const AuditEntry& entry = *parsed;
  if (entry.type == kDrawTermsEntry) return take_terms(index, entry);
  if (entry.type == kDrawCommitEntry) return take_commit(index, entry);
  if (entry.type == kDrawEntry || entry.type == kDrawMissingEntry) return take_draw(index, entry);
  if (entry.type == kShiftEndEntry) {
    if (Shift* shift = shift_of(index, entry)) shift->ended = true;
    return;
  }
  if (entry.type == kDrawRevealEntry) {
    Shift* shift = shift_of(index, entry);
    if (shift == nullptr) return;
    if (!shift->ended) problem(index, "shares were revealed while the shift still took vehicles");
    if (shift->reveal && shift->reveal->data != entry.data)
      problem(index, "other shares were revealed than before");
    if (!shift->reveal) shift->reveal = entry;
    return;
  }
  if (entry.type != kArrivalEntry) return;
  if (open_shift() == nullptr) {
    problem(index, fmt::format("{} arrived while no shift with two committed shares was open, and "
                               "has no draw",
                               entry.subject));
    return;
  }
  arrivals_[index] = {shifts_.size() - 1, shifts_.back().arrivals.size()};
  shifts_.back().arrivals.push_back({index, entry.subject, leaf_hash(text), {}});
}

// ---- making every draw again --------------------------------------------------------------------

namespace {

/// The seed, where the revealed shares are those that were committed to.
std::optional<TreeHash> revealed_seed(const DrawLedger::Shift& shift, DrawCheck& check) {
  std::map<std::string, TreeHash> shares;
  for (const auto& [party, commitment] : shift.commitments) {
    const auto share = hash_from_hex(shift.reveal->text(party));
    if (share.ok() && sha256(hash_bytes(*share)) == commitment) {
      shares[party] = *share;
      continue;
    }
    check.problems.push_back(
        fmt::format("shift {}: the {}'s share that was revealed is not the "
                    "one that was committed to",
                    shift.terms.shift, party));
  }
  if (shares.size() != 2) return std::nullopt;
  return draw_seed(shares["office"], shares["auditor"]);
}

void check_arrival(const DrawLedger::Shift& shift, const DrawLedger::Arrival& arrival,
                   const std::optional<TreeHash>& seed, DrawCheck& check) {
  const auto say = [&](std::string_view purpose, std::string_view what) {
    check.problems.push_back(fmt::format("shift {}: {} (entry {}): {}: {}", shift.terms.shift,
                                         arrival.visit, arrival.index, purpose, what));
  };
  for (const char* purpose : kDrawPurposes) {
    const auto logged = arrival.draws.find(purpose);
    if (logged == arrival.draws.end()) {
      if (purpose == std::string_view(kFirstLookPurpose) &&
          !shift.terms.rate_ppm.contains(kFirstLookPurpose))
        continue;
      // While the shift runs, a vehicle may still be in the lane.
      if (shift.ended || std::string_view(purpose) == kDrawPurposes.front())
        say(purpose, "has no draw");
      continue;
    }
    const AuditEntry& entry = logged->second;
    if (entry.type == kDrawMissingEntry) {
      ++check.without_signer;
      const auto done = entry.data.find("drawn");
      if (done == entry.data.end() || done->second != AuditEntry::Value(true))
        say(purpose, "the signer did not answer, and yet it was not to be done");
    } else if (!seed) {
      ++check.not_revealed;
    } else if (same_draw(entry, draw_entry(shift.terms, *seed, arrival.visit, arrival.index,
                                           arrival.leaf, purpose))) {
      ++check.recomputed;
    } else {
      say(purpose, "is not what the shares draw");
    }
  }
}

}  // namespace

DrawCheck check_draws(const DrawLedger& ledger, core::UtcTime now) {
  DrawCheck check;
  check.problems = ledger.problems();
  for (const auto& shift : ledger.shifts()) {
    ++check.shifts;
    check.arrivals += shift.arrivals.size();
    std::optional<TreeHash> seed;
    if (shift.reveal) {
      seed = revealed_seed(shift, check);
      if (shift.reveal->time > shift.terms.reveal_by) {
        check.problems.push_back(
            fmt::format("shift {}: ALARM: its shares were due at {} and revealed late, at {}",
                        shift.terms.shift, core::to_iso8601(shift.terms.reveal_by),
                        core::to_iso8601(shift.reveal->time)));
      }
    } else if (now > shift.terms.reveal_by) {
      check.problems.push_back(
          fmt::format("shift {}: ALARM: its shares were due at {} and are not "
                      "revealed",
                      shift.terms.shift, core::to_iso8601(shift.terms.reveal_by)));
    }
    for (const auto& arrival : shift.arrivals) check_arrival(shift, arrival, seed, check);
  }
  return check;
}

}  // namespace portcullis::archive
