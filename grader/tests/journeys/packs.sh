#!/bin/sh
# SPDX-License-Identifier: MIT
# packs.sh - make gradescope and make autolab: run as those systems run it, the package gives the local grade.
#
#     PACKS_BUILD=1          build the packed kit from nothing, as those systems do (a minute); otherwise it gets this
#                            kit's build/, which make then finds up to date
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
exports=$ROOT/grader/tests/support/exports
unset MAKEFLAGS MFLAGS MAKELEVEL
chmod 755 "$SCRATCH"

# A submission that loses points, and its local grade.
good=$ROOT/build/reference/$LAB/header_alloc.c
submission=$SCRATCH/submission
mkdir "$submission"
sed 's/counts->free_blocks++/counts->used_blocks++/' "$good" >"$submission/header_alloc.c"
cp "$ROOT/build/reference/$LAB/my_tests.c" "$submission/"
check "a submission is graded locally" status 0 "$HEAPLAB" grade --lab 05 --from "$submission" --json "$SCRATCH/local.json"
score=$(jq .score "$SCRATCH/local.json")
check "it loses some points" [ $((score > 40 && score < 100)) -eq 1 ]

# lend_build KIT: gives KIT this kit's build/, so that nothing has to be built again.
lend_build() {
    [ -z "${PACKS_BUILD:-}" ] || return 0
    mkdir -p "$1/build/implementations"
    for part in "$ROOT"/build/*; do
        case $(basename "$part") in
        implementations | asan | clang | tests | mine | batch | release | handouts | *.zip | *.tar) ;;
        *) cp -a "$part" "$1/build/" ;;
        esac
    done
    cp -a "$ROOT/build/implementations/$LAB" "$1/build/implementations/"
}

# --- Gradescope: /autograder holds source, submission, results ---

AUTOGRADER=$SCRATCH/autograder
export AUTOGRADER
mkdir "$AUTOGRADER" "$AUTOGRADER/source"
cp -r "$submission" "$AUTOGRADER/submission"
check "make gradescope packs a zip" status 0 make -C "$ROOT" gradescope LAB=05 OUT="$SCRATCH/gradescope.zip"
check "it can be unpacked" unzip -q "$SCRATCH/gradescope.zip" -d "$AUTOGRADER/source"
kit=$AUTOGRADER/source/kit
results=$AUTOGRADER/results/results.json

# whole: it contains every source of the kit's programs.
whole() {
    (cd "$ROOT" && git ls-files Makefile labs/lab.mk "labs/$LAB" "solutions/$LAB" "grader/labs/$LAB" grader |
        grep -v -e '^grader/\(tests\|bench\|staff/release\|staff/mutants\|staff/newlab\)/' -e '^grader/labs/[^/]*/') | while read -r file; do
        [ ! -e "$ROOT/$file" ] || [ -e "$kit/$file" ] || echo "missing: $file"
    done >"$SCRATCH/missing"
    [ ! -s "$SCRATCH/missing" ] || { cat "$SCRATCH/missing" && return 1; }
}
check "nothing of the kit is missing" whole
check "it contains no other lab" [ ! -e "$kit/solutions/06-coalescing-free-list" ]
lend_build "$kit"
check "setup.sh succeeds" status 0 "$AUTOGRADER/source/setup.sh"

# autograded: run_autograder exits with 0 and leaves a valid results.json with the local grade.
autograded() {
    status 0 "$AUTOGRADER/source/run_autograder" || return 1
    /usr/bin/python3 "$exports/validate.py" gradescope "$results" "$SCRATCH/local.json"
}
check "run_autograder gives the local grade" autograded

# In some containers bubblewrap can't make namespaces: here it is replaced by a program that fails.
mkdir "$SCRATCH/bin"
printf '#!/bin/sh\nexit 1\n' >"$SCRATCH/bin/bwrap"
chmod 755 "$SCRATCH/bin" "$SCRATCH/bin/bwrap"
path=$PATH
PATH=$SCRATCH/bin:$PATH
check "without namespaces it gives the local grade, too" autograded
check "and tells staff" contains "$(cat "$SCRATCH/output")" "cannot make namespaces"
echo "#include \"$kit/build/reference/$LAB/header_alloc.c\"" >"$AUTOGRADER/submission/header_alloc.c"
check "a submission that includes the reference is graded" status 0 "$AUTOGRADER/source/run_autograder"
if [ "$(id -u)" -eq 0 ]; then
    check "and cannot read it" contains "$(jq -r .output "$results")" "Permission denied"
fi
PATH=$path
cp "$submission/header_alloc.c" "$AUTOGRADER/submission/"
rm "$kit/build/judges/$LAB"
check "a fault in the kit is reported as a fault" status 2 "$AUTOGRADER/source/run_autograder"
check "and leaves no results" [ ! -e "$results" ]

# --- Autolab: one folder with Makefile, autograde.tar and the file that was handed in ---

check "make autolab packs a tar" status 0 make -C "$ROOT" autolab LAB=05 OUT="$SCRATCH/autolab.tar"
check "it can be unpacked, too" tar -C "$SCRATCH" -xf "$SCRATCH/autolab.tar"
box=$SCRATCH/box
mkdir -p "$box/kit"
mv "$SCRATCH/lab05/autograde-Makefile" "$box/Makefile"
mv "$SCRATCH/lab05/autograde.tar" "$box/"
lend_build "$box/kit"

# autolabbed SCORE: make prints that score in its last line.
autolabbed() {
    status 0 make -C "$box" --no-print-directory || return 1
    tail -n 2 "$SCRATCH/output" >"$box/stdout"
    jq ".score = $1" "$SCRATCH/local.json" | jq ".labs[0].score = .score" >"$SCRATCH/expected.json"
    /usr/bin/python3 "$exports/validate.py" autolab "$box/stdout" "$SCRATCH/expected.json"
}
tar -C "$submission" -czf "$box/handin.tar.gz" header_alloc.c my_tests.c
check "Autolab's make gives the local grade of an archive" autolabbed "$score"
rm "$box/handin.tar.gz"
python3 "$ROOT/grader/tests/support/make_rar.py" 5 "$box/handin.rar" "$submission"/*
check "of a .rar, too" autolabbed "$score"
rm "$box/handin.rar"
cp "$submission/header_alloc.c" "$box/"
own=$(jq '.labs[0].own_tests.points' "$SCRATCH/local.json")
check "and of a file, which has no own tests" autolabbed $((score - own))
rm "$box/header_alloc.c"
check "a missing handin is refused" status 2 make -C "$box" --no-print-directory
check "in a sentence" contains "$(cat "$SCRATCH/output")" "There is no file to grade"
