#!/bin/sh
# SPDX-License-Identifier: MIT
# screens.sh - what students see fits their terminal, its letters, and a pipe.
. "$(dirname "$0")/../lib.sh"

lab=grader/labs/05-header-allocator
mkdir "$SCRATCH/wrong" "$SCRATCH/uncompiled"
cp "$ROOT/build/reference/05-header-allocator/header_alloc.c" "$SCRATCH/wrong"
patch -s "$SCRATCH/wrong/header_alloc.c" <"$ROOT/$lab/chaffs/best_fit.patch"
cp "$ROOT/grader/tests/golden/compile_error.c" "$SCRATCH/uncompiled/header_alloc.c"
cd "$ROOT" && python3 grader/tests/pty/screens.py "$HEAPLAB" "$SCRATCH/wrong" "$SCRATCH/uncompiled"
