"""Charts of processes: the good ones give no error and no warning; in the others each fault is found, at its node or line.

usage: flow.py GBLINT ROOT

fixtures/flow/bad/NAME.expect has a line for each finding: the rule, and the id of the node, `from->to` of the line, or `-` for
the chart as a whole; for a draft (NAME.md) the words at which the finding stands.
"""
import json
import subprocess
import re
import sys
import xml.etree.ElementTree as ElementTree
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


def check_stack(path):
    """The drawings of a file with several charts lie below each other, inside of the picture."""
    done = subprocess.run([GBLINT, "flow", "-f", "svg", "--no-config", str(path)], capture_output=True, text=True, encoding="utf-8")
    svg = ElementTree.fromstring(done.stdout)
    width, height, low = float(svg.get("width")), float(svg.get("height")), 0
    for group in svg.findall("{*}g"):
        top = float(re.fullmatch(r"translate\(0 (\d+)\)", group.get("transform"))[1])
        drawing = group.find("{*}svg")
        if top < low or float(drawing.get("width")) > width:
            return False
        low = top + float(drawing.get("height"))
    return 0 < low <= height


def smallest_type(path):
    """Size of the smallest words in the drawing of a file: names of small events and gateways stand beside them."""
    done = subprocess.run([GBLINT, "flow", "-f", "svg", "--no-config", str(path)], capture_output=True, text=True, encoding="utf-8")
    return min((float(size) for size in re.findall(r'font-size="([0-9.]+)"', done.stdout)), default=14)


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
    for name in ("drawio/17-pages-of-a-process.drawio", "bpmn/24-two-processes.bpmn"):
        path = ROOT.parent.parent / "tests" / "flow" / name
        n += 1
        if not check_stack(path):
            failed += 1
            print(f"{path}: the drawings of flow -f svg do not lie below each other")
    for path in sorted((ROOT.parent.parent / "tests" / "flow" / "bpmn").glob("*.bpmn")):
        n += 1
        if smallest_type(path) < 11:
            failed += 1
            print(f"{path}: words of {smallest_type(path):g} px in the drawing")
    print(f"{n} charts, {failed} fail")
    return failed > 0


sys.exit(main())
