// SPDX-License-Identifier: MIT
/*
 * kit.h - what every part of the command line program builds on.
 *
 * Two kinds of trouble are kept apart everywhere:
 *
 *   problem  something about the submission: a sentence in the result, 0 points, and the program goes on
 *   die_*    unusable arguments (exit status 1) or a fault in the kit (exit status 2): the program ends
 *
 * Strings and lists are GLib's. The caller frees what a function returns, unless its comment says otherwise.
 */
#ifndef HEAPLAB_KIT_H
#define HEAPLAB_KIT_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define HEAPLAB_VERSION "0.1"
#define RESULT_SCHEMA 1

enum { EXIT_GRADED = 0, EXIT_UNUSABLE = 1, EXIT_FAULT = 2 };

/* --- kit.c: where things are, and how the program ends --- */

/* A path below the kit's root, as g_build_filename would join it. The list ends with NULL. */
char *kit_path(const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The labs' folder names ("01-stack-vs-heap"), in order: all folders of grader/labs with a rubric. */
GPtrArray *kit_labs(void);

/* The lab whose name or number ("5", "05", "05-header-allocator") is WORD; NULL if there is none. */
char *kit_find_lab(const char *word);

/* How many processors to use: all, or the number that was set. */
unsigned kit_workers(void);
void kit_set_workers(unsigned workers);

/* Call it in a child, as g_spawn's setup or after fork: the child is then killed when its parent ends. */
void kit_end_with_parent(gpointer unused);

_Noreturn void die_unusable(const char *format, ...) G_GNUC_PRINTF(1, 2);
_Noreturn void die_fault(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* --- files.c: files and folders --- */

/* A new, empty folder below $TMPDIR; removed when the program ends, however it ends, except by SIGKILL. */
char *files_make_temporary(void);

/* Makes such folders below FOLDER instead of $TMPDIR from now on. */
void files_temporaries_below(const char *folder);

/* LAST is called when the program exits, or when a signal ends it: it must be safe in a signal handler. */
void files_before_end(void (*last)(void));

/* Call it in a child after fork, so that the child does not remove the parent's temporary folders. */
void files_after_fork(void);

void files_remove_tree(const char *path);

/* Is PATH a folder, and no link to one? */
bool files_is_folder(const char *path);

/* The names in FOLDER that end with SUFFIX ("": all) and do not start with a dot, in order; none if it can't be read.
 * Free with g_ptr_array_unref. */
GPtrArray *files_names(const char *folder, const char *suffix);

/* Copies the files in FROM, but not the folders in it, to the folder TO, which it creates. */
void files_copy_folder(const char *from, const char *to);

/* Is ERROR (an errno) the machine's trouble, such as a full disk, and not a path that is wrong or locked? */
bool files_machine_error(int error);

/* Writes BYTES to PATH through a temporary file and a rename; dies if that fails, with a fault if the machine is to
 * blame. "-" is stdout. */
void files_write(const char *path, const char *bytes);

/* The same for files that can be made again at any time: it does not wait for the disk, and keeps an old file with the
 * same content. */
void files_write_anew(const char *path, const char *bytes);

/* The text of PATH, at most MOST bytes of it, made valid UTF-8 without control characters other than newline and tab;
 * empty if it can't be read. */
char *files_read_text(const char *path, size_t most);

/* --- archive.c: files into an archive --- */

struct packed {
    char *name;  /* in the archive */
    char *bytes; /* owned */
    gsize size;
};

void packed_free(struct packed *file);

/* Writes FILES (struct packed) to PATH through a temporary name: as a .zip if PATH ends so, otherwise as a .tar.gz. The
 * same files give the same bytes. Dies on failure. */
void archive_write(const char *path, const GPtrArray *files);

/* --- text.c: text --- */

/* BYTES made safe to print anywhere: valid UTF-8, no control characters other than newline and tab. */
char *text_clean(const char *bytes, size_t n);

/* TEXT in lower case; each run of characters other than letters and digits becomes one space, except at the ends. */
char *text_plain(const char *text);

/* The bytes that TEXT ("20M", "512K" or "1048576") means, in *BYTES. False if it is no size. */
bool size_parse(const char *text, size_t *bytes);

/* Order two strings byte by byte, for g_ptr_array_sort and its kin: the arguments point to char pointers. */
int compare_names(gconstpointer a, gconstpointer b);

/* --- result.c: reading JSON documents, results above all --- */

/* A missing text is "", a missing number 0. */
const char *text_at(const json_t *object, const char *key);
json_int_t number_at(const json_t *object, const char *key);
json_int_t number_in(const json_t *array, size_t index);
double real_at(const json_t *object, const char *key);

/* NULL if there is no such string. Borrowed. */
const char *string_at(const json_t *object, const char *key);

/* Does LAB, of a result, have a program? */
bool lab_is_built(const json_t *lab);

bool test_passed(const json_t *test);

/* Is the submission of DOCUMENT late: does its system say so, or does its mark (class/marks/marks.h)? */
bool document_is_late(const json_t *document);
bool test_waits(const json_t *test); /* it was not run */
bool test_went_wrong(const json_t *test);
bool test_is_shown(const json_t *test);

/* The first of a lab's tests that went wrong, in the order of its RESULT; NULL if none did. Borrowed. */
const json_t *first_wrong_test(const json_t *result);

/* --- terminal.c: the terminal --- */

/* Options for everything that is printed, set once at the start. */
struct terminal {
    bool colour;
    bool unicode;
    int width;
    unsigned hint_steps; /* how many steps of a hint the story shows; 0 means 1 */
};
extern struct terminal terminal;

/* Sets `terminal` from stdout, the locale and NO_COLOR. */
void terminal_detect(void);

/* Appends TEXT to OUT in lines of at most the terminal's width, each indented by INDENT columns. Words longer than a
 * line stay whole. */
void wrap(GString *out, const char *text, int indent);

/* --- waiting.c: a line that says what is going on --- */

/* Shows a line that says what is going on, if that takes longer than a second and stdout is a terminal. May be called
 * again to change the line. */
void waiting_begin(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Removes the line. Print nothing before calling this. */
void waiting_end(void);

#endif
