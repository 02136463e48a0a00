# SPDX-License-Identifier: MIT
"""blocks.py - the heap of labs 05 to 07 as gdb sees it: its blocks, and what is wrong with them.

The layouts are those of header_alloc.h and free_list.h. The heap is copied out of the program first, so nothing here can
fail on an address: a damaged heap is only a row of odd numbers. Where no header can be read, the walk goes on at the next
place that looks like one.
"""

import struct

import gdb

USED, FREE, MAGIC = 0x44455355, 0x45455246, 0x5AFEB10C
ALIGNMENT = 16
HEADER = struct.Struct("<QII")  # size, state, magic
WORD = struct.Struct("<Q")
LIST = struct.Struct("<QQQI")  # first, rover, count, policy
LIST_BYTES = 32
LINKED_MIN = 48  # MM_MIN_BLOCK
JUNK = 0xCB  # what memory from mem_sbrk holds at first
NEVER_WRITTEN = int.from_bytes(bytes([JUNK] * WORD.size), "little")


class NoHeap(Exception):
    """A sentence that says why there is no heap to look at."""


class Block:
    """SIZE bytes at OFFSET of the heap. kind: used, free, damaged, or fresh (no header written yet)."""

    def __init__(self, offset, size, kind):
        self.offset, self.size, self.kind = offset, size, kind
        self.problems = []
        self.footer = self.next = self.prev = None


class Heap:
    """The heap at a stop. problems: what is wrong with the list as a whole."""

    def __init__(self, base, data, linked):
        self.base, self.data, self.linked = base, data, linked
        self.size = len(data)
        self.start = LIST_BYTES if linked else 0
        self.first = self.rover = self.count = None
        self.problems = []
        self.blocks = []
        if self.size < self.start:
            raise NoHeap(f"The heap has {self.size} bytes, too few for the list at its start. mm_init is at work, or did "
                         "not ask for enough.")
        self.walk()
        if linked:
            self.check_footers()
            self.check_list()

    # --- reading

    def word(self, offset):
        """The 8 bytes at OFFSET; None if they are not all in the heap."""
        return WORD.unpack_from(self.data, offset)[0] if 0 <= offset <= self.size - WORD.size else None

    def place(self, address):
        """ADDRESS as an offset in the heap, in words."""
        if address is None:
            return "-"
        if address == 0:
            return "NULL"
        if address == NEVER_WRITTEN:
            return "junk"
        offset = address - self.base
        return f"+0x{offset:03x}" if 0 <= offset <= self.size else f"0x{address:x}"

    def block_of(self, address):
        """The block in which ADDRESS lies, or None."""
        offset = address - self.base
        for block in self.blocks:
            if block.offset <= offset < block.offset + block.size:
                return block
        return None

    # --- the walk over all blocks

    def least(self):
        return LINKED_MIN if self.linked else HEADER.size

    def size_problem(self, offset, size):
        if size % ALIGNMENT != 0:
            return f"its size is {size}, which is no multiple of {ALIGNMENT}"
        if size < self.least():
            return f"its size is {size}, less than any block has ({self.least()})"
        if size > self.size - offset:
            return f"its size is {size}, which reaches past the end of the heap"
        return None

    def looks_like_header(self, offset):
        size, state, magic = HEADER.unpack_from(self.data, offset)
        return magic == MAGIC and state in (USED, FREE) and self.size_problem(offset, size) is None

    def next_header(self, offset):
        while offset <= self.size - HEADER.size:
            if self.looks_like_header(offset):
                return offset
            offset += ALIGNMENT
        return self.size

    def read_block(self, offset):
        if offset > self.size - HEADER.size:
            block = Block(offset, self.size - offset, "damaged")
            block.problems.append("the heap ends here, and there is no room for a header")
            return block
        size, state, magic = HEADER.unpack_from(self.data, offset)
        wrong = self.size_problem(offset, size)
        if wrong is None:
            block = Block(offset, size, {USED: "used", FREE: "free"}.get(state, "damaged"))
            if magic != MAGIC:
                block.problems.append(f"its magic is 0x{magic:08x}, and not MM_MAGIC")
            if block.kind == "damaged":
                block.problems.append(f"its state is 0x{state:08x}: neither MM_USED nor MM_FREE")
            return block
        block = Block(offset, self.next_header(offset + ALIGNMENT) - offset, "damaged")
        if set(self.data[offset:offset + HEADER.size]) == {JUNK}:
            block.kind = "fresh"
        elif magic == MAGIC:
            block.problems.append(wrong)
        else:
            block.problems.append("there should be a header here, and there is none (no MM_MAGIC)")
        return block

    def walk(self):
        offset = self.start
        while offset < self.size:
            block = self.read_block(offset)
            self.blocks.append(block)
            offset += block.size

    # --- labs 06 and 07: footers, neighbours, the list

    def check_footers(self):
        before = None
        for block in self.blocks:
            if block.kind in ("used", "free"):
                block.footer = self.word(block.offset + block.size - WORD.size)
                if block.footer != block.size:
                    block.problems.append(f"its footer says {block.footer}, its header {block.size}")
            if before and before.kind == block.kind == "free":
                block.problems.append("it is free, and so is the block before it: they are not merged")
            before = block

    def check_list(self):
        self.first, self.rover, self.count, _ = LIST.unpack_from(self.data)
        by_address = {self.base + block.offset: block for block in self.blocks}
        for address, block in by_address.items():
            if block.kind == "free":
                block.next = self.word(block.offset + HEADER.size)
                block.prev = self.word(block.offset + HEADER.size + WORD.size)
        listed = self.follow(by_address)
        for block in self.blocks:
            if block.kind == "free" and block not in listed:
                block.problems.append("it is free, but not on the list: a loose block")
        if self.count != len(listed):
            self.problems.append(f"list->count is {self.count}, and {len(listed)} blocks can be reached from list->first")
        if self.rover and by_address.get(self.rover) not in listed:
            self.problems.append(f"list->rover leads to {self.place(self.rover)}, which is no block on the list")

    def follow(self, by_address):
        """The blocks on the list, from its first; notes every link that is wrong."""
        listed = []
        at, before, came_from = self.first, 0, "list->first"
        while at:
            block = by_address.get(at)
            if block is None or block.kind != "free":
                what = "no block starts" if block is None else f"a {block.kind} block is"
                self.problems.append(f"{came_from} leads to {self.place(at)}, where {what}")
                return listed
            if block in listed:
                self.problems.append(f"{came_from} leads back to {self.place(at)}: the list is a circle")
                return listed
            listed.append(block)
            if block.prev != before:
                block.problems.append(f"its prev is {self.place(block.prev)}, but the list comes from {self.place(before)}")
            at, before, came_from = block.next, at, f"next of the block at {self.place(at)}"
        return listed


# --- from the program to a Heap


def has_fields(name, fields):
    try:
        kind = gdb.lookup_type(name)
    except gdb.error:
        return False
    return [(field.name, field.type.sizeof) for field in kind.fields()][:len(fields)] == fields


def has_known_layout():
    return has_fields("struct header", [("size", 8), ("state", 4), ("magic", 4)])


def number(expression):
    return int(gdb.parse_and_eval(expression))


def read_heap():
    """The heap as it is now. NoHeap if there is none that can be told about."""
    if not has_known_layout():
        raise NoHeap("This lab's heap has no layout that is known here: heap and blocks are for labs 05 to 07.")
    if gdb.selected_inferior().pid == 0:
        raise NoHeap("The program is not running, so there is no heap. Type run to start it.")
    base, size = number("direct_heap_address"), number("'brk.c'::heap_size")
    if size == 0:
        raise NoHeap("The heap is empty: mem_sbrk has not been called yet.")
    data = gdb.selected_inferior().read_memory(base, size).tobytes()
    linked = has_fields("struct free_list", [("first", 8), ("rover", 8), ("count", 8)])
    return Heap(base, data, linked)


def story_names():
    """What the test calls its pointers: a list of (address, name)."""
    try:
        table = gdb.parse_and_eval("'story.c'::names")
        known = number("'story.c'::name_count")
        return [(int(table[i]["address"]), table[i]["name"].string()) for i in range(known)]
    except gdb.error:
        return []


def frame_pointers():
    """The pointers that the selected frame's arguments and variables hold: a list of (address, name)."""
    found = []
    try:
        block = gdb.selected_frame().block()
        while block is not None and not block.is_global and not block.is_static:
            found += [pointer for pointer in map(pointer_in, block) if pointer]
            block = None if block.function else block.superblock
    except (gdb.error, RuntimeError):
        pass
    return found


def pointer_in(symbol):
    try:
        frame = gdb.selected_frame()
        set_already = symbol.is_argument or (symbol.is_variable and symbol.line < frame.find_sal().line)
        if not set_already:
            return None
        value = symbol.value(frame)
        if value.type.strip_typedefs().code != gdb.TYPE_CODE_PTR:
            return None
        return int(value), symbol.name
    except (gdb.error, RuntimeError):
        return None
