#!/bin/sh
# SPDX-License-Identifier: MIT
# editors.sh - what a release brings for editors: files that VS Code accepts, an expression that reads the grader's real
# output, gdb in a test as an editor starts it, headers that clangd finds.
# shellcheck source-path=SCRIPTDIR source=../lib.sh disable=SC2016
. "$(dirname "$0")/../lib.sh"

LAB=05-header-allocator
EDITORS=$ROOT/grader/tests/support/editors/editors.py
unset MAKEFLAGS MFLAGS MAKELEVEL

release() {
    "$ROOT/grader/staff/release/release" --out "$SCRATCH/release.tar.gz" 05 07 && tar -xzf "$SCRATCH/release.tar.gz" -C "$SCRATCH"
}
check "a release is made" release
VSCODE=$SCRATCH/heaplab-labs/.vscode
check "VS Code accepts its files" "$EDITORS" valid "$VSCODE"/*.json
check "and the container's" "$EDITORS" valid "$ROOT/.devcontainer/devcontainer.json"
check "a test to debug is picked from those that make tests lists" same "$("$EDITORS" tests "$VSCODE/launch.json" 05)" \
    "$("$HEAPLAB" tests --lab 05 | grep -v '^ ')"

# --- problems ---

# A kit whose lab 05 holds a mistake.
kit=$SCRATCH/my\ kit
share_kit "$kit"
work=$kit/labs/$LAB
cp "$ROOT/build/reference/$LAB"/*.c "$work"
sed -i '/^void mm_free/,/^}/s/MM_FREE/MM_USED/' "$work/header_alloc.c"

# found LINE...: the task's expression finds exactly these problems in what heaplab printed, lines in order.
found() {
    printf '%s\n' "$@" >"$SCRATCH/expected"
    "$EDITORS" problems "$VSCODE/tasks.json" grade <"$SCRATCH/output" >"$SCRATCH/found"
    diff "$SCRATCH/expected" "$SCRATCH/found"
}

line_of() {
    grep -n "$1" "$work/header_alloc.c" | head -n 1 | cut -d : -f 1
}

check "graded with a mistake" status 0 "$HEAPLAB" grade --lab 05 --no-coverage --problems --from "$kit/labs"
first_problem() {
    "$EDITORS" problems "$VSCODE/tasks.json" grade <"$SCRATCH/output" | grep -F -e free_changes_only_the_state
}
check "a failing test is a problem where its last call's function starts" contains "$(first_problem)" \
    "$work/header_alloc.c:$(line_of '^void mm_free'):error free_changes_only_the_state: mm_free(b)"

sed -i '/^void mm_free/,/^}/s/^{/{ payload = *(void **)0; \/\/ crash/' "$work/header_alloc.c"
check "graded with a crash" status 0 "$HEAPLAB" grade --lab 05 --no-coverage --problems --from "$kit/labs"
check "a crash is a problem on its line" contains "$(first_problem)" "$work/header_alloc.c:$(line_of '// crash'):error free_changes_only_the_state: mm_free(b) crashed"

cp "$ROOT/build/reference/$LAB"/*.c "$work"
echo 'int twice(int x, int y) { return 2 * z; }' >>"$work/header_alloc.c"
end=$(wc -l <"$work/header_alloc.c")
check "graded with an error" status 0 "$HEAPLAB" grade --lab 05 --no-coverage --problems --from "$kit/labs"
check "errors and warnings are problems" found \
    "$work/header_alloc.c:$end:error ‘z’ undeclared (first use in this function)" \
    "$work/header_alloc.c:$end:warning unused parameter ‘x’ [-Wunused-parameter]" \
    "$work/header_alloc.c:$end:warning unused parameter ‘y’ [-Wunused-parameter]" \
    "$work/header_alloc.c:$end:warning control reaches end of non-void function [-Wreturn-type]"

cp "$ROOT/build/reference/$LAB"/*.c "$work"
timeout 20 "$HEAPLAB" watch --lab 05 --problems --from "$kit/labs" >"$SCRATCH/output" 2>&1 &
watching=$!
for _ in $(seq 100); do
    ! grep -q Watching "$SCRATCH/output" || break
    sleep 0.2
done
kill $watching
check "watch says when it begins and ends" same "$("$EDITORS" background "$VSCODE/tasks.json" watch <"$SCRATCH/output" | tr '\n' ' ')" "begins ends "

# --- gdb ---

# debugged: what gdb says if an editor types launch.json's commands: it stops in the student's function, and at the failure.
debugged() {
    sed -i '/^void mm_free/,/^}/s/MM_FREE/MM_USED/' "$work/header_alloc.c"
    make -s -o kit -C "$work" program || return 1
    {
        echo '-interpreter-exec console "set debuginfod enabled off"'
        sed -n 's|.*"source ${workspaceFolder}/\(.*\)".*|-interpreter-exec console "source '"$kit"'/\1"|p' "$VSCODE/launch.json"
        echo "-file-exec-and-symbols \"$kit/build/mine/$LAB/direct\""
        echo "-exec-arguments free_changes_only_the_state"
        echo "-gdb-set mi-async off"
        echo "-exec-run"
        echo "-exec-continue"
        echo "-gdb-exit"
    } | timeout 60 gdb -q -nx -i mi >"$SCRATCH/output" 2>&1
    sed -n 's/^\*stopped.*frame={[^}]*func="\([^"]*\)".*/\1/p' "$SCRATCH/output" >"$SCRATCH/stops"
    same "$(tr '\n' ' ' <"$SCRATCH/stops")" "mm_malloc timeline_problem "
}
check "gdb stops at the first call of the student's code, and where the test fails" debugged

# --- clangd ---

# found_by_clangd: every file of every lab compiles with what .clangd adds, as clangd would.
found_by_clangd() {
    flags=$(sed -n 's/^  Add: \[\(.*\)\]$/\1/p' "$ROOT/.clangd" | tr -d ,)
    for file in "$ROOT"/labs/*/*.c; do
        # shellcheck disable=SC2086 # options
        (cd "$(dirname "$file")" && clang $flags -w -fsyntax-only "$(basename "$file")") || return 1
    done
}
check "clangd finds the headers of every lab" found_by_clangd
