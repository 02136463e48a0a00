#!/bin/sh
# SPDX-License-Identifier: MIT
# contest.sh - heaplab replay and leaderboard: the numbers are the same each time, bad traces are reported in a
# sentence, names are escaped.
. "$(dirname "$0")/../lib.sh"

traces=$ROOT/grader/traces/patterns
baseline=$ROOT/grader/labs/08-allocator-contest/baseline/mm.c

replay() {
    "$HEAPLAB" replay --lab 08 "$@" 2>&1
}

replay --json "$SCRATCH/once" --trace "$traces/powers.rep" "$baseline"
replay --json "$SCRATCH/again" --trace "$traces/powers.rep" "$baseline"
check "a replay is valid" contains "$(cat "$SCRATCH/once")" '"valid": true'
check "the same code gets the same numbers" cmp "$SCRATCH/once" "$SCRATCH/again"
check "they are the numbers that the kit was built with" \
    same "$(jq -c '.traces[0]' "$SCRATCH/once" | sed 's/powers.rep/powers/')" \
    "$(jq -c '.traces[] | select(.name == "powers")' "$ROOT/build/baseline/08-allocator-contest.json")"
check "labs without a realloc can be replayed on" \
    contains "$("$HEAPLAB" replay --lab 06 --trace "$traces/powers.rep" solutions)" "yes"

# A header of 4 bytes in front of an 8-byte aligned payload: correct by the classic rules, but not by the lab's.
mkdir "$SCRATCH/eight"
sed 's/MM_ALIGNMENT/8/g; s/FLAGS = 15/FLAGS = 7/; s/LEAST_BLOCK = 32/LEAST_BLOCK = 32/' "$baseline" >"$SCRATCH/eight/mm.c"
check "8-byte alignment is not enough for the lab" \
    contains "$(replay --trace "$traces/powers.rep" "$SCRATCH/eight/mm.c")" "aligned to 16 bytes"
check "but enough with --alignment 8" \
    contains "$(replay --alignment 8 --trace "$traces/powers.rep" "$SCRATCH/eight/mm.c")" "yes"

# The interfaces of other handouts.
mkdir "$SCRATCH/classic" "$SCRATCH/driver"
sed 's/MM_ALIGNMENT/16/g; s/^bool mm_init/int mm_init/; /^int mm_init/,/^}/ { s/return false/return -1/; s/return true/return 0/ }' \
    "$baseline" >"$SCRATCH/classic/mm.c"
check "an mm.c for the classic handout replays as it is" \
    contains "$(replay --trace "$traces/steps.rep" "$SCRATCH/classic/mm.c")" "yes"
{
    printf '#include "mm.h"\n#ifdef DRIVER\n#define malloc mm_malloc\n#define free mm_free\n#define realloc mm_realloc\n'
    printf '#define memcpy mem_memcpy\n#endif\n'
    sed '/^team_t/d; s/MM_ALIGNMENT/16/g; s/mm_malloc/malloc/g; s/mm_free/free/g; s/mm_realloc/realloc/g' "$baseline"
} >"$SCRATCH/driver/mm.c"
check "so does one that defines malloc and renames it under DRIVER" \
    contains "$(replay --trace "$traces/steps.rep" "$SCRATCH/driver/mm.c")" "yes"

# wrapped NAME PROTOTYPE BODY: writes the baseline to $SCRATCH/NAME/mm.c. Its function with this PROTOTYPE gets BODY,
# which calls the original as ..._really.
wrapped() {
    really=$(echo "$2" | sed 's/(/_really(/')
    pattern=$(echo "$2" | sed 's/\*/\\*/g')
    mkdir "$SCRATCH/$1"
    sed "s/^$pattern\$/&\n{ $3 }\n$really/; s/^team_t/$really;\n&/" "$baseline" >"$SCRATCH/$1/mm.c"
}

# Every free writes past the end of its block.
wrapped wild 'void mm_free(void *payload)' \
    'if (payload) ((char *)payload)[size_of(payload)] ^= 1; mm_free_really(payload);'
check "a write into another block is found at the call that made it" \
    contains "$(replay --trace "$traces/churn.rep" "$SCRATCH/wild/mm.c")" ") changed a block in use that is not its own"

# This trace is too long to check all blocks after every call. One call writes into the oldest block.
wrapped late 'void *mm_malloc(size_t size)' \
    'static char *oldest; static int calls; char *payload = mm_malloc_really(size); if (!oldest) oldest = payload; if (++calls == 3000) ++*oldest; return payload;'
size=$(grep '^a' "$ROOT/grader/traces/perl.rep" | sed -n '3000s/.* //p')
check "damage that is found late is reported with the call that did it" \
    contains "$(replay --trace "$ROOT/grader/traces/perl.rep" "$SCRATCH/late/mm.c")" "NO mm_malloc($size) changed a block in use"

# The judge does not wait for mm_free in such a trace. An error in mm_free must still be reported against mm_free.
wrapped falls 'void mm_free(void *payload)' \
    'static int calls; if (++calls == 1000) *(volatile char *)8 = 1; mm_free_really(payload);'
freed=$(grep '^f' "$ROOT/grader/traces/jq.rep" | sed -n '1000s/.* //p')
check "a crash in a postponed call is reported against that call" \
    contains "$(replay --trace "$ROOT/grader/traces/jq.rep" "$SCRATCH/falls/mm.c")" "mm_free(p$freed) crashed"

# numbers TRACE: the results of the replay in $SCRATCH/counted for it, as one line.
numbers() {
    jq -r ".traces[0] | \"\(.valid) \(.counted) of \(.operations): \(.message)\"" "$SCRATCH/counted"
}

# Every call takes long. Counting must end, and at the same operation each time, even on a busy machine.
mkdir "$SCRATCH/slow"
sed 's/^void \*mm_malloc(size_t size)$/&\n{ for (volatile int i = 0; i < 100000; i++) continue; return mm_malloc_really(size); }\nvoid *mm_malloc_really(size_t size)/; s/^team_t/void *mm_malloc_really(size_t size);\n&/' \
    "$baseline" >"$SCRATCH/slow/mm.c"
replay --json "$SCRATCH/counted" --trace "$traces/reverse.rep" "$SCRATCH/slow/mm.c" &
replay --json "$SCRATCH/beside" --trace "$traces/reverse.rep" "$SCRATCH/slow/mm.c"
wait
check "a slow allocator's cost is counted up to a limit, which is reported" \
    contains "$(numbers)" "the most that counts"
check "only a part was counted" test "$(jq '.traces[0].counted' "$SCRATCH/counted")" -lt 1000
check "the limit is a number of instructions" contains "$(numbers)" "there it passed 200.0 million, the most that counts"
check "and the same at any speed" cmp "$SCRATCH/counted" "$SCRATCH/beside"

# two_faces CODE: the baseline, except that during a cost run mm_malloc runs CODE and mm_free does nothing. It
# recognizes a cost run by the operations that are then stored where the grader keeps its inputs.
two_faces() {
    mkdir -p "$SCRATCH/faces"
    seen="if (*(volatile unsigned *)$address)"
    sed "s/^void \*mm_malloc(size_t size)\$/&\n{ $seen { $1 } return mm_malloc_really(size); }\nvoid *mm_malloc_really(size_t size)/
        s/^void mm_free(void \*payload)\$/&\n{ $seen return; mm_free_really(payload); }\nvoid mm_free_really(void *payload)/
        s/^team_t/void *mm_malloc_really(size_t size);\nvoid mm_free_really(void *payload);\n&/" \
        "$baseline" >"$SCRATCH/faces/mm.c"
    replay --json "$SCRATCH/counted" --trace "$traces/powers.rep" "$SCRATCH/faces/mm.c"
}
address="($(printf '#include "wire/channel.h"\nARENA_ADDRESS\n' | gcc -E -P -I "$ROOT/grader" - | tail -n 1))"
two_faces 'static size_t n; return (char *)mem_heap_lo() + 4096 * ++n;'
check "an allocator that is fast but wrong in the cost run is reported" \
    contains "$(numbers)" "true 0 of 532: its cost could not be counted: under callgrind, the allocator gave another block"
check "and has no cost, which counts for the worst" \
    jq -e '.traces[0] | .instructions == 0 and .misses == 0' "$SCRATCH/counted"
two_faces '*(volatile int *)0 = 0;'
check "a crash there is reported" contains "$(numbers)" "under callgrind, one of the trace's calls crashed"
two_faces 'for (;;) continue;'
check "an endless loop there is reported" \
    contains "$(numbers)" "under callgrind, one of the trace's calls does not seem to end"

# A script that execs a program is recorded as that program; other programs that it starts are not recorded.
printf '#!/bin/sh\nls / >/dev/null\nexec sort "$@"\n' >"$SCRATCH/front"
chmod +x "$SCRATCH/front"
"$HEAPLAB" record -o "$SCRATCH/front.rep" -- "$SCRATCH/front" /etc/services >/dev/null
"$HEAPLAB" record -o "$SCRATCH/sort.rep" -- sort /etc/services >/dev/null
check "a program started by a script is recorded" cmp "$SCRATCH/front.rep" "$SCRATCH/sort.rep"
check "and its trace can be replayed" contains "$(replay --trace "$SCRATCH/sort.rep" "$baseline")" "yes"
check "a missing program can't be recorded" status 1 "$HEAPLAB" record -o "$SCRATCH/none.rep" -- "$SCRATCH/none"
check "which a sentence says" contains "$(cat "$SCRATCH/output")" "nothing was recorded of"
printf '0\n0\n0\n1\n' >"$SCRATCH/bad.rep"
check "a trace of nothing is unusable" status 1 "$HEAPLAB" replay --lab 08 --trace "$SCRATCH/bad.rep" "$baseline"
check "which is told, too" contains "$(cat "$SCRATCH/output")" "the trace has no operations"
printf '0\n1\n2\n1\na 0 8\nq 0\n' >"$SCRATCH/bad.rep"
check "a malformed trace is unusable" status 1 "$HEAPLAB" replay --lab 08 --trace "$SCRATCH/bad.rep" "$baseline"
check "and its line is reported" contains "$(cat "$SCRATCH/output")" "bad.rep, line 6"
echo 'int broken(' >"$SCRATCH/broken.c"
check "code that does not compile is unusable" status 1 "$HEAPLAB" replay --lab 08 "$SCRATCH/broken.c"

cat >"$SCRATCH/results.json" <<'JSON'
{"schema": 1, "kit": "k", "submission": "s", "score": 90, "max_score": 100, "labs": [{"lab": "08-allocator-contest",
"title": "T", "score": 90, "max_score": 100, "cost": {"alias": "<script>alert(1)</script>", "traces": [],
"utilization": 0.5, "instructions": 100.0, "misses": 1.0, "relative": {"utilization": 60.0, "cost": 120.0}}}]}
JSON
"$HEAPLAB" leaderboard "$SCRATCH/results.json" --html "$SCRATCH/board.html"
check "a leaderboard shows the alias" contains "$("$HEAPLAB" leaderboard "$SCRATCH/results.json")" "90 50.0 % 120"
check "a name can't be markup" lacks "$(cat "$SCRATCH/board.html")" "<script>"
check "but is there" contains "$(cat "$SCRATCH/board.html")" "&lt;script&gt;"
echo '{"schema": 1, "labs": []}' >"$SCRATCH/empty.json"
check "results without a contest are unusable" status 1 "$HEAPLAB" leaderboard "$SCRATCH/empty.json"

# More than 256 traces had been written past the end of the judge's list of them.
set --
for _ in $(seq 257); do set -- "$@" --trace "$traces/steps.rep"; done
"$HEAPLAB" replay --lab 06 --json "$SCRATCH/many" "$@" solutions >"$SCRATCH/many.out" 2>&1
check "257 traces are replayed, each of them" same "$(jq '.traces | length' "$SCRATCH/many")" 257
