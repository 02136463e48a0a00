// SPDX-License-Identifier: MIT
// Defines the names in the kit's half of the program: its main, its loop, its table, its page, its counters.
// They stay the student's.
//
// base: 05 reference
// loses: none
// counted: the names of the counters are among them

void *channel = &channel;
unsigned thunk_count;
void *thunks[100];
const void *const __start_heaplab_counters[1];
const void *const __stop_heaplab_counters[1];
int common_name __asm__("turn") __attribute__((common));

int main(void)
{
    return 0;
}

void write_counters(void)
{
}

void say_and_wait(int say)
{
    (void)say;
}

void watch_for_falls(const void *top)
{
    (void)top;
}

void *__wrap_mm_malloc(size_t size)
{
    (void)size;
    return NULL;
}

void *__real_mm_malloc(size_t size)
{
    (void)size;
    return NULL;
}
