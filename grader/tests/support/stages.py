# SPDX-License-Identifier: MIT
"""stages.py - prints where a stage of a grade is started by another than grade/grade.c.

    stages.py BUILD

Reads the symbol tables in BUILD/obj/grade. The functions below are those that do a stage's work.
"""
import subprocess
import sys
from pathlib import Path

STAGES = set("""
    intake build judge judge_named judge_again judge_cost judge_counted judge_timeline places memcheck types
    coverage coverage_of_two cost own_tests_start own_tests_finish answers quiz_key score contest_score formula_score
""".split())

folder = Path(sys.argv[1]) / "obj"
objects = sorted((folder / "grade").rglob("*.o"))
lines = subprocess.run(["nm", "-A", "-P", *objects], capture_output=True, text=True, check=True).stdout
missing = set(STAGES)
for line in lines.splitlines():
    item, name, kind = line.split()[:3]
    item = str(Path(item[:-1]).relative_to(folder))[:-2]
    if kind == "T":
        missing.discard(name)
    elif kind == "U" and name in STAGES and item != "grade/grade":
        print(f"{item} starts the stage {name}")
for name in sorted(missing):
    print(f"there is no stage {name}")
