#!/bin/sh
# SPDX-License-Identifier: MIT
# gains.sh - submissions that try to gain points that their code does not earn, to cause a fault, or never to end.
# long
#
#     gains.sh [NAME...]     those of these names alone
#
# An attack is a folder of gains/ with the files as handed in, or a file NAME.c that is appended to gains/base-BASE.c, or a
# NAME.patch of the reference. Its file `says` (or the comment lines of NAME.c, or what NAME.patch begins with) has
#
#   lab:      the lab's number
#   base:     which base a NAME.c stands on; fast is slow without its work of no use, and earns points for its cost
#   replaces: functions of the base that NAME.c defines itself; the base's own are then called honest_NAME
#   before:   what it gained when it was written
#   holds:    what must be true of the lab's result, in jq; may stand several times
#   searched: the attack is one on the search for words (grade/unwatched.c), which others are to get past
#
# Each must end in a grade within its time, with no control characters in what is printed or written, and with no process or
# file left.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests/attacks/gains
LIMIT_SECONDS=${LIMIT_SECONDS:-400}

# shellcheck source=../support/gains.sh
. "$ROOT/grader/tests/support/gains.sh"

held() {
    hand_in || return 1
    unset HEAPLAB_ATTACKS
    [ -n "$(said searched)" ] || export HEAPLAB_ATTACKS=1
    status 0 timeout "$LIMIT_SECONDS" "$HEAPLAB" grade --lab "$(said lab)" --no-coverage --from "$SCRATCH/work" \
        --json "$SCRATCH/result.json" || return 1
    jq -r .. "$SCRATCH/result.json" >"$SCRATCH/texts"
    if orders "$SCRATCH/output" || orders "$SCRATCH/texts"; then
        echo "control characters in the output or the result"
        return 1
    fi
    said holds >"$SCRATCH/holds"
    while read -r condition; do
        [ "$(jq ".labs[0] | $condition" "$SCRATCH/result.json")" = true ] && continue
        echo "does not hold: $condition"
        jq -c '.labs[0] | {score, problem: .build.problem, points: .cost.points, own: .own_tests.points,
            lost: [.tests[] | select(.status != "passed") | .name + ": " + (.message // "")]}' "$SCRATCH/result.json"
        return 1
    done <"$SCRATCH/holds"
    same "$(ls -A "$SCRATCH/tmp" 2>/dev/null)" ""
}

need_namespaces
# shellcheck disable=SC2046 # names without spaces
[ $# -gt 0 ] || set -- $(cd "$here" && find . -mindepth 1 -maxdepth 1 ! -name 'base-*' | sed 's|^\./||; s|\.c$||; s|\.patch$||' | sort)
for name in "$@"; do
    find_attack "$name"
    check "nothing gained by $name" held
done
