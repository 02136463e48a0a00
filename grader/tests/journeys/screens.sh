#!/bin/sh
# SPDX-License-Identifier: MIT
# screens.sh - the output fits the student's terminal and its character set, and a pipe.
#
#     SCREENS=all            also test slow output in all six places (default: in three of them)
. "$(dirname "$0")/../lib.sh"

lab=grader/labs/05-header-allocator
mkdir "$SCRATCH/wrong" "$SCRATCH/uncompiled"
cp "$ROOT/build/reference/05-header-allocator/header_alloc.c" "$SCRATCH/wrong"
patch -s "$SCRATCH/wrong/header_alloc.c" <"$ROOT/$lab/chaffs/best_fit.patch"
cp "$ROOT/grader/tests/golden/compile_error.c" "$SCRATCH/uncompiled/header_alloc.c"

# A kit whose lab 05 is a wrong version, for commands in a lab's folder.
kit=$SCRATCH/kit
share_kit "$kit"
rm -f "$kit/build/submit"
cp "$SCRATCH/wrong/header_alloc.c" "$kit/labs/05-header-allocator"
export HEAPLAB_ROOT="$kit" HEAPLAB_PROGRESS="$SCRATCH/progress.json"
unset MAKEFLAGS MFLAGS MAKELEVEL

cd "$ROOT" && python3 grader/tests/support/pty/screens.py "$HEAPLAB" "$SCRATCH/wrong" "$SCRATCH/uncompiled" "$kit"
