#!/bin/sh
# SPDX-License-Identifier: MIT
# attacks.sh - grades every attack of this folder and checks the outcome. Two run at a time.
# long
#
# An attack is a C file that says in its first lines what it tries, and then
#
#   base:      what it is built on: "NN stub" for a cheat, which must stay at 0 points; "NN reference" for a disturbance,
#              so that the other tests can be seen to be judged on their merits; "NN nothing" if it is all there is
#   replaces:  functions of the base that it brings itself; the base's own are then called honest_NAME
#   loses:     the tests that do not pass: their names, or all, or none, or some
#   tells:     a part of a sentence in the result
#   unreached: a line that must be told as one that no test reached
#   counted:   why coverage is counted as well, which takes longer
#   slow:      how long it takes: it is started first
#
# and is graded together with its base, channel.h and tools.h, as by a student who has read the whole kit.
# In watched labs, assembly is refused by that word (grade/unwatched.c). An attacker would paste the word together with
# a macro; attacks.sh does that for all of them.
# In an attack @KIT@ stands for the kit's folder, @ESC@ and @BEL@ for those characters.
#
# Every attack must end in a grade: exit status 0, a status for each test, a sentence for each that did not pass. What
# is printed must contain no escape sequences; and no process, file or folder may be left behind.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests/attacks
LIMIT_SECONDS=${LIMIT_SECONDS:-100}

# Sources of watched labs are searched for words of assembly (grade/unwatched.c). An attack is to get further than that.
export HEAPLAB_ATTACKS=1

# says KEY: the rest of the attack's line that starts with KEY.
says() {
    sed -n "s|^// $1: *||p" "$attack"
}

# lab_folder NUMBER: the lab's folder name.
lab_folder() {
    for folder in "$ROOT/grader/labs/$1"-*; do
        basename "$folder"
    done
}

# source_text KIND FILE: the attack, preceded by what it builds on.
source_text() {
    for function in $(says replaces); do
        echo "#define $function honest_$function"
    done
    [ "$1" = nothing ] || cat "$2"
    for function in $(says replaces); do
        echo "#undef $function"
    done
    [ "$1" = nothing ] || cat "$ROOT/grader/wire/channel.h" "$here/tools.h"
    sed "s|@KIT@|$ROOT|g; s|@ESC@|$(printf '\033')|g; s|@BEL@|$(printf '\007')|g" "$attack"
}

# submission KIND: the folder that is handed in. The attack stands in its first source. There are no tests of the
# student's own, whose attacks are in own_tests/.
submission() {
    case $1 in
    reference) folder=$ROOT/build/reference/$lab ;;
    *) folder=$ROOT/labs/$lab ;;
    esac
    mkdir "$SCRATCH/submission"
    cp "$folder"/*.c "$SCRATCH/submission"
    rm -f "$SCRATCH/submission/my_tests.c"
    source=$(sed -n 's/^files = \([^ ]*\.c\).*/\1/p' "$ROOT/grader/labs/$lab/rubric.ini")
    source_text "$1" "$folder/$source" >"$SCRATCH/submission/$source"
}

# mistakes LOSES <result.json: what is wrong with the result, a line each.
# shellcheck disable=SC2016 # the dollars are jq's
mistakes() {
    jq -r --arg loses "$1" '
        def controls: explode | map(select((. < 32 and . != 9 and . != 10) or (. >= 127 and . < 160))) | length > 0;
        .labs[0] as $lab
        | ($lab.tests | map(select(.kind == "test"))) as $tests
        | ($tests | map(select(.status != "passed") | .name)) as $lost
        | ($loses | if . == "none" then [] elif . == "all" then $tests | map(.name) else split(" ") end) as $losing
        | (select($loses != "some" and ($lost | sort) != ($losing | sort)) | "tests that did not pass: \($lost)"),
          (select($loses == "some" and $lost == []) | "all tests passed"),
          (select($loses == "all" and $lab.score != 0) | "the score is \($lab.score)"),
          (select($tests == []) | "there are no tests"),
          ($tests[] | select(.status | IN("passed", "failed", "crashed", "timed_out", "misused", "not_run") | not)
              | "\(.name) has the status \(.status)"),
          ($tests[] | select($lab.build.ok and .status != "passed" and (.message // "") == "")
              | "\(.name) did not pass and does not say why"),
          (select($lab.build.ok | not) | select(($lab.build.problem // "") == "")
              | "nothing was built, and the result does not say why"),
          ([.. | strings | select(controls)] | unique[] | "the result orders the terminal about: \(.)")'
}

# sentences: everything that the result says in words.
sentences() {
    jq -r '.labs[0] | .build.problem, (.tests[] | select(.status != "passed") | .message, .expected, .found) | strings' \
        "$SCRATCH/result.json"
}

# is_plain FILE: nothing in FILE but text, tabs and ends of lines.
is_plain() {
    ! tr -d '\t\n' <"$1" | LC_ALL=C grep -a -q "[[:cntrl:]]\|$(printf '\302')[$(printf '\200')-$(printf '\237')]" && return 0
    echo "orders to the terminal in what was printed:"
    cat -v "$1"
    return 1
}

# left_behind: processes that were started for this attack and still run. Those of the grader, keepers among them, have
# our TMPDIR in their environment; a tool in its sandbox has a folder of ours among its mounts; the program of a subject
# lies in one.
left_behind() {
    {
        grep -a -l -e "${SCRATCH##*/}" /proc/[0-9]*/environ /proc/[0-9]*/mountinfo
        find /proc/[0-9]*/exe -lname "*${SCRATCH##*/}*"
    } 2>/dev/null | cut -d / -f 3 | sort -u
}

# nothing_is_left: no file, and no process. One that was killed may take a moment to disappear.
nothing_is_left() {
    for moment in 1 2 3 4 5 6 7 8 9 10; do
        [ -n "$(left_behind)" ] || break
        sleep "0.$moment"
    done
    for process in $(left_behind); do
        echo "still running: $process $(tr '\0' ' ' <"/proc/$process/cmdline")"
    done
    find "$SCRATCH/tmp" "$SCRATCH/cwd" -mindepth 1
    [ -z "$(left_behind)" ] && [ -z "$(find "$SCRATCH/tmp" "$SCRATCH/cwd" -mindepth 1)" ]
}

# lists_unreached LINE: the result lists LINE, if there is one, among those that no test reached.
# shellcheck disable=SC2016 # the dollars are jq's
lists_unreached() {
    jq -e --arg line "$1" '$line == "" or ([.labs[0].coverage.unreached[]?.source] | index($line) != null)' \
        "$SCRATCH/result.json" >"$SCRATCH/listed" && return 0
    echo "not told as unreached: $1"
    return 1
}

# withstood: grades the attack; succeeds if everything is as it should be, and says what is not.
withstood() {
    # shellcheck disable=SC2046 # two words
    set -- $(says base)
    lab=$(lab_folder "$1")
    mkdir -p "$SCRATCH/tmp" "$SCRATCH/cwd"
    chmod 711 "$SCRATCH" # run by root, the grader starts subjects as nobody, who must be able to get there
    submission "$2"
    coverage=--no-coverage
    [ -z "$(says counted)" ] || coverage=
    # shellcheck disable=SC2086 # an option, or nothing
    (cd "$SCRATCH/cwd" && TMPDIR=$SCRATCH/tmp status 0 timeout $LIMIT_SECONDS "$HEAPLAB" grade --lab "$1" \
        $coverage --from "$SCRATCH/submission" --json "$SCRATCH/result.json") || return 1
    wrong=$(mistakes "$(says loses)" <"$SCRATCH/result.json" 2>&1)
    [ -z "$wrong" ] || printf '%s\n' "$wrong"
    is_plain "$SCRATCH/output" && nothing_is_left && contains "$(sentences)" "$(says tells)" &&
        lists_unreached "$(says unreached)" && [ -z "$wrong" ]
}

if [ "${1-}" = --one ]; then
    attack=$2
    check "attack $(basename "$attack" .c)" withstood
    exit
fi

need_namespaces
{
    grep -l '^// slow:' "$here"/*.c
    grep -L '^// slow:' "$here"/*.c
} | xargs -P "${ATTACKS_AT_A_TIME:-2}" -n 1 sh "$0" --one
