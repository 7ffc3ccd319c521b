#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/files.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/message_journal.h"
#include "gateway_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::HasSubstr;

MessageForm journal_form(int number, std::size_t extra_bytes = 0) {
  auto form = form_message({test::dec_message(fmt::format("L{}", number), "CSQU3054383", "AB 1"),
                            fmt::format("m{}.xml", number), "folder"},
                           {1'000 + number});
  form.compressed.append(extra_bytes, 'z');
  return form;
}

class JournalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(std::string("journal-") +
                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    reopen(0);
  }
  /// As after a kill, with the tables knowing all up to `known`.
  void reopen(std::int64_t known) {
    journal_.reset();
    auto opened = MessageJournal::open(stem());
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    journal_ = std::move(opened).value();
    again_.clear();
    const auto status =
        journal_->replay(known, [&](std::vector<MessageForm>& forms, std::int64_t last) {
          for (std::size_t i = 0; i < forms.size(); ++i) {
            const auto number = last - static_cast<std::int64_t>(forms.size() - 1 - i);
            again_.emplace(number, std::move(forms[i]));
          }
          return core::Status();
        });
    problem_ = status.ok() ? "" : status.error().message;
  }
  void append(int first, int count, std::size_t extra_bytes = 0) {
    std::vector<MessageForm> forms;
    forms.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) forms.push_back(journal_form(first + i, extra_bytes));
    std::vector<const MessageForm*> all;
    all.reserve(forms.size());
    for (const auto& form : forms) all.push_back(&form);
    if (extra_bytes > 0 && journal_->wants_room()) {
      ASSERT_TRUE(journal_->make_room().ok());
    }
    const auto status = journal_->append(all);
    ASSERT_TRUE(status.ok()) << status.error().message;
  }
  [[nodiscard]] std::filesystem::path stem() const { return folder_ / "store.intake"; }
  [[nodiscard]] std::vector<std::string> segments() const {
    auto names = test::names_in(folder_);
    std::erase(names, "store.intake-lock");
    return names;
  }

  std::filesystem::path folder_;
  std::unique_ptr<MessageJournal> journal_;
  std::map<std::int64_t, MessageForm> again_;
  std::string problem_;
};

TEST_F(JournalTest, GivesBackWhatTheTablesLack) {
  append(1, 3);
  append(4, 1);
  EXPECT_EQ(journal_->last(), 4);
  reopen(3);
  EXPECT_EQ(problem_, "");
  ASSERT_EQ(again_.size(), 1u);
  reopen(0);
  ASSERT_EQ(again_.size(), 4u);
  for (const auto& [number, form] : again_) {
    const auto wanted = journal_form(static_cast<int>(number));
    EXPECT_EQ(form.receipt.id, wanted.receipt.id);
    EXPECT_EQ(form.receipt.sha256, wanted.receipt.sha256);
    EXPECT_EQ(form.receipt.received, wanted.receipt.received);
    EXPECT_EQ(form.receipt.declarations, 1u);
    EXPECT_EQ(form.incoming.name, wanted.incoming.name);
    EXPECT_EQ(form.compressed, wanted.compressed);
    ASSERT_EQ(form.parts.size(), wanted.parts.size());
    const auto& part = form.parts.at(0);
    EXPECT_EQ(part.lrn, fmt::format("L{}", number));
    EXPECT_TRUE(part.is_declaration);
    ASSERT_EQ(part.references.size(), wanted.parts.at(0).references.size());
    EXPECT_EQ(part.references.at(0).value, wanted.parts.at(0).references.at(0).value);
  }
  EXPECT_EQ(journal_->last(), 4);
  append(5, 1);
  EXPECT_EQ(journal_->last(), 5);
}

// A power cut may leave any prefix of the last batch, or of a page.
TEST_F(JournalTest, ABatchThatWasCutOffIsNotThere) {
  append(1, 2);
  append(3, 5);
  const auto path = folder_ / segments().at(0);
  const auto whole = *core::read_file(path, 100'000'000);
  const auto second = whole.find("PJR1", 8'192);  // Records begin on pages.
  ASSERT_NE(second, std::string::npos);
  ASSERT_EQ(second % 4'096, 0u);
  const auto end = whole.find_last_not_of('\0') + 1;
  for (std::size_t cut = second; cut < end; cut += 97) {
    auto damaged = whole;
    std::fill(damaged.begin() + static_cast<std::ptrdiff_t>(cut), damaged.end(), '\0');
    journal_.reset();
    test::put_file(path, damaged);
    reopen(0);
    ASSERT_EQ(problem_, "") << cut;
    ASSERT_EQ(again_.size(), 2u) << cut;
    EXPECT_EQ(journal_->last(), 2);
  }
}

TEST_F(JournalTest, FilesAreUsedAnewAndWhatStoodInThemIsNotTakenForNew) {
  constexpr std::size_t kBig = 3'000'000;  // Two fill a file.
  for (int i = 1; i <= 9; ++i) append(i, 1, kBig);
  EXPECT_EQ(segments().size(), 5u);  // The first, which it had to wait for, has one.
  journal_->release(9);
  const auto files = segments().size();
  EXPECT_EQ(files, 4u);
  for (int i = 10; i <= 15; ++i) append(i, 1, kBig);
  EXPECT_EQ(segments().size(), files);
  reopen(9);
  EXPECT_EQ(problem_, "");
  EXPECT_EQ(again_.size(), 6u);
  EXPECT_EQ(again_.begin()->first, 10);
  EXPECT_EQ(again_.rbegin()->first, 15);
  // All of it stands in the tables: numbers go on.
  reopen(15);
  EXPECT_TRUE(again_.empty());
  journal_->release(15);
  append(16, 1);
  reopen(15);
  ASSERT_EQ(again_.size(), 1u);
  EXPECT_EQ(again_.at(16).parts.at(0).lrn, "L16");
}

TEST_F(JournalTest, WhatIsMissingIsNamed) {
  constexpr std::size_t kBig = 5'000'000;
  for (int i = 1; i <= 3; ++i) append(i, 1, kBig);
  journal_.reset();
  std::filesystem::remove(folder_ / segments().at(1));
  reopen(0);
  EXPECT_THAT(problem_, HasSubstr("missing"));
  EXPECT_THAT(problem_, HasSubstr("store.intake-0003"));
}

TEST_F(JournalTest, AMessageLargerThanAFileHasOneOfItsOwn) {
  append(1, 1, 20'000'000);
  append(2, 1);
  reopen(0);
  EXPECT_EQ(again_.size(), 2u);
}

TEST_F(JournalTest, OnlyOneProgramAtATime) {
  const auto second = MessageJournal::open(stem());
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, core::ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace portcullis::customs
