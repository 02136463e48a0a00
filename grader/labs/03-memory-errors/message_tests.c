// SPDX-License-Identifier: MIT
/*
 * message_tests.c - what lab 03 requires of patient 5, message.c: messages that can be forwarded.
 */
#include "common.h"

#include "clinic.h"

#include <stdio.h>

static struct message *original; /* that forward_again forwards */

static struct message *new_message(const char *receiver, const char *text)
{
    struct message *message = message_new(put_string(receiver), put_string(text));
    expect_pointer_set(message, "message_new should succeed: there is enough memory");
    return message;
}

static struct message *forward_to(const struct message *message, const char *receiver)
{
    struct message *forward = message_forward(message, put_string(receiver));
    expect_pointer_set(forward, "message_forward should succeed: there is enough memory");
    return forward;
}

static void expect_message(const struct message *message, const char *receiver, const char *text)
{
    char what[64];
    snprintf(what, sizeof what, "the receiver of %s", name_of(message));
    expect_kept(message_receiver(message), receiver, what);
    snprintf(what, sizeof what, "the text of %s", name_of(message));
    expect_kept(message_text(message), text, what);
}

START_TEST(message_is_well)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    expect_message(forward, "Grace", "Lunch?");
    expect_message(message, "Ada", "Lunch?");
    message_free(forward);
    message_free(message);
}
END_TEST

/* Forwards that share their text have to count more of them than 8 bits can. */
static void expect_many_forwards(void)
{
    enum { MANY = 300 };
    struct message *message = new_message("Alan", "Tea?");
    struct message *forwards[MANY];
    tell("/* it is forwarded to Barbara %d times, and all these but the last are freed */", MANY);
    story_quiet();
    for (size_t i = 0; i < MANY; i++)
        forwards[i] = forward_to(message, "Barbara");
    for (size_t i = 0; i + 1 < MANY; i++)
        message_free(forwards[i]);
    story_aloud();
    expect_message(message, "Alan", "Tea?");
    expect_message(forwards[MANY - 1], "Barbara", "Tea?");
}

START_TEST(message_forwards_are_apart)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *first = forward_to(message, "Grace");
    struct message *other = forward_to(new_message("Alan", "Tea at four"), "Barbara");
    struct message *second = forward_to(first, "Edsger");
    message_free(message);
    expect_message(first, "Grace", "Lunch?");
    expect_message(other, "Barbara", "Tea at four");
    message_free(first);
    expect_message(second, "Edsger", "Lunch?");
    struct message *same = message_forward(second, message_receiver(second));
    expect_pointer_set(same, "message_forward should succeed: there is enough memory");
    expect_message(same, "Edsger", "Lunch?");
    PUT_TEXT(receiver, "Donald");
    struct message *third = message_forward(second, receiver);
    expect_pointer_set(third, "message_forward should succeed: there is enough memory");
    expect_input(receiver, "Donald");
    overwrite(receiver, "receiver");
    expect_message(third, "Donald", "Lunch?");
    message_free(second);
    message_free(same);
    expect_message(third, "Donald", "Lunch?");
    expect_many_forwards();
}
END_TEST

static void expect_long(const char *found, char letter)
{
    expect_fill(found, (unsigned char)letter, LONG_TEXT, "a long string should be complete");
    expect_string(found + LONG_TEXT, "", "a long string should end with a zero byte");
}

START_TEST(message_copies_any_text)
{
    PUT_TEXT(receiver, "Ada");
    PUT_TEXT(text, "Lunch?");
    struct message *message = message_new(receiver, text);
    expect_pointer_set(message, "message_new should succeed: there is enough memory");
    expect_by_need(sizeof "Ada" + sizeof "Lunch?", "the strings");
    expect_input(receiver, "Ada");
    expect_input(text, "Lunch?");
    overwrite(receiver, "receiver");
    overwrite(text, "text");
    expect_message(message, "Ada", "Lunch?");
    expect_message(forward_to(message, "Grace"), "Grace", "Lunch?");
    expect_by_need(sizeof "Grace" + sizeof "Lunch?", "the strings");
    expect_message(new_message("", ""), "", "");
    expect_message(forward_to(message, ""), "", "Lunch?");

    struct message *crowd[CROWD];
    story_quiet();
    for (size_t i = 0; i < CROWD; i++)
        crowd[i] = forward_to(new_message("Alan", i % 2 == 0 ? "Tea?" : "Tea at four"), "Barbara");
    story_aloud();
    expect_message(crowd[0], "Barbara", "Tea?");
    expect_message(crowd[CROWD - 1], "Barbara", "Tea at four");

    struct message *long_one = message_new(put_letters('x', LONG_TEXT), put_letters('y', LONG_TEXT));
    expect_pointer_set(long_one, "message_new should succeed: there is enough memory");
    expect_long(message_receiver(long_one), 'x');
    expect_long(message_text(long_one), 'y');
    struct message *forward = message_forward(long_one, put_letters('z', LONG_TEXT));
    expect_pointer_set(forward, "message_forward should succeed: there is enough memory");
    expect_long(message_receiver(forward), 'z');
    expect_long(message_text(forward), 'y');
}
END_TEST

START_TEST(message_given_back)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    message_free(message);
    message_free(forward);
    expect_no_leak("message_free should free everything that belongs to a message");
    reuse_blocks();
    message = new_message("Alan", "Tea at four");
    forward = forward_to(message, "Barbara");
    message_free(message);
    expect_message(forward, "Barbara", "Tea at four");
    message_free(forward);
    expect_no_leak("message_free should free everything that belongs to a message");
    message_free(NULL);
    message_free(new_message("Ada", "Lunch?"));
    expect_no_leak("message_free should free everything that belongs to a message");
}
END_TEST

static void *forward_again(void)
{
    return message_forward(original, put_string("Grace"));
}

static void *write_message(void)
{
    return message_new(put_string("Ada"), put_string("Lunch?"));
}

START_TEST(message_bears_refusal)
{
    original = refuse_each(write_message, "message_new", "NULL");
    struct message *forward = refuse_each(forward_again, "message_forward", "NULL");
    expect_message(original, "Ada", "Lunch?");
    expect_message(forward, "Grace", "Lunch?");
    message_free(original);
    message_free(forward);
    expect_no_leak("message_free should free everything that belongs to a message");
}
END_TEST

START_TEST(message_memcheck)
{
    struct message *message = new_message("Ada", "Lunch?");
    struct message *forward = forward_to(message, "Grace");
    message_free(message);
    struct message *again = forward_to(forward, "Edsger");
    expect_message(again, "Edsger", "Lunch?");
    message_free(forward);
    message_free(again);
}
END_TEST

void add_message_tests(struct suite *suite)
{
    suite_add(suite, message_is_well);
    suite_add(suite, message_forwards_are_apart);
    suite_add(suite, message_copies_any_text);
    suite_add(suite, message_given_back);
    suite_add(suite, message_bears_refusal);
    suite_add_memcheck(suite, message_memcheck);
}
