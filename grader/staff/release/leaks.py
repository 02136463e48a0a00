# SPDX-License-Identifier: MIT
"""leaks.py - finds lines in a release that students must not see, by content, whatever the file is called.

These are secret, for all labs of the kit: the lines of solutions that the handed-out files do not have, hidden tests,
chaffs (what they change, and what they say is wrong), wheats, baselines, answers, reasons why mutants are equivalent,
and the instructors' parts of handouts.

A line reveals nothing if it is short, if it is also in the grader's source or in what a student starts from, or if it
is of a kind that all programs share (COMMON): every C program has a loop over an array.
"""
import re

import contents
import kit

LEAST_LETTERS = 24  # a shorter line, without its spaces and comments, reveals nothing
LEAST_LINE = 8  # shorter lines, even answers, are ignored
LEAST_TEXT = 16  # the same for a quoted text
# Heads of loops, tests and functions, constants, and a variable that gets a function's result.
COMMON = re.compile(r"for\(|START_TEST\(|enum\{|\w+\**\w+=\w+\([\w,]*\);$|static[\w*]+\([\w*,]*\)$")
PRINTABLE = re.compile(rb"[\x20-\x7e]{%d,}" % LEAST_TEXT)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def plain(line):
    """LINE without spaces and comments."""
    return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/|//.*", "", line))


def lines_of(text):
    return {plain(line) for line in text.splitlines() if len(line) >= LEAST_LINE}


def telling(lines):
    return {line for line in lines if len(line) >= LEAST_LETTERS and not COMMON.match(line)}


def texts_of(text):
    """The quoted texts in TEXT: objects contain them, too."""
    return {quoted for quoted in QUOTED.findall(text) if len(quoted) >= LEAST_TEXT}


def changed_lines(patch):
    return "\n".join(line[1:] for line in patch.splitlines() if re.match(r"[+-](?![+-])", line))


def secret_text(path, text):
    """The secret part of the kit's file PATH."""
    if path.startswith("solutions/") or re.match(r"grader/labs/[^/]+/(wheats|hidden|baseline)/", path):
        return text
    if re.match(r"grader/labs/[^/]+/chaffs/", path):
        return changed_lines(text) + "\n" + "\n".join(line for line in text.splitlines() if line.startswith("What:"))
    if path.endswith("/rubric.ini"):
        return "\n".join(line for line in text.splitlines() if re.match(r"answer\s*=", line))
    if re.match(r"handouts/.*\.md$", path):
        shown = set(contents.student_edition(text).splitlines())
        return "\n".join(line for line in text.splitlines() if line not in shown)
    if path.endswith("/equivalent-mutants.txt"):
        return "\n".join(line for line in text.splitlines() if line.startswith("why:"))
    return ""


def secrets():
    """Lines and quoted texts that no release may contain, each with the file that it comes from."""
    public_lines, public_texts, secret = set(), set(), {}
    for path in kit.files():
        text = (kit.ROOT / path).read_text(errors="replace")
        if path.startswith("labs/") or contents.is_engine(path):
            public_lines |= lines_of(text)
            public_texts |= texts_of(text)
        hidden = secret_text(path, text)
        short_answers = path.endswith("/rubric.ini")
        for line in lines_of(hidden) if short_answers else telling(lines_of(hidden)):
            secret.setdefault(line, path)
        for quoted in texts_of(hidden):
            secret.setdefault(quoted, path)
    public = public_lines | public_texts
    return {line: path for line, path in secret.items() if line and line not in public}


def leaks(tree, secret=None):
    """Sentences about secret lines in TREE ({path: bytes}); none if there are no leaks."""
    secret = secrets() if secret is None else secret
    found = []
    for path, data in sorted(tree.items()):
        text = data.decode(errors="replace")
        shown = lines_of(text) | texts_of(text) | {run.decode() for run in PRINTABLE.findall(data)}
        for line in sorted(shown & secret.keys()):
            found.append(f"{path} contains a line of {secret[line]}: {line[:70]}")
    return found
