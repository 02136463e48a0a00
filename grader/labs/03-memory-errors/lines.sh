#!/bin/sh
# SPDX-License-Identifier: MIT
# lines.sh - are the lines that rubric.ini expects in diagnosis.txt those of the stubs? Run it after changing a patient.
#
# One row a patient: its number, its file, and what stands in the line that is asked for. Prints what is wrong and exits 1.
lab=03-memory-errors
here=$(dirname "$0")
stubs=$here/../../../labs/$lab

while read -r number file text; do
    found=$(grep -nF "$text" "$stubs/$file" | cut -d: -f1)
    expected=$(sed -n "/^\[diagnosis $number line\]/,/^answer/ s/^answer = *\([0-9]*\).*/\1/p" "$here/rubric.ini")
    [ "$found" = "$expected" ] && continue
    echo "patient $number: \"$text\" is in line ${found:-none} of $file; rubric.ini expects ${expected:-nothing}"
    wrong=1
done <<'ROWS'
1 tokenizer.c memcpy(*word
2 playlist.c malloc(strlen(title) + 1)
3 palindrome.c char *letters = malloc(
4 ring.c malloc(capacity *
5 message.c malloc(size)
6 scores.c malloc(((size_t)highest
7 note.c malloc(size)
8 readings.c realloc(readings->value
ROWS
exit "${wrong:-0}"
