"""Runs the benchmarks and writes out/bench/report.{md,json}.

bench/rows.toml lists the rows: which figure of which program is measured, beside which peer or
limit of the same run, and the target. Programs are Google Benchmark executables (JSON out) or
whole commands that are timed from outside.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = ROOT / "build/release/bin"


def run_google_benchmark(program, cache):
    if program not in cache:
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            subprocess.run([BIN / program, f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
                           check=True, stdout=sys.stderr)
            entries = json.load(open(out.name))["benchmarks"]
        cache[program] = {entry["name"]: entry for entry in entries}
    return cache[program]


def figure(spec, cache):
    """One number from a row's `measured` or `peer` entry."""
    if "value" in spec:
        return spec["value"]
    if "command" in spec:
        times = []
        with tempfile.TemporaryDirectory() as folder:
            words = [w.format(bin=BIN, root=ROOT, tmp=folder) for w in spec["command"]]
            for run in range(spec.get("warm_up", 0) + spec.get("runs", 3)):
                begin = time.monotonic()
                subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                if run >= spec.get("warm_up", 0):
                    times.append(time.monotonic() - begin)
        return statistics.median(times)
    entries = run_google_benchmark(spec["program"], cache)
    if spec["benchmark"] not in entries:
        sys.exit(f"bench: {spec['program']} has no benchmark {spec['benchmark']}")
    return entries[spec["benchmark"]][spec.get("figure", "real_time")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="rows whose name contains this")
    arguments = parser.parse_args()
    rows = tomllib.loads((ROOT / "bench/rows.toml").read_text())["row"]
    if arguments.only:
        rows = [r for r in rows if arguments.only in r["name"]]
        if not rows:
            sys.exit(f"bench: no row's name contains '{arguments.only}'")
    cache, report = {}, []
    for row in rows:
        print(f"bench: {row['name']}", file=sys.stderr)
        measured, peer = figure(row["measured"], cache), figure(row["peer"], cache)
        ratio = peer / measured if row["better"] == "less" else measured / peer
        report.append({"row": row["name"], "measured": measured, "unit": row["unit"], "peer": row["peer"]["name"],
                       "peer_measured": peer, "ratio": ratio, "target": row["target"], "met": ratio >= row["target"]})
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    lines = ["| what | measured | peer or limit | peer measured | ratio | target | met |", "|---|---|---|---|---|---|---|"]
    for r in report:
        lines.append(f"| {r['row']} | {r['measured']:.4g} {r['unit']} | {r['peer']} | {r['peer_measured']:.4g} {r['unit']} "
                     f"| {r['ratio']:.2f} | {r['target']:.2f} | {'yes' if r['met'] else 'no'} |")
    (out / "report.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


main()
