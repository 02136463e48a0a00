#!/bin/sh
# SPDX-License-Identifier: MIT
# batch.sh - a class in which some attack the others, the grader or the machine, and one is honest.
#
# An attack is a file of batch/. Its first lines say what it tries, and
#
#   as:        header_alloc.c: it stands before the reference; my_tests.c: it is handed in with the reference
#   points:    what it must get: those for the code, 80, or none
#   tells:     a part of what the result says of its build and its own tests
#
# @OUT@ in it stands for the batch's folder, @CLASS@ for the submissions, @KIT@ for the kit.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
here=$ROOT/grader/tests/attacks/batch
need_namespaces
open_scratch
mkdir -p "$SCRATCH/class/honest"
cp "$ROOT/build/reference/$LAB"/*.c "$SCRATCH/class/honest"
cd "$SCRATCH" || exit 1

# says KEY FILE
says() {
    sed -n "s|^// $1: *||p" "$2"
}

# batch [OPTION]...: everybody, two at a time.
batch() {
    timeout 300 "$HEAPLAB" batch --lab 05 --jobs 2 class --out out "$@"
}

# honest: the honest submission's result without times, and the files around it.
honest() {
    jq -S 'del(.grading.revision, (.. | .duration_ms?))' out/results/honest.json
    sha256sum out/files/honest/*
}

check "an honest submission is graded alone" status 0 batch
honest >before
for attack in "$here"/*.c; do
    name=$(basename "$attack" .c)
    mkdir "class/$name"
    cp "$ROOT/build/reference/$LAB/header_alloc.c" "class/$name"
    sed "s|@OUT@|$SCRATCH/out|g; s|@CLASS@|$SCRATCH/class|g; s|@KIT@|$ROOT|g" "$attack" >text
    case $(says as "$attack") in
    my_tests.c) mv text "class/$name/my_tests.c" ;;
    *) cat text class/honest/header_alloc.c >"class/$name/header_alloc.c" ;;
    esac
done
check "and again among those that are not" status 0 batch --regrade honest
honest >after
check "it has all points still" same "$(jq .score out/results/honest.json)" 100
check "its result and its files are what they were" cmp before after

# told NAME: what its result says about its build and its own tests.
told() {
    jq -r '.labs[0] | .build.problem, (.own_tests | .problem?, .message?, (if .accepted? then "accepted" else null end)) | strings' \
        "out/results/$1.json"
}

# deserved NAME: it has the points that its first lines name, and its result says what it must.
deserved() {
    same "$(jq .score "out/results/$1.json")" "$(says points "$here/$1.c")" &&
        contains "$(told "$1")" "$(says tells "$here/$1.c")"
}
for attack in "$here"/*.c; do
    name=$(basename "$attack" .c)
    check "batch: $name gets what its code is worth" deserved "$name"
done

# left: processes whose program lay in this test's folder.
left() {
    find /proc -maxdepth 2 -name exe -path '/proc/[0-9]*' 2>/dev/null | while read -r link; do
        case $(readlink "$link" 2>/dev/null) in "$SCRATCH"*) echo "$link" ;; esac
    done
}
check "nothing of them lives on" same "$(left)" ""
check "nor lies about" same "$(ls -A "$TMPDIR") $(ls -A out/faults)" " "
check "and all of it takes little room" test "$(du -sk out | cut -f 1)" -lt 10240
