#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""validate.py FORMAT EXPORTED RESULT: does the other system accept EXPORTED, and read RESULT's score from it?

Prints what is wrong; then the exit status is 1. Reads each format as its system does: JSON by a schema, CSV by a parser,
VPL line by line.
"""
import base64
import csv
import json
import pathlib
import sys
import xml.etree.ElementTree

import jsonschema

FOLDER = pathlib.Path(__file__).parent
SCHEMAS = json.loads((FOLDER / "schemas.json").read_text())["definitions"]
FORMULA = tuple("=+-@\t\r")


def valid(name, text):
    value = json.loads(text)
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    jsonschema.validate(value, SCHEMAS[name])
    return value


def same(what, found, expected):
    if found != expected:
        raise ValueError(f"{what}: {found!r}, not {expected!r}")


def measured(result):
    """What earns points in steps, as (points, max_points)."""
    items = []
    for lab in result["labs"]:
        own, cost = lab.get("own_tests"), lab.get("cost")
        if own and own["max_points"]:
            items.append((own["points"], own["max_points"]))
        if cost:
            items += [(cost["points"][key], most) for key, most in (cost.get("max_points") or {}).items()]
    return items


def gradescope(text, result):
    made = valid("gradescope", text)
    same("score", made["score"], result["score"])
    same("sum of the tests", sum(test["score"] for test in made["tests"]), result["score"])
    same("sum of what they are worth", sum(test["max_score"] for test in made["tests"]), result["max_score"])
    same("formats", {test["output_format"] for test in made["tests"]}, {"text"})
    costs = [lab["cost"] for lab in result["labs"] if lab["cost"]]
    same("has a leaderboard", "leaderboard" in made, bool(costs))
    for cost in costs:
        values = {entry["name"]: entry["value"] for entry in made["leaderboard"]}
        same("utilization", values["utilization"], cost["utilization"])
        same("instructions", values["instructions per operation"], cost["instructions"])


def autolab(text, result):
    lines = text.split("\n")[:-1]
    stages = valid("autolab-feedback", lines[-2])
    made = valid("autolab-scores", lines[-1])
    same("lines of text that begin without a space", [line for line in lines[:-2] if line[:1] != " "], [])
    built = any(lab["build"]["ok"] for lab in result["labs"])
    same("rows", len(stages["Test"]), len(measured(result)) + sum(len(lab["tests"]) for lab in result["labs"]) if built else 1)
    for row in stages["Test"].values():
        same("line ends in a hint", "\n" in row.get("hint", ""), False)
    same("scores", made["scores"], {"lab" + lab["lab"][:2]: lab["score"] for lab in result["labs"]})


def prairielearn(text, result):
    made = valid("prairielearn", text)
    if len(text.encode()) > 1000000:
        raise ValueError("more than 1 MB")
    same("score", round(made["score"] * result["max_score"]), result["score"])
    same("names are titles", made["tests"][0]["description"], result["labs"][0]["tests"][0]["name"])
    same("sum of the tests", sum(test["points"] for test in made["tests"]), result["score"])


def github_classroom(text, result):
    same("lines", text.count("\n"), 1)
    made = valid("github-classroom", base64.b64decode(text.strip(), validate=True))
    if len(text) > 131072 - len("HEAPLAB_RESULTS="):
        raise ValueError("longer than Linux takes for an environment variable")
    for test in made["tests"]:
        if test["status"] != "pass" and test["max_score"] and not test["test_code"]:
            raise ValueError(f"the console would not say why {test['name']} failed")
    same("sum of the tests", sum(test["score"] for test in made["tests"]), result["score"])
    same("max_score", made["max_score"], result["max_score"])


# What Jenkins takes for JUnit: from each element to its attributes ("!": required) and the elements that may be in it.
# Facts from junit-10.xsd of jenkinsci/xunit-plugin (031e285e, read 2026-11-30), as far as the kit writes such elements.
JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name!", "tests!", "failures!", "errors!", "skipped", "time", "timestamp", "hostname", "id", "package",
                   "group", "file", "log", "url"}, {"testsuite", "properties", "testcase", "system-out", "system-err"}),
    "testcase": ({"name!", "time", "classname", "group"}, {"skipped", "error", "failure", "system-out", "system-err"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "skipped": ({"type", "message"}, set())}


def follows_jenkins(element):
    attributes, inside = JUNIT[element.tag]
    same(f"<{element.tag}> lacks", {name[:-1] for name in attributes if name[-1] == "!"} - set(element.keys()), set())
    same(f"<{element.tag}> has unknown", set(element.keys()) - {name.rstrip("!") for name in attributes}, set())
    same(f"in <{element.tag}>", {child.tag for child in element} - inside, set())
    for child in element:
        follows_jenkins(child)


def read_by_junitparser(text):
    """Debian's python3-junitparser reads it, and counts what the suites say of themselves. exports.sh says if it is not
    there."""
    try:
        import junitparser
    except ImportError:
        return
    read = junitparser.JUnitXml.fromstring(text.encode())
    for suite in read:
        said = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        same("tests, failures, errors, skipped", said, (suite.tests, suite.failures, suite.errors, suite.skipped))


def junit(text, result):
    root = xml.etree.ElementTree.fromstring(text)
    same("root", root.tag, "testsuites")
    follows_jenkins(root)
    read_by_junitparser(text)
    cases = root.findall("./testsuite/testcase")
    tests = [test for lab in result["labs"] for test in lab["tests"]]
    passed = [case for case in cases if len(case) == 0]
    whole = sum(points == most for points, most in measured(result))
    same("passed", len(passed), sum(test["status"] == "passed" for test in tests) + whole)
    for suite in root.findall("./testsuite"):
        same("tests", int(suite.get("tests")), len(suite.findall("testcase")))
        same("failures", int(suite.get("failures")), len(suite.findall("testcase/failure")))


def tap(text, result):
    lines = text.splitlines()
    tests = [test for lab in result["labs"] for test in lab["tests"]]
    steps = measured(result)
    whole = sum(points == most for points, most in steps)
    passed = sum(test["status"] == "passed" for test in tests) + whole
    same("plan", lines[-1], f"1..{len(tests) + len(steps)}")
    same("ok", sum(line.startswith("ok ") for line in lines), passed)
    same("not ok", sum(line.startswith("not ok ") for line in lines), len(tests) + len(steps) - passed)


def vpl(text, result):
    """Reads as VPL does (proposedgrade and proposedcomment in vpl_submission.class.php of jcrodriguez-dis/moodle-mod_vpl,
    read 2026-11-30): a line that begins with the tag is a grade, even in a block, and the last one wins; spaces around
    the ends of a block do not count. Stricter than VPL: in a block, '-' starts a title and '>' a literal line, and
    there is nothing else."""
    inside = False
    grade = None
    for line in text.splitlines():
        if line.startswith("Grade :=>>"):
            grade = line.partition(":=>>")[2].strip()
        elif line.strip() == ("--|>" if inside else "<|--"):
            inside = not inside
        elif inside and line[:1] not in ("-", ">"):
            raise ValueError(f"a line of a block is not quoted: {line}")
        elif not inside and line:
            raise ValueError(f"outside of any block: {line}")
    same("ends inside a block", inside, False)
    same("grade", grade, str(result["score"]))


def table(text):
    rows = list(csv.reader(text.splitlines(), strict=True))
    same("widths of the rows", {len(row) for row in rows}, {len(rows[0])})
    for row in rows:
        for cell in row:
            if cell.lstrip().startswith(FORMULA):
                raise ValueError(f"a formula: {cell}")
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def class_csv(text, result):
    row = table(text)[0]
    same("score", (int(row["score"]), int(row["max_score"])), (result["score"], result["max_score"]))


def canvas(text, result):
    """As lib/gradebook_importer.rb of instructure/canvas-lms wants it (00b222d7, read 2026-11-30): these columns, then
    assignments; a row "Points Possible" before the students."""
    points, row = table(text)
    same("first columns", text.splitlines()[0].replace('"', "").split(",")[:5],
         ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"])
    lab = result["labs"][0]
    same("points possible", (points["Student"].strip(), int(points[lab["lab"]])), ("Points Possible", lab["max_score"]))
    same("score", int(row[lab["lab"]]), lab["score"])


def moodle(text, result):
    """As mod/assign/feedback/offline/importgradeslib.php of moodle/moodle wants it (452e36fc, read 2026-11-30): it looks
    for these columns, and for a number behind the word Participant."""
    row = table(text)[0]
    same("grade", (int(row["Grade"]), int(row["Maximum Grade"])), (result["score"], result["max_score"]))
    if "<" in row["Feedback comments"] or not {"Identifier", "Last modified (grade)"} <= set(row):
        raise ValueError("not as Moodle's importer wants it")
    if result.get("student"):
        same("identifier", row["Identifier"], f"Participant {result['student']['id']}")


def nbgrader(text, result):
    """As nbgrader/plugins/export.py of jupyter/nbgrader writes it (read 2026-11-30)."""
    row = table(text)[0]
    same("columns", list(row), ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
                                "raw_score", "late_submission_penalty", "score", "max_score"])
    same("score", (int(row["raw_score"]), int(row["max_score"])), (result["score"], result["max_score"]))
    same("score less the penalty", int(row["score"]), int(row["raw_score"]) - int(row["late_submission_penalty"]))


READERS = {"gradescope": gradescope, "autolab": autolab, "prairielearn": prairielearn,
           "github-classroom": github_classroom, "junit": junit, "tap": tap, "vpl": vpl, "csv": class_csv,
           "canvas": canvas, "moodle": moodle, "nbgrader": nbgrader}


def main():
    kind, exported, result = sys.argv[1:]
    with open(exported, newline="") as file:
        text = file.read()
    try:
        READERS[kind](text, json.loads(pathlib.Path(result).read_text()))
    except (ValueError, KeyError, jsonschema.ValidationError, xml.etree.ElementTree.ParseError) as wrong:
        sys.exit(f"{kind}: {wrong}")


main()
