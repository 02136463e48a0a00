# SPDX-License-Identifier: MIT
"""mutants.py - finds the answers about wrong versions once more: the grader runs a changed copy of the code.

    mutants.py HEAPLAB QUIZ.json FOLDER

FOLDER has the student's files. The calls of threads are made by confirm.py's program, which looks for broken rules itself.
Prints "KIND: confirmed" or "KIND: WRONG ..." for each question about a line that is left out or changed, for each sizeof
and for each damaged heap.
"""
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import confirm

ROOT = Path(__file__).resolve().parents[4]


def recording(heaplab, lab, folder, proof, scratch):
    """What `heaplab explore` records of the run that PROOF names."""
    page = scratch / "page.html"
    if proof["test"]:
        what = ["--test", proof["test"]]
    else:
        (scratch / "trace.rep").write_text(proof["trace"])
        what = ["--trace", scratch / "trace.rep"]
    subprocess.run([heaplab, "explore", "--lab", lab, "--from", folder, *what, "-o", page], check=True, stdout=subprocess.DEVNULL)
    text = page.read_text()
    return json.JSONDecoder().raw_decode(text[text.index('{"lab"'):])[0]


def changed_copy(folder, proof, scratch):
    copy = scratch / "changed"
    shutil.copytree(folder, copy)
    path = copy / proof["file"]
    lines = path.read_text().split("\n")
    lines[proof["line"] - 1] = proof["changed"]
    path.write_text("\n".join(lines))
    return copy


def blocks_at(seen, operation):
    blocks = {}
    for cell in seen["cells"]:
        if cell[0] <= operation:
            blocks.pop(cell[1], None)
            if len(cell) > 2 and cell[3] == "u":
                blocks[cell[1]] = cell[2]
    return blocks


def threads_answer(lab, folder, q, scratch):
    """The call with which the changed copy breaks a rule."""
    copy = changed_copy(folder, q["proof"], scratch)
    program = confirm.threads_program(lab, copy, [q], scratch)
    try:
        ended = subprocess.run([program], capture_output=True, text=True, timeout=20)
    except subprocess.TimeoutExpired:
        return None
    if ended.stdout:
        return int(ended.stdout.split()[0])
    return None


def right_answer(heaplab, lab, folder, q, scratch):
    """The answer as the grader finds it: a call's number, or bytes."""
    proof = q["proof"]
    changed = recording(heaplab, lab, changed_copy(folder, proof, scratch), proof, scratch)
    if proof["how"] == "mutant":
        return changed["failing"] + 1 - proof["first"] if changed["status"] != "passed" else None
    before = recording(heaplab, lab, folder, proof, scratch)
    if proof["how"] == "moved":
        moved = [i for i, (a, b) in enumerate(zip(before["offsets"], changed["offsets"])) if a != b]
        return moved[0] + 1 - proof["first"] if changed["status"] == "passed" and moved else None
    more = [size for at, size in blocks_at(changed, changed["failing"]).items() if at not in blocks_at(before, changed["failing"])]
    return more[0] if len(more) == 1 else None


def accepts(lab, folder, proof, value, scratch):
    """Does the compiler agree that the sizeof is VALUE?"""
    copy = scratch / f"size-{value}"
    shutil.copytree(folder, copy)
    lines = (copy / proof["file"]).read_text().split("\n")
    lines[proof["line"] - 1] += f" {{ _Static_assert({proof['operand']} == {value}, \"\"); }}"
    (copy / proof["file"]).write_text("\n".join(lines))
    labs = ROOT / "labs"
    base = labs / "06-coalescing-free-list"
    command = ["gcc", "-std=gnu11", "-w", "-fsyntax-only", f"-I{copy}", f"-I{labs}", f"-I{labs / lab}", f"-I{base}", copy / proof["file"]]
    return subprocess.run(command, capture_output=True).returncode == 0


def size_answer(lab, folder, q, scratch):
    """Of the answer and the number after it, those that the compiler accepts."""
    return [str(n) for n in (int(q["answer"]), int(q["answer"]) + 1) if accepts(lab, folder, q["proof"], n, scratch)]


CHECK = """
#include <stdio.h>
#include <string.h>
#include <stdint.h>
#include <stdlib.h>
#include "memlib.h"
#include "free_list.h"
static char *heap = (char *)0x60400000;
static const char image[] = "%s";
void *mem_sbrk(intptr_t bytes) { (void)bytes; return (void *)-1; }
void *mem_heap_lo(void) { return heap; }
void *mem_heap_hi(void) { return heap + (sizeof image - 1) / 2 - 1; }
size_t mem_heapsize(void) { return (sizeof image - 1) / 2; }
size_t mem_pagesize(void) { return 4096; }
void mm_report(enum mm_misuse kind, const void *pointer) { (void)kind; (void)pointer; }
#include <sys/mman.h>
int main(void)
{
    if (mmap(heap, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != heap)
        return 1;
    for (size_t i = 0; i + 1 < sizeof image - 1; i += 2) {
        const char pair[3] = {image[i], image[i + 1], 0};
        heap[i / 2] = (char)strtol(pair, NULL, 16);
    }
    mm_check();
    return 0;
}
"""


def check_answer(lab, folder, q, scratch):
    """gdb looks on while a program of its own calls mm_check on the heap: the last of the options' lines that it comes by, and
    what is returned."""
    labs = ROOT / "labs"
    (scratch / "check.c").write_text(CHECK % q["proof"]["image"])
    program = scratch / "check"
    subprocess.run(["gcc", "-g", "-no-pie", "-w", f"-I{labs}", f"-I{labs / lab}", scratch / "check.c", folder / "free_list.c", "-o", program], check=True)
    lines = {o: o for o in q["options"]}
    # "finish" would stop at a breakpoint inside mm_check; so the value comes from a run without them.
    look, value = scratch / "look.gdb", scratch / "value.gdb"
    look.write_text("set debuginfod enabled off\n" + "\n".join(f"break {line}\ncommands\nsilent\necho HIT {line}\\n\ncontinue\nend" for line in lines) + "\nrun\n")
    value.write_text("set debuginfod enabled off\nbreak mm_check\nrun\nfinish\n")
    hits = subprocess.run(["gdb", "-q", "-nx", "-batch", "-x", look, program], capture_output=True, text=True).stdout
    name = re.search(r"Value returned is \$\d+ = (\w+)", subprocess.run(["gdb", "-q", "-nx", "-batch", "-x", value, program], capture_output=True, text=True).stdout)
    seen = re.findall(r"HIT (\S+)", hits)
    return [seen[-1]] if seen and name and name[1] == q["proof"]["name"] else seen


def answer(heaplab, lab, folder, q, scratch):
    how = q["proof"]["how"]
    if how == "size":
        return size_answer(lab, folder, q, scratch)
    if how == "check":
        return check_answer(lab, folder, q, scratch)
    threads = q["proof"].get("in_turn", 0) > 0
    value = threads_answer(lab, folder, q, scratch) if threads else right_answer(heaplab, lab, folder, q, scratch)
    return [o for o in q["options"] if o.startswith(f"call {value} (")] if q["options"] else [str(value)]


def find(heaplab, lab, questions, folder):
    """[question, what is found right] for each of QUESTIONS that this program can answer."""
    found = []
    for q in questions:
        if q["proof"]["how"] in confirm.NOT_HERE:
            with tempfile.TemporaryDirectory() as scratch:
                found.append([q, answer(heaplab, lab, folder, q, Path(scratch))])
    return found


def main():
    heaplab, quiz, folder = sys.argv[1], json.load(open(sys.argv[2])), Path(sys.argv[3])
    for q, found in find(heaplab, quiz["lab"], quiz["questions"], folder):
        print(confirm.verdict(q, found))


if __name__ == "__main__":
    main()
