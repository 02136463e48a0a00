# SPDX-License-Identifier: MIT
"""regions.py - a process's memory as a tower of regions, from high addresses to low ones, as SVG. It reads

    region NAME SIZE       one region (words joined by _), its size as text; "-" for none
    in TEXT                something that lies in it
    gap TEXT               addresses that are not in use

It is not drawn to scale: the gaps are thousands of times larger than what is in use."""
import sys
from html import escape

WIDTH, TOWER, LEFT, LINE, GAP_HEIGHT = 560, 190, 120, 17, 30


class Gap:
    def __init__(self, words):
        self.words = words

    def height(self):
        return GAP_HEIGHT

    def draw(self, y):
        height, right = self.height(), LEFT + TOWER
        print(f'<path d="M{LEFT} {y}v{height}M{right} {y}v{height}" stroke="#000" stroke-dasharray="2 3"/>'
              f'<text x="{LEFT + TOWER // 2}" y="{y + 20}" text-anchor="middle" font-style="italic">{escape(self.words, False)}</text>')


class Region:
    def __init__(self, name, size):
        self.name, self.size, self.inside = name, size, []

    def height(self):
        return max(len(self.inside), 2) * LINE + 8

    def draw(self, y):
        print(f'<rect x="{LEFT}" y="{y}" width="{TOWER}" height="{self.height()}" fill="#dfe5ec" stroke="#000"/>'
              f'<text x="{LEFT + 8}" y="{y + LINE + 1}" font-weight="bold">{escape(self.name, False)}</text>'
              f'<text x="{LEFT + TOWER - 8}" y="{y + LINE + 1}" text-anchor="end">{escape(self.size, False)}</text>')
        for line, words in enumerate(self.inside, 1):
            print(f'<text x="{LEFT + TOWER + 12}" y="{y + LINE * line}">{escape(words, False)}</text>')


def read(lines):
    pieces = []
    for line in lines:
        match line.split():
            case ["region", name, *size]:
                pieces.append(Region(name.replace("_", " "), "" if size == ["-"] else " ".join(size)))
            case ["gap", *words]:
                pieces.append(Gap(" ".join(words)))
            case ["in", *words]:
                pieces[-1].inside.append(" ".join(words))
            case [word, *_]:
                sys.exit(f"regions.py: no line '{word}' is known")
    return pieces


def draw(pieces):
    total = sum(piece.height() for piece in pieces)
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total + 10}" width="{WIDTH}" height="{total + 10}" '
          'font-family="DejaVu Sans, Verdana, sans-serif" font-size="11.5">')
    print('<rect width="100%" height="100%" fill="#fff"/>')
    print(f'<text x="0" y="16">high addresses</text><text x="0" y="{total}">low addresses</text>')
    print(f'<path d="M40 26V{total - 14}" stroke="#000"/><path d="M40 22l-4 9h8z"/>')
    y = 4
    for piece in pieces:
        piece.draw(y)
        y += piece.height()
    print("</svg>")


draw(read(sys.stdin))
