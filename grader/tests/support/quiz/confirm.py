# SPDX-License-Identifier: MIT
"""confirm.py - finds the answers of a quiz once more: a program makes the same calls, one after the other, and gdb looks on.

    confirm.py QUIZ.json OBJECT... -- FLAG...

Only questions about made-up traces are looked at. OBJECTs are linked to the program: the student's code, an earlier
lab. Prints "KIND: confirmed" or "KIND: WRONG ..." for each.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HEAP = 0x60400000  # wire/channel.h: HEAP_ADDRESS
BREAK = re.compile(r"^(\w+\.[ch]):(\d+)")

GDB = r'''
import gdb, json
plan = json.load(open(PLAN))
log, words, returns, heaps = [], {}, {}, {}
def number(text):
    return int(gdb.parse_and_eval(text))
class Line(gdb.Breakpoint):
    def __init__(self, where, name):
        super().__init__(where, internal=True)
        self.name = name
    def stop(self):
        log.append([number("call_number"), self.name])
        return False
class Store(gdb.Breakpoint):
    def __init__(self, address, offset):
        super().__init__("*(long *)%d" % address, gdb.BP_WATCHPOINT, gdb.WP_WRITE, internal=True)
        self.offset = offset
    def stop(self):
        line = gdb.find_pc_line(gdb.selected_frame().pc() - 1)
        name = line.symtab.filename.split("/")[-1] if line.symtab else "?"
        log.append([number("call_number"), "store %d %s:%d" % (self.offset, name, line.line)])
        return False
class After(gdb.Breakpoint):
    def stop(self):
        call = number("call_number")
        heaps[call] = number("heap_bytes")
        for offset in plan["words"]:
            if offset + 8 <= heaps[call]:
                words["%d %d" % (call, offset)] = number("*(unsigned long *)%d" % (base + offset))
        returns[call] = number("(long)returned")
        return False
gdb.execute("set pagination off")
gdb.execute("set breakpoint pending off")
gdb.execute("set can-use-hw-watchpoints 0") # virtual machines may not have them
gdb.execute("break start_of_calls")
gdb.execute("run", to_string=True)
base = number("(long)heap_start")
for name in plan["lines"]:
    try:
        Line(name, name)
    except gdb.error:
        pass
for offset in plan["watched"]:
    Store(base + offset, offset)
After("after_call")
gdb.execute("continue", to_string=True)
json.dump({"log": log, "words": words, "returns": returns, "heaps": heaps, "base": base}, open(OUT, "w"))
'''


def driver(trace, init):
    """The calls of TRACE as a C program."""
    calls = ["returned = (void *)(long)mm_init();"] if init else []
    for line in trace.split("\n")[4:]:
        word = line.split()
        if not word:
            continue
        calls.append({"a": lambda: f"returned = p[{word[1]}] = mm_malloc({word[2]});",
                      "r": lambda: f"returned = p[{word[1]}] = mm_realloc(p[{word[1]}], {word[2]});",
                      "f": lambda: f"mm_free(p[{word[1]}]);"}[word[0]]())
    body = "\n".join(f"    call_number = {i}; {call} heap_bytes = (long)mem_heapsize(); after_call();" for i, call in enumerate(calls, 1))
    return f"""#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include "memlib.h"
void *mm_malloc(size_t size); void mm_free(void *payload); void *mm_realloc(void *payload, size_t size); {'int' if init == 'int' else 'bool'} mm_init(void);
volatile int call_number; void *volatile returned; volatile long heap_bytes; void *heap_start; void *p[64];
static char heap[1 << 20] __attribute__((aligned(4096)));
static size_t used;
void *mem_sbrk(intptr_t bytes) {{ void *before = heap + used; used += (size_t)bytes; return before; }}
void *mem_heap_lo(void) {{ return heap; }}
void *mem_heap_hi(void) {{ return heap + used - 1; }}
size_t mem_heapsize(void) {{ return used; }}
size_t mem_pagesize(void) {{ return 4096; }}
void mm_report(enum mm_misuse kind, const void *pointer) {{ (void)kind; (void)pointer; }}
void start_of_calls(void) {{}}
void after_call(void) {{}}
int main(void)
{{
    heap_start = mem_heap_lo();
    for (size_t i = 0; i < sizeof heap; i++)
        heap[i] = 0x5A;
    start_of_calls();
{body}
    return 0;
}}
"""


def observe(questions, objects, flags, folder, init):
    """What gdb sees in the run that all of QUESTIONS are about."""
    trace = questions[0]["proof"]["trace"]
    lines, words, watched = set(), set(), set()
    for q in questions:
        proof = q["proof"]
        lines |= {f"{m[1]}:{m[2]}" for m in map(BREAK.match, q["options"]) if m}
        if "line" in proof:
            lines.add(f"{proof['file']}:{proof['line']}")
        if "offset" in proof:
            words.add(proof["offset"])
        if proof["how"] == "watch":
            watched.add(proof["offset"])
    watched = sorted(watched)[:2]  # gdb takes a step at a time for them
    (folder / "driver.c").write_text(driver(trace, init))
    program = folder / "driver"
    subprocess.run(["gcc", "-g", "-no-pie", *(f for f in flags if f != "--show"), folder / "driver.c", *objects, "-o", program], check=True)
    plan, out = folder / "plan.json", folder / "seen.json"
    plan.write_text(json.dumps(dict(lines=sorted(lines), words=sorted(words), watched=watched)))
    # gdb ends with the program; so the script writes what it saw from there.
    script = folder / "script.py"
    script.write_text(f"PLAN = {str(plan)!r}\nOUT = {str(out)!r}\n" + GDB)
    run = subprocess.run(["gdb", "-q", "-nx", "-batch", "-ex", "set debuginfod enabled off", "-x", script, program], capture_output=True, text=True)
    if not out.exists():
        sys.exit(run.stdout + run.stderr)
    seen = json.loads(out.read_text())
    seen["watched"] = watched
    return seen


def in_call(seen, call):
    return [name for number, name in seen["log"] if number == call]


def line_of(option):
    found = BREAK.match(option)
    return f"{found[1]}:{found[2]}"


def answers(q, seen):
    """The options that gdb finds right, or None where it can't tell."""
    proof, options = q["proof"], q["options"]
    how, call = proof["how"], proof["call"]
    hits = in_call(seen, call)
    line = f"{proof.get('file')}:{proof.get('line')}"
    if how == "count":
        return [o for o in options if int(o) == hits.count(line)]
    if how == "only":
        return [o for o in options if line_of(o) in hits]
    if how == "last":
        ran = [h for h in hits if h in set(map(line_of, options))]
        return [o for o in options if line_of(o) == ran[-1]]
    if how == "next":
        rest = [h for h in hits[hits.index(line) + 1:] if h in set(map(line_of, options))]
        return [o for o in options if line_of(o) == rest[0]]
    if how == "calls":
        return [o for o in options if line in in_call(seen, int(re.match(r"call (\d+)", o)[1]))]
    if how == "word":
        value = seen["words"][f"{call} {proof['offset']}"]
        heap_size = seen["heaps"][str(call)]
        text = f"heap + {value - seen['base']}" if seen["base"] <= value <= seen["base"] + heap_size else str(value)
        return [o for o in options if o == text or o.startswith(text + " (") or (o.startswith("0x") and int(o, 16) == value)]
    if how == "place":
        return [o for o in options if o == f"heap + {seen['returns'][str(call)] - seen['base']}"]
    if how == "grows":
        def grew(o):
            k = int(re.match(r"call (\d+)", o)[1])
            return seen["heaps"][str(k)] > seen["heaps"].get(str(k - 1), 0)
        return [o for o in options if grew(o) == proof["grows"]]
    if how == "watch" and proof["offset"] in seen["watched"]:
        stores = [h.split()[2] for h in hits if h.startswith(f"store {proof['offset']} ")]
        return [o for o in options if stores and line_of(o) == stores[-1]]
    return None


def main():
    split = sys.argv.index("--")
    quiz = json.load(open(sys.argv[1]))
    objects, flags = sys.argv[2:split], sys.argv[split + 1:]
    runs = {}
    for q in quiz["questions"]:
        if q["proof"].get("trace"):
            runs.setdefault(q["proof"]["trace"], []).append(q)
    for questions in runs.values():
        with tempfile.TemporaryDirectory() as folder:
            init = {"05": None, "08": "int"}.get(quiz["lab"][:2], "bool")
            seen = observe(questions, objects, flags, Path(folder), init)
        if "--show" in flags:
            print(json.dumps(seen))
        for q in questions:
            found = answers(q, seen)
            if found is not None:
                right = [q["options"][q["answer"]]]
                print(f"{q['kind']}: confirmed" if found == right else f"{q['kind']}: WRONG: {right} but gdb finds {found}: {q['text']}")


main()
