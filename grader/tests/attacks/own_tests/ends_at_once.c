// Ends the tests' program before there is a test.
// most: 0
#include "mytests.h"
#include <unistd.h>

void my_tests(TCase *tcase)
{
    (void)tcase;
    _exit(0);
}
