"""Rules of the repository that a compiler cannot see.

- Product code takes time, randomness and the network through what is handed in: raw calls stand
  only in the files listed here, each with its reason.
- No test lets a fixed time pass: it waits, with a bound, for what it is about.
- No code uses what clang 14 or GCC 12 lack, nor opens a namespace in a header.
- Nothing in the tree names the places it was developed at, and no work is left as a note in it.
- Shell scripts and Python tools parse.

A line that must break a rule says why after `repository-rule:`. With --self-test the rules are
run over planted violations.
"""

import ast
import pathlib
import re
import subprocess
import sys

PRODUCT = ("core", "api", "firmware_bridge", "acquisition", "imaging", "plc", "lane", "archive",
           "customs", "access", "inspection", "services", "hub", "hmi", "simulator", "apps")
SOURCE = (".h", ".cpp", ".inl")
# Files that show the words the rules look for.
RULES_FILE = "tests/layering/check_repository.py"

# pattern, what to do instead, where it holds (path prefixes; "" is everywhere), endings, where not.
RULES = [
    (re.compile(r"\b(std::chrono::)?(steady|system|high_resolution)_clock::now\s*\("),
     # gRPC's deadlines are of the system's clock; imaging times itself for its report; a frame's
     # time is the screen's own.
     "take a core::Clock", PRODUCT, SOURCE, ("hmi/", "services/", "imaging/pipeline/process.cpp")),
    (re.compile(r"\bstd::random_device\b|(?<!\.)\bs?rand\s*\("), "take a seed", PRODUCT, SOURCE, ()),
    (re.compile(r"\bsleep_for\b|\bthis_thread::sleep|\b(u|nano)?sleep\s*\(|\bpoll\s*\(\s*(nullptr|NULL|0)\s*,"),
     "wait on a condition or a deadline", PRODUCT, SOURCE, ()),
    (re.compile(r"\bsystem\s*\(\s*\""), "use the program runner", PRODUCT, SOURCE, ()),
    (re.compile(r"\bsleep_(for|until)\b|\b(u|nano)?sleep\s*\(|\bpoll\s*\(\s*(nullptr|NULL|0)\s*,"
                r"|\btime\.sleep\b|\bQTest::q(Wait|Sleep)\s*\("),
     "wait for what it is about with test::eventually()", ("tests/", "bench/", "tools/"),
     SOURCE + (".py",), ("tests/support/eventually.h",)),
    (re.compile(r"\bstd::(format|vformat|source_location|views)\b|#\s*include <(format|source_location)>"),
     "clang 14 and GCC 12 do not have it", ("",), SOURCE, ()),
    (re.compile(r"^\s*using namespace (?!std::(chrono|string|literals))"),
     "name what is used: a build in one translation unit shares it", PRODUCT, SOURCE, ()),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "do it, or say what is missing in words", ("",),
     SOURCE + (".py", ".cmake", ".txt", ".toml", ".qml", ".proto", ".md", ".sql"), ()),
    (re.compile(r"(?<![\w.])/(home|root|work|Users)/\w"),
     "names a place on somebody's machine", ("",), ("",), ()),
]


def under(name, prefixes):
    return any(p == "" or name == p or name.startswith(p if p.endswith("/") else p + "/")
               for p in prefixes)


def check_line(name, line):
    """What is to be done instead of `line` in the file `name`; empty where it may stand."""
    if name == RULES_FILE or "repository-rule:" in line:
        return []
    code = line.split("//")[0] if name.endswith(SOURCE) else line
    found = []
    for pattern, instead, where, endings, but in RULES:
        text = line if instead.startswith(("do it", "names")) else code
        if (under(name, where) and name.endswith(endings) and not name.startswith(but or "\0")
                and pattern.search(text)):
            found.append(instead)
    return found


def check_parses(name, file, text):
    if name.endswith(".py"):
        try:
            ast.parse(text)
        except SyntaxError as error:
            return f"{name}:{error.lineno}: {error.msg}"
    if text.startswith("#!/usr/bin/env bash"):
        done = subprocess.run(["bash", "-n", str(file)], capture_output=True, text=True)
        if done.returncode != 0:
            return f"{name}: {done.stderr.strip()}"
    return None


def tracked(root):
    names = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=True)
    return names.stdout.splitlines()


def check_tree(root):
    problems, files = [], 0
    for name in tracked(root):
        file = root / name
        if not file.is_file() or file.stat().st_size > 1 << 20:
            continue
        files += 1
        text = file.read_text(errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for instead in check_line(name, line):
                problems.append(f"{name}:{number}: {line.strip()[:80]}: {instead}")
        wrong = check_parses(name, file, text)
        if wrong:
            problems.append(wrong)
    return problems, files


def self_test():
    planted = [
        ("lane/cycle.cpp", "const auto now = std::chrono::steady_clock::now();"),
        ("imaging/a.cpp", "std::random_device device;"),
        ("plc/a.cpp", "std::this_thread::sleep_for(period);"),
        ("apps/a.cpp", 'system("rm");'),
        ("tests/unit/plc/a_test.cpp", "  std::this_thread::sleep_for(std::chrono::seconds(1));"),
        ("tests/unit/plc/a_test.cpp", "  ::usleep(100);"),
        ("tests/unit/plc/a_test.cpp", "  ::poll(nullptr, 0, 20);"),
        ("tests/unit/hmi/a_test.cpp", "  QTest::qWait(100);"),
        ("tests/unit/plc/a.py", "time.sleep(1)"),
        ("bench/a.cpp", "nanosleep(&time, nullptr);"),
        ("core/a.h", "#include <format>"),
        ("tests/unit/core/a_test.cpp", 'std::format("{}", 1)'),
        ("core/a.cpp", "using namespace std;"),
        ("docs/a.md", "TO" "DO: write this"),
        ("core/a.h", "// FIX" "ME later"),
        ("README.md", "see /home/anna/build"),
        ("tests/data/a.json", '"/root/x"'),
    ]
    allowed = [
        ("tests/support/eventually.h", "    std::this_thread::sleep_for(step);"),
        ("hmi/a.cpp", "const auto now = std::chrono::steady_clock::now();"),
        ("tests/unit/core/a_test.cpp", "const auto now = std::chrono::steady_clock::now();"),
        ("plc/a.cpp", "// never sleep_for() here"),
        ("plc/a.cpp", "::poll(&ready, 1, 20);"),
        ("core/a.cpp", "using namespace std::chrono_literals;"),
        ("core/a.cpp", 'fmt::format("{}", 1)'),
        ("apps/main.cpp", "  using namespace portcullis;  // repository-rule: in main() only"),
    ]
    missed = [p for p in planted if not check_line(*p)]
    wrong = [a for a in allowed if check_line(*a)]
    for item in missed:
        print("planted violation not found:", item)
    for item in wrong:
        print("allowed line refused:", item)
    return not missed and not wrong


def main():
    if "--self-test" in sys.argv:
        sys.exit(0 if self_test() else 1)
    problems, files = check_tree(pathlib.Path(sys.argv[1]))
    for problem in problems:
        print(problem)
    print(f"{files} files read, {len(problems)} problems")
    sys.exit(1 if problems or files == 0 else 0)


main()
