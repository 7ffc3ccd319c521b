#include "hmi/models/image_words.h"

#include <QCoreApplication>
#include <array>

namespace portcullis::hmi::words {

namespace {

/// Longer ones first: what they hold is said by those behind them.
constexpr auto kImageSentences = std::to_array<const char*>({
    QT_TRANSLATE_NOOP("lane", "calibration no longer fits: %1; take dark and air anew"),
    QT_TRANSLATE_NOOP("lane", "calibration is %1 hours old, allowed are %2: calibrate"),
    QT_TRANSLATE_NOOP("lane", "calibration is %1 hours old, allowed are %2"),
    QT_TRANSLATE_NOOP(
        "lane", "commissioning data and wedges are %1 days old, allowed are %2; measure them anew"),
    QT_TRANSLATE_NOOP("lane", "detector is %1 degC from its dark frame, allowed are %2"),
    QT_TRANSLATE_NOOP("lane", "dose is %1 % from that of the air frames, allowed are %2"),
    QT_TRANSLATE_NOOP("lane", "air behind the load is %1 % from the air frames, allowed are %2"),
    QT_TRANSLATE_NOOP("lane", "air is %1 % from the air frames, allowed are %2"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels in air behind the load have changed by more than %2 %"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels in air have changed by more than %2 %"),
    QT_TRANSLATE_NOOP("lane", "%1 line lost"),
    QT_TRANSLATE_NOOP("lane", "%1 lines lost"),
    QT_TRANSLATE_NOOP("lane", "%1 pulse without dose"),
    QT_TRANSLATE_NOOP("lane", "%1 pulses without dose"),
    QT_TRANSLATE_NOOP("lane", "%1 arced pulse left out"),
    QT_TRANSLATE_NOOP("lane", "%1 arced pulses left out"),
    QT_TRANSLATE_NOOP("lane", "%1 line of test pattern left out"),
    QT_TRANSLATE_NOOP("lane", "%1 lines of test pattern left out"),
    QT_TRANSLATE_NOOP("lane", "module %1 missing on %2 line"),
    QT_TRANSLATE_NOOP("lane", "module %1 missing on %2 lines"),
    QT_TRANSLATE_NOOP("lane", "module %1 silent"),
    QT_TRANSLATE_NOOP("lane", "module %1 dead"),
    QT_TRANSLATE_NOOP("lane", "%1 line without a sound detector temperature"),
    QT_TRANSLATE_NOOP("lane", "%1 lines without a sound detector temperature"),
    QT_TRANSLATE_NOOP("lane", "%1 pixel went bad during the scan"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels went bad during the scan"),
    QT_TRANSLATE_NOOP("lane", "%1 line saturated: %2"),
    QT_TRANSLATE_NOOP("lane", "%1 lines saturated: %2"),
    QT_TRANSLATE_NOOP("lane", "%1 line saturated"),
    QT_TRANSLATE_NOOP("lane", "%1 lines saturated"),
    QT_TRANSLATE_NOOP("lane", "%1 pixel at full scale, in module %2"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels at full scale, in module %2"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels at full scale, in modules %2 and %3"),
    QT_TRANSLATE_NOOP("lane", "%1 pixels at full scale, in %2 modules"),
    QT_TRANSLATE_NOOP("lane", "%1 line repeated a pulse number"),
    QT_TRANSLATE_NOOP("lane", "%1 lines repeated a pulse number"),
    QT_TRANSLATE_NOOP("lane",
                      "no line of low energy measured anything: its image is estimated from the "
                      "high one as for aluminium, no material is told, mass is as of middle goods"),
    QT_TRANSLATE_NOOP("lane",
                      "no line of high energy measured anything: its image is estimated from the "
                      "low one as for aluminium, no material is told, mass is as of middle goods"),
    QT_TRANSLATE_NOOP("lane",
                      "all dark: no line saw the beam; check the source and what is before it"),
    QT_TRANSLATE_NOOP("lane", "%1 line left out: its encoder count is impossible"),
    QT_TRANSLATE_NOOP("lane", "%1 lines left out: their encoder counts are impossible"),
    QT_TRANSLATE_NOOP("lane", "%1 line left out: the scan had turned back by more than %2 mm"),
    QT_TRANSLATE_NOOP("lane", "%1 lines left out: the scan had turned back by more than %2 mm"),
});

}  // namespace

std::span<const char* const> image_sentences() {
  return kImageSentences;
}

}  // namespace portcullis::hmi::words
