// SPDX-License-Identifier: MIT
// included by alloc.c
static size_t sized(size_t size)
{
    return (size + 15) & ~(size_t)15;
}
