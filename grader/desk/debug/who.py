# SPDX-License-Identifier: MIT
"""who.py - gdb's command who: which line wrote a word of the heap, in which call, and what stood there before.

Loaded by make gdb. In its program the student's code calls a function at each store, which enters it in a list
(grader/wire/watched.h); who reads that list. gdb steps over those functions as if they were not there.
"""

import re
import struct

import gdb

from blocks import JUNK, story_names
from heap import say, say_wrapped

LIST = struct.Struct("<IIII")  # struct store_list: used, latest, lost, padding
STORE = struct.Struct("<IIII")  # struct store: code, call, address, bytes
MOST_STORED, ALIGNMENT, WORD_BYTES = 65536, 8, 8
MOST_SHOWN = 20

HOOKS = "*subject/watch*.c"


class Store:
    """BYTES bytes at ADDRESS became DATA, of which there may be fewer, by the instruction before CODE, in call CALL."""

    def __init__(self, code, call, address, size, data):
        self.code, self.call, self.address, self.size, self.data = code, call, address, size, data


def number(expression):
    return int(gdb.parse_and_eval(expression))


def read(address, size):
    return gdb.selected_inferior().read_memory(address, size).tobytes()


def all_stores():
    """Every store so far, and how many are missing."""
    start = number("direct_stores_address")
    used, latest, lost, _ = LIST.unpack(read(start, LIST.size))
    entries = read(start + LIST.size, used) if used else b""
    stores, at = [], 0
    while at < used:
        code, call, address, size = STORE.unpack_from(entries, at)
        kept = min(size, MOST_STORED)
        data = entries[at + STORE.size:at + STORE.size + kept]
        stores.append(Store(code, call, address, size, data))
        at += STORE.size + (kept + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT
    if latest and stores:
        stores[-1].data = read(stores[-1].address, min(stores[-1].size, MOST_STORED))
    return stores, lost


# --- words


def place(address):
    """ADDRESS as text, as in stories."""
    base = number("direct_heap_address")
    name = dict(story_names()).get(address)
    text = f"heap + {address - base}" if address >= base else f"{address:#x}"
    return f"{text} ({name})" if name else text


def value(data):
    word = int.from_bytes(data, "little")
    base = number("direct_heap_address")
    if len(data) == WORD_BYTES and set(data) == {JUNK}:
        return "new memory"
    if len(data) == WORD_BYTES and base <= word <= base + number("'brk.c'::heap_size"):
        return place(word)
    return str(word) if word < 1 << 26 else hex(word)


def line_of(store):
    """The function, and "file.c:12"."""
    sal = gdb.find_pc_line(store.code - 1)
    function = gdb.block_for_pc(store.code - 1)
    while function is not None and function.function is None:
        function = function.superblock
    name = function.function.name if function else "?"
    if sal.symtab is None:
        return name, "a place without line numbers", None
    return name, f"{sal.symtab.filename.split('/')[-1]}:{sal.line}", sal


def source(sal):
    """The text of that line; empty if gdb does not have it."""
    try:
        said = gdb.execute(f"list {sal.symtab.filename}:{sal.line},{sal.line}", to_string=True)
        return said.split(None, 1)[1].strip() if said.strip() else ""
    except (gdb.error, IndexError):
        return ""


def call_text(number_of_call):
    """"call 3, mm_free", from the judge's books of the latest calls (judge/lib/watch.c)."""
    arrays = [symbol for symbol in gdb.lookup_static_symbols("kept") if symbol.type.code == gdb.TYPE_CODE_ARRAY]
    if not arrays:
        return f"call {number_of_call}"
    slots = arrays[0].value()
    slot = slots[number_of_call % (slots.type.range()[1] + 1)]
    return f"call {number_of_call}, {slot['call']['name'].string()}"


def part_text(store, word):
    """What STORE wrote into the word at WORD, and where if that is not all of it."""
    first, end = max(word, store.address), min(word + WORD_BYTES, store.address + store.size)
    data = store.data[first - store.address:end - store.address]
    if not data:
        return "?"
    if end - first == WORD_BYTES:
        return value(data)
    return f"{value(data)} ({end - first} byte{'' if end - first == 1 else 's'} at {place(first)})"


# --- the command


def address_meant(argument):
    """heap+144, or an expression: a pointer leads to the word, anything else in memory is the word."""
    match = re.fullmatch(r"\s*heap\s*\+\s*(0x[0-9a-fA-F]+|\d+)\s*", argument)
    if match:
        return number("direct_heap_address") + int(match[1], 0)
    for known, name in story_names():
        match = re.fullmatch(rf"\s*{re.escape(name)}\s*(?:\+\s*(0x[0-9a-fA-F]+|\d+))?\s*", argument)
        if match and not is_variable(name):
            return known + int(match[1] or "0", 0)
    found = gdb.parse_and_eval(argument)
    if found.address is not None and in_arena(int(found.address)):
        return int(found.address)
    if found.type.strip_typedefs().code not in (gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_INT):
        raise gdb.error(f"{argument.strip()} is no place in the heap.")
    return int(found)


def is_variable(name):
    symbol = gdb.lookup_symbol(name)[0]
    return symbol is not None and (symbol.is_variable or symbol.is_argument)


def in_arena(address):
    base = number("direct_heap_address")
    return base - (4 << 20) <= address < base + (60 << 20)


class Who(gdb.Command):
    """who PLACE: which line wrote the word at PLACE last, in which call, and what stood there before.

PLACE is heap+144, a name of the story with or without a distance (b, b+8), or an expression: who block->size asks for
that member; who payload, a pointer, for the word that it points to."""

    def __init__(self):
        super().__init__("who", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, _):
        if not argument.strip():
            raise gdb.GdbError("Usage: who heap+144, or who EXPRESSION, as in who block->size.")
        if gdb.selected_inferior().pid == 0:
            raise gdb.GdbError("The program is not running, so nothing is known of its stores. Type run to start it.")
        try:
            address = address_meant(argument)
        except gdb.error as error:
            raise gdb.GdbError(str(error)) from None
        if not in_arena(address):
            raise gdb.GdbError(f"{address:#x} lies outside the heap: only stores to the heap are recorded.")
        answer(address - address % WORD_BYTES)


def answer(word):
    stores, lost = all_stores()
    history = [store for store in stores if store.address < word + WORD_BYTES and word < store.address + store.size]
    now = value(read(word, WORD_BYTES))
    if not history:
        say_wrapped(f"{place(word)}: no line of yours has written there. It holds {now}.")
        return
    function, line, sal = line_of(history[-1])
    say_wrapped(f"{place(word)}: written last in {function}, {line}, in {call_text(history[-1].call)}: {part_text(history[-1], word)}")
    if sal and source(sal):
        say("    " + source(sal))
    if len(history) > 1:
        say("Before that, latest first:")
    for store in history[-2:-2 - MOST_SHOWN:-1]:
        function, line, _ = line_of(store)
        say_wrapped(f"{call_text(store.call)}: {part_text(store, word)}; {function}, {line}", "  ", "    ")
    if len(history) - 1 > MOST_SHOWN:
        say(f"  ... {len(history) - 1 - MOST_SHOWN} earlier ones ...")
    if lost:
        say_wrapped(f"The latest {lost} stores of this test are missing: there were too many.")


Who()
gdb.execute(f"skip -gfi {HOOKS}", to_string=True)
