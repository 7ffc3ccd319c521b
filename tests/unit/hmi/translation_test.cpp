// The catalogues are whole, the lane's words are in them, and the screen changes its language while
// it runs.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <map>
#include <set>

#include "hmi/models/lane_words.h"
#include "hmi/models/words.h"
#include "lane/alarms/alarm_table.h"
#include "lane/cycle.h"
#include "lane/panel.h"
#include "lane/status.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

struct Entry {
  QStringList forms;  // one, or each plural form
  bool plural = false;
  bool finished = true;
};
using Catalogue = std::map<QString, Entry>;  // by context and source

Catalogue read_catalogue(const QString& path) {
  Catalogue entries;
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  QXmlStreamReader xml(&file);
  QString context, source;
  Entry entry;
  while (!xml.atEnd()) {
    xml.readNext();
    if (xml.isEndElement() && xml.name() == QLatin1String("message"))
      entries[context + QLatin1Char('|') + source] = entry;
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("name")) context = xml.readElementText();
    if (xml.name() == QLatin1String("message")) {
      entry = {};
      entry.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    }
    if (xml.name() == QLatin1String("source")) source = xml.readElementText();
    if (xml.name() == QLatin1String("numerusform")) entry.forms << xml.readElementText();
    if (xml.name() == QLatin1String("translation")) {
      entry.finished = !xml.attributes().hasAttribute(QLatin1String("type"));
      if (!entry.plural) entry.forms << xml.readElementText();
    }
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  return entries;
}

/// "%1", "%2", "%n"; "% of" is none.
std::multiset<QString> places_in(const QString& words) {
  static const QRegularExpression kPlace(QStringLiteral("%(?:[1-9]|n)"));
  std::multiset<QString> places;
  for (auto at = kPlace.globalMatch(words); at.hasNext();) places.insert(at.next().captured());
  return places;
}

class CatalogueTest : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static QString path_of(const QString& code) {
    return QStringLiteral("hmi/translations/portcullis_%1.ts").arg(code);
  }
};

TEST_P(CatalogueTest, EveryTextOfTheScreenIsTranslatedAndNoneIsLeftOver) {
  const QString code = QLatin1String(GetParam());
  const Catalogue kept = read_catalogue(path_of(code));
  // What the sources say now.
  const QTemporaryDir folder;
  const QString fresh = folder.filePath(QStringLiteral("portcullis_%1.ts").arg(code));
  QStringList arguments{QStringLiteral("hmi"),
                        QStringLiteral("-silent"),
                        QStringLiteral("-extensions"),
                        QStringLiteral("cpp,h,qml"),
                        QStringLiteral("-I"),
                        QStringLiteral("."),
                        QStringLiteral("-target-language"),
                        code,
                        QStringLiteral("-ts"),
                        fresh};
  if (code == QLatin1String("en")) arguments.prepend(QStringLiteral("-pluralonly"));
  QProcess lupdate;
  lupdate.start(QStringLiteral(PORTCULLIS_LUPDATE), arguments);
  ASSERT_TRUE(lupdate.waitForFinished(60000)) << "lupdate; packages.txt has it";
  ASSERT_EQ(lupdate.exitCode(), 0) << lupdate.readAllStandardError().toStdString();
  const Catalogue wanted = read_catalogue(fresh);
  ASSERT_GT(wanted.size(), code == QLatin1String("en") ? 10U : 500U);
  for (const auto& [key, entry] : wanted) {
    const auto found = kept.find(key);
    if (found == kept.end()) {
      ADD_FAILURE() << path_of(code).toStdString() << ": not in it: " << key.toStdString()
                    << "; run tools/translate, then translate it";
      continue;
    }
    EXPECT_EQ(found->second.forms.size(), entry.forms.size())
        << key.toStdString() << ": plural forms";
  }
  for (const auto& [key, entry] : kept) {
    EXPECT_TRUE(wanted.count(key) == 1) << "no longer said: " << key.toStdString();
    EXPECT_TRUE(entry.finished) << "unfinished: " << key.toStdString();
    const QString source = key.section(QLatin1Char('|'), 1);
    const auto places = places_in(source);
    for (const QString& form : entry.forms) {
      EXPECT_FALSE(form.trimmed().isEmpty()) << "empty: " << key.toStdString();
      auto said = places_in(form);
      // A plural form may say its number in a word: "one line".
      if (entry.plural && said.empty() && places.count(QStringLiteral("%n")) == 1)
        said.insert(QStringLiteral("%n"));
      EXPECT_EQ(said, places) << key.toStdString() << ": " << form.toStdString();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, CatalogueTest, ::testing::Values("en", "fr", "es", "ar"));

TEST(LaneWords, WhatIsSaidOfGoodsIsKnown) {
  for (const char* said :
       {"Container CSQU3054383: the load looks as goods of HS chapters 61 and 73 did in 20 "
        "simulated scans; other goods may look the same.",
        "Container CSQU3054383: the load does not look like goods of HS chapter 61: 90 % of its "
        "mass is metal, and of such goods between 0 and 2 % in 20 scans.",
        "The load does not look like goods of HS chapter 61: its areal density is 60 g/cm2, and "
        "that of such goods between 30 and 49 g/cm2 in 20 scans.",
        "Container CSQU3054383: whether the load looks like the goods declared is not known: of HS "
        "chapter 69 only 5 scans are known, and 12 are needed.",
        "No container was found, so its goods cannot be compared."})
    EXPECT_TRUE(words::lane_knows(QString::fromUtf8(said))) << said;
}

TEST(LaneWords, WhatTheLanesTablesSayIsKnown) {
  const auto known = [](std::string_view said) {
    EXPECT_TRUE(words::lane_knows(QString::fromUtf8(said.data(), qsizetype(said.size()))))
        << "hmi/models/lane_words.cpp lacks: " << said;
  };
  for (std::size_t i = 0; i < lane::kConditionCount; ++i)
    known(lane::condition_text(static_cast<lane::Condition>(i)));
  for (std::size_t i = 0; i < lane::kFaultCount; ++i)
    known(lane::fault_text(static_cast<lane::Fault>(i)));
  for (const lane::AlarmRow& row : lane::alarm_table())
    for (const std::string_view said : {row.title, row.cause, row.consequence, row.action})
      known(said);
  for (const std::uint16_t message : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    known(lane::panel_text(message, "en"));
  for (int cycle = 0; cycle <= static_cast<int>(lane::CycleState::kMaintenance); ++cycle) {
    for (const lane::Phase phase :
         {lane::Phase::kWaitArea, lane::Phase::kDarkRunning, lane::Phase::kWarn,
          lane::Phase::kHoming, lane::Phase::kIsolated}) {
      for (const bool drive_through : {false, true}) {
        lane::State state;
        state.cycle = static_cast<lane::CycleState>(cycle);
        state.phase = phase;
        lane::CycleConfig config;
        config.drive_through = drive_through;
        known(lane::state_text(state, config));
        state.bay = 3;
        state.motion_requested = true;
        known(lane::state_text(state, config));
      }
    }
  }
}

TEST(LaneWords, WhatCustomsOrderedIsSaidSentenceBySentence) {
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("fr")));
  EXPECT_EQ(
      words::lane(
          std::string(
              "Container CSQU3054383: customs holds it [x12 1H, CBP hold (port)]. Declaration "
              "20GB1: customs asks for a control of it [wco 05, DMSCTL]. Declaration 20GB2, "
              "CSQU3054383: customs has lifted what it ordered [a 1], by [a 2]."))
          .toStdString(),
      QStringLiteral("Conteneur CSQU3054383 : la douane le retient [x12 1H, CBP hold "
                     "(port)]. Déclaration 20GB1 : la douane demande son contrôle [wco 05, "
                     "DMSCTL]. Déclaration 20GB2, CSQU3054383 : la douane a levé ce "
                     "qu'elle avait ordonné [a 1], par [a 2].")
          .toStdString());
  EXPECT_EQ(words::lane(std::string("Declaration 20GB1: customs has amended it since it was lodged "
                                    "[wco 07, DMSRES, items(1).packages 4]."))
                .toStdString(),
            QStringLiteral("Déclaration 20GB1 : la douane l'a modifiée depuis son dépôt [wco 07, "
                           "DMSRES, items(1).packages 4].")
                .toStdString());
  EXPECT_TRUE(words::lane_knows(QStringLiteral(
      "customs keeps the goods; decide otherwise, and a supervisor may override it")));
  language.set(QStringLiteral("en"));
}

TEST(LaneWords, WhatIsSaidOfAnImageAndItsCalibrationIsKnown) {
  constexpr const char* kRefused =
      "There is no image: calibration no longer fits: dose is +30.0 % from that of the air "
      "frames, allowed are 15.0; air is +2.00 % from the air frames, allowed are 1.00; take "
      "dark and air anew.";
  for (const char* said :
       {"calibration is 30.0 hours old, allowed are 24.0",
        "commissioning data and wedges are 500 days old, allowed are 400; measure them anew",
        "detector is +6.0 degC from its dark frame, allowed are 3.0",
        "air behind the load is -2.10 % from the air frames, allowed are 1.00",
        "40 pixels in air behind the load have changed by more than 1.00 %",
        "5 lines saturated: 12 pixels at full scale, in modules 1, 2 and 5", "module 7 silent",
        "3 lines left out: the scan had turned back by more than 50 mm", kRefused})
    EXPECT_TRUE(words::lane_knows(QString::fromUtf8(said))) << said;
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("fr")));
  EXPECT_EQ(words::lane(std::string("module 3 dead")), QStringLiteral("module 3 mort"));
  language.set(QStringLiteral("en"));
}

TEST(LaneWords, PlacesAreFilledAndWhatIsNotKnownStaysAsItCame) {
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("fr")));
  EXPECT_EQ(words::lane(std::string("Idle, lane empty")), QStringLiteral("Au repos, voie vide"));
  EXPECT_EQ(words::lane(std::string("the exit opens")), QStringLiteral("la sortie s'ouvre"));
  EXPECT_EQ(words::lane(std::string("The exit opens")), QStringLiteral("La sortie s'ouvre"));
  EXPECT_EQ(words::lane(std::string("the vehicle drives to bay 3")),
            QStringLiteral("le véhicule va à la place 3"));
  // A reason within a reason, and a device's own words, which nobody has translated.
  EXPECT_EQ(
      words::lane(std::string("latched: the safety PLC reported a fault: Door 2, channel A")),
      QStringLiteral("mémorisé : l'automate de sécurité a signalé un défaut: Door 2, channel A"));
  EXPECT_EQ(words::lane(std::string("ready: Start begins the scan (the scan before ended: stopped "
                                    "by the operator)")),
            QStringLiteral("prêt : Démarrer lance le scan (fin du scan précédent : arrêté par "
                           "l'opérateur)"));
  EXPECT_EQ(words::lane(std::string("Metal, about 16 x 14 cm, standing free. About 2.5 m from the "
                                    "rear.")),
            QStringLiteral("Métal, environ 16 x 14 cm, isolé. À environ 2.5 m de l'arrière."));
  // The log of alarms, with a device's own words and a name.
  EXPECT_EQ(words::lane(std::string("Detector does not answer: no answer for 4 s (by anna)")),
            QStringLiteral("Le détecteur ne répond pas: pas de réponse depuis 4 s (par anna)"));
  for (const char* other : {"", " ", "%1", "100 % wool", "Blah: %2 (", "nothing that is known"})
    EXPECT_EQ(words::lane(std::string(other)), QString::fromUtf8(other));
  const QString endless(20000, QLatin1Char('.'));
  EXPECT_EQ(words::lane(endless), endless);
}

TEST(LaneWords, EnglishStaysWordForWord) {
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("en")));
  for (const char* said :
       {"Container CSQU3054383: the load weighs about 410 kg in the image, 13.1 t less than the "
        "13.5 t declared.",
        "Metal, about 16 x 14 x 4 cm, in paper cartons; the neighbours hold none.",
        "a fault is latched: remove its cause, then reset", "latched: beam is still sensed (a: b)"})
    EXPECT_EQ(words::lane(std::string(said)), QString::fromUtf8(said));
}

TEST(LaneWords, ForeignWordsKeepTheirDirectionWithinASentence) {
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("en")));
  const QString plain = QStringLiteral("CSQU 305438 3");
  const QString arabic = QStringLiteral("ورق");
  EXPECT_EQ(words::code(plain), plain);
  EXPECT_EQ(words::isolated(arabic), QChar(0x2068) + arabic + QChar(0x2069));
  ASSERT_TRUE(language.set(QStringLiteral("ar")));
  EXPECT_EQ(words::code(plain), QChar(0x2066) + plain + QChar(0x2069));
  EXPECT_EQ(words::code(words::code(plain)), words::code(plain)) << "once is enough";
  EXPECT_EQ(words::code(QString()), QString());
}

TEST(LanguageChoice, AnUnknownLanguageChangesNothing) {
  Language language;
  ASSERT_TRUE(language.set(QStringLiteral("es")));
  EXPECT_FALSE(language.set(QStringLiteral("xx")));
  EXPECT_FALSE(language.set(QStringLiteral("../../en")));
  EXPECT_EQ(language.code(), QStringLiteral("es"));
  language.choose(99);
  EXPECT_EQ(language.code(), QStringLiteral("es"));
  EXPECT_TRUE(language.set(QStringLiteral("system")));
  EXPECT_EQ(language.code(), QStringLiteral("en")) << "tests run in the C locale";
}

class LanguageScreenTest : public ScreenTest {};

TEST_F(LanguageScreenTest, TheLanguageIsChosenOnTheScreenAndMirrorsAllButTheImage) {
  lane_.set_image_size(300, 100);
  open();
  review();
  const auto left = [&](const char* name) { return item(name)->mapToScene(QPointF(0, 0)).x(); };
  const double release = left("release");
  const double pane = left("upper_pane");
  EXPECT_GT(release, pane);
  key(Qt::Key_F11);
  ASSERT_NE(item("language_menu"), nullptr);
  EXPECT_EQ(item("language_4")->property("label").toString(), QStringLiteral("4   العربية"));
  key(Qt::Key_4);
  EXPECT_EQ(item("language_menu"), nullptr);
  EXPECT_EQ(app_->language().code(), QStringLiteral("ar"));
  EXPECT_EQ(item("release")->property("label").toString(), QStringLiteral("إفراج"));
  EXPECT_EQ(text("findings_title"), QStringLiteral("الملاحظات، اثنتان للإجابة"));
  ASSERT_TRUE(wait_for([&] { return left("release") < left("upper_pane"); }));
  // Release stays farthest from the image, and the image is not mirrored.
  EXPECT_LT(left("release"), left("more"));
  EXPECT_LT(left("more"), left("hold"));
  // A number is left to right in it.
  EXPECT_TRUE(
      text("case_title")
          .contains(QChar(0x2066) + words::container_number("CSQU3054383") + QChar(0x2069)));
  key(Qt::Key_F11);
  key(Qt::Key_2);
  EXPECT_EQ(item("release")->property("label").toString(), QStringLiteral("Mainlevée"));
  ASSERT_TRUE(wait_for([&] { return left("release") == release; }));
  key(Qt::Key_F11);
  key(Qt::Key_1);
  EXPECT_EQ(text("findings_title"), QStringLiteral("Findings, 2 to answer"));
}

TEST_F(LanguageScreenTest, ArabicGoodsOnAnEnglishScreenStandWhereLinesBegin) {
  lane_.set_image_size(300, 100);
  open();
  services::CaseView view = test::truck_case("case-1", "scan-1", true);
  view.declarations[0].declaration.items[0].description = "ورق في كراتين 12 x 40";
  view.vehicle_plate = "أ ب ج 4417";
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  EXPECT_TRUE(app_->inspection_case().subtitle().contains(
      QStringLiteral("plate ") + QChar(0x2066) + QStringLiteral("أ ب ج 4417") + QChar(0x2069)));
  ASSERT_TRUE(wait_for([&] { return item("goods_1") != nullptr; }));
  for (QQuickItem* child : item("goods_1")->childItems()) {
    if (!child->isVisible() || !child->property("text").toString().contains(QStringLiteral("ورق")))
      continue;
    EXPECT_EQ(child->property("effectiveHorizontalAlignment").toInt(), int(Qt::AlignLeft));
  }
  EXPECT_FALSE(app_->window().grabWindow().isNull());
}

}  // namespace
}  // namespace portcullis::hmi
