#!/bin/sh
# SPDX-License-Identifier: MIT
# release.sh - releases of labs with own tests, with and without wrong versions as objects; of a lab that builds on
# another; and the template for GitHub Classroom. (new_lab.sh also tests that nothing secret is released.)
. "$(dirname "$0")/../lib.sh"

kit=$SCRATCH/kit
unset MAKEFLAGS MFLAGS MAKELEVEL

# A kit with labs 05 to 07, of which 05 and 07 have few chaffs. It reuses this kit's build/.
copy_kit() {
    mkdir -p "$kit/build/subject"
    (cd "$ROOT" && git ls-files -z -co --exclude-standard | grep -zvE '^(labs|solutions|grader/labs)/0[1-48]-|^grader/tests/' |
        xargs -0 cp -a --parents -t "$kit" 2>/dev/null) || true
    find "$kit"/grader/labs/0[67]-*/chaffs -name '*.patch' | sort | tail -n +3 | xargs rm -f
    find "$kit"/grader/labs/05-*/chaffs -name '*.patch' | grep -v -e double_free_unnoticed -e huge_size_wraps | xargs rm -f
    take_built "$kit"
}

# take_built FOLDER: copies the grader's objects there, as the sources are the same.
take_built() {
    mkdir -p "$1/build/subject"
    cp -a "$ROOT/build/obj" "$1/build"
    cp -a "$ROOT/build/subject/obj" "$1/build/subject"
    cp -a "$ROOT/build/setup-done" "$1/build"
}
copy_kit
cd "$kit" || exit 1
check "the small kit is built" make -s kit

# unpack TARBALL NAME: into $SCRATCH/NAME, ready to be built.
unpack() {
    mkdir "$SCRATCH/$2"
    tar -xzf "$1" --strip-components=1 -C "$SCRATCH/$2"
    take_built "$SCRATCH/$2"
}

# graded FOLDER SCORE SENTENCE [OPTION]...: a grade there prints both SCORE and SENTENCE.
graded() {
    folder=$1
    score=$2
    sentence=$3
    shift 3
    status 0 env HOME="$SCRATCH" make -s -C "$folder" grade GRADE_FLAGS="--no-coverage $*" || return 1
    contains "$(cat "$SCRATCH/output")" "$score / 100 points" && contains "$(cat "$SCRATCH/output")" "$sentence"
}

# --- with objects ---

check "a release with objects is made" make -s release LABS=05 OBJECTS=1 OUT="$SCRATCH/05.tar.gz"
unpack "$SCRATCH/05.tar.gz" objects
student=$SCRATCH/objects
symbols() {
    for object in "$student"/grader/labs/05-*/objects/*.o; do
        nm "$object" | sed -n 's/^[0-9a-f]* [A-Za-z] //p' |
            grep -vxF -f "$kit/build/subject/05-header-allocator.exports" && return 1
        ! readelf -S "$object" | grep -q '\.debug' || return 1
    done
    [ "$(find "$student"/grader/labs/05-*/objects -name 'chaff-*.o' | wc -l)" -eq 2 ]
}
check "its objects have the contract's names and no others, and nothing for debuggers" symbols
check "its stubs get 0, and the example of own tests runs" graded "$student" 0 "of 2 wrong versions caught"
cp build/reference/05-header-allocator/*.c "$student/labs/05-header-allocator"
check "the reference gets 80 for visible tests, and half of its own tests' points" graded "$student" 80 \
    "Your own tests: 0 of 20 points (2 of 2 wrong versions caught)"
check "staff score the other half" contains "$(cat "$SCRATCH/output")" "10 of the points are scored by staff"

# --- a lab that builds on another, without objects ---

check "a release of lab 07 is made" make -s release LABS=07 OUT="$SCRATCH/07.tar.gz"
unpack "$SCRATCH/07.tar.gz" plain
student=$SCRATCH/plain
check "it contains lab 06" [ -f "$student/labs/06-coalescing-free-list/free_list.h" ]
check "but nothing of its reference" [ ! -e "$student/solutions" ]
check "with an untouched lab 06, lab 07 gets 0" graded "$student" 0 "your own lab 06 is under this one; it does not pass" --lab 07
cp build/reference/07-calloc-realloc/*.c "$student/labs/07-calloc-realloc"
cp build/reference/06-coalescing-free-list/*.c "$student/labs/06-coalescing-free-list"
check "with both references, lab 07 gets the points of the visible tests" graded "$student" 80 "your own lab 06 is under this one" --lab 07
check "staff score own tests" contains "$(cat "$SCRATCH/output")" "20 of the points are scored by staff"
sed -i 's/^void mm_insert(/int mm_insert(/' "$student/labs/06-coalescing-free-list/free_list.c"
check "a lab 06 that does not compile is reported" graded "$student" 0 "this lab stands on your lab 06: your code does not compile" --lab 07
cp build/reference/06-coalescing-free-list/free_list.c "$student/labs/06-coalescing-free-list"
check "make direct builds on the student's lab 06, too" status 0 \
    make -s -C "$student/labs/07-calloc-realloc" direct TEST=product_is_stored

# --- for GitHub Classroom ---

check "a template is made" make -s template LABS=05 OUT="$SCRATCH/one"
make -s template LABS=05 OUT="$SCRATCH/two" >/dev/null
commit() {
    git -C "$SCRATCH/$1" rev-parse HEAD
}
check "made again, it is the same commit" same "$(commit one)" "$(commit two)"
check "nothing is left uncommitted" same "$(git -C "$SCRATCH/one" status --porcelain)" ""
check "it has its workflow" contains "$(cat "$SCRATCH/one/.github/workflows/classroom.yml")" "grade --format github-classroom"
check "it contains nothing that students must not see" grader/staff/release/release --inspect "$SCRATCH/one"
check "a folder that is not empty is left alone" status 2 make -s template LABS=05 OUT="$SCRATCH/one"

# --- all labs of the kit ---

check "no lab gives solutions away" "$ROOT/grader/staff/release/release" --out "$SCRATCH/all.tar.gz" 1 2 3 4 5 6 7 8
tar -tzf "$SCRATCH/all.tar.gz" >"$SCRATCH/all"
check "it has the numbers of a contest's baseline, but not the code" \
    same "$(grep -o '/08-[^/]*/baseline/.*' "$SCRATCH/all")" "/08-allocator-contest/baseline/measured.json"
mkdir "$SCRATCH/all.d"
tar -xzf "$SCRATCH/all.tar.gz" --strip-components=1 -C "$SCRATCH/all.d"
check "and scores are computed from these numbers" \
    same "$(make -s -n -C "$SCRATCH/all.d" build/baseline/08-allocator-contest.json | grep -c 'cp .*measured.json')" 1
handout=$SCRATCH/all.d/handouts/08-allocator-contest.md
check "handouts list their points" contains "$(cat "$handout")" "| [Cost on the traces](#score) | | 20 | | **Total** | | **100** |"
check "and when the lab is due" contains "$(cat "$handout")" \
    "Due $("$HEAPLAB" course --json | jq -r '.labs[] | select(.lab == "08-allocator-contest") | .due_text')."
check "and no block that only a filter would fill in" same "$(cat "$SCRATCH"/all.d/handouts/*.md | grep -c '^:::')" 0
check "its README names the course" contains "$(head -n 3 "$SCRATCH/all.d/README.md")" \
    "$("$HEAPLAB" course --json | jq -r .name)"

# --- bad input ---

check "a release needs labs" status 2 make -s release
check "and says so" contains "$(cat "$SCRATCH/output")" 'name the labs: make release LABS="01 02"'
check "a release of an unknown lab is refused" status 2 make -s release LABS=77
check "and the labs are listed" contains "$(cat "$SCRATCH/output")" "there is no lab '77'; the labs are 05-header-allocator"
