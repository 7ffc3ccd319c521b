"""Runs the benchmarks and writes out/bench/report.md, report.json and details.json.

bench/rows.toml lists the rows: which figure of which program is measured, beside which peer or
limit of the same run, and the target. Programs are Google Benchmark executables (JSON out,
repeated, A and B interleaved at random) or whole commands that are timed from outside. The figure
of a row is the median; minimum and maximum stand beside it. A row whose program is not built, or
that no program measures yet, is reported as missing, and so is never met.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What Google Benchmark adds to a benchmark's name for its settings.
OPTIONS = re.compile(r"/(iterations|repeats|min_time|min_warmup_time|real_time|process_time|manual_time|threads)\b.*")


class Missing(Exception):
    """The row cannot be measured; the text says why."""


def run_google_benchmark(program, bin_folder, cache):
    """{benchmark: {figure: [value of each repetition]}} of one program, run once a report."""
    if program in cache:
        return cache[program]
    path = bin_folder / program
    if not path.exists():
        raise Missing(f"program {program} is not built")
    print(f"bench:   running {program}", file=sys.stderr)
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        done = subprocess.run(
            [path, f"--benchmark_out={out.name}", "--benchmark_out_format=json",
             "--benchmark_enable_random_interleaving=true"],
            stdout=sys.stderr, cwd=ROOT)
        if done.returncode != 0:
            raise Missing(f"{program} failed with exit status {done.returncode}")
        entries = json.load(open(out.name))["benchmarks"]
    figures = {}
    for entry in entries:
        if entry.get("run_type") == "aggregate":
            continue
        name = OPTIONS.sub("", entry.get("run_name", entry["name"]))
        of = figures.setdefault(name, {})
        if entry.get("error_occurred"):
            of.setdefault("error", []).append(entry.get("error_message", "failed"))
            continue
        for key, value in entry.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                of.setdefault(key, []).append(value)
    cache[program] = figures
    return figures


def run_quietly(words):
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Missing(f"{' '.join(words)}: {last_line(done.stderr)}")


def time_command(spec, bin_folder):
    """Wall seconds of each run; every run has an empty folder of its own. What they work on is
    prepared once: between runs nothing else uses the machine."""
    times = []
    with tempfile.TemporaryDirectory() as prepared:
        places = {"bin": str(bin_folder), "root": str(ROOT), "in": prepared}
        if "prepare" in spec:
            run_quietly([w.format(**places, tmp=prepared) for w in spec["prepare"]])
        for run in range(spec.get("warm_up", 0) + spec.get("runs", 3)):
            with tempfile.TemporaryDirectory() as folder:
                words = [w.format(**places, tmp=folder) for w in spec["command"]]
                if not pathlib.Path(words[0]).exists():
                    raise Missing(f"program {words[0]} is not built")
                begin = time.monotonic()
                run_quietly(words)
                spent = time.monotonic() - begin
            if run >= spec.get("warm_up", 0):
                times.append(spent)
    return times


def run_script(script, bin_folder, cache):
    """{figure: [values]} of a script of bench/ that prints them as JSON, run once a report."""
    if script in cache:
        return cache[script]
    print(f"bench:   running {script}", file=sys.stderr)
    done = subprocess.run([sys.executable, ROOT / "bench" / script, bin_folder],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode != 0:
        raise Missing(f"{script}: {last_line(done.stderr)}")
    cache[script] = json.loads(done.stdout)
    return cache[script]


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else "failed without a word"


def samples_of(spec, bin_folder, cache):
    """All values of one row's `measured` or `peer` entry."""
    if "missing" in spec:
        raise Missing(spec["missing"])
    if "value" in spec:
        return [float(spec["value"])]
    if "command" in spec:
        return [t * spec.get("scale", 1.0) for t in time_command(spec, bin_folder)]
    if "script" in spec:
        figures = run_script(spec["script"], bin_folder, cache)
        if spec["figure"] not in figures:
            raise Missing(f"{spec['script']} gives no {spec['figure']}")
        return [v * spec.get("scale", 1.0) for v in figures[spec["figure"]]]
    figures = run_google_benchmark(spec["program"], bin_folder, cache)
    names = spec["benchmark"] if isinstance(spec["benchmark"], list) else [spec["benchmark"]]
    best = None
    for name in names:
        if name not in figures:
            raise Missing(f"{spec['program']} has no benchmark {name}")
        of = figures[name]
        if "error" in of:
            raise Missing(f"{spec['program']} {name}: {of['error'][0]}")
        key = spec.get("figure", "real_time")
        if key not in of:
            raise Missing(f"{spec['program']} {name}: no figure {key}")
        values = [v * spec.get("scale", 1.0) for v in of[key]]
        # Of several ways to do the peer's work the best one is the peer.
        better = max if spec.get("best", "most") == "most" else min
        if best is None or better(statistics.median(values), statistics.median(best)) != statistics.median(best):
            best = values
    return best


def requirements_broken(row, bin_folder, cache):
    """Figures that must not be exceeded in any repetition, as {benchmark figure: limit}."""
    broken = []
    measured = row["measured"]
    for key, limit in row.get("require", {}).items():
        figures = run_google_benchmark(measured["program"], bin_folder, cache)
        values = figures.get(measured["benchmark"], {}).get(key)
        if values is None:
            broken.append(f"{key} not measured")
        elif max(values) > limit:
            broken.append(f"{key} {max(values):g}, at most {limit:g} allowed")
    return broken


def measure_row(row, bin_folder, cache):
    """The row of report.json and what only details.json and report.md carry."""
    entry = {"row": row["name"], "measured": None, "unit": row["unit"], "peer": row["peer"]["name"],
             "peer_measured": None, "ratio": None, "target": row["target"], "met": False}
    notes = []
    try:
        peer = samples_of(row["peer"], bin_folder, cache)
        entry["peer_measured"] = statistics.median(peer)
        measured = samples_of(row["measured"], bin_folder, cache)
        entry["measured"] = statistics.median(measured)
        less = row["better"] == "less"
        parts = (entry["peer_measured"], entry["measured"])
        over, under = parts if less else parts[::-1]
        entry["ratio"] = over / under if under else float("inf")
        if row.get("target_is") == "limit":  # of the figure itself, the peer only stands beside it
            entry["met"] = entry["measured"] <= row["target"] if less else entry["measured"] >= row["target"]
        else:
            entry["met"] = entry["ratio"] >= row["target"]
        broken = requirements_broken(row, bin_folder, cache)
        if broken:
            entry["met"] = False
            notes += broken
        spread = {"measured_min": min(measured), "measured_max": max(measured), "peer_min": min(peer),
                  "peer_max": max(peer), "repetitions": len(measured)}
    except Missing as reason:
        notes.append(f"missing: {reason}")
        spread = {}
    if "note" in row:
        notes.append(row["note"])
    return entry, {"row": row["name"], **spread, "notes": notes}


def number(value, unit):
    if value is None:
        return "missing"
    if value >= 1e6 and unit.endswith("/s"):
        return f"{value / 1e6:.4g} M{unit}"
    return f"{value:.4g} {unit}"


def table(entries, details):
    lines = ["| what | measured (least to most) | peer or limit | peer measured | ratio | target | met |",
             "|---|---|---|---|---|---|---|"]
    for e, d in zip(entries, details):
        spread = ""
        if d.get("repetitions", 1) > 1:
            spread = f" ({number(d['measured_min'], e['unit'])} to {number(d['measured_max'], e['unit'])})"
        ratio = "-" if e["ratio"] is None else f"{e['ratio']:.2f}"
        met = "yes" if e["met"] else ("missing" if e["measured"] is None else "no")
        lines.append(f"| {e['row']} | {number(e['measured'], e['unit'])}{spread} | {e['peer']} "
                     f"| {number(e['peer_measured'], e['unit'])} | {ratio} | {e['target']:g} | {met} |")
    notes = [f"- {d['row']}: {'; '.join(d['notes'])}" for d in details if d["notes"]]
    return "\n".join(lines + ([""] + notes if notes else [])) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="rows whose name contains this")
    parser.add_argument("--bin", default=ROOT / "build/release/bin", type=pathlib.Path,
                        help="folder of the programs")
    parser.add_argument("--list", action="store_true", help="print the rows' names")
    arguments = parser.parse_args()
    rows = tomllib.loads((ROOT / "bench/rows.toml").read_text())["row"]
    if arguments.only:
        rows = [r for r in rows if arguments.only.lower() in r["name"].lower()]
        if not rows:
            sys.exit(f"bench: no row's name contains '{arguments.only}'; tools/bench --list names them")
    if arguments.list:
        print("\n".join(r["name"] for r in rows))
        return
    cache, entries, details = {}, [], []
    for row in rows:
        print(f"bench: {row['name']}", file=sys.stderr)
        entry, detail = measure_row(row, arguments.bin, cache)
        entries.append(entry)
        details.append(detail)
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.json").write_text(json.dumps(entries, indent=2) + "\n")
    (out / "details.json").write_text(json.dumps(details, indent=2) + "\n")
    text = table(entries, details)
    (out / "report.md").write_text(text)
    print(text, end="")


main()
