"""Charts of processes: the good ones give no error and no warning; in the others each fault is found, at its node or line.

usage: flow.py GBLINT ROOT

fixtures/flow/bad/NAME.expect has a line for each finding: the rule, and the id of the node, `from->to` of the line, or `-` for
the chart as a whole; for a draft (NAME.md) the words at which the finding stands.
"""
import json
import subprocess
import sys
from pathlib import Path

GBLINT, ROOT = sys.argv[1], Path(sys.argv[2]) / "fixtures" / "flow"
SHOWN = ("warning", "error")


def run(*args):
    done = subprocess.run([GBLINT, *args], capture_output=True, text=True, encoding="utf-8")
    if not done.stdout:
        sys.exit(f"{' '.join(args)}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def place(chart, finding):
    if "node" in finding:
        return chart["nodes"][finding["node"]]["id"]
    if "edge" in finding:
        edge = chart["edges"][finding["edge"]]
        return f"{edge['from']}->{edge['to']}"
    return "-"


def found(path):
    if path.suffix == ".md":
        lint = run("lint", "-f", "json", "--no-config", "--profile", "db32-2796", "--select", "FLW,INP", str(path))
        return [f"{f['rule']} {f['quote']}" for f in lint["files"][0]["findings"] if f["level"] in SHOWN]
    return [
        f"{finding['rule']} {place(chart, finding)}"
        for chart in run("flow", "--no-config", str(path))["charts"]
        for finding in chart["findings"]
        if finding["level"] in SHOWN
    ]


def main():
    failed = n = 0
    for path in sorted(ROOT.glob("good/*.*")) + sorted(p for p in ROOT.glob("bad/*.*") if p.suffix != ".expect"):
        expect = path.with_suffix(".expect")
        want = expect.read_text(encoding="utf-8").split("\n")[:-1] if expect.exists() else []
        got = found(path)
        n += 1
        if sorted(got) != sorted(want):
            failed += 1
            print(f"{path}: expected {want or 'nothing'}, got {got or 'nothing'}")
    print(f"{n} charts, {failed} fail")
    return failed > 0


sys.exit(main())
