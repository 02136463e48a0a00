// SPDX-License-Identifier: MIT
/*
 * marks.c - results, roster, late policy and adjustments put together (marks.h).
 */
#include "class/marks/marks.h"
#include "class/class.h"
#include "report/report.h"

#include <string.h>

enum { HUNDRED = 100 };

/* What marks are made from. */
struct sources {
    json_t *course;
    json_t *adjustments;
    const json_t *students; /* NULL: no roster */
    json_t *former;         /* who was in the roster once */
    json_t *ungraded;       /* submissions without a result */
};

/* --- points --- */

static json_t *find_test(const json_t *document, const char *name)
{
    size_t i, k;
    json_t *lab, *test;
    json_array_foreach(json_object_get(document, "labs"), i, lab) json_array_foreach(
        json_object_get(lab, "tests"), k, test) if (strcmp(text_at(test, "name"), name) == 0) return test;
    return NULL;
}

/* SCORE after ENTRY. An entry for a test sets that test's points; one for the whole changes the score or sets it. TESTS
 * holds the points that earlier entries gave to tests, by name. */
static json_int_t adjusted(json_int_t score, const json_t *document, const json_t *entry, json_t *tests)
{
    json_int_t points = number_at(entry, "points");
    const char *name = text_at(entry, "test");
    const json_t *test = name[0] ? find_test(document, name) : NULL;
    bool relative = json_is_true(json_object_get(entry, "relative"));
    if (!name[0])
        return relative ? score + points : points;
    if (!test)
        return score;
    json_int_t before = json_object_get(tests, name) ? number_at(tests, name) : number_at(test, "points");
    json_int_t after = relative ? before + points : points;
    json_object_set_new(tests, name, json_integer(after));
    return score + after - before;
}

/* The entries about DOCUMENT of KIND that were not undone. */
static json_t *entries_of(const json_t *all, const json_t *document, const char *kind)
{
    json_t *list = json_array();
    size_t i;
    json_t *entry;
    json_array_foreach(all, i, entry)
    {
        if (strcmp(text_at(entry, "kind"), kind) == 0 && !json_is_true(json_object_get(entry, "undone")) &&
            strcmp(text_at(entry, "submission"), text_at(document, "id")) == 0)
            json_array_append(list, entry);
    }
    return list;
}

/* DOCUMENT's mark for the student PERSON (NULL: no roster). */
static json_t *mark_of(const struct sources *sources, const json_t *document, const json_t *person)
{
    json_t *entries = entries_of(sources->adjustments, document, "points");
    json_t *late = lateness_of(sources->course, document, person);
    json_int_t most = number_at(document, "max_score");
    json_int_t points = number_at(document, "score");
    size_t i;
    json_t *entry;
    json_t *tests = json_object();
    json_array_foreach(entries, i, entry) points = adjusted(points, document, entry, tests);
    json_decref(tests);
    json_int_t over = MAX(points - most, 0);
    points = CLAMP(points, 0, most);
    json_int_t left = HUNDRED - number_at(late, "percent");
    json_int_t mark = (points * left + HUNDRED / 2) / HUNDRED;
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}", "score", number_at(document, "score"), "adjusted",
                     points, "over", over, "points", mark, "max_points", most, "late", late, "adjustments", entries,
                     "comments", entries_of(sources->adjustments, document, "comment"));
}

/* --- students --- */

/* DOCUMENT (borrowed) as that of PERSON (NULL: no roster). */
static json_t *document_of(const struct sources *sources, const json_t *document, const json_t *person)
{
    json_t *copy = json_copy((json_t *)(uintptr_t)document);
    json_t *student = json_deep_copy(json_object_get(document, "student"));
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)person, key, value) json_object_set(student, key, value);
    if (person)
        json_object_set_new(student, "in_roster", json_true());
    json_object_set_new(copy, "student", student);
    json_object_set_new(copy, "mark", mark_of(sources, document, person));
    return copy;
}

/* Without a roster, partners are known only from the system that the class comes from. */
static void add_partners(json_t *list, const struct sources *sources, const json_t *document)
{
    const json_t *partners = json_object_get(json_object_get(document, "student"), "partners");
    size_t i;
    json_t *partner;
    if (!partners)
        json_array_append_new(list, document_of(sources, document, NULL));
    json_array_foreach(partners, i, partner)
    {
        json_t *copy = document_of(sources, document, NULL);
        json_object_update(json_object_get(copy, "student"), partner);
        json_array_append_new(list, copy);
    }
}

/* A row of the marks for PERSON, who has no result. WHY: "ungraded"; "" if nothing was handed in. */
static json_t *nothing_of(const json_t *person, const json_t *first, const char *why)
{
    json_t *student = json_deep_copy(person);
    static const char *const needed[] = {"name", "id"};
    for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
        if (!json_object_get(student, needed[i]))
            json_object_set_new(student, needed[i], json_string(""));
    json_object_set_new(student, "in_roster", json_true());
    return json_pack("{s:s, s:s, s:s, s:o, s:[], s:i, s:O, s:{s:n, s:O}}", "id", "", "submission", "", "ungraded", why,
                     "student", student, "labs", "score", 0, "max_score", json_object_get(first, "max_score"), "mark",
                     "points", "max_points", json_object_get(first, "max_score"));
}

/* What is found of each student: the result with most points counts. */
static const json_t **best_of(const struct sources *sources, const json_t *documents, const json_t *matches)
{
    const json_t **best = g_new0(const json_t *, json_array_size(sources->students) + 1);
    size_t i, k;
    json_t *document, *index;
    json_array_foreach(documents, i, document)
        json_array_foreach(json_object_get(json_array_get(matches, i), "people"), k, index)
    {
        const json_t **place = &best[json_integer_value(index)];
        if (!*place || number_at(*place, "score") < number_at(document, "score"))
            *place = document;
    }
    return best;
}

/* The sentences about results that belong to nobody, and those that another result of the same student hides; those
 * about former students go to WITHDRAWN. */
static json_t *unmatched_of(const struct sources *sources, const json_t *documents, const json_t *matches,
                            const json_t **best, json_t *withdrawn)
{
    json_t *list = json_array();
    json_t *former = former_sentences(sources->former, documents);
    size_t i, k;
    json_t *document, *index;
    json_array_foreach(documents, i, document)
    {
        const json_t *people = json_object_get(json_array_get(matches, i), "people");
        const json_t *perhaps = json_object_get(json_array_get(matches, i), "perhaps");
        bool gone = json_array_size(people) == 0 && json_is_string(json_array_get(former, i));
        if (json_array_size(people) == 0 || json_array_size(perhaps) > 0)
            json_array_append(gone ? withdrawn : list, gone ? json_array_get(former, i)
                                                            : json_object_get(json_array_get(matches, i), "sentence"));
        json_array_foreach(people, k, index)
        {
            const json_t *counted = best[json_integer_value(index)];
            if (counted != document)
                json_array_append_new(list, json_sprintf("%s does not count: %s is of the same student and has as many "
                                                         "points or more",
                                                         text_at(document, "id"), text_at(counted, "id")));
        }
    }
    json_decref(former);
    return list;
}

/* Who has handed in what has no result yet: true for those students. The ids of what belongs to nobody, not even to a
 * former student, go to UNCLAIMED. */
static bool *waiting_of(const struct sources *sources, json_t *unclaimed)
{
    bool *waiting = g_new0(bool, json_array_size(sources->students) + 1);
    json_t *matches = match_people(sources->students, sources->ungraded);
    json_t *former = former_sentences(sources->former, sources->ungraded);
    size_t i, k;
    json_t *document, *index;
    json_array_foreach(sources->ungraded, i, document)
    {
        const json_t *people = json_object_get(json_array_get(matches, i), "people");
        json_array_foreach(people, k, index) waiting[json_integer_value(index)] = true;
        if (json_array_size(people) == 0 && !json_is_string(json_array_get(former, i)))
            json_array_append(unclaimed, json_object_get(document, "id"));
    }
    json_decref(former);
    json_decref(matches);
    return waiting;
}

/* Whose work one of the results that MATCHES is about could be, but another student's as well: true for those. */
static bool *perhaps_of(const struct sources *sources, const json_t *matches)
{
    bool *perhaps = g_new0(bool, json_array_size(sources->students) + 1);
    size_t i, k;
    json_t *match, *index;
    json_array_foreach(matches, i, match) json_array_foreach(json_object_get(match, "perhaps"), k, index)
        perhaps[json_integer_value(index)] = true;
    return perhaps;
}

/* What is known of students without a result: "missing", "unsure" or "pending" (marks.h). */
static const char *absence_of(bool waits, bool perhaps)
{
    return waits ? "pending" : perhaps ? "unsure" : "missing";
}

/* The rows of all students, in the roster's order. The names of those without a result go to lists in ABSENT, by
 * absence_of. SURE: who has handed in what is known of each submission. */
static json_t *rows_of(const struct sources *sources, const json_t *documents, const json_t *matches,
                       const bool *waiting, bool sure, json_t *absent)
{
    g_autofree const json_t **best = best_of(sources, documents, matches);
    g_autofree bool *perhaps = perhaps_of(sources, matches);
    const json_t *first = json_array_get(documents, 0);
    json_t *list = json_array();
    size_t i;
    json_t *person;
    json_array_foreach(sources->students, i, person)
    {
        const char *why = waiting[i]   ? "not graded yet"
                          : perhaps[i] ? "perhaps handed in: the work fits more than one student"
                          : sure       ? ""
                                       : "no result";
        if (waiting[i] || !best[i])
            json_array_append_new(json_object_get(absent, absence_of(waiting[i], perhaps[i])),
                                  json_string(student_name(person)));
        json_array_append_new(list, best[i] ? document_of(sources, best[i], person) : nothing_of(person, first, why));
    }
    return list;
}

/* The marks in the roster's order. */
static json_t *by_roster(const struct sources *sources, const json_t *documents)
{
    json_t *matches = match_people(sources->students, documents);
    g_autofree const json_t **best = best_of(sources, documents, matches);
    json_t *unclaimed = json_array();
    json_t *withdrawn = json_array();
    json_t *unmatched = unmatched_of(sources, documents, matches, best, withdrawn);
    g_autofree bool *waiting = waiting_of(sources, unclaimed);
    json_t *marks = json_pack("{s:[], s:[], s:[], s:o, s:o, s:o, s:b}", "missing", "unsure", "pending", "unclaimed",
                              unclaimed, "withdrawn", withdrawn, "unmatched", unmatched, "roster", true);
    json_object_set_new(marks, "documents",
                        rows_of(sources, documents, matches, waiting, json_array_size(unclaimed) == 0, marks));
    json_decref(matches);
    return marks;
}

static json_t *without_roster(const struct sources *sources, const json_t *documents)
{
    json_t *list = json_array();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) add_partners(list, sources, document);
    json_t *pending = json_array();
    json_array_foreach(sources->ungraded, i, document) json_array_append(pending, json_object_get(document, "id"));
    return json_pack("{s:o, s:[], s:[], s:o, s:[], s:[], s:[], s:b}", "documents", list, "missing", "unsure", "pending",
                     pending, "unclaimed", "withdrawn", "unmatched", "roster", false);
}

/* --- all of it --- */

/* The roster of the batch in PATH; NULL if it has none. */
static json_t *roster_of(const char *path)
{
    g_autofree char *file = g_build_filename(path, "roster.csv", NULL);
    char *mistake = NULL;
    if (!g_file_test(file, G_FILE_TEST_EXISTS))
        return NULL;
    json_t *roster = roster_read(file, &mistake);
    if (!roster)
        die_unusable("%s", mistake);
    return roster;
}

void marks_remember(const char *dir)
{
    char *mistake = NULL; /* is reported where the roster is needed */
    g_autofree char *file = g_build_filename(dir, "roster.csv", NULL);
    json_t *roster = g_file_test(file, G_FILE_TEST_EXISTS) ? roster_read(file, &mistake) : NULL;
    if (roster)
        former_remember(dir, roster);
    json_decref(roster);
    g_free(mistake);
}

json_t *marks_of(const char *path, const json_t *documents)
{
    json_t *roster = roster_of(path);
    struct sources sources = {.course = course_load(), .students = json_object_get(roster, "students")};
    sources.adjustments = g_file_test(path, G_FILE_TEST_IS_DIR) ? adjustments_read(path) : json_array();
    sources.ungraded = ungraded_in(path);
    sources.former = roster ? former_students(path, roster) : json_array();
    json_t *marks = roster ? by_roster(&sources, documents) : without_roster(&sources, documents);
    json_object_set(marks, "titles", roster ? json_object_get(roster, "titles") : json_null());
    json_decref(roster);
    json_decref(sources.course);
    json_decref(sources.adjustments);
    json_decref(sources.ungraded);
    json_decref(sources.former);
    return marks;
}

json_t *marks_read(const char *path)
{
    json_t *documents = results_read(path);
    json_t *marks = marks_of(path, documents);
    json_decref(documents);
    return marks;
}

void marks_enter(const char *dir)
{
    marks_remember(dir);
    json_t *marks = marks_read(dir);
    json_t *adjustments = adjustments_read(dir);
    struct gradebook *book = gradebook_open(dir);
    gradebook_record_marks(book, json_object_get(marks, "documents"), adjustments);
    gradebook_close(book);
    json_decref(adjustments);
    json_decref(marks);
}
