// SPDX-License-Identifier: MIT
// a list of free blocks
#ifndef LIST_H
#define LIST_H

#include <stddef.h>

enum { HEADER = 32, LISTED = 0x51 };

struct node {
    size_t size;
    int listed;
    struct node *next;
};

void list_clear(void);
void list_put(struct node *node);
struct node *list_take(size_t size);

#endif
