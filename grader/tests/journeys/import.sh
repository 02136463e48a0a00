#!/bin/sh
# SPDX-License-Identifier: MIT
# import.sh - "Coming from another malloc lab" (grader/README.md), followed to the letter: the commands are extracted from
# the text, the handout is tests/support/handout, and last year's class is made here.
# long
. "$(dirname "$0")/../lib.sh"

guide=$ROOT/grader/README.md
allocators=$ROOT/grader/tests/support/allocators
LAB=11-malloclab
open_scratch
unset MAKEFLAGS MFLAGS MAKELEVEL
export HOME="$SCRATCH/home" KIT_LAB="$LAB" HEAPLAB_ROOT="$SCRATCH/kit"

# A kit to import into: folders of its own for what labs consist of, and links to everything else.
kit=$SCRATCH/kit
link_each() {
    mkdir -p "$kit/$1"
    for part in "$ROOT/$1"/*; do
        [ -e "$kit/$1/${part##*/}" ] || ln -s "$part" "$kit/$1/${part##*/}"
    done
}
mkdir -p "$kit/grader/labs" "$kit/build/baseline" "$HOME"
cp -a "$ROOT/grader/config" "$kit/grader" # its script key looks for labs beside itself
for folder in labs solutions grader/labs grader build/baseline build handouts; do
    link_each $folder
done
rm -f "$kit/build/lock" "$kit/build/batch"
ln -s "$ROOT/Makefile" "$kit/Makefile"
chmod 711 "$kit" "$kit/build"
cd "$kit" || exit 1

cp -R "$ROOT/grader/tests/support/handout" "$HOME/malloclab-handout"

# --- last year's class ---

class=$HOME/last-year
# student NAME FILE: hands FILE in as mm.c.
student() {
    mkdir -p "$class/$1"
    cp "$2" "$class/$1/mm.c"
}
student classic "$allocators/classic.c"
student driver2013 "$allocators/driver_2013.c"
student other-names "$allocators/old_names.c"
student starts-again "$allocators/resets.c"
student uses-malloc "$allocators/uses_malloc.c"
student exits "$allocators/exits.c"
student whole-folder/malloclab "$HOME/malloclab-handout/mm.c"
cp -R "$HOME/malloclab-handout"/* "$class/whole-folder/malloclab"
student own-header "$HOME/malloclab-handout/mm.c"
sed -i '1i #include "fit.h"' "$class/own-header/mm.c"
echo 'enum { FIT = 1 };' >"$class/own-header/fit.h"
echo 'int helper_unused;' >"$class/own-header/helper.c"
student crooked "$HOME/malloclab-handout/mm.c"
sed -i 's/return block + HEADER/return block + 4/' "$class/crooked/mm.c"
student other-config "$HOME/malloclab-handout/mm.c"
sed 's/ALIGNMENT 8/ALIGNMENT 64/' "$HOME/malloclab-handout/config.h" >"$class/other-config/config.h"
mkdir -p "$class/nothing"
echo "sorry" >"$class/nothing/notes.txt"

# --- the guide ---

# block N: the Nth block of commands of its section.
block() {
    # shellcheck disable=SC2016 # these backquotes are Markdown
    python3 -c 'import re, sys
section = open(sys.argv[1]).read().split("\n## Coming from another malloc lab\n")[1].split("\n## ")[0]
print(re.findall("^```sh.*?\n(.*?)^```", section, re.M | re.S)[int(sys.argv[2]) - 1], end="")' "$guide" "$1"
}

# line N COMMAND: the guide's commands have this line.
typed() {
    block "$1" | sed -n "$2p" | sed "s|build/heaplab|$HEAPLAB|" >"$SCRATCH/line.sh"
    timeout 400 sh -eu "$SCRATCH/line.sh" >"$SCRATCH/typed" 2>&1
    status=$?
    cat "$SCRATCH/typed"
    return $status
}
said() {
    contains "$(cat "$SCRATCH/typed")" "$1"
}
of() {
    jq -r ".labs[0] | $2" "build/batch/11/results/$1.json"
}

check "guide: import" typed 1 1
check "it says how many traces count" said "4 traces, payloads aligned to 8 bytes, words of 64 bits, a heap of 8M"
check "and which are left out" said "taken: the traces in the driver's list, 4 of the 5 that are there"
check "and the formula" said "70 % for utilization, 30 % for speed"
check "and nothing unfinished is left" none <<END
$(find . -maxdepth 1 -name '.importing*')
END
check "students get the handout's header and stub" cmp "$HOME/malloclab-handout/mm.h" labs/$LAB/mm.h
check "and not its memlib.h" status 1 test -e labs/$LAB/memlib.h
check "guide: grade the stub" typed 1 2
check "it passes the traces" said "10/10 trace growing.rep: 178 calls"
check "and gets the kit's points" said "of 42 points"
check "and the course's score beside them" said "By the course's own formula: "
check "guide: grade the class" typed 1 3
check "all were graded" said "11 graded"
for name in classic driver2013 other-names starts-again exits whole-folder own-header other-config; do
    check "$name passes every trace" same "$(of $name '[.tests[].status] | unique | join(" ")')" passed
done
check "the C library's malloc is refused with its line" contains "$(of uses-malloc .build.problem)" "your code calls malloc: this lab's code is not to use the C library's heap here (mm.c:20)"
check "the course's alignment is demanded" contains "$(of crooked '.tests[0].message')" "should be aligned to 8 bytes"
check "and then its formula gives nothing" same "$(of crooked '.cost.formula.index | tostring')" 0
check "a missing mm.c is a sentence" contains "$(of nothing .build.problem)" "mm.c is missing"
check "a header of a student's is taken" test -e build/batch/11/files/own-header/fit.h
check "a source is left out, and the note says what is taken" same "$(of own-header '.notes[0]')" "left out: helper.c (this lab takes mm.c, *.h)"
check "the driver is no note" same "$(of whole-folder '.notes | length')" 1
check "a changed config.h does not count" contains "$(of other-config '.notes[0]')" "the changes in config.h do not count"
check "what was handed in is kept, and nothing else" same "$(ls build/batch/11/files/classic)" mm.c
check "the same numbers come from replay" same \
    "$("$HEAPLAB" replay --lab 11 --json - "$class/classic" | jq -c '[.traces[] | [.name, (.utilization * 1e5 | round), (.instructions | round)]]')" \
    "$(of classic '[.cost.traces[] | [.name, (.utilization * 1e5 | round), (.instructions | round)]]' | jq -c .)"
check "guide: check" typed 2 1
check "nothing is found" said "heaplab check: 3 passed, 0 failed"

# --- several files ---

rubric=grader/labs/$LAB/rubric.ini
sed -i 's/^files = mm.c \*.h /files = mm.c *.h *.c /' $rubric
check "with *.c in the rubric, a second source is taken" status 0 "$HEAPLAB" grade --lab 11 --from "$class/own-header" --json "$SCRATCH/own.json"
check "and nothing is left out" same "$(jq -r '.labs[0].notes | length' "$SCRATCH/own.json")" 0
check "and it is packed" status 0 "$HEAPLAB" submit --lab 11 --from "$class/own-header" -o "$SCRATCH/own.tar.gz"
check "with the header" contains "$(tar tzf "$SCRATCH/own.tar.gz")" "$LAB/helper.c $LAB/fit.h"

# --- students ---

check "a student sees the heap over time" status 0 make -s -C labs/$LAB explore TEST=trace_queue
check "gdb says what there is instead" status 2 make -s -C labs/$LAB gdb TEST=trace_queue
check "in a sentence" contains "$(cat "$SCRATCH/output")" "The tests of this lab are traces: make check TRACE=file"

# --- what cannot be imported ---

# refused SENTENCE FOLDER NAME: nothing is written.
refused() {
    status 1 "$HEAPLAB" import "$2" --lab "$3" && contains "$(cat "$SCRATCH/output")" "$1" && [ ! -e "labs/$3" ] && [ ! -e "grader/labs/$3" ]
}
handout=$SCRATCH/handout
# fresh: the handout as it was.
fresh() {
    rm -rf "$handout"
    cp -R "$HOME/malloclab-handout" "$handout"
}
fresh
check "a number in use is refused" refused "number 11 is taken by labs/$LAB" "$handout" 11-again
check "and a name with capitals" refused "is no name for a lab" "$handout" 12-Malloc
check "and a folder that is not there" refused "cannot read $SCRATCH/none" "$SCRATCH/none" 12-malloc
check "and a file" refused "is no folder" "$handout/mm.c" 12-malloc
rm "$handout"/traces/*
check "and one without traces" refused "there are no traces (*.rep)" "$handout" 12-malloc
for trace in queue stack mixed growing; do printf '1\n1\n2\n1\na 0 8\nx 0\n' >"$handout/traces/$trace.rep"; done
check "and one whose traces cannot be read" refused "no trace in $handout can be used; left out: $handout/traces/growing.rep, line 6: " "$handout" 12-malloc
fresh
rm "$handout/mm.h"
check "and one without mm.h" refused "there is no mm.h in $handout" "$handout" 12-malloc
fresh
sed -i 's/ALIGNMENT 8/ALIGNMENT 4/' "$handout/config.h"
check "and an alignment of 4" refused "ALIGNMENT as 4; this kit can demand powers of two from 8 up" "$handout" 12-malloc
fresh
echo "a 1 1" >>"$handout/traces/queue.rep"
rm "$handout/config.h" "$handout/traces/stack.rep"
sed -i '/config.h/d' "$handout/mm.h"
echo 'char *traces[] = {"t/queue.rep", "t/stack.rep", "t/mixed.rep"};' >"$handout/mdriver.c"
check "a handout without config.h is taken" status 0 "$HEAPLAB" import "$handout" --lab 12-malloc
check "with a sentence for each trace that is not" contains "$(cat "$SCRATCH/output")" "left out: the driver's list names stack.rep, which is not there"
check "and for what was taken for granted" contains "$(cat "$SCRATCH/output")" "taken for granted: payloads are aligned to 16 bytes"
rm -r labs/12-malloc solutions/12-malloc grader/labs/12-malloc handouts/12-malloc.md
fresh
sed -i 's/-O2/-O2 -m32/' "$handout/Makefile"
check "a handout for 32 bits is taken" status 0 "$HEAPLAB" import "$handout" --lab 12-malloc
check "and the first thing to type is said" contains "$(cat "$SCRATCH/output")" "words of 32 bits, a heap of 8M"
if [ ! -e build/subject32/ready ]; then
    check "a batch of it says what is missing, before it begins" status 1 "$HEAPLAB" batch --lab 12 "$class" --out "$SCRATCH/narrow"
    check "in a sentence" contains "$(cat "$SCRATCH/output")" "Type this once, in the kit's folder: make bits32"
fi
check "guide: the lab is removed" typed 3 1
check "and heaplab does not know it any more" status 1 "$HEAPLAB" grade --lab 11
