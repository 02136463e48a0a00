// SPDX-License-Identifier: MIT
/*
 * common.h - what several files of lab 02's tests share (common.c).
 */
#ifndef COMMON_H
#define COMMON_H

#include "heaplab/test.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

enum { TEXT_BYTES = 160 };

/* The call that has just returned NULL has set errno to ERROR. REASON says why it is this error. */
void expect_reason(int error, const char *reason);

/* RECORDING was returned by CALL, and its block is as large as a struct recording with COUNT samples. */
void expect_recording_room(const void *recording, size_t count, const char *call);

/* Each adds the tests of its file. */
void add_struct_tests(struct suite *suite);
void add_matrix_tests(struct suite *suite);
void add_safety_tests(struct suite *suite);

#endif
