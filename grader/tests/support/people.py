# SPDX-License-Identifier: MIT
"""people.py - a class of lab 01, of any size: who is in it, and what each hands in.

    people(KIT, SIZE) -> students; the last two have handed in nothing

The first six are always the same, and hard on purpose. After them, names and work of all kinds take turns. Partners
have handed in one work. What is not an untouched stub or a PDF holds its owner's number in a comment, so whose it is can
be seen wherever it ends up.
"""
import dataclasses
import io
import pathlib
import re
import zipfile

LAB = "01-stack-vs-heap"
GIVEN = ("Anna", "Ben", "Chloé", "Dmitri", "Eszter", "Farid", "Gwen", "Håkon", "İpek", "José", "Kim-Lee", "Łukasz",
         "Mary-Jane", "Ngọc", "Óscar", "Priya", "Renée", "Søren", "Tomáš")
FAMILY = ("Berg", "Cole", "de la Cruz", "Öz", "O'Neill", "Müller-Lüdenscheidt", "Nguyễn", "Papadopoulou", "van der Roe",
          "García Márquez", "Xu", "Yılmaz", "D'Angelo", "Åström", "Çelik", "al-Rashid", "Smith")


@dataclasses.dataclass
class Student:
    number: int
    login: str
    given: str
    family: str
    files: dict  # texts or bytes by name; {} is nothing
    least: int = 0  # the marks that it may get
    most: int = 0
    lead: int = 0  # index of the partner in whose name the work is
    group: str = ""
    twin: bool = False  # somebody else has the same name
    mark: str = ""  # what is found in this work only, where there is such a thing
    absent: bool = False

    @property
    def name(self):
        return f"{self.given} {self.family}"


def zipped(files, prefix=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return buffer.getvalue()


class Works:
    """Work of all kinds, from the reference and the stub."""

    def __init__(self, kit):
        read = {part: {name: (kit / part / LAB / name).read_text() for name in ("storage.c", "predictions.txt")}
                for part in ("build/reference", "labs")}
        self.right, self.stub = read["build/reference"], read["labs"]

    def mixed(self, choice):
        """storage.c with the functions of those sections done whose bit is set in CHOICE, and some answers."""
        done, open_ = (re.split(r"(?=/\* ---- \d)", files["storage.c"]) for files in (self.right, self.stub))
        code = "".join(done[i] if i == 0 or choice >> i & 1 else open_[i] for i in range(len(done)))
        answers = re.split(r"(?<=\n)(?=\d\.  )", self.right["predictions.txt"])
        blank = re.split(r"(?<=\n)(?=\d\.  )", self.stub["predictions.txt"])
        many = choice % len(answers)
        return {"storage.c": code, "predictions.txt": "".join(answers[:many] + blank[many:])}

    def kinds(self, n):
        """Kind number N, as (files, least, most)."""
        half = self.mixed(2 + n * 11 % 60)
        return [
            (self.right, 100, 100),
            (half, 1, 99),
            ({"storage.c": self.stub["storage.c"], "predictions.txt": self.right["predictions.txt"]}, 10, 10),
            ({"work.zip": half}, 1, 99),
            (self.stub, 0, 0),
            ({"storage.c": self.right["storage.c"][:1500], "predictions.txt": self.stub["predictions.txt"]}, 0, 0),
            (half, 1, 99),
            ({"Storage.C": half["storage.c"], "predictions.txt": half["predictions.txt"]}, 1, 99),
            ({"My report.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"}, 0, 0),
            ({**half, "notes.md": "# my notes\n", "README.txt": "read me\n"}, 1, 99),
            (half, 1, 99),
            ({**self.right, "predictions.txt": "\ufeff" + self.stub["predictions.txt"].replace("\n", "\r\n")}, 90, 90),
        ][n % 12]

    def sign(self, files, number):
        """FILES, with a comment that holds NUMBER at the end of the first text that is not the stub's, and the comment
        ("" if there is none). What is to be packed is packed."""
        signed, mark = {}, ""
        for name, content in files.items():
            if isinstance(content, dict):
                inside, mark = self.sign(content, number)
                content = zipped(inside, "lab 1/")
            elif not mark and isinstance(content, str) and content not in self.stub.values():
                mark = f"/* {number} */"
                content += mark + "\n"
            signed[name] = content
        return signed, mark


def hard_ones(works):
    right, stub = works.right, works.stub
    broken = {"storage.c": "this is no C\n", "predictions.txt": stub["predictions.txt"]}
    partners = {**right, "predictions.txt": stub["predictions.txt"]}
    return [
        Student(4711, "anna-berg", "Anna", "Berg", right, 100, 100),
        Student(4712, "anna-cole", "Anna", "Cole", stub),
        Student(4713, "o_de_la_cruz", "Óscar", "de la Cruz", {**stub, "predictions.txt": right["predictions.txt"]}, 10, 10),
        Student(4714, "kim", "Kim-Lee", "Öz", broken),
        Student(4715, "leo", "Leo", "O'Neill", partners, 90, 90),
        Student(4716, "mia", "Mia", "O'Neill", partners, 90, 90, lead=4),
    ]


def another(works, i):
    """Student I of those after the hard ones; every tenth is the partner of the one before."""
    lead = i - 1 if i % 10 == 0 else i
    files, least, most = works.kinds(lead)
    given, family = GIVEN[i % len(GIVEN)], FAMILY[i * 5 % len(FAMILY)]
    login = {7: "anna-berg2", 9: "cole", 11: "berg"}.get(i, f"user{i}" if i % 3 else f"u-{i}_{FAMILY[i % 2].lower()}")
    if i == 7:
        given, family = "Anna", "Berg"
    return Student(4711 + i, login, given, family, files, least, most, lead=lead)


def people(kit, size):
    works = Works(pathlib.Path(kit))
    students = hard_ones(works)[:size] + [another(works, i) for i in range(6, size)]
    leads, names = [], [student.name for student in students]
    for i, student in enumerate(students):
        student.lead = student.lead or i
        if student.lead == i:
            leads.append(i)
        student.group = f"Group {leads.index(student.lead) + 1}"
        student.twin = names.count(student.name) > 1
        student.files, student.mark = works.sign(student.files, students[student.lead].number)
    absent = [("zed", "Zed", "Absent"), ("eve", "Eve", "Berg")]
    return students + [Student(4711 + size + i, *who, {}, absent=True) for i, who in enumerate(absent)]
