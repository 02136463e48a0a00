#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_layouts.py - writes one class of lab 01 as each system's download has it.

    make_layouts.py KIT FOLDER [SIZE]

Makes FOLDER/LAYOUT for each layout, for SIZE students (6 or more); FOLDER/roster.csv, whose last two students have
handed in nothing; and FOLDER/truth.tsv, which says of each student of the roster what the right work holds (people.py),
and the least and most marks that it may get.
"""
import pathlib
import sys

from people import LAB, people, zipped

kit, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
EVERYBODY = people(kit, int(sys.argv[3]) if len(sys.argv) > 3 else 6)
CLASS = [student for student in EVERYBODY if not student.absent]
LEADS = [student for i, student in enumerate(CLASS) if student.lead == i]
stub = CLASS[1].files
broken = {"storage.c": "this is no C\n", "predictions.txt": stub["predictions.txt"]}


def write(path, data):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def write_all(path, files):
    for name, text in files.items():
        write(f"{path}/{name}", text)


def letters(name):
    return "".join(c for c in name.lower() if c.isalnum() or c == "_")


def canvas():
    for i, who in enumerate(CLASS):
        name = letters(who.family + who.given).replace("delacruz", "de_la_cruz") + ("_LATE" if i % 9 == 1 else "")
        for k, (file, text) in enumerate(who.files.items()):
            stem, dot, ending = file.rpartition(".")
            write(f"canvas/{name}_{who.number}_{90000 + 10 * i + k}_{stem}{'-2' if i == 2 else ''}{dot}{ending}", text)
    write("canvas/desktop.ini", "[x]\n")


def ascii_letters(name):
    return "".join(c for c in name.lower().replace(" ", "_") if c.isascii() and (c.isalnum() or c in "_-"))


def quiz():
    """Two questions of a quiz, as Canvas's quiz_submission_zipper.rb (November 2026) names their uploads: the number
    follows the name without anything between them, and letters outside ASCII are gone."""
    for i, who in enumerate(CLASS):
        for k, (file, text) in enumerate(who.files.items()):
            name = ascii_letters(f"{who.family}, {who.given}")
            write(f"quiz/{name}{who.number}_question_{501 + k}_{90000 + 10 * i + k}_{file}", text)


def groups():
    """Blackboard's groups, some of which have two members; half have the system's text, in one language or another."""
    for i, who in enumerate(LEADS):
        stem = f"Lab 1_{who.group.replace(' ', '_')}_attempt_2026-01-10-21-05-33"
        if i % 2:
            write(f"groups/{stem}.txt", f"{'Name' if i == 1 else 'Nombre'}: {who.group}\nAssignment: Lab 1\n\nFiles:\n")
        for file, text in who.files.items():
            write(f"groups/{stem}_{file}", text)


def moodle_groups():
    """Moodle puts the group before the name. Its numbers are those of another table, but where names are the same."""
    for i, who in enumerate(CLASS):
        number = who.number if who.twin else 880 + i
        write_all(f"moodle_groups/{who.group}-{who.name}_{number}_assignsubmission_file_", who.files)


def anonymous():
    for i, who in enumerate(CLASS):
        for k, (file, text) in enumerate(who.files.items()):
            write(f"anonymous/{'LATE_' if i % 9 == 1 else ''}anon_Xy{i}Ab_{90000 + 10 * i + k}_{file}", text)


def moodle():
    for who in CLASS:
        write_all(f"moodle/{who.name}_{who.number}_assignsubmission_file_", who.files)
    write("moodle/Anna Berg_4711_assignsubmission_onlinetext_/onlinetext.html", "<p>see my file</p>\n")
    write("moodle/Grades-Lab 1-8812.csv", "Identifier\n")


def gradescope():
    lines = ["---"]
    for i, who in enumerate(LEADS):
        inside = "labs/" + LAB + "/" if i == 0 else ""
        write_all(f"gradescope/assignment_12_export/submission_{500 + i}/{inside}", who.files)
        lines += [f"submission_{500 + i}:", "  :submitters:"]
        for partner in CLASS:
            if CLASS[partner.lead] is who:
                lines += [f"  - :name: \"{partner.name}\"", f"    :sid: '{partner.number}'"]
        lines.append(f"  :created_at: 2026-01-{i % 28 + 1:02d} 09:00:00.123456000 Z")
    write("gradescope/assignment_12_export/submission_metadata.yml", "\n".join(lines) + "\n")


def clones():
    for who in CLASS:
        write_all(f"clones/{who.login}/labs/{LAB}", who.files)
        write(f"clones/{who.login}/labs/05-header-allocator/my_tests.c", "int other;\n")
        write(f"clones/{who.login}/.git/HEAD", "ref: refs/heads/main\n")


def downloads():
    for i, who in enumerate(CLASS):
        prefix = f"lab-01-{who.login}-main/"
        archive = zipped(who.files, f"{prefix}labs/{LAB}/" if i % 2 else f"{prefix}a/b/c/d/")
        write(f"downloads/lab-01-{who.login}-main.zip", archive)
    write("downloads/README.md", "# class\n")


def blackboard():
    for who in CLASS:
        for day, its in ((9, broken), (10, who.files)):
            stem = f"Lab_1_{who.login}_attempt_2026-01-{day:02d}-21-05-33"
            write(f"blackboard/{stem}.txt", f"Name: {who.name} ({who.login})\nAssignment: Lab_1\n")
            for file, text in its.items():
                write(f"blackboard/{stem}_{file}", text)


def brightspace():
    for who in CLASS:
        for hour, its in ((905, broken), (1159, who.files)):
            write_all(f"brightspace/{who.number}-771 - {who.name} - Jan 10, 2026 {hour} PM", its)
    write("brightspace/index.html", "<html></html>\n")


def autolab():
    """One file or archive a version, as download_all names them; the last version is not the last by name."""
    for who in CLASS:
        for version, its in ((9, broken), (10, who.files)):
            write(f"autolab/{who.login}@example.edu_{version}_lab01.zip", zipped(its))


def plain():
    for i, who in enumerate(CLASS):
        if i == 0:
            write(f"plain/{who.login}.zip",
                  zipped({"Storage.C": who.files["storage.c"], "predictions.txt.txt": who.files["predictions.txt"]}))
        elif i == 4:  # the work is packed beside the untouched stub
            write_all(f"plain/{who.family}, {who.given}", stub)
            write(f"plain/{who.family}, {who.given}/work.zip", zipped(who.files))
        else:
            write_all(f"plain/{who.login if i % 2 or who.twin else who.name}", who.files)


for layout in (canvas, quiz, anonymous, moodle, moodle_groups, groups, gradescope, clones, downloads, blackboard,
               brightspace, autolab, plain):
    layout()
rows, truth = ["number,login,name,email,group"], []
for one in EVERYBODY:
    rows.append(f"{one.number},{one.login},{one.name},{one.login}@example.edu,{one.group}")
    truth.append(f"{one.name}\t{one.mark}\t{one.least}\t{one.most}")
write("roster.csv", "\n".join(rows) + "\n")
write("truth.tsv", "\n".join(truth) + "\n")
