#include "hmi/models/print_model.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QFont>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QPainter>
#include <QProcess>
#include <QStandardPaths>
#include <algorithm>

#include "hmi/models/case_model.h"
#include "hmi/models/image_tools.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kCaptionPx = 16;
constexpr int kCaptionMarginPx = 10;

}  // namespace

PrintModel::PrintModel(const Parts& parts, PrintOptions options, QObject* parent)
    : QObject(parent), parts_(parts), options_(std::move(options)) {
  if (options_.folder.isEmpty())
    options_.folder = QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
                          .filePath(QStringLiteral("portcullis"));
  connect(&parts_.office, &OfficeClient::file_answered, this,
          [this](const QString& path, bool ok, const QString& reason) {
            busy_ = false;
            if (!ok) return say(tr("Not written: %1").arg(words::lane(reason)));
            if (on_paper_) return print_file(path);
            say(tr("Written: %1").arg(words::code(path)));
          });
  connect(&parts_.inspection_case, &CaseModel::changed, this, &PrintModel::changed);
  connect(&parts_.session, &SessionModel::changed, this, &PrintModel::changed);
}

void PrintModel::begin() {
  if (!busy_) say({});
}

bool PrintModel::view_allowed() const {
  return !busy_ && parts_.inspection_case.present() && parts_.session.may("see_cases");
}

bool PrintModel::report_allowed() const {
  return view_allowed() && report_blocked().isEmpty();
}

QString PrintModel::report_blocked() const {
  return parts_.inspection_case.decided()
             ? QString()
             : tr("The report can be had when the case is decided: it shows every reading.");
}

void PrintModel::report(const QString& language, bool on_paper) {
  if (!report_allowed() || (on_paper && !has_printer())) return;
  busy_ = true;
  on_paper_ = on_paper;
  parts_.office.save_report({parts_.inspection_case.data().case_id, language.toStdString(),
                             parts_.session.name(), new_path("pdf")});
  say(tr("The report is being made"));
}

void PrintModel::take_view(const QImage& picture) {
  if (!view_allowed()) return;
  if (picture.isNull()) return say(tr("Not written: the image could not be drawn"));
  busy_ = true;
  on_paper_ = false;
  const QString chain = parts_.tools.chain_text();
  QString view = parts_.tools.view_text();
  if (!chain.isEmpty()) view += QStringLiteral(", ") + chain;
  parts_.office.save_view(
      {parts_.inspection_case.data().case_id, view, parts_.session.name(), new_path("png"),
       with_caption(picture, caption(), QGuiApplication::layoutDirection() == Qt::RightToLeft)});
  say(tr("The picture is being written"));
}

QStringList PrintModel::caption() const {
  const CaseData& data = parts_.inspection_case.data();
  QStringList containers;
  for (const std::string& number : data.container_numbers)
    containers << words::code(words::container_number(number));
  const QString chain = parts_.tools.chain_text();
  QStringList lines;
  if (data.simulated) lines << tr("SIMULATION  -  no radiation, no real vehicle");
  lines << tr("Case %1, scan %2")
               .arg(words::code(parts_.inspection_case.case_id()),
                    words::code(QString::fromStdString(data.scan_id)));
  if (!containers.isEmpty()) lines.back() += QStringLiteral("   ") + containers.join(u"   ");
  lines << (chain.isEmpty() ? tr("%1: the standard image, unchanged").arg(parts_.tools.view_text())
                            : tr("%1; changed: %2").arg(parts_.tools.view_text(), chain));
  lines << tr("Exported %1 UTC by %2")
               .arg(words::code(QDateTime::fromMSecsSinceEpoch(
                                    parts_.clock.utc_now().ns / 1'000'000, Qt::UTC)
                                    .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))),
                    parts_.session.name());
  return lines;
}

QString PrintModel::new_path(const char* extension) const {
  const auto at = QDateTime::fromMSecsSinceEpoch(parts_.clock.utc_now().ns / 1'000'000, Qt::UTC)
                      .toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
  // Only what is a name everywhere.
  QString name = parts_.inspection_case.case_id();
  std::replace_if(
      name.begin(), name.end(),
      [](QChar c) { return !(c.isLetterOrNumber() || c == QLatin1Char('-')) || c.unicode() > 127; },
      QLatin1Char('_'));
  const QDir folder(options_.folder);
  const auto numbered = [&](int number) {
    return folder.filePath(QStringLiteral("%1-%2%3.%4")
                               .arg(name.left(64), at,
                                    number == 1 ? QString() : QStringLiteral("-%1").arg(number),
                                    QLatin1String(extension)));
  };
  int number = 1;
  while (number < 100 && QFileInfo::exists(numbered(number))) ++number;
  return numbered(number);
}

void PrintModel::print_file(const QString& path) {
  QStringList words = QProcess::splitCommand(options_.command);
  auto* process = new QProcess(this);
  busy_ = true;
  const auto ended = [this, process, path](bool ok, const QString& reason) {
    busy_ = false;
    say(ok ? tr("Sent to the printer; also written: %1").arg(words::code(path))
           : tr("Written: %1. Not printed: %2").arg(words::code(path), reason));
    process->deleteLater();
  };
  connect(process, &QProcess::errorOccurred, this, [process, ended](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) ended(false, process->errorString());
  });
  connect(process, &QProcess::finished, this, [process, ended](int code, QProcess::ExitStatus how) {
    const bool ok = how == QProcess::NormalExit && code == 0;
    const QString said =
        QString::fromLocal8Bit(process->readAllStandardError()).trimmed().left(200);
    ended(ok, said.isEmpty() ? tr("the print command ended with %1").arg(code) : said);
  });
  const QString program = words.isEmpty() ? QString() : words.takeFirst();
  process->start(program, words << path, QIODevice::ReadOnly);
  say(tr("Being sent to the printer"));
}

void PrintModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

QImage with_caption(const QImage& picture, const QStringList& lines, bool right_to_left) {
  QFont font = QGuiApplication::font();
  font.setPixelSize(kCaptionPx);
  const int width = picture.width() - 2 * kCaptionMarginPx;
  const int flags = Qt::TextWrapAnywhere | (right_to_left ? Qt::AlignRight : Qt::AlignLeft);
  const QString text = lines.join(QLatin1Char('\n'));
  const int height = QFontMetrics(font)
                         .boundingRect(QRect(0, 0, width, picture.height() + 10'000),
                                       Qt::TextWordWrap | flags, text)
                         .height();
  QImage made(picture.width(), picture.height() + height + 2 * kCaptionMarginPx,
              QImage::Format_RGB32);
  made.fill(Qt::white);
  QPainter painter(&made);
  painter.drawImage(0, 0, picture);
  painter.setFont(font);
  painter.setPen(Qt::black);
  painter.setLayoutDirection(right_to_left ? Qt::RightToLeft : Qt::LeftToRight);
  painter.drawText(QRect(kCaptionMarginPx, picture.height() + kCaptionMarginPx, width, height),
                   Qt::TextWordWrap | flags, text);
  painter.end();
  made.setText(QStringLiteral("Title"), lines.value(0));
  made.setText(QStringLiteral("Description"), text);
  return made;
}

}  // namespace portcullis::hmi
