#include <QTest>

#include "tests/unit/hmi/lane_accounts.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

class LoginScreenTest : private LaneAccounts, public ScreenTest {
 protected:
  LoginScreenTest() : ScreenTest(sessions_.get()) {}
  ~LoginScreenTest() override {
    app_.reset();
    server_.stop();
  }
  using LaneAccounts::accounts_clock_;
  using LaneAccounts::kWords;
  using LaneAccounts::store_;

  void type(const char* text) {
    for (const char* c = text; *c != '\0'; ++c) QTest::keyClick(&app_->window(), *c);
  }
  /// By keys alone, as an officer does.
  void log_in(const char* name, const char* password = kWords) {
    ASSERT_TRUE(wait_for([&] { return item("login_page") != nullptr; }));
    type(name);
    key(Qt::Key_Return);
    type(password);
    key(Qt::Key_Return);
  }
  [[nodiscard]] bool in() { return !app_->session().locked(); }
};

TEST_F(LoginScreenTest, NobodySeesACaseBeforeTheLoginAndStopWorks) {
  lane_.show_case(test::truck_case("case-1", "scan-1", false));
  open();
  ASSERT_TRUE(wait_for([&] { return item("login_page") != nullptr; }));
  EXPECT_EQ(app_->controller().user(), QString());
  EXPECT_TRUE(stays([&] { return !app_->inspection_case().present(); }, 200));
  key(Qt::Key_F5);  // nothing but Stop
  key(Qt::Key_F8);
  ASSERT_TRUE(wait_for([&] { return !lane_.commands().empty(); }));
  EXPECT_EQ(lane_.commands(), std::vector{services::LaneCommand::kStop});
}

TEST_F(LoginScreenTest, ByKeysAloneToTheDecisionInTheAccountsName) {
  open();
  log_in("anna", "not her password");
  ASSERT_TRUE(wait_for([&] { return !app_->session().message().isEmpty(); }));
  EXPECT_EQ(text("login_message"), QStringLiteral("\u25B2 Name or password is not right."));
  type(kWords);  // the password's field has the focus still
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return in(); }));
  EXPECT_EQ(item("login_page"), nullptr);
  EXPECT_EQ(app_->controller().user(), QStringLiteral("anna"));
  review(true);
  key(Qt::Key_L);
  key(Qt::Key_1);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return !lane_.decisions().empty(); }));
  EXPECT_EQ(lane_.decisions()[0].user, "anna");
}

TEST_F(LoginScreenTest, ACaseThatAnotherReadsSaysSoAndTakesNoDecision) {
  open();
  log_in("anna");
  ASSERT_TRUE(wait_for([&] { return in(); }));
  auto busy = test::truck_case("case-1", "scan-1", true);
  busy.reader = "berta";
  lane_.show_case(busy);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  clock_.advance(std::chrono::milliseconds(501));
  ASSERT_TRUE(wait_for(
      [&] { return text("decision_words").contains(QStringLiteral("reads this case now")); }));
  key(Qt::Key_L);
  EXPECT_EQ(item("decision_card"), nullptr);
}

TEST_F(LoginScreenTest, WhoDoesNotDecideIsShownNoDecisions) {
  open();
  log_in("olaf");
  ASSERT_TRUE(wait_for([&] { return in(); }));
  review(true);
  EXPECT_EQ(item("release"), nullptr);
  key(Qt::Key_L);
  EXPECT_EQ(text("message"), QStringLiteral("Your role does not decide cases."));
}

TEST_F(LoginScreenTest, ASupervisorOverridesWhatStandsInWords) {
  lane_.set_image_size(300, 100);
  test::fill_bays(lane_);
  open();
  log_in("sue");
  ASSERT_TRUE(wait_for([&] { return in(); }));
  review(true);
  key(Qt::Key_B);
  key(Qt::Key_3);  // isolated by bo
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-93"); }));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  clock_.advance(std::chrono::milliseconds(501));
  lane_.change_status([](services::LaneStatus&) {});
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_I);
  key(Qt::Key_1);
  click("remark");
  ASSERT_TRUE(wait_for([&] { return item("remark")->hasActiveFocus(); }));
  type("no person");
  key(Qt::Key_Escape);
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.overrides().size() == 1; }));
  EXPECT_TRUE(lane_.decisions().empty()) << "it is no decision of the first reader's";
  EXPECT_EQ(lane_.overrides()[0].case_id, "case-93");
  EXPECT_EQ(lane_.overrides()[0].kind, core::DecisionKind::kPhysicalInspection);
  EXPECT_EQ(lane_.overrides()[0].reason_text, "no person");
  EXPECT_EQ(lane_.overrides()[0].user, "sue");
}

TEST_F(LoginScreenTest, LockingTheScreenTakesTheCaseAwayUntilTheNextLogin) {
  open();
  log_in("anna");
  ASSERT_TRUE(wait_for([&] { return in(); }));
  review();
  lane_.set_next({1, 2});
  ASSERT_TRUE(wait_for([&] { return app_->is_ahead("scan-2"); }, kWhenIdle_ms));
  key(Qt::Key_F10);
  ASSERT_TRUE(wait_for([&] { return item("login_page") != nullptr; }));
  EXPECT_FALSE(app_->is_ahead("scan-2")) << "the next one's image is nobody's now";
  EXPECT_FALSE(app_->inspection_case().present());
  EXPECT_FALSE(app_->lane().stale());
  EXPECT_TRUE(stays([&] { return !app_->inspection_case().present(); }, 200));
  log_in("anna");
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
}

TEST_F(LoginScreenTest, AnAccountThatIsDisabledIsOut) {
  open();
  log_in("anna");
  ASSERT_TRUE(wait_for([&] { return in(); }));
  ASSERT_TRUE(store_->set_disabled("anna", true, {}).ok());
  accounts_clock_.advance(std::chrono::seconds(1));
  lane_.change_status([](services::LaneStatus&) {});
  ASSERT_TRUE(wait_for([&] { return !in(); }));
  EXPECT_EQ(text("login_message"), QStringLiteral("\u25B2 The account is disabled."));
}

TEST_F(LoginScreenTest, TheEmergencyAccountAsksForAReason) {
  open();
  log_in("emergency");
  ASSERT_TRUE(wait_for([&] { return !app_->session().message().isEmpty(); }));
  EXPECT_TRUE(text("login_message").contains(QStringLiteral("say in a sentence why")));
  type(kWords);
  key(Qt::Key_Tab);
  type("nobody else can be reached");
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return in(); }));
}

}  // namespace
}  // namespace portcullis::hmi
