#!/bin/sh
# SPDX-License-Identifier: MIT
# handing_in.sh - make submit, make progress, make reset: what they pack, remember, restore and keep.
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
labs=$SCRATCH/labs
HEAPLAB_PROGRESS=$SCRATCH/progress.json
HEAPLAB_ROOT=$SCRATCH # a kit whose labs/ are these
export HEAPLAB_PROGRESS HEAPLAB_ROOT
for part in build grader handouts; do
    ln -s "$ROOT/$part" "$SCRATCH/$part"
done
cp -r "$ROOT/labs" "$labs"
cp "$ROOT/build/reference/$LAB/header_alloc.c" "$labs/$LAB"
rm -f "$labs/$LAB/my_tests.c"

# packs_the_same: packing again gives the same bytes.
packs_the_same() {
    "$HEAPLAB" submit --lab 05 --from "$labs" -o "$SCRATCH/again.tar.gz" >"$SCRATCH/again" 2>&1
    cmp "$SCRATCH/handed_in.tar.gz" "$SCRATCH/again.tar.gz"
}

check "submit ends with 0" status 0 "$HEAPLAB" submit --lab 05 --from "$labs" -o "$SCRATCH/handed_in.tar.gz"
printed=$(cat "$SCRATCH/output")
check "it names what it packed" contains "$printed" "bytes $LAB/header_alloc.c"
check "it warns of a file that is missing" contains "$printed" "my_tests.c is not there, so it was not packed"
check "it shows the grade" contains "$printed" "Grade: 80 of 100 points"
listed=$(tar tzf "$SCRATCH/handed_in.tar.gz" | sort | tr '\n' ' ')
check "the rubric's files and the score card are in it, nothing else" \
    same "$listed" "$LAB/header_alloc.c $LAB/scorecard.txt "
tar xzf "$SCRATCH/handed_in.tar.gz" -C "$SCRATCH"
check "the file is what was handed in" cmp "$SCRATCH/$LAB/header_alloc.c" "$labs/$LAB/header_alloc.c"
check "the score card shows the grade" contains "$(cat "$SCRATCH/$LAB/scorecard.txt")" "80 / 100 points"
"$HEAPLAB" grade --lab 05 --from "$SCRATCH" >"$SCRATCH/regraded" 2>&1
check "the unpacked files get the same grade" contains "$(cat "$SCRATCH/regraded")" "80 / 100 points"
check "the same files give the same bytes" packs_the_same

mkdir "$SCRATCH/empty"
check "with nothing to pack, submit ends with 1" status 1 "$HEAPLAB" submit --lab 05 --from "$SCRATCH/empty" -o "$SCRATCH/no.tar.gz"
check "and says so" contains "$(cat "$SCRATCH/output")" "there is nothing to pack"
check "and writes nothing" test ! -e "$SCRATCH/no.tar.gz"
check "a missing output folder is refused" \
    status 1 "$HEAPLAB" submit --lab 05 --from "$labs" -o "$SCRATCH/nowhere/no.tar.gz"

# --- progress ---

check "progress ends with 0" status 0 "$HEAPLAB" progress
check "progress knows what was packed" contains "$(cat "$SCRATCH/output")" "packed 80"
check "progress names labs that were never graded" contains "$(cat "$SCRATCH/output")" "01-stack-vs-heap not graded yet"
cp "$ROOT/labs/$LAB/header_alloc.c" "$labs/$LAB"
"$HEAPLAB" grade --lab 05 --no-coverage >"$SCRATCH/output" 2>&1
cp "$ROOT/build/reference/$LAB/header_alloc.c" "$labs/$LAB"
check "a grade of labs/ is remembered" contains "$(cat "$HEAPLAB_PROGRESS")" '"failing": "'
before=$(cat "$HEAPLAB_PROGRESS")
"$HEAPLAB" submit --lab 05 --from solutions -o "$SCRATCH/other.tar.gz" >"$SCRATCH/output" 2>&1
check "grades and packages of other folders are not" same "$(cat "$HEAPLAB_PROGRESS")" "$before"
echo '{"schema": 1, "labs": {"05' >"$HEAPLAB_PROGRESS"
check "a damaged file is no fault" status 0 "$HEAPLAB" progress
check "but a sentence" contains "$(cat "$SCRATCH/output")" "was damaged; a new one was started"
check "and is kept" test -e "$HEAPLAB_PROGRESS.damaged"

# --- reset ---

mine=$(cat "$labs/$LAB/header_alloc.c")
check "reset ends with 0" status 0 "$HEAPLAB" reset --lab 05 --from "$labs"
check "the stub is back" cmp "$labs/$LAB/header_alloc.c" "$ROOT/labs/$LAB/header_alloc.c"
check "the student's file is kept" same "$(cat "$labs/$LAB/backup-1/header_alloc.c")" "$mine"
check "answers stay" cmp "$labs/$LAB/predictions.txt" "$ROOT/labs/$LAB/predictions.txt"
echo '/* new */' >>"$labs/$LAB/header_alloc.c"
check "a second reset ends with 0" status 0 "$HEAPLAB" reset --lab 05 --from "$labs"
check "and keeps both" test -e "$labs/$LAB/backup-2/header_alloc.c" -a -e "$labs/$LAB/backup-1/header_alloc.c"
check "a third has nothing to do" status 0 "$HEAPLAB" reset --lab 05 --from "$labs"
check "and makes no backup" test ! -e "$labs/$LAB/backup-3"
