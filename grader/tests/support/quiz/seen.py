# SPDX-License-Identifier: MIT
"""seen.py - what gdb sees while a program makes the calls of a quiz: the script that it runs, and what comes of it.

The program counts its calls (a variable call_number), or calls a function before each (plan: "before"). It calls a function
after each (plan: "after"), where words of the heap are looked at.
"""
import json
import subprocess
import sys
from pathlib import Path

GDB = r'''
import gdb, json
plan, seen, count, wanted, points, lookers, lines, places = {}, {}, [0], [True], [], set(), {}, {}
def number(text):
    return int(gdb.parse_and_eval(text))
def now():
    return count[0] if plan["before"] else number("call_number")
def look_on(call):
    wanted[0] = not plan["only"] or call in plan["only"]
    for looker in lookers if plan["before"] else []: # a test may take long: there it pays not to stop
        if looker.enabled != wanted[0]:
            looker.enabled = wanted[0]
def line_at(address):
    line = gdb.find_pc_line(address)
    return "%s:%d" % (line.symtab.filename.split("/")[-1] if line.symtab else "?", line.line)
class Point(gdb.Breakpoint): # for one run
    def __init__(self, *where):
        super().__init__(*where, internal=True)
        points.append(self)
class Line(gdb.Breakpoint): # kept for later runs: it takes gdb milliseconds to make one
    def __init__(self, name):
        super().__init__(name, internal=True)
        self.name = name
    def stop(self):
        if self not in lookers or not wanted[0]:
            return False
        call = now()
        seen["log"].append([call, self.name, gdb.selected_frame().name()])
        if plan["threads"]:
            n = number("held_count")
            seen["held"].setdefault("%d %s" % (call, self.name), [line_at(number("held[%d].place" % i) - 1) for i in range(n)])
        if self.name in plan["targets"]:
            seen["areas"].setdefault(self.name, []).append(number("(long)&(%s)" % plan["targets"][self.name]))
        return False
class Store(Point):
    def __init__(self, address, offset):
        super().__init__("*(long *)%d" % address, gdb.BP_WATCHPOINT, gdb.WP_WRITE)
        self.offset = offset
    def stop(self):
        seen["log"].append([now(), "store %d %s" % (self.offset, line_at(gdb.selected_frame().pc() - 1)), ""])
        return False
class Before(Point):
    def stop(self):
        count[0] += 1
        look_on(count[0])
        return False
class After(Point):
    def stop(self):
        call = now()
        seen["heaps"][call] = number(plan["heap_bytes"])
        for offset in plan["words"]:
            if offset + 8 <= seen["heaps"][call]:
                seen["words"]["%d %d" % (call, offset)] = number("*(unsigned long *)%d" % (seen["base"] + offset))
        if plan["threads"]:
            seen["words"]["%d locks" % call] = number("locks_taken")
        seen["returns"][call] = number(plan["returned"])
        if not plan["before"]:
            look_on(call + 1)
        return call >= plan["last"]
class Came(gdb.FinishBreakpoint):
    def __init__(self, frame, size, old):
        super().__init__(frame, internal=True)
        self.size, self.old = size, old
    def stop(self):
        seen["made"].extend([[now(), self.old, -1], [now(), number("$rax"), self.size]])
        return False
class Malloc(Point):
    def __init__(self, name, size):
        super().__init__("*" + name)
        self.size, self.resizes = size, name == "heap_realloc"
    def stop(self):
        Came(gdb.newest_frame(), number(self.size), number("$rdi") if self.resizes else 0)
        return False
class Free(Point):
    def stop(self):
        seen["made"].append([now(), number("$rdi"), -1])
        return False
def place_of(name):
    if name not in places:
        try:
            found = gdb.decode_line(name)[1]
        except gdb.error:
            found = None
        # a line without code, for which gdb takes another, is none
        places[name] = found[0].pc if found and found[0].line == int(name.split(":")[1]) else None
    return places[name]
def is_inside(name):
    block = gdb.block_for_pc(place_of(name)) if place_of(name) else None
    while block and not block.function:
        block = block.superblock
    return block is not None and block.function.name in plan["functions"]
def line_named(name):
    if name not in lines:
        lines[name] = Line(name) if place_of(name) else None
    return lines[name]
def prepare():
    if plan["before"]:
        count[0] = 1
        Before("*" + plan["before"])
    lookers.update(filter(None, map(line_named, plan["lines"] + list(filter(is_inside, plan["statements"])))))
    for offset in plan["watched"]:
        lookers.add(Store(seen["base"] + offset, offset))
    for name, size in plan["mallocs"].items():
        Malloc(name, size)
    if plan["mallocs"]:
        Free("*heap_free")
    After(("*" if plan["before"] else "") + plan["after"])
    look_on(1)
def look_at(arguments):
    gdb.execute("tbreak " + (plan["before"] or "start_of_calls"))
    gdb.execute("run " + arguments, to_string=True)
    seen.update(log=[], words={}, returns={}, heaps={}, held={}, made=[], areas={}, base=plan["base"] or number("(long)heap_start"))
    prepare()
    gdb.execute("continue", to_string=True)
    for point in points:
        if point.is_valid(): # a watchpoint is gone with the program
            point.delete()
    points.clear()
    lookers.clear()
gdb.execute("set pagination off")
gdb.execute("set confirm off")
gdb.execute("set breakpoint pending off")
gdb.execute("set can-use-hw-watchpoints 0") # virtual machines may not have them
results = []
for arguments, plan in json.load(open(PLANS)):
    seen = {}
    look_at(arguments)
    results.append(seen)
    json.dump(results, open(OUT, "w"))
'''

MOST_SECONDS = 300  # a program that is looked at in each line may take long


def look_at_runs(program, runs, folder):
    """What gdb sees of PROGRAM in each of RUNS: its arguments, and a plan. PLAN: lines, statements (those of FUNCTIONS), words, watched, and how calls are counted, up to
    call last; only: lines and stores are looked at in these calls. One gdb looks at all of them, as
    it takes longer to start than to look."""
    usual = dict(last=1 << 30, only=[], lines=[], statements=[], functions=[], words=[], watched=[], mallocs={}, targets={}, threads=False, before=None, after="after_call", base=None,
                 heap_bytes="heap_bytes", returned="(long)returned")
    made, out, script = folder / "plans.json", folder / "seen.json", folder / "script.py"
    made.write_text(json.dumps([(" ".join(map(str, arguments)), usual | plan) for arguments, plan in runs]))
    script.write_text(f"PLANS = {str(made)!r}\nOUT = {str(out)!r}\n" + GDB)
    command = ["gdb", "-q", "-nx", "-batch", "-iex", "set auto-solib-add off", "-iex", "set debuginfod enabled off", "-x", script, program]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS * len(runs))
    except subprocess.TimeoutExpired:
        sys.exit(f"gdb has not come to the end of {program} in {MOST_SECONDS} s a run")
    seen = json.loads(out.read_text()) if out.exists() else []
    if len(seen) < len(runs):
        sys.exit(run.stdout + run.stderr)
    return seen


def look(program, arguments, folder, **plan):
    """What gdb sees of PROGRAM with ARGUMENTS (look_at_runs)."""
    return look_at_runs(program, [(arguments, plan)], folder)[0]
