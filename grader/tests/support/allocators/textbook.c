// SPDX-License-Identifier: MIT
// as in a textbook: names of its own, a declaration of sbrk in a function, a main to try it
#include <stdio.h>
#include <unistd.h>

typedef union header {
    struct {
        union header *ptr;
        unsigned size;
    } s;
    long long align[2];
} Header;

static char *end_of_heap;

void *kr_malloc(unsigned nbytes)
{
    unsigned units = (nbytes + sizeof(Header) - 1) / sizeof(Header) + 1;
    Header *header = sbrk(units * sizeof(Header));
    if (header == (Header *)-1)
        return NULL;
    header->s.size = units;
    end_of_heap = (char *)(header + units);
    return header + 1;
}

/* Gives the last block back to the system. */
void kr_free(void *ap)
{
    Header *header = (Header *)ap - 1;
    if (ap && (char *)(header + header->s.size) == sbrk(0)) {
        end_of_heap = (char *)header;
        sbrk(-(int)(header->s.size * sizeof(Header)));
    }
}

int main(void)
{
    char *text = kr_malloc(10);
    sprintf(text, "%d", 7);
    printf("%s\n", text);
    kr_free(text);
    return 0;
}
