// SPDX-License-Identifier: MIT
/*
 * unwatched.c - finds what in a student's source keeps its loads and stores from being watched (grade.h).
 *
 * The words are searched for in the text as it was handed in, outside of comments and strings. Where that text can make
 * words that it does not have, by ##, by an include of what is no ordinary header or by a name that may be a macro of
 * the system's own, the compiler's preprocessor expands it, and the result is searched as well.
 */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>

/* A place in a text of C. */
struct reader {
    const char *at;
    unsigned line;
    unsigned attribute; /* brackets open since __attribute__ */
    bool pragma;        /* in a line of #pragma GCC, or after _Pragma */
    bool directive;     /* in a line that starts with # */

    /* of a text that the preprocessor has expanded */
    bool expanded;
    bool students;  /* in a file of src/, not in a header */
    unsigned depth; /* braces open */
    char last;      /* the last character but space */
};

static bool starts_word(char c)
{
    return g_ascii_isalpha(c) || c == '_';
}

static bool goes_on_with_word(char c)
{
    return g_ascii_isalnum(c) || c == '_';
}

static void step(struct reader *reader)
{
    if (*reader->at == '\n') {
        reader->line++;
        reader->directive = false;
        reader->pragma = false;
    }
    reader->at++;
}

static void skip_comment(struct reader *reader)
{
    bool to_line_end = reader->at[1] == '/';
    const char *end = to_line_end ? "\n" : "*/";
    reader->at += 2;
    while (*reader->at && !g_str_has_prefix(reader->at, end))
        step(reader);
    if (*reader->at && !to_line_end)
        reader->at += 2;
}

/* A string or a character. That of a _Pragma is read like a text of its own. */
static void skip_quoted(struct reader *reader)
{
    char quote = *reader->at++;
    if (reader->pragma)
        return;
    while (*reader->at && *reader->at != quote && *reader->at != '\n') {
        if (*reader->at == '\\' && reader->at[1])
            step(reader);
        step(reader);
    }
    if (*reader->at == quote)
        reader->at++;
}

/* At what follows the word for assembly in a declaration: is it a name for the linker? Headers have such. */
static bool is_label(const struct reader *reader)
{
    static const char of_name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.@";
    const char *at = reader->at;
    if (!reader->expanded || reader->students || reader->depth > 0 || reader->last != ')')
        return false;
    at += strspn(at, " ");
    if (*at++ != '(')
        return false;
    for (at += strspn(at, " "); *at == '"'; at += strspn(at, " ")) {
        at += 1 + strspn(at + 1, of_name);
        if (*at++ != '"')
            return false;
    }
    return *at == ')';
}

/* Of the compiler's builtins, some compute, or say something about types; others copy memory, call functions with
 * whatever arguments, or jump. The second kind is open-ended, so the first is listed. */
static bool is_harmless(const char *word)
{
    static const char *const starts[] = {
        "__builtin_expect",
        "__builtin_clz",
        "__builtin_ctz",
        "__builtin_ffs",
        "__builtin_popcount",
        "__builtin_parity",
        "__builtin_clrsb",
        "__builtin_bswap",
        "__builtin_add_",
        "__builtin_sub_",
        "__builtin_mul_",
        "__builtin_sadd",
        "__builtin_uadd",
        "__builtin_ssub",
        "__builtin_usub",
        "__builtin_smul",
        "__builtin_umul",
        "__builtin_constant_",
        "__builtin_types_",
        "__builtin_choose_",
        "__builtin_offsetof",
        "__builtin_object_",
        "__builtin_assume",
        "__builtin_is_",
        "__builtin_unreachable",
        "__builtin_trap",
        "__builtin_prefetch",
        "__builtin_huge_val",
        "__builtin_inf",
        "__builtin_nan",
        "__builtin_abs",
        "__builtin_labs",
        "__builtin_llabs",
        "__builtin_LINE",
        "__builtin_FILE",
        "__builtin_FUNCTION",
        "__builtin_classify",
        "__builtin_is",
        "__builtin_va_start",
        "__builtin_va_arg",
        "__builtin_va_end",
        "__builtin_va_list",
        "__builtin_dynamic_object_size",
    };
    for (guint i = 0; i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(word, starts[i]))
            return true;
    return false;
}

/* What is wrong with WORD, which READER has passed; NULL if nothing is. */
static const char *trouble_with(const struct reader *reader, const char *word)
{
    static const char *const assembly[] = {"asm", "__asm", "__asm__", NULL};
    static const char *const options[] = {"optimize", "__optimize__", "target", "__target__", NULL};
    static const char *const instructions[] = {"_mm_", "_mm2", "_mm5", "__builtin_ia32", "_writefs", "_writegs"};
    static const char *const spaces[] = {"__seg_fs", "__seg_gs", NULL};
    if (g_strv_contains(assembly, word))
        return is_label(reader) ? NULL : "inline assembly";
    for (guint i = 0; i < G_N_ELEMENTS(instructions); i++)
        if (g_str_has_prefix(word, instructions[i]))
            return "an instruction of one kind of processor";
    if (g_str_has_prefix(word, "__builtin") && (!reader->expanded || reader->students) && !is_harmless(word))
        return "a builtin of the compiler that may load or store unseen";
    if (!reader->expanded && (strcmp(word, "va_copy") == 0 || strcmp(word, "__va_copy") == 0))
        return "va_copy, which loads and stores unseen";
    if (g_strv_contains(spaces, word))
        return "addresses that count from a register";
    if (strstr(word, "scalar_storage_order"))
        return "another order of bytes, for which the compiler has no hooks";
    if (g_str_has_prefix(word, "__tsan_") || g_str_has_prefix(word, "__sanitizer_"))
        return "a name of the hooks by which the grader looks at memory accesses";
    if (strstr(word, "no_sanitize"))
        return "an attribute that keeps the grader from looking at memory accesses";
    if ((reader->attribute > 0 || reader->pragma) && g_strv_contains(options, word))
        return "options for the compiler";
    if (reader->attribute > 0 && (strcmp(word, "section") == 0 || strcmp(word, "__section__") == 0))
        return "a section of its own, where numbers could be run as code";
    if (reader->attribute > 0 && (strcmp(word, "alias") == 0 || strcmp(word, "__alias__") == 0))
        return "a second name for a variable, which may hide how long that is";
    return NULL;
}

static void note_word(struct reader *reader, const char *word)
{
    if (strcmp(word, "__attribute__") == 0 || strcmp(word, "__attribute") == 0)
        reader->attribute = 1;
    else if (strcmp(word, "_Pragma") == 0 || (reader->directive && strcmp(word, "pragma") == 0))
        reader->pragma = true;
}

/* Attributes stand in two pairs of brackets. */
static void note_sign(struct reader *reader)
{
    char sign = *reader->at;
    if (sign == '#')
        reader->directive = true;
    if (sign == '{')
        reader->depth++;
    if (sign == '}' && reader->depth > 0)
        reader->depth--;
    if (reader->attribute > 0 && sign == '(')
        reader->attribute++;
    if (reader->attribute > 1 && sign == ')' && --reader->attribute == 1)
        reader->attribute = 0;
}

/* At `# 12 "src/mm.c" 2`, by which the preprocessor says what comes next. Reads on to the line's end. */
static void take_marker(struct reader *reader)
{
    char *after = NULL;
    unsigned long line = strtoul(reader->at + 1, &after, 10);
    reader->students = g_str_has_prefix(after, " \"src/");
    reader->line = (unsigned)line - 1; /* its own end counts one */
    reader->at += strcspn(reader->at, "\n");
}

static bool at_marker(const struct reader *reader)
{
    return reader->expanded && !reader->directive && g_str_has_prefix(reader->at, "# ") &&
           g_ascii_isdigit(reader->at[2]);
}

/* Reads on up to the first word that is trouble, and says which. NULL at the end of the text. */
static const char *next_trouble(struct reader *reader)
{
    while (*reader->at) {
        if (starts_word(*reader->at)) {
            const char *start = reader->at;
            while (goes_on_with_word(*reader->at))
                reader->at++;
            g_autofree char *word = g_strndup(start, (gsize)(reader->at - start));
            const char *trouble = trouble_with(reader, word);
            if (trouble)
                return trouble;
            note_word(reader, word);
            reader->last = 'a';
        } else if (at_marker(reader)) {
            take_marker(reader);
        } else if (*reader->at == '/' && (reader->at[1] == '/' || reader->at[1] == '*')) {
            skip_comment(reader);
        } else if (*reader->at == '"' || *reader->at == '\'') {
            skip_quoted(reader);
            reader->last = '"';
        } else {
            note_sign(reader);
            if (!g_ascii_isspace(*reader->at))
                reader->last = *reader->at;
            step(reader);
        }
    }
    return NULL;
}

static char *say_trouble(struct reader *reader, const char *file)
{
    const char *trouble = next_trouble(reader);
    if (!trouble)
        return NULL;
    return g_strdup_printf("line %u of %s has %s. The grader looks at each load and store of this lab's code, and that "
                           "would keep it from doing so: write it in plain C",
                           reader->line, file, trouble);
}

/* --- what comes before tokens --- */

/* The length of a line's end at AT that the compiler ignores: a backslash, or a trigraph for one, and the end. 0: none.
 */
static size_t splice_at(const char *at)
{
    size_t n = *at == '\\' ? 1 : g_str_has_prefix(at, "?\?/") ? 3 : 0;
    size_t spaces = n > 0 ? strspn(at + n, " \t\v\f\r") : 0;
    return n > 0 && at[n + spaces] == '\n' ? n + spaces + 1 : 0;
}

/* TEXT with its lines joined and trigraphs replaced as in phases 1 and 2 of translation, and as many lines in all. */
static char *joined(const char *text)
{
    GString *result = g_string_new(NULL);
    unsigned owed = 0;
    while (*text) {
        size_t splice = splice_at(text);
        if (splice > 0) {
            owed++;
            text += splice;
        } else if (g_str_has_prefix(text, "?\?=")) {
            g_string_append_c(result, '#');
            text += 3;
        } else {
            g_string_append_c(result, *text);
            for (; *text == '\n' && owed > 0; owed--)
                g_string_append_c(result, '\n');
            text++;
        }
    }
    return g_string_free(result, FALSE);
}

/* Headers whose macros, apart from those that begin with two underscores, make none of the words. */
static const char *const ordinary_headers[] = {
    "assert.h",   "ctype.h",     "errno.h",  "inttypes.h",    "limits.h",    "math.h",    "stdalign.h", "stdbool.h",
    "stddef.h",   "stdint.h",    "stdio.h",  "stdlib.h",      "string.h",    "strings.h", "unistd.h",   "sys/mman.h",
    "sys/wait.h", "sys/types.h", "stdarg.h", "stdnoreturn.h", "stdatomic.h", NULL};

/* Is what follows `include` the name of an ordinary header, or of one that the lab has? */
static bool names_header(const char *at)
{
    at += strspn(at, " \t");
    const char *end = *at == '<' ? strchr(at, '>') : *at == '"' ? strchr(at + 1, '"') : NULL;
    if (!end)
        return false;
    g_autofree char *name = g_strndup(at + 1, (gsize)(end - at - 1));
    return g_strv_contains(ordinary_headers, name) ||
           (*at == '"' && g_str_has_suffix(name, ".h") && !strchr(name, '/'));
}

/* WORD begins with two underscores. May a header of the system's define it as a macro? */
static bool may_be_systems(const char *word)
{
    static const char *const known[] = {"__FILE__",      "__LINE__",   "__func__",    "__VA_ARGS__", "__attribute__",
                                        "__extension__", "__inline__", "__alignof__", "__typeof__",  NULL};
    return !g_str_has_prefix(word, "__builtin_") && !g_strv_contains(known, word);
}

static bool has_systems_word(const char *text)
{
    for (const char *at = text; (at = strstr(at, "__")) != NULL;) {
        const char *start = at;
        while (goes_on_with_word(*at))
            at++;
        g_autofree char *word = g_strndup(start, (gsize)(at - start));
        if ((start == text || !goes_on_with_word(start[-1])) && may_be_systems(word))
            return true;
    }
    return false;
}

/* TEXT is joined. Prose that looks like it costs only time. */
static bool makes_words(const char *text)
{
    static const char include[] = "include";
    if (strstr(text, "##") || strstr(text, "%:%:") || has_systems_word(text))
        return true;
    for (const char *at = text; (at = strstr(at, include)) != NULL; at += strlen(include)) {
        const char *after = at + strlen(include);
        if ((at == text || !goes_on_with_word(at[-1])) && !goes_on_with_word(*after) && !names_header(after))
            return true;
    }
    return false;
}

bool unwatched_makes_words(const char *text)
{
    g_autofree char *whole = joined(text);
    return makes_words(whole);
}

char *unwatched_words(const char *text, const char *file)
{
    g_autofree char *whole = joined(text);
    struct reader reader = {.at = whole, .line = 1};
    return say_trouble(&reader, file);
}

char *unwatched_expanded(const char *text, const char *file)
{
    struct reader reader = {.at = text, .line = 1, .expanded = true, .students = true};
    return say_trouble(&reader, file);
}

/* --- a submission --- */

static char *trouble_in_expanded(const struct submission *submission, const char *file)
{
    g_autofree char *name = g_strdup_printf(EXPANDED_FOLDER "/%.*s.o", (int)(strlen(file) - strlen(".c")), file);
    g_autofree char *path = submission_path(submission, name);
    g_autofree char *text = NULL;
    if (!compile_expanded(submission, file) || !g_file_get_contents(path, &text, NULL, NULL))
        return g_strdup_printf("the macros of %s expand to more than the grader can look at", file);
    return unwatched_expanded(text, file);
}

static char *trouble_in(const struct submission *submission, const char *file)
{
    g_autofree char *path = g_build_filename(submission->work, "src", file, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    char *found = unwatched_words(text, file);
    return found || !unwatched_makes_words(text) ? found : trouble_in_expanded(submission, file);
}

char *unwatched_part(const struct submission *submission)
{
    g_auto(GStrv) texts = submission_texts(submission);
    if (g_getenv("HEAPLAB_ATTACKS")) /* the kit's own attacks, which are to get further than this */
        return NULL;
    for (guint i = 0; texts[i]; i++) {
        char *found = trouble_in(submission, texts[i]);
        if (found)
            return found;
    }
    return NULL;
}
