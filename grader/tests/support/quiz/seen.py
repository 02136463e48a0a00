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
plan = json.load(open(PLAN))
log, words, returns, heaps, held, made, areas = [], {}, {}, {}, {}, [], {}
count = [0]
def number(text):
    return int(gdb.parse_and_eval(text))
def now():
    return count[0] if plan["before"] else number("call_number")
lookers = []
def look_on(call):
    for looker in lookers: # a stop takes long, and a test may make calls of other kinds before
        looker.enabled = not plan["before"] or not plan["only"] or call in plan["only"]
def line_at(address):
    line = gdb.find_pc_line(address)
    return "%s:%d" % (line.symtab.filename.split("/")[-1] if line.symtab else "?", line.line)
class Line(gdb.Breakpoint):
    def __init__(self, where, name):
        super().__init__(where, internal=True)
        self.name = name
    def stop(self):
        call = now()
        log.append([call, self.name, gdb.selected_frame().name()])
        if plan["threads"]:
            n = number("held_count")
            held.setdefault("%d %s" % (call, self.name), [line_at(number("held[%d].place" % i) - 1) for i in range(n)])
        if self.name in plan["targets"]:
            areas.setdefault(self.name, []).append(number("(long)&(%s)" % plan["targets"][self.name]))
        return False
class Store(gdb.Breakpoint):
    def __init__(self, address, offset):
        super().__init__("*(long *)%d" % address, gdb.BP_WATCHPOINT, gdb.WP_WRITE, internal=True)
        self.offset = offset
    def stop(self):
        log.append([now(), "store %d %s" % (self.offset, line_at(gdb.selected_frame().pc() - 1)), ""])
        return False
class Before(gdb.Breakpoint):
    def stop(self):
        count[0] += 1
        look_on(count[0])
        return False
class After(gdb.Breakpoint):
    def stop(self):
        call = now()
        heaps[call] = number(plan["heap_bytes"])
        for offset in plan["words"]:
            if offset + 8 <= heaps[call]:
                words["%d %d" % (call, offset)] = number("*(unsigned long *)%d" % (base + offset))
        if plan["threads"]:
            words["%d locks" % call] = number("locks_taken")
        returns[call] = number(plan["returned"])
        return call >= plan["last"]
class Came(gdb.FinishBreakpoint):
    def __init__(self, frame, size, old):
        super().__init__(frame, internal=True)
        self.size, self.old = size, old
    def stop(self):
        made.extend([[now(), self.old, -1], [now(), number("$rax"), self.size]])
        return False
class Malloc(gdb.Breakpoint):
    def __init__(self, name, size):
        super().__init__("*" + name, internal=True)
        self.size, self.resizes = size, name == "heap_realloc"
    def stop(self):
        Came(gdb.newest_frame(), number(self.size), number("$rdi") if self.resizes else 0)
        return False
class Free(gdb.Breakpoint):
    def stop(self):
        made.append([now(), number("$rdi"), -1])
        return False
gdb.execute("set pagination off")
gdb.execute("set breakpoint pending off")
gdb.execute("set can-use-hw-watchpoints 0") # virtual machines may not have them
gdb.execute("tbreak " + (plan["before"] or "start_of_calls"))
gdb.execute("run", to_string=True)
base = plan["base"] or number("(long)heap_start")
if plan["before"]:
    count[0] = 1
    Before("*" + plan["before"], internal=True)
for name in plan["lines"]:
    try:
        places = gdb.decode_line(name)[1]
    except gdb.error:
        continue
    if places and places[0].line == int(name.split(":")[1]): # else a line without code, for which gdb takes another
        lookers.append(Line(name, name))
for offset in plan["watched"]:
    lookers.append(Store(base + offset, offset))
for name, size in plan["mallocs"].items():
    Malloc(name, size)
if plan["mallocs"]:
    Free("*heap_free", internal=True)
After(("*" if plan["before"] else "") + plan["after"], internal=True)
look_on(1)
gdb.execute("continue", to_string=True)
json.dump(dict(log=log, words=words, returns=returns, heaps=heaps, base=base, held=held, made=made, areas=areas), open(OUT, "w"))
'''

MOST_SECONDS = 300  # a program that is looked at in each line may take long


def look(program, arguments, folder, **plan):
    """What gdb sees of PROGRAM with ARGUMENTS, up to call LAST. PLAN: lines, words, watched, and how calls are counted; only: where
    calls are counted by gdb, lines and stores are looked at in these."""
    usual = dict(last=1 << 30, only=[], lines=[], words=[], watched=[], mallocs={}, targets={}, threads=False, before=None, after="after_call", base=None,
                 heap_bytes="heap_bytes", returned="(long)returned")
    made, out, script = folder / "plan.json", folder / "seen.json", folder / "script.py"
    made.write_text(json.dumps(usual | plan))
    # gdb ends with the program; so the script writes what it saw from there.
    script.write_text(f"PLAN = {str(made)!r}\nOUT = {str(out)!r}\n" + GDB)
    command = ["gdb", "-q", "-nx", "-batch", "-iex", "set auto-solib-add off", "-iex", "set debuginfod enabled off", "-x", script, "--args", program, *arguments]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        sys.exit(f"gdb has not come to the end of {program} {' '.join(map(str, arguments))} in {MOST_SECONDS} s")
    if not out.exists():
        sys.exit(run.stdout + run.stderr)
    return json.loads(out.read_text())
