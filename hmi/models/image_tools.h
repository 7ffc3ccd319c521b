#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QUndoStack>
#include <QVariant>
#include <functional>

#include "core/time.h"
#include "hmi/models/view_chain.h"

namespace portcullis::hmi {

class ImageStore;

/// What the officer sees of the image: which view, through which chain, and how it came to that.
///
/// Every change can be undone; a drag is one change. A new case begins with the standard image: no
/// enhancement stays on by itself. While standard_held() the standard image is shown whatever the
/// chain, which stays as it is.
/// Ownership: borrows all it is given. Threading: GUI thread.
class ImageTools final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString view_mode READ view_mode NOTIFY changed)
  Q_PROPERTY(QString view_text READ view_text NOTIFY changed)
  Q_PROPERTY(portcullis::hmi::ViewChain chain READ shown_chain NOTIFY changed)
  Q_PROPERTY(bool standard READ standard NOTIFY changed)
  Q_PROPERTY(QString chain_text READ chain_text NOTIFY changed)
  Q_PROPERTY(bool sweeping READ sweeping NOTIFY changed)
  Q_PROPERTY(bool panel_open MEMBER panel_open_ NOTIFY changed)
  Q_PROPERTY(bool loupe MEMBER loupe_ NOTIFY changed)
  Q_PROPERTY(bool overview MEMBER overview_ NOTIFY changed)
  Q_PROPERTY(QStringList history READ history NOTIFY history_changed)
  Q_PROPERTY(int history_index READ history_index NOTIFY history_changed)
  Q_PROPERTY(QVariantList histogram READ histogram NOTIFY histogram_changed)

 public:
  static constexpr double kHistogramEnd = 10;  ///< Attenuation at the histogram's right end.

  ImageTools(const core::Clock& clock, ImageStore& store, QObject* parent = nullptr);

  /// Also of other parts that change the image's marks.
  [[nodiscard]] QUndoStack& changes() { return changes_; }

  /// By the id of an Action; false where it is not one of the image's tools.
  bool act(const QString& id);
  /// Another case: the standard image, and nothing to undo.
  void begin_case();

  /// "both", "standard", "material", "metal", "organic".
  [[nodiscard]] QString view_mode() const { return view_mode_; }
  [[nodiscard]] QString view_text() const;
  [[nodiscard]] const ViewChain& chain() const { return chain_; }
  [[nodiscard]] ViewChain shown_chain() const { return standard_held_ ? ViewChain{} : chain_; }
  /// Nothing is done to the picture but drawing it.
  [[nodiscard]] bool standard() const { return shown_chain() == ViewChain{}; }
  /// The active chain in words, for the screen and the report: "window 0.00 to 1.00, edges".
  /// Empty where it is the standard image.
  [[nodiscard]] QString chain_text() const;
  [[nodiscard]] bool sweeping() const { return sweep_timer_.isActive(); }
  [[nodiscard]] QStringList history() const;
  [[nodiscard]] int history_index() const { return changes_.index(); }
  /// 128 bins of attenuation 0 to kHistogramEnd, roots of counts, the highest 1. Air is left out.
  [[nodiscard]] QVariantList histogram() const { return histogram_; }

  Q_INVOKABLE void set_view(const QString& mode);
  /// The contrast: pixels across move the level, down the width.
  Q_INVOKABLE void drag_window(double dx, double dy);
  /// One of the histogram's handles; a drag's moves are one change until settle().
  Q_INVOKABLE void set_window(double lo, double hi);
  Q_INVOKABLE void settle() { ++drag_; }
  Q_INVOKABLE void toggle(const QString& step);
  /// "whole", "high", "low", "log".
  Q_INVOKABLE void preset(const QString& name);
  Q_INVOKABLE void step_power(int by);
  Q_INVOKABLE void set_palette(int palette);
  Q_INVOKABLE void go_to(int index) { changes_.setIndex(index); }
  /// While the key is held.
  void hold_standard(bool held);

 Q_SIGNALS:
  void changed();
  void history_changed();
  void histogram_changed();

 private:
  struct State {
    QString view_mode;
    ViewChain chain;
  };
  void change(const QString& words, const std::function<void(State&)>& edit, int merge = -1);
  void apply(const State& state);
  void start_sweep();
  void stop_sweep(bool back);
  void sweep_step();
  void count_histogram();

  const core::Clock& clock_;
  ImageStore& store_;
  QString view_mode_ = QStringLiteral("both");
  ViewChain chain_;
  bool standard_held_ = false;
  bool panel_open_ = false, loupe_ = false, overview_ = false;
  QUndoStack changes_;
  int drag_ = 0;
  QTimer sweep_timer_;
  core::TimePoint sweep_since_{};
  ViewChain before_sweep_;
  QVariantList histogram_;
  const void* histogram_of_ = nullptr;
};

}  // namespace portcullis::hmi
