# SPDX-License-Identifier: MIT
"""memory.py - rows of memory, drawn to scale as SVG. It reads

    row CAPTION                        starts a row
    part KIND OFFSET BYTES [TEXT]      used, free, books (headers, links, footers), lost (padding), wrong
    below OFFSET TEXT                  a remark under a place of the row
    arrow FROM TO                      from one offset to another, over the row
    scale BYTES                        how many bytes the widest row has; otherwise found by itself

Kinds differ in pattern, not in colour, so that the figure prints well in black and white."""
import sys
from html import escape

WIDTH, LEFT, HEIGHT, CAPTION, ARROWS, BELOW, GAP, LETTER = 680, 10, 34, 18, 26, 16, 14, 6.3
FILL = {"used": "#cfd8e3", "free": "url(#hatched)", "books": "#3b3b3b", "lost": "url(#dotted)", "wrong": "url(#crossed)"}
START = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" \
font-family="DejaVu Sans, Verdana, sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#fff"/>
<defs>
<pattern id="hatched" width="7" height="7" patternUnits="userSpaceOnUse">\
<rect width="7" height="7" fill="#fff"/><path d="M-1 8L8 -1" stroke="#b5b5b5"/></pattern>
<pattern id="dotted" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect width="5" height="5" fill="#fff"/><circle cx="2" cy="2" r="0.9" fill="#555"/></pattern>
<pattern id="crossed" width="6" height="6" patternUnits="userSpaceOnUse">\
<rect width="6" height="6" fill="#fff"/><path d="M0 0L6 6M6 0L0 6" stroke="#333"/></pattern>
</defs>"""


class Row:
    def __init__(self, caption):
        self.caption = caption
        self.parts, self.belows, self.arrows = [], [], []

    def top(self):
        """The height of what is above its parts."""
        return CAPTION + (ARROWS if self.arrows else 0)

    def height(self):
        return self.top() + HEIGHT + (BELOW if self.belows else 0) + GAP


def read(lines):
    """The rows, and the number of bytes in the widest one."""
    rows, most = [], 0
    for line in lines:
        match line.split():
            case ["row", *caption]:
                rows.append(Row(" ".join(caption)))
            case ["part", kind, offset, size, *text]:
                rows[-1].parts.append((kind, int(offset), int(size), " ".join(text)))
                most = max(most, int(offset) + int(size))
            case ["below", offset, *text]:
                rows[-1].belows.append((int(offset), " ".join(text)))
            case ["arrow", tail, head]:
                rows[-1].arrows.append((int(tail), int(head)))
            case ["scale", size]:
                most = int(size)
            case [word, *_]:
                sys.exit(f"memory.py: no line '{word}' is known")
    return rows, most


def draw(rows, most):
    total = sum(row.height() for row in rows)
    print(START.format(WIDTH, total))
    y = 0
    for row in rows:
        draw_row(row, y, most)
        y += row.height()
    print("</svg>")


def draw_row(row, y, most):
    def width_of(size):
        return size * (WIDTH - 2 * LEFT) / most

    def x_of(offset):
        return LEFT + width_of(offset)

    if row.caption:
        print(f'<text x="{LEFT}" y="{y + 12}" font-weight="bold">{escape(row.caption, False)}</text>')
    y += row.top()
    for kind, offset, size, text in row.parts:
        draw_part(kind, x_of(offset), width_of(size), y, text)
    for tail, head in row.arrows:
        draw_arrow(x_of(tail), x_of(head), y)
    for offset, text in row.belows:
        draw_below(x_of(offset), y + HEIGHT, text)


def draw_part(kind, x, width, y, text):
    print(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{HEIGHT}" fill="{FILL[kind]}" stroke="#000" stroke-width="0.8"/>')
    wide = len(text) * LETTER
    if not text or wide > width - 2:
        return
    if kind not in ("used", "books"):
        print(f'<rect x="{x + width / 2 - wide / 2 - 2:.1f}" y="{y + 9}" width="{wide + 4:.1f}" height="16" fill="#fff"/>')
    colour = "#fff" if kind == "books" else "#000"
    print(f'<text x="{x + width / 2:.1f}" y="{y + 21}" text-anchor="middle" fill="{colour}">{escape(text, False)}</text>')


def draw_arrow(x1, x2, y):
    high = y - ARROWS + 4
    print(f'<path d="M{x1:.1f} {y}C{x1:.1f} {high} {x2:.1f} {high} {x2:.1f} {y - 6}" fill="none" stroke="#000"/>'
          f'<path d="M{x2:.1f} {y}l-3.5 -7h7z"/>')


def draw_below(x, y, text):
    half = len(text) * LETTER / 2
    middle = LEFT + half if x < LEFT + half else min(x, WIDTH - half)
    print(f'<path d="M{x:.1f} {y}v4" stroke="#000"/>'
          f'<text x="{middle:.1f}" y="{y + 14}" text-anchor="middle" font-size="10">{escape(text, False)}</text>')


draw(*read(sys.stdin))
