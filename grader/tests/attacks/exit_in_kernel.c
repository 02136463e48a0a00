// SPDX-License-Identifier: MIT
// Ends the program with status 0 by a system call in assembler, which no list of library functions sees.
//
// base: 05 stub
// replaces: mm_payload mm_header mm_malloc mm_count
// loses: all
// tells: ended the whole program instead of returning
// counted: the counters are never written

static void leave(void)
{
    KERNEL_1(SYS_exit_group, 0);
}

void *mm_payload(struct header *header)
{
    leave();
    return header;
}

struct header *mm_header(void *payload)
{
    leave();
    return payload;
}

void *mm_malloc(size_t size)
{
    leave();
    return (void *)size;
}

void mm_count(struct mm_counts *counts)
{
    leave();
    (void)counts;
}
