# SPDX-License-Identifier: MIT
"""leaks.py - does a release hold a line that students are not to see? Told by content, whatever the file is called.

Secret are, of all labs of the kit: the lines of solutions that the handed-out files do not have, hidden tests, chaffs
(what they change, and what they say is wrong), wheats, baselines, answers, reasons why mutants are equivalent, and what handouts
have for instructors.

A line tells nothing if it is short, if it also stands in the grader's own engine or in what a student starts from, or if
it is of a kind that all programs share (COMMON): a loop over an array is in every C program.
"""
import re

import contents
import kit

LEAST_LETTERS = 24  # of a line, without its spaces and comments, to tell anything
LEAST_LINE = 8  # shorter ones, even answers, are not looked at
LEAST_TEXT = 16  # of a text between quotes
# Heads of loops, tests and functions, constants, and a variable that takes what a function returns.
COMMON = re.compile(r"for\(|START_TEST\(|enum\{|\w+\**\w+=\w+\([\w,]*\);$|static[\w*]+\([\w*,]*\)$")
PRINTABLE = re.compile(rb"[\x20-\x7e]{%d,}" % LEAST_TEXT)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def plain(line):
    """LINE without spaces and comments at its ends."""
    return re.sub(r"\s+", "", re.sub(r"/\*.*?\*/|//.*", "", line))


def lines_of(text):
    return {plain(line) for line in text.splitlines() if len(line) >= LEAST_LINE}


def telling(lines):
    return {line for line in lines if len(line) >= LEAST_LETTERS and not COMMON.match(line)}


def texts_of(text):
    """What stands between quotes in TEXT: it is found in objects, too."""
    return {quoted for quoted in QUOTED.findall(text) if len(quoted) >= LEAST_TEXT}


def changed_lines(patch):
    return "\n".join(line[1:] for line in patch.splitlines() if re.match(r"[+-](?![+-])", line))


def secret_text(path, text):
    """The part of the kit's file PATH that is secret."""
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
    """Lines and quoted texts that no release may have, each with the file that it comes from."""
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
    """Sentences about lines of TREE ({path: bytes}) that are secret; none if all is well."""
    secret = secrets() if secret is None else secret
    found = []
    for path, data in sorted(tree.items()):
        text = data.decode(errors="replace")
        shown = lines_of(text) | texts_of(text) | {run.decode() for run in PRINTABLE.findall(data)}
        for line in sorted(shown & secret.keys()):
            found.append(f"{path} holds a line of {secret[line]}: {line[:70]}")
    return found
