// SPDX-License-Identifier: MIT
// a list of free blocks
#include "list.h"

static struct node *nodes;

void list_clear(void)
{
    nodes = NULL;
}

void list_put(struct node *node)
{
    node->next = nodes;
    node->listed = LISTED;
    nodes = node;
}

struct node *list_take(size_t size)
{
    struct node **link = &nodes;
    while (*link && (*link)->size < size)
        link = &(*link)->next;
    struct node *found = *link;
    if (found)
        *link = found->next;
    return found;
}
