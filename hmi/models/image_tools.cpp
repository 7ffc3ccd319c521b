#include "hmi/models/image_tools.h"

#include <QCoreApplication>
#include <QUndoCommand>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "hmi/models/image_item.h"
#include "imaging/enhance/enhance.h"

namespace portcullis::hmi {
namespace {

constexpr double kWindowLowest = -0.2;
constexpr double kWindowWidthMin = 0.05;
constexpr double kAttenuationMax = 15.7;  // where the 16-bit code ends
constexpr double kWindowPerPixel = 0.01;
constexpr double kPowerStep = 0.1, kPowerMin = 0.2, kPowerMax = 3.0;
constexpr int kChangesMax = 200;

// Variable-density sweep: a narrow window goes through all densities, thin to thick, again and
// again; one way in 6 s is slow enough to follow.
constexpr double kSweepWidth = 1.2;
constexpr double kSweepEnd = 8.0;
constexpr double kSweep_s = 6.0;
constexpr int kSweepTickMs = 16;

constexpr std::size_t kBins = 128;
constexpr double kAirEnd = 0.02;  // thinner is air and its noise

constexpr std::array<const char*, 5> kViews = {"both", "standard", "material", "metal", "organic"};
constexpr std::array<const char*, 5> kViewTexts = {
    QT_TRANSLATE_NOOP("actions", "standard + material"),
    QT_TRANSLATE_NOOP("actions", "standard, high energy"), QT_TRANSLATE_NOOP("actions", "material"),
    QT_TRANSLATE_NOOP("actions", "metal only"), QT_TRANSLATE_NOOP("actions", "organic only")};
constexpr std::array<const char*, 4> kPalettes = {
    QT_TRANSLATE_NOOP("actions", "hot metal"), QT_TRANSLATE_NOOP("actions", "ice"),
    QT_TRANSLATE_NOOP("actions", "cube helix"), QT_TRANSLATE_NOOP("actions", "rainbow")};

QString said(const char* text) {
  return QCoreApplication::translate("actions", text);
}

struct Step {
  const char* id;
  bool ViewChain::*on;
  const char* words;
};
constexpr std::array<Step, 6> kSteps = {
    {{"low_energy", &ViewChain::low_energy, QT_TRANSLATE_NOOP("actions", "low energy alone")},
     {"edges", &ViewChain::edges, QT_TRANSLATE_NOOP("actions", "edges")},
     {"local", &ViewChain::local, QT_TRANSLATE_NOOP("actions", "local contrast")},
     {"denoise", &ViewChain::denoise, QT_TRANSLATE_NOOP("actions", "noise taken down")},
     {"inverse", &ViewChain::inverse, QT_TRANSLATE_NOOP("actions", "inverse")},
     {"heavy_mark", &ViewChain::heavy_mark, QT_TRANSLATE_NOOP("actions", "heavy metal marked")}}};

struct Preset {
  const char* id;
  imaging::Window window;
  const char* words;
};
const std::array<Preset, 4>& presets() {
  static const std::array<Preset, 4> kPresets = {
      {{"whole", {}, QT_TRANSLATE_NOOP("actions", "whole range")},
       {"high", imaging::high_penetration_window(),
        QT_TRANSLATE_NOOP("actions", "high penetration")},
       {"low", imaging::low_penetration_window(), QT_TRANSLATE_NOOP("actions", "low penetration")},
       {"log", imaging::log_window(), QT_TRANSLATE_NOOP("actions", "plain logarithm")}}};
  return kPresets;
}
void put(const imaging::Window& window, ViewChain& chain) {
  // Imaging's floats as the decimals they were written as, so that the whole range is the default.
  const auto decimal = [](float value) {
    return std::round(static_cast<double>(value) * 1e4) / 1e4;
  };
  chain.window_lo = decimal(window.attenuation_lo);
  chain.window_hi = decimal(window.attenuation_hi);
  chain.power = decimal(window.power);
}
bool has_window(const ViewChain& chain, const imaging::Window& window) {
  ViewChain other;
  put(window, other);
  const auto near = [](double a, double b) { return std::abs(a - b) < 1e-5; };
  return near(chain.window_lo, other.window_lo) && near(chain.window_hi, other.window_hi) &&
         near(chain.power, other.power);
}

class ChangeCommand : public QUndoCommand {
 public:
  ChangeCommand(const QString& words, int merge, std::function<void()> back,
                std::function<void()> forth)
      : QUndoCommand(words), merge_(merge), back_(std::move(back)), forth_(std::move(forth)) {}
  void undo() override { back_(); }
  void redo() override { forth_(); }
  [[nodiscard]] int id() const override { return merge_; }
  bool mergeWith(const QUndoCommand* next) override {
    forth_ = static_cast<const ChangeCommand*>(next)->forth_;
    return true;
  }

 private:
  int merge_;
  std::function<void()> back_, forth_;
};

}  // namespace

ImageTools::ImageTools(const core::Clock& clock, ImageStore& store, QObject* parent)
    : QObject(parent), clock_(clock), store_(store) {
  changes_.setUndoLimit(kChangesMax);
  sweep_timer_.setInterval(kSweepTickMs);
  connect(&sweep_timer_, &QTimer::timeout, this, &ImageTools::sweep_step);
  connect(&changes_, &QUndoStack::indexChanged, this, &ImageTools::history_changed);
  connect(&store_, &ImageStore::changed, this, &ImageTools::count_histogram);
}

void ImageTools::begin_case() {
  sweep_timer_.stop();
  standard_held_ = false;
  loupe_ = false;
  changes_.clear();
  apply({QStringLiteral("both"), {}});
  Q_EMIT history_changed();
}

void ImageTools::apply(const State& state) {
  view_mode_ = state.view_mode;
  chain_ = state.chain;
  Q_EMIT changed();
}

void ImageTools::change(const QString& words, const std::function<void(State&)>& edit, int merge) {
  if (sweep_timer_.isActive()) stop_sweep(false);
  const State before{view_mode_, chain_};
  State after = before;
  edit(after);
  if (after.view_mode == before.view_mode && after.chain == before.chain) return;
  changes_.push(new ChangeCommand(
      words, merge, [this, before] { apply(before); }, [this, after] { apply(after); }));
}

bool ImageTools::act(const QString& id) {
  static const std::array<std::pair<const char*, const char*>, 5> kDigits = {
      {{"digit_0", "both"},
       {"digit_1", "standard"},
       {"digit_2", "material"},
       {"digit_3", "metal"},
       {"digit_4", "organic"}}};
  for (const auto& [digit, view] : kDigits) {
    if (id == QLatin1String(digit)) {
      set_view(QLatin1String(view));
      return true;
    }
  }
  if (id == QLatin1String("digit_5")) {
    preset(QStringLiteral("high"));
  } else if (id == QLatin1String("digit_6")) {
    preset(QStringLiteral("low"));
  } else if (id == QLatin1String("digit_7")) {
    toggle(QStringLiteral("edges"));
  } else if (id == QLatin1String("digit_8")) {
    toggle(QStringLiteral("local"));
  } else if (id == QLatin1String("digit_9")) {
    toggle(QStringLiteral("inverse"));
  } else if (id == QLatin1String("window_reset")) {
    preset(QStringLiteral("whole"));
  } else if (id == QLatin1String("log")) {
    preset(QStringLiteral("log"));
  } else if (id == QLatin1String("low_energy") || id == QLatin1String("denoise") ||
             id == QLatin1String("heavy_mark")) {
    toggle(id);
  } else if (id == QLatin1String("palette")) {
    set_palette(chain_.palette + 1 < static_cast<int>(kPalettes.size()) ? chain_.palette + 1 : -1);
  } else if (id == QLatin1String("gamma_less") || id == QLatin1String("gamma_more")) {
    step_power(id == QLatin1String("gamma_more") ? 1 : -1);
  } else if (id == QLatin1String("standard")) {
    change(tr("standard image"), [](State& state) { state = {QStringLiteral("both"), {}}; });
  } else if (id == QLatin1String("sweep")) {
    sweeping() ? stop_sweep(false) : start_sweep();
  } else if (id == QLatin1String("undo")) {
    if (sweeping())
      stop_sweep(true);
    else
      changes_.undo();
  } else if (id == QLatin1String("redo")) {
    changes_.redo();
  } else if (id == QLatin1String("tools")) {
    panel_open_ = !panel_open_;
    Q_EMIT changed();
  } else if (id == QLatin1String("loupe")) {
    loupe_ = !loupe_;
    Q_EMIT changed();
  } else if (id == QLatin1String("overview")) {
    overview_ = !overview_;
    Q_EMIT changed();
  } else {
    return false;
  }
  return true;
}

QString ImageTools::view_text() const {
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (view_mode_ == QLatin1String(kViews[i])) return said(kViewTexts[i]);
  }
  return {};
}

QString ImageTools::chain_text() const {
  const ViewChain chain = shown_chain();
  QStringList parts;
  if (sweeping()) parts << tr("sweep");
  if (!has_window(chain, imaging::Window{})) {
    const auto known = std::find_if(presets().begin(), presets().end(), [&](const Preset& preset) {
      return has_window(chain, preset.window);
    });
    if (known != presets().end()) {
      parts << said(known->words);
    } else {
      if (chain.window_lo != 0 || chain.window_hi != ViewChain::kWindowHiDefault)
        parts << tr("contrast %1 to %2")
                     .arg(chain.window_lo, 0, 'f', 2)
                     .arg(chain.window_hi, 0, 'f', 2);
      if (chain.power != ViewChain::kPowerDefault)
        parts << tr("gamma %1").arg(chain.power, 0, 'f', 2);
    }
  }
  for (const Step& step : kSteps) {
    if (chain.*step.on) parts << said(step.words);
  }
  if (chain.palette >= 0)
    parts << tr("colours %1").arg(said(kPalettes.at(static_cast<std::size_t>(chain.palette))));
  return parts.join(QStringLiteral(", "));
}

QStringList ImageTools::history() const {
  QStringList texts{tr("standard image")};
  for (int i = 0; i < changes_.count(); ++i) texts << changes_.text(i);
  return texts;
}

void ImageTools::set_view(const QString& mode) {
  const auto known = std::find_if(kViews.begin(), kViews.end(),
                                  [&](const char* view) { return mode == QLatin1String(view); });
  if (known == kViews.end()) return;
  const auto number = static_cast<std::size_t>(known - kViews.begin());
  change(said(kViewTexts.at(number)), [&](State& state) { state.view_mode = mode; });
}

void ImageTools::drag_window(double dx, double dy) {
  // Across moves the level, up and down the width, as radiographers are used to.
  const double level = (chain_.window_lo + chain_.window_hi) / 2 + dx * kWindowPerPixel;
  const double width = std::clamp(chain_.window_hi - chain_.window_lo + dy * kWindowPerPixel * 2,
                                  kWindowWidthMin, kAttenuationMax);
  set_window(level - width / 2, level + width / 2);
}

void ImageTools::set_window(double lo, double hi) {
  const double low = std::clamp(lo, kWindowLowest, kAttenuationMax - kWindowWidthMin);
  const double high = std::clamp(hi, low + kWindowWidthMin, kAttenuationMax);
  change(
      tr("contrast"),
      [&](State& state) {
        state.chain.window_lo = low;
        state.chain.window_hi = high;
      },
      drag_);
}

void ImageTools::toggle(const QString& step) {
  const auto found = std::find_if(kSteps.begin(), kSteps.end(),
                                  [&](const Step& each) { return step == QLatin1String(each.id); });
  if (found == kSteps.end()) return;
  const bool on = !(chain_.*found->on);
  change(on ? said(found->words) : tr("%1 off").arg(said(found->words)), [&](State& state) {
    // Of edges and local contrast one at a time: together they raise noise to shapes.
    if (on && (found->on == &ViewChain::edges || found->on == &ViewChain::local))
      state.chain.edges = state.chain.local = false;
    state.chain.*found->on = on;
  });
}

void ImageTools::preset(const QString& name) {
  for (const Preset& each : presets()) {
    if (name != QLatin1String(each.id)) continue;
    // The same key again takes it back.
    const bool back = has_window(chain_, each.window);
    change(said(back ? presets()[0].words : each.words),
           [&](State& state) { put(back ? imaging::Window{} : each.window, state.chain); });
  }
}

void ImageTools::step_power(int by) {
  change(tr("gamma"), [&](State& state) {
    state.chain.power = std::clamp(state.chain.power + by * kPowerStep, kPowerMin, kPowerMax);
  });
}

void ImageTools::set_palette(int palette) {
  if (palette < -1 || palette >= static_cast<int>(kPalettes.size())) return;
  change(palette < 0 ? tr("grey") : said(kPalettes.at(static_cast<std::size_t>(palette))),
         [&](State& state) { state.chain.palette = palette; });
}

void ImageTools::hold_standard(bool held) {
  if (held == standard_held_) return;
  standard_held_ = held;
  Q_EMIT changed();
}

void ImageTools::start_sweep() {
  before_sweep_ = chain_;
  sweep_since_ = clock_.now();
  sweep_timer_.start();
  sweep_step();
}

// What was found stays on the screen as a change like any other.
void ImageTools::stop_sweep(bool back) {
  sweep_timer_.stop();
  const ViewChain found = std::exchange(chain_, before_sweep_);
  if (back) {
    Q_EMIT changed();
    return;
  }
  change(tr("sweep"), [&](State& state) { state.chain = found; });
}

void ImageTools::sweep_step() {
  const double s = std::chrono::duration<double>(clock_.now() - sweep_since_).count() / kSweep_s;
  const double part = s - std::floor(s);
  chain_.window_lo = part * (kSweepEnd - kSweepWidth);
  chain_.window_hi = chain_.window_lo + kSweepWidth;
  Q_EMIT changed();
}

void ImageTools::count_histogram() {
  const auto& high = store_.planes()[static_cast<std::size_t>(Plane::kHigh)];
  if (high.get() == histogram_of_) return;
  histogram_of_ = high.get();
  histogram_.clear();
  if (high != nullptr && !high->levels.empty()) {
    std::array<double, kBins> counts{};
    for (const std::uint16_t code : high->levels.back().codes) {
      const double a = (static_cast<double>(code) - 1024.0) / 4096.0;
      if (a < kAirEnd) continue;
      const auto bin = static_cast<std::size_t>(a / kHistogramEnd * kBins);
      if (bin < counts.size()) counts[bin] += 1;
    }
    const double most = std::max(1.0, *std::max_element(counts.begin(), counts.end()));
    for (const double count : counts) histogram_ << std::sqrt(count / most);
  }
  Q_EMIT histogram_changed();
}

}  // namespace portcullis::hmi
