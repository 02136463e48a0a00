#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""accessible.py PAGE...: can everybody read these pages, in a window 1400, 800 or 500 pixels wide, light and dark?

accessible.js, beside this file, holds the rules. No package of Debian's has axe-core: where HEAPLAB_AXE names an
axe.min.js, its rules for WCAG 2.2 AA and its best practices are tried, too. Prints one line for each page, width and
scheme in the form that grader/tests/run counts. With HEAPLAB_SCREENSHOTS=FOLDER, keeps pictures.
"""
import os
import pathlib
import sys

from webdriver import SCREENSHOTS, Browser, check

WIDTHS = (1400, 800, 500)
RULES = pathlib.Path(__file__).with_name("accessible.js").read_text()
AXE = os.environ.get("HEAPLAB_AXE", "")
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map((rule) =>
    `axe ${rule.id} (${rule.impact}), ${rule.nodes.length} times: ${rule.nodes[0].html.slice(0, 160)}`)), (why) => done([String(why)]));
"""


def found_in(browser):
    wrong = browser.run(RULES)
    if AXE:
        browser.run(pathlib.Path(AXE).read_text())
        wrong += browser.run_async(RUN_AXE)
    return wrong


for dark in (False, True):
    with Browser(width=WIDTHS[0], dark=dark) as browser:
        for page in map(pathlib.Path, sys.argv[1:]):
            for width in WIDTHS:
                browser.resize(width, 900)
                browser.open(page)
                scheme = "dark" if dark else "light"
                wrong = found_in(browser)
                check(f"{page.name}, {width} pixels wide, {scheme}: everybody can read it", not wrong, "\n#   ".join(wrong[:12]))
                if SCREENSHOTS:
                    browser.screenshot(pathlib.Path(SCREENSHOTS) / f"{page.stem}-{width}-{scheme}.png")
