#!/bin/sh
# SPDX-License-Identifier: MIT
# alone.sh - runs a command that builds the kit, once no other make does.
#
#     alone.sh MAKE [ARGUMENT]...
#
# Two makes that write the same files would read each other's halves. What the command starts knows by HEAPLAB_ALONE
# that it need not wait; it does not inherit the lock, so the lock ends with this script.
set -eu
build=$(CDPATH='' cd -- "$(dirname "$0")/../../.." && pwd)/build

mkdir -p "$build"
exec 9>"$build/lock"
flock -n 9 || {
    echo "heaplab: waiting for another make, which is building the kit" >&2
    flock 9
}
HEAPLAB_ALONE=1 "$@" 9>&-
