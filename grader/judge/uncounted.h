// SPDX-License-Identifier: MIT
/*
 * uncounted.h - where memory counts, nothing is kept from call to call where nobody counts it (uncounted.c).
 */
#ifndef HEAPLAB_UNCOUNTED_H
#define HEAPLAB_UNCOUNTED_H

/* After a call: nothing may have been written above the break, nor in the room for inputs where no input is (the test
 * ends as misused); what is read there is zeros. The channel's own pages are as if nobody had been there. The subject's
 * own memory it wipes itself (subject/wipe.c). ARENA is the arena's descriptor. */
void uncounted_wipe(int arena);

#endif
