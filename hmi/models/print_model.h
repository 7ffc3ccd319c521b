#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>

#include "core/time.h"

namespace portcullis::hmi {

class CaseModel;
class ImageTools;
class OfficeClient;
class SessionModel;

/// What the screen is told of printing when it starts.
struct PrintOptions {
  QString folder;   ///< Files go here; empty: "portcullis" in the user's documents.
  QString command;  ///< Prints the PDF named behind it, such as "lp -d lane-1"; empty: no printer.
};

/// "Print, export", of the case on the screen: its report as PDF or on paper, and what the image
/// shows now as PNG with a caption that says whose it is and what was done to it. The lane makes
/// the entry of the audit log first; what it refuses is not written.
/// Ownership: borrows all it is given. Threading: GUI thread.
class PrintModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString folder READ folder CONSTANT)
  Q_PROPERTY(bool has_printer READ has_printer CONSTANT)
  Q_PROPERTY(bool view_allowed READ view_allowed NOTIFY changed)
  Q_PROPERTY(bool report_allowed READ report_allowed NOTIFY changed)
  Q_PROPERTY(QString report_blocked READ report_blocked NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  struct Parts {
    OfficeClient& office;
    CaseModel& inspection_case;
    ImageTools& tools;
    SessionModel& session;
    const core::Clock& clock;
  };
  PrintModel(const Parts& parts, PrintOptions options, QObject* parent = nullptr);

  /// In the screen's language ("en", ...); `on_paper`: it is printed when it is written.
  Q_INVOKABLE void report(const QString& language, bool on_paper);
  /// `picture`: the image as it is drawn now.
  Q_INVOKABLE void take_view(const QImage& picture);
  /// The card comes up, or goes.
  void begin();
  void retranslate() { Q_EMIT changed(); }

  [[nodiscard]] QString folder() const { return options_.folder; }
  [[nodiscard]] bool has_printer() const { return !options_.command.isEmpty(); }
  [[nodiscard]] bool view_allowed() const;
  [[nodiscard]] bool report_allowed() const;
  /// Why a report cannot be had now; empty where it can.
  [[nodiscard]] QString report_blocked() const;
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();

 private:
  void say(const QString& message);
  void print_file(const QString& path);
  [[nodiscard]] QString new_path(const char* extension) const;
  [[nodiscard]] QStringList caption() const;

  Parts parts_;
  PrintOptions options_;
  bool busy_ = false;
  bool on_paper_ = false;
  QString message_;
};

/// `picture` with the lines in black on white below it, broken where they are too long, and as text
/// in the file: "Title" is the first of them, "Description" all. Pure.
QImage with_caption(const QImage& picture, const QStringList& lines, bool right_to_left);

}  // namespace portcullis::hmi
