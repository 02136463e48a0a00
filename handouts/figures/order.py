# SPDX-License-Identifier: MIT
"""order.py - steps of two threads in time, from left to right, and what orders them, as SVG. It reads

    row CAPTION           starts a row: a run
    step THREAD TEXT      the next step, of thread 0 or 1
    arrow FROM TO         a step that comes before another thread's step; steps are counted from 0
    verdict TEXT          said after the caption"""
import sys
from html import escape

WIDTH, LEFT, CAPTION, LANE, BOX, GAP = 720, 24, 20, 44, 22, 18
COLUMNS = 8
COLUMN = (WIDTH - LEFT - 10) / COLUMNS
START = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" \
font-family="DejaVu Sans, Verdana, sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>"""
ROW = CAPTION + 2 * LANE + GAP - (LANE - BOX)


def read(lines):
    rows = []
    for line in lines:
        match line.split():
            case ["row", *caption]:
                rows.append({"caption": " ".join(caption), "steps": [], "arrows": [], "verdict": ""})
            case ["step", thread, *text]:
                rows[-1]["steps"].append((int(thread), " ".join(text)))
            case ["arrow", tail, head]:
                rows[-1]["arrows"].append((int(tail), int(head)))
            case ["verdict", *text]:
                rows[-1]["verdict"] = " ".join(text)
            case [word, *_]:
                sys.exit(f"order.py: no line '{word}' is known")
    return rows


def lane(y, thread):
    """The middle of a thread's lane."""
    return y + CAPTION + thread * LANE + BOX / 2


def draw_row(row, y):
    print(f'<text x="{LEFT}" y="{y + 12}"><tspan font-weight="bold">{escape(row["caption"], False)}:</tspan> '
          f'{escape(row["verdict"], False)}</text>')
    end = LEFT + len(row["steps"]) * COLUMN
    for thread, name in enumerate("AB"):
        middle = lane(y, thread)
        print(f'<text x="6" y="{middle + 4}" font-weight="bold">{name}</text>'
              f'<path d="M{LEFT} {middle}H{end:.1f}" stroke="#999"/>')
    ordering = {i for arrow in row["arrows"] for i in arrow}
    for i, (thread, text) in enumerate(row["steps"]):
        fill = "#cfd8e3" if i in ordering or text[0] in "+-" else "#fff"
        draw_step(LEFT + i * COLUMN, lane(y, thread), text, fill)
    for tail, head in row["arrows"]:
        draw_arrow(row["steps"], tail, head, y)


def draw_step(x, middle, text, fill):
    print(f'<rect x="{x + 3:.1f}" y="{middle - BOX / 2}" width="{COLUMN - 6:.1f}" height="{BOX}" fill="{fill}" stroke="#000"/>'
          f'<text x="{x + COLUMN / 2:.1f}" y="{middle + 4}" text-anchor="middle" font-size="10">{escape(text, False)}</text>')


def draw_arrow(steps, tail, head, y):
    down = 1 if steps[head][0] > steps[tail][0] else -1
    x1, x2 = LEFT + tail * COLUMN + COLUMN / 2, LEFT + head * COLUMN + COLUMN / 2
    y1, y2 = lane(y, steps[tail][0]) + down * BOX / 2, lane(y, steps[head][0]) - down * BOX / 2
    print(f'<path d="M{x1:.1f} {y1}L{x2 - 6:.1f} {y2 - down * 3}" stroke="#000" stroke-width="1.6"/>'
          f'<path d="M{x2:.1f} {y2}l-10 {-down * 1}l4 {-down * 7}z"/>')


def draw(rows):
    print(START.format(WIDTH, len(rows) * ROW))
    for i, row in enumerate(rows):
        draw_row(row, i * ROW)
    print("</svg>")


draw(read(sys.stdin))
