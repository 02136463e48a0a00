// SPDX-License-Identifier: MIT
/*
 * unseen.c - finds, in the debug information of a student's program, types through which memory can be reached without
 * the compiler's hooks at loads and stores (grade.h).
 *
 * gcc leaves out (instrument_expr in its tsan.cc) accesses to what is declared const, which nobody changes, and to bit-
 * fields whose place is not a constant. That is harmless as long as such an access stays inside the variable, which
 * -fsanitize=bounds sees to where an array has a length. So nothing const may have an array without one:
 *
 *     static const struct { long n; long word[]; } window;     window.word[i] is anywhere
 *     struct { char before[n]; long value : 64; } *view;       view->value is not watched
 *
 * Nobody needs either. Where there is no debug information, nothing is found.
 */
#include "grade/grade.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attribute;
    return dwarf_attr_integrate(die, DW_AT_type, &attribute) && dwarf_formref_die(&attribute, type);
}

/* Makes of TYPE the type that it names or qualifies. CONSTANT is set if it does so with const. */
static bool strip(Dwarf_Die *type, bool *constant)
{
    for (;;) {
        switch (dwarf_tag(type)) {
        case DW_TAG_const_type:
            *constant = true;
            break;
        case DW_TAG_typedef:
        case DW_TAG_volatile_type:
        case DW_TAG_atomic_type:
            break;
        default:
            return true;
        }
        if (!type_of(type, type))
            return false;
    }
}

/* How the debug information says how many elements an array has. */
enum length { KNOWN, KNOWN_WHEN_RUN, NONE };

static enum length length_of_dimension(Dwarf_Die *dimension)
{
    Dwarf_Attribute attribute;
    Dwarf_Sword number;
    if (!dwarf_attr(dimension, DW_AT_count, &attribute) && !dwarf_attr(dimension, DW_AT_upper_bound, &attribute))
        return NONE;
    if (dwarf_whatform(&attribute) == DW_FORM_exprloc || dwarf_formsdata(&attribute, &number) != 0)
        return KNOWN_WHEN_RUN;
    bool is_count = dwarf_whatattr(&attribute) == DW_AT_count;
    return number + !is_count > 0 ? KNOWN : NONE;
}

/* Of the first of an array's dimensions that has no length from the start. */
static enum length length_of(Dwarf_Die *array)
{
    Dwarf_Die child;
    enum length length = KNOWN;
    if (dwarf_child(array, &child) != 0)
        return NONE;
    do {
        if (dwarf_tag(&child) == DW_TAG_subrange_type)
            length = length_of_dimension(&child);
    } while (length == KNOWN && dwarf_siblingof(&child, &child) == 0);
    return length;
}

static bool has_endless_member(Dwarf_Die *whole);

/* Is TYPE an array without a length, or does it have a member that is? */
static bool is_endless(Dwarf_Die *type, bool *constant)
{
    Dwarf_Die element;
    if (!strip(type, constant))
        return false;
    switch (dwarf_tag(type)) {
    case DW_TAG_array_type:
        if (!type_of(type, &element))
            return false;
        return length_of(type) == NONE ? strip(&element, constant) : is_endless(&element, constant);
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
        return has_endless_member(type);
    default:
        return false;
    }
}

static bool has_endless_member(Dwarf_Die *whole)
{
    Dwarf_Die member, type;
    bool constant = false; /* of a member: the whole is what counts */
    if (dwarf_child(whole, &member) != 0)
        return false;
    do {
        if (dwarf_tag(&member) == DW_TAG_member && type_of(&member, &type) && is_endless(&type, &constant))
            return true;
    } while (dwarf_siblingof(&member, &member) == 0);
    return false;
}

/* Does VARIABLE live as long as the program? Those on the stack are watched. */
static bool is_lasting(Dwarf_Die *variable)
{
    Dwarf_Attribute attribute;
    Dwarf_Op *operations;
    size_t count;
    if (dwarf_hasattr(variable, DW_AT_declaration) || !dwarf_attr(variable, DW_AT_location, &attribute))
        return true;
    return dwarf_getlocation(&attribute, &operations, &count) == 0 && count > 0 && operations[0].atom == DW_OP_addr;
}

static bool is_window(Dwarf_Die *variable)
{
    Dwarf_Die type;
    bool constant = false;
    return is_lasting(variable) && type_of(variable, &type) && is_endless(&type, &constant) && constant;
}

static bool has_length_when_run(Dwarf_Die *whole)
{
    Dwarf_Die member, type;
    bool constant = false;
    if (dwarf_child(whole, &member) != 0)
        return false;
    do {
        if (dwarf_tag(&member) == DW_TAG_member && type_of(&member, &type) && strip(&type, &constant) &&
            dwarf_tag(&type) == DW_TAG_array_type && length_of(&type) == KNOWN_WHEN_RUN)
            return true;
    } while (dwarf_siblingof(&member, &member) == 0);
    return false;
}

static const char *trouble_at(Dwarf_Die *die)
{
    switch (dwarf_tag(die)) {
    case DW_TAG_variable:
        return is_window(die) ? "a constant with an array that has no length" : NULL;
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
        return has_length_when_run(die) ? "a struct with an array whose length is known only when the program runs"
                                        : NULL;
    default:
        return NULL;
    }
}

/* Looks at DIE and all below it. FOUND becomes the place of what is returned. */
static const char *first_trouble(Dwarf_Die *die, Dwarf_Die *found)
{
    Dwarf_Die child;
    const char *trouble = trouble_at(die);
    if (trouble) {
        *found = *die;
        return trouble;
    }
    if (dwarf_child(die, &child) != 0)
        return NULL;
    do {
        trouble = first_trouble(&child, found);
    } while (!trouble && dwarf_siblingof(&child, &child) == 0);
    return trouble;
}

static char *say(const char *trouble, Dwarf_Die *die)
{
    int line = 0;
    const char *file = dwarf_decl_file(die);
    dwarf_decl_line(die, &line);
    g_autofree char *name = g_path_get_basename(file ? file : "your code");
    return g_strdup_printf("line %d of %s has %s. The grader looks at each load and store of this lab's code, and such "
                           "a thing would keep it from doing so: give the array a length",
                           line, name, trouble);
}

static bool is_students(Dwarf_Die *unit)
{
    const char *name = dwarf_diename(unit);
    return name && g_str_has_prefix(name, "src/");
}

static char *look_through(Dwarf *debug)
{
    Dwarf_CU *unit = NULL;
    Dwarf_Die die, found;
    while (dwarf_get_units(debug, unit, &unit, NULL, NULL, &die, NULL) == 0) {
        const char *trouble = is_students(&die) ? first_trouble(&die, &found) : NULL;
        if (trouble)
            return say(trouble, &found);
    }
    return NULL;
}

char *unseen_in(const char *program)
{
    int file = open(program, O_RDONLY | O_CLOEXEC);
    Dwarf *debug = file >= 0 ? dwarf_begin(file, DWARF_C_READ) : NULL;
    char *problem = debug ? look_through(debug) : NULL;
    dwarf_end(debug);
    if (file >= 0)
        close(file);
    return problem;
}

char *unseen_part(const struct submission *submission)
{
    g_autofree char *program = submission_path(submission, "subject");
    return unseen_in(program);
}
