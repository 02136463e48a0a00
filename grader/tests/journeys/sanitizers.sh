#!/bin/sh
# SPDX-License-Identifier: MIT
# sanitizers.sh - the unit tests, the command line program and a judge under the address and undefined sanitizers. (Not
# under valgrind, whose memory would exceed the limits that are set before the sandbox starts.)
# long
#
# The objects for this are in build/asan; only those whose sources changed are built again.
. "$(dirname "$0")/../lib.sh"

cd "$ROOT" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL

asan=build/asan
sanitizing="gcc -fsanitize=address,undefined -fno-sanitize-recover=all"
instrumented() {
    make -s -j2 CC="$sanitizing" OPTIMISE=-O0 BUILD=$asan \
        $asan/heaplab $asan/judges/01-stack-vs-heap $asan/judges/05-header-allocator unit-tests
}
check "the kit can be built with sanitizers" instrumented

# Unit tests never free what they allocate.
unit_tests() {
    ASAN_OPTIONS=detect_leaks=0 UNIT_BUILD=$ROOT/$asan UNIT_CC=$sanitizing sh grader/tests/unit/unit.sh | grep -v '^ok' | none
}
check "the unit tests pass under the sanitizers" unit_tests

# A kit with the instrumented judges and few chaffs in lab 05.
kit=$SCRATCH/kit
mkdir -p "$kit/build" "$kit/grader/labs/05-header-allocator/chaffs"
for part in labs solutions handouts grader/* build/*; do
    [ -e "$kit/$part" ] || ln -s "$ROOT/$part" "$kit/$part"
done
rm "$kit/build/judges"
ln -s "$ROOT/$asan/judges" "$kit/build/judges"
for part in grader/labs/05-header-allocator/*; do
    [ -e "$kit/$part" ] || ln -s "$ROOT/$part" "$kit/$part"
done
ln -s "$ROOT/grader/labs/01-stack-vs-heap" "$kit/grader/labs/"
for chaff in double_free_unnoticed huge_size_wraps; do
    ln -s "$ROOT/grader/labs/05-header-allocator/chaffs/$chaff.patch" "$kit/grader/labs/05-header-allocator/chaffs/"
done

# sane STATUS COMMAND...: heaplab COMMAND exits with STATUS, and no sanitizer reports anything.
sane() {
    HEAPLAB_ROOT=$kit
    export HEAPLAB_ROOT
    wanted=$1
    shift
    status "$wanted" "$ROOT/$asan/heaplab" "$@" || return 1
    ! grep -e 'Sanitizer' -e 'runtime error' "$SCRATCH/output"
}
check "heaplab grade is sane" sane 0 grade --lab 01 --lab 05 --from solutions --json "$SCRATCH/r.json"
sed 's/counts->overhead_bytes +=.*/abort();/; s/^#include "memlib.h"/&\n#include <stdlib.h>/' \
    build/reference/05-header-allocator/header_alloc.c >"$SCRATCH/crash.c"
check "it is sane after a crash" sane 0 grade --lab 05 --from "$SCRATCH/crash.c" --format junit
check "it is sane after a file that is not C" sane 0 grade --lab 05 --from README.md --format tap
check "it is sane with senseless arguments" sane 1 grade --lab 99
check "heaplab check is sane" sane 0 check --lab 05
