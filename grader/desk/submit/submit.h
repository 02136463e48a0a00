// SPDX-License-Identifier: MIT
/*
 * submit.h - what a student hands in, and starting over.
 *
 *   submit.c    heaplab submit: the files that the rubric names, graded and packed with the score card
 *   reset.c     heaplab reset: puts the stubs back, and keeps the student's files
 */
#ifndef HEAPLAB_SUBMIT_H
#define HEAPLAB_SUBMIT_H

#include "desk/desk.h"

#endif
