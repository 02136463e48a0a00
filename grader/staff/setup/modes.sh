#!/bin/sh
# SPDX-License-Identifier: MIT
# modes.sh - gives the kit's scripts their modes again, which some archives drop. Every file that starts with #! is one.
# make calls it before anything else if it finds a script that it may not run.
cd "$(dirname "$0")/../../.." || exit 1
find . -name build -prune -o -name .git -prune -o -type f -size -200k -print | while IFS= read -r file; do
    [ "$(head -c 2 "$file" | tr -d '\0')" != '#!' ] || chmod +x "$file"
done
if [ -x grader/config/key ]; then
    echo "heaplab: the scripts were not executable, as happens in some archives; now they are" >&2
else
    echo "heaplab: the scripts may not be run in $(pwd): unpack or clone the kit on a file system with permissions" >&2
fi
