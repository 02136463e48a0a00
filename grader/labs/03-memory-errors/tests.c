// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 03 demands of its eight patients, each of whom has tests in NAME_tests.c. Points and hints are in
 * rubric.ini.
 *
 * Every patient has tests of three kinds:
 *
 *   NAME_is_well    meets the illness. It fails as long as the patient is ill, and all others of NAME need it.
 *   NAME_...        what a bad cure would spoil: a feature, memory given back, requests by need, refused memory.
 *   NAME_memcheck   a day in the life of the patient, watched by valgrind. All bytes that the patient reads
 *                   from its blocks were written by its own code.
 *
 * What is looked at stands in clinic.h. How many blocks a patient takes is its own business.
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
