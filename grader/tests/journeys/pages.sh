#!/bin/sh
# SPDX-License-Identifier: MIT
# pages.sh - the pages of a class, as files and in a browser; and submissions that resemble each other.
#
# The class has lab 05's wheats, which share no code, a copy of one of them with other names, the stub, and a submission
# whose every text tries to break out (tests/support/exports/hostile.json).
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
exports=$ROOT/grader/tests/support/exports
class=$SCRATCH/class
mkdir -p "$class/results"

# submission ID SOURCE SCORE: adds a graded submission to the class.
submission() {
    mkdir -p "$class/files/$1"
    cp "$2" "$class/files/$1/header_alloc.c"
    jq --arg lab "$LAB" --arg id "$1" --argjson score "$3" \
        '.labs[0].lab = $lab | .submission = $id | .score = $score' "$exports/hostile.json" >"$class/results/$1.json"
}
for wheat in "$ROOT/grader/labs/$LAB/wheats"/*; do
    submission "$(basename "$wheat")" "$wheat/header_alloc.c" 110
done
original=$class/files/keeps_counts/header_alloc.c
sed 's/\bheader\b/kopf/g; s/\bpayload\b/inhalt/g; s/\blast\b/letzter/g; s|/\*.*\*/||; s/^    /\t/' "$original" >"$SCRATCH/copy.c"
submission copy "$SCRATCH/copy.c" 100
submission stub "$ROOT/labs/$LAB/header_alloc.c" 0
sed '1i // <script>alert(1)</script> LCOV_EXCL_START' "$ROOT/build/reference/$LAB/header_alloc.c" >"$SCRATCH/hostile.c"
submission hostile "$SCRATCH/hostile.c" 55

check "the copy has a different text" sh -c "! cmp -s '$original' '$SCRATCH/copy.c'"
check "heaplab pages writes the pages" status 0 "$HEAPLAB" pages "$class"
index=$(cat "$class/index.html")

# --- similarity ---

check "the copy is found, and no other pair" same \
    "$(jq -r '.pairs[] | "\(.a) \(.b)"' "$class/similarity.json")" "copy keeps_counts"
check "it is nearly all alike" same "$(jq '.pairs[0].percent >= 90' "$class/similarity.json")" true
check "the class page links to the two side by side" contains "$index" 'href="pages/copy-and-keeps_counts.html"'
check "scores have not changed" same "$(jq -s 'map(.score) | add' "$class"/results/*.json)" "$((5 * 110 + 100 + 55))"

# A solution that most of a class has is no common idiom.
class=$SCRATCH/leak
mkdir -p "$class/results"
for i in 1 2 3 4 5 6; do
    submission "copy$i" "$SCRATCH/copy.c" 100
done
submission other "$ROOT/grader/labs/$LAB/wheats/table_of_blocks/header_alloc.c" 100
check "heaplab pages compares a class that shares a solution" status 0 "$HEAPLAB" pages "$class"
check "each of the six is found beside each other" same "$(jq '.pairs | length' "$class/similarity.json")" 15
for i in 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    submission "copy$i" "$SCRATCH/copy.c" 100
done
# Two whose own tests are alike, but for names; two whose own tests are the handed-out ones.
tests=$ROOT/build/reference/$LAB/my_tests.c
sed 's/\bpayload\b/inhalt/g; s/assert_sound/pruefe/g; s|/\*.*\*/||' "$tests" >"$class/files/other/my_tests.c"
cp "$tests" "$class/files/copy3/my_tests.c"
cp "$ROOT/labs/$LAB/my_tests.c" "$class/files/copy4"
cp "$ROOT/labs/$LAB/my_tests.c" "$class/files/copy5"
check "of twenty copies" status 0 "$HEAPLAB" pages "$class"
check "each is in the list" same "$(jq -r '.pairs[] | .a, .b' "$class/similarity.json" | sort -u | grep -c copy)" 20
check "copied own tests are found, too, and no others" same \
    "$(jq -r '.pairs[] | select(.part == "own tests") | "\(.a) \(.b) \(.percent > 80)"' "$class/similarity.json")" "copy3 other true"
check "and shown side by side" contains "$(cat "$class/pages/copy3-and-other-own-tests.html")" "<h1>Own tests: "
# Last year's batch, and a copy of one of its submissions.
class=$SCRATCH/year
mkdir -p "$class/results"
submission again "$SCRATCH/copy.c" 100
printf '{"against": ["%s"]}' "$SCRATCH/class" >"$class/batch.json"
check "heaplab pages compares a class with an earlier year" status 0 "$HEAPLAB" pages "$class"
check "what is like an earlier submission is found" contains \
    "$(jq -r '.pairs[] | "\(.a) \(.b)"' "$class/similarity.json")" "again earlier-1-keeps_counts"
check "and shown beside it" contains "$(cat "$class/pages/again-and-earlier-1-keeps_counts.html")" "keeps_counts"
class=$SCRATCH/class

# --- the class page ---

check "it counts submissions" contains "$index" '<strong>8</strong> submissions'
check "it has a histogram" contains "$index" '<figure class="plot"> <svg'
check "it names the most common first failure" contains "$index" 'it &lt;breaks&gt; <span class="quiet">(bad)</span>'
check "it counts how each test ended" contains "$index" '<h3>Every test</h3>'
check "with its commonest message" contains "$index" '<td class="said">8: --|&gt;'
check "it shows what a person should look at" contains "$index" 'LCOV_EXCL (asks coverage to leave lines out)'
check "it says that nothing is known of times" contains "$index" 'nobody has handed in twice'
check "a feedback page reveals nothing about hidden tests" lacks "$(cat "$class"/pages/hostile.html)" CLASSIFIED

# --- in a browser ---

# browsed PAGE: Chromium's DOM of it goes to PAGE.dom, and its messages go to PAGE.log.
browsed() {
    page_name=$(basename "$1" .html)
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$SCRATCH/chromium" --enable-logging=stderr --v=0 \
        --dump-dom "file://$1" >"$SCRATCH/$page_name.dom" 2>"$SCRATCH/$page_name.log" || return 1
    ! grep -i -e ':CONSOLE' -e 'Refused to' "$SCRATCH/$page_name.log"
}
for page in index.html pages/hostile.html pages/copy-and-keeps_counts.html; do
    check "Chromium shows $page without a complaint" browsed "$class/$page"
done
check "the table of submissions can be searched" contains "$(cat "$SCRATCH/index.dom")" '8 of 8 shown'
check "all pages are whole, safe and readable" /usr/bin/python3 "$exports/look_at_pages.py" "$class" "$SCRATCH"/*.dom
check "the browser shows a student's text as text" contains "$(cat "$SCRATCH/hostile.dom")" '&lt;script&gt;alert(3)&lt;/script&gt;</h1>'

# Three widths, light and dark: labels, landmarks, headings, contrast, nothing that does not fit.
python3 "$ROOT/grader/tests/support/browser/accessible.py" "$class/index.html" "$class/pages/hostile.html" \
    "$class/pages/copy-and-keeps_counts.html"

# --- comments at their lines ---

check "staff write a comment on a line" status 0 "$HEAPLAB" comment "$class" copy --file header_alloc.c --line 3 "why <this>?" --by Ada
commented=$(cat "$class/pages/copy.html")
check "it stands at that line" contains "$(printf '%s' "$commented" | grep -A1 'id="05-header-allocator-file-1-line-3"')" \
    '<tr class="remark comment"><td></td><td></td><td>why &lt;this&gt;? (Ada, '
check "and is linked to at the top" contains "$commented" \
    '<a href="#05-header-allocator-file-1-line-3">On header_alloc.c, line 3</a>'
check "a comment on a line that is not there" status 0 "$HEAPLAB" comment "$class" copy --file header_alloc.c --line 9999 "no line" --by Ada
check "stands at the top" contains "$(cat "$class/pages/copy.html")" '<p class="note">header_alloc.c:9999: no line (Ada'

# --- PDFs ---

if /usr/bin/python3 -c 'import weasyprint' 2>/dev/null && [ -n "$(command -v pdftotext)" ]; then
    check "a page is printed" status 0 "$HEAPLAB" feedback "$class" --pdf hostile
    check "as one PDF" same "$(ls "$class/pdf")" hostile.pdf
    printed=$(pdftotext "$class/pdf/hostile.pdf" -)
    check "with the comment" contains "$(pdftotext -layout "$class/pdf/hostile.pdf" -)" "LCOV_EXCL_START"
    check "and hints open" contains "$printed" "$(jq -r '.labs[0].tests[] | select(.name == "bad").hint.hint' "$exports/hostile.json" | head -n 1 | cut -c 1-40)"
    check "nothing of hidden tests is in it" lacks "$printed" CLASSIFIED
    check "a page that is not there is refused" status 1 "$HEAPLAB" feedback "$class" --pdf nobody
else
    echo "# skipped: no weasyprint or pdftotext here, so no PDFs"
fi
check "a system gets all pages" status 1 "$HEAPLAB" feedback "$class" --for moodle hostile

# --- one grade ---

sed '/^struct header \*mm_first(void)$/i static int nobody(int x)\n{\n    return x;\n}\n
    s/counts->free_blocks++/__builtin_trap()/' "$ROOT/build/reference/$LAB/header_alloc.c" >"$SCRATCH/crash.c"
mkdir "$SCRATCH/one"
check "heaplab grade --html writes a page" status 0 "$HEAPLAB" grade --lab 05 --from "$SCRATCH/crash.c" --html "$SCRATCH/one/mine.html" --format json
check "what is printed does not have the files" same "$(jq '.labs[0] | has("sources") or has("files")' "$SCRATCH/output")" false
mine=$(cat "$SCRATCH/one/mine.html")
check "it tells the first story" contains "$mine" '<h3>Look at this first</h3>'
# after LINE-OF-CODE: the page's row of that line of code, and the next one.
after() {
    printf '%s' "$mine" | grep -F -A1 "<code>$1"
}
check "a line that crashed is named there" contains "$(after '            __builtin_trap();')" 'class="remark test"'
check "with a link to the story, and one back" sh -c "grep -q '<a href=\"#05-header-allocator-count_[a-z_]*\">crashed: ' '$SCRATCH/one/mine.html' &&
    grep -q '<dd><a href=\"#05-header-allocator-file-1-line-[0-9]*\"><code>in mm_count' '$SCRATCH/one/mine.html'"
check "the compiler's warning stands at its line" contains "$(after 'static int nobody(int x)')" \
    '<tr class="remark compiler"><td></td><td></td><td>warning: '
check "a line that no test reached is marked" contains "$(after '    return x;')" 'class="never"'
check "the score is told once" same "$(printf '%s' "$mine" | sed '1,/<body>/d' | grep -c '<p class="total">\|<p class="score"><meter min="0" max="100"')" 1
check "that page is whole, and all its links lead somewhere" /usr/bin/python3 "$exports/look_at_pages.py" "$SCRATCH/one"
check "pages of a missing folder are refused" status 1 "$HEAPLAB" pages "$SCRATCH/missing"
