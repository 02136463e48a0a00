# SPDX-License-Identifier: MIT
"""The progress bar of heaplab batch in a pseudo-terminal (journeys/batch.sh).

    batch.py COLUMNS TOTAL COMMAND...

COMMAND grades TOTAL submissions.
"""
import re
import sys

from terminal import Terminal, check

columns, total = int(sys.argv[1]), int(sys.argv[2])
with Terminal(sys.argv[3:], columns=columns) as terminal:
    terminal.wait_for_end()
    drawn = terminal.printed.split("\r\033[K")[1:]
    bars = [bar for bar in drawn if bar.startswith("[")]
    numbers = [re.match(r"\[#*\.*\] (\d+) of (\d+)(?:, [\d.]+ a second, \d+ s left)?$", bar) for bar in bars]
    check("on a terminal a bar grows from nothing to all", all(numbers) and
          [int(found[1]) for found in numbers] == list(range(total + 1)), terminal.printed)
    check("it never breaks the line", max(map(len, bars)) < columns, bars)
    check("when all is done, nothing is left to wait for", bars[-1].endswith(" 0 s left"), bars[-1])
    check("the bar goes, its sum stays", drawn[-1].startswith(f"{total} graded in "), drawn[-1])
