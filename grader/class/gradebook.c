// SPDX-License-Identifier: MIT
/*
 * gradebook.c - the results of a batch as SQLite tables (class.h; grader/README.md describes the schema).
 *
 * The tables hold only what the result files say, and no times. So two batches of the same submissions have the same
 * gradebook, however often they were interrupted.
 */
#include "class/class.h"

#include <sqlite3.h>
#include <string.h>

enum { SCHEMA = 2 };

static const char schema[] =
    "CREATE TABLE submissions (id TEXT PRIMARY KEY, name TEXT, student TEXT, late INTEGER, source TEXT) WITHOUT ROWID;"
    "CREATE TABLE grades (submission TEXT, revision INTEGER, lab TEXT, score INTEGER, max_score INTEGER, built INTEGER,"
    " problem TEXT, lines REAL, branches REAL, own_tests INTEGER, handed_in TEXT, files TEXT, rubric TEXT, kit TEXT,"
    " PRIMARY KEY (submission, revision)) WITHOUT ROWID;"
    "CREATE TABLE tests (submission TEXT, revision INTEGER, name TEXT, kind TEXT, status TEXT, points INTEGER,"
    " max_points INTEGER, message TEXT, PRIMARY KEY (submission, revision, name)) WITHOUT ROWID;"
    "CREATE VIEW latest AS SELECT * FROM grades AS g WHERE revision ="
    " (SELECT max(revision) FROM grades WHERE submission = g.submission);"
    "CREATE TABLE marks (place INTEGER PRIMARY KEY, number TEXT, name TEXT, submission TEXT, score INTEGER,"
    " adjusted INTEGER, days_late INTEGER, slip_days INTEGER, late_percent INTEGER, points INTEGER,"
    " max_points INTEGER);"
    "CREATE TABLE adjustments (number INTEGER PRIMARY KEY, kind TEXT, submission TEXT, test TEXT, points INTEGER,"
    " relative INTEGER, file TEXT, line INTEGER, text TEXT, author TEXT, entered TEXT, undone INTEGER);"
    "PRAGMA user_version = 2;";

struct gradebook {
    sqlite3 *db;
};

static _Noreturn void fault(struct gradebook *book)
{
    die_fault("the gradebook: %s", sqlite3_errmsg(book->db));
}

static void execute(struct gradebook *book, const char *sql)
{
    if (sqlite3_exec(book->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fault(book);
}

/* --- statements: values in the order of their question marks --- */

static sqlite3_stmt *prepare(struct gradebook *book, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(book->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fault(book);
    return statement;
}

static void bind(struct gradebook *book, sqlite3_stmt *statement, int place, const json_t *value)
{
    int result = SQLITE_OK; /* an unbound value is null */
    if (json_is_string(value))
        result = sqlite3_bind_text(statement, place, json_string_value(value), -1, SQLITE_TRANSIENT);
    else if (json_is_integer(value))
        result = sqlite3_bind_int64(statement, place, json_integer_value(value));
    else if (json_is_real(value))
        result = sqlite3_bind_double(statement, place, json_real_value(value));
    else if (json_is_boolean(value))
        result = sqlite3_bind_int(statement, place, json_is_true(value));
    if (result != SQLITE_OK)
        fault(book);
}

/* Runs SQL with VALUES (an array, taken over). True if the result has a row. */
static bool run(struct gradebook *book, const char *sql, json_t *values)
{
    sqlite3_stmt *statement = prepare(book, sql);
    size_t i;
    json_t *value;
    json_array_foreach(values, i, value) bind(book, statement, (int)i + 1, value);
    int result = sqlite3_step(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        fault(book);
    sqlite3_finalize(statement);
    json_decref(values);
    return result == SQLITE_ROW;
}

/* --- opening --- */

static int version_of(struct gradebook *book)
{
    sqlite3_stmt *statement = prepare(book, "PRAGMA user_version");
    int version = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_finalize(statement);
    return version;
}

struct gradebook *gradebook_open(const char *out)
{
    enum { PATIENCE_MS = 10000 };
    g_autofree char *path = g_build_filename(out, "gradebook.sqlite", NULL);
    struct gradebook *book = g_new0(struct gradebook, 1);
    if (sqlite3_open(path, &book->db) != SQLITE_OK)
        die_unusable("cannot open %s: %s", path, sqlite3_errmsg(book->db));
    sqlite3_busy_timeout(book->db, PATIENCE_MS);
    if (sqlite3_exec(book->db, "PRAGMA schema_version", NULL, NULL, NULL) != SQLITE_OK)
        die_unusable("%s is not a gradebook (%s); move it away, and the next batch makes it again from the results",
                     path, sqlite3_errmsg(book->db));
    execute(book, "BEGIN IMMEDIATE");
    int version = version_of(book);
    if (version == 0)
        execute(book, schema);
    else if (version != SCHEMA)
        die_unusable(
            "%s is from another version of heaplab; move it away, and the next batch makes it again from the results",
            path);
    execute(book, "COMMIT");
    return book;
}

void gradebook_close(struct gradebook *book)
{
    sqlite3_close(book->db);
    g_free(book);
}

void gradebook_begin(struct gradebook *book)
{
    execute(book, "BEGIN");
}

void gradebook_commit(struct gradebook *book)
{
    execute(book, "COMMIT");
}

/* --- recording --- */

static json_t *at(const json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return value ? value : json_null();
}

static json_t *percent(const json_t *lab, const char *what)
{
    return at(at(at(lab, "coverage"), what), "percent");
}

static void record_tests(struct gradebook *book, const json_t *id, const json_t *revision, const json_t *lab)
{
    size_t i;
    json_t *test;
    json_array_foreach(at(lab, "tests"), i, test)
        run(book, "INSERT OR REPLACE INTO tests VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            json_pack("[O, O, O, O, O, O, O, O]", id, revision, at(test, "name"), at(test, "kind"), at(test, "status"),
                      at(test, "points"), at(test, "max_points"), at(test, "message")));
}

void gradebook_record(struct gradebook *book, const json_t *document)
{
    const json_t *student = at(document, "student");
    const json_t *grading = at(document, "grading");
    const json_t *lab = json_array_get(at(document, "labs"), 0);
    const json_t *build = at(lab, "build");
    const json_t *id = at(document, "submission");
    const json_t *revision = at(grading, "revision");
    run(book, "INSERT OR REPLACE INTO submissions VALUES (?, ?, ?, ?, ?)",
        json_pack("[O, O, O, O, O]", id, at(student, "name"), at(student, "id"), at(student, "late"),
                  at(student, "source")));
    run(book, "INSERT OR REPLACE INTO grades VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        json_pack("[O, O, O, O, O, O, O, O, O, O, O, O, O, O]", id, revision, at(lab, "lab"), at(document, "score"),
                  at(document, "max_score"), at(build, "ok"), at(build, "problem"), percent(lab, "lines"),
                  percent(lab, "branches"), at(at(lab, "own_tests"), "points"), at(grading, "handed_in"),
                  at(grading, "files"), at(grading, "rubric"), at(grading, "kit")));
    record_tests(book, id, revision, lab);
}

bool gradebook_has(struct gradebook *book, const char *id, int revision, const char *handed_in)
{
    return run(book, "SELECT 1 FROM grades WHERE submission = ? AND revision = ? AND handed_in = ?",
               json_pack("[s, i, s]", id, revision, handed_in));
}

/* --- marks: written as a whole, since any of their sources may have changed --- */

static void record_mark(struct gradebook *book, size_t place, const json_t *document)
{
    const json_t *mark = at(document, "mark");
    const json_t *late = at(mark, "late");
    const json_t *student = at(document, "student");
    const json_t *number = at(student, "number");
    run(book, "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        json_pack("[I, O, O, O, O, O, O, O, O, O, O]", (json_int_t)place,
                  json_is_null(number) ? at(student, "id") : number, at(student, "name"), at(document, "id"),
                  at(mark, "score"), at(mark, "adjusted"), at(late, "days"), at(late, "slip_days"), at(late, "percent"),
                  at(mark, "points"), at(mark, "max_points")));
}

static void record_entry(struct gradebook *book, const json_t *entry)
{
    run(book, "INSERT INTO adjustments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        json_pack("[O, O, O, O, O, O, O, O, O, O, O, O]", at(entry, "number"), at(entry, "kind"),
                  at(entry, "submission"), at(entry, "test"), at(entry, "points"), at(entry, "relative"),
                  at(entry, "file"), at(entry, "line"), at(entry, "text"), at(entry, "by"), at(entry, "at"),
                  at(entry, "undone")));
}

void gradebook_record_marks(struct gradebook *book, const json_t *documents, const json_t *adjustments)
{
    size_t i;
    json_t *each;
    gradebook_begin(book);
    execute(book, "DELETE FROM marks; DELETE FROM adjustments;");
    json_array_foreach(documents, i, each) record_mark(book, i + 1, each);
    json_array_foreach(adjustments, i, each) record_entry(book, each);
    gradebook_commit(book);
}
