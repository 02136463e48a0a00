/* ATTACK: makes a call that crashes by itself, over the page, and tells versions apart by where they crash. */
#include "header_alloc.h"
#include "mytests.h"

START_TEST(looks_at_addresses)
{
    volatile unsigned char *page = (unsigned char *)0x5ff00000;
    volatile unsigned *turn = (unsigned *)(0x5ff00000 + 0);
    for (unsigned function = 0; function < 8; function++) {
        *(volatile unsigned *)(page + 8) = 1; /* ASK_CALL */
        *(volatile unsigned *)(page + 12) = function;
        for (unsigned i = 0; i < 8; i++)
            *(volatile unsigned long *)(page + 16 + 8 * i) = 0x10000 + 16;
        *turn = 0;
        for (unsigned long i = 0; *turn == 0 && i < 100000000; i++)
            continue;
    }
    for (unsigned i = 0; i < 16; i++)
        ck_assert_msg(*(volatile unsigned long *)(page + 224 + 24 + 8 * i) == 0, "it crashed at an address");
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, looks_at_addresses);
}
