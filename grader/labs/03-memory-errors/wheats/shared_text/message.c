// SPDX-License-Identifier: MIT
/*
 * message.c - patient 5, cured in another way: messages share a text, which counts its owners. The last one frees it.
 */
#include "clinic.h"

#include <stdlib.h>
#include <string.h>

struct text {
    unsigned owners;
    char string[];
};

struct message {
    struct text *text;
    char receiver[];
};

static struct text *text_new(const char *string)
{
    size_t size = strlen(string) + 1;
    struct text *text = malloc(sizeof *text + size);
    if (text == NULL)
        return NULL;
    text->owners = 0;
    memcpy(text->string, string, size);
    return text;
}

/* A message that is one more owner of TEXT. */
static struct message *message_with(struct text *text, const char *receiver)
{
    size_t size = strlen(receiver) + 1;
    struct message *message = malloc(sizeof *message + size);
    if (message == NULL)
        return NULL;
    memcpy(message->receiver, receiver, size);
    message->text = text;
    text->owners++;
    return message;
}

struct message *message_new(const char *receiver, const char *string)
{
    struct text *text = text_new(string);
    if (text == NULL)
        return NULL;
    struct message *message = message_with(text, receiver);
    if (message == NULL)
        free(text);
    return message;
}

struct message *message_forward(const struct message *message, const char *receiver)
{
    return message_with(message->text, receiver);
}

const char *message_receiver(const struct message *message)
{
    return message->receiver;
}

const char *message_text(const struct message *message)
{
    return message->text->string;
}

void message_free(struct message *message)
{
    if (message == NULL)
        return;
    if (--message->text->owners == 0)
        free(message->text);
    free(message);
}
