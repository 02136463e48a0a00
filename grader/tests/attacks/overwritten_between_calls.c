// SPDX-License-Identifier: MIT
// Overwrites page and heap between calls: a timer, set before main, writes sound headers and good results every
// millisecond.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all

#include <sys/time.h>

static void overwrite(int number)
{
    struct header *first = (struct header *)HEAP_ADDRESS;
    (void)number;
    *first = (struct header){.size = 64 + sizeof *first, .state = MM_USED, .magic = MM_MAGIC};
    CHANNEL->request = 0;
    CHANNEL->result = HEAP_ADDRESS + sizeof *first;
    CHANNEL->say = SAY_RETURN;
    CHANNEL->turn = TURN_JUDGE;
}

__attribute__((constructor)) static void set_timer(void)
{
    const struct itimerval every = {.it_interval = {.tv_usec = 1000}, .it_value = {.tv_usec = 20000}};
    catch_signal(SIGALRM, overwrite);
    KERNEL_3(SYS_setitimer, ITIMER_REAL, &every, 0);
}

void *mm_malloc(size_t size)
{
    for (int i = 0; i < 10; i++)
        dawdle();
    return (void *)size;
}
