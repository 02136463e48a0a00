// SPDX-License-Identifier: MIT
// 02-padding.c - where the members of a struct and its gaps are, as the compiler places them.
//
// draw: memory
#include <stddef.h>
#include <stdio.h>

struct reading {
    char kind;
    double value;
    short day;
    int station;
    char unit;
};

struct member {
    const char *name;
    size_t offset, size;
};

#define MEMBER(type, name)                                                                         \
    {                                                                                              \
#name, offsetof(struct type, name), sizeof(((struct type *)0)->name)                       \
    }

static void draw(const char *caption, size_t size, const struct member members[], size_t count)
{
    printf("row %s: %zu bytes\n", caption, size);
    size_t end = 0;
    for (size_t i = 0; i < count; i++) {
        if (members[i].offset > end)
            printf("part lost %zu %zu\n", end, members[i].offset - end);
        printf("part used %zu %zu %s\n", members[i].offset, members[i].size, members[i].name);
        /* A box of one byte is too narrow for a name. */
        printf("below %zu %zu %s\n", members[i].offset, members[i].offset,
               members[i].size > 1 ? "" : members[i].name);
        end = members[i].offset + members[i].size;
    }
    if (size > end)
        printf("part lost %zu %zu\n", end, size - end);
}

int main(void)
{
    static const struct member as_written[] = {MEMBER(reading, kind), MEMBER(reading, value),
                                               MEMBER(reading, day), MEMBER(reading, station),
                                               MEMBER(reading, unit)};
    draw("struct reading", sizeof(struct reading), as_written,
         sizeof as_written / sizeof as_written[0]);
    return 0;
}
