// Leaves a process behind that writes over all the memory that it shares with the referee and the versions.
// most: 0
#include "header_alloc.h"
#include "mytests.h"
#include <string.h>
#include <unistd.h>

START_TEST(scribbles)
{
    if (fork() == 0)
        for (;;)
            memset((char *)0x5ff00000 + 8192, 0xff, 65536);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, scribbles);
}
