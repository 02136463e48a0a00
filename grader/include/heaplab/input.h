// SPDX-License-Identifier: MIT
/*
 * heaplab/input.h - memory that a test hands to the student's code.
 *
 * What a pointer argument points to must lie in the shared arena. These helpers put it there, in judged and direct mode
 * alike, and write a line of C into the story so that the student sees the input as a declaration. The memory is not on
 * the student's heap and lasts until the end of the test. Inputs end at a red zone: a write past one is reported when
 * the test ends.
 */
#ifndef HEAPLAB_INPUT_H
#define HEAPLAB_INPUT_H

#include <stddef.h>

/* Copies N BYTES (or zeros, if BYTES is NULL), aligned for any type. DECLARATION is the line of C for the story, or
 * NULL for none; NAME is what the story calls the pointer. Never fails: running out of room is a fault in the test. */
void *put(const void *bytes, size_t n, const char *name, const char *declaration);

/* A string; calls show it as a literal. */
char *put_string(const char *text);

/* PUT_ARRAY(int, v, 3, 1, 4) declares `int *v` and adds `int v[] = {3, 1, 4};` to the story. */
#define PUT_ARRAY(type, name, ...)                                                                                     \
    static const type name##_image[] = {__VA_ARGS__};                                                                  \
    type *name = put(name##_image, sizeof name##_image, #name, #type " " #name "[] = {" #__VA_ARGS__ "};")

#endif
