# SPDX-License-Identifier: MIT
"""circles.py - prints each circle of files that use each other's functions.

    circles.py FOLDER[:FOLDER]...

FOLDER holds objects, as the kit's build makes them; folders joined by colons are one room. Reads the symbol tables: what
an object defines, and what it needs from others. (One header a room hides such circles from a look at the #include
lines.)
"""
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def symbols(objects):
    """Which objects define a name (programs of several kinds may each have their own), and which names each needs."""
    homes, needs = defaultdict(set), defaultdict(set)
    lines = subprocess.run(["nm", "-A", "-P", *objects], capture_output=True, text=True, check=True).stdout
    for line in lines.splitlines():
        item, name, kind = line.split()[:3]
        if kind in "Uw":
            needs[Path(item[:-1])].add(name)
        elif kind in "TDBRV":
            homes[name].add(Path(item[:-1]))
    return homes, needs


def reach(start, arrows):
    seen, todo = set(), [start]
    while todo:
        for to in arrows[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


for room in sys.argv[1:]:
    objects = sorted(item for folder in room.split(":") for item in Path(folder).rglob("*.o"))
    homes, needs = symbols(objects) if objects else ({}, {})
    arrows = {item: {home for name in needs[item] for home in homes.get(name, ())} - {item} for item in objects}
    reached = {item: reach(item, arrows) for item in objects}
    for item in objects:
        circle = [other for other in objects if other in reached[item] and item in reached[other]]
        if len(circle) > 1 and circle[0] == item:
            print("use each other:", " ".join(str(other)[:-2] for other in circle))
    if not objects:
        print(f"no objects in {room}")
