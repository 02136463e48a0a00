#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""orders.py - what happens to a class, in random orders: the gradebook has to depend on the facts alone.

    orders.py KIT HEAPLAB LAB SUBMISSIONS WORK ORDERS SEED

The facts: three submissions, one of which is handed in anew; a roster, in which an extension is granted later, and
another one in course.yaml; changes of points, of a submission or of a test, and comments by staff, some of them at a
line of a file, some undone; other points in the rubric. One class meets them in a fixed order, undisturbed. ORDERS
others meet them in random orders, with things in between that are no facts: batches and regradings that are killed at a
random moment, with the next step right after it; results that are lost; one student, or all, graded again; commands of
staff that are killed and typed once more. In the end each is graded once more, and then its marks, its latest grades and
its staff's decisions must be those of the first. (Steps of one chain keep their order: that is a fact, too. The numbers
of revisions and entries, and times, may differ.)

KIT is a kit that may be changed: its rubric of LAB and its course.yaml are. Prints what differs; then the exit status
is 1.
"""
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time

kit, heaplab, lab, given, work = (pathlib.Path(word) for word in sys.argv[1:6])
orders, seed = int(sys.argv[6]), int(sys.argv[7])
rubric, course = kit / "grader/labs" / lab / "rubric.ini", kit / "handouts/course.yaml"
points_before, course_before = rubric.read_text(), course.read_text()
names = sorted(path.name for path in given.iterdir())
first, second, third = names
FILE = "storage.c"
TEST = "region_inside"

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


def extended_course(text):
    """Gives the second student a day more."""
    granted = text.replace("extensions: []", f"extensions: [{{student: {second}, lab: 01, until: 1 days}}]")
    if granted == text:
        sys.exit(f"{course} has no line 'extensions: []'")
    return granted


class Class:
    """CHANCE: a killed command may come between any two steps; None: nothing disturbs it. All classes lie in the same
    folder, one after the other, as a batch's folder names it. Each begins as a copy of the first one's first batch: that
    is the same for all, and would be half of an order's gradings."""

    def __init__(self, chance=None):
        folder, start = work / "class", work / "start"
        self.out, self.submissions, self.roster = folder / "out", folder / "class", folder / "roster.csv"
        self.chance, self.done, self.refused = chance, [], 0
        rubric.write_text(points_before)
        course.write_text(course_before)
        shutil.rmtree(folder, ignore_errors=True)
        if start.exists():
            shutil.copytree(start, folder)
            return
        shutil.copytree(given, self.submissions)
        self.roster.write_text(ROSTER % ("", "", ""))
        self.batch()
        shutil.copytree(folder, start)

    # commands
    def run(self, *words, ok=(0,)):
        done = subprocess.run([str(heaplab), *map(str, words)], capture_output=True, text=True)
        if done.returncode not in ok:
            sys.exit(f"{' '.join(self.done)}: {words}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def run_killed(self, most, *words):
        """Runs it for at most MOST seconds."""
        running = subprocess.Popen([str(heaplab), *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(self.chance.random() * most)
        running.kill()
        running.wait()

    def words(self):
        return ("batch", "--lab", lab, "--no-coverage", "--jobs", "2", "--out", self.out, self.submissions, "--roster",
                self.roster)

    def batch(self):
        self.run(*self.words())

    def entries(self):
        path = self.out / "adjustments.json"
        return json.loads(path.read_text()) if path.exists() else []

    def enter(self, kind, name, *words):
        """Staff enter something, and look whether it is there: a killed command may have come to that or not. What a
        killed batch left without a result is refused, in a sentence, and entered when the batch has ended. Returns the
        entry's number."""
        before, command = len(self.entries()), (kind, self.out, name, *words, "--by", "Ada")
        if self.chance and self.chance.random() < 0.2:
            self.run_killed(0.15, *command)
        if len(self.entries()) == before:
            graded = (self.out / "results" / f"{name}.json").exists()
            done = self.run(*command, ok=(0,) if graded else (1,))
            if not graded:
                self.refused += 1
                if "no result yet" not in done.stderr or len(self.entries()) != before:
                    sys.exit(f"{command}: {done.stderr}")
                self.batch()
                self.run(*command)
        if len(self.entries()) != before + 1:
            sys.exit(f"{command} made {len(self.entries()) - before} entries")
        return before + 1

    def undo(self, kind, name, text):
        number = next(entry["number"] for entry in self.entries() if entry["text"] == text)
        if not (self.out / "results" / f"{name}.json").exists():
            self.batch()
        self.run(kind, self.out, name, "--undo", number)

    # facts
    def hand_in_anew(self):
        file = self.submissions / first / FILE
        file.write_text(file.read_text() + "// once more\n")

    def extend(self):
        self.roster.write_text(ROSTER % ("", "", "9 days"))

    def extend_in_course(self):
        course.write_text(extended_course(course_before))

    def repoint(self):
        rubric.write_text(changed_points(points_before))

    def lower_first(self):
        self.enter("adjust", first, "-7", "--reason", "style")

    def set_test(self):
        self.enter("adjust", first, "--test", TEST, "1", "--reason", "by luck")

    def raise_test(self):
        self.enter("adjust", first, "--test", TEST, "+1", "--reason", "not only by luck")

    def comment(self):
        self.enter("comment", first, "see me")

    def comment_at_line(self):
        self.enter("comment", third, "--file", FILE, "--line", "12", "why this?")

    def set_second(self):
        self.enter("adjust", second, "44", "--reason", "as agreed")

    def raise_second(self):
        self.enter("adjust", second, "+3", "--reason", "a typing error")

    def set_third(self):
        self.enter("adjust", third, "1", "--reason", "a mistake")

    def undo_third(self):
        self.undo("adjust", third, "a mistake")

    def comment_third(self):
        self.enter("comment", third, "--file", FILE, "never mind")

    def undo_comment(self):
        self.undo("comment", third, "never mind")

    FACTS = ((hand_in_anew,), (extend,), (extend_in_course,), (repoint,), (lower_first,), (set_test, raise_test), (comment,),
             (comment_at_line,), (set_second, raise_second), (set_third, undo_third), (comment_third, undo_comment))

    # disturbances
    def kill_batch(self):
        self.run_killed(0.25, *self.words())

    def kill_regrade(self):
        self.run_killed(0.25, "regrade", self.out, self.chance.choice(names))

    def lose(self):
        (self.out / "results" / f"{self.chance.choice(names)}.json").unlink(missing_ok=True)

    def regrade_one(self):
        """Who has no result is graded by the batch in any case."""
        name = self.chance.choice(names)
        self.run("regrade", self.out, *[name] if (self.out / "results" / f"{name}.json").exists() else [])

    def regrade_all(self):
        self.run("regrade", self.out)

    DISTURBANCES = (kill_batch, kill_batch, kill_regrade, lose, regrade_one, regrade_all)

    def take(self, steps):
        for step in steps:
            self.done.append(step.__name__)
            step(self)
        return self.gradebook()

    def gradebook(self):
        self.batch()
        book = sqlite3.connect(self.out / "gradebook.sqlite")
        queries = ("SELECT place, number, name, submission, score, adjusted, days_late, late_percent, points FROM marks",
                   "SELECT submission, score, max_score, built, own_tests, handed_in, files, rubric FROM latest",
                   "SELECT t.submission, name, status, t.points, t.max_points, message FROM tests t JOIN latest USING "
                   "(submission, revision)",
                   "SELECT kind, submission, test, points, relative, file, line, text, author, undone FROM adjustments")
        return [sorted(book.execute(query).fetchall(), key=repr) for query in queries]


def shuffled(chance):
    """All facts, each chain's in its order, and some disturbances."""
    chains = [list(chain) for chain in Class.FACTS] + [[chance.choice(Class.DISTURBANCES)] for _ in range(4)]
    turns = [i for i, chain in enumerate(chains) for _ in chain]
    chance.shuffle(turns)
    return [chains[i].pop(0) for i in turns]


undisturbed = Class()
expected = undisturbed.take(step for chain in Class.FACTS for step in chain)
if len({row[-1] for row in expected[0]}) < 3 or sorted(row[6] for row in expected[0]) != [0, 1, 1]:
    sys.exit(f"the marks, or the days that work is late, are not as different as they should be: {expected[0]}")
wrong = refused = 0
for number in range(orders):
    chance = random.Random(seed * 1000 + number)
    chosen = Class(chance)
    found = chosen.take(shuffled(chance))
    refused += chosen.refused
    if found != expected:
        wrong += 1
        print(f"order {number}: {' '.join(chosen.done)}")
        for was, now in zip(expected, found):
            for row in was:
                if row not in now:
                    print("  not there:", row)
            for row in now:
                if row not in was:
                    print("  instead:  ", row)
if orders >= 20 and not refused:
    sys.exit("nothing was ever entered right after a killed batch")
print(f"{orders - wrong} of {orders} orders gave the same gradebook; {refused} entries were refused until a killed batch had ended")
sys.exit(wrong > 0)
