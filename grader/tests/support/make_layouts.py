#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_layouts.py - writes one small class of lab 01 as each system's download has it.

    make_layouts.py KIT FOLDER

Makes FOLDER/LAYOUT for each layout, and FOLDER/roster.csv. The last
student of the roster has handed in nothing.
"""
import io
import pathlib
import sys
import zipfile

kit, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
LAB = "01-stack-vs-heap"
right = {name: (kit / "build/reference" / LAB / name).read_text() for name in ("storage.c", "predictions.txt")}
stub = {name: (kit / "labs" / LAB / name).read_text() for name in right}
broken = {"storage.c": "this is no C\n", "predictions.txt": stub["predictions.txt"]}

# number, login, given name, family name, what is handed in; the names are hard on purpose
CLASS = [
    (4711, "anna-berg", "Anna", "Berg", right),
    (4712, "anna-cole", "Anna", "Cole", stub),
    (4713, "o_de_la_cruz", "Óscar", "de la Cruz", {**stub, "predictions.txt": right["predictions.txt"]}),
    (4714, "kim", "Kim-Lee", "Öz", broken),
    (4715, "leo", "Leo", "O'Neill", {**right, "predictions.txt": stub["predictions.txt"]}),
    (4716, "mia", "Mia", "O'Neill", {**right, "predictions.txt": stub["predictions.txt"]}),  # partners
]


def write(path, data):
    path = folder / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def write_all(path, files):
    for name, text in files.items():
        write(f"{path}/{name}", text)


def zipped(files, prefix=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return buffer.getvalue()


def letters(name):
    return "".join(c for c in name.lower() if c.isalnum() or c == "_")


def canvas():
    for i, (number, login, given, family, files) in enumerate(CLASS):
        who = letters(family + given).replace("delacruz", "de_la_cruz") + ("_LATE" if i == 1 else "")
        for k, (name, text) in enumerate(files.items()):
            stem, dot, ending = name.rpartition(".")
            write(f"canvas/{who}_{number}_{90000 + 10 * i + k}_{stem}{'-2' if i == 2 else ''}{dot}{ending}", text)
    write("canvas/desktop.ini", "[x]\n")


def ascii_letters(name):
    return "".join(c for c in name.lower().replace(" ", "_") if c.isascii() and (c.isalnum() or c in "_-"))


def quiz():
    """Two questions of a quiz, as Canvas's quiz_submission_zipper.rb (November 2026) names their uploads: the number
    follows the name without anything between them, and letters outside ASCII are gone."""
    for i, (number, login, given, family, files) in enumerate(CLASS):
        for k, (name, text) in enumerate(files.items()):
            write(f"quiz/{ascii_letters(family + ', ' + given)}{number}_question_{501 + k}_{90000 + 10 * i + k}_{name}", text)


def groups():
    """Blackboard's groups, of which one has two members; half have the system's text, in one language or another."""
    for i, (number, login, given, family, files) in enumerate(CLASS[:-1]):
        stem = f"Lab 1_Group_{i + 1}_attempt_2026-01-10-21-05-33"
        if i % 2:
            write(f"groups/{stem}.txt", f"{'Name' if i == 1 else 'Nombre'}: Group {i + 1}\nAssignment: Lab 1\n\nFiles:\n")
        for name, text in files.items():
            write(f"groups/{stem}_{name}", text)


def moodle_groups():
    """Moodle puts the group before the name. Its numbers are those of another table."""
    for i, (number, login, given, family, files) in enumerate(CLASS):
        write_all(f"moodle_groups/Group {min(i, 4) + 1}-{given} {family}_{880 + i}_assignsubmission_file_", files)


def anonymous():
    for i, (number, login, given, family, files) in enumerate(CLASS):
        for k, (name, text) in enumerate(files.items()):
            write(f"anonymous/{'LATE_' if i == 1 else ''}anon_Xy{i}Ab_{90000 + 10 * i + k}_{name}", text)


def moodle():
    for number, login, given, family, files in CLASS:
        write_all(f"moodle/{given} {family}_{number}_assignsubmission_file_", files)
    write("moodle/Anna Berg_4711_assignsubmission_onlinetext_/onlinetext.html", "<p>see my file</p>\n")
    write("moodle/Grades-Lab 1-8812.csv", "Identifier\n")


def gradescope():
    lines = ["---"]
    for i, (number, login, given, family, files) in enumerate(CLASS[:-1]):
        inside = "labs/" + LAB + "/" if i == 0 else ""
        write_all(f"gradescope/assignment_12_export/submission_{500 + i}/{inside}", files)
        lines += [f"submission_{500 + i}:", "  :submitters:"]
        for partner in CLASS[i:] if i == len(CLASS) - 2 else [CLASS[i]]:
            lines += [f"  - :name: \"{partner[2]} {partner[3]}\"", f"    :sid: '{partner[0]}'"]
        lines.append(f"  :created_at: 2026-01-0{i + 1} 09:00:00.123456000 Z")
    write("gradescope/assignment_12_export/submission_metadata.yml", "\n".join(lines) + "\n")


def clones():
    for number, login, given, family, files in CLASS:
        write_all(f"clones/{login}/labs/{LAB}", files)
        write(f"clones/{login}/labs/05-header-allocator/my_tests.c", "int other;\n")
        write(f"clones/{login}/.git/HEAD", "ref: refs/heads/main\n")


def downloads():
    for i, (number, login, given, family, files) in enumerate(CLASS):
        prefix = f"lab-01-{login}-main/"
        write(f"downloads/lab-01-{login}-main.zip", zipped(files, f"{prefix}labs/{LAB}/" if i % 2 else f"{prefix}a/b/c/d/"))
    write("downloads/README.md", "# class\n")


def blackboard():
    for number, login, given, family, files in CLASS:
        for day, its in ((9, broken), (10, files)):
            stem = f"Lab_1_{login}_attempt_2026-01-{day:02d}-21-05-33"
            write(f"blackboard/{stem}.txt", f"Name: {given} {family} ({login})\nAssignment: Lab_1\n")
            for name, text in its.items():
                write(f"blackboard/{stem}_{name}", text)


def brightspace():
    for number, login, given, family, files in CLASS:
        for hour, its in ((905, broken), (1159, files)):
            write_all(f"brightspace/{number}-771 - {given} {family} - Jan 10, 2026 {hour} PM", its)
    write("brightspace/index.html", "<html></html>\n")


def plain():
    for i, (number, login, given, family, files) in enumerate(CLASS):
        if i == 0:
            write(f"plain/{login}.zip", zipped({"Storage.C": files["storage.c"], "predictions.txt.txt": files["predictions.txt"]}))
        elif i == 4:  # the work is packed beside the untouched stub
            write_all(f"plain/{family}, {given}", stub)
            write(f"plain/{family}, {given}/work.zip", zipped(files))
        else:
            write_all(f"plain/{login if i % 2 else f'{given} {family}'}", files)


for layout in (canvas, quiz, anonymous, moodle, moodle_groups, groups, gradescope, clones, downloads, blackboard, brightspace, plain):
    layout()
rows = ["number,login,name,email,group"]
for i, (number, login, given, family, files) in enumerate(CLASS + [(4717, "zed", "Zed", "Absent", {})]):
    rows.append(f"{number},{login},{given} {family},{login}@example.edu,{f'Group {min(i, 4) + 1}' if files else ''}")
write("roster.csv", "\n".join(rows) + "\n")
