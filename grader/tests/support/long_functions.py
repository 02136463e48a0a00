#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""long_functions.py - lists the functions whose body has more than MOST lines.

    long_functions.py MOST FILE...

A body is between a line that starts with { and one that starts with }, as clang-format writes them."""
import sys

most = int(sys.argv[1])
for path in sys.argv[2:]:
    start = None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if line.startswith("{"):
            start = number
        elif line.startswith("}"):
            if start and number - start - 1 > most:
                print(f"{path}:{start}: {number - start - 1} lines")
            start = None
