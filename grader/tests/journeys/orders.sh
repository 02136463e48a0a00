#!/bin/sh
# SPDX-License-Identifier: MIT
# orders.sh - a class to which things happen in random orders, killed batches among them, has the gradebook of one that
# nothing disturbed (tests/support/orders.py). HEAPLAB_ORDERS=100 tries that many orders: 18 minutes on a busy machine.
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$(dirname "$0")/../lib.sh"

LAB=01-stack-vs-heap
open_scratch
share_kit "$SCRATCH/kit"
rm "$SCRATCH/kit/grader" "$SCRATCH/kit/handouts" "$SCRATCH/kit/build/heaplab"
cp -R "$ROOT/grader" "$SCRATCH/kit/grader"
mkdir "$SCRATCH/kit/handouts"
cat >"$SCRATCH/kit/handouts/course.yaml" <<'END'
name: C
timezone: Europe/Berlin
late: {grace_minutes: 15, percent_per_day: 10, days: 3, slip_days: 0}
extensions: []
labs:
  01-stack-vs-heap: {due: 2026-09-21}
END
cp "$ROOT/build/heaplab" "$SCRATCH/kit/build/heaplab"
mkdir -p "$SCRATCH/class/anna" "$SCRATCH/class/ben" "$SCRATCH/class/cleo"
cp "$ROOT/build/reference/$LAB"/* "$SCRATCH/class/anna"
cp "$ROOT/labs/$LAB"/storage.c "$ROOT/build/reference/$LAB/predictions.txt" "$SCRATCH/class/ben"
cp "$ROOT/build/reference/$LAB/storage.c" "$ROOT/labs/$LAB/predictions.txt" "$SCRATCH/class/cleo"
mkdir "$SCRATCH/bin" # plots take most of a batch of three, and say nothing here
printf '#!/bin/sh\necho "<svg></svg>"\n' >"$SCRATCH/bin/gnuplot"
chmod +x "$SCRATCH/bin/gnuplot"
PATH=$SCRATCH/bin:$PATH
orders=${HEAPLAB_ORDERS:-4}
check "the order in which things happen does not matter, in $orders random orders" python3 "$ROOT/grader/tests/support/orders.py" "$SCRATCH/kit" \
    "$SCRATCH/kit/build/heaplab" $LAB "$SCRATCH/class" "$SCRATCH/work" "$orders" "${HEAPLAB_SEED:-1}"
