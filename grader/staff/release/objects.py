# SPDX-License-Identifier: MIT
"""objects.py - right and wrong versions of labs as objects, so that students can score their own tests.

Each is compiled without debug information and stripped: of its names only the lab's own functions stay. What tells
versions apart by name is gone: they are numbered in the order of a hash.
"""
import hashlib
import re
import shutil
import tempfile
from pathlib import Path

import kit

FLAGS = ["-std=c11", "-D_DEFAULT_SOURCE", "-O1", "-g0", "-w", "-fno-omit-frame-pointer", "-fno-ident", "-DNDEBUG"]
UNNEEDED_SECTIONS = ["--remove-section=.comment", "--remove-section=.note.gnu.property"]


def include_folders(lab):
    folders = [f"labs/{lab}"] + ([f"labs/{kit.base(lab)}"] if kit.base(lab) else []) + ["labs"]
    return [f"-I{kit.ROOT / folder}" for folder in folders]


def compiled(lab, sources):
    """SOURCES, paths of C files, as one stripped object's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for source in sources:
            shutil.copy(source, folder)
            parts.append(f"{source.stem}.o")
            kit.run("gcc", *FLAGS, *include_folders(lab), "-c", source.name, "-o", parts[-1], folder=folder)
        kit.run("ld", "-r", "-o", "all.o", *parts, folder=folder)
        exports = kit.ROOT / "build" / "subject" / f"{lab}.exports"
        kit.run("objcopy", f"--keep-global-symbols={exports}", *UNNEEDED_SECTIONS, "all.o", folder=folder)
        kit.run("strip", "--strip-unneeded", "all.o", folder=folder)
        return (Path(folder) / "all.o").read_bytes()


def reference_sources(lab):
    folder = kit.ROOT / "build" / "reference" / lab
    return [path for path in sorted(folder.glob("*.c")) if path.name != "my_tests.c"]


def wheat_sources(lab, wheat):
    own = {path.name: path for path in wheat.glob("*.c") if path.name != "my_tests.c"}
    return [own.get(path.name, path) for path in reference_sources(lab)]


def chaffs(lab):
    """The patches that change what is compiled."""
    for path in sorted((kit.ROOT / "grader" / "labs" / lab / "chaffs").glob("*.patch")):
        if re.search(r"^\+\+\+ (?!my_tests\.c)\S*\.c", path.read_text(), re.M):
            yield path


def compiled_chaff(lab, patch):
    with tempfile.TemporaryDirectory() as folder:
        for source in reference_sources(lab):
            shutil.copy(source, folder)
        kit.run("patch", "-s", "-p0", "-d", folder, "-i", patch)
        return compiled(lab, sorted(Path(folder).glob("*.c")))


def numbered(kind, versions):
    """{kind-001.o: bytes, ...}, without repeats."""
    ordered = sorted(set(versions), key=lambda version: hashlib.sha256(version).digest())
    return {f"{kind}-{number:03}.o": version for number, version in enumerate(ordered, 1)}


def lab_objects(lab):
    reference = compiled(lab, reference_sources(lab))
    found = {"base.o": reference}
    if kit.rubric(lab).has_option("own_tests", "chaffs_to"):
        wheats = sorted((kit.ROOT / "grader" / "labs" / lab / "wheats").glob("*/"))
        found |= numbered("wheat", [reference] + [compiled(lab, wheat_sources(lab, wheat)) for wheat in wheats])
        found |= numbered("chaff", [compiled_chaff(lab, patch) for patch in chaffs(lab)])
    return found


def objects(labs):
    """{path: bytes} for all LABS that have own tests, or that another one stands on."""
    needed = [lab for lab in labs if kit.rubric(lab).has_section("own_tests")]
    return {f"grader/labs/{lab}/objects/{name}": data for lab in needed for name, data in lab_objects(lab).items()}
