#!/bin/sh
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016 # assembler numbers begin with $
# bits32.sh - heaplab replay --bits 32: a classic mm.c, which keeps pointers in words of 4 bytes.
. "$(dirname "$0")/../lib.sh"

traces=$ROOT/grader/traces/patterns
classic=$ROOT/grader/tests/support/classic32/mm.c

replay() {
    "$HEAPLAB" replay --lab 08 --alignment 8 "$@" 2>&1
}

check "other word sizes are refused" status 1 "$HEAPLAB" replay --lab 08 --bits 16 "$classic"
check "in a sentence" contains "$(cat "$SCRATCH/output")" "neither 32 nor 64"

if [ ! -e "$ROOT/build/subject32/ready" ]; then
    check "without gcc's 32-bit libraries one command is named" status 1 "$HEAPLAB" replay --lab 08 --bits 32 "$classic"
    check "which is make bits32" contains "$(cat "$SCRATCH/output")" "make bits32"
    echo "# the rest is skipped: there is no build/subject32 (make bits32)"
    exit 0
fi

# Some virtual machines run no 32-bit programs, whatever is installed. The probe ends with a status of its own.
"$ROOT/build/subject32/probe" >/dev/null 2>&1
if [ $? -eq 126 ]; then
    echo "# the rest is skipped: this machine cannot run 32-bit programs"
    exit 0
fi

# variant NAME SED-SCRIPT: the classic mm.c, changed
variant() {
    mkdir "$SCRATCH/$1"
    sed "$2" "$classic" >"$SCRATCH/$1/mm.c"
    echo "$SCRATCH/$1/mm.c"
}

check "a pointer does not fit in its words on 64 bits" contains "$(replay "$classic")" "does not compile"
replay --bits 32 --json "$SCRATCH/found" --trace "$traces/powers.rep" --trace "$traces/steps.rep" \
    --trace "$traces/churn.rep" "$classic"
check "on 32 bits it replays as it is" same "$(jq '[.traces[].valid] | all' "$SCRATCH/found")" true
check "and has a utilization" same "$(jq '.utilization > 0.5 and .utilization < 1' "$SCRATCH/found")" true
check "cost is said to be for 64 bits" \
    contains "$(replay --bits 32 --trace "$traces/powers.rep" "$classic")" "counted for 64 bits only"
check "payloads must be aligned to two words, unless more is asked for" \
    contains "$("$HEAPLAB" replay --lab 08 --bits 32 --trace "$traces/powers.rep" "$classic")" " yes "
check "16-byte alignment is too much for it" \
    contains "$("$HEAPLAB" replay --lab 08 --bits 32 --alignment 16 --trace "$traces/powers.rep" "$classic")" "aligned to 16 bytes"
printf '80\n2\n2\n1\na 0 40\na 1 40\n' >"$SCRATCH/two.rep"
check "blocks that overlap are found at the call" \
    contains "$(replay --bits 32 --trace "$SCRATCH/two.rep" "$(variant overlaps 's/ifdef OVERLAPS/if 1/')")" \
    "shares bytes with another"
check "a crash is reported" \
    contains "$(replay --bits 32 --trace "$traces/powers.rep" "$(variant crash 's/^    if (size == 0)$/    *(volatile int *)0 = 1;\n&/')")" \
    "it used a NULL pointer"
check "so is an endless loop" \
    contains "$(replay --bits 32 --trace "$traces/powers.rep" "$(variant loop 's/^    if (size == 0)$/    for (;;) ;\n&/')")" \
    "does not seem to end"
check "a system call has its 32-bit name" \
    contains "$(replay --bits 32 --trace "$traces/powers.rep" "$(variant call 's/^    if (size == 0)$/    __asm__ volatile("int $0x80" : : "a"(5), "b"(0), "c"(0));\n&/')")" \
    "made the system call open,"
check "and 64-bit calls do not get around the filter" \
    contains "$(replay --bits 32 --trace "$traces/powers.rep" "$(variant around 's/^    if (size == 0)$/    __asm__ volatile("lcall $0x33, $1f; jmp 2f; 1: .byte 0x31, 0xff, 0xb8, 0x27, 0, 0, 0, 0x0f, 0x05, 0xcb; 2:" : : : "eax", "ecx", "edi", "memory");\n&/')")" \
    "system call"
