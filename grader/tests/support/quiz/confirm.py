# SPDX-License-Identifier: MIT
"""confirm.py - finds the answers of a quiz once more: gdb looks on while a program makes the same calls.

    confirm.py QUIZ.json FOLDER

FOLDER has all of the student's files. Made-up traces are run by a program of its own here; so are the calls of threads, which
it makes one after the other; other tests run in direct mode, as for `make gdb`. The student's code is compiled plainly, not
watched. Prints "KIND: confirmed" or "KIND: WRONG ..." for each question that can be answered in this way. mutants.py answers
the others.
"""
import atexit
import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from seen import look, look_at_runs

ROOT = Path(__file__).resolve().parents[4]
HEAP = 0x60400000  # wire/channel.h: HEAP_ADDRESS
BREAK = re.compile(r"^(\w+\.[ch]):(\d+)")
NOT_HERE = ("mutant", "moved", "leaked", "size", "check")  # mutants.py answers them


def run(*command):
    subprocess.run([str(c) for c in command], check=True)


def includes(lab, student):
    return [f"-I{student}", f"-I{ROOT / 'labs'}", f"-I{ROOT / 'labs' / lab}", f"-I{ROOT / 'labs/06-coalescing-free-list'}"]


@functools.cache
def kept_folder():
    """Where programs stay until this one ends."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@functools.cache
def compiled(lab, student):
    """The object files of STUDENT's code."""
    objects, folder = [], Path(tempfile.mkdtemp(dir=kept_folder()))
    for source in sorted(student.glob("*.c")):
        if source.name not in ("my_tests.c", "demo.c"):
            objects.append(folder / f"{source.name}.o")
            run("gcc", "-std=c11", "-D_DEFAULT_SOURCE", "-g", "-w", "-fno-omit-frame-pointer", *includes(lab, student), "-c", source, "-o", objects[-1])
    return objects


# --- made-up traces ---

def calls_of(trace, init):
    """The calls of TRACE as C."""
    calls = ["returned = (void *)(long)mm_init();"] if init else []
    for line in trace.split("\n")[4:]:
        word = line.split()
        if not word:
            continue
        calls.append({"a": lambda: f"returned = p[{word[1]}] = mm_malloc({word[2]});",
                      "r": lambda: f"returned = p[{word[1]}] = mm_realloc(p[{word[1]}], {word[2]});",
                      "f": lambda: f"mm_free(p[{word[1]}]);"}[word[0]]())
    return "\n".join(f"    call_number = {i}; {call} heap_bytes = (long)mem_heapsize(); after_call();" for i, call in enumerate(calls, 1))


def driver(traces, init):
    """A C program that makes the calls of one of TRACES: its argument is the number."""
    runs = "\n".join(f"static void run_{i}(void)\n{{\n{calls_of(trace, init)}\n}}" for i, trace in enumerate(traces))
    names = ", ".join(f"run_{i}" for i in range(len(traces)))
    return f"""#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
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
{runs}
int main(int argc, char **argv)
{{
    void (*runs[])(void) = {{{names}}};
    heap_start = mem_heap_lo();
    for (size_t i = 0; i < sizeof heap; i++)
        heap[i] = 0x5A;
    start_of_calls();
    runs[argc > 1 ? atoi(argv[1]) : 0]();
    return 0;
}}
"""


def traced(lab, student, groups, folder):
    traces = [questions[0]["proof"]["trace"] for questions in groups]
    init = {"05": None, "08": "int"}.get(lab[:2], "bool")
    (folder / "driver.c").write_text(driver(traces, init))
    objects = list(compiled(lab, student))
    if lab.startswith("07"):
        objects.append(folder / "base.o")
        run("gcc", "-g", "-w", *includes(lab, student), "-c", ROOT / "build/reference/06-coalescing-free-list/free_list.c", "-o", objects[-1])
    # static: gdb then has no libraries to find in each run
    run("gcc", "-g", "-static", "-w", *includes(lab, student), folder / "driver.c", *objects, "-o", folder / "driver")
    return folder / "driver", [([number], {}) for number in range(len(traces))]


# --- threads ---

THREADS = """#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "given_heap.h"
#include "shared_alloc.h"
#include "threads.h"
volatile int call_number; void *volatile returned; volatile long heap_bytes; void *heap_start;
int held_count, locks_taken;
struct { struct mutex *mutex; long place; } held[256];
static unsigned self;
static char heap[64 * 4096] __attribute__((aligned(4096)));
static struct slot { char *at; size_t size; int byte; } slots[64];
static void wrong(const char *why) { printf("%d %s\\n", call_number, why); exit(1); }
void mutex_lock(struct mutex *mutex)
{
    for (int i = 0; i < held_count; i++)
        if (held[i].mutex == mutex) wrong("waits for ever");
    held[held_count].place = (long)__builtin_return_address(0); held[held_count++].mutex = mutex; locks_taken++;
}
void mutex_unlock(struct mutex *mutex)
{
    int i = 0;
    while (i < held_count && held[i].mutex != mutex) i++;
    if (i == held_count) wrong("unlocks what is not locked");
    for (held_count--; i < held_count; i++) held[i] = held[i + 1];
}
unsigned thread_self(void) { return self; }
void *system_page(void)
{
    char *page = heap + heap_bytes; heap_bytes += 4096;
    return memset(page, 0x5A, 4096);
}
void start_of_calls(void) {}
void after_call(void) { if (held_count > 0) wrong("keeps a lock"); locks_taken = 0; }
static void whole(int i, size_t n) { for (size_t k = 0; slots[i].at && k < n; k++) if (slots[i].at[k] != (char)slots[i].byte) wrong("changed a block"); }
static void begin(int number, unsigned thread)
{
    call_number = number; self = thread;
    for (int i = 0; i < 64; i++) whole(i, slots[i].size);
}
static void filled(int i, char *block, size_t size, size_t kept)
{
    returned = block;
    if (size > HEAP_LARGEST) { if (block) wrong("a block that is too large"); return; }
    if (!block) wrong("NULL");
    if (block < heap || block + size > heap + heap_bytes) wrong("outside");
    slots[i].at = block; whole(i, kept);
    for (int k = 0; k < 64; k++)
        if (k != i && slots[k].at && block < slots[k].at + slots[k].size + !slots[k].size && slots[k].at < block + size + !size) wrong("overlaps");
    slots[i].size = size; slots[i].byte = call_number; memset(block, call_number, size);
}
static void emptied(int i) { slots[i].at = NULL; slots[i].size = 0; returned = NULL; }
static size_t used(void) { size_t n = 0; for (int i = 0; i < 64; i++) n += slots[i].at != NULL; return n; }
int main(void)
{
    heap_start = heap;
    start_of_calls();
CALLS
    puts("0 nothing");
    return 0;
}
"""


def threads_driver(calls):
    """CALLS ("thread 0: a = one_malloc(100);") as a C program, which stops at the first that breaks a rule."""
    slots, lines = {"NULL": 63}, []
    for number, text in enumerate(calls, 1):
        thread, call = re.match(r"thread (\d+): (.*);$", text).groups()
        made = re.match(r"(?:(\w+) = )?(\w+)\((.*)\)$", call)
        name, function, words = made[1], made[2], [w for w in made[3].split(", ") if w]
        kind = function.split("_", 1)[1]
        slot = slots.setdefault(name or words[0] if kind in ("free", "realloc") or name else "NULL", len(slots) - 1)
        begin = f"    begin({number}, {thread});"
        old = "NULL" if words[:1] == ["NULL"] else f"slots[{slots.get(words[0], 63) if words else 63}].at"
        if kind == "malloc":
            act = f"filled({slot}, {function}({words[0]}), {words[0]}, 0);"
        elif kind == "realloc":
            kept = "0" if old == "NULL" else f"slots[{slot}].size < {words[1]} ? slots[{slot}].size : {words[1]}"
            act = f"{{ size_t kept = {kept}; filled({slot}, {function}({old}, {words[1]}), {words[1]}, kept); }}"
        elif kind == "free":
            act = f"{{ void *old = {old}; {f'emptied({slot}); ' if old != 'NULL' else ''}{function}(old); returned = NULL; }}"
        elif kind == "in_use":
            act = f"{{ size_t n = {function}(); returned = (void *)n; if (n != used()) wrong(\"count\"); }}"
        else:
            act = f"{function}(); returned = NULL;"
        lines.append(f"{begin} {act} after_call();")
    return THREADS.replace("CALLS", "\n".join(lines))


def threads_program(lab, student, questions, folder):
    calls = max((q["calls"] for q in questions), key=len)
    (folder / "driver.c").write_text(threads_driver(calls))
    objects = compiled(lab, student)
    run("gcc", "-g", "-w", "-no-pie", *includes(lab, student), folder / "driver.c", ROOT / "labs" / lab / "given_heap.c", *objects, "-o", folder / "driver")
    return folder / "driver"


def threaded(lab, student, groups, folder):
    return threads_program(lab, student, groups[0], folder), [([], dict(threads=True))]


# --- tests, in direct mode ---

MALLOCS = "malloc calloc realloc free strdup strndup".split()
SYSTEM = "sbrk brk mmap munmap fork wait waitpid exit sysconf getpagesize".split()


@functools.cache
def direct_program(lab, student):
    """The lab's tests and STUDENT's code as one program, as make gdb builds it."""
    objects, build, folder = compiled(lab, student), ROOT / "build", Path(tempfile.mkdtemp(dir=kept_folder()))
    run("ld", "-r", "-o", folder / "all.o", *objects)
    names = [f"--redefine-sym={f}=direct_{f}" for f in MALLOCS] + [f"--redefine-sym={f}=watched_{f}" for f in SYSTEM]
    run("objcopy", f"--keep-global-symbols={build}/subject/{lab}.exports", *names, folder / "all.o")
    base = [build / "subject/06-coalescing-free-list.base.o"] if lab.startswith("07") else []
    check = subprocess.run(["pkg-config", "--libs", "check"], capture_output=True, text=True).stdout.split()
    run("gcc", "-no-pie", f"@{build}/direct/{lab}.wraps", "-Wl,--whole-archive", build / f"direct/{lab}.a", "-Wl,--no-whole-archive",
        folder / "all.o", *base, *check, "-o", folder / "direct")
    return folder / "direct"


def counted_in(test):
    """The arguments and the plan of a run of TEST."""
    return [test], dict(before="before_call", after="after_call", base=HEAP, heap_bytes="(long)heap_size", returned="$rsi")


def tested(lab, student, groups, folder):
    runs = []
    for questions in groups:
        arguments, plan = counted_in(questions[0]["proof"]["test"])
        if any(q["proof"]["how"] == "asked" for q in questions):
            plan["mallocs"] = {"heap_malloc": "$rdi", "heap_calloc": "$rdi * $rsi", "heap_realloc": "$rsi"}
        runs.append((arguments, plan))
    return direct_program(lab, student), runs


# --- what gdb sees ---

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



def planned(student, questions):
    """What gdb looks at for QUESTIONS, which are about one run; and what their answers need besides."""
    (whole, returns), lines, words, watched = statements(student), set(), set(), set()
    functions = sorted({q["proof"]["function"] for q in questions if q["proof"]["how"] in ("next", "return")})
    for q in questions:
        proof = q["proof"]
        lines |= {f"{m[1]}:{m[2]}" for m in map(BREAK.match, q["options"]) if m}
        if "line" in proof:
            lines.add(f"{proof['file']}:{proof['line']}")
        if "offset" in proof:
            words.add(proof["offset"])
        if proof["how"] in ("watch", "writer"):
            watched.add(proof["offset"])
    watched = sorted(watched)[:4]  # gdb takes a step at a time for them
    plan = dict(lines=sorted(lines), statements=sorted(whole | returns), functions=functions, words=sorted(words), watched=watched, last=max(len(q["calls"]) + (q["proof"]["how"] == "place") for q in questions),
                only=[] if any(q["proof"]["how"] in ("calls", "writer") for q in questions) else [q["proof"]["call"] for q in questions])
    return plan, dict(watched=watched, whole=whole, exits=returns)


def look_at(scene, lab, student, groups, folder):
    """What gdb sees for each of GROUPS, the questions about one run of SCENE's program."""
    program, runs = scene(lab, student, groups, folder)
    plans = [planned(student, group) for group in groups]
    seen = look_at_runs(program, [(arguments, plan | counted) for (arguments, counted), (plan, _) in zip(runs, plans)], folder)
    return [one | more for one, (_, more) in zip(seen, plans)]


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
    if str(call) not in seen["returns"]:
        return None  # direct mode makes fewer calls of lab 04
    line = f"{proof.get('file')}:{proof.get('line')}"
    if how == "count":
        return [str(hits.count(line))]
    if how == "only":
        return [o for o in options if line_of(o) in hits]
    if how == "return":
        return [h for h in in_call(seen, call, proof["function"]) if h in seen["exits"]][-1:]
    if how == "next":
        inside = in_call(seen, call, proof["function"])
        return [h for h in inside[inside.index(line) + 1:] if h in seen["whole"]][:1] if line in inside else []
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
    if how == "writer" and proof["offset"] in seen["watched"]:
        calls = {number for number, name, _ in seen["log"] if name.startswith(f"store {proof['offset']} ")}
        found = [o for o in options if int(re.match(r"call (\d+)", o)[1]) in calls]
        return found or None  # gdb sees no store that leaves a word as it was
    if how == "locks":
        return [str(seen["words"][f"{call} locks"])]
    if how == "held":
        held = seen["held"].get(f"{call} {line}", [])
        return [str(len(held))] if proof["many"] else held[-1:]
    if how == "again":
        before = [k for k in range(1, call) if seen["returns"][str(k)] == seen["returns"][str(call)]]
        return [str(before[-1])] if before else []
    if how == "asked":
        made = [m for m in seen["made"] if m[0] == call]
        kept = [size for i, (_, at, size) in enumerate(made) if size >= 0 and not any(m[1] == at and m[2] < 0 for m in made[i:])]
        return [str(kept[0])] if len(kept) == 1 else []
    return None


def region_answer(lab, student, q, folder):
    """Of the options, the lines whose assignment goes to the heap: gdb asks for the address of what is assigned to."""
    targets = {}
    for option in q["options"]:
        file, line = line_of(option).split(":")
        text = (student / file).read_text().split("\n")[int(line) - 1].strip()
        left = re.match(r"(?:(?:[\w ]+ \**)(?=\w+ = ))?(.*?) *([-+*/|&^%]|<<|>>)?=(?!=)", text) or re.match(r"(.*?)(\+\+|--)", text)
        copies = re.match(r"(?:mem|str)\w+\((\w+)", text)
        if copies or left:
            targets[line_of(option)] = f"*(char *)({copies[1]})" if copies else left[1]
    areas = {}
    for test in tests_of(lab):
        arguments, plan = counted_in(test)
        seen = look(direct_program(lab, student), arguments, folder, lines=sorted(targets), targets=targets, **plan)
        for name, found in seen["areas"].items():
            areas.setdefault(name, []).extend(found)
        if set(areas) == set(targets):
            break
    return [o for o in q["options"] if any(HEAP <= at < HEAP + (1 << 28) for at in areas.get(line_of(o), []))]


@functools.cache
def tests_of(lab):
    rubric = (ROOT / "grader/labs" / lab / "rubric.ini").read_text()
    return re.findall(r"^\[test (\w+)\]", rubric, re.M)


def right_of(q):
    return [q["options"][q["answer"]] if q["options"] else q["answer"]]


def confirm(lab, questions, student):
    """[question, what gdb finds right] for each of QUESTIONS that this program can answer."""
    runs, found = {}, []
    for q in questions:
        if q["proof"]["how"] == "region":
            with tempfile.TemporaryDirectory() as folder:
                found.append([q, region_answer(lab, student, q, Path(folder))])
        elif q["proof"]["how"] not in NOT_HERE:
            calls = tuple(q["calls"][:1]) if lab.startswith("10") else ()
            runs.setdefault((q["proof"].get("trace"), q["proof"].get("test"), q["proof"].get("in_turn"), calls), []).append(q)
    traces = [group for (trace, _, _, _), group in runs.items() if trace]
    others = [group for (trace, _, _, _), group in runs.items() if not trace]
    for scene, batches in ((traced, [traces]), (threaded, [[group] for group in others]) if lab.startswith("10") else (tested, [others])):
        for groups in filter(None, batches):
            with tempfile.TemporaryDirectory() as folder:
                for group, seen in zip(groups, look_at(scene, lab, student, groups, Path(folder))):
                    found += [[q, answers(q, seen)] for q in group]
    return [[q, answer] for q, answer in found if answer is not None]


def verdict(q, found):
    return f"{q['kind']}: confirmed" if found == right_of(q) else f"{q['kind']}: WRONG: {right_of(q)}, but it is {found}: {q['text']} {q['proof']}"


def main():
    quiz = json.load(open(sys.argv[1]))
    for q, found in confirm(quiz["lab"], quiz["questions"], Path(sys.argv[2])):
        print(verdict(q, found))


if __name__ == "__main__":
    main()
