#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""table.py - the table of bench_allocators, from what driver.c and callgrind wrote.

    table.py FOLDER PROGRAMS NAME...

For each allocator NAME, FOLDER contains NAME.speed, NAME.memory and NAME.operations (the driver's output) and
NAME.callgrind.*. The first PROGRAMS traces are those of programs."""
import sys
from glob import glob
from math import exp, log
from os.path import join


def lines_of(folder, name):
    with open(join(folder, name), encoding="utf-8") as file:
        return [line.split() for line in file if line.strip()]


def mean(numbers):
    return sum(numbers) / len(numbers)


class Allocator:
    def __init__(self, folder, name, programs):
        self.name = name
        least = {}
        for trace, operations, nanoseconds in lines_of(folder, f"{name}.speed"):
            best = least.get(trace, (0, float("inf")))[1]
            least[trace] = int(operations), min(best, float(nanoseconds))
        self.speed = exp(mean([log(1000 * operations / time) for operations, time in least.values()]))
        used = [100 * int(payload) / int(memory) for _, payload, memory in lines_of(folder, f"{name}.memory")]
        self.of_programs, self.of_all = mean(used[:programs]), mean(used)
        counted = [words for path in glob(join(folder, f"{name}.callgrind.*")) for words in lines_of("", path)]
        total = sum(int(words[1]) for words in counted if words[0] == "summary:")
        self.instructions = total / int(lines_of(folder, f"{name}.operations")[0][0])


def main(folder, programs, *names):
    found = {name: Allocator(folder, name, int(programs)) for name in names}
    print()
    columns = "  {:<20} {:>8} {:>10} {:>14}"
    print(columns.format("allocator", "Mop/s", "x glibc's", "instructions"), f"{'utilization, %':>22}")
    print(columns.format("", "", "", "an operation"), f"{'programs':>12} {'all':>9}")
    for each in found.values():
        print(f"  {each.name:<20} {each.speed:>8.1f} {each.speed / found['glibc'].speed:>10.2f} {each.instructions:>14.0f} "
              f"{each.of_programs:>12.1f} {each.of_all:>9.1f}")
    print()
    ours = found["reference"]
    for other in (found[name] for name in ("glibc", "jemalloc", "mimalloc", "tcmalloc")):
        print(f"  reference / {other.name}: speed {ours.speed / other.speed:.2f}, "
              f"instructions {ours.instructions / other.instructions:.2f}, "
              f"utilization {ours.of_programs / other.of_programs:.2f} (programs), {ours.of_all / other.of_all:.2f} (all)")


main(*sys.argv[1:])
