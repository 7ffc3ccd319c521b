"""Fails on an include line that the layers table forbids.

The table is read from cmake/module.cmake (the one place it stands), so that the build and this
test cannot disagree. With --self-test the checker is run over planted violations.
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
SOURCES = {".h", ".cpp", ".inl"}
# apps, tests, bench may include anything; proving all but hmi, api, services.
FREE = {"apps", "tests", "bench"}
# Libraries that belong to one folder: no other may include their headers.
OWNED = [
    (re.compile(r'#\s*include\s*[<"](Q[A-Z]\w*|Qt\w+/)'), {"hmi"}, "Qt"),
    (re.compile(r"#\s*include\s*[<\"](modbus|modbus/modbus)\.h"), {"plc"}, "libmodbus"),
    (re.compile(r"#\s*include\s*[<\"](grpcpp|grpc|api)/"), {"services", "hmi", "api"}, "gRPC"),
    (re.compile(r"#\s*include\s*[<\"]opencv2/"), {"imaging"}, "OpenCV"),
    (re.compile(r"#\s*include\s*[<\"](pango|qrencode)"), {"report"}, "Pango"),
    # The simulator's cameras draw what they "see".
    (re.compile(r"#\s*include\s*[<\"]cairo"), {"report", "simulator"}, "Cairo"),
]


def read_table(root):
    table = {}
    for line in (root / "cmake/module.cmake").read_text().splitlines():
        match = re.match(r"set\(PORTCULLIS_MAY_(\w+)\s*(.*)\)", line)
        if match:
            table[match.group(1)] = {w.strip('"') for w in match.group(2).split()} - {""}
    if "core" not in table or "hmi" not in table:
        sys.exit("check_includes: the layers table in cmake/module.cmake was not found")
    return table


def check_line(table, folder, line):
    """The reason why `line` may not stand in a file of `folder`, or None."""
    for pattern, owners, name in OWNED:
        if pattern.search(line) and folder not in owners:
            return f"{name} is used by {', '.join(sorted(owners))} only"
    match = INCLUDE.match(line)
    if not match:
        return None
    path = match.group(1)
    top = path.split("/")[0]
    if top not in table or top == folder:
        return None
    for allowed in table[folder]:
        if top == allowed or path.startswith(allowed + "/"):
            return None
    return f"{folder} may not include {top}"


def check_tree(root, table):
    problems, files = [], 0
    for folder in sorted(table):
        for file in sorted((root / folder).rglob("*")):
            if file.suffix not in SOURCES:
                continue
            files += 1
            for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
                reason = check_line(table, folder, line)
                if reason:
                    problems.append(f"{file.relative_to(root)}:{number}: {line.strip()}: {reason}")
    return problems, files


def self_test(table):
    planted = [
        ("core", '#include "imaging/images.h"'),
        ("hmi", '#include "plc/modbus/client.h"'),
        ("hmi", '#include "imaging/pipeline/process.h"'),
        ("simulator", '#include "imaging/images.h"'),
        ("imaging", '#include "simulator/scene/scene.h"'),
        ("lane", "#include <QObject>"),
        ("acquisition", "#include <modbus/modbus.h>"),
        ("customs", "#include <grpcpp/grpcpp.h>"),
    ]
    allowed = [
        ("hmi", '#include "imaging/display/render.h"'),
        ("lane", '#include "plc/tags/tags.h"'),
        ("simulator", '#include "firmware_bridge/codec/packet.h"'),
        ("plc", "#include <modbus/modbus.h>"),
    ]
    missed = [p for p in planted if check_line(table, *p) is None]
    wrong = [a for a in allowed if check_line(table, *a) is not None]
    for item in missed:
        print("planted violation not found:", item)
    for item in wrong:
        print("allowed include refused:", item)
    return not missed and not wrong


def main():
    arguments = [a for a in sys.argv[1:] if a != "--self-test"]
    root = pathlib.Path(arguments[0])
    table = read_table(root)
    if "--self-test" in sys.argv:
        sys.exit(0 if self_test(table) else 1)
    problems, files = check_tree(root, table)
    for problem in problems:
        print(problem)
    print(f"{files} files read, {len(problems)} forbidden includes")
    sys.exit(1 if problems or files == 0 else 0)


main()
