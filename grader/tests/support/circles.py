# SPDX-License-Identifier: MIT
"""circles.py - prints each circle of files that use each other's functions, in the rooms named.

    circles.py BUILD ROOM...

Reads the symbol tables of BUILD/obj/ROOM: what an object defines, and what it needs from others. (One header a room
hides such circles from a look at the #include lines.)
"""
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def symbols(objects):
    """Which object defines a name, and which names each object needs."""
    home, needs = {}, defaultdict(set)
    lines = subprocess.run(["nm", "-A", "-P", *objects], capture_output=True, text=True, check=True).stdout
    for line in lines.splitlines():
        item, name, kind = line.split()[:3]
        if kind == "U":
            needs[Path(item[:-1])].add(name)
        elif kind in "TDBRV":
            home[name] = Path(item[:-1])
    return home, needs


def reach(start, arrows):
    seen, todo = set(), [start]
    while todo:
        for to in arrows[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


folder = Path(sys.argv[1]) / "obj"
for room in sys.argv[2:]:
    objects = sorted((folder / room).rglob("*.o"))
    home, needs = symbols(objects)
    arrows = {item: {home[name] for name in needs[item] if name in home} - {item} for item in objects}
    reached = {item: reach(item, arrows) for item in objects}
    for item in objects:
        circle = [other for other in objects if other in reached[item] and item in reached[other]]
        if len(circle) > 1 and circle[0] == item:
            print("use each other:", " ".join(str(other.relative_to(folder))[:-2] for other in circle))
    if not objects:
        print(f"{room} has no objects in {folder}")
