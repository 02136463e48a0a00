// SPDX-License-Identifier: MIT
/*
 * adapt.c - which functions of an allocator the judge calls, whatever their names, and what stands between (foreign.h).
 */
#include "grade/foreign/foreign.h"

#include <string.h>

#define ADAPTER "heaplab_adapter.c"
#define UNKNOWN "heaplab_unknown.c"

enum { MOST_BYTES = 1 << 20, USUAL_SEGMENT = 32 << 20, USUAL_HEAP = 20 << 20, USUAL_ALIGNMENT = 16 };

/* --- what mm.h says --- */

static void write_source(const struct submission *submission, const char *name, const char *text)
{
    g_autofree char *below = g_build_filename("src", name, NULL);
    g_autofree char *path = submission_path(submission, below);
    files_write(path, text);
}

/* "int mm_init(void);": functions mm_... that TEXT defines, with types that every header knows. */
static void declare_defined(const char *text, GString *header, GPtrArray *names)
{
    g_autoptr(GRegex) regex =
        g_regex_new("((?:\\b(?:void|bool|_Bool|int|unsigned|long|char|size_t|const)\\b[ \\t\\n]*)+"
                    "\\**)[ \\t\\n]*(mm_\\w+)[ \\t\\n]*\\(([\\w \\t\\n,*]*)\\)[ \\t\\n]*\\{",
                    0, 0, NULL);
    g_autoptr(GRegex) simple = g_regex_new("^(?:\\s*(?:(?:void|bool|_Bool|int|unsigned|long|char|size_t|const|uint32_t|"
                                           "uint64_t|uintptr_t|\\*)\\s*)+(?:\\b\\w+)?\\s*,?)*$",
                                           0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *result = g_match_info_fetch(match, 1);
        g_autofree char *name = g_match_info_fetch(match, 2);
        g_autofree char *parameters = g_match_info_fetch(match, 3);
        int start = 0;
        g_match_info_fetch_pos(match, 0, &start, NULL);
        const char *line = text + start;
        while (line > text && line[-1] != '\n' && line[-1] != ';' && line[-1] != '}')
            line--;
        g_autofree char *before = g_strndup(line, (gsize)(text + start - line));
        if (strstr(before, "static") || !g_regex_match(simple, parameters, 0, NULL) ||
            g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
            continue;
        g_string_append_printf(header, "%s %s(%s);\n", result, name, parameters);
        g_ptr_array_add(names, g_strdup(name));
    }
}

static void declare_usual(GString *header, GPtrArray *names)
{
    static const char *const usual[][2] = {{"mm_malloc", "void *mm_malloc(size_t size);\n"},
                                           {"mm_free", "void mm_free(void *payload);\n"},
                                           {"mm_realloc", "void *mm_realloc(void *payload, size_t size);\n"},
                                           {"mm_calloc", "void *mm_calloc(size_t count, size_t size);\n"}};
    for (guint i = 0; i < G_N_ELEMENTS(usual); i++)
        if (!g_ptr_array_find_with_equal_func(names, usual[i][0], g_str_equal, NULL))
            g_string_append(header, usual[i][1]);
}

void adapt_headers(struct submission *submission, const struct surroundings *around, const char *text)
{
    g_autoptr(GString) header = g_string_new(NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    declare_defined(text, header, names);
    declare_usual(header, names);
    write_source(submission, "heaplab_mm.h", header->str);
    bool own_team = g_regex_match_simple("\\}\\s*team_t\\s*;", text, 0, 0);
    bool own_alignment = g_regex_match_simple("\\bMM_ALIGNMENT\\s*=[^=]", text, 0, 0);
    bool sbrk_of_int = g_regex_match_simple("\\bmem_sbrk\\s*\\(\\s*int\\b[^()]*\\)\\s*;", text, 0, 0);
    submission->flags = g_strdup_printf(
        " -DDRIVER -Isrc -fno-builtin-malloc -fno-builtin-calloc -fno-builtin-realloc -fno-builtin-free"
        " -DHEAPLAB_ALIGNMENT=%d -DHEAPLAB_MAX_HEAP=%zu%s%s%s",
        around->alignment ? around->alignment : USUAL_ALIGNMENT, around->heap ? around->heap : (size_t)USUAL_HEAP,
        own_team ? " -DHEAPLAB_OWN_TEAM" : "", own_alignment ? " -DHEAPLAB_OWN_ALIGNMENT" : "",
        sbrk_of_int ? " -DHEAPLAB_SBRK_TAKES=int" : "");
}

/* --- choosing functions --- */

static bool is_pointer(const char *type)
{
    return strchr(type, '*') != NULL;
}

static guint parameters(const struct prototype *function)
{
    return g_strv_length(function->parameters);
}

/* Does FUNCTION take, after LEFT_OUT pointers, what SHAPE says: 'p' a pointer, 'n' a number? */
static bool takes(const struct prototype *function, guint left_out, const char *shape)
{
    if (parameters(function) != left_out + strlen(shape))
        return false;
    for (guint i = 0; i < parameters(function); i++) {
        char wanted = i < left_out ? 'p' : shape[i - left_out];
        if (is_pointer(function->parameters[i]) != (wanted == 'p'))
            return false;
    }
    return true;
}

/* Writes "void *" for each type of FUNCTIONS that TEXT defines as a pointer of another name. */
static void resolve_pointers(const GPtrArray *functions, const char *text)
{
    g_autoptr(GRegex) regex = g_regex_new("(?:\\btypedef\\b[^;{}()]*|\\}\\s*)\\*\\s*(\\w+)\\s*;", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *name = g_match_info_fetch(match, 1);
        g_autofree char *pattern = g_strdup_printf("\\b%s\\b", name);
        g_autoptr(GRegex) word = g_regex_new(pattern, 0, 0, NULL);
        for (guint i = 0; i < functions->len; i++) {
            struct prototype *function = functions->pdata[i];
            char *result = g_regex_replace_literal(word, function->result, -1, 0, "void *", 0, NULL);
            g_free(function->result);
            function->result = result;
            for (guint k = 0; function->parameters[k]; k++) {
                char *parameter = g_regex_replace_literal(word, function->parameters[k], -1, 0, "void *", 0, NULL);
                g_free(function->parameters[k]);
                function->parameters[k] = parameter;
            }
        }
    }
}

/* The allocator's functions; NULL where it has none. */
struct chosen {
    const struct prototype *allocate, *release, *resize, *init;
    guint instance; /* 1: each takes a pointer first, which INIT returned */
};

static const struct prototype *defined(const GPtrArray *functions, const char *name)
{
    for (guint i = 0; name && i < functions->len; i++) {
        const struct prototype *function = functions->pdata[i];
        if (function->defined && !function->is_static && strcmp(function->name, name) == 0)
            return function;
    }
    return NULL;
}

/* The function called as NAME is, with one of WORDS in place of WORD, that takes SHAPE. */
static const struct prototype *relative(const GPtrArray *functions, const char *name, const char *word,
                                        const char *const *words, guint left_out, const char *shape)
{
    const char *at = strstr(name, word);
    for (guint i = 0; at && words[i]; i++) {
        g_autofree char *other = g_strdup_printf("%.*s%s%s", (int)(at - name), name, words[i], at + strlen(word));
        const struct prototype *found = defined(functions, other);
        if (found && takes(found, left_out, shape))
            return found;
    }
    return NULL;
}

static const char *const free_words[] = {"free",    "Free",    "FREE",    "dealloc", "deallocate",
                                         "Dealloc", "release", "Release", "afree",   NULL};
static const char *const realloc_words[] = {"realloc", "Realloc", "REALLOC", "reallocate", "ReAlloc", "resize", NULL};
static const char *const init_words[] = {
    "init",  "Init",  "initialize", "initialise", "create",    "Create", "create_with_pool",
    "setup", "start", "new",        "heap_init",  "init_heap", "INIT",   NULL};

/* Makes FUNCTION, in whose name WORD means "allocate", the choice, if another one frees. */
static bool choose_from(const GPtrArray *functions, const struct prototype *function, const char *word,
                        struct chosen *chosen)
{
    for (guint left_out = 0; left_out <= 1; left_out++) {
        if (!takes(function, left_out, "n") || !is_pointer(function->result))
            continue;
        chosen->release = relative(functions, function->name, word, free_words, left_out, "p");
        chosen->resize = relative(functions, function->name, word, realloc_words, left_out, "pn");
        chosen->allocate = function;
        chosen->instance = left_out;
        if (chosen->release)
            return true;
    }
    return false;
}

static bool choose_allocate(const GPtrArray *functions, struct chosen *chosen)
{
    static const char *const first[] = {"mm_malloc", "malloc", "mymalloc", "my_malloc", NULL};
    static const char *const words[] = {"malloc", "Malloc", "MALLOC", "allocate", "alloc", "Alloc", "ALLOC", NULL};
    for (guint i = 0; first[i]; i++) {
        const struct prototype *function = defined(functions, first[i]);
        if (function && choose_from(functions, function, "malloc", chosen))
            return true;
    }
    for (guint w = 0; words[w]; w++)
        for (guint i = functions->len; i > 0; i--) { /* what a file is about comes last in it */
            const struct prototype *function = functions->pdata[i - 1];
            if (function->defined && !function->is_static && strstr(function->name, words[w]) &&
                choose_from(functions, function, words[w], chosen))
                return true;
        }
    return false;
}

/* "buddy_" of "buddy_alloc" */
static char *prefix_of(const char *name)
{
    static const char *const words[] = {"malloc", "Malloc", "MALLOC", "allocate", "alloc", "Alloc", "ALLOC", NULL};
    for (guint i = 0; words[i]; i++) {
        const char *at = strstr(name, words[i]);
        if (at)
            return g_strndup(name, (gsize)(at - name));
    }
    return g_strdup("");
}

/* In the order of preference: what a function that makes the allocator ready may take. */
static const char *const init_shapes[] = {"pn", "ppn", "", "n", "p", NULL};

static bool can_init(const struct prototype *function, const struct chosen *chosen, const char *shape)
{
    bool fills_instance = strcmp(shape, "ppn") == 0 || strcmp(shape, "p") == 0;
    bool fits = fills_instance ? chosen->instance == 1 : chosen->instance == 0 || is_pointer(function->result);
    return fits && takes(function, 0, shape);
}

/* The function called PREFIX and one of NAMES that takes SHAPE. */
static const struct prototype *find_init(const GPtrArray *functions, const struct chosen *chosen, const char *prefix,
                                         const char *const *names, const char *shape)
{
    for (guint i = 0; names[i]; i++) {
        g_autofree char *name = g_strconcat(prefix, names[i], NULL);
        const struct prototype *function = defined(functions, name);
        if (function && can_init(function, chosen, shape))
            return function;
    }
    return NULL;
}

static void choose_init(const GPtrArray *functions, struct chosen *chosen)
{
    static const char *const usual[] = {"mm_init",   "myinit",    "malloc_init", "my_init", "init_malloc", "mem_init",
                                        "heap_init", "init_heap", "memory_init", "init",    NULL};
    g_autofree char *prefix = prefix_of(chosen->allocate->name);
    for (guint i = 0; init_shapes[i] && !chosen->init && prefix[0]; i++)
        chosen->init = find_init(functions, chosen, prefix, init_words, init_shapes[i]);
    for (guint i = 0; init_shapes[i] && !chosen->init; i++)
        chosen->init = find_init(functions, chosen, "", usual, init_shapes[i]);
}

/* --- what stands between --- */

static bool mentions(const char *text, const char *words)
{
    g_autofree char *pattern = g_strdup_printf("\\b(%s)\\b", words);
    return g_regex_match_simple(pattern, text, 0, 0);
}

static void describe_init(const struct chosen *chosen, const struct surroundings *around, GString *header)
{
    const struct prototype *init = chosen->init;
    size_t segment = around->heap ? around->heap : USUAL_SEGMENT;
    g_string_append_printf(header, "#define SEGMENT_BYTES ((size_t)%zu)\n", segment);
    if (!init)
        return;
    const char *result = init->result;
    bool narrow = strcmp(result, "void") != 0 && strcmp(result, "_Bool") != 0 && !is_pointer(result);
    g_string_append_printf(header, "#define INIT_NAME \"%s\"\n#define INIT_RESULT %s\n", init->name,
                           is_pointer(result) ? "void *"
                           : narrow           ? "int"
                                              : result);
    g_string_append_printf(header, "#define INIT_RETURNS_NOTHING %d\n#define INIT_RETURNS_INT %d\n",
                           strcmp(result, "void") == 0, narrow);
    g_string_append_printf(header, "#define INIT_TAKES_SEGMENT %d\n#define INIT_TAKES_SIZE %d\n",
                           takes(init, 0, "pn") || takes(init, 0, "ppn"), takes(init, 0, "n"));
    g_string_append_printf(header, "#define INIT_TAKES_ROOM %d\n#define INIT_RETURNS_POINTER %d\n",
                           takes(init, 0, "p") || takes(init, 0, "ppn"), is_pointer(result));
}

/* The parts of the system that TEXT asks for. */
static void describe_system(const char *text, GString *header)
{
    static const struct {
        const char *words, *part;
    } parts[] = {
        {"sbrk|brk", "HAS_BREAK"},
        {"mmap", "HAS_MAPS"},
        {"mem_reset_brk|dseg_lo|dseg_hi|dseg_size", "HAS_RESET"},
        {"dseg_lo|dseg_hi|dseg_size", "HAS_BOUNDS"},
        {"verbose|mem_init|mem_deinit|mm_heap_lo|mm_heap_hi|mm_heapsize|mm_pagesize|mem_usage|mem_memcpy|mem_memset",
         "HAS_OLD_NAMES"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (mentions(text, parts[i].words))
            g_string_append_printf(header, "#define %s\n", parts[i].part);
}

static void rename_to(GStrvBuilder *renames, const char *from, const char *to)
{
    g_autofree char *pair = g_strdup_printf("%s=%s", from, to);
    if (strcmp(from, to) != 0)
        g_strv_builder_add(renames, pair);
}

/* FUNCTION is what the judge calls as NAME: by itself, or through the adapter, where MACRO has its name. */
static void connect_function(const struct prototype *function, const struct chosen *chosen, const char *name,
                             const char *macro, GStrvBuilder *renames, GString *header)
{
    g_autofree char *adapted = g_strconcat("replay_", name, NULL);
    g_autofree char *hidden = g_strconcat("their_", name, NULL);
    if (function && chosen->instance == 0) {
        rename_to(renames, function->name, name);
        return;
    }
    if (function)
        g_string_append_printf(header, "#define %s \"%s\"\n", macro, function->name);
    rename_to(renames, name, hidden);
    rename_to(renames, adapted, name);
}

/* Is there nothing to stand between? */
static bool is_direct(const struct chosen *chosen, const GString *system)
{
    return chosen->instance == 0 && chosen->resize && chosen->init && system->len == 0 &&
           strcmp(chosen->init->name, "mm_init") == 0 && strcmp(chosen->init->result, "_Bool") == 0 &&
           takes(chosen->init, 0, "");
}

static void copy_adapter(const struct submission *submission, const char *header)
{
    g_autofree char *path = kit_path("grader", "grade", "foreign", "adapter", "adapter.c", NULL);
    g_autofree char *text = files_read_text(path, MOST_BYTES);
    write_source(submission, ADAPTER, text);
    write_source(submission, "heaplab_adapter.h", header);
}

void add_source(struct submission *submission, const char *source)
{
    guint n = g_strv_length(submission->sources);
    submission->sources = g_renew(char *, submission->sources, n + 2);
    submission->sources[n] = g_strdup(source);
    submission->sources[n + 1] = NULL;
}

/* What the adapter calls by names of its own: the kit's. */
static void rename_kits(GStrvBuilder *renames)
{
    rename_to(renames, "kit_mem_sbrk", "mem_sbrk");
    rename_to(renames, "kit_mem_heap_lo", "mem_heap_lo");
    rename_to(renames, "mm_init", "their_mm_init");
    rename_to(renames, "replay_mm_init", "mm_init");
}

void adapt(struct submission *submission, const struct surroundings *around, const GPtrArray *functions,
           const char *text)
{
    struct chosen chosen = {0};
    g_autoptr(GString) header = g_string_new(NULL);
    g_autoptr(GStrvBuilder) renames = g_strv_builder_new();
    resolve_pointers(functions, text);
    if (!choose_allocate(functions, &chosen))
        return; /* the build says what is missing */
    choose_init(functions, &chosen);
    describe_system(text, header);
    bool direct = is_direct(&chosen, header);
    connect_function(chosen.allocate, &chosen, "mm_malloc", "MALLOC_NAME", renames, header);
    connect_function(chosen.release, &chosen, "mm_free", "FREE_NAME", renames, header);
    connect_function(chosen.resize, &chosen, "mm_realloc", chosen.resize ? "REALLOC_NAME" : "NO_REALLOC", renames,
                     header);
    if (!chosen.resize)
        g_string_append(header, "#define NO_REALLOC\n");
    if (chosen.instance)
        g_string_append(header, "#define INSTANCE\n");
    describe_init(&chosen, around, header);
    submission->without_realloc = chosen.resize == NULL;
    submission->segment = chosen.init && !takes(chosen.init, 0, "") && !takes(chosen.init, 0, "p");
    if (!direct) {
        copy_adapter(submission, header->str);
        add_source(submission, ADAPTER);
        rename_kits(renames);
    }
    submission->renames = g_strv_builder_end(renames);
}

void adapt_unknown(struct submission *submission, GStrv names)
{
    g_autoptr(GString) source = g_string_new(
        "#include <stdio.h>\n#include <stdlib.h>\n"
        "static void refuse(const char *name)\n{\n"
        "    fprintf(stderr, \"it called %s, which an allocator under test cannot use\\n\", name);\n    abort();\n}\n");
    for (guint i = 0; names[i]; i++)
        g_string_append_printf(
            source, "void refuse_%s(void) __asm__(\"%s\");\nvoid refuse_%s(void)\n{\n    refuse(\"%s\");\n}\n",
            names[i], names[i], names[i], names[i]);
    write_source(submission, UNKNOWN, source->str);
    add_source(submission, UNKNOWN);
}
