# SPDX-License-Identifier: MIT
"""confirm.py - finds the answers of a quiz once more: a program makes the same calls, one after the other, and gdb looks on.

    confirm.py QUIZ.json FOLDER OBJECT... -- FLAG...

Only questions about made-up traces are looked at. FOLDER has the student's files. OBJECTs are linked to the program: the
student's code, an earlier lab. Prints "KIND: confirmed" or "KIND: WRONG ..." for each.
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
        log.append([number("call_number"), self.name, gdb.selected_frame().name()])
        return False
class Store(gdb.Breakpoint):
    def __init__(self, address, offset):
        super().__init__("*(long *)%d" % address, gdb.BP_WATCHPOINT, gdb.WP_WRITE, internal=True)
        self.offset = offset
    def stop(self):
        line = gdb.find_pc_line(gdb.selected_frame().pc() - 1)
        name = line.symtab.filename.split("/")[-1] if line.symtab else "?"
        log.append([number("call_number"), "store %d %s:%d" % (self.offset, name, line.line), ""])
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
        places = gdb.decode_line(name)[1]
    except gdb.error:
        continue
    if places and places[0].line == int(name.split(":")[1]): # else a line without code, for which gdb takes another
        Line(name, name)
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


def statements(folder):
    """Lines of the student's that hold one whole statement and nothing else, as questions about the next line say; and
    those that return."""
    whole, returns = set(), set()
    for path in folder.glob("*.[ch]"):
        text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m[0].count("\n"), path.read_text(), flags=re.S)
        before = ";"
        for number, line in enumerate(text.split("\n"), 1):
            line = re.sub(r"//.*", "", line).strip()
            if re.match(r"return\b", line):
                returns.add(f"{path.name}:{number}")
            word = re.match(r"(if|else|for|while|do|switch|case|default|break|continue|goto)\b", line)
            if line.endswith(";") and before[-1] in ";{}:)oe" and not word and not re.search("[{}]|;.*;", line):
                whole.add(f"{path.name}:{number}")
            before = line or before
    return whole, returns


def observe(questions, objects, flags, folder, init, student):
    """What gdb sees in the run that all of QUESTIONS are about."""
    trace = questions[0]["proof"]["trace"]
    (whole, returns), words, watched = statements(student), set(), set()
    lines = whole | returns
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
    seen.update(watched=watched, whole=whole, exits=returns)
    return seen


def in_call(seen, call, function=None):
    return [name for number, name, where in seen["log"] if number == call and function in (None, where)]


def line_of(option):
    found = BREAK.match(option)
    return f"{found[1]}:{found[2]}"


def answers(q, seen):
    """What gdb finds right, of the options if there are any; None where it can't tell."""
    proof, options = q["proof"], q["options"]
    how, call = proof["how"], proof["call"]
    hits = in_call(seen, call)
    line = f"{proof.get('file')}:{proof.get('line')}"
    if how == "count":
        return [str(hits.count(line))]
    if how == "only":
        return [o for o in options if line_of(o) in hits]
    if how == "return":
        return [h for h in in_call(seen, call, proof["function"]) if h in seen["exits"]][-1:]
    if how == "next":
        inside = in_call(seen, call, proof["function"])
        return [h for h in inside[inside.index(line) + 1:] if h in seen["whole"]][:1]
    if how == "calls":
        return [str(min((number for number, name, _ in seen["log"] if name == line and number > proof["after"]), default=None))]
    if how == "word":
        value = seen["words"][f"{call} {proof['offset']}"]
        heap_size = seen["heaps"][str(call)]
        return [f"heap + {value - seen['base']}" if seen["base"] <= value <= seen["base"] + heap_size else str(value)]
    if how == "place":
        return [f"heap + {seen['returns'][str(call)] - seen['base']}"]
    if how == "grows":
        def grew(o):
            k = int(re.match(r"call (\d+)", o)[1])
            return seen["heaps"][str(k)] > seen["heaps"].get(str(k - 1), 0)
        return [o for o in options if grew(o) == proof["grows"]]
    if how == "watch" and proof["offset"] in seen["watched"]:
        stores = [h.split()[2] for h in hits if h.startswith(f"store {proof['offset']} ")]
        return stores[-1:]
    return None


def main():
    split = sys.argv.index("--")
    quiz = json.load(open(sys.argv[1]))
    student, objects, flags = Path(sys.argv[2]), sys.argv[3:split], sys.argv[split + 1:]
    runs = {}
    for q in quiz["questions"]:
        if q["proof"].get("trace"):
            runs.setdefault(q["proof"]["trace"], []).append(q)
    for questions in runs.values():
        with tempfile.TemporaryDirectory() as folder:
            init = {"05": None, "08": "int"}.get(quiz["lab"][:2], "bool")
            seen = observe(questions, objects, flags, Path(folder), init, student)
        if "--show" in flags:
            print(json.dumps(seen))
        for q in questions:
            found = answers(q, seen)
            if found is not None:
                right = [q["options"][q["answer"]] if q["options"] else q["answer"]]
                print(f"{q['kind']}: confirmed" if found == right else f"{q['kind']}: WRONG: {right} but gdb finds {found}: {q['text']}")


main()
