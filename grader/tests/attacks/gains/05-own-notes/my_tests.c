/* ATTACK: leaves a note on memory that all versions share, and learns by it how often it ran and against what. */
#include "header_alloc.h"
#include "mytests.h"

START_TEST(reads_a_note)
{
    volatile unsigned *note = (unsigned *)(0x5ff00000 + 0x90000);
    volatile unsigned *input = (unsigned *)(0x60000000 + 0x200000);
    volatile unsigned *filter = (unsigned *)(0x5ff00000 + 400);
    ck_assert_msg(*note == 0 && *input == 0 && *filter == 0, "there is a note of an earlier run");
    *note = *input = *filter = 1;
    ck_assert(mm_malloc(16) != NULL);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, reads_a_note);
}
