// SPDX-License-Identifier: MIT
// The table lies 60 KiB below the frame of whoever asks, on the stack.
// lab: 08
// base: table
// holds: [.cost.traces[]? | select(.valid)] == []
static char *base;
__attribute__((noinline)) static unsigned *table(void)
{
    char here;
    if (!base)
        base = (char *)(((uintptr_t)&here - 100 * 1024) & ~(uintptr_t)15);
    return (unsigned *)(void *)base;
}
