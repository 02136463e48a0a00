// SPDX-License-Identifier: MIT
/*
 * over_time.c - how a class came along (pages.h): from the results that count now and those in DIR/history.
 *
 * A hand-in is one version of a student's files; graded again, by another rubric or kit, it is still one, and its last
 * score counts. Days are those on which systems say that something was handed in, in the course's zone. Where they say
 * nothing, first hand-ins are set beside second ones.
 */
#include "class/marks/marks.h"
#include "class/pages/pages.h"
#include "report/report.h"

#include <string.h>

enum { HUNDRED = 100 };

/* --- hand-ins: {id, files (a hash), day ("" if unknown), score, max_score}, in the order of revisions --- */

static char *day_of(const json_t *course, const json_t *student)
{
    const char *told = text_at(student, "handed_in_at");
    g_autoptr(GDateTime) when = moment_told(course, told[0] ? told : text_at(student, "submitted"));
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text_at(course, "timezone"));
    g_autoptr(GDateTime) there = when && zone ? g_date_time_to_timezone(when, zone) : NULL;
    return there ? g_date_time_format(there, "%Y-%m-%d") : g_strdup("");
}

static json_t *hand_in(const json_t *course, const json_t *document, const char *id)
{
    g_autofree char *day = day_of(course, json_object_get(document, "student"));
    const json_t *grading = json_object_get(document, "grading");
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "id", id, "files", text_at(grading, "handed_in"), "day", day,
                     "score", number_at(document, "score"), "max_score", number_at(document, "max_score"), "revision",
                     number_at(grading, "revision"));
}

static int by_revision(gconstpointer a, gconstpointer b)
{
    json_int_t x = number_at(*(json_t *const *)a, "revision"), y = number_at(*(json_t *const *)b, "revision");
    return x < y ? -1 : x > y;
}

json_t *over_time_read(const char *dir, const json_t *documents)
{
    g_autofree char *folder = g_build_filename(dir, "history", NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".json");
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    json_t *course = course_load();
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        json_t *document = json_load_file(path, 0, NULL); /* a damaged one is left out */
        if (document)
            g_ptr_array_add(found, hand_in(course, document, text_at(document, "submission")));
        json_decref(document);
    }
    size_t k;
    json_t *document;
    json_array_foreach(documents, k, document)
    {
        const char *hidden = text_at(document, "files_id");
        g_ptr_array_add(found, hand_in(course, document, hidden[0] ? hidden : text_at(document, "id")));
    }
    g_ptr_array_sort(found, by_revision);
    json_t *list = json_array();
    for (guint i = 0; i < found->len; i++)
        json_array_append_new(list, found->pdata[i]);
    json_decref(course);
    return list;
}

/* From each id to its different hand-ins, in order. */
static json_t *by_student(const json_t *hand_ins)
{
    json_t *students = json_object();
    size_t i;
    json_t *each;
    json_array_foreach(hand_ins, i, each)
    {
        json_t *list = json_object_get(students, text_at(each, "id"));
        if (!list)
            json_object_set_new(students, text_at(each, "id"), list = json_array());
        const json_t *last = json_array_get(list, json_array_size(list) - 1);
        if (last && strcmp(text_at(last, "files"), text_at(each, "files")) == 0)
            json_array_set(list, json_array_size(list) - 1, each); /* the same files, graded again */
        else
            json_array_append(list, each);
    }
    return students;
}

/* --- rows --- */

struct counted {
    json_int_t students, sum, most, new;
};

static void count(struct counted *counted, const json_t *hand_in)
{
    counted->students++;
    counted->sum += number_at(hand_in, "score");
    counted->most += number_at(hand_in, "max_score");
}

static json_t *row_of(const char *label, const struct counted *counted)
{
    g_autofree char *mean = g_strdup_printf("%.1f", (double)counted->sum / (double)MAX(counted->students, 1));
    return json_pack("{s:s, s:I, s:I, s:s, s:I}", "label", label, "students", counted->students, "new", counted->new,
                     "mean", mean, "percent", counted->most > 0 ? counted->sum * HUNDRED / counted->most : 0);
}

/* The last of a student's hand-ins in LIST up to DAY; NULL if there is none. */
static const json_t *latest_by(const json_t *list, const char *day)
{
    const json_t *latest = NULL;
    size_t i;
    json_t *each;
    json_array_foreach(list, i, each) if (text_at(each, "day")[0] && strcmp(text_at(each, "day"), day) <= 0) latest =
        each;
    return latest;
}

static json_t *row_of_day(json_t *students, const char *day)
{
    struct counted counted = {0};
    const char *id;
    json_t *list, *each;
    size_t i;
    json_object_foreach(students, id, list)
    {
        const json_t *latest = latest_by(list, day);
        if (latest)
            count(&counted, latest);
        json_array_foreach(list, i, each) counted.new += strcmp(text_at(each, "day"), day) == 0;
    }
    return row_of(day, &counted);
}

json_t *over_time_days(const json_t *hand_ins)
{
    g_autoptr(GPtrArray) days = g_ptr_array_new();
    json_t *rows = json_array();
    json_t *students = by_student(hand_ins);
    size_t i;
    json_t *each;
    json_array_foreach(hand_ins, i, each) if (text_at(each, "day")[0])
        g_ptr_array_add(days, (gpointer)(uintptr_t)text_at(each, "day"));
    g_ptr_array_sort(days, compare_names);
    for (guint k = 0; k < days->len; k++)
        if (k == 0 || strcmp(days->pdata[k - 1], days->pdata[k]) != 0)
            json_array_append_new(rows, row_of_day(students, days->pdata[k]));
    json_decref(students);
    return rows;
}

json_t *over_time_rounds(const json_t *hand_ins)
{
    json_t *rows = json_array();
    json_t *students = by_student(hand_ins);
    for (size_t round = 0;; round++) {
        struct counted counted = {0};
        const char *id;
        json_t *list;
        json_object_foreach(students, id, list) if (json_array_get(list, round))
            count(&counted, json_array_get(list, round));
        if (counted.students == 0)
            break;
        g_autofree char *label = g_strdup_printf("%zu", round + 1);
        json_array_append_new(rows, row_of(label, &counted));
    }
    json_decref(students);
    return rows;
}
