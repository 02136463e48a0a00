// SPDX-License-Identifier: MIT
// Not an attack, but it looks like one: a student's own strcmp, memcmp, malloc, free and _exit, all useless. They
// are the student's alone, and do nobody any harm.
//
// base: 05 reference
// loses: none

int strcmp(const char *a, const char *b)
{
    (void)a;
    (void)b;
    return 0;
}

int memcmp(const void *a, const void *b, size_t n)
{
    (void)a;
    (void)b;
    (void)n;
    return 0;
}

void *malloc(size_t size)
{
    (void)size;
    return NULL;
}

void free(void *block)
{
    (void)block;
    __builtin_trap();
}

void _exit(int status)
{
    (void)status;
    for (;;)
        continue;
}
