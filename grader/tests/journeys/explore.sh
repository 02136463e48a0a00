#!/bin/sh
# SPDX-License-Identifier: MIT
# explore.sh - heaplab explore makes a page that needs no other file and works in a browser.
. "$(dirname "$0")/../lib.sh"

here=$(CDPATH='' cd -- "$(dirname "$0")/.." && pwd)
broken=$SCRATCH/broken
mkdir "$broken"
cp "$ROOT"/build/reference/05-header-allocator/* "$broken"
patch -s -p0 -d "$broken" <"$ROOT/grader/labs/05-header-allocator/chaffs/gives_used_blocks.patch"
failing=$("$HEAPLAB" grade --lab 05 --from "$broken" --no-coverage | sed -n 's/^  Look at this first: //p')

check "it makes a page of a failing test" \
    status 0 "$HEAPLAB" explore --lab 05 --from "$broken" --test "$failing" -o "$SCRATCH/failing.html"
check "a test that lab 05 does not have is refused" \
    status 1 "$HEAPLAB" explore --lab 05 --from "$broken" --test nonsense -o "$SCRATCH/none.html"
check "which names the test" contains "$(cat "$SCRATCH/output")" "has no test 'nonsense'"
check "and no page is written" test ! -e "$SCRATCH/none.html"
check "the page fetches nothing" lacks "$(cat "$SCRATCH/failing.html")" "http:"

echo 'int broken(' >>"$broken/header_alloc.c"
check "code that does not compile is refused" \
    status 1 "$HEAPLAB" explore --lab 05 --from "$broken" --test "$failing" -o "$SCRATCH/none.html"

# Pages with other data: the contents of the data element are replaced.
python3 - "$SCRATCH/failing.html" "$SCRATCH" <<'PYTHON'
import json, random, re, sys
page = open(sys.argv[1]).read()
random.seed(1)

def write(name, data):
    text = json.dumps(data).replace("<", "\\u003c")
    made = re.sub(r'(<script type="application/json" id="data">).*?(</script>)', lambda m: m[1] + text + m[2], page, flags=re.S)
    open(f"{sys.argv[2]}/{name}.html", "w").write(made)

kinds, ids, sizes, offsets, heaps, cells, live, top, slots = [], [], [], [], [], [], {}, 0, []
for k in range(20000):
    if live and (random.random() < 0.48 or len(live) > 400):
        i = random.choice(list(live)); slot = live.pop(i); slots.append(slot)
        kinds.append("f"); ids.append(i); sizes.append(0); offsets.append(-1); cells.append([k, slot[0], slot[1], "f", ""])
    else:
        size = random.choice([16, 40, 120, 500]); slot = next((s for s in slots if s[1] == size + 32), None)
        if slot: slots.remove(slot)
        else: slot = (top, size + 32); top += size + 32
        live[k] = slot
        kinds.append("a"); ids.append(k); sizes.append(size); offsets.append(slot[0] + 16); cells.append([k, slot[0], slot[1], "u", ""])
    heaps.append(top)
# Each call writes a header, a footer and two links.
stores, places = [], [["mm_tag", "list.c", 3], ["mm_insert", "list.c", 7]]
for k, cell in enumerate(cells):
    for place, offset in ((0, cell[1]), (0, cell[1] + cell[2] - 8), (1, cell[1] + 16), (1, cell[1] + 24)):
        stores.append([k, place, offset, 8, "%02x00406000000000" % (k % 256)])
base = dict(lab="05-header-allocator", title="t", name="long", what=None, status="passed", message=None, expected=None, found=None, where=None, hint=None)
write("long", dict(base, kinds="".join(kinds), ids=ids, sizes=sizes, offsets=offsets, heaps=heaps, texts=[""] * 20000, cells=cells, failing=None,
      stores=stores, places=places, sources={"list.c": "line\\n" * 9}, names=[], heap_start=0x60400000, lost=0, trace=True))
bad = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
write("hostile", dict(base, name=bad, what=bad, message=bad, expected=bad, found=bad, where=bad, hint=bad, kinds="ac", ids=[0, -1], sizes=[8, 0], offsets=[16, -1],
      heaps=[64, 64], texts=[bad, bad], cells=[[0, 0, 64, "d", bad, 16, 8]], failing=1,
      stores=[[0, 0, 0, 8, "00" * 8]], places=[[bad, bad, 1]], sources={bad: bad}, names=[[0, bad]], heap_start=0x60400000, lost=1, trace=False))
PYTHON

python3 "$here/support/browser/explore.py" "$SCRATCH/failing.html" "$SCRATCH/long.html" "$SCRATCH/hostile.html"
