#!/bin/sh
# SPDX-License-Identifier: MIT
# policy.sh - what a course decides, tried as a TA would: being late, grace, slip days, extensions, partners, changes of
# points and comments. The results are made up: nothing is graded here.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
cd "$SCRATCH" || exit 1
share_kit_for_course "$SCRATCH/kit" <<'END'
name: C
timezone: Europe/Berlin
late: {grace_minutes: 15, percent_per_day: 10, days: 3, slip_days: 2}
extensions:
  - {student: cy, lab: 01, until: 2026-03-12}
labs:
  01-stack-vs-heap: {due: 2026-03-10}
END
cat >roster.csv <<'END'
login,number,name,team,extension,slip_used
al,1,Al Early,,,
bo,2,Bo Grace,,,2
cy,3,Cy Extended,,,2
di,4,"Di, Slips",,,
ed,5,Ed O'Late,,,2
flo,6,Flo Outside,,2 days,2
gus,7,Gus Nothing,,,
ha,8,Ha Very-Late,,,2
ida,9,Ida Partner,T1,,
jo,10,Jo Partner,T1,,2
END
mkdir -p class/results class/history
cp roster.csv class

# result WHO WHEN SCORE: a result of 100 points, one of whose tests gave SCORE of them.
result() {
    mkdir -p "class/files/$1"
    echo 'int a;' >"class/files/$1/storage.c"
    cat >"class/results/$1.json" <<END
{"schema": 1, "submission": "$1", "kit": "k", "score": $3, "max_score": 100,
 "student": {"id": "$1", "name": "$1", "late": false, "source": "$1", "handed_in_at": "$2"},
 "grading": {"revision": 1, "handed_in": "h$1"},
 "labs": [{"lab": "$LAB", "title": "T", "score": $3, "max_score": 100, "build": {"ok": true, "diagnostics": []},
  "tests": [{"name": "all", "title": "all of it", "kind": "test", "status": "failed", "points": $3, "max_points": 100,
             "message": "no", "visibility": "visible"}]}]}
END
}
result al "2026-03-10 22:00:00 Z" 80       # 23:00 in Berlin
result bo "2026-03-11 00:10:00 +01:00" 80  # within the grace
result cy "2026-03-12 20:00:00 +01:00" 80  # before the extension
result di "2026-03-12 20:00:00 +01:00" 80  # two days, both of them slip days
result ed "2026-03-12 20:00:00 +01:00" 80  # two days, and no slip day left
result flo "2026-03-12 20:00:00 +01:00" 80 # before the roster's extension
result ha "2026-03-20 20:00:00 +01:00" 80  # too late
result ida "2026-03-12 20:00:00 +01:00" 80 # of the two partners one has slip days left

# marks: login and mark of each student, in the roster's order.
marks() {
    "$HEAPLAB" export class --format csv 2>/dev/null | python3 -c '
import csv, sys
print(*[row["student_id"] + "=" + row["mark"] for row in csv.DictReader(sys.stdin)])'
}
check "grace, extensions, slip days and days count as the course says" same "$(marks)" \
    "1=80 2=80 3=80 4=80 5=64 6=80 7= 8=0 9=80 10=64"
remarks=$("$HEAPLAB" export class --format csv 2>&1)
check "the score stays beside the mark" contains "$remarks" '80,100,"","all","failed",,,0,64,2,0,20,"2 days late: 20% of the points are taken off'
check "the table says who was late" contains "$remarks" '"Ed O'"'"'Late","yes"'
check "slip days are named" contains "$remarks" "2 days late, 2 of them slip days"
check "so is what is too late" contains "$remarks" "as the course accepts work for 3 days"
check "and who handed in nothing" contains "$remarks" "Handed in nothing (1): Gus Nothing"

# --- changes, by whatever names the student

check "a change names a student by login" status 0 "$HEAPLAB" adjust class ED -10 --reason "style" --by Ben
check "and says what the mark is made of" contains "$(cat output)" \
    "ed (Ed O'Late): 56 of 100 points; the tests gave 80; 2 days late: 20% of the points are taken off"
check "by number, more points than there are" status 0 "$HEAPLAB" adjust class 3 +30 --reason "bonus" --by Ben
check "do not pass in silence" contains "$(cat output)" "100 of 100 points; the tests gave 80; 10 more do not count, as there are only 100"
check "nor on the page" contains "$(cat class/pages/cy.html)" "10 points more than there are do not count"
check "nor in the table" contains "$("$HEAPLAB" export class --format csv 2>&1)" "; 10 points more than there are do not count"
check "who handed in nothing gets no points" status 1 "$HEAPLAB" adjust class gus 5 --reason x --by B
check "by name, for one test" status 0 "$HEAPLAB" adjust class "slips di" --test all 99 --reason "typing error" --by Ben
check "a comment" status 0 "$HEAPLAB" comment class di --file storage.c --line 1 "why?" --by Ada
check "all of it counts" same "$(marks)" "1=80 2=80 3=100 4=99 5=56 6=80 7= 8=0 9=80 10=64"
check "points beyond the most are refused" status 1 "$HEAPLAB" adjust class al 101 --reason x --by B
check "so are changes beyond them" status 1 "$HEAPLAB" adjust class al +101 --reason x --by B
check "an unknown student" status 1 "$HEAPLAB" adjust class zz 5 --reason x --by B
check "is named, with what may stand there" contains "$(cat output)" "a student's login, number, address or name"
check "a change without an author is refused" status 1 "$HEAPLAB" adjust class al 5 --reason x
check "all are listed" status 0 "$HEAPLAB" adjust class --list
check "in order" contains "$(cat output)" "1. ed: -10: style (Ben, "
check "a comment without --by" status 0 "$HEAPLAB" comment class al "by me"
check "is the user's own" contains "$("$HEAPLAB" comment class al --list)" "by me ($(id -un), "
check "taken back" status 0 "$HEAPLAB" adjust class 3 --undo 2
check "the student's page shows the mark" contains "$(cat class/pages/ed.html)" "-10 points: style (Ben, "

# --- without names: the alias names the student, and nothing says who it is

echo '{"lab": "'$LAB'", "anonymous": true, "submissions": "/nowhere", "coverage": false}' >class/batch.json
check "pages are made without names" status 0 "$HEAPLAB" pages class
alias=$(sed -n 's/^"\(student-[0-9]*\)","ed".*/\1/p' class/aliases.csv)
check "an alias stands for the student" status 0 "$HEAPLAB" comment class "$alias" "see me" --by Ada
check "and only it is shown" same "$(cat output)" \
    "Entry 6. $alias: 56 of 100 points; the tests gave 80; 2 days late: 20% of the points are taken off"
check "in lists, too" lacks "$("$HEAPLAB" adjust class --list)" " ed:"
check "rows come in the order of the aliases, not of the roster" same \
    "$("$HEAPLAB" export class --format csv 2>/dev/null | sed -n 's/^"\(student-[0-9]*\)".*/\1/p' | LC_ALL=C sort -c && echo sorted)" \
    sorted
check "on the page of the class, too" sh -c "sed '/<\\/table>/q' class/index.html | grep -o 'pages/student-[0-9]*\.html' |
    LC_ALL=C sort -c"
late_rows=$(grep -o ">late</span>" class/index.html | wc -l)
check "some rows of that page are late" test "$late_rows" -gt 0
check "and its head counts them" contains "$(cat class/index.html)" "<strong>$late_rows</strong> late"
check "the page says how to grade it again" contains "$(cat class/pages/"$alias".html)" "heaplab regrade DIR $alias"
check "but not if the submissions have gone" status 1 "$HEAPLAB" regrade class "$alias"
check "which is said" contains "$(cat output)" "the submissions were in /nowhere, which is not there"
rm class/batch.json

# --- other facts, later

result ed "2026-03-12 20:00:00 +01:00" 90 # graded again
sed -i 's/^ed,5.*/ed,5,Ed O'"'"'Late,,2026-03-12,2/' class/roster.csv
check "a new result and a late extension: the change is still there" same "$(marks)" \
    "1=80 2=80 3=80 4=99 5=80 6=80 7= 8=0 9=80 10=64"
sed -i 's/days: 3/days: 30/' kit/handouts/course.yaml
check "another policy counts at once" same "$(marks)" "1=80 2=80 3=80 4=99 5=80 6=80 7= 8=0 9=80 10=64"
sed -i 's/percent_per_day: 10/percent_per_day: 5/' kit/handouts/course.yaml
check "for everybody" same "$(marks)" "1=80 2=80 3=80 4=99 5=80 6=80 7= 8=40 9=80 10=72"
