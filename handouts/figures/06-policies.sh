#!/bin/sh
# SPDX-License-Identifier: MIT
# 06-policies.sh - how well the heap is used while a recorded program runs, under the three fit policies: the reference of
# lab 06 under `make compare`'s program, and gnuplot.
set -eu
root=$(CDPATH='' cd -- "$(dirname "$0")/../.." && pwd)
lab=06-coalescing-free-list
compare=$root/grader/labs/$lab/compare
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

gcc -O2 -std=c11 -D_GNU_SOURCE -I"$root/labs/$lab" -I"$root/labs" -I"$root/grader" -I"$root/grader/include" \
    "$compare/compare.c" "$root/grader/wire/rep.c" "$root/build/reference/$lab/free_list.c" \
    "$root/build/lib/libmemlib.a" -no-pie -o "$work/compare"
"$work/compare" "$work" "$root/grader/traces/perl.rep" >/dev/null
gnuplot -e "folder='$work'; trace='perl'" "$root/handouts/figures/policies.gp"
