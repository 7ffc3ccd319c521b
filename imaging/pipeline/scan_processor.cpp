#include "imaging/pipeline/scan_processor.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>
#include <utility>

#include "core/assert.h"
#include "core/parallel.h"
#include "core/time.h"
#include "imaging/correct/calibration_validity.h"
#include "imaging/correct/chain.h"
#include "imaging/correct/noise_gauge.h"
#include "imaging/geometry/fan_to_plane.h"
#include "imaging/kernels/mix_kernels.h"
#include "imaging/pipeline/block_classifier.h"
#include "imaging/pipeline/block_output.h"
#include "imaging/pipeline/imaging_base.h"
#include "imaging/pipeline/line_places.h"
#include "imaging/pipeline/placement.h"

namespace portcullis::imaging {

namespace {

constexpr std::int64_t kTile = static_cast<std::int64_t>(FanToPlane::kTile);
constexpr std::int64_t kBlock = ScanProcessor::kBlockColumns;
constexpr std::int64_t kHalo = kClassifyHalo_px;
static_assert(kBlock % kTile == 0 && kHalo <= kBlock && kBlock == RawBlock::kColumns);
constexpr double kColumnsInScanMax = 200'000;
constexpr std::size_t kGaugeLines = 256;
constexpr int kLastBlocks = 3;
constexpr double kFullScaleJoin_mm = 50;  ///< Nearer than this, one stretch of marks.
constexpr float kLit = 0.02F;             ///< Transmission that no scatter or drift makes.

core::Error unusable(const std::string& what) {
  return {core::ErrorCode::kInvalidInput, "scan: " + what};
}

std::int64_t floor_to(std::int64_t value, std::int64_t unit) {
  const std::int64_t rest = value % unit;
  return value - (rest < 0 ? rest + unit : rest);
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// A pixel that went bad while the scan ran, or was at full scale: where.
struct BadStretch {
  std::uint32_t pixel = 0;
  double from_mm = 0, to_mm = 0;
};

}  // namespace

struct ScanProcessor::State {
  State(const core::ScannerGeometry& g, const core::Calibration& calibration,
        const Parameters& parameters, const Options& o, CorrectionChain corrections)
      : geometry(g),
        options(o),
        chain(std::move(corrections)),
        validity(calibration, parameters.calibration, o.scan_started),
        travel(o.travel),
        grid(core::make_image_grid(g, 0, 0)),
        fan(g, grid,
            parameters.placement.geometry ? FanToPlane::Rows::kByHeight
                                          : FanToPlane::Rows::kEvenly),
        unplaced(!parameters.placement.geometry),
        classifier(g, calibration, chain.wedges(), chain.bad_pixels(), fan.obliquity(),
                   fan.ray_spacing_mm(), parameters.denoise),
        bad_rows(fan.rows_of(chain.bad_pixels())),
        tracks{ColumnTrack({g.image_mm_per_px, g.pixels.size(), g.module_count}),
               ColumnTrack({g.image_mm_per_px, g.pixels.size(), g.module_count})},
        bad_now(g.pixels.size(), 0),
        full_scale_last(g.pixels.size(), std::numeric_limits<std::size_t>::max()),
        places(g.encoder_mm_per_count, g.pulse_rate_hz),
        output(classifier, o.aside) {
    std::copy(chain.bad_pixels().begin(), chain.bad_pixels().end(), bad_now.begin());
    bad_always = bad_now;
    for (auto& gauge : gauges) gauge.reserve(kGaugeLines * g.pixels.size());
  }

  // ---- lines come in
  void take(const CorrectedLine& line);
  [[nodiscard]] bool place_is_possible(const core::LineHeader& header);
  void start_again();
  void note_place(std::int32_t encoder_counts, double x_mm);
  void note_bad(const CorrectedLine& line, double x_mm);
  void settle();
  void gauge_noise(bool last);

  // ---- columns and blocks go out
  void resample();
  void resample_tile(std::int64_t first, std::int64_t last);
  RawBlock& raw_block(std::int64_t block);
  void classify_blocks(const BlockSink& sink, bool last);
  void emit(std::int64_t block_a, std::int64_t block_b, const BlockSink& sink);

  [[nodiscard]] bool forward() const { return travel == Travel::kForward; }
  [[nodiscard]] std::int64_t step() const { return forward() ? 1 : -1; }
  [[nodiscard]] double closed_mm() const {
    return forward() ? front_mm - kTurnBack_mm : front_mm + kTurnBack_mm;
  }

  core::ScannerGeometry geometry;
  Options options;
  CorrectionChain chain;
  CalibrationValidity validity;
  Travel travel;
  core::ImageGrid grid;  ///< Rows of it only.
  FanToPlane fan;
  bool unplaced;  ///< Rows are not heights, as asked for.
  BlockClassifier classifier;
  std::vector<std::uint8_t> bad_rows;
  std::array<ColumnTrack, 2> tracks;  ///< High, low.

  // Of the lines:
  std::vector<std::uint8_t> bad_always, bad_now;
  std::vector<BadStretch> stretches;
  std::vector<BadStretch> full_scale;        ///< Where pixels could show no more light.
  std::vector<std::size_t> full_scale_last;  ///< [pixels] Place in full_scale of each one's last.
  LinePlaces places;
  double front_mm = 0;            ///< How far the scan has come.
  std::uint64_t turned_back = 0;  ///< Lines of where the image was made already.
  std::uint64_t too_late = 0;     ///< Of an energy that had been given up.
  bool lit = false;               ///< Some line saw the beam on more than 1 % of the pixels.
  std::array<std::uint64_t, 2> measured{};
  std::array<bool, 2> missing{};
  std::array<std::vector<float>, 2> gauges;
  std::array<double, 2> photon_variance{};
  bool gauged = false;
  bool judged = false;  ///< What the first lines say of the calibration.

  // Of the columns, in the direction of travel:
  bool started = false;           ///< first_column is known.
  std::int64_t first_column = 0;  ///< The first that was scanned.
  std::int64_t settled = 0;       ///< The next to settle,
  std::int64_t resampled = 0;     ///< to resample,
  std::int64_t emitted = 0;       ///< and to give out.
  std::int64_t last_column = 0;   ///< At the end of the scan.
  std::deque<RawBlock> raw;
  std::vector<RawBlock> spare;
  bool finished = false;
  double busy_ms = 0;
  BlockOutput output;  ///< Last of all: its thread works with what stands above.
};

bool ScanProcessor::State::place_is_possible(const core::LineHeader& header) {
  const auto found = places.judge(header, !started);
  if (found == LinePlaces::Verdict::kStartAgain) start_again();
  return found == LinePlaces::Verdict::kPossible;
}

void ScanProcessor::State::start_again() {
  for (auto& track : tracks)
    track = ColumnTrack({geometry.image_mm_per_px, geometry.pixels.size(), geometry.module_count});
  measured = {};
  stretches.clear();
  full_scale.clear();
  for (auto& gauge : gauges) gauge.clear();
  gauged = false;
}

void ScanProcessor::State::note_place(std::int32_t encoder_counts, double x_mm) {
  places.note(encoder_counts, x_mm);
  if (travel == Travel::kUnknown && places.x_max_mm() - places.x_min_mm() > kDirectionTravel_mm)
    travel = x_mm >= places.x_max_mm() ? Travel::kForward : Travel::kBack;
  if (travel != Travel::kUnknown) front_mm = forward() ? places.x_max_mm() : places.x_min_mm();
}

void ScanProcessor::State::note_bad(const CorrectedLine& line, double x_mm) {
  if (line.bad.size() == bad_now.size() &&
      !std::equal(line.bad.begin(), line.bad.end(), bad_now.begin())) {
    for (std::size_t p = 0; p < bad_now.size(); ++p) {
      if (line.bad[p] == bad_now[p]) continue;
      bad_now[p] = line.bad[p];
      if (bad_now[p] != 0 && bad_always[p] == 0)
        stretches.push_back({static_cast<std::uint32_t>(p), x_mm, x_mm});
    }
  }
  for (auto& stretch : stretches) {
    if (bad_now[stretch.pixel] == 0) continue;
    stretch.from_mm = std::min(stretch.from_mm, x_mm);
    stretch.to_mm = std::max(stretch.to_mm, x_mm);
  }
  for (const std::uint32_t p : line.full_scale) {
    if (bad_now[p] != 0) continue;
    auto& last = full_scale_last[p];
    const bool goes_on = last < full_scale.size() && full_scale[last].pixel == p &&
                         x_mm > full_scale[last].from_mm - kFullScaleJoin_mm &&
                         x_mm < full_scale[last].to_mm + kFullScaleJoin_mm;
    if (!goes_on) {
      last = full_scale.size();
      full_scale.push_back({p, x_mm, x_mm});
    }
    full_scale[last].from_mm = std::min(full_scale[last].from_mm, x_mm);
    full_scale[last].to_mm = std::max(full_scale[last].to_mm, x_mm);
  }
}

void ScanProcessor::State::take(const CorrectedLine& line) {
  if (line.header.energy == core::Energy::kNone) return;
  validity.observe(line);
  if (!place_is_possible(line.header)) return;
  const double x_mm = line.x_counts * geometry.encoder_mm_per_count;
  const std::size_t e = line.header.energy == core::Energy::kHigh ? 0 : 1;
  ColumnTrack& track = tracks[e];
  if (started || travel != Travel::kUnknown) {
    const auto slot = static_cast<double>(track.slot_of(x_mm));
    if (places.possible() > 1 && (forward() ? slot * track.slot_mm() < closed_mm()
                                            : (slot + 1) * track.slot_mm() > closed_mm())) {
      ++turned_back;
      return;
    }
  }
  note_place(line.header.encoder_counts, x_mm);
  if (missing[e]) {
    if (line.state == LineState::kMeasured) ++too_late;
    return;
  }
  if (line.state != LineState::kMeasured) {
    track.add_lost(x_mm);
  } else {
    note_bad(line, x_mm);
    const std::span<const float> values = line.transmission;
    if (!gauged && gauges[e].size() < kGaugeLines * values.size())
      gauges[e].insert(gauges[e].end(), values.begin(), values.end());
    if (!lit) {
      std::size_t bright = 0;
      for (const float t : values) bright += t > kLit ? 1 : 0;
      lit = bright * 100 > values.size();
    }
    track.add(x_mm, values, line.modules_filled);
    ++measured[e];
    if (measured[e] >= kEnergyMissing_lines && measured[1 - e] == 0) missing[1 - e] = true;
    gauge_noise(false);
  }
  settle();
}

void ScanProcessor::State::gauge_noise(bool last) {
  if (gauged) return;
  const std::size_t enough = kGaugeLines * geometry.pixels.size();
  for (std::size_t e = 0; e < 2; ++e) {
    const bool given_up = missing[e] || measured[1 - e] >= 2 * kEnergyMissing_lines;
    if (!last && !given_up && gauges[e].size() < enough) return;
  }
  for (std::size_t e = 0; e < 2; ++e) {
    photon_variance[e] = kPhotonVarianceUsual;
    if (gauges[e].size() >= 2 * geometry.pixels.size()) {
      photon_variance[e] =
          photon_variance_in_air(gauges[e], geometry.pixels.size(), chain.bad_pixels());
    }
    gauges[e] = {};
  }
  classifier.set_photon_variance(photon_variance[0], photon_variance[1]);
  gauged = true;
}

void ScanProcessor::State::settle() {
  if (travel == Travel::kUnknown || !gauged) return;
  const double closed = closed_mm();
  if (!started) {
    // What came before is the scan's beginning once nothing more can come before it.
    const auto range = core::image_columns(geometry, places.encoder_min(), places.encoder_max());
    const std::int64_t column = forward() ? range.first : range.last;
    for (std::size_t e = 0; e < 2; ++e) {
      if (!missing[e] && !tracks[e].ready(column, travel, closed)) return;
    }
    started = true;
    first_column = settled = resampled = emitted = column;
  }
  for (;;) {
    for (std::size_t e = 0; e < 2; ++e) {
      if (!missing[e] && !tracks[e].ready(settled, travel, closed)) return;
    }
    for (std::size_t e = 0; e < 2; ++e) {
      if (!missing[e]) tracks[e].settle(settled, travel, closed);
    }
    settled += step();
  }
}

RawBlock& ScanProcessor::State::raw_block(std::int64_t block) {
  for (auto& kept : raw) {
    if (kept.block == block) return kept;
  }
  RawBlock made;
  if (!spare.empty()) {
    made = std::move(spare.back());
    spare.pop_back();
  }
  made.block = block;
  const std::size_t size = static_cast<std::size_t>(kBlock) * static_cast<std::size_t>(grid.rows);
  made.high.resize(size);
  made.low.resize(size);
  made.bad.assign(size, 0);
  raw.push_back(std::move(made));
  return raw.back();
}

/// Columns [first, last] of one tile, ascending, of both energies.
void ScanProcessor::State::resample_tile(std::int64_t first, std::int64_t last) {
  const std::int64_t block = floor_to(first, kBlock) / kBlock;
  RawBlock* target = nullptr;
  for (auto& kept : raw) {
    if (kept.block == block) target = &kept;
  }
  PC_ASSERT(target != nullptr);
  const auto count = static_cast<std::size_t>(last - first + 1);
  const auto at = static_cast<std::size_t>(first - block * kBlock);
  const std::size_t pixels = geometry.pixels.size();
  const auto rows = static_cast<std::size_t>(grid.rows);
  const auto width = static_cast<std::size_t>(kBlock);
  static thread_local std::vector<float> tile, lines;
  tile.resize(pixels * FanToPlane::kTile);
  lines.resize(tile.size());  // columns that are not there stay as they are; they go nowhere
  for (std::size_t r = 0; r < rows; ++r)
    std::fill_n(&target->bad[r * width + at], count, bad_rows[r]);
  std::fill_n(target->spacing_mm.begin() + static_cast<std::ptrdiff_t>(at), count, 0.0F);
  for (std::size_t e = 0; e < 2; ++e) {
    auto& plane = e == 0 ? target->high : target->low;
    if (missing[e]) continue;  // estimated later
    const auto columns = tracks[e].columns(first, count, travel);
    for (std::size_t c = 0; c < count; ++c) {
      const std::size_t k = columns.start[c];
      const std::size_t taps = columns.start[c + 1] - k;
      kernels::mix_lines(std::span(columns.row).subspan(k, taps),
                         std::span(columns.weight).subspan(k, taps),
                         std::span(lines).subspan(c * pixels, pixels));
      float& spacing = target->spacing_mm[at + c];
      spacing = std::max(spacing, columns.spacing_mm[c]);
    }
    // Pixel by pixel, so that whole lines of the cache are written.
    for (std::size_t p = 0; p < pixels; ++p) {
      for (std::size_t c = 0; c < FanToPlane::kTile; ++c)
        tile[p * FanToPlane::kTile + c] = lines[c * pixels + p];
    }
    fan.apply_tile(tile, count, &plane[at], width);
    if (columns.lost.empty()) continue;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t module = fan.main_pixel()[r] / geometry.pixels_per_module;
      for (std::size_t c = 0; c < count; ++c)
        target->bad[r * width + at + c] |= columns.lost[module * count + c];
    }
  }
  if (stretches.empty() && full_scale.empty()) return;
  std::vector<std::uint8_t> mask(pixels, 0);
  const double from_mm = (static_cast<double>(first) - 0.5) * geometry.image_mm_per_px;
  const double to_mm = (static_cast<double>(last) + 0.5) * geometry.image_mm_per_px;
  bool any = false;
  for (const auto* list : {&stretches, &full_scale}) {
    for (const auto& stretch : *list) {
      if (stretch.to_mm < from_mm || stretch.from_mm > to_mm) continue;
      mask[stretch.pixel] = 1;
      any = true;
    }
  }
  if (!any) return;
  const auto marked = fan.rows_of(mask);
  for (std::size_t r = 0; r < rows; ++r) {
    if (marked[r] != 0) std::fill_n(&target->bad[r * width + at], count, std::uint8_t{1});
  }
}

void ScanProcessor::State::resample() {
  if (!started) return;
  // Whole tiles in the direction of travel; the last one may be cut by the end of the scan.
  struct Piece {
    std::int64_t first, last;
  };
  std::vector<Piece> pieces;
  while (resampled != settled) {
    const std::int64_t tile = floor_to(resampled, kTile);
    Piece piece{};
    if (forward()) {
      piece = {resampled, std::min(tile + kTile - 1, settled - 1)};
      if (piece.last != tile + kTile - 1 && !finished) break;
      resampled = piece.last + 1;
    } else {
      piece = {std::max(tile, settled + 1), resampled};
      if (piece.first != tile && !finished) break;
      resampled = piece.first - 1;
    }
    pieces.push_back(piece);
  }
  if (pieces.empty()) return;
  for (const auto& piece : pieces) raw_block(floor_to(piece.first, kBlock) / kBlock);
  core::parallel_for(pieces.size(), 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) resample_tile(pieces[i].first, pieces[i].last);
  });
  for (auto& track : tracks) track.drop(resampled - step(), travel);
}

void ScanProcessor::State::classify_blocks(const BlockSink& sink, bool last) {
  if (!started) return;
  const std::int64_t width = options.block_columns;
  const std::int64_t least = width < kBlock ? 1 : options.blocks_at_once;
  // The rest of a scan goes out at once: somebody waits for it.
  const std::int64_t most =
      std::max<std::int64_t>(options.blocks_at_once, last ? kLastBlocks : 1) * (kBlock / width);
  for (;;) {
    // The blocks that can go out: [a, b] in the direction of travel.
    const std::int64_t a = floor_to(emitted, width) / width;
    if (emitted == resampled) return;
    std::int64_t b = a;
    std::int64_t ready = 0;
    for (;; b += step()) {
      const std::int64_t far_edge = forward() ? b * width + width - 1 : b * width;
      const bool whole = forward() ? resampled > far_edge + kHalo : resampled < far_edge - kHalo;
      const bool begun = forward() ? resampled > b * width : resampled < b * width + width - 1;
      if (!whole && !(last && begun)) break;
      if (ready == most) break;
      ++ready;
    }
    if (ready == 0) return;
    if (!last && ready < least) return;
    emit(a, b - step(), sink);
  }
}

void ScanProcessor::State::emit(std::int64_t block_a, std::int64_t block_b, const BlockSink& sink) {
  const std::int64_t width = options.block_columns;
  const std::int64_t low_block = std::min(block_a, block_b);
  const std::int64_t high_block = std::max(block_a, block_b);
  // What is there: [lowest, highest], ascending.
  const std::int64_t lowest = forward() ? first_column : resampled + 1;
  const std::int64_t highest = forward() ? resampled - 1 : first_column;
  std::vector<BlockOutput::Block> blocks;
  for (std::int64_t block = block_a;; block += step()) {
    BlockOutput::Block one;
    one.first_column = std::max(block * width, lowest);
    one.columns =
        static_cast<int>(std::min(block * width + width - 1, highest) - one.first_column + 1);
    blocks.push_back(one);
    emitted = forward() ? one.first_column + one.columns : one.first_column - 1;
    if (block == block_b) break;
  }
  const std::int64_t from = std::max(low_block * width - kHalo, lowest);
  const std::int64_t to = std::min(high_block * width + width - 1 + kHalo, highest);
  const Energies energies = missing[1]   ? Energies::kHighOnly
                            : missing[0] ? Energies::kLowOnly
                                         : Energies::kBoth;
  output.give_out(raw, from, to, std::move(blocks), energies, sink);
  // What the next block's halo does not reach is done with.
  const std::int64_t keep = floor_to(emitted - step() * kHalo, kBlock) / kBlock;
  for (auto it = raw.begin(); it != raw.end();) {
    if (forward() ? it->block < keep : it->block > keep) {
      spare.push_back(std::move(*it));
      it = raw.erase(it);
    } else {
      ++it;
    }
  }
  const double behind_mm =
      static_cast<double>(emitted - 2 * step() * kBlock) * geometry.image_mm_per_px;
  std::erase_if(stretches, [&](const BadStretch& stretch) {
    return bad_now[stretch.pixel] == 0 &&
           (forward() ? stretch.to_mm < behind_mm : stretch.from_mm > behind_mm);
  });
}

ScanProcessor::ScanProcessor(std::unique_ptr<State> state) : state_(std::move(state)) {}
ScanProcessor::ScanProcessor(ScanProcessor&&) noexcept = default;
ScanProcessor& ScanProcessor::operator=(ScanProcessor&&) noexcept = default;
ScanProcessor::~ScanProcessor() = default;

int ScanProcessor::rows() const {
  return state_->grid.rows;
}

const std::vector<float>& ScanProcessor::obliquity() const {
  return state_->fan.obliquity();
}

core::Result<ScanProcessor> ScanProcessor::create(const core::ScannerGeometry& geometry,
                                                  const core::Calibration& calibration,
                                                  const Parameters& parameters,
                                                  const Options& options) {
  PC_ASSERT(options.block_columns >= kBlockColumnsLeast && kBlock % options.block_columns == 0);
  if (!parameters.placement.motion || !parameters.placement.registration)
    return unusable("only a stored scan can be laid out without motion or registration");
  PC_CHECK(check_imaging_base(geometry, calibration));
  // By their age alone, so far.
  PC_CHECK(CalibrationValidity(calibration, parameters.calibration, options.scan_started).status());
  PC_TRY(CorrectionChain chain,
         CorrectionChain::create(geometry, calibration, parameters.corrections));
  return ScanProcessor(
      std::make_unique<State>(geometry, calibration, parameters, options, std::move(chain)));
}

core::Status ScanProcessor::push(std::span<const core::LineHeader> headers,
                                 std::span<const std::bitset<core::kModulesMax>> modules_present,
                                 std::span<const std::uint32_t> samples, const BlockSink& sink) {
  State& s = *state_;
  PC_ASSERT(!s.finished);
  if (modules_present.size() != headers.size() ||
      samples.size() != headers.size() * s.geometry.pixels.size()) {
    return unusable("samples and lines do not match");
  }
  const core::SystemClock clock;  // only to say how long it took
  const core::TimePoint began = clock.now();
  s.chain.push(headers, modules_present, samples, [&](const CorrectedLine& line) { s.take(line); });
  if (!s.judged && s.validity.first_lines_seen()) {
    s.judged = true;
    PC_CHECK(s.validity.status());
  }
  s.resample();
  s.classify_blocks(sink, false);
  s.busy_ms += std::chrono::duration<double, std::milli>(clock.now() - began).count();
  return {};
}

core::Result<ScanSummary> ScanProcessor::finish(const BlockSink& sink) {
  State& s = *state_;
  PC_ASSERT(!s.finished);
  const core::SystemClock clock;  // only to say how long it took
  const core::TimePoint began = clock.now();
  s.chain.finish([&](const CorrectedLine& line) { s.take(line); });
  PC_CHECK(s.validity.status());
  const CorrectionReport report = s.chain.report();
  if (report.lines_in == 0) return unusable("no lines; nothing was scanned");
  if (s.places.astray() > s.places.possible()) {
    return unusable("encoder: " + std::to_string(s.places.astray()) + " of " +
                    std::to_string(s.places.astray() + s.places.possible()) +
                    " lines stand where nothing moves so fast; check the encoder");
  }
  if (s.measured[0] + s.measured[1] < 2) {
    std::string why = "only " + counted(s.measured[0] + s.measured[1], "line", "lines") + " of " +
                      std::to_string(report.lines_in) + " measured anything";
    for (const auto& remark : report.remarks) why += "; " + remark;
    return unusable(why);
  }
  for (std::size_t e = 0; e < 2; ++e) {
    if (s.measured[e] == 0) s.missing[e] = true;
  }
  s.gauge_noise(true);
  // A scan so short has no block that is out already: either direction gives the same columns.
  if (s.travel == Travel::kUnknown) s.travel = Travel::kForward;
  const auto range =
      core::image_columns(s.geometry, s.places.encoder_min(), s.places.encoder_max());
  if (static_cast<double>(range.last - range.first) > kColumnsInScanMax) {
    return unusable("encoder runs over more than " + std::to_string(200'000) + " image columns");
  }
  if (!s.started) {
    s.started = true;
    s.first_column = s.settled = s.resampled = s.emitted = s.forward() ? range.first : range.last;
  }
  s.last_column =
      s.forward() ? std::max(range.last, s.settled - 1) : std::min(range.first, s.settled + 1);
  s.settled = s.last_column + s.step();
  s.finished = true;
  s.resample();
  s.classify_blocks(sink, true);
  s.output.wait();

  ScanSummary summary;
  summary.first_column = std::min(s.first_column, s.last_column);
  summary.grid = s.grid;
  summary.grid.columns = static_cast<int>(std::abs(s.last_column - s.first_column) + 1);
  summary.grid.x_first_mm = static_cast<double>(summary.first_column) * summary.grid.mm_per_px;
  summary.obliquity = s.fan.obliquity();
  summary.lines_lost = report.missing();
  summary.quality = report.remarks;
  summary.notes = report.notes;
  for (const auto& note : s.validity.notes()) summary.notes.push_back(note);
  for (const auto& note : s.classifier.notes()) summary.notes.push_back(note);
  for (const auto& reason : s.validity.stale()) summary.quality.push_back(reason);
  summary.energies = s.missing[1]   ? Energies::kHighOnly
                     : s.missing[0] ? Energies::kLowOnly
                                    : Energies::kBoth;
  if (summary.energies != Energies::kBoth) {
    const bool high = summary.energies == Energies::kHighOnly;
    summary.quality.push_back(
        std::string("no line of ") + (high ? "low" : "high") +
        " energy measured anything: its image is estimated from the " + (high ? "high" : "low") +
        " one as for aluminium, no material is told, mass is as of middle goods");
  }
  if (s.too_late > 0)
    summary.quality.push_back(counted(s.too_late, "line of it left out", "lines of it left out") +
                              ": they came after " + std::to_string(kEnergyMissing_lines) +
                              " without one");
  if (s.unplaced) summary.quality.push_back(unplaced_remark("geometry"));
  if (!s.lit)
    summary.quality.push_back(
        "all dark: no line saw the beam; check the source and what is before it");
  if (s.places.astray() > 0)
    summary.quality.push_back(counted(s.places.astray(),
                                      "line left out: its encoder count is impossible",
                                      "lines left out: their encoder counts are impossible"));
  if (s.turned_back > 0)
    summary.quality.push_back(counted(s.turned_back, "line left out", "lines left out") +
                              ": the scan had turned back by more than " +
                              std::to_string(static_cast<int>(kTurnBack_mm)) + " mm");
  if (!s.classifier.problem().empty()) summary.quality.push_back(s.classifier.problem());
  s.busy_ms += std::chrono::duration<double, std::milli>(clock.now() - began).count();
  summary.busy_ms = s.busy_ms;
  return summary;
}

}  // namespace portcullis::imaging
