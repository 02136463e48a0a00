#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_class.py - a class of students, as messy as classes are, for the tests of heaplab batch.

    make_class.py KIT LAB COUNT FOLDER [--same]

Writes COUNT submissions of LAB (a folder name) to FOLDER, named as Canvas, Moodle and people name them. The kinds take
turns: right solutions of several designs, wrong ones, the untouched stub, hostile programs, and archives that are
fine, broken, or hostile. Every submission differs from all others by a comment, unless --same is given.
expected.tsv in FOLDER's parent says what each is: its name, its kind, and the score it may have at most.
"""
import io
import pathlib
import subprocess
import sys
import tarfile
import zipfile

kit, lab, count, folder = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])
same = "--same" in sys.argv
reference = {f.name: f.read_text() for f in sorted((kit / "build/reference" / lab).glob("*.c"))}
stub = {name: (kit / "labs" / lab / name).read_text() for name in reference}
main = next(name for name in reference if name != "my_tests.c")
wheats = sorted(p for p in (kit / "grader/labs" / lab / "wheats").glob("*") if p.is_dir())
chaffs = sorted((kit / "grader/labs" / lab / "chaffs").glob("*.patch"))

HOSTILE = [
    "#include <stdlib.h>\n__attribute__((constructor)) static void leave(void) { _Exit(0); }\n",
    "__attribute__((constructor)) static void forever(void) { for (;;) {} }\n",
    '#include "/etc/passwd"\n',
    "char big[1UL << 40] = {1};\n",
    "#include <unistd.h>\n__attribute__((constructor)) static void many(void) { for (;;) fork(); }\n",
    '__asm__(".incbin \\"/kit/subject/subject.whole.o\\"");\n',
    "#include <stdio.h>\n__attribute__((constructor)) static void loud(void) { for (;;) puts(\"\\033[2J100/100\"); }\n",
]


def patched(patch):
    """The reference with PATCH (a chaff)."""
    work = folder.parent / "patched"
    work.mkdir(exist_ok=True)
    for name, text in reference.items():
        (work / name).write_text(text)
    subprocess.run(["patch", "-s", "-p0", "-d", work], stdin=patch.open(), check=True)
    return {name: (work / name).read_text() for name in reference}


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def tarred(members):
    """MEMBERS: (name, type, link, bytes)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name, kind, link, data in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.size = kind, link, len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def regular(files, prefix=""):
    return [(prefix + name, tarfile.REGTYPE, "", text.encode()) for name, text in files.items()]


def traversal(n):
    return tarred(regular(reference, "../../../") + regular(reference, "/tmp/heaplab-was-here/"))


def links(n):
    target = str(kit / "build/reference" / lab / main)
    return tarred([(main, tarfile.SYMTYPE, target, b""), ("x", tarfile.LNKTYPE, target, b""),
                   ("y", tarfile.CHRTYPE, "", b""), ("z", tarfile.FIFOTYPE, "", b"")])


def bomb(n):
    return zipped({f"{i}.c": "\0" * (20 << 20) for i in range(8)})


def crowd(n):
    return zipped({f"{i}/{i}": "" for i in range(5000)})


def russian(n):
    data = zipped(reference)
    for level in range(6):
        data = zipped({f"{level}.zip": data})
    return data


def absurd(n):
    return tarred([("a" * 3000, tarfile.REGTYPE, "", b"x"), ("b/" * 500 + "c", tarfile.REGTYPE, "", b"x"),
                   ("\033[31m\n\udcff", tarfile.REGTYPE, "", b"x"), ("..", tarfile.REGTYPE, "", b"x")])


# kind, what is handed in (files by name, or the bytes of an archive with its ending), the score at most
KINDS = [
    ("right", lambda n: reference, 100),
    ("wheat", lambda n: {**reference, **{f.name: f.read_text() for f in wheats[n % len(wheats)].glob("*.c")}}, 100),
    ("stub", lambda n: stub, 0),
    ("chaff", lambda n: patched(chaffs[n % len(chaffs)]), 99),
    ("hostile", lambda n: {main: stub[main] + HOSTILE[n % len(HOSTILE)]}, 0),
    ("right in a zip", lambda n: (".zip", zipped({"lab/" + k: v for k, v in reference.items()})), 100),
    ("half done", lambda n: {main: stub[main], "my_tests.c": reference["my_tests.c"]}, 25),
    ("chaff", lambda n: patched(chaffs[(n * 7) % len(chaffs)]), 99),
    ("cut off", lambda n: {main: reference[main][: len(reference[main]) // 2]}, 0),
    ("broken zip", lambda n: (".zip", zipped(reference)[:900] + b"\0" * 50), 0),
    ("traversal", lambda n: (".tar.gz", traversal(n)), 0),
    ("links", lambda n: (".tar.gz", links(n)), 0),
    ("bomb", lambda n: (".zip", bomb(n)), 0),
    ("crowd", lambda n: (".zip", crowd(n)), 0),
    ("russian dolls", lambda n: (".zip", russian(n)), 0),
    ("absurd names", lambda n: (".tar.gz", absurd(n)), 0),
    ("empty", lambda n: {}, 0),
    ("no text", lambda n: {main: "\0\1\2" * 300}, 0),
    ("no archive", lambda n: (".zip", b"PK\3\4 or so"), 0),
    ("right", lambda n: reference, 100),
]


def write(n, kind, handed_in):
    """Writes it the way that system number N does, and returns the start of the entry's name."""
    who = f"student{n:05d}"
    if isinstance(handed_in, tuple):
        ending, data = handed_in
        (folder / f"{who}_{1000 + n}_{90000 + n}_work{ending}").write_bytes(data)
        return f"{who}_{1000 + n}"
    files = handed_in if same else {k: v + f"/* {who} */\n" for k, v in handed_in.items()}
    if n % 3 == 0 and files:
        late = "_LATE" if n % 9 == 0 else ""
        for name, text in files.items():
            (folder / f"{who}{late}_{1000 + n}_{90000 + n}_{name}").write_text(text)
        return f"{who}_{1000 + n}"
    name = who if n % 3 == 1 else f"Given Name{n:05d}_{1000 + n}_assignsubmission_file_"
    (folder / name).mkdir()
    for file, text in files.items():
        (folder / name / file).write_text(text)
    return name.split("_assign")[0]


folder.mkdir(parents=True)
with (folder.parent / "expected.tsv").open("w") as expected:
    for n in range(count):
        kind, make, most = KINDS[n % len(KINDS)]
        expected.write(f"{write(n, kind, make(n))}\t{kind}\t{most}\n")
