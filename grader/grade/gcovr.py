# SPDX-License-Identifier: MIT
"""gcovr.py - gcovr in several folders, one after the other. Runs inside the tool sandbox.

    python3 -I gcovr.py [--html] FOLDER...

To load gcovr takes longer than to run it, so it is loaded once. In each folder the sources lie in src/, notes and
counters in obj/; the report goes to coverage.json there, and with --html its pages to html/.
"""
import os
import sys

from gcovr.__main__ import main

OPTIONS = ["--root", ".", "--filter", "src/", "--no-markers", "--gcov-ignore-parse-errors", "--json", "coverage.json"]

html = ["--html-details", "html/index.html"] if "--html" in sys.argv else []
start = os.getcwd()
for folder in sys.argv[1:]:
    if folder == "--html":
        continue
    try:
        os.chdir(os.path.join(start, folder))
        main(OPTIONS + html + ["obj"])
    except SystemExit:
        pass
