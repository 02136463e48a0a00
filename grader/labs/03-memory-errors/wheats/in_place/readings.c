// SPDX-License-Identifier: MIT
/*
 * readings.c - patient 8, cured in another way: malloc, memcpy and free in place of realloc, and each time room for
 * half as many again.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct readings {
    size_t count;
    size_t room;
    int *value;
};

static bool move_to(struct readings *readings, size_t room)
{
    int *value = malloc(room * sizeof *value);
    if (value == NULL)
        return false;
    if (readings->count > 0)
        memcpy(value, readings->value, readings->count * sizeof *value);
    free(readings->value);
    readings->value = value;
    readings->room = room;
    return true;
}

struct readings *readings_new(void)
{
    struct readings *readings = calloc(1, sizeof *readings);
    if (readings == NULL || !move_to(readings, FIRST_ROOM)) {
        free(readings);
        return NULL;
    }
    return readings;
}

bool readings_add(struct readings *readings, int value)
{
    if (readings->count == readings->room && !move_to(readings, readings->room + readings->room / 2))
        return false;
    readings->value[readings->count++] = value;
    return true;
}

size_t readings_count(const struct readings *readings)
{
    return readings->count;
}

int readings_at(const struct readings *readings, size_t index)
{
    return readings->value[index];
}

void readings_free(struct readings *readings)
{
    if (readings == NULL)
        return;
    free(readings->value);
    free(readings);
}
