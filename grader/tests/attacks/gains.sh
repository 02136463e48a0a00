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

# said KEY: the rest of the attack's lines that start with KEY.
said() {
    sed -n "s|^\\(// \\)\\{0,1\\}$1: *||p" "$says"
}

# one_source BASE: the base, then the attack.
one_source() {
    for function in $(said replaces); do
        echo "#define $function honest_$function"
    done
    case $1 in
    fast) sed 's/i < 1500/i < 0/' "$here/base-slow.c" ;;
    *) cat "$here/base-$1.c" ;;
    esac
    for function in $(said replaces); do
        echo "#undef $function"
    done
    cat "$says"
}

# hand_in: fills $SCRATCH/work.
hand_in() {
    rm -rf "$SCRATCH/work"
    mkdir -p "$SCRATCH/work"
    if [ -d "$attack" ]; then
        cp "$attack"/* "$SCRATCH/work"
        return
    fi
    folder=$(basename "$ROOT/grader/labs/$(said lab)"-*)
    if [ "$says" = "$attack.patch" ]; then
        cp "$ROOT/build/reference/$folder"/* "$SCRATCH/work"
        patch -s -d "$SCRATCH/work" <"$says"
        return
    fi
    source=$(sed -n 's/^files = \([^ ]*\.c\).*/\1/p' "$ROOT/grader/labs/$folder/rubric.ini")
    one_source "$(said base)" >"$SCRATCH/work/$source"
}

# orders FILE: succeeds if FILE has characters that control a terminal or the direction of text.
orders() {
    tr -d '\t\n' <"$1" | LC_ALL=C.UTF-8 grep -a -q -P '[\x00-\x1f\x7f-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'
}

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
    attack=$here/$name
    says=$attack/says
    [ -d "$attack" ] || says=$attack.c
    [ ! -e "$attack.patch" ] || says=$attack.patch
    check "nothing gained by $name" held
done
