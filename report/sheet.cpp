#include "report/sheet.h"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace portcullis::report {
namespace {

constexpr double kShort = 595.276, kLong = 841.890;  // A4 in points
constexpr double kSide = 51, kTop = 62, kBottom = 56;
constexpr double kHeaderBaseline = 40, kFooterAbove = 34;
constexpr double kPadding = 3.5;
constexpr double kFramePt = 1.1;
constexpr std::uint64_t kQuietModules = 4;  // ISO/IEC 18004: around the code
constexpr std::size_t kCodeBytesMax = 2'900;

struct Unref {
  template <class T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoLayoutIter* iter) const { pango_layout_iter_free(iter); }
  void operator()(QRcode* code) const { QRcode_free(code); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

struct Face {
  const char* font;
  double size, leading;
};
Face face_of(TextStyle style) {
  switch (style) {
    case TextStyle::kTitle:
      return {"DejaVu Sans Bold", 17, 1.25};
    case TextStyle::kHeading:
      return {"DejaVu Sans Bold", 11, 1.3};
    case TextStyle::kBody:
      break;
    case TextStyle::kBold:
      return {"DejaVu Sans Bold", 8.6, 1.3};
    case TextStyle::kSmall:
      return {"DejaVu Sans", 7.2, 1.3};
    case TextStyle::kMono:
      return {"DejaVu Sans Mono", 6.6, 1.3};
  }
  return {"DejaVu Sans", 8.6, 1.3};
}

/// Marks that turn the writing's direction for what follows; in a cell of its own no text needs
/// them, and with them a text could be made to read otherwise than it is.
bool turns_writing(gunichar c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string printable(const std::string& text) {
  gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  std::string out;
  out.reserve(text.size());
  for (const gchar* at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    const gchar* end = g_utf8_next_char(at);
    if (c == '\n')
      out += '\n';
    else if (c == '\t' || c == '\r')
      out += ' ';
    else if (g_unichar_iscntrl(c) || turns_writing(c) || c == 0x2028 || c == 0x2029)
      out += "\xEF\xBF\xBD";
    else
      out.append(at, end);
  }
  g_free(valid);
  return out;
}

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}
cairo_status_t no_bytes(void* /*closure*/, const unsigned char* /*data*/, unsigned int /*length*/) {
  return CAIRO_STATUS_SUCCESS;
}

/// A text set for a width, line by line.
struct SetText {
  struct Line {
    PangoLayoutLine* line;  // of the layout
    double baseline, height, width;
  };
  Owned<PangoLayout> layout;
  std::vector<Line> lines;
  std::size_t drawn = 0;

  [[nodiscard]] double rest() const {
    double height = 0;
    for (std::size_t i = drawn; i < lines.size(); ++i) height += lines[i].height;
    return height;
  }
  [[nodiscard]] bool done() const { return drawn >= lines.size(); }
};

}  // namespace

struct Sheet::State {
  Furniture furniture;
  int pages_known = 0;  // 0: they are being counted, and nothing is drawn
  std::string bytes;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> cairo;
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> context;
  Paper paper = Paper::kPortrait;
  int page = 0;
  double y = 0;
  bool page_is_new = true;

  [[nodiscard]] bool draws() const { return pages_known > 0; }
  [[nodiscard]] double page_width() const { return paper == Paper::kPortrait ? kShort : kLong; }
  [[nodiscard]] double page_height() const { return paper == Paper::kPortrait ? kLong : kShort; }
  [[nodiscard]] double body_width() const { return page_width() - 2 * kSide; }
  [[nodiscard]] double body_end() const { return page_height() - kBottom; }
  [[nodiscard]] double left_of(double from_start, double width) const {
    return furniture.right_to_left ? page_width() - kSide - from_start - width : kSide + from_start;
  }

  SetText set(const Cell& cell, double width) const {
    const Face face = face_of(cell.style);
    SetText text;
    text.layout.reset(pango_layout_new(context.get()));
    const Owned<PangoFontDescription> font(pango_font_description_from_string(face.font));
    pango_font_description_set_size(font.get(), static_cast<int>(face.size * PANGO_SCALE));
    pango_layout_set_font_description(text.layout.get(), font.get());
    pango_layout_set_width(text.layout.get(), static_cast<int>(std::max(width, 8.0) * PANGO_SCALE));
    pango_layout_set_wrap(text.layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir(text.layout.get(), TRUE);
    // A hyphen at a line's end would be one more character in a hash or a proof.
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(text.layout.get(), attributes);
    pango_attr_list_unref(attributes);
    const std::string shown = printable(cell.text);
    pango_layout_set_text(text.layout.get(), shown.data(), static_cast<int>(shown.size()));
    const Owned<PangoLayoutIter> at(pango_layout_get_iter(text.layout.get()));
    do {
      PangoRectangle extents;
      pango_layout_iter_get_line_extents(at.get(), nullptr, &extents);
      const double natural = static_cast<double>(extents.height) / PANGO_SCALE;
      const double height = std::max(natural, face.size * face.leading);
      const double above = (height - natural) / 2;
      const double baseline =
          static_cast<double>(pango_layout_iter_get_baseline(at.get()) - extents.y) / PANGO_SCALE;
      text.lines.push_back({pango_layout_iter_get_line_readonly(at.get()), baseline + above, height,
                            static_cast<double>(extents.width) / PANGO_SCALE});
    } while (pango_layout_iter_next_line(at.get()) != FALSE);
    return text;
  }

  /// Draws lines as long as they fit above `end`; at the start of its box, or at the far side.
  void draw_lines(SetText& text, double left, double width, double top, double end,
                  bool far_side) const {
    double at = top;
    while (!text.done()) {
      const auto& line = text.lines[text.drawn];
      if (at + line.height > end + 0.01) return;
      if (draws()) {
        const bool right = furniture.right_to_left != far_side;
        cairo_move_to(cairo.get(), right ? left + width - line.width : left, at + line.baseline);
        pango_cairo_show_layout_line(cairo.get(), line.line);
      }
      at += line.height;
      ++text.drawn;
    }
  }

  void colour(double red, double green, double blue) const {
    cairo_set_source_rgb(cairo.get(), red, green, blue);
  }

  void rule(double at, double gray, double thick) const {
    if (!draws()) return;
    colour(gray, gray, gray);
    cairo_set_line_width(cairo.get(), thick);
    cairo_move_to(cairo.get(), kSide, at);
    cairo_line_to(cairo.get(), page_width() - kSide, at);
    cairo_stroke(cairo.get());
    colour(0, 0, 0);
  }

  void begin_page(Paper wanted) {
    if (page > 0 && draws()) cairo_show_page(cairo.get());
    paper = wanted;
    ++page;
    y = kTop;
    page_is_new = true;
    if (!draws()) return;
    cairo_pdf_surface_set_size(surface.get(), page_width(), page_height());
    colour(0.35, 0.35, 0.35);
    const double half = body_width() / 2 - 6;
    place({furniture.header, TextStyle::kSmall}, kHeaderBaseline - 9, 0, half * 1.3, false);
    if (!furniture.warning.empty()) {
      colour(0.72, 0.05, 0.05);
      place({furniture.warning, TextStyle::kBold}, kHeaderBaseline - 10, half * 1.3 + 6,
            half * 0.7 + 6, true);
    }
    rule(kHeaderBaseline + 5, 0.6, 0.5);
    const double foot = page_height() - kFooterAbove;
    rule(foot - 5, 0.6, 0.5);
    colour(0.35, 0.35, 0.35);
    place({furniture.footer, TextStyle::kSmall}, foot, 0, half * 1.3, false);
    place({furniture.page_text(page, pages_known), TextStyle::kSmall}, foot, half * 1.3 + 6,
          half * 0.7 + 6, true);
    colour(0, 0, 0);
  }

  /// One line of the furniture.
  void place(const Cell& cell, double top, double from_start, double width, bool far_side) const {
    SetText text = set(cell, width);
    text.lines.erase(text.lines.begin() + 1, text.lines.end());
    draw_lines(text, left_of(from_start, width), width, top, top + 100, far_side);
  }

  void next_page() { begin_page(paper); }

  void put_row(std::vector<SetText>& cells, const std::vector<double>& from,
               const std::vector<double>& widths, const std::vector<Column>& columns,
               const std::function<void()>& on_new_page) {
    const auto rest = [&] {
      double height = 0;
      for (const auto& cell : cells) height = std::max(height, cell.rest());
      return height;
    };
    const double whole = rest() + 2 * kPadding;
    if (y + whole > body_end() && whole <= body_end() - kTop - 40 && !page_is_new) {
      next_page();
      on_new_page();
    }
    while (true) {
      const double top = y + kPadding;
      const double room = body_end() - kPadding;
      double lowest = top;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const double before = cells[i].rest();
        draw_lines(cells[i], left_of(from[i], widths[i]), widths[i], top, room, columns[i].number);
        lowest = std::max(lowest, top + before - cells[i].rest());
      }
      page_is_new = false;
      y = lowest + kPadding;
      if (rest() <= 0) return;
      next_page();
      on_new_page();
    }
  }
};

Sheet::Sheet(std::unique_ptr<State> state) : state_(std::move(state)) {
  State& s = *state_;
  s.surface.reset(s.draws()
                      ? cairo_pdf_surface_create_for_stream(append_bytes, &s.bytes, kShort, kLong)
                      : cairo_pdf_surface_create_for_stream(no_bytes, nullptr, kShort, kLong));
  const std::string dated =
      core::to_iso8601(core::UtcTime{s.furniture.dated.ns - s.furniture.dated.ns % 1'000'000'000});
  const std::string seconds = dated.substr(0, 19) + "Z";
  const auto note = [&](cairo_pdf_metadata_t key, const std::string& text) {
    cairo_pdf_surface_set_metadata(s.surface.get(), key, printable(text).c_str());
  };
  note(CAIRO_PDF_METADATA_TITLE, s.furniture.title);
  note(CAIRO_PDF_METADATA_CREATOR, s.furniture.footer);
  note(CAIRO_PDF_METADATA_CREATE_DATE, seconds);
  note(CAIRO_PDF_METADATA_MOD_DATE, seconds);
  s.cairo.reset(cairo_create(s.surface.get()));
  s.fonts.reset(pango_cairo_font_map_new());
  // A unit of the page is a point, whatever screen there is.
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(s.fonts.get()), 72);
  s.context.reset(pango_font_map_create_context(s.fonts.get()));
  const Owned<cairo_font_options_t> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(s.context.get(), options.get());
  pango_context_set_language(s.context.get(),
                             pango_language_from_string(s.furniture.language_tag.c_str()));
  pango_context_set_base_dir(s.context.get(),
                             s.furniture.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_context_set_round_glyph_positions(s.context.get(), FALSE);
  s.begin_page(Paper::kPortrait);
}

Sheet::~Sheet() = default;

void Sheet::finish() {
  cairo_show_page(state_->cairo.get());
  cairo_surface_finish(state_->surface.get());
}

double Sheet::width() const {
  return state_->body_width();
}
double Sheet::height() const {
  return state_->body_end() - kTop;
}

void Sheet::new_page(Paper paper) {
  State& s = *state_;
  if (s.page_is_new && s.paper == paper) return;
  // A page that is empty is not left behind, but it may have been begun on other paper.
  s.begin_page(paper);
}

void Sheet::keep(double points) {
  State& s = *state_;
  if (!s.page_is_new && s.y + points > s.body_end()) s.next_page();
}

void Sheet::space(double points) {
  if (!state_->page_is_new) state_->y += points;
}

void Sheet::heading(const std::string& text) {
  State& s = *state_;
  space(10);
  keep(64);
  SetText set = s.set({text, TextStyle::kHeading}, s.body_width());
  const double height = set.rest();
  s.draw_lines(set, kSide, s.body_width(), s.y, s.body_end(), false);
  s.y += height + 2;
  s.rule(s.y, 0.25, 0.9);
  s.y += 3;
  s.page_is_new = false;
}

void Sheet::paragraph(const Cell& cell) {
  State& s = *state_;
  std::vector<SetText> cells;
  cells.push_back(s.set(cell, s.body_width()));
  s.put_row(cells, {0}, {s.body_width()}, {{}}, [] {});
}

void Sheet::table(const std::vector<Column>& columns, const std::vector<std::string>& header,
                  const std::function<bool(std::vector<Cell>&)>& next) {
  State& s = *state_;
  double shares = 0;
  for (const auto& column : columns) shares += column.share;
  std::vector<double> from, widths;
  double at = 0;
  for (const auto& column : columns) {
    const double width = s.body_width() * column.share / shares;
    from.push_back(at + kPadding);
    widths.push_back(width - 2 * kPadding);
    at += width;
  }
  const auto put_header = [&] {
    if (header.empty()) return;
    std::vector<SetText> cells;
    double height = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      cells.push_back(s.set({header[i], TextStyle::kSmall}, widths[i]));
      height = std::max(height, cells.back().rest());
    }
    if (s.draws()) {
      s.colour(0.93, 0.94, 0.95);
      cairo_rectangle(s.cairo.get(), kSide, s.y, s.body_width(), height + 2 * kPadding);
      cairo_fill(s.cairo.get());
      s.colour(0.2, 0.2, 0.2);
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
      s.draw_lines(cells[i], s.left_of(from[i], widths[i]), widths[i], s.y + kPadding,
                   s.body_end() + 100, columns[i].number);
    if (s.draws()) s.colour(0, 0, 0);
    s.y += height + 2 * kPadding;
  };
  keep(46);
  put_header();
  std::vector<Cell> row;
  while (true) {
    row.clear();
    if (!next(row)) return;
    row.resize(columns.size());
    std::vector<SetText> cells;
    for (std::size_t i = 0; i < columns.size(); ++i) cells.push_back(s.set(row[i], widths[i]));
    s.put_row(cells, from, widths, columns, put_header);
    s.rule(s.y, 0.82, 0.4);
  }
}

void Sheet::facts(const std::vector<std::pair<std::string, Cell>>& rows) {
  std::size_t at = 0;
  table({{0.27, false}, {0.73, false}}, {}, [&](std::vector<Cell>& row) {
    if (at == rows.size()) return false;
    row = {{rows[at].first, TextStyle::kSmall}, rows[at].second};
    ++at;
    return true;
  });
}

void Sheet::picture(const Picture& picture, const std::vector<Frame>& frames,
                    const std::vector<Stroke>& strokes, double height_max) {
  State& s = *state_;
  if (picture.columns <= 0 || picture.rows <= 0) return;
  const double scale = std::min(s.body_width() / picture.columns,
                                std::min(height_max, height() - 30) / picture.rows);
  const double wide = picture.columns * scale, high = picture.rows * scale;
  keep(high + 6);
  const double left = s.left_of(0, wide), top = s.y + 3;
  s.y += high + 6;
  s.page_is_new = false;
  if (!s.draws()) return;
  cairo_t* cr = s.cairo.get();
  const Owned<cairo_surface_t> image(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.columns, picture.rows));
  unsigned char* to = cairo_image_surface_get_data(image.get());
  if (to != nullptr) {
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image.get()));
    const auto columns = static_cast<std::size_t>(picture.columns);
    for (std::size_t row = 0; row < static_cast<std::size_t>(picture.rows); ++row)
      std::copy_n(reinterpret_cast<const unsigned char*>(picture.argb + row * columns),
                  columns * sizeof(std::uint32_t), to + row * stride);
    cairo_surface_mark_dirty(image.get());
  }
  cairo_save(cr);
  cairo_translate(cr, left, top);
  cairo_scale(cr, scale, scale);
  cairo_set_source_surface(cr, image.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
  cairo_rectangle(cr, 0, 0, picture.columns, picture.rows);
  cairo_fill(cr);
  cairo_restore(cr);
  s.colour(0.5, 0.5, 0.5);
  cairo_set_line_width(cr, 0.4);
  cairo_rectangle(cr, left, top, wide, high);
  cairo_stroke(cr);

  // Red in a white casing: seen on any ground, and in print without colour.
  const auto cased = [&](double thick) {
    s.colour(1, 1, 1);
    cairo_set_line_width(cr, thick * 2.6);
    cairo_stroke_preserve(cr);
    s.colour(0.8, 0.02, 0.02);
    cairo_set_line_width(cr, thick);
    cairo_stroke(cr);
  };
  const auto label_at = [&](const std::string& text, double x, double y) {
    if (text.empty()) return;
    SetText set = s.set({text, TextStyle::kBold}, 120);
    const double w = set.lines.front().width + 4, h = set.lines.front().height;
    const double label_x = std::clamp(x, left, std::max(left, left + wide - w));
    const double label_y = std::clamp(y - h, top, std::max(top, top + high - h));
    s.colour(0.8, 0.02, 0.02);
    cairo_rectangle(cr, label_x, label_y, w, h);
    cairo_fill(cr);
    s.colour(1, 1, 1);
    cairo_move_to(cr, label_x + 2, label_y + set.lines.front().baseline);
    pango_cairo_show_layout_line(cr, set.lines.front().line);
  };
  cairo_save(cr);
  cairo_rectangle(cr, left, top, wide, high);
  cairo_clip(cr);
  for (const auto& frame : frames) {
    cairo_rectangle(cr, left + frame.x * scale, top + frame.y * scale, frame.w * scale,
                    frame.h * scale);
    cased(kFramePt);
  }
  for (const auto& stroke : strokes) {
    if (stroke.points.empty()) continue;
    cairo_new_path(cr);
    for (const auto& [x, y] : stroke.points) cairo_line_to(cr, left + x * scale, top + y * scale);
    cased(kFramePt * 0.7);
  }
  for (const auto& frame : frames)
    label_at(frame.label, left + frame.x * scale, top + frame.y * scale);
  for (const auto& stroke : strokes) {
    if (!stroke.points.empty())
      label_at(stroke.label, left + stroke.points.front().first * scale,
               top + stroke.points.front().second * scale);
  }
  cairo_restore(cr);
  s.colour(0, 0, 0);
}

bool Sheet::square_code(std::string_view content, double side, const std::vector<Cell>& text) {
  State& s = *state_;
  if (content.size() > kCodeBytesMax) return false;
  const Owned<QRcode> code(QRcode_encodeData(static_cast<int>(content.size()),
                                             reinterpret_cast<const unsigned char*>(content.data()),
                                             0, QR_ECLEVEL_L));
  if (code == nullptr) return false;
  keep(side + 8);
  const double top = s.y + 4;
  if (s.draws()) {
    const auto modules = static_cast<std::uint64_t>(code->width);
    const double module = side / static_cast<double>(modules + 2 * kQuietModules);
    const double left = s.left_of(0, side);
    for (std::uint64_t row = 0; row < modules; ++row) {
      for (std::uint64_t column = 0; column < modules; ++column) {
        // Neighbours of a row as one, so that no hair line shows between them.
        std::uint64_t run = 0;
        while (column + run < modules && (code->data[row * modules + column + run] & 1U) != 0)
          ++run;
        if (run == 0) continue;
        cairo_rectangle(s.cairo.get(), left + static_cast<double>(column + kQuietModules) * module,
                        top + static_cast<double>(row + kQuietModules) * module,
                        static_cast<double>(run) * module, module * 1.01);
        column += run;
      }
    }
    cairo_fill(s.cairo.get());
  }
  double at = top;
  const double width = s.body_width() - side - 10;
  for (const auto& cell : text) {
    SetText set = s.set(cell, width);
    const double height = set.rest();
    s.draw_lines(set, s.left_of(side + 10, width), width, at, s.body_end(), false);
    at += height + 4;
  }
  s.y = std::max(at, top + side) + 4;
  s.page_is_new = false;
  return true;
}

core::Result<std::string> write_sheet(const Furniture& furniture,
                                      const std::function<void(Sheet&)>& draw) {
  int pages = 0;
  {
    auto state = std::make_unique<Sheet::State>();
    state->furniture = furniture;
    Sheet counted(std::move(state));
    draw(counted);
    pages = counted.state_->page;
    counted.finish();
  }
  auto state = std::make_unique<Sheet::State>();
  state->furniture = furniture;
  state->pages_known = pages;
  Sheet sheet(std::move(state));
  draw(sheet);
  sheet.finish();
  const cairo_status_t status = cairo_surface_status(sheet.state_->surface.get());
  const cairo_status_t drawing = cairo_status(sheet.state_->cairo.get());
  if (status != CAIRO_STATUS_SUCCESS || drawing != CAIRO_STATUS_SUCCESS) {
    return core::Error{
        core::ErrorCode::kInternal,
        fmt::format("the pages cannot be written: {}",
                    cairo_status_to_string(status != CAIRO_STATUS_SUCCESS ? status : drawing))};
  }
  return std::move(sheet.state_->bytes);
}

}  // namespace portcullis::report
