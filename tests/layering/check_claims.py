"""Fails where a page names a test that is not there.

docs/lane_claims.md names the tests that show each promise, docs/hmi_tools.md those that drive each
tool of the screen, as `Suite.Name`. With --self-test the checker is run over a planted page.
"""

import pathlib
import re
import sys

PAGES = ["docs/lane_claims.md", "docs/hmi_tools.md"]
NAMED = re.compile(r"`([A-Z]\w+\.[A-Z]\w+)`")
TEST = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.MULTILINE)


def tests_of(texts):
    return {f"{suite}.{name}" for text in texts for suite, name in TEST.findall(text)}


def missing(page, known):
    return sorted(set(NAMED.findall(page)) - known)


def main():
    if sys.argv[1] == "--self-test":
        known = tests_of(["TEST(Aa, Bb) {\n", "TEST_P(Long,\n       Name) {\n"])
        found = missing("| x | `Aa.Bb`, `Long.Name`, `Aa.Gone`, `file.h` |", known)
        sys.exit(0 if found == ["Aa.Gone"] else f"check_claims: self-test found {found}")
    root = pathlib.Path(sys.argv[1])
    known = tests_of(f.read_text() for f in (root / "tests").rglob("*.cpp"))
    bad = 0
    for name in PAGES:
        page = (root / name).read_text()
        if not NAMED.search(page):
            sys.exit(f"{name}: names no test")
        for test in missing(page, known):
            print(f"{name}: there is no test {test}")
            bad += 1
    sys.exit(1 if bad else 0)


main()
