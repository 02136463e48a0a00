// SPDX-License-Identifier: MIT
/*
 * compiler_words.c - what a beginner should look at for the compiler's commonest messages (report.h).
 *
 * A message is known by one or two pieces of its text, in this order; the first entry of the table that fits counts.
 * The words are gcc's, with plain quotation marks: its own depend on the locale.
 */
#include "report/report.h"

#include <string.h>

static const struct {
    const char *first, *then; /* THEN may be NULL */
    const char *sentence;
} table[] = {
    {"expected expression", NULL,
     "a value is missing just before the mark: look for an operator with nothing beside it"},
    {"expected ';'", NULL, "a statement ends with a semicolon; look at the end of this line, or of the one above it"},
    {"expected ',' or ';'", NULL,
     "a statement ends with a semicolon; look at the end of this line, or of the one above it"},
    {"expected declaration or statement at end of input", NULL,
     "a { has no }: look for the function that is not closed"},
    {"expected identifier or '('", NULL,
     "this stands outside of every function: is there a } too many above it, or a ; after a function's head?"},
    {"expected ')'", NULL,
     "count the ( and the ) in this line: one is not closed, or something between them is missing"},
    {"expected expression", NULL,
     "a value is missing just before the mark: look for an operator with nothing beside it"},
    {"expected declaration specifiers", NULL,
     "a function's head is not complete: a type, or the { after it, is missing"},
    {"missing terminating", NULL, "a text or a character has no closing quotation mark in this line"},
    {"undeclared", NULL,
     "the name is not known here: is it misspelt, declared further down or in another function, or is its header not "
     "included?"},
    {"implicit declaration of function", NULL,
     "no function of this name has been declared: is it misspelt, defined further down, or is its header not "
     "included?"},
    {"unknown type name", NULL,
     "there is no type of this name: is it misspelt, is the word struct missing, or is its header not included?"},
    {"No such file or directory", NULL, "there is no header of this name: compare the spelling"},
    {"file not found", NULL, "there is no header of this name: compare the spelling"},
    {"discards ", "const",
     "const says that this memory is only to be read; here it is passed on as if it could be written"},
    {"discards qualifiers", NULL,
     "const says that this memory is only to be read; here it is passed on as if it could be written"},
    {"read-only", NULL, "const says that this is only to be read, and here it is written"},
    {"incompatible pointer type", NULL,
     "the pointer leads to another type than the one wanted here: is there a * or & too many, or one missing?"},
    {"makes pointer from integer", NULL, "a number stands where an address is wanted: is a & missing, or a call?"},
    {"makes integer from pointer", NULL, "an address stands where a number is wanted: is a * missing?"},
    {"reaches end of non-void function", NULL,
     "the function promises a result, but there is a way through it that ends without return"},
    {"returning a value", NULL, "a function of type void returns nothing; this one returns a value"},
    {"too few arguments", NULL, "compare the call with the function's declaration: an argument is missing"},
    {"too many arguments", NULL, "compare the call with the function's declaration: there is an argument too many"},
    {"has no member named", NULL, "the struct has no such member: compare with its definition in the header"},
    {"is a pointer; did you mean to use", NULL, "a pointer to a struct takes ->; a struct itself takes a ."},
    {"request for member", NULL,
     "what stands left of the . is no struct; a pointer to a struct takes ->, and a void * has to be converted first"},
    {"invalid type argument of ", "->", "left of -> must be a pointer to a struct; a struct itself takes a ."},
    {"invalid type argument of unary ", "*", "* needs a pointer, and this is none"},
    {"indirection requires pointer operand", NULL, "* needs a pointer, and this is none"},
    {"void value not ignored", NULL, "this function returns nothing, so there is no result to use"},
    {"dereferencing ", "void *",
     "a void * says nothing about what it leads to: convert it to a pointer to a type first"},
    {"lvalue required", NULL, "left of = must be something that can hold a value; == compares, = stores"},
    {"suggest parentheses around assignment", NULL, "= stores and == compares: which do you mean here?"},
    {"conflicting types for", NULL, "the header declares this function with other types: copy its head from there"},
    {"redefinition of", NULL, "this name is defined a second time: one of the two has to go, or needs another name"},
    {"static declaration of ", "follows non-static",
     "the function is used before it is defined: move it up, or declare it before its first use"},
    {"undefined type", NULL,
     "only the name of this struct is known here, not what is in it: its header is not included"},
    {"incomplete type", NULL,
     "only the name of this struct is known here, not what is in it: its header is not included"},
    {"without a previous ", "if",
     "before else there must be an if with one statement: use { }, and no ; after if (...)"},
    {"without a loop", NULL, "break and continue work only inside of a loop: is a } too early?"},
    {"not within loop", NULL, "break and continue work only inside of a loop: is a } too early?"},
    {"returns address of local variable", NULL,
     "a local variable ends with its function: its address is of no use afterwards, and gcc makes it NULL"},
    {"address of stack memory associated with local", NULL,
     "a local variable ends with its function: its address is of no use afterwards"},
    {"uninitialized", NULL, "the variable is read before anything has been stored in it"},
};

/* What LINE says after "error:" or "warning:", with plain quotation marks; NULL if it is neither. */
static char *message_of(const char *line)
{
    static const char *const kinds[] = {": error: ", ": fatal error: ", ": warning: "};
    const char *found = NULL;
    for (gsize i = 0; !found && i < G_N_ELEMENTS(kinds); i++)
        found = strstr(line, kinds[i]);
    if (!found)
        return NULL;
    GString *plain = g_string_new(found);
    g_string_replace(plain, "\xE2\x80\x98", "'", 0);
    g_string_replace(plain, "\xE2\x80\x99", "'", 0);
    return g_string_free(plain, FALSE);
}

const char *compiler_sentence(const char *line)
{
    g_autofree char *message = message_of(line);
    for (gsize i = 0; message && i < G_N_ELEMENTS(table); i++) {
        const char *found = strstr(message, table[i].first);
        if (found && (!table[i].then || strstr(found + strlen(table[i].first), table[i].then)))
            return table[i].sentence;
    }
    return NULL;
}
