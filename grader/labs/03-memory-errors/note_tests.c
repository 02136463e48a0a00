// SPDX-License-Identifier: MIT
/*
 * note_tests.c - what lab 03 requires of patient 7, note.c: a note that can be rewritten.
 */
#include "common.h"

#include "clinic.h"

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
}
END_TEST

START_TEST(note_takes_any_text)
{
    struct note *note = new_note("buy milk");
    struct note *other = new_note("call home");
    PUT_TEXT(text, "buy milk and bread, a lot of bread");
    write_note(note, text);
    overwrite(text, "text");
    expect_note(note, "buy milk and bread, a lot of bread");
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread"));
    write_note(note, expect_note(note, "buy milk and bread, a lot of bread") + strlen("buy milk and bread, "));
    write_note(note, expect_note(note, "a lot of bread"));
    expect_note(note, "a lot of bread");
    write_note(note, note_text(other));
    write_note(other, put_string(""));
    expect_note(note, "call home");
    expect_note(other, "");
    note_free(other);
    write_note(note, put_letters('x', LONG_TEXT));
    const char *long_text = note_text(note);
    expect_fill(long_text, 'x', LONG_TEXT, "a long text should be complete");
    expect_string(long_text + LONG_TEXT, "", "a long text should end with a zero byte");
    expect_by_need(LONG_TEXT, "the text");
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
    note_free(NULL);
}
END_TEST

static void *write_first(void)
{
    return note_new(put_string("buy milk"));
}

START_TEST(note_bears_refusal)
{
    struct note *note = refuse_each(write_first, "note_new", "NULL");
    char *text = put_string("a text that needs more room than the old one");
    size_t requests = heap_requests();
    tell("/* the next request is refused */");
    heap_refuse(1);
    bool written = note_set(note, text);
    bool refused = heap_requests() > requests;
    heap_refuse(0);
    expect(written == !refused, "note_set should return false if and only if a request was refused");
    if (refused)
        expect_string(note_text(note), "buy milk",
                      "there was no memory for the new text, so the old one should still be there");
    write_note(note, text);
    expect_note(note, text);
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
