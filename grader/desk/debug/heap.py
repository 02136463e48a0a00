# SPDX-License-Identifier: MIT
"""heap.py - gdb's commands heap (a drawing) and blocks (a list) for the student's heap in labs 05 to 07.

Loaded by make gdb. Neither changes anything in the program, and whatever state that is in, the answer is text.
"""

import os
import shutil
import sys
import textwrap

import gdb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from blocks import NoHeap, frame_pointers, read_heap, story_names  # noqa: E402 (needs the path above)

LEAST_WIDTH, MOST_LINES, MOST_ROWS = 40, 12, 400
PAYLOAD_PER_CELL, MOST_CELLS = 32, 12


# --- the terminal


def width():
    known = gdb.parameter("width")
    return max(LEAST_WIDTH, int(known) if known else shutil.get_terminal_size((80, 24)).columns)


def has_unicode():
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    return "UTF-8" in locale.upper() or "UTF8" in locale.upper()


def say(text=""):
    gdb.write((text if has_unicode() else text.encode("ascii", "replace").decode()) + "\n")


def say_wrapped(text, indent="", more=""):
    for line in textwrap.wrap(text, width() - 1, initial_indent=indent, subsequent_indent=more or indent):
        say(line)


# --- heap: a drawing


def marks():
    """What headers, payloads in use, free ones, and damage are drawn with."""
    if has_unicode():
        return {"header": "▐", "used": "█", "free": "░", "damaged": "✗", "fresh": "·", "list": "≡", "at": "↑"}
    return {"header": "|", "used": "#", "free": ".", "damaged": "!", "fresh": "?", "list": "=", "at": "^"}


def names_by_block(heap):
    """Block -> the test's name for its payload."""
    found = {}
    for address, name in story_names():
        block = heap.block_of(address)
        if block:
            found[block] = name
    return found


def cell(block, name):
    """One block: |a 112####"""
    mark = marks()
    label = " ".join(part for part in (name if block.kind == "used" else block.kind, str(block.size)) if part)
    fill = mark[block.kind] * max(1, min(MOST_CELLS, block.size // PAYLOAD_PER_CELL))
    return f"{mark['header']}{label}{fill}"


def pointer_rows(line, pointers):
    """Rows under LINE, a list of (column, block), that show where the frame's POINTERS, of (block, name), lead."""
    wanted = {}
    for block, name in pointers:
        wanted.setdefault(block, []).append(name)
    row = ""
    for column, block in line:
        if block in wanted:
            row = row.ljust(column) if len(row) <= column else row + " "
            row += marks()["at"] + ",".join(wanted[block])
    return [row] if row else []


def lines_of(cells, room):
    """CELLS, (text, block) each, in lines of at most ROOM columns: lists of (column, text, block)."""
    lines, column = [[]], 0
    for text, block in cells:
        if column > 0 and column + len(text) > room:
            lines.append([])
            column = 0
        lines[-1].append((column, text, block))
        column += len(text)
    return lines


def window(lines, pointers):
    """At most MOST_LINES of LINES, around the first that a pointer leads into; how many come before."""
    held = {block for block, _ in pointers}
    centre = next((i for i, line in enumerate(lines) if any(block in held for _, _, block in line)), 0)
    first = max(0, min(centre - MOST_LINES // 2, len(lines) - MOST_LINES))
    return lines[first:first + MOST_LINES], first


def summary(heap):
    used = [block.size for block in heap.blocks if block.kind == "used"]
    free = [block.size for block in heap.blocks if block.kind == "free"]
    text = f"{heap.size} bytes from 0x{heap.base:x}: {len(used)} used ({sum(used)} bytes), {len(free)} free ({sum(free)} bytes)"
    damaged = sum(block.kind == "damaged" for block in heap.blocks)
    fresh = sum(block.size for block in heap.blocks if block.kind == "fresh")
    return text + (f", {damaged} damaged" if damaged else "") + (f", {fresh} bytes new and without a header" if fresh else "")


def all_problems(heap):
    return heap.problems + [
        f"block at +0x{block.offset:03x}: {problem}" for block in heap.blocks for problem in block.problems]


def draw(heap):
    names = names_by_block(heap)
    pointers = [(heap.block_of(address), name) for address, name in frame_pointers()]
    pointers = [(block, name) for block, name in pointers if block]
    cells = [(cell(block, names.get(block)), block) for block in heap.blocks]
    if heap.linked:
        cells.insert(0, (marks()["list"] + "list", None))
    lines, before = window(lines_of(cells, width() - 3), pointers)
    shown = sum(block is not None for line in lines for _, _, block in line)
    say_wrapped(summary(heap))
    say()
    for line in lines:
        say("  " + "".join(text for _, text, _ in line))
        for row in pointer_rows([(column, block) for column, _, block in line], pointers):
            say("  " + row)
    if shown < len(heap.blocks):
        say(f"  ({len(heap.blocks) - shown} more blocks, {'around these' if before else 'behind these'}; blocks lists them)")
    mark = marks()
    say(f"  {mark['header']} header  {mark['used']} in use  {mark['free']} free")
    problems = all_problems(heap)
    for problem in problems[:4]:
        say_wrapped(problem, "  ! ", "    ")
    if len(problems) > 4:
        say(f"  ! and {len(problems) - 4} more: see blocks")


# --- blocks: a list


def row_of(heap, block):
    cells = [f"+0x{block.offset:03x}", f"0x{heap.base + block.offset:x}", block.kind, str(block.size)]
    if heap.linked:
        footer = "-" if block.footer is None else str(block.footer)
        cells += [footer, heap.place(block.next), heap.place(block.prev)]
    return cells


def list_blocks(heap, blocks):
    heads = ["offset", "address", "state", "size"] + (["footer", "next", "prev"] if heap.linked else [])
    rows = [row_of(heap, block) for block in blocks]
    widths = [max(len(row[i]) for row in rows + [heads]) for i in range(len(heads))]
    say("  " + "  ".join(head.ljust(n) for head, n in zip(heads, widths)).rstrip())
    names = names_by_block(heap)
    for block, row in zip(blocks, rows):
        line = "  " + "  ".join(text.ljust(n) for text, n in zip(row, widths))
        say((line + ("  " + names[block] if block in names else "")).rstrip())
        for problem in block.problems:
            say_wrapped(problem, "    ! ", "      ")


def list_heap(heap, blocks):
    say_wrapped(summary(heap))
    if heap.linked:
        say(f"list: first {heap.place(heap.first)}, rover {heap.place(heap.rover)}, count {heap.count}")
    list_blocks(heap, blocks[:MOST_ROWS])
    if len(blocks) > MOST_ROWS:
        say(f"  (and {len(blocks) - MOST_ROWS} more; blocks ADDRESS shows the one there)")
    for problem in heap.problems:
        say_wrapped(problem, "  ! ", "    ")


def chosen(heap, expression):
    """The blocks to list: all, or the one in which EXPRESSION lies."""
    if not expression:
        return heap.blocks
    address = int(gdb.parse_and_eval(expression))
    if 0 <= address < heap.size:
        address += heap.base  # an offset, as the list shows it
    block = heap.block_of(address)
    if block is None:
        raise NoHeap(f"0x{address:x} lies in no block of the heap.")
    return [block]


# --- the commands


class Answer(gdb.Command):
    """A command that always answers with text."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        try:
            self.answer(argument.strip())
        except NoHeap as reason:
            say_wrapped(str(reason))
        except (gdb.error, ValueError) as reason:  # an expression that cannot be evaluated, memory that is not there
            say_wrapped(f"That cannot be looked up here: {reason}")


class HeapCommand(Answer):
    """Draw your heap as it is now (labs 05 to 07).

Each block starts with a bar, its header. Arrows show where the pointers of the frame you are in lead."""

    def answer(self, argument):
        draw(read_heap())


class BlocksCommand(Answer):
    """List the blocks of your heap, and what is wrong with them (labs 05 to 07).

blocks          all of them
blocks POINTER  the one in which it lies: an address, an offset, or an expression like payload"""

    def answer(self, argument):
        heap = read_heap()
        list_heap(heap, chosen(heap, argument))


HeapCommand("heap")
BlocksCommand("blocks")
