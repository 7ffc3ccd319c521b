#include "hmi/models/office_words.h"

#include <QCoreApplication>
#include <array>

namespace portcullis::hmi::words {
namespace {

constexpr auto kOfficeSentences = std::to_array<const char*>({
    QT_TRANSLATE_NOOP("lane", "the file is no photo: JPEG and PNG are taken"),
    QT_TRANSLATE_NOOP("lane", "the photo is larger than 8 MiB; take it smaller"),
    QT_TRANSLATE_NOOP("lane", "the case has %1 photos already"),
    QT_TRANSLATE_NOOP("lane", "the case was not referred to a physical inspection"),
    QT_TRANSLATE_NOOP("lane", "you referred this case yourself; another records what was found"),
    QT_TRANSLATE_NOOP("lane", "finding %1"),
    QT_TRANSLATE_NOOP("lane", "the rest"),
    QT_TRANSLATE_NOOP("lane", "say what was found, where and how much"),
    QT_TRANSLATE_NOOP("lane", "another cause needs words that say which"),
    QT_TRANSLATE_NOOP("lane", "say in words what was done"),
    QT_TRANSLATE_NOOP("lane", "the ticket is closed already"),
    QT_TRANSLATE_NOOP("lane", "this lane has no accounts, so that nobody can sign"),
    QT_TRANSLATE_NOOP("lane", "two persons sign a handover; both names are the same"),
    QT_TRANSLATE_NOOP("lane", "the list is too old to be signed; look at the new one first"),
    QT_TRANSLATE_NOOP("lane", "the list has been signed meanwhile; look at the new one first"),
    QT_TRANSLATE_NOOP("lane", "who hands over"),
    QT_TRANSLATE_NOOP("lane", "who takes over"),
    QT_TRANSLATE_NOOP("lane", "%1 may not hand a shift over"),
    QT_TRANSLATE_NOOP("lane", "until %1, by %2: %3"),
    QT_TRANSLATE_NOOP("lane", "the case is not decided yet; its report can be printed after that"),
    QT_TRANSLATE_NOOP("lane", "this lane prints no reports"),
    QT_TRANSLATE_NOOP("lane", "the case is not decided yet; it can be a reference after that"),
    QT_TRANSLATE_NOOP("lane", "the case has no image to compare with"),
    QT_TRANSLATE_NOOP("lane", "no goods of chapter %1 are declared in it"),
    QT_TRANSLATE_NOOP("lane", "the report was not ready after %1 s"),
    QT_TRANSLATE_NOOP("lane", "the report was not made (%1): %2"),
    QT_TRANSLATE_NOOP("lane", "the camera's reference does not lie in the folder of its pictures"),
    QT_TRANSLATE_NOOP("lane", "the folder of the cameras' pictures cannot be read"),
    QT_TRANSLATE_NOOP("lane", "the picture is larger than 8 MiB"),
    QT_TRANSLATE_NOOP("lane", "the camera's picture did not come within a minute"),
    QT_TRANSLATE_NOOP("lane", "the camera's file is no picture: JPEG and PNG are taken"),
    QT_TRANSLATE_NOOP("lane", "the camera's picture ends before its end"),
});

}  // namespace

std::span<const char* const> office_sentences() {
  return kOfficeSentences;
}

}  // namespace portcullis::hmi::words
