# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # scripts that source it use the variables
# lib.sh - the functions that the kit's shell tests share. A test script sources it, calls `check`, and prints TAP-like
# lines that grader/tests/run counts: "ok - NAME", or "not ok - NAME" followed by what went wrong.
#
#     . "$(dirname "$0")/../lib.sh"
#     check "an empty file is reported in a sentence" contains "$output" "is empty"

set -u
ROOT=$(CDPATH='' cd -- "$(dirname "$0")/../../.." && pwd)
HEAPLAB=$ROOT/build/heaplab
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/heaplab-test-XXXXXX")
trap 'chmod -R u+rwx "$SCRATCH" 2>/dev/null; rm -rf "$SCRATCH"' EXIT
export NO_COLOR=1 LC_ALL=C.UTF-8 COLUMNS=80 PYTHONDONTWRITEBYTECODE=1

# check NAME COMMAND...: ok if COMMAND succeeds; otherwise its output is shown.
check() {
    name=$1
    shift
    if "$@" >"$SCRATCH/check.out" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/#   /' "$SCRATCH/check.out"
    fi
}

# contains TEXT PART: TEXT contains PART (line breaks count as spaces, runs of spaces as one).
contains() {
    text=$(printf '%s' "$1" | tr -s ' \n' '  ')
    case $text in
    *"$2"*) return 0 ;;
    esac
    printf 'looked for: %s\nin: %s\n' "$2" "$1"
    return 1
}

# lacks TEXT PART: TEXT does not contain PART.
lacks() {
    contains "$1" "$2" >/dev/null || return 0
    printf 'should not be there: %s\nin: %s\n' "$2" "$1"
    return 1
}

# open_scratch: lets subjects read $SCRATCH (they run as nobody if root grades), and puts temporary files there.
open_scratch() {
    chmod 711 "$SCRATCH"
    mkdir -m 1777 "$SCRATCH/tmp"
    export TMPDIR="$SCRATCH/tmp"
}

# share_kit FOLDER: makes FOLDER a kit with labs of its own. It shares this kit's build/, except for what labs build from
# their own code.
share_kit() {
    mkdir -p "$1/build"
    for part in grader solutions handouts Makefile; do
        ln -s "$ROOT/$part" "$1/$part"
    done
    for part in "$ROOT"/build/*; do
        [ "${part##*/}" = mine ] || ln -s "$part" "$1/build/${part##*/}"
    done
    cp -R "$ROOT/labs" "$1/labs"
}

# share_kit_for_course FOLDER: the same for a course of its own, whose course.yaml is the standard input. heaplab then works
# in that kit.
share_kit_for_course() {
    share_kit "$1"
    rm "$1/handouts"
    mkdir "$1/handouts"
    cat >"$1/handouts/course.yaml"
    export HEAPLAB_ROOT="$1"
}

# await COMMAND...: waits until it succeeds, a minute at most. Returns whether it did.
await() {
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || return 1
        sleep 0.1
    done
}

# need_namespaces: ends a script of attacks, with a message, on a machine without namespaces.
need_namespaces() {
    bwrap --unshare-all --ro-bind / / true 2>/dev/null && return
    echo "# no namespaces on this machine, so attacks are not tried: they could reach it"
    exit 0
}

# none: stdin is empty; otherwise it is shown.
none() {
    found=$(cat)
    [ -z "$found" ] && return 0
    echo "$found"
    return 1
}

# same FOUND EXPECTED
same() {
    [ "$1" = "$2" ] && return 0
    printf 'expected: %s\nfound:    %s\n' "$2" "$1"
    return 1
}

# points RUBRIC TEST CHANGE: makes TEST worth CHANGE points more, in the file RUBRIC.
points() {
    worth=$(sed -n "/^\[test $2\]/,/^points = /s/^points = //p" "$1")
    sed -i "/^\[test $2\]/,/^points = /s/^points = .*/points = $((worth + $3))/" "$1"
}

# status N COMMAND...: COMMAND exits with N; its output (both streams) is kept in $SCRATCH/output.
status() {
    wanted=$1
    shift
    got=0
    "$@" >"$SCRATCH/output" 2>&1 || got=$?
    [ "$got" -eq "$wanted" ] && return 0
    printf 'exit status %s, not %s: %s\n' "$got" "$wanted" "$*"
    cat "$SCRATCH/output"
    return 1
}
