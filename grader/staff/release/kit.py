# SPDX-License-Identifier: MIT
"""kit.py - what the release scripts need to know about the kit: where it is, its files, its labs."""
import configparser
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class Unusable(Exception):
    """An error, as a sentence for the person at the terminal."""


def files():
    """The paths of all files of the kit, below ROOT, in order: those that git tracks or could track."""
    command = ["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        names = done.stdout.splitlines()
    else:  # an unpacked archive
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.relative_to(ROOT).parts[0] != "build"]
    return sorted(name for name in names if (ROOT / name).is_file())


def labs():
    return sorted(path.parent.name for path in (ROOT / "grader" / "labs").glob("[0-9]*/rubric.ini"))


def rubric(lab):
    parser = configparser.ConfigParser(interpolation=None, inline_comment_prefixes=(";",), strict=False)
    parser.read(ROOT / "grader" / "labs" / lab / "rubric.ini")
    return parser


def key(lab, name):
    """The value of NAME in the first section of LAB's rubric, or None."""
    return run(ROOT / "grader" / "config" / "key", lab, name).strip() or None


def base(lab):
    """The lab that LAB builds on, or None."""
    return key(lab, "base")


def find_labs(words):
    """The labs that WORDS ("01", "5", "05-header-allocator") name, each with the one it builds on, in order."""
    found = set()
    for word in words:
        matching = [lab for lab in labs() if word == lab or (word.isdigit() and int(word) == int(lab.split("-")[0]))]
        if not matching:
            raise Unusable(f"there is no lab '{word}'; the labs are {', '.join(labs())}")
        if key(matching[0], "judged_as"):
            raise Unusable(f"lab {matching[0]} was imported, and a release cannot contain such a lab yet: "
                           "hand out a copy of the whole kit without solutions/, or keep that lab for grading")
        found.add(matching[0])
        if base(matching[0]):
            found.add(base(matching[0]))
    return sorted(found)


def run(*command, folder=ROOT):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().removeprefix("heaplab: ")
        raise Unusable(said or f"{command[0]} failed without a message")
    return done.stdout
