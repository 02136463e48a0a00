# SPDX-License-Identifier: MIT
"""tables.py - what a handout leaves to the rubric and to course.yaml (`::: points`, `::: scale`), as Markdown.

In the pages of `make handouts` handouts/filter/edition.lua writes these. A release has the Markdown itself, to be read as it
stands.
"""
import functools
import json
import re

import kit

HEAPLAB = kit.ROOT / "build" / "heaplab"
BLANK = re.compile(r"^:::+ *(points|scale) *\n:::+ *$", re.M)


def rubric(lab):
    return json.loads(kit.run(HEAPLAB, "rubric", "--lab", lab))[0]


@functools.cache
def course():
    return json.loads(kit.run(HEAPLAB, "course", "--json"))


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def lead(lab, of):
    """When it is due, what it weighs, what is handed in."""
    entry = next(entry for entry in course()["labs"] if entry["lab"] == lab)
    due = f"Due {entry['due_text']}. " if entry["due_text"] else ""
    weight = f"It counts {entry['share']:.3g} % of the labs' points. "
    where = f", in {course()['lms_name']}." if course()["lms_name"] else "."
    return due + weight + "You hand in " + ", ".join(f"`{name}`" for name in of["files"]) + where


def by_section(of, titles):
    """[what, tests, points] for each section of the handout that tests point to, and for answers."""
    rows = {}
    for item in of["items"]:
        is_answer = item["kind"] == "answer"
        file = "predictions.txt" if item["name"].startswith("prediction") else "diagnosis.txt"
        what = f"Answers in `{file}`" if is_answer else f"[{titles.get(item['handout'], item['handout'])}](#{item['handout']})"
        row = rows.setdefault(what, [what, 0, 0])
        row[1] += 0 if is_answer else 1
        row[2] += item["points"]
    return [[what, tests or "", points] for what, tests, points in rows.values()]


def points(lab, of, titles):
    rows = by_section(of, titles)
    if of["own_tests"]:
        rows.append(["Tests of your own, in `my_tests.c`", "", of["own_tests"]])
    for part in of["contest"] or {}:
        rows.append([f"[{part.capitalize()} on the traces](#score)", "", of["contest"][part]["points"]])
    rows.append(["**Total**", "", f"**{of['total']}**"])
    return lead(lab, of) + "\n\n" + table(["What is graded", "Tests", "Points"], rows)


def scale(of):
    rows = [[part, f"{at['from']} %", f"{at['to']} %", at["points"]] for part, at in of["contest"].items()]
    return table(["In percent of the baseline's", "FROM: no points", "TO: all points", "POINTS"], rows)


def filled(lab, text):
    """The handout TEXT of LAB with its tables."""
    of = rubric(lab)
    titles = {place: title for title, place in re.findall(r"^#+ (.*?) *\{#([\w-]+)\}$", text, re.M)}
    return BLANK.sub(lambda found: points(lab, of, titles) if found[1] == "points" else scale(of), text)
