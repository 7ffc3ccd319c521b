#include <QBuffer>
#include <QImage>

#include "core/decided_view.h"
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

using core::FindingAnswer;
using services::LaneCommand;

class OperateTest : public ScreenTest {};

TEST_F(OperateTest, TheLanesStateStandsThereInWords) {
  open();
  EXPECT_TRUE(wait_for([&] { return text("state_text") == QLatin1String("Ready"); }));
  EXPECT_EQ(text("next_text"), QStringLiteral("Next: vehicle in place; press Start"));
  EXPECT_NE(item("banner"), nullptr);
  lane_.change_status([](services::LaneStatus& status) {
    status.state_text = "Stopped";
    status.simulated = false;
    status.first_out = "emergency stop 2";
    status.devices[1] = {"X-ray source", services::DeviceLevel::kFault, "no answer for 2 s"};
  });
  EXPECT_TRUE(wait_for([&] { return text("state_text") == QLatin1String("Stopped"); }));
  EXPECT_EQ(item("banner"), nullptr);
  EXPECT_EQ(app_->lane().alarm_count(), 2);
}

TEST_F(OperateTest, StartGoesOnlyWhereTheLaneAllowsItAndStopAlways) {
  open();
  key(Qt::Key_F5);
  EXPECT_TRUE(wait_for([&] { return lane_.commands() == std::vector{LaneCommand::kStart}; }));
  lane_.change_status([](services::LaneStatus& status) { status.allowed_commands.clear(); });
  ASSERT_TRUE(wait_for([&] { return app_->lane().allowed().isEmpty(); }));
  key(Qt::Key_F5);
  EXPECT_TRUE(app_->controller().message().startsWith(QLatin1String("START is not possible now")));
  click("stop");
  EXPECT_TRUE(wait_for([&] { return lane_.commands().size() == 2; }));
  EXPECT_EQ(lane_.commands().back(), LaneCommand::kStop);
}

TEST_F(OperateTest, EachCommandOfTheLaneHasItsKey) {
  lane_.change_status([](services::LaneStatus& status) {
    status.allowed_commands = {LaneCommand::kStart, LaneCommand::kWarmUp, LaneCommand::kCalibrate,
                               LaneCommand::kReset};
  });
  open();
  std::vector<LaneCommand> sent;
  for (const auto& [one, command] :
       {std::pair{Qt::Key_F6, LaneCommand::kWarmUp}, std::pair{Qt::Key_F7, LaneCommand::kCalibrate},
        std::pair{Qt::Key_F9, LaneCommand::kReset}, std::pair{Qt::Key_F8, LaneCommand::kStop}}) {
    key(one);
    sent.push_back(command);
    ASSERT_TRUE(wait_for([&] { return lane_.commands() == sent; }));
  }
  click("reset");
  click("start");
  sent.insert(sent.end(), {LaneCommand::kReset, LaneCommand::kStart});
  EXPECT_TRUE(wait_for([&] { return lane_.commands() == sent; }));
}

TEST_F(OperateTest, ACaseThatIsReadFirstShowsItsFindingsAfterTheReadersAnswer) {
  open();
  lane_.show_case_to_be_read_first(test::truck_case("case-1", "scan-1", false));
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().read_first(); }));
  ASSERT_TRUE(wait_for([&] { return app_->controller().first_look_allowed(); }));
  clock_.advance(std::chrono::milliseconds(501));
  EXPECT_EQ(text("findings_title"), QStringLiteral("Findings: after your own look"));
  EXPECT_EQ(item("box_1"), nullptr);
  EXPECT_EQ(item("finding_1"), nullptr);
  // Nothing is decided before.
  key(Qt::Key_L);
  EXPECT_NE(app_->controller().overlay(), QStringLiteral("card"));
  EXPECT_TRUE(app_->controller().decision_blocked().startsWith(QLatin1String("Say first")))
      << app_->controller().decision_blocked().toStdString();
  // The key of the next finding is not the answer.
  key(Qt::Key_N);
  EXPECT_TRUE(lane_.looks().empty());
  control_key(Qt::Key_N);
  ASSERT_TRUE(wait_for([&] { return lane_.looks().size() == 1; }));
  EXPECT_FALSE(lane_.looks()[0].something);
  ASSERT_TRUE(wait_for([&] { return item("finding_1") != nullptr; }));
  EXPECT_EQ(item("first_look"), nullptr);
  EXPECT_EQ(text("findings_title"), QStringLiteral("Findings, 2 to answer"));

  lane_.show_case_to_be_read_first(test::truck_case("case-2", "scan-2", false));
  ASSERT_TRUE(wait_for([&] { return app_->controller().first_look_allowed(); }));
  clock_.advance(std::chrono::milliseconds(501));
  click("saw_something");
  ASSERT_TRUE(wait_for([&] { return lane_.looks().size() == 2; }));
  EXPECT_TRUE(lane_.looks()[1].something);
}

TEST_F(OperateTest, WhoseVehicleItIsIsTypedByOneAndConfirmedByAnother) {
  open();
  review();
  control_key(Qt::Key_I);
  ASSERT_TRUE(wait_for([&] { return item("identity_card") != nullptr; }));
  EXPECT_EQ(item("identity_first")->property("value").toString(), QStringLiteral("CSQU3054383"));
  key(Qt::Key_2);
  auto* first = item("identity_first_input");
  ASSERT_TRUE(wait_for([&] { return first->hasActiveFocus(); }));
  first->setProperty("text", QString());
  for (const char letter : std::string_view("MSCU6639870"))
    QTest::keyClick(&app_->window(), letter);
  key(Qt::Key_Return);
  const auto& shown = app_->inspection_case();
  ASSERT_TRUE(wait_for([&] { return shown.data().identity_proposed.has_value(); }));
  EXPECT_EQ(shown.data().identity_proposed->containers, std::vector<std::string>{"MSCU6639870"});
  EXPECT_EQ(shown.data().identity_proposed->by, "anna");
  EXPECT_TRUE(text("identity_proposed").contains(QLatin1String("MSCU")));
  // Who said it does not confirm it.
  EXPECT_FALSE(item("identity_confirm")->property("allowed").toBool());
  key(Qt::Key_Escape);  // out of the field
  key(Qt::Key_1);
  EXPECT_FALSE(shown.data().identity_set.has_value());

  // Another person's word is confirmed with a key.
  services::CaseView view = test::truck_case("case-1", "scan-1", false);
  view.identity_proposed = services::IdentityCorrection{"B-KL 4411", {"MSCU6639870"}, "olga", {}};
  lane_.show_case(view);
  ASSERT_TRUE(wait_for([&] {
    return shown.data().identity_proposed && shown.data().identity_proposed->by == "olga";
  }));
  EXPECT_TRUE(text("identity_text").contains(QLatin1String("second person has to confirm")));
  if (item("identity_card") == nullptr) control_key(Qt::Key_I);
  ASSERT_TRUE(wait_for([&] {
    return item("identity_confirm") != nullptr &&
           item("identity_confirm")->property("allowed").toBool();
  }));
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return shown.data().identity_set.has_value(); }));
  EXPECT_EQ(shown.data().identity_set->by, "olga");
  EXPECT_EQ(shown.data().identity_set->confirmed_by, "anna");
  EXPECT_EQ(shown.data().container_numbers, std::vector<std::string>{"MSCU6639870"});
}

TEST_F(OperateTest, WhatTheCamerasReadIsShownWithItsPictureAndTakenOver) {
  QByteArray photo;
  QBuffer buffer(&photo);
  buffer.open(QIODevice::WriteOnly);
  ASSERT_TRUE(QImage(64, 48, QImage::Format_Grayscale8).save(&buffer, "PNG"));
  const auto stored = office_.add_photo("case-1", "entry.png", photo.toStdString(), "");
  ASSERT_TRUE(stored.ok());
  open();
  review();
  services::CaseView view = test::truck_case("case-1", "scan-1", false);
  view.readings = {
      {{1}, "entry", "plate", view.vehicle_plate, 0.97, "", ""},
      {{2}, "entry", "container", "MSCU 663987 0", 0.5, stored->sha256, ""},
      {{3}, "rear", "container", "", 0, "", "the camera's picture ends before its end"}};
  lane_.show_case(view);
  const auto& shown = app_->inspection_case();
  ASSERT_TRUE(wait_for([&] { return shown.data().readings.size() == 3; }));
  control_key(Qt::Key_I);
  ASSERT_TRUE(wait_for([&] { return item("reading_2") != nullptr; }));
  // The one that does not stand is what the card is opened for, and says so in words.
  const auto chosen = [&](const char* name) { return item(name)->property("chosen").toBool(); };
  EXPECT_TRUE(chosen("reading_1"));
  EXPECT_TRUE(item("reading_1")->property("text").toString().contains(QLatin1String("not taken")));
  EXPECT_FALSE(item("reading_0")->property("text").toString().contains(QLatin1String("not taken")));
  ASSERT_TRUE(wait_for([&] {
    return item("reading_picture")
        ->property("source")
        .toString()
        .startsWith(QLatin1String("data:image/jpeg"));
  }));
  EXPECT_EQ(item("reading_note"), nullptr);
  // Its key again types what it read; a person still has to say it.
  key(Qt::Key_4);
  EXPECT_EQ(item("identity_first")->property("value").toString(), QStringLiteral("MSCU 663987 0"));
  EXPECT_FALSE(shown.data().identity_proposed.has_value());
  key(Qt::Key_5);
  ASSERT_TRUE(wait_for([&] { return chosen("reading_2"); }));
  EXPECT_EQ(text("reading_note"), QStringLiteral("The camera's picture ends before its end."));
  EXPECT_TRUE(item("reading_2")
                  ->property("text")
                  .toString()
                  .contains(QLatin1String("nothing could be read")));
  click("reading_0");
  EXPECT_TRUE(chosen("reading_0"));
  EXPECT_EQ(text("reading_note"), QStringLiteral("The camera sent no picture with this reading."));
}

TEST_F(OperateTest, AClickOnAFindingsBoxOrRowSelectsIt) {
  open();
  review();
  ASSERT_EQ(app_->controller().selected_finding(), 0);
  click("box_2");
  EXPECT_EQ(app_->controller().selected_finding(), 1);
  click("box_1");
  EXPECT_EQ(app_->controller().selected_finding(), 0);
  click("finding_2");
  EXPECT_EQ(app_->controller().selected_finding(), 1);
}

TEST_F(OperateTest, AScreenThatIsStartedAgainShowsTheCaseAsItWasLeft) {
  lane_.set_image_size(300, 100);
  open();
  review();
  key(Qt::Key_U);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() == 1; }));
  app_.reset();
  ScreenOptions options;
  options.address = QStringLiteral("unix:") + QString::fromStdString(socket_.string());
  app_ = std::make_unique<HmiApp>(options, clock_);
  ASSERT_TRUE(app_->start().ok());
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  ASSERT_TRUE(wait_for([&] { return app_->image_drawn(); }));
  EXPECT_EQ(app_->inspection_case().unanswered(), 1);
  EXPECT_EQ(app_->inspection_case().finding_rows()[0].answer, FindingAnswer::kUnsure);
  EXPECT_TRUE(lane_.decisions().empty());
}

TEST_F(OperateTest, FindingsAreAnsweredByKeyAndByClick) {
  open();
  review(false, false);
  EXPECT_EQ(text("findings_title"), QStringLiteral("Findings, 2 to answer"));
  key(Qt::Key_A);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() == 1; }));
  key(Qt::Key_N);
  EXPECT_EQ(app_->controller().selected_finding(), 1);
  key(Qt::Key_U);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().unanswered() == 0; }));
  key(Qt::Key_P);
  EXPECT_EQ(app_->controller().selected_finding(), 0);
  click("reject_1");  // minds change
  ASSERT_TRUE(wait_for([&] { return lane_.answers().size() == 3; }));
  const auto answers = lane_.answers();
  EXPECT_EQ(answers[0].finding, 0U);
  EXPECT_EQ(answers[0].answer, FindingAnswer::kAgree);
  EXPECT_EQ(answers[0].user, "anna");
  EXPECT_EQ(answers[1].finding, 1U);
  EXPECT_EQ(answers[1].answer, FindingAnswer::kUnsure);
  EXPECT_EQ(answers[2].finding, 0U);
  EXPECT_EQ(answers[2].answer, FindingAnswer::kReject);
}

TEST_F(OperateTest, NoDecisionBeforeTheFindingsAreAnswered) {
  open();
  review(false, false);
  EXPECT_TRUE(text("decision_words").startsWith(QLatin1String("Answer both findings first.")));
  key(Qt::Key_L);
  EXPECT_EQ(app_->controller().overlay(), QString());
  click("release");
  EXPECT_EQ(app_->controller().overlay(), QString());
  // But a person or an explosive does not wait: Isolate is open.
  key(Qt::Key_M);
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("more"));
  key(Qt::Key_1);
  EXPECT_EQ(app_->controller().overlay(), QString());
  key(Qt::Key_M);
  key(Qt::Key_4);
  EXPECT_EQ(text("card_title"), QStringLiteral("Isolate"));
}

TEST_F(OperateTest, ADecisionIsMadeOnlyByItsCardAReasonAndEnter) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_Return);  // nothing is open: nothing to confirm
  key(Qt::Key_L);
  EXPECT_EQ(text("card_title"), QStringLiteral("Release"));
  EXPECT_EQ(app_->controller().card_choice(), -1) << "a reason was filled in beforehand";
  key(Qt::Key_Return);
  EXPECT_TRUE(text("card_message").contains(QLatin1String("Choose a reason first")));
  key(Qt::Key_Escape);
  EXPECT_EQ(item("decision_card"), nullptr);
  EXPECT_TRUE(stays([&] { return lane_.decisions().empty(); }));

  clock_.advance(std::chrono::seconds(3));
  // A status of after that time has arrived: what is shown is not stale, and will not be found so.
  lane_.change_status([](services::LaneStatus& status) { status.waiting = 7; });
  ASSERT_TRUE(wait_for([&] { return app_->lane().waiting() == QLatin1String("7 trucks"); }));
  key(Qt::Key_L);
  key(Qt::Key_2);
  EXPECT_EQ(app_->tools().view_mode(), QStringLiteral("both")) << "a digit in a card is a reason";
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  ASSERT_EQ(lane_.decisions().size(), 1U);
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kRelease);
  EXPECT_EQ(lane_.decisions()[0].reason_code, "explained_by_goods");
  EXPECT_EQ(lane_.decisions()[0].user, "anna");
  EXPECT_GE(lane_.decisions()[0].time_on_image_ms, 3000);
  EXPECT_EQ(app_->controller().overlay(), QString());
  EXPECT_EQ(text("decision_words"),
            QStringLiteral("Released by anna: What was found belongs to the goods"));
}

TEST_F(OperateTest, EachDecisionHasItsKeys) {
  using core::DecisionKind;
  const struct {
    std::vector<Qt::Key> keys;
    DecisionKind kind;
  } kDecisions[] = {{{Qt::Key_L}, DecisionKind::kRelease},
                    {{Qt::Key_D}, DecisionKind::kDocumentaryCheck},
                    {{Qt::Key_I}, DecisionKind::kPhysicalInspection},
                    {{Qt::Key_H}, DecisionKind::kHold},
                    {{Qt::Key_M, Qt::Key_1}, DecisionKind::kRadiationSecondary},
                    {{Qt::Key_M, Qt::Key_2}, DecisionKind::kOtherAgency},
                    {{Qt::Key_M, Qt::Key_3}, DecisionKind::kRescan},
                    {{Qt::Key_M, Qt::Key_4}, DecisionKind::kIsolate}};
  lane_.set_image_size(300, 100);
  open();
  std::size_t made = 0;
  for (const auto& each : kDecisions) {
    const std::string id = std::to_string(++made);
    lane_.show_case(test::truck_case("case-" + id, "scan-" + id, true));
    ASSERT_TRUE(wait_for([&] {
      return app_->inspection_case().data().case_id == "case-" + id && app_->images().ready() &&
             app_->images().scan_id() == "scan-" + id;
    }));
    clock_.advance(std::chrono::milliseconds(501));
    for (const Qt::Key one : each.keys) key(one);
    ASSERT_NE(item("decision_card"), nullptr) << core::decision_kind_name(each.kind);
    key(Qt::Key_Down);  // to the first reason
    EXPECT_EQ(app_->controller().card_choice(), 0);
    key(Qt::Key_Return);
    ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == made; })) << id;
    EXPECT_EQ(lane_.decisions().back().kind, each.kind);
    EXPECT_EQ(lane_.decisions().back().case_id, "case-" + id);
    EXPECT_FALSE(lane_.decisions().back().reason_code.empty());
  }
}

TEST_F(OperateTest, ADecisionByClicksAloneSaysWhatTheImageLookedLike) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  click("view_9");
  click("documents");
  EXPECT_FALSE(item("confirm")->property("allowed").toBool()) << "no reason is chosen yet";
  click("reason_2");
  click("confirm");
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].kind, core::DecisionKind::kDocumentaryCheck);
  const auto view = core::decided_view_from(lane_.decisions()[0].view_json);
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE(view->inverse);
  EXPECT_FALSE(view->edges);
}

TEST_F(OperateTest, TheLanesRefusalStaysInTheCard) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_H);
  key(Qt::Key_1);
  // Another screen was faster; this one has not heard of it when Enter is pressed.
  services::DecisionRequest other;
  other.case_id = "case-1";
  other.kind = core::DecisionKind::kIsolate;
  other.user = "ben";
  ASSERT_TRUE(lane_.decide(other).ok());
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().decided(); }));
  ASSERT_TRUE(wait_for([&] { return !app_->controller().busy(); }));
  EXPECT_EQ(lane_.decisions().size(), 1U);
  EXPECT_TRUE(text("decision_words").startsWith(QLatin1String("Isolated by ben")));
}

TEST_F(OperateTest, KeysWithinHalfASecondOfANewCaseDoNothing) {
  open();
  lane_.show_case(test::truck_case("case-1", "scan-1", false));
  ASSERT_TRUE(wait_for([&] { return app_->inspection_case().to_decide(); }));
  clock_.advance(std::chrono::milliseconds(499));
  key(Qt::Key_A);
  key(Qt::Key_2);
  click("agree_1");
  EXPECT_EQ(app_->keys().ignored(), 2);
  EXPECT_EQ(app_->tools().view_mode(), QStringLiteral("both"));
  key(Qt::Key_F8);  // Stop can only take permissions away: it always works
  ASSERT_TRUE(wait_for([&] { return lane_.commands() == std::vector{LaneCommand::kStop}; }));
  EXPECT_TRUE(lane_.answers().empty());
  clock_.advance(std::chrono::milliseconds(1));
  key(Qt::Key_A);
  EXPECT_TRUE(wait_for([&] { return lane_.answers().size() == 1; }));

  lane_.show_case(test::truck_case("case-2", "scan-2", false));
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-2"); }));
  key(Qt::Key_R);
  EXPECT_TRUE(stays([&] { return lane_.answers().size() == 1; }));
}

TEST_F(OperateTest, AutoRepeatDoesNothing) {
  open();
  review(false, false);
  QKeyEvent repeated(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"), true);
  QCoreApplication::sendEvent(&app_->window(), &repeated);
  QKeyEvent stop(QEvent::KeyPress, Qt::Key_F8, Qt::NoModifier, QString(), true);
  QCoreApplication::sendEvent(&app_->window(), &stop);
  EXPECT_TRUE(stays([&] { return lane_.answers().empty() && lane_.commands().empty(); }));
  EXPECT_EQ(app_->keys().ignored(), 1);
}

TEST_F(OperateTest, ShortcutsSleepInATextField) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_I);
  key(Qt::Key_1);
  click("remark");
  ASSERT_TRUE(wait_for([&] { return item("remark")->hasActiveFocus(); }));
  QTest::sendKeyEvent(QTest::Click, &app_->window(), Qt::Key_2, QStringLiteral("2"),
                      Qt::NoModifier);
  QTest::sendKeyEvent(QTest::Click, &app_->window(), Qt::Key_L, QStringLiteral("l"),
                      Qt::NoModifier);
  EXPECT_EQ(text("remark"), QStringLiteral("2l"));
  EXPECT_EQ(app_->controller().card_choice(), 0);
  key(Qt::Key_Return);
  EXPECT_TRUE(stays([&] { return lane_.decisions().empty(); })) << "Enter in the field decided";
  key(Qt::Key_F8);
  EXPECT_TRUE(wait_for([&] { return lane_.commands().size() == 1; }));
  key(Qt::Key_Escape);
  EXPECT_FALSE(item("remark")->hasActiveFocus());
  EXPECT_NE(item("decision_card"), nullptr) << "Esc left the card, not the field";
  key(Qt::Key_Return);
  ASSERT_TRUE(wait_for([&] { return lane_.decisions().size() == 1; }));
  EXPECT_EQ(lane_.decisions()[0].reason_text, "2l");
}

TEST_F(OperateTest, AnotherCaseClosesTheCardOfTheOldOne) {
  open();
  review(true, false);
  ASSERT_TRUE(wait_for([&] { return app_->controller().decisions_allowed(); }));
  key(Qt::Key_L);
  key(Qt::Key_1);
  lane_.show_case(test::truck_case("case-2", "scan-2", true));
  ASSERT_TRUE(
      wait_for([&] { return app_->inspection_case().case_id() == QLatin1String("case-2"); }));
  EXPECT_EQ(app_->controller().overlay(), QString());
  clock_.advance(std::chrono::milliseconds(600));
  key(Qt::Key_Return);
  EXPECT_TRUE(stays([&] { return lane_.decisions().empty(); }));
}

TEST_F(OperateTest, TheShortcutSheetOpensAndListsEveryAction) {
  open();
  key(Qt::Key_F1);
  EXPECT_NE(item("shortcut_sheet"), nullptr);
  key(Qt::Key_F5);  // nothing goes through the sheet
  key(Qt::Key_Escape);
  EXPECT_EQ(item("shortcut_sheet"), nullptr);
  key(Qt::Key_Question);
  EXPECT_NE(item("shortcut_sheet"), nullptr);
  EXPECT_TRUE(stays([&] { return lane_.commands().empty(); }));
  for (const Action& action : actions()) {
    bool listed = action.text != nullptr;
    for (const Action& other : actions()) {
      listed = listed || (std::string_view(other.id) == action.id && other.text != nullptr);
    }
    EXPECT_TRUE(listed) << action.id;
  }
}

TEST_F(OperateTest, NoTwoActionsShareAKey) {
  for (std::size_t i = 0; i < actions().size(); ++i) {
    for (std::size_t j = i + 1; j < actions().size(); ++j) {
      if (actions()[i].control != actions()[j].control) continue;
      EXPECT_NE(actions()[i].key, actions()[j].key)
          << actions()[i].id << " and " << actions()[j].id;
      if (actions()[i].scan_code != 0) {
        EXPECT_NE(actions()[i].scan_code, actions()[j].scan_code) << actions()[i].id;
      }
    }
  }
}

TEST_F(OperateTest, ALostLaneIsDrawnAsStaleAndNothingButStopIsSent) {
  open();
  review(true, false);
  server_.stop();
  clock_.advance(std::chrono::milliseconds(1600));
  ASSERT_TRUE(wait_for([&] { return app_->lane().stale(); }));
  EXPECT_TRUE(text("stale_text").contains(QLatin1String("No connection to the lane since")));
  EXPECT_TRUE(item("state_text")->property("font").value<QFont>().italic());
  EXPECT_EQ(text("decision_words"), QStringLiteral("No connection to the lane."));
  EXPECT_TRUE(app_->lane().allowed().isEmpty());
  key(Qt::Key_L);
  EXPECT_EQ(app_->controller().overlay(), QString());

  ASSERT_TRUE(server_.start(socket_).ok());
  ASSERT_TRUE(wait_for([&] { return !app_->lane().stale(); })) << "it did not come back by itself";
  EXPECT_EQ(item("stale_notice"), nullptr);
  EXPECT_TRUE(app_->inspection_case().to_decide());
}

TEST_F(OperateTest, AHungLaneIsStaleAlthoughItsServerLives) {
  open();
  clock_.advance(std::chrono::milliseconds(1499));
  // Longer than from one look at the clock to the next.
  EXPECT_TRUE(stays([&] { return !app_->lane().stale(); }, 180));
  clock_.advance(std::chrono::milliseconds(2));
  EXPECT_TRUE(wait_for([&] { return app_->lane().stale(); }));
}

TEST_F(OperateTest, WithoutALaneTheScreenSaysSinceWhen) {
  ScreenOptions options;
  options.address =
      QStringLiteral("unix:") + QString::fromStdString((folder_ / "nobody.sock").string());
  app_ = std::make_unique<HmiApp>(options, clock_);
  ASSERT_TRUE(app_->start().ok());
  ASSERT_TRUE(wait_for(
      [&] { return text("stale_text").contains(QLatin1String("the lane does not answer")); }));
  EXPECT_EQ(text("state_text"), QStringLiteral("Not connected"));
}

}  // namespace
}  // namespace portcullis::hmi
