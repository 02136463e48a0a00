#!/bin/sh
# SPDX-License-Identifier: MIT
# watch.sh - heaplab watch: in a terminal with keys, and through a pipe in plain lines.
. "$(dirname "$0")/../lib.sh"

here=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd)
reference=$ROOT/build/reference/05-header-allocator/header_alloc.c
wrong=$SCRATCH/wrong.c
lab=$SCRATCH/lab
mkdir "$lab"
cp "$reference" "$wrong"
patch -s "$wrong" <"$ROOT/grader/labs/05-header-allocator/chaffs/gives_used_blocks.patch"
cp "$wrong" "$lab/header_alloc.c"

python3 "$here/support/pty/watch.py" "$HEAPLAB" "$lab" "$reference" "$wrong"

# through a pipe
printed=$SCRATCH/printed
cp "$wrong" "$lab/header_alloc.c"
"$HEAPLAB" watch --lab 05 --from "$lab" </dev/null >"$printed" 2>&1 &
watcher=$!

# soon COUNT: the result has been printed so many times.
soon() {
    for _ in $(seq 300); do
        [ "$(grep -c 'Watching; save a file' "$printed")" -ge "$1" ] && return 0
        sleep 0.1
    done
    cat "$printed"
    return 1
}

check "watch: through a pipe the result is printed" soon 1
cp "$reference" "$lab/header_alloc.c"
check "watch: and again after a save" soon 2
check "watch: with the tests gained" contains "$(cat "$printed")" "Since the last save. Gained: "
check "watch: in plain lines" lacks "$(cat "$printed")" "$(printf '\033')"
kill "$watcher"
