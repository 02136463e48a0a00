# SPDX-License-Identifier: MIT
"""keys.py - make quiz-keys: finds the answers of many quizzes once more.

    LABS="05 06" SEEDS=50 WHEATS=1 QUESTIONS=5 MUTANTS=1 keys.py

For the reference of each lab and, with WHEATS=1, its other correct versions: the quizzes by the seeds 1 to SEEDS. Each
different question is looked at once: by gdb (confirm.py), by the grader, the compiler or gdb (mutants.py). Prints a line for
each version, one for each answer that is found to be wrong, and at the end how many of each kind were confirmed.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import confirm
import mutants

ROOT = Path(__file__).resolve().parents[4]
HEAPLAB = ROOT / "build/heaplab"


def versions(labs, wheats):
    """(lab, name, the folders whose files make it up) of all correct versions."""
    for number in labs:
        lab = next((ROOT / "labs").glob(f"{number}-*")).name
        reference = ROOT / "build/reference" / lab
        yield lab, "reference", [reference]
        for wheat in sorted((ROOT / "grader/labs" / lab / "wheats").glob("*")) if wheats else []:
            yield lab, wheat.name, [reference, wheat]


def quizzes_about(lab, student, scratch, seeds, questions):
    made = scratch / "quizzes.json"
    command = [HEAPLAB, "quiz", "--lab", lab, "--from", student, "--seeds", str(seeds), "--questions", str(questions), "--json", made]
    if os.environ.get("MUTANTS") == "0":
        command.append("--no-mutants")
    ended = subprocess.run(command, capture_output=True, text=True)
    return (json.loads(made.read_text()), None) if ended.returncode == 0 else ([], ended.stderr.strip())


def mistakes(quiz):
    """What is wrong with the quiz by itself."""
    for q in quiz["questions"]:
        if len(set(q["options"])) != len(q["options"]):
            yield f"two options are the same: {q['text']}"
    if len({q["text"] + str(q["calls"]) + str(q["picture"]) for q in quiz["questions"]}) != len(quiz["questions"]):
        yield "a question comes twice"


def look_at(lab, name, folders, sums):
    with tempfile.TemporaryDirectory() as folder:
        scratch, student, start = Path(folder), Path(folder) / "student", time.time()
        student.mkdir()
        for source in folders:
            for file in source.iterdir():
                shutil.copy(file, student)
        made, problem = quizzes_about(lab, student, scratch, int(os.environ.get("SEEDS", "5")), os.environ.get("QUESTIONS", "5"))
        distinct = {}
        for quiz in made:
            for mistake in mistakes(quiz):
                sums["mistakes"][lab] += 1
                print(f"WRONG: lab {lab}, {name}, seed {quiz['seed']}: {mistake}")
            for q in quiz["questions"]:
                sums["asked"][q["kind"]] += 1
                distinct.setdefault(json.dumps([q["text"], q["calls"], q["picture"], q["options"]]), q)
        sums["short"][lab] += sum(len(quiz["questions"]) < 5 for quiz in made)
        sums["quizzes"][lab] += len(made)
        questions, right = list(distinct.values()), 0
        for way, found in (("gdb", confirm.confirm(lab, questions, student)), ("changed code", mutants.find(HEAPLAB, lab, questions, student))):
            for q, answer in found:
                good = answer == confirm.right_of(q)
                sums["confirmed" if good else "wrong"][q["kind"]] += 1
                sums["ways"][way] += good
                right += good
                if not good:
                    print(f"WRONG: lab {lab}, {name}: {confirm.verdict(q, answer)}")
        for q in questions:
            sums["distinct"][q["kind"]] += 1
    print(f"lab {lab}, {name}: {len(made)} quizzes, {len(questions)} different questions, {right} confirmed{f'; NO QUIZ: {problem}' if problem else ''}"
          f" ({time.time() - start:.0f} s)", flush=True)


def main():
    sums = {key: Counter() for key in "asked distinct confirmed wrong ways short quizzes mistakes".split()}
    labs = os.environ.get("LABS", "01 02 03 04 05 06 07 08 09 10").split()
    number = 0
    for lab, name, folders in versions(labs, os.environ.get("WHEATS")):
        if name in os.environ.get("ONLY", name).split():
            look_at(lab, name, folders, sums)
            number += 1
    for kind in sorted(sums["distinct"]):
        print(f"{kind:12} {sums['asked'][kind]:5} asked, {sums['distinct'][kind]:5} different, {sums['confirmed'][kind]:5} confirmed, {sums['wrong'][kind]:3} wrong")
    total = {key: sum(sums[key].values()) for key in sums}
    print(f"{number} versions, {total['quizzes']} quizzes ({total['short']} with fewer than five questions), {total['asked']} questions, "
          f"{total['distinct']} different ones: {total['confirmed']} confirmed ({', '.join(f'{n} by {way}' for way, n in sums['ways'].items())}), "
          f"{total['wrong']} wrong; {total['mistakes']} quizzes with the same option or question twice")
    return total["wrong"] + total["mistakes"] > 0


if __name__ == "__main__":
    sys.exit(main())
