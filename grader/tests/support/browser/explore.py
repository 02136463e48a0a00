# SPDX-License-Identifier: MIT
"""Looks at pages of heaplab explore in a browser (journeys/explore.sh).

    explore.py FAILING.html LONG.html HOSTILE.html

FAILING shows a test that fails at its last step, LONG has 20 000 steps, HOSTILE has markup in every text.
"""
import re
import sys

from webdriver import END, HOME, LEFT, RIGHT, TAB, SCREENSHOTS, Browser, check

STEP = "return document.getElementById('step').textContent"
PIXELS = """const c = document.getElementById('%s'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
return seen.size"""
SETTLE = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))"
SMOOTH_MS = 50


def step(browser):
    browser.run_async(SETTLE)
    return browser.run(STEP)


def keep(browser, name):
    if SCREENSHOTS:
        browser.screenshot(f"{SCREENSHOTS}/{name}.png")


def look_at_failing(browser, path):
    browser.open(path)
    total = int(browser.run("return document.getElementById('slider').max")) + 1
    check("explore: the page opens at the step that failed", "Here the test failed" in step(browser), step(browser))
    check("explore: it says why", len(browser.run("return document.getElementById('message').textContent")) > 10)
    for canvas in ("map", "strip", "curves"):
        colours = browser.run(PIXELS % canvas)
        check(f"explore: {canvas}: drawn", colours >= 3, f"{colours} colours")
    browser.press(HOME)
    check("explore: Home goes to the first step", step(browser).startswith(f"Step 1 of {total}:"), step(browser))
    browser.press(RIGHT)
    check("explore: the right arrow goes forward", step(browser).startswith("Step 2 of"), step(browser))
    browser.press(LEFT)
    check("explore: the left arrow goes back", step(browser).startswith("Step 1 of"), step(browser))
    browser.press("f")
    check("explore: F goes to the step that failed", "Here the test failed" in step(browser), step(browser))
    browser.press(END)
    check("explore: End goes to the last step", step(browser).startswith(f"Step {total} of"), step(browser))
    keep(browser, "failing")


STORE = "return document.getElementById('store').textContent"
MARKED = "const n = document.querySelector('#source .now'); return n ? n.textContent : ''"
HISTORY = "return document.getElementById('history-part').hidden ? '' : document.getElementById('history-part').textContent"


def look_at_stores(browser):
    """The reference's mm_malloc with a mistake: a call of some stores, each with a line."""
    browser.press("f")
    browser.run_async(SETTLE)
    last = browser.run(STORE)
    count = re.match(r"Store (\d+) of (\d+): ", last)
    check("explore: a step ends with its last store", count and count[1] == count[2], last)
    check("explore: the line that wrote is marked", "=" in browser.run(MARKED), browser.run(MARKED))
    browser.press(",")
    browser.run_async(SETTLE)
    check("explore: the comma goes one store back", browser.run(STORE) != last, browser.run(STORE))
    browser.press(".")
    browser.run_async(SETTLE)
    check("explore: the full stop goes forward again", browser.run(STORE) == last, browser.run(STORE))
    browser.run("document.querySelector('#words tr.written button').click()")
    browser.run_async(SETTLE)
    check("explore: a click on a word shows who wrote it", "header_alloc.c:" in browser.run(HISTORY), browser.run(HISTORY))
    browser.run("document.querySelector('#history button').click()")
    browser.run_async(SETTLE)
    check("explore: a click on a store goes there", "Store 1 of" in browser.run(STORE) or browser.run(STORE) != last, browser.run(STORE))
    browser.run("document.querySelector('#source li.now button, #source button').click()")
    browser.run_async(SETTLE)
    check("explore: a click on a line shows what it wrote", "What header_alloc.c:" in browser.run(HISTORY), browser.run(HISTORY))
    browser.run("const s = document.getElementById('strip'); const r = s.getBoundingClientRect();"
                "s.dispatchEvent(new MouseEvent('click', {clientX: r.left + 8, clientY: r.top + 20}))")
    browser.run_async(SETTLE)
    check("explore: a click on a byte shows its author", "Who wrote heap + 0" in browser.run(HISTORY), browser.run(HISTORY))
    keep(browser, "stores")
    browser.run("document.getElementById('history-close').click()")


def look_at_pointer(browser):
    browser.run("document.getElementById('strip').scrollIntoView()")
    x, y = browser.run("const r = document.getElementById('strip').getBoundingClientRect(); return [r.left + 8, r.top + 8]")
    browser.hover(x, y)
    tip = browser.run("const t = document.getElementById('tip'); return t.hidden ? '' : t.textContent")
    check("explore: a block under the pointer is described", "heap + 0" in tip and "byte" in tip, tip)


def look_at_access(browser):
    nameless = browser.run("""return [...document.querySelectorAll('button, input, canvas, [tabindex]')]
        .filter((e) => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim()))
        .map((e) => e.outerHTML)""")
    check("explore: every control has a name for screen readers", not nameless, nameless)
    seen = set()
    for _ in range(40):
        browser.press(TAB)
        seen.add(browser.run("return document.activeElement.id || document.activeElement.className"))
    missing = {"first", "back", "slider", "forward", "last", "play", "map", "curves", "strip"} - seen
    check("explore: Tab reaches every control", not missing, missing)
    slider = browser.run("return document.getElementById('slider').getAttribute('aria-valuetext')")
    check("explore: the slider describes the step in words", re.match(r"step \d+ of \d+: ", slider or ""), slider)
    table = browser.run("return document.querySelectorAll('#blocks tr').length")
    check("explore: there is also a table of the blocks", table > 0, table)


def look_at_long(browser, path):
    browser.open(path)
    check("explore: 20 000 steps are shown", "of 20 000" in step(browser), step(browser))
    times = browser.run_async("""const done = arguments[0]; const times = []; let k = 0;
        const slider = document.getElementById('slider');
        function next() {
          const start = performance.now(); slider.value = String((k * 7919) % 20000); slider.dispatchEvent(new Event('input'));
          requestAnimationFrame(() => requestAnimationFrame(() => {
            times.push(performance.now() - start); k++; if (k < 30) next(); else done(times); })); }
        next();""")
    work = browser.run("""let least = Infinity; for (let i = 0; i < 10; i++) {
        now = (i * 1999) % 20000; const start = performance.now(); showNow(); least = Math.min(least, performance.now() - start); }
        return least""")
    check(f"explore: a step of 20 000 takes less than {SMOOTH_MS} ms", work < SMOOTH_MS, f"{work:.1f} ms at best; frames {times}")
    browser.press("+", 6)
    check("explore: zooming in keeps the step in view", "Step" in step(browser))
    keep(browser, "long")


def look_at_hostile(browser, path):
    browser.open(path)
    check("explore: markup in texts stays text", browser.run("return window.hacked === undefined && !document.querySelector('#step img, #message img')"))
    check("explore: and is shown literally", "<img" in browser.run("return document.getElementById('message').textContent"))


def main():
    failing, long, hostile = sys.argv[1:]
    with Browser() as browser:
        look_at_failing(browser, failing)
        look_at_stores(browser)
        look_at_pointer(browser)
        look_at_access(browser)
        look_at_long(browser, long)
        look_at_hostile(browser, hostile)
        complaints = browser.complaints()
        check("explore: the console has no complaint", not complaints, complaints)
    with Browser(width=500, height=900, dark=True) as browser:
        browser.open(failing)
        wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        check("explore: a narrow page has no sideways scrolling", wide <= 0, f"{wide} pixels too wide")
        paper = browser.run("return getComputedStyle(document.body).backgroundColor")
        check("explore: a dark system gets a dark page", paper == "rgb(20, 23, 27)", paper)
        keep(browser, "dark")


main()
