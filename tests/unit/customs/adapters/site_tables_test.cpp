#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/site_tables.h"

// Positions and paths are data that a site corrects without a build.
namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class SiteTables : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    ASSERT_NE(out, nullptr) << "PORTCULLIS_TEST_OUT: no folder to write in";
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(out) / "site-tables" / test->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { ASSERT_TRUE(use_site_tables({}).ok()); }
  void put(const std::string& name, const std::string& text) {
    ASSERT_TRUE(core::write_file_atomically(folder_ / name, text).ok());
  }
  std::string refused() {
    const auto used = use_site_tables(folder_);
    EXPECT_FALSE(used.ok());
    return used.ok() ? std::string() : used.error().message;
  }
  std::filesystem::path folder_;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

TEST_F(SiteTables, WhatComesWithTheProgramCanBeUsed) {
  EXPECT_THAT(table_names(), UnorderedElementsAre("camir.txt", "carm.txt"));
  for (const auto name : table_names()) put(std::string(name), std::string(shipped_table(name)));
  const auto used = use_site_tables(folder_);
  EXPECT_TRUE(used.ok()) << used.error().message;
  EXPECT_TRUE(shipped_table("no-such.txt").empty());
}

TEST_F(SiteTables, ACorrectedPositionIsRead) {
  std::string records;
  for (std::string text :
       {"ACRPORTDC", "J01MSCU", "B01EK569969", "C01S1              CSQU3054383", "ZCR"}) {
    text.resize(80, ' ');
    records += text + "\n";
  }
  // As it comes the seal stands where the container is looked for.
  const auto before = parse_message(records, "m");
  EXPECT_TRUE(!before.ok() || before->declarations.at(0).containers.at(0).number != "CSQU3054383");
  auto table = std::string(shipped_table("camir.txt"));
  table = replaced(table, "C01|4|14|AN|M|container-number||assumed|",
                   "C01|20|13|AN|M|container-number||CBP|");
  table = replaced(table, "C01|18|15|X|", "C01|4|15|X|");
  put("camir.txt", table);
  const auto used = use_site_tables(folder_);
  ASSERT_TRUE(used.ok()) << used.error().message;
  const auto read = parse_message(records, "m");
  ASSERT_TRUE(read.ok()) << read.error().message;
  const auto& container = read->declarations.at(0).containers.at(0);
  EXPECT_EQ(container.number, "CSQU3054383");
  EXPECT_THAT(container.seals, ElementsAre("S1"));
}

TEST_F(SiteTables, AReleaseIsTakenFromPositionsThatAreCustomsOwn) {
  const auto bytes = core::read_file("tests/data/customs/camir/status.camir", 10'000);
  ASSERT_TRUE(bytes.ok());
  const auto before = parse_message(*bytes, "m");
  ASSERT_TRUE(before.ok()) << before.error().message;
  EXPECT_EQ(before->notices.at(1).effect, Effect::kNone);
  auto table = std::string(shipped_table("camir.txt"));
  for (auto at = table.find("\nR02|"); at != std::string::npos; at = table.find("\nR02|", at + 1))
    table.replace(table.find("|assumed|", at), 9, "|CBP|");
  put("camir.txt", table);
  const auto used = use_site_tables(folder_);
  ASSERT_TRUE(used.ok()) << used.error().message;
  const auto after = parse_message(*bytes, "m");
  ASSERT_TRUE(after.ok()) << after.error().message;
  EXPECT_EQ(after->notices.at(0).effect, Effect::kHold);
  EXPECT_EQ(after->notices.at(1).effect, Effect::kRelease);
}

TEST_F(SiteTables, ACorrectedPathIsRead) {
  put("carm.txt", replaced(replaced(std::string(shipped_table("carm.txt")),
                                    "commercial_accounting_declaration|document", "CAD|document"),
                           "transaction_number|lrn", "Header/ID|lrn"));
  const auto used = use_site_tables(folder_);
  ASSERT_TRUE(used.ok()) << used.error().message;
  const auto xml = parse_message("<CAD><Header><ID>7</ID></Header></CAD>", "m");
  ASSERT_TRUE(xml.ok()) << xml.error().message;
  EXPECT_EQ(xml->declarations.at(0).lrn, "7");
  const auto json = parse_message(R"({"CAD": {"Header": {"ID": 8}, "More": "kept 7"}})", "m");
  ASSERT_TRUE(json.ok()) << json.error().message;
  EXPECT_EQ(json->declarations.at(0).lrn, "8");
  ASSERT_EQ(json->unknown.size(), 1U);
  EXPECT_EQ(json->unknown[0].value, "kept 7");
}

TEST_F(SiteTables, ATableThatCannotBeUsedChangesNothing) {
  const std::string camir(shipped_table("camir.txt"));
  const struct {
    std::string from, to, says;
  } kWrong[] = {
      {"P01|4|4|N|M|", "P01|4|4|N|M|extra|", "has 10 values between '|', not 9"},
      {"P01|4|4|N|", "P01|0|4|N|", "position \"0\" is not a number from 1 to 80"},
      {"P01|4|4|N|", "P01|78|4|N|", "positions 78 to 81 end after the record's 80"},
      {"P01|4|4|N|", "P01|4|5|N|", "\"estimated date of arrival\" of P01 shares positions with "},
      {"P01|4|4|N|", "P01|4|4|Q|", "class \"Q\" is not one of"},
      {"P01|8|6|MMDDYY", "P01|8|8|MMDDYY", "class MMDDYY has 6 positions, not 8"},
      {"P01|4|4|N|M|", "P01|4|4|N|Y|", "\"Y\" is neither M (mandatory) nor C"},
      {"manifest-discharge", "manifest-colour", "field \"manifest-colour\" is not known"},
      {"P01|4|4|N|M|manifest-discharge||assumed|", "P01|4|4|N|M|manifest-discharge|||",
       "names no source of its position"},
      {"P01|1|3|", "P01|1|4|", "the first field of P01 must be its identifier"},
      {"P01|1|3|", "P1|1|3|", "\"P1\" is no record identifier"},
      {"CBP port", "CBP p\xc3\xb6rt", "holds other than printable ASCII"}};
  for (const auto& wrong : kWrong) {
    put("camir.txt", replaced(camir, wrong.from, wrong.to));
    const auto why = refused();
    EXPECT_THAT(why, HasSubstr(wrong.says));
    EXPECT_THAT(why, HasSubstr("camir.txt: line "));
    EXPECT_EQ(why.find('\n'), std::string::npos);
  }
  put("camir.txt", "ACR|1|3|AN|M|known||APL|control identifier\n");
  EXPECT_THAT(refused(), HasSubstr("camir.txt: has no record ZCR"));
  put("camir.txt", "# nothing\n");
  EXPECT_THAT(refused(), HasSubstr("camir.txt: holds no line"));
  put("camir.txt", camir);
  const std::string carm(shipped_table("carm.txt"));
  put("carm.txt", replaced(carm, "transaction_number|lrn", "/transaction number|lrn"));
  EXPECT_THAT(refused(), HasSubstr("is no path of elements"));
  put("carm.txt", replaced(carm, "transaction_number|lrn", "transaction_number|colour"));
  EXPECT_THAT(refused(), HasSubstr("field \"colour\" is not known"));
  put("carm.txt", replaced(carm, "|document||ours", "|lrn||ours"));
  EXPECT_THAT(refused(), HasSubstr("the first line must be the document's element"));
  put("carm.txt", carm);
  put("cam.txt", camir);
  EXPECT_THAT(refused(), HasSubstr("is no table's name (camir.txt, carm.txt)"));
  EXPECT_EQ(use_site_tables(folder_ / "none").error().code, core::ErrorCode::kNotFound);
  const auto bytes = core::read_file("tests/data/customs/camir/manifest.camir", 10'000);
  ASSERT_TRUE(bytes.ok());
  EXPECT_TRUE(parse_message(*bytes, "m").ok());
}

TEST(Carm, Declaration) {
  const auto c = parse_message_file("tests/data/customs/carm/declaration.xml");
  ASSERT_TRUE(c.ok()) << c.error().message;
  EXPECT_EQ(c->message.system, "carm");
  EXPECT_EQ(c->message.name, "CAD");
  EXPECT_EQ(c->message.version, "1");
  ASSERT_EQ(c->declarations.size(), 1U);
  const auto& d = c->declarations[0];
  EXPECT_EQ(d.lrn, "12345678901234");
  EXPECT_EQ(d.procedure, "import");
  EXPECT_EQ(d.declarant, "Owl Brokers (987654321RM0001)");
  EXPECT_EQ(d.consignee, "Lion Toys Inc. (123456789RM0001)");
  EXPECT_EQ(d.consignor, "Shanghai Toys Ltd");
  EXPECT_EQ(d.gross_mass_kg, 2150.5);
  ASSERT_EQ(d.items.size(), 2U);
  EXPECT_EQ(d.items[0].hs_code, "9503009090");
  EXPECT_EQ(d.items[1].description, "Toy robots");
  ASSERT_EQ(d.containers.size(), 1U);
  EXPECT_EQ(d.containers[0].number, "CSQU3054383");
  const auto& details = c->details.at(0);
  EXPECT_EQ(details.value, 7600.5);
  EXPECT_EQ(details.currency, "CAD");
  EXPECT_EQ(details.items.at(1).value, 2200.5);
  EXPECT_EQ(details.items.at(1).currency, "CAD");
  ASSERT_EQ(details.documents.size(), 1U);
  EXPECT_EQ(details.documents[0].type, "cargo control number");
  EXPECT_EQ(details.documents[0].reference, "8000MSCUEK569969");
  // A quantity in the tariff's unit is no number of packages.
  EXPECT_FALSE(d.packages);
  std::vector<std::string> kept;
  for (const auto& u : c->unknown) kept.push_back(u.value);
  EXPECT_THAT(kept, ElementsAre("2026-01-05", "1200"));

  auto answered = *c;
  auto& decision = answered.decisions.emplace_back();
  decision.kind = core::DecisionKind::kHold;
  decision.container = "CSQU3054383";
  decision.reason_text = "<dense> & heavy";
  const auto draft = emit_message(answered, "carm", "STATUS-DRAFT");
  ASSERT_TRUE(draft.ok()) << draft.error().message;
  EXPECT_THAT(draft->content, HasSubstr("<transaction_number>12345678901234<"));
  EXPECT_THAT(draft->content, HasSubstr("<decision>hold<"));
  EXPECT_THAT(draft->content, HasSubstr("&lt;dense&gt; &amp; heavy"));

  const auto json = parse_message_file("tests/data/customs/carm/declaration.json");
  ASSERT_TRUE(json.ok()) << json.error().message;
  EXPECT_EQ(json->declarations.at(0).containers.size(), 2U);
  EXPECT_THAT(json->declarations[0].containers[0].seals, ElementsAre("S1", "S2"));
  EXPECT_EQ(json->details.at(0).documents.size(), 2U);
}

}  // namespace
}  // namespace portcullis::customs
