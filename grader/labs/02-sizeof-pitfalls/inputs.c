// SPDX-License-Identifier: MIT
/*
 * inputs.c - memory that the tests of lab 02 pass to the student's code (inputs.h).
 */
#include "inputs.h"

#include <limits.h>
#include <stdio.h>

enum { TEXT_BYTES = 160 };

short sample(size_t index)
{
    static const short extremes[] = {SHRT_MIN, SHRT_MAX, -1};
    if (index >= 2 && index < 5)
        return extremes[index - 2];
    return (short)(100 + 3 * (index % 9000));
}

short *put_samples(size_t count)
{
    static short image[MOST_SAMPLES];
    for (size_t i = 0; i < count; i++)
        image[i] = sample(i);
    char declaration[TEXT_BYTES];
    if (count == 1)
        snprintf(declaration, sizeof declaration, "short samples[1] = {%d};", sample(0));
    else
        snprintf(declaration, sizeof declaration, "short samples[%zu] = {%d, %d, ...};", count, sample(0), sample(1));
    return put(image, count * sizeof *image, "samples", declaration);
}

struct ticket *put_ticket(const struct ticket *values, unsigned char padding, const char *name)
{
    unsigned char image[sizeof *values];
    memset(image, padding, sizeof image);
    memcpy(image + offsetof(struct ticket, coach), &values->coach, sizeof values->coach);
    memcpy(image + offsetof(struct ticket, price), &values->price, sizeof values->price);
    memcpy(image + offsetof(struct ticket, kind), &values->kind, sizeof values->kind);
    memcpy(image + offsetof(struct ticket, train), &values->train, sizeof values->train);
    memcpy(image + offsetof(struct ticket, seat), &values->seat, sizeof values->seat);
    char declaration[TEXT_BYTES];
    snprintf(declaration, sizeof declaration,
             "struct ticket %s = {'%c', %ld, '%c', %d, %d};  /* padding bytes: 0x%02x */", name + 1, values->coach,
             values->price, values->kind, values->train, values->seat, padding);
    return put(image, sizeof image, name, declaration);
}

struct recording *put_recording(size_t count, unsigned rate)
{
    /* as small as a recording may be: a few samples lie where sizeof counts padding */
    size_t size = offsetof(struct recording, samples) + count * sizeof(short);
    struct recording *recording = put(NULL, size, "recording", NULL);
    tell("/* recording: count %zu, rate %u, samples %d, %d, ... */", count, rate, sample(0), sample(1));
    recording->count = count;
    recording->rate = rate;
    for (size_t i = 0; i < count; i++)
        recording->samples[i] = sample(i);
    return recording;
}
