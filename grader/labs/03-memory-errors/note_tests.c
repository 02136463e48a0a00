// SPDX-License-Identifier: MIT
/*
 * note_tests.c - what lab 03 requires of patient 7, note.c: a note that can be rewritten.
 */
#include "common.h"

#include "clinic.h"

#include <stdio.h>

enum { TEXT_ROOM = 100 };

static struct note *new_note(const char *text)
{
    struct note *note = note_new(put_string(text));
    expect_pointer_set(note, "note_new should succeed: there is enough memory");
    return note;
}

static const char *expect_note(const struct note *note, const char *text)
{
    const char *found = note_text(note);
    expect_kept(found, text, "the text of the note");
    return found;
}

static void write_note(struct note *note, const char *text)
{
    expect(note_set(note, text), "note_set should succeed: there is enough memory");
}

START_TEST(note_is_well)
{
    struct note *note = new_note("- buy milk");
    write_note(note, expect_note(note, "- buy milk") + 2);
    expect_note(note, "buy milk");
    write_note(note, expect_note(note, "buy milk") + strlen("buy mil"));
    expect_note(note, "k");
    write_note(note, expect_note(note, "k") + 1);
    expect_note(note, "");
}
END_TEST

START_TEST(note_takes_any_text)
{
    PUT_TEXT(first, "buy milk");
    struct note *note = note_new(first);
    expect_pointer_set(note, "note_new should succeed: there is enough memory");
    expect_by_need(sizeof "buy milk", "the text");
    expect_input(first, "buy milk");
    overwrite(first, "first");
    expect_note(note, "buy milk");
    const char *read_before = expect_note(note, "buy milk");
    expect_note(note, "buy milk");
    expect_kept(read_before, "buy milk", "the text that was read before");
    struct note *other = new_note("call home");
    static const char text_is[] = "buy milk and bread, a lot of bread";
    PUT_TEXT(text, "buy milk and bread, a lot of bread");
    write_note(note, text);
    expect_by_need(sizeof text_is, "the text");
    expect_input(text, text_is);
    overwrite(text, "text");
    expect_note(note, "buy milk and bread, a lot of bread");
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread"));
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread") + strlen("buy milk and bread, "));
    write_note(note, expect_note(note, "a lot of bread"));
    expect_note(note, "a lot of bread");
    write_note(note, note_text(other) + 5);
    expect_note(note, "home");
    expect_note(other, "call home");
    write_note(note, note_text(other));
    expect_note(other, "call home");
    write_note(other, put_string(""));
    expect_note(note, "call home");
    expect_note(other, "");
    write_note(note, put_string("call hope"));
    expect_note(note, "call hope");
    note_free(other);
    write_note(note, put_letters('x', LONG_TEXT));
    const char *long_text = note_text(note);
    expect_fill(long_text, 'x', LONG_TEXT, "a long text should be complete");
    expect_string(long_text + LONG_TEXT, "", "a long text should end with a zero byte");
    expect_by_need(LONG_TEXT, "the text");
    struct note *crowd[CROWD];
    story_quiet();
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = new_note("");
    for (size_t i = 0; i < CROWD; i++)
        write_note(crowd[i], put_string(i % 2 == 0 ? "buy milk" : "call home"));
    story_aloud();
    expect_note(crowd[0], "buy milk");
    expect_note(crowd[CROWD - 1], "call home");
}
END_TEST

START_TEST(note_given_back)
{
    struct note *note = new_note("- buy milk");
    write_note(note, put_string("call home"));
    write_note(note, expect_note(note, "call home") + 5);
    expect_note(note, "home");
    note_free(note);
    expect_no_leak("note_free should leave nothing allocated, including old texts");
    reuse_blocks();
    note = new_note("buy milk");
    write_note(note, expect_note(note, "buy milk") + 4);
    expect_note(note, "milk");
    note_free(note);
    expect_no_leak("note_free should leave nothing allocated");
    note_free(NULL);
}
END_TEST

static void *write_first(void)
{
    return note_new(put_string("buy milk"));
}

/* note_set(NOTE, TEXT), of which the K-th request is refused: either it needs none, or the note is as it was. */
static bool write_refused(struct note *note, const char *text, size_t k)
{
    char before[TEXT_ROOM], after[TEXT_ROOM];
    snprintf(before, sizeof before, "%s", note_text(note));
    snprintf(after, sizeof after, "%s", text);
    size_t requests = heap_requests();
    tell("/* the next call: request number %zu is refused */", k);
    heap_refuse(k);
    bool written = note_set(note, text);
    bool refused = heap_requests() - requests >= k;
    heap_refuse(0);
    expect(written == !refused, "note_set should return false if and only if a request was refused");
    if (refused)
        expect_string(note_text(note), before,
                      "there was no memory for the new text, so the old one should still be there");
    else
        expect_string(note_text(note), after, "no request was refused, so the note should hold the new text");
    return refused;
}

START_TEST(note_bears_refusal)
{
    struct note *note = refuse_each(write_first, "note_new", "NULL");
    char *text = put_string("a text that needs more room than the old one");
    size_t k = 1;
    while (write_refused(note, text, k))
        k++;
    write_note(note, text);
    expect_note(note, text);
    for (k = 1; write_refused(note, note_text(note) + 2, k);)
        k++;
    note_free(note);
    expect_no_leak("note_free should free everything");
}
END_TEST

START_TEST(note_memcheck)
{
    struct note *note = new_note("- buy milk");
    write_note(note, expect_note(note, "- buy milk") + 2);
    write_note(note, expect_note(note, "buy milk"));
    write_note(note, put_string("call home"));
    expect_note(note, "call home");
    note_free(note);
}
END_TEST

void add_note_tests(struct suite *suite)
{
    suite_add(suite, note_is_well);
    suite_add(suite, note_takes_any_text);
    suite_add(suite, note_given_back);
    suite_add(suite, note_bears_refusal);
    suite_add_memcheck(suite, note_memcheck);
}
