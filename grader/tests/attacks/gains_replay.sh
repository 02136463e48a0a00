#!/bin/sh
# SPDX-License-Identifier: MIT
# gains_replay.sh - the attacks of gains.sh on lab 08, by the wider door of heaplab replay: none is replayed with a better
# number than the honest allocator that it stands on.
#
#     gains_replay.sh [NAME...]    these; `all` for all of lab 08. Without: one of each kind
#
# An attack ends in a refusal, or each of its traces is no better than the base's: not valid where that is not, no
# higher utilization, and no lower count of instructions (0: its cost could not be counted). No fault, no control
# characters, nothing left behind.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests/attacks/gains
LIMIT_SECONDS=${LIMIT_SECONDS:-200}
# shellcheck source=../support/gains.sh
. "$ROOT/grader/tests/support/gains.sh"

# replayed FILE JSON: FILE on two traces; the exit status is replay's.
replayed() {
    timeout "$LIMIT_SECONDS" "$HEAPLAB" replay --lab 08 --trace "$ROOT/grader/traces/patterns/powers.rep" \
        --trace "$ROOT/grader/tests/support/handout/traces/mixed.rep" --json "$2" "$1" >"$SCRATCH/output" 2>&1
}

# honest BASE: the path of its numbers, made once. An honest table is a variable.
honest() {
    numbers=$SCRATCH/honest-$1.json
    [ ! -e "$numbers" ] || return 0
    if [ "$1" = table ]; then
        find_attack 08-table-static
        hand_in
    else
        says=/dev/null
        mkdir -p "$SCRATCH/work"
        one_source "$1" >"$SCRATCH/work/mm.c"
    fi
    replayed "$SCRATCH/work/mm.c" "$numbers"
}

# What is better in the first of two documents than in the second; nothing if nothing is.
better='[.[0].traces, .[1].traces] | transpose[] | {name: .[0].name, is: .[0], base: .[1]}
    | select(.is.valid and (.base.valid | not) or .is.utilization > .base.utilization * 1.001
             or (.is.instructions > 0 and .is.instructions < .base.instructions * 0.98))'

held() {
    find_attack "$1"
    base=$(said base)
    if [ -n "$base" ]; then
        honest "$base" || { cat "$SCRATCH/output"; return 1; }
        find_attack "$1"
    fi
    hand_in || return 1
    replayed "$SCRATCH/work" "$SCRATCH/result.json"
    got=$?
    if orders "$SCRATCH/output"; then
        echo "control characters in the output"
        return 1
    fi
    [ -z "$(ls -A "$SCRATCH/tmp" 2>/dev/null)" ] || return 1
    case $got in
    0) [ -z "$base" ] || same "$(jq -c -s "$better" "$SCRATCH/result.json" "$numbers")" "" ;;
    1) contains "$(cat "$SCRATCH/output")" "heaplab: " ;;
    *) cat "$SCRATCH/output"; return 1 ;;
    esac
}

need_namespaces
open_scratch
[ $# -gt 0 ] || set -- 08-code-in-data 08-constructor-works 08-no-copy-when-counted 08-table-above-break 08-table-in-odd-section \
    08-kept-in-odd-places
# shellcheck disable=SC2046 # names without spaces
[ "$1" != all ] || set -- $(cd "$here" && find . -mindepth 1 -maxdepth 1 -name '08-*' | sed 's|^\./||; s|\.c$||; s|\.patch$||' | sort)
for name in "$@"; do
    check "nothing gained in replay by $name" held "$name"
done
