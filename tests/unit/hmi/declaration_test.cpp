// An officer says which of several declarations holds.
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class DeclarationTest : public ScreenTest {
 protected:
  void in_doubt() {
    open();
    review_scene("ambiguous");
  }
  bool on_screen(const char* name) { return item(name) != nullptr; }
};

TEST_F(DeclarationTest, KeysChooseAndEnterConfirmsAndWhoChoseIsSaid) {
  in_doubt();
  EXPECT_FALSE(on_screen("declaration_card"));
  control_key(Qt::Key_G);
  ASSERT_TRUE(wait_for([&] { return on_screen("candidate_2"); }));
  EXPECT_EQ(app_->declarations().choice(), -1) << "nothing is chosen beforehand";
  key(Qt::Key_Return);
  EXPECT_TRUE(text("choice_message").contains(QLatin1String("Choose a declaration first")));
  key(Qt::Key_2);
  EXPECT_EQ(app_->declarations().choice(), 1);
  EXPECT_FALSE(on_screen("choice_message"));
  key(Qt::Key_3);  // there is no third
  key(Qt::Key_Down);
  EXPECT_EQ(app_->declarations().choice(), 2) << "none of these comes after the last";
  key(Qt::Key_Up);
  EXPECT_EQ(app_->declarations().choice(), 1);
  EXPECT_TRUE(clipped().empty());
  shoot("declarations-choice");
  EXPECT_TRUE(lane_.choices().empty());
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return !on_screen("declaration_card"); }));
  ASSERT_EQ(lane_.choices().size(), 1U);
  const services::DeclarationChoice sent = lane_.choices()[0];
  EXPECT_EQ(sent.case_id, "case-1");
  EXPECT_EQ(sent.chosen, "d-2");
  EXPECT_EQ(sent.shown, (std::vector<std::string>{"d-1", "d-2"}));
  EXPECT_EQ(sent.user, "anna");
  ASSERT_TRUE(wait_for([&] { return on_screen("declaration_choice"); }));
  EXPECT_EQ(app_->inspection_case().item_count(), 1) << "the goods of the chosen one alone";
  EXPECT_FALSE(on_screen("declaration_text"));
  EXPECT_TRUE(text("declaration_choice").contains(QLatin1String("anna")));
  EXPECT_TRUE(text("declaration_choice").endsWith(QLatin1String("among 2 declarations")));
  shoot("declarations-chosen");
}

TEST_F(DeclarationTest, EachIsNamedWithWhatTellsItFromTheOthers) {
  lane_.show_case({});
  open();
  services::CaseView view = test::scene_case("ambiguous", "case-1", "scan-1");
  auto& first = view.declarations[0].declaration;
  first.declarant = "Spedition Nord GmbH";
  first.containers[0].number = "CSQU3054383";
  view.declarations[0].matched_by = "container";
  view.declarations[1].matched_by = "ucr";
  view.declarations[1].declaration.items[0].gross_mass_kg = 4500;
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  clock_.advance(std::chrono::milliseconds(501));
  click("choose_declaration");
  ASSERT_TRUE(wait_for([&] { return on_screen("candidate_2"); }));
  auto* rows = app_->declarations().rows();
  const auto said = [&](int row, const char* role) {
    const auto names = rows->roleNames();
    return rows->data(rows->index(row, 0), names.key(role)).toString();
  };
  EXPECT_TRUE(said(0, "reference").contains(QString::fromStdString(first.mrn)));
  EXPECT_TRUE(said(0, "declarant").contains(QLatin1String("Spedition Nord GmbH")));
  EXPECT_TRUE(said(0, "containers").contains(QLatin1String("305438")));
  EXPECT_TRUE(
      said(0, "goods").contains(QStringLiteral("and %1 more item").arg(first.items.size() - 1)));
  EXPECT_EQ(said(0, "why"), QStringLiteral("names the container"));
  EXPECT_TRUE(said(1, "goods").contains(QLatin1String("Office furniture of wood")));
  EXPECT_TRUE(said(1, "goods").contains(QLatin1String("500"))) << said(1, "goods").toStdString();
  EXPECT_EQ(said(1, "why"), QStringLiteral("names the same UCR"));
}

TEST_F(DeclarationTest, TheMouseChoosesNoneOfThemAndTheCaseSaysSo) {
  in_doubt();
  click("choose_declaration");
  ASSERT_TRUE(wait_for([&] { return on_screen("candidate_none"); }));
  click("confirm_choice");  // not allowed before something is chosen
  EXPECT_TRUE(lane_.choices().empty());
  click("candidate_none");
  EXPECT_EQ(app_->declarations().choice(), 2);
  click("confirm_choice");
  ASSERT_TRUE(wait_for([&] { return lane_.choices().size() == 1; }));
  EXPECT_EQ(lane_.choices()[0].chosen, "");
  ASSERT_TRUE(wait_for([&] {
    return text("declaration_text").contains(QLatin1String("None of the 2 declarations"));
  }));
  EXPECT_EQ(app_->inspection_case().item_count(), 0);
  shoot("declarations-none");
  // It may be said otherwise.
  ASSERT_TRUE(wait_for([&] { return !on_screen("declaration_card"); }));
  control_key(Qt::Key_G);
  ASSERT_TRUE(wait_for([&] { return on_screen("candidate_1"); }));
  click("candidate_1");
  key(Qt::Key_Enter);
  ASSERT_TRUE(wait_for([&] { return lane_.choices().size() == 2; }));
  EXPECT_EQ(lane_.choices()[1].chosen, "d-1");
  EXPECT_EQ(lane_.choices()[1].shown, (std::vector<std::string>{"d-1", "d-2"}));
}

TEST_F(DeclarationTest, ARefusalStandsOnTheCardAndOthersThanWereShownAreNotChosen) {
  in_doubt();
  lane_.refuse_choices(core::Error{core::ErrorCode::kRefused, "berta reads this case now"});
  control_key(Qt::Key_G);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for(
      [&] { return text("choice_message").contains(QLatin1String("berta reads this case now")); }));
  EXPECT_TRUE(on_screen("declaration_card"));
  // A third comes meanwhile: what was chosen among two is chosen no more.
  services::CaseView view = test::scene_case("ambiguous", "case-1", "scan-1");
  view.declarations.push_back({"d-3", view.declarations[1].declaration, "container"});
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return app_->declarations().count() == 3; }));
  EXPECT_EQ(app_->declarations().choice(), -1);
  // Decided by another: the card goes.
  key(Qt::Key_3);
  view.state = services::CaseState::kDecided;
  view.decision.emplace();
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] { return !on_screen("declaration_card"); }));
  EXPECT_EQ(lane_.choices().size(), 1U);
}

TEST_F(DeclarationTest, WhereNothingIsInDoubtNothingIsChosenAndEscLeaves) {
  open();
  review();
  EXPECT_FALSE(on_screen("choose_declaration"));
  control_key(Qt::Key_G);
  EXPECT_FALSE(on_screen("declaration_card"));
  EXPECT_EQ(text("message"), QStringLiteral("No declarations to choose among"));
  lane_.show_case(test::scene_case("ambiguous", "case-2", "scan-1"));
  ASSERT_TRUE(wait_for([&] { return on_screen("choose_declaration"); }));
  clock_.advance(std::chrono::milliseconds(501));
  control_key(Qt::Key_G);
  ASSERT_TRUE(on_screen("declaration_card"));
  key(Qt::Key_2);
  key(Qt::Key_Escape);
  EXPECT_FALSE(on_screen("declaration_card"));
  EXPECT_TRUE(lane_.choices().empty());
}

TEST_F(DeclarationTest, FromEachDeclarationsReferenceToTheQuestionAllIsInEveryLanguage) {
  in_doubt();
  for (const char* code : {"en", "fr", "es", "ar"}) {
    ASSERT_TRUE(app_->language().set(QLatin1String(code)));
    control_key(Qt::Key_G);
    key(Qt::Key_1);
    ASSERT_TRUE(wait_for([&] { return on_screen("candidate_2"); }));
    for (const std::string& words : clipped()) ADD_FAILURE() << code << ": cut short: " << words;
    shoot(std::string("declarations-") + code);
    key(Qt::Key_Escape);
  }
}

}  // namespace
}  // namespace portcullis::hmi
