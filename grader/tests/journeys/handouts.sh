#!/bin/sh
# SPDX-License-Identifier: MIT
# handouts.sh - the handouts as instructors and students get them: what they claim is true, mistakes in them are
# reported with file and line, students get nothing that is for instructors, the pages are valid, and all points come
# from the rubric.
# long
#
# build/handouts keeps the blocks' output by content, so this is quick unless a handout or its lab has changed.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL ACCEPT
out=build/handouts
build() {
    make --no-print-directory -j2 -f handouts/build.mk "$@"
}

check "every block does what its handout says, and the figures are up to date" build check
check "the pages can be made" build pages

# --- mistakes are reported ---

# told PART TEXT: a handout with TEXT from its third line on is refused, and the message contains PART.
told() {
    part=$1
    printf '# A handout {#h}\n\n%s\n' "$2" >"$SCRATCH/wrong.md"
    sed -E 's/^( *```)([a-z]+) \{/\1{.\2 /' "$SCRATCH/wrong.md" >"$SCRATCH/read.md"
    HANDOUT=$SCRATCH/wrong.md status 1 pandoc -f markdown -t json --lua-filter handouts/filter/run.lua -o "$SCRATCH/out.json" \
        "$SCRATCH/read.md" && contains "$(cat "$SCRATCH/output")" "wrong.md:$part"
}
program='#include <stdio.h>
int main(void) { puts("one"); return 0; }'
leak='#include <stdlib.h>
int main(void) { return malloc(4) == NULL; }'

check "different output is reported with file and line" told "9: the output differs from what the handout says, from its line 'two'" \
    '```c {.run}
'"$program"'
```

```output
two
```'
check "and with the real output" contains "$(cat "$SCRATCH/output")" "one"
check "a program that does not compile is reported" told "4: this block does not compile" '```c {.run}
int main(void) { return x; }
```'
check "so is another exit status" told "4: this block ended with exit status 3, not 0" '```c {.run}
int main(void) { return 3; }
```'
check "code that should not compile must not" told "4: this block should not compile, but it does" \
    '```c {.fails-to-compile}
int x;
```'
check "and the compiler must say why" told "4: this block should say 'assignment'" '```c {.fails-to-compile says="assignment"}
int x = y;
```'
check "valgrind must find what the block names" told "4: this block should say 'Invalid read'" \
    '```c {.valgrind says="Invalid read"}
'"$leak"'
```'
check "a transcript with different output is reported" told "4: the output differs from what the handout says" '```console {.run}
$ echo one
two
```'
check "a block of C must name its kind" told "4: this block of C does not name its kind" '```c
int x;
```'
check "a misspelt attribute is reported" told "4: this block has an unknown attribute 'statsu'" '```console {.run statsu=1}
$ true
```'
check "a figure without a source is reported" told "1: figure nowhere: there is no" '![A figure](figures/nowhere.svg)'

# --- the same each time ---

fresh() {
    sed -E 's/^( *```)([a-z]+) \{/\1{.\2 /' handouts/02-sizeof-pitfalls.md >"$SCRATCH/again.md"
    HEAPLAB_BLOCKS=$SCRATCH/blocks HANDOUT=handouts/02-sizeof-pitfalls.md pandoc -f markdown -t json \
        --lua-filter handouts/filter/run.lua -o "$SCRATCH/again.json" "$SCRATCH/again.md" &&
        cmp "$SCRATCH/again.json" $out/run/02-sizeof-pitfalls.json
}
check "running all blocks again gives the same bytes" fresh

# --- editions ---

no_answers() {
    ! grep -lE 'Teaching notes|Answers to the exercises|Wrong versions|id="for-instructors"' $out/student/*.html
}
check "nothing for instructors is in the students' edition" no_answers
all_parts() {
    for page in "$out"/instructor/[0-9]*-*.html; do
        for part in 'Teaching notes' 'Answers to the exercises' 'Wrong versions' 'The reference: ' 'Every test'; do
            grep -q "$part" "$page" || { echo "$page: $part is missing" && return 1; }
        done
    done
}
check "the instructors' edition has answers, tests, wrong versions and the reference" all_parts
check "a chaff is explained by its What: line" contains "$(cat $out/instructor/05-header-allocator.html)" \
    'sizes are rounded up to 8, so that every other payload is misaligned'

# --- numbers from the rubric ---

row() {
    tr -d '\n' <$out/student/08-allocator-contest.html | sed 's/<[^>]*>/ /g'
}
check "a contest's points are in the table of points" contains "$(row)" "Cost on the traces 20 Total 100"
check "and its scale comes from the rubric" contains "$(row)" \
    "cost $(sed -n 's/^cost_from = \([0-9]*\).*/\1/p' grader/labs/08-allocator-contest/rubric.ini) % "

titled() {
    for page in "$out"/student/[0-9]*.html; do
        lab=$(basename "$page" .html)
        title=$(sed -n 's/^title = //p' "grader/labs/$lab/rubric.ini" | head -n 1)
        grep -q "<h1[^>]*>Lab ${lab%%-*}: $title</h1>" "$page" || { echo "$page is not called $title"; return 1; }
    done
}
check "labs have the titles of their rubrics" titled

# --- the pages ---

valid_html() {
    for page in "$out"/*/*.html; do
        tidy -q -e -utf8 "$page" 2>"$SCRATCH/tidy" || { echo "$page" && cat "$SCRATCH/tidy" && return 1; }
    done
}
check "the pages are valid HTML" valid_html

# links: each link to a place in these pages leads to a place that exists.
links() {
    for page in "$out"/student/*.html; do
        grep -oE 'href="[^"#]*(#[^"]*)?"' "$page" | sed 's/^href="//; s/"$//' |
            grep -vE '^(https?|mailto|data):' | sort -u | while read -r link; do
            file=${link%%#*}
            target=$page
            [ -z "$file" ] || target=$out/student/$file
            [ -e "$target" ] || echo "$page: there is no $file"
            case $link in
            *'#'*) grep -q "id=\"${link#*#}\"" "$target" || echo "$page: no place $link" ;;
            esac
        done
    done >"$SCRATCH/dead"
    cat "$SCRATCH/dead"
    [ ! -s "$SCRATCH/dead" ]
}
check "links between and within the pages lead somewhere" links
described() {
    ! grep -oE '<img [^>]*>' $out/student/*.html | grep -vE 'alt="[^"]{20,}'
}
check "every figure has an alternative text" described

# --- paper ---

/usr/bin/python3 handouts/filter/pdf.py $out/student/reference-card.html $out/student/05-header-allocator.html 2>"$SCRATCH/pdf.err"
check "the reference card is one page" same "$(pdfinfo $out/student/reference-card.pdf | sed -n 's/^Pages: *//p')" 1
pdf=$out/student/05-header-allocator.pdf
embedded() {
    pdffonts "$pdf" | sed 1,2d >"$SCRATCH/fonts" # name, type, encoding; embedded, subset, Unicode; object's two numbers
    [ -s "$SCRATCH/fonts" ] && ! grep -vE ' yes +(yes|no) +(yes|no) +[0-9]+ +[0-9]+$' "$SCRATCH/fonts"
}
check "the PDF embeds its fonts" embedded
check "programs can read its text" contains "$(pdftotext "$pdf" -)" "The size counts the header"
check "it has bookmarks" contains "$(pdftohtml -xml -i -stdout "$pdf")" '<item page="1">Your tasks</item>'

# --- points come from the rubric ---

# A kit that differs from this one only in two numbers of one rubric (a lab must total 100).
kit=$SCRATCH/kit
mkdir -p "$kit/grader/labs" "$SCRATCH/facts"
for part in labs solutions handouts build; do ln -s "$ROOT/$part" "$kit/$part"; done
for part in "$ROOT"/grader/*; do [ "${part##*/}" = labs ] || ln -s "$part" "$kit/grader/"; done
for lab in "$ROOT"/grader/labs/*/; do
    mkdir "$kit/grader/labs/$(basename "$lab")"
    ln -s "$lab"* "$kit/grader/labs/$(basename "$lab")/"
done
rubric=$kit/grader/labs/05-header-allocator/rubric.ini
rm "$rubric"
cp "$ROOT/grader/labs/05-header-allocator/rubric.ini" "$rubric"
points "$rubric" grows_by_one_block +1
points "$rubric" sizes_are_rounded_up -1

cp $out/facts/*.json "$SCRATCH/facts/"
jq '.lms_name = "Moodle" | .url = "https://example.edu/c"' $out/facts/course.json >"$SCRATCH/facts/course.json"
HEAPLAB_ROOT=$kit "$HEAPLAB" rubric --lab 05 >"$SCRATCH/facts/05-header-allocator.json"
page() {
    EDITION=student HANDOUT=05-header-allocator FACTS=$1 pandoc -f json -t html --wrap none --template handouts/template/handout.html --lua-filter handouts/filter/edition.lua \
        $out/run/05-header-allocator.json
}
page $out/facts >"$SCRATCH/before.html"
page "$SCRATCH/facts" >"$SCRATCH/after.html"
section() {
    sed -n "/#$2\"/,/<\/tr>/p" "$1" | sed -n 's/.*right;">\([0-9]*\)<.*/\1/p' | tail -n 1
}
check "two numbers in a rubric change two lines of the handout" \
    same "$(diff "$SCRATCH/before.html" "$SCRATCH/after.html" | grep '^>' | grep -vc -e Moodle -e example.edu)" 2
check "the course's page comes from course.yaml" contains "$(cat "$SCRATCH/after.html")" 'href="https://example.edu/c"'
check "and so does the place to hand in work" contains "$(cat "$SCRATCH/after.html")" "<code>my_tests.c</code>, in Moodle."
check "the changed section has one more point" \
    same "$(section "$SCRATCH/after.html" growing)" $(($(section "$SCRATCH/before.html" growing) + 1))

HEAPLAB_ROOT=$kit "$HEAPLAB" grade --lab 05 --from labs --json "$SCRATCH/grade.json" >/dev/null 2>&1
worth='.labs[0].tests[] | select(.name == "grows_by_one_block") | .max_points'
old=$("$HEAPLAB" rubric --lab 05 | jq '.[0].items[] | select(.name == "grows_by_one_block") | .points')
check "the grade follows" same "$(jq "$worth" "$SCRATCH/grade.json")" $((old + 1))
check "and so do exports" contains "$("$HEAPLAB" export "$SCRATCH/grade.json" --format gradescope | jq -c '[.tests[].max_score]')" "$((old + 1))"
