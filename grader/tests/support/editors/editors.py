#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""editors.py - reads the files for editors as editors do.

    editors.py valid FILE...        each is what its schema in schemas.json accepts, by its name
    editors.py problems TASKS LABEL <OUTPUT   what the matcher of the task LABEL finds in OUTPUT: "FILE:LINE:SEVERITY MESSAGE"
    editors.py background TASKS LABEL <OUTPUT  begin and end, as its background patterns see them
    editors.py tests LAUNCH NUMBER  the tests of the lab NUMBER that the launch configuration offers
"""
import json
import pathlib
import re
import sys

import jsonschema

SCHEMA = json.loads((pathlib.Path(__file__).parent / "schemas.json").read_text())
COMMENT = re.compile(r"^\s*//.*$", re.M)  # the kit's files have comments only on lines of their own


def load(path):
    return json.loads(COMMENT.sub("", pathlib.Path(path).read_text()))


def valid(*paths):
    for path in paths:
        schema = {"$ref": f"#/definitions/{pathlib.Path(path).name}", "definitions": SCHEMA["definitions"]}
        checker = jsonschema.FormatChecker()
        jsonschema.Draft7Validator(schema, format_checker=checker).validate(load(path))


def matcher(path, label):
    return next(task for task in load(path)["tasks"] if task["label"] == label)["problemMatcher"]


def problems(path, label):
    pattern = matcher(path, label)["pattern"]
    for line in sys.stdin:
        found = re.search(pattern["regexp"], line.rstrip("\r\n"))
        if found:
            file, number, severity, message = (found[pattern[name]] for name in ("file", "line", "severity", "message"))
            print(f"{file}:{number}:{severity} {message}")


def background(path, label):
    patterns = matcher(path, label)["background"]
    for line in sys.stdin:
        for name in ("begins", "ends"):
            if re.search(patterns[name + "Pattern"], line.rstrip("\r\n")):
                print(name)


def tests(path, number):
    for option in load(path)["inputs"][0]["options"]:
        if option["label"].split()[0] == number:
            print(option["value"])


if __name__ == "__main__":
    {"valid": valid, "problems": problems, "background": background, "tests": tests}[sys.argv[1]](*sys.argv[2:])
