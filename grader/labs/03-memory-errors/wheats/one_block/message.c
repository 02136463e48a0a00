// SPDX-License-Identifier: MIT
/*
 * message.c - patient 5, cured in another way: a message is one block that holds both strings, one after the other.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct message {
    size_t text; /* where it begins in strings; the receiver is at 0 */
    char strings[];
};

struct message *message_new(const char *receiver, const char *text)
{
    size_t receiver_size = strlen(receiver) + 1, text_size = strlen(text) + 1;
    struct message *message = malloc(sizeof *message + receiver_size + text_size);
    if (message == NULL)
        return NULL;
    message->text = receiver_size;
    memcpy(message->strings, receiver, receiver_size);
    memcpy(message->strings + receiver_size, text, text_size);
    return message;
}

struct message *message_forward(const struct message *message, const char *receiver)
{
    return message_new(receiver, message_text(message));
}

const char *message_receiver(const struct message *message)
{
    return message->strings;
}

const char *message_text(const struct message *message)
{
    return message->strings + message->text;
}

void message_free(struct message *message)
{
    free(message);
}
