#!/bin/sh
# SPDX-License-Identifier: MIT
# readme.sh - README.md is true: its example is real output, the commands that it names exist, its links lead somewhere.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
expected=grader/tests/golden/expected/heap.txt

# The first block: lines of the golden output, in order; "..." stands for omitted lines.
example_is_real() {
    # shellcheck disable=SC2016 # these backquotes are Markdown
    sed -n '/^```/{:next;n;/^```/q;p;b next}' README.md | grep -v -e '^\$ ' -e '^ *\.\.\.$' -e '^$' >"$SCRATCH/example"
    grep -v '^$' $expected >"$SCRATCH/golden"
    [ "$(wc -l <"$SCRATCH/example")" -gt 15 ] || return 1
    diff "$SCRATCH/golden" "$SCRATCH/example" | grep '^>' && return 1
    return 0
}
check "README's example is what heaplab prints" example_is_real

# A new lab needs no row.
rows_are_true() {
    # shellcheck disable=SC2013 # labs are words
    for lab in $(sed -n 's/^| \[\([0-9][^]]*\)\](handouts.*/\1/p' README.md); do
        title=$(sed -n 's/^title = //p' "grader/labs/$lab/rubric.ini" | head -n 1)
        grep -qxF "| [$lab](handouts/$lab.md) | $title |" README.md || { echo "the row for $lab does not say $title"; return 1; }
    done
}
check "README's table lists the labs with their titles" rows_are_true
# A number below 90 is a lab of the course; the guide's own examples are above.
check "and all labs of the course are there" \
    same "$(sed -n 's/^| \[\([0-8][0-9]-[^]]*\)\].*/\1/p' README.md)" "$(cd grader/labs && ls -d [0-8][0-9]-*)"

targets_exist() {
    # shellcheck disable=SC2013 # targets are words
    for target in $(grep -o '^make [a-z-]*' README.md | cut -d' ' -f2 | sort -u); do
        make -n "$target" LAB=05 LABS=05 NAME=x SUBMISSIONS=x >/dev/null 2>"$SCRATCH/err" || { cat "$SCRATCH/err"; return 1; }
    done
}
check "the targets that README names exist" targets_exist

links_lead_somewhere() {
    for file in README.md grader/README.md grader/labs/README.md; do
        # shellcheck disable=SC2013 # and so are the kit's paths
        for target in $(grep -o '](\([^)#]*\))' "$file" | sed 's/^](//; s/)$//' | grep -v '^https\?:'); do
            [ -e "$(dirname "$file")/$target" ] || { echo "$file: there is no $target"; return 1; }
        done
    done
}
check "links lead somewhere" links_lead_somewhere

check "there are over 400 wrong versions" [ "$(find grader/labs -name '*.patch' | wc -l)" -gt 400 ]
check "the dev container builds from a file that is there" [ -f ".devcontainer/$(grep -v "^ *//" .devcontainer/devcontainer.json | jq -r .build.dockerfile)" ]
