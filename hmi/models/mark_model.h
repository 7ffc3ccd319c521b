#pragma once

#include <QObject>
#include <QVariant>
#include <string>
#include <vector>

#include "hmi/models/marks.h"

namespace portcullis::hmi {

class CaseModel;
class ImageStore;
class ImageTools;
class LaneClient;

/// The marks on the image of the case on the screen: drawn by dragging, undone with the image's
/// other changes, kept with the case by the lane.
///
/// What another officer changed replaces what is here; a change of ours that was made meanwhile is
/// refused by the lane and said.
/// Ownership: borrows all it is given. Threading: GUI thread.
class MarkModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString tool READ tool NOTIFY changed)
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(bool writing READ writing NOTIFY changed)
  Q_PROPERTY(QVariantList profile READ profile NOTIFY changed)
  Q_PROPERTY(QString profile_text READ profile_text NOTIFY changed)

 public:
  struct Parts {
    LaneClient& client;
    CaseModel& inspection_case;
    ImageStore& images;
    ImageTools& tools;
    QString user;
  };
  explicit MarkModel(const Parts& parts, QObject* parent = nullptr);

  [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }
  [[nodiscard]] int count() const { return static_cast<int>(marks_.size()); }
  /// The kind that the next drag draws; empty: drags move the image.
  [[nodiscard]] QString tool() const { return tool_; }
  /// The text of the mark just drawn is being typed.
  [[nodiscard]] bool writing() const { return writing_; }
  /// Newest profile on the image: areal density, each 0 to 1 of its highest; empty: none.
  [[nodiscard]] QVariantList profile() const { return profile_; }
  [[nodiscard]] QString profile_text() const { return profile_text_; }
  /// The mark as on the screen, with its measured words. `drawing()`: the one under way, or null.
  [[nodiscard]] QString words_of(const Mark& mark) const;
  [[nodiscard]] const Mark* drawing() const { return drawing_ ? &*drawing_ : nullptr; }

  /// By the name of a MarkKind; the same again or an empty one: none.
  Q_INVOKABLE void choose(const QString& kind);
  /// A drag on the image, in its pixels.
  Q_INVOKABLE void press(double column, double row);
  Q_INVOKABLE void move(double column, double row);
  Q_INVOKABLE void release();
  /// Ends writing(); an empty text takes a text mark away again.
  Q_INVOKABLE void write(const QString& text);
  /// The newest mark.
  void remove_last();

 Q_SIGNALS:
  void changed();
  void refused(const QString& reason);

 private:
  void on_case();
  void edit(const QString& words, std::vector<Mark> after);
  void set(const std::vector<Mark>& marks);
  void send();
  void work_out_profile();

  Parts parts_;
  std::vector<Mark> marks_;
  std::optional<Mark> drawing_;
  QString tool_;
  bool writing_ = false;
  QVariantList profile_;
  QString profile_text_;
  std::string case_id_;
  std::uint32_t version_ = 0;  ///< Of the lane's marks once it has taken ours.
  int on_the_way_ = 0;
  bool refused_ = false;  ///< What is here is not what the lane has.
};

}  // namespace portcullis::hmi
