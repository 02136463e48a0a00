#!/bin/sh
# SPDX-License-Identifier: MIT
# keys.sh - make quiz-keys: finds the answers of many quizzes once more. Run by hand; it takes long.
#
#     LABS="05 06" SEEDS="1 2 3" WHEATS=1 QUESTIONS=10 keys.sh
#
# For the reference of each lab, and its wheats with WHEATS=1. gdb looks for the answers about made-up traces (labs 05 to
# 08), the grader and the compiler for those about wrong versions. Prints a line for each answer that is found to be wrong,
# then how many of each kind were confirmed, how many questions nothing else can answer, and how long quizzes took.
set -eu
root=$(cd "$(dirname "$0")/../../../.." && pwd)
support=$root/grader/tests/support/quiz
heaplab=$root/build/heaplab
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# objects LAB FOLDER: what its student code, and what that builds on, are compiled to
objects() {
    lab=$(basename "$root"/labs/"$1"-*)
    rm -f "$scratch"/*.o
    for source in "$2"/*.c; do
        case ${source##*/} in my_tests.c | demo.c) continue ;; esac
        gcc -g -w -c "$source" -I"$root/labs" -I"$root/labs/$lab" -I"$root/labs/06-coalescing-free-list" -o "$scratch/${source##*/}.o"
    done
    [ "$1" != 07 ] || gcc -g -w -c "$root/build/reference/06-coalescing-free-list/free_list.c" -I"$root/labs" \
        -I"$root/labs/06-coalescing-free-list" -o "$scratch/base.o"
    echo "$scratch"/*.o
}

# one LAB FOLDER SEED
one() {
    quiz=$scratch/quiz.json
    start=$(date +%s%N)
    "$heaplab" quiz --lab "$1" --from "$2" --seed "$3" --questions "${QUESTIONS:-10}" --json "$quiz" 2>"$scratch/errors" || {
        echo "no quiz: lab $1, $2, seed $3: $(cat "$scratch/errors")"
        return 0
    }
    echo "time: $(($(date +%s%N) - start))"
    python3 - "$quiz" <<'PYTHON'
import json, sys
questions = json.load(open(sys.argv[1]))["questions"]
for q in questions:
    print("asked:", q["kind"])
    if len(set(q["options"])) != len(q["options"]):
        print("WRONG: two options are the same:", q["text"])
if len({q["text"] + str(q["calls"]) + str(q["picture"]) for q in questions}) != len(questions):
    print("WRONG: a question comes twice")
PYTHON
    python3 "$support/mutants.py" "$heaplab" "$quiz" "$2" || echo "WRONG: mutants.py failed"
    case $1 in
    05 | 06 | 07 | 08)
        # shellcheck disable=SC2046 # a list
        python3 "$support/confirm.py" "$quiz" "$2" $(objects "$1" "$2") -- -I"$root/labs" || echo "WRONG: confirm.py failed"
        ;;
    esac
}

for lab in ${LABS:-01 02 03 04 05 06 07 08 09}; do
    for folder in "$root"/build/reference/"$lab"-* ${WHEATS:+"$root"/grader/labs/"$lab"-*/wheats/*}; do
        [ -d "$folder" ] || continue
        for seed in ${SEEDS:-1}; do
            one "$lab" "$folder" "$seed" | sed "s|^|lab $lab, ${folder##*/}, seed $seed: |"
        done
    done
done >"$scratch/found"
grep -E 'WRONG|no quiz' "$scratch/found" || echo "no wrong answer"
python3 - "$scratch/found" <<'PYTHON'
import re, sys
from collections import Counter
asked, confirmed, times = Counter(), Counter(), []
for line in open(sys.argv[1]):
    if found := re.search(r": asked: (\w+)", line):
        asked[found[1]] += 1
    elif found := re.search(r": (\w+): confirmed", line):
        confirmed[found[1]] += 1
    elif found := re.search(r": time: (\d+)", line):
        times.append(int(found[1]) / 1e9)
for kind in sorted(asked):
    print(f"{kind:12} {asked[kind]:4} asked, {confirmed[kind]:4} confirmed")
print(f"{len(times)} quizzes: {sum(asked.values())} questions, {sum(confirmed.values())} confirmed; "
      f"the median quiz took {sorted(times)[len(times) // 2]:.1f} s, the slowest {max(times):.1f} s")
PYTHON
