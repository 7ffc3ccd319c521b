#include <linux/input-event-codes.h>

#include <map>

#include "hmi/models/actions.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

// X11's and Wayland's key codes are the kernel's (linux/input-event-codes.h) and eight more.
constexpr quint32 kOverKernel = 8;

/// Which key of the kernel's has that symbol on an American keyboard.
const std::map<int, unsigned>& american() {
  static const std::map<int, unsigned> kKeys = {
      {Qt::Key_Escape, KEY_ESC},    {Qt::Key_F1, KEY_F1},         {Qt::Key_F2, KEY_F2},
      {Qt::Key_F3, KEY_F3},         {Qt::Key_F4, KEY_F4},         {Qt::Key_F5, KEY_F5},
      {Qt::Key_F6, KEY_F6},         {Qt::Key_F7, KEY_F7},         {Qt::Key_F8, KEY_F8},
      {Qt::Key_F9, KEY_F9},         {Qt::Key_F10, KEY_F10},       {Qt::Key_F11, KEY_F11},
      {Qt::Key_F12, KEY_F12},       {Qt::Key_1, KEY_1},           {Qt::Key_2, KEY_2},
      {Qt::Key_3, KEY_3},           {Qt::Key_4, KEY_4},           {Qt::Key_5, KEY_5},
      {Qt::Key_6, KEY_6},           {Qt::Key_7, KEY_7},           {Qt::Key_8, KEY_8},
      {Qt::Key_9, KEY_9},           {Qt::Key_0, KEY_0},           {Qt::Key_Minus, KEY_MINUS},
      {Qt::Key_Plus, KEY_EQUAL},    {Qt::Key_A, KEY_A},           {Qt::Key_B, KEY_B},
      {Qt::Key_C, KEY_C},           {Qt::Key_D, KEY_D},           {Qt::Key_E, KEY_E},
      {Qt::Key_F, KEY_F},           {Qt::Key_G, KEY_G},           {Qt::Key_H, KEY_H},
      {Qt::Key_I, KEY_I},           {Qt::Key_J, KEY_J},           {Qt::Key_K, KEY_K},
      {Qt::Key_L, KEY_L},           {Qt::Key_M, KEY_M},           {Qt::Key_N, KEY_N},
      {Qt::Key_O, KEY_O},           {Qt::Key_P, KEY_P},           {Qt::Key_Q, KEY_Q},
      {Qt::Key_R, KEY_R},           {Qt::Key_S, KEY_S},           {Qt::Key_T, KEY_T},
      {Qt::Key_U, KEY_U},           {Qt::Key_V, KEY_V},           {Qt::Key_W, KEY_W},
      {Qt::Key_X, KEY_X},           {Qt::Key_Y, KEY_Y},           {Qt::Key_Z, KEY_Z},
      {Qt::Key_Comma, KEY_COMMA},   {Qt::Key_Period, KEY_DOT},    {Qt::Key_Space, KEY_SPACE},
      {Qt::Key_Return, KEY_ENTER},  {Qt::Key_Enter, KEY_KPENTER}, {Qt::Key_Delete, KEY_DELETE},
      {Qt::Key_PageUp, KEY_PAGEUP}, {Qt::Key_Left, KEY_LEFT},     {Qt::Key_PageDown, KEY_PAGEDOWN},
      {Qt::Key_Right, KEY_RIGHT},   {Qt::Key_Up, KEY_UP},         {Qt::Key_Down, KEY_DOWN},
  };
  return kKeys;
}

TEST(ActionTable, EachPlaceIsWhereAnAmericanKeyboardHasTheSymbol) {
  for (const Action& action : actions()) {
    if (action.scan_code == 0) continue;
    const auto place = american().find(action.key);
    ASSERT_NE(place, american().end()) << action.id;
    EXPECT_EQ(action.scan_code, place->second + kOverKernel) << action.id;
  }
}

class KeyTest : public ScreenTest {
 protected:
  /// A key as X11 and Wayland report it: what the layout has on it, and its place.
  void press(int symbol, unsigned place, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
      QKeyEvent event(type, symbol, modifiers, place + kOverKernel, 0, 0);
      QCoreApplication::sendEvent(&app_->window(), &event);
    }
  }
  void open_by_place(bool clear = true) {
    open();
    app_->keys().bind_by_place(true);
    review(clear, false);
    if (!clear) return;
    ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  }
};

TEST_F(KeyTest, ACaseIsReleasedInThreePressesOnAnArabicKeyboard) {
  ASSERT_NO_FATAL_FAILURE(open_by_place());
  press(0x645, KEY_L);  // meem
  EXPECT_NE(item("decision_card"), nullptr);
  press(0x661, KEY_1);  // the Arabic digit one
  press(Qt::Key_Return, KEY_ENTER);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);
}

TEST_F(KeyTest, AFrenchKeyboardHasEachActionAtItsPlaceAndNotAtItsLetter) {
  ASSERT_NO_FATAL_FAILURE(open_by_place(false));
  press(Qt::Key_Apostrophe, KEY_4);  // digits want the shift key there
  EXPECT_EQ(app_->tools().view_mode(), QStringLiteral("organic"));
  press(Qt::Key_Q, KEY_A);  // the letter of the marks, at the place of "agree"
  EXPECT_TRUE(wait_for([&] { return lane_.answers().size() == 1; }));
}

TEST_F(KeyTest, ALetterAtAPlaceWithoutAnActionDoesNothing) {
  ASSERT_NO_FATAL_FAILURE(open_by_place());
  press(Qt::Key_M, KEY_SEMICOLON);  // a French keyboard
  EXPECT_EQ(app_->controller().overlay(), QString());
  press(Qt::Key_Comma, KEY_M);
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("more"));
}

TEST_F(KeyTest, TheSheetOpensByTheQuestionMarkWhereverItLies) {
  ASSERT_NO_FATAL_FAILURE(open_by_place());
  press(Qt::Key_Question, KEY_MINUS, Qt::ShiftModifier);  // a German keyboard
  EXPECT_NE(item("shortcut_sheet"), nullptr);
}

TEST_F(KeyTest, StopWorksByItsPlaceWithinHalfASecondOfANewCase) {
  open();
  app_->keys().bind_by_place(true);
  lane_.show_case(test::truck_case("case-1", "scan-1", false));
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  press(Qt::Key_Q, KEY_A);
  EXPECT_EQ(app_->keys().ignored(), 1);
  press(Qt::Key_F8, KEY_F8);
  EXPECT_TRUE(
      wait_for([&] { return lane_.commands() == std::vector{services::LaneCommand::kStop}; }));
  EXPECT_TRUE(lane_.answers().empty());
}

TEST_F(KeyTest, TheKeypadsDigitsAndSignsDoWhatTheySay) {
  ASSERT_NO_FATAL_FAILURE(open_by_place());
  press(Qt::Key_4, KEY_KP4, Qt::KeypadModifier);
  EXPECT_EQ(app_->tools().view_mode(), QStringLiteral("organic"));
  const double fitted = app_->view().scale();
  press(Qt::Key_Plus, KEY_KPPLUS, Qt::KeypadModifier);
  const double closer = app_->view().scale();
  EXPECT_GT(closer, fitted);
  press(Qt::Key_Minus, KEY_KPMINUS, Qt::KeypadModifier);
  EXPECT_LT(app_->view().scale(), closer);
  // Without Num Lock they are no digits; 4 is then an arrow, which is not bound there.
  press(Qt::Key_Plus, KEY_KPPLUS, Qt::KeypadModifier);
  const double before = app_->view().origin_column();
  press(Qt::Key_Left, KEY_KP4, Qt::KeypadModifier);
  EXPECT_EQ(app_->view().origin_column(), before);
  // A case is released by the keypad's digit and Enter.
  press(Qt::Key_L, KEY_L);
  press(Qt::Key_1, KEY_KP1, Qt::KeypadModifier);
  press(Qt::Key_Enter, KEY_KPENTER, Qt::KeypadModifier);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);
}

TEST_F(KeyTest, AKeyWithoutAPlaceIsTakenByItsSymbol) {
  ASSERT_NO_FATAL_FAILURE(open_by_place());
  key(Qt::Key_L);
  EXPECT_NE(item("decision_card"), nullptr);
}

}  // namespace
}  // namespace portcullis::hmi
