// SPDX-License-Identifier: MIT
// Asks for 10 GB, then for five thousand blocks, gives them back one by one, and
// answers.
//
// base: 01 reference
// replaces: sum_of_squares
// loses: sum_without_heap
// tells: so it should not use the heap

long sum_of_squares(int n)
{
    static void *blocks[5000];
    int count = 0;
    if (malloc(10UL << 30) != NULL)
        return -1;
    while (count < 5000 && (blocks[count] = malloc(1)) != NULL)
        count++;
    for (int i = 0; i < count; i++)
        free(blocks[i]);
    return honest_sum_of_squares(n);
}
