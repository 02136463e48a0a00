# SPDX-License-Identifier: MIT
"""unreached.py - what a student's own tests reach, from gcovr --json on stdin: percentages, and each line never run.

    gcovr ... --json | unreached.py FOLDER

FOLDER is where the sources lie. Lines longer than the terminal ($COLUMNS, or 80) are cut.
"""

import json
import os
import shutil
import sys
import textwrap

MOST_LINES = 40


def counted(files, key):
    """The counts of all lines ("count") or of all branches of all lines."""
    lines = [line for file in files for line in file["lines"] if not line.get("gcovr/noncode")]
    return [line["count"] for line in lines] if key == "lines" else [b["count"] for line in lines for b in line["branches"]]


def share(counts, what):
    reached = sum(count > 0 for count in counts)
    percent = 100 * reached / len(counts) if counts else 100
    return f"{percent:.1f} % of the {what} ({reached} of {len(counts)})"


def source_of(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    except OSError:
        return []


def printable(text):
    return "".join(c if c.isprintable() else " " if c == "\t" else "?" for c in text)


def unreached(folder, files):
    """(place, source) for each line that never ran, in order."""
    for file in sorted(files, key=lambda file: file["file"]):
        name = os.path.basename(file["file"])
        source = source_of(folder, name)
        for line in sorted(file["lines"], key=lambda line: line["line_number"]):
            number = line["line_number"]
            if line["count"] == 0 and not line.get("gcovr/noncode") and number <= len(source):
                yield f"{name}:{number}", printable(source[number - 1].expandtabs(4))


def main():
    sys.stdout.reconfigure(errors="replace")
    folder = sys.argv[1]
    files = json.load(sys.stdin)["files"]
    if not files:
        sys.exit("No test of yours has run your code, so there is nothing to count.")
    width = shutil.get_terminal_size((80, 24)).columns
    print(textwrap.fill(f"Your tests reach {share(counted(files, 'lines'), 'lines')}"
                        f" and {share(counted(files, 'branches'), 'branches')}.", width))
    rows = list(unreached(folder, files))
    if not rows:
        return
    print("\nNever run:")
    wide = max(len(place) for place, _ in rows)
    room = width - 1
    for place, text in rows[:MOST_LINES]:
        print(f"  {place.ljust(wide)}  {text}"[:room].rstrip())
    if len(rows) > MOST_LINES:
        print(f"  and {len(rows) - MOST_LINES} more lines: make coverage shows them all")


main()
