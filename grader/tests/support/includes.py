# SPDX-License-Identifier: MIT
"""includes.py - reads the #include lines of the grader and of the labs' tests. Prints each that violates grader/README.md.

    includes.py ROOT [--show]

An include points left, or to its own room:

    include < wire, kit < sandbox, config < grade, report < class, desk, programs, staff < cli

The judge, the subject and own tests are separate programs: they use only the wire, the sandbox and the API. Tests of
labs use the API, files beside them, and the contract headers. No two folders include each other.
--show prints the arrows between rooms, each with its number of includes.
"""
import collections
import re
import sys
from pathlib import Path

ROWS = [{"include"}, {"wire", "kit"}, {"sandbox", "config"}, {"grade", "report"}, {"class", "desk", "programs", "staff"}, {"cli"}]
APART = {"judge", "subject", "owntests"}
OPEN_TO_THEM = {"wire", "sandbox", "include"}
CONTRACTS = {"memlib.h", "mytests.h", "mm.h"}  # of labs/
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)

root = Path(sys.argv[1]).resolve()
grader = root / "grader"


def room(path):
    return path.relative_to(grader).parts[0]


def target(source, name):
    """The file that SOURCE means by NAME; None for a header of a lab's contract or of the release."""
    candidates = [source.parent / name, grader / name, grader / "include" / name]
    return next((path.resolve() for path in candidates if path.exists()), None)


def row(name):
    return next((i for i, names in enumerate(ROWS) if name in names), None)


def is_allowed(source, to):
    a, b = room(source), room(to)
    if a == b:
        return True
    if a in APART:
        return b in OPEN_TO_THEM
    return row(a) is not None and row(b) is not None and row(b) < row(a)


def sources():
    for path in sorted(grader.rglob("*.[ch]")):
        # What is compiled with a submission is no part of the program.
        apart = path.is_relative_to(grader / "grade/foreign/headers") or path.is_relative_to(grader / "grade/foreign/adapter")
        if room(path) not in {"tests", "bench", "labs"} and "template" not in path.parts and not apart:
            yield path


def arrows():
    for source in sources():
        for name in INCLUDE.findall(source.read_text()):
            to = target(source, name)
            if to:
                yield source, to
            elif name not in CONTRACTS and source.parent.name != "replay":
                print(f"{source.relative_to(root)} includes {name}, which does not exist")


def folder(path):
    return str(path.parent.relative_to(grader))


def check_directions(found):
    for source, to in found:
        if not is_allowed(source, to):
            print(f"{source.relative_to(root)} includes {to.relative_to(root)}")


def check_circles(found):
    """Pairs of folders that include each other, except a folder and one inside it: a room and its parts count as one."""
    edges = {(folder(a), folder(b)) for a, b in found}
    for a, b in sorted(edges):
        nested = a.startswith(b + "/") or b.startswith(a + "/")
        if a < b and (b, a) in edges and not nested:
            print(f"{a} and {b} include each other")


def check_labs():
    for source in sorted((grader / "labs").glob("*/**/*.[ch]")):
        if {"wheats", "chaffs", "baseline"} & set(source.parts):
            continue
        for name in INCLUDE.findall(source.read_text()):
            beside = (source.parent / name).exists() or any((grader / "labs").glob(f"[a-z]*/{name}"))
            contract = any((root / "labs").glob(f"*/{name}")) or name in CONTRACTS
            program = source.parent.name == "compare" and name.startswith("wire/")  # it has its own main
            if name.endswith(".c") or ".." in name or not (name.startswith("heaplab/") or beside or contract or program):
                print(f"{source.relative_to(root)} includes {name}")


all_arrows = list(arrows())
check_directions(all_arrows)
check_circles(all_arrows)
check_labs()
if "--show" in sys.argv:
    count = collections.Counter((room(a), room(b)) for a, b in all_arrows if room(a) != room(b))
    for (a, b), n in sorted(count.items()):
        print(f"{a} -> {b}: {n}")
