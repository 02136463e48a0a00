// SPDX-License-Identifier: MIT
/*
 * match.c - whose a result is (marks.h).
 *
 * What a system says of a student is looked for in the roster, from what is certain to what is likely: a number or
 * login, an email address, a name in any order of its words, and, for repositories, an ending of their name. What fits
 * two students fits nobody.
 */
#include "class/class.h"
#include "class/marks/marks.h"

#include <string.h>

const char *student_name(const json_t *person)
{
    static const char *const keys[] = {"name", "login", "github", "email", "sis", "number"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        if (text_at(person, keys[i])[0])
            return text_at(person, keys[i]);
    return "";
}

enum { AMBIGUOUS = -1 };

/* From texts to indexes + 1 of students; AMBIGUOUS for what fits several. */
struct index {
    GHashTable *ids;    /* numbers, logins, addresses */
    GHashTable *names;  /* the letters of names */
    GHashTable *groups; /* from letters of a group's or team's name to an array of indexes */
};

static void add_key(GHashTable *table, char *key, size_t i)
{
    int found = GPOINTER_TO_INT(g_hash_table_lookup(table, key));
    if (key[0])
        g_hash_table_insert(table, g_strdup(key),
                            GINT_TO_POINTER(found == 0 || found == (int)i + 1 ? (int)i + 1 : AMBIGUOUS));
    g_free(key);
}

static char *folded(const char *text)
{
    g_autofree char *lower = g_utf8_casefold(text, -1);
    return g_strdup(g_strstrip(lower));
}

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == '`' || c == 0xb4 || c == 0x2bc || c == 0x2018 || c == 0x2019;
}

/* C in Latin letters without accents, where it is a letter that has no accent to lose; NULL otherwise. */
static const char *plain_letter(gunichar c)
{
    static const struct {
        gunichar letter;
        const char *plain;
    } letters[] = {{0xe6, "ae"}, {0xf0, "d"},  {0xf8, "o"},  {0xfe, "th"},
                   {0x111, "d"}, {0x131, "i"}, {0x142, "l"}, {0x153, "oe"}};
    for (guint i = 0; i < G_N_ELEMENTS(letters); i++)
        if (letters[i].letter == c)
            return letters[i].plain;
    return NULL;
}

/* What the mark C makes of the letter before it where accents are spelt: "ue" for the German umlaut, "aa" for the ring.
 */
static const char *spelt_mark(gunichar c, char before)
{
    return c == 0x308 && strchr("aou", before) ? "e" : c == 0x30a && before == 'a' ? "a" : "";
}

/* The words of NAME in lower case, without accents, or with accents SPELT. */
static GStrv words_of(const char *name, bool spelt)
{
    g_autofree char *apart = g_utf8_normalize(name, -1, G_NORMALIZE_NFKD);
    g_autofree char *lower = g_utf8_casefold(apart ? apart : name, -1);
    g_autoptr(GString) plain = g_string_new(NULL);
    for (const char *at = lower; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (plain_letter(c))
            g_string_append(plain, spelt && c == 0xf8 ? "oe" : plain_letter(c));
        else if (g_unichar_isalnum(c))
            g_string_append_unichar(plain, c);
        else if (g_unichar_ismark(c) && spelt && plain->len > 0)
            g_string_append(plain, spelt_mark(c, plain->str[plain->len - 1]));
        else if (!g_unichar_ismark(c) && !is_apostrophe(c))
            g_string_append_c(plain, ' ');
    }
    g_auto(GStrv) parts = g_strsplit(plain->str, " ", -1);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    for (guint i = 0; parts[i]; i++)
        if (parts[i][0])
            g_strv_builder_add(words, parts[i]);
    return g_strv_builder_end(words);
}

/* The letters of WORDS from word FIRST on, around to the word before it. */
static char *letters_from(GStrv words, guint first)
{
    GString *text = g_string_new(NULL);
    guint n = g_strv_length(words);
    for (guint i = 0; i < n; i++)
        g_string_append(text, words[(first + i) % n]);
    return g_string_free(text, FALSE);
}

static char *letters_of(const char *name)
{
    g_auto(GStrv) words = words_of(name, false);
    return letters_from(words, 0);
}

/* Names are written "Jane Doe", "Doe, Jane" or "doejane", and umlauts as one letter or two. */
static void add_name(GHashTable *names, const char *name, size_t i)
{
    for (int spelt = 0; spelt < 2; spelt++) {
        g_auto(GStrv) words = words_of(name, spelt == 1);
        for (guint first = 0; words[first]; first++)
            add_key(names, letters_from(words, first), i);
    }
}

static void add_to_group(GHashTable *groups, const char *name, size_t i)
{
    g_autofree char *key = letters_of(name);
    if (!key[0])
        return;
    json_t *members = g_hash_table_lookup(groups, key);
    if (!members) {
        members = json_array();
        g_hash_table_insert(groups, g_strdup(key), members);
    }
    json_array_append_new(members, json_integer((json_int_t)i));
}

static void release(gpointer value)
{
    json_decref(value);
}

static struct index index_students(const json_t *students)
{
    static const char *const keys[] = {"number", "login", "github", "sis", "email", "identifier"};
    struct index index = {.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          .names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          .groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, release)};
    size_t i;
    json_t *student;
    json_array_foreach(students, i, student)
    {
        for (guint k = 0; k < G_N_ELEMENTS(keys); k++)
            add_key(index.ids, folded(text_at(student, keys[k])), i);
        add_name(index.names, text_at(student, "name"), i);
        add_to_group(index.groups, text_at(student, "team"), i);
        add_to_group(index.groups, text_at(student, "group"), i);
    }
    json_array_foreach(students, i, student) /* the part of an address before the @ counts where it is nobody's login */
    {
        g_autofree char *mail = folded(text_at(student, "email"));
        char *local = g_strndup(mail, strcspn(mail, "@"));
        if (!g_hash_table_contains(index.ids, local) || text_at(student, "login")[0] == '\0')
            add_key(index.ids, local, i);
        else
            g_free(local);
    }
    return index;
}

static void index_free(struct index *index)
{
    g_hash_table_destroy(index->ids);
    g_hash_table_destroy(index->names);
    g_hash_table_destroy(index->groups);
}

/* --- one claim --- */

static int look_up(GHashTable *table, char *key)
{
    int found = key[0] ? GPOINTER_TO_INT(g_hash_table_lookup(table, key)) : 0;
    g_free(key);
    return found;
}

/* Who is called NAME, whose umlauts may be one letter or two. */
static int look_up_name(const struct index *index, const char *name)
{
    int found = look_up(index->names, letters_of(name));
    g_auto(GStrv) spelt = words_of(name, true);
    return found != 0 ? found : look_up(index->names, letters_from(spelt, 0));
}

/* Whose login stands at the end of STEM, after a dash or an underscore: the longest one. ID, if it is not "", is to be
 * a part of it: what a class's names have in common may be the start of a login. */
static int by_ending(const struct index *index, const char *stem, const char *id)
{
    for (const char *at = strpbrk(stem, "-_"); at; at = strpbrk(at + 1, "-_")) {
        int found = g_str_has_suffix(at + 1, id) ? look_up(index->ids, folded(at + 1)) : 0;
        if (found != 0)
            return found;
    }
    return 0;
}

/* Whose name stands at the end of NAME, after a dash: Moodle puts a group's name before it. */
static int by_last_words(const struct index *index, const char *name)
{
    for (const char *at = strchr(name, '-'); at; at = strchr(at + 1, '-')) {
        int found = look_up_name(index, at + 1);
        if (found != 0)
            return found;
    }
    return 0;
}

/* The index + 1 of the student whom ID, EMAIL, NAME and SOURCE (may be NULL) mean; 0 or AMBIGUOUS. A number of one
 * student beside the name of another is ambiguous, too: numbers of two systems may be the same by chance. */
static int find_person(const struct index *index, const char *id, const char *email, const char *name,
                       const char *source)
{
    bool branch;
    g_autofree char *stem = name_stem(source ? source : "", &branch);
    int named = look_up_name(index, name);
    int numbered = look_up(index->ids, folded(id));
    const int found[] = {id[0] ? by_ending(index, stem, id) : 0,
                         numbered,
                         look_up(index->ids, folded(email)),
                         look_up(index->ids, folded(stem)),
                         named,
                         look_up_name(index, stem),
                         by_ending(index, stem, ""),
                         by_last_words(index, name)};
    int result = 0;
    if (numbered > 0 && named > 0 && named != numbered && strcmp(id, name) != 0)
        return AMBIGUOUS;
    for (guint i = 0; i < G_N_ELEMENTS(found); i++) {
        if (found[i] > 0)
            return found[i];
        result = found[i] == AMBIGUOUS ? AMBIGUOUS : result;
    }
    return result;
}

/* --- one result --- */

static void add_index(json_t *people, json_int_t i)
{
    size_t k;
    json_t *other;
    json_array_foreach(people, k, other) if (json_integer_value(other) == i) return;
    json_array_append_new(people, json_integer(i));
}

/* All members of the team that the student at I belongs to. */
static void add_team(const struct index *index, const json_t *students, json_int_t i, json_t *people)
{
    g_autofree char *team = letters_of(text_at(json_array_get(students, (size_t)i), "team"));
    const json_t *members = team[0] ? g_hash_table_lookup(index->groups, team) : NULL;
    size_t k;
    json_t *member;
    add_index(people, i);
    json_array_foreach(members, k, member) add_index(people, json_integer_value(member));
}

/* The members of the group whose name stands at the end of SOURCE, after an underscore and more than its number alone:
 * Blackboard's "Lab 1_Group_7". NULL if there is none. */
static const json_t *group_by_ending(const struct index *index, const char *source)
{
    for (const char *at = strchr(source, '_'); at && strchr(at + 1, '_'); at = strchr(at + 1, '_')) {
        g_autofree char *group = letters_of(at + 1);
        const json_t *members = group[0] ? g_hash_table_lookup(index->groups, group) : NULL;
        if (members)
            return members;
    }
    return NULL;
}

static bool is_member(const json_t *members, json_int_t i)
{
    size_t k;
    json_t *member;
    json_array_foreach(members, k, member)
    {
        if (json_integer_value(member) == i)
            return true;
    }
    return false;
}

/* The people whom DOCUMENT's student, or each of its partners, means; one that fits several sets AMBIGUOUS. */
static json_t *people_of(const struct index *index, const json_t *students, const json_t *document, bool *ambiguous)
{
    const json_t *student = json_object_get(document, "student");
    const json_t *partners = json_object_get(student, "partners");
    const char *name = text_at(student, "name");
    json_t *people = json_array();
    int found = 0;
    size_t i;
    json_t *each;
    json_array_foreach(partners, i, each)
    {
        found = find_person(index, text_at(each, "id"), text_at(each, "email"), text_at(each, "name"), NULL);
        *ambiguous = *ambiguous || found == AMBIGUOUS;
        if (found > 0)
            add_index(people, found - 1);
    }
    if (!partners) {
        const json_t *whole = group_by_ending(index, text_at(student, "source"));
        if (!whole)
            found = find_person(index, text_at(student, "id"), "", name, text_at(student, "source"));
        g_autofree char *group = letters_of(name); /* its number may be that of the member who uploaded the work */
        bool is_person = look_up_name(index, name) != 0;
        const json_t *named = group[0] && !is_person ? g_hash_table_lookup(index->groups, group) : NULL;
        const json_t *members = whole ? whole : named;
        if (found > 0 && (!members || is_member(members, found - 1)))
            add_team(index, students, found - 1, people);
        json_array_foreach(members, i, each) add_index(people, json_integer_value(each));
        *ambiguous = found == AMBIGUOUS && !members;
    }
    return people;
}

/* Whom DOCUMENT, which is ambiguous, could belong to: those whom it means in a roster of theirs alone. PEOPLE, who are
 * found, are not among them. */
static json_t *candidates_of(const json_t *students, const json_t *document, const json_t *people)
{
    json_t *list = json_array();
    size_t i;
    json_t *student;
    json_array_foreach(students, i, student)
    {
        bool ambiguous = false;
        json_t *alone = json_pack("[O]", student);
        struct index index = index_students(alone);
        json_t *found = people_of(&index, alone, document, &ambiguous);
        if ((ambiguous || json_array_size(found) > 0) && !is_member(people, (json_int_t)i))
            json_array_append_new(list, json_integer((json_int_t)i));
        json_decref(found);
        index_free(&index);
        json_decref(alone);
    }
    return list;
}

/* "X (Kim Lee) could be the work of Kim Lee (4711) or Kim Lee (4712)", of LIST's students. */
static char *candidates_sentence(const json_t *students, const json_t *document, const json_t *list)
{
    static const char *const keys[] = {"number", "login", "email", "github", "sis"};
    GString *text = g_string_new(NULL);
    size_t i, n = json_array_size(list);
    json_t *index;
    g_string_printf(text, "%s (%s) could be the work of ", text_at(document, "id"),
                    text_at(json_object_get(document, "student"), "name"));
    json_array_foreach(list, i, index)
    {
        const json_t *person = json_array_get(students, (size_t)json_integer_value(index));
        guint k = 0;
        while (k < G_N_ELEMENTS(keys) - 1 && !text_at(person, keys[k])[0])
            k++;
        g_string_append_printf(text, "%s%s (%s)",
                               i == 0       ? ""
                               : i == n - 1 ? " or "
                                            : ", ",
                               student_name(person), text_at(person, keys[k]));
    }
    return g_string_free(text, FALSE);
}

static json_t *match_one(const struct index *index, const json_t *students, const json_t *document)
{
    bool ambiguous = false;
    json_t *people = people_of(index, students, document, &ambiguous);
    json_t *perhaps = ambiguous ? candidates_of(students, document, people) : json_array();
    g_autofree char *sentence =
        json_array_size(perhaps) > 0
            ? candidates_sentence(students, document, perhaps)
            : g_strdup_printf("%s (%s) %s", text_at(document, "id"),
                              text_at(json_object_get(document, "student"), "name"),
                              ambiguous ? "could be more than one student of the roster" : "is nobody in the roster");
    return json_pack("{s:o, s:o, s:s}", "people", people, "perhaps", perhaps, "sentence", sentence);
}

json_t *match_people(const json_t *students, const json_t *documents)
{
    struct index index = index_students(students);
    json_t *matches = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) json_array_append_new(matches, match_one(&index, students, document));
    index_free(&index);
    return matches;
}
