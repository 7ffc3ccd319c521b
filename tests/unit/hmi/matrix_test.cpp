// Every state of the screen in every size, language and theme: nothing is cut short that need not
// be, nothing lies on anything else, nothing leaves its frame, and hands and eyes find the sizes
// they need. PORTCULLIS_SCREENS=all (tools/campaign screens) takes all combinations with the real
// picture and keeps the screenshots; without it a few combinations are measured.
// PORTCULLIS_GUIDE=FOLDER (tools/style_guide) keeps the few pictures of docs/style_guide.md.
#include <QBuffer>
#include <QImage>
#include <QQmlContext>
#include <QQmlEngine>
#include <QTranslator>
#include <algorithm>
#include <cmath>
#include <set>

#include "lane/alarms/alarm_table.h"
#include "tests/unit/hmi/page_cases.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

/// English made 40 % longer, as another language may be; that all texts are longer also shows that
/// they can be translated.
class LongWords final : public QTranslator {
 public:
  [[nodiscard]] bool isEmpty() const override { return false; }
  [[nodiscard]] QString translate(const char* context, const char* source, const char*,
                                  int) const override {
    // Units and readings are the same in every language.
    QString words = QString::fromUtf8(source);
    const auto letters =
        std::count_if(words.begin(), words.end(), [](QChar c) { return c.isLetter(); });
    if (letters < 3 || words == QLatin1String("%1 UTC") || words == QStringLiteral("%1 µSv/h"))
      return words;
    static const QString kMore =
        QStringLiteral(" lorem ipsum dolor sit amet consetetur sadipscing");
    // A name is a word longer; a sentence of the lane is shown by a rule of its own.
    Q_UNUSED(context)
    const auto more = static_cast<qsizetype>(std::ceil(0.4 * double(words.size())));
    QString longer = words;
    for (qsizetype left = more; left > 0; left -= kMore.size())
      longer += kMore.left(std::min(left, kMore.size()));
    while (longer.endsWith(QLatin1Char(' '))) longer.chop(1);
    return longer;
  }
};

struct Look {
  int width = 1920, height = 1080;
  bool dark = true;
  const char* language = "en";
  bool longer = false;
};

/// One thing that is wrong with what is seen.
struct Geometry {
  QQuickWindow& window;
  double unit = 1;
  std::vector<std::string> faults;

  struct Text {
    QQuickItem* item;
    QRectF seen;        // painted, cut by what clips it; in the window
    int layer;          // child of the window's content
    QQuickItem* cover;  // what covers a part of its page and holds this text; or null
    bool on_image;
    std::string words;
  };
  std::vector<Text> texts;

  void look() {
    const auto layers = window.contentItem()->childItems();
    for (int i = 0; i < layers.size(); ++i) visit(layers[i], i, false);
    for (std::size_t a = 0; a < texts.size(); ++a)
      for (std::size_t b = a + 1; b < texts.size(); ++b) pair(texts[a], texts[b], layers);
  }

  static QString name_of(QQuickItem* item) {
    for (QQuickItem* at = item; at != nullptr; at = at->parentItem())
      if (!at->objectName().isEmpty()) return at->objectName();
    return QStringLiteral("?");
  }
  void fault(const Text& text, const std::string& what) {
    faults.push_back(what + ": '" + text.words.substr(0, 60) + "' in " +
                     name_of(text.item).toStdString());
  }

  void visit(QQuickItem* item, int layer, bool on_image) {
    if (!item->isVisible() || item->opacity() == 0) return;
    on_image = on_image || item->objectName().endsWith(QLatin1String("_pane"));
    if (item->inherits("QQuickText")) see(item, layer, on_image);
    if (item->property("key_label").isValid() && item->property("chosen_fill").isValid())
      button(item);
    for (QQuickItem* child : item->childItems()) visit(child, layer, on_image);
  }

  static QQuickItem* cover_of(QQuickItem* item) {
    for (; item != nullptr; item = item->parentItem())
      if (item->property("covers").toBool()) return item;
    return nullptr;
  }
  static bool covered(const Text& text, QQuickItem* cover) {
    return cover != nullptr && cover->mapRectToScene(QRectF(0, 0, cover->width(), cover->height()))
                                   .intersects(text.seen);
  }

  void see(QQuickItem* item, int layer, bool on_image) {
    const QString words = item->property("text").toString();
    if (words.trimmed().isEmpty() || item->width() <= 0) return;
    const double w = item->property("contentWidth").toDouble();
    const double h = item->property("contentHeight").toDouble();
    const int across = item->property("effectiveHorizontalAlignment").toInt();
    const int down = item->property("verticalAlignment").toInt();
    const double x = across == Qt::AlignRight     ? item->width() - w
                     : across == Qt::AlignHCenter ? (item->width() - w) / 2
                                                  : 0;
    const double y = down == Qt::AlignBottom    ? item->height() - h
                     : down == Qt::AlignVCenter ? (item->height() - h) / 2
                                                : 0;
    const QRectF painted = item->mapRectToScene(QRectF(x, y, w, h));
    Text text{item, painted, layer, cover_of(item), on_image, words.toStdString()};
    if (item->property("truncated").toBool() && !item->property("may_shorten").toBool())
      fault(text, "cut short");
    const int size = item->property("font").value<QFont>().pixelSize();
    if (size < static_cast<int>(std::floor(16 * unit))) fault(text, "small");
    bool scrolled = false;
    for (QQuickItem* at = item->parentItem(); at != nullptr; at = at->parentItem()) {
      const QRectF frame = at->mapRectToScene(QRectF(0, 0, at->width(), at->height()));
      scrolled = scrolled || at->inherits("QQuickFlickable");
      const bool rectangle = at->inherits("QQuickRectangle");
      if (!scrolled && !on_image && (rectangle || at->clip()) && at->width() > 0 &&
          !frame.adjusted(-1.5, -1.5, 1.5, 1.5).contains(text.seen)) {
        fault(text, "leaves its frame");
        break;
      }
      if (at->clip()) text.seen = text.seen.intersected(frame);
    }
    const QRectF whole(0, 0, window.width(), window.height());
    if (!scrolled && !on_image && !whole.adjusted(-1, -1, 1, 1).contains(text.seen))
      fault(text, "off screen");
    if (!text.seen.isEmpty()) texts.push_back(text);
  }

  void pair(const Text& a, const Text& b, const QList<QQuickItem*>& layers) {
    if (a.on_image || b.on_image) return;  // findings lie where the goods lie
    if (a.layer != b.layer) {
      // An overlay covers what is behind it; what stands side by side must not reach over.
      const auto area = [&](int layer) {
        return layers[layer]->mapRectToScene(
            QRectF(0, 0, layers[layer]->width(), layers[layer]->height()));
      };
      if (area(a.layer).adjusted(1, 1, -1, -1).intersects(area(b.layer))) return;
    }
    if (a.cover != b.cover && (covered(a, b.cover) || covered(b, a.cover))) return;
    const QRectF both = a.seen.intersected(b.seen);
    // Line boxes have air above and below their letters.
    if (both.width() > 2 && both.height() > 0.3 * std::min(a.seen.height(), b.seen.height()))
      fault(a, "lies on '" + b.words.substr(0, 40) + "'");
  }

  void button(QQuickItem* item) {
    const QString name = item->objectName();
    const auto least = [&](double width, double height) {
      if (item->width() < std::floor(width * unit) || item->height() < std::floor(height * unit))
        faults.push_back("too small for a hand: " + name.toStdString());
    };
    static const QStringList kDecisions = {QStringLiteral("inspect"), QStringLiteral("documents"),
                                           QStringLiteral("hold"),    QStringLiteral("more"),
                                           QStringLiteral("release"), QStringLiteral("confirm")};
    if (kDecisions.contains(name)) least(88, 56);
    if (name.startsWith(QLatin1String("agree_")) || name.startsWith(QLatin1String("reject_")) ||
        name.startsWith(QLatin1String("unsure_")))
      least(88, 44);
    least(36, 34);
  }
};

class MatrixTest : public ScreenTest {
 protected:
  ~MatrixTest() override { QCoreApplication::removeTranslator(&long_words_); }

  static bool all() {
    const char* wanted = std::getenv("PORTCULLIS_SCREENS");
    return wanted != nullptr && std::string(wanted) == "all";
  }

  static bool real_pictures() { return all() || guide() != nullptr; }

  void use(const Look& look) {
    QCoreApplication::removeTranslator(&long_words_);
    app_->language().set(QString::fromLatin1(look.language));
    if (look.longer) QCoreApplication::installTranslator(&long_words_);
    Q_EMIT app_->language().changed();
    qmlEngine(&app_->window())
        ->rootContext()
        ->setContextProperty(QStringLiteral("start_dark"), look.dark);
    app_->window().resize(look.width, look.height);
    ASSERT_TRUE(wait_for([&] {
      return app_->window().width() == look.width && app_->window().height() == look.height;
    }));
  }

  static const char* guide() { return std::getenv("PORTCULLIS_GUIDE"); }
  /// A few of all, at half their size.
  static void keep_for_guide(const QImage& picture, const std::string& name) {
    static const std::set<std::string> kWanted = {"review-1080-dark-en", "review-1080-light-en",
                                                  "review-1080-dark-ar", "scanning-1080-light-en"};
    if (kWanted.count(name) == 0) return;
    const QString path = QString::fromLocal8Bit(guide()) + QLatin1Char('/') +
                         QString::fromStdString(name) + QStringLiteral(".png");
    EXPECT_TRUE(picture.scaledToWidth(960, Qt::SmoothTransformation)
                    .convertToFormat(QImage::Format_RGB888)
                    .save(path, "PNG", 0))
        << path.toStdString();
  }

  static std::vector<Look> looks() {
    if (guide() != nullptr)
      return {{1920, 1080, true, "en"}, {1920, 1080, false, "en"}, {1920, 1080, true, "ar"}};
    // The smallest window is the strictest: sizes are rounded to whole pixels there.
    if (!all()) return {{1280, 720, true, "en", true}, {1280, 720, false, "ar", false}};
    std::vector<Look> looks;
    for (const auto& [width, height] : {std::pair{1920, 1080}, {1280, 720}, {3840, 2160}})
      for (const bool dark : {true, false})
        for (const char* language : {"en", "ar"}) looks.push_back({width, height, dark, language});
    for (const char* language : {"fr", "es"}) looks.push_back({1920, 1080, true, language});
    looks.push_back({1920, 1080, true, "en", true});
    return looks;
  }

  /// The state on the screen, in every look.
  void check(const std::string& state) {
    for (const Look& look : looks()) {
      use(look);
      if (real_pictures())
        wait_for([&] { return !app_->images().ready() || app_->image_drawn(); }, 5000);
      // Rows and columns find their places with a frame; what follows from them with the next.
      QImage picture;
      std::vector<std::string> faults;
      for (int frame = 0; frame < 5 && (frame < 2 || !faults.empty()); ++frame) {
        picture = app_->window().grabWindow();
        QCoreApplication::processEvents();
        if (frame == 0) continue;
        Geometry geometry{
            app_->window(), std::min(look.width / 1920.0, look.height / 1080.0), {}, {}};
        geometry.look();
        faults = geometry.faults;
      }
      const std::string name = state + "-" + std::to_string(look.height) +
                               (look.dark ? "-dark-" : "-light-") + look.language +
                               (look.longer ? "-longer" : "");
      for (const std::string& fault : std::set<std::string>(faults.begin(), faults.end()))
        ADD_FAILURE() << name << ": " << fault;
      if (guide() != nullptr) keep_for_guide(picture, name);
      if (const char* out = std::getenv("PORTCULLIS_TEST_OUT"); out != nullptr && all()) {
        const std::filesystem::path folder = std::filesystem::path(out) / "screens";
        std::filesystem::create_directories(folder);
        EXPECT_TRUE(picture.save(QString::fromStdString((folder / (name + ".png")).string())));
      }
    }
    use({});
  }

  /// As the lane really says it, with nothing wrong.
  void usual_status() {
    lane_.change_status([](services::LaneStatus& status) {
      status.simulated = true;
      status.state = "Idle";
      status.state_text = "Idle, lane empty";
      status.next_text = "ready for a vehicle";
      status.search_text = "complete";
      status.doors_text = "closed";
      status.portal_text = "measuring";
      status.driver_panel = {1, "stop", {{"en", "Stop"}}};
    });
    ASSERT_TRUE(wait_for([&] { return app_->lane().state() == QLatin1String("Idle"); }));
  }
  void ready() {
    if (!real_pictures()) lane_.set_image_size(300, 100);
    open();
    usual_status();
  }
  void look_again() { clock_.advance(std::chrono::milliseconds(501)); }

 private:
  LongWords long_words_;
};

TEST_F(MatrixTest, IdleAndScanning) {
  ready();
  check("idle");
  lane_.change_status([](services::LaneStatus& status) {
    status.state = "Scanning";
    status.state_text = "Scanning, gantry moving forward";
    status.next_text = "the scan ends at the end of the gantry's travel";
    status.beam = "on";
    status.beam_asked = status.beam_permit = status.motion_asked = status.motion_permit = true;
    status.speed_mm_s = 400;
    status.scan_lines = 1312;
    status.lines_lost = 3;
  });
  lane_.waterfall().begin("scan-5", test::kTruckRows);
  std::vector<std::uint8_t> column(test::kTruckRows);
  for (int i = 0; i < 1312; ++i) {
    test::truck_column(i, column);
    lane_.waterfall().push(column);
  }
  ASSERT_TRUE(wait_for([&] { return app_->waterfall().columns() == 1312; }));
  ASSERT_TRUE(wait_for([&] { return app_->lane().beam_on(); }));
  check("scanning");
}

TEST_F(MatrixTest, AReviewItsCardAndTheListsOverIt) {
  ready();
  if (!real_pictures()) {
    // Something dense all over, so long that the whole of it is no close look.
    lane_.set_image_source([](const std::string&, services::ImagePlane plane) {
      services::Image image = test::plain_image(plane, 3000, 600);
      if (plane != services::ImagePlane::kMaterial)
        image.pixels =
            std::make_shared<const std::vector<std::byte>>(image.pixels->size(), std::byte{0x23});
      return core::Result<services::Image>(std::move(image));
    });
  }
  review();
  check("review");
  key(Qt::Key_T);
  key(Qt::Key_7);
  check("tools");
  key(Qt::Key_S);
  key(Qt::Key_T);
  const struct {
    Qt::Key key;
    const char* name;
  } overlays[] = {{Qt::Key_F1, "keys"},     {Qt::Key_F2, "alarms"},    {Qt::Key_G, "goods"},
                  {Qt::Key_Q, "measuring"}, {Qt::Key_F11, "language"}, {Qt::Key_M, "more"}};
  for (const auto& overlay : overlays) {
    key(overlay.key);
    ASSERT_FALSE(app_->controller().overlay().isEmpty()) << overlay.name;
    check(overlay.name);
    key(Qt::Key_Escape);
  }
  key(Qt::Key_A);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() == 1; }));
  key(Qt::Key_N);
  key(Qt::Key_R);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_I);
  key(Qt::Key_1);
  if (!all()) {
    EXPECT_NE(item("card_never_shown"), nullptr) << "the card is measured at its fullest";
  }
  check("card");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  check("decided");
}

TEST_F(MatrixTest, CasesThatAreNotAsUsual) {
  ready();
  int number = 0;
  for (const char* scene : {"partial", "undeclared", "lookup", "ambiguous", "findings", "mass"}) {
    const std::string id = std::to_string(++number);
    lane_.show_case(test::scene_case(scene, "case-" + id, "scan-" + id));
    ASSERT_TRUE(wait_for([&] {
      return app_->inspection_case().case_id() == QString::fromStdString("case-" + id) &&
             app_->inspection_case().to_decide() && app_->image_drawn();
    }));
    look_again();
    check(scene);
    if (std::string_view(scene) != "ambiguous") continue;
    control_key(Qt::Key_G);
    key(Qt::Key_1);
    check("declarations");
    key(Qt::Key_Escape);
  }
  lane_.show_case_to_be_read_first(test::scene_case("findings", "case-first", "scan-first"));
  ASSERT_TRUE(wait_for([&] {
    return app_->inspection_case().read_first() && app_->controller().first_look_allowed() &&
           app_->image_drawn();
  }));
  look_again();
  check("read_first");
  services::CaseView view = test::scene_case("findings", "case-doubt", "scan-doubt");
  view.identity_outcome = "unreadable";
  view.identity_proposed =
      services::IdentityCorrection{"B-KL 4411", {"MSCU6639870", "TRLU5556284"}, "olga", {}};
  QByteArray photo;
  QBuffer buffer(&photo);
  buffer.open(QIODevice::WriteOnly);
  QImage side(480, 270, QImage::Format_RGB32);
  side.fill(QColor(28, 74, 116));
  ASSERT_TRUE(side.save(&buffer, "PNG"));
  const auto stored = office_.add_photo("case-doubt", "entry.png", photo.toStdString(), "");
  view.readings = {{{1}, "entry", "plate", "B-KL 4411", 0.97, stored->sha256, ""},
                   {{2}, "entry", "container", "MSCU6639876", 0.51, stored->sha256, ""},
                   {{3}, "entry", "iso_type", "22G1", 0.9, "", ""},
                   {{4}, "rear", "container", "", 0, "", "the picture is larger than 8 MiB"}};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] {
    return app_->inspection_case().data().identity_proposed.has_value() && app_->image_drawn();
  }));
  look_again();
  control_key(Qt::Key_I);
  ASSERT_TRUE(wait_for([&] {
    return item("reading_picture") != nullptr &&
           !item("reading_picture")->property("source").toString().isEmpty();
  }));
  check("identity");
  key(Qt::Key_Escape);
}

TEST_F(MatrixTest, AFaultADegradedLaneItsBaysAndALostLane) {
  test::fill_bays(lane_);
  ready();
  review();
  check("bays");
  control_key(Qt::Key_E);
  ASSERT_TRUE(wait_for([&] { return app_->compare().shown(); }));
  check("compare");
  key(Qt::Key_Escape);
  key(Qt::Key_B);
  check("bay-list");
  key(Qt::Key_Escape);
  key(Qt::Key_F3);
  ASSERT_TRUE(wait_for([&] { return app_->queue().cases().size() == 4; }));
  check("queue");
  key(Qt::Key_Down);
  key(Qt::Key_Return);
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-93"); }));
  look_again();
  check("searched");
  key(Qt::Key_Escape);
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-1"); }));
  look_again();
  lane_.change_status([](services::LaneStatus& status) {
    status.state = "Faulted";
    status.state_text = "Fault latched";
    status.next_text = "an emergency stop is still pressed";
    status.first_out = "the safety PLC reported a fault";
    status.beam_refused_because = "an emergency stop is pressed or its chain is open";
    status.doors_text = "a door is not closed on both channels";
    status.search_text = "not complete";
    status.portal_text = "not connected";
    status.devices = {{"PLC", services::DeviceLevel::kFault, "fault word 4"},
                      {"X-ray source", services::DeviceLevel::kAttention, "warming up"},
                      {"Detector", services::DeviceLevel::kAttention, "not calibrated"},
                      {"Radiation portal", services::DeviceLevel::kFault, "not connected"},
                      {"Customs gateway", services::DeviceLevel::kUnknown, ""}};
  });
  ASSERT_TRUE(wait_for([&] { return app_->lane().alarm_count() > 5; }));
  check("faulted");
  key(Qt::Key_F2);
  check("faulted-alarms");
  // The same from a lane that keeps a list of them: each as it may stand.
  lane_.change_status([](services::LaneStatus& status) {
    status.alarms_served = true;
    const auto raise = [&](const char* key, const char* state) {
      const lane::AlarmRow& row = *lane::alarm_row(key);
      services::AlarmStatus alarm;
      alarm.key = key;
      alarm.occurrence = status.alarms.size() + 1;
      alarm.priority = lane::alarm_priority_name(row.priority);
      alarm.state = state;
      alarm.title = row.title;
      alarm.cause = row.cause;
      alarm.consequence = row.consequence;
      alarm.action = row.action;
      alarm.raised = status.utc;
      alarm.shelved_by = alarm.acknowledged_by = "anna";
      alarm.shelved_reason = "Maintenance or test under way";
      alarm.shelved_until = status.utc;
      status.alarms.push_back(std::move(alarm));
    };
    raise("beam_off_means_differ", "unacknowledged");
    raise("source_attention", "acknowledged");
    raise("camera_lost", "returned");
    raise("detector_attention", "shelved");
    raise("portal_attention", "suppressed");
    status.alarms.front().first_out = true;
  });
  ASSERT_TRUE(wait_for([&] { return app_->alarms().alarms().size() == 5; }));
  key(Qt::Key_H);
  ASSERT_TRUE(app_->alarms().shelving());
  check("alarm-list");
  key(Qt::Key_Escape);
  server_.stop();
  clock_.advance(std::chrono::seconds(2));
  ASSERT_TRUE(wait_for([&] { return app_->lane().stale(); }));
  check("stale");
}

TEST_F(MatrixTest, TheInspectAndTheSupervisePage) {
  refer_a_truck(lane_, office_);
  QByteArray photo;
  QBuffer buffer(&photo);
  buffer.open(QIODevice::WriteOnly);
  ASSERT_TRUE(QImage(640, 480, QImage::Format_Grayscale8).save(&buffer, "PNG"));
  ASSERT_TRUE(office_.add_photo("case-91", "doors.png", photo.toStdString(), "bo").ok());
  ASSERT_TRUE(office_.add_photo("case-91", "torn.jpg", "\xff\xd8", "bo").ok());
  lane_.set_supervision(busy_day());
  ready();
  key(Qt::Key_F4);
  ASSERT_TRUE(wait_for([&] { return item("order_0") != nullptr; }));
  check("inspect-list");
  click("order_0");
  ASSERT_TRUE(wait_for([&] { return item("outcome_0") != nullptr; }));
  click("found_1");
  ASSERT_TRUE(wait_for([&] { return item("choose_what_1") != nullptr; }));
  ASSERT_TRUE(wait_for([&] { return item("inspect_image_pane")->property("drawn").toBool(); }))
      << "the inspected case's image was not drawn";
  const auto& photos = app_->pages().photos().rows();
  ASSERT_TRUE(wait_for([&] { return photos.size() == 2 && photos[1].failed; }));
  check("inspect");
  click("photo_0");
  ASSERT_TRUE(wait_for([&] { return item("photo_note") == nullptr; }));
  check("inspect-photo");
  key(Qt::Key_Escape);
  click("choose_what_1");
  check("inspect-choices");
  click("choice_1");
  click("how_much_1");
  click("keys_button");
  check("inspect-keys");
  key(Qt::Key_Escape);
  key(Qt::Key_Escape);
  // The screen's case is the lane's again, which is none: keys wait half a second.
  ASSERT_TRUE(wait_for([&] { return !app_->inspection_case().present(); }));
  look_again();
  key(Qt::Key_F12);
  ASSERT_TRUE(wait_for([&] { return item("rate_4") != nullptr; }));
  check("supervise");
  key(Qt::Key_Escape);
  review();
  key(Qt::Key_Y);
  check("unfit");
  key(Qt::Key_Escape);
  control_key(Qt::Key_P);
  ASSERT_TRUE(wait_for([&] { return item("print_card") != nullptr; }));
  check("print");
  key(Qt::Key_Escape);
  control_key(Qt::Key_R);
  ASSERT_TRUE(wait_for([&] { return item("reference_card") != nullptr; }));
  check("reference");
  key(Qt::Key_Escape);
}

TEST_F(MatrixTest, NeverConnected) {
  ScreenOptions options;
  options.address = QStringLiteral("unix:") + QString::fromStdString(socket_.string());
  app_ = std::make_unique<HmiApp>(options, clock_);
  ASSERT_TRUE(app_->start().ok());
  check("disconnected");
}

}  // namespace
}  // namespace portcullis::hmi
