#!/bin/sh
# SPDX-License-Identifier: MIT
# code.sh - the kit's own code: two compilers, checkers, house rules, and the kit itself under the sanitizers.
#
# What is built for this lies in build/clang and build/asan and is built again only where something has changed.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
here=grader/tests/journeys
unset MAKEFLAGS MFLAGS MAKELEVEL

# files PATTERN...: our own files of these names. Submissions of the tests are as students might write them.
files() {
    git ls-files -co --exclude-standard -- "$@" |
        grep -v -e '^grader/tests/attacks/.*\.[ch]$' -e '^grader/tests/golden/.*\.c$' -e '^grader/tests/classic32/' | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
}

# scripts: everything that the shell runs.
scripts() {
    files | while read -r file; do
        case $file in
        *.sh) echo "$file" ;;
        *.*) ;;
        *) head -n 1 "$file" | grep -q '^#!/bin/sh' && echo "$file" ;;
        esac
    done
}

# none: nothing comes out of the pipe.
none() {
    found=$(cat)
    [ -z "$found" ] && return 0
    echo "$found"
    return 1
}

# --- a second compiler ---

judges=$(for lab in grader/labs/*/rubric.ini; do basename "$(dirname "$lab")"; done)
targets() {
    echo "$1/heaplab $1/libdirect.a unit-tests"
    for lab in $judges; do
        echo "$1/judges/$lab $1/subject/$lab.o $1/obj/labs/$lab.direct.o"
    done
}

with_clang() {
    # shellcheck disable=SC2046 # a list of targets
    make -s -k -j2 CC=clang OPTIMISE=-O0 BUILD=build/clang $(targets build/clang)
}
check "clang has nothing to say" with_clang

# --- checkers ---

formatted() {
    files '*.c' '*.h' | xargs clang-format --dry-run -Werror 2>&1 | sed -n 's/:.*error: .*//p' | sort | uniq -c | none
}
check "every C file is formatted as .clang-format says" formatted

# Left out: what follows from end_test not returning, which cppcheck does not see; what no system of ours does
# (a NULL that is no pointer); counters.c's two ends of one section. Lab 03's mistakes are its subject.
cppcheck_clean() {
    files 'grader/*.c' 'solutions/*.c' | grep -v -e '/wheats/' -e '^solutions/03-' |
        xargs cppcheck -q -j2 --enable=warning,performance,portability --std=c11 --inline-suppr \
            --library=$here/cppcheck.cfg --suppress=nullPointerRedundantCheck --suppress=arrayIndexOutOfBoundsCond \
            --suppress=va_end_missing --suppress=varFuncNullUB --suppress=comparePointers \
            -Igrader -Igrader/include -Ilabs --error-exitcode=1
}
check "cppcheck finds nothing" cppcheck_clean

shellcheck_clean() {
    scripts | xargs shellcheck -s sh -e SC1091
}
check "shellcheck finds nothing" shellcheck_clean

# --- house rules ---

# Texts, data, patches and parts of pages say it nowhere; README.md does for all.
licensed() {
    files | grep -v -e '\.\(md\|txt\|ini\|yaml\|patch\|rep\|csv\|json\|svg\|html\)$' -e '/expected/' -e '/\.gitignore$' -e '^\.gitignore$' \
        -e '^\.clang-format$' -e '\.cfg$' -e '^grader/pages/parts/' | while read -r file; do
        head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
    done | none
}
check "every source file says its licence" licensed

short_files() {
    files '*.c' '*.h' '*.sh' '*.mk' | xargs wc -l | awk '$1 > 700 && $2 != "total"' | none
}
check "no file is longer than 700 lines" short_files

# A function's body stands between lines that are { and } alone.
short_functions() {
    files '*.c' | xargs awk '
        FNR == 1 { start = 0 }
        /^\{/ { start = FNR }
        /^\}/ { if (start && FNR - start - 1 > 60) print FILENAME ":" start ": " FNR - start - 1 " lines"; start = 0 }' | none
}
check "no function is longer than 60 lines" short_functions

# --- under the sanitizers: the unit tests, the command line program, a judge ---
# (Not under valgrind: its own memory does not fit into the limits that are set on the way to the sandbox.)

asan=build/asan
sanitizing="gcc -fsanitize=address,undefined -fno-sanitize-recover=all"
instrumented() {
    make -s -j2 CC="$sanitizing" OPTIMISE=-O1 BUILD=$asan \
        $asan/heaplab $asan/judges/01-stack-vs-heap $asan/judges/05-header-allocator unit-tests
}
check "the kit can be built with sanitizers" instrumented

# What a unit test makes is never freed.
unit_tests() {
    ASAN_OPTIONS=detect_leaks=0 UNIT_BUILD=$ROOT/$asan UNIT_CC=$sanitizing sh grader/tests/unit/unit.sh | grep -v '^ok' | none
}
check "the unit tests pass under the sanitizers" unit_tests

# A kit whose judges are the instrumented ones, and whose lab 05 has few chaffs.
kit=$SCRATCH/kit
mkdir -p "$kit/build" "$kit/grader/labs/05-header-allocator/chaffs"
for part in labs solutions handouts grader/* build/*; do
    [ -e "$kit/$part" ] || ln -s "$ROOT/$part" "$kit/$part"
done
rm "$kit/build/judges"
ln -s "$ROOT/$asan/judges" "$kit/build/judges"
for part in grader/labs/05-header-allocator/*; do
    [ -e "$kit/$part" ] || ln -s "$ROOT/$part" "$kit/$part"
done
ln -s "$ROOT/grader/labs/01-stack-vs-heap" "$kit/grader/labs/"
for chaff in double_free_unnoticed huge_size_wraps; do
    ln -s "$ROOT/grader/labs/05-header-allocator/chaffs/$chaff.patch" "$kit/grader/labs/05-header-allocator/chaffs/"
done

# sane STATUS COMMAND...: heaplab COMMAND ends with STATUS, and no sanitizer says a word.
sane() {
    HEAPLAB_ROOT=$kit
    export HEAPLAB_ROOT
    wanted=$1
    shift
    status "$wanted" "$ROOT/$asan/heaplab" "$@" || return 1
    ! grep -e 'Sanitizer' -e 'runtime error' "$SCRATCH/output"
}
check "heaplab grade is sane" sane 0 grade --lab 01 --lab 05 --from solutions --json "$SCRATCH/r.json"
sed 's/counts->overhead_bytes +=.*/abort();/; s/^#include "memlib.h"/&\n#include <stdlib.h>/' \
    build/reference/05-header-allocator/header_alloc.c >"$SCRATCH/crash.c"
check "it is after a crash" sane 0 grade --lab 05 --from "$SCRATCH/crash.c" --format junit
check "it is after a file that is no C" sane 0 grade --lab 05 --from README.md --format tap
check "it is without arguments that make sense" sane 1 grade --lab 99
check "heaplab check is sane" sane 0 check --lab 05
