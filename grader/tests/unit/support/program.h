// SPDX-License-Identifier: MIT
/*
 * program.h - unit tests of the command line program's modules: kits, submissions and results made up for one test.
 * What these functions return is never freed: the test's process ends soon.
 */
#ifndef HEAPLAB_PROGRAM_H
#define HEAPLAB_PROGRAM_H

#include "cli/cli.h"
#include "tests/unit/support/unit.h"

/* A new folder, removed at the end. */
char *unit_folder(void);

/* Writes N bytes to FOLDER/NAME, making folders on the way. Returns the path. */
char *unit_bytes(const char *folder, const char *name, const char *bytes, size_t n);
char *unit_file(const char *folder, const char *name, const char *text);

/* Makes the test's kit one with a single lab, 01-unit, whose rubric is INI. Returns its root, the same each time. */
char *unit_kit(const char *ini);

/* The lab's name in such a kit. */
#define UNIT_LAB "01-unit"

/* That lab's rubric, which must be sound. */
struct rubric *unit_rubric(const char *ini);

/* A submission whose work folder is new and holds an empty src. */
struct submission *unit_submission(const struct rubric *rubric);

/* One lab's result for VERDICTS (taken over; NULL: nothing was built). */
json_t *unit_score(const struct submission *submission, json_t *verdicts);

/* A judge's verdict on test NAME. */
json_t *unit_verdict(const char *name, const char *status);

/* The test called NAME in a lab's result. */
json_t *unit_test(const json_t *result, const char *name);
const char *unit_text(const json_t *object, const char *key);

/* The document around RESULT (taken over). */
json_t *unit_document(json_t *result);

#endif
