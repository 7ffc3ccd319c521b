#include "hmi/models/customs_words.h"

#include <QCoreApplication>
#include <array>

namespace portcullis::hmi::words {
namespace {

constexpr auto kCustomsSentences = std::to_array<const char*>({
    QT_TRANSLATE_NOOP("lane",
                      "An officer says that none of the %1 declarations that name this "
                      "vehicle belongs to it."),
    QT_TRANSLATE_NOOP("lane", "the case is decided; its declarations stand"),
    QT_TRANSLATE_NOOP("lane", "the declarations of this case are not in doubt"),
    QT_TRANSLATE_NOOP("lane",
                      "the declarations of this case are others now than were shown; look "
                      "at them first"),
    QT_TRANSLATE_NOOP("lane", "the case has no declaration %1"),
    QT_TRANSLATE_NOOP("lane",
                      "the checks are being made again with the declaration that was chosen"),
    QT_TRANSLATE_NOOP("lane", "a decision is being taken"),
    QT_TRANSLATE_NOOP("lane", "Declaration %1: %2"),
    QT_TRANSLATE_NOOP("lane", "this vehicle"),
    QT_TRANSLATE_NOOP("lane", "customs holds it [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs says that it must not be loaded [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs asks for a control of it [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs asks for high-risk screening of it [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs asks for its documents [%1]."),
    QT_TRANSLATE_NOOP("lane",
                      "customs told of it in a code that no list holds, which is no release "
                      "[%1]."),
    QT_TRANSLATE_NOOP("lane",
                      "customs has invalidated it, so that it declares nothing any more [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs has amended it since it was lodged [%1]."),
    QT_TRANSLATE_NOOP("lane",
                      "customs has amended it, and not all of that can be compared here [%1]."),
    QT_TRANSLATE_NOOP("lane",
                      "its declarant has asked customs to amend it and has no answer yet [%1]."),
    QT_TRANSLATE_NOOP("lane",
                      "its declarant has asked customs to cancel it and has no answer yet [%1]."),
    QT_TRANSLATE_NOOP("lane", "customs has dealt with what its declarant asked for [%1], by [%2]."),
    QT_TRANSLATE_NOOP("lane", "customs has lifted what it ordered [%1], by [%2]."),
    QT_TRANSLATE_NOOP("lane",
                      "customs keeps the goods; decide otherwise, and a supervisor may "
                      "override it"),
    QT_TRANSLATE_NOOP("lane", "say in the remark how what customs asks for was dealt with"),
    QT_TRANSLATE_NOOP("lane", "after the release"),
    QT_TRANSLATE_NOOP("lane",
                      "its verified gross mass of %1 leaves %2 without the container, as "
                      "the image shows."),
    QT_TRANSLATE_NOOP("lane",
                      "its verified gross mass of %1 leaves %2 without the container, as "
                      "the image shows; the declaration does not agree with what was "
                      "weighed."),
    QT_TRANSLATE_NOOP("lane",
                      "its verified gross mass of %1 leaves %2 without the container, and "
                      "the image shows about %3, %4 more."),
    QT_TRANSLATE_NOOP("lane",
                      "its verified gross mass of %1 leaves %2 without the container, and "
                      "the image shows about %3, %4 less."),
    QT_TRANSLATE_NOOP("lane", "about %1 are not declared."),
    QT_TRANSLATE_NOOP("lane",
                      "If they are more of the declared goods, goods of %1 are not "
                      "declared and %2 of duties and taxes are at stake."),
    QT_TRANSLATE_NOOP("lane", "By the image's 90 % interval it is %1."),
    QT_TRANSLATE_NOOP("lane",
                      "By the image's 90 % interval, and by which of the %1 items they "
                      "belong to, it is %2."),
    QT_TRANSLATE_NOOP("lane", "Items without mass, value or rate, left out: %1."),
    QT_TRANSLATE_NOOP("lane", "Other goods may owe more or less."),
    QT_TRANSLATE_NOOP("lane", "the revenue at stake cannot be said: %1."),
    QT_TRANSLATE_NOOP("lane", "it is declared empty, so what it holds has no declared value"),
    QT_TRANSLATE_NOOP("lane",
                      "none of its goods has a mass, a value in one currency and a rate in "
                      "the tariff"),
    QT_TRANSLATE_NOOP("lane",
                      "%1 less than declared is in the image; less goods owe no more, but "
                      "a refund or export aid claimed on them would be at stake."),
});

}  // namespace

std::span<const char* const> customs_sentences() {
  return kCustomsSentences;
}

}  // namespace portcullis::hmi::words
