#!/bin/sh
# SPDX-License-Identifier: MIT
# own_tests.sh - own tests that try to get points for wrong versions that they do not catch, or to harm the grader.
#
# An attack is a my_tests.c in own_tests/, handed in with the reference of lab 05. Its first lines say what it tries, and
#
#   most:      the most points that it may get for own tests
#   tells:     a part of what the result says of them
#   counted:   why coverage is counted as well
#   reached:   how many lines of the reference are reached
#
# @SHARE@ in it stands for how many wrong versions there are for each of the workers that run tests, @KIT@ for the kit's
# folder, a line @CHANNEL@ for wire/channel.h. Every attack must end in a grade, with all the points for the code, and nothing left behind.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

here=$ROOT/grader/tests/attacks/own_tests
chaffs=$(find "$ROOT/build/implementations/05-header-allocator" -name 'chaff-*' | wc -l)
share=$((chaffs / $(nproc)))
open_scratch
mkdir -p "$SCRATCH/work"
cp "$ROOT"/build/reference/05-header-allocator/* "$SCRATCH/work"

# withstood ATTACK: succeeds if it gets no more than it says.
withstood() {
    most=$(sed -n 's|^// most: *||p' "$1")
    sed -e "/^@CHANNEL@/{r $ROOT/grader/wire/channel.h
            d}" -e "s|@SHARE@|$share|g; s|@KIT@|$ROOT|g" "$1" >"$SCRATCH/work/my_tests.c"
    coverage=--no-coverage
    [ -z "$(sed -n 's|^// counted: *||p' "$1")" ] || coverage=
    # shellcheck disable=SC2086 # an option, or nothing
    status 0 timeout 300 "$HEAPLAB" grade --lab 05 $coverage --from "$SCRATCH/work" \
        --json "$SCRATCH/result.json" || return 1
    points=$(jq '.labs[0].own_tests.points' "$SCRATCH/result.json")
    reached=$(sed -n 's|^// reached: *||p' "$1")
    [ -z "$reached" ] || same "$(jq '.labs[0].own_tests.coverage.lines.covered' "$SCRATCH/result.json")" "$reached" || return 1
    [ "$points" -le "$most" ] || { jq -c '.labs[0].own_tests' "$SCRATCH/result.json"; return 1; }
    contains "$(jq -r '.labs[0].own_tests | .problem, .message | strings' "$SCRATCH/result.json")" \
        "$(sed -n 's|^// tells: *||p' "$1")" || return 1
    same "$(jq '.score - .labs[0].own_tests.points' "$SCRATCH/result.json")" 80 && same "$(ls -A "$SCRATCH/tmp")" ""
}

need_namespaces
for attack in "$here"/*.c; do
    check "own tests: $(basename "$attack" .c)" withstood "$attack"
done
