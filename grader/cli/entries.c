// SPDX-License-Identifier: MIT
/*
 * entries.c - what the commands adjust and comment share (cli.h): staff enter something about one submission of a
 * batch, list what has been entered, or take an entry back.
 */
#include "class/marks/marks.h"
#include "cli/cli.h"

#include <string.h>

static gboolean list;
static int undo;
static char *by;        /* must last as long as the program */
static json_t *aliases; /* from ids to what is shown for them; NULL: names are shown */

/* --- which submission --- */

/* The students of DOCUMENTS, for match_people. What a system says of one is in "id". */
static json_t *students_of(const json_t *documents)
{
    json_t *students = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        json_t *student = json_deep_copy(json_object_get(document, "student"));
        if (!text_at(student, "number")[0])
            json_object_set(student, "number", json_object_get(student, "id"));
        json_array_append_new(students, student);
    }
    return students;
}

/* Reads the aliases of DIR, graded without names. */
static void read_aliases(const char *dir, const json_t *documents)
{
    if (!aliases && aliases_wanted(dir))
        aliases = aliases_of(dir, documents);
}

/* The id whose alias is WHO; NULL if there is none. */
static char *id_of_alias(const char *who)
{
    char *found = NULL;
    const char *id;
    json_t *alias;
    json_object_foreach(aliases, id, alias) if (!found && g_strcmp0(json_string_value(alias), who) == 0) found =
        g_strdup(id);
    return found;
}

/* The id of the submission of the student of DOCUMENTS (marks) whom WHO means. */
static char *id_of_student(const char *dir, const json_t *documents, const char *who)
{
    json_t *students = students_of(documents);
    json_t *claim = json_pack("[{s:{s:s, s:s, s:s}}]", "student", "id", who, "name", who, "source", who);
    json_t *matches = match_people(students, claim);
    const json_t *people = json_object_get(json_array_get(matches, 0), "people");
    char *found = NULL;
    size_t i;
    json_t *index;
    json_array_foreach(people, i, index)
    {
        const json_t *document = json_array_get(documents, (size_t)json_integer_value(index));
        if (found && strcmp(found, text_at(document, "id")) != 0)
            die_unusable("'%s' fits both %s and %s: name one of these ids", who, found, text_at(document, "id"));
        g_free(found);
        found = g_strdup(text_at(document, "id"));
    }
    if (!found)
        die_unusable("'%s' is no submission, or not only one; name an id (a file in %s/results), or a student's login, "
                     "number, address or name",
                     who, dir);
    if (!found[0])
        die_unusable("%s has handed in nothing, or has no result yet: heaplab regrade %s grades what has none", who,
                     dir);
    json_decref(matches);
    json_decref(claim);
    json_decref(students);
    return found;
}

char *entries_submission(const char *dir, const char *who)
{
    if (result_exists(dir, who))
        return g_strdup(who);
    json_t *documents = results_read(dir);
    json_t *marks = marks_of(dir, documents);
    read_aliases(dir, documents);
    char *found = id_of_alias(who);
    if (!found)
        found = id_of_student(dir, json_object_get(marks, "documents"), who);
    json_decref(marks);
    json_decref(documents);
    return found;
}

/* ID, or its alias. */
static const char *shown(const char *id)
{
    return aliases && text_at(aliases, id)[0] ? text_at(aliases, id) : id;
}

/* --- listing --- */

static void print_entry(const json_t *entry)
{
    bool points = strcmp(text_at(entry, "kind"), "points") == 0;
    printf("%d. %s", (int)number_at(entry, "number"), shown(text_at(entry, "submission")));
    if (text_at(entry, "test")[0])
        printf(", %s", text_at(entry, "test"));
    if (text_at(entry, "file")[0])
        printf(", %s", text_at(entry, "file"));
    if (number_at(entry, "line") > 0)
        printf(":%d", (int)number_at(entry, "line"));
    if (points)
        printf(json_is_true(json_object_get(entry, "relative")) ? ": %+d" : ": %d", (int)number_at(entry, "points"));
    printf(": %s (%s, %s)%s\n", text_at(entry, "text"), text_at(entry, "by"), text_at(entry, "at"),
           json_is_true(json_object_get(entry, "undone")) ? ", undone" : "");
}

/* Those of KIND about ID (NULL: all) in DIR. */
static void print_entries(const char *dir, const char *id, const char *kind)
{
    json_t *all = adjustments_read(dir);
    size_t i;
    json_t *entry;
    guint n = 0;
    json_array_foreach(all, i, entry)
    {
        if (strcmp(text_at(entry, "kind"), kind) != 0 || (id && strcmp(text_at(entry, "submission"), id) != 0))
            continue;
        print_entry(entry);
        n++;
    }
    if (n == 0)
        printf("There are none.\n");
    json_decref(all);
}

/* --- the course of both commands --- */

static void parse(const struct entries *entries, int *argc, char ***argv)
{
    const GOptionEntry shared[] = {
        {"by", 0, 0, G_OPTION_ARG_STRING, &by,
         entries->signed_by_account ? "who says so (default: your account's name)" : "who decided so", "NAME"},
        {"list", 0, 0, G_OPTION_ARG_NONE, &list, "list the entries about ID, or all, and do nothing", NULL},
        {"undo", 0, 0, G_OPTION_ARG_INT, &undo, "take back entry number N", "N"}};
    GArray *options = g_array_new(TRUE, TRUE, sizeof(GOptionEntry));
    for (const GOptionEntry *own = entries->options; own->long_name; own++)
        g_array_append_vals(options, own, 1);
    g_array_append_vals(options, shared, G_N_ELEMENTS(shared));
    options_parse(entries->summary, (GOptionEntry *)(void *)options->data, argc, argv);
    g_array_free(options, TRUE);
}

static void enter(const struct entries *entries, const char *dir, const char *id, const char *text)
{
    if (entries->signed_by_account && !by)
        by = g_strdup(g_get_user_name());
    if (!by || !by[0])
        die_unusable("an entry needs --by NAME: it is shown to the student. %s", entries->usage);
    json_t *entry = entries->entry(dir, id, text);
    g_autofree char *clean = text_clean(by, strlen(by));
    json_object_set_new(entry, "kind", json_string(entries->kind));
    json_object_set_new(entry, "submission", json_string(id));
    json_object_set_new(entry, "by", json_string(clean));
    printf("Entry %d. ", adjustments_add(dir, entry));
}

/* What DOCUMENT's mark is made of. */
static void print_mark(const json_t *document)
{
    const json_t *mark = json_object_get(document, "mark");
    const char *late = text_at(json_object_get(mark, "late"), "sentence");
    const char *id = text_at(document, "id");
    printf("%s", shown(id));
    if (!aliases)
        printf(" (%s)", text_at(json_object_get(document, "student"), "name"));
    printf(": %d of %d points; the tests gave %d", (int)number_at(mark, "points"), (int)number_at(mark, "max_points"),
           (int)number_at(mark, "score"));
    if (number_at(mark, "over") > 0)
        printf("; %d more do not count, as there are only %d", (int)number_at(mark, "over"),
               (int)number_at(mark, "max_points"));
    printf(late[0] ? "; %s\n" : "%s\n", late);
}

/* The marks for ID in DIR: those of partners may differ. */
static void print_marks(const char *dir, const char *id)
{
    json_t *marks = marks_read(dir);
    guint n = 0;
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(marks, "documents"), i, document)
    {
        if (strcmp(text_at(document, "id"), id) != 0)
            continue;
        print_mark(document);
        n++;
    }
    if (n == 0)
        printf("%s is in nobody's mark: it belongs to no student of the roster, or another result counts.\n",
               shown(id));
    json_decref(marks);
}

int entries_command(const struct entries *entries, int argc, char **argv)
{
    parse(entries, &argc, &argv);
    if (argc < 2 || !g_file_test(argv[1], G_FILE_TEST_IS_DIR))
        die_unusable("name the folder of a batch: %s", entries->usage);
    g_autofree char *id = argc > 2 ? entries_submission(argv[1], argv[2]) : NULL;
    if (!aliases && aliases_wanted(argv[1])) {
        json_t *documents = results_read(argv[1]);
        read_aliases(argv[1], documents);
        json_decref(documents);
    }
    if (list) {
        print_entries(argv[1], id, entries->kind);
        return EXIT_GRADED;
    }
    if (!id || argc != (undo == 0 ? 4 : 3))
        die_unusable("say which submission, and %s: %s", entries->what, entries->usage);
    if (undo != 0)
        adjustments_undo(argv[1], id, entries->kind, undo);
    else
        enter(entries, argv[1], id, argv[3]);
    batch_enter_marks(argv[1]);
    print_marks(argv[1], id);
    return EXIT_GRADED;
}
