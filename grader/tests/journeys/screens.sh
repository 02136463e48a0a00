#!/bin/sh
# SPDX-License-Identifier: MIT
# screens.sh - what students see fits their terminal, its letters, and a pipe.
#
#     SCREENS=all            what takes long, too, is looked at in all six places (default: in three of them)
. "$(dirname "$0")/../lib.sh"

lab=grader/labs/05-header-allocator
mkdir "$SCRATCH/wrong" "$SCRATCH/uncompiled"
cp "$ROOT/build/reference/05-header-allocator/header_alloc.c" "$SCRATCH/wrong"
patch -s "$SCRATCH/wrong/header_alloc.c" <"$ROOT/$lab/chaffs/best_fit.patch"
cp "$ROOT/grader/tests/golden/compile_error.c" "$SCRATCH/uncompiled/header_alloc.c"

# A kit whose lab 05 is the wrong version, for what one types in a lab's folder. What is built is this kit's own.
kit=$SCRATCH/kit
mkdir -p "$kit/build"
ln -s "$ROOT/grader" "$ROOT/solutions" "$ROOT/handouts" "$ROOT/Makefile" "$kit"
for part in "$ROOT"/build/*; do
    [ "${part##*/}" = mine ] || ln -s "$part" "$kit/build/${part##*/}"
done
rm -f "$kit/build/submit"
cp -R "$ROOT/labs" "$kit/labs"
cp "$SCRATCH/wrong/header_alloc.c" "$kit/labs/05-header-allocator"
export HEAPLAB_ROOT="$kit" HEAPLAB_PROGRESS="$SCRATCH/progress.json"
unset MAKEFLAGS MFLAGS MAKELEVEL

cd "$ROOT" && python3 grader/tests/support/pty/screens.py "$HEAPLAB" "$SCRATCH/wrong" "$SCRATCH/uncompiled" "$kit"
