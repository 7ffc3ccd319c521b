#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::report {

enum class TextStyle : std::uint8_t { kTitle, kHeading, kBody, kBold, kSmall, kMono };

/// One cell of a table, or a paragraph. `text` is UTF-8; what is none, and characters that would
/// change the page rather than stand on it, are shown as U+FFFD.
struct Cell {
  std::string text;
  TextStyle style = TextStyle::kBody;
};

struct Column {
  double share = 1;     ///< Of the width, against the other columns' shares.
  bool number = false;  ///< Stands at the column's far side.
};

/// 0xAARRGGBB, row-major, opaque. Borrowed.
struct Picture {
  int columns = 0;
  int rows = 0;
  const std::uint32_t* argb = nullptr;
};
/// A numbered frame on a picture, in its pixels.
struct Frame {
  double x = 0, y = 0, w = 0, h = 0;
  std::string label;
};
/// A line of points on a picture, in its pixels.
struct Stroke {
  std::vector<std::pair<double, double>> points;
  std::string label;
};

/// What stands on every page, and in the file.
struct Furniture {
  bool right_to_left = false;
  std::string title, header, warning;  ///< `warning` in red; may be empty.
  std::string footer;
  std::function<std::string(int page, int pages)> page_text;
  core::UtcTime dated;       ///< Written as the file's dates: it has none of its own.
  std::string language_tag;  ///< "ar": shapes letters as that language has them.
};

/// Pages of A4, filled from the top: what is put down goes to the next page where there is no more
/// room, tables between two lines of a row if need be. In a right-to-left sheet everything begins
/// at the right; every text is shaped in the direction of its own letters.
///
/// Cairo and Pango write the PDF: text stays text in it, fonts are embedded.
/// Ownership: owns its pages. Threading: one thread; several sheets at once are fine.
class Sheet final {
 public:
  enum class Paper : std::uint8_t { kPortrait, kLandscape };

  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  void heading(const std::string& text);
  void paragraph(const Cell& cell);
  void space(double points);
  /// `next` fills the row's cells (as many as columns) and says whether there was one.
  void table(const std::vector<Column>& columns, const std::vector<std::string>& header,
             const std::function<bool(std::vector<Cell>&)>& next);
  /// A label and what holds, a line each.
  void facts(const std::vector<std::pair<std::string, Cell>>& rows);
  /// As wide as the page, no higher than `height_max`, whole on one page.
  void picture(const Picture& picture, const std::vector<Frame>& frames,
               const std::vector<Stroke>& strokes, double height_max);
  /// Square code (QR, error correction L) of at most `side` points with `text` beside it. False
  /// where `content` is too long for one: nothing is put down then.
  bool square_code(std::string_view content, double side, const std::vector<Cell>& text);
  /// Begins a page, where the present one is not empty or lies otherwise.
  void new_page(Paper paper);
  /// Begins a page where less than this is left of the present one.
  void keep(double points);

  /// Room of the present page for its contents, in points (1/72 inch).
  [[nodiscard]] double width() const;
  [[nodiscard]] double height() const;

 private:
  friend core::Result<std::string> write_sheet(const Furniture& furniture,
                                               const std::function<void(Sheet&)>& draw);
  struct State;
  explicit Sheet(std::unique_ptr<State> state);
  void finish();
  std::unique_ptr<State> state_;
};

/// The PDF that `draw` makes. It is called twice, for the number of pages is known only after the
/// first time, and has to do the same both times. The same drawing gives the same bytes with the
/// same fonts. Fails with kInternal where the file cannot be written.
core::Result<std::string> write_sheet(const Furniture& furniture,
                                      const std::function<void(Sheet&)>& draw);

}  // namespace portcullis::report
