# SPDX-License-Identifier: MIT
"""contents.py - the contents of a release for students, as {path: bytes}.

Goes in                                             Stays out
  labs/ of the chosen labs                            solutions/
  the grader's own source                             grader/tests, bench, README.md; staff/release, mutants, newlab
  of each chosen lab in grader/labs: C source,        wheats/, chaffs/, hidden/, lists, scripts
  calls.def, rubric.ini without answers
  the numbers of a contest's baseline                 the baseline, which is a whole allocator
  handouts/ of the chosen labs, the reference card    what a handout marks as the instructor's
  .vscode/, .clangd, .devcontainer/: for editors
With objects: correct and wrong versions, compiled and stripped (objects.py).
"""
import re

import kit
import objects
import tables

STAFF_ONLY = re.compile(r"grader/(?:tests|bench|labs|README\.md|staff/(?:release|mutants|newlab))(?:/|$)")
LAB_FILES = re.compile(r"grader/labs/[^/]+/(?!(?:wheats|chaffs|hidden|baseline)/).*\.(?:c|h|def|gp|sha256)$")
AT_THE_TOP = (".gitignore", ".clang-format", ".clangd", ".dockerignore")
EDITOR_FILES = ("tasks.json", "launch.json", "settings.json", "extensions.json")
OPEN_DIV = re.compile(r"^(:{3,})\s*(\S.*)$")
CLOSE_DIV = re.compile(r"^:{3,}\s*$")


def lab_of(path, folder):
    """The lab that the file PATH belongs to, if it is below FOLDER."""
    match = re.match(rf"{folder}/([0-9][^/]*?)(?:/|\.md$)", path)
    return match.group(1) if match else None


def is_engine(path):
    """Whether PATH is part of the grader's source, which all labs share."""
    return path.startswith("grader/") and not STAFF_ONLY.match(path)


def is_shared(path, labs):
    """Whether PATH is in a folder that the tests of one of LABS share with another lab."""
    return any(path.startswith(f"grader/labs/{kit.key(lab, 'shares')}/") for lab in labs)


def is_kept(path, labs):
    if path.startswith("labs/"):
        return lab_of(path, "labs") in labs or path.count("/") == 1
    if path.startswith("grader/labs/"):
        return (lab_of(path, "grader/labs") in labs or is_shared(path, labs)) and LAB_FILES.match(path) is not None
    return is_engine(path) or path in AT_THE_TOP or path.startswith(".devcontainer/")


# --- rubric.ini ---


def sections(text):
    """The sections of an INI file, each as its lines; the lines before the first section come first."""
    parts = [[]]
    for line in text.splitlines():
        if line.startswith("["):
            parts.append([])
        parts[-1].append(line)
    return parts


def value(lines, key):
    for line in lines:
        match = re.match(rf"{key}\s*=\s*(.*?)(?:\s+;.*)?$", line)
        if match:
            return match.group(1)
    return None


def without(lines, *keys):
    kept = list(lines)
    for key in keys:
        kept = [line for line in kept if not re.match(rf"{key}\s*=", line)]
    return kept


def with_key(lines, line):
    """LINES with one more line, inserted before the empty lines at the end."""
    end = len(lines)
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    return lines[:end] + [line] + lines[end:]


def released_section(lines, with_objects):
    head = lines[0] if lines else ""
    if head.startswith("[own_tests]"):
        lines = with_key(without(lines, "coverage_from", "coverage_to"), "coverage_by = staff")
        if not with_objects:
            lines = with_key(without(lines, "chaffs_from", "chaffs_to"), "chaffs_by = staff")
    elif value(lines, "answer") is not None:
        lines = with_key(without(lines, "answer"), "scored_by = staff")
    return lines


def released_rubric(lab, with_objects):
    """rubric.ini without answers, and with one section for all tests that are not visible."""
    text = (kit.ROOT / "grader" / "labs" / lab / "rubric.ini").read_text()
    kept, hidden = [], 0
    for lines in sections(text):
        if lines and lines[0].startswith("[test ") and value(lines, "visibility") not in (None, "visible"):
            hidden += int(value(lines, "points") or 0)
        else:
            kept += released_section(lines, with_objects)
    if hidden:
        kept += ["", "[test further_tests]", "title = further tests, which staff run", f"points = {hidden}",
                 "scored_by = staff"]  # fmt: skip
    return "\n".join(kept) + "\n"


# --- handouts ---


def student_edition(text):
    """A handout without the parts that have the class instructor."""
    kept, open_divs = [], []
    for line in text.splitlines():
        opened = OPEN_DIV.match(line)
        if opened:
            open_divs.append("instructor" in opened.group(2))
            closes = False
        else:
            closes = bool(open_divs) and CLOSE_DIV.match(line) is not None
        if not any(open_divs):
            kept.append(line)
        if closes:
            open_divs.pop()
    return "\n".join(kept) + "\n"


def handouts(labs):
    texts = {}
    for name in labs + ["reference-card"]:
        path = f"handouts/{name}.md"
        if (kit.ROOT / path).exists():
            text = student_edition((kit.ROOT / path).read_text())
            texts[path] = (tables.filled(name, text) if name in labs else text).encode()
    folder = kit.ROOT / "handouts" / "figures"
    figures = [path for lab in labs for path in sorted(folder.glob(lab.split("-")[0] + "-*.svg"))]
    return texts | {f"handouts/figures/{path.name}": path.read_bytes() for path in figures}


# --- the whole ---


def visible_tests(lab):
    """The names that `make tests` lists in LAB's folder."""
    rubric = kit.rubric(lab)
    named = [part for part in rubric.sections() if part.startswith("test ") and "answer" not in rubric[part]]
    return [part.removeprefix("test ") for part in named if rubric[part].get("visibility", "visible") == "visible"]


def choices(labs):
    """The tests of LABS as VS Code offers them (launch.json)."""
    tests = [(lab.split("-")[0], test) for lab in labs for test in visible_tests(lab)]
    return ",\n".join(f'                {{ "label": "{number} {test}", "value": "{test}" }}' for number, test in tests)


def filled_in(name, labs):
    text = (kit.ROOT / "grader" / "staff" / "release" / "student" / name).read_text()
    rows = "\n".join(f"| [{lab}](handouts/{lab}.md) | {kit.rubric(lab)['lab']['title']} |" for lab in labs)
    return text.replace("@COURSE@", tables.course()["name"]).replace("@LABS@", rows).replace("@FIRST@", labs[0])\
        .replace("@TESTS@", choices(labs)).encode()


def measured_baselines(labs):
    """The measured numbers of the baselines of LABS, from build/: a score needs them, not the allocator."""
    paths = {lab: kit.ROOT / "build" / "baseline" / f"{lab}.json" for lab in labs if kit.rubric(lab).has_section("cost")}
    return {f"grader/labs/{lab}/baseline/measured.json": path.read_bytes() for lab, path in paths.items()}


def stubs(tree):
    """A second copy of the labs' C files, for make reset: in the kit they come from solutions/."""
    return {re.sub("^labs/", "grader/stubs/", path): text for path, text in tree.items()
            if re.match(r"labs/[0-9][^/]*/[^/]+\.c$", path)}


def contents(labs, with_objects=False, classroom=False):
    tree = {path: (kit.ROOT / path).read_bytes() for path in kit.files() if is_kept(path, labs)}
    tree.update(stubs(tree))
    for lab in labs:
        tree[f"grader/labs/{lab}/rubric.ini"] = released_rubric(lab, with_objects).encode()
    tree.update(measured_baselines(labs))
    tree.update(handouts(labs))
    for name in ("Makefile", "README.md"):
        tree[name] = filled_in(name, labs)
    for name in EDITOR_FILES:
        tree[f".vscode/{name}"] = filled_in(f"vscode/{name}", labs)
    if classroom:
        tree[".github/workflows/classroom.yml"] = filled_in("classroom.yml", labs)
    if with_objects:
        tree.update(objects.objects(labs))
    return tree


def is_program(path):
    """Whether the file is executable in the kit."""
    return bool((kit.ROOT / path).exists() and (kit.ROOT / path).stat().st_mode & 0o100)
