#include "hmi/app/warnings.h"

#include <QByteArrayView>
#include <QString>
#include <QtGlobal>
#include <atomic>
#include <cstdio>

namespace portcullis::hmi {
namespace {

std::atomic<int> warnings_so_far{0};

void on_qt_message(QtMsgType type, const QMessageLogContext& context, const QString& message) {
  if (type == QtDebugMsg || type == QtInfoMsg) return;
  // About the machine's login session, not about the screen; Qt then does the right thing itself.
  if (message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set"))) return;
  // About a photo from outside: what cannot be read is said on the screen.
  if (QByteArrayView(context.category).startsWith("qt.gui.imageio")) return;
  ++warnings_so_far;
  std::fprintf(stderr, "portcullis-hmi: %s%s%s\n", context.file != nullptr ? context.file : "",
               context.file != nullptr ? ": " : "", message.toUtf8().constData());
}

}  // namespace

void count_warnings() {
  qInstallMessageHandler(on_qt_message);
}
int warnings_counted() {
  return warnings_so_far;
}

}  // namespace portcullis::hmi
