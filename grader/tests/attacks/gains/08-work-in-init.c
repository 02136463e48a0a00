// SPDX-License-Identifier: MIT
// Works for long in mm_init, which was not counted.
// lab: 08
// base: slow
// replaces: mm_init mm_malloc mm_free
// before: not tried
// holds: (.cost.points.cost // 0) == 0
static volatile unsigned done;
bool mm_init(void)
{
    for (unsigned i = 0; i < 60000000; i++)
        done = i;
    return honest_mm_init();
}
void *mm_malloc(size_t size) { return honest_mm_malloc(size); }
void mm_free(void *payload) { honest_mm_free(payload); }
