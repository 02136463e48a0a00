// SPDX-License-Identifier: MIT
/*
 * readings.c - patient 8: an array that grows.
 *
 * Interface: clinic.h. The values lie in one block, which doubles in size when it is full.
 *
 * Complaint: "One sensor works. With two of them the values are odd, and the program is aborted."
 */
#include "clinic.h"

#include <stdint.h>
#include <stdlib.h>

struct readings {
    size_t count;
    size_t room; /* how many values fit */
    int *value;  /* value[0] to value[count - 1] */
};

struct readings *readings_new(void)
{
    struct readings *readings = malloc(sizeof *readings);
    if (readings == NULL)
        return NULL;
    *readings = (struct readings){.room = FIRST_ROOM, .value = malloc(FIRST_ROOM * sizeof(int))};
    if (readings->value == NULL) {
        free(readings);
        return NULL;
    }
    return readings;
}

/* Doubles the room. False when there is not enough memory. */
static bool grow(struct readings *readings)
{
    if (readings->room > SIZE_MAX / sizeof(int) / 2)
        return false;
    size_t room = 2 * readings->room;
    int *value = realloc(readings->value, room * sizeof *value);
    if (value == NULL)
        return false;
    readings->room = room;
    return true;
}

bool readings_add(struct readings *readings, int value)
{
    if (readings->count == readings->room && !grow(readings))
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
