// SPDX-License-Identifier: MIT
/*
 * isolation_tests.c - what lab 04 requires of show_isolation in pages.c.
 */
#include "common.h"
#include "ledger.h"

#include "pages.h"

#include <stdio.h>
#include <sys/mman.h>

/*** Isolation ***/

enum { PARENTS_VALUE = 1111, CHILDS_VALUE = 2222 };

static struct isolation *put_evidence(void)
{
    return put(NULL, sizeof(struct isolation), "evidence", "struct isolation evidence[1];");
}

/* From here on, children run when their parent waits for them, and not before. */
static void hold_children(void)
{
    tell("/* the child runs only when its parent waits for it */");
    system_play(CHILDREN_LATE, 0);
}

static void hurry_children(void)
{
    tell("/* the child runs, and ends, before fork returns to its parent */");
    system_play(CHILDREN_EARLY, 0);
}

/* show_isolation, which must succeed. */
static void show(struct isolation *evidence)
{
    expect(show_isolation(PARENTS_VALUE, CHILDS_VALUE, evidence),
           "the system refused nothing, so show_isolation should return true");
}

/* The mapping in LEDGER that CELL, called NAME, must point to the start of. */
static const struct mapping *expect_cell(const struct ledger *ledger, const int *cell, const char *name)
{
    expect_pointer_set(cell, "%s should point to the start of its mapping", name);
    set_name(cell, name);
    const struct mapping *mapping = ledger_find(ledger, cell);
    expect(mapping != NULL, "%s should point into a mapping that mmap made and that still exists", name);
    expect(mapping->start == (uintptr_t)cell, "%s should point to the start of its mapping", name);
    expect_size(mapping->end - mapping->start, machine_page(), "the mapping of %s should have one page", name);
    return mapping;
}

START_TEST(isolation_cells)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    hold_children();
    show(evidence);
    ledger_read(&ledger);
    expect_cell(&ledger, evidence->private_cell, "private_cell");
    expect_cell(&ledger, evidence->shared_cell, "shared_cell");
    expect_size(ledger.forks, 1, "show_isolation should make one child with fork");
    expect_size(ledger.mapping_count, 2, "the mappings of the two cells should be left, and no others");
}
END_TEST

START_TEST(isolation_reaped)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    hold_children();
    show(evidence);
    ledger_read(&ledger);
    expect_size(ledger.forks, 1, "show_isolation should make one child with fork");
    expect_size(ledger.child_count, 0,
                "a child that has ended remains a zombie until its parent waits for it: none should be left");
}
END_TEST

/* wait takes any child that has ended; only waitpid can name a particular one. */
START_TEST(isolation_other_children)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    tell("/* the caller has another child, which has ended already; show_isolation's runs when its parent waits */");
    system_play(CHILDREN_AMONG_OTHERS, 0);
    show(evidence);
    ledger_read(&ledger);
    expect_size(ledger.strangers, 0, "the caller's own child is the caller's to wait for");
    expect_size(ledger.child_count, 0, "show_isolation should wait for the child that it made, until that has ended");
}
END_TEST

/* One column of the evidence. */
struct column {
    const char *cell;
    int parent_before, child_before, child_after, parent_after;
    int now; /* what the judge reads in the parent */
};

static int read_cell(const int *cell, const char *name)
{
    int value = 0;
    expect(read_subject(&value, cell, sizeof value), "%s should point to memory that can be read", name);
    return value;
}

static void expect_sightings(const struct column *column, int parent_after, const char *lesson)
{
    expect_int(column->parent_before, PARENTS_VALUE, "parent_before, %s: the parent writes its value before fork",
               column->cell);
    expect_int(column->child_before, PARENTS_VALUE,
               "child_before, %s: the child starts with what the parent had at that time", column->cell);
    expect_int(column->child_after, CHILDS_VALUE, "child_after, %s: the child sees what it wrote itself", column->cell);
    expect_int(column->parent_after, parent_after, "parent_after, %s: %s", column->cell, lesson);
    expect_int(column->now, parent_after, "the memory of the parent, %s: %s", column->cell, lesson);
}

static void expect_shared(const struct isolation *evidence)
{
    struct ledger ledger;
    ledger_read(&ledger);
    expect_kind(expect_cell(&ledger, evidence->shared_cell, "shared_cell"), MAP_SHARED,
                "shared_cell should lie in a shared mapping");
    const struct column column = {"shared_value",
                                  evidence->parent_before.shared_value,
                                  evidence->child_before.shared_value,
                                  evidence->child_after.shared_value,
                                  evidence->parent_after.shared_value,
                                  read_cell(evidence->shared_cell, "shared_cell")};
    expect_sightings(&column, CHILDS_VALUE,
                     "both processes have the same page here, so the parent sees what the child wrote");
}

/*
 * All of that could be made up by code that knows the values. So in one more call the test changes both cells, in the
 * child before it runs and in the parent after it has waited, to values that only reading them tells, and looks at them
 * itself when the child ends.
 */

enum { PRIVATE_CELL, SHARED_CELL };

/* How many mappings have been made in this test; and which of them starts at CELL, the latest one: 1 is the first. */
static size_t mappings_made(const int *cell, size_t *number)
{
    struct system_call call;
    size_t made = 0;
    for (size_t i = 0; i < system_calls() && system_call_at(i, &call); i++)
        if (call.kind == SYSTEM_MMAP && call.result != -1) {
            made++;
            if (number && (uintptr_t)call.result == (uintptr_t)cell)
                *number = made;
        }
    return made;
}

/* CELL is of the latest call, before which MADE mappings had been made. Which mapping will hold it in the next call? */
static size_t next_number(const int *cell, size_t made)
{
    size_t number = 0;
    size_t now = mappings_made(cell, &number);
    return number > made ? number + (now - made) : number;
}

/* Makes that call, after one that has filled in LATEST, and before which MADE mappings had been made. False in direct
 * mode, which cannot look at a child. */
static bool show_changed(struct isolation *evidence, const struct isolation *latest, size_t made,
                         struct system_cells *cells)
{
    *cells = (struct system_cells){.mapping[PRIVATE_CELL] = next_number(latest->private_cell, made),
                                   .mapping[SHARED_CELL] = next_number(latest->shared_cell, made)};
    if (!system_change_cells(cells))
        return false;
    tell("/* the test writes other values to both cells: in the child before it runs, in its parent after the wait */");
    show(evidence);
    return true;
}

#define AFTER_WAIT "the test changed the cell after the parent had waited, and a sighting is what the parent reads then"

static void expect_shared_read(struct isolation *evidence, size_t made)
{
    struct system_cells cells;
    struct system_cells_left left;
    if (!show_changed(evidence, evidence, made, &cells))
        return;
    system_cells_left(&left);
    expect(
        evidence->child_before.shared_value == cells.in_child[SHARED_CELL],
        "child_before, shared_value: the test changed the cell before the child ran, and a sighting is what the child "
        "reads there");
    expect(left.by_parent && left.in_parent[SHARED_CELL] == CHILDS_VALUE,
           "when the child has ended, shared_cell should hold what the child wrote there");
    expect_int(evidence->child_after.shared_value, CHILDS_VALUE,
               "child_after, shared_value: what the child has written");
    expect(evidence->parent_after.shared_value == cells.in_parent[SHARED_CELL],
           "parent_after, shared_value: " AFTER_WAIT);
}

START_TEST(isolation_shared)
{
    struct isolation *evidence = put_evidence();
    hold_children();
    show(evidence);
    expect_shared(evidence);
    size_t made = mappings_made(NULL, NULL);
    hurry_children();
    show(evidence);
    expect_shared(evidence);
    expect_shared_read(evidence, made);
}
END_TEST

static void expect_private(const struct isolation *evidence)
{
    struct ledger ledger;
    ledger_read(&ledger);
    expect_kind(expect_cell(&ledger, evidence->private_cell, "private_cell"), MAP_PRIVATE,
                "private_cell should lie in a private mapping");
    const struct column column = {"private_value",
                                  evidence->parent_before.private_value,
                                  evidence->child_before.private_value,
                                  evidence->child_after.private_value,
                                  evidence->parent_after.private_value,
                                  read_cell(evidence->private_cell, "private_cell")};
    expect_sightings(&column, PARENTS_VALUE,
                     "the child wrote to the same address, but in a page of its own, so the parent does not see it");
}

static void expect_private_read(struct isolation *evidence, size_t made)
{
    struct system_cells cells;
    struct system_cells_left left;
    if (!show_changed(evidence, evidence, made, &cells))
        return;
    system_cells_left(&left);
    expect(
        evidence->child_before.private_value == cells.in_child[PRIVATE_CELL],
        "child_before, private_value: the test changed the child's cell before the child ran, and a sighting is what "
        "the child reads there");
    expect(left.by_child && left.in_child[PRIVATE_CELL] == CHILDS_VALUE,
           "when the child calls _exit, its private_cell should hold what it wrote there");
    expect_int(evidence->child_after.private_value, CHILDS_VALUE,
               "child_after, private_value: what the child has written");
    expect(evidence->parent_after.private_value == cells.in_parent[PRIVATE_CELL],
           "parent_after, private_value: " AFTER_WAIT);
}

START_TEST(isolation_private)
{
    struct isolation *evidence = put_evidence();
    hold_children();
    show(evidence);
    expect_private(evidence);
    size_t made = mappings_made(NULL, NULL);
    hurry_children();
    show(evidence);
    expect_private(evidence);
    expect_private_read(evidence, made);
}
END_TEST

/* The values of one call of show_isolation, all at once. */
static void expect_values(const struct isolation *evidence, int parents, int childs)
{
    const struct sighting expected[] = {{parents, parents}, {parents, parents}, {childs, childs}, {parents, childs}};
    const struct sighting found[] = {evidence->parent_before, evidence->child_before, evidence->child_after,
                                     evidence->parent_after};
    static const char *const names[] = {"parent_before", "child_before", "child_after", "parent_after"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        expect_int(found[i].private_value, expected[i].private_value, "%s, private_value: any int is a valid value",
                   names[i]);
        expect_int(found[i].shared_value, expected[i].shared_value, "%s, shared_value: any int is a valid value",
                   names[i]);
    }
}

/* Several times in one process, with the cells of all calls left to the caller. */
START_TEST(isolation_again)
{
    errno_begins(ENOMEM);
    static const int values[][2] = {{1, 2}, {-1, 0}, {0, -70000}, {INT32_MIN, INT32_MAX}, {5, 5}, {0, 0}};
    enum { TIMES = sizeof values / sizeof *values };
    struct isolation *evidence = put_evidence();
    const int *cells[TIMES];
    struct ledger ledger;
    hurry_children();
    for (size_t i = 0; i < TIMES; i++) {
        expect(show_isolation(values[i][0], values[i][1], evidence),
               "the system refused nothing, so show_isolation should return true");
        expect_values(evidence, values[i][0], values[i][1]);
        cells[i] = evidence->shared_cell;
    }
    ledger_read(&ledger);
    expect_size(ledger.mapping_count, 2 * TIMES, "each call should leave two mappings of its own, and no others");
    for (size_t i = 0; i < TIMES; i++)
        expect_int(read_cell(cells[i], "shared_cell"), values[i][1],
                   "the cells of call number %zu belong to the caller, and no later call may change them", i + 1);
}
END_TEST

static void expect_reads_reported(struct isolation *evidence, const struct isolation *latest, size_t made)
{
    struct system_cells cells;
    struct isolation copy;
    if (!show_changed(evidence, latest, made, &cells))
        return;
    expect(read_subject(&copy, evidence, sizeof copy), "the evidence should still be where the caller put it");
    expect(copy.child_before.private_value == cells.in_child[PRIVATE_CELL] &&
               copy.child_before.shared_value == cells.in_child[SHARED_CELL],
           "child_before: the test changed the cells before the child ran, and what the child reads must reach the "
           "parent");
}

START_TEST(isolation_reported)
{
    tell("/* this time, the evidence lies in ordinary memory of the parent */");
    struct isolation *evidence = large_alloc(sizeof *evidence);
    expect_pointer_set(evidence, "large_alloc(%zu) should succeed: there is enough memory", sizeof *evidence);
    tell("struct isolation *evidence = %s;", name_of(evidence));
    set_name(evidence, "evidence");
    size_t made = mappings_made(NULL, NULL);
    hold_children();
    show(evidence);
    struct isolation copy;
    expect(read_subject(&copy, evidence, sizeof copy), "the evidence should still be where the caller put it");
    expect_int(copy.child_before.private_value, PARENTS_VALUE,
               "child_before, private_value: what the child saw must reach the parent, %s",
               "which cannot look into the child's memory");
    expect_int(copy.child_before.shared_value, PARENTS_VALUE,
               "child_before, shared_value: what the child saw must reach the parent, %s",
               "which cannot look into the child's memory");
    expect_int(copy.child_after.private_value, CHILDS_VALUE,
               "child_after, private_value: what the child saw must reach the parent, %s",
               "which cannot look into the child's memory");
    expect_int(copy.child_after.shared_value, CHILDS_VALUE,
               "child_after, shared_value: what the child saw must reach the parent, %s",
               "which cannot look into the child's memory");
    expect_reads_reported(evidence, &copy, made);
}
END_TEST

/* The system refuses the K-th call of KIND that show_isolation makes: it must fail and leave nothing. */
static void show_refused(struct isolation *evidence, enum system_kind kind, size_t k, const char *what, int error)
{
    struct ledger ledger;
    ledger_open();
    tell("/* the system will refuse %s */", what);
    system_refuse(kind, k);
    bool shown = show_isolation(PARENTS_VALUE, CHILDS_VALUE, evidence);
    system_refuse(kind, 0);
    ledger_read(&ledger);
    expect(!shown, "the system refused %s, so show_isolation should return false", what);
    expect_errno(error, "errno should be as the refused call set it");
    expect_size(ledger.mapping_count, 0, "when show_isolation fails, no mapping should be left");
    expect_size(ledger.child_count, 0, "when show_isolation fails, no child should be left");
}

START_TEST(isolation_refused)
{
    struct isolation *evidence = put_evidence();
    struct ledger ledger;
    hold_children();
    show(evidence);
    ledger_read(&ledger);
    expect(ledger.mmaps >= 2, "show_isolation should make at least two mappings with mmap");
    for (size_t k = 1; k <= ledger.mmaps; k++) {
        char what[TEXT_BYTES];
        snprintf(what, sizeof what, "mapping number %zu", k);
        show_refused(evidence, SYSTEM_MMAP, k, what, ENOMEM);
    }
    show_refused(evidence, SYSTEM_FORK, 1, "the fork", EAGAIN);
    show(evidence);
}
END_TEST

void add_isolation_tests(struct suite *suite)
{
    suite_add(suite, isolation_cells);
    suite_add(suite, isolation_reaped);
    suite_add(suite, isolation_other_children);
    suite_add(suite, isolation_shared);
    suite_add(suite, isolation_private);
    suite_add(suite, isolation_reported);
    suite_add(suite, isolation_again);
    suite_add(suite, isolation_refused);
}
