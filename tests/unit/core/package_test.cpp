#include "core/package/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/child_process.h"
#include "core/files.h"
#include "core/package/sealed_part.h"

namespace portcullis::core {
namespace {

using ::testing::HasSubstr;

constexpr std::chrono::seconds kToolLimit{30};

std::filesystem::path fresh_folder(const std::string& name) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  EXPECT_NE(out, nullptr);
  auto folder = std::filesystem::path(out != nullptr ? out : ".") / "package" /
                (name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

const PackageHead kHead{"scan-bundle", "scan-1", "Portcullis test", R"({"lane":"Lane 3"})"};

std::vector<PackagePart> some_parts() {
  return {{"case.json", "The case.", "{}\n"},
          {"images/high.tif", "High energy.", std::string(100'000, '\x7f')},
          {"empty.txt", "Nothing.", ""},
          {"images/preview.png", "Stored as it is.", std::string("\x89PNG\0\xff", 6)}};
}

std::string packed(const std::vector<PackagePart>& parts) {
  auto zip = pack(kHead, parts);
  EXPECT_TRUE(zip.ok()) << (zip.ok() ? "" : zip.error().message);
  return zip.ok() ? std::move(zip).value() : std::string();
}

std::string refused(std::string_view zip, const PackageLimits& limits = {}) {
  const auto read = unpack(zip, "x.zip", limits);
  return read.ok() ? "was taken" : read.error().message;
}

/// An independent program's exit and words.
std::pair<bool, std::string> run_tool(const std::string& program,
                                      std::vector<std::string> arguments,
                                      const std::filesystem::path& folder) {
  const auto out = folder / "tool.out";
  std::filesystem::remove(out);
  auto child = ChildProcess::start({program, std::move(arguments), {}, out, -1});
  if (!child.ok()) return {false, child.error().message};
  const auto ended = child->wait(kToolLimit);
  const auto text = read_file(out, 1 << 20);
  return {ended && ended->clean(), text.ok() ? *text : std::string()};
}

TEST(Package, ComesBackAsItWasAndIsTheSameBytesEachTime) {
  const auto zip = packed(some_parts());
  EXPECT_EQ(zip, packed(some_parts()));
  const auto read = unpack(zip, "x.zip");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->head.kind, kHead.kind);
  EXPECT_EQ(read->head.subject, kHead.subject);
  EXPECT_EQ(nlohmann::json::parse(read->head.facts_json)["lane"], "Lane 3");
  const auto parts = some_parts();
  ASSERT_EQ(read->parts.size(), parts.size());
  for (const auto& part : parts) {
    const auto* found = read->find(part.name);
    ASSERT_NE(found, nullptr) << part.name;
    EXPECT_EQ(found->bytes, part.bytes) << part.name;
    EXPECT_EQ(found->about, part.about);
  }
  EXPECT_EQ(read->find("images"), nullptr);
}

// unzip and sha256sum are no programs of ours.
TEST(Package, OtherProgramsReadIt) {
  const auto folder = fresh_folder("tools");
  ASSERT_TRUE(write_file_atomically(folder / "x.zip", packed(some_parts())).ok());
  const auto tested = run_tool("unzip", {"-t", (folder / "x.zip").string()}, folder);
  EXPECT_TRUE(tested.first) << tested.second;
  EXPECT_THAT(tested.second, HasSubstr("No errors detected"));
  const auto opened = folder / "opened";
  const auto unpacked =
      run_tool("unzip", {"-q", (folder / "x.zip").string(), "-d", opened.string()}, folder);
  ASSERT_TRUE(unpacked.first) << unpacked.second;
  const auto summed = run_tool(
      "sh", {"-c", "cd \"$1\" && sha256sum --strict -c SHA256SUMS", "sh", opened.string()}, folder);
  EXPECT_TRUE(summed.first) << summed.second;
  for (const char* name : {"case.json: OK", "images/high.tif: OK", "manifest.json: OK"})
    EXPECT_THAT(summed.second, HasSubstr(name));
}

TEST(Package, NamesThatLeadElsewhereAreNotWritten) {
  for (const char* name : {"", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a b",
                           "a\\b", "caf\xc3\xa9", "manifest.json", "SHA256SUMS"}) {
    const auto zip = pack(kHead, {{name, "", "x"}});
    ASSERT_FALSE(zip.ok()) << name;
    EXPECT_THAT(zip.error().message, HasSubstr(name));
  }
  EXPECT_FALSE(pack(kHead, {{"a", "", "1"}, {"a", "", "2"}}).ok());
}

/// The package with what python's zipfile makes of it by `script`, where z is the old one and parts
/// its parts by name.
std::string changed_by_python(const std::filesystem::path& folder, const std::string& zip,
                              const std::string& script) {
  EXPECT_TRUE(write_file_atomically(folder / "in.zip", zip).ok());
  const std::string program =
      "import sys, zipfile, json, hashlib\n"
      "z = zipfile.ZipFile(sys.argv[1])\n"
      "parts = {n: z.read(n) for n in z.namelist()}\n"
      "def put(parts):\n"
      "    with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as out:\n"
      "        for n, b in parts.items(): out.writestr(n, b)\n" +
      script + "\nput(parts)\n";
  const auto run = run_tool(
      "python3", {"-c", program, (folder / "in.zip").string(), (folder / "out.zip").string()},
      folder);
  EXPECT_TRUE(run.first) << run.second;
  const auto bytes = read_file(folder / "out.zip", 10 << 20);
  return bytes.ok() ? *bytes : std::string();
}

TEST(Package, WhatIsNotAsTheManifestSaysIsRefusedByName) {
  const auto folder = fresh_folder("changed");
  const auto zip = packed(some_parts());
  EXPECT_EQ(refused(changed_by_python(folder, zip, "pass")), "was taken");
  const std::pair<const char*, const char*> cases[] = {
      {"parts['case.json'] = b'[]\\n'", "case.json: is not what the manifest's SHA-256 says"},
      {"parts['case.json'] = b'{}'", "case.json: is not of the size"},
      {"del parts['images/high.tif']", "images/high.tif: is missing"},
      {"parts['more.txt'] = b'x'", "more.txt: is not listed"},
      {"del parts['manifest.json']", "manifest.json: is missing"},
      {"del parts['SHA256SUMS']", "SHA256SUMS: is missing"},
      {"parts['SHA256SUMS'] += b'0'", "SHA256SUMS: does not agree"},
      {"parts['../evil'] = b'x'", "its name is none"},
      {"parts['manifest.json'] = b'{'", "manifest.json: is no JSON object"},
      {"m = json.loads(parts['manifest.json']); m['version'] = 2; "
       "parts['manifest.json'] = json.dumps(m)",
       "is not of format portcullis-package, version 1"},
      {"m = json.loads(parts['manifest.json']); m['files'].append(m['files'][0]); "
       "parts['manifest.json'] = json.dumps(m)",
       "case.json is listed twice"}};
  for (const auto& [script, why] : cases)
    EXPECT_THAT(refused(changed_by_python(folder, zip, script)), HasSubstr(why)) << script;
}

TEST(Package, EverySingleChangedByteAndEveryCutIsRefused) {
  const auto zip = packed({{"a.txt", "A.", "some words that are here to be kept"}});
  for (std::size_t i = 0; i < zip.size(); i += 7) EXPECT_NE(refused(zip.substr(0, i)), "was taken");
  // A byte of a ZIP's own fields may mean nothing (a version, a time): then all parts are as they
  // were; a changed part never passes.
  for (std::size_t i = 0; i < zip.size(); ++i) {
    auto other = zip;
    other[i] = static_cast<char>(other[i] ^ 0x20);
    const auto read = unpack(other, "x.zip");
    if (read.ok()) {
      ASSERT_EQ(read->parts.size(), 1U) << i;
      EXPECT_EQ(read->parts[0].bytes, "some words that are here to be kept") << i;
      EXPECT_EQ(read->head.subject, kHead.subject) << i;
    }
  }
}

TEST(Package, SizesAreBoundedBeforeAnythingIsUnpacked) {
  const auto zip = packed({{"zeros.bin", "", std::string(3'000'000, '\0')}});
  EXPECT_LT(zip.size(), 20'000U);
  PackageLimits limits;
  limits.bytes_max = 1'000'000;
  EXPECT_THAT(refused(zip, limits), HasSubstr("more than 1000000 bytes"));
  limits = {};
  limits.parts_max = 2;
  EXPECT_THAT(refused(zip, limits), HasSubstr("at most 2"));
  EXPECT_THAT(refused("no zip at all"), HasSubstr("x.zip: is no ZIP"));
}

// A central directory that states a part of a gigabyte in some tens of bytes.
TEST(Package, AStatedSizeBeyondTheBytesIsRefused) {
  auto zip = packed({{"a.txt", "A.", "some words"}});
  // APPNOTE 4.3.12: the size stands 24 bytes into the header, before the name at 46.
  const auto name = zip.rfind("a.txt");
  ASSERT_NE(name, std::string::npos);
  ASSERT_EQ(zip.substr(name - 46, 4), "PK\x01\x02");
  zip[name - 46 + 24 + 3] = 0x30;
  EXPECT_THAT(refused(zip), HasSubstr("x.zip: "));
  EXPECT_NE(refused(zip), "was taken");
}

TEST(SealedPart, OpensForItsKeyOnly) {
  const auto folder = fresh_folder("sealed");
  const auto keys = make_sealing_keys(), others = make_sealing_keys();
  ASSERT_TRUE(write_file_atomically(folder / "site.pub", keys.public_text + "\n").ok());
  ASSERT_TRUE(write_file_atomically(folder / "site.key", keys.private_text + "\n").ok());
  ASSERT_TRUE(write_file_atomically(folder / "other.key", others.private_text + "\n").ok());
  const auto public_key = load_key_bytes(folder / "site.pub");
  const auto private_key = load_key_bytes(folder / "site.key");
  const auto other_key = load_key_bytes(folder / "other.key");
  ASSERT_TRUE(public_key.ok() && private_key.ok() && other_key.ok());
  const auto sealed = seal_part("AB123CD", *public_key);
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(sealed->size(), 7U + 48U);
  EXPECT_EQ(sealed->find("AB123CD"), std::string::npos);
  const auto opened = open_part(*sealed, *private_key);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ(*opened, "AB123CD");
  EXPECT_EQ(open_part(*sealed, *other_key).error().code, ErrorCode::kCorrupt);
  auto bent = *sealed;
  bent.back() = static_cast<char>(bent.back() ^ 1);
  EXPECT_FALSE(open_part(bent, *private_key).ok());
  EXPECT_FALSE(open_part("short", *private_key).ok());
  ASSERT_TRUE(write_file_atomically(folder / "bad.key", "xyz\n").ok());
  EXPECT_THAT(load_key_bytes(folder / "bad.key").error().message, HasSubstr("bad.key"));
}

}  // namespace
}  // namespace portcullis::core
