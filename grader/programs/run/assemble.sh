#!/bin/sh
# SPDX-License-Identifier: MIT
# assemble.sh - makes a library that can be preloaded from a student's sources and the shim (heaplab run).
#
#     assemble.sh WORK SHIM FOLDERS SOURCE...
#
# WORK is where everything is written; SHIM is the kit's archive; FOLDERS are those of the contract's headers, separated by spaces.
# Writes WORK/allocator.so, WORK/errors.txt, and WORK/static.txt: the bytes of static variables.
# Exits 0 made; 10 a source does not compile; 11 mm_malloc or mm_free is missing; 12 it does not link.
set -u
work=$1
shim=$2
folders=$3
shift 3

compile() {
    # -DDRIVER: only then does code for other courses' graders call its functions mm_malloc and so on.
    set -- -std=gnu11 -D_DEFAULT_SOURCE -DDRIVER -g -O2 -fPIC -fno-omit-frame-pointer -fno-optimize-sibling-calls "$@"
    for folder in $folders; do
        set -- "$@" "-I$folder"
    done
    "${CC:-gcc}" "$@" >>"$work/errors.txt" 2>&1
}

# returns_bool SOURCE: is mm_init, which SOURCE defines, a function that returns bool?
returns_bool() {
    printf '#include "%s"\n_Static_assert(_Generic(mm_init(), _Bool: 1, default: 0), "");\n' "$1" >"$work/probe.c"
    compile -fsyntax-only "$work/probe.c"
}

kind=int
for source in "$@"; do
    object=$work/$(basename "$source").o
    compile -c "$source" -o "$object" || exit 10
    if nm -P --defined-only -g "$object" | grep -q '^mm_init ' && returns_bool "$source"; then
        kind=bool
    fi
done

# Only the allocator's own functions stay visible, so that no other name in the student's code clashes with one in the shim.
objects=
for source in "$@"; do
    objects="$objects $(basename "$source").o"
done
# shellcheck disable=SC2086 # a list of names
(cd "$work" && ld -r -o all.o $objects && objcopy -w --keep-global-symbol='mm_*' all.o) >>"$work/errors.txt" 2>&1 || exit 12
[ "$(nm -P --defined-only -g "$work/all.o" | grep -c -e '^mm_malloc T' -e '^mm_free T')" -eq 2 ] || exit 11
size "$work/all.o" | sed 1d | {
    read -r _ data bss _
    echo $((data + bss))
} >"$work/static.txt"

printf '{\n    global: malloc; calloc; realloc; reallocarray; free; memalign; aligned_alloc; posix_memalign; valloc;\n' >"$work/names"
printf '            malloc_usable_size; sigaction; signal;\n    local: *;\n};\n' >>"$work/names"
"${CC:-gcc}" -shared -o "$work/allocator.so" "$work/all.o" "$shim/calls-$kind.o" "$shim/shim.a" \
    -Wl,--version-script="$work/names" -Wl,-z,defs,-z,now -Wl,-Bsymbolic >>"$work/errors.txt" 2>&1 || exit 12
