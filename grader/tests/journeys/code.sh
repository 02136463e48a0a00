#!/bin/sh
# SPDX-License-Identifier: MIT
# code.sh - the kit's own code: two compilers, checkers, house rules. (sanitizers.sh has it run under the sanitizers.)
# long
#
# What is built for this lies in build/clang and is built again only where something has changed.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
here=grader/tests/journeys
unset MAKEFLAGS MFLAGS MAKELEVEL

# files PATTERN...: our own files of these names. Submissions of the tests are as students might write them.
files() {
    git ls-files -co --exclude-standard -- "$@" |
        grep -v -e '^grader/tests/attacks/.*\.[ch]$' -e '^grader/tests/golden/.*\.c$' -e '^grader/tests/support/classic32/' | while read -r file; do
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

# --- a second compiler ---

judges=$(for lab in grader/labs/*/rubric.ini; do basename "$(dirname "$lab")"; done)
targets() {
    echo "$1/heaplab $1/lib/libdirect.a"
    for source in grader/tests/unit/*.c grader/tests/unit/support/*.c; do
        source=${source#grader/}
        echo "$1/obj/${source%.c}.o"
    done
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
        -e '^\.clang-format$' -e '\.cfg$' -e '/parts/' | while read -r file; do
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
