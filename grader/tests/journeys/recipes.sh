#!/bin/sh
# SPDX-License-Identifier: MIT
# recipes.sh - the recipes in grader/README.md, "Marks into other systems": each names the test that carries it out, and
# those that no other test carries out are carried out here, with files as the systems hand them out. The class's results
# are made up.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
open_scratch
cd "$SCRATCH" || exit 1
validate=$ROOT/grader/tests/support/exports/validate.py

# --- the table

# list_rows: "system<tab>how<tab>tests" for each row of the table.
list_rows() {
    sed -n '/^| into | how |/,/^$/s/^| \(.*\) | \(.*\) | \(.*\) |$/\1\t\2\t\3/p' "$ROOT/grader/README.md" | sed 1,2d
}
list_rows >rows
# untried: rows whose tests are not there, or do not mention the format or command that the row does.
untried() {
    while IFS="$(printf '\t')" read -r system how tests; do
        word=$(echo "$how" | sed -n 's/.*--format \([a-z-]*\).*/\1/p; s/.*`make \(gradescope\|autolab\) .*/\1/p' | head -n 1)
        names=$(echo "$tests" | tr -d '`,')
        for name in ${names:-none}; do
            file=$ROOT/grader/tests/$name.sh
            [ -e "$file" ] || echo "$system: there is no test $name"
            grep -q -i -e "${word:-${system##* }}" "$file" 2>/dev/null || echo "$system: $name does not mention it"
        done
    done <rows
}
check "the table of systems has ten rows" same "$(wc -l <rows)" 10
check "each names tests that are there and about its format" same "$(untried)" ""

# --- a class in a kit whose course.yaml names Canvas's column

share_kit_for_course "$SCRATCH/kit" <<'END'
name: C
timezone: Europe/Berlin
late: {grace_minutes: 15, percent_per_day: 10, days: 3}
labs:
  01-stack-vs-heap: {due: 2026-03-10, column: "Lab one (4711)", out_of: 20}
END
mkdir -p class/results class/history
# result WHO NUMBER NAME WHEN SCORE
result() {
    jq -n --arg who "$1" --arg number "$2" --arg name "$3" --arg when "$4" --argjson score "$5" --arg lab $LAB '{schema: 1,
        submission: $who, kit: "k", score: $score, max_score: 100,
        student: {id: $number, name: $name, late: false, source: $name, handed_in_at: $when},
        labs: [{lab: $lab, title: "T", score: $score, max_score: 100, build: {ok: true, diagnostics: []}, own_tests: null,
            cost: null, tests: [{name: "all", title: "all of it", kind: "test", status: "failed", points: $score,
            max_points: 100, message: "it does not", visibility: "visible"}]}]}' >"class/results/$1.json"
}
result s1 41 "Ada Byron King" "2026-03-10 20:00:00 +01:00" 60
result s2 42 "Bo Late" "2026-03-12 20:00:00 +01:00" 50 # two days: 40 are left
# table PYTHON: what PYTHON, an expression of ROWS (of csv.reader), says of the table on stdin.
table() {
    /usr/bin/python3 -c "
import csv, sys
ROWS = list(csv.reader(sys.stdin))
print($1)"
}

# --- Canvas: its gradebook export is the roster; Grades, Import reads what comes out

cat >class/roster.csv <<'END'
Student,ID,SIS User ID,SIS Login ID,Section,Lab one (4711)
    Points Possible,,,,,20.00
"King, Ada Byron",41,S-41,ada,"Group A, morning",
"Late, Bo",42,S-42,bo,"Group A, morning",
"Nobody, Zed",43,S-43,zed,"Group B",
"Student, Test",99,,test,"Group B",
END
check "Canvas: marks are exported" status 0 "$HEAPLAB" export class --format canvas -o canvas.csv
check "Canvas: the title of the assignment's column is its own" same "$(table 'ROWS[0]' <canvas.csv)" \
    "['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Lab one (4711)']"
check "Canvas: the assignment's maximum stays" same "$(table '[ROWS[1][0].strip(), ROWS[1][-1]]' <canvas.csv)" "['Points Possible', '20']"
check "Canvas: all that names a student comes from its export, and marks are scaled" same "$(table 'ROWS[2:]' <canvas.csv)" \
    "[['King, Ada Byron', '41', 'S-41', 'ada', 'Group A, morning', '12'], ['Late, Bo', '42', 'S-42', 'bo', 'Group A, morning', '8'], ['Nobody, Zed', '43', 'S-43', 'zed', 'Group B', '']]"

# --- nbgrader and a spreadsheet, with the same roster

check "nbgrader: marks are exported" status 0 "$HEAPLAB" export class --format nbgrader -o nbgrader.csv
check "nbgrader: late work has its penalty beside it" same "$(table '[row[7:] for row in ROWS[1:3]]' <nbgrader.csv)" \
    "[['60', '0', '60', '100'], ['50', '10', '40', '100']]"
check "nbgrader: it reads the table" /usr/bin/python3 "$validate" nbgrader nbgrader.csv class/results/s1.json
check "a spreadsheet: marks are exported" status 0 "$HEAPLAB" export class --format csv -o class.csv
check "a spreadsheet: one row for each student" same "$(table '[len(row) == len(ROWS[0]) for row in ROWS]' <class.csv)" "[True, True, True, True]"
check "a spreadsheet: score, mark and remarks" same \
    "$(table '[dict(zip(ROWS[0], row))[key] for row in [ROWS[2]] for key in ("name", "score", "mark", "first_failure")]' <class.csv)" \
    "['Late, Bo', '50', '40', 'all']"

# --- Moodle: the worksheet is downloaded, given as the roster, filled in and uploaded

cat >class/roster.csv <<'END'
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 41","Ada Byron King",ada@example.edu,"Submitted for grading",,50.00,Yes,"Tuesday, 10 March 2026, 8:00 PM",-,
"Participant 42","Bo Late",bo@example.edu,"Submitted for grading",,50.00,Yes,"Thursday, 12 March 2026, 8:00 PM",-,"<p>See me.</p>"
"Participant 43","Zed Nobody",zed@example.edu,"No submission",,50.00,Yes,-,-,
END
check "Moodle: the sheet is filled in" status 0 "$HEAPLAB" export class --format moodle -o moodle.csv
check "Moodle: it keeps its columns" same "$(head -n 1 moodle.csv | tr -d '\r"')" "$(head -n 1 class/roster.csv | tr -d '"')"
check "Moodle: marks are scaled to its maximum, and none is above" same "$(table '[(row[0], row[4], row[5]) for row in ROWS[1:]]' <moodle.csv)" \
    "[('Participant 41', '30', '50.00'), ('Participant 42', '20', '50.00'), ('Participant 43', '', '50.00')]"
check "Moodle: what staff wrote stays" same "$(table 'ROWS[2][-1]' <moodle.csv)" "<p>See me.</p>"

# The same of a German site, which writes identifiers without a space; all grades there are the same so far.
rm -f class/students.json
cat >class/roster.csv <<'END'
ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"
Teilnehmer/in41,"Ada Byron King",ada@example.edu,"Zur Bewertung abgegeben",0.00,"50.00",Ja,"Dienstag, 10. März 2026, 20:00",-,
Teilnehmer/in42,"Bo Late",bo@example.edu,"Zur Bewertung abgegeben",0.00,"50.00",Ja,"Donnerstag, 12. März 2026, 20:00",-,
END
jq 'del(.student.handed_in_at)' class/results/s2.json >s2.json && mv s2.json class/results/s2.json # the sheet tells the time
check "Moodle: a German sheet is filled in" status 0 "$HEAPLAB" export class --format moodle -o moodle.csv
check "Moodle: with late work as the sheet tells it" same "$(table '[(row[0], row[4], row[5]) for row in ROWS[1:]]' <moodle.csv)" \
    "[('Teilnehmer/in41', '30', '50.00'), ('Teilnehmer/in42', '20', '50.00')]"

# --- CI: what reads JUnit and TAP elsewhere (tests/journeys/exports.sh asks prove)

for format in junit tap; do
    check "CI: $format is exported" status 0 "$HEAPLAB" export class/results/s1.json --format $format -o "ci.$format"
    check "CI: $format is read" /usr/bin/python3 "$validate" $format "ci.$format" class/results/s1.json
done
unset HEAPLAB_ROOT

# --- GitHub Classroom: the step of the workflow that grades, and the variable that the reporter reads

rm -rf kit/grader kit/labs
mkdir -p kit/grader/labs kit/labs kit/handouts
for part in "$ROOT"/grader/*; do
    [ "${part##*/}" = labs ] || ln -s "$part" "kit/grader/${part##*/}"
done
cp -R "$ROOT/grader/labs/$LAB" kit/grader/labs
cp -R "$ROOT/labs/$LAB" "$ROOT"/labs/*.h "$ROOT/labs/lab.mk" kit/labs
cp "$ROOT/build/reference/$LAB/storage.c" "kit/labs/$LAB" # the student's work: no predictions
rm kit/build/heaplab
cp "$ROOT/build/heaplab" kit/build/heaplab
step=$(sed -n '/id: heaplab/,/run:/s/.*run: //p' "$ROOT/grader/staff/release/student/classroom.yml")
export GITHUB_OUTPUT="$SCRATCH/github.output"
check "GitHub Classroom: the workflow's step grades" status 0 sh -c "cd kit && $step"
sed -n 's/^result=//p' github.output >github.result
check "GitHub Classroom: its output is one line" same "$(wc -l <github.output)" 1
check "GitHub Classroom: which fits a variable" env HEAPLAB_RESULTS="$(cat github.result)" true
kit/build/heaplab grade --json github.json --format csv >/dev/null 2>&1
check "GitHub Classroom: the reporter finds the points" /usr/bin/python3 "$validate" github-classroom github.result github.json
check "GitHub Classroom: some, but not all" same "$(jq '.score > 0 and .score < .max_score' github.json)" true
