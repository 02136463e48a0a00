#!/bin/sh
# SPDX-License-Identifier: MIT
# bad_input.sh - whatever is handed in or typed, the answer is a sentence and the correct exit status: 0 for a grade,
# whatever the score; 1 for unusable input or arguments; 2 for a fault in the kit.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

REFERENCE=$ROOT/build/reference/05-header-allocator/header_alloc.c
# A correct solution alone earns 80 points; the other 20 are for my_tests.c, which is not handed in here.
STUB=$ROOT/labs/05-header-allocator/header_alloc.c
FILE=header_alloc.c
work=$SCRATCH/work
mkdir "$work" "$SCRATCH/tmp"
TMPDIR=$SCRATCH/tmp
export TMPDIR
chmod 711 "$SCRATCH"     # if root runs the grader, subjects run as nobody and need access
chmod 1777 "$SCRATCH/tmp"
cd "$work" || exit 1

# grade FROM [OPTION]...: grades lab 05; the time limit fails if anything hangs.
grade() {
    timeout 60 "$HEAPLAB" grade --lab 05 --no-coverage --json "$SCRATCH/result.json" --from "$@"
}

# graded FROM SCORE SENTENCE: FROM is graded with SCORE, and the report says SENTENCE.
graded() {
    rm -f "$SCRATCH/result.json"
    status 0 grade "$1" || return 1
    same "$(jq '.labs[0].score' "$SCRATCH/result.json")" "$2" || return 1
    contains "$(cat "$SCRATCH/output")" "$3"
}

# unusable SENTENCE COMMAND...: COMMAND ends with 1 and says SENTENCE.
unusable() {
    sentence=$1
    shift
    status 1 "$@" || return 1
    contains "$(cat "$SCRATCH/output")" "$sentence"
}

# given NAME: makes a new folder of that name to hand in.
given() {
    mkdir "$work/$1"
}

# --- submissions without a file that can be graded

given empty_folder
check "a folder without the file is graded with 0" graded empty_folder 0 "header_alloc.c is missing"

given mistyped
cp "$REFERENCE" mistyped/headeralloc.c
grade mistyped >"$SCRATCH/output" 2>&1
check "the only file is taken, whatever its name" contains "$(cat "$SCRATCH/output")" "header_alloc.c was taken from headeralloc.c"
cp "$REFERENCE" mistyped/another.c
check "of two files with mistyped names none is guessed" graded mistyped 0 \
    "there is another.c, headeralloc.c; rename it if that is it"

given empty_file
: >empty_file/$FILE
check "an empty file is graded with 0" graded empty_file 0 "header_alloc.c is empty"

given binary
head -c 20000 "$HEAPLAB" >binary/$FILE
check "a binary file is graded with 0" graded binary 0 "header_alloc.c is a compiled program; hand in the C file itself"

given utf16
{ printf '\377\376' && sed 's/./&\x00/g' "$REFERENCE"; } >utf16/$FILE
check "a file in UTF-16 is graded with 0" graded utf16 0 "saved as UTF-16"

given noise
printf '\001\002\033]0;title\007\377\376 int\n' >noise/$FILE
check "a file of random bytes is graded with 0" graded noise 0 "your code does not compile"
check "and the compiler's messages about it are safe to print" lacks "$(cat "$SCRATCH/output")" "$(printf '\033')"

given huge
truncate -s 100M huge/$FILE
check "a file of 100 MB is graded with 0" graded huge 0 "header_alloc.c is 100 MB long; the most that is read is 1 MB"

given large
{ cat "$REFERENCE" && yes '// padding' | head -c 1100000; } >large/$FILE
check "a file a little too large is graded with 0" graded large 0 "header_alloc.c is 2 MB long; the most that is read is 1 MB"

given folder
mkdir folder/$FILE
check "a folder with the file's name is graded with 0" graded folder 0 "header_alloc.c is a folder; hand in the file itself"

given fifo
mkfifo fifo/$FILE
check "a FIFO with the file's name is graded with 0, without waiting" graded fifo 0 "header_alloc.c is not an ordinary file"
check "a FIFO as the submission is graded with 0, without waiting" graded fifo/$FILE 0 "is not an ordinary file"
check "a device as the submission is graded with 0" graded /dev/zero 0 "is not an ordinary file"

given link
ln -s "$REFERENCE" link/$FILE
check "a link to the reference is graded with 0" graded link 0 "header_alloc.c is a symbolic link; hand in the file itself"

given dangling
ln -s /nowhere dangling/$FILE
check "a link to nowhere is graded with 0" graded dangling 0 "header_alloc.c is a symbolic link"

given linked_folder
ln -s "${REFERENCE%/*}" linked_folder/05-header-allocator
check "a link to the folder of the reference is graded with 0" graded linked_folder 0 "header_alloc.c is missing"

given linked_below
mkdir linked_below/mine
ln -s "${REFERENCE%/*}" linked_below/mine/work
check "a link to a folder further below is graded with 0" graded linked_below 0 "header_alloc.c is missing"

given two
mkdir two/a two/b
cp "$REFERENCE" two/a
cp "$REFERENCE" two/b
echo "/* another */" >>"two/b/$(basename "$REFERENCE")"
check "two candidates are graded with 0" graded two 0 \
    "header_alloc.c is there 2 times, for example as a/header_alloc.c and b/header_alloc.c; leave only one"

# Root can read every file, so the grader runs as another user.
given unreadable
cp "$REFERENCE" unreadable/$FILE
chmod 000 unreadable/$FILE
given closed
cp "$REFERENCE" closed
chmod 000 closed
chmod 755 "$work"
if [ "$(id -u)" -ne 0 ]; then
    as_somebody=
elif setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$HEAPLAB" 2>/dev/null; then
    as_somebody="setpriv --reuid 65534 --regid 65534 --clear-groups"
else
    as_somebody=skip
fi
# graded_by_somebody FROM SENTENCE
graded_by_somebody() {
    # shellcheck disable=SC2086 # words of a command
    status 0 $as_somebody timeout 60 "$HEAPLAB" grade --lab 05 --no-coverage --from "$1" || return 1
    contains "$(cat "$SCRATCH/output")" "0 / 100 points" && contains "$(cat "$SCRATCH/output")" "$2"
}
if [ "$as_somebody" = skip ]; then
    echo "# skipped: no other user can run this kit, and root can read every file"
else
    check "an unreadable file is graded with 0" graded_by_somebody unreadable "header_alloc.c cannot be read: Permission denied"
    check "an unreadable folder is graded with 0" graded_by_somebody closed \
        "the folder of header_alloc.c cannot be read: Permission denied"
fi

# --- unusual but fine

given crlf
sed 's/$/\r/' "$REFERENCE" >crlf/$FILE
check "lines that end with CR LF are fine" graded crlf 80 "80 / 100 points"

given bom
{ printf '\357\273\277' && cat "$REFERENCE"; } >bom/$FILE
check "a byte order mark is fine" graded bom 80 "80 / 100 points"

given no_newline
printf '%s' "$(cat "$REFERENCE")" >no_newline/$FILE
check "a last line without a newline is fine" graded no_newline 80 "80 / 100 points"

given below
mkdir below/05 below/05/src
cp "$REFERENCE" below/05/src
check "a file two folders down is found, and the report says so" graded below 80 "header_alloc.c was taken from 05/src/header_alloc.c"

given extras
cp "$REFERENCE" extras
printf 'all:\n\tfalse\n' >extras/Makefile
echo '#error own header' | tee extras/header_alloc.h extras/memlib.h extras/stddef.h >extras/more.c
check "a student's own Makefile, headers and further sources are ignored" graded extras 80 "80 / 100 points"

check "a single file is fine" graded "$REFERENCE" 80 "80 / 100 points"

odd=$(printf 'a b\n\044(id)"\047;\033[31m\377')
given "$odd"
cp "$REFERENCE" "$odd"
check "a folder with an odd name is fine" graded "$odd" 80 "80 / 100 points"
mkdir outer
mv "$odd" outer
check "also a folder further up" graded outer 80 "header_alloc.c was taken from a b"
check "and its name is safe to print" lacks "$(cat "$SCRATCH/output")" "$(printf '\033')"

# --- code that cannot be run

given broken
{ cat "$STUB" && printf 'int one(void)\n{\n    return 1\n}\n'; } >broken/$FILE
line=$(($(wc -l <"$STUB") + 3))
check "code that does not compile is graded with 0; its first error is reported with its line" graded broken 0 \
    "your code does not compile: header_alloc.c:$line:13: error: expected"

given warned
{ cat "$REFERENCE" && printf 'void idle(void)\n{\n    int unused;\n}\n'; } >warned/$FILE
check "a warning costs no points" graded warned 80 "The compiler warns (no points are lost by this)"
check "and is shown" contains "$(cat "$SCRATCH/output")" "unused variable"

given missing
sed 's/^void mm_free(/void my_free(/; s/^void mm_count(/static void my_count(/' "$STUB" >missing/$FILE
check "missing functions are named" graded missing 0 "your code does not define mm_count, mm_free. The lab's header asks for it"

given static
sed 's/^void mm_free(/static &/' "$STUB" >static/$FILE
check "a function that is static does not compile" graded static 0 "static declaration of ‘mm_free’ follows non-static"

given undefined
{ cat "$STUB" && printf 'int use(void)\n{\n    return frobnicate();\n}\n'; } >undefined/$FILE
check "an undefined function is named" graded undefined 0 "your code calls frobnicate"

given wrong_type
sed 's/^void \*mm_malloc(size_t size)/int mm_malloc(int size)/' "$STUB" >wrong_type/$FILE
check "a function with types other than the header's does not compile" graded wrong_type 0 "conflicting types for"

given own_main
{ cat "$REFERENCE" && printf '#include <stdio.h>\nint main(void)\n{\n    puts("hello");\n}\n'; } >own_main/$FILE
check "a student's own main does no harm" graded own_main 80 "80 / 100 points"

# forbidden FUNCTION ARGUMENTS WHY
forbidden() {
    mkdir "calls_$1"
    { cat "$STUB" && printf '#include <stdlib.h>\n#include <unistd.h>\n#include <sys/mman.h>\nvoid use(void)\n{\n    (void)%s(%s);\n}\n' \
        "$1" "$2"; } >"calls_$1/$FILE"
    graded "calls_$1" 0 "your code calls $1: $3"
}
check "malloc is refused, with the reason" forbidden malloc 8 "this lab's code is not to use the C library's heap here"
check "sbrk is refused, with the reason" forbidden sbrk 8 "ask for memory with mem_sbrk"
check "mmap is refused, with the reason" forbidden mmap "0, 8, 0, 0, 0, 0" "ask for memory with mem_sbrk"
check "exit is refused, with the reason" forbidden exit 0 "a function under test returns; it does not end the program"
check "system is refused" forbidden system '"id"' "it is not among the functions that this lab's code may call"

# --- mistakes on the command line

check "a submission that does not exist" unusable "cannot read nowhere: No such file or directory" grade nowhere
check "an unknown lab" unusable "there is no lab '99'; the labs are 01-stack-vs-heap" "$HEAPLAB" grade --lab 99
check "a lab without a number" unusable "there is no lab ''" "$HEAPLAB" grade --lab ''
check "a lab with a path" unusable "there is no lab '../05'" "$HEAPLAB" grade --lab ../05
check "an unknown option" unusable "Unknown option --frobnicate" "$HEAPLAB" grade --frobnicate
check "an option without its value" unusable "Missing argument for --lab" "$HEAPLAB" grade --lab
check "a word too many" unusable "'frobnicate' is not an option of grade" "$HEAPLAB" grade frobnicate
check "an unknown format" unusable "there is no format 'frobnicate'; the formats are terminal" grade "$STUB" --format frobnicate
check "a number that is none" unusable "frobnicate" grade "$STUB" --fail-under frobnicate
check "no command" unusable "Usage: heaplab COMMAND" "$HEAPLAB"
check "an unknown command" unusable "there is no command 'frobnicate'" "$HEAPLAB" frobnicate
check "a score below --fail-under" unusable "0 / 100 points" grade "$STUB" --fail-under 1

mkdir taken
printf 'old' >kept.json
check "a result that cannot be written: no such folder" unusable "No such file or directory" \
    "$HEAPLAB" grade --lab 05 --no-coverage --from "$STUB" --json nowhere/result.json
check "a result that cannot be written: a folder has its name" unusable "taken" \
    "$HEAPLAB" grade --lab 05 --no-coverage --from "$STUB" --json taken
check "an unusable submission leaves an earlier result alone" unusable "cannot read nowhere" \
    "$HEAPLAB" grade --lab 05 --from nowhere --json kept.json
check "so it does" same "$(cat kept.json)" old

# printed_to_full: the terminal's report cannot be written.
printed_to_full() {
    "$HEAPLAB" grade --lab 05 --no-coverage --from "$STUB" >/dev/full
}
check "a report that cannot be written" unusable "cannot write to stdout: No space left on device" printed_to_full

# no_temporary_folder: there is no folder for temporary files.
no_temporary_folder() {
    TMPDIR=/nowhere "$HEAPLAB" grade --lab 05 --from "$STUB"
}
check "without a folder for temporary files, heaplab reports a fault" status 2 no_temporary_folder
check "and does not blame the submission" contains "$(cat "$SCRATCH/output")" "fault in the grader, not in the submission"

check "no temporary folder is left behind" same "$(ls -A "$TMPDIR")" ""
