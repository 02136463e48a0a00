#!/bin/sh
# SPDX-License-Identifier: MIT
# code.sh - the kit's own code: two compilers, checkers, house rules. (sanitizers.sh runs it under the sanitizers.)
# long
#
# The objects for this are in build/clang; only those whose sources changed are built again.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
here=grader/tests/journeys
unset MAKEFLAGS MFLAGS MAKELEVEL

# files PATTERN...: our own files of these names. Left out are the tests' submissions, which imitate students' code.
files() {
    git ls-files -co --exclude-standard -- "$@" |
        grep -v -e '^grader/tests/attacks/.*\.[ch]$' -e '^grader/tests/golden/.*\.c$' -e '^grader/tests/support/classic32/' -e '^grader/tests/support/allocators/' -e '^grader/tests/support/handout/' | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
}

# scripts: all shell scripts.
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
check "clang has no warnings" with_clang

# --- checkers ---

# Other versions of these tools format in another way and warn of other things: only Debian 12's count.
# is_pinned TOOL VERSION: TOOL says that it is VERSION; if not, says that it is skipped.
is_pinned() {
    "$1" --version 2>/dev/null | grep -q "[ :]$2\([^0-9]\|\$\)" && return 0
    echo "# this is not $1 $2, so what it would say is skipped"
    return 1
}

formatted() {
    files '*.c' '*.h' | xargs clang-format --dry-run -Werror 2>&1 | sed -n 's/:.*error: .*//p' | sort | uniq -c | none
}
! is_pinned clang-format 14 || check "every C file is formatted as .clang-format says" formatted

# Suppressed: warnings because cppcheck does not know that end_test never returns; warnings about systems that we do not
# support (where NULL is not a pointer); counters.c's two ends of one section. Lab 03's mistakes are on purpose.
cppcheck_clean() {
    files 'grader/*.c' 'solutions/*.c' | grep -v -e '/wheats/' -e '^solutions/03-' -e '/foreign/adapter/' |
        xargs cppcheck -q -j2 --enable=warning,performance,portability --std=c11 --inline-suppr \
            --library=$here/cppcheck.cfg --suppress=nullPointerRedundantCheck --suppress=arrayIndexOutOfBoundsCond \
            --suppress=va_end_missing --suppress=varFuncNullUB --suppress=comparePointers \
            -Igrader -Igrader/include -Ilabs --error-exitcode=1
}
! is_pinned cppcheck 2.10 || check "cppcheck finds nothing" cppcheck_clean

shellcheck_clean() {
    scripts | xargs shellcheck -s sh -e SC1091
}
! is_pinned shellcheck 0.9 || check "shellcheck finds nothing" shellcheck_clean

# --- house rules ---

# Texts, data, patches and parts of pages have no licence line; README.md states it for all of them.
licensed() {
    files | grep -v -e '\.\(md\|txt\|ini\|yaml\|patch\|rep\|csv\|json\|svg\|html\|sha256\)$' -e '/expected/' -e '/\.gitignore$' -e '^\.gitignore$' \
        -e '^\.clang-format$' -e '\.cfg$' -e '/parts/' | while read -r file; do
        head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' || echo "$file"
    done | none
}
check "every source file names its licence" licensed

short_files() {
    files '*.c' '*.h' '*.sh' '*.mk' | xargs wc -l | grep -v ' total$' | while read -r lines file; do
        [ "$lines" -le 700 ] || echo "$file: $lines lines"
    done | none
}
check "no file is longer than 700 lines" short_files

short_functions() {
    files '*.c' | xargs python3 grader/tests/support/long_functions.py 60 | none
}
check "no function is longer than 60 lines" short_functions
