#!/bin/sh
# SPDX-License-Identifier: MIT
# starved.sh - the machine's own trouble never costs a point: no room, a folder where nothing may run, limits that are too
# low, odd surroundings.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
RIGHT=$ROOT/build/reference/$LAB
open_scratch
for student in ann ben; do
    mkdir -p "$SCRATCH/class/$student"
    cp "$RIGHT"/*.c "$SCRATCH/class/$student"
    echo "/* $student */" >>"$SCRATCH/class/$student/header_alloc.c"
done
mkdir -m 1777 "$SCRATCH/small"

# on_small OPTIONS COMMAND...: runs COMMAND where $SCRATCH/small is a file system of its own, mounted with OPTIONS.
on_small() {
    options=$1
    shift
    [ "$(id -u)" -eq 0 ] && owner= || owner=-r
    # shellcheck disable=SC2016,SC2086 # the dollars are the inner shell's; one option or none
    unshare $owner -m sh -c 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"' sh "$options" "$SCRATCH/small" "$@"
}

# rows: how many grades the class's gradebook has, and their sum.
rows() {
    sqlite3 "$SCRATCH/out/gradebook.sqlite" 'select count(*), total(score) from latest'
}

batch() {
    "$HEAPLAB" batch --lab 05 --no-coverage "$SCRATCH/class" --out "$SCRATCH/out"
}

# faults OPTIONS WORDS: the class has no row in such a TMPDIR, and WORDS say why.
faults() {
    rm -rf "$SCRATCH/out"
    status 2 on_small "$1" env TMPDIR="$SCRATCH/small" "$HEAPLAB" batch --lab 05 --no-coverage "$SCRATCH/class" \
        --out "$SCRATCH/out" || return 1
    contains "$(cat "$SCRATCH/output")" "$2" && same "$(rows)" "0|0.0"
}

if on_small size=64k true 2>/dev/null; then
    check "no grade where programs may not run" faults size=100m,noexec "mounted noexec"
    check "no grade in a TMPDIR of 64 KiB" faults size=64k "not in the submission"
    check "no grade in one of 2 MiB" faults size=2m "make room, or set TMPDIR"
    check "the same class has its points once there is room" status 0 batch
    check "so it does" same "$(rows)" "2|200.0"
    check "a result that finds no room is a fault" status 2 on_small size=4k "$HEAPLAB" grade --lab 05 --no-coverage \
        --from "$RIGHT" --json "$SCRATCH/small/result.json"
else
    echo "# nothing can be mounted here: a full TMPDIR is not tried"
fi

# limited OPTION COMMAND...: runs COMMAND under such a limit of the shell's.
limited() (
    # shellcheck disable=SC3045,SC2086 # dash has these, too; two words
    ulimit $1 && shift && "$@"
)
grade() {
    "$HEAPLAB" grade --lab 05 --no-coverage --from "$RIGHT" --json "$SCRATCH/result.json"
}

check "no grade under a limit on files' sizes" status 2 limited "-f 100" grade
check "and the limit is named" contains "$(cat "$SCRATCH/output")" "check it with ulimit -f"
check "nor under one on memory" status 2 limited "-v 1000000" grade
check "a limit that can be raised is raised" limited "-S -f 100000" grade

# odd VARIABLE=VALUE...: the grade in such an environment is the usual one.
odd() {
    status 0 env "$@" "$HEAPLAB" grade --lab 05 --no-coverage --from "$RIGHT" --json "$SCRATCH/result.json" || return 1
    same "$(jq .score "$SCRATCH/result.json")" 100
}
check "Check's variables change nothing" odd CK_RUN_CASE=none CK_RUN_SUITE=none CK_INCLUDE_TAGS=none CK_EXCLUDE_TAGS=visible \
    CK_MAX_MSG_SIZE=2 CK_FORK=no CK_VERBOSITY=silent CK_DEFAULT_TIMEOUT=1 CK_TIMEOUT_MULTIPLIER=0 CK_LOG_FILE_NAME="$SCRATCH/ck.log" \
    CK_XML_LOG_FILE_NAME="$SCRATCH/ck.xml" CK_TAP_LOG_FILE_NAME="$SCRATCH/ck.tap"
check "and leave no log" [ ! -e "$SCRATCH/ck.log" ]
check "nor do the compiler's" odd CPATH=/nowhere C_INCLUDE_PATH=/nowhere GCC_EXEC_PREFIX=/nowhere/ COMPILER_PATH=/nowhere \
    LIBRARY_PATH=/nowhere CFLAGS=-broken LDFLAGS=-broken MAKEFLAGS=n
check "nor do others" odd -u HOME -u USER LC_ALL=tr_TR.UTF-8 LANG=C TZ=Nowhere/Nothing POSIXLY_CORRECT=1 GLIBC_TUNABLES=broken \
    PYTHONPATH=/nowhere PYTHONHOME=/nowhere VALGRIND_OPTS=--broken ASAN_OPTIONS=broken IFS=x CDPATH=/ ENV=/nowhere

# --- an archive that dropped the files' modes ---

# unpacked: the kit, without any file's mode, in $SCRATCH/flat kit.
unpacked() {
    mkdir "$SCRATCH/flat kit"
    (cd "$ROOT" && git ls-files -z -co --exclude-standard | grep -zvE '^(solutions|handouts|grader/(labs|tests|traces))/' |
        xargs -0 cp --parents -t "$SCRATCH/flat kit" 2>/dev/null)
    find "$SCRATCH/flat kit" -type f -exec chmod 644 {} +
}
unpacked
check "scripts get their modes again" status 0 make -C "$SCRATCH/flat kit/labs/$LAB" help
check "make says so" contains "$(cat "$SCRATCH/output")" "the scripts were not executable"
check "once" status 0 make -C "$SCRATCH/flat kit"
check "not twice" lacks "$(cat "$SCRATCH/output")" "executable"

# --- Ctrl-C ---

# interrupted: batches that are interrupted at different moments leave no process and no file. All of a batch's processes
# have the mark in their environment, as a terminal's Ctrl-C reaches all of them.
interrupted() {
    mark=heaplab-interrupted-$$
    for moment in 0.4 0.7 1.1 1.6 2.2; do
        rm -rf "$SCRATCH/out"
        setsid env MARK=$mark "$HEAPLAB" batch --lab 05 --no-coverage "$SCRATCH/class" --out "$SCRATCH/out" >"$SCRATCH/output" 2>&1 &
        sleep $moment
        kill -INT -- -$! 2>/dev/null
        wait $!
        sleep 0.2
        grep -a -l "$mark" /proc/[0-9]*/environ 2>/dev/null && return 1
        find "$SCRATCH/tmp" -mindepth 1 | none || return 1
    done
}
check "an interrupted batch leaves nothing behind" interrupted
