// SPDX-License-Identifier: MIT
/*
 * state.c - what the process knows of itself (subject.h).
 */
#include "subject/subject.h"

struct channel *channel;
bool in_child;
struct played played;
volatile sig_atomic_t in_call;
