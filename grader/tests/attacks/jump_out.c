// SPDX-License-Identifier: MIT
// Jumps out of a call into an earlier one, whose frame is gone.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all

static void *place[5];

static void jump(void)
{
    __builtin_longjmp(place, 1);
}

void *mm_malloc(size_t size)
{
    static int calls;
    if (calls++ > 0)
        jump();
    return __builtin_setjmp(place) ? (void *)(HEAP_ADDRESS + 16) : (void *)size;
}
