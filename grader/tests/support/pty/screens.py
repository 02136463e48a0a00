# SPDX-License-Identifier: MIT
"""What heaplab prints in terminals of 80 and 200 columns and through a pipe, each in UTF-8 and in ASCII
(journeys/screens.sh).

    screens.py HEAPLAB WRONG UNCOMPILED KIT

WRONG and UNCOMPILED are versions of lab 05's header_alloc.c: one that fails a test, one that does not compile. KIT is a
built kit whose lab 05 is the wrong one.
"""
import itertools
import os
import re
import subprocess
import sys

from terminal import Terminal, check

heaplab, wrong, uncompiled, kit = sys.argv[1:]
os.environ.pop("NO_COLOR", None)
os.environ.pop("COLUMNS", None)

PIPE, PIPE_COLUMNS, MOST_COLUMNS = 0, 80, 120
grade = [heaplab, "grade", "--lab", "05", "--no-coverage", "--first-failure", "--from"]
in_lab = ["make", "-s", "-o", "kit", "-C", kit + "/labs/05-header-allocator"]
EVERYWHERE = list(itertools.product(("C.UTF-8", "C"), (80, 200, PIPE)))
HERE_AND_THERE = [("C", 80), ("C.UTF-8", 200), ("C.UTF-8", PIPE)]  # for what takes a second each time
screens = {
    "a failed test": grade + [wrong],
    "a compile error": grade + [uncompiled],
    "several labs": [heaplab, "grade", "--lab", "01", "--lab", "05", "--no-coverage", "--from", "build/stubs"],
    "a hint": [heaplab, "hint", "--lab", "05", "--test", "double_free_is_reported", "--step", "3"],
    "the tests": [heaplab, "tests", "--lab", "05"],
    "progress": [heaplab, "progress"],
    "make help": ["make", "-s", "-C", "labs/05-header-allocator", "help"],
    "make demo": in_lab + ["demo"],
}
mistyped = [heaplab, "tests", "--lab", "05", "--test", "doble_free"]
slow_screens = {
    "make valgrind": in_lab + ["valgrind", "TEST=lowest_fit_is_chosen"],
    "make asan": in_lab + ["asan", "TEST=double_free_is_reported"],
    "make gdb": in_lab + ["gdb", "TEST=lowest_fit_is_chosen", "GDB_FLAGS=-batch"],
    "make test-mine, make coverage": in_lab + ["coverage"],
    "make explore": in_lab + ["explore", "TEST=lowest_fit_is_chosen"],
    "make submit": in_lab + ["submit"],
    "make reset": in_lab + ["reset"],
}

# These stay on one line, to be copied or because they are the compiler's: commands, sections, paths, C, source.
stays_whole = re.compile(r"^ *(next|read)  |^  /\S+$|^ {8}.*;|\.c:\d+:| \| |^ +\.\.\. ")


def printed(command, locale, columns):
    """What COMMAND prints on a terminal of COLUMNS, or through a PIPE."""
    if columns == PIPE:
        run = subprocess.run(command, env={**os.environ, "LC_ALL": locale}, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, check=False)
        return run.stdout.decode("utf-8", "replace")
    with Terminal(command, columns=columns, LC_ALL=locale) as terminal:
        terminal.wait_for_end()
        return terminal.printed


def plain_lines(text):
    return re.split(r"[\r\n]+", re.sub(r"\033\[[0-9;?]*[A-Za-z]", "", text))


def mistakes(text, locale, columns):
    most = min(columns or PIPE_COLUMNS, MOST_COLUMNS)
    found = [f"{len(line)} columns: {line}" for line in plain_lines(text)
             if len(line) > most and not stays_whole.search(line)]
    if locale == "C":
        found += [f"not ASCII: {line}" for line in plain_lines(text) if not line.isascii()]
    if columns == PIPE and "\033" in text:
        found.append("an escape sequence in a pipe")
    return found if text.strip() else ["nothing is printed"]


def look_at(name, command, places):
    wrong_ones = {}
    for locale, columns in places:
        found = mistakes(printed(command, locale, columns), locale, columns)
        if found:
            wrong_ones[f"{locale}, {columns or 'pipe'}"] = found
    check(f"{name}: fits its terminal and a pipe, in UTF-8 and in ASCII", not wrong_ones, wrong_ones)


for title, line in screens.items():
    look_at(title, line, EVERYWHERE)
look_at("a name mistyped", mistyped, [("C", 80), ("C.UTF-8", 200)])  # in a pipe it is one line
for title, line in slow_screens.items():
    look_at(title, line, EVERYWHERE if os.environ.get("SCREENS") == "all" else HERE_AND_THERE)
