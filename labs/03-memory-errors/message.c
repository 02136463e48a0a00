// SPDX-License-Identifier: MIT
/*
 * message.c - patient 5: messages that can be forwarded.
 *
 * Interface: clinic.h. A message owns its receiver and its text, each in a heap block of its own.
 *
 * Complaint: "Messages work well. But soon after one is forwarded, the mail server is aborted."
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct message {
    char *receiver;
    char *text;
};

/* The caller owns the copy. NULL when there is not enough memory. */
static char *copy_of(const char *string)
{
    size_t size = strlen(string) + 1;
    char *copy = malloc(size);
    return copy != NULL ? memcpy(copy, string, size) : NULL;
}

/* A message that owns RECEIVER and TEXT from now on.
 * NULL, with both of them freed, if either is NULL or there is not enough memory. */
static struct message *message_of(char *receiver, char *text)
{
    struct message *message = malloc(sizeof *message);
    if (message == NULL || receiver == NULL || text == NULL) {
        free(receiver);
        free(text);
        free(message);
        return NULL;
    }
    *message = (struct message){.receiver = receiver, .text = text};
    return message;
}

struct message *message_new(const char *receiver, const char *text)
{
    return message_of(copy_of(receiver), copy_of(text));
}

struct message *message_forward(const struct message *message, const char *receiver)
{
    return message_of(copy_of(receiver), message->text);
}

const char *message_receiver(const struct message *message)
{
    return message->receiver;
}

const char *message_text(const struct message *message)
{
    return message->text;
}

void message_free(struct message *message)
{
    if (message == NULL)
        return;
    free(message->receiver);
    free(message->text);
    free(message);
}
