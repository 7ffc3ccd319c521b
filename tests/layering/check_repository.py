"""Rules of the repository that a compiler cannot see.

- Product code takes time, randomness and the network through what is handed in: raw calls stand
  only in the files listed here, each with its reason.
- Nothing in the tree names the places it was developed at.
- Shell scripts and Python tools parse.
"""

import ast
import pathlib
import re
import subprocess
import sys

PRODUCT = ["core", "firmware_bridge", "acquisition", "imaging", "plc", "lane", "archive", "customs",
           "inspection", "services", "hmi", "simulator", "apps"]
RULES = [
    # pattern, what to use instead, files that may (prefixes)
    (re.compile(r"\b(std::chrono::)?(steady|system|high_resolution)_clock::now\s*\("),
     # gRPC's deadlines are of the system's clock; imaging times itself for its report; a frame's
     # time is the screen's own.
     "take a core::Clock", ["hmi/", "services/", "imaging/pipeline/process.cpp"]),
    (re.compile(r"\bstd::random_device\b|\bs?rand\s*\("), "take a seed", []),
    (re.compile(r"\bsleep_for\b|\busleep\s*\(|\bstd::this_thread::sleep"),
     "wait on a condition or a deadline", []),
    (re.compile(r"\bsystem\s*\(\s*\""), "use the program runner", []),
]
PLACES = re.compile(r"/work/|\.\./shared|/tmp/b-|shared/(data|design)")


def tracked(root):
    names = subprocess.run(["git", "-C", root, "ls-files"], capture_output=True, text=True, check=True)
    return [pathlib.PurePosixPath(n) for n in names.stdout.splitlines()]


def main():
    root = pathlib.Path(sys.argv[1])
    problems = []
    for name in tracked(root):
        file = root / name
        if not file.is_file() or file.stat().st_size > 1 << 20:
            continue
        text = file.read_text(errors="replace")
        if name.as_posix() != "tests/layering/check_repository.py":
            for number, line in enumerate(text.splitlines(), 1):
                if PLACES.search(line):
                    problems.append(f"{name}:{number}: names a place outside the product: {line.strip()[:80]}")
        if name.parts[0] in PRODUCT and name.suffix in {".h", ".cpp"}:
            for number, line in enumerate(text.splitlines(), 1):
                if "repository-rule:" in line:
                    continue
                for pattern, instead, allowed in RULES:
                    if pattern.search(line.split("//")[0]) and not any(name.as_posix().startswith(a) for a in allowed):
                        problems.append(f"{name}:{number}: {line.strip()[:80]}: {instead}")
        if name.suffix == ".py":
            try:
                ast.parse(text)
            except SyntaxError as error:
                problems.append(f"{name}:{error.lineno}: {error.msg}")
        if text.startswith("#!/usr/bin/env bash"):
            done = subprocess.run(["bash", "-n", str(file)], capture_output=True, text=True)
            if done.returncode != 0:
                problems.append(f"{name}: {done.stderr.strip()}")
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


main()
