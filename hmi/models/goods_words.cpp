#include "hmi/models/goods_words.h"

#include <QCoreApplication>
#include <array>

namespace portcullis::hmi::words {

namespace {

/// Longer ones first: what they hold is said by those behind them.
constexpr auto kGoodsSentences = std::to_array<const char*>({
    QT_TRANSLATE_NOOP("lane",
                      "the load looks as goods of %1 did in %2; other goods may look the "
                      "same."),
    QT_TRANSLATE_NOOP("lane", "the load does not look like goods of %1: %2 in %3."),
    QT_TRANSLATE_NOOP("lane", "whether the load looks like the goods declared is not known: %1."),
    QT_TRANSLATE_NOOP("lane", "%1 of its mass is organic matter, and of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "%1 of its mass is light inorganic matter, and of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "%1 of its mass is metal, and of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "%1 of its mass is heavy metal, and of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "%1 of it cannot be seen through, and of such goods at most %2"),
    QT_TRANSLATE_NOOP("lane", "its areal density is %1, and that of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "its mass per volume is %1, and that of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "its unevenness is %1, and that of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "its texture is %1, and that of such goods %2"),
    QT_TRANSLATE_NOOP("lane", "which of its declarations holds is not known"),
    QT_TRANSLATE_NOOP("lane", "it is empty"),
    QT_TRANSLATE_NOOP("lane", "too little of the load was measured"),
    QT_TRANSLATE_NOOP("lane", "item %1 of %2 has no HS code"),
    QT_TRANSLATE_NOOP("lane", "no goods are declared for it"),
    QT_TRANSLATE_NOOP("lane", "what goods look like was learnt from simulated scans only"),
    QT_TRANSLATE_NOOP("lane", "no scan of HS chapter %1 has taught what it looks like"),
    QT_TRANSLATE_NOOP("lane", "of HS chapter %1 only %2 scans are known, and %3 are needed"),
    QT_TRANSLATE_NOOP("lane", "No container was found, so its goods cannot be compared."),
    QT_TRANSLATE_NOOP("lane", "HS chapters %1 and %2"),
    QT_TRANSLATE_NOOP("lane", "HS chapter %1"),
    QT_TRANSLATE_NOOP("lane", "between %1 and %2"),
    QT_TRANSLATE_NOOP("lane", "%1 simulated scans"),
    QT_TRANSLATE_NOOP("lane", "%1 scans"),
});

}  // namespace

std::span<const char* const> goods_sentences() {
  return kGoodsSentences;
}

}  // namespace portcullis::hmi::words
