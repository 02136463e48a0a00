// SPDX-License-Identifier: MIT
// 04-touched.c - which pages of a fresh mapping are in memory, before and after some of them were
// used (mincore).
//
// draw: memory
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES = 32 };

static void draw(const char *caption, void *start, size_t page)
{
    unsigned char there[PAGES];
    int count = 0;
    if (mincore(start, PAGES * page, there) != 0)
        return;
    for (int i = 0; i < PAGES; i++)
        count += there[i] & 1;
    printf("row %s: %d of %d pages are in memory\n", caption, count, PAGES);
    for (int i = 0; i < PAGES; i++)
        printf("part %s %d 1\n", there[i] & 1 ? "used" : "free", i);
}

int main(void)
{
    static const int touched[] = {0, 1, 9, 17, 30};
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *start =
        mmap(NULL, PAGES * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED || madvise(start, PAGES * page, MADV_NOHUGEPAGE) != 0)
        return 1;
    draw("after mmap", start, page);
    for (size_t i = 0; i < sizeof touched / sizeof touched[0]; i++)
        start[(size_t)touched[i] * page] = 1;
    draw("after a write to five of them", start, page);
    return 0;
}
