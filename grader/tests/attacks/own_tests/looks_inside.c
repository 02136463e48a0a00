// Asks the version for its memory in place of a call, to know it by its code: the words for that are the judge's.
// most: 0
// tells: your test reads_code fails on a correct version
#include "header_alloc.h"
#include "mytests.h"
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

@CHANNEL@

START_TEST(reads_code)
{
    struct channel *page = (struct channel *)CHANNEL_ADDRESS;
    static const char elf[] = "\177ELF";
    page->ask = ASK_READ;
    page->arguments[0] = 0x400000; /* where a static program starts */
    page->arguments[1] = sizeof elf - 1;
    atomic_store(&page->turn, TURN_SUBJECT);
    syscall(SYS_futex, &page->turn, 1, 1, NULL, NULL, 0);
    for (volatile int i = 0; i < 100000000 && atomic_load(&page->turn) == TURN_SUBJECT; i++)
        continue;
    ck_assert(memcmp((char *)page + COVERAGE_OFFSET, elf, sizeof elf - 1) == 0);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, reads_code);
}
