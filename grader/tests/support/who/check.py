# SPDX-License-Identifier: MIT
"""check.py - checks heaplab who on words chosen at random, against a run that is stepped instruction by instruction.

    check.py HEAPLAB LAB FROM TEST DIRECT OBJECT WORDS SEED

DIRECT is the test's program without watched memory (make program in the lab), OBJECT the student's part of it. step.c runs
it and compares the whole heap after each instruction, so it knows which one changed each word last. heaplab who has to name
the line of that instruction; if its last store wrote what was there already, which no comparison can see, the latest one
before it that changed the word has to. Prints "N of WORDS right", and each word that is not.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WORD, HEAP_BYTES = 8, 65536
HERE = Path(__file__).parent


def output(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True).stdout


# --- the stepped run


def symbols(program):
    """Name -> (address, size) of the functions in PROGRAM."""
    lines = [line.split() for line in output("nm", "-P", program).splitlines()]
    return {words[0]: (int(words[2], 16), int(words[3], 16) if len(words) > 3 else 0) for words in lines if words[1] in "Tt"}


def stepped(program, student_object, test, heap):
    """Offset of each word that changed -> the student's line that did it last; None: not the student's."""
    names = symbols(program)
    own = [names[name] for name in symbols(student_object) if name in names]
    with tempfile.TemporaryDirectory() as folder:
        step = Path(folder, "step")
        subprocess.run(["gcc", "-O2", "-D_GNU_SOURCE", "-o", step, HERE / "step.c"], check=True)
        ranges = [f"{number:x}" for start, size in own for number in (start, start + size)]
        ends = [f"{names[name][0]:x}" for name in ("start_watch", "timeline_problem", "close_test")]
        lines = output(step, *ends, f"{heap:x}", f"{HEAP_BYTES:x}", len(own), *ranges, program, test).split()
    changes = dict(zip((int(word, 16) for word in lines[::2]), lines[1::2]))
    codes = sorted({code for code in changes.values() if code != "0"})
    places = output("addr2line", "-e", program, *codes).splitlines() if codes else []
    line_of = {code: place.split("/")[-1].split(" ")[0] for code, place in zip(codes, places)}
    return {offset: line_of.get(code) for offset, code in changes.items()}


# --- what heaplab knows


def recorded(heaplab, lab, folder, test):
    with tempfile.TemporaryDirectory() as out:
        page = Path(out, "page.html")
        output(heaplab, "explore", "--lab", lab, "--from", folder, "--test", test, "-o", page)
        return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text(), re.S)[1])


def content(text, i):
    return text[1:3] if text.startswith("=") else text[2 * i:2 * i + 2]


def histories(data):
    """Offset of each word -> its stores, oldest first: what the word is afterwards, and the student's line or None."""
    words = {}
    for _, place, offset, size, text in data["stores"]:
        line = None if place < 0 else "{1}:{2}".format(*data["places"][place])
        for word in range(offset // WORD * WORD, offset + size, WORD):
            old = words[word][-1][0] if word in words else ["00"] * WORD
            new = [content(text, word + i - offset) if offset <= word + i < offset + size else old[i] for i in range(WORD)]
            words.setdefault(word, []).append((new, line))
    return words


def last_change(history):
    """The line of the latest store that changed the word."""
    before, line = ["00"] * WORD, None
    for now, by in history:
        line = by if now != before else line
        before = now
    return line


def said(heaplab, lab, folder, test, offsets):
    """Offset -> the line of the student's that heaplab who names for the latest store there; None if it names none."""
    places = [word for offset in offsets for word in ("--at", f"heap+{offset}")]
    text = " ".join(output(heaplab, "who", "--lab", lab, "--from", folder, "--test", test, *places).split())
    found = {}
    for part in re.split(rf"{test}: the 8 bytes at heap \+ ", text)[1:]:
        line = re.match(r"\d+( \(\w+\))? Written last in [^:]*?, ([\w.]+:\d+), ", part)
        found[int(re.match(r"\d+", part)[0])] = line[2] if line else None
    return found


def main():
    heaplab, lab, folder, test, program, student_object, count, seed = sys.argv[1:]
    data = recorded(heaplab, lab, folder, test)
    words = histories(data)
    written = sorted(word for word, history in words.items() if 0 <= word < HEAP_BYTES and any(line for _, line in history))
    chosen = sorted(random.Random(int(seed)).sample(written, min(int(count), len(written))))
    truth = stepped(program, student_object, test, data["heap_start"])
    named = said(heaplab, lab, folder, test, chosen) if chosen else {}
    right = 0
    for offset in chosen:
        who, last, change = named.get(offset), words[offset][-1][1], last_change(words[offset])
        agrees = who == last and change == truth.get(offset)
        right += agrees
        if not agrees:
            print(f"heap + {offset}: who {who}, last store {last}; last change {change}, stepped {truth.get(offset)}")
    print(f"{right} of {len(chosen)} right")
    sys.exit(right != len(chosen))


main()
