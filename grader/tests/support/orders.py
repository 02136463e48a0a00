#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""orders.py - what happens to a class, in random orders: the gradebook has to depend on the facts alone.

    orders.py KIT HEAPLAB LAB SUBMISSIONS WORK ORDERS SEED

The facts: three submissions, one of which is handed in anew; a roster, in which an extension is granted later; changes
of points and comments by staff, some undone; other points in the rubric. One class meets them in a fixed order,
undisturbed. ORDERS others meet them in random orders, with batches in between that are killed at a random moment,
results that are lost and submissions that are graded again. In the end each is graded once more, and then its marks,
its latest grades and its staff's decisions must be those of the first. (Entries that concern one submission keep their
order: that is a fact, too. The numbers of revisions and entries, and times, may differ.)

KIT is a kit that may be changed: its rubric of LAB is. Prints what differs; then the exit status is 1.
"""
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time

kit, heaplab, lab, given, work = (pathlib.Path(word) for word in sys.argv[1:6])
orders, seed = int(sys.argv[6]), int(sys.argv[7])
rubric = kit / "grader/labs" / lab / "rubric.ini"
points_before = rubric.read_text()
names = sorted(path.name for path in given.iterdir())
first, second, third = names

ROSTER = "login,number,name,submitted,extension\n" + "".join(
    f"{name},{4711 + i},{name.title()} Test,2026-09-2{2 + i} 12:00:00,%s\n" for i, name in enumerate(names))


def changed_points(text):
    """Moves a point from the first test to the second."""
    lines, moved = text.splitlines(), 0
    for i, line in enumerate(lines):
        if line.startswith("points = ") and moved < 2:
            lines[i] = f"points = {int(line.split()[2]) + (-1, 1)[moved]}"
            moved += 1
    return "\n".join(lines) + "\n"


def run(*words, ok=(0,)):
    done = subprocess.run([str(heaplab), *map(str, words)], capture_output=True, text=True)
    if done.returncode not in ok:
        sys.exit(f"{words}: exit status {done.returncode}\n{done.stdout}{done.stderr}")


class Class:
    def __init__(self, folder):
        self.out, self.submissions, self.roster = folder / "out", folder / "class", folder / "roster.csv"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(given, self.submissions)
        self.roster.write_text(ROSTER % ("", "", ""))
        self.entries = 0
        rubric.write_text(points_before)
        self.batch()

    def words(self, *more):
        return ("batch", "--lab", lab, "--no-coverage", "--jobs", "2", "--out", self.out, self.submissions, *more)

    def batch(self, *more):
        run(*self.words("--roster", self.roster, *more))

    def enter(self, kind, name, *words):
        run(kind, self.out, name, *words, "--by", "Ada")
        self.entries += 1

    # facts
    def hand_in_anew(self):
        file = self.submissions / first / "storage.c"
        file.write_text(file.read_text() + "// once more\n")

    def extend(self):
        self.roster.write_text(ROSTER % ("", "", "9 days"))

    def repoint(self):
        rubric.write_text(changed_points(points_before))

    def raise_first(self):
        self.enter("adjust", first, "-7", "--reason", "style")

    def comment(self):
        self.enter("comment", first, "see me")

    def set_second(self):
        self.enter("adjust", second, "44", "--reason", "as agreed")
        self.enter("adjust", second, "+3", "--reason", "a typing error")

    def change_and_undo(self):
        self.enter("adjust", third, "1", "--reason", "a mistake")
        run("adjust", self.out, third, "--undo", self.entries)
        self.enter("comment", third, "never mind")
        run("comment", self.out, third, "--undo", self.entries)

    FACTS = (hand_in_anew, extend, repoint, raise_first, comment, set_second, change_and_undo)

    # disturbances
    def kill(self, chance):
        batch = subprocess.Popen([str(heaplab), *map(str, self.words("--roster", self.roster))],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.25)
        batch.kill()
        batch.wait()
        self.heal()

    def heal(self):
        """What a killed batch left without a result is graded: nobody can adjust what is not there."""
        self.batch()

    def lose(self, chance):
        (self.out / "results" / f"{chance.choice(names)}.json").unlink()
        self.batch()

    def again(self, chance):
        self.batch()

    DISTURBANCES = (kill, kill, lose, again)

    def gradebook(self):
        self.batch()
        book = sqlite3.connect(self.out / "gradebook.sqlite")
        queries = ("SELECT place, number, name, submission, score, adjusted, days_late, late_percent, points FROM marks",
                   "SELECT submission, score, max_score, built, own_tests, handed_in, files, rubric FROM latest",
                   "SELECT t.submission, name, status, t.points, t.max_points, message FROM tests t JOIN latest USING "
                   "(submission, revision)",
                   "SELECT kind, submission, test, points, relative, text, author, undone FROM adjustments")
        return [sorted(book.execute(query).fetchall(), key=repr) for query in queries]


def disturbed(number):
    chance = random.Random(seed * 1000 + number)
    steps = [(fact, ()) for fact in Class.FACTS]
    steps += [(chance.choice(Class.DISTURBANCES), (chance,)) for _ in range(3)]
    chance.shuffle(steps)
    chosen = Class(work / "disturbed")
    for step, arguments in steps:
        step(chosen, *arguments)
    return chosen.gradebook(), [step.__name__ for step, _ in steps]


undisturbed = Class(work / "undisturbed")
for fact in Class.FACTS:
    fact(undisturbed)
expected = undisturbed.gradebook()
if len({row[-1] for row in expected[0]}) < 3:
    sys.exit(f"the marks do not differ: {expected[0]}")
wrong = 0
for number in range(orders):
    found, steps = disturbed(number)
    if found != expected:
        wrong += 1
        print(f"order {number}: {' '.join(steps)}")
        for was, now in zip(expected, found):
            for row in was:
                if row not in now:
                    print("  not there:", row)
            for row in now:
                if row not in was:
                    print("  instead:  ", row)
print(f"{orders - wrong} of {orders} orders gave the same gradebook")
sys.exit(wrong > 0)
