#pragma once

#include <QMetaType>
#include <QObject>

namespace portcullis::hmi {

/// What is done to the picture between the 16-bit planes and the screen, besides which view of them
/// it is (ViewMode). The default is the standard image.
///
/// A plain value that QML can read; attenuations are -ln T.
struct ViewChain {
  Q_GADGET
  Q_PROPERTY(double window_lo MEMBER window_lo)
  Q_PROPERTY(double window_hi MEMBER window_hi)
  Q_PROPERTY(double power MEMBER power)
  Q_PROPERTY(bool low_energy MEMBER low_energy)
  Q_PROPERTY(bool edges MEMBER edges)
  Q_PROPERTY(bool local MEMBER local)
  Q_PROPERTY(bool denoise MEMBER denoise)
  Q_PROPERTY(bool inverse MEMBER inverse)
  Q_PROPERTY(bool heavy_mark MEMBER heavy_mark)
  Q_PROPERTY(int palette MEMBER palette)

 public:
  static constexpr double kWindowHiDefault = 6.2;
  static constexpr double kPowerDefault = 0.72;

  double window_lo = 0;
  double window_hi = kWindowHiDefault;
  double power = kPowerDefault;  ///< As imaging::Window: 1 is the plain logarithm.
  bool low_energy = false;       ///< The low energy's plane alone.
  bool edges = false;
  bool local = false;
  bool denoise = false;
  bool inverse = false;
  bool heavy_mark = false;  ///< Heavy metal hatched, whatever the view.
  int palette = -1;         ///< -1: grey; else imaging::Palette.

  bool operator==(const ViewChain&) const = default;

  /// Needs a pixel's neighbours, so it is worked out beside the frame and not in it.
  [[nodiscard]] bool slow() const { return edges || local || denoise; }
};

}  // namespace portcullis::hmi

Q_DECLARE_METATYPE(portcullis::hmi::ViewChain)
