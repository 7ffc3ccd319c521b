#include "acquisition/line_assembler.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <string>

#include "core/assert.h"

namespace portcullis::acquisition {
namespace {

using firmware_bridge::PacketCheck;
using firmware_bridge::PacketHeader;
using firmware_bridge::PacketView;

/// A pulse further ahead than this is not believed: 16 s at 1,000 pulses a second.
constexpr std::uint64_t kPulseJumpMax = 16'384;
/// Datagrams alike, the first among them, from which on a module is taken to stand still.
constexpr std::uint32_t kFrozenDatagrams = 4;

/// One writer (the receive thread), any reader: no locked instruction is needed.
void bump(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}
std::uint64_t load_relaxed(const std::atomic<std::uint64_t>& counter) noexcept {
  return counter.load(std::memory_order_relaxed);
}

std::uint8_t line_flags_of(std::uint8_t packet_flags) noexcept {
  namespace pf = firmware_bridge::packet_flag;
  namespace lf = core::line_flag;
  std::uint8_t flags = 0;
  if ((packet_flags & pf::kTestPattern) != 0) flags |= lf::kTestPattern;
  if ((packet_flags & pf::kSaturated) != 0) flags |= lf::kSaturated;
  if ((packet_flags & pf::kTriggerMissed) != 0) flags |= lf::kTriggerMissed;
  return flags;
}

core::Error assembler_config_error(const std::string& why) {
  return {core::ErrorCode::kInvalidConfig, "line assembler: " + why};
}

}  // namespace

struct LineAssembler::Atomics {
  using Counter = std::atomic<std::uint64_t>;
  Counter in{0}, out{0}, dropped{0}, late{0}, malformed{0};
  Counter duplicates{0}, reordered{0}, wrong_arm{0}, wrong_shape{0}, no_slot{0}, far_ahead{0};
  Counter lines{0}, lines_complete{0}, lines_missing{0}, modules_missing{0}, conflicts{0},
      frozen{0};
  Counter gaps_seen{0}, gaps_filled{0}, resend_requests{0}, gaps_forgotten{0};
  std::array<Counter, firmware_bridge::kPacketCheckCount> by_check{};
  std::array<Counter, core::kModulesMax> by_module{};
};

LineAssembler::LineAssembler(LineAssembler&&) noexcept = default;
LineAssembler::~LineAssembler() = default;

LineAssembler::LineAssembler(const Config& config, core::LinePool& pool)
    : config_(config),
      pool_(&pool),
      window_(config.lines_open_max),
      modules_(config.module_count),
      atomics_(std::make_unique<Atomics>()) {}

core::Result<LineAssembler> LineAssembler::create(const Config& config, core::LinePool& pool) {
  if (config.module_count < 1 || config.module_count > core::kModulesMax) {
    return assembler_config_error("module_count " + std::to_string(config.module_count) +
                                  " is not within 1 to 256");
  }
  if (config.pixels_per_module < 1) return assembler_config_error("pixels_per_module is 0");
  if (config.lines_open_max < 2 || config.lines_open_max > 32'768) {
    return assembler_config_error("lines_open_max " + std::to_string(config.lines_open_max) +
                                  " is not within 2 to 32768");
  }
  if (config.deadline.count() <= 0) return assembler_config_error("deadline is not positive");
  if (config.resend_after.count() < 0) return assembler_config_error("resend_after is negative");
  if (config.resend_again.count() <= 0)
    return assembler_config_error("resend_again is not positive");
  const std::uint32_t pixels = std::uint32_t{config.module_count} * config.pixels_per_module;
  if (pixels != pool.pixels()) {
    return assembler_config_error("the pool's lines have " + std::to_string(pool.pixels()) +
                                  " pixels, the modules " + std::to_string(pixels));
  }
  return LineAssembler(config, pool);
}

void LineAssembler::count_malformed(PacketCheck check) noexcept {
  bump(atomics_->in);
  bump(atomics_->malformed);
  bump(atomics_->by_check[static_cast<std::size_t>(check)]);
}

bool LineAssembler::push(const PacketView& packet, core::TimePoint now) noexcept {
  const PacketHeader& header = packet.header;
  const std::uint64_t window = window_.size();
  if (header.arm_id == config_.arm_id && header.pulse >= base_ + window &&
      header.pulse - base_ <= kPulseJumpMax && header.module < config_.module_count &&
      !refused_ahead_) {
    refused_ahead_ = true;
    // It is the far side of an outage longer than the window: what lies between is told from it.
    ahead_.pulse = header.pulse;
    ahead_.timestamp_ns = header.timestamp_ns;
    ahead_.encoder_counts = header.encoder_counts;
    ahead_.energy = header.energy;
    ahead_known_ = true;
    due_below_ = std::max(due_below_, header.pulse - window + 1);
    return false;
  }
  refused_ahead_ = false;
  Atomics& count = *atomics_;
  bump(count.in);
  if (header.arm_id != config_.arm_id) {
    bump(count.wrong_arm);
    bump(count.dropped);
    return true;
  }
  if (header.module >= config_.module_count || header.first_pixel != 0 ||
      header.sample_count != config_.pixels_per_module) {
    bump(count.wrong_shape);
    bump(count.malformed);
    return true;
  }
  if (header.pulse >= base_ + window) {
    bump(count.far_ahead);
    bump(count.dropped);
    return true;
  }
  const bool was_missing = track_sequence(header, now);
  if (header.pulse < base_) {
    bump(count.late);
    return true;
  }
  open_until(header.pulse + 1, now);
  OpenLine& open = at(header.pulse);
  if (open.heard[header.module]) {
    bump(count.duplicates);
    bump(count.dropped);
    return true;
  }
  if (was_missing) {
    bump(count.gaps_filled);
    bump(count.reordered);
  }
  // One that comes again says nothing of those that came meanwhile.
  take(open, packet, !was_missing && stands_still(packet));
  return true;
}

bool LineAssembler::stands_still(const PacketView& packet) noexcept {
  ModuleState& module = modules_[packet.header.module];
  const auto head = packet.samples.first(std::min(packet.samples.size(), module.head.size()));
  const bool alike = head.size() == module.head_bytes &&
                     std::memcmp(head.data(), module.head.data(), head.size()) == 0;
  if (!alike) {
    std::memcpy(module.head.data(), head.data(), head.size());
    module.head_bytes = head.size();
    module.alike = 0;
    return false;
  }
  namespace pf = firmware_bridge::packet_flag;
  // A whole number of samples in either format: two of 20 bits, or of 16.
  const std::size_t step = packet.header.format == firmware_bridge::SampleFormat::kU16 ? 4 : 5;
  const bool one_value =
      head.size() <= step || std::memcmp(head.data(), head.data() + step, head.size() - step) == 0;
  const bool may_be = (packet.header.flags & (pf::kTestPattern | pf::kSaturated)) != 0 || one_value;
  module.alike = may_be ? 0 : module.alike + 1;
  return module.alike + 1 >= kFrozenDatagrams;
}

void LineAssembler::take(OpenLine& open, const PacketView& packet, bool frozen) noexcept {
  const PacketHeader& header = packet.header;
  Atomics& count = *atomics_;
  if (!open.any) {
    open.any = true;
    open.header.pulse = header.pulse;
    open.header.timestamp_ns = header.timestamp_ns;
    open.header.encoder_counts = header.encoder_counts;
    open.header.dose_counts = header.dose_counts;
    open.header.energy = header.energy;
  } else if (open.header.encoder_counts != header.encoder_counts ||
             open.header.energy != header.energy || open.header.dose_counts != header.dose_counts) {
    open.conflict = true;
  }
  open.header.flags |= line_flags_of(header.flags);
  open.temperature_sum += header.temperature_centi_c;
  open.heard.set(header.module);
  ++open.reported;
  if (frozen) {
    bump(count.frozen);
    bump(count.dropped);
    return;
  }
  if (!open.line) open.line = pool_->acquire();
  if (!open.line) {
    bump(count.no_slot);
    bump(count.dropped);
    return;
  }
  const std::size_t pixels = config_.pixels_per_module;
  firmware_bridge::unpack_samples(
      header.format, packet.samples,
      std::span(open.line->samples).subspan(header.module * pixels, pixels));
  open.line->modules_present.set(header.module);
  bump(count.out);
  bump(count.by_module[header.module]);
}

void LineAssembler::open_until(std::uint64_t pulse_end, core::TimePoint now) noexcept {
  pulse_end = std::min<std::uint64_t>(pulse_end, base_ + window_.size());
  for (; heard_until_ < pulse_end; ++heard_until_) {
    OpenLine& open = at(heard_until_);
    PC_ASSERT(!open.line);
    open.any = open.conflict = false;
    open.reported = 0;
    open.header = {};
    open.temperature_sum = 0;
    open.heard.reset();
    open.opened_at = now;
  }
}

core::LinePtr LineAssembler::poll(core::TimePoint now) noexcept {
  const bool heard = base_ < heard_until_;
  if (!heard && base_ >= due_below_) return {};
  OpenLine& open = at(base_);
  const bool complete = heard && open.reported == config_.module_count;
  const bool due = complete || base_ < due_below_ || finishing_ ||
                   (!holding_ && now - open.opened_at >= config_.deadline);
  if (!due) return {};

  core::LinePtr line = heard ? std::move(open.line) : core::LinePtr{};
  if (!line) line = pool_->acquire();
  if (!line) return {};  // the line keeps its place until a slot is free
  const bool any = heard && open.any;
  core::LineHeader& header = line->header;
  if (any) {
    header = open.header;
    header.temperature_centi_c =
        static_cast<std::int16_t>(open.temperature_sum / std::max<int>(open.reported, 1));
    if (open.conflict) header.flags |= core::line_flag::kConflict;
    remember(header);
  } else {
    infer_header(base_, header);
  }
  Atomics& count = *atomics_;
  const auto present = static_cast<std::uint16_t>(line->modules_present.count());
  if (present < config_.module_count) {
    header.flags |= core::line_flag::kModuleMissing;
    if (present == 0) {
      header.flags |= core::line_flag::kLineMissing;
      bump(count.lines_missing);
    }
    bump(count.modules_missing, config_.module_count - present);
    const std::size_t pixels = config_.pixels_per_module;
    for (std::size_t m = 0; m < config_.module_count; ++m) {
      if (line->modules_present[m]) continue;
      const auto samples = std::span(line->samples).subspan(m * pixels, pixels);
      std::fill(samples.begin(), samples.end(), 0U);
    }
  } else {
    bump(count.lines_complete);
  }
  if ((header.flags & core::line_flag::kConflict) != 0) bump(count.conflicts);
  bump(count.lines);
  ++base_;
  heard_until_ = std::max(heard_until_, base_);
  return line;
}

void LineAssembler::remember(const core::LineHeader& header) noexcept {
  if (previous_known_ && header.timestamp_ns > previous_.timestamp_ns) {
    pulse_interval_ns_ =
        (header.timestamp_ns - previous_.timestamp_ns) / (header.pulse - previous_.pulse);
  }
  if (!previous_known_) {
    // Until the other kind of pulse has been seen, it is taken for the other energy.
    const core::Energy other = header.energy == core::Energy::kHigh  ? core::Energy::kLow
                               : header.energy == core::Energy::kLow ? core::Energy::kHigh
                                                                     : core::Energy::kNone;
    energy_by_parity_[(header.pulse + 1) % 2] = other;
  }
  energy_by_parity_[header.pulse % 2] = header.energy;
  previous_ = header;
  previous_known_ = true;
}

void LineAssembler::infer_header(std::uint64_t pulse, core::LineHeader& out) const noexcept {
  const core::LineHeader* next = nullptr;
  for (std::uint64_t p = pulse + 1; p < heard_until_ && next == nullptr; ++p) {
    if (at(p).any) next = &at(p).header;
  }
  if (next == nullptr && ahead_known_ && ahead_.pulse > pulse) next = &ahead_;
  out.pulse = pulse;
  out.energy = energy_by_parity_[pulse % 2];
  if (previous_known_ && next != nullptr) {
    const std::uint64_t steps = next->pulse - previous_.pulse;
    const std::uint64_t done = pulse - previous_.pulse;
    if (next->timestamp_ns > previous_.timestamp_ns) {
      out.timestamp_ns =
          previous_.timestamp_ns + (next->timestamp_ns - previous_.timestamp_ns) / steps * done;
    } else {
      out.timestamp_ns = previous_.timestamp_ns;
    }
    const std::int64_t way = std::int64_t{next->encoder_counts} - previous_.encoder_counts;
    out.encoder_counts =
        static_cast<std::int32_t>(previous_.encoder_counts + way * static_cast<std::int64_t>(done) /
                                                                 static_cast<std::int64_t>(steps));
  } else if (previous_known_) {
    out.timestamp_ns = previous_.timestamp_ns + pulse_interval_ns_ * (pulse - previous_.pulse);
    out.encoder_counts = previous_.encoder_counts;
  } else if (next != nullptr) {
    out.timestamp_ns = next->timestamp_ns;
    out.encoder_counts = next->encoder_counts;
    const bool same = (next->pulse - pulse) % 2 == 0;
    out.energy = same || next->energy == core::Energy::kNone ? next->energy
                 : next->energy == core::Energy::kHigh       ? core::Energy::kLow
                                                             : core::Energy::kHigh;
  }
}

bool LineAssembler::track_sequence(const PacketHeader& header, core::TimePoint now) noexcept {
  ModuleState& module = modules_[header.module];
  const std::uint32_t sequence = header.sequence;
  if (sequence < module.next_sequence) return gaps_total_ > 0 && fill_gap(module, sequence);
  if (sequence > module.next_sequence) add_gap(module, module.next_sequence, sequence - 1, now);
  module.next_sequence = sequence + 1;
  module.any = true;
  module.last_sequence = sequence;
  module.last_pulse = header.pulse;
  return false;
}

void LineAssembler::add_gap(ModuleState& module, std::uint32_t first, std::uint32_t last,
                            core::TimePoint now) noexcept {
  bump(atomics_->gaps_seen, std::uint64_t{last} - first + 1);
  // What lies further back than can be open is lost already.
  const auto window = static_cast<std::uint32_t>(window_.size());
  if (last - first >= window) first = last - window + 1;
  if (module.gap_count == kGapsPerModule) {
    bump(atomics_->gaps_forgotten, std::uint64_t{module.gaps[0].last} - module.gaps[0].first + 1);
    remove_gap(module, 0);
  }
  module.gaps[module.gap_count++] = Gap{first, last, now, {}, false};
  ++gaps_total_;
}

void LineAssembler::remove_gap(ModuleState& module, std::uint16_t index) noexcept {
  std::move(module.gaps.begin() + index + 1, module.gaps.begin() + module.gap_count,
            module.gaps.begin() + index);
  --module.gap_count;
  --gaps_total_;
}

bool LineAssembler::fill_gap(ModuleState& module, std::uint32_t sequence) noexcept {
  for (std::uint16_t i = 0; i < module.gap_count; ++i) {
    Gap& gap = module.gaps[i];
    if (sequence < gap.first || sequence > gap.last) continue;
    if (gap.first == gap.last) {
      remove_gap(module, i);
    } else if (sequence == gap.first) {
      ++gap.first;
    } else if (sequence == gap.last) {
      --gap.last;
    } else if (module.gap_count < kGapsPerModule) {
      Gap& right = module.gaps[module.gap_count++];
      ++gaps_total_;
      right = gap;
      right.first = sequence + 1;
      gap.last = sequence - 1;
    } else {
      bump(atomics_->gaps_forgotten, gap.last - sequence);
      gap.last = sequence - 1;
    }
    return true;
  }
  return false;
}

std::optional<firmware_bridge::ResendRequest> LineAssembler::next_resend(
    core::TimePoint now) noexcept {
  if (gaps_total_ == 0) return std::nullopt;
  for (std::size_t turn = 0; turn < modules_.size(); ++turn) {
    const auto index = static_cast<std::uint16_t>((resend_module_ + turn) % modules_.size());
    ModuleState& module = modules_[index];
    for (std::uint16_t i = 0; i < module.gap_count;) {
      Gap& gap = module.gaps[i];
      if (!holding_ && now - gap.seen_at >= config_.deadline) {
        remove_gap(module, i);  // its line is closed
        continue;
      }
      const bool due = gap.asked ? now - gap.asked_at >= config_.resend_again
                                 : now - gap.seen_at >= config_.resend_after;
      if (due && !finishing_) {
        gap.asked = true;
        gap.asked_at = now;
        resend_module_ = index;
        bump(atomics_->resend_requests);
        return firmware_bridge::ResendRequest{index, gap.first, gap.last};
      }
      ++i;
    }
  }
  return std::nullopt;
}

void LineAssembler::expect_until(std::uint16_t module_index, std::uint32_t last,
                                 core::TimePoint now) noexcept {
  if (module_index >= modules_.size()) return;
  ModuleState& module = modules_[module_index];
  if (last < module.next_sequence) return;
  // Without a missed trigger among them, lost datagrams are one pulse apart.
  const std::uint64_t last_pulse =
      module.any ? module.last_pulse + (last - module.last_sequence) : last;
  add_gap(module, module.next_sequence, last, now);
  module.next_sequence = last + 1;
  open_until(last_pulse + 1, now);
}

bool LineAssembler::gaps_open() const noexcept {
  return gaps_total_ > 0;
}
void LineAssembler::finish() noexcept {
  finishing_ = true;
}

core::CounterValues LineAssembler::counters() const noexcept {
  const Atomics& a = *atomics_;
  core::CounterValues out;
  out.in = load_relaxed(a.in);
  out.out = load_relaxed(a.out);
  out.dropped = load_relaxed(a.dropped);
  out.late = load_relaxed(a.late);
  out.malformed = load_relaxed(a.malformed);
  return out;
}

AssemblyCounts LineAssembler::counts() const noexcept {
  const Atomics& a = *atomics_;
  AssemblyCounts out;
  out.duplicates = load_relaxed(a.duplicates);
  out.reordered = load_relaxed(a.reordered);
  out.wrong_arm = load_relaxed(a.wrong_arm);
  out.wrong_shape = load_relaxed(a.wrong_shape);
  out.no_slot = load_relaxed(a.no_slot);
  out.far_ahead = load_relaxed(a.far_ahead);
  out.lines = load_relaxed(a.lines);
  out.lines_complete = load_relaxed(a.lines_complete);
  out.lines_missing = load_relaxed(a.lines_missing);
  out.modules_missing = load_relaxed(a.modules_missing);
  out.conflicts = load_relaxed(a.conflicts);
  out.frozen = load_relaxed(a.frozen);
  out.gaps_seen = load_relaxed(a.gaps_seen);
  out.gaps_filled = load_relaxed(a.gaps_filled);
  out.resend_requests = load_relaxed(a.resend_requests);
  out.gaps_forgotten = load_relaxed(a.gaps_forgotten);
  return out;
}

std::uint64_t LineAssembler::module_packets(std::uint16_t module) const noexcept {
  return module < core::kModulesMax ? load_relaxed(atomics_->by_module[module]) : 0;
}

std::array<std::uint64_t, firmware_bridge::kPacketCheckCount> LineAssembler::malformed()
    const noexcept {
  std::array<std::uint64_t, firmware_bridge::kPacketCheckCount> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = load_relaxed(atomics_->by_check[i]);
  return out;
}

}  // namespace portcullis::acquisition
