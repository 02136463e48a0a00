// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 03 requires of its eight patients. The tests of each are in NAME_tests.c, points and hints in
 * rubric.ini.
 *
 * Every patient has tests of three kinds:
 *
 *   NAME_is_well    checks for the illness. It fails until the patient is cured, and all other tests of NAME need it.
 *   NAME_...        checks what a bad cure would spoil: a feature, freed memory, requests by need, refused memory.
 *   NAME_memcheck   a day in the life of the patient, watched by valgrind. The patient's own code must have
 *                   written all bytes that it reads from its blocks.
 *
 * The tests check what clinic.h says. How many blocks a patient uses is its own business.
 */
#include "common.h"

void lab_suite(struct suite *suite)
{
    add_tokenizer_tests(suite);
    add_playlist_tests(suite);
    add_palindrome_tests(suite);
    add_ring_tests(suite);
    add_message_tests(suite);
    add_scores_tests(suite);
    add_note_tests(suite);
    add_readings_tests(suite);
}
